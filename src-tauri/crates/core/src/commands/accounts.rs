//! Client companies and their people, the catalogue, and search over everything.

use super::Nothing;
use super::context::{Context, parse_id};
use super::view::money_view;
use super::wire::{Said, said};
use crate::domain::kinds::{AccountState, ContactKind};
use crate::domain::template::{self, decide_template_of};
use crate::domain::{Change, Refusal, typed};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ProductId};
use crate::import_file::are_close;
use crate::log::registry::{
    ACCOUNT, CONTACT, ENGAGEMENT, PERSON, PRODUCT, PROMISE, account as account_field, contact,
};
use crate::log::{EntityKind, Value};
use crate::store::accounts::{self as rows, AccountRow, ContactRow, ProductRow};
use crate::store::list::{self, Filter, Sort};
use crate::store::{read, search as index};
use crate::views::{
    AccountRowView, AccountView, ContactView, HandoverContactView, ProductView, SearchGroup,
    SearchRow, SearchView, SimilarAccountView, TemplateView, Window,
};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `list_accounts`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListAccounts {
    /// Only accounts with these words in their name.
    #[serde(default)]
    #[ts(optional)]
    pub search: Option<String>,
    /// Only accounts that stand here.
    #[serde(default)]
    #[ts(optional)]
    pub state: Option<AccountState>,
    /// Index of the first row.
    pub from: u32,
    /// How many rows, at most 500.
    pub count: u32,
}

/// Names an account.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfAccount {
    /// The account.
    pub account_id: String,
}

/// Arguments of `similar_accounts`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SimilarAccounts {
    /// A name as typed.
    pub name: String,
}

/// Arguments of `create_account`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAccount {
    /// Its name.
    pub name: String,
    /// What it does.
    #[serde(default)]
    #[ts(optional)]
    pub sector: Option<String>,
    /// Where it is.
    #[serde(default)]
    #[ts(optional)]
    pub country: Option<String>,
}

/// Arguments of `update_account`; absent fields stay as they are.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateAccount {
    /// The account.
    pub account_id: String,
    /// Its name.
    #[serde(default)]
    #[ts(optional)]
    pub name: Option<String>,
    /// What it does; empty clears it.
    #[serde(default)]
    #[ts(optional)]
    pub sector: Option<String>,
    /// Where it is; empty clears it.
    #[serde(default)]
    #[ts(optional)]
    pub country: Option<String>,
    /// The company it belongs to; empty clears it.
    #[serde(default)]
    #[ts(optional)]
    pub parent_name: Option<String>,
}

/// Arguments of `list_contacts`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListContacts {
    /// Only contacts with these words in name, position, mail, phone or company.
    #[serde(default)]
    #[ts(optional)]
    pub search: Option<String>,
    /// Only contacts of this account.
    #[serde(default)]
    #[ts(optional)]
    pub account_id: Option<String>,
    /// Index of the first row.
    pub from: u32,
    /// How many rows, at most 500.
    pub count: u32,
}

/// What is known of a contact; of an update, absent fields stay and empty ones, or null, are cleared.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactFields {
    /// Their name; nobody is without.
    #[serde(default)]
    #[ts(optional)]
    pub name: Option<String>,
    /// What they are to us; null clears it.
    #[serde(default, deserialize_with = "said")]
    #[ts(optional)]
    pub kind: Said<ContactKind>,
    /// What they do there.
    #[serde(default, deserialize_with = "said")]
    #[ts(optional)]
    pub position: Said<String>,
    /// Mail.
    #[serde(default, deserialize_with = "said")]
    #[ts(optional)]
    pub email: Said<String>,
    /// Phone.
    #[serde(default, deserialize_with = "said")]
    #[ts(optional)]
    pub phone: Said<String>,
    /// Language.
    #[serde(default, deserialize_with = "said")]
    #[ts(optional)]
    pub language: Said<String>,
    /// What else is to be known.
    #[serde(default, deserialize_with = "said")]
    #[ts(optional)]
    pub note: Said<String>,
}

/// Arguments of `create_contact`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateContact {
    /// Their company.
    pub account_id: String,
    /// What is known of them; a name at least.
    pub contact: ContactFields,
}

/// Arguments of `update_contact`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateContact {
    /// The contact.
    pub contact_id: String,
    /// What changes.
    pub contact: ContactFields,
}

/// Names a contact.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfContact {
    /// The contact.
    pub contact_id: String,
}

/// Arguments of `list_products`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListProducts {
    /// Index of the first row.
    pub from: u32,
    /// How many rows, at most 500.
    pub count: u32,
}

/// Arguments of `set_product_template`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetProductTemplate {
    /// The product.
    pub product_id: String,
    /// The template that its new engagements follow; null for the default.
    pub template_id: Option<String>,
}

/// Arguments of `search`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Beginnings of words.
    pub words: String,
    /// Rows of each kind, at most 50; 8 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub count: Option<u32>,
}

/// Rows of one window at the most.
const LARGEST_WINDOW: u32 = 500;
/// Contacts and engagements that an account's page looks at.
const OF_ONE_ACCOUNT: u32 = 200;

fn account_row_view(row: AccountRow) -> AccountRowView {
    AccountRowView {
        id: row.id.to_string(),
        name: row.name,
        sector: row.sector,
        country: row.country,
        parent_name: row.parent_name,
        state: row.state,
        engagement_count: row.engagement_count,
        active_count: row.active_count,
        client_mood: row.client_mood,
        contract_end_on: row.contract_end_on,
        owner: row.owner_name,
        owner_id: row.owner.map(|owner| owner.to_string()),
    }
}

fn contact_view(row: ContactRow) -> ContactView {
    ContactView {
        id: row.id.text(),
        account_id: row.account.map(|account| account.to_string()),
        account: row.account_name,
        name: row.name,
        kind: row.kind.as_deref().and_then(ContactKind::from_word),
        position: row.position,
        email: row.email,
        phone: row.phone,
        language: row.language,
        note: row.note,
    }
}

fn product_view(row: ProductRow) -> ProductView {
    let price = row
        .price_minor
        .zip(row.currency)
        .map(|(minor, currency)| money_view(minor, currency));
    ProductView {
        id: row.id.to_string(),
        name: row.name,
        series: row.series,
        price,
        template_id: row.template,
    }
}

pub(super) fn list_accounts(
    context: &mut Context<'_>,
    args: ListAccounts,
) -> Result<Window<AccountRowView>> {
    let search = args.search.as_deref();
    let most = args.count.min(LARGEST_WINDOW);
    let found = rows::accounts(context.connection, search, args.state, args.from, most)?;
    Ok(Window {
        count: rows::count(context.connection, search, args.state)?,
        from: args.from,
        rows: found.into_iter().map(account_row_view).collect(),
    })
}

fn account_id(context: &Context<'_>, id: &str) -> Result<(AccountId, AccountRow)> {
    let account = AccountId(parse_id("account", id)?);
    let row = rows::account(context.connection, account)?;
    row.map(|row| (account, row))
        .ok_or_else(|| Error::NotFound {
            what: "account",
            id: id.to_owned(),
        })
}

pub(super) fn account(context: &mut Context<'_>, args: OfAccount) -> Result<AccountView> {
    account_view(context, &args.account_id)
}

fn account_view(context: &Context<'_>, id: &str) -> Result<AccountView> {
    let (account, row) = account_id(context, id)?;
    let (_, contacts) = rows::contacts(context.connection, Some(account), None, 0, OF_ONE_ACCOUNT)?;
    let contacts: Vec<ContactView> = contacts.into_iter().map(contact_view).collect();
    let from_handovers = handover_contacts(context, account, &contacts)?;
    Ok(AccountView {
        account: account_row_view(row),
        contacts,
        from_handovers,
    })
}

/// Whom the handovers name, the newest engagement first, unless they are contacts already.
fn handover_contacts(
    context: &Context<'_>,
    account: AccountId,
    contacts: &[ContactView],
) -> Result<Vec<HandoverContactView>> {
    let filter = Filter {
        account: Some(account),
        ..Filter::default()
    };
    let cards = list::cards(context.connection, &filter, Sort::SignedOn, true, 0, 20)?;
    let mut found: Vec<HandoverContactView> = Vec::new();
    for card in cards {
        let engagement = read::engagement(context.connection, card.id)?;
        for point_id in ["decision_maker", "daily_contact"] {
            let Some(value) = engagement.point(point_id).map(|head| &head.value.value) else {
                continue;
            };
            let part = |name: &str| {
                let text = value.part(name).and_then(Value::as_text).map(str::trim);
                text.filter(|text| !text.is_empty()).map(str::to_owned)
            };
            let Some(name) = part("name").or_else(|| value.as_text().map(str::to_owned)) else {
                continue;
            };
            let is_known = contacts
                .iter()
                .any(|contact| are_close(&contact.name, &name))
                || found.iter().any(|other| are_close(&other.name, &name));
            if !is_known {
                found.push(HandoverContactView {
                    point_id: point_id.to_owned(),
                    engagement_id: card.id.to_string(),
                    engagement: card.name.clone(),
                    name,
                    position: part("role"),
                    email: part("email"),
                    phone: part("phone"),
                    language: part("language"),
                });
            }
        }
    }
    Ok(found)
}

pub(super) fn similar_accounts(
    context: &mut Context<'_>,
    args: SimilarAccounts,
) -> Result<Vec<SimilarAccountView>> {
    let mut similar: Vec<SimilarAccountView> = Vec::new();
    let typed = crate::import_file::fold(&args.name);
    if typed.chars().count() < 3 {
        return Ok(similar);
    }
    for (id, name) in read::account_names(context.connection)? {
        let letters = crate::import_file::fold(&name);
        let is_same = letters == typed;
        if is_same
            || letters.starts_with(&typed)
            || (letters.len() > 3 && typed.starts_with(&letters))
        {
            similar.push(SimilarAccountView {
                id: id.text(),
                name,
                is_same,
            });
        }
    }
    similar.sort_by_key(|account| !account.is_same);
    similar.truncate(5);
    Ok(similar)
}

pub(super) fn create_account(context: &mut Context<'_>, args: CreateAccount) -> Result<String> {
    context.actor()?;
    let name = typed::name(&args.name)?;
    let id = context.environment.new_id();
    context.record(vec![Change::create(
        ACCOUNT,
        id,
        vec![
            (account_field::NAME, name.into()),
            (account_field::SECTOR, optional(args.sector.as_deref())),
            (account_field::COUNTRY, optional(args.country.as_deref())),
        ],
    )])?;
    Ok(id.text())
}

/// Text, or nothing if it is blank.
fn optional(text: Option<&str>) -> Value {
    typed::optional(text).into()
}

pub(super) fn update_account(
    context: &mut Context<'_>,
    args: UpdateAccount,
) -> Result<AccountView> {
    context.actor()?;
    let (id, row) = account_id(context, &args.account_id)?;
    let mut changes = Vec::new();
    if let Some(name) = &args.name {
        let name = typed::name(name)?;
        if name != row.name {
            changes.push(Change::set(ACCOUNT, id.0, account_field::NAME, name));
        }
    }
    for (number, text, now) in [
        (account_field::SECTOR, &args.sector, &row.sector),
        (account_field::COUNTRY, &args.country, &row.country),
        (
            account_field::PARENT_NAME,
            &args.parent_name,
            &row.parent_name,
        ),
    ] {
        let value = optional(text.as_deref());
        if text.is_some() && value != Value::from(now.clone()) {
            changes.push(Change::set(ACCOUNT, id.0, number, value));
        }
    }
    context.record(changes)?;
    account_view(context, &args.account_id)
}

pub(super) fn list_contacts(
    context: &mut Context<'_>,
    args: ListContacts,
) -> Result<Window<ContactView>> {
    let account = match &args.account_id {
        Some(id) => Some(AccountId(parse_id("account", id)?)),
        None => None,
    };
    let most = args.count.min(LARGEST_WINDOW);
    let search = args.search.as_deref();
    let (count, found) = rows::contacts(context.connection, account, search, args.from, most)?;
    Ok(Window {
        count,
        from: args.from,
        rows: found.into_iter().map(contact_view).collect(),
    })
}

fn contact_values(fields: &ContactFields) -> Vec<(u32, Value)> {
    let kind = fields
        .kind
        .map(|kind| (contact::KIND, kind.map(ContactKind::word).into()));
    let texts = [
        (contact::POSITION, &fields.position),
        (contact::EMAIL, &fields.email),
        (contact::PHONE, &fields.phone),
        (contact::LANGUAGE, &fields.language),
        (contact::NOTE, &fields.note),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(number, said)| Some((number, optional(said.as_ref()?.as_deref()))));
    kind.into_iter().chain(texts).collect()
}

pub(super) fn create_contact(context: &mut Context<'_>, args: CreateContact) -> Result<String> {
    context.actor()?;
    let (account, _) = account_id(context, &args.account_id)?;
    let name = typed::name(args.contact.name.as_deref().unwrap_or(""))?;
    let id = context.environment.new_id();
    let mut fields = vec![
        (contact::ACCOUNT, account.0.into()),
        (contact::NAME, name.into()),
    ];
    fields.extend(contact_values(&args.contact));
    context.record(vec![Change::create(CONTACT, id, fields)])?;
    Ok(id.text())
}

fn contact_id(context: &Context<'_>, id: &str) -> Result<crate::ids::Id> {
    let contact = parse_id("contact", id)?;
    if rows::has_contact(context.connection, contact)? {
        Ok(contact)
    } else {
        Err(Error::NotFound {
            what: "contact",
            id: id.to_owned(),
        })
    }
}

pub(super) fn update_contact(context: &mut Context<'_>, args: UpdateContact) -> Result<()> {
    context.actor()?;
    let id = contact_id(context, &args.contact_id)?;
    let mut changes = Vec::new();
    if let Some(name) = &args.contact.name {
        changes.push(Change::set(CONTACT, id, contact::NAME, typed::name(name)?));
    }
    changes.extend(
        contact_values(&args.contact)
            .into_iter()
            .map(|(number, value)| Change::set(CONTACT, id, number, value)),
    );
    context.record(changes)
}

pub(super) fn delete_contact(context: &mut Context<'_>, args: OfContact) -> Result<()> {
    context.actor()?;
    let id = contact_id(context, &args.contact_id)?;
    context.record(vec![Change::delete(CONTACT, id)])
}

pub(super) fn list_products(
    context: &mut Context<'_>,
    args: ListProducts,
) -> Result<Window<ProductView>> {
    let most = args.count.min(LARGEST_WINDOW);
    let (count, found) = rows::products(context.connection, args.from, most)?;
    Ok(Window {
        count,
        from: args.from,
        rows: found.into_iter().map(product_view).collect(),
    })
}

pub(super) fn templates(_: &mut Context<'_>, _: Nothing) -> Result<Vec<TemplateView>> {
    let views = template::SHIPPED.iter().map(|template| TemplateView {
        id: template.id.to_owned(),
        label: template.label.to_owned(),
        stage_ids: template
            .stages
            .iter()
            .map(|stage| stage.id.to_owned())
            .collect(),
    });
    Ok(views.collect())
}

pub(super) fn set_product_template(
    context: &mut Context<'_>,
    args: SetProductTemplate,
) -> Result<ProductView> {
    let actor = context.actor()?;
    let not_found = |what: &'static str, id: &str| Error::NotFound {
        what,
        id: id.to_owned(),
    };
    let id = ProductId(parse_id("product", &args.product_id)?);
    let now = rows::product(context.connection, id)?
        .ok_or_else(|| not_found("product", &args.product_id))?;
    let (now, wanted) = (now.template.as_deref(), args.template_id.as_deref());
    let changes = decide_template_of(id, now, &actor, wanted)?;
    if let Some(unknown) = wanted.filter(|id| template::shipped(id).is_none()) {
        return Err(not_found("template", unknown));
    }
    context.record(changes)?;
    let row = rows::product(context.connection, id)?;
    row.map(product_view)
        .ok_or_else(|| not_found("product", &args.product_id))
}

pub(super) fn search(context: &mut Context<'_>, args: Search) -> Result<SearchView> {
    let kinds: [EntityKind; 6] = [ACCOUNT, CONTACT, ENGAGEMENT, PROMISE, PERSON, PRODUCT];
    let most = args.count.unwrap_or(8).min(50);
    if args.words.chars().count() > 500 {
        return Err(Refusal::value_invalid("words", "text").into());
    }
    let mut groups = Vec::new();
    for kind in kinds {
        let (count, found) = index::find(context.connection, kind, &args.words, most)?;
        if count > 0 {
            groups.push(SearchGroup {
                kind: kind.name.to_owned(),
                count,
                rows: found
                    .into_iter()
                    .map(|row| SearchRow {
                        id: row.id.text(),
                        name: row.name,
                        of: row.of,
                        open_id: row.open.map(|id| id.text()),
                    })
                    .collect(),
            });
        }
    }
    Ok(SearchView { groups })
}

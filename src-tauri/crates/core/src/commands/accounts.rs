//! Client companies, and the people whom their handovers name.

use super::contacts::contact_view;
use super::context::{Context, parse_id};
use crate::domain::account::must_not_belong_to_itself;
use crate::domain::kinds::AccountState;
use crate::domain::{Change, typed};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::import_file::{are_close, similar_names};
use crate::log::Value;
use crate::log::registry::{ACCOUNT, account as field};
use crate::store::accounts::{self as rows, AccountRow};
use crate::store::fold::fold;
use crate::store::list::{self, Filter, Sort};
use crate::store::read;
use crate::views::{
    AccountRowView, AccountView, ContactView, HandoverContactView, SimilarAccountView, Window,
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

/// An account that is there, by its id as text.
pub(super) fn known_account(context: &Context<'_>, id: &str) -> Result<(AccountId, AccountRow)> {
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
    let (account, row) = known_account(context, id)?;
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
            let part = |name: &str| typed::optional(value.part(name).and_then(Value::as_text));
            let Some(name) = part("name").or_else(|| typed::optional(value.as_text())) else {
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
    let names = read::account_names(context.connection)?;
    let similar = similar_names(&args.name, names).into_iter();
    let views = similar.map(|((id, name), is_same)| SimilarAccountView {
        id: id.text(),
        name,
        is_same,
    });
    Ok(views.collect())
}

pub(super) fn create_account(context: &mut Context<'_>, args: CreateAccount) -> Result<String> {
    context.actor()?;
    let name = typed::name(&args.name)?;
    let id = context.environment.new_id();
    context.record(vec![Change::create(
        ACCOUNT,
        id,
        vec![
            (field::NAME, name.into()),
            (field::SECTOR, line_or_nothing("sector", &args.sector)?),
            (field::COUNTRY, line_or_nothing("country", &args.country)?),
        ],
    )])?;
    Ok(id.text())
}

/// A line as typed, or nothing if it is blank.
pub(super) fn line_or_nothing(field: &str, typed: &Option<String>) -> Result<Value> {
    Ok(typed::line(field, typed.as_deref())?.into())
}

/// The companies that one below `parent` belongs to, by their folded names; those that are not in the book end the row.
fn companies_above(context: &Context<'_>, parent: Option<&String>) -> Result<Vec<String>> {
    let mut above = Vec::new();
    let mut next = parent.map(|name| fold(name));
    while let Some(name) = next.filter(|name| !above.contains(name)) {
        let id = read::account_named(context.connection, &name)?;
        above.push(name);
        let row = match id {
            Some(id) => rows::account(context.connection, id)?,
            None => None,
        };
        next = row.and_then(|row| Some(fold(&row.parent_name?)));
    }
    Ok(above)
}

pub(super) fn update_account(
    context: &mut Context<'_>,
    args: UpdateAccount,
) -> Result<AccountView> {
    context.actor()?;
    let (id, row) = known_account(context, &args.account_id)?;
    let mut changes = Vec::new();
    let name = args.name.as_deref().map(typed::name).transpose()?;
    if args.name.is_some() || args.parent_name.is_some() {
        let parent = args.parent_name.as_ref().or(row.parent_name.as_ref());
        let above = companies_above(context, parent)?;
        must_not_belong_to_itself(&fold(name.as_ref().unwrap_or(&row.name)), &above)?;
    }
    if let Some(name) = name.filter(|name| *name != row.name) {
        changes.push(Change::set(ACCOUNT, id.0, field::NAME, name));
    }
    for (number, name, text, now) in [
        (field::SECTOR, "sector", &args.sector, &row.sector),
        (field::COUNTRY, "country", &args.country, &row.country),
        (
            field::PARENT_NAME,
            "parent_name",
            &args.parent_name,
            &row.parent_name,
        ),
    ] {
        let value = line_or_nothing(name, text)?;
        if text.is_some() && value != Value::from(now.clone()) {
            changes.push(Change::set(ACCOUNT, id.0, number, value));
        }
    }
    context.record(changes)?;
    account_view(context, &args.account_id)
}

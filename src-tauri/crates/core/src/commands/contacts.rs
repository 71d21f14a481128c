//! People at client companies.

use super::accounts::{known_account, line_or_nothing};
use super::context::{Context, parse_id};
use super::wire::{Said, said};
use crate::domain::kinds::ContactKind;
use crate::domain::{Change, typed};
use crate::error::{Error, Result};
use crate::ids::{AccountId, Id};
use crate::log::Value;
use crate::log::registry::{CONTACT, contact};
use crate::store::accounts::{self as rows, ContactRow};
use crate::views::{ContactView, Window};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

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

/// Rows of one window at the most.
const LARGEST_WINDOW: u32 = 500;

pub(super) fn contact_view(row: ContactRow) -> ContactView {
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

fn contact_values(fields: &ContactFields) -> Result<Vec<(u32, Value)>> {
    let mut values = Vec::new();
    if let Some(kind) = fields.kind {
        values.push((contact::KIND, kind.map(ContactKind::word).into()));
    }
    for (number, name, said) in [
        (contact::POSITION, "position", &fields.position),
        (contact::EMAIL, "email", &fields.email),
        (contact::PHONE, "phone", &fields.phone),
        (contact::LANGUAGE, "language", &fields.language),
    ] {
        if let Some(line) = said {
            values.push((number, line_or_nothing(name, line)?));
        }
    }
    if let Some(note) = &fields.note {
        values.push((contact::NOTE, typed::optional(note.as_deref()).into()));
    }
    Ok(values)
}

pub(super) fn create_contact(context: &mut Context<'_>, args: CreateContact) -> Result<String> {
    context.actor()?;
    let (account, _) = known_account(context, &args.account_id)?;
    let name = typed::name(args.contact.name.as_deref().unwrap_or(""))?;
    let id = context.environment.new_id();
    let mut fields = vec![
        (contact::ACCOUNT, account.0.into()),
        (contact::NAME, name.into()),
    ];
    fields.extend(contact_values(&args.contact)?);
    context.record(vec![Change::create(CONTACT, id, fields)])?;
    Ok(id.text())
}

fn contact_id(context: &Context<'_>, id: &str) -> Result<Id> {
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
        contact_values(&args.contact)?
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

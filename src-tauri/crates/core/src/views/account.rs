//! Client companies, their people, products, and what a search finds.

use super::{AccountState, ContactKind, MoneyView};
use serde::Serialize;
use ts_rs::TS;

/// A client company in a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AccountRowView {
    /// The account's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub sector: Option<String>,
    /// Where it is.
    pub country: Option<String>,
    /// The company it belongs to.
    pub parent_name: Option<String>,
    /// Where it stands.
    pub state: AccountState,
    /// Its engagements.
    pub engagement_count: u32,
    /// Those that are worked on.
    pub active_count: u32,
    /// The lowest last mood of a client over the active ones, in tenths.
    #[ts(type = "number | null")]
    pub client_mood: Option<i64>,
    /// The next end of a contract, ISO date.
    pub contract_end_on: Option<String>,
    /// Owner of the newest active engagement.
    pub owner: Option<String>,
    /// Their id.
    pub owner_id: Option<String>,
}

/// A client company with its people. Its engagements come by `list_engagements`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AccountView {
    /// What lists say of it.
    pub account: AccountRowView,
    /// Its people, the first 200 by name.
    pub contacts: Vec<ContactView>,
    /// People that stand in handovers and are no contacts yet.
    pub from_handovers: Vec<HandoverContactView>,
}

/// A person at a client company.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ContactView {
    /// The contact's id.
    pub id: String,
    /// Their company's id.
    pub account_id: Option<String>,
    /// Its name.
    pub account: Option<String>,
    /// Their name.
    pub name: String,
    /// What they are to us.
    pub kind: Option<ContactKind>,
    /// What they do there.
    pub position: Option<String>,
    /// Mail.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// What else is to be known.
    pub note: Option<String>,
}

/// A person as a handover names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HandoverContactView {
    /// The point of the form: `decision_maker` or `daily_contact`.
    pub point_id: String,
    /// The engagement.
    pub engagement_id: String,
    /// Its name.
    pub engagement: String,
    /// Their name, or the whole line if the form has only one.
    pub name: String,
    /// What they do there.
    pub position: Option<String>,
    /// Mail.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Language.
    pub language: Option<String>,
}

/// A client company whose name is close to one that is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SimilarAccountView {
    /// The account's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// It is the same name but for case, accents, spaces and punctuation.
    pub is_same: bool,
}

/// Something sold.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProductView {
    /// The product's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Series.
    pub series: Option<String>,
    /// Price.
    pub price: Option<MoneyView>,
    /// The template that its engagements follow; null for the default.
    pub template_id: Option<String>,
}

/// A way of working that ships with the app.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TemplateView {
    /// Permanent id.
    pub id: String,
    /// Name, in English; the UI translates by id.
    pub label: String,
    /// Ids of its stages in order.
    pub stage_ids: Vec<String>,
}

/// What a search found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SearchView {
    /// Kinds with what was found, in the order in which people look for them; empty ones are left out.
    pub groups: Vec<SearchGroup>,
}

/// What was found of one kind.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SearchGroup {
    /// `account`, `contact`, `engagement`, `promise`, `person` or `product`.
    pub kind: String,
    /// How many were found; 1,000 stands for as many or more.
    pub count: u32,
    /// The first ones.
    pub rows: Vec<SearchRow>,
}

/// Something found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SearchRow {
    /// Its id.
    pub id: String,
    /// Its name, or a promise's wording.
    pub name: String,
    /// What it belongs to.
    pub of: Option<String>,
    /// What opens: the row itself, but of a contact its account and of a promise its engagement.
    pub open_id: Option<String>,
}

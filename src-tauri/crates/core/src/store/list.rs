//! Windows of lists: how many rows match, and the rows from one to another. Never the whole.

use super::fold::fold;
use super::log::{read_id, read_optional_id};
use crate::domain::kinds::{StageKind, Status};
use crate::error::Result;
use crate::ids::{AccountId, EngagementId, PersonId};
use rusqlite::{Connection, Row, ToSql};

/// A card of the board, a row of the list.
#[derive(Debug, Clone)]
pub struct Card {
    /// The engagement.
    pub id: EngagementId,
    /// Its name.
    pub name: String,
    /// Client company.
    pub account: Option<AccountId>,
    /// Its name.
    pub account_name: String,
    /// Claimed stage.
    pub stage: String,
    /// Its kind.
    pub kind: StageKind,
    /// Stage up to which all gates hold.
    pub effective_stage: String,
    /// Owner.
    pub owner: Option<PersonId>,
    /// Owner's name.
    pub owner_name: Option<String>,
    /// Value in minor units.
    pub value_minor: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
    /// Signed on, ISO date.
    pub signed_on: Option<String>,
    /// Open mandatory items.
    pub open_item_count: u32,
    /// Nothing closes the gate.
    pub gate_open: bool,
    /// Came back and was not submitted again.
    pub returned: bool,
    /// An earlier gate no longer holds.
    pub breached: bool,
    /// Overrides, undone ones included.
    pub override_count: u32,
    /// What became of it.
    pub status: Status,
    /// The client's last mood in tenths.
    pub client_mood: Option<i64>,
    /// The team's last mood in tenths.
    pub team_mood: Option<i64>,
    /// The contract ends on, ISO date.
    pub contract_end_on: Option<String>,
}

/// Which engagements.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In stages of this kind.
    pub kind: Option<StageKind>,
    /// Of this owner.
    pub owner: Option<PersonId>,
    /// Sold by this person.
    pub seller: Option<PersonId>,
    /// Of this client company.
    pub account: Option<AccountId>,
    /// Came to this.
    pub status: Option<Status>,
    /// An earlier gate no longer holds.
    pub breached: bool,
    /// The handover came back.
    pub returned: bool,
    /// The client's or the team's last mood is this or lower, in tenths.
    pub mood_up_to: Option<i64>,
    /// The contract ends on this day or before, ISO date.
    pub ends_by: Option<String>,
    /// With every one of these words in name, product, account or owner.
    pub search: Option<String>,
}

/// By which column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Newest signature first; the order of the board.
    #[default]
    SignedOn,
    /// Name.
    Name,
    /// Client company's name.
    Account,
    /// Owner's name.
    Owner,
    /// Stage, in pipeline order.
    Stage,
    /// Value, currency by currency.
    Value,
}

const TABLES: &str = "engagement
    left join account on account.id = engagement.account
    left join person on person.id = engagement.owner";

const COLUMNS: &str = "engagement.id, engagement.name, engagement.account, account.name as account_name, stage, stage_kind,
    effective_stage, owner, person.name as owner_name, value_minor, engagement.currency, signed_on, open_item_count, gate_open,
    returned, breached, override_count, status, client_mood, team_mood, contract_end_on";

fn read_card(row: &Row<'_>) -> rusqlite::Result<Card> {
    let kind: String = row.get("stage_kind")?;
    Ok(Card {
        id: EngagementId(read_id(row, "id")?),
        name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        account: read_optional_id(row, "account")?.map(AccountId),
        account_name: row
            .get::<_, Option<String>>("account_name")?
            .unwrap_or_default(),
        stage: row.get("stage")?,
        kind: StageKind::from_word(&kind).unwrap_or(StageKind::PostSales),
        effective_stage: row.get("effective_stage")?,
        owner: read_optional_id(row, "owner")?.map(PersonId),
        owner_name: row.get("owner_name")?,
        value_minor: row.get("value_minor")?,
        currency: row.get("currency")?,
        signed_on: row.get("signed_on")?,
        open_item_count: row.get("open_item_count")?,
        gate_open: row.get("gate_open")?,
        returned: row.get("returned")?,
        breached: row.get("breached")?,
        override_count: row.get("override_count")?,
        status: Status::from_word(&row.get::<_, String>("status")?).unwrap_or(Status::Active),
        client_mood: row.get("client_mood")?,
        team_mood: row.get("team_mood")?,
        contract_end_on: row.get("contract_end_on")?,
    })
}

/// The condition of a filter, with its parameters in order.
fn condition(filter: &Filter) -> (String, Vec<Box<dyn ToSql>>) {
    let mut conditions = vec!["engagement.alive = 1".to_owned()];
    let mut parameters: Vec<Box<dyn ToSql>> = Vec::new();
    if let Some(kind) = filter.kind {
        conditions.push("stage_kind = ?".to_owned());
        parameters.push(Box::new(kind.word()));
    }
    if let Some(owner) = filter.owner {
        conditions.push("owner = ?".to_owned());
        parameters.push(Box::new(owner.0.0));
    }
    if let Some(seller) = filter.seller {
        conditions.push("seller = ?".to_owned());
        parameters.push(Box::new(seller.0.0));
    }
    if let Some(account) = filter.account {
        conditions.push("engagement.account = ?".to_owned());
        parameters.push(Box::new(account.0.0));
    }
    if let Some(status) = filter.status {
        conditions.push("status = ?".to_owned());
        parameters.push(Box::new(status.word()));
    }
    if filter.breached {
        conditions.push("breached = 1".to_owned());
    }
    if filter.returned {
        conditions.push("returned = 1".to_owned());
    }
    if let Some(most) = filter.mood_up_to {
        conditions.push("min(coalesce(client_mood, 99), coalesce(team_mood, 99)) <= ?".to_owned());
        parameters.push(Box::new(most));
    }
    if let Some(day) = &filter.ends_by {
        conditions.push("contract_end_on <= ? and status = 'active'".to_owned());
        parameters.push(Box::new(day.clone()));
    }
    for word in fold(filter.search.as_deref().unwrap_or("")).split_whitespace() {
        conditions.push(
            "(instr(engagement.folded, ?) or instr(coalesce(account.folded, ''), ?) or instr(coalesce(person.folded, ''), ?))"
                .to_owned(),
        );
        for _ in 0..3 {
            parameters.push(Box::new(word.to_owned()));
        }
    }
    (conditions.join(" and "), parameters)
}

/// How many engagements match.
///
/// # Errors
/// SQLite's.
pub fn count(connection: &Connection, filter: &Filter) -> Result<u32> {
    let (condition, parameters) = condition(filter);
    // Counting needs no names unless the search looks into them.
    let tables = if filter.search.is_some() {
        TABLES
    } else {
        "engagement"
    };
    let mut statement =
        connection.prepare_cached(&format!("select count(*) from {tables} where {condition}"))?;
    Ok(statement.query_row(rusqlite::params_from_iter(parameters), |row| row.get(0))?)
}

/// The rows of a window.
///
/// # Errors
/// SQLite's.
pub fn cards(
    connection: &Connection,
    filter: &Filter,
    sort: Sort,
    descending: bool,
    from: u32,
    most: u32,
) -> Result<Vec<Card>> {
    let (condition, mut parameters) = condition(filter);
    let direction = if descending { "desc" } else { "asc" };
    let kinds = StageKind::ALL.iter().enumerate();
    let kinds = kinds.map(|(place, kind)| format!(" when '{}' then {place}", kind.word()));
    let pipeline_order = format!("case stage_kind{} end", kinds.collect::<String>());
    let order = match sort {
        Sort::SignedOn => "signed_on",
        Sort::Name => "engagement.folded",
        Sort::Account => "account.folded",
        Sort::Owner => "person.folded",
        Sort::Stage => &pipeline_order,
        Sort::Value => "engagement.currency, value_minor",
    };
    let order = order
        .split(", ")
        .map(|column| format!("{column} {direction}"))
        .collect::<Vec<_>>()
        .join(", ");
    // The window is found on the index first; names are joined to its few rows only.
    let needs_names = filter.search.is_some() || matches!(sort, Sort::Account | Sort::Owner);
    let tables = if needs_names { TABLES } else { "engagement" };
    let sql = format!(
        "select {COLUMNS} from (
           select engagement.id as window_id, row_number() over () as place from (
             select engagement.id from {tables} where {condition} order by {order}, engagement.id limit ? offset ?
           ) as engagement
         ) as window
         join engagement on engagement.id = window.window_id
         left join account on account.id = engagement.account
         left join person on person.id = engagement.owner
         order by place"
    );
    parameters.push(Box::new(most));
    parameters.push(Box::new(from));
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(parameters), read_card)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Count and value of a stage kind's engagements in one currency.
#[derive(Debug, Clone)]
pub struct KindSum {
    /// The stage kind.
    pub kind: StageKind,
    /// The currency; absent for engagements without a value.
    pub currency: Option<String>,
    /// How many.
    pub count: u32,
    /// Their value in minor units, or the nearest to it that can be said.
    pub value_minor: i64,
}

/// Counts and values of the whole board, from one pass over an index.
///
/// A bundle may bring amounts of any size, and SQLite gives up on a sum that does not fit: the upper and the lower
/// half of every amount are summed apart.
///
/// # Errors
/// SQLite's.
pub fn kind_sums(connection: &Connection, filter: &Filter) -> Result<Vec<KindSum>> {
    let (condition, parameters) = condition(filter);
    let tables = if filter.search.is_some() {
        TABLES
    } else {
        "engagement"
    };
    let mut statement = connection.prepare_cached(&format!(
        "select stage_kind, engagement.currency, count(*) as count,
           coalesce(sum(value_minor >> 32), 0) as upper, coalesce(sum(value_minor & 4294967295), 0) as lower
         from {tables} where {condition} group by stage_kind, engagement.currency
         order by stage_kind, engagement.currency"
    ))?;
    let rows = statement.query_map(rusqlite::params_from_iter(parameters), |row| {
        let kind: String = row.get("stage_kind")?;
        Ok(KindSum {
            kind: StageKind::from_word(&kind).unwrap_or(StageKind::PostSales),
            currency: row.get("currency")?,
            count: row.get("count")?,
            value_minor: whole(row.get("upper")?, row.get("lower")?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A sum from those of its halves; one that cannot be said is the largest or smallest that can.
fn whole(upper: i64, lower: i64) -> i64 {
    let sum = (i128::from(upper) << 32) + i128::from(lower);
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}

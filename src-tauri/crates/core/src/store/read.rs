//! Reads what the rules and commands need: people, one engagement, names.

use super::log::{read_id, read_optional_id, records_of};
use super::setting;
use crate::domain::calendar::Calendar;
use crate::domain::kinds::Role;
use crate::domain::{Colleague, Engagement};
use crate::error::{Error, Result};
use crate::ids::{AccountId, EngagementId, Id, PersonId, ProductId, PromiseId, WorkspaceId};
use chrono::Weekday;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// Anything was recorded or merged here.
///
/// # Errors
/// SQLite's.
pub fn has_operations(connection: &Connection) -> Result<bool> {
    let mut statement = connection.prepare_cached("select exists (select 1 from operation)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// What the workspace says about itself.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The workspace.
    pub id: WorkspaceId,
    /// Currency of amounts typed without one.
    pub currency: Option<String>,
    /// Who set it up.
    pub admin: Option<PersonId>,
}

/// The workspace that this store belongs to.
///
/// # Errors
/// SQLite's.
pub fn workspace(connection: &Connection) -> Result<Option<Workspace>> {
    let Some(id) = workspace_id(connection)? else {
        return Ok(None);
    };
    let mut statement =
        connection.prepare_cached("select currency, admin from workspace where id = :id")?;
    let row = statement
        .query_row(named_params! { ":id": id.0.0 }, |row| {
            Ok((
                row.get("currency")?,
                read_optional_id(row, "admin")?.map(PersonId),
            ))
        })
        .optional()?;
    let (currency, admin) = row.unwrap_or_default();
    Ok(Some(Workspace {
        id,
        currency,
        admin,
    }))
}

/// Free days of the workspace: Saturday, Sunday and no holidays, until somebody says otherwise.
///
/// # Errors
/// SQLite's.
pub fn calendar(connection: &Connection) -> Result<Calendar> {
    let lines = match workspace_id(connection)? {
        Some(id) => connection
            .prepare_cached("select weekend, holidays from workspace where id = :id")?
            .query_row(named_params! { ":id": id.0.0 }, |row| {
                Ok((
                    row.get::<_, Option<String>>("weekend")?,
                    row.get::<_, Option<String>>("holidays")?,
                ))
            })
            .optional()?,
        None => None,
    };
    let (weekend, holidays) = lines.unwrap_or_default();
    Ok(Calendar {
        weekend: weekend.map_or_else(
            || vec![Weekday::Sat, Weekday::Sun],
            |lines| lines.lines().filter_map(Calendar::read_weekday).collect(),
        ),
        holidays: holidays
            .iter()
            .flat_map(|lines| lines.lines())
            .filter_map(|line| line.parse().ok())
            .collect(),
        absences: Vec::new(),
    })
}

/// The workspace's id: known from the first act, or adopted with the first bundle.
///
/// # Errors
/// SQLite's.
pub fn workspace_id(connection: &Connection) -> Result<Option<WorkspaceId>> {
    let bytes = setting::bytes(connection, setting::WORKSPACE)?;
    Ok(bytes
        .and_then(|bytes| Id::from_slice(&bytes))
        .map(WorkspaceId))
}

const COLLEAGUE_COLUMNS: &str = "id, name, roles";

fn read_colleague(row: &Row<'_>) -> rusqlite::Result<Colleague> {
    let roles: Option<String> = row.get("roles")?;
    Ok(Colleague {
        id: PersonId(read_id(row, "id")?),
        name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        roles: roles
            .iter()
            .flat_map(|roles| roles.lines())
            .filter_map(Role::from_word)
            .collect(),
    })
}

/// Everybody, by name.
///
/// # Errors
/// SQLite's.
pub fn colleagues(connection: &Connection) -> Result<Vec<Colleague>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {COLLEAGUE_COLUMNS} from person where alive = 1 order by folded, id"
    ))?;
    let rows = statement.query_map([], read_colleague)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One colleague, deleted or not.
///
/// # Errors
/// SQLite's.
pub fn colleague(connection: &Connection, id: PersonId) -> Result<Option<Colleague>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {COLLEAGUE_COLUMNS} from person where id = :id"
    ))?;
    Ok(statement
        .query_row(named_params! { ":id": id.0.0 }, read_colleague)
        .optional()?)
}

/// When a person is away, a line each.
///
/// # Errors
/// SQLite's.
pub fn absences(connection: &Connection, id: PersonId) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached("select absences from person where id = :id")?;
    let lines: Option<String> = statement
        .query_row(named_params! { ":id": id.0.0 }, |row| row.get("absences"))
        .optional()?
        .flatten();
    Ok(lines
        .iter()
        .flat_map(|lines| lines.lines())
        .map(str::to_owned)
        .collect())
}

/// A person's name for a view.
///
/// # Errors
/// SQLite's.
pub fn person_name(connection: &Connection, id: Option<PersonId>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    Ok(colleague(connection, id)?.map(|colleague| colleague.name))
}

/// Engagements that a person owns, and overrides they typed (undone ones included).
///
/// # Errors
/// SQLite's.
pub fn person_counts(connection: &Connection, id: PersonId) -> Result<(u32, u32)> {
    let mut statement = connection.prepare_cached(
        "select (select count(*) from engagement where owner = :id and alive = 1) as engagements,
                (select count(*) from operation join act on act.n = operation.act
                 join device on device.n = operation.device
                 where act.person = :id and kind = 8 and seq <= applied_seq) as overrides",
    )?;
    Ok(statement.query_row(named_params! { ":id": id.0.0 }, |row| {
        Ok((row.get("engagements")?, row.get("overrides")?))
    })?)
}

/// An engagement with everything recorded about it.
///
/// # Errors
/// [`Error::NotFound`].
pub fn engagement(connection: &Connection, id: EngagementId) -> Result<Engagement> {
    let mut statement = connection.prepare_cached("select 1 from engagement where id = :id")?;
    if !statement.exists(named_params! { ":id": id.0.0 })? {
        return Err(Error::NotFound {
            what: "engagement",
            id: id.to_string(),
        });
    }
    Ok(Engagement::fold(id, records_of(connection, id.0)?))
}

/// What an engagement's page says besides its rules.
#[derive(Debug, Clone)]
pub struct EngagementFacts {
    /// Name.
    pub name: String,
    /// Client company.
    pub account: Option<AccountId>,
    /// Its name.
    pub account_name: String,
    /// Product name as sold.
    pub product_name: Option<String>,
    /// Value in minor units.
    pub value_minor: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
    /// Signed on, ISO date.
    pub signed_on: Option<String>,
    /// The contract ends on, ISO date.
    pub contract_end_on: Option<String>,
    /// The engagement that this one renews.
    pub previous: Option<EngagementId>,
    /// The engagement that renews this one.
    pub next: Option<EngagementId>,
    /// Product of the catalogue.
    pub product: Option<ProductId>,
}

/// The columns of one engagement.
///
/// # Errors
/// [`Error::NotFound`].
pub fn engagement_facts(connection: &Connection, id: EngagementId) -> Result<EngagementFacts> {
    let mut statement = connection.prepare_cached(
        "select engagement.name, account, account.name as account_name, product, product_name, value_minor, currency,
           signed_on, contract_end_on, previous,
           (select next.id from engagement as next where next.previous = engagement.id and next.alive = 1
            order by next.id limit 1) as next
         from engagement left join account on account.id = engagement.account where engagement.id = :id",
    )?;
    statement
        .query_row(named_params! { ":id": id.0.0 }, |row| {
            Ok(EngagementFacts {
                name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
                account: read_optional_id(row, "account")?.map(AccountId),
                account_name: row
                    .get::<_, Option<String>>("account_name")?
                    .unwrap_or_default(),
                product_name: row.get("product_name")?,
                value_minor: row.get("value_minor")?,
                currency: row.get("currency")?,
                signed_on: row.get("signed_on")?,
                contract_end_on: row.get("contract_end_on")?,
                previous: read_optional_id(row, "previous")?.map(EngagementId),
                next: read_optional_id(row, "next")?.map(EngagementId),
                product: read_optional_id(row, "product")?.map(ProductId),
            })
        })
        .optional()?
        .ok_or_else(|| Error::NotFound {
            what: "engagement",
            id: id.to_string(),
        })
}

/// A promise as the page shows it.
#[derive(Debug, Clone)]
pub struct PromiseFacts {
    /// The promise.
    pub id: PromiseId,
    /// Its engagement.
    pub engagement: Option<EngagementId>,
    /// Kind, a word of [`crate::domain::kinds::PromiseKind`].
    pub kind: Option<String>,
    /// The words.
    pub wording: Option<String>,
    /// Who promised.
    pub promised_by: Option<String>,
    /// To whom.
    pub promised_to: Option<String>,
    /// Where.
    pub channel: Option<String>,
    /// When, ISO date.
    pub promised_on: Option<String>,
    /// Due, ISO date.
    pub due_on: Option<String>,
    /// The client sees it.
    pub visible_to_client: bool,
    /// Delivery's verdict.
    pub verdict: Option<String>,
    /// What became of it.
    pub state: Option<String>,
}

const PROMISE_COLUMNS: &str =
    "id, engagement, kind, wording, promised_by, promised_to, channel, promised_on, due_on,
    visible_to_client, verdict, state";

fn read_promise(row: &Row<'_>) -> rusqlite::Result<PromiseFacts> {
    Ok(PromiseFacts {
        id: PromiseId(read_id(row, "id")?),
        engagement: read_optional_id(row, "engagement")?.map(EngagementId),
        kind: row.get("kind")?,
        wording: row.get("wording")?,
        promised_by: row.get("promised_by")?,
        promised_to: row.get("promised_to")?,
        channel: row.get("channel")?,
        promised_on: row.get("promised_on")?,
        due_on: row.get("due_on")?,
        visible_to_client: row.get::<_, Option<i64>>("visible_to_client")?.unwrap_or(0) != 0,
        verdict: row.get("verdict")?,
        state: row.get("state")?,
    })
}

/// The promises of an engagement, in order of making.
///
/// # Errors
/// SQLite's.
pub fn promises_of(connection: &Connection, engagement: EngagementId) -> Result<Vec<PromiseFacts>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {PROMISE_COLUMNS} from promise where engagement = :engagement and alive = 1 order by id"
    ))?;
    let rows = statement.query_map(
        named_params! { ":engagement": engagement.0.0 },
        read_promise,
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One promise.
///
/// # Errors
/// [`Error::NotFound`].
pub fn promise(connection: &Connection, id: PromiseId) -> Result<PromiseFacts> {
    let mut statement = connection.prepare_cached(&format!(
        "select {PROMISE_COLUMNS} from promise where id = :id"
    ))?;
    statement
        .query_row(named_params! { ":id": id.0.0 }, read_promise)
        .optional()?
        .ok_or_else(|| Error::NotFound {
            what: "promise",
            id: id.to_string(),
        })
}

/// An account of this folded name.
///
/// # Errors
/// SQLite's.
pub fn account_named(connection: &Connection, folded: &str) -> Result<Option<AccountId>> {
    let mut statement = connection.prepare_cached(
        "select id from account where folded = :folded and alive = 1 order by id limit 1",
    )?;
    let found = statement
        .query_row(named_params! { ":folded": folded }, |row| {
            read_id(row, "id")
        })
        .optional()?;
    Ok(found.map(AccountId))
}

/// Every product, for matching names.
///
/// # Errors
/// SQLite's.
pub fn products(connection: &Connection) -> Result<Vec<(ProductId, String)>> {
    let mut statement =
        connection.prepare_cached("select id, name from product where alive = 1 order by id")?;
    let rows = statement.query_map([], |row| {
        Ok((
            ProductId(read_id(row, "id")?),
            row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        ))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a row of an earlier import became, and the cells that were imported last.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The entity.
    pub id: Id,
    /// Cells as imported last, in the order of the entity's import.
    pub cells: Vec<String>,
}

/// Every imported row of a table (`engagement`, `account` or `product`), by its key. What an undone import made is
/// not among them, so that it can be imported again; what people deleted is, so that it stays deleted.
///
/// # Errors
/// SQLite's.
pub fn imported(
    connection: &Connection,
    table: &'static str,
) -> Result<std::collections::HashMap<String, Imported>> {
    let mut statement = connection.prepare_cached(&format!(
        "select id, import_key, imported from {table}
         where import_key is not null and (alive = 1 or not exists (
           select 1 from head join operation on operation.device = head.device and operation.seq = head.seq
           join act on act.n = operation.act
           where head.entity = {table}.id and head.field = 0 and act.undo_of is not null))
         order by id desc"
    ))?;
    let rows = statement.query_map([], |row| {
        let cells: Option<String> = row.get("imported")?;
        let cells = cells
            .map(|cells| cells.split('\n').map(str::to_owned).collect())
            .unwrap_or_default();
        Ok((
            row.get("import_key")?,
            Imported {
                id: read_id(row, "id")?,
                cells,
            },
        ))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The id is that of an engagement of this store, deleted ones too.
///
/// # Errors
/// SQLite's.
pub fn is_engagement(connection: &Connection, id: EngagementId) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("select exists (select 1 from engagement where id = :id)")?;
    Ok(statement.query_row(named_params! { ":id": id.0.0 }, |row| row.get(0))?)
}

/// Engagements that were not deleted, and operations that wait or need a newer version.
///
/// # Errors
/// SQLite's.
pub fn counts(connection: &Connection) -> Result<(u32, u32, u32)> {
    let mut statement = connection.prepare_cached(
        "select (select count(*) from engagement where alive = 1) as engagements,
                (select count(*) from operation join device on device.n = operation.device where seq > applied_seq) as pending,
                (select count(*) from deferred) as deferred",
    )?;
    Ok(statement.query_row([], |row| {
        Ok((
            row.get("engagements")?,
            row.get("pending")?,
            row.get("deferred")?,
        ))
    })?)
}

/// Every account's name, the oldest first.
///
/// # Errors
/// SQLite's.
pub fn account_names(connection: &Connection) -> Result<Vec<(Id, String)>> {
    let mut statement =
        connection.prepare_cached("select id, name from account where alive = 1 order by id")?;
    let rows = statement.query_map([], |row| {
        Ok((
            read_id(row, "id")?,
            row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        ))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

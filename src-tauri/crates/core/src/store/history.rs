//! Acts as people read them: who did what when, and what it changed.

use super::log::{read_id, read_optional_id, records_of_act};
use crate::domain::Record;
use crate::error::{Error, Result};
use crate::ids::{ActId, DeviceId, EngagementId, PersonId};
use crate::log::{ActHeader, Dot};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// An act with its operations.
#[derive(Debug, Clone)]
pub struct ActRow {
    /// Local number.
    pub n: i64,
    /// The act.
    pub id: ActId,
    /// The laptop.
    pub device: DeviceId,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Who.
    pub person: Option<PersonId>,
    /// The command.
    pub command: String,
    /// The act it took back.
    pub undo_of: Option<ActId>,
    /// An act took it back, and was not taken back itself.
    pub is_undone: bool,
    /// A recovery put it together.
    pub is_mended: bool,
}

const ACT_COLUMNS: &str =
    "act.n, act.id, device.id as device_id, act.at, act.person, act.command, act.undo_of, act.header,
    exists (
      select 1 from act as undone join device as undoer on undoer.n = undone.device
      where undone.undo_of = act.id and undone.last_seq <= undoer.applied_seq
        and not exists (
          select 1 from act as redone join device as redoer on redoer.n = redone.device
          where redone.undo_of = undone.id and redone.last_seq <= redoer.applied_seq
        )
    ) as is_undone";

fn read_act(row: &Row<'_>) -> rusqlite::Result<ActRow> {
    Ok(ActRow {
        n: row.get("n")?,
        id: ActId(read_id(row, "id")?),
        device: DeviceId(read_id(row, "device_id")?),
        at: row.get("at")?,
        person: read_optional_id(row, "person")?.map(PersonId),
        command: row.get("command")?,
        undo_of: read_optional_id(row, "undo_of")?.map(ActId),
        is_undone: row.get("is_undone")?,
        is_mended: ActHeader::decode(row.get_ref("header")?.as_blob()?)
            .is_some_and(|header| header.is_mended),
    })
}

const TOUCHING: &str = "act.n in (
      select act from operation where entity = :engagement
      union
      select operation.act from promise join operation on operation.entity = promise.id where promise.engagement = :engagement
    ) and act.last_seq <= device.applied_seq";

/// How many acts touched an engagement.
///
/// # Errors
/// SQLite's.
pub fn count(connection: &Connection, engagement: EngagementId) -> Result<u32> {
    let mut statement = connection.prepare_cached(&format!(
        "select count(*) from act join device on device.n = act.device where {TOUCHING}"
    ))?;
    Ok(
        statement.query_row(named_params! { ":engagement": engagement.0.0 }, |row| {
            row.get(0)
        })?,
    )
}

/// A window of the acts that touched an engagement, the newest first.
///
/// # Errors
/// SQLite's.
pub fn acts_of(
    connection: &Connection,
    engagement: EngagementId,
    from: u32,
    most: u32,
) -> Result<Vec<ActRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {ACT_COLUMNS} from act join device on device.n = act.device where {TOUCHING}
         order by act.at desc, act.first_seq desc, device.id limit :most offset :from"
    ))?;
    let rows = statement.query_map(
        named_params! { ":engagement": engagement.0.0, ":most": most, ":from": from },
        read_act,
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One act.
///
/// # Errors
/// [`Error::NotFound`].
pub fn act(connection: &Connection, id: ActId) -> Result<ActRow> {
    let mut statement = connection.prepare_cached(&format!(
        "select {ACT_COLUMNS} from act join device on device.n = act.device where act.id = :id limit 1"
    ))?;
    statement
        .query_row(named_params! { ":id": id.0.0 }, read_act)
        .optional()?
        .ok_or_else(|| Error::NotFound {
            what: "act",
            id: id.to_string(),
        })
}

/// The last act of a person on this laptop that can still be taken back: with `undone` the last undo instead,
/// which redo takes back.
///
/// # Errors
/// SQLite's.
pub fn last_act(
    connection: &Connection,
    device: DeviceId,
    person: Option<PersonId>,
    undone: bool,
) -> Result<Option<ActRow>> {
    // Undo goes back behind what was undone; redo is only for an undo that nothing came after.
    let condition = if undone {
        "act.undo_of is not null"
    } else {
        "act.command not in ('undo')"
    };
    let mut statement = connection.prepare_cached(&format!(
        "select {ACT_COLUMNS} from act join device on device.n = act.device
         where device.id = :device and act.person is :person and {condition} and is_undone = 0
         order by act.first_seq desc limit 1"
    ))?;
    let row = statement.query_row(
        named_params! { ":device": device.0.0, ":person": person.map(|person| person.0.0) },
        read_act,
    );
    Ok(row.optional()?)
}

/// The act that took `act` back and still stands.
///
/// # Errors
/// SQLite's.
pub fn undo_of(connection: &Connection, act: ActId) -> Result<Option<ActRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {ACT_COLUMNS} from act join device on device.n = act.device
         where act.undo_of = :act order by act.at desc, act.first_seq desc"
    ))?;
    let rows: Vec<ActRow> = statement
        .query_map(named_params! { ":act": act.0.0 }, read_act)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().find(|row| !row.is_undone))
}

/// The operations of an act, applied ones only.
///
/// # Errors
/// SQLite's.
pub fn records(connection: &Connection, act: &ActRow) -> Result<Vec<Record>> {
    records_of_act(connection, act.n)
}

/// An operation's id as people pass it around: `device:seq`.
#[must_use]
pub fn operation_id(dot: Dot) -> String {
    format!("{}:{}", dot.device, dot.seq)
}

/// Reads an operation's id.
///
/// # Errors
/// [`Error::NotFound`] if it is none.
pub fn read_operation_id(text: &str) -> Result<Dot> {
    let not_found = || Error::NotFound {
        what: "operation",
        id: text.to_owned(),
    };
    let (device, seq) = text.rsplit_once(':').ok_or_else(not_found)?;
    Ok(Dot {
        device: DeviceId(device.parse().map_err(|_| not_found())?),
        seq: seq.parse().map_err(|_| not_found())?,
    })
}

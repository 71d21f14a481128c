//! The SQL of the log: acts and operations as recorded, versions, registers' heads.

use crate::domain::Record;
use crate::error::{BundleFault, Error, Result};
use crate::ids::{ActId, DeviceId, Id, PersonId};
use crate::log::operation::{Decoded, decode};
use crate::log::{Act, ActHeader, Dot, Operation};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

/// The local number of a laptop, made at first sight.
///
/// # Errors
/// SQLite's.
pub fn device_number(transaction: &Transaction<'_>, device: DeviceId) -> Result<i64> {
    if let Some(n) = known_device(transaction, device)? {
        return Ok(n);
    }
    transaction
        .prepare_cached("insert into device (id) values (:id)")?
        .execute(named_params! { ":id": device.0.0 })?;
    Ok(transaction.last_insert_rowid())
}

/// The local number of a laptop, if it was seen before.
///
/// # Errors
/// SQLite's.
pub fn known_device(connection: &Connection, device: DeviceId) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("select n from device where id = :id")?;
    Ok(statement
        .query_row(named_params! { ":id": device.0.0 }, |row| row.get("n"))
        .optional()?)
}

/// How far a laptop's log is here without a gap, and how far it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Local number.
    pub n: i64,
    /// The laptop.
    pub device: DeviceId,
    /// Here without a gap.
    pub have: u64,
    /// Applied.
    pub applied: u64,
}

/// Every laptop's reach, by id.
///
/// # Errors
/// SQLite's.
pub fn reaches(connection: &Connection) -> Result<Vec<Reach>> {
    let mut statement =
        connection.prepare_cached("select n, id, have_seq, applied_seq from device order by id")?;
    let rows = statement.query_map([], |row| {
        Ok(Reach {
            n: row.get("n")?,
            device: DeviceId(read_id(row, "id")?),
            have: row.get("have_seq")?,
            applied: row.get("applied_seq")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads a 16-byte id.
pub(super) fn read_id(row: &Row<'_>, column: &str) -> rusqlite::Result<Id> {
    row.get::<_, [u8; 16]>(column).map(Id)
}

/// Reads a 16-byte id that may be missing.
pub(super) fn read_optional_id(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Id>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Id))
}

/// What came of writing an act into the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It is there, or a better one at its place.
    Known,
    /// It is new.
    New,
    /// It is new, and a mended one gave way: the projection is to be rebuilt.
    Instead,
}

/// Writes an act into the log, unless it is there. A mended act gives way to one as it was recorded, and of two
/// mended ones the one with the smaller hash stays, so that all laptops end with the same. What of a mended act the
/// other does not cover stays, so that nothing ever opens a gap.
///
/// # Errors
/// [`BundleFault::Fork`] if another act that was not mended stands at the same place.
pub fn append_act(transaction: &Transaction<'_>, act: &Act) -> Result<Appended> {
    append(transaction, act, |body, seq| {
        match decode(body, act.header.device) {
            Some(Decoded::Known(operation)) => Ok((operation.kind as u32, operation.entity)),
            Some(Decoded::Deferred { entity, .. }) => Ok((0, entity)),
            None => Err(BundleFault::Malformed {
                reason: format!("operation {seq} does not read"),
            }
            .into()),
        }
    })
}

/// Writes an act of this laptop, whose operations are at hand.
///
/// # Errors
/// As [`append_act`].
pub(super) fn append_own_act(
    transaction: &Transaction<'_>,
    act: &Act,
    operations: &[Operation],
) -> Result<Appended> {
    let mut operations = operations.iter();
    append(transaction, act, |_, _| {
        let operation = operations.next();
        let operation = operation.ok_or_else(|| Error::internal("an act lacks operations"))?;
        Ok((operation.kind as u32, operation.entity))
    })
}

/// `about` tells an operation's kind (0 for one that only a newer app knows) and entity.
fn append(
    transaction: &Transaction<'_>,
    act: &Act,
    mut about: impl FnMut(&[u8], u64) -> Result<(u32, Id)>,
) -> Result<Appended> {
    let ActHeader {
        id,
        device,
        first_seq,
        at,
        person,
        command,
        undo_of,
        is_mended,
    } = &act.header;
    let n = device_number(transaction, *device)?;
    let hash = act.hash();
    let in_the_way = overlapping(transaction, n, *first_seq, act.last_seq())?;
    for known in &in_the_way {
        if known.first_seq == *first_seq && known.hash == hash {
            return Ok(Appended::Known);
        }
        let gives_way = known.is_mended() && (!is_mended || hash < known.hash);
        match (gives_way, is_mended) {
            (true, _) => {}
            (false, true) => return Ok(Appended::Known),
            (false, false) => {
                return Err(Error::Bundle(BundleFault::Fork {
                    device: device.to_string(),
                    seq: *first_seq,
                }));
            }
        }
    }
    let mut rests = Vec::new();
    for known in &in_the_way {
        rests.extend(known.rests(transaction, n, *first_seq, act.last_seq())?);
        remove_mended(transaction, n, known)?;
    }
    transaction
        .prepare_cached(
            "insert into act (id, device, first_seq, last_seq, at, person, command, undo_of, hash, header)
             values (:id, :device, :first_seq, :last_seq, :at, :person, :command, :undo_of, :hash, :header)",
        )?
        .execute(named_params! {
            ":id": id.0.0, ":device": n, ":first_seq": first_seq, ":last_seq": act.last_seq(), ":at": at,
            ":person": person.map(|person| person.0.0), ":command": command,
            ":undo_of": undo_of.map(|act| act.0.0), ":hash": hash, ":header": act.header_bytes,
        })?;
    let act_number = transaction.last_insert_rowid();
    let mut insert = transaction.prepare_cached(
        "insert into operation (device, seq, act, kind, entity, body)
         values (:device, :seq, :act, :kind, :entity, :body)",
    )?;
    for (seq, body) in (*first_seq..).zip(&act.operations) {
        let (kind, entity) = about(body, seq)?;
        insert.execute(named_params! {
            ":device": n, ":seq": seq, ":act": act_number, ":kind": kind, ":entity": entity.0, ":body": body,
        })?;
    }
    for rest in &rests {
        append_act(transaction, rest)?;
    }
    extend_reach(transaction, n)?;
    Ok(match in_the_way.is_empty() {
        true => Appended::New,
        false => Appended::Instead,
    })
}

/// An act that is in the log, as far as it decides who gives way.
struct Known {
    n: i64,
    first_seq: u64,
    last_seq: u64,
    hash: [u8; 32],
    header: Option<ActHeader>,
}

impl Known {
    fn is_mended(&self) -> bool {
        self.header.as_ref().is_some_and(|header| header.is_mended)
    }

    /// What of it stays on both sides of an act that takes these sequences, so that no gap opens.
    fn rests(
        &self,
        transaction: &Transaction<'_>,
        device: i64,
        first_seq: u64,
        last_seq: u64,
    ) -> Result<Vec<Act>> {
        let before = (self.first_seq, first_seq.saturating_sub(1));
        let behind = (last_seq + 1, self.last_seq);
        let mut rests = Vec::new();
        for (first, last) in [before, behind] {
            let Some(header) = self.header.as_ref().filter(|_| first <= last) else {
                continue;
            };
            let id = match first == self.first_seq {
                true => header.id,
                false => part_of(header.id, first),
            };
            let header = ActHeader {
                id,
                first_seq: first,
                ..header.clone()
            };
            rests.push(Act {
                header_bytes: header.encode(),
                header,
                operations: bodies(transaction, device, first, last)?,
            });
        }
        Ok(rests)
    }
}

/// The id of the part of a mended act that begins here, the same on every laptop that divides it so.
fn part_of(act: ActId, first_seq: u64) -> ActId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&act.0.0).update(&first_seq.to_le_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    ActId(Id(id))
}

/// The bodies of a laptop's operations in order.
fn bodies(connection: &Connection, device: i64, first: u64, last: u64) -> Result<Vec<Vec<u8>>> {
    let mut bodies = connection.prepare_cached(
        "select body from operation where device = :device and seq between :first and :last order by seq",
    )?;
    let rows = bodies.query_map(
        named_params! { ":device": device, ":first": first, ":last": last },
        |row| row.get("body"),
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The acts of a laptop that have a sequence in common with these.
fn overlapping(
    transaction: &Transaction<'_>,
    device: i64,
    first_seq: u64,
    last_seq: u64,
) -> Result<Vec<Known>> {
    // Acts do not overlap each other, so behind the first that does not reach here none does.
    let mut statement = transaction.prepare_cached(
        "select n, first_seq, last_seq, hash, header from act where device = :device and first_seq <= :last_seq
         order by first_seq desc",
    )?;
    let mut rows = statement.query(named_params! { ":device": device, ":last_seq": last_seq })?;
    let mut acts = Vec::new();
    while let Some(row) = rows.next()? {
        let last_seq: u64 = row.get("last_seq")?;
        if last_seq < first_seq {
            break;
        }
        let header = row
            .get_ref("header")?
            .as_blob()
            .map_err(rusqlite::Error::from)?;
        acts.push(Known {
            n: row.get("n")?,
            first_seq: row.get("first_seq")?,
            last_seq,
            hash: row.get("hash")?,
            header: ActHeader::decode(header),
        });
    }
    Ok(acts)
}

/// Takes a mended act out of the log; the reach is counted anew when the next one is written.
fn remove_mended(transaction: &Transaction<'_>, device: i64, act: &Known) -> Result<()> {
    transaction
        .prepare_cached(
            "delete from operation where device = :device and seq between :first and :last",
        )?
        .execute(
            named_params! { ":device": device, ":first": act.first_seq, ":last": act.last_seq },
        )?;
    transaction
        .prepare_cached("delete from act where n = :n")?
        .execute(named_params! { ":n": act.n })?;
    transaction
        .prepare_cached(
            "update device set have_seq = min(have_seq, :before), applied_seq = min(applied_seq, :before)
             where n = :n",
        )?
        .execute(named_params! { ":n": device, ":before": act.first_seq - 1 })?;
    Ok(())
}

/// Counts the acts that now follow without a gap.
fn extend_reach(transaction: &Transaction<'_>, device: i64) -> Result<()> {
    let mut next = transaction.prepare_cached(
        "select last_seq from act join device on device.n = act.device
         where act.device = :device and first_seq = have_seq + 1",
    )?;
    let mut extend =
        transaction.prepare_cached("update device set have_seq = :seq where n = :device")?;
    while let Some(last) = next
        .query_row(named_params! { ":device": device }, |row| {
            row.get::<_, u64>("last_seq")
        })
        .optional()?
    {
        extend.execute(named_params! { ":seq": last, ":device": device })?;
    }
    Ok(())
}

/// Every act in the log with its operations, by laptop and sequence.
///
/// # Errors
/// SQLite's, or what `each` says.
pub fn each_act(connection: &Connection, mut each: impl FnMut(Act) -> Result<()>) -> Result<()> {
    let mut acts = connection.prepare_cached(
        "select act.n, act.device, first_seq, last_seq, header from act join device on device.n = act.device
         order by device.id, first_seq",
    )?;
    let mut rows = acts.query([])?;
    while let Some(row) = rows.next()? {
        let header_bytes: Vec<u8> = row.get("header")?;
        let (device, first, last): (i64, u64, u64) = (
            row.get("device")?,
            row.get("first_seq")?,
            row.get("last_seq")?,
        );
        let operations = bodies(connection, device, first, last)?;
        let header = ActHeader::decode(&header_bytes).ok_or_else(|| {
            Error::damaged(format!("act {first} of device {device} does not read"))
        })?;
        each(Act {
            header,
            header_bytes,
            operations,
        })?;
    }
    Ok(())
}

const RECORD_COLUMNS: &str =
    "device.id as device_id, operation.seq, operation.depth, operation.body,
    act.id as act_id, act.at, act.person";
const RECORD_TABLES: &str =
    "operation join act on act.n = operation.act join device on device.n = operation.device";

/// A record, or `None` for an operation that this version does not know.
fn read_record(row: &Row<'_>) -> rusqlite::Result<Option<Record>> {
    let device = DeviceId(read_id(row, "device_id")?);
    let body = row.get_ref("body")?.as_blob()?;
    let Some(Decoded::Known(operation)) = decode(body, device) else {
        return Ok(None);
    };
    Ok(Some(Record {
        dot: Dot {
            device,
            seq: row.get("seq")?,
        },
        act: ActId(read_id(row, "act_id")?),
        at: row.get("at")?,
        depth: row.get("depth")?,
        person: read_optional_id(row, "person")?.map(PersonId),
        operation,
    }))
}

/// Everything applied about an entity; of an engagement, about its promises too.
///
/// # Errors
/// SQLite's.
pub fn records_of(connection: &Connection, entity: Id) -> Result<Vec<Record>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {RECORD_COLUMNS} from {RECORD_TABLES}
         where operation.seq <= device.applied_seq and operation.entity = :entity
         union all
         select {RECORD_COLUMNS} from promise
         join operation on operation.entity = promise.id
         join act on act.n = operation.act join device on device.n = operation.device
         where operation.seq <= device.applied_seq and promise.engagement = :entity"
    ))?;
    let rows = statement.query_map(named_params! { ":entity": entity.0 }, read_record)?;
    Ok(rows
        .filter_map(rusqlite::Result::transpose)
        .collect::<rusqlite::Result<_>>()?)
}

/// The operations of an act in order.
///
/// # Errors
/// SQLite's.
pub fn records_of_act(connection: &Connection, act: i64) -> Result<Vec<Record>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {RECORD_COLUMNS} from {RECORD_TABLES} where operation.device = (select device from act where n = :act)
           and operation.seq between (select first_seq from act where n = :act)
                                 and (select last_seq from act where n = :act)
         order by operation.seq"
    ))?;
    let rows = statement.query_map(named_params! { ":act": act }, read_record)?;
    Ok(rows
        .filter_map(rusqlite::Result::transpose)
        .collect::<rusqlite::Result<_>>()?)
}

/// One applied operation.
///
/// # Errors
/// SQLite's.
pub fn record(connection: &Connection, dot: Dot) -> Result<Option<Record>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {RECORD_COLUMNS} from {RECORD_TABLES}
         where device.id = :device and operation.seq = :seq and operation.seq <= device.applied_seq"
    ))?;
    let row = statement.query_row(
        named_params! { ":device": dot.device.0.0, ":seq": dot.seq },
        read_record,
    );
    Ok(row.optional()?.flatten())
}

/// This act is known, as it is here.
///
/// # Errors
/// SQLite's.
pub fn has_act(connection: &Connection, act: &Act) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "select 1 from act join device on device.n = act.device
         where device.id = :device and first_seq = :first_seq and hash = :hash",
    )?;
    Ok(statement.exists(named_params! {
        ":device": act.header.device.0.0, ":first_seq": act.header.first_seq, ":hash": act.hash(),
    })?)
}

/// Registers with several visible values.
///
/// # Errors
/// SQLite's.
pub fn conflict_count(connection: &Connection) -> Result<u32> {
    let mut statement = connection.prepare_cached(
        "select count(*) from (select 1 from head group by entity, field, key having count(*) > 1)",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// How many acts are in the log, and the instant of the newest.
///
/// # Errors
/// SQLite's.
pub fn act_count(connection: &Connection) -> Result<(u64, Option<i64>)> {
    let mut statement =
        connection.prepare_cached("select count(*) as acts, max(at) as newest_at from act")?;
    Ok(statement.query_row([], |row| Ok((row.get("acts")?, row.get("newest_at")?)))?)
}

//! The only writer of projected tables. `apply` never refuses: whatever colleagues wrote, the projection is a
//! total function of the set of operations, in whatever order they came.
//!
//! A transaction is applied whole, when all its laptop's earlier ones are and everything it names is here.

use super::log::{Reach, reaches};
use super::project::{Projection, project_create, project_register};
use super::registers::{Register, version_of_parent, write_head};
use super::settle::{Settled, settle};
use super::touched::Touched;
use crate::domain::{Record, template};
use crate::error::{Error, Result};
use crate::ids::{ActId, DeviceId, EngagementId, Id, PersonId};
use crate::log::operation::{Decoded, decode};
use crate::log::register::{Version, depth};
use crate::log::registry::{self, engagement, promise};
use crate::log::{Dot, Kind, Value};
use crate::progress::Rest;
use rusqlite::{OptionalExtension, Transaction, named_params};
use std::collections::{BTreeSet, HashMap};

/// What a write is doing to the projection.
pub(super) struct Applying<'a> {
    transaction: &'a Transaction<'a>,
    /// Engagements to settle.
    unsettled: BTreeSet<Id>,
    /// New engagements that nothing else was recorded about here; settled as they were inserted.
    fresh: BTreeSet<Id>,
    /// Where an engagement of each template begins.
    beginnings: HashMap<&'static str, Settled>,
    touched: Touched,
}

impl<'a> Applying<'a> {
    pub(super) fn new(transaction: &'a Transaction<'a>) -> Self {
        Self {
            transaction,
            unsettled: BTreeSet::new(),
            fresh: BTreeSet::new(),
            beginnings: HashMap::new(),
            touched: Touched::default(),
        }
    }

    /// Applies every transaction that everything it needs is here for.
    pub(super) fn advance(&mut self) -> Result<()> {
        self.advance_telling(0, &Rest::silent())
    }

    /// The same, telling how many of `count` operations are applied.
    pub(super) fn advance_telling(&mut self, count: u64, progress: &Rest<'_>) -> Result<()> {
        let mut done = 0;
        let mut reaches = reaches(self.transaction)?;
        loop {
            let mut moved = false;
            for index in 0..reaches.len() {
                while self.apply_next(&mut reaches, index)? {
                    moved = true;
                    done += 1;
                    // Transactions are fewer than operations, and old ones may come along.
                    progress.step(done.min(count), count)?;
                }
            }
            if !moved {
                return Ok(());
            }
        }
    }

    fn apply_next(&mut self, reaches: &mut [Reach], index: usize) -> Result<bool> {
        let reach = reaches[index];
        if reach.applied >= reach.have {
            return Ok(false);
        }
        let (rows, last) = next_transaction(self.transaction, &reach)?;
        if rows.is_empty() {
            return Err(Error::damaged("the log lacks operations that it counts"));
        }
        let is_here = |dot: &Dot, seq: u64| {
            if dot.device == reach.device {
                dot.seq >= 1 && dot.seq < seq
            } else {
                dot.seq >= 1
                    && reaches
                        .iter()
                        .any(|other| other.device == dot.device && other.applied >= dot.seq)
            }
        };
        let all_here = rows.iter().all(|(seq, _, decoded)| match decoded {
            Decoded::Known(operation) => operation.needs().all(|dot| is_here(dot, *seq)),
            Decoded::Deferred { needs, .. } => needs.iter().all(|dot| is_here(dot, *seq)),
        });
        if !all_here {
            return Ok(false);
        }
        let mut records = Vec::with_capacity(rows.len());
        for (seq, act, decoded) in rows {
            match decoded {
                Decoded::Known(operation) => records.push(Record {
                    dot: Dot {
                        device: reach.device,
                        seq,
                    },
                    act: act.0,
                    at: act.1,
                    depth: 0,
                    person: act.2,
                    operation,
                }),
                Decoded::Deferred { .. } => defer(self.transaction, reach.n, seq)?,
            }
        }
        self.transaction
            .prepare_cached("update device set applied_seq = :seq where n = :device")?
            .execute(named_params! { ":seq": last, ":device": reach.n })?;
        reaches[index].applied = last;
        self.apply(&mut records)?;
        Ok(true)
    }

    /// Applies the operations of a transaction.
    pub(super) fn apply(&mut self, records: &mut [Record]) -> Result<()> {
        for record in records.iter_mut() {
            self.apply_one(record)?;
        }
        Ok(())
    }

    /// Where the rules put an engagement of which nothing but its creation is known.
    fn beginning(&mut self, record: &Record) -> Settled {
        let carried = |number: u32| {
            let mut fields = record.operation.fields.iter();
            fields
                .find(|(field, _)| *field == number)
                .map(|(_, value)| value)
        };
        // One that was taken over, or has a rhythm of its own, is asked for itself.
        if carried(engagement::TAKEN_OVER).is_some() || carried(engagement::MOOD_RHYTHM).is_some() {
            return Settled::of_new(record);
        }
        let template = template::find(carried(engagement::TEMPLATE).and_then(Value::as_text));
        let seller = carried(engagement::SELLER)
            .and_then(Value::as_id)
            .map(PersonId);
        let beginning = self
            .beginnings
            .entry(template.id)
            .or_insert_with(|| Settled::of_new(record));
        beginning.owned_by(seller)
    }

    fn apply_one(&mut self, record: &mut Record) -> Result<()> {
        let operation = &record.operation;
        if operation.kind == Kind::Lost {
            return Ok(());
        }
        let known_field =
            operation.field == registry::ALIVE || registry::field(operation.field).is_some();
        let Some((entity_kind, fields)) =
            registry::entity(operation.entity_kind).filter(|_| known_field)
        else {
            let n = super::log::device_number(self.transaction, record.dot.device)?;
            return defer(self.transaction, n, record.dot.seq);
        };
        self.touched.add(entity_kind, operation.entity);
        if entity_kind == registry::PROMISE {
            // The engagement that it belonged to until now; another app may move it to another one.
            self.mark_unsettled(record)?;
        }
        let projection = Projection {
            entity_kind,
            fields,
        };
        match operation.kind {
            Kind::Create => {
                let settled = (entity_kind == registry::ENGAGEMENT).then(|| self.beginning(record));
                let is_new =
                    project_create(self.transaction, projection, operation, settled.as_ref())?;
                if operation
                    .fields
                    .iter()
                    .any(|(field, _)| registry::field(*field).is_none())
                {
                    let n = super::log::device_number(self.transaction, record.dot.device)?;
                    defer(self.transaction, n, record.dot.seq)?;
                }
                if is_new && settled.is_some() {
                    self.fresh.insert(operation.entity);
                    return Ok(());
                }
            }
            kind if kind.is_register() => {
                let register = Register::of(operation);
                let mut parents: Vec<Version> = Vec::new();
                for parent in &operation.parents {
                    parents.extend(version_of_parent(self.transaction, *parent, &register)?);
                }
                record.depth = depth(record.dot, record.at, &parents);
                let version = Version {
                    depth: record.depth,
                    at: record.at,
                    dot: record.dot,
                };
                let overwritten: Vec<Dot> = parents.iter().map(|parent| parent.dot).collect();
                write_head(self.transaction, &register, version, &overwritten)?;
                if record.depth > 0 {
                    self.transaction
                        .prepare_cached(
                            "update operation set depth = :depth
                             where device = (select n from device where id = :device) and seq = :seq",
                        )?
                        .execute(named_params! {
                            ":depth": record.depth, ":device": record.dot.device.0.0, ":seq": record.dot.seq,
                        })?;
                }
                project_register(self.transaction, projection, &register)?;
            }
            _ => {}
        }
        self.mark_unsettled(record)
    }

    /// The rules look again at every engagement that the operation says something about.
    fn mark_unsettled(&mut self, record: &Record) -> Result<()> {
        let operation = &record.operation;
        if operation.entity_kind == registry::ENGAGEMENT.number {
            self.unsettled.insert(operation.entity);
        } else if operation.entity_kind == registry::PROMISE.number {
            let mut statement = self
                .transaction
                .prepare_cached("select engagement from promise where id = :id")?;
            let projected: Option<Option<[u8; 16]>> = statement
                .query_row(named_params! { ":id": operation.entity.0 }, |row| {
                    row.get("engagement")
                })
                .optional()?;
            let named = operation
                .fields
                .iter()
                .find(|(field, _)| *field == promise::ENGAGEMENT);
            let named = named.and_then(|(_, value)| value.as_id());
            for engagement in projected.flatten().map(Id).into_iter().chain(named) {
                self.unsettled.insert(engagement);
                self.touched.add(registry::ENGAGEMENT, engagement);
            }
        }
        Ok(())
    }

    /// Lets the rules settle what was touched, and says what that is.
    pub(super) fn finish(self) -> Result<Touched> {
        // Something may have been recorded about an engagement before it was created here.
        let mut unsettled = self.unsettled;
        let mut known = self.transaction.prepare_cached(
            "select exists (select 1 from operation where entity = :id limit 1 offset 1)
                 or exists (select 1 from promise where engagement = :id) as is_known",
        )?;
        for engagement in self.fresh {
            if known.query_row(named_params! { ":id": engagement.0 }, |row| {
                row.get("is_known")
            })? {
                unsettled.insert(engagement);
            }
        }
        for engagement in unsettled {
            settle(self.transaction, EngagementId(engagement))?;
        }
        Ok(self.touched)
    }
}

type Pending = (u64, (ActId, i64, Option<PersonId>), Decoded);

/// The operations of a laptop's next transaction, and the sequence of the last.
fn next_transaction(transaction: &Transaction<'_>, reach: &Reach) -> Result<(Vec<Pending>, u64)> {
    let mut statement = transaction.prepare_cached(
        "select seq, body, id, at, person from operation join act on act.n = operation.act
         where operation.device = :device and seq > :applied and seq <= :have order by seq",
    )?;
    let mut rows = statement.query(
        named_params! { ":device": reach.n, ":applied": reach.applied, ":have": reach.have },
    )?;
    let mut pending: Vec<Pending> = Vec::new();
    let mut act_before: Option<ActId> = None;
    while let Some(row) = rows.next()? {
        let seq: u64 = row.get("seq")?;
        let act = ActId(super::log::read_id(row, "id")?);
        // An act ends its last transaction, whether the operation says so or not.
        if act_before.is_some_and(|before| before != act) {
            break;
        }
        act_before = Some(act);
        let at: i64 = row.get("at")?;
        let person = super::log::read_optional_id(row, "person")?.map(PersonId);
        let decoded =
            decode(&row.get::<_, Vec<u8>>("body")?, reach.device).unwrap_or(Decoded::Deferred {
                entity: Id([0; 16]),
                needs: Vec::new(),
                ends_transaction: true,
            });
        let ends = decoded.ends_transaction();
        pending.push((seq, (act, at, person), decoded));
        if ends {
            break;
        }
    }
    let last = pending.last().map_or(reach.applied, |(seq, _, _)| *seq);
    Ok((pending, last))
}

/// Counts an operation that needs a newer version; it is kept, relayed, and applied after an update.
fn defer(transaction: &Transaction<'_>, device: i64, seq: u64) -> Result<()> {
    transaction
        .prepare_cached("insert or ignore into deferred (device, seq) values (:device, :seq)")?
        .execute(named_params! { ":device": device, ":seq": seq })?;
    Ok(())
}

/// Drops everything that is derived and applies the whole log anew, telling how far it is.
///
/// # Errors
/// SQLite's, or [`Error::Cancelled`](crate::Error::Cancelled).
pub fn rebuild(transaction: &Transaction<'_>, progress: &Rest<'_>) -> Result<()> {
    for (kind, _) in registry::ENTITIES {
        transaction.execute(&format!("delete from {}", kind.name), [])?;
    }
    transaction.execute_batch(
        "delete from search; delete from searched; delete from head; delete from deferred; update device set applied_seq = 0;
         update operation set depth = 0 where depth <> 0;",
    )?;
    let count = transaction.query_row("select count(*) from operation", [], |row| row.get(0))?;
    let mut applying = Applying::new(transaction);
    applying.advance_telling(count, progress)?;
    applying.finish()?;
    Ok(())
}

/// The name of a device for people: the first bytes of its id.
#[must_use]
pub fn short_device(device: DeviceId) -> String {
    device.0.0[..4]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

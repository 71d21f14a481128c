//! Records what a person did: one act, one SQLite transaction, durable when the person is told so.

use super::Environment;
use super::apply::{Applying, rebuild};
use super::log::{Appended, append_act, append_own_act, device_number};
use super::registers::{Register, heads};
use super::setting;
use super::touched::Touched;
use crate::domain::change::Parents;
use crate::domain::{Change, Record};
use crate::error::{Error, Result};
use crate::ids::{ActId, DeviceId, Id, PersonId};
use crate::log::register::winner;
use crate::log::{Act, ActHeader, Dot, Operation};
use crate::progress::{Progress, Rest};
use rusqlite::{Connection, Transaction, named_params};

/// Who did what, for the log.
#[derive(Debug, Clone)]
pub struct Deed<'a> {
    /// The command's name.
    pub command: &'a str,
    /// Who, if anybody is known.
    pub person: Option<PersonId>,
    /// The act that this one takes back.
    pub undo_of: Option<ActId>,
}

/// What was recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The act.
    pub act: ActId,
    /// How many operations.
    pub operations: u32,
    /// What the screens load again.
    pub touched: Touched,
}

/// Appends the changes to the log and applies them. Each inner list is one transaction.
///
/// # Errors
/// SQLite's, or the wish to stop; then nothing is recorded, because the caller's transaction rolls back.
pub fn record(
    transaction: &Transaction<'_>,
    environment: &Environment,
    deed: &Deed<'_>,
    transactions: Vec<Vec<Change>>,
    progress: &Rest<'_>,
) -> Result<Option<Recorded>> {
    if transactions.iter().all(Vec::is_empty) {
        return Ok(None);
    }
    let (device, n, have) = writing_device(transaction, environment)?;
    let last_at = setting::number(transaction, setting::LAST_AT)?.unwrap_or(i64::MIN);
    let at = environment.clock.now().max(last_at.saturating_add(1));
    setting::keep(transaction, setting::LAST_AT, at)?;
    let act = ActId(environment.new_id());
    let mut operations: Vec<Operation> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for changes in transactions {
        let count = changes.len();
        for (index, change) in changes.into_iter().enumerate() {
            operations.push(to_operation(transaction, change, index + 1 == count)?);
        }
        ends.push(operations.len());
    }
    let header = ActHeader {
        id: act,
        device,
        first_seq: have + 1,
        at,
        person: deed.person,
        command: deed.command.to_owned(),
        undo_of: deed.undo_of,
        is_mended: false,
    };
    let recorded = Act::new(header, &operations);
    let last_seq = recorded.last_seq();
    append_own_act(transaction, &recorded, &operations)?;
    transaction
        .prepare_cached("update device set applied_seq = :seq where n = :n")?
        .execute(named_params! { ":seq": last_seq, ":n": n })?;
    let count = u32::try_from(operations.len()).unwrap_or(u32::MAX);
    let mut records: Vec<Record> = (have + 1..)
        .zip(operations)
        .map(|(seq, operation)| Record {
            dot: Dot { device, seq },
            act,
            at,
            depth: 0,
            person: deed.person,
            operation,
        })
        .collect();
    let mut applying = Applying::new(transaction);
    let mut start = 0;
    let count_of_transactions = ends.len() as u64;
    for (done, end) in (0_u64..).zip(ends) {
        progress.step(done, count_of_transactions)?;
        applying.apply(&mut records[start..end])?;
        start = end;
    }
    // What waited for this act (a colleague's change that named it) can apply now.
    applying.advance()?;
    progress.step(count_of_transactions, count_of_transactions)?;
    let touched = applying.finish()?;
    Ok(Some(Recorded {
        act,
        operations: count,
        touched,
    }))
}

/// The device that this laptop writes as, its local number, and the sequence written last.
///
/// A store that was set back to an earlier copy may have got its own later acts in part from a colleague.
/// Writing on would put two different acts at one place, so the laptop goes on under a new identity.
fn writing_device(
    transaction: &Transaction<'_>,
    environment: &Environment,
) -> Result<(DeviceId, i64, u64)> {
    let device = own_device(transaction)?;
    let n = device_number(transaction, device)?;
    let (have, is_whole): (u64, bool) = transaction
        .prepare_cached(
            "select have_seq, applied_seq = have_seq and not exists
               (select 1 from act where device = :n and first_seq > have_seq) as is_whole
             from device where n = :n",
        )?
        .query_row(named_params! { ":n": n }, |row| {
            Ok((row.get("have_seq")?, row.get("is_whole")?))
        })?;
    if is_whole {
        return Ok((device, n, have));
    }
    let device = DeviceId(environment.random_id());
    setting::keep(transaction, setting::DEVICE, device.0.0)?;
    Ok((device, device_number(transaction, device)?, 0))
}

/// The device that this laptop writes as.
///
/// # Errors
/// A store without one is damaged.
pub fn own_device(connection: &Connection) -> Result<DeviceId> {
    setting::bytes(connection, setting::DEVICE)?
        .and_then(|bytes| Id::from_slice(&bytes))
        .map(DeviceId)
        .ok_or_else(|| Error::damaged("the store does not know its device"))
}

fn to_operation(
    transaction: &Transaction<'_>,
    change: Change,
    ends_transaction: bool,
) -> Result<Operation> {
    let parents = match change.parents {
        Parents::These(dots) => dots,
        Parents::Winner | Parents::AllHeads => {
            let register = Register {
                entity: change.entity,
                field: change.field,
                key: change.key.clone(),
            };
            let heads = heads(transaction, &register)?;
            if change.parents == Parents::AllHeads {
                heads.iter().map(|head| head.version.dot).collect()
            } else {
                winner(&heads)
                    .map(|head| head.version.dot)
                    .into_iter()
                    .collect()
            }
        }
    };
    Ok(Operation {
        kind: change.kind,
        entity_kind: change.entity_kind.number,
        entity: change.entity,
        field: change.field,
        key: change.key,
        parents,
        evidence: change.evidence,
        context: change.context,
        value: change.value,
        fields: change.fields,
        ends_transaction,
    })
}

/// Writes acts that came from elsewhere and applies what can be applied.
///
/// # Errors
/// A fork; then the caller's transaction rolls back and nothing was written.
pub fn merge(
    transaction: &Transaction<'_>,
    acts: &[Act],
    progress: &dyn Progress,
) -> Result<(u32, Touched)> {
    let own = own_device(transaction)?;
    let mut new_operations = 0_u32;
    let mut latest_own = i64::MIN;
    let mut instead = false;
    // Writing the acts down is half of the work, applying them the other half.
    let half = acts.len() as u64;
    for (done, act) in (0_u64..).zip(acts) {
        if !progress.tell(done, half * 2) {
            return Err(Error::Cancelled);
        }
        let appended = append_act(transaction, act)?;
        instead |= appended == Appended::Instead;
        if appended != Appended::Known {
            new_operations = new_operations
                .saturating_add(u32::try_from(act.operations.len()).unwrap_or(u32::MAX));
            if act.header.device == own {
                latest_own = latest_own.max(act.header.at);
            }
        }
    }
    let rest = Rest::new(progress, half, half * 2);
    let touched = if instead {
        rebuild(transaction, &rest)?;
        Touched::everything()
    } else {
        let mut applying = Applying::new(transaction);
        applying.advance_telling(u64::from(new_operations), &rest)?;
        applying.finish()?
    };
    // A laptop that was set back to an earlier copy goes on after what it had already sent.
    if latest_own > setting::number(transaction, setting::LAST_AT)?.unwrap_or(i64::MIN) {
        setting::keep(transaction, setting::LAST_AT, latest_own)?;
    }
    Ok((new_operations, touched))
}

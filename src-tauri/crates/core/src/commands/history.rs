//! Who did what when; taking back, and giving a field an earlier value again.

use super::context::{Context, parse_id};
use super::people::has_admin;
use super::view::engagement_view;
use crate::domain::mood::value_for;
use crate::domain::refusal::CannotUndoBecause;
use crate::domain::restore::decide_restore;
use crate::domain::undo::{Inverse, RegisterNow, decide_inverse, is_foundation};
use crate::domain::{Change, Engagement, Reader, Record, Refusal};
use crate::error::{Error, Result};
use crate::ids::{ActId, EngagementId, PromiseId};
use crate::log::register::winner;
use crate::log::registry::{self, ALIVE, ENGAGEMENT, PROMISE};
use crate::log::{Kind, Value};
use crate::store::dump::value_json;
use crate::store::history::{self as acts, ActRow, operation_id, read_operation_id};
use crate::store::record::own_device;
use crate::store::registers::{Register, heads, winning};
use crate::store::{again, log, read};
use crate::views::{EngagementView, HistoryChange, HistoryEntry, LeftChange, UndoReply, Window};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `undo` and `redo`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfAct {
    /// The act; the last one of the acting person if absent.
    #[serde(default)]
    #[ts(optional)]
    pub act_id: Option<String>,
}

/// Arguments of `history`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The engagement.
    pub engagement_id: String,
    /// Index of the first act; 0 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<u32>,
    /// How many acts, at most 200.
    #[serde(default)]
    #[ts(optional)]
    pub count: Option<u32>,
}

/// Names one operation.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfOperation {
    /// As the history gives it.
    pub operation_id: String,
}

/// Acts of one window at the most.
const LARGEST_WINDOW: u32 = 200;

pub(super) fn history(context: &mut Context<'_>, args: History) -> Result<Window<HistoryEntry>> {
    let id = EngagementId(parse_id("engagement", &args.engagement_id)?);
    let engagement = read::engagement(context.connection, id)?;
    let from = args.from.unwrap_or(0);
    let rows = acts::acts_of(
        context.connection,
        id,
        from,
        args.count.unwrap_or(LARGEST_WINDOW).min(LARGEST_WINDOW),
    )?;
    let me = context.person()?.map(|person| person.id);
    let here = own_device(context.connection)?;
    let reader = context.reader()?;
    let entries = rows
        .into_iter()
        .map(|row| {
            let records = acts::records(context.connection, &row)?;
            let ours = |record: &&Record| {
                record.operation.entity == id.0 || engagement.records.contains_key(&record.dot)
            };
            let is_foundation = records.iter().any(is_foundation);
            let changes = records
                .iter()
                .filter(ours)
                .filter(|record| !registry::is_import_note(record.operation.field))
                .map(|record| change_of(context, &reader, record))
                .collect::<Result<_>>()?;
            Ok(HistoryEntry {
                act_id: row.id.to_string(),
                person: read::person_name(context.connection, row.person)?,
                person_id: row.person.map(|person| person.to_string()),
                at: row.at,
                device: crate::store::apply::short_device(row.device),
                here: row.device == here,
                undo_of: row.undo_of.map(|act| act.to_string()),
                undone: row.is_undone,
                mended: row.is_mended,
                can_undo: !row.is_undone
                    && !is_foundation
                    && (row.person.is_none() || row.person == me),
                command: row.command,
                changes,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Window {
        count: acts::count(context.connection, id)?,
        from,
        rows: entries,
    })
}

fn change_of(context: &Context<'_>, reader: &Reader, record: &Record) -> Result<HistoryChange> {
    let operation = &record.operation;
    let field = if operation.key.is_empty() {
        registry::field(operation.field).map(|field| field.name.to_owned())
    } else {
        Some(operation.key.clone())
    };
    let is_value = operation.kind.is_register();
    let (lost, is_current) = if is_value {
        let heads = heads(context.connection, &Register::of(operation))?;
        let wins = winner(&heads).is_some_and(|head| head.version.dot == record.dot);
        let visible = heads.iter().any(|head| head.version.dot == record.dot);
        (visible && !wins, wins)
    } else {
        (false, false)
    };
    let value = if operation.kind == Kind::Create {
        fields_json(operation)
    } else {
        value_json(&value_for(operation, record.person, reader))
    };
    Ok(HistoryChange {
        operation_id: operation_id(record.dot),
        kind: operation.kind.word().to_owned(),
        entity: registry::entity(operation.entity_kind)
            .map_or("unknown", |(kind, _)| kind.name)
            .to_owned(),
        field,
        value,
        before: if is_value {
            value_json(&value_before(context, record)?)
        } else {
            serde_json::Value::Null
        },
        lost,
        can_restore: is_value && !is_current && registry::is_restorable(operation.field),
    })
}

fn fields_json(operation: &crate::log::Operation) -> serde_json::Value {
    let named = operation.fields.iter().filter_map(|(number, value)| {
        let field = registry::field(*number)?;
        (!registry::is_import_note(*number)).then(|| (field.name.to_owned(), value_json(value)))
    });
    serde_json::Value::Object(named.collect())
}

/// The value that an operation overwrote: that of its parent, which for the first change is the create.
fn value_before(context: &Context<'_>, record: &Record) -> Result<Value> {
    let mut before: Option<Record> = None;
    for parent in &record.operation.parents {
        let parent = log::record(context.connection, *parent)?;
        let newer = |left: &Record, right: &Record| {
            (left.depth, left.at, left.dot) > (right.depth, right.at, right.dot)
        };
        if let Some(parent) = parent
            && before.as_ref().is_none_or(|before| newer(&parent, before))
        {
            before = Some(parent);
        }
    }
    let Some(before) = before else {
        return Ok(Value::Null);
    };
    Ok(match before.operation.kind {
        Kind::Create if record.operation.field == ALIVE => Value::Bool(true),
        Kind::Create => before
            .operation
            .fields
            .into_iter()
            .find(|(field, _)| *field == record.operation.field)
            .map(|(_, value)| value)
            .unwrap_or_default(),
        _ => before.operation.value,
    })
}

pub(super) fn undo(context: &mut Context<'_>, args: OfAct) -> Result<UndoReply> {
    let act = match &args.act_id {
        Some(id) => acts::act(context.connection, ActId(parse_id("act", id)?))?,
        None => last(context, false)?,
    };
    take_back(context, &act)
}

pub(super) fn redo(context: &mut Context<'_>, args: OfAct) -> Result<UndoReply> {
    let act = match &args.act_id {
        Some(id) => {
            let act = acts::act(context.connection, ActId(parse_id("act", id)?))?;
            // Naming the act that was undone means the same as naming its undo.
            if act.undo_of.is_some() {
                act
            } else {
                undo_of(context, &act)?
            }
        }
        None => last(context, true)?,
    };
    if act.undo_of.is_none() {
        return Err(Refusal::NothingToUndo.into());
    }
    take_back(context, &act)
}

fn undo_of(context: &Context<'_>, act: &ActRow) -> Result<ActRow> {
    let row = acts::undo_of(context.connection, act.id)?;
    row.ok_or_else(|| Refusal::NothingToUndo.into())
}

fn last(context: &Context<'_>, undone: bool) -> Result<ActRow> {
    let person = context.person()?.map(|person| person.id);
    let row = acts::last_act(
        context.connection,
        own_device(context.connection)?,
        person,
        undone,
    )?;
    row.ok_or_else(|| Refusal::NothingToUndo.into())
}

fn take_back(context: &mut Context<'_>, act: &ActRow) -> Result<UndoReply> {
    let me = context.person()?.map(|person| person.id);
    let cannot = |why| Error::from(Refusal::CannotUndo { why });
    if act.person.is_some() && act.person != me {
        return Err(if me.is_none() {
            Refusal::WhoAreYou.into()
        } else {
            cannot(CannotUndoBecause::AnotherPerson)
        });
    }
    if act.is_undone {
        return Err(cannot(CannotUndoBecause::AlreadyUndone));
    }
    let records = acts::records(context.connection, act)?;
    let hides_import = hides_import(context, &records)?;
    let colleagues = read::colleagues(context.connection)?;
    let mut changes: Vec<Change> = Vec::new();
    let mut left = Vec::new();
    let mut about: Option<EngagementId> = None;
    let mut folded: Option<Engagement> = None;
    for record in records.iter().rev() {
        let now = RegisterNow {
            is_there_again: hides_import && is_there_again(context, record)?,
            ..register_now(context, record)?
        };
        if let Some(id) = engagement_of(context, record)? {
            about.get_or_insert(id);
            // Only chain steps, entries and points ask the rules; folding every imported row would be for nothing.
            let needed = [
                registry::engagement::POINT,
                registry::engagement::TAKEN_OVER,
            ]
            .contains(&record.operation.field)
                || !(record.operation.kind.is_register() || record.operation.kind == Kind::Create);
            if needed && folded.as_ref().is_none_or(|engagement| engagement.id != id) {
                folded = Some(read::engagement(context.connection, id)?);
            }
        }
        let engagement = folded
            .as_ref()
            .filter(|engagement| engagement.id.0 == record.operation.entity);
        match decide_inverse(record, &now, engagement, &colleagues)? {
            Inverse::By(inverse) => changes.extend(inverse),
            Inverse::Left => left.push(left_change(context, record)?),
        }
    }
    if changes.is_empty() {
        return Err(cannot(CannotUndoBecause::EverythingChangedSince));
    }
    let undone = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    // Rows of an import are transactions of their own, so that they merge one by one; so are their inverses.
    let transactions = if changes.len() > 50 {
        changes.into_iter().map(|change| vec![change]).collect()
    } else {
        vec![changes]
    };
    context.record_all(transactions, Some(act.id))?;
    Ok(UndoReply {
        undone_act_id: act.id.to_string(),
        command: act.command.clone(),
        engagement_id: about.map(|engagement| engagement.to_string()),
        undone,
        left,
    })
}

fn register_now(context: &Context<'_>, record: &Record) -> Result<RegisterNow> {
    let operation = &record.operation;
    let register = match operation.kind {
        Kind::Create => Register {
            entity: operation.entity,
            field: ALIVE,
            key: String::new(),
        },
        kind if kind.is_register() => Register::of(operation),
        _ => return Ok(RegisterNow::default()),
    };
    let still_wins =
        winning(context.connection, &register)?.is_some_and(|head| head.version.dot == record.dot);
    Ok(RegisterNow {
        still_wins,
        before: value_before(context, record)?,
        is_there_again: false,
    })
}

/// The act took an import back, so that taking it back in turn would bring the import's rows.
fn hides_import(context: &Context<'_>, records: &[Record]) -> Result<bool> {
    for record in records
        .iter()
        .filter(|record| record.operation.kind == Kind::Delete)
    {
        let Some((kind, _)) = registry::entity(record.operation.entity_kind) else {
            continue;
        };
        if again::import_key(context.connection, kind, record.operation.entity)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_there_again(context: &Context<'_>, record: &Record) -> Result<bool> {
    match registry::entity(record.operation.entity_kind) {
        Some((kind, _)) if record.operation.kind == Kind::Delete => {
            again::is_there_again(context.connection, kind, record.operation.entity)
        }
        _ => Ok(false),
    }
}

fn engagement_of(context: &Context<'_>, record: &Record) -> Result<Option<EngagementId>> {
    let operation = &record.operation;
    if operation.entity_kind == ENGAGEMENT.number {
        Ok(Some(EngagementId(operation.entity)))
    } else if operation.entity_kind == PROMISE.number {
        Ok(read::promise(context.connection, PromiseId(operation.entity))?.engagement)
    } else {
        Ok(None)
    }
}

fn left_change(context: &Context<'_>, record: &Record) -> Result<LeftChange> {
    let operation = &record.operation;
    let name = registry::field(operation.field).map_or("alive", |field| field.name);
    let field = if operation.key.is_empty() {
        name.to_owned()
    } else {
        operation.key.clone()
    };
    let by = match winning(context.connection, &Register::of(operation))? {
        Some(head) => {
            log::record(context.connection, head.version.dot)?.and_then(|record| record.person)
        }
        None => None,
    };
    Ok(LeftChange {
        field,
        by: read::person_name(context.connection, by)?,
    })
}

pub(super) fn restore(
    context: &mut Context<'_>,
    args: OfOperation,
) -> Result<Option<EngagementView>> {
    context.actor()?;
    let dot = read_operation_id(&args.operation_id)?;
    let not_found = || Error::NotFound {
        what: "operation",
        id: args.operation_id.clone(),
    };
    let record = log::record(context.connection, dot)?.ok_or_else(not_found)?;
    let operation = &record.operation;
    if !operation.kind.is_register() || !registry::is_restorable(operation.field) {
        return Err(not_found());
    }
    let engagement = engagement_of(context, &record)?;
    let about = engagement
        .map(|id| read::engagement(context.connection, id))
        .transpose()?;
    let has_admin = has_admin(context)?;
    let changes = decide_restore(operation, about.as_ref(), &context.actor()?, has_admin)?;
    context.record(changes)?;
    engagement
        .map(|id| engagement_view(context, &id.to_string()))
        .transpose()
}

//! Taking back: the counter-operations of an act. Nothing is ever removed from the log.

use super::actor::Colleague;
use super::change::Change;
use super::engagement::{Engagement, Record};
use super::gate::decide_move;
use super::kinds::HandoverState;
use super::refusal::{CannotUndoBecause, Refusal};
use super::template::Leg;
use crate::log::registry::{self, ENGAGEMENT, WORKSPACE, engagement as field};
use crate::log::{Kind, Value};

/// What the store knows about the register that an operation wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterNow {
    /// The operation's value is still the one that wins.
    pub still_wins: bool,
    /// The value that it overwrote.
    pub before: Value,
    /// What the operation hid came in again with another import and stands in its place.
    pub is_there_again: bool,
}

/// How one operation is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inverse {
    /// By these changes.
    By(Vec<Change>),
    /// Not: somebody changed it since, and their value stays.
    Left,
}

/// Everything else rests on it: the workspace itself is not taken back.
#[must_use]
pub fn is_foundation(record: &Record) -> bool {
    record.operation.entity_kind == WORKSPACE.number && record.operation.kind == Kind::Create
}

/// The inverse of one operation.
///
/// # Errors
/// A later decision rests on it, the engagement ended, the way back is closed by a gate, or what it would bring back is there again.
pub fn decide_inverse(
    record: &Record,
    now: &RegisterNow,
    engagement: Option<&Engagement>,
    colleagues: &[Colleague],
) -> Result<Inverse, Refusal> {
    let operation = &record.operation;
    let decided_since = || Refusal::CannotUndo {
        why: CannotUndoBecause::DecidedSince,
    };
    let Some((entity_kind, _)) = registry::entity(operation.entity_kind) else {
        return Ok(Inverse::Left);
    };
    if is_foundation(record) {
        return Err(Refusal::CannotUndo {
            why: CannotUndoBecause::Foundation,
        });
    }
    let one = |change: Change| {
        let context = engagement.and_then(Engagement::tip);
        Ok(Inverse::By(vec![change.seeing(context)]))
    };
    let retract = || {
        one(Change::append(
            ENGAGEMENT,
            operation.entity,
            field::RETRACTION,
            vec![record.dot],
            Value::Null,
        ))
    };
    // Whose it is stays as it was at the end, by undo too.
    let hands_over = matches!(operation.kind, Kind::Offer | Kind::Accept)
        || [field::RETURN, field::WITHDRAWAL, field::REOPENING].contains(&operation.field);
    if let Some(engagement) = engagement.filter(|_| hands_over) {
        engagement.must_be_running()?;
    }
    match operation.kind {
        _ if operation.kind.is_register() && !now.still_wins => Ok(Inverse::Left),
        Kind::Create if !now.still_wins => Ok(Inverse::Left),
        Kind::Create | Kind::Restore => one(Change::delete(entity_kind, operation.entity)),
        Kind::Delete if now.is_there_again => Err(Refusal::CannotUndo {
            why: CannotUndoBecause::ImportedAgain,
        }),
        Kind::Delete => one(Change::restore(entity_kind, operation.entity)),
        Kind::Set | Kind::Tick | Kind::Resolve => {
            // A form that waits for its receiver, or was accepted, is not edited, neither by hand nor by undo.
            if let Some(engagement) = engagement.filter(|_| operation.field == field::POINT) {
                engagement.must_be_open(Leg::Delivery)?;
            }
            // Moves and acceptances rest on where it was taken over.
            if operation.field == field::TAKEN_OVER
                && engagement.is_none_or(|engagement| {
                    engagement.stages.tip.is_some() || engagement.ownership.tip.is_some()
                })
            {
                return Err(decided_since());
            }
            let change = Change::set(
                entity_kind,
                operation.entity,
                operation.field,
                now.before.clone(),
            );
            one(Change {
                kind: operation.kind,
                ..change
            }
            .keyed(&operation.key))
        }
        Kind::Override => retract(),
        Kind::Append => {
            let engagement = engagement.ok_or_else(decided_since)?;
            let handover = engagement.handover(engagement.current_leg());
            let last_word = match operation.field {
                field::RETURN => handover
                    .returned
                    .is_some_and(|returned| returned.dot == record.dot),
                field::WITHDRAWAL => {
                    handover.offer.is_none() && handover.state == HandoverState::Draft
                }
                field::REOPENING => engagement.ownership.tip_dots.contains(&record.dot),
                _ => true,
            };
            if last_word {
                retract()
            } else {
                Err(decided_since())
            }
        }
        Kind::Offer => {
            let engagement = engagement.ok_or_else(decided_since)?;
            let handover = engagement.handover(engagement.current_leg());
            let waits = handover.state == HandoverState::Submitted
                && handover.offer.is_some_and(|offer| offer.dot == record.dot);
            if !waits {
                return Err(decided_since());
            }
            one(Change::append(
                ENGAGEMENT,
                operation.entity,
                field::WITHDRAWAL,
                vec![record.dot],
                Value::Null,
            ))
        }
        Kind::Accept => {
            let engagement = engagement.ok_or_else(decided_since)?;
            if !engagement.ownership.tip_dots.contains(&record.dot) {
                return Err(decided_since());
            }
            retract()
        }
        Kind::Lost => Ok(Inverse::Left),
        Kind::Move => {
            let engagement = engagement.ok_or_else(decided_since)?;
            let entered = &engagement.stages.entered;
            if engagement.stages.tip != Some(record.dot) {
                return Err(decided_since());
            }
            let first = engagement.first_stage().id;
            let before = entered
                .len()
                .checked_sub(2)
                .map_or(first, |index| entered[index].0.as_str());
            decide_move(engagement, before, colleagues).map(Inverse::By)
        }
    }
}

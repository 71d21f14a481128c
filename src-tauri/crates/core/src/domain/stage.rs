//! Where an engagement stands: the chain of moves, and how far its gates still hold.
//!
//! *Claimed* is the end of the chain, the stage that people see. *Effective* is the stage up to which every
//! gate holds now. They differ after two laptops' changes met, or after an un-tick: the card stays where it
//! is, with a breach to settle, and the next move waits.

use super::engagement::Engagement;
use super::form::missing_parts;
use super::kinds::Role;
use super::refusal::Refusal;
use super::template::{Item, Rule, Stage};
use super::{Actor, Change};
use crate::ids::PersonId;
use crate::log::chain::{Place, Step, follow};
use crate::log::registry::{ENGAGEMENT, engagement as field};
use crate::log::{Dot, Kind, Value};
use std::collections::BTreeSet;

/// Where an engagement stands.
#[derive(Debug, Clone, Default)]
pub struct StageChain {
    /// The stage at the end of the chain.
    pub claimed: String,
    /// The stage up to which all gates hold.
    pub effective: String,
    /// The last move, that the next one must follow.
    pub tip: Option<Dot>,
    /// Every stage entered, with the move that entered it.
    pub entered: Vec<(String, Dot)>,
    /// Gates that were passed and no longer hold, the earliest first.
    pub breaches: Vec<Breach>,
    /// Moves that lost or are not valid.
    pub passed_over: Vec<Dot>,
}

/// A passed gate that no longer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The stage whose gate it is.
    pub stage: String,
    /// Items it broke on.
    pub items: Vec<String>,
    /// Who changed it, and when.
    pub by: Option<(Option<PersonId>, i64)>,
}

impl Engagement {
    /// Where it began: in the first stage of its template, or where it was taken over.
    #[must_use]
    pub fn first_stage(&self) -> &'static Stage {
        let taken_over = self.taken_over.as_deref();
        taken_over
            .and_then(|id| self.template.stage(id))
            .map_or(&self.template.stages[0], |(_, stage)| stage)
    }
}

/// Takes a running engagement over at its true stage: the gates before it read "not run". Possible only while
/// nothing was decided about its stage here, by its owner or a lead.
///
/// # Errors
/// [`Refusal::AlreadyEnded`], [`Refusal::AlreadyUnderWay`], [`Refusal::ValueInvalid`] or [`Refusal::NotYourRole`].
pub fn decide_take_over(
    engagement: &Engagement,
    actor: &Actor,
    to: &str,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_running()?;
    if engagement.ownership.owner != Some(actor.person.id) {
        actor.must_have(&[Role::Lead])?;
    }
    if engagement.template.stage(to).is_none() {
        return Err(Refusal::value_invalid("stage", "stage"));
    }
    if engagement.stages.tip.is_some() || engagement.ownership.tip.is_some() {
        return Err(Refusal::AlreadyUnderWay);
    }
    Ok(vec![Change::set(
        ENGAGEMENT,
        engagement.id.0,
        field::TAKEN_OVER,
        to,
    )])
}

pub(super) fn follow_stages(engagement: &Engagement) -> StageChain {
    let first = engagement.first_stage().id.to_owned();
    let steps: Vec<Step<String>> = engagement
        .events_of(Kind::Move, field::STAGE)
        .filter_map(|record| {
            Some(Step {
                dot: record.dot,
                at: record.at,
                parent: record.operation.parents.first().copied(),
                target: record.operation.value.as_text()?.to_owned(),
            })
        })
        .collect();
    let (places, passed_over) = follow(&steps, |places, step| {
        let from = places
            .last()
            .map_or(first.as_str(), |place| place.target.as_str());
        is_valid(engagement, from, step)
    });
    let claimed = places
        .last()
        .map_or_else(|| first.clone(), |place| place.target.clone());
    let mut chain = StageChain {
        claimed: claimed.clone(),
        effective: claimed,
        tip: places.last().map(|place| place.dots[0]),
        entered: places
            .iter()
            .map(|place| (place.target.clone(), place.dots[0]))
            .collect(),
        breaches: Vec::new(),
        passed_over,
    };
    for (stage, place) in passed_gates(engagement, &first, &places) {
        let broken: Vec<&Item> = stage
            .items()
            .filter(|item| item.mandatory && !holds(engagement, &places, place, item))
            .collect();
        if !broken.is_empty() {
            let by = broken.iter().find_map(|item| last_change(engagement, item));
            let items = broken.iter().map(|item| item.id.to_owned()).collect();
            chain.breaches.push(Breach {
                stage: stage.id.to_owned(),
                items,
                by,
            });
        }
    }
    if let Some(earliest) = chain.breaches.first() {
        chain.effective.clone_from(&earliest.stage);
    }
    chain
}

/// A step back is always valid; a step forward goes to the next stage on evidence for every mandatory item.
fn is_valid(engagement: &Engagement, from: &str, step: &Step<String>) -> bool {
    let template = engagement.template;
    let (Some((here, stage)), Some((there, _))) =
        (template.stage(from), template.stage(&step.target))
    else {
        return false;
    };
    there < here
        || (there == here + 1
            && stage
                .items()
                .filter(|item| item.mandatory)
                .all(|item| is_supported(engagement, step, stage, item)))
}

/// The move names operations that make the item true, or an override that names it.
fn is_supported(engagement: &Engagement, step: &Step<String>, stage: &Stage, item: &Item) -> bool {
    let Some(record) = engagement.records.get(&step.dot) else {
        return false;
    };
    let evidence: Vec<&super::engagement::Record> = record
        .operation
        .evidence
        .iter()
        .filter_map(|dot| engagement.records.get(dot))
        .collect();
    let overridden = evidence.iter().any(|proof| {
        proof.operation.kind == Kind::Override
            && proof.operation.parents.first().copied() == step.parent
            && override_names(&proof.operation.value, stage.id, item.id)
    });
    overridden
        || match item.rule {
            Rule::Tick(..) => evidence.iter().any(|proof| {
                proof.operation.kind == Kind::Tick
                    && proof.operation.key == item.id
                    && proof.operation.value.is_filled()
            }),
            Rule::Points(points) => points
                .iter()
                .filter_map(|id| engagement.template.point(id))
                .all(|point| {
                    !point.mandatory
                        || evidence.iter().any(|proof| {
                            let of_point = proof.operation.field == field::POINT
                                && proof.operation.key == point.id
                                && missing_parts(point, &proof.operation.value).is_empty();
                            let of_promise = point.id == "promises"
                                && proof.operation.kind == Kind::Create
                                && proof.operation.entity != engagement.id.0;
                            of_point || of_promise
                        })
                }),
            Rule::Verified => evidence.iter().any(|proof| {
                let writers: BTreeSet<PersonId> = proof
                    .operation
                    .evidence
                    .iter()
                    .filter_map(|dot| engagement.records.get(dot)?.person)
                    .collect();
                let marked = proof
                    .operation
                    .value
                    .part("by_writer")
                    .is_some_and(Value::is_filled);
                proof.operation.kind == Kind::Append
                    && proof.operation.field == field::VERIFICATION
                    && !proof.operation.evidence.is_empty()
                    && (marked
                        || proof
                            .person
                            .is_some_and(|person| !writers.contains(&person)))
            }),
            // Nothing comes after a decision about the renewal.
            Rule::Decided => false,
            Rule::Submitted(leg) => evidence.iter().any(|proof| {
                super::ownership::read_offer(proof).is_some_and(|(_, of)| of == leg)
                    && proof.operation.kind == Kind::Offer
            }),
            Rule::Accepted(leg) => {
                let on_chain = |dot: &Dot| !engagement.ownership.passed_over.contains(dot);
                evidence.iter().any(|proof| {
                    proof.operation.kind == Kind::Accept
                        && on_chain(&proof.dot)
                        && proof
                            .operation
                            .parents
                            .first()
                            .and_then(|offer| engagement.records.get(offer))
                            .is_some_and(|offer| {
                                super::ownership::read_offer(offer).is_some_and(|(_, of)| of == leg)
                            })
                })
            }
        }
}

/// An override opens exactly what it names, with a reason.
#[must_use]
pub fn override_names(value: &Value, stage: &str, item: &str) -> bool {
    let named = match value.part("items") {
        Some(Value::List(items)) => items.iter().any(|named| named.as_text() == Some(item)),
        _ => false,
    };
    named
        && value.part("stage").and_then(Value::as_text) == Some(stage)
        && value.part("reason").is_some_and(Value::is_filled)
}

/// The gates behind the engagement: going back to a stage reopens its gate and all after it.
fn passed_gates<'a>(
    engagement: &Engagement,
    first: &str,
    places: &'a [Place<String>],
) -> Vec<(&'static Stage, &'a Place<String>)> {
    let template = engagement.template;
    let mut passed: Vec<(&'static Stage, &Place<String>)> = Vec::new();
    let mut here = first.to_owned();
    for place in places {
        let (Some((from, stage)), Some((to, _))) =
            (template.stage(&here), template.stage(&place.target))
        else {
            continue;
        };
        if to > from {
            passed.push((stage, place));
        } else {
            passed.retain(|(stage, _)| {
                template
                    .stage(stage.id)
                    .is_some_and(|(index, _)| index < to)
            });
        }
        here.clone_from(&place.target);
    }
    passed
}

/// The gate item still holds behind `place`. Only an explicit un-tick, a reopening, or a change that the move
/// had not seen and that had not seen the move breaks it; later edits do not.
fn holds(
    engagement: &Engagement,
    places: &[Place<String>],
    place: &Place<String>,
    item: &Item,
) -> bool {
    let evidence: BTreeSet<Dot> = place
        .dots
        .iter()
        .filter_map(|dot| engagement.records.get(dot))
        .flat_map(|record| record.operation.evidence.clone())
        .collect();
    let overridden = evidence
        .iter()
        .filter_map(|dot| engagement.records.get(dot))
        .any(|proof| {
            proof.operation.kind == Kind::Override
                && !engagement.retracted.contains(&proof.dot)
                && override_names(
                    &proof.operation.value,
                    proof
                        .operation
                        .value
                        .part("stage")
                        .and_then(Value::as_text)
                        .unwrap_or(""),
                    item.id,
                )
        });
    if overridden {
        return true;
    }
    match item.rule {
        Rule::Tick(..) | Rule::Accepted(_) | Rule::Decided => engagement.is_done(item),
        Rule::Submitted(leg) => engagement.handover(leg).offer.is_some(),
        Rule::Verified => {
            evidence
                .iter()
                .filter_map(|dot| engagement.records.get(dot))
                .any(|proof| {
                    proof.operation.field == field::VERIFICATION
                        && !engagement.retracted.contains(&proof.dot)
                })
                || engagement.is_done(item)
        }
        Rule::Points(points) => {
            let since: BTreeSet<Dot> = places
                .iter()
                .skip_while(|other| other.dots != place.dots)
                .flat_map(|other| other.dots.iter().copied())
                .collect();
            points
                .iter()
                .filter_map(|id| engagement.points.get(*id))
                .flatten()
                .all(|head| {
                    evidence.contains(&head.version.dot)
                        || head.value.context.is_some_and(|seen| since.contains(&seen))
                        || evidence
                            .iter()
                            .filter_map(|dot| engagement.records.get(dot))
                            .any(|proof| {
                                proof.operation.field == field::POINT
                                    && proof.operation.value == head.value.value
                            })
                })
        }
    }
}

/// Who changed the item last: for an un-tick its writer, for a handover who reopened it.
fn last_change(engagement: &Engagement, item: &Item) -> Option<(Option<PersonId>, i64)> {
    let latest = |records: Vec<(i64, Option<PersonId>)>| {
        records
            .into_iter()
            .max_by_key(|(at, _)| *at)
            .map(|(at, person)| (person, at))
    };
    match item.rule {
        Rule::Tick(..) => latest(
            engagement
                .items
                .get(item.id)?
                .iter()
                .filter(|head| !head.value.value.is_filled())
                .map(|head| (head.version.at, head.value.person))
                .collect(),
        ),
        Rule::Points(points) => latest(
            points
                .iter()
                .filter_map(|id| engagement.points.get(*id))
                .flatten()
                .map(|head| (head.version.at, head.value.person))
                .collect(),
        ),
        Rule::Verified | Rule::Submitted(_) | Rule::Accepted(_) | Rule::Decided => latest(
            engagement
                .events_of(Kind::Append, field::REOPENING)
                .chain(engagement.events_of(Kind::Append, field::RETRACTION))
                .map(|record| (record.at, record.person))
                .collect(),
        ),
    }
}

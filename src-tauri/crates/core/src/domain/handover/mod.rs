//! The handover: draft → submitted → accepted, or returned with a comment per point → submitted again.

pub mod acts;

use crate::domain::actor::{Actor, Colleague};
use crate::domain::change::Change;
use crate::domain::engagement::{Engagement, Record};
use crate::domain::form::{is_filled, missing_points};
use crate::domain::item::{must_be_date, must_be_text};
use crate::domain::kinds::{HandoverState, PointInput, Role};
use crate::domain::ownership::read_offer;
use crate::domain::refusal::{NotVerifiedBecause, Refusal};
use crate::domain::template::{Leg, Rule};
use crate::domain::typed;
use crate::ids::PersonId;
use crate::log::registry::{ENGAGEMENT, engagement as field};
use crate::log::{Dot, Kind, Value};
use std::collections::BTreeSet;

/// Where a handover stands.
#[derive(Debug, Clone)]
pub struct Handover<'a> {
    /// Which one.
    pub leg: Leg,
    /// Its state.
    pub state: HandoverState,
    /// The offer that counts, if it was submitted.
    pub offer: Option<&'a Record>,
    /// Whom it was offered to.
    pub receiver: Option<PersonId>,
    /// The return that counts, if it came back.
    pub returned: Option<&'a Record>,
    /// The acceptance, if it was accepted.
    pub acceptance: Option<&'a Record>,
}

impl Engagement {
    /// The handover of one leg.
    #[must_use]
    pub fn handover(&self, leg: Leg) -> Handover<'_> {
        let mut handover = Handover {
            leg,
            state: HandoverState::Draft,
            offer: None,
            receiver: None,
            returned: None,
            acceptance: None,
        };
        if let Some(accepted) = self
            .ownership
            .accepted
            .iter()
            .rev()
            .find(|accepted| accepted.leg == leg)
        {
            handover.state = HandoverState::Accepted;
            handover.offer = self.records.get(&accepted.offer);
            handover.acceptance = self.records.get(&accepted.accept);
        } else {
            let follows_tip = |offer: &&Record| match offer.operation.parents.first() {
                Some(parent) => self.ownership.tip_dots.contains(parent),
                None => self.ownership.tip.is_none(),
            };
            handover.offer = self
                .events_of(Kind::Offer, field::OWNER)
                .filter(|offer| read_offer(offer).is_some_and(|(_, of)| of == leg))
                .filter(follows_tip)
                .filter(|offer| {
                    self.entries_about(field::WITHDRAWAL, offer.dot)
                        .next()
                        .is_none()
                })
                .last();
            if let Some(offer) = handover.offer {
                handover.returned = self.entries_about(field::RETURN, offer.dot).last();
                let state = if handover.returned.is_some() {
                    HandoverState::Returned
                } else {
                    HandoverState::Submitted
                };
                handover.state = state;
            }
        }
        handover.receiver = handover
            .offer
            .and_then(read_offer)
            .map(|(receiver, _)| receiver);
        handover
    }

    /// The handover that belongs to the current stage, else the last one that was.
    #[must_use]
    pub fn current_leg(&self) -> Leg {
        let (place, _) = self
            .template
            .stage(&self.stages.claimed)
            .unwrap_or((0, &self.template.stages[0]));
        self.template.stages[..=place]
            .iter()
            .rev()
            .find_map(|stage| stage.leg())
            .unwrap_or(Leg::Delivery)
    }

    /// What a verification must have read: every visible value of a mandatory point, and every promise.
    #[must_use]
    pub fn verified_content(&self) -> BTreeSet<Dot> {
        self.template
            .points
            .iter()
            .filter(|point| point.mandatory)
            .filter_map(|point| self.points.get(point.id))
            .flatten()
            .map(|head| head.version.dot)
            .chain(self.promises.iter().map(|promise| promise.created))
            .collect()
    }

    /// Who wrote what a verification reads; none of them may verify it.
    #[must_use]
    pub fn writers(&self) -> BTreeSet<PersonId> {
        let submitter = self
            .handover(Leg::Delivery)
            .offer
            .and_then(|offer| offer.person);
        self.verified_content()
            .iter()
            .filter_map(|dot| self.records.get(dot)?.person)
            .chain(submitter)
            .collect()
    }

    /// The last verification that was not taken back, and whether it still binds to what the form says.
    #[must_use]
    pub fn verification(&self) -> Option<(&Record, bool)> {
        let content = self.verified_content();
        let writers = self.writers();
        let counts = |record: &Record| {
            let by_writer = record.person.is_none_or(|person| writers.contains(&person));
            let marked = record
                .operation
                .value
                .part("by_writer")
                .is_some_and(Value::is_filled);
            let read: BTreeSet<Dot> = record.operation.evidence.iter().copied().collect();
            read == content && !content.is_empty() && (!by_writer || marked)
        };
        let verifications: Vec<&Record> = self
            .events_of(Kind::Append, field::VERIFICATION)
            .filter(|record| !self.retracted.contains(&record.dot))
            .collect();
        verifications
            .iter()
            .rev()
            .find(|record| counts(record))
            .map(|record| (*record, true))
            .or_else(|| verifications.last().map(|record| (*record, false)))
    }

    /// The handover of the current stage can be edited: not while it waits for its receiver's word, nor after the end.
    pub(super) fn must_be_open(&self, leg: Leg) -> Result<(), Refusal> {
        self.must_be_running()?;
        match self.handover(leg).state {
            HandoverState::Accepted => Err(Refusal::HandoverAlreadyAccepted),
            HandoverState::Submitted => Err(Refusal::HandoverAlreadySubmitted),
            HandoverState::Draft | HandoverState::Returned => Ok(()),
        }
    }
}

pub(super) fn must_own_or_have(
    engagement: &Engagement,
    actor: &Actor,
    needed: &[Role],
) -> Result<(), Refusal> {
    if engagement.ownership.owner == Some(actor.person.id) {
        Ok(())
    } else {
        actor.must_have(needed)
    }
}

/// New values of points.
///
/// # Errors
/// It ended, unknown points, values that do not fit, the wrong role, or a handover that is with its receiver or
/// accepted.
pub fn decide_fill(
    engagement: &Engagement,
    actor: &Actor,
    points: &[(String, Value)],
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_open(Leg::Delivery)?;
    must_own_or_have(engagement, actor, &[Role::Sales])?;
    let mut changes = Vec::new();
    for (id, value) in points {
        let Some(point) = engagement.template.point(id) else {
            return Err(Refusal::value_invalid(id, "point"));
        };
        must_fit(id, point.input, value)?;
        if engagement.point(id).map(|head| &head.value.value) == Some(value)
            || (engagement.point(id).is_none() && !value.is_filled())
        {
            continue;
        }
        let change = Change::set(ENGAGEMENT, engagement.id.0, field::POINT, value.clone());
        changes.push(change.keyed(id).seeing(engagement.tip()));
    }
    Ok(changes)
}

fn must_fit(id: &str, input: PointInput, value: &Value) -> Result<(), Refusal> {
    let invalid = |expected: &str| Err(Refusal::value_invalid(id, expected));
    let parts: &[&str] = match input {
        _ if matches!(value, Value::Null | Value::Text(_)) => return Ok(()),
        PointInput::Text => return invalid("text"),
        PointInput::Contact => &["name", "role", "email", "phone", "language"],
        PointInput::Schedule => &["start_on", "end_on", "note"],
        PointInput::Terms => &[
            "value_minor",
            "currency",
            "discount",
            "intro_price",
            "intro_until_on",
            "later_price",
            "package",
            "billing",
        ],
        PointInput::Promises => &["none_made"],
    };
    let Value::Record(record) = value else {
        return invalid("parts");
    };
    for (name, part) in record {
        let expected = match name.as_str() {
            _ if !parts.contains(&name.as_str()) => "known_part",
            _ if !part.is_filled() => continue,
            "value_minor" if !matches!(part, Value::Int(_)) => "amount",
            "none_made" if !matches!(part, Value::Bool(_)) => "yes",
            "value_minor" => {
                let minor = match part {
                    Value::Int(minor) => Some(*minor),
                    _ => None,
                };
                typed::amount(&format!("{id}.{name}"), minor)?;
                continue;
            }
            "none_made" => continue,
            on if on.ends_with("_on")
                && part
                    .as_text()
                    .is_none_or(|text| typed::date(name, text).is_err()) =>
            {
                "date"
            }
            _ if part.as_text().is_none() => "text",
            _ => continue,
        };
        return Err(Refusal::value_invalid(&format!("{id}.{name}"), expected));
    }
    Ok(())
}

/// The leg of the stage that the engagement is in.
fn leg_here(engagement: &Engagement) -> Result<Leg, Refusal> {
    let stage = &engagement.stages.claimed;
    engagement
        .template
        .stage(stage)
        .and_then(|(_, stage)| stage.leg())
        .ok_or_else(|| Refusal::NoHandoverHere {
            stage: stage.clone(),
        })
}

/// Offers the handover of the current stage to `receiver`. Empty points do not stop it: the receiver sees them,
/// completeness counts them, and it cannot be accepted with them.
///
/// # Errors
/// It ended, the wrong role, a receiver without theirs, or a handover that was submitted or accepted already.
pub fn decide_submit(
    engagement: &Engagement,
    actor: &Actor,
    receiver: &Colleague,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_running()?;
    let leg = leg_here(engagement)?;
    engagement.must_be_open(leg)?;
    must_own_or_have(engagement, actor, &[leg.giver()])?;
    if !receiver.roles.contains(&leg.receiver()) {
        return Err(Refusal::ReceiverCannotReceive {
            person: receiver.name.clone(),
            needed: leg.receiver(),
        });
    }
    let (filled, mandatory) = completeness(engagement, leg);
    let value = Value::Record(vec![
        ("receiver".to_owned(), Value::Id(receiver.id.0)),
        ("leg".to_owned(), leg.word().into()),
        ("filled".to_owned(), Value::Int(filled.into())),
        ("mandatory".to_owned(), Value::Int(mandatory.into())),
    ]);
    let content = engagement.verified_content().into_iter().collect();
    let offer = Change::step(
        Kind::Offer,
        ENGAGEMENT,
        engagement.id.0,
        field::OWNER,
        engagement.ownership.tip,
        value,
    );
    Ok(vec![offer.with_evidence(content).seeing(engagement.tip())])
}

/// Mandatory points filled now, and how many apply. The short form from PM to AM has no points of its own.
#[must_use]
pub fn completeness(engagement: &Engagement, leg: Leg) -> (u32, u32) {
    if leg == Leg::Account {
        return (0, 0);
    }
    let mandatory = engagement
        .template
        .points
        .iter()
        .filter(|point| point.mandatory);
    let filled = mandatory
        .clone()
        .filter(|point| is_filled(engagement, point))
        .count();
    (
        u32::try_from(filled).unwrap_or(u32::MAX),
        u32::try_from(mandatory.count()).unwrap_or(u32::MAX),
    )
}

/// The offer that waits for a word, for the person who may give it.
fn submitted<'a>(engagement: &'a Engagement, leg: Leg) -> Result<Handover<'a>, Refusal> {
    engagement.must_be_running()?;
    let handover = engagement.handover(leg);
    match handover.state {
        HandoverState::Submitted => Ok(handover),
        HandoverState::Accepted => Err(Refusal::HandoverAlreadyAccepted),
        HandoverState::Draft | HandoverState::Returned => Err(Refusal::HandoverNotSubmitted),
    }
}

/// Whether the actor answers as a lead in the receiver's place.
fn must_receive(
    handover: &Handover<'_>,
    actor: &Actor,
    receiver_name: &str,
) -> Result<bool, Refusal> {
    if !may_answer(handover, actor) {
        return Err(Refusal::NotTheReceiver {
            receiver: receiver_name.to_owned(),
        });
    }
    Ok(handover.receiver != Some(actor.person.id))
}

/// The named receiver answers, or a lead in their place.
pub(super) fn may_answer(handover: &Handover<'_>, actor: &Actor) -> bool {
    handover.receiver == Some(actor.person.id) || actor.has(Role::Lead)
}

/// Takes the submission back before the receiver answered.
///
/// # Errors
/// It ended, nothing waits for an answer, or the wrong role.
pub fn decide_withdraw(engagement: &Engagement, actor: &Actor) -> Result<Vec<Change>, Refusal> {
    let leg = engagement.current_leg();
    let handover = submitted(engagement, leg)?;
    must_own_or_have(engagement, actor, &[leg.giver()])?;
    let about = handover.offer.map(|offer| offer.dot).into_iter().collect();
    Ok(vec![
        Change::append(
            ENGAGEMENT,
            engagement.id.0,
            field::WITHDRAWAL,
            about,
            Value::Null,
        )
        .seeing(engagement.tip()),
    ])
}

/// Verifies the brief as it stands now, by somebody who wrote nothing of it.
///
/// # Errors
/// It ended, points are missing, or the actor wrote, submitted or last edited it in a workspace of several people.
pub fn decide_verify(engagement: &Engagement, actor: &Actor) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_running()?;
    if engagement.handover(Leg::Delivery).state == HandoverState::Accepted {
        return Err(Refusal::HandoverAlreadyAccepted);
    }
    let missing: Vec<String> = missing_points(engagement)
        .map(|point| point.id.to_owned())
        .collect();
    if !missing.is_empty() {
        return Err(Refusal::HandoverIncomplete {
            missing_points: missing,
        });
    }
    let by_writer = engagement.writers().contains(&actor.person.id);
    if by_writer && !actor.is_alone {
        return Err(Refusal::VerifyOwn {
            person: actor.person.name.clone(),
        });
    }
    let value = Value::Record(vec![("by_writer".to_owned(), Value::Bool(by_writer))]);
    let content = engagement.verified_content().into_iter().collect();
    let entry = Change::append(
        ENGAGEMENT,
        engagement.id.0,
        field::VERIFICATION,
        Vec::new(),
        value,
    );
    Ok(vec![entry.with_evidence(content).seeing(engagement.tip())])
}

/// Sends the handover back with a comment per point.
///
/// # Errors
/// It ended, not the receiver, nothing submitted, no comment, or a comment on an unknown point.
pub fn decide_return(
    engagement: &Engagement,
    actor: &Actor,
    receiver_name: &str,
    comments: &[(String, String)],
) -> Result<Vec<Change>, Refusal> {
    let handover = submitted(engagement, engagement.current_leg())?;
    let as_lead = must_receive(&handover, actor, receiver_name)?;
    let mut parts = Vec::new();
    for (id, comment) in comments {
        let Some(comment) = typed::optional(Some(comment)) else {
            continue;
        };
        if engagement.template.point(id).is_none() {
            return Err(Refusal::value_invalid(id, "point"));
        }
        parts.push((id.clone(), comment.into()));
    }
    if parts.is_empty() {
        return Err(Refusal::CommentsMissing);
    }
    let value = Value::Record(vec![
        ("comments".to_owned(), Value::Record(parts)),
        ("as_lead".to_owned(), Value::Bool(as_lead)),
    ]);
    let about = handover.offer.map(|offer| offer.dot).into_iter().collect();
    Ok(vec![
        Change::append(ENGAGEMENT, engagement.id.0, field::RETURN, about, value)
            .seeing(engagement.tip()),
    ])
}

/// What the receiver says when accepting.
#[derive(Debug, Clone)]
pub struct Acceptance {
    /// When the handover meeting was held, ISO date.
    pub held_on: String,
    /// Who was there.
    pub people: Vec<String>,
    /// Recording link or minutes.
    pub minutes: String,
    /// How good the handover was, 1 to 5.
    pub rating: Option<i64>,
}

/// Accepts the handover: responsibility passes.
///
/// # Errors
/// It ended, not the receiver, nothing submitted, points missing, the brief not verified as it stands, or a word
/// missing.
pub fn decide_accept(
    engagement: &Engagement,
    actor: &Actor,
    receiver_name: &str,
    acceptance: &Acceptance,
) -> Result<Vec<Change>, Refusal> {
    let leg = engagement.current_leg();
    let handover = submitted(engagement, leg)?;
    let as_lead = must_receive(&handover, actor, receiver_name)?;
    let mut evidence: Vec<Dot> = Vec::new();
    if leg == Leg::Delivery {
        let missing: Vec<String> = missing_points(engagement)
            .map(|point| point.id.to_owned())
            .collect();
        if !missing.is_empty() {
            return Err(Refusal::HandoverIncomplete {
                missing_points: missing,
            });
        }
        let asks_verification = engagement
            .template
            .stages
            .iter()
            .flat_map(|stage| stage.items())
            .any(|item| item.rule == Rule::Verified);
        match engagement.verification() {
            Some((verification, true)) => evidence.push(verification.dot),
            Some((_, false)) if asks_verification => {
                return Err(Refusal::NotVerified {
                    why: NotVerifiedBecause::Lapsed,
                });
            }
            None if asks_verification => {
                return Err(Refusal::NotVerified {
                    why: NotVerifiedBecause::Missing,
                });
            }
            _ => {}
        }
        evidence.extend(engagement.verified_content());
    }
    must_be_date("held_on", &Value::from(acceptance.held_on.as_str()))?;
    let people: Vec<Value> = acceptance
        .people
        .iter()
        .filter_map(|name| typed::optional(Some(name)))
        .map(Value::from)
        .collect();
    if people.is_empty() {
        return Err(Refusal::ValueInvalid {
            field: "people".to_owned(),
            expected: "text".to_owned(),
        });
    }
    must_be_text("minutes", &Value::from(acceptance.minutes.as_str()))?;
    if acceptance
        .rating
        .is_some_and(|rating| !(1..=5).contains(&rating))
    {
        return Err(Refusal::ValueInvalid {
            field: "rating".to_owned(),
            expected: "score".to_owned(),
        });
    }
    let value = Value::Record(vec![
        ("held_on".to_owned(), acceptance.held_on.as_str().into()),
        ("people".to_owned(), Value::List(people)),
        ("minutes".to_owned(), acceptance.minutes.trim().into()),
        ("rating".to_owned(), acceptance.rating.into()),
        ("as_lead".to_owned(), Value::Bool(as_lead)),
    ]);
    let offer = handover.offer.map(|offer| offer.dot);
    let accept = Change::step(
        Kind::Accept,
        ENGAGEMENT,
        engagement.id.0,
        field::OWNER,
        offer,
        value,
    );
    Ok(vec![
        accept.with_evidence(evidence).seeing(engagement.tip()),
    ])
}

/// Reopens an accepted handover: responsibility goes back, and so do the gates behind it.
///
/// # Errors
/// The engagement ended, it was not accepted, another one was accepted since, the reason is missing, or the wrong role.
pub fn decide_reopen(
    engagement: &Engagement,
    actor: &Actor,
    reason: &str,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_running()?;
    let Some(accepted) = engagement.ownership.accepted.last() else {
        return Err(Refusal::HandoverNotAccepted);
    };
    must_own_or_have(
        engagement,
        actor,
        &[accepted.leg.giver(), accepted.leg.receiver()],
    )?;
    let reason = typed::reason(reason)?;
    let about = vec![accepted.accept];
    let entry = Change::append(
        ENGAGEMENT,
        engagement.id.0,
        field::REOPENING,
        about,
        reason.into(),
    );
    Ok(vec![entry.seeing(engagement.tip())])
}

//! Whose the engagement is: a chain of accepted handovers. One owner at any moment, never nobody.
//!
//! A handover is offered to a named receiver and passes when that receiver (or a lead in their place, which is
//! marked) accepts. Reopening an accepted handover gives responsibility back to who had it before.

use super::engagement::{Engagement, Record};
use super::kinds::{Role, StageKind};
use super::refusal::Refusal;
use super::template::Leg;
use crate::ids::PersonId;
use crate::log::chain::{Step, follow};
use crate::log::registry::engagement as field;
use crate::log::{Dot, Kind, Value};

/// Whose the engagement is, and how it came to them.
#[derive(Debug, Clone, Default)]
pub struct Ownership {
    /// The owner; absent only if nobody was named when it was created.
    pub owner: Option<PersonId>,
    /// Accepted handovers that stand, in order.
    pub accepted: Vec<AcceptedHandover>,
    /// The last step of the chain, that the next one must follow.
    pub tip: Option<Dot>,
    /// All operations that recorded the last step.
    pub tip_dots: Vec<Dot>,
    /// Steps that lost or are not valid.
    pub passed_over: Vec<Dot>,
}

/// A handover whose acceptance stands.
#[derive(Debug, Clone)]
pub struct AcceptedHandover {
    /// Which one.
    pub leg: Leg,
    /// The acceptance.
    pub accept: Dot,
    /// The offer it answers.
    pub offer: Dot,
    /// Who had the engagement before.
    pub owner_before: Option<PersonId>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Decision {
    Accept(Dot),
    Reopen,
}

/// The receiver and leg that an offer names.
#[must_use]
pub fn read_offer(offer: &Record) -> Option<(PersonId, Leg)> {
    let value = &offer.operation.value;
    let receiver = value
        .part("receiver")
        .and_then(Value::as_id)
        .map(PersonId)?;
    let leg = value
        .part("leg")
        .and_then(Value::as_text)
        .and_then(Leg::from_word)?;
    Some((receiver, leg))
}

/// Who owns a new engagement: who is named, else who adds it, else the admin until somebody is named.
///
/// # Errors
/// [`Refusal::WhoAreYou`]: an engagement is never nobody's.
pub fn first_owner(
    named: Option<PersonId>,
    acting: Option<PersonId>,
    admin: Option<PersonId>,
) -> Result<PersonId, Refusal> {
    named.or(acting).or(admin).ok_or(Refusal::WhoAreYou)
}

/// The role of whoever owns an engagement in a stage of this kind.
#[must_use]
pub fn role_of_owner(kind: StageKind) -> Role {
    match kind {
        StageKind::PostSales => Role::Sales,
        StageKind::KickOff | StageKind::Execution | StageKind::Closure => Role::ProjectManager,
        StageKind::Renewal => Role::AccountManager,
    }
}

pub(super) fn follow_ownership(engagement: &Engagement) -> Ownership {
    let mut steps: Vec<Step<Decision>> = Vec::new();
    for accept in engagement.events_of(Kind::Accept, field::OWNER) {
        let offer = accept
            .operation
            .parents
            .first()
            .and_then(|dot| engagement.records.get(dot));
        let Some((offer, (receiver, _))) = offer
            .filter(|offer| {
                offer.operation.kind == Kind::Offer && offer.operation.entity == engagement.id.0
            })
            .and_then(|offer| Some((offer, read_offer(offer)?)))
        else {
            continue;
        };
        let in_place = accept
            .operation
            .value
            .part("as_lead")
            .is_some_and(Value::is_filled);
        let stands = !engagement.retracted.contains(&accept.dot);
        if stands && (accept.person == Some(receiver) || in_place) {
            let parent = offer.operation.parents.first().copied();
            steps.push(Step {
                dot: accept.dot,
                at: accept.at,
                parent,
                target: Decision::Accept(offer.dot),
            });
        }
    }
    for reopening in engagement.events_of(Kind::Append, field::REOPENING) {
        if !engagement.retracted.contains(&reopening.dot)
            && let Some(accept) = reopening.operation.parents.first()
        {
            let target = Decision::Reopen;
            steps.push(Step {
                dot: reopening.dot,
                at: reopening.at,
                parent: Some(*accept),
                target,
            });
        }
    }
    let (places, passed_over) =
        follow(&steps, |places, step| match (&step.target, places.last()) {
            // A reopening follows an acceptance, and an acceptance anything.
            (Decision::Reopen, Some(last)) => matches!(last.target, Decision::Accept(_)),
            (Decision::Reopen, None) => false,
            (Decision::Accept(_), _) => true,
        });
    let mut ownership = Ownership {
        owner: engagement.first_owner,
        passed_over,
        ..Ownership::default()
    };
    for place in &places {
        match &place.target {
            Decision::Accept(offer) => {
                let Some((receiver, leg)) = engagement.records.get(offer).and_then(read_offer)
                else {
                    continue;
                };
                let owner_before = ownership.owner.replace(receiver);
                ownership.accepted.push(AcceptedHandover {
                    leg,
                    accept: place.dots[0],
                    offer: *offer,
                    owner_before,
                });
            }
            Decision::Reopen => {
                if let Some(reopened) = ownership.accepted.pop() {
                    ownership.owner = reopened.owner_before;
                }
            }
        }
    }
    if let Some(last) = places.last() {
        ownership.tip = last.dots.first().copied();
        ownership.tip_dots.clone_from(&last.dots);
    }
    ownership
}

#[cfg(test)]
mod tests {
    use super::super::story::person;
    use super::*;

    #[test]
    fn a_new_engagement_is_owned_by_who_is_named_else_who_adds_it_else_the_admin() {
        let [ola, jo, liisa] = ["Ola", "Jo", "Liisa"].map(|name| Some(person(name)));
        assert_eq!(first_owner(ola, jo, liisa).ok(), ola);
        assert_eq!(first_owner(None, jo, liisa).ok(), jo);
        assert_eq!(first_owner(None, None, liisa).ok(), liisa);
        assert_eq!(first_owner(None, None, None), Err(Refusal::WhoAreYou));
    }

    #[test]
    fn the_owner_has_the_role_to_which_the_last_handover_passes() {
        for leg in [Leg::Delivery, Leg::Account] {
            let kinds = StageKind::ALL.iter();
            let roles: Vec<Role> = kinds.map(|kind| role_of_owner(*kind)).collect();
            let first = roles.iter().position(|role| *role == leg.receiver());
            let before = first.and_then(|place| roles.get(place.checked_sub(1)?));
            assert_eq!(before, Some(&leg.giver()), "{leg:?}");
        }
    }
}

//! Which acts on a handover are open to a person: what the rules would not refuse for who they are and where it stands.

use super::{Handover, may_answer, must_own_or_have};
use crate::domain::kinds::HandoverState;
use crate::domain::template::Leg;
use crate::domain::{Actor, Engagement};

/// Acts on a handover, each open or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Acts {
    /// Edit the points.
    pub fill: bool,
    /// Submit to a receiver.
    pub submit: bool,
    /// Verify the brief.
    pub verify: bool,
    /// Answer the submission: return it with comments, or accept it.
    pub answer: bool,
    /// Take the submission back.
    pub withdraw: bool,
    /// Reopen what was accepted.
    pub reopen: bool,
}

/// The acts that are open to the actor. On what was deleted or ended there is none.
#[must_use]
pub fn open_acts(engagement: &Engagement, handover: &Handover<'_>, actor: &Actor) -> Acts {
    if engagement.must_be_running().is_err() {
        return Acts::default();
    }
    let leg = handover.leg;
    let gives = must_own_or_have(engagement, actor, &[leg.giver()]).is_ok();
    let is_open = matches!(
        handover.state,
        HandoverState::Draft | HandoverState::Returned
    );
    let waits = handover.state == HandoverState::Submitted;
    let accepted = engagement.ownership.accepted.last();
    Acts {
        fill: leg == Leg::Delivery && is_open && gives,
        submit: is_open && gives && engagement.stage().leg() == Some(leg),
        verify: leg == Leg::Delivery
            && handover.state != HandoverState::Accepted
            && (actor.is_alone || !engagement.writers().contains(&actor.person.id)),
        answer: waits && may_answer(handover, actor),
        withdraw: waits && gives,
        reopen: accepted.is_some_and(|accepted| {
            let sides = [accepted.leg.giver(), accepted.leg.receiver()];
            must_own_or_have(engagement, actor, &sides).is_ok()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kinds::Role;
    use crate::domain::story::{actor, engagement_of};

    #[test]
    fn a_draft_is_its_givers_to_write_and_nobody_s_to_answer() {
        let engagement = engagement_of("Ola");
        let handover = engagement.handover(Leg::Delivery);
        let open = |name, roles: &[Role]| open_acts(&engagement, &handover, &actor(name, roles));
        let gives = Acts {
            fill: true,
            submit: true,
            verify: true,
            ..Acts::default()
        };
        assert_eq!(open("Ola", &[]), gives, "the owner");
        assert_eq!(open("Jo", &[Role::Sales]), gives);
        let second = Acts {
            verify: true,
            ..Acts::default()
        };
        assert_eq!(open("Mikko", &[Role::ProjectManager]), second);
    }

    #[test]
    fn nothing_is_open_on_a_deleted_engagement() {
        let deleted = Engagement {
            alive: false,
            ..engagement_of("Ola")
        };
        let handover = deleted.handover(Leg::Delivery);
        let lead = actor("Liisa", &[Role::Lead]);
        assert_eq!(open_acts(&deleted, &handover, &lead), Acts::default());
    }
}

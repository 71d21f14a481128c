//! People and an engagement for the tests of single rules.

use super::kinds::Role;
use super::{Actor, Colleague, Engagement, Record};
use crate::ids::{ActId, DeviceId, EngagementId, Id, PersonId};
use crate::log::registry::{ALIVE, ENGAGEMENT, engagement as field};
use crate::log::{Dot, Kind, Operation, Value};

/// The id of a person of the story: the same name is the same person.
pub(super) fn person(name: &str) -> PersonId {
    let mut id = [0; 16];
    for (place, byte) in id.iter_mut().zip(name.bytes()) {
        *place = byte;
    }
    PersonId(Id(id))
}

/// Somebody of a workspace of several people who did not set it up.
pub(super) fn actor(name: &str, roles: &[Role]) -> Actor {
    Actor {
        person: Colleague {
            id: person(name),
            name: name.to_owned(),
            roles: roles.to_vec(),
        },
        is_admin: false,
        is_alone: false,
    }
}

/// An engagement that was just created, owned by this person.
pub(super) fn engagement_of(owner: &str) -> Engagement {
    let id = EngagementId(Id([5; 16]));
    let dot = Dot {
        device: DeviceId(Id([1; 16])),
        seq: 1,
    };
    let operation = Operation {
        kind: Kind::Create,
        entity_kind: ENGAGEMENT.number,
        entity: id.0,
        field: ALIVE,
        key: String::new(),
        parents: Vec::new(),
        evidence: Vec::new(),
        context: None,
        value: Value::Null,
        fields: vec![(field::SELLER, person(owner).0.into())],
        ends_transaction: true,
    };
    let record = Record {
        dot,
        act: ActId(Id([2; 16])),
        at: 0,
        depth: 0,
        person: Some(person(owner)),
        operation,
    };
    Engagement::fold(id, vec![record])
}

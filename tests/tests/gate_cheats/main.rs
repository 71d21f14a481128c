//! Every way to cheat the gate that we could think of: command line and HTTP share the door tested here; bundles
//! with forged moves, import, undo games and acting as somebody else. All of them fail, and change nothing.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod asked;
mod forged;
mod overrides;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::ids::{ActId, DeviceId, Id, PersonId};
use baton_core::log::registry::{ENGAGEMENT, engagement as field};
use baton_core::log::{Act, ActHeader, Dot, Kind, Operation, Value};
use baton_core::sync::bundle::{Bundle, decode, encode};
use baton_tests::laptop::{NOON, Team};
use serde_json::Value as Json;

/// A colleague's laptop that writes whatever it likes into its own log.
struct Forger {
    device: DeviceId,
    next_seq: u64,
    acts: Vec<Act>,
}

impl Forger {
    fn new() -> Self {
        Self {
            device: DeviceId(Id([0xee; 16])),
            next_seq: 1,
            acts: Vec::new(),
        }
    }

    fn write(&mut self, person: Option<PersonId>, operation: Operation) -> Dot {
        let seq = self.next_seq;
        self.next_seq += 1;
        let header = ActHeader {
            id: ActId(Id([u8::try_from(seq).unwrap(); 16])),
            device: self.device,
            first_seq: seq,
            at: NOON + i64::try_from(seq).unwrap(),
            person,
            command: "move_stage".into(),
            undo_of: None,
            is_mended: false,
        };
        self.acts.push(Act::new(header, &[operation]));
        Dot {
            device: self.device,
            seq,
        }
    }

    /// Sends everything to the team's laptop.
    fn send(&self, team: &mut Team) {
        let own = decode(&BASE64.decode(team.laptop.bundle()).unwrap()).unwrap();
        let forged = Bundle {
            workspace: own.workspace,
            exported_at: NOON,
            acts: self.acts.clone(),
        };
        team.laptop
            .receive(&BASE64.encode(encode(&forged).unwrap()));
    }
}

fn operation(team: &Team, kind: Kind, number: u32, value: Value) -> Operation {
    Operation {
        kind,
        entity_kind: ENGAGEMENT.number,
        entity: team.engagement.parse().unwrap(),
        field: number,
        key: String::new(),
        parents: Vec::new(),
        evidence: Vec::new(),
        context: None,
        value,
        fields: Vec::new(),
        ends_transaction: true,
    }
}

fn stages(view: &Json) -> (String, String) {
    (
        view["stage"].as_str().unwrap().to_owned(),
        view["effective_stage"].as_str().unwrap().to_owned(),
    )
}

fn still_at_the_start(team: &mut Team) {
    assert_eq!(
        stages(&team.view()),
        ("post-sales".to_owned(), "post-sales".to_owned())
    );
    team.laptop.check();
}

/// What was forged arrives, and the gate stays closed.
fn opens_nothing(forger: &Forger, team: &mut Team) {
    forger.send(team);
    still_at_the_start(team);
}

/// An override that names every open item, for this reason.
fn override_of(team: &mut Team, reason: &str) -> Operation {
    let items = team.open_items();
    let items = items.iter().map(|item| Value::from(item.as_str()));
    let value = Value::Record(vec![
        ("stage".into(), "post-sales".into()),
        ("items".into(), Value::List(items.collect())),
        ("reason".into(), reason.into()),
    ]);
    operation(team, Kind::Override, field::STAGE, value)
}

//! Operations that a colleague's laptop forged: they are kept, and open nothing.

use super::{Forger, opens_nothing, operation, override_of, still_at_the_start};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::ids::{DeviceId, Id, PersonId};
use baton_core::log::registry::engagement as field;
use baton_core::log::{Dot, Kind, Operation, Value};
use baton_core::sync::bundle::decode;
use baton_tests::laptop::{Team, acceptance};
use serde_json::json;

#[test]
fn a_forged_move_without_evidence_counts_for_nothing() {
    let mut team = Team::new(106);
    let mut forger = Forger::new();
    forger.write(
        None,
        operation(&team, Kind::Move, field::STAGE, "kick-off".into()),
    );
    forger.write(
        None,
        operation(&team, Kind::Move, field::STAGE, "execution".into()),
    );
    forger.write(
        None,
        operation(&team, Kind::Move, field::STAGE, "renewal".into()),
    );
    opens_nothing(&forger, &mut team);
}

#[test]
fn a_forged_move_with_evidence_that_proves_something_else_counts_for_nothing() {
    let mut team = Team::new(107);
    team.fill();
    let mut forger = Forger::new();
    let tick = Operation {
        key: "scope_confirmed".into(),
        ..operation(&team, Kind::Tick, field::ITEM, "confirmed".into())
    };
    let ticked = forger.write(None, tick);
    let blank = Operation {
        key: "scope_meeting_held".into(),
        ..operation(&team, Kind::Tick, field::ITEM, Value::Bool(false))
    };
    let unticked = forger.write(None, blank);
    let forged = Operation {
        evidence: vec![ticked, unticked],
        ..operation(&team, Kind::Move, field::STAGE, "kick-off".into())
    };
    forger.write(None, forged);
    opens_nothing(&forger, &mut team);
}

#[test]
fn a_forged_acceptance_by_somebody_else_than_the_receiver_passes_nothing() {
    let mut team = Team::new(108);
    team.fill();
    team.call("Jo", "verify_brief", json!({}));
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    let own = decode(&BASE64.decode(team.laptop.bundle()).unwrap()).unwrap();
    let submit = own
        .acts
        .iter()
        .rfind(|act| act.header.command == "submit_handover")
        .unwrap();
    let offer = Dot {
        device: submit.header.device,
        seq: submit.header.first_seq,
    };
    let stranger: Id = team.maryam.parse().unwrap();
    let mut forger = Forger::new();
    let accept = Operation {
        parents: vec![offer],
        ..operation(&team, Kind::Accept, field::OWNER, Value::Null)
    };
    forger.write(Some(PersonId(stranger)), accept);
    forger.send(&mut team);
    let view = team.view();
    assert_eq!(
        (view["owner"].as_str(), view["handover"]["state"].as_str()),
        (Some("Ola"), Some("submitted"))
    );
    still_at_the_start(&mut team);
}

#[test]
fn a_forged_override_without_a_reason_or_for_other_items_opens_nothing() {
    let mut team = Team::new(109);
    let mut forger = Forger::new();
    let items = |names: &[&str]| Value::List(names.iter().map(|name| Value::from(*name)).collect());
    let mut evidence = Vec::new();
    for (reason, named) in [
        ("", &["brief", "order_description"][..]),
        ("because", &["brief"][..]),
    ] {
        let value = Value::Record(vec![
            ("stage".into(), "post-sales".into()),
            ("items".into(), items(named)),
            ("reason".into(), reason.into()),
        ]);
        evidence.push(forger.write(None, operation(&team, Kind::Override, field::STAGE, value)));
    }
    let forged = Operation {
        evidence,
        ..operation(&team, Kind::Move, field::STAGE, "kick-off".into())
    };
    forger.write(None, forged);
    opens_nothing(&forger, &mut team);
}

#[test]
fn operations_that_name_each_other_themselves_or_the_future_wait_for_ever_and_harm_nothing() {
    let mut team = Team::new(110);
    let mut forger = Forger::new();
    let of = |seq| Dot {
        device: forger.device,
        seq,
    };
    let hostile = [
        vec![of(1)],
        vec![of(3)],
        vec![of(2)],
        vec![Dot {
            device: DeviceId(Id([9; 16])),
            seq: 7,
        }],
    ];
    for parents in hostile {
        let value = Operation {
            parents,
            ..operation(&team, Kind::Set, field::NAME, "forged".into())
        };
        forger.write(None, value);
    }
    forger.send(&mut team);
    assert_eq!(team.view()["name"], "Support desk");
    team.call("Ola", "rename_engagement", json!({ "name": "Still works" }));
    assert_eq!(team.view()["name"], "Still works");
    team.laptop.check();
}

#[test]
fn a_forged_override_of_everything_opens_nothing_without_a_reason() {
    // With a reason the same forgery passes: it is then an override like any other, and stands on record.
    for (reason, stage) in [("", "post-sales"), ("because", "kick-off")] {
        let mut team = Team::new(118);
        let mut forger = Forger::new();
        let opened = override_of(&mut team, reason);
        let evidence = vec![forger.write(None, opened)];
        let forged = Operation {
            evidence,
            ..operation(&team, Kind::Move, field::STAGE, "kick-off".into())
        };
        forger.write(None, forged);
        forger.send(&mut team);
        assert_eq!(team.view()["stage"], stage, "reason {reason:?}");
    }
}

#[test]
fn a_forged_move_on_the_override_of_an_earlier_visit_counts_for_nothing() {
    let mut team = Team::new(119);
    let reason = json!({ "reason": "The client waits" });
    team.call("Mikko", "override_gate", reason);
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
    team.call("Mikko", "move_stage", json!({ "to": "post-sales" }));
    let own = decode(&BASE64.decode(team.laptop.bundle()).unwrap()).unwrap();
    let dot_of = |command: &str| {
        let mut acts = own.acts.iter().rev();
        let act = acts.find(|act| act.header.command == command).unwrap();
        Dot {
            device: act.header.device,
            seq: act.header.first_seq,
        }
    };
    let mut forger = Forger::new();
    let forged = Operation {
        parents: vec![dot_of("move_stage")],
        evidence: vec![dot_of("override_gate")],
        ..operation(&team, Kind::Move, field::STAGE, "kick-off".into())
    };
    forger.write(None, forged);
    opens_nothing(&forger, &mut team);
}

#[test]
fn a_forged_verification_by_the_writer_opens_nothing_and_by_a_second_person_it_would() {
    for (verifier, stage) in [("Ola", "post-sales"), ("Jo", "kick-off")] {
        let mut team = Team::new(121);
        team.fill();
        for (item, value) in [
            ("scope_meeting_held", "2026-11-01"),
            ("scope_confirmed", "confirmed"),
        ] {
            let args = json!({ "item_id": item, "value": value });
            team.call("Ola", "tick_item", args);
        }
        let receiver = team.mikko.clone();
        team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
        let own = decode(&BASE64.decode(team.laptop.bundle()).unwrap()).unwrap();
        let dots_of = |command: &str| -> Vec<Dot> {
            let acts = own.acts.iter();
            acts.filter(|act| act.header.command == command)
                .flat_map(|act| {
                    let device = act.header.device;
                    (act.header.first_seq..=act.last_seq()).map(move |seq| Dot { device, seq })
                })
                .collect()
        };
        let people = team.laptop.call("", "people", json!({}));
        let mut people = people.as_array().unwrap().iter();
        let verifier = people.find(|person| person["name"] == verifier).unwrap();
        let verifier: Id = verifier["id"].as_str().unwrap().parse().unwrap();
        let mikko: Id = team.mikko.parse().unwrap();
        let mut forger = Forger::new();
        let by_writer = Value::Record(vec![("by_writer".into(), Value::Bool(false))]);
        let verification = Operation {
            evidence: dots_of("fill_handover"),
            ..operation(&team, Kind::Append, field::VERIFICATION, by_writer)
        };
        let verification = forger.write(Some(PersonId(verifier)), verification);
        let accept = Operation {
            parents: dots_of("submit_handover"),
            ..operation(&team, Kind::Accept, field::OWNER, Value::Null)
        };
        let accept = forger.write(Some(PersonId(mikko)), accept);
        let mut evidence = vec![verification, accept];
        for command in ["fill_handover", "tick_item", "submit_handover"] {
            evidence.extend(dots_of(command));
        }
        let forged = Operation {
            evidence,
            ..operation(&team, Kind::Move, field::STAGE, "kick-off".into())
        };
        forger.write(None, forged);
        forger.send(&mut team);
        assert_eq!(team.view()["stage"], stage);
        team.laptop.check();
    }
}

#[test]
fn a_forged_verification_by_the_writer_does_not_let_the_receiver_accept() {
    let mut team = Team::new(122);
    team.fill();
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    let own = decode(&BASE64.decode(team.laptop.bundle()).unwrap()).unwrap();
    let act = own
        .acts
        .iter()
        .find(|act| act.header.command == "fill_handover")
        .unwrap();
    let device = act.header.device;
    let read = (act.header.first_seq..=act.last_seq()).map(|seq| Dot { device, seq });
    let by_writer = Value::Record(vec![("by_writer".into(), Value::Bool(false))]);
    let verification = Operation {
        evidence: read.collect(),
        ..operation(&team, Kind::Append, field::VERIFICATION, by_writer)
    };
    let mut forger = Forger::new();
    forger.write(act.header.person, verification);
    forger.send(&mut team);
    assert_eq!(
        team.refused("Mikko", "accept_handover", acceptance())["code"],
        "not_verified"
    );
}

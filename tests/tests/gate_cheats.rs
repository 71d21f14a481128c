//! Every way to cheat the gate that we could think of: command line and HTTP share the door tested here; bundles
//! with forged moves, import, undo games and acting as somebody else. All of them fail, and change nothing.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::ids::{ActId, DeviceId, Id, PersonId};
use baton_core::log::registry::{ENGAGEMENT, engagement as field};
use baton_core::log::{Act, ActHeader, Dot, Kind, Operation, Value};
use baton_core::sync::bundle::{Bundle, decode, encode};
use baton_tests::laptop::{NOON, Team, acceptance, ids};
use serde_json::{Value as Json, json};

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
        };
        self.acts.push(Act::new(header, &[operation]));
        Dot {
            device: self.device,
            seq,
        }
    }

    fn bundle(&self, team: &mut Team) -> String {
        let own = decode(&BASE64.decode(team.laptop.bundle()).unwrap()).unwrap();
        let forged = Bundle {
            workspace: own.workspace,
            exported_at: NOON,
            acts: self.acts.clone(),
        };
        BASE64.encode(encode(&forged).unwrap())
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

#[test]
fn no_stage_can_be_skipped() {
    let mut team = Team::new(101);
    team.hand_over();
    for to in ["execution", "closure", "renewal", "no-such-stage", ""] {
        assert_eq!(
            team.refused("Mikko", "move_stage", json!({ "to": to }))["code"],
            "not_next_stage"
        );
    }
}

#[test]
fn a_move_by_nobody_or_by_somebody_unknown_is_refused() {
    let mut team = Team::new(102);
    team.hand_over();
    assert_eq!(
        team.refused("", "move_stage", json!({ "to": "kick-off" }))["code"],
        "who_are_you"
    );
    assert_eq!(
        team.refused("Nobody Known", "move_stage", json!({ "to": "kick-off" }))["code"],
        "person_unknown"
    );
}

#[test]
fn acting_as_a_colleague_does_not_open_what_that_colleague_cannot_open() {
    let mut team = Team::new(103);
    team.fill();
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    // As the receiver: the brief is not verified. As the writer: own work is not verified.
    assert_eq!(
        team.refused("Mikko", "accept_handover", acceptance())["code"],
        "not_verified"
    );
    assert_eq!(
        team.refused("Ola", "verify_brief", json!({}))["code"],
        "verify_own"
    );
    for person in ["Ola", "Jo", "Mikko", "Maryam", "Liisa"] {
        assert_eq!(
            team.refused(person, "move_stage", json!({ "to": "kick-off" }))["code"],
            "gate_closed"
        );
    }
}

#[test]
fn an_unknown_argument_smuggles_nothing_in() {
    let mut team = Team::new(104);
    for extra in ["force", "evidence", "override", "stage"] {
        assert_eq!(
            team.refused(
                "Mikko",
                "move_stage",
                json!({ "to": "kick-off", extra: true })
            )["code"],
            "usage"
        );
    }
    let args = json!({ "account": "X", "name": "Y", "template_id": null, "stage": "execution" });
    assert_eq!(
        team.laptop.refused("Ola", "create_engagement", args)["code"],
        "usage"
    );
}

#[test]
fn an_import_cannot_put_a_deal_past_the_first_stage() {
    let mut team = Team::new(105);
    let csv = "account,deal stage,stage,close date,amount,effective_stage\nZed,Won,execution,2026-01-31,10,execution\n";
    let args = json!({ "content_base64": BASE64.encode(csv), "preview": false });
    let _ = team.laptop.try_call("Ola", "import_deals", args);
    let list = team
        .laptop
        .call("Ola", "list_engagements", json!({ "from": 0, "count": 50 }));
    for row in list["rows"].as_array().unwrap() {
        assert_eq!(row["stage"], "post-sales");
    }
}

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
    let bundle = forger.bundle(&mut team);
    team.laptop.receive(&bundle);
    still_at_the_start(&mut team);
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
    let bundle = forger.bundle(&mut team);
    team.laptop.receive(&bundle);
    still_at_the_start(&mut team);
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
    let bundle = forger.bundle(&mut team);
    team.laptop.receive(&bundle);
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
    let bundle = forger.bundle(&mut team);
    team.laptop.receive(&bundle);
    still_at_the_start(&mut team);
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
    let bundle = forger.bundle(&mut team);
    team.laptop.receive(&bundle);
    assert_eq!(team.view()["name"], "Support desk");
    team.call("Ola", "rename_engagement", json!({ "name": "Still works" }));
    assert_eq!(team.view()["name"], "Still works");
    team.laptop.check();
}

#[test]
fn undoing_a_tick_behind_a_passed_gate_is_a_breach_that_blocks_the_next_move() {
    let mut team = Team::new(111);
    team.fill();
    team.call("Jo", "verify_brief", json!({}));
    team.call(
        "Ola",
        "tick_item",
        json!({ "item_id": "scope_meeting_held", "value": "2026-11-01" }),
    );
    let tick = team.act(
        "Ola",
        "tick_item",
        json!({ "item_id": "scope_confirmed", "value": "confirmed" }),
    );
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    team.call("Mikko", "accept_handover", acceptance());
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
    team.laptop.call("Ola", "undo", json!({ "act_id": tick }));
    let view = team.view();
    assert_eq!(
        stages(&view),
        ("kick-off".to_owned(), "post-sales".to_owned())
    );
    assert_eq!(
        (
            view["breaches"][0]["item_ids"][0].as_str(),
            view["breaches"][0]["person"].as_str()
        ),
        (Some("scope_confirmed"), Some("Ola"))
    );
    team.tick_kick_off();
    assert_eq!(
        team.refused("Mikko", "move_stage", json!({ "to": "execution" }))["blocks"][0]["code"],
        "gate_breached"
    );
    team.call(
        "Ola",
        "tick_item",
        json!({ "item_id": "scope_confirmed", "value": "redefined" }),
    );
    team.call("Mikko", "move_stage", json!({ "to": "execution" }));
}

#[test]
fn moving_back_forth_and_undoing_never_passes_a_closed_gate() {
    let mut team = Team::new(112);
    team.reach_kick_off();
    let back = team.act("Mikko", "move_stage", json!({ "to": "post-sales" }));
    team.call(
        "Ola",
        "untick_item",
        json!({ "item_id": "scope_confirmed" }),
    );
    // The undo of a step back is a step forward, and that goes through the gate.
    let refusal = team
        .laptop
        .refused("Mikko", "undo", json!({ "act_id": back }));
    assert_eq!(
        (refusal["code"].as_str(), ids(&refusal["open_items"])),
        (Some("gate_closed"), vec!["scope_confirmed".to_owned()])
    );
}

#[test]
fn an_override_needs_a_reason_and_a_role_and_is_never_forgotten() {
    let mut team = Team::new(113);
    assert_eq!(
        team.refused("Mikko", "override_gate", json!({ "reason": "  " }))["code"],
        "reason_missing"
    );
    assert_eq!(
        team.refused("Jo", "override_gate", json!({ "reason": "hurry" }))["code"],
        "not_your_role"
    );
    let act = team.act(
        "Mikko",
        "override_gate",
        json!({ "reason": "The client waits" }),
    );
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
    assert_eq!(team.view()["stage"], "kick-off");
    team.laptop.call("Mikko", "undo", json!({ "act_id": act }));
    let view = team.view();
    assert_eq!(
        (
            view["overrides"][0]["undone"].as_bool(),
            view["effective_stage"].as_str()
        ),
        (Some(true), Some("post-sales"))
    );
    let people = team.laptop.call("Ola", "people", json!({}));
    let mikko = people
        .as_array()
        .unwrap()
        .iter()
        .find(|person| person["name"] == "Mikko")
        .unwrap();
    assert_eq!(mikko["override_count"], 1);
    let overridden = &view["overrides"][0]["item_ids"];
    assert_eq!(
        overridden.as_array().unwrap().len(),
        10,
        "the items stay on record as missing"
    );
}

#[test]
fn an_override_opens_the_gate_of_this_visit_only() {
    let mut team = Team::new(114);
    team.call(
        "Mikko",
        "override_gate",
        json!({ "reason": "The client waits" }),
    );
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
    team.call("Mikko", "move_stage", json!({ "to": "post-sales" }));
    assert_eq!(
        team.refused("Mikko", "move_stage", json!({ "to": "kick-off" }))["code"],
        "gate_closed"
    );
}

#[test]
fn an_open_gate_needs_no_override() {
    let mut team = Team::new(115);
    team.hand_over();
    assert_eq!(
        team.refused("Mikko", "override_gate", json!({ "reason": "just so" }))["code"],
        "no_override_needed"
    );
}

#[test]
fn a_deleted_engagement_is_not_moved() {
    let mut team = Team::new(116);
    team.hand_over();
    team.call("Mikko", "delete_engagement", json!({}));
    assert_eq!(
        team.refused("Mikko", "move_stage", json!({ "to": "kick-off" }))["code"],
        "engagement_deleted"
    );
}

#[test]
fn nobody_gives_themselves_the_role_that_a_gate_asks_for() {
    let mut team = Team::new(117);
    let mikko = team.mikko.clone();
    let args = json!({ "person_id": mikko, "roles": ["project_manager", "lead"] });
    let refusal = team.laptop.refused("Mikko", "update_person", args.clone());
    assert_eq!(
        (refusal["code"].as_str(), &refusal["needed"]),
        (Some("not_your_role"), &json!(["lead"]))
    );
    team.laptop.call("Liisa", "update_person", args);
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
        let bundle = forger.bundle(&mut team);
        team.laptop.receive(&bundle);
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
    let bundle = forger.bundle(&mut team);
    team.laptop.receive(&bundle);
    still_at_the_start(&mut team);
}

#[test]
fn an_override_that_was_undone_opens_nothing() {
    let mut team = Team::new(120);
    let reason = json!({ "reason": "The client waits" });
    let act = team.act("Mikko", "override_gate", reason);
    team.laptop.call("Mikko", "undo", json!({ "act_id": act }));
    assert_eq!(
        team.refused("Mikko", "move_stage", json!({ "to": "kick-off" }))["code"],
        "gate_closed"
    );
    // Undoing the undo opens it again.
    team.laptop.call("Mikko", "redo", json!({ "act_id": act }));
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
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
        let bundle = forger.bundle(&mut team);
        team.laptop.receive(&bundle);
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
    let bundle = forger.bundle(&mut team);
    team.laptop.receive(&bundle);
    assert_eq!(
        team.refused("Mikko", "accept_handover", acceptance())["code"],
        "not_verified"
    );
}

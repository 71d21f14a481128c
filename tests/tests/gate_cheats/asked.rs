//! What is asked through the door like everything else, and refused.

use super::stages;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_tests::laptop::{Team, acceptance, ids};
use serde_json::json;

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
            "arguments_unreadable"
        );
    }
    let args = json!({ "account": "X", "name": "Y", "template_id": null, "stage": "execution" });
    assert_eq!(
        team.laptop.refused("Ola", "create_engagement", args)["code"],
        "arguments_unreadable"
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

#[test]
fn what_nobody_sees_is_no_reason_no_note_and_no_point() {
    let unseen = "\u{200b}\u{2060}";
    let mut team = Team::new(123);
    team.fill();
    let points = json!({ "points": { "scope": unseen } });
    team.call("Ola", "fill_handover", points);
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    for (person, command, args, code) in [
        (
            "Mikko",
            "override_gate",
            json!({ "reason": unseen }),
            "reason_missing",
        ),
        (
            "Ola",
            "skip_mood",
            json!({ "side": "client", "reason": unseen }),
            "reason_missing",
        ),
        (
            "Ola",
            "decide_renewal",
            json!({ "outcome": "ended", "note": unseen }),
            "reason_missing",
        ),
        (
            "Ola",
            "record_mood",
            json!({ "side": "client", "score": 1, "note": unseen }),
            "note_missing",
        ),
        (
            "Ola",
            "log_promise",
            json!({ "kind": "date", "wording": unseen }),
            "value_invalid",
        ),
        (
            "Ola",
            "tick_item",
            json!({ "item_id": "channels_agreed", "value": unseen }),
            "value_invalid",
        ),
        (
            "Mikko",
            "return_handover",
            json!({ "comments": { "scope": unseen } }),
            "comments_missing",
        ),
        ("Jo", "verify_brief", json!({}), "handover_incomplete"),
    ] {
        let refused = team.refused(person, command, args);
        assert_eq!(refused["code"], code, "{command}");
    }
}

//! Opening a gate with a reason: by whom, for what, and for how long.

use baton_tests::laptop::Team;
use serde_json::json;

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

//! The first leg of the relay through the door: a deal becomes a handed-over engagement behind an honest gate.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use baton_tests::laptop::{Laptop, Team, acceptance, full_form, ids};
use serde_json::json;

#[test]
fn a_closed_gate_names_every_open_item_and_its_holder_and_changes_nothing() {
    let mut team = Team::new(1);
    let refusal = team.refused("Ola", "move_stage", json!({ "to": "kick-off" }));
    assert_eq!(refusal["code"], "gate_closed");
    let open = ids(&refusal["open_items"]);
    assert_eq!(
        open,
        [
            "brief",
            "order_description",
            "brief_verified",
            "scope_meeting_held",
            "scope_confirmed",
            "handover_submitted",
            "handover_accepted",
            "handover_held",
            "handover_people",
            "handover_minutes"
        ]
    );
    assert_eq!(refusal["open_items"][0]["holder"], "Ola");
    assert_eq!(refusal["open_items"][6]["holder"], "project manager");
    assert!(
        refusal["sentence"]
            .as_str()
            .unwrap()
            .contains("Brief (Ola)"),
        "{refusal}"
    );
}

#[test]
fn the_first_leg_goes_from_a_filled_form_to_execution() {
    let mut team = Team::new(2);
    team.reach_kick_off();
    let view = team.view();
    assert_eq!(
        (view["stage"].as_str(), view["effective_stage"].as_str()),
        (Some("kick-off"), Some("kick-off"))
    );
    assert_eq!(view["owner"], "Mikko");
    let refusal = team.refused("Mikko", "move_stage", json!({ "to": "execution" }));
    assert_eq!(ids(&refusal["open_items"]).len(), 7);
    team.tick_kick_off();
    team.call("Mikko", "move_stage", json!({ "to": "execution" }));
    assert_eq!(team.view()["stage"], "execution");
    team.laptop.check();
}

#[test]
fn ownership_passes_on_acceptance_and_not_before() {
    let mut team = Team::new(3);
    team.fill();
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    assert_eq!(team.view()["owner"], "Ola");
    team.call("Jo", "verify_brief", json!({}));
    team.call("Mikko", "accept_handover", acceptance());
    assert_eq!(team.view()["owner"], "Mikko");
}

#[test]
fn a_point_sent_back_closes_the_gate_until_it_is_corrected_and_submitted_again() {
    let mut team = Team::new(4);
    team.fill();
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    team.call(
        "Mikko",
        "return_handover",
        json!({ "comments": { "scope": "How many seats?" } }),
    );
    let view = team.view();
    assert_eq!(view["handover"]["state"], "returned");
    assert_eq!(view["blocks"][0]["code"], "handover_returned");
    let scope = view["handover"]["points"]
        .as_array()
        .unwrap()
        .iter()
        .find(|point| point["id"] == "scope")
        .unwrap();
    assert_eq!(scope["comment"], "How many seats?");
    team.call(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "Desk of five people" } }),
    );
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    team.call("Jo", "verify_brief", json!({}));
    team.call("Mikko", "accept_handover", acceptance());
    let view = team.view();
    assert_eq!(
        (
            view["handover"]["state"].as_str(),
            view["handover"]["round_count"].as_u64()
        ),
        (Some("accepted"), Some(2))
    );
}

#[test]
fn a_form_with_holes_can_be_submitted_but_neither_verified_nor_accepted() {
    let mut team = Team::new(5);
    let receiver = team.mikko.clone();
    team.call(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "Desk" } }),
    );
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    assert_eq!(
        team.refused("Jo", "verify_brief", json!({}))["code"],
        "handover_incomplete"
    );
    let refusal = team.refused("Mikko", "accept_handover", acceptance());
    assert_eq!(refusal["missing_points"].as_array().unwrap().len(), 10);
    assert_eq!(team.view()["handover"]["completeness"], 9);
}

#[test]
fn completeness_stays_what_it_was_at_the_first_submission() {
    let mut team = Team::new(6);
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    team.call("Ola", "withdraw_handover", json!({}));
    team.fill();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    let handover = team.view()["handover"].clone();
    assert_eq!(
        (
            handover["completeness"].as_u64(),
            handover["filled_count"].as_u64()
        ),
        (Some(0), Some(11))
    );
}

#[test]
fn nobody_verifies_what_they_wrote_submitted_or_edited_last() {
    let mut team = Team::new(7);
    team.fill();
    assert_eq!(
        team.refused("Ola", "verify_brief", json!({}))["code"],
        "verify_own"
    );
    team.call("Jo", "verify_brief", json!({}));
    let receiver = team.mikko.clone();
    // The lead submits what Ola wrote: then the lead must not verify it either.
    team.call(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "Desk of six" } }),
    );
    team.call(
        "Liisa",
        "submit_handover",
        json!({ "receiver_id": receiver }),
    );
    assert_eq!(
        team.refused("Liisa", "verify_brief", json!({}))["code"],
        "verify_own"
    );
}

#[test]
fn a_verification_lapses_when_a_verified_point_is_edited() {
    let mut team = Team::new(8);
    team.fill();
    team.call("Jo", "verify_brief", json!({}));
    assert!(!team.open_items().contains(&"brief_verified".to_owned()));
    team.call(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "Something else" } }),
    );
    assert!(team.open_items().contains(&"brief_verified".to_owned()));
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    let refusal = team.refused("Mikko", "accept_handover", acceptance());
    assert_eq!(
        (refusal["code"].as_str(), refusal["why"].as_str()),
        (Some("not_verified"), Some("lapsed"))
    );
}

#[test]
fn in_a_workspace_of_one_person_self_verification_is_allowed_and_marked() {
    let mut laptop = Laptop::new(9);
    let roles = json!(["sales", "project_manager"]);
    let ada = laptop.call(
        "",
        "create_person",
        json!({ "name": "Ada", "roles": roles }),
    );
    let args = json!({ "account": "Solo", "name": "One", "template_id": null });
    let engagement = laptop.call("Ada", "create_engagement", args);
    laptop.call(
        "Ada",
        "fill_handover",
        json!({ "engagement_id": engagement, "points": full_form() }),
    );
    let view = laptop.call(
        "Ada",
        "verify_brief",
        json!({ "engagement_id": engagement }),
    );
    assert_eq!(view["handover"]["verification"]["by_writer"], true);
    laptop.call(
        "Ada",
        "submit_handover",
        json!({ "engagement_id": engagement, "receiver_id": ada }),
    );
    let mut accept = acceptance();
    accept["engagement_id"] = engagement;
    assert_eq!(
        laptop.call("Ada", "accept_handover", accept)["handover"]["state"],
        "accepted"
    );
}

#[test]
fn only_the_receiver_answers_and_a_lead_in_their_place_is_marked() {
    let mut team = Team::new(10);
    team.fill();
    team.call("Jo", "verify_brief", json!({}));
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    for stranger in ["Ola", "Jo", "Maryam"] {
        let refusal = team.refused(stranger, "accept_handover", acceptance());
        assert_eq!(
            (refusal["code"].as_str(), refusal["receiver"].as_str()),
            (Some("not_the_receiver"), Some("Mikko"))
        );
        let refusal = team.refused(
            stranger,
            "return_handover",
            json!({ "comments": { "scope": "?" } }),
        );
        assert_eq!(refusal["code"], "not_the_receiver");
    }
    let view = team.call("Liisa", "accept_handover", acceptance());
    assert_eq!(view["handover"]["acceptance"]["as_lead"], true);
    assert_eq!(view["owner"], "Mikko");
}

#[test]
fn a_receiver_without_the_role_and_a_return_without_a_comment_are_refused() {
    let mut team = Team::new(11);
    let maryam = team.maryam.clone();
    assert_eq!(
        team.refused("Ola", "submit_handover", json!({ "receiver_id": maryam }))["code"],
        "receiver_cannot_receive"
    );
    let mikko = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": mikko }));
    assert_eq!(
        team.refused(
            "Mikko",
            "return_handover",
            json!({ "comments": { "scope": "  " } })
        )["code"],
        "comments_missing"
    );
}

#[test]
fn reopening_gives_responsibility_back_and_reopens_the_gate() {
    let mut team = Team::new(12);
    team.reach_kick_off();
    assert_eq!(
        team.refused("Mikko", "reopen_handover", json!({ "reason": " " }))["code"],
        "reason_missing"
    );
    team.call(
        "Mikko",
        "reopen_handover",
        json!({ "reason": "The client changed the scope" }),
    );
    let view = team.view();
    assert_eq!(view["owner"], "Ola");
    assert_eq!(
        (view["stage"].as_str(), view["effective_stage"].as_str()),
        (Some("kick-off"), Some("post-sales"))
    );
    team.tick_kick_off();
    let refusal = team.refused("Mikko", "move_stage", json!({ "to": "execution" }));
    assert_eq!(refusal["blocks"][0]["code"], "gate_breached");
}

#[test]
fn a_promise_judged_not_feasible_closes_the_gate_until_it_is_renegotiated() {
    let mut team = Team::new(13);
    let args = json!({ "kind": "delivery", "wording": "Night shift from day one" });
    let view = team.call("Ola", "log_promise", args);
    let promise = view["promises"][0]["id"].clone();
    team.hand_over();
    let judge = json!({ "promise_id": promise, "verdict": "not_feasible" });
    assert_eq!(
        team.laptop.refused("Jo", "judge_promise", judge.clone())["code"],
        "not_your_role"
    );
    team.laptop.call("Mikko", "judge_promise", judge);
    let refusal = team.refused("Mikko", "move_stage", json!({ "to": "kick-off" }));
    assert_eq!(refusal["blocks"][0]["code"], "promise_not_feasible");
    let settle = json!({ "promise_id": promise, "state": "renegotiated", "wording": "Night shift from March" });
    team.laptop.call("Ola", "settle_promise", settle);
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
}

#[test]
fn the_whole_checklist_leads_to_renewal_and_the_account_manager_owns_it_then() {
    let mut team = Team::new(14);
    team.reach_kick_off();
    team.tick_kick_off();
    team.call("Mikko", "move_stage", json!({ "to": "execution" }));
    for (item, value) in [
        ("milestones_dated", json!(true)),
        ("milestones_done", json!(true)),
        ("hours_reviewed", json!(true)),
        ("budget_reviewed", json!(true)),
        ("client_sign_off", json!("2026-11-20")),
    ] {
        team.call(
            "Mikko",
            "tick_item",
            json!({ "item_id": item, "value": value }),
        );
    }
    team.call("Mikko", "move_stage", json!({ "to": "closure" }));
    for (item, value) in [
        ("metrics_recorded", json!("92 % within an hour")),
        ("targets_met", json!("yes, both")),
        ("summary_meeting_held", json!("2026-11-25")),
        ("retrospective_held", json!("2026-11-26")),
        ("final_invoice_sent", json!(true)),
        ("documents_delivered", json!(true)),
        ("csat_asked", json!("2026-11-26")),
        ("reference_asked", json!(true)),
    ] {
        team.call(
            "Mikko",
            "tick_item",
            json!({ "item_id": item, "value": value }),
        );
    }
    let refusal = team.refused("Mikko", "move_stage", json!({ "to": "renewal" }));
    assert_eq!(ids(&refusal["open_items"]), ["account_handover_accepted"]);
    let maryam = team.maryam.clone();
    team.call("Mikko", "submit_handover", json!({ "receiver_id": maryam }));
    team.call("Maryam", "accept_handover", acceptance());
    let view = team.call("Maryam", "move_stage", json!({ "to": "renewal" }));
    assert_eq!(
        (view["stage"].as_str(), view["owner"].as_str()),
        (Some("renewal"), Some("Maryam"))
    );
    team.laptop.check();
}

#[test]
fn whoever_lacks_the_role_of_an_item_does_not_tick_it() {
    let mut team = Team::new(15);
    team.reach_kick_off();
    let tick = json!({ "item_id": "prepared_to_start", "value": true });
    assert_eq!(
        team.refused("Jo", "tick_item", tick.clone())["code"],
        "not_your_role"
    );
    assert_eq!(team.refused("", "tick_item", tick)["code"], "who_are_you");
    for (item, value, code) in [
        ("kick_off_held", json!("soon"), "value_invalid"),
        ("kick_off_held", json!(true), "value_invalid"),
        ("prepared_to_start", json!("yes"), "value_invalid"),
        ("channels_agreed", json!("  "), "value_invalid"),
        ("brief", json!(true), "item_not_ticked_by_hand"),
        ("handover_accepted", json!(true), "item_not_ticked_by_hand"),
        ("no_such_item", json!(true), "value_invalid"),
    ] {
        assert_eq!(
            team.refused(
                "Mikko",
                "tick_item",
                json!({ "item_id": item, "value": value })
            )["code"],
            code,
            "{item}"
        );
    }
}

#[test]
fn an_edit_after_reopening_breaks_what_was_accepted_but_not_what_was_written() {
    let mut team = Team::new(22);
    team.reach_kick_off();
    team.call(
        "Mikko",
        "reopen_handover",
        json!({ "reason": "The scope grew" }),
    );
    let scope = json!({ "points": { "scope": "Desk of six people" } });
    team.call("Ola", "fill_handover", scope);
    let view = team.view();
    let broken = view["breaches"][0]["item_ids"].as_array().unwrap();
    assert!(!broken.is_empty());
    assert!(!broken.contains(&json!("brief")), "{broken:?}");
}

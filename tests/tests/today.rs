//! Today: what waits for a person, in the order of what hurts first; and how an engagement ends and goes on.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use baton_tests::laptop::{Team, acceptance};
use serde_json::{Value, json};

fn kinds(team: &mut Team, person: &str) -> Vec<String> {
    let today = team.laptop.call(person, "today", json!({}));
    let rows = today["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| row["kind"].as_str().unwrap().to_owned())
        .collect()
}

fn waits_for_others(team: &mut Team, person: &str) -> Vec<Value> {
    let args = json!({ "kind": "waiting_for_answer" });
    let today = team.laptop.call(person, "today", args);
    today["rows"].as_array().unwrap().clone()
}

#[test]
fn a_new_deal_waits_for_its_seller_and_nobody_else() {
    let mut team = Team::new(801);
    assert_eq!(kinds(&mut team, "Ola"), ["open_items"]);
    assert!(kinds(&mut team, "Mikko").is_empty());
    let today = team.laptop.call("Ola", "today", json!({}));
    assert_eq!(today["count"], 1);
    assert!(today["rows"][0]["item_count"].as_u64().unwrap() > 3);
    assert_eq!(today["rows"][0]["item_ids"][0], "brief");
}

#[test]
fn a_window_of_no_rows_counts_and_shows_none() {
    let mut team = Team::new(814);
    let today = team.laptop.call("Ola", "today", json!({ "count": 0 }));
    assert_eq!((&today["count"], &today["rows"]), (&json!(1), &json!([])));
}

#[test]
fn a_submitted_handover_waits_for_its_receiver_and_the_seller_waits_for_them() {
    let mut team = Team::new(802);
    team.fill();
    let mikko = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": mikko }));
    assert_eq!(kinds(&mut team, "Mikko"), ["handover_to_accept"]);
    assert!(kinds(&mut team, "Ola").is_empty());
    assert_eq!(waits_for_others(&mut team, "Ola")[0]["person"], "Mikko");
}

#[test]
fn a_returned_handover_comes_first_and_says_who_returned_which_points() {
    let mut team = Team::new(803);
    team.fill();
    let mikko = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": mikko }));
    let comments = json!({ "comments": { "scope": "How many seats?" } });
    team.call("Mikko", "return_handover", comments);
    let today = team.laptop.call("Ola", "today", json!({}));
    let row = &today["rows"][0];
    assert_eq!(row["kind"], "returned_handover");
    assert_eq!(
        (&row["person"], &row["item_ids"]),
        (&json!("Mikko"), &json!(["scope"]))
    );
}

#[test]
fn what_hurts_first_comes_first() {
    let mut team = Team::new(804);
    team.hand_over();
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
    team.call(
        "Mikko",
        "tick_item",
        json!({ "item_id": "kick_off_held", "value": "2026-10-01" }),
    );
    team.call("Mikko", "set_contract_end", json!({ "on": "2026-12-31" }));
    team.call(
        "Ola",
        "untick_item",
        json!({ "item_id": "scope_confirmed" }),
    );
    let kinds = kinds(&mut team, "Mikko");
    assert_eq!(
        kinds,
        [
            "breach",
            "mood_check",
            "mood_check",
            "renewal",
            "open_items"
        ]
    );
}

#[test]
fn a_reading_takes_its_row_away() {
    let mut team = Team::new(805);
    team.hand_over();
    team.call(
        "Mikko",
        "tick_item",
        json!({ "item_id": "kick_off_held", "value": "2026-10-01" }),
    );
    let checks = |team: &mut Team| {
        kinds(team, "Mikko")
            .iter()
            .filter(|kind| *kind == "mood_check")
            .count()
    };
    assert_eq!(checks(&mut team), 2);
    team.call(
        "Mikko",
        "record_mood",
        json!({ "side": "client", "score": 5 }),
    );
    assert_eq!(checks(&mut team), 1);
}

#[test]
fn nobody_has_no_today() {
    let mut team = Team::new(806);
    assert_eq!(
        team.laptop.refused("", "today", json!({}))["code"],
        "who_are_you"
    );
}

#[test]
fn taking_over_begins_at_the_true_stage_and_the_gates_before_were_not_run() {
    let mut team = Team::new(807);
    let view = team.call("Ola", "take_over", json!({ "stage": "renewal" }));
    assert_eq!(
        (&view["stage"], &view["taken_over_at"]),
        (&json!("renewal"), &json!("renewal"))
    );
    assert_eq!(view["stages"][0]["state"], "not_run");
    assert_eq!(view["breaches"], json!([]));
    assert_eq!(view["overrides"], json!([]));
    team.laptop.check();
}

#[test]
fn an_engagement_that_was_decided_on_is_not_taken_over() {
    let mut team = Team::new(809);
    team.hand_over();
    let refusal = team.refused("Ola", "take_over", json!({ "stage": "renewal" }));
    assert_eq!(refusal["code"], "not_your_role");
    let refusal = team.refused("Liisa", "take_over", json!({ "stage": "renewal" }));
    assert_eq!(refusal["code"], "already_under_way");
    let unknown = Team::new(810).refused("Ola", "take_over", json!({ "stage": "nirvana" }));
    assert_eq!(unknown["code"], "value_invalid");
}

#[test]
fn a_take_over_is_undone_while_nothing_rests_on_it() {
    let mut team = Team::new(811);
    team.call("Ola", "take_over", json!({ "stage": "renewal" }));
    team.laptop.call("Ola", "undo", json!({}));
    assert_eq!(team.view()["stage"], "post-sales");
    let act = team.act("Ola", "take_over", json!({ "stage": "renewal" }));
    team.call("Ola", "move_stage", json!({ "to": "closure" }));
    let refusal = team.laptop.refused("Ola", "undo", json!({ "act_id": act }));
    assert_eq!(refusal["why"], "decided_since");
    team.laptop.check();
}

/// Taken over in renewal, with its checklist done but for the decision.
fn ready_to_renew(seed: u64) -> Team {
    let mut team = Team::new(seed);
    team.call("Ola", "take_over", json!({ "stage": "renewal" }));
    for (item, value) in [
        ("contact_next_quarter", json!(true)),
        ("satisfaction_checked", json!(4)),
        ("upsell_reviewed", json!("More seats in spring")),
    ] {
        team.call(
            "Ola",
            "tick_item",
            json!({ "item_id": item, "value": value }),
        );
    }
    team
}

#[test]
fn a_renewal_opens_the_next_engagement_linked_to_this_one() {
    let mut team = ready_to_renew(812);
    let decision =
        json!({ "outcome": "expanded", "value_minor": 2_000_000, "contract_end_on": "2027-12-31" });
    let reply = team.call("Ola", "decide_renewal", decision);
    let next = reply["next_id"].clone();
    assert_eq!(reply["engagement"]["status"], "renewed");
    assert_eq!(reply["engagement"]["next_id"], next);
    let view = team
        .laptop
        .call("Ola", "engagement", json!({ "engagement_id": next }));
    assert_eq!(view["previous_id"], json!(team.engagement));
    assert_eq!(
        (&view["stage"], &view["value_minor"]),
        (&json!("post-sales"), &json!(2_000_000))
    );
    assert_eq!(
        (&view["owner"], &view["account"]),
        (&json!("Ola"), &json!("Gekko & Co"))
    );
    assert!(view["signed_on"].is_string());
    team.laptop.check();
}

/// Absent means the same as before, null that it is not known yet.
#[test]
fn the_next_engagement_is_worth_the_same_as_typed_or_not_known_yet() {
    let sums = [
        (
            json!({}),
            json!({ "minor": 1_250_000, "currency": "EUR", "digits": 2 }),
        ),
        (
            json!({ "value_minor": 2_000_000 }),
            json!({ "minor": 2_000_000, "currency": "EUR", "digits": 2 }),
        ),
        (json!({ "value_minor": null }), Value::Null),
    ];
    for (seed, (mut decision, value)) in (830..).zip(sums) {
        let mut team = ready_to_renew(seed);
        decision["outcome"] = json!("renewed");
        let next = team.call("Ola", "decide_renewal", decision.clone())["next_id"].clone();
        let args = json!({ "engagement_id": next });
        let view = team.laptop.call("Ola", "engagement", args);
        assert_eq!(view["value"], value, "{decision}");
        let currency = value.get("currency").unwrap_or(&Value::Null);
        assert_eq!(view["currency"], *currency, "{decision}");
        team.laptop.check();
    }
    let mut team = ready_to_renew(833);
    let refusal = team.refused(
        "Ola",
        "decide_renewal",
        json!({ "outcome": "renewed", "value_minor": -1 }),
    );
    assert_eq!(refusal["code"], "value_invalid");
}

#[test]
fn a_renewal_goes_through_its_gate() {
    let mut team = Team::new(813);
    let refusal = team.refused("Ola", "decide_renewal", json!({ "outcome": "renewed" }));
    assert_eq!(refusal["code"], "not_in_renewal");
    team.call("Ola", "take_over", json!({ "stage": "renewal" }));
    let refusal = team.refused("Ola", "decide_renewal", json!({ "outcome": "renewed" }));
    assert_eq!(refusal["code"], "gate_closed");
    let open: Vec<&str> = refusal["open_items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        open,
        [
            "contact_next_quarter",
            "satisfaction_checked",
            "upsell_reviewed"
        ]
    );
}

#[test]
fn a_decision_is_not_ticked_by_hand_and_not_decided_twice() {
    let mut team = ready_to_renew(814);
    let tick = json!({ "item_id": "renewal_decision", "value": "renewed" });
    assert_eq!(
        team.refused("Ola", "tick_item", tick)["code"],
        "item_not_ticked_by_hand"
    );
    team.call("Ola", "decide_renewal", json!({ "outcome": "renewed" }));
    let again = team.refused(
        "Ola",
        "decide_renewal",
        json!({ "outcome": "churned", "churn_reason": "price" }),
    );
    assert_eq!(again["code"], "already_ended");
}

#[test]
fn an_undone_renewal_takes_the_next_engagement_with_it() {
    let mut team = ready_to_renew(815);
    let reply = team.call("Ola", "decide_renewal", json!({ "outcome": "renewed" }));
    team.laptop.call("Ola", "undo", json!({}));
    assert_eq!(team.view()["status"], "active");
    let args = json!({ "engagement_id": reply["next_id"] });
    assert_eq!(team.laptop.call("Ola", "engagement", args)["deleted"], true);
    team.laptop.check();
}

#[test]
fn leaving_needs_a_reason_and_other_needs_words() {
    let mut team = Team::new(816);
    for args in [
        json!({ "outcome": "churned" }),
        json!({ "outcome": "churned", "churn_reason": "other" }),
        json!({ "outcome": "ended", "note": " " }),
    ] {
        assert_eq!(
            team.refused("Ola", "decide_renewal", args)["code"],
            "reason_missing"
        );
    }
    let refusal = team.refused(
        "Mikko",
        "decide_renewal",
        json!({ "outcome": "ended", "note": "x" }),
    );
    assert_eq!(refusal["code"], "not_your_role");
}

#[test]
fn the_state_of_a_client_follows_its_engagements() {
    let mut team = Team::new(817);
    let state = |team: &mut Team| {
        let list = team
            .laptop
            .call("", "list_accounts", json!({ "from": 0, "count": 5 }));
        list["rows"][0]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&mut team), "active");
    team.call(
        "Ola",
        "decide_renewal",
        json!({ "outcome": "ended", "note": "The project is over" }),
    );
    assert_eq!(state(&mut team), "dormant");
    team.laptop.call("Ola", "undo", json!({}));
    team.call(
        "Ola",
        "decide_renewal",
        json!({ "outcome": "churned", "churn_reason": "price" }),
    );
    assert_eq!(state(&mut team), "churned");
    let args = json!({ "account": "Gekko & Co", "name": "Back again", "template_id": null });
    team.laptop.call("Ola", "create_engagement", args);
    assert_eq!(state(&mut team), "active");
    let filtered = json!({ "state": "churned", "from": 0, "count": 5 });
    assert_eq!(team.laptop.call("", "list_accounts", filtered)["count"], 0);
}

#[test]
fn an_override_opens_the_renewal_s_checklist_but_not_its_decision() {
    let mut team = Team::new(818);
    team.call("Ola", "take_over", json!({ "stage": "renewal" }));
    team.call(
        "Ola",
        "override_gate",
        json!({ "reason": "They signed at the fair" }),
    );
    let again = team.refused("Ola", "override_gate", json!({ "reason": "And this too" }));
    assert_eq!(
        (&again["code"], &again["how"]),
        (&json!("item_not_ticked_by_hand"), &json!("decision"))
    );
    let reply = team.call("Ola", "decide_renewal", json!({ "outcome": "renewed" }));
    assert_eq!(reply["engagement"]["status"], "renewed");
    let items = reply["engagement"]["overrides"][0]["item_ids"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert!(!items.contains(&json!("renewal_decision")), "{items:?}");
    team.laptop.check();
}

#[test]
fn what_ended_neither_moves_nor_is_handed_over_until_the_decision_is_undone() {
    let mut team = Team::new(834);
    team.reach_kick_off();
    let decision = json!({ "outcome": "churned", "churn_reason": "price" });
    team.call("Liisa", "decide_renewal", decision);
    let receiver = team.maryam.clone();
    for (name, args) in [
        ("move_stage", json!({ "to": "post-sales" })),
        ("move_stage", json!({ "to": "execution" })),
        ("override_gate", json!({ "reason": "Never mind" })),
        ("submit_handover", json!({ "receiver_id": receiver })),
        ("reopen_handover", json!({ "reason": "Once more" })),
        ("set_contract_end", json!({ "on": "2027-12-31" })),
        ("take_over", json!({ "stage": "renewal" })),
    ] {
        let refusal = team.refused("Liisa", name, args);
        assert_eq!(refusal["code"], "already_ended", "{name}");
    }
    let view = team.call("Liisa", "engagement", json!({}));
    let can = &view["handover"]["can"];
    assert_eq!(
        (&can["submit"], &can["reopen"]),
        (&json!(false), &json!(false)),
        "{can}"
    );
    // What is learned late is still written down.
    team.tick_kick_off();
    team.call(
        "Mikko",
        "record_mood",
        json!({ "side": "client", "score": 3 }),
    );
    team.laptop.call("Liisa", "undo", json!({}));
    team.call("Liisa", "set_contract_end", json!({ "on": "2027-12-31" }));
    team.call("Liisa", "move_stage", json!({ "to": "execution" }));
    assert_eq!(team.view()["stage"], "execution");
    team.laptop.check();
}

#[test]
fn a_handover_that_waits_when_the_engagement_ends_is_left_as_it_is() {
    let mut team = Team::new(846);
    team.fill();
    let receiver = json!({ "receiver_id": team.mikko.clone() });
    let offer = team.act("Ola", "submit_handover", receiver);
    let decision = json!({ "outcome": "churned", "churn_reason": "price" });
    let end = team.act("Liisa", "decide_renewal", decision);
    for (person, name, args) in [
        ("Mikko", "accept_handover", acceptance()),
        (
            "Mikko",
            "return_handover",
            json!({ "comments": { "scope": "Which desk?" } }),
        ),
        ("Ola", "withdraw_handover", json!({})),
        ("Jo", "verify_brief", json!({})),
        (
            "Ola",
            "fill_handover",
            json!({ "points": { "scope": "More" } }),
        ),
    ] {
        let refusal = team.refused(person, name, args);
        assert_eq!(refusal["code"], "already_ended", "{name}");
    }
    let undo = json!({ "act_id": offer });
    assert_eq!(
        team.laptop.refused("Ola", "undo", undo)["code"],
        "already_ended"
    );
    let can = team.call("Mikko", "engagement", json!({}))["handover"]["can"].clone();
    assert!(
        can.as_object()
            .unwrap()
            .values()
            .all(|open| *open == json!(false)),
        "{can}"
    );
    team.laptop.call("Liisa", "undo", json!({ "act_id": end }));
    team.call("Jo", "verify_brief", json!({}));
    team.call("Mikko", "accept_handover", acceptance());
    team.laptop.check();
}

#[test]
fn another_currency_of_a_renewal_needs_the_value_in_it() {
    let mut team = ready_to_renew(835);
    let decision = json!({ "outcome": "renewed", "currency": "JPY" });
    let refusal = team.refused("Ola", "decide_renewal", decision);
    assert_eq!(
        (&refusal["code"], &refusal["field"], &refusal["expected"]),
        (
            &json!("value_invalid"),
            &json!("currency"),
            &json!("with_value")
        )
    );
    let sentence = refusal["sentence"].as_str().unwrap();
    assert!(
        sentence.starts_with("Another currency needs the value"),
        "{sentence}"
    );
    let yen = json!({ "minor": 150_000, "currency": "JPY", "digits": 0 });
    let same = json!({ "minor": 1_250_000, "currency": "EUR", "digits": 2 });
    for (seed, args, value) in [
        (836, json!({ "currency": "EUR" }), same),
        (
            837,
            json!({ "currency": "JPY", "value_minor": 150_000 }),
            yen,
        ),
        (
            838,
            json!({ "currency": "JPY", "value_minor": null }),
            Value::Null,
        ),
    ] {
        let mut team = ready_to_renew(seed);
        let mut decision = args;
        decision["outcome"] = json!("renewed");
        let next = team.call("Ola", "decide_renewal", decision.clone())["next_id"].clone();
        let view = team
            .laptop
            .call("Ola", "engagement", json!({ "engagement_id": next }));
        assert_eq!(view["value"], value, "{decision}");
    }
}

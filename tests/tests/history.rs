//! Undo, redo, history and restore: everything typed is kept, and everything can be taken back by its author.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_tests::laptop::{Laptop, Team};
use serde_json::json;

#[test]
fn an_undo_gives_the_value_before_and_a_redo_the_value_after() {
    let mut team = Team::new(301);
    team.call(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "first" } }),
    );
    let act = team.act(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "second" } }),
    );
    let scope = |team: &mut Team| {
        let view = team.view();
        let points = view["handover"]["points"].as_array().unwrap().clone();
        points
            .into_iter()
            .find(|point| point["id"] == "scope")
            .unwrap()["value"]
            .clone()
    };
    team.laptop.call("Ola", "undo", json!({ "act_id": act }));
    assert_eq!(scope(&mut team), "first");
    team.laptop.call("Ola", "redo", json!({}));
    assert_eq!(scope(&mut team), "second");
    team.laptop.call("Ola", "undo", json!({}));
    assert_eq!(scope(&mut team), "first");
    team.laptop.check();
}

#[test]
fn an_undo_leaves_what_a_colleague_changed_since_and_names_it() {
    let mut team = Team::new(302);
    let act = team.act(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "Ola", "concerns": "Ola" } }),
    );
    team.call(
        "Jo",
        "fill_handover",
        json!({ "points": { "scope": "Jo" } }),
    );
    let reply = team.laptop.call("Ola", "undo", json!({ "act_id": act }));
    assert_eq!(reply["left"], json!([{ "field": "scope", "by": "Jo" }]));
    assert_eq!(reply["undone"], 1);
}

#[test]
fn another_persons_act_an_undone_act_and_the_first_act_are_not_undone() {
    let mut team = Team::new(303);
    let act = team.act("Ola", "rename_engagement", json!({ "name": "New" }));
    let why = |refusal: serde_json::Value| refusal["why"].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        why(team.laptop.refused("Jo", "undo", json!({ "act_id": act }))),
        "another_person"
    );
    team.laptop.call("Ola", "undo", json!({ "act_id": act }));
    assert_eq!(
        why(team.laptop.refused("Ola", "undo", json!({ "act_id": act }))),
        "already_undone"
    );
}

#[test]
fn a_move_is_undone_and_the_handover_stays_accepted() {
    let mut team = Team::new(304);
    team.hand_over();
    let act = team.act("Mikko", "move_stage", json!({ "to": "kick-off" }));
    team.laptop.call("Mikko", "undo", json!({ "act_id": act }));
    let view = team.view();
    assert_eq!(
        (view["stage"].as_str(), view["owner"].as_str()),
        (Some("post-sales"), Some("Mikko"))
    );
    team.laptop.call("Mikko", "redo", json!({}));
    assert_eq!(team.view()["stage"], "kick-off");
}

#[test]
fn a_whole_import_is_one_act_and_is_undone_and_redone_as_one() {
    let mut laptop = Laptop::new(305);
    laptop.call(
        "",
        "create_person",
        json!({ "name": "Ola", "roles": ["sales"] }),
    );
    let csv: String = (0..120)
        .map(|row| format!("A-{row},Client {},Won,2026-01-31,{row}00\n", row % 9))
        .collect();
    let content = BASE64.encode(format!("deal id,account,stage,close date,amount\n{csv}"));
    let act = laptop.act("Ola", "import_deals", json!({ "content_base64": content }));
    let count = |laptop: &mut Laptop| {
        laptop.call("Ola", "list_engagements", json!({ "from": 0, "count": 1 }))["count"]
            .as_u64()
            .unwrap()
    };
    assert_eq!(count(&mut laptop), 120);
    laptop.call("Ola", "undo", json!({ "act_id": act }));
    assert_eq!(count(&mut laptop), 0);
    laptop.call("Ola", "redo", json!({ "act_id": act }));
    assert_eq!(count(&mut laptop), 120);
    laptop.check();
}

#[test]
fn the_history_says_who_did_what_and_what_was_there_before() {
    let mut team = Team::new(306);
    team.call("Ola", "rename_engagement", json!({ "name": "Second name" }));
    let history = team.call("Jo", "history", json!({}));
    let act = &history["rows"][0];
    assert_eq!(
        (
            act["command"].as_str(),
            act["person"].as_str(),
            act["can_undo"].as_bool()
        ),
        (Some("rename_engagement"), Some("Ola"), Some(false))
    );
    let change = &act["changes"][0];
    assert_eq!(
        (
            change["field"].as_str(),
            &change["before"],
            &change["value"]
        ),
        (Some("name"), &json!("Support desk"), &json!("Second name"))
    );
    assert_eq!(history["count"], 2);
}

#[test]
fn restoring_an_earlier_value_is_a_new_act_through_the_same_rules() {
    let mut team = Team::new(307);
    team.call(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "first" } }),
    );
    team.call(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "second" } }),
    );
    let history = team.call("Ola", "history", json!({}));
    let first = history["rows"][1]["changes"][0].clone();
    assert_eq!(first["can_restore"], true);
    let operation = json!({ "operation_id": first["operation_id"] });
    let view = team.laptop.call("Ola", "restore", operation.clone());
    let scope = view["handover"]["points"]
        .as_array()
        .unwrap()
        .iter()
        .find(|point| point["id"] == "scope")
        .unwrap();
    assert_eq!(scope["value"], "first");
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    let second = history["rows"][0]["changes"][0]["operation_id"].clone();
    let refusal = team
        .laptop
        .refused("Ola", "restore", json!({ "operation_id": second }));
    assert_eq!(refusal["code"], "handover_already_submitted");
}

#[test]
fn a_deleted_engagement_comes_back_whole() {
    let mut team = Team::new(308);
    team.hand_over();
    let before = team.view();
    let act = team.act("Mikko", "delete_engagement", json!({}));
    assert_eq!(team.view()["deleted"], true);
    team.laptop.call("Mikko", "undo", json!({ "act_id": act }));
    let after = team.view();
    assert_eq!(after["deleted"], false);
    assert_eq!(after["handover"]["points"], before["handover"]["points"]);
}

#[test]
fn an_undone_submission_and_an_undone_acceptance_go_back_to_where_they_came_from() {
    let mut team = Team::new(309);
    team.fill();
    team.call("Jo", "verify_brief", json!({}));
    let receiver = team.mikko.clone();
    let submit = team.act("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    team.laptop.call("Ola", "undo", json!({ "act_id": submit }));
    assert_eq!(team.view()["handover"]["state"], "draft");
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    let accept = team.act(
        "Mikko",
        "accept_handover",
        baton_tests::laptop::acceptance(),
    );
    team.laptop
        .call("Mikko", "undo", json!({ "act_id": accept }));
    let view = team.view();
    assert_eq!(
        (view["owner"].as_str(), view["handover"]["state"].as_str()),
        (Some("Ola"), Some("submitted"))
    );
    team.laptop.call("Mikko", "redo", json!({}));
    assert_eq!(team.view()["owner"], "Mikko");
}

#[test]
fn the_act_that_set_the_workspace_up_stays_and_a_changed_currency_goes_back() {
    let mut laptop = Laptop::new(310);
    let args = json!({ "name": "Ola", "roles": ["sales"] });
    let first = laptop.act("", "create_person", args);
    let refusal = laptop.refused("Ola", "undo", json!({ "act_id": first }));
    assert_eq!(refusal["why"], "foundation");
    laptop.call("Ola", "choose_currency", json!({ "currency": "PLN" }));
    laptop.call("Ola", "choose_currency", json!({ "currency": "EUR" }));
    let reply = laptop.call("Ola", "undo", json!({}));
    assert_eq!(reply["command"], "choose_currency");
    let session = laptop.call("Ola", "session", json!({}));
    assert_eq!(session["workspace"]["currency"], "PLN");
}

#[test]
fn restoring_delivery_s_word_on_a_promise_needs_delivery() {
    let mut team = Team::new(310);
    let promise = json!({ "kind": "date", "wording": "by March" });
    let view = team.call("Ola", "log_promise", promise);
    let id = view["promises"][0]["id"].clone();
    for verdict in ["feasible", "not_feasible"] {
        let args = json!({ "promise_id": id, "verdict": verdict });
        team.laptop.call("Mikko", "judge_promise", args);
    }
    let history = team.call("Ola", "history", json!({}));
    let feasible = &history["rows"][1]["changes"][0];
    assert_eq!(feasible["value"], "feasible");
    let operation = json!({ "operation_id": feasible["operation_id"] });
    let refusal = team.laptop.refused("Ola", "restore", operation.clone());
    assert_eq!(refusal["code"], "not_your_role");
    let view = team.laptop.call("Mikko", "restore", operation);
    assert_eq!(view["promises"][0]["verdict"], "feasible");
}

#[test]
fn nothing_is_restored_in_a_deleted_engagement() {
    let mut team = Team::new(311);
    team.call("Ola", "rename_engagement", json!({ "name": "Second" }));
    team.call("Ola", "rename_engagement", json!({ "name": "Third" }));
    let history = team.call("Ola", "history", json!({}));
    let second = history["rows"][1]["changes"][0]["operation_id"].clone();
    team.call("Ola", "delete_engagement", json!({}));
    let refusal = team
        .laptop
        .refused("Ola", "restore", json!({ "operation_id": second }));
    assert_eq!(refusal["code"], "engagement_deleted");
}

#[test]
fn an_undo_does_not_edit_a_form_that_waits_for_its_receiver() {
    let mut team = Team::new(312);
    team.fill();
    let fill = team.act(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "Desk of five people" } }),
    );
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    let refusal = team
        .laptop
        .refused("Ola", "undo", json!({ "act_id": fill }));
    assert_eq!(refusal["code"], "handover_already_submitted");
}

#[test]
fn nobody_restores_roles_that_were_taken_from_them() {
    let mut team = Team::new(313);
    let mikko = team.mikko.clone();
    for roles in [
        json!(["project_manager", "lead"]),
        json!(["project_manager"]),
    ] {
        let args = json!({ "person_id": mikko, "roles": roles });
        team.laptop.call("Liisa", "update_person", args);
    }
    // The history of people is not shown, but an operation's id can be guessed: it is the last but one.
    let dump = team.laptop.dump();
    let reach = dump.lines().last().unwrap();
    let reach: serde_json::Value = serde_json::from_str(reach).unwrap();
    let seq = reach["have"].as_u64().unwrap() - 1;
    let operation = format!("{}:{seq}", reach["device"].as_str().unwrap());
    let args = json!({ "operation_id": operation });
    let refusal = team.laptop.refused("Mikko", "restore", args.clone());
    assert_eq!(refusal["code"], "not_your_role");
    team.laptop.call("Liisa", "restore", args);
}

/// The history is no way around who may say when a contract ends, or when somebody is away.
#[test]
fn what_one_may_not_set_one_may_not_restore() {
    let mut team = Team::new(317);
    let people = team.laptop.call("", "people", json!({}));
    let mut people = people.as_array().unwrap().iter();
    let ola = people.find(|row| row["name"] == "Ola").unwrap()["id"].clone();
    let away = |team: &mut Team, absences: serde_json::Value| {
        let args = json!({ "person_id": ola, "absences": absences });
        team.laptop.call("Ola", "set_absences", args)
    };
    away(&mut team, json!(["2026-12-24"]));
    team.call("Ola", "set_contract_end", json!({ "on": "2027-06-30" }));
    away(&mut team, json!([]));
    team.call("Ola", "set_contract_end", json!({ "on": "2027-12-31" }));
    let history = team.call("Ola", "history", json!({}));
    let operation = history["rows"][1]["changes"][0]["operation_id"]
        .as_str()
        .unwrap();
    // The operation before it in the log says when Ola is away.
    let (device, seq) = operation.rsplit_once(':').unwrap();
    let before = format!("{device}:{}", seq.parse::<u64>().unwrap() - 1);
    for operation in [operation, &before] {
        let args = json!({ "operation_id": operation });
        let refusal = team.laptop.refused("Mikko", "restore", args.clone());
        assert_eq!(refusal["code"], "not_your_role", "{operation}");
        team.laptop.call("Ola", "restore", args);
    }
    assert_eq!(team.view()["contract_end_on"], "2027-06-30");
    let people = team.laptop.call("", "people", json!({}));
    let mut people = people.as_array().unwrap().iter();
    let ola = people.find(|row| row["name"] == "Ola").unwrap();
    assert_eq!(ola["absences"], json!(["2026-12-24"]));
    team.laptop.check();
}

#[test]
fn a_move_that_a_later_one_followed_is_not_undone() {
    let mut team = Team::new(314);
    team.hand_over();
    let act = team.act("Mikko", "move_stage", json!({ "to": "kick-off" }));
    team.tick_kick_off();
    team.call("Mikko", "move_stage", json!({ "to": "execution" }));
    let refusal = team
        .laptop
        .refused("Mikko", "undo", json!({ "act_id": act }));
    assert_eq!(
        (refusal["code"].as_str(), refusal["why"].as_str()),
        (Some("cannot_undo"), Some("decided_since"))
    );
}

/// A deal whose seller was corrected by a later export.
fn deal_of_two_sellers(seed: u64) -> (Laptop, String) {
    let mut laptop = Laptop::new(seed);
    let liisa = json!({ "name": "Liisa", "roles": ["lead"] });
    laptop.call("", "create_person", liisa);
    for seller in ["Iris", "Piotr"] {
        let csv = format!(
            "deal id,account,owner,stage,close date,amount\nD-1,Lumen,{seller},Won,2026-10-31,5\n"
        );
        let content = json!({ "content_base64": BASE64.encode(csv) });
        laptop.call("Liisa", "import_deals", content);
    }
    let list = laptop.call("", "list_engagements", json!({ "from": 0, "count": 1 }));
    let id = list["rows"][0]["id"].as_str().unwrap().to_owned();
    (laptop, id)
}

#[test]
fn naming_another_seller_corrects_who_sold_it_and_passes_nothing_on() {
    let (mut laptop, id) = deal_of_two_sellers(320);
    let view = laptop.call("Iris", "engagement", json!({ "engagement_id": id }));
    assert_eq!(view["owner"], "Iris");
    laptop.check();
}

#[test]
fn the_history_neither_shows_notes_of_an_import_nor_gives_a_seller_back() {
    let (mut laptop, id) = deal_of_two_sellers(321);
    let history = laptop.call("Iris", "history", json!({ "engagement_id": id }));
    let changes = history["rows"][0]["changes"].as_array().unwrap().clone();
    let fields: Vec<_> = changes.iter().map(|change| &change["field"]).collect();
    assert_eq!(fields, ["seller"]);
    // Back and forth, so that the operation in question is no longer the value in force.
    let act = &history["rows"][0]["act_id"];
    laptop.call("Liisa", "undo", json!({ "act_id": act }));
    let history = laptop.call("Iris", "history", json!({ "engagement_id": id }));
    let rows = history["rows"].as_array().unwrap().clone();
    for change in rows
        .iter()
        .flat_map(|row| row["changes"].as_array().unwrap())
    {
        if change["field"] == "seller" {
            assert_eq!(change["can_restore"], false);
            let args = json!({ "operation_id": change["operation_id"] });
            let error = laptop.refused("Iris", "restore", args);
            assert_eq!(error["code"], "not_found");
        }
    }
}

#[test]
fn the_history_does_not_offer_to_undo_what_everything_rests_on() {
    let mut laptop = Laptop::new(322);
    laptop.call("", "load_sample", json!({ "engagements": 1 }));
    let list = laptop.call("", "list_engagements", json!({ "from": 0, "count": 1 }));
    let history = laptop.call(
        "Liisa Korhonen",
        "history",
        json!({ "engagement_id": list["rows"][0]["id"] }),
    );
    assert_eq!(history["rows"][0]["can_undo"], false);
    let session = laptop.call("", "session", json!({}));
    assert_eq!(session["workspace"]["currency"], "EUR");
}

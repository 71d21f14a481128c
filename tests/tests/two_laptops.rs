//! Two and more laptops that exchange bundles: whatever they hold alike, they show alike.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_tests::laptop::{Laptop, NOON, Team, acceptance};
use serde_json::json;

/// A second laptop that joined with a bundle.
fn colleague_of(team: &mut Team, seed: u64) -> Laptop {
    let mut other = Laptop::new(seed);
    let bundle = team.laptop.bundle();
    other.receive(&bundle);
    other
}

fn exchange(left: &mut Laptop, right: &mut Laptop) {
    let (from_left, from_right) = (left.bundle(), right.bundle());
    left.receive(&from_right);
    right.receive(&from_left);
}

#[test]
fn a_store_without_operations_joins_with_its_first_bundle() {
    let mut team = Team::new(201);
    let mut other = colleague_of(&mut team, 202);
    assert!(team.laptop.dump() == other.dump());
    other.check();
}

#[test]
fn edits_on_both_meet_in_equal_dumps_in_any_order_and_repeated() {
    let mut team = Team::new(203);
    let mut other = colleague_of(&mut team, 204);
    let of = |args: serde_json::Value| team.of(args);
    let (fill_here, fill_there) = (
        of(json!({ "points": { "scope": "here", "concerns": "none" } })),
        of(json!({ "points": { "scope": "there" } })),
    );
    team.laptop.call("Ola", "fill_handover", fill_here);
    other.clock.set(NOON + 60_000);
    other.call("Jo", "fill_handover", fill_there);
    other.call(
        "Jo",
        "create_engagement",
        json!({ "account": "Gekko & Co", "name": "Second", "template_id": null }),
    );
    let (old, new) = (team.laptop.bundle(), {
        team.call(
            "Ola",
            "tick_item",
            json!({ "item_id": "scope_confirmed", "value": "confirmed" }),
        );
        team.laptop.bundle()
    });
    let from_other = other.bundle();
    // The newer bundle first, then the older one, twice.
    for bundle in [&new, &old, &new] {
        other.receive(bundle);
    }
    for _ in 0..2 {
        team.laptop.receive(&from_other);
    }
    assert!(team.laptop.dump() == other.dump());
    team.laptop.check();
    other.check();
}

#[test]
fn of_two_values_written_at_the_same_time_one_wins_everywhere_and_the_other_stays_visible() {
    let mut team = Team::new(205);
    let mut other = colleague_of(&mut team, 206);
    let there = team.of(json!({ "points": { "scope": "there" } }));
    team.call(
        "Ola",
        "fill_handover",
        json!({ "points": { "scope": "here" } }),
    );
    other.clock.set(NOON + 60_000);
    other.call("Jo", "fill_handover", there);
    exchange(&mut team.laptop, &mut other);
    let scope = |view: serde_json::Value| {
        view["handover"]["points"]
            .as_array()
            .unwrap()
            .iter()
            .find(|point| point["id"] == "scope")
            .unwrap()
            .clone()
    };
    let here = scope(team.view());
    let args = team.of(json!({}));
    let there = scope(other.call("Ola", "engagement", args));
    assert_eq!(
        (&here["value"], &here["other_values"]),
        (&json!("there"), &json!(["here"]))
    );
    assert_eq!(
        (&there["value"], &there["other_values"]),
        (&here["value"], &here["other_values"])
    );
    let history = team.call("Ola", "history", json!({}));
    let lost = history["rows"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|act| act["changes"].as_array().unwrap())
        .find(|change| change["lost"] == true);
    let operation = lost.expect("the history shows the value that lost")["operation_id"].clone();
    // Restoring it decides between both, so that nothing is left open.
    team.laptop
        .call("Ola", "restore", json!({ "operation_id": operation }));
    let scope = scope(team.view());
    assert_eq!(
        (&scope["value"], &scope["other_values"]),
        (&json!("here"), &json!([]))
    );
}

#[test]
fn an_untick_elsewhere_shows_as_a_breach_and_is_never_silently_undone() {
    let mut team = Team::new(207);
    team.hand_over();
    let mut other = colleague_of(&mut team, 208);
    let untick = team.of(json!({ "item_id": "scope_confirmed" }));
    other.call("Ola", "untick_item", untick);
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
    exchange(&mut team.laptop, &mut other);
    let view = team.view();
    assert_eq!(
        (view["stage"].as_str(), view["effective_stage"].as_str()),
        (Some("kick-off"), Some("post-sales"))
    );
    assert_eq!(view["breaches"][0]["item_ids"], json!(["scope_confirmed"]));
    assert!(team.laptop.dump() == other.dump());
    team.call("Mikko", "move_stage", json!({ "to": "post-sales" }));
    team.call(
        "Ola",
        "tick_item",
        json!({ "item_id": "scope_confirmed", "value": "redefined" }),
    );
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
    assert_eq!(team.view()["breaches"], json!([]));
}

#[test]
fn a_point_edited_elsewhere_while_the_move_was_made_breaks_the_gate_and_a_later_edit_does_not() {
    let mut team = Team::new(209);
    team.fill();
    team.call("Jo", "verify_brief", json!({}));
    team.call(
        "Ola",
        "tick_item",
        json!({ "item_id": "scope_meeting_held", "value": "2026-11-01" }),
    );
    team.call(
        "Ola",
        "tick_item",
        json!({ "item_id": "scope_confirmed", "value": "confirmed" }),
    );
    let mut other = colleague_of(&mut team, 210);
    let receiver = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
    team.call("Mikko", "accept_handover", acceptance());
    team.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
    let edit = team.of(json!({ "points": { "scope": "twice as much" } }));
    other.call("Ola", "fill_handover", edit);
    exchange(&mut team.laptop, &mut other);
    assert_eq!(team.view()["effective_stage"], "post-sales");
    assert!(team.laptop.dump() == other.dump());
}

#[test]
fn two_acceptances_of_two_offers_leave_one_owner_on_every_laptop() {
    let mut team = Team::new(211);
    team.fill();
    team.call("Jo", "verify_brief", json!({}));
    let petra = team.laptop.call(
        "",
        "create_person",
        json!({ "name": "Petra", "roles": ["project_manager"] }),
    );
    let mut other = colleague_of(&mut team, 212);
    let mikko = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": mikko }));
    team.call("Mikko", "accept_handover", acceptance());
    other.clock.set(NOON + 90_000);
    let submit = team.of(json!({ "receiver_id": petra }));
    let accept = team.of(acceptance());
    other.call("Ola", "submit_handover", submit);
    other.call("Petra", "accept_handover", accept);
    exchange(&mut team.laptop, &mut other);
    assert_eq!(
        team.view()["owner"],
        "Mikko",
        "the earlier acceptance counts"
    );
    assert!(team.laptop.dump() == other.dump());
}

#[test]
fn a_preview_of_a_bundle_says_what_it_brings_and_writes_nothing() {
    let mut team = Team::new(213);
    let mut other = colleague_of(&mut team, 214);
    team.call("Ola", "rename_engagement", json!({ "name": "Renamed" }));
    let (bundle, before) = (team.laptop.bundle(), other.dump());
    let preview = other.call(
        "",
        "import_bundle",
        json!({ "content_base64": bundle, "preview": true }),
    );
    assert_eq!(
        (
            preview["new_operations"].as_u64(),
            preview["acts"][0]["command"].as_str()
        ),
        (Some(1), Some("rename_engagement"))
    );
    assert!(before == other.dump());
}

#[test]
fn a_cut_altered_foreign_newer_or_strange_bundle_is_refused_whole() {
    let mut team = Team::new(215);
    let mut other = colleague_of(&mut team, 216);
    team.call("Ola", "rename_engagement", json!({ "name": "Renamed" }));
    let good = BASE64.decode(team.laptop.bundle()).unwrap();
    let mut foreign = Laptop::new(217);
    foreign.call(
        "",
        "create_person",
        json!({ "name": "Ann", "roles": ["sales"] }),
    );
    let mut altered = good.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let mut newer = good.clone();
    newer[4] = 9;
    let cases = [
        (good[..good.len() / 2].to_vec(), "torn"),
        (Vec::new(), "torn"),
        (altered, "altered"),
        (newer, "newer_version"),
        (b"opportunity_id,account\n".to_vec(), "not_a_bundle"),
        (BASE64.decode(foreign.bundle()).unwrap(), "not_ours"),
    ];
    for (bytes, code) in cases {
        let error = other.refused(
            "",
            "import_bundle",
            json!({ "content_base64": BASE64.encode(bytes) }),
        );
        assert_eq!(error["code"], code);
        assert!(error["sentence"].as_str().unwrap().len() > 20, "{error}");
    }
    other.check();
}

#[test]
fn a_laptop_set_back_to_an_older_copy_does_not_write_two_acts_at_one_place() {
    let mut team = Team::new(218);
    let copy = team.laptop.folder.path().join("copy.sqlite");
    team.laptop.store.backup(&copy).unwrap();
    team.call(
        "Ola",
        "rename_engagement",
        json!({ "name": "After the copy" }),
    );
    let mut other = colleague_of(&mut team, 219);
    // The same laptop, from the copy.
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::copy(&copy, folder.path().join("baton.sqlite")).unwrap();
    let clock = team.laptop.clock.clone();
    let environment = baton_core::Environment {
        clock: std::sync::Arc::new(clock.clone()),
        randomness: std::sync::Arc::new(baton_core::clock::SeededRandomness::new(220)),
    };
    let store = baton_core::Store::open_with(folder.path(), environment).unwrap();
    let mut restored = Laptop {
        store,
        clock,
        folder,
    };
    let args = team.of(json!({ "name": "Written on the copy" }));
    restored.call("Ola", "rename_engagement", args);
    let forked = restored.bundle();
    let error = other.refused("", "import_bundle", json!({ "content_base64": forked }));
    assert_eq!(error["code"], "fork");
}

#[test]
fn a_value_that_had_seen_another_wins_over_one_that_had_not_however_far_back_its_clock_is() {
    let mut team = Team::new(221);
    let mut other = colleague_of(&mut team, 222);
    let fill = |team: &Team, value: &str| team.of(json!({ "points": { "scope": value } }));
    let first = fill(&team, "first");
    team.laptop.call("Ola", "fill_handover", first);
    let bundle = team.laptop.bundle();
    other.receive(&bundle);
    let years = 10 * 31_557_600_000;
    other.clock.set(NOON - years);
    let seen = fill(&team, "had seen the first");
    other.call("Jo", "fill_handover", seen);
    team.laptop.clock.set(NOON + years);
    let unseen = fill(&team, "had not seen the colleague's");
    team.laptop.call("Ola", "fill_handover", unseen);
    exchange(&mut team.laptop, &mut other);
    let view = team.view();
    let points = view["handover"]["points"].as_array().unwrap();
    let scope = points.iter().find(|point| point["id"] == "scope").unwrap();
    assert_eq!(scope["value"], "had seen the first");
    assert!(team.laptop.dump() == other.dump());
}

#[test]
fn edits_in_turn_leave_one_value_and_no_conflict() {
    let mut team = Team::new(223);
    let mut other = colleague_of(&mut team, 224);
    for value in ["first", "third"] {
        let here = team.of(json!({ "points": { "scope": value } }));
        team.laptop.call("Ola", "fill_handover", here);
        let bundle = team.laptop.bundle();
        other.receive(&bundle);
        let there = team.of(json!({ "points": { "scope": format!("{value}, read") } }));
        other.call("Jo", "fill_handover", there);
        let bundle = other.bundle();
        assert_eq!(team.laptop.receive(&bundle)["conflict_count"], 0);
    }
    let dump = team.laptop.dump();
    let line = dump.lines().find(|line| line.contains("point/scope"));
    let line: serde_json::Value = serde_json::from_str(line.unwrap()).unwrap();
    let kept = line["fields"]["point/scope"].as_array().unwrap();
    assert_eq!((kept.len(), &kept[0]["value"]), (1, &json!("third, read")));
}

#[test]
fn a_move_that_rests_on_an_acceptance_that_lost_counts_for_nothing() {
    let mut team = Team::new(225);
    team.fill();
    team.call("Jo", "verify_brief", json!({}));
    for (item, value) in [
        ("scope_meeting_held", "2026-11-01"),
        ("scope_confirmed", "confirmed"),
    ] {
        let args = json!({ "item_id": item, "value": value });
        team.call("Ola", "tick_item", args);
    }
    let petra = json!({ "name": "Petra", "roles": ["project_manager"] });
    let petra = team.laptop.call("", "create_person", petra);
    let mut other = colleague_of(&mut team, 226);
    let mikko = team.mikko.clone();
    team.call("Ola", "submit_handover", json!({ "receiver_id": mikko }));
    team.call("Mikko", "accept_handover", acceptance());
    other.clock.set(NOON + 90_000);
    for (person, name, args) in [
        ("Ola", "submit_handover", json!({ "receiver_id": petra })),
        ("Petra", "accept_handover", acceptance()),
        ("Petra", "move_stage", json!({ "to": "kick-off" })),
    ] {
        let args = team.of(args);
        other.call(person, name, args);
    }
    exchange(&mut team.laptop, &mut other);
    let view = team.view();
    assert_eq!(
        (view["stage"].as_str(), view["owner"].as_str()),
        (Some("post-sales"), Some("Mikko"))
    );
    assert!(team.laptop.dump() == other.dump());
}

#[test]
fn ticked_here_and_unticked_there_is_open_everywhere() {
    let mut team = Team::new(227);
    let tick = |value: &str| json!({ "item_id": "scope_confirmed", "value": value });
    team.call("Ola", "tick_item", tick("confirmed"));
    let mut other = colleague_of(&mut team, 228);
    let untick = team.of(json!({ "item_id": "scope_confirmed" }));
    other.call("Ola", "untick_item", untick);
    team.laptop.clock.set(NOON + 60_000);
    team.call("Ola", "tick_item", tick("redefined"));
    exchange(&mut team.laptop, &mut other);
    assert!(team.open_items().contains(&"scope_confirmed".to_owned()));
    assert!(team.laptop.dump() == other.dump());
}

//! What lists find.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use baton_tests::laptop::Team;
use serde_json::json;

/// How many engagements the list shows for these words.
fn found(team: &mut Team, words: &str) -> u64 {
    let args = json!({ "search": words, "from": 0, "count": 10 });
    let list = team.laptop.call("Ola", "list_engagements", args);
    list["count"].as_u64().unwrap()
}

#[test]
fn a_search_finds_the_new_name_and_no_longer_the_old_one() {
    let mut team = Team::new(601);
    assert_eq!(found(&mut team, "support"), 1);
    team.call(
        "Ola",
        "rename_engagement",
        json!({ "name": "Łódź kitchens" }),
    );
    assert_eq!(
        (found(&mut team, "lodz"), found(&mut team, "support")),
        (1, 0)
    );
}

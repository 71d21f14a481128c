//! Clocks that are set back or forward.

use super::{ask, is_whole};
use baton_tests::laptop::{Laptop, NOON, Team};
use baton_tests::program::Cli;
use serde_json::json;

#[test]
fn acts_stay_in_order_whatever_the_clock_says() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    cli.done(&["rehearsal"]);
    let clocks = [
        "2026-11-20",
        "2199-06-01",
        "1999-01-01",
        "1969-01-01",
        "9999-12-31",
        "2026-11-21",
    ];
    for clock in clocks {
        cli.done(&[
            "--now",
            clock,
            "call",
            "create_person",
            &format!(r#"{{"name":"{clock}","roles":["sales"]}}"#),
        ]);
    }
    let people = cli.call("people", &json!({}));
    assert_eq!(
        people.as_array().map(Vec::len),
        Some(clocks.len()),
        "{people}"
    );
    let disordered = "select count(*) from act as later join act as earlier
        on earlier.device = later.device and earlier.first_seq < later.first_seq where earlier.at >= later.at";
    assert_eq!(ask(&cli, disordered), 0);
    assert!(is_whole(&cli));
}

#[test]
fn a_later_value_wins_after_the_clock_was_set_back() {
    let mut team = Team::new(2);
    for (clock, name) in [
        (NOON + 10_000_000_000_000, "Far"),
        (NOON - 10_000_000_000_000, "Back"),
    ] {
        team.laptop.clock.set(clock);
        team.call("Ola", "rename_engagement", json!({ "name": name }));
    }
    let mut colleague = Laptop::new(3);
    colleague.receive(&team.laptop.bundle());
    let view = colleague.call("", "engagement", team.of(json!({})));
    assert_eq!(view["name"], "Back");
    team.laptop.check();
}

//! Invariant 5: what the user was told is saved survives `kill -9`, and what was cut off leaves no trace.
//!
//! Child processes import, act and take in bundles, and are killed at random moments. Afterwards the store is as
//! before or as after, never between, and its check passes. `BATON_KILLS` sets the number of rounds,
//! `BATON_SEED` the sequence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use baton_tests::book::{write_deals, write_many_deals};
use baton_tests::program::Cli;
use serde_json::json;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A reproducible sequence (splitmix64).
struct Random(u64);

impl Random {
    fn from_environment() -> Self {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_nanos() as u64;
        let seed = std::env::var("BATON_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok())
            .unwrap_or(now);
        println!("BATON_SEED={seed}");
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, limit: Duration) -> Duration {
        Duration::from_micros(
            self.next() % u64::try_from(limit.as_micros()).unwrap_or(u64::MAX).max(1),
        )
    }
}

fn rounds(usual: u64) -> u64 {
    std::env::var("BATON_KILLS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(usual)
}

fn copy_store(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn start(cli: &Cli, arguments: &[&str]) -> Child {
    cli.command(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills the child when its time has come, unless it ends before; true if it said that it was done.
fn kill_after(mut child: Child, life: Duration) -> bool {
    let born = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        if born.elapsed() >= life {
            // SIGKILL: nothing is flushed, nothing is cleaned up.
            child.kill().unwrap();
            return child.wait().unwrap().success();
        }
        std::thread::yield_now();
    }
}

/// Kills one kind of act again and again on copies of the same store.
///
/// `before` is the store before the act; what the act makes of it is found by letting one copy live.
fn kill_again_and_again(
    name: &str,
    before: &Path,
    person: Option<&str>,
    arguments: &[&str],
    rounds: u64,
) {
    let mut random = Random::from_environment();
    let scratch = tempfile::tempdir().unwrap();
    let cli_on = |store: &Path| match person {
        Some(person) => Cli::new(store).as_person(person),
        None => Cli::new(store),
    };
    let shape = |store: &Path| {
        let list = Cli::new(store).done(&["engagements"]);
        let check = Cli::new(store).done(&["check"]);
        assert_eq!(check["ok"], true, "{name}: {check}");
        (
            list.as_array().map_or(0, Vec::len),
            check["operations"].as_u64().unwrap(),
        )
    };
    let old = shape(before);

    let whole = scratch.path().join("whole");
    copy_store(before, &whole);
    let started = Instant::now();
    cli_on(&whole).done(arguments);
    let life = started.elapsed();
    let new = shape(&whole);
    assert_ne!(old, new, "{name}: the act changes something");

    let (mut cut_off, mut finished) = (0, 0);
    for round in 0..rounds {
        let store = scratch.path().join(format!("round-{round}"));
        copy_store(before, &store);
        // A little beyond its usual life, so that some are killed just after they wrote.
        let told = kill_after(
            start(&cli_on(&store), arguments),
            random.below(life * 11 / 10),
        );
        let found = shape(&store);
        assert!(
            found == old || found == new,
            "{name}, round {round}: {found:?} is neither {old:?} nor {new:?}"
        );
        assert!(
            !told || found == new,
            "{name}, round {round}: it said done, but the store is as before"
        );
        if found == new {
            finished += 1
        } else {
            cut_off += 1
        }
        // The store goes on as if nothing had been: what was cut off can be done again, what was done stays.
        if found == old && round % 5 == 0 {
            cli_on(&store).done(arguments);
            assert_eq!(
                shape(&store),
                new,
                "{name}, round {round}: the act can be done after a kill"
            );
        }
        std::fs::remove_dir_all(&store).unwrap();
    }
    println!("{name}: {rounds} kills within {life:?}: {cut_off} cut off, {finished} finished");
}

fn small_store(dir: &Path) -> std::path::PathBuf {
    let store = dir.join("store");
    let cli = Cli::new(&store);
    cli.create_person("Iris Holm", &["sales"]);
    cli.create_person("Maja Berg", &["project_manager"]);
    cli.done(&["import", "deals", &write_deals(dir).display().to_string()]);
    store
}

#[test]
fn an_import_that_is_killed_is_there_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let store = small_store(dir.path());
    let many = write_many_deals(dir.path(), 1_500).display().to_string();
    kill_again_and_again(
        "import",
        &store,
        None,
        &["import", "deals", &many],
        rounds(20),
    );
}

#[test]
fn an_act_that_is_killed_is_there_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let store = small_store(dir.path());
    let id = Cli::new(&store).done(&["engagements"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let act =
        json!({ "engagement_id": id, "item_id": "scope_meeting_held", "value": "2026-11-20" })
            .to_string();
    kill_again_and_again(
        "act",
        &store,
        Some("Iris Holm"),
        &["call", "tick_item", &act],
        rounds(20),
    );
}

#[test]
fn what_it_said_is_done_is_there_however_soon_it_is_killed() {
    let dir = tempfile::tempdir().unwrap();
    let store = small_store(dir.path());
    let id = Cli::new(&store).done(&["engagements"])[0]["id"].clone();
    for round in 0..rounds(20) {
        let name = format!("Round {round}");
        let rename = json!({ "engagement_id": id, "name": name }).to_string();
        let cli = Cli::new(&store).as_person("Iris Holm");
        let mut child = start(&cli, &["call", "rename_engagement", &rename]);
        // The first byte of its word is enough to kill it.
        let mut word = [0];
        child.stdout.take().unwrap().read_exact(&mut word).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let asked = json!({ "engagement_id": id }).to_string();
        let view = Cli::new(&store).done(&["call", "engagement", &asked]);
        assert_eq!(view["name"], name, "it was said to be saved");
    }
    assert_eq!(Cli::new(&store).done(&["check"])["ok"], true);
}

#[test]
fn a_bundle_that_is_killed_on_its_way_in_is_there_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let theirs = small_store(dir.path());
    // A colleague who knows the beginning takes in what came later.
    let first = dir.path().join("first.baton").display().to_string();
    let second = dir.path().join("second.baton").display().to_string();
    Cli::new(&theirs).done(&["export", "bundle", &first]);
    let ours = dir.path().join("ours");
    Cli::new(&ours).done(&["import", "bundle", &first]);
    let many = write_many_deals(dir.path(), 1_500).display().to_string();
    Cli::new(&theirs).done(&["import", "deals", &many]);
    Cli::new(&theirs).done(&["export", "bundle", &second]);
    kill_again_and_again(
        "bundle",
        &ours,
        None,
        &["import", "bundle", &second],
        rounds(20),
    );
}

#[test]
fn a_recovery_that_is_killed_can_be_done_again_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let damaged = small_store(dir.path());
    let many = write_many_deals(dir.path(), 300).display().to_string();
    Cli::new(&damaged).done(&["import", "deals", &many]);
    let expected = Cli::new(&damaged).run(&["dump"]).out;
    let file = damaged.join("baton.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[..4096].fill(0);
    std::fs::write(&file, bytes).unwrap();

    let whole = dir.path().join("whole");
    copy_store(&damaged, &whole);
    let started = Instant::now();
    Cli::new(&whole).done(&["recover"]);
    let life = started.elapsed();

    let mut random = Random::from_environment();
    for round in 0..rounds(20) {
        let store = dir.path().join(format!("round-{round}"));
        copy_store(&damaged, &store);
        let cli = Cli::new(&store);
        kill_after(start(&cli, &["recover"]), random.below(life * 11 / 10));
        // Whatever moment it was: either damage that says so, or all of it.
        let looked = cli.run(&["dump"]);
        assert!(
            looked.json["code"] == "store_damaged" || looked.out == expected,
            "round {round}: {}",
            looked.out
        );
        cli.done(&["recover"]);
        assert!(cli.run(&["dump"]).out == expected, "round {round}");
        std::fs::remove_dir_all(&store).unwrap();
    }
}

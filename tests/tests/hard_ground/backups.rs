//! Backups that Baton makes by itself.

use super::{backed_up_by_a_server, book_store, dump, overwrite, page_of};
use baton_tests::laptop::{Laptop, NOON};
use baton_tests::program::Cli;
use rusqlite::Connection;
use serde_json::{Value, json};

#[test]
fn a_server_makes_the_backup_of_the_day_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let backup = backed_up_by_a_server(&cli, dir.path());
    let copy = dir.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    std::fs::copy(backup["path"].as_str().unwrap(), copy.join("baton.sqlite")).unwrap();
    assert_eq!(dump(&Cli::new(copy)), dump(&cli));
}

/// A laptop that makes a backup a day, from a day on.
fn backed_up(days: i64) -> Laptop {
    let mut laptop = Laptop::new(5);
    for day in 0..days {
        laptop.clock.set(NOON + day * 86_400_000);
        let name = format!("Day {day}");
        laptop.call(
            "",
            "create_person",
            json!({ "name": name, "roles": ["sales"] }),
        );
        assert!(laptop.store.backup_daily().unwrap().is_some());
    }
    laptop
}

fn days(laptop: &mut Laptop) -> Vec<String> {
    let reply = laptop.call("", "backups", json!({}));
    let days = reply["backups"].as_array().unwrap().iter();
    days.map(|backup| backup["on"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_last_seven_backups_stay() {
    let mut laptop = backed_up(9);
    let expected: Vec<String> = (4..=10)
        .rev()
        .map(|day| format!("2026-11-{day:02}"))
        .collect();
    assert_eq!(days(&mut laptop), expected);
}

#[test]
fn one_backup_a_day_is_enough_and_an_empty_store_needs_none() {
    let mut laptop = Laptop::new(6);
    assert_eq!(laptop.store.backup_daily().unwrap(), None);
    laptop.call(
        "",
        "create_person",
        json!({ "name": "Iris", "roles": ["sales"] }),
    );
    assert!(laptop.store.backup_daily().unwrap().is_some());
    assert_eq!(laptop.store.backup_daily().unwrap(), None);
}

#[test]
fn the_backup_of_a_day_takes_in_what_was_done_since_it_was_made() {
    let mut laptop = backed_up(1);
    laptop.call(
        "",
        "create_person",
        json!({ "name": "Iris", "roles": ["sales"] }),
    );
    let backup = laptop.store.backup_daily().unwrap().unwrap();
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(backup, copy.path().join("baton.sqlite")).unwrap();
    let cli = Cli::new(copy.path());
    assert_eq!(cli.call("people", &json!({})).as_array().unwrap().len(), 2);
    assert_eq!(days(&mut laptop).len(), 1);
}

#[test]
fn backups_of_days_to_come_do_not_push_out_those_that_were() {
    let mut laptop = backed_up(7);
    for day in 3000..3008 {
        laptop.clock.set(NOON + day * 86_400_000);
        laptop.store.backup_daily().unwrap();
    }
    laptop.clock.set(NOON + 7 * 86_400_000);
    assert!(laptop.store.backup_daily().unwrap().is_some());
    assert!(days(&mut laptop).contains(&"2026-11-09".to_owned()));
}

#[test]
fn a_backup_that_fails_says_so_and_deletes_nothing() {
    let mut laptop = backed_up(7);
    let kept = days(&mut laptop);
    laptop.clock.set(NOON + 8 * 86_400_000);
    // In the place of the new backup's temporary file stands something that cannot be replaced.
    let name = format!(
        "backups/baton-2026-11-10.sqlite.{}.part",
        std::process::id()
    );
    let in_the_way = laptop.folder.path().join(name);
    std::fs::create_dir(&in_the_way).unwrap();
    assert_eq!(
        laptop.store.backup_daily().unwrap_err().code(),
        "file_unreadable"
    );
    assert_eq!(days(&mut laptop), kept);
    assert_eq!(
        laptop.call("", "backups", json!({}))["failure"],
        "file_unreadable"
    );
    std::fs::remove_dir(&in_the_way).unwrap();
    assert!(laptop.store.backup_daily().unwrap().is_some());
    assert_eq!(
        laptop.call("", "backups", json!({}))["failure"],
        Value::Null
    );
}

#[test]
fn a_damaged_store_is_not_backed_up_over_good_backups() {
    let mut laptop = backed_up(7);
    let kept = days(&mut laptop);
    let file = laptop.folder.path().join("baton.sqlite");
    let connection = Connection::open(&file).unwrap();
    connection
        .query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))
        .unwrap();
    drop(connection);
    overwrite(
        &file,
        page_of(&file, "product_by_import_key"),
        &[0x77; 4096],
    );
    laptop.clock.set(NOON + 8 * 86_400_000);
    assert_eq!(
        laptop.store.backup_daily().unwrap_err().code(),
        "store_damaged"
    );
    assert_eq!(days(&mut laptop), kept);
}

//! Newer and older stores: refused or brought up to date, never half.

use super::{as_first_written, book_store, contents, database, dump, is_whole, older_store, says};
use baton_core::{Environment, Error, Store};
use baton_tests::book::write_many_deals;
use baton_tests::program::Cli;
use rusqlite::Connection;
use std::cell::RefCell;
use std::path::Path;

#[test]
fn a_newer_store_is_refused_with_a_sentence_and_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let connection = Connection::open(database(dir.path())).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    // Without a checkpoint, so that what is newer stands in the write-ahead log alone.
    connection
        .set_db_config(
            rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
            true,
        )
        .unwrap();
    drop(connection);
    let before = contents(dir.path());
    for task in [&["engagements"][..], &["serve"], &["recover"]] {
        says(&cli.run(task), "store_newer", &["Update Baton"]);
    }
    assert!(contents(dir.path()) == before);
}

#[test]
fn an_older_store_is_copied_aside_and_its_tables_are_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (old, expected) = older_store(dir.path());
    assert_eq!(dump(&old), expected);
    assert!(is_whole(&old));
    let aside = Connection::open(old.store().join("baton.before-1.sqlite")).unwrap();
    let version: i64 = aside
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 1);
}

#[test]
fn a_copy_of_an_older_store_is_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let (old, _) = older_store(dir.path());
    let kept = old.store().join("baton.before-1.sqlite");
    std::fs::write(&kept, "an earlier copy").unwrap();
    old.done(&["engagements"]);
    assert_eq!(std::fs::read(&kept).unwrap(), b"an earlier copy");
    assert!(old.store().join("baton.before-1-2.sqlite").is_file());
}

/// Large enough that it takes a while.
fn larger_older_store(dir: &Path) -> (Cli, String) {
    let cli = book_store(dir);
    let many = write_many_deals(dir, 300).display().to_string();
    cli.done(&["import", "deals", &many]);
    as_first_written(dir, &cli)
}

#[test]
fn an_older_store_tells_how_far_it_is_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let (old, _) = larger_older_store(dir.path());
    let told = RefCell::new(Vec::new());
    let listen = |done, total| {
        told.borrow_mut().push((done, total));
        true
    };
    Store::open_telling(&old.store(), Environment::system(), &listen).unwrap();
    let told = told.into_inner();
    assert!(
        told.is_sorted()
            && told
                .last()
                .is_some_and(|(done, total)| (1..=*total).contains(done))
    );
}

#[test]
fn an_older_store_whose_update_is_stopped_is_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let (old, expected) = larger_older_store(dir.path());
    let stop = |_, _| false;
    let opened = Store::open_telling(&old.store(), Environment::system(), &stop);
    assert!(matches!(opened, Err(Error::Cancelled)));
    let version = |connection: &Connection| -> i64 {
        connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    };
    let connection = Connection::open(old.store().join("baton.sqlite")).unwrap();
    assert_eq!(version(&connection), 1);
    drop(connection);
    assert_eq!(dump(&old), expected);
}

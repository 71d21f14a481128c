//! Newer and older stores: refused or brought up to date, never half.

use super::{book_store, contents, database, dump, is_whole, older_store, says};
use rusqlite::Connection;

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

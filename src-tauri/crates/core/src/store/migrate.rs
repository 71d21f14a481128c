//! Brings an older store up to date, once, in one transaction, after setting a copy aside.

use super::copy::copy_whole;
use super::recover::free_name;
use crate::error::{Error, Result};
use crate::progress::{Progress, Rest};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Every migration in order. Landed ones are frozen; a store's `user_version` counts those it has had.
pub const MIGRATIONS: &[&str] = &[
    include_str!("../../../../../migrations/0001_init.sql"),
    include_str!("../../../../../migrations/0002_moods_and_people.sql"),
    include_str!("../../../../../migrations/0003_search_and_today.sql"),
    include_str!("../../../../../migrations/0004_checks_after.sql"),
];

/// The schema version that this app knows.
#[must_use]
pub fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Runs what is pending, after copying an older store aside into `directory`, and tells how far it is.
///
/// # Errors
/// [`Error::Cancelled`] if it is to stop,
/// [`Error::StoreNewer`] if a newer app wrote the store, [`Error::StoreDamaged`] if it is not of the version that it
/// says it is.
pub fn migrate(
    connection: &mut Connection,
    directory: Option<&Path>,
    progress: &dyn Progress,
) -> Result<()> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known() {
        return Err(Error::StoreNewer {
            found,
            known: known(),
        });
    }
    if found == known() {
        return Ok(());
    }
    must_be_of(connection, found)?;
    if let (Some(directory), true) = (directory, found > 0) {
        let aside = free_name(directory, &format!("baton.before-{found}"));
        copy_whole(connection, &aside)?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have migrated while this one waited for the lock.
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    run(&transaction, found)?;
    if found > 0 && found < known() {
        // New columns are filled from the log, and what an older app could not read applies now.
        super::apply::rebuild(&transaction, &Rest::new(progress, 0, 0))?;
    }
    transaction.pragma_update(None, "user_version", known())?;
    transaction.commit()?;
    Ok(())
}

fn run(transaction: &Connection, found: i64) -> Result<()> {
    for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(migration)?;
    }
    Ok(())
}

/// The tables are those of version `found`: what is pending runs on them. Nothing of it stays.
fn must_be_of(connection: &mut Connection, found: i64) -> Result<()> {
    let says_wrong = || Error::damaged(format!("its tables are not those of version {found}"));
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have migrated while this one waited for the lock.
    let now: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if now != found {
        return Ok(());
    }
    let tables: i64 =
        transaction.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    if found < 0 || (found == 0) != (tables == 0) {
        return Err(says_wrong());
    }
    run(&transaction, found).map_err(|error| match &error {
        Error::Sql(sql) if does_not_fit(sql) => says_wrong(),
        _ => error,
    })
}

/// A statement does not fit the tables that are there. A full disk, or a store that another process writes to, says
/// nothing about them.
fn does_not_fit(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown)
        || matches!(error, rusqlite::Error::SqlInputError { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_that_do_not_fit_are_told_from_a_disk_that_is_full() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("create table one (a)").unwrap();
        for unfit in [
            "create table one (a)",
            "alter table one add column a",
            "drop table two",
        ] {
            let error = connection.execute_batch(unfit).unwrap_err();
            assert!(does_not_fit(&error), "{unfit}: {error:?}");
        }
        connection
            .execute_batch("pragma max_page_count = 2")
            .unwrap();
        let full = connection.execute_batch("create table two (a); create table three (a)");
        let error = full.unwrap_err();
        assert!(!does_not_fit(&error), "{error:?}");
    }
}

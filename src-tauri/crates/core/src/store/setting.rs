//! Local settings of this laptop: never shared, never in a bundle or dump.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, named_params};

/// This laptop's id.
pub const DEVICE: &str = "device";
/// Instant of this laptop's last act.
pub const LAST_AT: &str = "last_at";
/// The workspace that this store belongs to.
pub const WORKSPACE: &str = "workspace";
/// The person chosen in the window.
pub const PERSON: &str = "person";
/// The store is for rehearsals: its clock can be set.
pub const REHEARSAL: &str = "rehearsal";

/// A setting that is bytes.
///
/// # Errors
/// SQLite's.
pub fn bytes(connection: &Connection, key: &str) -> Result<Option<Vec<u8>>> {
    let mut statement = connection.prepare_cached("select value from setting where key = :key")?;
    Ok(statement
        .query_row(named_params! { ":key": key }, |row| row.get(0))
        .optional()?
        .flatten())
}

/// A setting that is a whole number.
///
/// # Errors
/// SQLite's.
pub fn number(connection: &Connection, key: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("select value from setting where key = :key")?;
    Ok(statement
        .query_row(named_params! { ":key": key }, |row| row.get(0))
        .optional()?
        .flatten())
}

/// Keeps a setting; null clears it.
///
/// # Errors
/// SQLite's.
pub fn keep(connection: &Connection, key: &str, value: impl rusqlite::ToSql) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "insert into setting (key, value) values (:key, :value) on conflict (key) do update set value = excluded.value",
    )?;
    statement.execute(named_params! { ":key": key, ":value": value })?;
    Ok(())
}

//! Whether what an undone import had made is there again, because a later import made it anew.

use crate::error::Result;
use crate::ids::Id;
use crate::log::EntityKind;
use crate::log::registry::{ACCOUNT, ENGAGEMENT, PERSON, PRODUCT};
use rusqlite::{Connection, OptionalExtension, named_params};

/// The key of the row that an entity was imported from.
///
/// # Errors
/// SQLite's.
pub fn import_key(connection: &Connection, kind: EntityKind, id: Id) -> Result<Option<String>> {
    if ![ACCOUNT, ENGAGEMENT, PRODUCT].contains(&kind) {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached(&format!(
        "select import_key from {} where id = :id",
        kind.name
    ))?;
    let key = statement.query_row(named_params! { ":id": id.0 }, |row| row.get("import_key"));
    Ok(key.optional()?.flatten())
}

/// Another entity stands where an import would look for this one: it has the same key, or, being an account or a
/// person that came along with a row, the same name.
///
/// # Errors
/// SQLite's.
pub fn is_there_again(connection: &Connection, kind: EntityKind, id: Id) -> Result<bool> {
    let same = match import_key(connection, kind, id)? {
        Some(_) => "import_key",
        None if [ACCOUNT, PERSON].contains(&kind) => "folded",
        None => return Ok(false),
    };
    let mut statement = connection.prepare_cached(&format!(
        "select 1 from {table} as gone join {table} as other on other.{same} = gone.{same}
         where gone.id = :id and other.id <> gone.id and other.alive = 1",
        table = kind.name
    ))?;
    Ok(statement.exists(named_params! { ":id": id.0 })?)
}

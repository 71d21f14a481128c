//! Proves that a store is whole: SQLite's own check, every act's hash, and that rebuilding the projection from
//! the log changes nothing.

use super::Store;
use super::apply::rebuild;
use super::log::each_act;
use crate::error::{Error, Result};
use crate::log::registry;
use crate::progress::Rest;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde::Serialize;
use ts_rs::TS;

/// What the check found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckReport {
    /// Nothing is wrong.
    pub ok: bool,
    /// Operations in the log.
    pub operations: u32,
    /// Entities in the projection.
    pub entities: u32,
    /// What is wrong, in English, at most 100 lines.
    pub differences: Vec<String>,
}

/// Lines listed at most.
const MOST: usize = 100;

impl Store {
    /// Checks the store without changing it: the rebuild happens in a transaction that is rolled back.
    ///
    /// # Errors
    /// SQLite's.
    pub fn check(&mut self) -> Result<CheckReport> {
        self.rehearse(|transaction, _| {
            let mut differences: Vec<String> = Vec::new();
            let mut statement = transaction.prepare("pragma integrity_check")?;
            let lines: Vec<String> = statement
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            differences.extend(lines.into_iter().filter(|line| line != "ok"));
            differences.extend(altered_acts(transaction)?);
            let before = projection(transaction)?;
            // What is damaged below may not be rebuilt.
            if differences.is_empty() {
                rebuild(transaction, &Rest::silent())?;
            }
            let after = projection(transaction)?;
            for (table, (before, after)) in before
                .iter()
                .zip(&after)
                .map(|(left, right)| (&left.0, (&left.1, &right.1)))
            {
                if before != after {
                    let changed = before
                        .iter()
                        .zip(after)
                        .filter(|(before, after)| before != after)
                        .count()
                        + before.len().abs_diff(after.len());
                    differences.push(format!(
                        "{table}: {changed} rows differ after a rebuild from the log"
                    ));
                }
            }
            let operations =
                transaction.query_row("select count(*) from operation", [], |row| row.get(0))?;
            let entities = before
                .iter()
                .filter(|(table, _)| {
                    registry::ENTITIES
                        .iter()
                        .any(|(kind, _)| kind.name == *table)
                })
                .map(|(_, rows)| rows.len())
                .sum::<usize>();
            differences.truncate(MOST);
            Ok(CheckReport {
                ok: differences.is_empty(),
                operations,
                entities: u32::try_from(entities).unwrap_or(u32::MAX),
                differences,
            })
        })
    }
}

/// SQLite's own check of its pages, the quick one.
///
/// # Errors
/// [`Error::StoreDamaged`] with what it found first.
pub(super) fn quick_check(connection: &Connection) -> Result<()> {
    let found: String = connection.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" {
        Ok(())
    } else {
        Err(Error::damaged(found))
    }
}

fn altered_acts(connection: &Connection) -> Result<Vec<String>> {
    let mut hashes = connection.prepare_cached(
        "select hash from act join device on device.n = act.device where device.id = ? and first_seq = ?",
    )?;
    let mut altered = Vec::new();
    each_act(connection, |act| {
        let kept: [u8; 32] = hashes.query_row(
            rusqlite::params![act.header.device.0.0, act.header.first_seq],
            |row| row.get("hash"),
        )?;
        if kept != act.hash() {
            altered.push(format!("act {} is not as it was recorded", act.header.id));
        }
        Ok(())
    })?;
    Ok(altered)
}

/// A table's name and the hash of each of its rows.
type HashedTable = (&'static str, Vec<[u8; 32]>);

/// Every derived table as a list of hashed rows.
fn projection(connection: &Connection) -> Result<Vec<HashedTable>> {
    let order = |table: &str| match table {
        "head" => "entity, field, key, device, seq",
        "deferred" => "device, seq",
        "device" => "n",
        _ => "id",
    };
    let derived = ["head", "deferred", "device"].into_iter();
    let tables = registry::ENTITIES
        .iter()
        .map(|(kind, _)| kind.name)
        .chain(derived);
    tables
        .map(|table| {
            let mut statement =
                connection.prepare(&format!("select * from {table} order by {}", order(table)))?;
            let width = statement.column_count();
            let mut rows = statement.query([])?;
            let mut hashes = Vec::new();
            while let Some(row) = rows.next()? {
                let mut hasher = blake3::Hasher::new();
                for column in 0..width {
                    hash_cell(&mut hasher, row.get_ref(column)?);
                }
                hashes.push(*hasher.finalize().as_bytes());
            }
            Ok((table, hashes))
        })
        .collect()
}

fn hash_cell(hasher: &mut blake3::Hasher, cell: ValueRef<'_>) {
    let (tag, bytes): (u8, std::borrow::Cow<'_, [u8]>) = match cell {
        ValueRef::Null => (0, (&[][..]).into()),
        ValueRef::Integer(number) => (1, number.to_le_bytes().to_vec().into()),
        ValueRef::Real(number) => (2, number.to_le_bytes().to_vec().into()),
        ValueRef::Text(text) => (3, text.into()),
        ValueRef::Blob(blob) => (4, blob.into()),
    };
    hasher.update(&[tag]);
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(&bytes);
}

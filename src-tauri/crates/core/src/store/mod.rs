//! The store: one SQLite database in a directory of its own. All SQL of Baton is in this module.
//!
//! What is recorded (acts and operations) is the truth; every other table is derived from it by [`apply`] and can
//! be rebuilt. Reading functions take a `&Connection`, writing ones a `&Transaction`.

pub mod accounts;
pub mod apply;
pub mod check;
pub mod due;
pub mod dump;
pub mod fold;
pub mod history;
pub mod list;
pub mod log;
pub mod migrate;
mod project;
pub mod read;
pub mod record;
pub mod registers;
pub mod search;
pub mod setting;
mod settle;
pub mod today;
pub mod touched;

use crate::clock::{Clock, Randomness, SystemClock, SystemRandomness, new_id};
use crate::error::{Error, Result};
use crate::ids::Id;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The database's file name in the store's directory.
pub const FILE_NAME: &str = "baton.sqlite";

/// Where time and randomness come from. Everything the core does is reproducible when these are.
#[derive(Clone)]
pub struct Environment {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of ids.
    pub randomness: Arc<dyn Randomness>,
}

impl Environment {
    /// The machine's own.
    #[must_use]
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
        }
    }

    /// A new UUID v7.
    #[must_use]
    pub fn new_id(&self) -> Id {
        new_id(self.clock.as_ref(), self.randomness.as_ref())
    }

    /// Sixteen random bytes.
    #[must_use]
    pub fn random_id(&self) -> Id {
        let mut bytes = [0; 16];
        self.randomness.fill(&mut bytes);
        Id(bytes)
    }
}

/// An open store.
pub struct Store {
    connection: Connection,
    directory: PathBuf,
    environment: Environment,
}

impl Store {
    /// Opens the store in `directory`, making it if it is not there.
    ///
    /// # Errors
    /// The directory cannot be made, or the file there is newer, damaged or no store.
    pub fn open(directory: &Path) -> Result<Self> {
        Self::open_with(directory, Environment::system())
    }

    /// Opens the store with an own clock and randomness.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(directory: &Path, environment: Environment) -> Result<Self> {
        std::fs::create_dir_all(directory).map_err(Error::io("create", directory))?;
        let file = directory.join(FILE_NAME);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&file, flags)?;
        Self::prepare(connection, directory.to_owned(), Some(&file), environment)
    }

    /// A store in memory, for simulations.
    ///
    /// # Errors
    /// SQLite's.
    pub fn in_memory(environment: Environment) -> Result<Self> {
        Self::prepare(
            Connection::open_in_memory()?,
            PathBuf::new(),
            None,
            environment,
        )
    }

    fn prepare(
        mut connection: Connection,
        directory: PathBuf,
        file: Option<&Path>,
        environment: Environment,
    ) -> Result<Self> {
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.set_prepared_statement_cache_capacity(128);
        if file.is_some() {
            // The first process to switch a new file to the write-ahead log holds it for a moment.
            connection.pragma_update(None, "journal_mode", "wal")?;
        }
        connection.execute_batch(
            "pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -32000;
             pragma trusted_schema = off; pragma cell_size_check = on;",
        )?;
        migrate::migrate(&mut connection, file)?;
        let mut store = Self {
            connection,
            directory,
            environment,
        };
        store.write(|transaction, environment| {
            if setting::bytes(transaction, setting::DEVICE)?.is_none() {
                setting::keep(transaction, setting::DEVICE, environment.random_id().0)?;
            }
            Ok(())
        })?;
        Ok(store)
    }

    /// Where the store stands.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Its clock and randomness.
    #[must_use]
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Writes in one transaction, durable when this returns; an error rolls all of it back.
    ///
    /// # Errors
    /// What `write` says.
    pub fn write<T>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>, &Environment) -> Result<T>,
    ) -> Result<T> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = write(&transaction, &self.environment)?;
        transaction.commit()?;
        Ok(value)
    }

    /// Writes in one transaction like [`Store::write`], and keeps it only if `write` says so besides its answer.
    ///
    /// # Errors
    /// What `write` says.
    pub fn write_unless<T>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>, &Environment) -> Result<(T, bool)>,
    ) -> Result<T> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (value, keep) = write(&transaction, &self.environment)?;
        if keep {
            transaction.commit()?;
        }
        Ok(value)
    }

    /// Reads within one consistent view of the store; whatever `view` writes is rolled back.
    ///
    /// # Errors
    /// What `view` says.
    pub fn view<T>(
        &mut self,
        view: impl FnOnce(&Transaction<'_>, &Environment) -> Result<T>,
    ) -> Result<T> {
        let transaction = self.connection.transaction()?;
        view(&transaction, &self.environment)
    }

    /// Opens a rehearsal store at an instant: RFC 3339 text, or a civil date for its first moment in UTC.
    ///
    /// # Errors
    /// As [`Store::open`], and for a store that is not for rehearsals.
    pub fn open_at(directory: &Path, now: &str) -> Result<Self> {
        let instant = chrono::DateTime::parse_from_rfc3339(now)
            .map(|at| at.timestamp_millis())
            .or_else(|_| {
                now.parse::<chrono::NaiveDate>().map(|date| {
                    date.and_time(chrono::NaiveTime::MIN)
                        .and_utc()
                        .timestamp_millis()
                })
            });
        let instant = instant.map_err(|error| Error::Usage {
            reason: format!("{now} is no instant: {error}"),
        })?;
        let mut store = Self::open(directory)?;
        store.set_clock(instant)?;
        Ok(store)
    }

    /// The dump of the store, see [`dump`].
    ///
    /// # Errors
    /// SQLite's.
    pub fn dump(&mut self) -> Result<String> {
        self.view(|transaction, _| {
            let mut text = String::new();
            dump::dump(transaction, |line| {
                text.push_str(line);
                text.push('\n');
                Ok(())
            })?;
            Ok(text)
        })
    }

    /// Runs `write` and takes it all back: how a preview learns what would happen.
    ///
    /// # Errors
    /// What `write` says.
    pub fn rehearse<T>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>, &Environment) -> Result<T>,
    ) -> Result<T> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = write(&transaction, &self.environment);
        transaction.rollback()?;
        value
    }

    /// A number that changes when another process wrote to the store.
    ///
    /// # Errors
    /// SQLite's.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Marks an empty store as one for rehearsals, whose clock can be set with `--now`.
    ///
    /// # Errors
    /// [`Refusal::StoreNotEmpty`](crate::domain::Refusal::StoreNotEmpty) if anything was recorded in it.
    pub fn mark_rehearsal(&mut self) -> Result<()> {
        self.write(|transaction, _| {
            if read::has_operations(transaction)?
                && setting::number(transaction, setting::REHEARSAL)?.is_none()
            {
                return Err(crate::domain::Refusal::StoreNotEmpty.into());
            }
            setting::keep(transaction, setting::REHEARSAL, 1)
        })
    }

    /// Sets the clock of a rehearsal store.
    ///
    /// # Errors
    /// [`Refusal::NotARehearsal`](crate::domain::Refusal::NotARehearsal) for any other store: one rehearsal would win every later tie.
    pub fn set_clock(&mut self, now: i64) -> Result<()> {
        if setting::number(&self.connection, setting::REHEARSAL)?.is_none() {
            return Err(crate::domain::Refusal::NotARehearsal.into());
        }
        self.environment.clock = Arc::new(crate::clock::SetClock::at(now));
        Ok(())
    }

    /// Copies the whole store to `file` while it is in use. The copy appears under its name only when it is whole.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn backup(&mut self, file: &Path) -> Result<()> {
        if file.is_dir() {
            let source = std::io::Error::from(std::io::ErrorKind::IsADirectory);
            return Err(Error::Io {
                action: "write",
                path: file.to_owned(),
                source,
            });
        }
        let mut name = file.as_os_str().to_owned();
        name.push(".part");
        let part = PathBuf::from(name);
        if part.exists() {
            std::fs::remove_file(&part).map_err(Error::io("write", &part))?;
        }
        self.connection
            .backup(rusqlite::MAIN_DB, &part, None::<fn(_)>)?;
        let written = std::fs::File::open(&part).map_err(Error::io("write", &part))?;
        written.sync_all().map_err(Error::io("write", &part))?;
        std::fs::rename(&part, file).map_err(Error::io("write", file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A killed process proves nothing about a power cut: only these settings do.
    #[test]
    fn what_was_saved_is_on_the_disk_before_anybody_is_told() {
        let directory = tempfile::tempdir().expect("a directory");
        let store = Store::open(directory.path()).expect("a store");
        let setting = |name| {
            let read = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
            store.connection.pragma_query_value(None, name, read)
        };
        // 2 is full: a commit returns when the write-ahead log is on the disk.
        assert_eq!(
            setting("synchronous"),
            Ok(rusqlite::types::Value::Integer(2))
        );
        assert_eq!(
            setting("journal_mode"),
            Ok(rusqlite::types::Value::Text("wal".into()))
        );
    }
}

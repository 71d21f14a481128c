//! The store: one SQLite database in a directory of its own. All SQL of Baton is in this module.
//!
//! What is recorded (acts and operations) is the truth; every other table is derived from it by [`apply`] and can
//! be rebuilt. Reading functions take a `&Connection`, writing ones a `&Transaction`.

pub mod accounts;
pub mod again;
pub mod apply;
pub mod backups;
pub mod check;
mod copy;
pub mod due;
pub mod dump;
pub mod export;
pub mod fold;
pub mod history;
pub mod list;
pub mod lock;
pub mod log;
mod mend;
pub mod migrate;
mod open;
mod pages;
mod project;
pub mod read;
pub mod record;
pub mod recover;
pub mod registers;
mod salvage;
pub mod search;
pub mod setting;
mod settle;
pub mod today;
pub mod touched;

use crate::clock::{Clock, Randomness, SystemClock, SystemRandomness, new_id};
use crate::domain::refusal::NeedsEmptyStore;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::progress::{Progress, Silent};
use open::Access;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    access: Access,
    /// Held by a window or server.
    lock: Option<lock::Lock>,
    backup_failure: Option<String>,
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
        Self::open_telling(directory, environment, &Silent)
    }

    /// Opens the store and tells how far it is brought up to date, if an older app wrote it.
    ///
    /// # Errors
    /// As [`Store::open`], and [`Error::Cancelled`] if it is to stop; the store is as it was then.
    pub fn open_telling(
        directory: &Path,
        environment: Environment,
        progress: &dyn Progress,
    ) -> Result<Self> {
        open::make_directory(directory)?;
        let file = directory.join(FILE_NAME);
        let (connection, access) = open::connect(&file)?;
        Self::prepare(
            connection,
            directory.to_owned(),
            environment,
            access,
            progress,
        )
        .map_err(|error| error.in_file(&file))
    }

    /// A store in memory, for simulations.
    ///
    /// # Errors
    /// SQLite's.
    pub fn in_memory(environment: Environment) -> Result<Self> {
        let connection = Connection::open_in_memory()?;
        Self::prepare(
            connection,
            PathBuf::new(),
            environment,
            Access::Write,
            &Silent,
        )
    }

    fn prepare(
        mut connection: Connection,
        directory: PathBuf,
        environment: Environment,
        access: Access,
        progress: &dyn Progress,
    ) -> Result<Self> {
        let is_read_only = access != Access::Write;
        if is_read_only && open::version(&connection)? < migrate::known() {
            // What cannot be brought up to date in its place is, in memory.
            connection = copy::copy_in_memory(&connection)?;
        }
        connection.set_prepared_statement_cache_capacity(128);
        // A statement keeps its plan, instead of being prepared anew for every value that it is given.
        connection.set_db_config(
            rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG,
            true,
        )?;
        connection.execute_batch(
            "pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -32000;
             pragma trusted_schema = off; pragma cell_size_check = on;",
        )?;
        let aside = (!is_read_only && !directory.as_os_str().is_empty()).then_some(&*directory);
        migrate::migrate(&mut connection, aside, progress)?;
        let mut store = Self {
            connection,
            directory,
            environment,
            access,
            lock: None,
            backup_failure: None,
        };
        if setting::bytes(&store.connection, setting::DEVICE)?.is_none() && !is_read_only {
            store.write(|transaction, environment| {
                if setting::bytes(transaction, setting::DEVICE)?.is_none() {
                    setting::keep(transaction, setting::DEVICE, environment.random_id().0)?;
                }
                Ok(())
            })?;
        }
        // A test cannot fill a disk, so in debug builds a variable says how many pages there is room for.
        if cfg!(debug_assertions)
            && let Some(pages) = std::env::var("BATON_TEST_PAGES")
                .ok()
                .and_then(|pages| pages.parse().ok())
        {
            store.make_room_for(pages)?;
        }
        Ok(store)
    }

    /// Lets the store grow to this many pages and no further, or to its size if that is more: how a test fills a
    /// disk.
    ///
    /// # Errors
    /// SQLite's.
    pub fn make_room_for(&mut self, pages: u32) -> Result<()> {
        self.connection
            .pragma_update(None, "max_page_count", pages)
            .map_err(Error::from)
    }

    /// Keeps every other window and server out for as long as this store lives, and looks whether its file is
    /// whole. The command line may still write beside it.
    ///
    /// # Errors
    /// [`Error::StoreInUse`], [`Error::StoreDamaged`].
    pub fn hold(&mut self) -> Result<()> {
        // Where nothing can be written, nothing can be locked, and two who only read are in nobody's way.
        if self.lock.is_none() && !self.is_read_only() {
            self.lock = Some(lock::Lock::take(&self.directory)?);
        }
        check::quick_check(&self.connection).map_err(|error| error.in_file(&self.file()))
    }

    /// The store can be read but not written here.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.access != Access::Write
    }

    fn file(&self) -> PathBuf {
        self.directory.join(FILE_NAME)
    }

    fn must_be_writable(&self) -> Result<()> {
        match self.access {
            Access::Write => Ok(()),
            Access::Read => Err(Error::StoreReadOnly),
            Access::ReadForWantOfRoom => Err(Error::DiskFull),
        }
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
        self.must_be_writable()?;
        let file = self.file();
        write_in(&mut self.connection, &self.environment, write)
            .map_err(|error| error.in_file(&file))
    }

    /// Writes in one transaction like [`Store::write`], and keeps it only if `write` says so besides its answer.
    ///
    /// # Errors
    /// What `write` says.
    pub fn write_unless<T>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>, &Environment) -> Result<(T, bool)>,
    ) -> Result<T> {
        self.must_be_writable()?;
        let file = self.file();
        write_unless_in(&mut self.connection, &self.environment, write)
            .map_err(|error| error.in_file(&file))
    }

    /// Reads within one consistent view of the store; whatever `view` writes is rolled back.
    ///
    /// # Errors
    /// What `view` says.
    pub fn view<T>(
        &mut self,
        view: impl FnOnce(&Transaction<'_>, &Environment) -> Result<T>,
    ) -> Result<T> {
        let file = self.file();
        let viewed = match self.connection.transaction() {
            Ok(transaction) => view(&transaction, &self.environment),
            Err(error) => Err(error.into()),
        };
        viewed.map_err(|error| error.in_file(&file))
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
        let file = self.file();
        let rehearsed = if self.is_read_only() {
            copy::copy_in_memory(&self.connection)
                .and_then(|mut copy| rehearse_in(&mut copy, &self.environment, write))
        } else {
            rehearse_in(&mut self.connection, &self.environment, write)
        };
        rehearsed.map_err(|error| error.in_file(&file))
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
                let why = NeedsEmptyStore::Rehearsal;
                return Err(crate::domain::Refusal::StoreNotEmpty { why }.into());
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
    /// The file cannot be written, or the store is damaged.
    pub fn backup(&mut self, file: &Path) -> Result<u64> {
        copy::copy_whole(&self.connection, file).map_err(|error| error.in_file(&self.file()))
    }
}

fn write_in<T>(
    connection: &mut Connection,
    environment: &Environment,
    write: impl FnOnce(&Transaction<'_>, &Environment) -> Result<T>,
) -> Result<T> {
    write_unless_in(connection, environment, |transaction, environment| {
        Ok((write(transaction, environment)?, true))
    })
}

fn write_unless_in<T>(
    connection: &mut Connection,
    environment: &Environment,
    write: impl FnOnce(&Transaction<'_>, &Environment) -> Result<(T, bool)>,
) -> Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (value, keep) = write(&transaction, environment)?;
    if keep {
        transaction.commit()?;
    }
    Ok(value)
}

fn rehearse_in<T>(
    connection: &mut Connection,
    environment: &Environment,
    write: impl FnOnce(&Transaction<'_>, &Environment) -> Result<T>,
) -> Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = write(&transaction, environment);
    transaction.rollback()?;
    value
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

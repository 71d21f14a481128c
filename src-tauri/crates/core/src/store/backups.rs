//! A copy of the store for each of the last days, made by itself.
//!
//! A backup is whole and verified before an old one goes; one that fails says so and deletes nothing.

use super::copy::copy_whole;
use super::log::act_count;
use super::{Store, read};
use crate::error::{Error, Result};
use chrono::NaiveDate;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// The folder of the backups in the store's directory.
pub const FOLDER: &str = "backups";

/// How many are kept.
const KEPT: usize = 7;

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// The file.
    pub path: PathBuf,
    /// The day that it was made on.
    pub on: NaiveDate,
    /// Its size.
    pub bytes: u64,
}

/// The backups of the store in `directory`, the newest first.
///
/// # Errors
/// Their folder is there and cannot be read.
pub fn list(directory: &Path) -> Result<Vec<BackupFile>> {
    let folder = directory.join(FOLDER);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("read", &folder)(error)),
    };
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry.map_err(Error::io("read", &folder))?;
        let name = entry.file_name();
        let Some(on) = name.to_str().and_then(day_of) else {
            continue;
        };
        let path = entry.path();
        let metadata = entry.metadata().map_err(Error::io("read", &path))?;
        if metadata.is_file() {
            let bytes = metadata.len();
            backups.push(BackupFile { path, on, bytes });
        }
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.on));
    Ok(backups)
}

/// The backup has every act that the store has. One that cannot be read has not.
fn holds_as_much(path: &Path, connection: &Connection) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let of_backup = Connection::open_with_flags(path, flags)
        .map_err(Error::from)
        .and_then(|backup| act_count(&backup));
    matches!((of_backup, act_count(connection)), (Ok(backup), Ok(ours)) if backup == ours)
}

fn day_of(name: &str) -> Option<NaiveDate> {
    name.strip_prefix("baton-")?
        .strip_suffix(".sqlite")?
        .parse()
        .ok()
}

impl Store {
    /// Makes today's backup, or makes it anew if acts came since; gives its path if it did. A store that nothing was
    /// recorded in needs none. Whoever has the store open calls this at the start and every hour, so that a day's
    /// work is never further from a copy than that.
    ///
    /// # Errors
    /// The copy cannot be written, or is not whole; every older backup is still there then.
    pub fn backup_daily(&mut self) -> Result<Option<PathBuf>> {
        let made = self.make_daily();
        self.backup_failure = made.as_ref().err().map(|error| error.code().to_owned());
        made
    }

    fn make_daily(&mut self) -> Result<Option<PathBuf>> {
        if self.is_read_only() || !read::has_operations(&self.connection)? {
            return Ok(None);
        }
        let today = self.environment.clock.today();
        let folder = self.directory.join(FOLDER);
        let path = folder.join(format!("baton-{today}.sqlite"));
        if path.is_file() && holds_as_much(&path, &self.connection) {
            return Ok(None);
        }
        std::fs::create_dir_all(&folder).map_err(Error::io("create", &folder))?;
        copy_whole(&self.connection, &path).map_err(|error| error.in_file(&self.file()))?;
        let mut backups = list(&self.directory)?;
        // A backup of a day that is still to come was made while the clock was wrong: it is the first to go.
        backups.sort_by_key(|backup| (backup.on > today, std::cmp::Reverse(backup.on)));
        for old in backups.iter().skip(KEPT) {
            std::fs::remove_file(&old.path).map_err(Error::io("remove", &old.path))?;
        }
        Ok(Some(path))
    }

    /// The code of the error that the last daily backup ended with, if it did.
    #[must_use]
    pub fn backup_failure(&self) -> Option<&str> {
        self.backup_failure.as_deref()
    }
}

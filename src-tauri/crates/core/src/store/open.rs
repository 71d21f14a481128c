//! Opens the store's file, and recognises one that must not be worked on: damaged, newer, not ours to read.
//!
//! Nothing here changes what it finds: a file that is refused stays as it is, its write-ahead log too.

use super::migrate::known;
use super::{backups, recover};
use crate::error::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How every SQLite file begins.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Bytes of the header of a SQLite file.
const HEADER_BYTES: u64 = 100;

/// The write-ahead log beside a database.
pub(super) fn wal_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Makes the directory of a store, unless it is there.
pub(super) fn make_directory(directory: &Path) -> Result<()> {
    let made = std::fs::create_dir_all(directory);
    if directory.is_dir() {
        return Ok(());
    }
    made.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => Error::StoreNotAFolder {
            path: directory.to_owned(),
        },
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Error::StoreReadOnly,
        _ => Error::io("create", directory)(error),
    })
}

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Read and write.
    Write,
    /// Read: nobody may write here.
    Read,
    /// Read: there is not even room for the files beside the store.
    ReadForWantOfRoom,
}

/// A connection to the store's file, and what it may do.
///
/// # Errors
/// [`Error::StoreDamaged`], [`Error::StoreNewer`], [`Error::StoreUnreadable`], [`Error::StoreReadOnly`].
pub(super) fn connect(file: &Path) -> Result<(Connection, Access)> {
    look_at(file)?;
    let has_store = std::fs::metadata(file).is_ok_and(|metadata| metadata.len() > 0);
    match for_writing(file) {
        Ok(connection) if connection.is_readonly(rusqlite::MAIN_DB)? => {
            Ok((connection, Access::Read))
        }
        Ok(connection) => Ok((connection, Access::Write)),
        Err(Error::StoreReadOnly) if has_store => Ok((for_reading(file)?, Access::Read)),
        Err(Error::DiskFull) if has_store => match for_reading(file) {
            Err(Error::StoreUnreadable { .. }) => Err(Error::DiskFull),
            opened => Ok((opened?, Access::ReadForWantOfRoom)),
        },
        Err(error) => Err(error.in_file(file)),
    }
}

/// What the file says without the database: a missing or empty file is a new store only if there was none before.
fn look_at(file: &Path) -> Result<()> {
    let damaged = |reason: &str| Err(Error::damaged(reason).in_file(file));
    let bytes = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
    if bytes == 0 {
        let has_log = std::fs::metadata(wal_of(file)).is_ok_and(|metadata| metadata.len() > 0);
        let directory = file.parent().unwrap_or(Path::new("."));
        let had_store = !backups::list(directory)?.is_empty()
            || !recover::kept_aside(directory)?.is_empty()
            || !recover::from_before(directory)?.is_empty();
        return if has_log || had_store {
            damaged("it is empty or gone, but there was a store")
        } else {
            Ok(())
        };
    }
    let mut header = Vec::new();
    File::open(file)
        .and_then(|file| file.take(HEADER_BYTES).read_to_end(&mut header))
        .map_err(|error| Error::StoreUnreadable {
            path: file.to_owned(),
            reason: error.to_string(),
        })?;
    if !header.starts_with(MAGIC) {
        return damaged("it does not begin as a store does");
    }
    if (header.len() as u64) < HEADER_BYTES {
        return damaged("it ends too early");
    }
    Ok(())
}

fn for_writing(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let cannot_open = |error: rusqlite::Error| match error.sqlite_error_code() {
        // The write-ahead log cannot be made beside the file.
        Some(rusqlite::ErrorCode::CannotOpen) => Error::StoreReadOnly,
        _ => Error::from(error),
    };
    let connection = Connection::open_with_flags(file, flags).map_err(cannot_open)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    // A store that turns out to be newer or damaged is left as it was found.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    refuse_newer(&connection).map_err(|error| match error {
        Error::Sql(error) => cannot_open(error),
        other => other,
    })?;
    if !connection.is_readonly(rusqlite::MAIN_DB)? {
        // The first process to switch a new file to the write-ahead log holds it for a moment.
        connection
            .pragma_update(None, "journal_mode", "wal")
            .map_err(cannot_open)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    }
    Ok(connection)
}

/// A file in a directory that cannot be written: without a write-ahead log it reads as it stands.
fn for_reading(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let has_log = std::fs::metadata(wal_of(file)).is_ok_and(|metadata| metadata.len() > 0);
    let address = if has_log {
        address_of(file)
    } else {
        format!("{}?immutable=1", address_of(file))
    };
    let opened = Connection::open_with_flags(address, flags)
        .map_err(Error::from)
        .and_then(|connection| refuse_newer(&connection).map(|()| connection));
    opened.map_err(|error| match error {
        Error::Sql(error) => Error::StoreUnreadable {
            path: file.to_owned(),
            reason: error.to_string(),
        },
        other => other.in_file(file),
    })
}

/// A path as the address that SQLite takes options with.
fn address_of(file: &Path) -> String {
    let mut path = std::path::absolute(file)
        .unwrap_or_else(|_| file.to_owned())
        .to_string_lossy()
        .replace('\\', "/");
    if !path.starts_with('/') {
        path.insert(0, '/');
    }
    let mut address = String::from("file://");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

/// The schema version of a store.
pub(super) fn version(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn refuse_newer(connection: &Connection) -> Result<()> {
    let found = version(connection)?;
    if found > known() {
        return Err(Error::StoreNewer {
            found,
            known: known(),
        });
    }
    Ok(())
}

//! Whole copies of a store: one file each, verified before it gets its name.

use super::check::quick_check;
use crate::error::{Error, Result};
use crate::places;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::{Path, PathBuf};

/// Copies the store of `connection` to `file`, as it is at this moment, without a second file beside it. The copy
/// is checked and on the disk before it appears under its name; on failure nothing is left of it. Gives its size.
///
/// # Errors
/// The copy cannot be written, or the store is damaged.
pub(super) fn copy_whole(connection: &Connection, file: &Path) -> Result<u64> {
    let part = places::name_temporary(file).map_err(Error::io("write", file))?;
    // Made first, because the system says more about why it cannot be than SQLite does.
    std::fs::File::create(&part).map_err(Error::io("write", file))?;
    let written = write_part(connection, &part);
    if let Err(error) = written {
        for rest in [part.clone(), journal_of(&part)] {
            drop(std::fs::remove_file(rest));
        }
        return Err(error);
    }
    places::put_in_place(&part, file).map_err(Error::io("write", file))
}

fn write_part(connection: &Connection, part: &Path) -> Result<()> {
    let mut copy = Connection::open(part)?;
    copy_into(connection, &mut copy)?;
    // A copy that needs no other file can be read from anywhere, also where nothing can be written.
    copy.pragma_update(None, "journal_mode", "delete")?;
    quick_check(&copy)
}

/// Copies everything of one connection into another.
fn copy_into(connection: &Connection, copy: &mut Connection) -> Result<()> {
    let backup = Backup::new(connection, copy)?;
    // All pages in one step are of one moment, whoever writes meanwhile.
    match backup.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(Error::StoreBusy),
    }
}

/// The store of `connection` in memory, to change without changing it.
pub(super) fn copy_in_memory(connection: &Connection) -> Result<Connection> {
    let mut copy = Connection::open_in_memory()?;
    copy_into(connection, &mut copy)?;
    Ok(copy)
}

fn journal_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

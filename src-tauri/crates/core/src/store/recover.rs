//! Brings a damaged store back: the log that still reads, what the backups add, in a new file.
//!
//! Acts are a set, so whatever any of the files gives is put together, and nothing that reads is lost: of an act that
//! no file has whole, what reads of it is kept (see [`super::mend`]). The damaged
//! file is kept aside under a dated name before anything takes its place. The laptop goes on under a new device id:
//! of its own last acts a colleague may know some that are lost here, and two acts at one place would be a fork.

use super::lock::Lock;
use super::log::append_act;
use super::mend::mend;
use super::open::wal_of;
use super::salvage::{Salvage, Setting, salvage};
use super::{Environment, FILE_NAME, Store, apply, backups, check, read, setting};
use crate::error::{BundleFault, Error, Result};
use crate::ids::{DeviceId, Id};
use crate::log::operation::{Decoded, decode};
use crate::log::{Act, Kind, registry};
use crate::places;
use crate::progress::Rest;
use rusqlite::config::DbConfig;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a recovery did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// Where the acts come from.
    pub how: RecoveredFrom,
    /// The newest backup that gave some.
    pub backup: Option<PathBuf>,
    /// Acts that were saved, whole or in part.
    pub acts_saved: u64,
    /// Acts that the damaged file held and nothing gives back; absent if it does not tell how many it held.
    pub acts_lost: Option<u64>,
    /// Acts of those saved that were damaged: they came back in part, and no hash vouches for them.
    pub acts_mended: u64,
    /// Changes in damaged acts that could be read.
    pub changes_kept: u64,
    /// Changes that could not.
    pub changes_lost: u64,
    /// Operations that are kept but wait for a lost one; a colleague's bundle may bring it.
    pub waiting: u64,
    /// Instant of the newest act that was saved, UTC milliseconds.
    pub newest_at: Option<i64>,
    /// Where the damaged file is kept.
    pub kept_as: Option<PathBuf>,
}

/// Where the acts of a recovered store come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecoveredFrom {
    /// Nothing was wrong, and nothing was changed.
    Intact,
    /// The log of the damaged file.
    Log,
    /// The log of the damaged file, and what other copies add.
    LogAndBackup,
    /// Copies only: the damaged file gave nothing.
    Backup,
}

impl RecoveredFrom {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Intact => "intact",
            Self::Log => "log",
            Self::LogAndBackup => "log_and_backup",
            Self::Backup => "backup",
        }
    }
}

/// A recovery's own folder in the store's directory.
const SCRATCH: &str = ".recovering";

/// Damaged files that earlier recoveries kept in `directory`, by name.
///
/// # Errors
/// The directory cannot be read.
pub(super) fn kept_aside(directory: &Path) -> Result<Vec<PathBuf>> {
    named(directory, "baton.damaged-")
}

/// Copies of older stores that were set aside before they were brought up to date, in order of their names.
pub(super) fn from_before(directory: &Path) -> Result<Vec<PathBuf>> {
    named(directory, "baton.before-")
}

fn named(directory: &Path, prefix: &str) -> Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("read", directory)(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(Error::io("read", directory))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(prefix) && name.ends_with(".sqlite") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Recovers the store in `directory`; a store that is whole is left as it is.
///
/// # Errors
/// [`Error::StoreInUse`] while a window or server has it, [`Error::NothingToRecover`] if no file gives an act, and
/// whatever keeps the new file from being written. The damaged file is in its place then.
pub fn recover(directory: &Path, environment: Environment) -> Result<Recovery> {
    super::open::make_directory(directory)?;
    let _lock = Lock::take(directory)?;
    let scratch = directory.join(SCRATCH);
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch).map_err(Error::io("remove", &scratch))?;
    }
    finish_keeping_aside(directory)?;
    if let Some(intact) = intact(directory, &environment)? {
        return Ok(intact);
    }
    std::fs::create_dir(&scratch).map_err(Error::io("create", &scratch))?;
    let recovered = recover_into(directory, &scratch, &environment);
    let removed = std::fs::remove_dir_all(&scratch).map_err(Error::io("remove", &scratch));
    let recovered = recovered?;
    removed?;
    Ok(recovered)
}

/// The answer for a store that needs nothing.
fn intact(directory: &Path, environment: &Environment) -> Result<Option<Recovery>> {
    let opened = Store::open_with(directory, environment.clone()).and_then(|mut store| {
        // A damaged file is not written to, not even to close it.
        store
            .connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        check::quick_check(&store.connection)?;
        let report = store.check()?;
        if let Some(difference) = report.differences.into_iter().next() {
            return Err(Error::damaged(difference));
        }
        report_of(&mut store, RecoveredFrom::Intact)
    });
    match opened {
        Ok(recovery) => Ok(Some(Recovery {
            acts_lost: Some(0),
            ..recovery
        })),
        Err(Error::StoreDamaged { .. } | Error::Sql(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn recover_into(directory: &Path, scratch: &Path, environment: &Environment) -> Result<Recovery> {
    let file = directory.join(FILE_NAME);
    let before = fingerprint(&file);
    let mut main = read_copy(&file, scratch)?;
    let is_complete = main.is_complete();
    let of_main = main.acts.len();
    let mut backup = None;
    if !is_complete {
        let mut others: Vec<PathBuf> = backups::list(directory)?
            .into_iter()
            .map(|backup| backup.path)
            .collect();
        others.extend(kept_aside(directory)?.into_iter().rev());
        others.extend(from_before(directory)?.into_iter().rev());
        for other in others {
            let more = read_copy(&other, scratch)?;
            if add(&mut main, more) && backup.is_none() {
                backup = Some(other);
            }
        }
    }
    let whole = main.acts.len() as u64;
    let mended = mend(&mut main, || environment.random_id());
    if main.acts.is_empty() {
        return Err(Error::NothingToRecover {
            path: directory.to_owned(),
        });
    }
    let how = match (of_main, &backup) {
        (_, None) => RecoveredFrom::Log,
        (0, Some(_)) => RecoveredFrom::Backup,
        (_, Some(_)) => RecoveredFrom::LogAndBackup,
    };
    let fresh = scratch.join("new");
    let mut store = Store::open_with(&fresh, environment.clone())?;
    replay(&mut store, &main)?;
    let report = store.check()?;
    if let Some(difference) = report.differences.into_iter().next() {
        return Err(Error::damaged(difference));
    }
    let mut recovery = report_of(&mut store, how)?;
    recovery.backup = backup;
    recovery.acts_saved = whole + mended.acts;
    recovery.acts_mended = mended.acts;
    recovery.changes_kept = mended.kept;
    recovery.changes_lost = mended.lost;
    recovery.acts_lost = (main.held > 0).then(|| {
        main.held
            .saturating_sub(recovery.acts_saved)
            .min(mended.lost)
    });
    let whole = scratch.join("whole.sqlite");
    super::copy::copy_whole(&store.connection, &whole)?;
    drop(store);
    // Somebody who wrote meanwhile would lose what was told to be saved.
    if fingerprint(&file) != before {
        return Err(Error::StoreBusy);
    }
    recovery.kept_as = keep_aside(directory, &file, environment)?;
    places::put_in_place(&whole, &file).map_err(Error::io("write", &file))?;
    Ok(recovery)
}

/// Size and time of the file and its write-ahead log.
fn fingerprint(file: &Path) -> Vec<Option<(u64, Option<std::time::SystemTime>)>> {
    [file.to_owned(), wal_of(file)]
        .iter()
        .map(|path| {
            let metadata = std::fs::metadata(path).ok()?;
            Some((metadata.len(), metadata.modified().ok()))
        })
        .collect()
}

/// What a copy of the file gives: the file itself is not opened. A missing one gives nothing.
fn read_copy(file: &Path, scratch: &Path) -> Result<Salvage> {
    if !file.is_file() {
        return Ok(Salvage::default());
    }
    let copy = scratch.join("old.sqlite");
    for (from, to) in [
        (file.to_owned(), copy.clone()),
        (wal_of(file), wal_of(&copy)),
    ] {
        if to.exists() {
            std::fs::remove_file(&to).map_err(Error::io("remove", &to))?;
        }
        if from.is_file() {
            std::fs::copy(&from, &to).map_err(Error::io("read", &from))?;
        }
    }
    let shared = shared_memory_of(&copy);
    if shared.exists() {
        std::fs::remove_file(&shared).map_err(Error::io("remove", &shared))?;
    }
    salvage(&copy)
}

fn shared_memory_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-shm");
    PathBuf::from(name)
}

/// Adds what another file of the same workspace knows; true if that was anything.
fn add(main: &mut Salvage, more: Salvage) -> bool {
    let ours = workspace_of(main);
    if ours.is_some() && workspace_of(&more) != ours {
        return false;
    }
    let mut is_more = false;
    for (place, act) in more.acts {
        let known = main.acts.get(&place).map(|act| act.header.is_mended);
        // What an earlier recovery mended gives way to the act as it was recorded.
        if known.is_none_or(|is_mended| is_mended && !act.header.is_mended) {
            main.acts.insert(place, act);
            is_more = true;
        }
    }
    for (place, header) in more.remains.headers {
        main.remains.headers.entry(place).or_insert(header);
    }
    for (place, body) in more.remains.operations {
        main.remains.operations.entry(place).or_insert(body);
    }
    for (key, value) in more.settings {
        main.settings.entry(key).or_insert(value);
    }
    is_more
}

/// The workspace that a file belongs to: its setting, unless that is of none that an act made and one was made.
fn workspace_of(found: &Salvage) -> Option<Id> {
    let set = found.id(setting::WORKSPACE);
    let mut made = None;
    for act in found.acts.values() {
        for bytes in &act.operations {
            if let Some(Decoded::Known(operation)) = decode(bytes, act.header.device)
                && operation.kind == Kind::Create
                && operation.entity_kind == registry::WORKSPACE.number
            {
                if Some(operation.entity) == set {
                    return set;
                }
                made = made.or(Some(operation.entity));
            }
        }
    }
    made.or(set)
}

/// Writes what was saved into a new store.
fn replay(store: &mut Store, found: &Salvage) -> Result<()> {
    store.write(|transaction, _| {
        if let Some(workspace) = workspace_of(found) {
            setting::keep(transaction, setting::WORKSPACE, workspace.0)?;
        }
        for key in [setting::PERSON, setting::LAST_AT, setting::REHEARSAL] {
            match found.settings.get(key) {
                Some(Setting::Bytes(bytes)) => setting::keep(transaction, key, bytes)?,
                // No act is later than the last one that is here, or the next would be, for ever.
                Some(Setting::Number(number)) if key == setting::LAST_AT => {
                    let latest = found.acts.values().map(|act| act.header.at).max();
                    setting::keep(transaction, key, (*number).min(latest.unwrap_or(*number)))?;
                }
                Some(Setting::Number(number)) => setting::keep(transaction, key, number)?,
                None => {}
            }
        }
        let acts: &BTreeMap<(DeviceId, u64), Act> = &found.acts;
        for act in acts.values() {
            match append_act(transaction, act) {
                // Of two acts at one place the first stays; nothing is written of the other.
                Ok(_) | Err(Error::Bundle(BundleFault::Fork { .. })) => {}
                Err(error) => return Err(error),
            }
        }
        apply::rebuild(transaction, &Rest::silent())
    })
}

fn report_of(store: &mut Store, how: RecoveredFrom) -> Result<Recovery> {
    let (acts, newest_at) = super::log::act_count(&store.connection)?;
    let (_, waiting, _) = read::counts(&store.connection)?;
    Ok(Recovery {
        how,
        backup: None,
        acts_saved: acts,
        acts_lost: None,
        acts_mended: 0,
        changes_kept: 0,
        changes_lost: 0,
        waiting: u64::from(waiting),
        newest_at,
        kept_as: None,
    })
}

/// Gives the damaged file, and then its write-ahead log, a name of today that nothing has yet. Whoever is cut off in
/// between leaves a store without its file, which nobody takes for a new one.
fn keep_aside(directory: &Path, file: &Path, environment: &Environment) -> Result<Option<PathBuf>> {
    let shared = shared_memory_of(file);
    if shared.exists() {
        std::fs::remove_file(&shared).map_err(Error::io("remove", &shared))?;
    }
    if !file.exists() {
        return Ok(None);
    }
    let name = format!("baton.damaged-{}", environment.clock.today());
    let aside = free_name(directory, &name);
    std::fs::rename(file, &aside).map_err(Error::io("write", &aside))?;
    finish_keeping_aside(directory)?;
    Ok(Some(aside))
}

/// Moves a write-ahead log that lost its file after the file that was moved last.
fn finish_keeping_aside(directory: &Path) -> Result<()> {
    let wal = wal_of(&directory.join(FILE_NAME));
    if directory.join(FILE_NAME).exists() || !wal.exists() {
        return Ok(());
    }
    let mut newest: Option<(std::time::SystemTime, PathBuf)> = None;
    for aside in kept_aside(directory)? {
        let metadata = std::fs::metadata(&aside).map_err(Error::io("read", &aside))?;
        let at = metadata.modified().map_err(Error::io("read", &aside))?;
        if !wal_of(&aside).exists() && newest.as_ref().is_none_or(|(before, _)| *before <= at) {
            newest = Some((at, aside));
        }
    }
    match newest {
        Some((_, aside)) => {
            let to = wal_of(&aside);
            std::fs::rename(&wal, &to).map_err(Error::io("write", &to))
        }
        None => Ok(()),
    }
}

/// A file in `directory` that is not there yet: the name, or the name with the next number.
pub(super) fn free_name(directory: &Path, name: &str) -> PathBuf {
    let mut number = 1;
    loop {
        let suffix = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let path = directory.join(format!("{name}{suffix}.sqlite"));
        if !path.exists() && !wal_of(&path).exists() {
            return path;
        }
        number += 1;
    }
}

//! What can go wrong. A domain "no" is a [`Refusal`]; everything else is an [`Error`] with the data to act on.
//! On the wire both are `{ code, … }`; the sentence that a person reads is made from the code.

use crate::domain::Refusal;
use serde::Serialize;
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// The result of anything in the core.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something was not done. Nothing was written in any of these cases.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no; the refusal says what to do next.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// No such command.
    #[error("unknown command {name}")]
    UnknownCommand {
        /// As asked for.
        name: String,
    },
    /// The arguments of a command do not read.
    #[error("{argument:?} of {command}: {why:?}")]
    Arguments {
        /// The command.
        command: String,
        /// Which argument; empty if all of them are meant.
        argument: String,
        /// What is wrong with it.
        why: ArgumentFault,
        /// What would fit: words to choose from, or kinds of JSON (`string`, `integer` …).
        expected: Vec<String>,
    },
    /// What was asked makes no sense.
    #[error("usage: {reason}")]
    Usage {
        /// What does not fit.
        reason: String,
    },
    /// Nothing has this id.
    #[error("{what} {id} not found")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
        /// As asked for.
        id: String,
    },
    /// A file cannot be used as asked.
    #[error("{code}: {detail}")]
    File {
        /// Stable code: `not_a_table`, `columns_missing`, `date_order_ambiguous`, `file_too_large` …
        code: &'static str,
        /// The code's fields, for the sentence.
        detail: FileDetail,
    },
    /// A bundle cannot be imported.
    #[error("bundle refused: {0:?}")]
    Bundle(BundleFault),
    /// The store was written by a newer version.
    #[error("store version {found}, this app knows {known}")]
    StoreNewer {
        /// Schema version of the store.
        found: i64,
        /// Newest that this app knows.
        known: i64,
    },
    /// Another process holds the store for longer than the waiting time.
    #[error("store is busy")]
    StoreBusy,
    /// The store does not read as one.
    #[error("store damaged: {reason}")]
    StoreDamaged {
        /// What SQLite or the check said.
        reason: String,
        /// The damaged file, once it is known.
        path: Option<PathBuf>,
    },
    /// Neither the store nor its backups give a single act.
    #[error("nothing to recover in {}", path.display())]
    NothingToRecover {
        /// The store's directory.
        path: PathBuf,
    },
    /// A window or server has the store open and keeps others like it out.
    #[error("store in use")]
    StoreInUse {
        /// The store's directory.
        path: PathBuf,
    },
    /// What was named as a store is a file.
    #[error("{} is not a folder", path.display())]
    StoreNotAFolder {
        /// What was named.
        path: PathBuf,
    },
    /// The store's file is there but must not be opened.
    #[error("{} cannot be opened: {reason}", path.display())]
    StoreUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The disk is full.
    #[error("disk full")]
    DiskFull,
    /// The disk did not take or give what it was asked for.
    #[error("disk failed: {reason}")]
    DiskFailed {
        /// What SQLite said.
        reason: String,
    },
    /// The store cannot be written here.
    #[error("store is read-only")]
    StoreReadOnly,
    /// A file operation failed.
    #[error("{action} {}: {source}", path.display())]
    Io {
        /// What was tried: `read`, `write`, `create`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// SQLite failed in a way nobody can act on.
    #[error(transparent)]
    Sql(rusqlite::Error),
    /// A defect of Baton; the place is in the log.
    #[error("internal error at {place}")]
    Internal {
        /// File and line.
        place: String,
    },
    /// The person asked to stop.
    #[error("cancelled")]
    Cancelled,
}

/// What is wrong with arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArgumentFault {
    /// They are not JSON.
    NotJson,
    /// They are JSON, but have no names.
    NotAnObject,
    /// The command takes none of this name.
    Unknown,
    /// The command cannot do without it.
    Missing,
    /// It is not what would fit.
    Unreadable,
    /// Something that no single argument is to blame for.
    Other,
}

/// What a file error tells.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct FileDetail {
    /// Why, for a log.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// Columns that are missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Columns that are there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<String>,
    /// Cells that fit more than one date order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
}

impl std::fmt::Display for FileDetail {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{} {} {}",
            self.reason.as_deref().unwrap_or(""),
            self.missing.join(", "),
            self.examples.join(", ")
        )
    }
}

/// Why a bundle was refused whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum BundleFault {
    /// Not a bundle at all.
    NotABundle,
    /// The end is missing.
    Torn,
    /// The bytes are not those that were written.
    Altered,
    /// Of another workspace.
    NotOurs {
        /// Workspace of the bundle.
        theirs: String,
        /// Workspace of this store.
        ours: String,
    },
    /// Written in a newer format.
    NewerVersion {
        /// Format version of the bundle.
        needs: u32,
    },
    /// Larger than a bundle may be.
    TooLarge,
    /// Whole, but not as a bundle must be.
    Malformed {
        /// What does not fit.
        reason: String,
    },
    /// Two different acts stand at the same place of a laptop's log.
    Fork {
        /// The laptop.
        device: String,
        /// First sequence of the act.
        #[ts(type = "number")]
        seq: u64,
    },
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<BundleFault> for Error {
    fn from(fault: BundleFault) -> Self {
        Self::Bundle(fault)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::StoreBusy,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::damaged(error.to_string()),
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::SystemIoFailure) => match error.sqlite_extended_error_code() {
                // The shared index beside the store could not grow: there is no other reason for it.
                Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => Self::DiskFull,
                _ => Self::DiskFailed {
                    reason: error.to_string(),
                },
            },
            Some(Code::ReadOnly) => Self::StoreReadOnly,
            _ => Self::Sql(error),
        }
    }
}

impl Error {
    /// A failed file operation.
    pub fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }

    /// A file that cannot be used, for this reason.
    #[must_use]
    pub fn file(code: &'static str, reason: impl Into<String>) -> Self {
        Self::File {
            code,
            detail: FileDetail {
                reason: Some(reason.into()),
                ..FileDetail::default()
            },
        }
    }

    /// A store that does not read as one, for this reason.
    #[must_use]
    pub fn damaged(reason: impl Into<String>) -> Self {
        Self::StoreDamaged {
            reason: reason.into(),
            path: None,
        }
    }

    /// Names the file, if it is the store that is damaged.
    #[must_use]
    pub fn in_file(self, file: &Path) -> Self {
        match self {
            Self::StoreDamaged { reason, path: None } => Self::StoreDamaged {
                reason,
                path: Some(file.to_owned()),
            },
            other => other,
        }
    }

    /// What was given to a command is not JSON at all.
    #[must_use]
    pub fn not_json(command: impl Into<String>) -> Self {
        Self::Arguments {
            command: command.into(),
            argument: String::new(),
            why: ArgumentFault::NotJson,
            expected: Vec::new(),
        }
    }

    /// An argument of a command that is none of what would fit.
    #[must_use]
    pub fn unreadable(command: &str, argument: &str, expected: &[&str]) -> Self {
        Self::Arguments {
            command: command.to_owned(),
            argument: argument.to_owned(),
            why: ArgumentFault::Unreadable,
            expected: expected.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    /// A defect of Baton at this place.
    #[must_use]
    pub fn internal(place: impl Into<String>) -> Self {
        Self::Internal {
            place: place.into(),
        }
    }

    /// The stable code on the wire.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::UnknownCommand { .. } => "unknown_command",
            Self::Arguments { .. } => "arguments_unreadable",
            Self::Usage { .. } => "usage",
            Self::NotFound { .. } => "not_found",
            Self::File { code, .. } => code,
            Self::Bundle(fault) => match fault {
                BundleFault::NotABundle => "not_a_bundle",
                BundleFault::Torn => "torn",
                BundleFault::Altered => "altered",
                BundleFault::NotOurs { .. } => "not_ours",
                BundleFault::NewerVersion { .. } => "newer_version",
                BundleFault::TooLarge => "too_large",
                BundleFault::Malformed { .. } => "malformed",
                BundleFault::Fork { .. } => "fork",
            },
            Self::StoreNewer { .. } => "store_newer",
            Self::StoreBusy => "store_busy",
            Self::StoreDamaged { .. } => "store_damaged",
            Self::NothingToRecover { .. } => "nothing_to_recover",
            Self::StoreInUse { .. } => "store_in_use",
            Self::StoreNotAFolder { .. } => "store_not_a_folder",
            Self::StoreUnreadable { .. } => "store_unreadable",
            Self::DiskFull => "disk_full",
            Self::DiskFailed { .. } => "disk_failed",
            Self::StoreReadOnly => "store_read_only",
            Self::Io { source, .. } if is_full(source) => "disk_full",
            Self::Io { .. } => "file_unreadable",
            Self::Sql(_) | Self::Internal { .. } => "internal",
            Self::Cancelled => "cancelled",
        }
    }

    /// A refusal rather than a fault: exit code 2 on the command line, 422 over HTTP.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Refused(_) | Self::Bundle(_) => true,
            Self::File { code, .. } => *code == "date_order_ambiguous",
            _ => false,
        }
    }
}

/// The system says that there is no room.
fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge
    )
}

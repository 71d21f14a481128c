//! One window or server at a time per store: a locked file in the store's directory.
//!
//! The system lets go of the lock when its process ends, however it ends, so that a file left behind by a killed
//! one blocks nobody. The command line writes beside a window without it; SQLite orders the writes.

use crate::error::{Error, Result};
use std::fs::{File, TryLockError};
use std::path::Path;

/// The lock's file name in the store's directory.
pub const FILE_NAME: &str = "baton.lock";

/// Held for as long as this lives.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the store in `directory`.
    ///
    /// # Errors
    /// [`Error::StoreInUse`] if another process has it.
    pub(super) fn take(directory: &Path) -> Result<Self> {
        let path = directory.join(FILE_NAME);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::io("write", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::StoreInUse {
                path: directory.to_owned(),
            }),
            // A file system that knows no locks (a share of another machine) has no second window to keep out.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
                Ok(Self { _file: file })
            }
            Err(TryLockError::Error(error)) => Err(Error::io("write", &path)(error)),
        }
    }
}

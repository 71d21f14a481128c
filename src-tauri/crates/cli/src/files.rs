//! Files that a person named.
//!
//! Owns bounded reading and whole-or-not-at-all writing. It leaves out the store's own files.

use crate::answer::Failure;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Reads a file of at most `limit` bytes; `-` is standard input.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| unusable(path, &error);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
    } else {
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_dir() {
            return Err(Failure::File {
                path: path.to_owned(),
                reason: "it is a directory".to_owned(),
            });
        }
        if metadata.len() > limit {
            return Err(Failure::TooLarge {
                path: path.to_owned(),
                bytes: metadata.len(),
                limit,
            });
        }
        file.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
    }
    if bytes.len() as u64 > limit {
        return Err(Failure::TooLarge {
            path: path.to_owned(),
            bytes: bytes.len() as u64,
            limit,
        });
    }
    Ok(bytes)
}

/// The name of a file without its directory, for a report.
pub fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Writes a file so that it is there whole or not at all, also when the power fails: a temporary file beside it,
/// flushed to the disk, then renamed over the old one. A directory is never replaced.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let temporary = reserve(path)?;
    fs::write(&temporary, bytes).map_err(|error| {
        let _ = fs::remove_file(&temporary);
        unusable(path, &error)
    })?;
    put_in_place(&temporary, path)?;
    Ok(())
}

/// Flushes a finished temporary file to the disk and renames it to `path`; gives its size in bytes.
pub fn put_in_place(temporary: &Path, path: &Path) -> Result<u64, Failure> {
    let place = || -> std::io::Result<u64> {
        let file = File::options().write(true).open(temporary)?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        drop(file);
        fs::rename(temporary, path)?;
        sync_parent(path)?;
        Ok(bytes)
    };
    place().map_err(|error| {
        let _ = fs::remove_file(temporary);
        unusable(path, &error)
    })
}

/// A name for a temporary file beside `path`, after checking that `path` is no directory.
pub fn reserve(path: &Path) -> Result<PathBuf, Failure> {
    if path.is_dir() {
        return Err(Failure::File {
            path: path.to_owned(),
            reason: "it is a directory".to_owned(),
        });
    }
    let name = path.file_name().ok_or_else(|| Failure::File {
        path: path.to_owned(),
        reason: "it is not the name of a file".to_owned(),
    })?;
    let mut temporary = name.to_owned();
    temporary.push(format!(".{}.part", std::process::id()));
    Ok(path.with_file_name(temporary))
}

/// Makes a rename last: the directory's entry is written too.
fn sync_parent(path: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        File::open(parent)?.sync_all()
    } else {
        Ok(())
    }
}

fn unusable(path: &Path, error: &std::io::Error) -> Failure {
    let reason = match error.kind() {
        ErrorKind::NotFound => "there is no such file or directory".to_owned(),
        ErrorKind::PermissionDenied => "it must not be opened by you".to_owned(),
        _ => error.to_string(),
    };
    Failure::File {
        path: path.to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_leaves_no_temporary_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("bundle");
        write(&path, b"first").unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(read(&path, 100).unwrap(), b"second");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_directory_is_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("here");
        fs::create_dir(&path).unwrap();
        assert!(matches!(write(&path, b"x"), Err(Failure::File { .. })));
        assert!(path.is_dir());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_directory_a_missing_file_and_a_large_file_are_failures_with_a_sentence() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            write(&dir.path().join("no/where"), b"x"),
            Err(Failure::File { .. })
        ));
        assert!(matches!(
            read(&dir.path().join("nothing"), 10),
            Err(Failure::File { .. })
        ));
        assert!(matches!(read(dir.path(), 10), Err(Failure::File { .. })));
        let path = dir.path().join("large");
        write(&path, &[0; 11]).unwrap();
        assert!(matches!(
            read(&path, 10),
            Err(Failure::TooLarge {
                bytes: 11,
                limit: 10,
                ..
            })
        ));
    }
}

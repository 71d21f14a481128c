//! Files that a person named.
//!
//! Owns bounded reading, and the words for what the system refuses. It leaves out the store's own files.

use crate::answer::Failure;
use baton_core::places;
use std::fs::File;
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

/// Writes a file whole or not at all; a directory is never replaced.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    places::write_whole(path, bytes).map_err(|error| unusable(path, &error))
}

/// A name for a temporary file beside `path`, after checking that `path` is no directory.
pub fn reserve(path: &Path) -> Result<PathBuf, Failure> {
    places::name_temporary(path).map_err(|error| unusable(path, &error))
}

/// Puts a finished temporary file in the place of `path`; gives its size in bytes.
pub fn put_in_place(temporary: &Path, path: &Path) -> Result<u64, Failure> {
    places::put_in_place(temporary, path).map_err(|error| unusable(path, &error))
}

fn unusable(path: &Path, error: &std::io::Error) -> Failure {
    let reason = match error.kind() {
        ErrorKind::NotFound => "there is no such file or directory".to_owned(),
        ErrorKind::IsADirectory => "it is a directory".to_owned(),
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

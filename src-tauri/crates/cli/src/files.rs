//! Files that a person named.
//!
//! Owns bounded reading, and the words for what the system refuses. It leaves out the store's own files.

use crate::answer::Failure;
use baton_core::{Error, places};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Reads a file of at most `limit` bytes; `-` is standard input.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(unusable("read", path))?;
    } else {
        let file = File::open(path).map_err(unusable("read", path))?;
        let metadata = file.metadata().map_err(unusable("read", path))?;
        if metadata.is_dir() {
            return Err(unusable("read", path)(ErrorKind::IsADirectory.into()));
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
            .map_err(unusable("read", path))?;
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
    places::write_whole(path, bytes).map_err(unusable("write", path))
}

/// Looks whether `path` can be the name of a file, before the work that fills it.
pub fn reserve(path: &Path) -> Result<(), Failure> {
    places::name_temporary(path)
        .map(drop)
        .map_err(unusable("write", path))
}

fn unusable(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let named = Error::io(action, path);
    move |error| Failure::Core(named(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_directory_a_missing_file_and_a_large_file_are_failures_with_a_sentence() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            write(&dir.path().join("no/where"), b"x"),
            Err(Failure::Core(Error::Io { .. }))
        ));
        assert!(matches!(
            read(&dir.path().join("nothing"), 10),
            Err(Failure::Core(Error::Io { .. }))
        ));
        assert!(matches!(
            read(dir.path(), 10),
            Err(Failure::Core(Error::Io { .. }))
        ));
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

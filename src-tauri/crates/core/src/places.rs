//! Places on this machine: where the store stands, and files that a person names.
//!
//! Owns what the window and the command line share. It leaves out what is inside of the store.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The directory named by `BATON_STORE`, else `baton` in the platform's place for application data.
///
/// `variable` looks up an environment variable. Gives `None` on a machine that names no home directory.
pub fn find_store_dir(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let path = |name: &str| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(named) = path("BATON_STORE") {
        return Some(named);
    }
    if cfg!(target_os = "windows") {
        path("APPDATA").map(|data| data.join("Baton"))
    } else if cfg!(target_os = "macos") {
        path("HOME").map(|home| home.join("Library/Application Support/Baton"))
    } else {
        let data = path("XDG_DATA_HOME").filter(|data| data.is_absolute());
        data.or_else(|| path("HOME").map(|home| home.join(".local/share")))
            .map(|data| data.join("baton"))
    }
}

/// Writes a file so that it is there whole or not at all, also when the power fails: a temporary file beside it,
/// flushed to the disk, then renamed over the old one. A directory is never replaced.
///
/// # Errors
/// What the system says; the old file is untouched then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = name_temporary(path)?;
    fs::write(&temporary, bytes).inspect_err(|_| drop(fs::remove_file(&temporary)))?;
    put_in_place(&temporary, path)?;
    Ok(())
}

/// A name for a temporary file beside `path`.
///
/// # Errors
/// If `path` is a directory or names no file.
pub fn name_temporary(path: &Path) -> io::Result<PathBuf> {
    if path.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let mut name = path
        .file_name()
        .ok_or(io::ErrorKind::InvalidFilename)?
        .to_owned();
    name.push(format!(".{}.part", std::process::id()));
    Ok(path.with_file_name(name))
}

/// Flushes a finished temporary file to the disk and renames it to `path`; gives its size in bytes.
///
/// # Errors
/// What the system says; the temporary file is removed then.
pub fn put_in_place(temporary: &Path, path: &Path) -> io::Result<u64> {
    let place = || {
        let file = File::options().write(true).open(temporary)?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        drop(file);
        fs::rename(temporary, path)?;
        sync_directory(path)?;
        Ok(bytes)
    };
    place().inspect_err(|_| drop(fs::remove_file(temporary)))
}

/// Makes a rename last: the directory's entry is written too.
fn sync_directory(path: &Path) -> io::Result<()> {
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_store_stands_where_it_was_named_else_with_the_application_data() {
        type Variables<'a> = &'a [(&'a str, &'a str)];
        let cases: [(Variables<'_>, Option<&str>); 6] = [
            (
                &[("BATON_STORE", "here"), ("HOME", "/home/ann")],
                Some("here"),
            ),
            (
                &[("BATON_STORE", ""), ("HOME", "/home/ann")],
                Some("/home/ann/.local/share/baton"),
            ),
            (
                &[("XDG_DATA_HOME", "/data"), ("HOME", "/home/ann")],
                Some("/data/baton"),
            ),
            (
                &[("XDG_DATA_HOME", "data"), ("HOME", "/home/ann")],
                Some("/home/ann/.local/share/baton"),
            ),
            (&[("HOME", "")], None),
            (&[], None),
        ];
        for (variables, expected) in cases {
            let look_up = |name: &str| {
                variables
                    .iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| OsString::from(value))
            };
            assert_eq!(
                find_store_dir(look_up),
                expected.map(PathBuf::from),
                "{variables:?}"
            );
        }
    }

    #[test]
    fn a_file_is_replaced_whole_and_leaves_no_temporary_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("bundle");
        write_whole(&path, b"first").unwrap();
        write_whole(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_directory_is_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("here");
        fs::create_dir(&path).unwrap();
        assert!(write_whole(&path, b"x").is_err());
        assert!(path.is_dir());
        assert!(write_whole(&dir.path().join("no/where"), b"x").is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}

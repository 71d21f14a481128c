//! Where the store stands on this machine unless somebody says otherwise.
//!
//! Owns the one rule that the window and the command line share. It leaves out creating and opening anything.

use std::ffi::OsString;
use std::path::PathBuf;

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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_store_stands_where_it_was_named_else_with_the_application_data() {
        let cases: [(&[(&str, &str)], Option<&str>); 6] = [
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
}

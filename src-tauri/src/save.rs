//! Keeping a file where the person says.
//!
//! Owns the system's save dialog. What is in the file is the core's.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

/// Asks where to keep a file and writes it there; gives the path, or null if the person closed the dialog.
#[tauri::command(async)]
pub fn save_file(
    app: AppHandle,
    name: String,
    content_base64: String,
) -> Result<Option<PathBuf>, Value> {
    let bytes = BASE64.decode(content_base64).map_err(
        |error| json!({ "code": "invalid", "field": "content_base64", "reason": error.to_string() }),
    )?;
    let Some(path) = ask(&app, &name) else {
        return Ok(None);
    };
    match baton_core::places::write_whole(&path, &bytes) {
        Ok(()) => Ok(Some(path)),
        Err(error) => {
            Err(json!({ "code": "file_unreadable", "path": path, "reason": error.to_string() }))
        }
    }
}

fn ask(app: &AppHandle, name: &str) -> Option<PathBuf> {
    // A test cannot click a dialog of the system, so in debug builds a variable answers it.
    if cfg!(debug_assertions)
        && let Some(answer) = std::env::var_os("BATON_TEST_SAVE_PATH")
    {
        return Some(PathBuf::from(answer));
    }
    // Only the last part of a suggested name: the page must not choose the directory.
    let suggested = Path::new(name)
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    app.dialog()
        .file()
        .set_file_name(suggested)
        .blocking_save_file()?
        .into_path()
        .ok()
}

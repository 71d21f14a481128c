//! The one window.
//!
//! Owns its size, where it may go, and what a second start of the app does.

use crate::bridge::Bridge;
use crate::{reminders, tray};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use tauri::plugin::TauriPlugin;
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry,
};

const LABEL: &str = "main";

/// Opens the window.
///
/// # Errors
/// What the toolkit says if it cannot.
pub fn open(app: &AppHandle, hidden: bool) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Baton")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .on_navigation(is_own_page)
        .visible(!hidden)
        .build()?;
    let closing = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && !closing.state::<Bridge>().is_opening()
            && reminders::are_on(&closing)
            && stay(&closing).is_ok()
        {
            api.prevent_close();
        }
    });
    scroll_at_once(&window)
}

/// Out of the way, but still reminding: beside the clock, or minimised where there is no such place.
fn stay(app: &AppHandle) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(LABEL) else {
        return Ok(());
    };
    if tray::is_shown(app) {
        window.hide()
    } else {
        window.minimize()
    }
}

/// Brings the window forward, wherever it is.
pub fn forward(app: &AppHandle) {
    let shown = app.get_webview_window(LABEL).map(|window| {
        window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus())
    });
    if let Some(Err(error)) = shown {
        eprintln!("the window stays behind: {error}");
    }
}

/// Ends the app; closing the window only puts it aside.
#[tauri::command]
pub fn quit(app: AppHandle) {
    app.exit(0);
}

/// Shows the page larger or smaller; 1 is its own size. Between a half and three times, whatever is asked.
///
/// # Errors
/// What the toolkit says if it cannot.
#[tauri::command]
pub fn zoom(window: WebviewWindow, factor: f64) -> Result<(), String> {
    let factor = if factor.is_finite() { factor } else { 1.0 };
    window
        .set_zoom(factor.clamp(0.5, 3.0))
        .map_err(|error| error.to_string())
}

/// WebKitGTK's smooth scrolling falls behind wheels of high resolution; the list moves with the hand instead.
#[cfg(target_os = "linux")]
fn scroll_at_once(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{SettingsExt, WebViewExt};
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_enable_smooth_scrolling(false);
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn scroll_at_once(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Brings the window forward when the app is started again on the same store. Another store has a window of its
/// own.
pub fn forward_second_start(store_dir: &Path) -> TauriPlugin<Wry> {
    let place = std::path::absolute(store_dir).unwrap_or_else(|_| store_dir.to_owned());
    let mut hasher = DefaultHasher::new();
    place.hash(&mut hasher);
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(format!("app.baton.desktop.s{:016x}", hasher.finish()))
        .callback(|app, _, _| forward(app))
        .build()
}

/// The window shows the app's own page and nothing else.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        "about" => url.as_str() == "about:blank",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_leaves_its_own_page_for_nothing() {
        let cases = [
            ("tauri://localhost/index.html", true),
            ("https://tauri.localhost/", true),
            ("https://example.org/", false),
            ("https://tauri.localhost.example.org/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
        ];
        for (url, expected) in cases {
            assert_eq!(is_own_page(&url.parse().unwrap()), expected, "{url}");
        }
    }
}

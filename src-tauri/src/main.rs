//! The desktop shell of Baton: one window, one bridge to the core.
//!
//! Owns the window, the icon beside the clock, notices, the dialogs of the system and the event `changed`. It has no rules and no SQL, and it is the
//! only package that names tauri.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bridge;
mod drawing;
mod reminders;
mod save;
mod tray;
mod watch;
mod window;

use bridge::Bridge;
use std::process::ExitCode;
use tauri::Manager;
use tauri_plugin_autostart::MacosLauncher;

/// The argument of a start with the computer.
const HIDDEN: &str = "--hidden";

fn main() -> ExitCode {
    drawing::choose();
    let Some(dir) = baton_core::places::find_store_dir(|name| std::env::var_os(name)) else {
        eprintln!("Baton knows no home directory. Name a place for its data in BATON_STORE.");
        return ExitCode::from(1);
    };
    let built = tauri::Builder::default()
        // First, so that a second start does nothing but bring the first window forward.
        .plugin(window::forward_second_start(&dir))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_autostart::init(
            MacosLauncher::LaunchAgent,
            Some(vec![HIDDEN]),
        ))
        .manage(Bridge::new(dir))
        .manage(reminders::Wanted::default())
        .invoke_handler(tauri::generate_handler![
            bridge::call,
            bridge::cancel,
            bridge::recover,
            reminders::take_route,
            save::save_file,
            window::quit,
            window::zoom
        ])
        .setup(|app| {
            let bridge: tauri::State<'_, Bridge> = app.state();
            bridge.tell_of_opening(app.handle().clone());
            tray::start(app)?;
            // A start with the computer stays out of the way, if there is a place where it can be found.
            let hidden =
                std::env::args().any(|argument| argument == HIDDEN) && tray::is_shown(app.handle());
            window::open(app.handle(), hidden)?;
            watch::start(app.handle().clone());
            watch::back_up(app.handle().clone());
            reminders::start(app.handle().clone());
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Baton cannot open a window: {error}");
            ExitCode::from(1)
        }
    }
}

//! Seeing what other processes write into the store: the command line works beside the window.

use crate::bridge::{Bridge, tell};
use baton_core::Touched;
use std::time::Duration;
use tauri::{AppHandle, Manager};

/// How often the store is looked at.
const INTERVAL: Duration = Duration::from_secs(1);

/// Sees to today's backup at the start and every hour.
pub fn back_up(app: AppHandle) {
    std::thread::spawn(move || {
        loop {
            let bridge = app.state::<Bridge>();
            if let Err(error) = bridge.with_store("backup", |store| store.backup_daily().map(drop))
            {
                eprintln!("no backup was made: {}", error.to_json());
            }
            std::thread::sleep(Duration::from_secs(60 * 60));
        }
    });
}

/// Looks at the store for as long as the app runs, and tells the window when another process has written.
pub fn start(app: AppHandle) {
    std::thread::spawn(move || {
        let mut seen = None;
        loop {
            if seen.is_some() {
                std::thread::sleep(INTERVAL);
            }
            let bridge = app.state::<Bridge>();
            // A store that cannot be opened is the business of the call that wants it.
            let Ok(version) = bridge.with_store("watch", |store| store.data_version()) else {
                std::thread::sleep(INTERVAL);
                continue;
            };
            if seen
                .replace(version)
                .is_some_and(|before| before != version)
            {
                tell(&app, &Touched::everything());
            }
        }
    });
}

//! Notices of the desktop about due mood checks, also while the window is hidden.
//!
//! Owns when to look, what a click does, and where it leads until the page goes there. What is due, what was said already and when to be quiet is the core's.

use crate::bridge::Bridge;
use crate::window;
use baton_core::{Caller, call};
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Emitter, Manager, State};
use tauri_plugin_autostart::ManagerExt;
use tauri_plugin_notification::NotificationExt;

/// How often the store is asked. A laptop that slept is asked within this time after it woke.
const INTERVAL: Duration = Duration::from_secs(60);

/// The screen that goes through all due checks.
const PASS: &str = "moods";

/// Reminds for as long as the app runs.
pub fn start(app: AppHandle) {
    let clicked = app.clone();
    let listening = app.notification().on_action(move |_| open_pass(&clicked));
    if let Err(error) = listening {
        eprintln!("a click on a notice will do nothing: {error}");
    }
    std::thread::spawn(move || {
        loop {
            if let Err(error) = remind(&app) {
                eprintln!("no reminder this time: {error}");
            }
            std::thread::sleep(INTERVAL);
        }
    });
}

fn open_pass(app: &AppHandle) {
    app.state::<Wanted>().want(PASS);
    window::forward(app);
    if let Err(error) = app.emit("open-route", ()) {
        eprintln!("the window was not told where to go: {error}");
    }
}

/// The place that a click asked for, until the page takes it: somebody may click before the page listens, and an
/// event that nobody hears is gone.
#[derive(Default)]
pub struct Wanted(Mutex<Option<&'static str>>);

impl Wanted {
    fn want(&self, place: &'static str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
    }

    fn take(&self) -> Option<&'static str> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The place that the page is to show, once: it asks when it begins to listen, and when it is told.
#[tauri::command]
pub fn take_route(wanted: State<'_, Wanted>) -> Option<&'static str> {
    wanted.take()
}

/// Shows one notice for everything that is due and was not said yet, then notes that it was said: a check is shown
/// twice rather than never if the machine stops in between.
fn remind(app: &AppHandle) -> Result<(), String> {
    let due = ask(app, "due_reminders", json!({}))?;
    let (Some(title), Some(body)) = (due["title"].as_str(), due["body"].as_str()) else {
        return Ok(());
    };
    let notice = app.notification().builder().title(title).body(body);
    notice.show().map_err(|error| error.to_string())?;
    let checks: Vec<Value> = due["checks"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|check| {
            json!({
                "engagement_id": check["engagement_id"],
                "side": check["side"],
                "rhythm_on": check["rhythm_on"],
            })
        })
        .collect();
    ask(app, "mark_reminded", json!({ "checks": checks })).map(|_| ())
}

fn ask(app: &AppHandle, name: &str, args: Value) -> Result<Value, String> {
    let bridge = app.state::<Bridge>();
    let outcome = bridge.with_store(name, |store| call(store, &Caller::Window, name, args));
    outcome
        .map(|outcome| outcome.reply)
        .map_err(|error| error.to_json().to_string())
}

/// Does what the settings say about starting with the computer.
pub fn apply_start_at_login(app: &AppHandle, settings: &Value) {
    let launch = app.autolaunch();
    let wanted = settings["start_at_login"] == json!(true);
    let changed = match (wanted, launch.is_enabled()) {
        (true, Ok(false)) => launch.enable(),
        (false, Ok(true)) => launch.disable(),
        (_, Err(error)) => Err(error),
        _ => Ok(()),
    };
    if let Err(error) = changed {
        eprintln!("starting with the computer could not be changed: {error}");
    }
}

/// The person wants to be reminded, so closing the window keeps the app.
pub fn are_on(app: &AppHandle) -> bool {
    ask(app, "reminder_settings", json!({})).is_ok_and(|settings| settings["on"] == json!(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wanted_place_waits_for_the_page_and_is_taken_once() {
        let wanted = Wanted::default();
        assert_eq!(wanted.take(), None);
        wanted.want(PASS);
        wanted.want(PASS);
        assert_eq!(wanted.take(), Some("moods"));
        assert_eq!(wanted.take(), None);
    }
}

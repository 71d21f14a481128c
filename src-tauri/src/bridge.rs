//! The one way from the window to the core.
//!
//! Owns the store while the window is open, the jobs that run on it, and the events `changed` and `progress`. A
//! store that cannot be opened is tried again with every call, and the window shows why; nothing here decides
//! anything else.

use baton_core::{Caller, Environment, Error, Jobs, Store, Touched};
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use tauri::{AppHandle, Emitter, State};

/// The job under which the page hears how far the store is opened.
const OPENING: &str = "opening";

/// Largest payload of an event, in bytes: webviews keep larger ones for ever.
const EVENT_LIMIT_BYTES: usize = 4096;

/// The store behind the window.
pub struct Bridge {
    dir: PathBuf,
    store: Mutex<Option<Store>>,
    jobs: Jobs,
    /// Who is told while the store is opened.
    app: OnceLock<AppHandle>,
    is_opening: AtomicBool,
}

impl Bridge {
    /// A bridge to the store in `dir`, which is opened by the first call.
    pub fn new(dir: PathBuf) -> Self {
        Self {
            dir,
            store: Mutex::new(None),
            jobs: Jobs::default(),
            app: OnceLock::new(),
            is_opening: AtomicBool::new(false),
        }
    }

    /// From now on this app is told while the store is opened.
    pub fn tell_of_opening(&self, app: AppHandle) {
        self.app.get_or_init(|| app);
    }

    /// The store is being opened or recovered: whoever wants something of it waits.
    pub fn is_opening(&self) -> bool {
        self.is_opening.load(Ordering::Relaxed)
    }

    /// Opens the store. One that an older app wrote is brought up to date, which can take a while.
    fn open(&self) -> Result<Store, Error> {
        let job = self.jobs.begin(OPENING);
        let progress = |done: u64, total: u64| {
            job.hear(done, total, || {
                if let Some(app) = self.app.get() {
                    tell_progress(app, job.id(), done, total);
                }
            })
        };
        self.is_opening.store(true, Ordering::Relaxed);
        let opened = catch_unwind(AssertUnwindSafe(|| {
            let mut store = Store::open_telling(&self.dir, Environment::system(), &progress)?;
            store.hold()?;
            Ok(store)
        }));
        self.is_opening.store(false, Ordering::Relaxed);
        opened.unwrap_or_else(|_| Err(Error::internal("open")))
    }

    /// Does something with the store. A panic becomes an internal error: its transaction was rolled back on the
    /// way, and the app goes on.
    ///
    /// # Errors
    /// What opening the store or `act` says.
    pub fn with_store<T>(
        &self,
        place: &str,
        act: impl FnOnce(&mut Store) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut held = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        catch_unwind(AssertUnwindSafe(|| {
            let store = match &mut *held {
                Some(store) => store,
                empty => empty.insert(self.open()?),
            };
            act(store)
        }))
        .unwrap_or_else(|_| Err(Error::internal(place)))
    }
}

/// Recovers a damaged store and says in words what became of it. Nothing of the damaged file is thrown away. The
/// store is closed before, and the next call opens what was recovered.
#[tauri::command(async)]
pub fn recover(bridge: State<'_, Bridge>) -> Result<Value, Value> {
    let mut held = bridge.store.lock().unwrap_or_else(PoisonError::into_inner);
    *held = None;
    bridge.is_opening.store(true, Ordering::Relaxed);
    let dir = &bridge.dir;
    let recovery = catch_unwind(|| baton_core::store::recover::recover(dir, Environment::system()));
    bridge.is_opening.store(false, Ordering::Relaxed);
    recovery
        .unwrap_or_else(|_| Err(Error::internal("recover")))
        .map(|recovery| recovery.to_json())
        .map_err(|error| error.to_json())
}

/// Calls a command of the core as the person chosen in this window. With a job's id it tells how far it is, and
/// can be cancelled.
#[tauri::command(async)]
pub fn call(
    app: AppHandle,
    bridge: State<'_, Bridge>,
    name: String,
    args: Option<Value>,
    job: Option<String>,
) -> Result<Value, Value> {
    let arguments = args.unwrap_or_else(|| json!({}));
    let job = job.map(|id| bridge.jobs.begin(&id));
    let hear = |done: u64, total: u64| {
        job.as_ref()
            .is_none_or(|job| job.hear(done, total, || tell_progress(&app, job.id(), done, total)))
    };
    let called = bridge.with_store(&name, |store| {
        baton_core::call_with(store, &Caller::Window, &name, arguments, &hear)
    });
    let outcome = called.map_err(|error| error.to_json())?;
    if !outcome.touched.is_empty() {
        tell(&app, &outcome.touched);
    }
    if name == "set_reminders" {
        crate::reminders::apply_start_at_login(&app, &outcome.reply);
    }
    Ok(json!({ "reply": outcome.reply, "act_id": outcome.act_id }))
}

fn tell_progress(app: &AppHandle, job: &str, done: u64, total: u64) {
    let payload = json!({ "job": job, "done": done, "total": total });
    if let Err(error) = app.emit("progress", payload) {
        eprintln!("the window was not told how far a job is: {error}");
    }
}

/// Asks a job to stop; false if none of this id runs. Its call says `cancelled`, and nothing of it is kept.
#[tauri::command]
pub fn cancel(bridge: State<'_, Bridge>, job: String) -> bool {
    bridge.jobs.cancel(&job)
}

/// Tells every window what to load again: keys only, and "all" when the keys are too many.
pub fn tell(app: &AppHandle, touched: &Touched) {
    let payload = serde_json::to_value(touched.view()).unwrap_or_default();
    let payload = if payload.to_string().len() > EVENT_LIMIT_BYTES {
        serde_json::to_value(Touched::everything().view()).unwrap_or_default()
    } else {
        payload
    };
    if let Err(error) = app.emit("changed", payload) {
        eprintln!("the window was not told of a change: {error}");
    }
}

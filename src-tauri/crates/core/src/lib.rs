//! The core of Baton: domain rules, operation log, store, bundles and commands, without a window.
//!
//! Everything comes through one door, [`call`]. Inside, layers point one way: `commands` ask `domain` (pure),
//! `domain` proposes changes, `store` records them in the log (whose rules, `log`, are pure too) and applies them;
//! `sync` turns the log into bytes and back. `words` makes sentences and is known to the border only.

pub mod clock;
pub mod commands;
pub mod domain;
mod error;
pub mod export_file;
pub mod ids;
pub mod import_file;
pub mod log;
pub mod places;
pub mod progress;
pub mod store;
pub mod sync;
pub mod text;
pub mod views;
mod words;

pub use words::say;

pub use commands::{Caller, Outcome, call, call_with};
pub use error::{ArgumentFault, BundleFault, Error, FileDetail, Result};
pub use progress::{Jobs, Progress, Silent};
pub use store::touched::{Touched, TouchedView};
pub use store::{Environment, Store};

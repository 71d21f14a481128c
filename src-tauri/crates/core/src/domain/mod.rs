//! The rules of the trade, pure: given what was recorded, who acts and what they want, each `decide_…`
//! answers with the changes to record or with a refusal that says what to do next. No SQL, no files, no clock.

pub mod account;
pub mod actor;
pub mod calendar;
pub mod change;
pub mod engagement;
pub mod form;
pub mod gate;
pub mod handover;
pub mod item;
pub mod kinds;
pub mod mood;
pub mod ownership;
pub mod promise;
pub mod refusal;
pub mod reminder;
pub mod renewal;
pub mod restore;
pub mod stage;
#[cfg(test)]
mod story;
pub mod template;
pub mod today;
pub mod typed;
pub mod undo;
pub mod workspace;

pub use actor::{Actor, Colleague, Reader};
pub use change::Change;
pub use engagement::{Engagement, Entry, Record};
pub use refusal::Refusal;

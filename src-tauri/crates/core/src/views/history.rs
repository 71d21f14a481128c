//! Who did what when, and what was taken back.

use serde::Serialize;
use ts_rs::TS;

/// One act in the history.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryEntry {
    /// The act's id.
    pub act_id: String,
    /// The command.
    pub command: String,
    /// Who.
    pub person: Option<String>,
    /// Their id.
    pub person_id: Option<String>,
    /// When, by the writer's clock.
    #[ts(type = "number")]
    pub at: i64,
    /// First bytes of the device id, hexadecimal.
    pub device: String,
    /// Written on this laptop.
    pub here: bool,
    /// The act that this one undid.
    pub undo_of: Option<String>,
    /// It was undone by a later act.
    pub undone: bool,
    /// It was damaged: a recovery brought it back in part, and no hash vouches for it.
    pub mended: bool,
    /// Can be undone by the acting person here.
    pub can_undo: bool,
    /// What it changed.
    pub changes: Vec<HistoryChange>,
}

/// One operation in the history.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryChange {
    /// `device-prefix:seq`, to restore this value.
    pub operation_id: String,
    /// Operation kind: create, set, tick, append, move, override, offer, accept, delete, restore.
    pub kind: String,
    /// Entity kind: engagement, promise, person …
    pub entity: String,
    /// Field, item or point it is about.
    pub field: Option<String>,
    /// The new value.
    #[ts(type = "JsonValue")]
    pub value: serde_json::Value,
    /// The value before.
    #[ts(type = "JsonValue")]
    pub before: serde_json::Value,
    /// Lost against a concurrent change; kept and restorable.
    pub lost: bool,
    /// Can be restored: an earlier value of a field.
    pub can_restore: bool,
}

/// What an undo or redo did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UndoReply {
    /// The act that was taken back.
    pub undone_act_id: String,
    /// Its command.
    pub command: String,
    /// The engagement it was about, if it was about one.
    pub engagement_id: Option<String>,
    /// Operations taken back.
    pub undone: u32,
    /// Values that a colleague changed since; they stay.
    pub left: Vec<LeftChange>,
}

/// A value that an undo left as it is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeftChange {
    /// Field, item or point.
    pub field: String,
    /// Who changed it since.
    pub by: Option<String>,
}

//! Who uses the store, and what stands around it.

use crate::domain::kinds::Role;
use serde::Serialize;
use ts_rs::TS;

/// Who uses this store, and what it holds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SessionView {
    /// The shared workspace; absent in a store where nothing was recorded yet.
    pub workspace: Option<WorkspaceView>,
    /// The person that acts in this window; absent before "who am I" was answered.
    pub person: Option<PersonView>,
    /// Colleagues known here.
    pub people_count: u32,
    /// Engagements known here, deleted ones not counted.
    pub engagement_count: u32,
    /// Changes from colleagues that wait for something that has not arrived yet.
    pub pending_count: u32,
    /// Changes that need a newer version of Baton.
    pub deferred_count: u32,
    /// The app's version.
    pub version: String,
    /// A store for rehearsals: its clock can be set.
    pub rehearsal: bool,
    /// Where the store stands on this machine.
    pub store: String,
}

/// What is shared between laptops.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkspaceView {
    /// The workspace's id.
    pub id: String,
    /// The currency of amounts typed without one, ISO 4217.
    pub currency: String,
    /// The person who set the workspace up.
    pub admin_id: Option<String>,
}

/// A colleague.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonView {
    /// The person's id.
    pub id: String,
    /// The name as typed.
    pub name: String,
    /// Every role that the person holds.
    pub roles: Vec<Role>,
    /// Engagements this person owns now.
    pub engagement_count: u32,
    /// Gates this person opened by an override, undone ones included.
    pub override_count: u32,
    /// The person chosen in this window.
    pub is_me: bool,
    /// When the person is away, `2026-12-24` or `2026-12-24/2026-12-31`.
    pub absences: Vec<String>,
}

/// The backups that Baton made by itself.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BackupsView {
    /// Where they stand.
    pub folder: String,
    /// The newest first.
    pub backups: Vec<BackupView>,
    /// Code of the error that the last attempt ended with, while it was not made up for.
    pub failure: Option<String>,
}

/// One backup.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BackupView {
    /// Its file name.
    pub file_name: String,
    /// Where it stands.
    pub path: String,
    /// The day that it was made on, ISO date.
    pub on: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// What a sample book holds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SampleReport {
    /// Engagements made.
    pub created: u32,
}

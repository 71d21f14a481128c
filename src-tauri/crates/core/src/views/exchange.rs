//! Bundles, and files for other programs.

use serde::Serialize;
use ts_rs::TS;

/// What a bundle holds, before anything is written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BundlePreview {
    /// Operations in the bundle.
    pub operations: u32,
    /// Of these, not known here.
    pub new_operations: u32,
    /// Acts that are new, newest first, at most 100.
    pub acts: Vec<BundleAct>,
    /// Fields that both sides changed; both values are kept.
    pub conflict_count: u32,
    /// Laptops that the bundle speaks for.
    pub devices: u32,
    /// Written at, by the exporter's clock.
    #[ts(type = "number")]
    pub exported_at: i64,
    /// Nothing was written.
    pub preview: bool,
}

/// An act that a bundle brings.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BundleAct {
    /// The command.
    pub command: String,
    /// Who.
    pub person: Option<String>,
    /// When.
    #[ts(type = "number")]
    pub at: i64,
    /// Operations in it.
    pub operations: u32,
}

/// A bundle, ready to be saved.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BundleFile {
    /// A good name for it.
    pub file_name: String,
    /// The bytes, base64.
    pub content_base64: String,
    /// Operations in it.
    pub operations: u32,
}

/// A file of an export, ready to be saved.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportedFile {
    /// A good name for it.
    pub file_name: String,
    /// The bytes, base64.
    pub content_base64: String,
    /// Rows of the table; of an export of everything, the entities.
    pub rows: u32,
}

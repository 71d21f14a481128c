//! What waits for a person, and what they wait for.

use super::{Side, TodayKind};
use serde::Serialize;
use ts_rs::TS;

/// A row of Today.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TodayRow {
    /// Why it is here.
    pub kind: TodayKind,
    /// The engagement's id.
    pub engagement_id: String,
    /// Its name.
    pub engagement: String,
    /// The client company's name.
    pub account: String,
    /// Claimed stage id.
    pub stage: String,
    /// Whose mood, of a mood check.
    pub side: Option<Side>,
    /// The date that counts: a check's due date, a contract's end. ISO date.
    pub on: Option<String>,
    /// Days since `on`; negative while it is to come.
    pub days_late: Option<i32>,
    /// Who else is concerned: who returned it, who should answer.
    pub person: Option<String>,
    /// What is open or broken: ids of items, or of points with a comment. Up to ten.
    pub item_ids: Vec<String>,
    /// How many items are open.
    pub item_count: u32,
}

/// How many rows of a kind there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TodayCount {
    /// The kind.
    pub kind: TodayKind,
    /// Rows.
    pub count: u32,
}

/// What waits for the acting person: all counts and a window of rows, what hurts first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TodayView {
    /// The day, ISO date.
    pub today: String,
    /// Rows of each kind, in order; kinds without rows are left out.
    pub counts: Vec<TodayCount>,
    /// All rows that wait for me.
    pub count: u32,
    /// Index of the first row given.
    pub from: u32,
    /// The rows asked for.
    pub rows: Vec<TodayRow>,
}

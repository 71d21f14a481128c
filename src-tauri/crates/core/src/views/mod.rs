//! What the screens, the command line and the tests see.
//!
//! A view is a finished answer: the UI shows it and never computes a gate, a date or a figure from it.
//! Ids are UUID text, instants (`_at`) integer UTC milliseconds, civil dates (`_on`) ISO 8601 text, money an
//! integer of minor units beside its ISO 4217 currency.

mod account;
mod board;
mod engagement;
mod exchange;
mod handover;
mod history;
mod import;
mod mood;
mod session;
mod today;

pub use crate::domain::kinds::{
    AccountState, Block, ChurnReason, ContactKind, HandoverState, ItemInput, OpenItem, Outcome,
    PointInput, PromiseKind, PromiseState, PromiseVerdict, Role, Side, StageKind, StageState,
    Status, TodayKind,
};
pub use account::{
    AccountRowView, AccountView, ContactView, HandoverContactView, ProductView, SearchGroup,
    SearchRow, SearchView, SimilarAccountView, TemplateView,
};
pub use board::{BoardColumn, BoardView, CardView};
pub use engagement::{
    BreachView, DecisionView, EngagementView, ItemView, OverrideView, PromiseView, RenewalView,
    StageView, StepView,
};
pub use exchange::{BundleAct, BundleFile, BundlePreview, ExportedFile};
pub use handover::{AcceptanceView, HandoverActs, HandoverView, PointView, VerificationView};
pub use history::{HistoryChange, HistoryEntry, LeftChange, UndoReply};
pub use import::{
    ColumnsFrom, ImportChange, ImportColumnsView, ImportCounts, ImportNotice, ImportReport,
    ImportRowView, ImportRowsView, RejectedFile, RowOutcome, RowRejection,
};
pub use mood::{
    CalendarView, DueCheckView, MoodAnswerView, MoodCheckView, MoodView, MoodsView,
    ReminderSettingsView, ReminderView, RhythmView,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
pub use session::{BackupView, BackupsView, PersonView, SampleReport, SessionView, WorkspaceView};
pub use today::{TodayCount, TodayRow, TodayView};
use ts_rs::TS;

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MoneyView {
    /// Minor units (cents).
    #[ts(type = "number")]
    pub minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// Decimal places of the currency (2 for EUR, 0 for JPY).
    #[serde(default)]
    pub digits: u8,
}

/// A window of a list: how many rows there are and the rows asked for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Window<T> {
    /// All rows that match.
    pub count: u32,
    /// Index of the first row given.
    pub from: u32,
    /// The rows.
    pub rows: Vec<T>,
}

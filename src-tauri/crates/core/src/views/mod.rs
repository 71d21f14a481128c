//! What the screens, the command line and the tests see.
//!
//! A view is a finished answer: the UI shows it and never computes a gate, a date or a figure from it.
//! Ids are UUID text, instants (`_at`) integer UTC milliseconds, civil dates (`_on`) ISO 8601 text, money an
//! integer of minor units beside its ISO 4217 currency.

mod account;
mod import;
mod mood;
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
pub use today::{TodayCount, TodayRow, TodayView};
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

/// The columns of the board, with the size of each; cards come by `board_cards`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BoardView {
    /// One column per stage kind, in pipeline order.
    pub columns: Vec<BoardColumn>,
}

/// A column of the board.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BoardColumn {
    /// The stage kind.
    pub kind: StageKind,
    /// Cards in it.
    pub count: u32,
    /// Their value, per currency.
    pub value_sums: Vec<MoneyView>,
}

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

/// A card of the board and a row of the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CardView {
    /// The engagement's id.
    pub id: String,
    /// The engagement's name.
    pub name: String,
    /// The client company's name.
    pub account: String,
    /// The client company's id.
    pub account_id: Option<String>,
    /// Claimed stage id.
    pub stage: String,
    /// Kind of the claimed stage.
    pub kind: StageKind,
    /// Stage up to which all gates hold; differs from `stage` after a gate breach.
    pub effective_stage: String,
    /// The owner's name.
    pub owner: Option<String>,
    /// The owner's id.
    pub owner_id: Option<String>,
    /// Contract value.
    pub value: Option<MoneyView>,
    /// Signed on, ISO date.
    pub signed_on: Option<String>,
    /// Mandatory items of the claimed stage that are still open.
    pub open_item_count: u32,
    /// Nothing is open and nothing blocks.
    pub gate_open: bool,
    /// A returned handover waits for correction.
    pub returned: bool,
    /// An earlier gate no longer holds.
    pub breached: bool,
    /// Gates opened by an override.
    pub override_count: u32,
    /// What became of it.
    pub status: Status,
    /// The client's last mood in tenths, 35 is 3.5.
    #[ts(type = "number | null")]
    pub client_mood: Option<i64>,
    /// The team's last mood in tenths.
    #[ts(type = "number | null")]
    pub team_mood: Option<i64>,
    /// The contract ends on, ISO date.
    pub contract_end_on: Option<String>,
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

/// Everything about one engagement.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EngagementView {
    /// The engagement's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The client company's name.
    pub account: String,
    /// The client company's id.
    pub account_id: Option<String>,
    /// Product name as sold.
    pub product: Option<String>,
    /// Template id.
    pub template_id: String,
    /// Template name.
    pub template: String,
    /// Claimed stage id.
    pub stage: String,
    /// Stage up to which all gates hold.
    pub effective_stage: String,
    /// The owner's name.
    pub owner: Option<String>,
    /// The owner's id.
    pub owner_id: Option<String>,
    /// Contract value.
    pub value: Option<MoneyView>,
    /// Minor units of the value.
    #[ts(type = "number | null")]
    pub value_minor: Option<i64>,
    /// Currency of the value.
    pub currency: Option<String>,
    /// Signed on, ISO date.
    pub signed_on: Option<String>,
    /// What must be done before the engagement can leave its claimed stage.
    pub open_items: Vec<OpenItem>,
    /// What closes the gate besides open items.
    pub blocks: Vec<Block>,
    /// The stages of the template with steps, items and state.
    pub stages: Vec<StageView>,
    /// The handover that belongs to the current stage, or the last one.
    pub handover: HandoverView,
    /// Every promise made to the client.
    pub promises: Vec<PromiseView>,
    /// Every override, undone ones included.
    pub overrides: Vec<OverrideView>,
    /// Gates that no longer hold, and why.
    pub breaches: Vec<BreachView>,
    /// The stage after the current one, if there is one.
    pub next_stage: Option<String>,
    /// The engagement was deleted (and can be restored from its history).
    pub deleted: bool,
    /// How client and team feel.
    pub moods: MoodsView,
    /// What became of it.
    pub status: Status,
    /// How it ended, if it did.
    pub decision: Option<DecisionView>,
    /// The engagement that this one renews.
    pub previous_id: Option<String>,
    /// The engagement that renews this one.
    pub next_id: Option<String>,
    /// The contract ends on, ISO date.
    pub contract_end_on: Option<String>,
    /// The stage at which it was taken over; gates before it were never run here.
    pub taken_over_at: Option<String>,
}

/// A decided renewal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RenewalView {
    /// The engagement that ended.
    pub engagement: EngagementView,
    /// The next one, if it goes on.
    pub next_id: Option<String>,
}

/// How an engagement ended.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DecisionView {
    /// How.
    pub outcome: Outcome,
    /// Why the client left.
    pub churn_reason: Option<ChurnReason>,
    /// What else was said.
    pub note: Option<String>,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    #[ts(type = "number")]
    pub at: i64,
}

/// A stage of the template with the state of its steps.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StageView {
    /// Stage id; of the default template the same as its kind.
    pub id: String,
    /// Its kind.
    pub kind: StageKind,
    /// Name, in English; the UI translates by id.
    pub label: String,
    /// What the stage is for, in English.
    pub goal: String,
    /// Where the engagement stands.
    pub state: StageState,
    /// Expected days.
    pub expected_days: u32,
    /// Stuck after these days.
    pub stuck_days: u32,
    /// Steps in order.
    pub steps: Vec<StepView>,
    /// When the stage was entered; absent if it never was.
    #[ts(type = "number | null")]
    pub entered_at: Option<i64>,
}

/// A step of a stage.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StepView {
    /// Step id.
    pub id: String,
    /// Name, in English.
    pub label: String,
    /// Its items.
    pub items: Vec<ItemView>,
}

/// A checklist item with its state.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ItemView {
    /// The item's permanent id.
    pub id: String,
    /// What must be true, in English.
    pub label: String,
    /// How it is filled.
    pub input: ItemInput,
    /// Choices, if the input is one.
    pub choices: Vec<String>,
    /// Blocks the gate while open.
    pub mandatory: bool,
    /// Done, for the gate: every laptop's last word says so.
    pub done: bool,
    /// The value it was ticked with.
    #[ts(type = "string | boolean | number | null")]
    pub value: serde_json::Value,
    /// Who fills it: a person's name, else the role's name.
    pub holder: String,
    /// The person, if one is known.
    pub holder_id: Option<String>,
    /// The role that fills it.
    pub holder_role: Role,
    /// An override stands in for it.
    pub overridden: bool,
    /// Who did it last.
    pub done_by: Option<String>,
    /// When.
    #[ts(type = "number | null")]
    pub done_at: Option<i64>,
}

/// A handover: sales to delivery in post-sales, PM to AM in closure.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HandoverView {
    /// Where it stands.
    pub state: HandoverState,
    /// Mandatory points filled, 0 to 100, whole percent. After the first submission: as it was then.
    pub completeness: u32,
    /// Mandatory points filled now.
    pub filled_count: u32,
    /// Mandatory points that apply.
    pub mandatory_count: u32,
    /// The points of the form in order.
    pub points: Vec<PointView>,
    /// Whom it was offered to.
    pub receiver: Option<String>,
    /// Their id.
    pub receiver_id: Option<String>,
    /// Who submitted last.
    pub submitted_by: Option<String>,
    /// When.
    #[ts(type = "number | null")]
    pub submitted_at: Option<i64>,
    /// Times submitted.
    pub round_count: u32,
    /// The verification that stands, if one does.
    pub verification: Option<VerificationView>,
    /// Everybody who must not verify the brief: who wrote a point, logged a promise or submitted.
    pub writers: Vec<String>,
    /// The acceptance, if it was accepted.
    pub acceptance: Option<AcceptanceView>,
    /// What the acting person can do now.
    pub can: HandoverActs,
}

/// Which acts are open to the acting person; the rest would be refused.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct HandoverActs {
    /// Edit the points.
    pub fill: bool,
    /// Submit to a receiver.
    pub submit: bool,
    /// Verify the brief.
    pub verify: bool,
    /// Return it with comments.
    pub return_points: bool,
    /// Accept it.
    pub accept: bool,
    /// Take the submission back.
    pub withdraw: bool,
    /// Reopen what was accepted.
    pub reopen: bool,
}

/// One point of the handover form.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PointView {
    /// Permanent id.
    pub id: String,
    /// Name, in English; the UI translates by id.
    pub label: String,
    /// Shape of the value.
    pub input: PointInput,
    /// Must be filled before submitting.
    pub mandatory: bool,
    /// Is filled.
    pub filled: bool,
    /// The value: text, or an object of the parts that `input` names.
    #[ts(type = "PointValue")]
    pub value: serde_json::Value,
    /// The parts that are still missing, if the value has parts.
    pub missing_parts: Vec<String>,
    /// Comment of the last return, until the next submission.
    pub comment: Option<String>,
    /// Who edited it last.
    pub edited_by: Option<String>,
    /// When.
    #[ts(type = "number | null")]
    pub edited_at: Option<i64>,
    /// Other values written at the same time on another laptop; the shown one won.
    #[ts(type = "PointValue[]")]
    pub other_values: Vec<serde_json::Value>,
}

/// A verification of the brief.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VerificationView {
    /// Who verified.
    pub person: Option<String>,
    /// When.
    #[ts(type = "number")]
    pub at: i64,
    /// By the writer, which only a workspace of one person allows.
    pub by_writer: bool,
    /// Still binds to what the form says now.
    pub stands: bool,
}

/// How a handover was accepted.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AcceptanceView {
    /// Who accepted.
    pub person: Option<String>,
    /// When it was recorded.
    #[ts(type = "number")]
    pub at: i64,
    /// When the handover meeting was held, ISO date.
    pub held_on: String,
    /// Who was there.
    pub people: Vec<String>,
    /// Recording link or minutes.
    pub minutes: String,
    /// Accepted by a lead in the receiver's place.
    pub as_lead: bool,
}

/// Something anyone told the client that they would get.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PromiseView {
    /// The promise's id.
    pub id: String,
    /// What it is about.
    pub kind: PromiseKind,
    /// The words.
    pub wording: String,
    /// Who promised.
    pub promised_by: Option<String>,
    /// To whom.
    pub promised_to: Option<String>,
    /// Where: call, mail, offer, meeting.
    pub channel: Option<String>,
    /// When, ISO date.
    pub promised_on: Option<String>,
    /// Due, ISO date.
    pub due_on: Option<String>,
    /// The client sees it in the summary.
    pub visible_to_client: bool,
    /// Delivery's verdict.
    pub verdict: Option<PromiseVerdict>,
    /// What became of it.
    pub state: PromiseState,
}

/// A gate opened with a reason instead of its items.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OverrideView {
    /// The operation.
    pub id: String,
    /// Whose gate it opened.
    pub stage: String,
    /// The items that were open.
    pub item_ids: Vec<String>,
    /// The reason as typed.
    pub reason: String,
    /// Who.
    pub person: Option<String>,
    /// When.
    #[ts(type = "number")]
    pub at: i64,
    /// It was undone; it stays counted.
    pub undone: bool,
}

/// A passed gate that no longer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreachView {
    /// The stage whose gate broke.
    pub stage: String,
    /// The items it broke on.
    pub item_ids: Vec<String>,
    /// Who changed it.
    pub person: Option<String>,
    /// When.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
}

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

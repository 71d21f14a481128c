//! One engagement: its stages, what is promised, overridden, broken and decided.

use super::{HandoverView, MoneyView, MoodsView};
use crate::domain::kinds::{
    Block, ChurnReason, ItemInput, OpenItem, Outcome, PromiseKind, PromiseState, PromiseVerdict,
    Role, StageKind, StageState, Status,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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

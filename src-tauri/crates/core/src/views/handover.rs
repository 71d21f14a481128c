//! The handover form.

use crate::domain::kinds::{HandoverState, PointInput};
use serde::Serialize;
use ts_rs::TS;

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

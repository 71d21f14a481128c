//! The board and the list.

use super::MoneyView;
use crate::domain::kinds::{StageKind, Status};
use serde::Serialize;
use ts_rs::TS;

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

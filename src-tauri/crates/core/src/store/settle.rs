//! Lets the rules look at an engagement after a write and keeps what lists need of their answer.

use super::log::records_of;
use crate::domain::kinds::HandoverState;
use crate::domain::{Engagement, Record};
use crate::error::Result;
use crate::ids::EngagementId;
use crate::log::Kind;
use crate::log::registry::engagement as field;
use rusqlite::{Transaction, named_params};

pub(super) fn settle(
    transaction: &Transaction<'_>,
    id: EngagementId,
    records: Option<Vec<Record>>,
) -> Result<()> {
    let records = match records {
        Some(records) => records,
        None => records_of(transaction, id.0)?,
    };
    let engagement = Engagement::fold(id, records);
    let gate = engagement.gate();
    let returned = engagement.handover(engagement.current_leg()).state == HandoverState::Returned;
    // Undone overrides stay counted.
    let overrides = engagement.events_of(Kind::Override, field::STAGE).count();
    transaction
        .prepare_cached(
            "update engagement set stage = :stage, stage_kind = :stage_kind, effective_stage = :effective_stage,
             owner = :owner, open_item_count = :open_item_count, gate_open = :gate_open, returned = :returned,
             breached = :breached, override_count = :override_count where id = :id",
        )?
        .execute(named_params! {
            ":id": id.0.0,
            ":stage": engagement.stages.claimed,
            ":stage_kind": gate.stage.kind.word(),
            ":effective_stage": engagement.stages.effective,
            ":owner": engagement.ownership.owner.map(|owner| owner.0.0),
            ":open_item_count": gate.open.len(),
            ":gate_open": gate.is_open(),
            ":returned": returned,
            ":breached": !engagement.stages.breaches.is_empty(),
            ":override_count": overrides,
        })?;
    Ok(())
}

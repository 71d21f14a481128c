//! Lets the rules look at an engagement after a write and keeps what lists need of their answer.

use super::log::records_of;
use crate::domain::kinds::HandoverState;
use crate::domain::{Engagement, Record};
use crate::error::Result;
use crate::ids::{EngagementId, PersonId};
use crate::log::Kind;
use crate::log::registry::engagement as field;
use rusqlite::types::Value as Sql;
use rusqlite::{Transaction, params_from_iter};

/// What lists need of the rules' answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settled {
    stage: String,
    stage_kind: &'static str,
    effective_stage: String,
    owner: Option<PersonId>,
    open_item_count: usize,
    gate_open: bool,
    returned: bool,
    breached: bool,
    override_count: usize,
}

/// The columns of [`Settled::values`], in their order.
pub(super) const SETTLED_COLUMNS: [&str; 9] = [
    "stage",
    "stage_kind",
    "effective_stage",
    "owner",
    "open_item_count",
    "gate_open",
    "returned",
    "breached",
    "override_count",
];

impl Settled {
    fn of(engagement: &Engagement) -> Self {
        let gate = engagement.gate();
        Self {
            stage: engagement.stages.claimed.clone(),
            stage_kind: gate.stage.kind.word(),
            effective_stage: engagement.stages.effective.clone(),
            owner: engagement.ownership.owner,
            open_item_count: gate.open.len(),
            gate_open: gate.is_open(),
            returned: engagement.handover(engagement.current_leg()).state
                == HandoverState::Returned,
            breached: !engagement.stages.breaches.is_empty(),
            // Undone overrides stay counted.
            override_count: engagement.events_of(Kind::Override, field::STAGE).count(),
        }
    }

    /// An engagement of which nothing but its creation is known stands where its template begins, and is its
    /// seller's: the same answer for all of them, so the rules are asked once per template.
    pub(super) fn of_new(create: &Record) -> Self {
        Self::of(&Engagement::fold(
            EngagementId(create.operation.entity),
            vec![create.clone()],
        ))
    }

    /// The same for another owner.
    pub(super) fn owned_by(&self, owner: Option<PersonId>) -> Self {
        Self {
            owner,
            ..self.clone()
        }
    }

    pub(super) fn values(&self) -> [Sql; 9] {
        let count = |count: usize| Sql::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let flag = |yes: bool| Sql::Integer(i64::from(yes));
        [
            Sql::Text(self.stage.clone()),
            Sql::Text(self.stage_kind.to_owned()),
            Sql::Text(self.effective_stage.clone()),
            self.owner
                .map_or(Sql::Null, |owner| Sql::Blob(owner.0.0.to_vec())),
            count(self.open_item_count),
            flag(self.gate_open),
            flag(self.returned),
            flag(self.breached),
            count(self.override_count),
        ]
    }
}

pub(super) fn settle(transaction: &Transaction<'_>, id: EngagementId) -> Result<()> {
    let settled = Settled::of(&Engagement::fold(id, records_of(transaction, id.0)?));
    let assignments = SETTLED_COLUMNS
        .map(|column| format!("{column} = ?"))
        .join(", ");
    let values = settled
        .values()
        .into_iter()
        .chain([Sql::Blob(id.0.0.to_vec())]);
    transaction
        .prepare_cached(&format!("update engagement set {assignments} where id = ?"))?
        .execute(params_from_iter(values))?;
    Ok(())
}

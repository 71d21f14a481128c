//! Lets the rules look at an engagement after a write and keeps what lists need of their answer.

use super::log::records_of;
use crate::domain::kinds::{HandoverState, Side, Status};
use crate::domain::{Engagement, Record};
use crate::error::Result;
use crate::ids::{EngagementId, PersonId};
use crate::log::Kind;
use crate::log::registry::engagement as field;
use chrono::NaiveDate;
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
    receiver: Option<PersonId>,
    status: Status,
    due_on: [Option<NaiveDate>; 2],
    after_on: [Option<NaiveDate>; 2],
    moods: [Option<i64>; 2],
}

/// The columns of [`Settled::values`], in their order.
pub(super) const SETTLED_COLUMNS: [&str; 17] = [
    "stage",
    "stage_kind",
    "effective_stage",
    "owner",
    "open_item_count",
    "gate_open",
    "returned",
    "breached",
    "override_count",
    "receiver",
    "status",
    "client_due_on",
    "team_due_on",
    "client_after_on",
    "team_after_on",
    "client_mood",
    "team_mood",
];

impl Settled {
    fn of(engagement: &Engagement) -> Self {
        let gate = engagement.gate();
        let handover = engagement.handover(engagement.current_leg());
        let moods = [Side::Client, Side::Team].map(|side| engagement.mood(side));
        Self {
            stage: engagement.stages.claimed.clone(),
            stage_kind: gate.stage.kind.word(),
            effective_stage: engagement.stages.effective.clone(),
            owner: engagement.ownership.owner,
            open_item_count: gate.open.len(),
            gate_open: gate.is_open(),
            returned: handover.state == HandoverState::Returned,
            breached: !engagement.stages.breaches.is_empty(),
            // Undone overrides stay counted.
            override_count: engagement.events_of(Kind::Override, field::STAGE).count(),
            receiver: handover
                .receiver
                .filter(|_| handover.state == HandoverState::Submitted),
            status: engagement.status(),
            due_on: [moods[0].due_on, moods[1].due_on],
            after_on: [moods[0].after_on, moods[1].after_on],
            moods: [moods[0].tenths(), moods[1].tenths()],
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

    pub(super) fn values(&self) -> [Sql; 17] {
        let count = |count: usize| Sql::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let person = |id: Option<PersonId>| id.map_or(Sql::Null, |id| Sql::Blob(id.0.0.to_vec()));
        let date = |day: Option<NaiveDate>| day.map_or(Sql::Null, |day| Sql::Text(day.to_string()));
        let number = |number: Option<i64>| number.map_or(Sql::Null, Sql::Integer);
        let flag = |yes: bool| Sql::Integer(i64::from(yes));
        [
            Sql::Text(self.stage.clone()),
            Sql::Text(self.stage_kind.to_owned()),
            Sql::Text(self.effective_stage.clone()),
            person(self.owner),
            count(self.open_item_count),
            flag(self.gate_open),
            flag(self.returned),
            flag(self.breached),
            count(self.override_count),
            person(self.receiver),
            Sql::Text(self.status.word().to_owned()),
            date(self.due_on[0]),
            date(self.due_on[1]),
            date(self.after_on[0]),
            date(self.after_on[1]),
            number(self.moods[0]),
            number(self.moods[1]),
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

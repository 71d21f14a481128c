//! How an engagement ends: renewed into the next one, churned, or ended without a decision.

use super::engagement::{Engagement, Record};
use super::kinds::{ChurnReason, Outcome, Role, StageKind, Status};
use super::refusal::Refusal;
use super::template::Rule;
use super::{Actor, Change, Colleague};
use crate::ids::EngagementId;
use crate::log::registry::{ENGAGEMENT, engagement as field};
use crate::log::{Kind, Value};

impl Outcome {
    /// It opens the next engagement.
    #[must_use]
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Renewed | Self::Expanded | Self::Reduced)
    }
}

/// A decision as typed.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    /// How it ends.
    pub outcome: Outcome,
    /// Why the client leaves, if it does.
    pub churn_reason: Option<ChurnReason>,
    /// What else is to be said; needed when it ends without a decision, and for the reason "other".
    pub note: Option<&'a str>,
    /// The engagement that it opens, if it goes on.
    pub next: Option<EngagementId>,
}

impl Engagement {
    /// The decision that stands.
    #[must_use]
    pub fn decision(&self) -> Option<&Record> {
        self.events_of(Kind::Append, field::DECISION)
            .filter(|record| !self.retracted.contains(&record.dot))
            .last()
    }

    /// How it ended, if it did.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        let decision = self.decision()?;
        decision
            .operation
            .value
            .part("outcome")
            .and_then(Value::as_text)
            .and_then(Outcome::from_word)
    }

    /// What became of it.
    #[must_use]
    pub fn status(&self) -> Status {
        match self.outcome() {
            None => Status::Active,
            Some(Outcome::Ended) => Status::Ended,
            Some(Outcome::Churned) => Status::Churned,
            Some(_) => Status::Renewed,
        }
    }
}

/// Decides about the renewal, or ends the engagement. Going on passes the gate of the last stage; a client who
/// leaves is not held back by a checklist, and that can happen in every stage.
///
/// # Errors
/// [`Refusal::AlreadyEnded`], [`Refusal::NotYourRole`], [`Refusal::NotInRenewal`], [`Refusal::GateClosed`],
/// [`Refusal::ReasonMissing`].
pub fn decide_renewal(
    engagement: &Engagement,
    actor: &Actor,
    decision: &Decision<'_>,
    colleagues: &[Colleague],
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_alive()?;
    if engagement.status() != Status::Active {
        return Err(Refusal::AlreadyEnded);
    }
    if engagement.ownership.owner != Some(actor.person.id) {
        actor.must_have(&[Role::AccountManager])?;
    }
    let note = decision.note.map(str::trim).filter(|note| !note.is_empty());
    let needs_note = match (decision.outcome, decision.churn_reason) {
        (Outcome::Churned, None) => return Err(Refusal::ReasonMissing),
        (Outcome::Churned, Some(ChurnReason::Other)) | (Outcome::Ended, _) => true,
        _ => false,
    };
    if needs_note && note.is_none() {
        return Err(Refusal::ReasonMissing);
    }
    let gate = engagement.gate();
    let mut evidence = Vec::new();
    if decision.outcome.goes_on() {
        if gate.stage.kind != StageKind::Renewal {
            return Err(Refusal::NotInRenewal {
                stage: gate.stage.id.to_owned(),
            });
        }
        let open: Vec<_> = gate
            .open
            .iter()
            .filter(|item| item.rule != Rule::Decided)
            .map(|item| engagement.open_item(item, colleagues))
            .collect();
        if !open.is_empty() || !gate.blocks.is_empty() {
            return Err(Refusal::GateClosed {
                engagement_id: engagement.id.to_string(),
                stage: gate.stage.id.to_owned(),
                to: decision.outcome.word().to_owned(),
                open_items: open,
                blocks: gate.blocks,
            });
        }
        evidence = gate.overrides.iter().map(|record| record.dot).collect();
        let items = gate.stage.items();
        evidence.extend(items.filter_map(|item| Some(engagement.item(item.id)?.version.dot)));
    }
    let mut parts = vec![("outcome".to_owned(), decision.outcome.word().into())];
    if decision.outcome == Outcome::Churned {
        parts.extend(
            decision
                .churn_reason
                .map(|reason| ("churn_reason".to_owned(), reason.word().into())),
        );
    }
    parts.extend(note.map(|note| ("note".to_owned(), note.into())));
    parts.extend(
        decision
            .next
            .map(|next| ("next".to_owned(), Value::Id(next.0))),
    );
    let change = Change::append(
        ENGAGEMENT,
        engagement.id.0,
        field::DECISION,
        Vec::new(),
        Value::Record(parts),
    );
    Ok(vec![Change { evidence, ..change }.seeing(engagement.tip())])
}

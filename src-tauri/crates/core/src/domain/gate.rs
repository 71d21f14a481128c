//! The gate of a stage: what is open, what blocks, and the decision to move or to override.

use super::actor::{Actor, Colleague};
use super::change::Change;
use super::engagement::{Engagement, Record};
use super::item::holder;
use super::kinds::{Block, HandoverState, OpenItem, Role};
use super::refusal::Refusal;
use super::stage::override_names;
use super::template::{Item, Rule, Stage};
use super::typed;
use crate::log::registry::{ENGAGEMENT, engagement as field};
use crate::log::{Dot, Kind, Value};
use std::collections::BTreeSet;

/// The gate of the stage that an engagement is in.
#[derive(Debug, Clone)]
pub struct Gate<'a> {
    /// The stage.
    pub stage: &'static Stage,
    /// Mandatory items that are neither done nor overridden.
    pub open: Vec<&'static Item>,
    /// What else closes it and is not overridden.
    pub blocks: Vec<Block>,
    /// Overrides that count for this visit of the stage.
    pub overrides: Vec<&'a Record>,
}

impl Gate<'_> {
    /// Nothing closes it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_empty() && self.blocks.is_empty()
    }
}

/// The word by which an override names a block.
fn block_word(block: &Block) -> String {
    match block {
        Block::HandoverReturned { .. } => "block:handover_returned".to_owned(),
        Block::PromiseNotFeasible { promise_id, .. } => format!("block:promise:{promise_id}"),
        Block::GateBreached { stage, .. } => format!("block:breach:{stage}"),
    }
}

impl Engagement {
    /// The claimed stage.
    #[must_use]
    pub fn stage(&self) -> &'static Stage {
        self.template
            .stage(&self.stages.claimed)
            .map_or(&self.template.stages[0], |(_, stage)| stage)
    }

    /// The stage after the claimed one.
    #[must_use]
    pub fn next_stage(&self) -> Option<&'static Stage> {
        let (place, _) = self.template.stage(&self.stages.claimed)?;
        self.template.stages.get(place + 1)
    }

    /// The gate of the claimed stage, as it stands now.
    #[must_use]
    pub fn gate(&self) -> Gate<'_> {
        let stage = self.stage();
        let overrides: Vec<&Record> = self
            .events_of(Kind::Override, field::STAGE)
            .filter(|record| record.operation.parents.first().copied() == self.stages.tip)
            .filter(|record| !self.retracted.contains(&record.dot))
            .collect();
        let overridden = |word: &str| {
            overrides
                .iter()
                .any(|record| override_names(&record.operation.value, stage.id, word))
        };
        let open = stage
            .items()
            .filter(|item| item.mandatory && !self.is_done(item) && !overridden(item.id))
            .collect();
        let blocks = self
            .blocks()
            .into_iter()
            .filter(|block| !overridden(&block_word(block)))
            .collect();
        Gate {
            stage,
            open,
            blocks,
            overrides,
        }
    }

    /// What closes the gate besides open items.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let handover = self.handover(self.current_leg());
        if handover.state == HandoverState::Returned {
            let comments = handover
                .returned
                .and_then(|returned| returned.operation.value.part("comments"));
            let points = match comments {
                Some(Value::Record(parts)) => parts.iter().map(|(id, _)| id.clone()).collect(),
                _ => Vec::new(),
            };
            blocks.push(Block::HandoverReturned { points });
        }
        for promise in self.promises.iter().filter(|promise| promise.blocks()) {
            let wording = promise.wording.clone();
            blocks.push(Block::PromiseNotFeasible {
                promise_id: promise.id.to_string(),
                wording,
            });
        }
        for breach in &self.stages.breaches {
            blocks.push(Block::GateBreached {
                stage: breach.stage.clone(),
                item_ids: breach.items.clone(),
            });
        }
        blocks
    }

    /// An open item with who holds it.
    #[must_use]
    pub fn open_item(&self, item: &Item, colleagues: &[Colleague]) -> OpenItem {
        let (person, role) = holder(self, item, colleagues);
        OpenItem {
            id: item.id.to_owned(),
            label: item.label.to_owned(),
            holder: person.map_or_else(
                || role.word().replace('_', " "),
                |person| person.name.clone(),
            ),
            holder_id: person.map(|person| person.id.to_string()),
            holder_role: role,
            missing_points: self.missing_points_of(item),
            input: item.input(),
            choices: item
                .choices()
                .iter()
                .map(|choice| (*choice).to_owned())
                .collect(),
        }
    }

    /// The operations that make an item true; a move names them as evidence.
    fn evidence_for(&self, item: &Item) -> Vec<Dot> {
        match item.rule {
            Rule::Tick(..) => self
                .items
                .get(item.id)
                .into_iter()
                .flatten()
                .map(|head| head.version.dot)
                .collect(),
            Rule::Points(points) => points
                .iter()
                .filter_map(|id| self.points.get(*id))
                .flatten()
                .map(|head| head.version.dot)
                .chain(
                    self.promises
                        .iter()
                        .filter(|_| points.contains(&"promises"))
                        .map(|promise| promise.created),
                )
                .collect(),
            Rule::Verified => self
                .verification()
                .map(|(record, _)| record.dot)
                .into_iter()
                .collect(),
            Rule::Submitted(leg) => self
                .handover(leg)
                .offer
                .map(|offer| offer.dot)
                .into_iter()
                .collect(),
            Rule::Decided => self
                .decision()
                .map(|decision| decision.dot)
                .into_iter()
                .collect(),
            Rule::Accepted(leg) => self
                .handover(leg)
                .acceptance
                .map(|accept| accept.dot)
                .into_iter()
                .collect(),
        }
    }
}

/// Moves an engagement to another stage: back at any time, forward one stage through an open gate.
///
/// # Errors
/// [`Refusal::GateClosed`] names every open item and who holds it; [`Refusal::AlreadyEnded`].
pub fn decide_move(
    engagement: &Engagement,
    to: &str,
    colleagues: &[Colleague],
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_running()?;
    let template = engagement.template;
    let from = engagement.stage();
    let not_next = || Refusal::NotNextStage {
        from: from.id.to_owned(),
        to: to.to_owned(),
        next: engagement.next_stage().map(|stage| stage.id.to_owned()),
    };
    let Some((there, target)) = template.stage(to) else {
        return Err(not_next());
    };
    let (here, _) = template.stage(from.id).unwrap_or((0, from));
    if there == here {
        return Err(Refusal::AlreadyThere {
            stage: to.to_owned(),
        });
    }
    let change = Change::step(
        Kind::Move,
        ENGAGEMENT,
        engagement.id.0,
        field::STAGE,
        engagement.stages.tip,
        target.id.into(),
    );
    if there < here {
        return Ok(vec![change]);
    }
    if there > here + 1 {
        return Err(not_next());
    }
    let gate = engagement.gate();
    if !gate.is_open() {
        return Err(Refusal::GateClosed {
            engagement_id: engagement.id.to_string(),
            stage: from.id.to_owned(),
            to: to.to_owned(),
            open_items: gate
                .open
                .iter()
                .map(|item| engagement.open_item(item, colleagues))
                .collect(),
            blocks: gate.blocks,
        });
    }
    let mut evidence: BTreeSet<Dot> = gate.overrides.iter().map(|record| record.dot).collect();
    for item in from
        .items()
        .filter(|item| item.mandatory && engagement.is_done(item))
    {
        evidence.extend(engagement.evidence_for(item));
    }
    Ok(vec![change.with_evidence(evidence.into_iter().collect())])
}

/// Opens the gate of the current stage with a typed reason instead of its open items.
///
/// # Errors
/// It ended, no reason, nothing to override, or neither owner, PM, AM nor lead.
pub fn decide_override(
    engagement: &Engagement,
    actor: &Actor,
    reason: &str,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_running()?;
    if engagement.ownership.owner != Some(actor.person.id) {
        actor.must_have(&[Role::ProjectManager, Role::AccountManager, Role::Lead])?;
    }
    let reason = typed::reason(reason)?;
    let gate = engagement.gate();
    if gate.is_open() {
        return Err(Refusal::NoOverrideNeeded);
    }
    // The decision about the renewal cannot be done without: an override would make one that was taken look skipped.
    let (decisions, open): (Vec<&Item>, Vec<&Item>) = gate
        .open
        .iter()
        .copied()
        .partition(|item| item.rule == Rule::Decided);
    if let ([decision, ..], [], []) = (&decisions[..], &open[..], &gate.blocks[..]) {
        return Err(Refusal::ItemNotTickedByHand {
            item_id: decision.id.to_owned(),
            how: decision.input(),
        });
    }
    let named: Vec<Value> = open
        .iter()
        .map(|item| Value::from(item.id))
        .chain(
            gate.blocks
                .iter()
                .map(|block| Value::from(block_word(block))),
        )
        .collect();
    let value = Value::Record(vec![
        ("stage".to_owned(), gate.stage.id.into()),
        ("items".to_owned(), Value::List(named)),
        ("reason".to_owned(), reason.into()),
    ]);
    let tip = engagement.stages.tip;
    Ok(vec![Change::step(
        Kind::Override,
        ENGAGEMENT,
        engagement.id.0,
        field::STAGE,
        tip,
        value,
    )])
}

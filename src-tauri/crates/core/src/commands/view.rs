//! Builds the views: names put in for ids, the rules' answers spelled out. Nothing is decided here.

use super::context::Context;
use super::moods::moods_view;
use crate::domain::form::{is_filled, missing_parts};
use crate::domain::handover::acts::open_acts;
use crate::domain::handover::{Handover, completeness};
use crate::domain::item::holder;
use crate::domain::kinds::{
    ChurnReason, HandoverState, PromiseKind, PromiseState, PromiseVerdict, StageState,
};
use crate::domain::template::{Item, Rule};
use crate::domain::{Actor, Colleague, Engagement, Reader, Record};
use crate::error::Result;
use crate::ids::{EngagementId, PersonId};
use crate::import_file::currency_digits;
use crate::log::registry::engagement as field;
use crate::log::{Kind, Value};
use crate::store::dump::value_json;
use crate::store::history::operation_id;
use crate::store::list::Card;
use crate::store::read;
use crate::views::{
    AcceptanceView, BreachView, CardView, DecisionView, EngagementView, HandoverActs, HandoverView,
    ItemView, MoneyView, OverrideView, PersonView, PointView, PromiseView, StageView, StepView,
    VerificationView,
};
use std::collections::HashMap;

pub(super) fn money_view(minor: i64, currency: String) -> MoneyView {
    let digits = currency_digits(&currency).unwrap_or(2);
    MoneyView {
        minor,
        currency,
        digits,
    }
}

pub(super) fn person_view(
    context: &Context<'_>,
    colleague: &Colleague,
    me: Option<PersonId>,
) -> Result<PersonView> {
    let (engagement_count, override_count) = read::person_counts(context.connection, colleague.id)?;
    Ok(PersonView {
        id: colleague.id.to_string(),
        name: colleague.name.clone(),
        roles: colleague.roles.clone(),
        engagement_count,
        override_count,
        is_me: me == Some(colleague.id),
        absences: read::absences(context.connection, colleague.id)?,
    })
}

pub(super) fn card_view(card: Card) -> CardView {
    let value = match (card.value_minor, card.currency) {
        (Some(minor), Some(currency)) => Some(money_view(minor, currency)),
        _ => None,
    };
    CardView {
        id: card.id.to_string(),
        name: card.name,
        account: card.account_name,
        account_id: card.account.map(|account| account.to_string()),
        stage: card.stage,
        kind: card.kind,
        effective_stage: card.effective_stage,
        owner: card.owner_name,
        owner_id: card.owner.map(|owner| owner.to_string()),
        value,
        signed_on: card.signed_on,
        open_item_count: card.open_item_count,
        gate_open: card.gate_open,
        returned: card.returned,
        breached: card.breached,
        override_count: card.override_count,
        status: card.status,
        client_mood: card.client_mood,
        team_mood: card.team_mood,
        contract_end_on: card.contract_end_on,
    }
}

pub(super) fn engagement_view(context: &Context<'_>, id: &str) -> Result<EngagementView> {
    let id = EngagementId(super::context::parse_id("engagement", id)?);
    let engagement = read::engagement(context.connection, id)?;
    let facts = read::engagement_facts(context.connection, id)?;
    let names = Names::load(context)?;
    let actor = if names.me.is_some() {
        Some(context.actor()?)
    } else {
        None
    };
    let gate = engagement.gate();
    let owner = engagement.ownership.owner;
    Ok(EngagementView {
        id: id.to_string(),
        name: facts.name,
        account: facts.account_name,
        account_id: facts.account.map(|account| account.to_string()),
        product: facts.product_name,
        template_id: engagement.template.id.to_owned(),
        template: engagement.template.label.to_owned(),
        stage: engagement.stages.claimed.clone(),
        effective_stage: engagement.stages.effective.clone(),
        owner: names.of(owner),
        owner_id: owner.map(|owner| owner.to_string()),
        value: facts
            .value_minor
            .zip(facts.currency.clone())
            .map(|(minor, currency)| money_view(minor, currency)),
        value_minor: facts.value_minor,
        currency: facts.currency,
        signed_on: facts.signed_on,
        open_items: gate
            .open
            .iter()
            .map(|item| engagement.open_item(item, &names.colleagues))
            .collect(),
        blocks: gate.blocks.clone(),
        stages: stages(&engagement, &names),
        handover: handover_view(&engagement, &names, actor.as_ref()),
        promises: promises(context, id)?,
        overrides: overrides(&engagement, &names),
        breaches: breaches(&engagement, &names),
        next_stage: engagement.next_stage().map(|stage| stage.id.to_owned()),
        deleted: !engagement.alive,
        moods: moods_view(context, &engagement, &names)?,
        status: engagement.status(),
        decision: decision_view(&engagement, &names),
        previous_id: facts.previous.map(|id| id.to_string()),
        next_id: facts.next.map(|id| id.to_string()),
        contract_end_on: facts.contract_end_on,
        taken_over_at: engagement.taken_over.clone(),
    })
}

fn decision_view(engagement: &Engagement, names: &Names) -> Option<DecisionView> {
    let record = engagement.decision()?;
    let value = &record.operation.value;
    let text = |name: &str| value.part(name).and_then(Value::as_text);
    Some(DecisionView {
        outcome: engagement.outcome()?,
        churn_reason: text("churn_reason").and_then(ChurnReason::from_word),
        note: text("note").map(str::to_owned),
        by: names.of(record.person),
        at: record.at,
    })
}

/// Everybody's name.
pub(super) struct Names {
    colleagues: Vec<Colleague>,
    by_id: HashMap<PersonId, String>,
    me: Option<PersonId>,
    /// Who looks.
    pub(super) reader: Reader,
}

impl Names {
    pub(super) fn load(context: &Context<'_>) -> Result<Self> {
        let colleagues = read::colleagues(context.connection)?;
        let by_id = colleagues
            .iter()
            .map(|colleague| (colleague.id, colleague.name.clone()))
            .collect();
        let reader = context.reader()?;
        Ok(Self {
            colleagues,
            by_id,
            me: reader.person,
            reader,
        })
    }

    pub(super) fn of(&self, id: Option<PersonId>) -> Option<String> {
        self.by_id.get(&id?).cloned()
    }
}

fn stages(engagement: &Engagement, names: &Names) -> Vec<StageView> {
    let template = engagement.template;
    let here = template
        .stage(&engagement.stages.claimed)
        .map_or(0, |(place, _)| place);
    let began = template
        .stage(engagement.first_stage().id)
        .map_or(0, |(place, _)| place);
    let gate = engagement.gate();
    let overridden: Vec<&str> = gate
        .overrides
        .iter()
        .flat_map(|record| named_items(record))
        .collect();
    template
        .stages
        .iter()
        .enumerate()
        .map(|(place, stage)| {
            let entered = engagement
                .stages
                .entered
                .iter()
                .rev()
                .find(|(id, _)| id == stage.id);
            StageView {
                id: stage.id.to_owned(),
                kind: stage.kind,
                label: stage.label.to_owned(),
                goal: stage.goal.to_owned(),
                state: match place.cmp(&here) {
                    std::cmp::Ordering::Less if entered.is_none() && place < began => {
                        StageState::NotRun
                    }
                    std::cmp::Ordering::Less => StageState::Passed,
                    std::cmp::Ordering::Equal => StageState::Current,
                    std::cmp::Ordering::Greater => StageState::Ahead,
                },
                expected_days: stage.expected_days,
                stuck_days: stage.stuck_days,
                steps: stage
                    .steps
                    .iter()
                    .map(|step| StepView {
                        id: step.id.to_owned(),
                        label: step.label.to_owned(),
                        items: step
                            .items
                            .iter()
                            .map(|item| {
                                let is_overridden = place == here && overridden.contains(&item.id);
                                item_view(engagement, item, names, is_overridden)
                            })
                            .collect(),
                    })
                    .collect(),
                entered_at: entered
                    .and_then(|(_, dot)| engagement.records.get(dot))
                    .map(|record| record.at),
            }
        })
        .collect()
}

fn item_view(engagement: &Engagement, item: &Item, names: &Names, overridden: bool) -> ItemView {
    let done = engagement.is_done(item);
    let (person, role) = holder(engagement, item, &names.colleagues);
    let ticked = engagement.item(item.id);
    let by_record: Option<&Record> = match item.rule {
        Rule::Verified => engagement.verification().map(|(record, _)| record),
        Rule::Submitted(leg) => engagement.handover(leg).offer,
        Rule::Accepted(leg) => engagement.handover(leg).acceptance,
        _ => None,
    };
    let (done_by, done_at) = match (done, ticked, by_record) {
        (false, ..) => (None, None),
        (true, Some(head), _) => (names.of(head.value.person), Some(head.version.at)),
        (true, None, Some(record)) => (names.of(record.person), Some(record.at)),
        (true, None, None) => (None, None),
    };
    ItemView {
        id: item.id.to_owned(),
        label: item.label.to_owned(),
        input: item.input(),
        choices: item
            .choices()
            .iter()
            .map(|choice| (*choice).to_owned())
            .collect(),
        mandatory: item.mandatory,
        done,
        value: ticked.map_or(serde_json::Value::Null, |head| {
            value_json(&head.value.value)
        }),
        holder: person.map_or_else(
            || role.word().replace('_', " "),
            |person| person.name.clone(),
        ),
        holder_id: person.map(|person| person.id.to_string()),
        holder_role: role,
        overridden,
        done_by,
        done_at,
    }
}

pub(super) fn handover_view(
    engagement: &Engagement,
    names: &Names,
    actor: Option<&Actor>,
) -> HandoverView {
    let leg = engagement.current_leg();
    let handover = engagement.handover(leg);
    let (filled_count, mandatory_count) = completeness(engagement, leg);
    let percent = |filled: i64, mandatory: i64| {
        u32::try_from((filled * 100).checked_div(mandatory).unwrap_or(100)).unwrap_or(0)
    };
    // Completeness is what the form was worth when it was first submitted.
    let offers: Vec<&Record> = engagement
        .events_of(Kind::Offer, field::OWNER)
        .filter(|offer| {
            offer.operation.value.part("leg").and_then(Value::as_text) == Some(leg.word())
        })
        .collect();
    let at_first = offers.first().and_then(|offer| {
        let part = |name| offer.operation.value.part(name).and_then(Value::as_int);
        Some(percent(part("filled")?, part("mandatory")?))
    });
    let returned = handover
        .returned
        .and_then(|returned| returned.operation.value.part("comments"));
    let verification = engagement
        .verification()
        .map(|(record, stands)| VerificationView {
            person: names.of(record.person),
            at: record.at,
            by_writer: record
                .operation
                .value
                .part("by_writer")
                .is_some_and(Value::is_filled),
            stands: stands || handover.state == HandoverState::Accepted,
        });
    HandoverView {
        state: handover.state,
        completeness: at_first
            .unwrap_or_else(|| percent(filled_count.into(), mandatory_count.into())),
        filled_count,
        mandatory_count,
        points: points(engagement, names, returned),
        receiver: names.of(handover.receiver),
        receiver_id: handover.receiver.map(|receiver| receiver.to_string()),
        submitted_by: names.of(handover.offer.and_then(|offer| offer.person)),
        submitted_at: handover.offer.map(|offer| offer.at),
        round_count: u32::try_from(offers.len()).unwrap_or(u32::MAX),
        verification,
        writers: engagement
            .writers()
            .into_iter()
            .filter_map(|writer| names.of(Some(writer)))
            .collect(),
        acceptance: handover.acceptance.map(|record| acceptance(record, names)),
        can: actor
            .map(|actor| acts(engagement, &handover, actor))
            .unwrap_or_default(),
    }
}

fn acceptance(record: &Record, names: &Names) -> AcceptanceView {
    let value = &record.operation.value;
    let text = |name| {
        value
            .part(name)
            .and_then(Value::as_text)
            .unwrap_or_default()
            .to_owned()
    };
    let people = match value.part("people") {
        Some(Value::List(people)) => people
            .iter()
            .filter_map(Value::as_text)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    };
    AcceptanceView {
        person: names.of(record.person),
        at: record.at,
        held_on: text("held_on"),
        people,
        minutes: text("minutes"),
        as_lead: value.part("as_lead").is_some_and(Value::is_filled),
    }
}

fn acts(engagement: &Engagement, handover: &Handover<'_>, actor: &Actor) -> HandoverActs {
    let open = open_acts(engagement, handover, actor);
    HandoverActs {
        fill: open.fill,
        submit: open.submit,
        verify: open.verify,
        return_points: open.answer,
        accept: open.answer,
        withdraw: open.withdraw,
        reopen: open.reopen,
    }
}

fn points(engagement: &Engagement, names: &Names, comments: Option<&Value>) -> Vec<PointView> {
    engagement
        .template
        .points
        .iter()
        .map(|point| {
            let winning = engagement.point(point.id);
            let null = Value::Null;
            let value = winning.map_or(&null, |head| &head.value.value);
            let filled = is_filled(engagement, point);
            let others = engagement.points.get(point.id).into_iter().flatten();
            PointView {
                id: point.id.to_owned(),
                label: point.label.to_owned(),
                input: point.input,
                mandatory: point.mandatory,
                filled,
                value: value_json(value),
                missing_parts: if filled {
                    Vec::new()
                } else {
                    missing_parts(point, value)
                },
                comment: comments
                    .and_then(|comments| comments.part(point.id))
                    .and_then(Value::as_text)
                    .map(str::to_owned),
                edited_by: names.of(winning.and_then(|head| head.value.person)),
                edited_at: winning.map(|head| head.version.at),
                other_values: others
                    .filter(|head| head.value.value != *value)
                    .map(|head| value_json(&head.value.value))
                    .collect(),
            }
        })
        .collect()
}

fn promises(context: &Context<'_>, id: EngagementId) -> Result<Vec<PromiseView>> {
    let promises = read::promises_of(context.connection, id)?;
    Ok(promises
        .into_iter()
        .map(|promise| PromiseView {
            id: promise.id.to_string(),
            kind: promise
                .kind
                .as_deref()
                .and_then(PromiseKind::from_word)
                .unwrap_or(PromiseKind::Delivery),
            wording: promise.wording.unwrap_or_default(),
            promised_by: promise.promised_by,
            promised_to: promise.promised_to,
            channel: promise.channel,
            promised_on: promise.promised_on,
            due_on: promise.due_on,
            visible_to_client: promise.visible_to_client,
            verdict: promise
                .verdict
                .as_deref()
                .and_then(PromiseVerdict::from_word),
            state: promise
                .state
                .as_deref()
                .and_then(PromiseState::from_word)
                .unwrap_or(PromiseState::Open),
        })
        .collect())
}

/// The items (and blocks) that an override names.
fn named_items(record: &Record) -> Vec<&str> {
    match record.operation.value.part("items") {
        Some(Value::List(items)) => items.iter().filter_map(Value::as_text).collect(),
        _ => Vec::new(),
    }
}

fn overrides(engagement: &Engagement, names: &Names) -> Vec<OverrideView> {
    engagement
        .events_of(Kind::Override, field::STAGE)
        .map(|record| {
            let text = |name| {
                record
                    .operation
                    .value
                    .part(name)
                    .and_then(Value::as_text)
                    .unwrap_or_default()
                    .to_owned()
            };
            OverrideView {
                id: operation_id(record.dot),
                stage: text("stage"),
                item_ids: named_items(record).into_iter().map(str::to_owned).collect(),
                reason: text("reason"),
                person: names.of(record.person),
                at: record.at,
                undone: engagement.retracted.contains(&record.dot),
            }
        })
        .collect()
}

fn breaches(engagement: &Engagement, names: &Names) -> Vec<BreachView> {
    engagement
        .stages
        .breaches
        .iter()
        .map(|breach| BreachView {
            stage: breach.stage.clone(),
            item_ids: breach.items.clone(),
            person: breach.by.and_then(|(person, _)| names.of(person)),
            at: breach.by.map(|(_, at)| at),
        })
        .collect()
}

//! Checklist items: what a person may say of one, and whether it is done.

use super::actor::Actor;
use super::change::Change;
use super::engagement::Engagement;
use super::form::is_filled;
use super::kinds::{HandoverState, ItemInput, Role};
use super::refusal::Refusal;
use super::template::{Item, Rule, Template};
use super::typed;
use crate::ids::Id;
use crate::log::registry::{ENGAGEMENT, engagement as field};
use crate::log::{Kind, Value};
use chrono::NaiveDate;

impl Engagement {
    /// The item is done: for a tick, every visible value says so, so that an un-tick elsewhere counts.
    #[must_use]
    pub fn is_done(&self, item: &Item) -> bool {
        match item.rule {
            Rule::Tick(..) => self.items.get(item.id).is_some_and(|heads| {
                !heads.is_empty() && heads.iter().all(|head| head.value.value.is_filled())
            }),
            Rule::Points(points) => points
                .iter()
                .filter_map(|id| self.template.point(id))
                .all(|point| !point.mandatory || is_filled(self, point)),
            Rule::Verified => self.verification_counts(),
            Rule::Submitted(leg) => {
                matches!(
                    self.handover(leg).state,
                    HandoverState::Submitted | HandoverState::Accepted
                )
            }
            Rule::Accepted(leg) => self.handover(leg).state == HandoverState::Accepted,
            Rule::Decided => self.decision().is_some(),
        }
    }

    /// Verified as it stands, or accepted on a verification that stood then: later edits do not undo an acceptance.
    fn verification_counts(&self) -> bool {
        self.verification().is_some_and(|(verification, stands)| {
            stands
                || self.ownership.accepted.iter().any(|accepted| {
                    self.records
                        .get(&accepted.accept)
                        .is_some_and(|accept| accept.operation.evidence.contains(&verification.dot))
                })
        })
    }

    /// Mandatory points that keep the item open.
    #[must_use]
    pub fn missing_points_of(&self, item: &Item) -> Vec<String> {
        let Rule::Points(points) = item.rule else {
            return Vec::new();
        };
        points
            .iter()
            .filter_map(|id| self.template.point(id))
            .filter(|point| point.mandatory && !is_filled(self, point))
            .map(|point| point.id.to_owned())
            .collect()
    }
}

/// Says that an item is done.
///
/// # Errors
/// The item is unknown or derived, the value does not fit, or the wrong role.
pub fn decide_tick(
    engagement: &Engagement,
    actor: &Actor,
    item_id: &str,
    value: &Value,
) -> Result<Vec<Change>, Refusal> {
    let item = tickable(engagement, actor, item_id)?;
    let value = fitting(item, value)?;
    if engagement
        .items
        .get(item_id)
        .is_some_and(|heads| heads.len() == 1 && heads[0].value.value == value)
    {
        return Ok(Vec::new());
    }
    Ok(vec![tick(engagement, item_id, value)])
}

/// Says that an item is not done after all.
///
/// # Errors
/// The item is unknown or derived, or the wrong role.
pub fn decide_untick(
    engagement: &Engagement,
    actor: &Actor,
    item_id: &str,
) -> Result<Vec<Change>, Refusal> {
    tickable(engagement, actor, item_id)?;
    match engagement.items.get(item_id) {
        Some(heads) if heads.iter().any(|head| head.value.value.is_filled()) => {
            Ok(vec![tick(engagement, item_id, Value::Bool(false))])
        }
        _ => Ok(Vec::new()),
    }
}

/// What another system knew of the kick-off of an engagement that is taken over.
#[must_use]
pub fn kick_off_was_held(engagement: Id, template: &Template, on: NaiveDate) -> Change {
    let value = Value::from(on.to_string());
    let change = Change::set(ENGAGEMENT, engagement, field::ITEM, value);
    Change {
        kind: Kind::Tick,
        ..change
    }
    .keyed(template.kick_off_item)
}

/// A person who ticks sees every value, so the new one stands for them all.
fn tick(engagement: &Engagement, item_id: &str, value: Value) -> Change {
    let change = Change::set(ENGAGEMENT, engagement.id.0, field::ITEM, value);
    Change {
        kind: Kind::Tick,
        parents: super::change::Parents::AllHeads,
        ..change
    }
    .keyed(item_id)
    .seeing(engagement.tip())
}

fn tickable(
    engagement: &Engagement,
    actor: &Actor,
    item_id: &str,
) -> Result<&'static Item, Refusal> {
    engagement.must_be_alive()?;
    let Some((_, item)) = engagement.template.item(item_id) else {
        return Err(Refusal::value_invalid(item_id, "item"));
    };
    if !matches!(item.rule, Rule::Tick(..)) {
        return Err(Refusal::ItemNotTickedByHand {
            item_id: item_id.to_owned(),
            how: item.input(),
        });
    }
    // The owner holds every item of the engagement; a seller keeps those of the sale after handing over.
    let is_owner = engagement.ownership.owner == Some(actor.person.id);
    if !is_owner {
        actor.must_have(&[item.role])?;
    }
    Ok(item)
}

fn fitting(item: &Item, value: &Value) -> Result<Value, Refusal> {
    let invalid = |expected: &str| Refusal::value_invalid(item.id, expected);
    match item.input() {
        ItemInput::Tick => match value {
            Value::Bool(true) => Ok(value.clone()),
            _ => Err(invalid("yes")),
        },
        ItemInput::Date => must_be_date(item.id, value),
        ItemInput::Choice => match value.as_text() {
            Some(choice) if item.choices().contains(&choice) => Ok(value.clone()),
            _ => Err(invalid("choice")),
        },
        ItemInput::Score => match value {
            Value::Int(1..=5) => Ok(value.clone()),
            _ => Err(invalid("score")),
        },
        _ => must_be_text(item.id, value),
    }
}

pub(super) fn must_be_date(field: &str, value: &Value) -> Result<Value, Refusal> {
    let date = typed::date(field, value.as_text().unwrap_or_default())?;
    Ok(date.to_string().into())
}

pub(super) fn must_be_text(field: &str, value: &Value) -> Result<Value, Refusal> {
    Ok(typed::text(field, value.as_text().unwrap_or_default())?.into())
}

/// Who holds an item: the person whose turn it is, else only the role is known.
#[must_use]
pub fn holder<'a>(
    engagement: &Engagement,
    item: &Item,
    colleagues: &'a [super::actor::Colleague],
) -> (Option<&'a super::actor::Colleague>, Role) {
    let find = |id| colleagues.iter().find(|colleague| Some(colleague.id) == id);
    let person = match item.rule {
        Rule::Accepted(leg) => find(engagement.handover(leg).receiver),
        // A second person: anyone but the writer, so nobody by name.
        Rule::Verified => None,
        _ => find(engagement.ownership.owner)
            .filter(|owner| owner.roles.contains(&item.role))
            .or_else(|| find(engagement.seller).filter(|_| item.role == Role::Sales)),
    };
    (person, item.role)
}

//! An engagement, folded from everything recorded about it and its promises.
//!
//! The fold is a total function of the set of operations: order of arrival does not matter, and nothing that
//! another laptop sends can make it fail.

use super::kinds::{PromiseState, PromiseVerdict, Status};
use super::mood::Rhythm;
use super::ownership::{Ownership, follow_ownership};
use super::refusal::Refusal;
use super::stage::{StageChain, follow_stages};
use super::template::{self, Template};
use crate::ids::{ActId, EngagementId, Id, PersonId, PromiseId};
use crate::log::register::{Head, Version, winner};
use crate::log::registry::{self, ALIVE, engagement as field, promise as promise_field};
use crate::log::{Dot, Kind, Operation, Value};
use chrono::{DateTime, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// An operation with what its act says about it.
#[derive(Debug, Clone)]
pub struct Record {
    /// Which operation.
    pub dot: Dot,
    /// Its act.
    pub act: ActId,
    /// When, UTC milliseconds by the writer's clock.
    pub at: i64,
    /// Its depth, if it writes a register.
    pub depth: u64,
    /// Who.
    pub person: Option<PersonId>,
    /// The operation.
    pub operation: Operation,
}

/// A visible value of an item or point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who wrote it.
    pub person: Option<PersonId>,
    /// The engagement's last move that its writer had seen.
    pub context: Option<Dot>,
    /// What it says.
    pub value: Value,
}

/// The visible values of one item or point.
pub type Heads = Vec<Head<Entry>>;

/// A promise as the gate sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseFacts {
    /// The promise.
    pub id: PromiseId,
    /// The operation that made it.
    pub created: Dot,
    /// Who logged it.
    pub logged_by: Option<PersonId>,
    /// The words.
    pub wording: String,
    /// Delivery's verdict.
    pub verdict: Option<PromiseVerdict>,
    /// What became of it.
    pub state: PromiseState,
}

impl PromiseFacts {
    /// Judged not feasible and not renegotiated or withdrawn.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.verdict == Some(PromiseVerdict::NotFeasible)
            && !matches!(
                self.state,
                PromiseState::Renegotiated | PromiseState::Withdrawn
            )
    }
}

/// Everything the rules know about an engagement.
#[derive(Debug, Clone)]
pub struct Engagement {
    /// The engagement.
    pub id: EngagementId,
    /// Not deleted.
    pub alive: bool,
    /// The template it follows.
    pub template: &'static Template,
    /// Who sold it, as far as is known now.
    pub seller: Option<PersonId>,
    /// Who owns it until the first handover is accepted: the seller it was created with. Naming another seller
    /// later corrects who sold it and passes nothing on; only an accepted handover does.
    pub first_owner: Option<PersonId>,
    /// The stage at which it was taken over, and when that was said.
    pub taken_over: Option<String>,
    /// The day on which it was taken over, in UTC.
    pub taken_over_on: Option<NaiveDate>,
    /// A rhythm of mood checks that is its own.
    pub own_rhythm: Option<Rhythm>,
    /// Values of checklist items.
    pub items: BTreeMap<String, Heads>,
    /// Values of handover points.
    pub points: BTreeMap<String, Heads>,
    /// Promises that were not deleted, in order of making.
    pub promises: Vec<PromiseFacts>,
    /// Everything recorded, by name.
    pub records: BTreeMap<Dot, Record>,
    /// Entries and chain steps, in order of (instant, name).
    pub events: Vec<Dot>,
    /// Operations taken back by a later one that itself was not.
    pub retracted: BTreeSet<Dot>,
    /// Where it stands.
    pub stages: StageChain,
    /// Whose it is, and how it came to them.
    pub ownership: Ownership,
}

type Registers = BTreeMap<(Id, u32, String), Heads>;

impl Engagement {
    /// Folds the records of the engagement `id` and of its promises.
    #[must_use]
    pub fn fold(id: EngagementId, records: Vec<Record>) -> Self {
        let records: BTreeMap<Dot, Record> = records
            .into_iter()
            .map(|record| (record.dot, record))
            .collect();
        let registers = registers(&records);
        let own = |number: u32| {
            registers
                .get(&(id.0, number, String::new()))
                .and_then(|heads| winner(heads))
                .map(|head| &head.value.value)
        };
        let keyed = |number: u32| -> BTreeMap<String, Heads> {
            registers
                .iter()
                .filter(|((entity, field, _), _)| *entity == id.0 && *field == number)
                .map(|((_, _, key), heads)| (key.clone(), heads.clone()))
                .collect()
        };
        let mut events: Vec<(i64, Dot)> = records
            .values()
            .filter(|record| record.operation.entity == id.0 && !is_value(record.operation.kind))
            .map(|record| (record.at, record.dot))
            .collect();
        events.sort_unstable();
        let taken_over = registers
            .get(&(id.0, field::TAKEN_OVER, String::new()))
            .and_then(|heads| winner(heads))
            .and_then(|head| Some((head.value.value.as_text()?.to_owned(), head.version.at)));
        let seller = own(field::SELLER).and_then(Value::as_id).map(PersonId);
        let mut engagement = Self {
            id,
            alive: own(ALIVE) == Some(&Value::Bool(true)),
            template: template::find(own(field::TEMPLATE).and_then(Value::as_text)),
            seller,
            first_owner: seller_at_creation(id, &records).or(seller),
            taken_over_on: taken_over
                .as_ref()
                .and_then(|(_, at)| DateTime::from_timestamp_millis(*at))
                .map(|at| at.date_naive()),
            taken_over: taken_over.map(|(stage, _)| stage),
            own_rhythm: own(field::MOOD_RHYTHM).and_then(Rhythm::of_value),
            items: keyed(field::ITEM),
            points: keyed(field::POINT),
            promises: promises(&records, &registers),
            events: events.into_iter().map(|(_, dot)| dot).collect(),
            retracted: retracted(&records),
            records,
            stages: StageChain::default(),
            ownership: Ownership::default(),
        };
        engagement.ownership = follow_ownership(&engagement);
        engagement.stages = follow_stages(&engagement);
        engagement
    }

    /// The entries and steps of one kind and field, in order.
    pub fn events_of(&self, kind: Kind, field: u32) -> impl Iterator<Item = &Record> {
        self.events
            .iter()
            .filter_map(|dot| self.records.get(dot))
            .filter(move |record| record.operation.kind == kind && record.operation.field == field)
    }

    /// Entries of `field` about the operation `about` that were not taken back.
    pub fn entries_about(&self, field: u32, about: Dot) -> impl Iterator<Item = &Record> {
        self.events_of(Kind::Append, field).filter(move |record| {
            record.operation.parents.contains(&about) && !self.retracted.contains(&record.dot)
        })
    }

    /// The winning value of a checklist item.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Head<Entry>> {
        self.items.get(id).and_then(|heads| winner(heads))
    }

    /// The winning value of a handover point.
    #[must_use]
    pub fn point(&self, id: &str) -> Option<&Head<Entry>> {
        self.points.get(id).and_then(|heads| winner(heads))
    }

    /// A deleted engagement is not changed.
    ///
    /// # Errors
    /// [`Refusal::EngagementDeleted`].
    pub fn must_be_alive(&self) -> Result<(), Refusal> {
        if self.alive {
            Ok(())
        } else {
            Err(Refusal::EngagementDeleted)
        }
    }

    /// One that was deleted or ended stays where it is, whose it is and what was signed.
    ///
    /// # Errors
    /// [`Refusal::EngagementDeleted`]; [`Refusal::AlreadyEnded`].
    pub fn must_be_running(&self) -> Result<(), Refusal> {
        self.must_be_alive()?;
        if self.status() == Status::Active {
            Ok(())
        } else {
            Err(Refusal::AlreadyEnded)
        }
    }

    /// The last move of the engagement: what a writer who looks at it has seen.
    #[must_use]
    pub fn tip(&self) -> Option<Dot> {
        self.stages.tip
    }
}

fn seller_at_creation(id: EngagementId, records: &BTreeMap<Dot, Record>) -> Option<PersonId> {
    let creates = records
        .values()
        .filter(|record| record.operation.kind == Kind::Create && record.operation.entity == id.0);
    let first = creates.min_by_key(|record| (record.at, record.dot))?;
    let mut fields = first.operation.fields.iter();
    let (_, seller) = fields.find(|(number, _)| *number == field::SELLER)?;
    seller.as_id().map(PersonId)
}

fn is_value(kind: Kind) -> bool {
    kind == Kind::Create || kind.is_register()
}

/// Every register's visible values. A create is the value of each field it carries until the first later one.
fn registers(records: &BTreeMap<Dot, Record>) -> Registers {
    let place = |operation: &Operation| (operation.entity, operation.field, operation.key.clone());
    let mut overwritten = BTreeSet::new();
    for record in records
        .values()
        .filter(|record| record.operation.kind.is_register())
    {
        for parent in &record.operation.parents {
            let same = records.get(parent).is_some_and(|parent| {
                parent.operation.kind.is_register()
                    && place(&parent.operation) == place(&record.operation)
            });
            if same {
                overwritten.insert(*parent);
            }
        }
    }
    let mut registers = Registers::new();
    for record in records
        .values()
        .filter(|record| record.operation.kind.is_register())
    {
        if !overwritten.contains(&record.dot) {
            registers
                .entry(place(&record.operation))
                .or_default()
                .push(head(record, record.operation.value.clone()));
        } else {
            registers.entry(place(&record.operation)).or_default();
        }
    }
    let mut carried = Registers::new();
    for record in records
        .values()
        .filter(|record| record.operation.kind == Kind::Create)
    {
        let alive = (ALIVE, Value::Bool(true));
        for (field, value) in record
            .operation
            .fields
            .iter()
            .chain(std::iter::once(&alive))
        {
            let place = (record.operation.entity, *field, String::new());
            if !registers.contains_key(&place) {
                carried
                    .entry(place)
                    .or_default()
                    .push(head(record, value.clone()));
            }
        }
    }
    registers.extend(carried);
    registers
}

fn head(record: &Record, value: Value) -> Head<Entry> {
    Head {
        version: Version {
            depth: record.depth,
            at: record.at,
            dot: record.dot,
        },
        value: Entry {
            person: record.person,
            context: record.operation.context,
            value,
        },
    }
}

/// A retraction may itself be retracted; the first one of such a row decides nothing by its place in time.
fn retracted(records: &BTreeMap<Dot, Record>) -> BTreeSet<Dot> {
    let mut about: BTreeMap<Dot, Vec<Dot>> = BTreeMap::new();
    for record in records.values() {
        if record.operation.kind == Kind::Append && record.operation.field == field::RETRACTION {
            for parent in &record.operation.parents {
                about.entry(*parent).or_default().push(record.dot);
            }
        }
    }
    // Applied operations name only earlier ones, so a row of retractions ends; the bound guards hostile data.
    fn is_retracted(dot: Dot, about: &BTreeMap<Dot, Vec<Dot>>, left: usize) -> bool {
        left > 0
            && about.get(&dot).is_some_and(|by| {
                by.iter()
                    .any(|retraction| !is_retracted(*retraction, about, left - 1))
            })
    }
    about
        .keys()
        .copied()
        .filter(|dot| is_retracted(*dot, &about, 64))
        .collect()
}

fn promises(records: &BTreeMap<Dot, Record>, registers: &Registers) -> Vec<PromiseFacts> {
    let mut created: BTreeMap<Id, &Record> = BTreeMap::new();
    for record in records.values() {
        let operation = &record.operation;
        if operation.kind == Kind::Create && operation.entity_kind == registry::PROMISE.number {
            let earliest = created.entry(operation.entity).or_insert(record);
            if (record.at, record.dot) < (earliest.at, earliest.dot) {
                *earliest = record;
            }
        }
    }
    let mut promises: Vec<(i64, PromiseFacts)> = created
        .into_iter()
        .filter_map(|(id, record)| {
            let value = |number: u32| {
                registers
                    .get(&(id, number, String::new()))
                    .and_then(|heads| winner(heads))
                    .map(|head| &head.value.value)
            };
            let word = |number: u32| value(number).and_then(Value::as_text);
            (value(ALIVE) == Some(&Value::Bool(true))).then(|| {
                let facts = PromiseFacts {
                    id: PromiseId(id),
                    created: record.dot,
                    logged_by: record.person,
                    wording: word(promise_field::WORDING).unwrap_or_default().to_owned(),
                    verdict: word(promise_field::VERDICT).and_then(PromiseVerdict::from_word),
                    state: word(promise_field::STATE)
                        .and_then(PromiseState::from_word)
                        .unwrap_or(PromiseState::Open),
                };
                (record.at, facts)
            })
        })
        .collect();
    promises.sort_by_key(|(at, facts)| (*at, facts.created));
    promises.into_iter().map(|(_, facts)| facts).collect()
}

//! A change as the rules propose it; the store turns it into an operation.

use crate::ids::Id;
use crate::log::registry::ALIVE;
use crate::log::{Dot, EntityKind, Kind, Value};

/// What a change overwrites or follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parents {
    /// The value that wins now; other values written at the same time stay visible.
    Winner,
    /// Every value that is visible now: the writer saw them all and decides between them.
    AllHeads,
    /// Exactly these operations.
    These(Vec<Dot>),
}

/// A proposed change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it does.
    pub kind: Kind,
    /// Kind of the entity.
    pub entity_kind: EntityKind,
    /// The entity.
    pub entity: Id,
    /// Number of the field, 0 for creating, deleting and restoring.
    pub field: u32,
    /// Entry of a keyed field.
    pub key: String,
    /// What it overwrites or follows.
    pub parents: Parents,
    /// What its writer read to decide.
    pub evidence: Vec<Dot>,
    /// The engagement's last move that its writer had seen.
    pub context: Option<Dot>,
    /// The value.
    pub value: Value,
    /// First values, of a create.
    pub fields: Vec<(u32, Value)>,
}

impl Change {
    fn new(kind: Kind, entity_kind: EntityKind, entity: Id, field: u32, value: Value) -> Self {
        Self {
            kind,
            entity_kind,
            entity,
            field,
            key: String::new(),
            parents: Parents::Winner,
            evidence: Vec::new(),
            context: None,
            value,
            fields: Vec::new(),
        }
    }

    /// A new entity. Fields without a value are left out.
    #[must_use]
    pub fn create(entity_kind: EntityKind, entity: Id, fields: Vec<(u32, Value)>) -> Self {
        let fields = fields
            .into_iter()
            .filter(|(_, value)| *value != Value::Null)
            .collect();
        let parents = Parents::These(Vec::new());
        Self {
            fields,
            parents,
            ..Self::new(Kind::Create, entity_kind, entity, ALIVE, Value::Null)
        }
    }

    /// A new value of a field.
    #[must_use]
    pub fn set(entity_kind: EntityKind, entity: Id, field: u32, value: impl Into<Value>) -> Self {
        Self::new(Kind::Set, entity_kind, entity, field, value.into())
    }

    /// Hides an entity.
    #[must_use]
    pub fn delete(entity_kind: EntityKind, entity: Id) -> Self {
        Self::new(Kind::Delete, entity_kind, entity, ALIVE, Value::Bool(false))
    }

    /// Shows a hidden entity again.
    #[must_use]
    pub fn restore(entity_kind: EntityKind, entity: Id) -> Self {
        Self::new(Kind::Restore, entity_kind, entity, ALIVE, Value::Bool(true))
    }

    /// An entry about the operation `about`, or about nothing recorded before.
    #[must_use]
    pub fn append(
        entity_kind: EntityKind,
        entity: Id,
        field: u32,
        about: Vec<Dot>,
        value: Value,
    ) -> Self {
        Self {
            parents: Parents::These(about),
            ..Self::new(Kind::Append, entity_kind, entity, field, value)
        }
    }

    /// A step of a chain.
    #[must_use]
    pub fn step(
        kind: Kind,
        entity_kind: EntityKind,
        entity: Id,
        field: u32,
        after: Option<Dot>,
        value: Value,
    ) -> Self {
        let parents = Parents::These(after.into_iter().collect());
        Self {
            parents,
            ..Self::new(kind, entity_kind, entity, field, value)
        }
    }

    /// The same for one entry of a keyed field.
    #[must_use]
    pub fn keyed(self, key: &str) -> Self {
        Self {
            key: key.to_owned(),
            ..self
        }
    }

    /// With what its writer read.
    #[must_use]
    pub fn with_evidence(self, evidence: Vec<Dot>) -> Self {
        Self { evidence, ..self }
    }

    /// With the last move its writer had seen.
    #[must_use]
    pub fn seeing(self, context: Option<Dot>) -> Self {
        Self { context, ..self }
    }
}

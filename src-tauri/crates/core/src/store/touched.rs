//! What a write touched, so that the screens know what to load again. Keys only, never data.

use crate::ids::Id;
use crate::log::EntityKind;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Ids per kind of entity; above [`Touched::MOST`] just "all".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched(BTreeMap<&'static str, Ids>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Ids {
    These(BTreeSet<Id>),
    All,
}

impl Touched {
    /// Ids listed per kind before it becomes "all".
    pub const MOST: usize = 200;

    /// Everything may have changed.
    #[must_use]
    pub fn everything() -> Self {
        Self(
            crate::log::registry::ENTITIES
                .iter()
                .map(|(kind, _)| (kind.name, Ids::All))
                .collect(),
        )
    }

    /// Adds an entity.
    pub fn add(&mut self, kind: EntityKind, id: Id) {
        let ids = self
            .0
            .entry(kind.name)
            .or_insert_with(|| Ids::These(BTreeSet::new()));
        if let Ids::These(these) = ids {
            these.insert(id);
            if these.len() > Self::MOST {
                *ids = Ids::All;
            }
        }
    }

    /// Nothing was touched.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it goes over the wire.
    #[must_use]
    pub fn view(&self) -> TouchedView {
        let kinds = self.0.iter().map(|(kind, ids)| {
            let ids = match ids {
                Ids::These(ids) => TouchedIds::These(ids.iter().map(Id::text).collect()),
                Ids::All => TouchedIds::All("all"),
            };
            ((*kind).to_owned(), ids)
        });
        TouchedView {
            kinds: kinds.collect(),
        }
    }
}

/// The event `changed`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TouchedView {
    /// Per kind of entity the ids, or `"all"`.
    pub kinds: BTreeMap<String, TouchedIds>,
}

/// Ids of one kind.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(untagged)]
pub enum TouchedIds {
    /// These.
    These(Vec<String>),
    /// More than are worth listing.
    All(&'static str),
}

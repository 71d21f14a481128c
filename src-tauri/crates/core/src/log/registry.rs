//! The one list of entities and fields, with their permanent numbers.
//!
//! `apply`, history, restore, undo, dump and the check work from this list and are written once. A new field
//! is one line here, one column in a migration and one line in its view. Numbers are never reused, renamed or
//! given another type: a new meaning is a new number.

/// A kind of entity, by its permanent number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKind {
    /// Permanent number.
    pub number: u32,
    /// Name in views and dumps, and of the projected table.
    pub name: &'static str,
}

/// How a field is kept in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Text.
    Text,
    /// A whole number; money is minor units.
    Int,
    /// A civil date, ISO 8601 text.
    Date,
    /// A reference to an entity.
    Reference,
    /// Yes or no, 1 or 0.
    Flag,
    /// Several words, kept as text with a line feed between them.
    Words,
    /// One value per key; kept in the log only, not in a column.
    Keyed,
    /// Entries that are never changed; kept in the log only.
    Entries,
    /// Steps of a decision chain; kept in the log only.
    Chain,
}

impl FieldType {
    /// Has a column in the projected table.
    #[must_use]
    pub fn is_column(self) -> bool {
        !matches!(self, Self::Keyed | Self::Entries | Self::Chain)
    }
}

/// A field of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Permanent number: a thousand times the entity's, plus one's own.
    pub number: u32,
    /// Name in views, dumps and of the column.
    pub name: &'static str,
    /// How it is kept.
    pub kind: FieldType,
}

/// Whether the entity is there (deleted and restored through it); every entity has it.
pub const ALIVE: u32 = 0;

macro_rules! registry {
    ($($(#[$doc:meta])* $module:ident $constant:ident $number:literal { $($field:ident $field_number:literal $name:literal $kind:ident,)* })*) => {
        $(
            $(#[$doc])*
            pub const $constant: EntityKind = EntityKind { number: $number, name: stringify!($module) };

            $(#[$doc])*
            pub mod $module {
                $(
                    #[doc = concat!("Number of the field `", $name, "`.")]
                    pub const $field: u32 = $field_number;
                )*
                pub(super) const FIELDS: &[super::Field] = &[
                    $(super::Field { number: $field_number, name: $name, kind: super::FieldType::$kind },)*
                ];
            }
        )*

        /// Every kind of entity with its fields.
        pub const ENTITIES: &[(EntityKind, &[Field])] = &[$(($constant, $module::FIELDS),)*];
    };
}

registry! {
    /// What is shared; one per store.
    workspace WORKSPACE 1 {
        CURRENCY 1001 "currency" Text,
        ADMIN 1002 "admin" Reference,
        HOLIDAYS 1003 "holidays" Words,
        WEEKEND 1004 "weekend" Words,
    }
    /// A colleague.
    person PERSON 2 {
        NAME 2001 "name" Text,
        ROLES 2002 "roles" Words,
        ABSENCES 2003 "absences" Words,
    }
    /// A client company.
    account ACCOUNT 3 {
        NAME 3001 "name" Text,
        SECTOR 3002 "sector" Text,
        COUNTRY 3003 "country" Text,
        PARENT_NAME 3004 "parent_name" Text,
        IMPORT_KEY 3005 "import_key" Text,
        IMPORTED 3006 "imported" Words,
    }
    /// Something sold.
    product PRODUCT 4 {
        NAME 4001 "name" Text,
        SERIES 4002 "series" Text,
        PRICE_MINOR 4003 "price_minor" Int,
        CURRENCY 4004 "currency" Text,
        IMPORT_KEY 4005 "import_key" Text,
        IMPORTED 4006 "imported" Words,
        TEMPLATE 4007 "template" Text,
    }
    /// One sold piece of work moving through the pipeline.
    engagement ENGAGEMENT 5 {
        NAME 5001 "name" Text,
        ACCOUNT 5002 "account" Reference,
        PRODUCT 5003 "product" Reference,
        PRODUCT_NAME 5004 "product_name" Text,
        TEMPLATE 5005 "template" Text,
        VALUE_MINOR 5007 "value_minor" Int,
        CURRENCY 5008 "currency" Text,
        SIGNED_ON 5009 "signed_on" Date,
        SELLER 5010 "seller" Reference,
        IMPORT_KEY 5011 "import_key" Text,
        IMPORTED 5012 "imported" Words,
        TAKEN_OVER 5013 "taken_over" Text,
        PREVIOUS 5014 "previous" Reference,
        CONTRACT_END_ON 5015 "contract_end_on" Date,
        MOOD_RHYTHM 5016 "mood_rhythm" Words,
        ITEM 5101 "item" Keyed,
        POINT 5102 "point" Keyed,
        RETURN 5201 "return" Entries,
        VERIFICATION 5202 "verification" Entries,
        WITHDRAWAL 5203 "withdrawal" Entries,
        REOPENING 5204 "reopening" Entries,
        RETRACTION 5205 "retraction" Entries,
        MOOD 5206 "mood" Entries,
        DECISION 5207 "decision" Entries,
        STAGE 5301 "stage" Chain,
        OWNER 5302 "owner" Chain,
    }
    /// Something anyone told the client that they would get.
    promise PROMISE 6 {
        ENGAGEMENT 6001 "engagement" Reference,
        KIND 6002 "kind" Text,
        WORDING 6003 "wording" Text,
        PROMISED_BY 6004 "promised_by" Text,
        PROMISED_TO 6005 "promised_to" Text,
        CHANNEL 6006 "channel" Text,
        PROMISED_ON 6007 "promised_on" Date,
        DUE_ON 6008 "due_on" Date,
        VISIBLE_TO_CLIENT 6009 "visible_to_client" Flag,
        VERDICT 6010 "verdict" Text,
        STATE 6011 "state" Text,
    }
    /// A person at a client company.
    contact CONTACT 7 {
        ACCOUNT 7001 "account" Reference,
        NAME 7002 "name" Text,
        KIND 7003 "kind" Text,
        POSITION 7004 "position" Text,
        EMAIL 7005 "email" Text,
        PHONE 7006 "phone" Text,
        LANGUAGE 7007 "language" Text,
        NOTE 7008 "note" Text,
    }
}

/// The kind of this number, with its fields.
#[must_use]
pub fn entity(number: u32) -> Option<(EntityKind, &'static [Field])> {
    ENTITIES
        .iter()
        .find(|(kind, _)| kind.number == number)
        .copied()
}

/// What an import notes to know its rows again; no person reads or sets it.
#[must_use]
pub fn is_import_note(number: u32) -> bool {
    field(number).is_some_and(|field| ["import_key", "imported"].contains(&field.name))
}

/// A value that may be given again from the history: not whether the entity is there, which is undone instead;
/// not what it belongs to or whose it was, which decisions rest on; and no note of an import.
#[must_use]
pub fn is_restorable(number: u32) -> bool {
    let settled = [
        ALIVE,
        engagement::ACCOUNT,
        engagement::TEMPLATE,
        engagement::SELLER,
        engagement::TAKEN_OVER,
        engagement::PREVIOUS,
        contact::ACCOUNT,
        promise::ENGAGEMENT,
    ];
    !settled.contains(&number)
        && !is_import_note(number)
        && entity(number / 1000).map(|(kind, _)| kind) != Some(WORKSPACE)
}

/// The field of this number.
#[must_use]
pub fn field(number: u32) -> Option<&'static Field> {
    let (_, fields) = entity(number / 1000)?;
    fields.iter().find(|field| field.number == number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_number_and_no_name_stands_twice() {
        let mut numbers = BTreeSet::new();
        for (kind, fields) in ENTITIES {
            let mut names = BTreeSet::new();
            for field in *fields {
                assert!(
                    numbers.insert(field.number),
                    "{} stands twice",
                    field.number
                );
                assert!(
                    names.insert(field.name),
                    "{} stands twice in {}",
                    field.name,
                    kind.name
                );
                assert_eq!(
                    field.number / 1000,
                    kind.number,
                    "{} is numbered outside of its entity",
                    field.name
                );
            }
        }
    }

    /// Shipped numbers are in users' stores and bundles; this list only ever grows.
    #[test]
    fn shipped_numbers_never_change() {
        let lines: Vec<String> = ENTITIES
            .iter()
            .flat_map(|(kind, fields)| {
                fields.iter().map(|field| {
                    format!(
                        "{} {}.{} {:?}",
                        field.number, kind.name, field.name, field.kind
                    )
                })
            })
            .collect();
        let golden = include_str!("golden/registry.txt");
        for line in golden.lines() {
            assert!(
                lines.iter().any(|known| known == line),
                "{line} was shipped and is gone"
            );
        }
        assert_eq!(
            golden.lines().count(),
            lines.len(),
            "add the new fields to golden/registry.txt"
        );
    }
}

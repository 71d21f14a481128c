//! One recorded change and its bytes; the act that it belongs to is in [`super::act`].
//!
//! The wire format is the operation, not the schema: numbers are only ever added. The bytes of an operation
//! are kept verbatim in the store and relayed verbatim, so that what this version does not know survives it.

use super::value::{Value, WireValue};
use crate::ids::{DeviceId, Id};
use prost::Message;

/// The name of an operation: which laptop wrote it, and as its how-manieth. Sequences start at 1, without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// The laptop.
    pub device: DeviceId,
    /// Its running number.
    pub seq: u64,
}

/// What an operation does. The numbers are permanent; 4, 5 and 14 to 16 are kept free for sets of items,
/// merged duplicates, erasure and administration (design of sync, 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A new entity, carrying the first value of its fields.
    Create = 1,
    /// A new value of a field.
    Set = 2,
    /// A new value of a checklist item.
    Tick = 3,
    /// An entry that is never changed, only retracted by a later one.
    Append = 6,
    /// An engagement moved to another stage.
    Move = 7,
    /// A gate opened with a reason.
    Override = 8,
    /// A handover offered to a receiver.
    Offer = 9,
    /// An offer accepted; responsibility passes.
    Accept = 10,
    /// The entity is hidden.
    Delete = 11,
    /// The entity is shown again.
    Restore = 12,
    /// A new value of a field by someone who saw every value written at the same time.
    Resolve = 13,
    /// Nothing: it holds the place of one that a damaged store lost, so that what comes after it applies.
    Lost = 17,
}

impl Kind {
    /// The kind of this permanent number; `None` for one that only a newer app knows.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        Some(match number {
            1 => Self::Create,
            2 => Self::Set,
            3 => Self::Tick,
            6 => Self::Append,
            7 => Self::Move,
            8 => Self::Override,
            9 => Self::Offer,
            10 => Self::Accept,
            11 => Self::Delete,
            12 => Self::Restore,
            13 => Self::Resolve,
            17 => Self::Lost,
            _ => return None,
        })
    }

    /// The kind's word in dumps and histories.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Set => "set",
            Self::Tick => "tick",
            Self::Append => "append",
            Self::Move => "move",
            Self::Override => "override",
            Self::Offer => "offer",
            Self::Accept => "accept",
            Self::Delete => "delete",
            Self::Restore => "restore",
            Self::Resolve => "resolve",
            Self::Lost => "lost",
        }
    }

    /// It writes a register: the newest of its values wins, the others stay visible.
    #[must_use]
    pub fn is_register(self) -> bool {
        matches!(
            self,
            Self::Set | Self::Tick | Self::Delete | Self::Restore | Self::Resolve
        )
    }
}

/// An operation as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What it does.
    pub kind: Kind,
    /// Number of the entity's kind, see the registry.
    pub entity_kind: u32,
    /// The entity.
    pub entity: Id,
    /// Number of the field; 0 for creating, deleting and restoring.
    pub field: u32,
    /// Which entry of a field that holds many: an item's or point's id. Empty otherwise.
    pub key: String,
    /// What its writer had seen and overwrites, or the step of the chain that it follows.
    pub parents: Vec<Dot>,
    /// What its writer read to decide: for a move, the operations that opened the gate.
    pub evidence: Vec<Dot>,
    /// The engagement's last stage move that its writer had seen.
    pub context: Option<Dot>,
    /// The value; of a create, a record of field numbers is in `fields` instead.
    pub value: Value,
    /// First values of a new entity's fields.
    pub fields: Vec<(u32, Value)>,
    /// Last operation of its transaction, which applies whole or not at all.
    pub ends_transaction: bool,
}

impl Operation {
    /// The one that holds the place of a lost one.
    #[must_use]
    pub fn lost() -> Self {
        Self {
            kind: Kind::Lost,
            entity_kind: 0,
            entity: Id([0; 16]),
            field: 0,
            key: String::new(),
            parents: Vec::new(),
            evidence: Vec::new(),
            context: None,
            value: Value::Null,
            fields: Vec::new(),
            ends_transaction: true,
        }
    }

    /// Every operation that must be here before this one can apply.
    pub fn needs(&self) -> impl Iterator<Item = &Dot> {
        self.parents
            .iter()
            .chain(&self.evidence)
            .chain(&self.context)
    }

    /// The bytes as recorded by `device`.
    #[must_use]
    pub fn encode(&self, device: DeviceId) -> Vec<u8> {
        let dots = |dots: &[Dot]| dots.iter().map(|dot| WireDot::of(dot, device)).collect();
        WireOperation {
            kind: self.kind as u32,
            entity_kind: self.entity_kind,
            entity: self.entity.0.to_vec(),
            field: self.field,
            key: self.key.clone(),
            parents: dots(&self.parents),
            evidence: dots(&self.evidence),
            context: self.context.as_ref().map(|dot| WireDot::of(dot, device)),
            value: (self.value != Value::Null).then(|| self.value.to_wire()),
            fields: self
                .fields
                .iter()
                .map(|(field, value)| WireField {
                    field: *field,
                    value: Some(value.to_wire()),
                })
                .collect(),
            ends_transaction: self.ends_transaction,
        }
        .encode_to_vec()
    }
}

/// What could be read of an operation's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// This version understands it.
    Known(Operation),
    /// A newer app wrote it: kept, relayed, and applied after an update.
    Deferred {
        /// The entity it is about.
        entity: Id,
        /// What must be here before anything after it applies.
        needs: Vec<Dot>,
        /// Last of its transaction.
        ends_transaction: bool,
    },
}

impl Decoded {
    /// Last operation of its transaction.
    #[must_use]
    pub fn ends_transaction(&self) -> bool {
        match self {
            Self::Known(operation) => operation.ends_transaction,
            Self::Deferred {
                ends_transaction, ..
            } => *ends_transaction,
        }
    }
}

/// Reads an operation that `device` recorded. `None`: these bytes are no operation.
#[must_use]
pub fn decode(bytes: &[u8], device: DeviceId) -> Option<Decoded> {
    let wire = WireOperation::decode(bytes).ok()?;
    let entity = Id::from_slice(&wire.entity)?;
    let dots = |dots: &[WireDot]| {
        dots.iter()
            .map(|dot| dot.read(device))
            .collect::<Option<Vec<_>>>()
    };
    let parents = dots(&wire.parents)?;
    let evidence = dots(&wire.evidence)?;
    let context = match &wire.context {
        Some(dot) => Some(dot.read(device)?),
        None => None,
    };
    let value = match &wire.value {
        Some(value) => Value::from_wire(value),
        None => Some(Value::Null),
    };
    let fields = wire
        .fields
        .iter()
        .map(|field| Some((field.field, Value::from_wire(field.value.as_ref()?)?)))
        .collect::<Option<Vec<_>>>();
    let deferred = |needs: Vec<Dot>| Decoded::Deferred {
        entity,
        needs,
        ends_transaction: wire.ends_transaction,
    };
    Some(match (Kind::from_number(wire.kind), value, fields) {
        (Some(kind), Some(value), Some(fields)) => Decoded::Known(Operation {
            kind,
            entity_kind: wire.entity_kind,
            entity,
            field: wire.field,
            key: wire.key,
            parents,
            evidence,
            context,
            value,
            fields,
            ends_transaction: wire.ends_transaction,
        }),
        _ => deferred(parents.into_iter().chain(evidence).chain(context).collect()),
    })
}

/// Sequences and instants outside of these bounds are refused: they fit JSON numbers and SQL integers.
pub const LARGEST_SEQ: u64 = 1 << 53;

#[derive(Clone, PartialEq, Message)]
struct WireDot {
    /// Empty: the writer itself.
    #[prost(bytes, tag = "1")]
    device: Vec<u8>,
    #[prost(uint64, tag = "2")]
    seq: u64,
}

impl WireDot {
    fn of(dot: &Dot, writer: DeviceId) -> Self {
        let device = if dot.device == writer {
            Vec::new()
        } else {
            dot.device.0.0.to_vec()
        };
        Self {
            device,
            seq: dot.seq,
        }
    }

    fn read(&self, writer: DeviceId) -> Option<Dot> {
        let device = if self.device.is_empty() {
            writer
        } else {
            DeviceId(Id::from_slice(&self.device)?)
        };
        (self.seq < LARGEST_SEQ).then_some(Dot {
            device,
            seq: self.seq,
        })
    }
}

#[derive(Clone, PartialEq, Message)]
struct WireField {
    #[prost(uint32, tag = "1")]
    field: u32,
    #[prost(message, optional, tag = "2")]
    value: Option<WireValue>,
}

#[derive(Clone, PartialEq, Message)]
struct WireOperation {
    #[prost(uint32, tag = "1")]
    kind: u32,
    #[prost(uint32, tag = "2")]
    entity_kind: u32,
    #[prost(bytes, tag = "3")]
    entity: Vec<u8>,
    #[prost(uint32, tag = "4")]
    field: u32,
    #[prost(string, tag = "5")]
    key: String,
    #[prost(message, repeated, tag = "6")]
    parents: Vec<WireDot>,
    #[prost(message, repeated, tag = "7")]
    evidence: Vec<WireDot>,
    #[prost(message, optional, tag = "8")]
    context: Option<WireDot>,
    #[prost(message, optional, tag = "9")]
    value: Option<WireValue>,
    #[prost(message, repeated, tag = "10")]
    fields: Vec<WireField>,
    #[prost(bool, tag = "11")]
    ends_transaction: bool,
}

#[cfg(test)]
mod tests {
    use super::super::act::ActHeader;
    use super::*;
    use crate::ids::{ActId, PersonId};

    fn device(byte: u8) -> DeviceId {
        DeviceId(Id([byte; 16]))
    }

    fn sample() -> Operation {
        Operation {
            kind: Kind::Move,
            entity_kind: 5,
            entity: Id([9; 16]),
            field: 5301,
            key: String::new(),
            parents: vec![Dot {
                device: device(1),
                seq: 3,
            }],
            evidence: vec![
                Dot {
                    device: device(2),
                    seq: 8,
                },
                Dot {
                    device: device(1),
                    seq: 2,
                },
            ],
            context: Some(Dot {
                device: device(2),
                seq: 1,
            }),
            value: Value::Text("kick-off".into()),
            fields: Vec::new(),
            ends_transaction: true,
        }
    }

    #[test]
    fn an_operation_comes_back_from_its_bytes() {
        let bytes = sample().encode(device(1));
        assert_eq!(decode(&bytes, device(1)), Some(Decoded::Known(sample())));
    }

    /// These bytes are in users' stores and bundles: they must read the same for ever.
    #[test]
    fn the_bytes_of_an_operation_never_change() {
        let hex: String = sample()
            .encode(device(1))
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(hex, include_str!("golden/move_operation.hex").trim());
    }

    /// A keyed value of every form, a field of a create, and an act that takes another one back.
    fn every_part() -> (Operation, ActHeader) {
        let value = Value::Record(vec![
            ("none".into(), Value::Null),
            ("yes".into(), Value::Bool(true)),
            ("number".into(), Value::Int(-42)),
            ("text".into(), "Łódź".into()),
            ("list".into(), Value::List(vec![Value::Id(Id([7; 16]))])),
        ]);
        let operation = Operation {
            kind: Kind::Set,
            field: 5102,
            key: "scope".into(),
            value,
            fields: vec![(5001, "Support desk".into())],
            ends_transaction: false,
            ..sample()
        };
        let header = ActHeader {
            id: ActId(Id([1; 16])),
            device: device(2),
            first_seq: 3,
            at: -4,
            person: Some(PersonId(Id([5; 16]))),
            command: "undo".into(),
            undo_of: Some(ActId(Id([6; 16]))),
            is_mended: false,
        };
        (operation, header)
    }

    #[test]
    fn the_bytes_of_every_part_never_change() {
        let (operation, header) = every_part();
        let hex =
            |bytes: Vec<u8>| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
        let lines = [hex(operation.encode(device(1))), hex(header.encode())];
        let golden = include_str!("golden/every_part.hex");
        assert_eq!(lines.to_vec(), golden.lines().collect::<Vec<_>>());
    }

    #[test]
    fn the_numbers_of_kinds_never_change() {
        let known: Vec<String> = (0..100)
            .filter_map(|number| Some(format!("{number} {}", Kind::from_number(number)?.word())))
            .collect();
        let shipped = [
            "1 create",
            "2 set",
            "3 tick",
            "6 append",
            "7 move",
            "8 override",
            "9 offer",
            "10 accept",
            "11 delete",
            "12 restore",
            "13 resolve",
            "17 lost",
        ];
        assert_eq!(known, shipped);
        for number in 0..100 {
            if let Some(kind) = Kind::from_number(number) {
                assert_eq!(kind as u32, number, "written as it is read");
            }
        }
    }

    #[test]
    fn an_unknown_kind_is_deferred_and_still_waits_for_its_parents() {
        let mut wire =
            WireOperation::decode(sample().encode(device(1)).as_slice()).expect("decodes");
        wire.kind = 99;
        let Some(Decoded::Deferred { needs, .. }) = decode(&wire.encode_to_vec(), device(1)) else {
            panic!("an unknown kind must be deferred");
        };
        assert_eq!(needs.len(), 4);
    }

    #[test]
    fn noise_is_no_operation() {
        assert_eq!(decode(&[0xff; 40], device(1)), None);
        assert_eq!(decode(&[], device(1)), None);
    }
}

//! The values that operations carry, and their bytes.
//!
//! The bytes are Protocol Buffers (by `prost`), because a later app may add a form and an earlier app must
//! still be able to keep and relay it. The numbers below are permanent.

use crate::ids::Id;
use crate::text::is_blank;
use prost::{Message, Oneof};

/// A value of a field. Civil dates are `Text` in ISO 8601, money is `Int` of minor units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing; clears a field.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// A reference to an entity, which may not have arrived yet.
    Id(Id),
    /// Several values in order.
    List(Vec<Value>),
    /// Named parts, in the order written.
    Record(Vec<(String, Value)>),
}

impl Value {
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    /// The reference, if it is one.
    #[must_use]
    pub fn as_id(&self) -> Option<Id> {
        if let Self::Id(id) = self {
            Some(*id)
        } else {
            None
        }
    }

    /// A part of a record.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Record(parts) => parts
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// Says something: not null, not `false`, not blank text, not an empty list, and a record with such a part.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(yes) => *yes,
            Self::Int(_) | Self::Id(_) => true,
            Self::Text(text) => !is_blank(text),
            Self::List(values) => values.iter().any(Self::is_filled),
            Self::Record(parts) => parts.iter().any(|(_, value)| value.is_filled()),
        }
    }

    /// Nesting allowed in a value that arrives from elsewhere; a form needs two levels.
    const DEEPEST: usize = 16;

    pub(crate) fn to_wire(&self) -> WireValue {
        let form = match self {
            Self::Null => WireForm::Null(true),
            Self::Bool(yes) => WireForm::Bool(*yes),
            Self::Int(number) => WireForm::Int(*number),
            Self::Text(text) => WireForm::Text(text.clone()),
            Self::Id(id) => WireForm::Id(id.0.to_vec()),
            Self::List(values) => WireForm::List(WireList {
                values: values.iter().map(Self::to_wire).collect(),
            }),
            Self::Record(parts) => WireForm::Record(WireRecord {
                parts: parts
                    .iter()
                    .map(|(name, value)| WirePart {
                        name: name.clone(),
                        value: Some(value.to_wire()),
                    })
                    .collect(),
            }),
        };
        WireValue { form: Some(form) }
    }

    /// An unknown form (from a newer app) reads as `None`; the operation is then deferred, not refused.
    pub(crate) fn from_wire(wire: &WireValue) -> Option<Self> {
        Self::from_wire_at(wire, 0)
    }

    fn from_wire_at(wire: &WireValue, depth: usize) -> Option<Self> {
        if depth > Self::DEEPEST {
            return None;
        }
        Some(match wire.form.as_ref()? {
            WireForm::Null(_) => Self::Null,
            WireForm::Bool(yes) => Self::Bool(*yes),
            WireForm::Int(number) => Self::Int(*number),
            WireForm::Text(text) => Self::Text(text.clone()),
            WireForm::Id(bytes) => Self::Id(Id::from_slice(bytes)?),
            WireForm::List(list) => Self::List(
                list.values
                    .iter()
                    .map(|value| Self::from_wire_at(value, depth + 1))
                    .collect::<Option<_>>()?,
            ),
            WireForm::Record(record) => Self::Record(
                record
                    .parts
                    .iter()
                    .map(|part| {
                        Some((
                            part.name.clone(),
                            Self::from_wire_at(part.value.as_ref()?, depth + 1)?,
                        ))
                    })
                    .collect::<Option<_>>()?,
            ),
        })
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Id> for Value {
    fn from(id: Id) -> Self {
        Self::Id(id)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct WireValue {
    #[prost(oneof = "WireForm", tags = "1, 2, 3, 4, 5, 6, 7")]
    pub form: Option<WireForm>,
}

#[derive(Clone, PartialEq, Oneof)]
pub(crate) enum WireForm {
    #[prost(bool, tag = "1")]
    Null(bool),
    #[prost(bool, tag = "2")]
    Bool(bool),
    #[prost(sint64, tag = "3")]
    Int(i64),
    #[prost(string, tag = "4")]
    Text(String),
    #[prost(bytes, tag = "5")]
    Id(Vec<u8>),
    #[prost(message, tag = "6")]
    List(WireList),
    #[prost(message, tag = "7")]
    Record(WireRecord),
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct WireList {
    #[prost(message, repeated, tag = "1")]
    pub values: Vec<WireValue>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct WireRecord {
    #[prost(message, repeated, tag = "1")]
    pub parts: Vec<WirePart>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct WirePart {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(message, optional, tag = "2")]
    pub value: Option<WireValue>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_comes_back_from_its_bytes() {
        let value = Value::Record(vec![
            ("none".into(), Value::Null),
            ("yes".into(), Value::Bool(true)),
            ("number".into(), Value::Int(-42)),
            ("text".into(), Value::Text("Łódź «یک»".into())),
            ("id".into(), Value::Id(Id([7; 16]))),
            ("list".into(), Value::List(vec![Value::Int(1), Value::Null])),
        ]);
        let bytes = value.to_wire().encode_to_vec();
        let wire = WireValue::decode(bytes.as_slice()).expect("decodes");
        assert_eq!(Value::from_wire(&wire), Some(value));
    }

    #[test]
    fn blank_text_and_a_record_of_blanks_are_not_filled() {
        assert!(!Value::Text("  \n".into()).is_filled());
        assert!(!Value::Record(vec![("name".into(), Value::Text(String::new()))]).is_filled());
        assert!(Value::Record(vec![("name".into(), Value::Text("x".into()))]).is_filled());
    }

    #[test]
    fn a_value_nested_without_end_is_not_followed() {
        let mut value = Value::Int(1);
        for _ in 0..40 {
            value = Value::List(vec![value]);
        }
        assert_eq!(Value::from_wire(&value.to_wire()), None);
    }
}

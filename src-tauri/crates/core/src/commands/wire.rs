//! JSON at the border: values in, errors out.

use crate::domain::Refusal;
use crate::error::{Error, Result};
use crate::log::Value;
use crate::store::recover::Recovery;
use crate::words::{error_sentence, recovery_sentence};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json, json};

/// An argument that may also be said to be nothing: absent it is `None`, and null is `Some(None)`.
pub(super) type Said<T> = Option<Option<T>>;

/// Reads a [`Said`] argument that is there; serde's default stands for one that is absent.
pub(super) fn said<'de, T, D>(deserializer: D) -> std::result::Result<Said<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// A value from JSON. Numbers with decimals and things nested without end fit no field.
///
/// # Errors
/// [`Refusal::ValueInvalid`].
pub fn value_of_json(field: &str, json: &Json) -> Result<Value> {
    read(json, 0).ok_or_else(|| {
        Refusal::ValueInvalid {
            field: field.to_owned(),
            expected: "known_part".to_owned(),
        }
        .into()
    })
}

fn read(json: &Json, depth: usize) -> Option<Value> {
    if depth > 4 {
        return None;
    }
    Some(match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Bool(*yes),
        Json::Number(number) => Value::Int(number.as_i64()?),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(values) => Value::List(
            values
                .iter()
                .map(|value| read(value, depth + 1))
                .collect::<Option<_>>()?,
        ),
        Json::Object(parts) => Value::Record(
            parts
                .iter()
                .map(|(name, value)| Some((name.clone(), read(value, depth + 1)?)))
                .collect::<Option<_>>()?,
        ),
    })
}

impl Error {
    /// The error on the wire: `{ code, …fields, sentence }`. The sentence is English, for the command line; the
    /// screens make their own from the code.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let fields = match self {
            Self::Refused(refusal) => serde_json::to_value(refusal).unwrap_or_default(),
            Self::Bundle(fault) => serde_json::to_value(fault).unwrap_or_default(),
            Self::File { detail, .. } => serde_json::to_value(detail).unwrap_or_default(),
            Self::UnknownCommand { name } => json!({ "name": name }),
            Self::Arguments {
                command,
                argument,
                why,
                expected,
            } => json!({
                "command": command, "argument": argument, "why": why, "expected": expected,
            }),
            Self::Usage { reason } | Self::DiskFailed { reason } => json!({ "reason": reason }),
            Self::StoreDamaged { reason, path } => json!({ "reason": reason, "path": path }),
            Self::StoreUnreadable { path, reason } => json!({ "path": path, "reason": reason }),
            Self::NothingToRecover { path }
            | Self::StoreInUse { path }
            | Self::StoreNotAFolder { path } => json!({ "path": path }),
            Self::NotFound { what, id } => json!({ "what": what, "id": id }),
            Self::StoreNewer { found, known } => json!({ "found": found, "known": known }),
            Self::Io {
                action,
                path,
                source,
            } => {
                json!({
                    "action": action, "path": path.display().to_string(), "reason": source.to_string(),
                    "why": why(source),
                })
            }
            Self::Internal { place } => json!({ "place": place }),
            Self::Sql(error) => json!({ "place": error.to_string() }),
            Self::StoreBusy | Self::DiskFull | Self::StoreReadOnly | Self::Cancelled => json!({}),
        };
        let mut error = Map::new();
        error.insert("code".to_owned(), self.code().into());
        if let Json::Object(fields) = fields {
            error.extend(fields.into_iter().filter(|(name, _)| name != "code"));
        }
        let sentence = error_sentence(&error);
        error.insert("sentence".to_owned(), sentence.into());
        Json::Object(error)
    }
}

impl Recovery {
    /// The recovery on the wire: its fields, and a `sentence` in English.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let Json::Object(mut fields) = json!({
            "how": self.how.word(), "backup": self.backup, "acts_saved": self.acts_saved,
            "acts_lost": self.acts_lost, "acts_mended": self.acts_mended,
            "changes_kept": self.changes_kept, "changes_lost": self.changes_lost, "waiting": self.waiting, "newest_at": self.newest_at,
            "kept_as": self.kept_as,
        }) else {
            return Json::Null;
        };
        let sentence = recovery_sentence(&fields);
        fields.insert("sentence".to_owned(), sentence.into());
        Json::Object(fields)
    }
}

/// What a person can do something about, of what the system says.
fn why(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "missing",
        Kind::IsADirectory | Kind::NotADirectory | Kind::InvalidFilename => "directory",
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => "not_allowed",
        _ => "other",
    }
}

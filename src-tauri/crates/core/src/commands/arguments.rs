//! Arguments out of JSON, and which of them is to blame when they do not read: found by the schema that describes the
//! command, so that nothing of how they are read shows.

use crate::error::{ArgumentFault, Error, Result};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

/// Reads the arguments of a command; null stands for none.
///
/// # Errors
/// [`Error::Arguments`] names the first one that does not fit.
pub(super) fn read_arguments<A: DeserializeOwned + JsonSchema>(
    command: &str,
    args: Json,
) -> Result<A> {
    let args = if args.is_null() { json!({}) } else { args };
    let outline = outline(&args);
    serde_json::from_value(args).map_err(|_| {
        let schema = schemars::schema_for!(A).to_value();
        let found = Schema { root: &schema }.misfit(&schema, &outline, "");
        let misfit = found.unwrap_or(Misfit {
            argument: String::new(),
            why: ArgumentFault::Other,
            expected: Vec::new(),
        });
        Error::Arguments {
            command: command.to_owned(),
            argument: misfit.argument,
            why: misfit.why,
            expected: misfit.expected,
        }
    })
}

/// The arguments to look at when they do not read, without long texts: one may be a whole file.
fn outline(value: &Json) -> Json {
    match value {
        Json::String(text) if text.len() > 200 => json!(""),
        Json::Array(values) => values.iter().map(outline).collect(),
        Json::Object(parts) => {
            let parts = parts.iter();
            parts
                .map(|(name, part)| (name.clone(), outline(part)))
                .collect()
        }
        other => other.clone(),
    }
}

/// An argument that does not fit.
#[derive(Debug, PartialEq)]
struct Misfit {
    argument: String,
    why: ArgumentFault,
    expected: Vec<String>,
}

impl Misfit {
    fn unreadable(argument: &str, expected: Vec<String>) -> Self {
        let why = match argument {
            "" => ArgumentFault::NotAnObject,
            _ => ArgumentFault::Unreadable,
        };
        Self {
            argument: argument.to_owned(),
            why,
            expected,
        }
    }
}

/// The schema of a command's arguments.
#[derive(Clone, Copy)]
struct Schema<'a> {
    root: &'a Json,
}

impl<'a> Schema<'a> {
    /// A part of the schema, where it refers to another one that one.
    fn resolve(self, part: &'a Json) -> &'a Json {
        let name = part.get("$ref").and_then(Json::as_str);
        name.and_then(|name| self.root.pointer(name.strip_prefix('#')?))
            .unwrap_or(part)
    }

    /// The ways in which a value may be written, null left out.
    fn ways(self, part: &'a Json) -> Vec<&'a Json> {
        let part = self.resolve(part);
        let ways = ["anyOf", "oneOf"].iter().find_map(|key| part.get(key));
        match ways.and_then(Json::as_array) {
            Some(ways) => ways.iter().flat_map(|way| self.ways(way)).collect(),
            None if part.get("type") == Some(&json!("null")) => Vec::new(),
            None => vec![part],
        }
    }

    /// Words for what fits: those that may be chosen from, else the kinds of value.
    fn expected(self, part: &'a Json) -> Vec<String> {
        let texts = |values: &Json| -> Vec<String> {
            let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
            let texts = values.iter().filter_map(Json::as_str);
            texts
                .filter(|text| *text != "null")
                .map(str::to_owned)
                .collect()
        };
        let of = |way: &Json| match (way.get("const"), way.get("enum"), way.get("type")) {
            (Some(Json::String(word)), ..) => vec![word.clone()],
            (_, Some(words), _) => texts(words),
            (_, _, Some(Json::String(kind))) => vec![kind.clone()],
            (_, _, Some(kinds)) => texts(kinds),
            _ => Vec::new(),
        };
        let expected: Vec<String> = self.ways(part).into_iter().flat_map(of).collect();
        if expected.is_empty() {
            vec!["value".to_owned()]
        } else {
            expected
        }
    }

    /// The first argument in `value` that does not fit, `path` being where the value stands.
    fn misfit(self, part: &'a Json, value: &Json, path: &str) -> Option<Misfit> {
        if value.is_null() && self.takes_null(part) {
            return None;
        }
        let ways = self.ways(part);
        match ways[..] {
            [way] => self.misfit_one(way, value, path),
            _ if ways
                .iter()
                .any(|way| self.misfit_one(way, value, path).is_none()) =>
            {
                None
            }
            _ => Some(Misfit::unreadable(path, self.expected(part))),
        }
    }

    fn takes_null(self, part: &'a Json) -> bool {
        let part = self.resolve(part);
        let ways = ["anyOf", "oneOf"].iter().find_map(|key| part.get(key));
        let ways = ways.and_then(Json::as_array).map(Vec::as_slice);
        let kind = part.get("type");
        kind == Some(&json!("null"))
            || ways
                .unwrap_or_default()
                .iter()
                .any(|way| self.takes_null(way))
    }

    fn misfit_one(self, way: &'a Json, value: &Json, path: &str) -> Option<Misfit> {
        let fits_kind = match way.get("type") {
            Some(Json::String(kind)) => is_of(kind, value, way),
            Some(Json::Array(kinds)) => {
                let mut kinds = kinds.iter().filter_map(Json::as_str);
                kinds.any(|kind| is_of(kind, value, way))
            }
            _ => true,
        };
        let is_a_word = match (way.get("const"), way.get("enum").and_then(Json::as_array)) {
            (Some(word), _) => word == value,
            (None, Some(words)) => words.contains(value),
            (None, None) => true,
        };
        if !fits_kind || !is_a_word {
            return Some(Misfit::unreadable(path, self.expected(way)));
        }
        match value {
            Json::Object(given) => self.misfit_in(way, given, path),
            Json::Array(values) => {
                let item = way.get("items")?;
                values
                    .iter()
                    .find_map(|value| self.misfit(item, value, path))
            }
            _ => None,
        }
    }

    fn misfit_in(
        self,
        way: &'a Json,
        given: &serde_json::Map<String, Json>,
        path: &str,
    ) -> Option<Misfit> {
        let inside = |name: &str| match path {
            "" => name.to_owned(),
            _ => format!("{path}.{name}"),
        };
        let known = way.get("properties").and_then(Json::as_object);
        let of = |name: &str| known.and_then(|known| known.get(name));
        let others = way.get("additionalProperties");
        for (name, value) in given {
            match (of(name), others) {
                (Some(part), _) | (None, Some(part @ Json::Object(_))) => {
                    if let Some(misfit) = self.misfit(part, value, &inside(name)) {
                        return Some(misfit);
                    }
                }
                (None, Some(Json::Bool(false))) => {
                    return Some(Misfit {
                        argument: inside(name),
                        why: ArgumentFault::Unknown,
                        expected: Vec::new(),
                    });
                }
                _ => {}
            }
        }
        let needed = way.get("required").and_then(Json::as_array)?;
        let mut needed = needed.iter().filter_map(Json::as_str);
        let missing = needed.find(|name| !given.contains_key(*name))?;
        Some(Misfit {
            argument: inside(missing),
            why: ArgumentFault::Missing,
            expected: of(missing).map_or_else(Vec::new, |part| self.expected(part)),
        })
    }
}

/// The value is of a kind that a schema names; whole numbers also as large as its format has room for.
fn is_of(kind: &str, value: &Json, way: &Json) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => match way.get("format").and_then(Json::as_str) {
            Some("uint8") => value
                .as_u64()
                .is_some_and(|number| u8::try_from(number).is_ok()),
            Some("uint32") => value
                .as_u64()
                .is_some_and(|number| u32::try_from(number).is_ok()),
            Some("uint64") => value.is_u64(),
            _ => value.is_i64(),
        },
        _ => true,
    }
}

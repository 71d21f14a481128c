//! The handover form: which of its points are filled, and which parts of a point are missing.

use super::engagement::Engagement;
use super::kinds::{PointInput, PromiseState};
use super::template::Point;
use crate::log::Value;

/// Parts of a point that are missing; empty when the point is filled.
///
/// Any point may be written as one line of plain text: a person reads it before accepting. A point of parts
/// is filled when the parts that delivery cannot do without are there.
#[must_use]
pub fn missing_parts(point: &Point, value: &Value) -> Vec<String> {
    let lacks = |parts: &[&str]| -> Vec<String> {
        parts
            .iter()
            .filter(|part| !has(value, part))
            .map(|part| (*part).to_owned())
            .collect()
    };
    match (point.input, value) {
        (_, Value::Text(_)) | (PointInput::Text, _) => {
            if value.is_filled() {
                Vec::new()
            } else {
                vec!["text".to_owned()]
            }
        }
        (PointInput::Contact, _) => {
            let mut missing = lacks(&["name", "role", "language"]);
            if !has(value, "email") && !has(value, "phone") {
                missing.insert(missing.len().min(2), "email".to_owned());
            }
            missing
        }
        (PointInput::Schedule, _) => {
            if has(value, "note") {
                Vec::new()
            } else {
                lacks(&["start_on", "end_on"])
            }
        }
        (PointInput::Terms, _) => {
            let mut missing = lacks(&["value_minor", "currency", "billing"]);
            if has(value, "intro_price") {
                missing.extend(lacks(&["intro_until_on", "later_price"]));
            }
            missing
        }
        (PointInput::Promises, _) => {
            if has(value, "none_made") {
                Vec::new()
            } else {
                vec!["promise".to_owned()]
            }
        }
    }
}

fn has(value: &Value, part: &str) -> bool {
    value.part(part).is_some_and(Value::is_filled)
}

/// The point is filled. Promises are: at least one was logged, or the statement that none were made.
#[must_use]
pub fn is_filled(engagement: &Engagement, point: &Point) -> bool {
    if point.input == PointInput::Promises
        && engagement
            .promises
            .iter()
            .any(|promise| promise.state != PromiseState::Withdrawn)
    {
        return true;
    }
    engagement
        .point(point.id)
        .is_some_and(|head| missing_parts(point, &head.value.value).is_empty())
}

/// Mandatory points that are not filled, in the order of the form.
pub fn missing_points(engagement: &Engagement) -> impl Iterator<Item = &'static Point> {
    engagement
        .template
        .points
        .iter()
        .filter(|point| point.mandatory && !is_filled(engagement, point))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::template::SERVICE_DELIVERY;

    fn record(parts: &[(&str, &str)]) -> Value {
        Value::Record(
            parts
                .iter()
                .map(|(name, text)| ((*name).to_owned(), Value::from(*text)))
                .collect(),
        )
    }

    fn check(point: &str, value: &Value, expected: &[&str]) {
        let point = SERVICE_DELIVERY.point(point).expect("point");
        assert_eq!(
            missing_parts(point, value),
            expected,
            "{} with {value:?}",
            point.id
        );
    }

    #[test]
    fn a_point_says_which_parts_are_missing() {
        check(
            "decision_maker",
            &Value::Null,
            &["name", "role", "email", "language"],
        );
        check(
            "decision_maker",
            &record(&[("name", "Ada"), ("role", "CEO"), ("language", "en")]),
            &["email"],
        );
        check(
            "decision_maker",
            &record(&[
                ("name", "Ada"),
                ("role", "CEO"),
                ("phone", "1"),
                ("language", "en"),
            ]),
            &[],
        );
        check(
            "schedule",
            &record(&[("start_on", "2026-01-01")]),
            &["end_on"],
        );
        check(
            "schedule",
            &record(&[("note", "as soon as they sign")]),
            &[],
        );
        check(
            "promises",
            &Value::Record(vec![("none_made".into(), Value::Bool(false))]),
            &["promise"],
        );
        check(
            "promises",
            &Value::Record(vec![("none_made".into(), Value::Bool(true))]),
            &[],
        );
    }

    #[test]
    fn an_intro_price_needs_its_end_and_the_price_after_it() {
        let mut parts = vec![
            ("value_minor".to_owned(), Value::Int(1)),
            ("currency".to_owned(), Value::from("EUR")),
            ("billing".to_owned(), Value::from("monthly")),
            ("intro_price".to_owned(), Value::from("10")),
        ];
        check(
            "commercial_terms",
            &Value::Record(parts.clone()),
            &["intro_until_on", "later_price"],
        );
        parts.pop();
        check("commercial_terms", &Value::Record(parts), &[]);
    }

    #[test]
    fn one_line_of_text_fills_any_point_and_blanks_fill_none() {
        for point in SERVICE_DELIVERY.points {
            assert!(
                missing_parts(point, &Value::from("Ada Lovelace, CEO")).is_empty(),
                "{}",
                point.id
            );
            assert!(
                !missing_parts(point, &Value::from("  \n ")).is_empty(),
                "{}",
                point.id
            );
        }
    }
}

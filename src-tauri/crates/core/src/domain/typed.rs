//! What people type, before any rule looks at it: a name is not blank, a date is one, an amount is not negative.

use super::calendar;
use super::refusal::Refusal;
use crate::text::is_blank;
use chrono::{Datelike, NaiveDate};
use std::ops::RangeInclusive;

/// Characters of the longest name, or of another text of one line, that is typed or imported.
pub const LONGEST_LINE: usize = 500;

/// A name, trimmed.
///
/// # Errors
/// [`Refusal::NameMissing`] for a blank one; as [`line`].
pub fn name(typed: &str) -> Result<String, Refusal> {
    line("name", Some(typed))?.ok_or(Refusal::NameMissing)
}

/// A text of one line that may be missing, trimmed; a blank one is none.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for one above [`LONGEST_LINE`].
pub fn line(field: &str, typed: Option<&str>) -> Result<Option<String>, Refusal> {
    match optional(typed) {
        Some(text) if text.chars().count() > LONGEST_LINE => {
            Err(Refusal::value_invalid(field, "shorter_line"))
        }
        text => Ok(text),
    }
}

/// A text that must be there, trimmed.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for a blank one.
pub fn text(field: &str, typed: &str) -> Result<String, Refusal> {
    optional(Some(typed)).ok_or_else(|| Refusal::value_invalid(field, "text"))
}

/// Why something is done, trimmed.
///
/// # Errors
/// [`Refusal::ReasonMissing`] for a blank one.
pub fn reason(typed: &str) -> Result<String, Refusal> {
    optional(Some(typed)).ok_or(Refusal::ReasonMissing)
}

/// A text that may be missing, trimmed; a blank one is none.
#[must_use]
pub fn optional(typed: Option<&str>) -> Option<String> {
    let trimmed = typed.map(str::trim).filter(|text| !is_blank(text));
    trimmed.map(str::to_owned)
}

/// Years in which something that is typed or imported can happen. A date of another year is a slip of the hand.
pub const YEARS: RangeInclusive<i32> = 1900..=2199;

/// A civil date, ISO, of one of the [`YEARS`].
///
/// # Errors
/// [`Refusal::ValueInvalid`] for what is none.
pub fn date(field: &str, typed: &str) -> Result<NaiveDate, Refusal> {
    read_date(typed, YEARS).ok_or_else(|| Refusal::value_invalid(field, "date"))
}

/// A day that is only asked about, ISO, of any year of four digits.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for what is none.
pub fn day_asked_about(field: &str, typed: &str) -> Result<NaiveDate, Refusal> {
    let years = 0..=calendar::LAST_DAY.year();
    read_date(typed, years).ok_or_else(|| Refusal::value_invalid(field, "date"))
}

fn read_date(typed: &str, years: RangeInclusive<i32>) -> Option<NaiveDate> {
    let date: NaiveDate = typed.trim().parse().ok()?;
    years.contains(&date.year()).then_some(date)
}

/// A civil date that may be missing, in the form in which dates are kept.
///
/// # Errors
/// As [`date`].
pub fn optional_date(field: &str, typed: Option<&str>) -> Result<Option<String>, Refusal> {
    typed
        .map(|typed| date(field, typed).map(|date| date.to_string()))
        .transpose()
}

/// The largest amount that is typed or imported, in minor units: ten million millions of euros and cents. Thousands
/// of such amounts still add up to a number that is kept, and every one of them is exact in a spreadsheet.
pub const LARGEST_MINOR: i64 = 1_000_000_000_000_000;

/// An amount in minor units that may be missing.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for a negative one, since what is sold has a price or none, and for one above
/// [`LARGEST_MINOR`].
pub fn amount(field: &str, typed: Option<i64>) -> Result<Option<i64>, Refusal> {
    match typed {
        Some(minor) if minor < 0 => Err(Refusal::value_invalid(field, "amount")),
        Some(minor) if minor > LARGEST_MINOR => {
            Err(Refusal::value_invalid(field, "smaller_amount"))
        }
        minor => Ok(minor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_no_name_and_no_text() {
        assert_eq!(name(" \t"), Err(Refusal::NameMissing));
        assert_eq!(name(" Ola "), Ok("Ola".to_owned()));
        assert_eq!(
            text("wording", " "),
            Err(Refusal::value_invalid("wording", "text"))
        );
        assert_eq!(optional(Some("  ")), None);
    }

    #[test]
    fn what_nobody_sees_is_no_name_no_text_and_no_reason() {
        let unseen = "\u{200b}\u{feff}\u{ad}";
        assert_eq!(name(unseen), Err(Refusal::NameMissing));
        assert!(text("wording", unseen).is_err());
        assert_eq!(reason(unseen), Err(Refusal::ReasonMissing));
        assert_eq!(optional(Some(unseen)), None);
    }

    #[test]
    fn a_joiner_inside_a_word_stays() {
        let word = "می\u{200c}خواهم";
        assert_eq!(name(word), Ok(word.to_owned()));
    }

    #[test]
    fn a_line_has_an_upper_end() {
        assert!(name(&"ż".repeat(LONGEST_LINE)).is_ok());
        assert_eq!(
            name(&"ż".repeat(LONGEST_LINE + 1)),
            Err(Refusal::value_invalid("name", "shorter_line"))
        );
    }

    #[test]
    fn a_date_is_kept_in_one_form_however_it_was_typed() {
        let kept = |typed| optional_date("on", Some(typed));
        assert_eq!(kept("2026-3-2"), Ok(Some("2026-03-02".to_owned())));
        assert_eq!(kept(" 2026-03-02 "), Ok(Some("2026-03-02".to_owned())));
        assert_eq!(kept("2 March"), Err(Refusal::value_invalid("on", "date")));
        assert_eq!(optional_date("on", None), Ok(None));
    }

    #[test]
    fn a_date_of_another_age_is_none() {
        for typed in ["1900-01-01", "2199-12-31"] {
            assert!(date("on", typed).is_ok(), "{typed}");
            assert!(day_asked_about("on", typed).is_ok(), "{typed}");
        }
        for typed in ["1899-12-31", "2200-01-01", "9999-12-31", "0001-01-01"] {
            assert!(date("on", typed).is_err(), "{typed}");
            assert!(day_asked_about("on", typed).is_ok(), "{typed}");
        }
        for typed in ["-001-01-01", "+10000-01-01"] {
            assert!(date("on", typed).is_err(), "{typed}");
            assert!(day_asked_about("on", typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn an_amount_is_not_negative() {
        assert_eq!(amount("value_minor", Some(0)), Ok(Some(0)));
        assert_eq!(
            amount("value_minor", Some(-1)),
            Err(Refusal::value_invalid("value_minor", "amount"))
        );
    }

    #[test]
    fn an_amount_has_an_upper_end() {
        let typed = |minor| amount("value_minor", Some(minor));
        assert_eq!(typed(LARGEST_MINOR), Ok(Some(LARGEST_MINOR)));
        for minor in [LARGEST_MINOR + 1, i64::MAX] {
            assert_eq!(
                typed(minor),
                Err(Refusal::value_invalid("value_minor", "smaller_amount"))
            );
        }
    }
}

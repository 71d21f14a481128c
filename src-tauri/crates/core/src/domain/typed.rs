//! What people type, before any rule looks at it: a name is not blank, a date is one, an amount is not negative.

use super::refusal::Refusal;
use chrono::NaiveDate;

/// A name, trimmed.
///
/// # Errors
/// [`Refusal::NameMissing`] for a blank one.
pub fn name(typed: &str) -> Result<String, Refusal> {
    optional(Some(typed)).ok_or(Refusal::NameMissing)
}

/// A text that must be there, trimmed.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for a blank one.
pub fn text(field: &str, typed: &str) -> Result<String, Refusal> {
    optional(Some(typed)).ok_or_else(|| Refusal::value_invalid(field, "text"))
}

/// A text that may be missing, trimmed; a blank one is none.
#[must_use]
pub fn optional(typed: Option<&str>) -> Option<String> {
    let trimmed = typed.map(str::trim).filter(|text| !text.is_empty());
    trimmed.map(str::to_owned)
}

/// A civil date, ISO.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for what is none.
pub fn date(field: &str, typed: &str) -> Result<NaiveDate, Refusal> {
    let parsed = typed.trim().parse();
    parsed.map_err(|_| Refusal::value_invalid(field, "date"))
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

/// An amount in minor units that may be missing.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for a negative one: what is sold has a price, or none.
pub fn amount(field: &str, typed: Option<i64>) -> Result<Option<i64>, Refusal> {
    match typed {
        Some(minor) if minor < 0 => Err(Refusal::value_invalid(field, "amount")),
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
    fn a_date_is_kept_in_one_form_however_it_was_typed() {
        let kept = |typed| optional_date("on", Some(typed));
        assert_eq!(kept("2026-3-2"), Ok(Some("2026-03-02".to_owned())));
        assert_eq!(kept(" 2026-03-02 "), Ok(Some("2026-03-02".to_owned())));
        assert_eq!(kept("2 March"), Err(Refusal::value_invalid("on", "date")));
        assert_eq!(optional_date("on", None), Ok(None));
    }

    #[test]
    fn an_amount_is_not_negative() {
        assert_eq!(amount("value_minor", Some(0)), Ok(Some(0)));
        assert_eq!(
            amount("value_minor", Some(-1)),
            Err(Refusal::value_invalid("value_minor", "amount"))
        );
    }
}

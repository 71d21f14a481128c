//! Writes tables that other programs read: typed cells in, the bytes of a CSV or XLSX file out.
//!
//! Owns how a date, an amount or a name looks in either format, and what is taken off or guarded. It leaves out
//! which rows there are and where the bytes go: the same cells always give the same bytes.

mod csv;
mod xlsx;

use chrono::NaiveDate;

/// A table with a name and a header.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name, a plain word.
    pub name: &'static str,
    /// Names of the columns. They are the same in every language, so that a script may rely on them.
    pub columns: Vec<String>,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, ids too.
    Text(String),
    /// A civil date.
    Date(NaiveDate),
    /// An instant, UTC milliseconds; shown in UTC.
    Instant(i64),
    /// A whole number.
    Number(i64),
    /// Tenths, 35 is 3.5.
    Tenths(i64),
    /// An amount in minor units.
    Money {
        /// The amount.
        minor: i64,
        /// Digits after the point.
        digits: u8,
        /// ISO 4217 code.
        currency: String,
    },
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// Text, or nothing.
    #[must_use]
    pub fn text(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }

    /// A date from its ISO text; text that is no date stays text.
    #[must_use]
    pub fn date(text: Option<String>) -> Self {
        match text {
            None => Self::Empty,
            Some(text) => text.parse().map_or(Self::Text(text), Self::Date),
        }
    }

    /// An instant, or nothing.
    #[must_use]
    pub fn instant(at: Option<i64>) -> Self {
        at.map_or(Self::Empty, Self::Instant)
    }
}

/// Text without the marks that only isolate a direction on a screen.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| !('\u{2066}'..='\u{2069}').contains(letter))
        .collect()
}

/// `minor` units as a decimal number.
fn decimal(minor: i64, digits: u8) -> String {
    let digits = usize::from(digits);
    let sign = if minor < 0 { "-" } else { "" };
    let number = format!("{:0width$}", minor.unsigned_abs(), width = digits + 1);
    let (whole, part) = number.split_at(number.len() - digits);
    if digits == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        let cases = [
            (1_250_050, 2, "12500.50"),
            (-5, 2, "-0.05"),
            (0, 2, "0.00"),
            (1200, 0, "1200"),
            (7, 3, "0.007"),
            (i64::MIN, 2, "-92233720368547758.08"),
        ];
        for (minor, digits, text) in cases {
            assert_eq!(decimal(minor, digits), text);
        }
    }

    #[test]
    fn marks_of_direction_go_and_letters_stay() {
        assert_eq!(plain("\u{2068}علی\u{200c}ها\u{2069}"), "علی\u{200c}ها");
    }
}

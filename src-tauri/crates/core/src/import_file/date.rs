//! Civil dates from text.
//!
//! Owns the order of day, month and year: it is decided over a whole column, never cell by cell, so that
//! `03/04/2017` does not become two different days in one file. It leaves out times and zones: a time behind a
//! date is dropped, and the date is the one that was written.

use super::FileError;
use chrono::NaiveDate;

/// The order of the three parts of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl DateOrder {
    /// Every order that is read.
    pub const ALL: [Self; 3] = [Self::Ymd, Self::Dmy, Self::Mdy];

    /// The order's name: `ymd`, `dmy` or `mdy`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }

    /// The order of that name, if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.code() == code)
    }
}

/// The only order in which the dates of a column can be read.
///
/// A date with its year in front or its month as a word is the same in every order and does not count. A cell that
/// is a date in no order does not count either; it is rejected later, with its line. A column in which every
/// remaining order gives the same days has any of them. Gives `None` for a column without a date that counts;
/// [`DateOrder::Ymd`] if all dates have the year in front.
///
/// # Errors
/// [`FileError::DateOrderAmbiguous`] if more than one order fits and they differ, or if none fits every date.
pub fn detect_order<'a>(
    column: &str,
    cells: impl Iterator<Item = &'a str> + Clone,
) -> Result<Option<DateOrder>, FileError> {
    let mut possible = DateOrder::ALL.to_vec();
    let mut year_first = false;
    let mut counted = false;
    let mut examples: Vec<String> = Vec::new();
    for cell in cells.clone() {
        let Some(parts) = split(cell) else { continue };
        if parts.fixed {
            year_first |= parts.first_is_year() && parts.read(DateOrder::Ymd).is_some();
            continue;
        }
        let readable: Vec<DateOrder> = DateOrder::ALL
            .into_iter()
            .filter(|&order| parts.read(order).is_some())
            .collect();
        if readable.is_empty() {
            continue;
        }
        counted = true;
        let before = possible.len();
        possible.retain(|order| readable.contains(order));
        if possible.len() < before && examples.len() < 3 {
            examples.push(cell.to_owned());
        }
        if possible.is_empty() {
            return Err(FileError::DateOrderAmbiguous {
                column: column.to_owned(),
                examples,
            });
        }
    }
    if !counted {
        return Ok(year_first.then_some(DateOrder::Ymd));
    }
    let [first, others @ ..] = possible.as_slice() else {
        return Ok(None);
    };
    let mut differing = cells.filter(|cell| {
        split(cell).is_some_and(|parts| {
            let day = parts.read(*first);
            day.is_some() && others.iter().any(|&order| parts.read(order) != day)
        })
    });
    match differing.next() {
        None => Ok(Some(*first)),
        Some(cell) => {
            let examples = std::iter::once(cell)
                .chain(differing.take(2))
                .map(str::to_owned)
                .collect();
            Err(FileError::DateOrderAmbiguous {
                column: column.to_owned(),
                examples,
            })
        }
    }
}

/// The day that a cell names, read in `order`; `None` if it is not a date or one that the calendar does not have.
///
/// Two-digit years are 1969 to 2068, as POSIX has it. Years outside of 1900 to 2199 are not read.
pub fn read_date(cell: &str, order: DateOrder) -> Option<NaiveDate> {
    split(cell)?.read(order)
}

/// A date in three parts.
#[derive(Debug, Clone, Copy)]
struct Parts {
    parts: [Part; 3],
    /// Its year stands in front or its month is a word, so there is only one way to read it.
    fixed: bool,
}

#[derive(Debug, Clone, Copy)]
struct Part {
    number: u32,
    digits: usize,
    /// The part is a month's name; `number` is the month.
    named: bool,
}

impl Parts {
    fn first_is_year(&self) -> bool {
        self.parts[0].digits == 4
    }

    fn read(&self, order: DateOrder) -> Option<NaiveDate> {
        let [first, second, third] = self.parts;
        let order = match (self.first_is_year(), first.named, second.named) {
            (true, _, _) => DateOrder::Ymd,
            (false, true, _) => DateOrder::Mdy,
            (false, false, true) => DateOrder::Dmy,
            (false, false, false) => order,
        };
        let (year, month, day) = match order {
            DateOrder::Ymd => (first, second, third),
            DateOrder::Dmy => (third, second, first),
            DateOrder::Mdy => (third, first, second),
        };
        if day.digits > 2 || day.named || (month.digits > 2 && !month.named) {
            return None;
        }
        let year = match (year.digits, year.number) {
            (4, number @ 1900..=2199) => number,
            (2, number @ 0..=68) => 2000 + number,
            (2, number) => 1900 + number,
            _ => return None,
        };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month.number, day.number)
    }
}

/// Takes a cell apart into three numbers, or two numbers and a month's name, and checks that only a time follows.
fn split(cell: &str) -> Option<Parts> {
    let cell = cell.trim();
    if cell.len() > 60 || !cell.is_ascii() {
        return None;
    }
    if let Some(compact) = split_compact(cell) {
        return Some(compact);
    }
    let mut rest = cell;
    let mut parts = [Part {
        number: 0,
        digits: 0,
        named: false,
    }; 3];
    let mut separators = [""; 2];
    for index in 0..3 {
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        // `2017-03-01T10:00`: the third part ends where its digits end.
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = if digits > 0 { digits } else { length };
        let (word, after) = rest.split_at_checked(length)?;
        parts[index] = read_part(word)?;
        rest = after;
        if index < 2 {
            let length = rest
                .bytes()
                .take_while(|byte| b"-./ ,".contains(byte))
                .count();
            let (separator, after) = rest.split_at_checked(length)?;
            separators[index] = separator;
            rest = after;
        }
    }
    let named = parts.iter().filter(|part| part.named).count();
    let plain = |separator: &str| matches!(separator.trim(), "-" | "." | "/");
    let separated = match named {
        0 => plain(separators[0]) && separators[0].trim() == separators[1].trim(),
        1 => {
            !parts[2].named
                && separators
                    .iter()
                    .all(|separator| !separator.is_empty() && separator.len() <= 2)
        }
        _ => false,
    };
    if !separated || !is_time(rest) {
        return None;
    }
    Some(Parts {
        parts,
        fixed: parts[0].digits == 4 || named == 1,
    })
}

/// `20170301`, the short form of ISO 8601.
fn split_compact(cell: &str) -> Option<Parts> {
    let length = cell.bytes().take_while(u8::is_ascii_digit).count();
    if length != 8 || !is_time(cell.get(8..)?) {
        return None;
    }
    let part = |from: usize, to: usize| read_part(cell.get(from..to)?);
    Some(Parts {
        parts: [part(0, 4)?, part(4, 6)?, part(6, 8)?],
        fixed: true,
    })
}

fn read_part(word: &str) -> Option<Part> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        if word.is_empty() || word.len() > 4 || word.len() == 3 {
            return None;
        }
        return Some(Part {
            number: word.parse().ok()?,
            digits: word.len(),
            named: false,
        });
    }
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let index = MONTHS.iter().position(|month| {
        word.len() >= 3 && (month.starts_with(&word) || word == "sept" && *month == "september")
    })?;
    Some(Part {
        number: u32::try_from(index + 1).ok()?,
        digits: 0,
        named: true,
    })
}

/// Nothing, or a time: `T10:00:00.000Z`, ` 12:00 AM`, ` 10:00:00 +02:00`.
fn is_time(rest: &str) -> bool {
    let rest = rest.trim_start_matches([',', '.']);
    let Some(time) = rest.strip_prefix(['T', 't', ' ']).map(str::trim_start) else {
        return rest.is_empty();
    };
    time.is_empty()
        || (time.starts_with(|character: char| character.is_ascii_digit())
            && time.contains(':')
            && time
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b":.+- aApPmMzZuUtTcCgG".contains(&byte)))
}

#[cfg(test)]
mod tests {
    use super::DateOrder::{Dmy, Mdy, Ymd};
    use super::*;

    fn detect(cells: &[&str]) -> Result<Option<DateOrder>, FileError> {
        detect_order("closed", cells.iter().copied())
    }

    #[test]
    fn a_date_is_the_day_that_was_written() {
        let cases = [
            ("2017-03-01", Ymd, Some((2017, 3, 1))),
            ("2017/3/1", Dmy, Some((2017, 3, 1))),
            ("2017.03.01", Mdy, Some((2017, 3, 1))),
            ("20170301", Dmy, Some((2017, 3, 1))),
            ("1.3.2017", Dmy, Some((2017, 3, 1))),
            ("01. 03. 2017", Dmy, Some((2017, 3, 1))),
            ("3/1/2017", Mdy, Some((2017, 3, 1))),
            ("3/1/17", Mdy, Some((2017, 3, 1))),
            ("17-03-01", Ymd, Some((2017, 3, 1))),
            ("1-3-68", Dmy, Some((2068, 3, 1))),
            ("1-3-69", Dmy, Some((1969, 3, 1))),
            ("1-Mar-17", Mdy, Some((2017, 3, 1))),
            ("1 March 2017", Mdy, Some((2017, 3, 1))),
            ("Mar 1, 2017", Dmy, Some((2017, 3, 1))),
            ("2017-Sept-01", Dmy, Some((2017, 9, 1))),
            ("2017-03-01T23:59:59Z", Ymd, Some((2017, 3, 1))),
            ("2017-03-01 00:30:00 +02:00", Ymd, Some((2017, 3, 1))),
            ("3/1/2017 12:00 AM", Mdy, Some((2017, 3, 1))),
            ("2016-02-29", Ymd, Some((2016, 2, 29))),
            ("2017-02-29", Ymd, None),
            ("2017-13-01", Ymd, None),
            ("31/04/2017", Dmy, None),
            ("0/1/2017", Dmy, None),
            ("2017-03", Ymd, None),
            ("2017-03-01-04", Ymd, None),
            ("2017-03.01", Ymd, None),
            ("1/3/217", Dmy, None),
            ("1/3/1217", Dmy, None),
            ("1/3/2017 tomorrow", Dmy, None),
            ("42795", Ymd, None),
            ("soon", Ymd, None),
            ("", Ymd, None),
            ("۱۴۰۵/۹/۳", Ymd, None),
        ];
        for (cell, order, expected) in cases {
            let expected =
                expected.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
            assert_eq!(read_date(cell, order), expected, "{cell} as {order:?}");
        }
    }

    #[test]
    fn an_order_is_taken_when_no_other_fits() {
        let cases: [(&[&str], Option<DateOrder>); 9] = [
            (&["2017-03-01", "2017-03-11"], Some(Ymd)),
            (&["1/3/2017", "13/3/2017"], Some(Dmy)),
            (&["1/3/2017", "3/13/2017"], Some(Mdy)),
            (
                &["1/3/2017", "31/31/2017", "", "soon", "13/3/2017"],
                Some(Dmy),
            ),
            (&["45-03-17", "17-04-01"], Some(Ymd)),
            (&["99-01-01", "99-12-31"], Some(Ymd)),
            (&["1/1/2017", "12/12/2017"], Some(Dmy)),
            (&["2017-03-01", "13/3/2017", "1/4/2017"], Some(Dmy)),
            (&["", "soon"], None),
        ];
        for (cells, expected) in cases {
            assert_eq!(detect(cells), Ok(expected), "{cells:?}");
        }
    }

    #[test]
    fn two_orders_that_fit_are_refused_with_an_example() {
        let ambiguous = |examples: &[&str]| {
            Err(FileError::DateOrderAmbiguous {
                column: "closed".to_owned(),
                examples: examples.iter().map(|&cell| cell.to_owned()).collect(),
            })
        };
        assert_eq!(
            detect(&["1/1/2017", "3/4/2017", "5/6/2017"]),
            ambiguous(&["3/4/2017", "5/6/2017"])
        );
        assert_eq!(detect(&["03-04-05"]), ambiguous(&["03-04-05"]));
    }

    #[test]
    fn dates_that_contradict_each_other_are_refused() {
        let result = detect(&["13/3/2017", "3/13/2017"]);
        let Err(FileError::DateOrderAmbiguous { examples, .. }) = result else {
            panic!("{result:?}")
        };
        assert_eq!(examples, ["13/3/2017", "3/13/2017"]);
    }

    #[test]
    fn an_order_is_named_as_it_is_written_on_the_command_line() {
        for order in DateOrder::ALL {
            assert_eq!(DateOrder::from_code(order.code()), Some(order));
        }
        assert_eq!(DateOrder::from_code("ydm"), None);
    }
}

//! Reads the files that other systems export: bytes in, typed rows out.
//!
//! Owns the reading of tables, dates, amounts and column names, and says row by row what it could not read.
//! It leaves out where the bytes come from and what becomes of the rows: no file, no database, no clock and no
//! person is known here, so that the same bytes and options always give the same rows.

pub mod accounts;
pub mod amount;
pub mod closeness;
pub mod date;
pub mod deals;
pub mod encoding;
pub mod exports;
pub mod field;
pub mod mapping;
pub mod products;
pub mod rejected;
mod scan;
pub mod stages;
pub mod table;
mod workbook;

pub use accounts::{AccountRow, AccountsFile, read_accounts};
pub use amount::currency_digits;
pub use closeness::{are_close, find_close, fold, similar_names};
pub use date::DateOrder;
pub use deals::{DealOptions, DealRow, DealsFile, read_deals};
pub use encoding::Encoding;
pub use field::Field;
pub use mapping::{Mapping, header_key};
pub use products::{ProductRow, ProductsFile, read_products};
pub use rejected::{REASON_HEADER, write_rejected};
pub use table::Table;

use crate::text::is_blank;

/// Largest file that is read, in bytes (256 MiB). Anything above is refused before it is parsed.
pub const FILE_LIMIT_BYTES: u64 = 256 * 1024 * 1024;

/// Longest name, in characters, that a cell may bring.
pub const TEXT_LIMIT_CHARS: usize = 500;

/// Why a whole file was not read. A single bad row is a [`Rejection`] instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The file is larger than [`FILE_LIMIT_BYTES`].
    #[error("the file has {bytes} bytes, more than the {limit} that are read")]
    TooLarge {
        /// Size of the file.
        bytes: u64,
        /// The limit, in bytes.
        limit: u64,
    },
    /// The bytes are not a table of text.
    #[error("the file is not a table: {}", reason.code())]
    NotATable {
        /// What it is instead.
        reason: NotATable,
    },
    /// Columns that are needed were not found in the header.
    #[error("columns are missing: {}", missing.join(", "))]
    ColumnsMissing {
        /// Field names, or the column names that a mapping gave.
        missing: Vec<String>,
        /// The columns of the file, as they stand.
        found: Vec<String>,
    },
    /// More than one order of day and month fits the dates, or none fits all of them.
    #[error("the order of day and month in column {column} is ambiguous")]
    DateOrderAmbiguous {
        /// The column.
        column: String,
        /// Cells that can be read in two ways, or that contradict each other; at most three.
        examples: Vec<String>,
    },
    /// The mapping file is wrong.
    #[error("the mapping is invalid at {key}: {}", reason.code())]
    MappingInvalid {
        /// The key in the mapping; empty if the mapping as a whole is meant.
        key: String,
        /// What is wrong.
        reason: MappingProblem,
    },
}

/// What a file is when it is not a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotATable {
    /// No row at all.
    Empty,
    /// Bytes that no text has.
    Binary,
    /// A workbook of another kind than XLSX, a locked or a damaged one.
    Workbook,
    /// Text in an encoding that is not known.
    Encoding,
    /// A quote opens in the header and never closes.
    Header,
}

impl NotATable {
    /// The reason's name on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::Workbook => "workbook",
            Self::Encoding => "encoding",
            Self::Header => "header",
        }
    }
}

/// What is wrong in a mapping file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MappingProblem {
    /// It is not a JSON object.
    NotAnObject,
    /// The key is not one that a mapping has.
    UnknownKey,
    /// The value has to be text (or, for `won` and `lost`, a list of texts).
    NotText,
    /// The column stands for two fields.
    ColumnTwice,
}

impl MappingProblem {
    /// The problem's name on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAnObject => "not_an_object",
            Self::UnknownKey => "unknown_key",
            Self::NotText => "not_text",
            Self::ColumnTwice => "column_twice",
        }
    }
}

/// A row that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Line in the file where the row starts; the first line is 1.
    pub line: u32,
    /// What is wrong with it.
    pub reason: RejectionReason,
    /// The column, as the header names it.
    pub column: Option<String>,
    /// The cell as it stands, shortened to 200 characters.
    pub value: Option<String>,
}

impl Rejection {
    fn of_row(line: u32, reason: RejectionReason) -> Self {
        Self {
            line,
            reason,
            column: None,
            value: None,
        }
    }

    fn of_cell(line: u32, reason: RejectionReason, column: &str, value: &str) -> Self {
        let value = if value.is_empty() {
            None
        } else {
            Some(value.chars().take(200).collect())
        };
        Self {
            line,
            reason,
            column: Some(column.to_owned()),
            value,
        }
    }
}

/// Why a row was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RejectionReason {
    /// More or fewer cells than the header has.
    FieldCount,
    /// A quote opens and never closes, or closes in the middle of a cell some lines further down.
    QuoteUnclosed,
    /// No account.
    AccountMissing,
    /// No name.
    NameMissing,
    /// No date.
    DateMissing,
    /// Not a date, or a date that the calendar does not have.
    DateUnreadable,
    /// No amount.
    AmountMissing,
    /// Not an amount, or one with more decimals than its currency.
    AmountUnreadable,
    /// Could be a thousand or a decimal, and nothing in the column tells.
    AmountAmbiguous,
    /// Below zero, which no won deal and no price is.
    AmountNegative,
    /// More than can be counted in minor units.
    AmountTooLarge,
    /// Not an ISO 4217 code.
    CurrencyUnknown,
    /// The amount names another currency than the one that was asked for.
    CurrencyDiffers,
    /// Longer than [`TEXT_LIMIT_CHARS`].
    TextTooLong,
    /// The same external id or name stands on an earlier line.
    Repeated,
    /// A company that belongs to itself.
    ParentIsItself,
    /// Not a stage at which a running engagement can be taken over.
    StageUnknown,
}

impl RejectionReason {
    /// The reason's name on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::FieldCount => "field_count",
            Self::QuoteUnclosed => "quote_unclosed",
            Self::AccountMissing => "account_missing",
            Self::NameMissing => "name_missing",
            Self::DateMissing => "date_missing",
            Self::DateUnreadable => "date_unreadable",
            Self::AmountMissing => "amount_missing",
            Self::AmountUnreadable => "amount_unreadable",
            Self::AmountAmbiguous => "amount_ambiguous",
            Self::AmountNegative => "amount_negative",
            Self::AmountTooLarge => "amount_too_large",
            Self::CurrencyUnknown => "currency_unknown",
            Self::CurrencyDiffers => "currency_differs",
            Self::TextTooLong => "text_too_long",
            Self::Repeated => "repeated",
            Self::ParentIsItself => "parent_is_itself",
            Self::StageUnknown => "stage_unknown",
        }
    }
}

/// Something the reader assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Only this date order fits the file, so it was taken.
    DateOrderAssumed(DateOrder),
    /// Amounts came without a currency; this one (ISO 4217) was taken.
    CurrencyAssumed(&'static str),
    /// Nothing says how the text is encoded; this was taken, because it spells words.
    EncodingAssumed(Encoding),
    /// Amounts such as `1,234` could be decimals, and nothing in their column tells; they were read as thousands.
    ThousandsAssumed {
        /// The column, as the header names it.
        column: String,
        /// The first of the cells, as it stands.
        cell: String,
        /// Rows with such an amount.
        rows: u32,
    },
    /// Two columns have the same name.
    HeaderRepeated {
        /// The name of the first.
        header: String,
        /// The name under which the later one is known.
        again: String,
    },
}

impl Notice {
    /// Counts one more amount that was read as thousands.
    fn count_thousands(notice: &mut Option<Self>, column: &str, cell: &str) {
        let first = || Self::ThousandsAssumed {
            column: column.to_owned(),
            cell: cell.to_owned(),
            rows: 0,
        };
        if let Self::ThousandsAssumed { rows, .. } = notice.get_or_insert_with(first) {
            *rows += 1;
        }
    }
}

/// Text as it is kept: composed (NFC), without control characters, white space runs as one space.
///
/// Gives `None` for a text longer than [`TEXT_LIMIT_CHARS`], and no letter for one of which nothing is seen.
fn tidy(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let mut tidied = String::with_capacity(text.len());
    let mut count = 0_usize;
    for word in text.split_whitespace() {
        if !tidied.is_empty() {
            tidied.push(' ');
            count += 1;
        }
        for character in word.nfc().filter(|character| !character.is_control()) {
            tidied.push(character);
            count += 1;
        }
        if count > TEXT_LIMIT_CHARS {
            return None;
        }
    }
    Some(if is_blank(&tidied) {
        String::new()
    } else {
        tidied
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_everything(bytes: &[u8]) {
        let Ok(table) = Table::read(bytes) else {
            return;
        };
        let options = DealOptions::in_currency("USD").unwrap();
        if let Ok(mapping) = Mapping::of_deals(table.headers(), false) {
            let _ = read_deals(&table, &mapping, &options);
        }
        let _ = read_accounts(&table);
        let _ = read_products(&table, &options);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            read_everything(&bytes);
        }

        #[test]
        fn no_text_under_a_good_header_makes_the_reader_panic(
            text in "[\"',;|\t\r\n0-9./a-zA-ZłżΩ€$() -]{0,400}",
            separator in prop::sample::select(vec![",", ";", "\t", "|"]),
        ) {
            let header = ["id", "account", "stage", "close date", "value", "currency"].join(separator);
            read_everything(format!("{header}\n{text}").as_bytes());
            read_everything(format!("{header}\n1{separator}A{separator}Won{separator}{text}").as_bytes());
        }
    }

    #[test]
    fn names_are_kept_composed_and_with_single_spaces() {
        assert_eq!(
            tidy("  Zo\u{0308}e \u{a0}\t GmbH\u{0}\n").as_deref(),
            Some("Zöe GmbH")
        );
        assert_eq!(tidy(""), Some(String::new()));
        assert_eq!(tidy("\u{200b} \u{feff}"), Some(String::new()));
        assert_eq!(tidy("می\u{200c}خواهم").as_deref(), Some("می\u{200c}خواهم"));
        assert_eq!(
            tidy(&"x".repeat(TEXT_LIMIT_CHARS)).map(|text| text.len()),
            Some(TEXT_LIMIT_CHARS)
        );
        assert_eq!(tidy(&"x".repeat(TEXT_LIMIT_CHARS + 1)), None);
    }
}

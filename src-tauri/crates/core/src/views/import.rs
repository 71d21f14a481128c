//! What an import did or would do: the report, the columns, and row by row.

use super::MoneyView;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What an import did, or would do.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct ImportReport {
    /// New records.
    pub created: u32,
    /// Records with cells that changed in the file.
    pub updated: u32,
    /// Records that were imported before and did not change.
    pub unchanged: u32,
    /// Rows that the import leaves out on purpose (open and lost deals, engagements of this book).
    pub skipped: u32,
    /// Rows with an error.
    pub rejected: u32,
    /// Operations recorded.
    pub operations: u32,
    /// Value of all accepted rows in minor units; null if they have several currencies.
    #[ts(type = "number | null")]
    pub value_sum_minor: Option<i64>,
    /// Value of all accepted rows per currency.
    pub value_sums: Vec<MoneyView>,
    /// Accounts that came along.
    pub accounts_created: u32,
    /// People that came along.
    pub people_created: u32,
    /// What was assumed or needs a look.
    pub notices: Vec<ImportNotice>,
    /// The first rejected rows with their reasons, at most 100.
    pub rejections: Vec<RowRejection>,
    /// Nothing was written.
    pub preview: bool,
    /// The system that the ids of a deals file come from: a known one (`hubspot`, `pipedrive`, `salesforce`,
    /// `livespace`, `odoo`), the mapping's, else `deals`. Empty for other files.
    pub source: String,
    /// Where the columns of a deals file come from; null for other files.
    pub columns_from: Option<ColumnsFrom>,
}

/// Where the columns of a deals file come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnsFrom {
    /// A mapping was given.
    Given,
    /// The mapping that was used last for these headers.
    Remembered,
    /// What is known of the system's exports.
    BuiltIn,
    /// Their usual names.
    Names,
}

/// The columns of a deals file, for a mapping screen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportColumnsView {
    /// Column names, as a mapping names them.
    pub headers: Vec<String>,
    /// The first rows, at most five, as text.
    pub rows: Vec<Vec<String>>,
    /// How many rows there are.
    pub row_count: u32,
    /// Every field that a column can stand for, with the column proposed for it.
    pub mapping: BTreeMap<String, Option<String>>,
    /// The system that the ids come from.
    pub source: String,
    /// The well-known system that the file was exported from.
    pub export: Option<String>,
    /// Where the proposal comes from.
    pub columns_from: ColumnsFrom,
    /// Fields that are needed and have no column.
    pub missing: Vec<String>,
    /// What was assumed to read the file.
    pub notices: Vec<ImportNotice>,
}

/// What would become of a row.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// A new engagement.
    Create,
    /// Cells of it changed in the file.
    Update,
    /// It was imported before and did not change.
    Unchanged,
    /// Left out on purpose: the deal is open or lost, or stands in this book.
    Skip,
    /// It cannot be read.
    Error,
}

/// A window of the rows of a deals file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportRowsView {
    /// All rows that match.
    pub count: u32,
    /// Index of the first row given.
    pub from: u32,
    /// The rows.
    pub rows: Vec<ImportRowView>,
    /// Rows per outcome, whatever was asked for.
    pub counts: ImportCounts,
}

/// Rows of a file per outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct ImportCounts {
    /// New engagements.
    pub create: u32,
    /// Engagements with cells that changed in the file.
    pub update: u32,
    /// Engagements that did not change.
    pub unchanged: u32,
    /// Open and lost deals, and engagements of this book.
    pub skip: u32,
    /// Rows that cannot be read.
    pub error: u32,
}

/// What would become of one row.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportRowView {
    /// Line in the file, the header is line 1.
    pub line: u32,
    /// What becomes of it.
    pub outcome: RowOutcome,
    /// Why it is left out (`open`, `lost`, `in_book`) or cannot be read (`date_unreadable` …).
    pub code: Option<String>,
    /// The column that cannot be read.
    pub column: Option<String>,
    /// Its cell as it stands.
    pub cell: Option<String>,
    /// The client company, as far as it can be read.
    pub account: Option<String>,
    /// Name of the engagement, as far as it can be read.
    pub name: Option<String>,
    /// Its value.
    pub value: Option<MoneyView>,
    /// Kind of the stage at which it is taken over.
    pub stage: Option<String>,
    /// Cells that changed since they were imported last.
    pub changes: Vec<ImportChange>,
}

/// A cell that changed in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportChange {
    /// The field.
    pub field: String,
    /// As imported last; names instead of ids, minor units for money.
    pub before: String,
    /// As in the file now.
    pub after: String,
}

/// Rejected rows as a file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RejectedFile {
    /// A name to save it under.
    pub file_name: String,
    /// CSV in UTF-8 with a byte order mark: every column, and the reason in front.
    pub csv: String,
    /// How many rows.
    pub rows: u32,
}

/// Something an import tells the person about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ImportNotice {
    /// Only this date order fits the file, so it was taken.
    DateOrderAssumed {
        /// `ymd`, `dmy` or `mdy`.
        order: String,
    },
    /// Amounts had no currency; this one was taken.
    CurrencyAssumed {
        /// ISO 4217 code.
        currency: String,
    },
    /// Nothing says how the text is encoded; this was taken, because it spells words.
    EncodingAssumed {
        /// `windows-1250`, `windows-1251`, `utf-16le` …
        encoding: String,
    },
    /// Amounts such as `1,234` could be decimals, and nothing in their column tells; they were read as thousands.
    ThousandsAssumed {
        /// The column.
        column: String,
        /// The first of the cells.
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
    /// A new account's name is close to another one; it was kept as typed.
    AccountLooksLike {
        /// As in the file.
        typed: String,
        /// As known, or earlier in the file.
        known: String,
        /// Rows with it.
        rows: u32,
    },
    /// A product's name is close to one in the catalogue; it was kept as typed.
    ProductLooksLike {
        /// As in the file.
        typed: String,
        /// As in the catalogue.
        known: String,
        /// Rows with it.
        rows: u32,
    },
    /// Rows have the ids of engagements of this book, as its own export gives them; they were left out.
    AlreadyInBook {
        /// How many.
        rows: u32,
    },
}

/// A row that was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RowRejection {
    /// Line in the file, the header is line 1.
    pub line: u32,
    /// `amount_unreadable`, `date_unreadable`, `account_missing`, `field_count` …
    pub code: String,
    /// The column.
    pub column: Option<String>,
    /// The cell as it stands.
    pub value: Option<String>,
}

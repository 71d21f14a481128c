//! Imports of deals, accounts and products: a file becomes rows, rows become one undoable act.

use super::context::Context;
use super::import_deals::plan_deals;
use super::import_memory::{
    Aliases, aliases, completed, must_be_known, remember_aliases, remember_mapping,
    remembered_mapping,
};
use super::import_rows::{record_accounts, record_products, record_rows};
use super::session::{currency_code, workspace_currency};
use crate::domain::Refusal;
use crate::error::{Error, FileDetail, Result};
use crate::import_file::{
    DateOrder, DealOptions, DealsFile, Encoding, FILE_LIMIT_BYTES, FileError, Mapping, Notice,
    Rejection, Table, read_accounts, read_deals, read_products,
};
use crate::views::{ColumnsFrom, ImportNotice, ImportReport, RowRejection};
use base64::Engine;
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// A file's bytes as they come over the border, base64.
pub type FileContent = String;

/// How a deals file is to be read; the same for importing, looking and giving back.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportDeals {
    /// The file's name, for messages.
    #[serde(default)]
    #[ts(optional)]
    pub file_name: Option<String>,
    /// The bytes, base64: CSV, or a workbook (XLSX).
    pub content_base64: FileContent,
    /// How the text is encoded (`utf-8`, `windows-1250`, `windows-1251` …); found from the bytes if absent.
    #[serde(default)]
    #[ts(optional)]
    pub encoding: Option<String>,
    /// `ymd`, `dmy` or `mdy`; found from the dates if absent.
    #[serde(default)]
    #[ts(optional)]
    pub date_order: Option<String>,
    /// Currency of every amount, ISO 4217; else a column's, else the workspace's.
    #[serde(default)]
    #[ts(optional)]
    pub currency: Option<String>,
    /// Column names by field, see the user guide; the one used last for these headers if absent, else what is
    /// known of the system that exported the file, else their usual names. Without `source`, `won` or `lost` these
    /// stay as they were used last.
    #[serde(default)]
    #[ts(optional, type = "Record<string, JsonValue>")]
    pub mapping: Option<serde_json::Value>,
    /// Names of accounts and products as typed in the file, each with the name that it stands for; itself to keep
    /// it as typed. Remembered on this laptop.
    #[serde(default)]
    #[ts(optional, type = "Record<string, string>")]
    pub aliases: Option<Aliases>,
    /// Running engagements are taken over at the stage that the file says.
    #[serde(default)]
    #[ts(optional)]
    pub take_over: Option<bool>,
    /// Only say what would happen.
    #[serde(default)]
    pub preview: bool,
}

/// Arguments of `import_accounts`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportAccounts {
    /// The file's name, for messages.
    #[serde(default)]
    #[ts(optional)]
    pub file_name: Option<String>,
    /// The bytes, base64.
    pub content_base64: FileContent,
    /// Only say what would happen.
    #[serde(default)]
    pub preview: bool,
}

/// Arguments of `import_products`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportProducts {
    /// The file's name, for messages.
    #[serde(default)]
    #[ts(optional)]
    pub file_name: Option<String>,
    /// The bytes, base64.
    pub content_base64: FileContent,
    /// Currency of prices, ISO 4217; the workspace's if absent.
    #[serde(default)]
    #[ts(optional)]
    pub currency: Option<String>,
    /// Only say what would happen.
    #[serde(default)]
    pub preview: bool,
}

/// A deals file, read.
pub(super) struct ReadDeals {
    /// As it stands.
    pub table: Table,
    /// Its columns.
    pub mapping: Mapping,
    /// What said so, if it was not found by itself.
    pub chosen: Option<serde_json::Value>,
    /// Where they come from.
    pub columns_from: ColumnsFrom,
    /// Its rows.
    pub file: DealsFile,
    /// Names that stand for others.
    pub aliases: Aliases,
}

/// The table of a file of deals, in the encoding that was asked for.
pub(super) fn read_table(context: &Context<'_>, args: &ImportDeals) -> Result<Table> {
    let unknown = || {
        let codes = Encoding::NAMED.map(Encoding::code);
        Error::unreadable(context.command, "encoding", &codes)
    };
    let asked = match &args.encoding {
        None => None,
        Some(code) => Some(Encoding::from_code(code).ok_or_else(unknown)?),
    };
    let bytes = decode_content(context, &args.content_base64)?;
    Ok(Table::read_as(&bytes, asked)?)
}

/// The mapping to use for a table, and where it comes from.
pub(super) fn chosen_mapping(
    context: &Context<'_>,
    table: &Table,
    args: &ImportDeals,
) -> Result<(Option<serde_json::Value>, ColumnsFrom)> {
    let remembered = remembered_mapping(context, table.headers())?;
    Ok(match (&args.mapping, remembered) {
        (Some(given), remembered) => (
            Some(completed(given, remembered.as_ref())),
            ColumnsFrom::Given,
        ),
        (None, Some(mapping)) => (Some(mapping), ColumnsFrom::Remembered),
        (None, None) => (None, ColumnsFrom::Names),
    })
}

/// Reads a deals file as its arguments say.
pub(super) fn read_file(context: &Context<'_>, args: &ImportDeals) -> Result<ReadDeals> {
    let table = read_table(context, args)?;
    let take_over = args.take_over.unwrap_or(false);
    let (chosen, mut columns_from) = chosen_mapping(context, &table, args)?;
    let mapping = match &chosen {
        Some(mapping) => Mapping::from_json(table.headers(), mapping, take_over)?,
        None => Mapping::of_deals(table.headers(), take_over)?,
    };
    if chosen.is_none() && mapping.export().is_some() {
        columns_from = ColumnsFrom::BuiltIn;
    }
    let mut options = deal_options(context, args.currency.as_deref())?;
    options.take_over = take_over;
    if let Some(order) = &args.date_order {
        let known = DateOrder::from_code(order);
        let orders = DateOrder::ALL.map(DateOrder::code);
        let unknown = || Error::unreadable(context.command, "date_order", &orders);
        options.date_order = Some(known.ok_or_else(unknown)?);
    }
    let file = read_deals(&table, &mapping, &options)?;
    let given = args.aliases.clone().unwrap_or_default();
    let aliases = aliases(context, &given)?;
    must_be_known(context, &given, &file)?;
    Ok(ReadDeals {
        aliases,
        table,
        mapping,
        chosen,
        columns_from,
        file,
    })
}

/// The report of a deals file before its rows are looked at.
pub(super) fn begin_deals_report(read: &ReadDeals) -> ImportReport {
    ImportReport {
        skipped: read.file.open_count + read.file.lost_count,
        source: read.mapping.source().to_owned(),
        columns_from: Some(read.columns_from),
        ..begin_report(&read.file.rejections, &read.file.notices)
    }
}

/// Rejected rows that a report lists at the most.
const LISTED_REJECTIONS: usize = 100;

pub(super) fn import_deals(context: &mut Context<'_>, args: ImportDeals) -> Result<ImportReport> {
    context.is_preview = args.preview;
    let read = read_file(context, &args)?;
    let mut report = ImportReport {
        preview: args.preview,
        ..begin_deals_report(&read)
    };
    let plan = plan_deals(context, &read.file, &read.aliases, &mut report)?;
    record_rows(context, plan.transactions, read.file.rows.len())?;
    if let (Some(_), Some(mapping)) = (&args.mapping, &read.chosen) {
        remember_mapping(context, read.table.headers(), mapping)?;
    }
    if args.aliases.is_some() {
        remember_aliases(context, &read.aliases)?;
    }
    Ok(finish_report(context, report))
}

pub(super) fn import_accounts(
    context: &mut Context<'_>,
    args: ImportAccounts,
) -> Result<ImportReport> {
    context.is_preview = args.preview;
    let table = Table::read(&decode_content(context, &args.content_base64)?)?;
    let file = read_accounts(&table)?;
    let mut report = ImportReport {
        preview: args.preview,
        ..begin_report(&file.rejections, table.notices())
    };
    record_accounts(context, &file, &mut report)?;
    Ok(finish_report(context, report))
}

pub(super) fn import_products(
    context: &mut Context<'_>,
    args: ImportProducts,
) -> Result<ImportReport> {
    context.is_preview = args.preview;
    let table = Table::read(&decode_content(context, &args.content_base64)?)?;
    let options = deal_options(context, args.currency.as_deref())?;
    let file = read_products(&table, &options)?;
    let mut report = ImportReport {
        preview: args.preview,
        ..begin_report(&file.rejections, &file.notices)
    };
    record_products(context, &file, &mut report)?;
    Ok(finish_report(context, report))
}

fn deal_options(context: &Context<'_>, currency: Option<&str>) -> Result<DealOptions> {
    let usual = workspace_currency(context)?;
    let invalid = || Refusal::value_invalid("currency", "currency");
    let options = DealOptions::in_currency(&usual).ok_or_else(invalid)?;
    match currency {
        Some(currency) => Ok(options
            .all_in(&currency_code(currency)?)
            .ok_or_else(invalid)?),
        None => Ok(options),
    }
}

fn begin_report(rejections: &[Rejection], notices: &[Notice]) -> ImportReport {
    ImportReport {
        rejected: u32::try_from(rejections.len()).unwrap_or(u32::MAX),
        rejections: rejections
            .iter()
            .take(LISTED_REJECTIONS)
            .map(|rejection| RowRejection {
                line: rejection.line,
                code: rejection.reason.code().to_owned(),
                column: rejection.column.clone(),
                value: rejection.value.clone(),
            })
            .collect(),
        notices: notices.iter().map(notice_view).collect(),
        ..ImportReport::default()
    }
}

/// A notice of the reader, for people.
pub(super) fn notice_view(notice: &Notice) -> ImportNotice {
    match notice {
        Notice::DateOrderAssumed(order) => ImportNotice::DateOrderAssumed {
            order: order.code().to_owned(),
        },
        Notice::CurrencyAssumed(currency) => ImportNotice::CurrencyAssumed {
            currency: (*currency).to_owned(),
        },
        Notice::EncodingAssumed(encoding) => ImportNotice::EncodingAssumed {
            encoding: encoding.code().to_owned(),
        },
        Notice::ThousandsAssumed { column, cell, rows } => ImportNotice::ThousandsAssumed {
            column: column.clone(),
            cell: cell.clone(),
            rows: *rows,
        },
        Notice::HeaderRepeated { header, again } => ImportNotice::HeaderRepeated {
            header: header.clone(),
            again: again.clone(),
        },
    }
}

fn finish_report(context: &Context<'_>, report: ImportReport) -> ImportReport {
    let operations = context
        .recorded
        .as_ref()
        .map_or(0, |recorded| recorded.operations);
    ImportReport {
        operations,
        ..report
    }
}

/// The bytes of a file that came as base64.
pub(super) fn decode_content(context: &Context<'_>, content: &str) -> Result<Vec<u8>> {
    // Four characters stand for three bytes.
    if content.len() as u64 / 4 * 3 > FILE_LIMIT_BYTES + 3 {
        return Err(Error::file("file_too_large", "larger than 256 MiB"));
    }
    let decoded = base64::engine::general_purpose::STANDARD.decode(content);
    decoded.map_err(|_| Error::unreadable(context.command, "content_base64", &["base64"]))
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        let reason = Some(error.to_string());
        let (code, detail) = match error {
            FileError::TooLarge { .. } => (
                "file_too_large",
                FileDetail {
                    reason,
                    ..FileDetail::default()
                },
            ),
            FileError::NotATable { reason } => (
                "not_a_table",
                FileDetail {
                    reason: Some(reason.code().to_owned()),
                    ..FileDetail::default()
                },
            ),
            FileError::ColumnsMissing { missing, found } => (
                "columns_missing",
                FileDetail {
                    missing,
                    found,
                    ..FileDetail::default()
                },
            ),
            FileError::DateOrderAmbiguous { column, examples } => (
                "date_order_ambiguous",
                FileDetail {
                    found: vec![column],
                    examples,
                    ..FileDetail::default()
                },
            ),
            FileError::MappingInvalid { key, reason } => {
                let detail = FileDetail {
                    reason: Some(reason.code().to_owned()),
                    found: vec![key],
                    ..FileDetail::default()
                };
                ("mapping_invalid", detail)
            }
        };
        Self::File { code, detail }
    }
}

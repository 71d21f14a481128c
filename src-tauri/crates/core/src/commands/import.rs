//! Imports of deals, accounts and products: a file becomes rows, rows become one undoable act.

use super::context::Context;
use super::import_rows::{record_accounts, record_deals, record_products};
use super::session::{currency_code, workspace_currency};
use crate::error::{Error, FileDetail, Result};
use crate::import_file::{
    DateOrder, DealOptions, FILE_LIMIT_BYTES, FileError, Mapping, Notice, Rejection, Table,
    read_accounts, read_deals, read_products,
};
use crate::views::{ImportNotice, ImportReport, RowRejection};
use base64::Engine;
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// A file's bytes as they come over the border, base64.
pub type FileContent = String;

/// Arguments of `import_deals`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportDeals {
    /// The file's name, for messages.
    #[serde(default)]
    #[ts(optional)]
    pub file_name: Option<String>,
    /// The bytes, base64.
    pub content_base64: FileContent,
    /// `ymd`, `dmy` or `mdy`; found from the dates if absent.
    #[serde(default)]
    #[ts(optional)]
    pub date_order: Option<String>,
    /// Currency of every amount, ISO 4217; else a column's, else the workspace's.
    #[serde(default)]
    #[ts(optional)]
    pub currency: Option<String>,
    /// Column names by field, see the user guide; found by their usual names if absent.
    #[serde(default)]
    #[ts(optional, type = "Record<string, JsonValue>")]
    pub mapping: Option<serde_json::Value>,
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

/// Rejected rows that a report lists at the most.
const LISTED_REJECTIONS: usize = 100;

pub(super) fn import_deals(context: &mut Context<'_>, args: ImportDeals) -> Result<ImportReport> {
    context.is_preview = args.preview;
    let table = Table::read(&decode_content(&args.content_base64)?)?;
    let mapping = match &args.mapping {
        Some(mapping) => Mapping::from_json(table.headers(), mapping)?,
        None => Mapping::of_deals(table.headers())?,
    };
    let mut options = deal_options(context, args.currency.as_deref())?;
    if let Some(order) = &args.date_order {
        let known = DateOrder::from_code(order);
        options.date_order = Some(known.ok_or_else(|| Error::Usage {
            reason: format!("{order} is not ymd, dmy or mdy"),
        })?);
    }
    let file = read_deals(&table, &mapping, &options)?;
    let mut report = ImportReport {
        skipped: file.open_count + file.lost_count,
        preview: args.preview,
        ..begin_report(&file.rejections, &file.notices)
    };
    record_deals(context, &file, &mut report)?;
    Ok(finish_report(context, report))
}

pub(super) fn import_accounts(
    context: &mut Context<'_>,
    args: ImportAccounts,
) -> Result<ImportReport> {
    context.is_preview = args.preview;
    let table = Table::read(&decode_content(&args.content_base64)?)?;
    let file = read_accounts(&table)?;
    let mut report = ImportReport {
        preview: args.preview,
        ..begin_report(&file.rejections, &[])
    };
    record_accounts(context, &file, &mut report)?;
    Ok(finish_report(context, report))
}

pub(super) fn import_products(
    context: &mut Context<'_>,
    args: ImportProducts,
) -> Result<ImportReport> {
    context.is_preview = args.preview;
    let table = Table::read(&decode_content(&args.content_base64)?)?;
    let options = deal_options(context, args.currency.as_deref())?;
    let file = read_products(&table, &options)?;
    let mut report = ImportReport {
        preview: args.preview,
        ..begin_report(&file.rejections, &[])
    };
    record_products(context, &file, &mut report)?;
    Ok(finish_report(context, report))
}

fn deal_options(context: &Context<'_>, currency: Option<&str>) -> Result<DealOptions> {
    let usual = workspace_currency(context)?;
    let invalid = || Error::Usage {
        reason: "the currency is not an ISO 4217 code".to_owned(),
    };
    let options = DealOptions::in_currency(&usual).ok_or_else(invalid)?;
    match currency {
        Some(currency) => options
            .all_in(&currency_code(currency)?)
            .ok_or_else(invalid),
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
        notices: notices
            .iter()
            .map(|notice| match notice {
                Notice::DateOrderAssumed(order) => ImportNotice::DateOrderAssumed {
                    order: order.code().to_owned(),
                },
                Notice::CurrencyAssumed(currency) => ImportNotice::CurrencyAssumed {
                    currency: (*currency).to_owned(),
                },
            })
            .collect(),
        ..ImportReport::default()
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
pub(super) fn decode_content(content: &str) -> Result<Vec<u8>> {
    // Four characters stand for three bytes.
    if content.len() as u64 / 4 * 3 > FILE_LIMIT_BYTES + 3 {
        return Err(Error::file("file_too_large", "larger than 256 MiB"));
    }
    let decoded = base64::engine::general_purpose::STANDARD.decode(content);
    decoded.map_err(|error| Error::Usage {
        reason: format!("content_base64: {error}"),
    })
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

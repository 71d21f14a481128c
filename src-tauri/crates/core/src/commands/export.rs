//! Everything out again, for other programs: tables as CSV or XLSX, the whole store as JSON.

use super::context::Context;
use super::view::{Names, handover_view};
use crate::domain::Refusal;
use crate::error::{Error, Result};
use crate::export_file::{Cell, Sheet};
use crate::import_file::currency_digits;
use crate::store::list::{Card, Filter, Sort, cards};
use crate::store::{export, read};
use crate::views::{ExportedFile, HandoverView};
use base64::Engine;
use chrono::DateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use ts_rs::TS;

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// Engagements, a row each.
    Engagements,
    /// Client companies, a row each.
    Accounts,
    /// Handovers with every point, a row each.
    Handovers,
    /// Every entity and every act.
    Everything,
}

impl ExportKind {
    fn word(self) -> &'static str {
        match self {
            Self::Engagements => "engagements",
            Self::Accounts => "accounts",
            Self::Handovers => "handovers",
            Self::Everything => "everything",
        }
    }
}

/// In which format. Tables are CSV or XLSX, everything is JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated text.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// JSON.
    Json,
}

impl ExportFormat {
    fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}

/// Arguments of `export_file`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportFile {
    /// What.
    pub kind: ExportKind,
    /// In which format.
    pub format: ExportFormat,
    /// Begin a CSV file with a byte order mark, as Excel needs it.
    #[serde(default)]
    pub bom: bool,
}

pub(super) fn export_file(context: &mut Context<'_>, args: ExportFile) -> Result<ExportedFile> {
    let now = context.environment.clock.now();
    let (bytes, rows) = match (args.kind, args.format) {
        (ExportKind::Everything, ExportFormat::Json) => everything(context, now)?,
        (ExportKind::Everything, _) | (_, ExportFormat::Json) => {
            return Err(Refusal::ValueInvalid {
                field: "format".to_owned(),
                expected: "choice".to_owned(),
            }
            .into());
        }
        (kind, format) => {
            let sheet = match kind {
                ExportKind::Accounts => accounts(context)?,
                ExportKind::Handovers => handovers(context)?,
                _ => engagements(context)?,
            };
            let bytes = if format == ExportFormat::Xlsx {
                sheet
                    .to_xlsx(now)
                    .map_err(|error| Error::internal(error.to_string()))?
            } else {
                sheet
                    .to_csv(args.bom)
                    .map_err(|error| Error::internal(error.to_string()))?
            };
            (bytes, sheet.rows.len())
        }
    };
    let on = DateTime::from_timestamp_millis(now).map(|at| at.format("%Y-%m-%d").to_string());
    Ok(ExportedFile {
        file_name: format!(
            "baton-{}-{}.{}",
            args.kind.word(),
            on.unwrap_or_default(),
            args.format.word()
        ),
        content_base64: base64::engine::general_purpose::STANDARD.encode(&bytes),
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
    })
}

fn words(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|column| (*column).to_owned()).collect()
}

fn count(number: u32) -> Cell {
    Cell::Number(number.into())
}

fn engagements(context: &Context<'_>) -> Result<Sheet> {
    let columns = [
        "id",
        "account",
        "account_id",
        "name",
        "product",
        "stage",
        "stage_kind",
        "effective_stage",
        "status",
        "owner",
        "owner_id",
        "value",
        "currency",
        "signed_on",
        "contract_end_on",
        "open_items",
        "gate_open",
        "returned",
        "breached",
        "overrides",
        "client_mood",
        "team_mood",
    ];
    let all = every_engagement(context)?;
    let mut rows = Vec::with_capacity(all.len());
    for card in all {
        let facts = read::engagement_facts(context.connection, card.id)?;
        let value = match (card.value_minor, &card.currency) {
            (Some(minor), Some(currency)) => Cell::Money {
                minor,
                digits: currency_digits(currency).unwrap_or(2),
                currency: currency.clone(),
            },
            _ => Cell::Empty,
        };
        let tenths = |mood: Option<i64>| mood.map_or(Cell::Empty, Cell::Tenths);
        rows.push(vec![
            Cell::Text(card.id.to_string()),
            Cell::Text(card.account_name),
            Cell::text(card.account.map(|id| id.to_string())),
            Cell::Text(card.name),
            Cell::text(facts.product_name),
            Cell::Text(card.stage),
            Cell::Text(card.kind.word().to_owned()),
            Cell::Text(card.effective_stage),
            Cell::Text(card.status.word().to_owned()),
            Cell::text(card.owner_name),
            Cell::text(card.owner.map(|id| id.to_string())),
            value,
            Cell::text(card.currency),
            Cell::date(card.signed_on),
            Cell::date(card.contract_end_on),
            count(card.open_item_count),
            Cell::Flag(card.gate_open),
            Cell::Flag(card.returned),
            Cell::Flag(card.breached),
            count(card.override_count),
            tenths(card.client_mood),
            tenths(card.team_mood),
        ]);
    }
    Ok(Sheet {
        name: "engagements",
        columns: words(&columns),
        rows,
    })
}

/// All of them, the ones signed last first.
fn every_engagement(context: &Context<'_>) -> Result<Vec<Card>> {
    let filter = Filter::default();
    cards(
        context.connection,
        &filter,
        Sort::SignedOn,
        true,
        0,
        u32::MAX,
    )
}

fn accounts(context: &Context<'_>) -> Result<Sheet> {
    let columns = [
        "id",
        "name",
        "sector",
        "country",
        "parent",
        "engagements",
        "contacts",
    ];
    let rows = export::accounts(context.connection)?
        .into_iter()
        .map(|account| {
            vec![
                Cell::Text(account.id.text()),
                Cell::text(account.name),
                Cell::text(account.sector),
                Cell::text(account.country),
                Cell::text(account.parent_name),
                Cell::Number(account.engagement_count),
                Cell::Number(account.contact_count),
            ]
        })
        .collect();
    Ok(Sheet {
        name: "accounts",
        columns: words(&columns),
        rows,
    })
}

fn handovers(context: &Context<'_>) -> Result<Sheet> {
    let mut columns = words(&[
        "engagement_id",
        "account",
        "engagement",
        "state",
        "completeness",
        "receiver",
        "submitted_by",
        "submitted_at",
        "rounds",
        "verified_by",
        "verified_at",
        "verification_stands",
        "accepted_by",
        "accepted_at",
        "held_on",
        "minutes",
    ]);
    let fixed = columns.len();
    let names = Names::load(context)?;
    let all = every_engagement(context)?;
    let mut rows = Vec::with_capacity(all.len());
    for card in all {
        let engagement = read::engagement(context.connection, card.id)?;
        let view = handover_view(&engagement, &names, None);
        let mut row = vec![
            Cell::Text(card.id.to_string()),
            Cell::Text(card.account_name),
            Cell::Text(card.name),
        ];
        row.extend(state_cells(&view)?);
        // Templates differ in their points: a column per point that any of them has.
        for point in view.points {
            let place = columns[fixed..]
                .iter()
                .position(|column| *column == point.id);
            let place = fixed
                + place.unwrap_or_else(|| {
                    columns.push(point.id.clone());
                    columns.len() - fixed - 1
                });
            row.resize(row.len().max(place + 1), Cell::Empty);
            row[place] = Cell::text(text_of(&point.value));
        }
        rows.push(row);
    }
    for row in &mut rows {
        row.resize(columns.len(), Cell::Empty);
    }
    Ok(Sheet {
        name: "handovers",
        columns,
        rows,
    })
}

fn state_cells(view: &HandoverView) -> Result<Vec<Cell>> {
    let state = serde_json::to_value(view.state).map_err(|error| Error::Internal {
        place: error.to_string(),
    })?;
    let verification = view.verification.as_ref();
    let acceptance = view.acceptance.as_ref();
    Ok(vec![
        Cell::text(text_of(&state)),
        count(view.completeness),
        Cell::text(view.receiver.clone()),
        Cell::text(view.submitted_by.clone()),
        Cell::instant(view.submitted_at),
        count(view.round_count),
        Cell::text(verification.and_then(|verified| verified.person.clone())),
        Cell::instant(verification.map(|verified| verified.at)),
        verification.map_or(Cell::Empty, |verified| Cell::Flag(verified.stands)),
        Cell::text(acceptance.and_then(|accepted| accepted.person.clone())),
        Cell::instant(acceptance.map(|accepted| accepted.at)),
        Cell::date(acceptance.map(|accepted| accepted.held_on.clone())),
        Cell::text(acceptance.map(|accepted| accepted.minutes.clone())),
    ])
}

/// A value as one line: the parts of a point with their names.
fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        Json::Array(values) => {
            let texts: Vec<String> = values.iter().filter_map(text_of).collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        Json::Object(parts) => {
            let texts: Vec<String> = parts
                .iter()
                .filter_map(|(name, value)| Some(format!("{name}: {}", text_of(value)?)))
                .collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        other => Some(other.to_string()),
    }
}

fn everything(context: &Context<'_>, now: i64) -> Result<(Vec<u8>, usize)> {
    let entities = export::entities(context.connection)?;
    let count = entities
        .as_object()
        .into_iter()
        .flat_map(|kinds| kinds.values())
        .filter_map(Json::as_array)
        .map(Vec::len)
        .sum();
    let workspace = read::workspace_id(context.connection)?.map(|id| id.to_string());
    let all = json!({
        "format": "baton-export", "version": 1, "exported_at": now, "workspace": workspace,
        "entities": entities, "acts": export::acts(context.connection, &context.reader()?)?,
    });
    let bytes = serde_json::to_vec(&all).map_err(|error| Error::Internal {
        place: error.to_string(),
    })?;
    Ok((bytes, count))
}

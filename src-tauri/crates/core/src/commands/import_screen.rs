//! Looking at a deals file before it is imported: its columns, its rows one by one, and those it would reject.
//!
//! Nothing here writes. The rows are decided by the same code as in an import.

use super::context::Context;
use super::import::{
    ImportDeals, ReadDeals, begin_deals_report, chosen_mapping, notice_view, read_file, read_table,
};
use super::import_deals::{Plan, plan_deals};
use super::import_rows::{CellChange, Fate};
use super::view::money_view;
use crate::error::Result;
use crate::import_file::stages::DealOutcome;
use crate::import_file::{DealRow, Field, Mapping, Rejection, write_rejected};
use crate::log::registry;
use crate::store::read;
use crate::views::{
    ColumnsFrom, ImportChange, ImportColumnsView, ImportCounts, ImportReport, ImportRowView,
    ImportRowsView, RejectedFile, RowOutcome,
};
use crate::words::RejectionSentences;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::HashMap;
use ts_rs::TS;

/// Arguments of `import_rows`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
pub struct ImportRows {
    /// The file, and how it is to be read.
    #[serde(flatten)]
    #[ts(flatten)]
    pub file: ImportDeals,
    /// Only rows with this outcome.
    #[serde(default)]
    #[ts(optional)]
    pub outcome: Option<RowOutcome>,
    /// Index of the first row wanted.
    pub from: u32,
    /// How many rows are wanted, at most 500.
    pub count: u32,
}

/// Rows that a mapping screen shows.
const SHOWN_ROWS: usize = 5;

/// Most rows of one window.
const WINDOW_ROWS: u32 = 500;

pub(super) fn import_columns(
    context: &mut Context<'_>,
    args: ImportDeals,
) -> Result<ImportColumnsView> {
    let table = read_table(context, &args)?;
    let headers = table.headers();
    let (chosen, mut columns_from) = chosen_mapping(context, &table, &args)?;
    let take_over = args.take_over.unwrap_or(false);
    let (mapping, missing) = Mapping::propose(headers, chosen.as_ref(), take_over)?;
    if chosen.is_none() && mapping.export().is_some() {
        columns_from = ColumnsFrom::BuiltIn;
    }
    let is_named = |column: &usize| headers.get(*column).is_some_and(|name| !name.is_empty());
    let columns: Vec<usize> = (0..headers.len()).filter(is_named).collect();
    let rows = table
        .rows()
        .take(SHOWN_ROWS)
        .map(|row| {
            let cells = columns.iter().map(|column| row.cell(*column).to_owned());
            cells.collect()
        })
        .collect();
    let proposed = Field::ALL.into_iter().map(|field| {
        let header = mapping
            .column(field)
            .and_then(|column| headers.get(column).cloned());
        (field.key().to_owned(), header)
    });
    Ok(ImportColumnsView {
        rows,
        row_count: u32::try_from(table.rows().len()).unwrap_or(u32::MAX),
        mapping: proposed.collect(),
        source: mapping.source().to_owned(),
        export: mapping.export().map(str::to_owned),
        columns_from,
        missing,
        notices: table.notices().iter().map(notice_view).collect(),
        headers: headers
            .iter()
            .filter(|name| !name.is_empty())
            .cloned()
            .collect(),
    })
}

/// A row of the file, by where it is in what was read.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Read(&'a DealRow, Fate, &'a [CellChange]),
    LeftOut(u32, DealOutcome),
    Rejected(&'a Rejection),
}

impl Entry<'_> {
    fn line(&self) -> u32 {
        match self {
            Self::Read(row, ..) => row.line,
            Self::LeftOut(line, _) => *line,
            Self::Rejected(rejection) => rejection.line,
        }
    }

    fn outcome(&self) -> RowOutcome {
        match self {
            Self::Read(_, Fate::Create, _) => RowOutcome::Create,
            Self::Read(_, Fate::Update, _) => RowOutcome::Update,
            Self::Read(_, Fate::Unchanged, _) => RowOutcome::Unchanged,
            Self::LeftOut(..) | Self::Read(_, Fate::InBook, _) => RowOutcome::Skip,
            Self::Rejected(_) => RowOutcome::Error,
        }
    }
}

pub(super) fn import_rows(context: &mut Context<'_>, args: ImportRows) -> Result<ImportRowsView> {
    let read = read_file(context, &args.file)?;
    let mut report = begin_deals_report(&read);
    let plan = plan_deals(context, &read.file, &read.aliases, &mut report)?;
    let mut entries = entries(&read, &plan);
    entries.sort_by_key(Entry::line);
    if let Some(outcome) = args.outcome {
        entries.retain(|entry| entry.outcome() == outcome);
    }
    let names = names(context, &plan)?;
    let rows = entries
        .iter()
        .skip(args.from as usize)
        .take(args.count.min(WINDOW_ROWS) as usize)
        .map(|entry| row_view(&read, &names, *entry))
        .collect();
    Ok(ImportRowsView {
        count: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        from: args.from,
        rows,
        counts: counts(&report),
    })
}

fn counts(report: &ImportReport) -> ImportCounts {
    ImportCounts {
        create: report.created,
        update: report.updated,
        unchanged: report.unchanged,
        skip: report.skipped,
        error: report.rejected,
    }
}

fn entries<'a>(read: &'a ReadDeals, plan: &'a Plan) -> Vec<Entry<'a>> {
    let rows = read.file.rows.iter().zip(&plan.fates);
    let rows = rows.map(|(row, (fate, changes))| Entry::Read(row, *fate, changes));
    let left_out = read.file.left_out.iter();
    let left_out = left_out.map(|(line, outcome)| Entry::LeftOut(*line, *outcome));
    let rejected = read.file.rejections.iter().map(Entry::Rejected);
    rows.chain(left_out).chain(rejected).collect()
}

/// Names of what cells refer to by id.
fn names(context: &Context<'_>, plan: &Plan) -> Result<HashMap<String, String>> {
    let connection = context.connection;
    let mut names: HashMap<String, String> = HashMap::new();
    for (id, name) in read::account_names(connection)? {
        names.insert(id.text(), name);
    }
    for (id, name) in read::products(connection)? {
        names.insert(id.0.text(), name);
    }
    for colleague in read::colleagues(connection)? {
        names.insert(colleague.id.0.text(), colleague.name);
    }
    let made = plan.transactions.iter().flatten();
    for change in
        made.filter(|change| [registry::ACCOUNT, registry::PERSON].contains(&change.entity_kind))
    {
        let name = change.fields.iter().find_map(|(_, value)| value.as_text());
        if let Some(name) = name {
            names.insert(change.entity.text(), name.to_owned());
        }
    }
    Ok(names)
}

fn row_view(read: &ReadDeals, names: &HashMap<String, String>, entry: Entry<'_>) -> ImportRowView {
    let cells = match entry {
        Entry::Read(..) => Vec::new(),
        _ => read.table.cells_on(entry.line()),
    };
    let cell = |field| {
        let cell = cells.get(read.mapping.column(field)?)?;
        Some(cell.clone()).filter(|cell| !cell.is_empty())
    };
    let view = ImportRowView {
        line: entry.line(),
        outcome: entry.outcome(),
        code: None,
        column: None,
        cell: None,
        account: cell(Field::Account),
        name: cell(Field::Name),
        value: None,
        stage: None,
        changes: Vec::new(),
    };
    match entry {
        Entry::Read(row, fate, changes) => ImportRowView {
            code: (fate == Fate::InBook).then(|| "in_book".to_owned()),
            account: Some(row.account.clone()),
            name: row.name.clone().or_else(|| row.product.clone()),
            value: Some(money_view(row.value_minor, row.currency.to_owned())),
            stage: row.running_stage.map(str::to_owned),
            changes: changes
                .iter()
                .map(|change| change_view(names, change))
                .collect(),
            ..view
        },
        Entry::LeftOut(_, outcome) => {
            let code = match outcome {
                DealOutcome::Lost => "lost",
                DealOutcome::Open | DealOutcome::Won => "open",
            };
            ImportRowView {
                code: Some(code.to_owned()),
                ..view
            }
        }
        Entry::Rejected(rejection) => ImportRowView {
            code: Some(rejection.reason.code().to_owned()),
            column: rejection.column.clone(),
            cell: rejection.value.clone(),
            ..view
        },
    }
}

fn change_view(names: &HashMap<String, String>, change: &CellChange) -> ImportChange {
    let read = |text: &String| names.get(text).unwrap_or(text).clone();
    ImportChange {
        field: registry::field(change.field)
            .map_or("", |field| field.name)
            .to_owned(),
        before: read(&change.before),
        after: read(&change.after),
    }
}

pub(super) fn rejected_rows(context: &mut Context<'_>, args: ImportDeals) -> Result<RejectedFile> {
    let read = read_file(context, &args)?;
    let sentences = RejectionSentences::new();
    let reasons: Vec<(u32, String)> = read
        .file
        .rejections
        .iter()
        .map(|rejection| {
            let column = rejection.column.as_deref();
            let sentence = sentences.of(rejection.reason.code(), rejection.line, column);
            (rejection.line, sentence)
        })
        .collect();
    let name = args.file_name.as_deref().unwrap_or("deals.csv");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Ok(RejectedFile {
        file_name: format!("{stem}-rejected.csv"),
        csv: write_rejected(&read.table, &reasons),
        rows: u32::try_from(reasons.len()).unwrap_or(u32::MAX),
    })
}

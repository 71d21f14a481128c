//! Rows of an import against what was imported before.
//!
//! The key of a row is its source and external id, else a hash of account, product, date and value. A row is
//! compared with the cells that were *last imported*, so that what people edited since is neither overwritten nor
//! counted; only cells that changed in the file write.

use super::context::Context;
use crate::domain::Change;
use crate::error::Result;
use crate::ids::Id;
use crate::import_file::{AccountsFile, ProductsFile};
use crate::log::registry::{ACCOUNT, PRODUCT, account, engagement as field, product};
use crate::log::{EntityKind, Value};
use crate::progress::Rest;
use crate::store::fold::fold;
use crate::store::read::{self, Imported};
use crate::views::ImportReport;
use std::collections::HashMap;

/// A cell of a row: the field it fills and its value; `imported` keeps its text to compare with.
pub(super) type Cell = (u32, Value);

fn cell_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.replace('\n', " "),
        Value::Int(number) => number.to_string(),
        Value::Id(id) => id.text(),
        other => format!("{other:?}"),
    }
}

pub(super) fn texts(cells: &[Cell]) -> Value {
    Value::List(
        cells
            .iter()
            .map(|(_, value)| cell_text(value).into())
            .collect(),
    )
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is new.
    Create,
    /// Cells of it changed in the file.
    Update,
    /// It was imported before and did not change.
    Unchanged,
    /// Its id is that of an engagement of this book.
    InBook,
}

/// A cell that changed in the file since it was imported last, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellChange {
    /// Number of the field.
    pub field: u32,
    /// As imported last.
    pub before: String,
    /// As in the file now.
    pub after: String,
}

/// What becomes of a row, and the cells that changed in the file.
pub(super) fn row_changes(
    kind: EntityKind,
    imported_field: u32,
    known: Option<&Imported>,
    cells: &[Cell],
    new: impl FnOnce() -> Vec<Change>,
) -> (Fate, Vec<Change>, Vec<CellChange>) {
    let Some(known) = known else {
        return (Fate::Create, new(), Vec::new());
    };
    let before = |index: usize| known.cells.get(index).map(String::as_str).unwrap_or("");
    let changed: Vec<(usize, &Cell)> = cells
        .iter()
        .enumerate()
        // A row that names no seller, no contract's end or no product of the catalogue takes none away.
        .filter(|(_, (field, value))| {
            let stays = [field::SELLER, field::PRODUCT, field::CONTRACT_END_ON];
            *value != Value::Null || !stays.contains(field)
        })
        .filter(|(index, (_, value))| before(*index) != cell_text(value))
        .collect();
    if changed.is_empty() {
        return (Fate::Unchanged, Vec::new(), Vec::new());
    }
    let mut changes: Vec<Change> = changed
        .iter()
        .map(|(_, (field, value))| Change::set(kind, known.id, *field, value.clone()))
        .collect();
    changes.push(Change::set(kind, known.id, imported_field, texts(cells)));
    let changed = changed
        .into_iter()
        .map(|(index, (field, value))| CellChange {
            field: *field,
            before: before(index).to_owned(),
            after: cell_text(value),
        })
        .collect();
    (Fate::Update, changes, changed)
}

/// Counts a row's fate.
pub(super) fn count(report: &mut ImportReport, fate: Fate) {
    match fate {
        Fate::Create => report.created += 1,
        Fate::Update => report.updated += 1,
        Fate::Unchanged => report.unchanged += 1,
        Fate::InBook => report.skipped += 1,
    }
}

/// Records the rows, the second half of the work behind reading them.
pub(super) fn record_rows(
    context: &mut Context<'_>,
    mut transactions: Vec<Vec<Change>>,
    rows: usize,
) -> Result<()> {
    transactions.retain(|changes| !changes.is_empty());
    context.steps = (rows as u64, 2 * rows as u64);
    context.record_all(transactions, None)
}

/// Finds or makes entities by their folded name, once per import.
pub(super) struct ByName {
    /// Ids by folded name.
    pub known: HashMap<String, Id>,
    /// How many were made.
    pub created: u32,
}

impl ByName {
    pub(super) fn of(names: impl IntoIterator<Item = (Id, String)>) -> Self {
        let mut known = HashMap::new();
        for (id, name) in names {
            known.entry(fold(&name)).or_insert(id);
        }
        Self { known, created: 0 }
    }

    pub(super) fn find_or_make(
        &mut self,
        context: &Context<'_>,
        name: &str,
        make: impl FnOnce(Id) -> Change,
    ) -> (Id, Option<Change>) {
        let folded = fold(name);
        if let Some(id) = self.known.get(&folded) {
            return (*id, None);
        }
        let id = context.environment.new_id();
        self.known.insert(folded, id);
        self.created += 1;
        (id, Some(make(id)))
    }
}

/// The key of a row that has but its name; whether an earlier row of the file has the same.
fn key_of_name(table: &str, name: &str, twins: &mut HashMap<String, u32>) -> (String, bool) {
    let folded = fold(name);
    let twin = twins.entry(folded.clone()).or_insert(0);
    let key = match *twin {
        0 => format!("{table}\u{1f}{folded}"),
        _ => format!("{table}\u{1f}{folded}\u{1f}{twin}"),
    };
    *twin += 1;
    (key, *twin > 1)
}

pub(super) fn record_accounts(
    context: &mut Context<'_>,
    file: &AccountsFile,
    report: &mut ImportReport,
) -> Result<()> {
    let known = read::imported(context.connection, "account")?;
    let by_name = ByName::of(read::account_names(context.connection)?);
    // Names that the folding takes for the same, though the file does not, are told apart by their order.
    let mut twins: HashMap<String, u32> = HashMap::new();
    let mut transactions = Vec::new();
    let work = 2 * file.rows.len() as u64;
    let reading = Rest::new(context.progress, 0, work);
    for (done, row) in (0_u64..).zip(&file.rows) {
        reading.step(done, work)?;
        let cells: Vec<Cell> = vec![
            (account::NAME, row.name.as_str().into()),
            (account::SECTOR, row.sector.clone().into()),
            (account::COUNTRY, row.country.clone().into()),
            (account::PARENT_NAME, row.subsidiary_of.clone().into()),
        ];
        let (key, is_twin) = key_of_name("accounts", &row.name, &mut twins);
        let imported = known.get(&key).cloned();
        // An account that came along with a deal is the same company: its empty fields are filled in.
        let same = by_name
            .known
            .get(&fold(&row.name))
            .filter(|_| imported.is_none() && !is_twin);
        if let Some(id) = same {
            let mut changes: Vec<Change> = cells
                .iter()
                .filter(|(field, value)| *field != account::NAME && *value != Value::Null)
                .map(|(field, value)| Change::set(ACCOUNT, *id, *field, value.clone()))
                .collect();
            changes.push(Change::set(ACCOUNT, *id, account::IMPORT_KEY, key));
            changes.push(Change::set(ACCOUNT, *id, account::IMPORTED, texts(&cells)));
            report.updated += 1;
            transactions.push(changes);
            continue;
        }
        let row_of = || {
            let mut fields = cells.clone();
            fields.push((account::IMPORT_KEY, key.as_str().into()));
            fields.push((account::IMPORTED, texts(&cells)));
            vec![Change::create(
                ACCOUNT,
                context.environment.new_id(),
                fields,
            )]
        };
        let (fate, changes, _) = row_changes(
            ACCOUNT,
            account::IMPORTED,
            imported.as_ref(),
            &cells,
            row_of,
        );
        count(report, fate);
        transactions.push(changes);
    }
    report.accounts_created = report.created;
    record_rows(context, transactions, file.rows.len())
}

pub(super) fn record_products(
    context: &mut Context<'_>,
    file: &ProductsFile,
    report: &mut ImportReport,
) -> Result<()> {
    let known = read::imported(context.connection, "product")?;
    // Names that differ in capitals only are products of their own, told apart by their order.
    let mut twins: HashMap<String, u32> = HashMap::new();
    let mut transactions = Vec::new();
    for row in &file.rows {
        let cells: Vec<Cell> = vec![
            (product::NAME, row.name.as_str().into()),
            (product::SERIES, row.series.clone().into()),
            (product::PRICE_MINOR, row.price_minor.into()),
            (product::CURRENCY, row.currency.into()),
        ];
        let (key, _) = key_of_name("products", &row.name, &mut twins);
        let row_of = || {
            let mut fields = cells.clone();
            fields.push((product::IMPORT_KEY, key.as_str().into()));
            fields.push((product::IMPORTED, texts(&cells)));
            vec![Change::create(
                PRODUCT,
                context.environment.new_id(),
                fields,
            )]
        };
        let (fate, changes, _) =
            row_changes(PRODUCT, product::IMPORTED, known.get(&key), &cells, row_of);
        count(report, fate);
        transactions.push(changes);
    }
    record_rows(context, transactions, file.rows.len())
}

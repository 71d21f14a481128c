//! Rows of an import against what was imported before.
//!
//! The key of a row is its source and external id, else a hash of account, product, date and value. A row is
//! compared with the cells that were *last imported*, so that what people edited since is neither overwritten nor
//! counted; only cells that changed in the file write.

use super::context::Context;
use super::view::money_view;
use crate::domain::kinds::Role;
use crate::domain::{Change, template};
use crate::error::Result;
use crate::ids::Id;
use crate::import_file::{AccountsFile, DealRow, DealsFile, ProductsFile, find_close};
use crate::log::registry::{ACCOUNT, ENGAGEMENT, PRODUCT, account, engagement as field, product};
use crate::log::{EntityKind, Value};
use crate::store::fold::fold;
use crate::store::read::{self, Imported};
use crate::views::{ImportNotice, ImportReport};
use std::collections::{BTreeMap, HashMap};

/// A cell of a row: the field it fills and its value; `imported` keeps its text to compare with.
type Cell = (u32, Value);

fn cell_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.replace('\n', " "),
        Value::Int(number) => number.to_string(),
        Value::Id(id) => id.text(),
        other => format!("{other:?}"),
    }
}

fn texts(cells: &[Cell]) -> Value {
    Value::List(
        cells
            .iter()
            .map(|(_, value)| cell_text(value).into())
            .collect(),
    )
}

/// What becomes of a row: created, updated or unchanged.
fn row_changes(
    kind: EntityKind,
    imported_field: u32,
    known: Option<&Imported>,
    cells: &[Cell],
    new: impl FnOnce() -> Vec<Change>,
    report: &mut ImportReport,
) -> Vec<Change> {
    let Some(known) = known else {
        report.created += 1;
        return new();
    };
    let mut changes: Vec<Change> = cells
        .iter()
        .enumerate()
        // A row that names no seller, or no product of the catalogue, takes none away.
        .filter(|(_, (field, value))| {
            *value != Value::Null || ![field::SELLER, field::PRODUCT].contains(field)
        })
        .filter(|(index, (_, value))| {
            known.cells.get(*index).map(String::as_str).unwrap_or("") != cell_text(value)
        })
        .map(|(_, (field, value))| Change::set(kind, known.id, *field, value.clone()))
        .collect();
    if changes.is_empty() {
        report.unchanged += 1;
    } else {
        report.updated += 1;
        changes.push(Change::set(kind, known.id, imported_field, texts(cells)));
    }
    changes
}

/// Finds or makes entities by their folded name, once per import.
struct ByName {
    known: HashMap<String, Id>,
    created: u32,
}

impl ByName {
    fn of(names: impl IntoIterator<Item = (Id, String)>) -> Self {
        let mut known = HashMap::new();
        for (id, name) in names {
            known.entry(fold(&name)).or_insert(id);
        }
        Self { known, created: 0 }
    }

    fn find_or_make(
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

pub(super) fn record_deals(
    context: &mut Context<'_>,
    file: &DealsFile,
    report: &mut ImportReport,
) -> Result<()> {
    let known = read::imported(context.connection, "engagement")?;
    let products = read::products(context.connection)?;
    let mut catalogue: HashMap<String, Id> = HashMap::new();
    for (id, name) in &products {
        catalogue.entry(fold(name)).or_insert(id.0);
    }
    let mut accounts = ByName::of(read::account_names(context.connection)?);
    let colleagues = read::colleagues(context.connection)?;
    let mut people = ByName::of(
        colleagues
            .into_iter()
            .map(|colleague| (colleague.id.0, colleague.name)),
    );
    let me = context.person()?.map(|person| person.id.0);
    let admin = read::workspace(context.connection)?
        .and_then(|workspace| workspace.admin)
        .map(|admin| admin.0);
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    let mut unknown: BTreeMap<&str, u32> = BTreeMap::new();
    let mut transactions: Vec<Vec<Change>> = Vec::new();
    for row in &file.rows {
        *sums.entry(row.currency).or_default() += row.value_minor;
        let mut changes = Vec::new();
        let (account_id, made) = accounts.find_or_make(context, &row.account, |id| {
            Change::create(
                ACCOUNT,
                id,
                vec![(account::NAME, row.account.as_str().into())],
            )
        });
        changes.extend(made);
        let named = match &row.owner {
            Some(owner) => {
                let (id, made) = people.find_or_make(context, owner, |id| {
                    context.new_person(id, owner, &[Role::Sales])
                });
                changes.extend(made);
                Some(id)
            }
            None => None,
        };
        let typed = row.product.as_deref();
        let product_id = typed.and_then(|typed| catalogue.get(&fold(typed)).copied());
        if let (Some(typed), None) = (typed, product_id) {
            *unknown.entry(typed).or_default() += 1;
        }
        let cells: Vec<Cell> = vec![
            (field::NAME, name_of(row).into()),
            (field::ACCOUNT, account_id.into()),
            (field::PRODUCT_NAME, row.product.clone().into()),
            (field::VALUE_MINOR, row.value_minor.into()),
            (field::CURRENCY, row.currency.into()),
            (field::SIGNED_ON, row.signed_on.to_string().into()),
            (field::SELLER, named.into()),
            (field::PRODUCT, product_id.into()),
        ];
        let key = key_of(file, row);
        let row_of = || {
            let mut fields = cells.clone();
            // A new deal that names nobody belongs to whoever imports it.
            fields.retain(|(number, _)| *number != field::SELLER);
            fields.push((field::SELLER, named.or(me).or(admin).into()));
            fields.push((field::TEMPLATE, template::SERVICE_DELIVERY.id.into()));
            fields.push((field::IMPORT_KEY, key.as_str().into()));
            fields.push((field::IMPORTED, texts(&cells)));
            vec![Change::create(
                ENGAGEMENT,
                context.environment.new_id(),
                fields,
            )]
        };
        changes.extend(row_changes(
            ENGAGEMENT,
            field::IMPORTED,
            known.get(&key),
            &cells,
            row_of,
            report,
        ));
        transactions.push(changes);
    }
    report.accounts_created = accounts.created;
    report.people_created = people.created;
    report.value_sum_minor = match sums.len() {
        0 => Some(0),
        1 => sums.values().next().copied(),
        _ => None,
    };
    report.value_sums = sums
        .into_iter()
        .map(|(currency, sum)| money_view(sum, currency.to_owned()))
        .collect();
    report
        .notices
        .extend(unknown.into_iter().filter_map(|(typed, rows)| {
            let known = find_close(typed, products.iter().map(|(_, name)| name.as_str()))?;
            Some(ImportNotice::ProductLooksLike {
                typed: typed.to_owned(),
                known: known.to_owned(),
                rows,
            })
        }));
    transactions.retain(|changes| !changes.is_empty());
    context.record_all(transactions, None)
}

fn name_of(row: &DealRow) -> String {
    row.name.clone().unwrap_or_else(|| match &row.product {
        Some(product) => format!("{} \u{2013} {product}", row.account),
        None => row.account.clone(),
    })
}

fn key_of(file: &DealsFile, row: &DealRow) -> String {
    if let Some(id) = &row.external_id {
        return format!("{}\u{1f}{id}", file.source);
    }
    let text = format!(
        "{}\u{1f}{}\u{1f}{}\u{1f}{}\u{1f}{}\u{1f}{}",
        fold(&row.account),
        fold(row.product.as_deref().unwrap_or("")),
        row.signed_on,
        row.value_minor,
        row.currency,
        row.twin
    );
    format!("row\u{1f}{}", &blake3::hash(text.as_bytes()).to_hex()[..32])
}

pub(super) fn record_accounts(
    context: &mut Context<'_>,
    file: &AccountsFile,
    report: &mut ImportReport,
) -> Result<()> {
    let known = read::imported(context.connection, "account")?;
    let by_name = ByName::of(read::account_names(context.connection)?);
    let mut transactions = Vec::new();
    for row in &file.rows {
        let cells: Vec<Cell> = vec![
            (account::NAME, row.name.as_str().into()),
            (account::SECTOR, row.sector.clone().into()),
            (account::COUNTRY, row.country.clone().into()),
            (account::PARENT_NAME, row.subsidiary_of.clone().into()),
        ];
        let key = format!("accounts\u{1f}{}", fold(&row.name));
        let imported = known.get(&key).cloned();
        // An account that came along with a deal is the same company: its empty fields are filled in.
        let same = by_name
            .known
            .get(&fold(&row.name))
            .filter(|_| imported.is_none());
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
        transactions.push(row_changes(
            ACCOUNT,
            account::IMPORTED,
            imported.as_ref(),
            &cells,
            row_of,
            report,
        ));
    }
    report.accounts_created = report.created;
    transactions.retain(|changes| !changes.is_empty());
    context.record_all(transactions, None)
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
        let folded = fold(&row.name);
        let twin = twins.entry(folded.clone()).or_insert(0_u32);
        let key = match *twin {
            0 => format!("products\u{1f}{folded}"),
            _ => format!("products\u{1f}{folded}\u{1f}{twin}"),
        };
        *twin += 1;
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
        transactions.push(row_changes(
            PRODUCT,
            product::IMPORTED,
            known.get(&key),
            &cells,
            row_of,
            report,
        ));
    }
    transactions.retain(|changes| !changes.is_empty());
    context.record_all(transactions, None)
}

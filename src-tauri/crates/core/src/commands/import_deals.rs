//! Deals of a file against what was imported before: which engagements, accounts and people it makes.
//!
//! A row keeps its key from what the file says, whatever names a person confirmed since, so that confirming one
//! changes the engagement and does not make another.

use super::context::Context;
use super::import_memory::Aliases;
use super::import_rows::{ByName, Cell, CellChange, Fate, count, row_changes, texts};
use super::view::money_view;
use crate::domain::item::kick_off_was_held;
use crate::domain::kinds::{Role, StageKind};
use crate::domain::ownership::{first_owner, role_of_owner};
use crate::domain::{Change, typed};
use crate::error::Result;
use crate::ids::{EngagementId, Id, PersonId};
use crate::import_file::amount::LARGEST_MINOR;
use crate::import_file::{DealRow, DealsFile, TEXT_LIMIT_CHARS, closeness, find_close};
use crate::log::registry::{ACCOUNT, ENGAGEMENT, account, engagement as field};
use crate::progress::Rest;
use crate::store::accounts as store_accounts;
use crate::store::fold::fold;
use crate::store::read;
use crate::views::{ImportNotice, ImportReport};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is imported is bounded as what is typed.
const _: () = assert!(LARGEST_MINOR == typed::LARGEST_MINOR);
const _: () = assert!(TEXT_LIMIT_CHARS == typed::LONGEST_LINE);

/// What becomes of every readable row of a file.
pub(super) struct Plan {
    /// A transaction per row, some of them empty.
    pub transactions: Vec<Vec<Change>>,
    /// Fates and changed cells, in the order of the file's rows.
    pub fates: Vec<(Fate, Vec<CellChange>)>,
}

/// The account and product of a row under the names that a person confirmed.
struct Names<'a> {
    account: &'a str,
    product: Option<&'a str>,
}

impl<'a> Names<'a> {
    fn of(row: &'a DealRow, aliases: &'a Aliases) -> Self {
        let known = |typed: &'a str| aliases.get(typed).map_or(typed, String::as_str);
        Self {
            account: known(&row.account),
            product: row.product.as_deref().map(known),
        }
    }
}

/// Decides what becomes of every row and writes the counts into the report.
pub(super) fn plan_deals(
    context: &Context<'_>,
    file: &DealsFile,
    aliases: &Aliases,
    report: &mut ImportReport,
) -> Result<Plan> {
    let connection = context.connection;
    let known = read::imported(connection, "engagement")?;
    let products = read::products(connection)?;
    let templates = store_accounts::product_templates(context.connection)?;
    let mut catalogue: HashMap<String, Id> = HashMap::new();
    for (id, name) in &products {
        catalogue.entry(fold(name)).or_insert(id.0);
    }
    let account_names = read::account_names(connection)?;
    let mut proposals = Proposals::of(account_names.iter().map(|(_, name)| name.as_str()));
    let mut accounts = ByName::of(account_names);
    let colleagues = read::colleagues(connection)?;
    let colleagues = colleagues.into_iter();
    let mut people = ByName::of(colleagues.map(|colleague| (colleague.id.0, colleague.name)));
    let roles = roles_of_owners(file);
    let me = context.person()?.map(|person| person.id);
    let admin = read::workspace(connection)?.and_then(|workspace| workspace.admin);
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    let mut unknown: BTreeMap<&str, u32> = BTreeMap::new();
    let mut in_book = 0;
    let mut plan = Plan {
        transactions: Vec::with_capacity(file.rows.len()),
        fates: Vec::with_capacity(file.rows.len()),
    };
    let work = 2 * file.rows.len() as u64;
    let reading = Rest::new(context.progress, 0, 0);
    for (done, row) in (0_u64..).zip(&file.rows) {
        reading.step(done, work)?;
        if is_in_book(context, row)? {
            in_book += 1;
            count(report, Fate::InBook);
            plan.transactions.push(Vec::new());
            plan.fates.push((Fate::InBook, Vec::new()));
            continue;
        }
        let sum = sums.entry(row.currency).or_default();
        *sum = sum.saturating_add(row.value_minor);
        let names = Names::of(row, aliases);
        let mut changes = Vec::new();
        if !aliases.contains_key(&row.account) {
            proposals.look_at(
                names.account,
                accounts.known.contains_key(&fold(names.account)),
            );
        }
        let (account_id, made) = accounts.find_or_make(context, names.account, |id| {
            Change::create(ACCOUNT, id, vec![(account::NAME, names.account.into())])
        });
        changes.extend(made);
        let named = match &row.owner {
            Some(owner) => {
                let (id, made) = people.find_or_make(context, owner, |id| {
                    let roles = roles.get(&fold(owner)).map_or(&[][..], Vec::as_slice);
                    context.new_person(id, owner, roles)
                });
                changes.extend(made);
                Some(id)
            }
            None => None,
        };
        let product_id = names
            .product
            .and_then(|product| catalogue.get(&fold(product)).copied());
        if let (Some(typed), None) = (row.product.as_deref(), product_id)
            && !aliases.contains_key(typed)
        {
            *unknown.entry(typed).or_default() += 1;
        }
        let cells: Vec<Cell> = vec![
            (field::NAME, name_of(row, &names).into()),
            (field::ACCOUNT, account_id.into()),
            (field::PRODUCT_NAME, names.product.map(str::to_owned).into()),
            (field::VALUE_MINOR, row.value_minor.into()),
            (field::CURRENCY, row.currency.into()),
            (field::SIGNED_ON, row.signed_on.to_string().into()),
            (field::SELLER, named.into()),
            (field::PRODUCT, product_id.into()),
            (
                field::CONTRACT_END_ON,
                row.contract_end_on.map(|on| on.to_string()).into(),
            ),
        ];
        let key = key_of(file, row);
        let template = crate::domain::template::find(
            product_id
                .and_then(|id| templates.get(&id))
                .map(String::as_str),
        );
        let row_of = || {
            let id = context.environment.new_id();
            let mut fields = cells.clone();
            fields.retain(|(number, _)| *number != field::SELLER);
            let owner = first_owner(named.map(PersonId), me, admin).ok();
            fields.push((field::SELLER, owner.map(|owner| owner.0).into()));
            fields.push((field::TEMPLATE, template.id.into()));
            fields.push((field::IMPORT_KEY, key.as_str().into()));
            fields.push((field::IMPORTED, texts(&cells)));
            let kind = row.running_stage.and_then(StageKind::from_word);
            let stage = kind.and_then(|kind| template.taken_over_at(kind));
            fields.push((field::TAKEN_OVER, stage.map(|stage| stage.id).into()));
            let created = Change::create(ENGAGEMENT, id, fields);
            let held = row
                .kick_off_on
                .map(|on| kick_off_was_held(id, template, on));
            std::iter::once(created).chain(held).collect()
        };
        let (fate, of_row, cells) =
            row_changes(ENGAGEMENT, field::IMPORTED, known.get(&key), &cells, row_of);
        count(report, fate);
        changes.extend(of_row);
        plan.transactions.push(changes);
        plan.fates.push((fate, cells));
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
    report.notices.extend(proposals.notices());
    if in_book > 0 {
        let notice = ImportNotice::AlreadyInBook { rows: in_book };
        report.notices.push(notice);
    }
    Ok(plan)
}

/// The row came out of this book: importing an export again doubles nothing.
fn is_in_book(context: &Context<'_>, row: &DealRow) -> Result<bool> {
    let id = row.external_id.as_deref().and_then(|id| id.parse().ok());
    id.map_or(Ok(false), |id| {
        read::is_engagement(context.connection, EngagementId(id))
    })
}

/// New accounts whose names are close to one that is there, or that stands earlier in the file.
struct Proposals {
    by_closeness: HashMap<String, String>,
    found: BTreeMap<String, (String, u32)>,
}

impl Proposals {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut by_closeness = HashMap::new();
        for name in names {
            by_closeness
                .entry(closeness::fold(name))
                .or_insert_with(|| name.to_owned());
        }
        Self {
            by_closeness,
            found: BTreeMap::new(),
        }
    }

    fn look_at(&mut self, typed: &str, is_known: bool) {
        if let Some((_, rows)) = self.found.get_mut(typed) {
            *rows += 1;
        } else if !is_known {
            let folded = closeness::fold(typed);
            match self.by_closeness.get(&folded) {
                _ if folded.is_empty() => {}
                Some(known) => {
                    self.found.insert(typed.to_owned(), (known.clone(), 1));
                }
                None => {
                    self.by_closeness.insert(folded, typed.to_owned());
                }
            }
        }
    }

    fn notices(self) -> impl Iterator<Item = ImportNotice> {
        self.found
            .into_iter()
            .map(|(typed, (known, rows))| ImportNotice::AccountLooksLike { typed, known, rows })
    }
}

/// The roles of people that only the file knows: who owns what runs is not of sales.
fn roles_of_owners(file: &DealsFile) -> HashMap<String, Vec<Role>> {
    let mut roles: HashMap<String, BTreeSet<Role>> = HashMap::new();
    for row in &file.rows {
        if let Some(owner) = &row.owner {
            let kind = row.running_stage.and_then(StageKind::from_word);
            let role = role_of_owner(kind.unwrap_or(StageKind::PostSales));
            roles.entry(fold(owner)).or_default().insert(role);
        }
    }
    roles
        .into_iter()
        .map(|(owner, roles)| (owner, roles.into_iter().collect()))
        .collect()
}

fn name_of(row: &DealRow, names: &Names<'_>) -> String {
    row.name.clone().unwrap_or_else(|| match names.product {
        Some(product) => format!("{} \u{2013} {product}", names.account),
        None => names.account.to_owned(),
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

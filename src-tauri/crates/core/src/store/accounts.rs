//! Client companies with what lists say of them, their people, and the catalogue of products.

use super::fold::fold;
use super::log::{read_id, read_optional_id};
use crate::domain::kinds::AccountState;
use crate::error::Result;
use crate::ids::{AccountId, Id, PersonId, ProductId};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// A client company.
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// The account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub sector: Option<String>,
    /// Where it is.
    pub country: Option<String>,
    /// The company it belongs to.
    pub parent_name: Option<String>,
    /// Where it stands.
    pub state: AccountState,
    /// Its engagements.
    pub engagement_count: u32,
    /// Those that are worked on.
    pub active_count: u32,
    /// The lowest last mood of a client over the active ones, in tenths.
    pub client_mood: Option<i64>,
    /// The next end of a contract, ISO date.
    pub contract_end_on: Option<String>,
    /// Owner of the newest active engagement.
    pub owner: Option<PersonId>,
    /// Their name.
    pub owner_name: Option<String>,
}

/// The last decision counts: it left, or it only ended.
const STATE: &str = "case
    when count(engagement.id) = 0 then 'new'
    when sum(engagement.status = 'active') > 0 then 'active'
    when (select last.status from engagement as last where last.account = account.id and last.alive = 1
          order by last.signed_on desc, last.id desc limit 1) = 'churned' then 'churned'
    else 'dormant' end";

/// Accounts with all that lists say; `{}` stands for conditions on the account.
fn accounts_sql(conditions: &str, having: &str, order: &str) -> String {
    format!(
        "select account.id, account.name, sector, country, parent_name, {STATE} as state,
           count(engagement.id) as engagement_count, coalesce(sum(engagement.status = 'active'), 0) as active_count,
           min(case when engagement.status = 'active' then client_mood end) as client_mood,
           min(case when engagement.status = 'active' then contract_end_on end) as contract_end_on,
           (select newest.owner from engagement as newest where newest.account = account.id and newest.alive = 1
              and newest.status = 'active' order by newest.id desc limit 1) as owner_id
         from account left join engagement on engagement.account = account.id and engagement.alive = 1
         where account.alive = 1 {conditions} group by account.id {having} {order}"
    )
}

fn read_account(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    let state: String = row.get("state")?;
    Ok(AccountRow {
        id: AccountId(read_id(row, "id")?),
        name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        sector: row.get("sector")?,
        country: row.get("country")?,
        parent_name: row.get("parent_name")?,
        state: AccountState::from_word(&state).unwrap_or(AccountState::New),
        engagement_count: row.get("engagement_count")?,
        active_count: row.get("active_count")?,
        client_mood: row.get("client_mood")?,
        contract_end_on: row.get("contract_end_on")?,
        owner: read_optional_id(row, "owner_id")?.map(PersonId),
        owner_name: row.get("owner_name")?,
    })
}

const OWNER_NAME: &str =
    "(select person.name from person where person.id = listed.owner_id) as owner_name";

fn conditions(search: Option<&str>) -> (String, Vec<String>) {
    let words: Vec<String> = fold(search.unwrap_or(""))
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let conditions = words.iter().map(|_| "and instr(account.folded, ?)");
    (conditions.collect::<Vec<_>>().join(" "), words)
}

/// How many accounts match.
///
/// # Errors
/// SQLite's.
pub fn count(
    connection: &Connection,
    search: Option<&str>,
    state: Option<AccountState>,
) -> Result<u32> {
    let (conditions, mut words) = conditions(search);
    // Only a filter by state needs the engagements.
    let sql = match state {
        None => format!("select count(*) from account where alive = 1 {conditions}"),
        Some(state) => {
            words.push(state.word().to_owned());
            format!(
                "select count(*) from ({})",
                accounts_sql(&conditions, "having state = ?", "")
            )
        }
    };
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(rusqlite::params_from_iter(words), |row| row.get(0))?)
}

/// A window of accounts by name.
///
/// # Errors
/// SQLite's.
pub fn accounts(
    connection: &Connection,
    search: Option<&str>,
    state: Option<AccountState>,
    from: u32,
    most: u32,
) -> Result<Vec<AccountRow>> {
    let (conditions, mut words) = conditions(search);
    let having = match state {
        Some(state) => {
            words.push(state.word().to_owned());
            "having state = ?"
        }
        None => "",
    };
    let order = format!("order by account.folded, account.id limit {most} offset {from}");
    let sql = format!(
        "select listed.*, {OWNER_NAME} from ({}) as listed",
        accounts_sql(&conditions, having, &order)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(words), read_account)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One account.
///
/// # Errors
/// SQLite's.
pub fn account(connection: &Connection, id: AccountId) -> Result<Option<AccountRow>> {
    let sql = format!(
        "select listed.*, {OWNER_NAME} from ({}) as listed",
        accounts_sql("and account.id = ?", "", "")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([id.0.0], read_account).optional()?)
}

/// A person at a client company.
#[derive(Debug, Clone)]
pub struct ContactRow {
    /// The contact.
    pub id: Id,
    /// Their company.
    pub account: Option<AccountId>,
    /// Its name.
    pub account_name: Option<String>,
    /// Their name.
    pub name: String,
    /// A word of [`crate::domain::kinds::ContactKind`].
    pub kind: Option<String>,
    /// What they do there.
    pub position: Option<String>,
    /// Mail.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// What else is to be known.
    pub note: Option<String>,
}

/// Contacts with these words, of one account or of all: how many there are, and a window by name.
///
/// # Errors
/// SQLite's.
pub fn contacts(
    connection: &Connection,
    account: Option<AccountId>,
    search: Option<&str>,
    from: u32,
    most: u32,
) -> Result<(u32, Vec<ContactRow>)> {
    let mut conditions = "contact.alive = 1".to_owned();
    let mut parameters: Vec<Box<dyn rusqlite::ToSql>> = Vec::new();
    if let Some(account) = account {
        conditions.push_str(" and contact.account = ?");
        parameters.push(Box::new(account.0.0));
    }
    for word in fold(search.unwrap_or("")).split_whitespace() {
        conditions.push_str(" and instr(contact.folded || ' ' || coalesce(account.folded, ''), ?)");
        parameters.push(Box::new(word.to_owned()));
    }
    let tables = "contact left join account on account.id = contact.account";
    let mut statement =
        connection.prepare_cached(&format!("select count(*) from {tables} where {conditions}"))?;
    let values = || rusqlite::params_from_iter(parameters.iter().map(AsRef::as_ref));
    let count = statement.query_row(values(), |row| row.get(0))?;
    let mut statement = connection.prepare_cached(&format!(
        "select contact.id, contact.account, account.name as account_name, contact.name, kind, position, email, phone,
           language, note
         from {tables} where {conditions} order by contact.folded, contact.id limit {most} offset {from}"
    ))?;
    let rows = statement.query_map(values(), |row| {
        Ok(ContactRow {
            id: read_id(row, "id")?,
            account: read_optional_id(row, "account")?.map(AccountId),
            account_name: row.get("account_name")?,
            name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
            kind: row.get("kind")?,
            position: row.get("position")?,
            email: row.get("email")?,
            phone: row.get("phone")?,
            language: row.get("language")?,
            note: row.get("note")?,
        })
    })?;
    Ok((count, rows.collect::<rusqlite::Result<_>>()?))
}

/// The company of a contact that was not deleted.
///
/// # Errors
/// SQLite's.
pub fn has_contact(connection: &Connection, id: Id) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("select 1 from contact where id = :id and alive = 1")?;
    Ok(statement.exists(named_params! { ":id": id.0 })?)
}

/// Something sold.
#[derive(Debug, Clone)]
pub struct ProductRow {
    /// The product.
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// Series.
    pub series: Option<String>,
    /// Price in minor units.
    pub price_minor: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
    /// The template that its engagements follow.
    pub template: Option<String>,
}

const PRODUCT_COLUMNS: &str = "id, name, series, price_minor, currency, template";

fn read_product(row: &Row<'_>) -> rusqlite::Result<ProductRow> {
    Ok(ProductRow {
        id: ProductId(read_id(row, "id")?),
        name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        series: row.get("series")?,
        price_minor: row.get("price_minor")?,
        currency: row.get("currency")?,
        template: row.get("template")?,
    })
}

/// The catalogue: how many products there are, and a window by name.
///
/// # Errors
/// SQLite's.
pub fn products(connection: &Connection, from: u32, most: u32) -> Result<(u32, Vec<ProductRow>)> {
    let count = connection
        .prepare_cached("select count(*) from product where alive = 1")?
        .query_row([], |row| row.get(0))?;
    let mut statement = connection.prepare_cached(&format!(
        "select {PRODUCT_COLUMNS} from product where alive = 1 order by folded, id limit :most offset :from"
    ))?;
    let rows = statement.query_map(named_params! { ":most": most, ":from": from }, read_product)?;
    Ok((count, rows.collect::<rusqlite::Result<_>>()?))
}

/// The templates that products bring, by product.
///
/// # Errors
/// SQLite's.
pub fn product_templates(connection: &Connection) -> Result<std::collections::HashMap<Id, String>> {
    let mut statement = connection.prepare_cached(
        "select id, template from product where alive = 1 and template is not null",
    )?;
    let rows = statement.query_map([], |row| Ok((read_id(row, "id")?, row.get("template")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One product.
///
/// # Errors
/// SQLite's.
pub fn product(connection: &Connection, id: ProductId) -> Result<Option<ProductRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {PRODUCT_COLUMNS} from product where id = :id and alive = 1"
    ))?;
    Ok(statement
        .query_row(named_params! { ":id": id.0.0 }, read_product)
        .optional()?)
}

/// The product of this folded name.
///
/// # Errors
/// SQLite's.
pub fn product_named(connection: &Connection, folded: &str) -> Result<Option<ProductRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "select {PRODUCT_COLUMNS} from product where folded = :folded and alive = 1 order by id limit 1"
    ))?;
    Ok(statement
        .query_row(named_params! { ":folded": folded }, read_product)
        .optional()?)
}

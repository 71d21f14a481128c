//! Search over everything: every word of the question is the beginning of a word in the row.
//!
//! The index is kept beside the projection and made from the same folded text, so that it finds what people take
//! for the same letters.

use super::fold::fold;
use super::log::read_id;
use crate::error::Result;
use crate::ids::Id;
use crate::log::EntityKind;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// Keeps the words of a row.
pub(super) fn write(
    transaction: &Transaction<'_>,
    kind: u32,
    entity: Id,
    folded: &str,
) -> Result<()> {
    let known: Option<i64> = transaction
        .prepare_cached("select n from searched where entity = :entity")?
        .query_row(named_params! { ":entity": entity.0 }, |row| row.get("n"))
        .optional()?;
    let n = match known {
        Some(n) => {
            transaction
                .prepare_cached("delete from search where rowid = :n")?
                .execute(named_params! { ":n": n })?;
            n
        }
        None => {
            transaction
                .prepare_cached("insert into searched (entity) values (:entity)")?
                .execute(named_params! { ":entity": entity.0 })?;
            transaction.last_insert_rowid()
        }
    };
    transaction
        .prepare_cached("insert into search (rowid, folded) values (:n, :folded)")?
        .execute(named_params! { ":n": n, ":folded": format!("{} {folded}", mark(kind)) })?;
    Ok(())
}

/// The word that every text of a kind begins with: a letter for private use, which nobody types and which is not
/// taken from a question.
fn mark(kind: u32) -> char {
    char::from_u32(0xE000 + kind).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A row that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The entity.
    pub id: Id,
    /// Its name, or a promise's wording.
    pub name: String,
    /// What it belongs to: the client company of a contact or engagement, the engagement of a promise.
    pub of: Option<String>,
    /// The entity to open: the row itself, but of a contact its account and of a promise its engagement.
    pub open: Option<Id>,
}

/// The question about one kind as the index understands it; none without a word.
fn question(kind: u32, typed: &str) -> Option<String> {
    let words: Vec<String> = fold(typed)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\" *"))
        .collect();
    (!words.is_empty()).then(|| format!("\"{}\" AND {}", mark(kind), words.join(" AND ")))
}

/// How what was found is named, by kind of entity.
fn named(kind: EntityKind) -> Option<&'static str> {
    Some(match kind.name {
        "account" => "select id, name, null as of, id as open from account where alive = 1 and id = found.entity",
        "contact" => {
            "select contact.id, contact.name, account.name as of, contact.account as open from contact
             left join account on account.id = contact.account where contact.alive = 1 and contact.id = found.entity"
        }
        "engagement" => {
            "select engagement.id, engagement.name, account.name as of, engagement.id as open from engagement
             left join account on account.id = engagement.account
             where engagement.alive = 1 and engagement.id = found.entity"
        }
        "promise" => {
            "select promise.id, wording as name, engagement.name as of, promise.engagement as open from promise
             join engagement on engagement.id = promise.engagement and engagement.alive = 1
             where promise.alive = 1 and promise.id = found.entity"
        }
        "person" => "select id, name, null as of, id as open from person where alive = 1 and id = found.entity",
        "product" => "select id, name, null as of, id as open from product where alive = 1 and id = found.entity",
        _ => return None,
    })
}

/// Counting stops here: nobody walks through more.
pub const MOST_COUNTED: u32 = 1_000;

/// Rows of one kind with every word of the question: how many, up to [`MOST_COUNTED`], and the first ones.
///
/// # Errors
/// SQLite's.
pub fn find(
    connection: &Connection,
    kind: EntityKind,
    typed: &str,
    most: u32,
) -> Result<(u32, Vec<Found>)> {
    let (Some(question), Some(named)) = (question(kind.number, typed), named(kind)) else {
        return Ok((0, Vec::new()));
    };
    // What is found comes in the order in which it was made; a later word narrows it down.
    let matching = "select entity from search join searched on searched.n = search.rowid
         where search match :question order by search.rowid limit :most";
    let alive = named.replace("found.entity", "matching.entity");
    let mut count = connection.prepare_cached(&format!(
        "select count(*) from ({matching}) as matching where exists ({alive})"
    ))?;
    let counted = count.query_row(
        named_params! { ":question": question, ":most": MOST_COUNTED },
        |row| row.get(0),
    )?;
    let mut statement = connection.prepare_cached(matching)?;
    let ids: Vec<Id> = statement
        .query_map(
            named_params! { ":question": question, ":most": MOST_COUNTED },
            |row| read_id(row, "entity"),
        )?
        .collect::<rusqlite::Result<_>>()?;
    let mut name = connection.prepare_cached(&named.replace("found.entity", ":id"))?;
    let mut rows = Vec::new();
    for id in ids {
        if rows.len() >= most as usize {
            break;
        }
        let found = name
            .query_row(named_params! { ":id": id.0 }, |row| {
                Ok(Found {
                    id: read_id(row, "id")?,
                    name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
                    of: row.get("of")?,
                    open: super::log::read_optional_id(row, "open")?,
                })
            })
            .optional()?;
        rows.extend(found);
    }
    Ok((counted, rows))
}

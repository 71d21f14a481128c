//! What this laptop remembers of imports: mappings by header row, and names that a person said are the same.
//!
//! Local settings, never shared: a colleague's file may look different.

use super::context::Context;
use crate::domain::Refusal;
use crate::error::{Error, Result};
use crate::import_file::{DealsFile, header_key};
use crate::store::fold::fold;
use crate::store::{read, setting};
use crate::text::is_blank;
use std::collections::{BTreeMap, HashSet};

/// Names as typed in files, with the name that each stands for; a name that stands for itself is settled too.
pub(super) type Aliases = BTreeMap<String, String>;

const ALIASES: &str = "import_aliases";

fn mapping_setting(headers: &[String]) -> String {
    format!("import_mapping:{}", header_key(headers))
}

/// The mapping that was used last for a file with these headers.
pub(super) fn remembered_mapping(
    context: &Context<'_>,
    headers: &[String],
) -> Result<Option<serde_json::Value>> {
    let bytes = setting::bytes(context.connection, &mapping_setting(headers))?;
    // What does not read was written by another version: the person is asked again.
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// What a mapping says beside columns. A screen shows columns only, so what it leaves unsaid stays as it was.
const BESIDE_COLUMNS: [&str; 3] = ["source", "won", "lost"];

/// A mapping with what it leaves unsaid beside its columns, from the one that was used last.
pub(super) fn completed(
    given: &serde_json::Value,
    last: Option<&serde_json::Value>,
) -> serde_json::Value {
    let mut mapping = given.clone();
    if let (Some(keys), Some(last)) = (mapping.as_object_mut(), last) {
        for key in BESIDE_COLUMNS {
            if let (false, Some(said)) = (keys.contains_key(key), last.get(key)) {
                keys.insert(key.to_owned(), said.clone());
            }
        }
    }
    mapping
}

/// Keeps a mapping for the next file with these headers.
pub(super) fn remember_mapping(
    context: &Context<'_>,
    headers: &[String],
    mapping: &serde_json::Value,
) -> Result<()> {
    let bytes = serde_json::to_vec(mapping).map_err(|error| Error::internal(error.to_string()))?;
    setting::keep(context.connection, &mapping_setting(headers), bytes)
}

/// Names remembered, with those given now over them.
pub(super) fn aliases(context: &Context<'_>, given: &Aliases) -> Result<Aliases> {
    let bytes = setting::bytes(context.connection, ALIASES)?;
    let mut aliases: Aliases = bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    for (typed, known) in given {
        let (typed, known) = (typed.trim(), known.trim());
        if is_blank(typed) || is_blank(known) {
            return Err(Refusal::NameMissing.into());
        }
        aliases.insert(typed.to_owned(), known.to_owned());
    }
    Ok(aliases)
}

/// Refuses names that would stand for what nobody knows: a slip in one would make another client.
pub(super) fn must_be_known(
    context: &Context<'_>,
    given: &Aliases,
    file: &DealsFile,
) -> Result<()> {
    let in_file = Known {
        accounts: file.rows.iter().map(|row| fold(&row.account)).collect(),
        products: file
            .rows
            .iter()
            .filter_map(|row| row.product.as_deref())
            .map(fold)
            .collect(),
    };
    let accounts = read::account_names(context.connection)?.into_iter();
    let products = read::products(context.connection)?.into_iter();
    let in_book = Known {
        accounts: accounts.map(|(_, name)| fold(&name)).collect(),
        products: products.map(|(_, name)| fold(&name)).collect(),
    };
    for (typed, known) in given {
        let (from, to) = (fold(typed), fold(known));
        let is_account = in_book.accounts.contains(&to) || in_file.accounts.contains(&to);
        let is_product = in_book.products.contains(&to) || in_file.products.contains(&to);
        let is_known = match (
            in_file.accounts.contains(&from),
            in_file.products.contains(&from),
        ) {
            (true, false) => is_account,
            (false, true) => is_product,
            (true, true) | (false, false) => is_account || is_product,
        };
        if from != to && !is_known {
            return Err(Refusal::AliasUnknown {
                typed: typed.clone(),
                known: known.clone(),
            }
            .into());
        }
    }
    Ok(())
}

/// Folded names.
struct Known {
    accounts: HashSet<String>,
    products: HashSet<String>,
}

/// Keeps names for the next file.
pub(super) fn remember_aliases(context: &Context<'_>, aliases: &Aliases) -> Result<()> {
    let bytes = serde_json::to_vec(aliases).map_err(|error| Error::internal(error.to_string()))?;
    setting::keep(context.connection, ALIASES, bytes)
}

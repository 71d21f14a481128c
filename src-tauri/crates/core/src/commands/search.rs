//! Search over everything.

use super::context::Context;
use crate::domain::Refusal;
use crate::error::Result;
use crate::log::EntityKind;
use crate::log::registry::{ACCOUNT, CONTACT, ENGAGEMENT, PERSON, PRODUCT, PROMISE};
use crate::store::search as index;
use crate::views::{SearchGroup, SearchRow, SearchView};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `search`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Beginnings of words.
    pub words: String,
    /// Rows of each kind, at most 50; 8 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub count: Option<u32>,
}

/// Letters that are searched for at the most.
const LONGEST_WORDS: usize = 500;

pub(super) fn search(context: &mut Context<'_>, args: Search) -> Result<SearchView> {
    let kinds: [EntityKind; 6] = [ACCOUNT, CONTACT, ENGAGEMENT, PROMISE, PERSON, PRODUCT];
    let most = args.count.unwrap_or(8).min(50);
    if args.words.chars().count() > LONGEST_WORDS {
        return Err(Refusal::value_invalid("words", "shorter_words").into());
    }
    let mut groups = Vec::new();
    for kind in kinds {
        let (count, found) = index::find(context.connection, kind, &args.words, most)?;
        if count > 0 {
            groups.push(SearchGroup {
                kind: kind.name.to_owned(),
                count,
                rows: found
                    .into_iter()
                    .map(|row| SearchRow {
                        id: row.id.text(),
                        name: row.name,
                        of: row.of,
                        open_id: row.open.map(|id| id.text()),
                    })
                    .collect(),
            });
        }
    }
    Ok(SearchView { groups })
}

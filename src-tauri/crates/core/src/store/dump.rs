//! The store as text, to compare: two stores that hold the same operations give the same bytes.
//!
//! A line per entity sorted by (kind, id), deleted ones too, with every visible value of every register; of an
//! engagement also what its chains come to. No local settings, receipt times, search columns, nothing derived
//! from now.

use super::log::{reaches, read_id, records_of};
use crate::domain::Engagement;
use crate::domain::mood::value_to_compare;
use crate::error::Result;
use crate::ids::{EngagementId, Id};
use crate::log::registry::{self, ALIVE, EntityKind};
use crate::log::{Dot, Value};
use crate::store::registers::{Register, heads};
use rusqlite::{Connection, named_params};
use serde_json::{Value as Json, json};

/// Writes the dump line by line.
///
/// # Errors
/// SQLite's, or what `line` says.
pub fn dump(connection: &Connection, mut line: impl FnMut(&str) -> Result<()>) -> Result<()> {
    for (kind, _) in registry::ENTITIES {
        let mut statement =
            connection.prepare(&format!("select id from {} order by id", kind.name))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            line(&entity(connection, *kind, read_id(row, "id")?)?.to_string())?;
        }
    }
    let deferred: u32 =
        connection.query_row("select count(*) from deferred", [], |row| row.get(0))?;
    line(&json!({ "deferred": deferred }).to_string())?;
    for reach in reaches(connection)?
        .iter()
        .filter(|reach| reach.have > 0 || reach.applied > 0)
    {
        let line_of = json!({ "device": reach.device.to_string(), "have": reach.have, "applied": reach.applied });
        line(&line_of.to_string())?;
    }
    Ok(())
}

fn entity(connection: &Connection, kind: EntityKind, id: Id) -> Result<Json> {
    let mut registers = serde_json::Map::new();
    let (_, fields) = registry::entity(kind.number).unwrap_or((kind, &[]));
    let plain = fields
        .iter()
        .filter(|field| field.kind.is_column())
        .map(|field| (field.number, field.name));
    for (number, name) in std::iter::once((ALIVE, "alive")).chain(plain) {
        let register = Register {
            entity: id,
            field: number,
            key: String::new(),
        };
        let heads = heads_json(connection, &register)?;
        if !heads.is_empty() {
            registers.insert(name.to_owned(), Json::Array(heads));
        }
    }
    let mut statement = connection
        .prepare_cached("select distinct field, key from head where entity = :entity and key <> '' order by field, key")?;
    let keyed: Vec<(u32, String)> = statement
        .query_map(named_params! { ":entity": id.0 }, |row| {
            Ok((row.get("field")?, row.get("key")?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (field, key) in keyed {
        let name = registry::field(field).map_or("unknown", |field| field.name);
        let register = Register {
            entity: id,
            field,
            key,
        };
        registers.insert(
            format!("{name}/{}", register.key),
            Json::Array(heads_json(connection, &register)?),
        );
    }
    let mut line = json!({ "kind": kind.name, "id": id.text(), "fields": registers });
    if kind == registry::ENGAGEMENT {
        let engagement = Engagement::fold(EngagementId(id), records_of(connection, id)?);
        line["chains"] = chains(&engagement);
    }
    Ok(line)
}

fn heads_json(connection: &Connection, register: &Register) -> Result<Vec<Json>> {
    let mut heads = heads(connection, register)?;
    heads.sort_by_key(|head| std::cmp::Reverse(head.version));
    Ok(heads
        .into_iter()
        .map(|head| {
            json!({
                "at": head.version.at, "depth": head.version.depth, "dot": dot_text(head.version.dot),
                "value": value_json(&head.value),
            })
        })
        .collect())
}

fn chains(engagement: &Engagement) -> Json {
    let entered: Vec<Json> = engagement
        .stages
        .entered
        .iter()
        .map(|(stage, dot)| json!([stage, dot_text(*dot)]))
        .collect();
    let events: Vec<Json> = engagement
        .events
        .iter()
        .filter_map(|dot| engagement.records.get(dot))
        .map(|record| {
            json!({
                "dot": dot_text(record.dot), "at": record.at, "kind": record.operation.kind.word(),
                "field": record.operation.field, "value": value_json(&value_to_compare(&record.operation)),
                "retracted": engagement.retracted.contains(&record.dot),
            })
        })
        .collect();
    let breaches: Vec<Json> = engagement
        .stages
        .breaches
        .iter()
        .map(|breach| json!([breach.stage, breach.items]))
        .collect();
    let passed_over: Vec<String> = engagement
        .stages
        .passed_over
        .iter()
        .chain(&engagement.ownership.passed_over)
        .map(|dot| dot_text(*dot))
        .collect();
    json!({
        "claimed": engagement.stages.claimed, "effective": engagement.stages.effective, "entered": entered,
        "breaches": breaches, "owner": engagement.ownership.owner.map(|owner| owner.to_string()),
        "events": events, "passed_over": passed_over,
        "open": engagement.gate().open.iter().map(|item| item.id).collect::<Vec<_>>(),
    })
}

fn dot_text(dot: Dot) -> String {
    format!("{}:{}", dot.device, dot.seq)
}

/// A value as JSON, for dumps and histories.
#[must_use]
pub fn value_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(yes) => Json::Bool(*yes),
        Value::Int(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Id(id) => json!(id.text()),
        Value::List(values) => Json::Array(values.iter().map(value_json).collect()),
        Value::Record(parts) => Json::Object(
            parts
                .iter()
                .map(|(name, value)| (name.clone(), value_json(value)))
                .collect(),
        ),
    }
}

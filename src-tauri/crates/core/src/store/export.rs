//! What an export reads beside the lists: accounts with their counts, and everything as JSON.

use super::dump::value_json;
use super::log::{each_act, read_id};
use super::registers::{Register, winning};
use crate::domain::Reader;
use crate::domain::mood::value_for;
use crate::error::Result;
use crate::ids::Id;
use crate::log::operation::{Decoded, decode};
use crate::log::registry::{self, Field, FieldType};
use crate::log::{Act, Dot};
use crate::store::history::operation_id;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, named_params};
use serde_json::{Map, Value as Json, json};

/// A client company in an export.
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// The account.
    pub id: Id,
    /// Its name.
    pub name: Option<String>,
    /// Its sector.
    pub sector: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// The company that it belongs to, as typed.
    pub parent_name: Option<String>,
    /// Engagements that were not deleted.
    pub engagement_count: i64,
    /// Contacts that were not deleted.
    pub contact_count: i64,
}

/// Every account that was not deleted, by name.
///
/// # Errors
/// SQLite's.
pub fn accounts(connection: &Connection) -> Result<Vec<AccountRow>> {
    let mut statement = connection.prepare_cached(
        "select id, name, sector, country, parent_name,
           (select count(*) from engagement where engagement.account = account.id and engagement.alive = 1) as engagements,
           (select count(*) from contact where contact.account = account.id and contact.alive = 1) as contacts
         from account where alive = 1 order by folded, id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(AccountRow {
            id: read_id(row, "id")?,
            name: row.get("name")?,
            sector: row.get("sector")?,
            country: row.get("country")?,
            parent_name: row.get("parent_name")?,
            engagement_count: row.get("engagements")?,
            contact_count: row.get("contacts")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every entity by kind with all its fields, deleted ones too.
///
/// # Errors
/// SQLite's.
pub fn entities(connection: &Connection) -> Result<Json> {
    let mut kinds = Map::new();
    for (kind, fields) in registry::ENTITIES {
        let mut statement =
            connection.prepare(&format!("select * from {} order by id", kind.name))?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([])?;
        let mut entities = Vec::new();
        while let Some(row) = rows.next()? {
            entities.push(entity(connection, fields, &columns, row)?);
        }
        kinds.insert(kind.name.to_owned(), Json::Array(entities));
    }
    Ok(Json::Object(kinds))
}

fn entity(
    connection: &Connection,
    fields: &[Field],
    columns: &[String],
    row: &Row<'_>,
) -> Result<Json> {
    let mut parts = Map::new();
    for column in columns.iter().filter(|column| *column != "folded") {
        let field = fields.iter().find(|field| field.name == column);
        let type_of = field.map(|field| field.kind);
        let value = match (row.get_ref(column.as_str())?, type_of) {
            (ValueRef::Integer(number), Some(FieldType::Flag)) => json!(number != 0),
            (ValueRef::Integer(number), None)
                if ["alive", "gate_open", "returned", "breached"].contains(&column.as_str()) =>
            {
                json!(number != 0)
            }
            (ValueRef::Integer(number), _) => json!(number),
            (ValueRef::Text(text), Some(FieldType::Words)) => {
                let text = String::from_utf8_lossy(text);
                json!(text.lines().collect::<Vec<_>>())
            }
            (ValueRef::Text(text), _) => json!(String::from_utf8_lossy(text)),
            (ValueRef::Blob(bytes), _) => json!(Id::from_slice(bytes).map(|id| id.text())),
            (ValueRef::Real(number), _) => json!(number),
            (ValueRef::Null, _) => Json::Null,
        };
        parts.insert(column.clone(), value);
    }
    let id = read_id(row, "id")?;
    for field in fields.iter().filter(|field| field.kind == FieldType::Keyed) {
        parts.insert(field.name.to_owned(), keyed(connection, id, field.number)?);
    }
    Ok(Json::Object(parts))
}

/// The winning value of every key of a field.
fn keyed(connection: &Connection, entity: Id, field: u32) -> Result<Json> {
    let mut statement = connection.prepare_cached(
        "select distinct key from head where entity = :entity and field = :field order by key",
    )?;
    let keys: Vec<String> = statement
        .query_map(
            named_params! { ":entity": entity.0, ":field": field },
            |row| row.get("key"),
        )?
        .collect::<rusqlite::Result<_>>()?;
    let mut values = Map::new();
    for key in keys {
        let register = Register { entity, field, key };
        let value =
            winning(connection, &register)?.map_or(Json::Null, |head| value_json(&head.value));
        values.insert(register.key, value);
    }
    Ok(Json::Object(values))
}

/// Every act with its operations, by laptop and sequence; without notes that are not for the reader.
///
/// # Errors
/// SQLite's.
pub fn acts(connection: &Connection, reader: &Reader) -> Result<Json> {
    let mut acts = Vec::new();
    each_act(connection, |act| {
        acts.push(act_json(&act, reader));
        Ok(())
    })?;
    Ok(Json::Array(acts))
}

fn act_json(act: &Act, reader: &Reader) -> Json {
    let header = &act.header;
    let operations: Vec<Json> = (header.first_seq..)
        .zip(&act.operations)
        .map(|(seq, bytes)| {
            let id = operation_id(Dot {
                device: header.device,
                seq,
            });
            let Some(Decoded::Known(operation)) = decode(bytes, header.device) else {
                // A newer version wrote it; it is kept and passed on as it came.
                return json!({ "id": id, "unknown": true });
            };
            let fields: Map<String, Json> = operation
                .fields
                .iter()
                .map(|(number, value)| (field_name(*number), value_json(value)))
                .collect();
            let about = registry::entity(operation.entity_kind).map(|(kind, _)| kind.name);
            let mut parts = json!({
                "id": id, "kind": operation.kind.word(), "about": about,
                "entity": operation.entity.text(),
            });
            if operation.field != 0 {
                parts["field"] = json!(field_name(operation.field));
            }
            if !operation.key.is_empty() {
                parts["key"] = json!(operation.key);
            }
            if fields.is_empty() {
                parts["value"] = value_json(&value_for(&operation, header.person, reader));
            } else {
                parts["fields"] = Json::Object(fields);
            }
            parts
        })
        .collect();
    json!({
        "id": header.id.to_string(), "device": header.device.to_string(), "at": header.at,
        "person": header.person.map(|person| person.to_string()), "command": header.command,
        "undo_of": header.undo_of.map(|act| act.to_string()), "operations": operations,
    })
}

fn field_name(number: u32) -> String {
    registry::field(number).map_or_else(|| number.to_string(), |field| field.name.to_owned())
}

//! Writes fields into the columns of projected tables, from the registry alone.

use super::fold::fold;
use super::registers::{Register, winning};
use super::search;
use super::settle::{SETTLED_COLUMNS, Settled};
use crate::error::Result;
use crate::ids::Id;
use crate::log::registry::{ALIVE, ENTITIES, Field, FieldType};
use crate::log::{EntityKind, Operation, Value};
use rusqlite::types::{ToSql, ToSqlOutput, Value as Sql};
use rusqlite::{Connection, Transaction, params_from_iter};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A projected table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Projection {
    pub entity_kind: EntityKind,
    pub fields: &'static [Field],
}

impl Projection {
    fn columns(self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| field.kind.is_column())
    }
}

/// Inserts a new entity; one that is there (a register came first, or two laptops made it) is merged field by field.
/// What the rules say of a new engagement goes into the same row. Returns whether it is new here.
pub(super) fn project_create(
    transaction: &Transaction<'_>,
    projection: Projection,
    operation: &Operation,
    settled: Option<&Settled>,
) -> Result<bool> {
    let carried = |number: u32| {
        operation
            .fields
            .iter()
            .find(|(field, _)| *field == number)
            .map(|(_, value)| value)
    };
    let null = || ToSqlOutput::Owned(Sql::Null);
    let mut values: Vec<ToSqlOutput<'_>> = Vec::with_capacity(32);
    values.push(ToSqlOutput::from(operation.entity.0.as_slice()));
    values.push(ToSqlOutput::from(1));
    for field in projection.columns() {
        values.push(carried(field.number).map_or_else(null, |value| to_sql(value, field.kind)));
    }
    let text = folded_text(projection, |name| {
        let field = projection.fields.iter().find(|field| field.name == name)?;
        carried(field.number)?.as_text().map(str::to_owned)
    });
    let folded = text.map(|text| fold(&text));
    if let Some(folded) = &folded {
        values.push(ToSqlOutput::from(folded.as_str()));
    }
    if let Some(settled) = settled {
        values.extend(settled.values().into_iter().map(ToSqlOutput::Owned));
    }
    let inserted = transaction
        .prepare_cached(insert_of(projection, settled.is_some()))?
        .execute(params_from_iter(values))?;
    if inserted > 0
        && let Some(folded) = &folded
    {
        search::write(
            transaction,
            projection.entity_kind.number,
            operation.entity,
            folded,
        )?;
    }
    if inserted == 0 {
        let carried = operation
            .fields
            .iter()
            .map(|(field, _)| *field)
            .chain([ALIVE]);
        for field in carried {
            let register = Register {
                entity: operation.entity,
                field,
                key: String::new(),
            };
            project_register(transaction, projection, &register)?;
        }
    }
    Ok(inserted > 0)
}

/// The insert of a whole row, made once per table and process.
fn insert_of(projection: Projection, with_settled: bool) -> &'static str {
    static INSERTS: OnceLock<HashMap<(u32, bool), String>> = OnceLock::new();
    let inserts = INSERTS.get_or_init(|| {
        let tables = ENTITIES.iter().flat_map(|(entity_kind, fields)| {
            let projection = Projection {
                entity_kind: *entity_kind,
                fields,
            };
            [false, true].map(|settled| (projection, settled))
        });
        tables
            .map(|(projection, settled)| {
                let mut names: Vec<&str> = vec!["id", "alive"];
                names.extend(projection.columns().map(|field| field.name));
                if !folded_columns(projection).is_empty() {
                    names.push("folded");
                }
                if settled {
                    names.extend(SETTLED_COLUMNS);
                }
                let marks = vec!["?"; names.len()].join(", ");
                let sql = format!(
                    "insert or ignore into {} ({}) values ({marks})",
                    projection.entity_kind.name,
                    names.join(", ")
                );
                ((projection.entity_kind.number, settled), sql)
            })
            .collect()
    });
    inserts
        .get(&(projection.entity_kind.number, with_settled))
        .map_or("", String::as_str)
}

/// Writes the winning value of a register into its column.
pub(super) fn project_register(
    transaction: &Transaction<'_>,
    projection: Projection,
    register: &Register,
) -> Result<()> {
    let table = projection.entity_kind.name;
    let (name, kind) = match projection
        .fields
        .iter()
        .find(|field| field.number == register.field)
    {
        Some(field) if field.kind.is_column() => (field.name, field.kind),
        None if register.field == ALIVE => ("alive", FieldType::Flag),
        _ => return Ok(()),
    };
    let value = winning(transaction, register)?
        .map(|head| head.value)
        .unwrap_or_default();
    let value = to_sql(&value, kind);
    let value = if name == "alive" && value == ToSqlOutput::Owned(Sql::Null) {
        ToSqlOutput::from(0)
    } else {
        value
    };
    transaction
        .prepare_cached(&format!(
            "insert or ignore into {table} (id, alive) values (?, 0)"
        ))?
        .execute([register.entity.0])?;
    transaction
        .prepare_cached(&format!("update {table} set {name} = ? where id = ?"))?
        .execute([&value as &dyn ToSql, &register.entity.0])?;
    if folded_columns(projection).contains(&name) {
        let text = folded_text(projection, |column| {
            read_text(transaction, table, column, register.entity.0)
        });
        write_folded(transaction, projection, register.entity.0, text)?;
    }
    Ok(())
}

fn read_text(connection: &Connection, table: &str, column: &str, id: [u8; 16]) -> Option<String> {
    let mut statement = connection
        .prepare_cached(&format!("select {column} from {table} where id = ?"))
        .ok()?;
    statement
        .query_row([id], |row| row.get::<_, Option<String>>(0))
        .ok()
        .flatten()
}

/// The columns that a search looks into.
fn folded_columns(projection: Projection) -> &'static [&'static str] {
    match projection.entity_kind.name {
        "engagement" => &["name", "product_name"],
        "account" | "person" | "product" => &["name"],
        "promise" => &["wording"],
        "contact" => &["name", "position", "email", "phone"],
        _ => &[],
    }
}

fn folded_text(projection: Projection, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    let columns = folded_columns(projection);
    (!columns.is_empty()).then(|| {
        columns
            .iter()
            .filter_map(|column| read(column))
            .collect::<Vec<_>>()
            .join(" ")
    })
}

fn write_folded(
    transaction: &Transaction<'_>,
    projection: Projection,
    id: [u8; 16],
    text: Option<String>,
) -> Result<()> {
    let Some(text) = text else { return Ok(()) };
    let table = projection.entity_kind.name;
    let folded = fold(&text);
    transaction
        .prepare_cached(&format!("update {table} set folded = ? where id = ?"))?
        .execute([&folded as &dyn ToSql, &id])?;
    search::write(transaction, projection.entity_kind.number, Id(id), &folded)?;
    Ok(())
}

/// A value that does not fit its field (only another app can have written it) shows as nothing.
fn to_sql(value: &Value, kind: FieldType) -> ToSqlOutput<'_> {
    match (kind, value) {
        (FieldType::Text | FieldType::Date, Value::Text(text)) => ToSqlOutput::from(text.as_str()),
        (FieldType::Int, Value::Int(number)) => ToSqlOutput::from(*number),
        (FieldType::Reference, Value::Id(id)) => ToSqlOutput::from(id.0.as_slice()),
        (FieldType::Flag, value) if *value != Value::Null => {
            ToSqlOutput::from(i64::from(is_yes(value)))
        }
        (FieldType::Words, Value::List(words)) => ToSqlOutput::from(
            words
                .iter()
                .map(|word| word.as_text().unwrap_or(""))
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        _ => ToSqlOutput::Owned(Sql::Null),
    }
}

/// Whether a value counts as yes in a projected flag.
fn is_yes(value: &Value) -> bool {
    matches!(value, Value::Bool(true))
}

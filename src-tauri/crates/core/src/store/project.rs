//! Writes fields into the columns of projected tables, from the registry alone.

use super::fold::fold;
use super::registers::{Register, winning};
use super::settle::{SETTLED_COLUMNS, Settled};
use crate::error::Result;
use crate::log::registry::{ALIVE, Field, FieldType};
use crate::log::{EntityKind, Operation, Value};
use rusqlite::types::{ToSql, Value as Sql};
use rusqlite::{Connection, Transaction, params_from_iter};

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
    let table = projection.entity_kind.name;
    let carried = |number: u32| {
        operation
            .fields
            .iter()
            .find(|(field, _)| *field == number)
            .map(|(_, value)| value)
    };
    let mut names: Vec<&str> = vec!["id", "alive"];
    let mut values: Vec<Sql> = vec![Sql::Blob(operation.entity.0.to_vec()), Sql::Integer(1)];
    for field in projection.columns() {
        names.push(field.name);
        values.push(carried(field.number).map_or(Sql::Null, |value| to_sql(value, field.kind)));
    }
    let text = folded_text(projection, |name| {
        let field = projection.fields.iter().find(|field| field.name == name)?;
        carried(field.number)?.as_text().map(str::to_owned)
    });
    if let Some(text) = text {
        names.push("folded");
        values.push(Sql::Text(fold(&text)));
    }
    if let Some(settled) = settled {
        names.extend(SETTLED_COLUMNS);
        values.extend(settled.values());
    }
    let marks = vec!["?"; names.len()].join(", ");
    let sql = format!(
        "insert or ignore into {table} ({}) values ({marks})",
        names.join(", ")
    );
    let inserted = transaction
        .prepare_cached(&sql)?
        .execute(params_from_iter(values))?;
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
    let value = if name == "alive" && value == Sql::Null {
        Sql::Integer(0)
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
    Ok(())
}

/// A value that does not fit its field (only another app can have written it) shows as nothing.
fn to_sql(value: &Value, kind: FieldType) -> Sql {
    match (kind, value) {
        (FieldType::Text | FieldType::Date, Value::Text(text)) => Sql::Text(text.clone()),
        (FieldType::Int, Value::Int(number)) => Sql::Integer(*number),
        (FieldType::Reference, Value::Id(id)) => Sql::Blob(id.0.to_vec()),
        (FieldType::Flag, value) if *value != Value::Null => Sql::Integer(i64::from(is_yes(value))),
        (FieldType::Words, Value::List(words)) => Sql::Text(
            words
                .iter()
                .map(|word| word.as_text().unwrap_or(""))
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        _ => Sql::Null,
    }
}

/// Whether a value counts as yes in a projected flag.
fn is_yes(value: &Value) -> bool {
    matches!(value, Value::Bool(true))
}

//! The SQL of registers: heads as they stand, versions of parents, the value that wins.

use super::log::read_id;
use crate::error::Result;
use crate::ids::{DeviceId, Id};
use crate::log::operation::{Decoded, decode};
use crate::log::register::{Head, Version, winner};
use crate::log::registry::ALIVE;
use crate::log::{Dot, Kind, Operation, Value};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// One register: a field of an entity, or one entry of a keyed field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Register {
    /// The entity.
    pub entity: Id,
    /// The field's number.
    pub field: u32,
    /// The entry; empty for a plain field.
    pub key: String,
}

impl Register {
    /// The register that a set, tick, delete or restore writes.
    #[must_use]
    pub fn of(operation: &Operation) -> Self {
        Self {
            entity: operation.entity,
            field: operation.field,
            key: operation.key.clone(),
        }
    }
}

/// The version of a parent, if it wrote the same register (or created the entity).
///
/// # Errors
/// SQLite's.
pub fn version_of_parent(
    connection: &Connection,
    dot: Dot,
    register: &Register,
) -> Result<Option<Version>> {
    let mut statement = connection.prepare_cached(
        "select depth, at, body from operation
         join device on device.n = operation.device join act on act.n = operation.act
         where device.id = :device and seq = :seq",
    )?;
    let found = statement
        .query_row(
            named_params! { ":device": dot.device.0.0, ":seq": dot.seq },
            |row| {
                let version = Version {
                    depth: row.get("depth")?,
                    at: row.get("at")?,
                    dot,
                };
                Ok((version, decode(row.get_ref("body")?.as_blob()?, dot.device)))
            },
        )
        .optional()?;
    Ok(found.and_then(|(version, decoded)| match decoded {
        Some(Decoded::Known(parent)) => {
            let creates = parent.kind == Kind::Create && parent.entity == register.entity;
            let writes = parent.kind.is_register() && Register::of(&parent) == *register;
            (creates || writes).then_some(version)
        }
        _ => None,
    }))
}

/// Makes the operation a head and removes those it names.
///
/// # Errors
/// SQLite's.
pub fn write_head(
    transaction: &Transaction<'_>,
    register: &Register,
    version: Version,
    parents: &[Dot],
) -> Result<()> {
    let mut remove = transaction.prepare_cached(
        "delete from head where entity = :entity and field = :field and key = :key
         and device = (select n from device where id = :device) and seq = :seq",
    )?;
    for parent in parents {
        remove.execute(named_params! {
            ":entity": register.entity.0, ":field": register.field, ":key": register.key,
            ":device": parent.device.0.0, ":seq": parent.seq,
        })?;
    }
    transaction
        .prepare_cached(
            "insert into head (entity, field, key, device, seq, depth, at)
             select :entity, :field, :key, n, :seq, :depth, :at from device where id = :device",
        )?
        .execute(named_params! {
            ":entity": register.entity.0, ":field": register.field, ":key": register.key,
            ":device": version.dot.device.0.0, ":seq": version.dot.seq, ":depth": version.depth, ":at": version.at,
        })?;
    Ok(())
}

/// Every visible value of a register. Until its first own value a create that carries the field stands in.
///
/// # Errors
/// SQLite's.
pub fn heads(connection: &Connection, register: &Register) -> Result<Vec<Head<Value>>> {
    let mut statement = connection.prepare_cached(
        "select device.id, head.seq, head.depth, head.at, body from head
         join device on device.n = head.device
         join operation on operation.device = head.device and operation.seq = head.seq
         where head.entity = :entity and head.field = :field and head.key = :key",
    )?;
    let rows = statement.query_map(
        named_params! { ":entity": register.entity.0, ":field": register.field, ":key": register.key },
        |row| {
            let device = DeviceId(read_id(row, "id")?);
            let dot = Dot { device, seq: row.get("seq")? };
            let version = Version { depth: row.get("depth")?, at: row.get("at")?, dot };
            let value = match decode(row.get_ref("body")?.as_blob()?, device) {
                Some(Decoded::Known(operation)) => operation.value,
                _ => Value::Null,
            };
            Ok(Head { version, value })
        },
    )?;
    let heads: Vec<Head<Value>> = rows.collect::<rusqlite::Result<_>>()?;
    if heads.is_empty() && register.key.is_empty() {
        created(connection, register)
    } else {
        Ok(heads)
    }
}

/// Creates that carry the field.
fn created(connection: &Connection, register: &Register) -> Result<Vec<Head<Value>>> {
    let mut statement = connection.prepare_cached(
        "select device.id, seq, depth, at, body from operation
         join device on device.n = operation.device join act on act.n = operation.act
         where entity = :entity and kind = 1 and seq <= applied_seq",
    )?;
    let mut rows = statement.query(named_params! { ":entity": register.entity.0 })?;
    let mut heads = Vec::new();
    while let Some(row) = rows.next()? {
        let device = DeviceId(read_id(row, "id")?);
        let Some(Decoded::Known(operation)) = decode(&row.get::<_, Vec<u8>>("body")?, device)
        else {
            continue;
        };
        let value = if register.field == ALIVE {
            Some(Value::Bool(true))
        } else {
            operation
                .fields
                .into_iter()
                .find(|(field, _)| *field == register.field)
                .map(|(_, value)| value)
        };
        if let Some(value) = value {
            let dot = Dot {
                device,
                seq: row.get("seq")?,
            };
            heads.push(Head {
                version: Version {
                    depth: row.get("depth")?,
                    at: row.get("at")?,
                    dot,
                },
                value,
            });
        }
    }
    Ok(heads)
}

/// The value that wins.
///
/// # Errors
/// SQLite's.
pub fn winning(connection: &Connection, register: &Register) -> Result<Option<Head<Value>>> {
    Ok(winner(&heads(connection, register)?).cloned())
}

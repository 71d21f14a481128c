//! Reads acts out of a database that SQLite may no longer read.
//!
//! First the tables as far as they go; then, if anything was wrong, page by page. An act counts as whole only if its
//! hash is that of its bytes, so nothing that is read this way can be wrong. What is left of the others is kept
//! beside, for [`super::mend`].

use super::open::wal_of;
use super::pages::{Cell, each_row};
use crate::error::{Error, Result};
use crate::ids::{ActId, DeviceId, Id, PersonId};
use crate::log::operation::{Decoded, decode};
use crate::log::{Act, ActHeader};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// What a file gave.
#[derive(Debug, Default)]
pub(super) struct Salvage {
    /// Whole acts, by laptop and first sequence.
    pub(super) acts: BTreeMap<(DeviceId, u64), Act>,
    /// Local settings: the workspace, the person chosen, the instant of the last act.
    pub(super) settings: BTreeMap<String, Setting>,
    /// How many acts the file held, as far as anything in it tells.
    pub(super) held: u64,
    /// Every table of the log read to its end.
    pub(super) is_whole: bool,
    /// What else the pages gave.
    pub(super) remains: Remains,
}

/// What pages held that no hash vouches for.
#[derive(Debug, Default)]
pub(super) struct Remains {
    /// Headers of acts that are not whole, by laptop and first sequence, with the last sequence that their row says.
    pub(super) headers: BTreeMap<(DeviceId, u64), (ActHeader, Option<u64>)>,
    /// Operations that read, by laptop and sequence.
    pub(super) operations: BTreeMap<(DeviceId, u64), Vec<u8>>,
}

/// The value of a local setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Setting {
    /// An id.
    Bytes(Vec<u8>),
    /// A whole number.
    Number(i64),
}

impl Salvage {
    /// The id kept under this name.
    pub(super) fn id(&self, key: &str) -> Option<Id> {
        match self.settings.get(key)? {
            Setting::Bytes(bytes) => Id::from_slice(bytes),
            Setting::Number(_) => None,
        }
    }

    /// Every act that the file held was saved.
    pub(super) fn is_complete(&self) -> bool {
        self.is_whole && self.acts.len() as u64 == self.held
    }
}

/// Reads what can be read. `file` is a copy that may be opened.
///
/// # Errors
/// The file cannot be read at all.
pub(super) fn salvage(file: &Path) -> Result<Salvage> {
    let mut found = Salvage::default();
    found.is_whole = read_tables(file, &mut found).is_ok();
    if !found.is_complete() {
        let main = std::fs::read(file).map_err(Error::io("read", file))?;
        let wal = std::fs::read(wal_of(file)).unwrap_or_default();
        read_pages(&main, &wal, &mut found);
    }
    Ok(found)
}

/// The tables as SQLite reads them, until it no longer does.
fn read_tables(file: &Path, found: &mut Salvage) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    // Goes on where a count of pages or an unused part of the schema is wrong.
    connection.pragma_update(None, "writable_schema", true)?;
    let held = "select max((select coalesce(max(n), 0) from act), (select coalesce(max(act), 0) from operation))";
    let held: rusqlite::Result<u64> = connection.query_row(held, [], |row| row.get(0));
    found.held = *held.as_ref().unwrap_or(&0);
    let acts = super::log::each_act(&connection, |act| {
        let is_recorded: bool = connection.query_row(
            "select exists (select 1 from act where id = :id and hash = :hash)",
            rusqlite::named_params! { ":id": act.header.id.0.0, ":hash": act.hash() },
            |row| row.get(0),
        )?;
        if is_recorded && reads(&act) {
            found
                .acts
                .insert((act.header.device, act.header.first_seq), act);
        }
        Ok(())
    });
    let mut statement = connection.prepare("select key, value from setting")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let value = match row.get_ref("value")? {
            rusqlite::types::ValueRef::Blob(bytes) => Setting::Bytes(bytes.to_vec()),
            rusqlite::types::ValueRef::Integer(number) => Setting::Number(number),
            _ => continue,
        };
        found.settings.insert(row.get("key")?, value);
    }
    held?;
    acts
}

/// Its operations are operations.
fn reads(act: &Act) -> bool {
    !act.operations.is_empty()
        && act
            .operations
            .iter()
            .all(|bytes| decode(bytes, act.header.device).is_some())
}

/// A row of `act`.
struct ActRow {
    /// Local number of the laptop.
    device: i64,
    last_seq: Option<u64>,
    hash: [u8; 32],
    header: Vec<u8>,
    /// What the header says, once more in columns; its laptop is not.
    columns: Option<ActHeader>,
}

impl ActRow {
    /// The headers that the row may have had: as it is kept, and as its columns say for one of these laptops.
    fn headers(&self, laptops: &[DeviceId]) -> Vec<ActHeader> {
        let kept = ActHeader::decode(&self.header);
        let told = laptops.iter().flat_map(|device| {
            self.columns.clone().map(|header| ActHeader {
                device: *device,
                ..header
            })
        });
        let told = told.filter(|header| Some(header) != kept.as_ref());
        kept.iter().cloned().chain(told).collect()
    }
}

/// The body of an operation; true if the columns beside it say the same.
type Body = (Vec<u8>, bool);

/// What the pages of the log's tables gave, not yet put together.
#[derive(Default)]
struct Pieces {
    acts: Vec<ActRow>,
    /// Bodies by local number of the laptop and sequence.
    bodies: HashMap<(i64, u64), Vec<Body>>,
    /// Laptops by local number, as rows say.
    devices: HashMap<i64, Vec<DeviceId>>,
    /// Rows that name an act by its local number: whether it is the act's own row, the laptop, the sequence.
    namings: HashMap<u64, HashSet<(bool, i64, u64)>>,
}

impl Pieces {
    /// How many acts there were. A number that only one row names may be the damage itself: it counts as one act,
    /// unless that row belongs to an act that is whole.
    fn held(&self, is_whole: impl Fn(i64, u64) -> bool) -> u64 {
        let sure = self.namings.iter().filter(|(_, rows)| rows.len() > 1);
        let most = sure.map(|(number, _)| *number).max().unwrap_or(0);
        let beyond = self.namings.iter().filter(|(number, rows)| {
            **number > most && rows.iter().all(|(_, device, seq)| !is_whole(*device, *seq))
        });
        most + beyond.count() as u64
    }
}

fn read_pages(main: &[u8], wal: &[u8], found: &mut Salvage) {
    let mut pieces = Pieces::default();
    each_row(main, wal, |rowid, row| {
        take_row(rowid, row, &mut pieces, found);
    });
    let rows = std::mem::take(&mut pieces.acts);
    for row in &rows {
        let header = ActHeader::decode(&row.header);
        let laptops = pieces.devices.entry(row.device).or_default();
        laptops.extend(header.map(|header| header.device));
    }
    let mut sure: HashMap<i64, DeviceId> = HashMap::new();
    let mut broken = Vec::new();
    for row in &rows {
        let mut laptops = pieces.devices.get(&row.device).cloned().unwrap_or_default();
        laptops.sort();
        laptops.dedup();
        let headers = row.headers(&laptops);
        let whole = headers.iter().find_map(|header| {
            let place = (header.device, header.first_seq);
            match found.acts.get(&place) {
                Some(act) if act.hash() == row.hash => Some((place, None)),
                _ => Some((place, Some(put_together(&pieces, row, header)?))),
            }
        });
        match whole {
            Some((place, act)) => {
                sure.insert(row.device, place.0);
                found.acts.extend(act.map(|act| (place, act)));
            }
            None => broken.push((row, headers)),
        }
    }
    let laptop = |n: i64| {
        let said = pieces.devices.get(&n).map_or(&[][..], Vec::as_slice);
        let times = |device: &DeviceId| said.iter().filter(|other| *other == device).count();
        sure.get(&n)
            .or_else(|| said.iter().max_by_key(|device| times(device)))
    };
    let is_whole = |n: i64, seq: u64| {
        laptop(n).is_some_and(|device| {
            let mut until = found.acts.range((*device, 0)..=(*device, seq));
            until
                .next_back()
                .is_some_and(|(_, act)| act.last_seq() >= seq)
        })
    };
    found.held = pieces.held(is_whole);
    for (row, headers) in broken {
        let device = laptop(row.device);
        let mut headers = headers.into_iter();
        let Some(header) = headers.find(|header| Some(&header.device) == device) else {
            continue;
        };
        let place = (header.device, header.first_seq);
        if !found.acts.contains_key(&place) {
            found.remains.headers.insert(place, (header, row.last_seq));
        }
    }
    for ((n, seq), bodies) in &pieces.bodies {
        // Of a body that was read more than once the last is the one that stood.
        let body = bodies.iter().rfind(|(_, is_told)| *is_told);
        if let (Some(device), Some((body, _))) = (laptop(*n), body) {
            let place = (*device, *seq);
            found.remains.operations.insert(place, body.clone());
        }
    }
}

/// Takes bodies from the act's first on until they have its hash: a row says no length that could be wrong.
fn put_together(pieces: &Pieces, row: &ActRow, header: &ActHeader) -> Option<Act> {
    // What stands kept is taken as it is: another version of the app may write the same otherwise.
    let is_kept = ActHeader::decode(&row.header).as_ref() == Some(header);
    let mut act = Act {
        header: header.clone(),
        header_bytes: if is_kept {
            row.header.clone()
        } else {
            header.encode()
        },
        operations: Vec::new(),
    };
    let mut hasher = blake3::Hasher::new();
    let add = |hasher: &mut blake3::Hasher, bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(&mut hasher, &act.header_bytes);
    for seq in act.header.first_seq.. {
        let bodies = pieces.bodies.get(&(row.device, seq))?;
        let told = bodies.iter().rfind(|(_, is_told)| *is_told);
        let (body, _) = told.or(bodies.last())?;
        add(&mut hasher, body);
        act.operations.push(body.clone());
        if *hasher.finalize().as_bytes() == row.hash {
            return Some(act);
        }
    }
    None
}

fn take_row(rowid: Option<i64>, row: Vec<Cell>, pieces: &mut Pieces, found: &mut Salvage) {
    let number = |cell: &Cell| cell.int().and_then(|number| u64::try_from(number).ok());
    let mut names = |act: Option<u64>, place| {
        if let Some(act) = act {
            pieces.namings.entry(act).or_default().insert(place);
        }
    };
    match (rowid, row.as_slice()) {
        (Some(n), [Cell::Null, Cell::Blob(id), _, _]) => {
            if let Some(id) = Id::from_slice(id) {
                pieces.devices.entry(n).or_default().push(DeviceId(id));
            }
        }
        (
            Some(n),
            [
                Cell::Null,
                id,
                Cell::Int(device),
                first,
                last,
                at,
                person,
                command,
                undo_of,
                Cell::Blob(hash),
                Cell::Blob(header),
            ],
        ) => {
            let id_in = |cell: &Cell| cell.blob().and_then(Id::from_slice);
            let columns = match (id_in(id), number(first), at, command) {
                (Some(id), Some(first_seq), Cell::Int(at), Cell::Text(command)) => {
                    Some(ActHeader {
                        id: ActId(id),
                        device: NOBODY,
                        first_seq,
                        at: *at,
                        person: id_in(person).map(PersonId),
                        command: command.clone(),
                        undo_of: id_in(undo_of).map(ActId),
                        is_mended: false,
                    })
                }
                _ => None,
            };
            // Not every row of this shape is an act.
            if columns.is_none() && ActHeader::decode(header).is_none() {
                return;
            }
            if let Ok(hash) = <[u8; 32]>::try_from(hash.as_slice()) {
                if let Some(first) = number(first) {
                    names(u64::try_from(n).ok(), (true, *device, first));
                }
                pieces.acts.push(ActRow {
                    device: *device,
                    last_seq: number(last),
                    hash,
                    header: header.clone(),
                    columns,
                });
            }
        }
        (
            None,
            [
                Cell::Int(device),
                seq,
                act,
                kind,
                entity,
                Cell::Int(_),
                Cell::Blob(body),
            ],
        ) => {
            let Some(seq) = number(seq) else { return };
            let (of_kind, about) = match decode(body, NOBODY) {
                Some(Decoded::Known(operation)) => (operation.kind as u64, operation.entity),
                Some(Decoded::Deferred { entity, .. }) => (0, entity),
                None => return,
            };
            // The columns beside the body say what is in it.
            let is_told = number(kind) == Some(of_kind) && entity.blob() == Some(&about.0);
            names(number(act), (false, *device, seq));
            let bodies = pieces.bodies.entry((*device, seq)).or_default();
            if !bodies.iter().any(|(known, _)| known == body) {
                bodies.push((body.clone(), is_told));
            }
        }
        (None, [Cell::Text(key), value]) => {
            let value = match value {
                Cell::Blob(bytes) if bytes.len() == 16 => Setting::Bytes(bytes.clone()),
                Cell::Int(number) => Setting::Number(*number),
                _ => return,
            };
            found.settings.entry(key.clone()).or_insert(value);
        }
        _ => {}
    }
}

/// For reading what an operation is about, which does not depend on who wrote it.
const NOBODY: DeviceId = DeviceId(Id([0; 16]));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_gives_nothing_and_no_panic() {
        let noise: Vec<u8> = (0..64_u64 * 4096)
            .map(|place| (place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8)
            .collect();
        let mut found = Salvage::default();
        // Leaves of tables, leaves and inner pages of indexes.
        for kind in [0x0D, 0x0A, 0x02] {
            let mut pages = noise.clone();
            for page in pages.chunks_mut(4096) {
                page[0] = kind;
            }
            read_pages(&pages, &noise, &mut found);
        }
        assert!(found.acts.is_empty());
    }
}

//! Reads acts out of a database that SQLite may no longer read.
//!
//! First the tables as far as they go; then, if anything was wrong, page by page: every leaf that looks like one of
//! the log's is taken apart, whatever the trees above it say. An act counts only if its hash is that of its bytes,
//! so nothing that is read this way can be wrong. The format of the pages is SQLite's, which never changes.

use super::open::wal_of;
use crate::error::{Error, Result};
use crate::ids::{DeviceId, Id};
use crate::log::operation::decode;
use crate::log::{Act, ActHeader};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, HashMap};
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

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    Null,
    Int(i64),
    Blob(Vec<u8>),
    Text(String),
}

impl Cell {
    fn int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    fn blob(&self) -> Option<&[u8]> {
        match self {
            Self::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// What the pages of the log's tables gave, not yet put together.
#[derive(Default)]
struct Pieces {
    /// Rows of `act`: local number of the laptop, hash, header.
    acts: Vec<(i64, [u8; 32], Vec<u8>)>,
    /// Bodies by local number of the laptop and sequence.
    bodies: HashMap<(i64, u64), Vec<Vec<u8>>>,
}

fn read_pages(main: &[u8], wal: &[u8], found: &mut Salvage) {
    let size = page_size(main, wal);
    let mut images: Vec<(usize, &[u8])> = main
        .chunks(size)
        .enumerate()
        .map(|(place, page)| (place + 1, page))
        .collect();
    images.extend(pages_of_wal(wal, size));
    // A page that was written again is the later one; the earlier ones are looked at too, but never followed into.
    let latest: HashMap<usize, &[u8]> = images.iter().copied().collect();
    let mut pieces = Pieces::default();
    for (number, page) in &images {
        let start = if *number == 1 { 100 } else { 0 };
        take_page(page, start, size, &latest, &mut pieces, found);
    }
    for (device, hash, header_bytes) in std::mem::take(&mut pieces.acts) {
        let Some(header) = ActHeader::decode(&header_bytes) else {
            continue;
        };
        let place = (header.device, header.first_seq);
        if found.acts.contains_key(&place) {
            continue;
        }
        if let Some(act) = put_together(&pieces, device, hash, header, header_bytes) {
            found.acts.insert(place, act);
        }
    }
}

/// Takes bodies from the act's first on until they have its hash: a row says no length that could be wrong.
fn put_together(
    pieces: &Pieces,
    device: i64,
    hash: [u8; 32],
    header: ActHeader,
    header_bytes: Vec<u8>,
) -> Option<Act> {
    let mut act = Act {
        header,
        header_bytes,
        operations: Vec::new(),
    };
    let mut hasher = blake3::Hasher::new();
    let add = |hasher: &mut blake3::Hasher, bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(&mut hasher, &act.header_bytes);
    for seq in act.header.first_seq.. {
        let bodies = pieces.bodies.get(&(device, seq))?;
        let body = bodies
            .iter()
            .rev()
            .find(|body| decode(body, act.header.device).is_some())?;
        add(&mut hasher, body);
        act.operations.push(body.clone());
        if *hasher.finalize().as_bytes() == hash {
            return Some(act);
        }
    }
    None
}

fn page_size(main: &[u8], wal: &[u8]) -> usize {
    let sane = |size: usize| size.is_power_of_two() && (512..=65_536).contains(&size);
    let of_main = main
        .get(16..18)
        .map(|bytes| match usize::from(be(bytes) as u16) {
            1 => 65_536,
            size => size,
        });
    let of_wal = wal.get(8..12).map(|bytes| be(bytes) as usize);
    of_wal
        .filter(|size| sane(*size))
        .or(of_main.filter(|size| sane(*size)))
        .unwrap_or(4096)
}

/// The pages in a write-ahead log up to its last commit. Of one whose header is gone, all of them.
fn pages_of_wal(wal: &[u8], size: usize) -> Vec<(usize, &[u8])> {
    let salt = wal
        .get(..4)
        .filter(|magic| [0x377f_0682, 0x377f_0683].contains(&be(magic)))
        .and_then(|_| wal.get(16..24));
    let mut pages = Vec::new();
    let mut committed = 0;
    for frame in wal.get(32..).unwrap_or_default().chunks_exact(24 + size) {
        if salt.is_some_and(|salt| salt != &frame[8..16]) {
            break;
        }
        pages.push((be(&frame[..4]) as usize, &frame[24..]));
        if salt.is_none() || be(&frame[4..8]) != 0 {
            committed = pages.len();
        }
    }
    pages.truncate(committed);
    pages
}

fn be(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, byte| (number << 8) | u32::from(*byte))
}

/// Kinds of pages that hold rows. Tables without rowid keep rows in inner pages too.
const TABLE_LEAF: u8 = 0x0D;
const INDEX_LEAF: u8 = 0x0A;
const INDEX_INNER: u8 = 0x02;

fn take_page(
    page: &[u8],
    start: usize,
    size: usize,
    latest: &HashMap<usize, &[u8]>,
    pieces: &mut Pieces,
    found: &mut Salvage,
) {
    let Some(&kind) = page.get(start) else { return };
    if ![TABLE_LEAF, INDEX_LEAF, INDEX_INNER].contains(&kind) {
        return;
    }
    let header = if kind == INDEX_INNER { 12 } else { 8 };
    let cells = page
        .get(start + 3..start + 5)
        .map_or(0, |bytes| be(bytes) as usize);
    for cell in 0..cells {
        let at = start + header + 2 * cell;
        let Some(pointer) = page.get(at..at + 2) else {
            return;
        };
        let row = read_row(page, be(pointer) as usize, kind, size, latest);
        if let Some((rowid, row)) = row {
            take_row(rowid, row, pieces, found);
        }
    }
}

fn take_row(rowid: Option<i64>, row: Vec<Cell>, pieces: &mut Pieces, found: &mut Salvage) {
    let mut held = |number: i64| {
        found.held = found.held.max(u64::try_from(number).unwrap_or(0));
    };
    match (rowid, row.as_slice()) {
        (
            Some(n),
            [
                Cell::Null,
                Cell::Blob(_),
                Cell::Int(device),
                Cell::Int(first),
                ..,
                Cell::Blob(hash),
                Cell::Blob(header),
            ],
        ) if row.len() == 11 => {
            let reads = ActHeader::decode(header)
                .is_some_and(|header| i64::try_from(header.first_seq) == Ok(*first));
            if let (Ok(hash), true) = (<[u8; 32]>::try_from(hash.as_slice()), reads) {
                held(n);
                pieces.acts.push((*device, hash, header.clone()));
            }
        }
        (None, [device, seq, act, kind, entity, depth, body]) => {
            let (Some(device), Some(seq), Some(act), Some(_), Some(_), Some(body)) = (
                device.int(),
                seq.int(),
                act.int(),
                kind.int(),
                depth.int(),
                body.blob(),
            ) else {
                return;
            };
            let is_entity = entity.blob().is_some_and(|id| id.len() == 16);
            if let (Ok(seq), true) = (u64::try_from(seq), is_entity) {
                if decode(body, DeviceId(Id([0; 16]))).is_some() {
                    held(act);
                }
                let bodies = pieces.bodies.entry((device, seq)).or_default();
                if !bodies.iter().any(|known| known == body) {
                    bodies.push(body.to_vec());
                }
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

/// A row at a place of a page, with its rowid in a table that has them.
fn read_row(
    page: &[u8],
    at: usize,
    kind: u8,
    size: usize,
    latest: &HashMap<usize, &[u8]>,
) -> Option<(Option<i64>, Vec<Cell>)> {
    let mut rest = page.get(at..)?;
    if kind == INDEX_INNER {
        rest = rest.get(4..)?;
    }
    let length = usize::try_from(varint(&mut rest)?).ok()?;
    let rowid = match kind {
        TABLE_LEAF => Some(varint(&mut rest)?.cast_signed()),
        _ => None,
    };
    // Longer than any row, or than everything there is: no row.
    if length > size * (latest.len() + 1) {
        return None;
    }
    let largest = match kind {
        TABLE_LEAF => size - 35,
        _ => (size - 12) * 64 / 255 - 23,
    };
    let least = (size - 12) * 32 / 255 - 23;
    let mut payload = Vec::new();
    if length <= largest {
        payload.extend_from_slice(rest.get(..length)?);
    } else {
        let wanted = least + (length - least) % (size - 4);
        let local = if wanted <= largest { wanted } else { least };
        payload.extend_from_slice(rest.get(..local)?);
        let mut next = be(rest.get(local..local + 4)?) as usize;
        while payload.len() < length {
            let page = latest.get(&next)?;
            let part = page.get(4..)?;
            payload.extend_from_slice(&part[..part.len().min(length - payload.len())]);
            if part.is_empty() {
                return None;
            }
            next = be(page.get(..4)?) as usize;
        }
    }
    Some((rowid, read_cells(&payload)?))
}

/// The cells of a record.
fn read_cells(payload: &[u8]) -> Option<Vec<Cell>> {
    let mut types = payload;
    let header = usize::try_from(varint(&mut types)?).ok()?;
    let read = payload.len() - types.len();
    let mut types = payload.get(read..header)?;
    let mut values = payload.get(header..)?;
    let mut cells = Vec::new();
    while !types.is_empty() {
        let serial = varint(&mut types)?;
        let bytes = match serial {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(serial).ok()?,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            _ => usize::try_from((serial - 12) / 2).ok()?,
        };
        let (value, rest) = values.split_at_checked(bytes)?;
        values = rest;
        cells.push(match serial {
            0 | 7 => Cell::Null,
            8 => Cell::Int(0),
            9 => Cell::Int(1),
            1..=6 => {
                let negative = value.first().is_some_and(|byte| byte & 0x80 != 0);
                let start = if negative { -1_i64 } else { 0 };
                let number = value
                    .iter()
                    .fold(start, |number, byte| (number << 8) | i64::from(*byte));
                Cell::Int(number)
            }
            _ if serial % 2 == 0 => Cell::Blob(value.to_vec()),
            _ => Cell::Text(String::from_utf8(value.to_vec()).ok()?),
        });
    }
    Some(cells)
}

/// A number of one to nine bytes, as SQLite writes it.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for place in 0..9 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        if place == 8 {
            return Some((number << 8) | u64::from(byte));
        }
        number = (number << 7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length_read_as_sqlite_writes_them() {
        let cases: [(&[u8], u64); 4] = [
            (&[0x7f], 127),
            (&[0x81, 0x00], 128),
            (&[0xff, 0x7f], 16_383),
            (&[0xff; 9], u64::MAX),
        ];
        for (bytes, number) in cases {
            assert_eq!(varint(&mut &*bytes), Some(number), "{bytes:?}");
        }
        assert_eq!(varint(&mut &[0x81][..]), None);
    }

    #[test]
    fn noise_gives_nothing_and_no_panic() {
        let noise: Vec<u8> = (0..64_u64 * 4096)
            .map(|place| (place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8)
            .collect();
        let mut found = Salvage::default();
        for kind in [TABLE_LEAF, INDEX_LEAF, INDEX_INNER] {
            let mut pages = noise.clone();
            for page in pages.chunks_mut(4096) {
                page[0] = kind;
            }
            read_pages(&pages, &noise, &mut found);
        }
        assert!(found.acts.is_empty());
    }
}

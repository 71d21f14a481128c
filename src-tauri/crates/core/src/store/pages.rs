//! Rows out of the pages of a database that SQLite may no longer read: every page that looks like one with rows is
//! taken apart, whatever the trees above it say. The format of the pages is SQLite's, which never changes
//! (<https://www.sqlite.org/fileformat2.html>).

use std::collections::HashMap;

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Nothing, or a number that is not whole.
    Null,
    /// A whole number.
    Int(i64),
    /// Bytes.
    Blob(Vec<u8>),
    /// A text.
    Text(String),
}

impl Cell {
    /// The whole number in it.
    pub(super) fn int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The bytes in it.
    pub(super) fn blob(&self) -> Option<&[u8]> {
        match self {
            Self::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// Gives every row of a file and its write-ahead log, with its rowid in a table that has them. Of a page that was
/// written more than once every version is looked at, the latest last.
pub(super) fn each_row(main: &[u8], wal: &[u8], mut each: impl FnMut(Option<i64>, Vec<Cell>)) {
    let size = page_size(main, wal);
    let mut images: Vec<(usize, &[u8])> = main
        .chunks(size)
        .enumerate()
        .map(|(place, page)| (place + 1, page))
        .collect();
    images.extend(pages_of_wal(wal, size));
    // A page that was written again is the later one; the earlier ones are looked at too, but never followed into.
    let latest: HashMap<usize, &[u8]> = images.iter().copied().collect();
    for (number, page) in &images {
        let start = if *number == 1 { 100 } else { 0 };
        take_page(page, start, size, &latest, &mut each);
    }
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
    each: &mut impl FnMut(Option<i64>, Vec<Cell>),
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
            each(rowid, row);
        }
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
}

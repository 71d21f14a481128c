//! Workbooks (XLSX) into rows of text cells.
//!
//! Owns which sheet is read, how a date, number or truth value reads as text, and how much a small file may
//! unpack to. It leaves out what a cell means: after this a workbook and a CSV file are the same table.

use super::{FILE_LIMIT_BYTES, FileError, NotATable};
use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetVisible, Xlsx};
use std::io::{Cursor, Read};

/// Most parts that a workbook may have.
const PARTS: usize = 10_000;

/// Most cells of a table, the empty ones counted.
pub(super) const CELLS: usize = 50_000_000;

/// Serial days of spreadsheets that are read as dates: 1900 to 2199.
const SERIAL_DAYS: std::ops::Range<f64> = 1.0..109_938.0;

/// The cells of one row; every cell that is there, with its column.
pub(super) type CellsOfRow = Vec<(usize, String)>;

/// The first sheet with data.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Rows that have a cell, with their number in the sheet from 1.
    pub rows: Vec<(u32, CellsOfRow)>,
    /// Days are counted from 1904.
    pub is_1904: bool,
}

/// The bytes are packed as workbooks are.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the first visible sheet that has data.
///
/// # Errors
/// [`FileError::NotATable`] for what is no XLSX, [`FileError::TooLarge`] for one that unpacks to too much.
pub(super) fn read_sheet(bytes: &[u8]) -> Result<Sheet, FileError> {
    measure(bytes)?;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|_| refused(NotATable::Workbook))?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let is_1904 = book.has_1904_epoch();
    for name in names {
        let rows = read_rows(&mut book, &name)?;
        if !rows.is_empty() {
            return Ok(Sheet { rows, is_1904 });
        }
    }
    Err(refused(NotATable::Empty))
}

fn refused(reason: NotATable) -> FileError {
    FileError::NotATable { reason }
}

fn too_large(bytes: u64) -> FileError {
    FileError::TooLarge {
        bytes,
        limit: FILE_LIMIT_BYTES,
    }
}

/// Unpacks every part into nothing: what the archive says of its own sizes cannot be believed.
fn measure(bytes: &[u8]) -> Result<(), FileError> {
    let damaged = |_| refused(NotATable::Workbook);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > PARTS {
        return Err(too_large(bytes.len() as u64));
    }
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        // Pictures are never unpacked; a part whose name does not read may be anything.
        let is_read = part.name().map_or(true, |name| {
            let name = name.to_ascii_lowercase();
            name.ends_with(".xml") || name.ends_with(".rels")
        });
        if !is_read {
            continue;
        }
        let mut rest = part.take(FILE_LIMIT_BYTES + 1 - total);
        total += std::io::copy(&mut rest, &mut std::io::sink())
            .map_err(|_| refused(NotATable::Workbook))?;
        if total > FILE_LIMIT_BYTES {
            return Err(too_large(total));
        }
    }
    Ok(())
}

fn read_rows<R: Read + std::io::Seek>(
    book: &mut Xlsx<R>,
    name: &str,
) -> Result<Vec<(u32, CellsOfRow)>, FileError> {
    let mut rows: Vec<(u32, CellsOfRow)> = Vec::new();
    // A sheet that holds a drawing has no cells to read.
    let Ok(mut cells) = book.worksheet_cells_reader(name) else {
        return Ok(rows);
    };
    let mut text_bytes = 0_u64;
    let mut count = 0_usize;
    while let Some(cell) = cells
        .next_cell()
        .map_err(|_| refused(NotATable::Workbook))?
    {
        let value = cell.get_value();
        let text = text_of(value);
        // A cell with an error is empty, but its row is not: somebody meant something to stand there.
        if text.trim().is_empty() && !matches!(value, DataRef::Error(_)) {
            continue;
        }
        // One shared text may stand in a million cells.
        text_bytes += text.len() as u64;
        count += 1;
        if text_bytes > FILE_LIMIT_BYTES || count > CELLS {
            return Err(too_large(text_bytes));
        }
        let (row, column) = cell.get_position();
        let line = row.saturating_add(1);
        match rows.last_mut() {
            Some((last, cells)) if *last == line => cells.push((column as usize, text)),
            _ => rows.push((line, vec![(column as usize, text)])),
        }
    }
    // Rows stand in order, unless somebody wrote the file by hand.
    if !rows.is_sorted_by_key(|(line, _)| *line) {
        rows.sort_by_key(|(line, _)| *line);
        rows.dedup_by(|(line, cells), (kept, all)| {
            let same = line == kept;
            if same {
                all.append(cells);
            }
            same
        });
    }
    for (_, cells) in &mut rows {
        cells.sort_by_key(|(column, _)| *column);
    }
    Ok(rows)
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(is_true) => is_true.to_string(),
        DataRef::DateTime(date) if date.is_duration() => number_text(date.as_f64()),
        DataRef::DateTime(date) => date_text(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        // `#REF!` names nobody: where something must stand the row is rejected.
        DataRef::Error(_) => String::new(),
    }
}

/// A number as the spreadsheet shows it: fifteen digits, a point, no exponent.
///
/// Three decimals get a zero behind them, so that `1.125` is never taken for one thousand one hundred.
fn number_text(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = shown.to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => format!("{text}0"),
        _ => text,
    }
}

fn date_text(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let on = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        on
    } else {
        format!("{on} {hour:02}:{minute:02}:{second:02}")
    }
}

/// The date of a day number that has lost its format; `None` for what is no day number.
pub(super) fn serial_date(cell: &str, is_1904: bool) -> Option<String> {
    let number: f64 = cell.parse().ok()?;
    SERIAL_DAYS.contains(&number).then(|| {
        let date = ExcelDateTime::new(number.floor(), ExcelDateTimeType::DateTime, is_1904);
        date_text(&date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_are_shown_and_never_as_thousands() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (1_234.5, "1234.5"),
            (1.125, "1.1250"),
            (54_000_000_000.0, "54000000000"),
            (-3.0, "-3"),
            (1e21, "1000000000000000000000"),
            (12_345.670_000_000_002, "12345.67"),
        ];
        for (number, text) in cases {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn a_day_number_is_the_same_day_in_both_systems() {
        assert_eq!(serial_date("45943", false).as_deref(), Some("2025-10-13"));
        assert_eq!(serial_date("44481", true).as_deref(), Some("2025-10-13"));
        assert_eq!(
            serial_date("45943.75", false).as_deref(),
            Some("2025-10-13")
        );
        assert_eq!(serial_date("20251013", false), None);
        assert_eq!(serial_date("2025-10-13", false), None);
        assert_eq!(serial_date("", false), None);
    }
}

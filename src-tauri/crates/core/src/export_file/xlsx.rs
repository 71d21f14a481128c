//! XLSX with real types: a date is a date, an amount a number with its currency's format, an id text.

use super::{Cell, Sheet, plain};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::collections::HashMap;

/// The most characters that a cell of a spreadsheet holds.
const LONGEST_TEXT: usize = 32_767;

/// Columns that are made wider than this say no more.
const WIDEST: usize = 60;

const MILLIS_PER_DAY: f64 = 86_400_000.0;

/// Days between spreadsheets' zero and 1970.
const DAYS_TO_1970: f64 = 25_569.0;

impl Sheet {
    /// The bytes of an XLSX file: the header stays in sight, and every column can be filtered. `made_at` is when,
    /// UTC milliseconds.
    ///
    /// # Errors
    /// More rows or columns than a spreadsheet has.
    pub fn to_xlsx(&self, made_at: i64) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_timestamp(made_at.div_euclid(1000))?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.name)?;
        let header = Format::new().set_bold();
        let mut widths: Vec<usize> = Vec::with_capacity(self.columns.len());
        for (column, name) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, name, &header)?;
            widths.push(name.chars().count() + 4);
        }
        let mut formats = Formats::default();
        for (row, cells) in (1..).zip(&self.rows) {
            for ((column, cell), width) in (0..).zip(cells).zip(&mut widths) {
                let wide = write(sheet, row, column, cell, &mut formats)?;
                *width = (*width).max(wide).min(WIDEST);
            }
        }
        for (column, width) in (0..).zip(widths) {
            sheet.set_column_width(column, u32::try_from(width).unwrap_or(20))?;
        }
        sheet.set_freeze_panes(1, 0)?;
        if let (Ok(last_row), Ok(columns)) = (
            u32::try_from(self.rows.len()),
            u16::try_from(self.columns.len()),
        ) && columns > 0
        {
            sheet.autofilter(0, 0, last_row, columns - 1)?;
        }
        workbook.save_to_buffer()
    }
}

/// Formats by what they show, each made once.
#[derive(Default)]
struct Formats(HashMap<String, Format>);

impl Formats {
    fn get(&mut self, shows: String) -> &Format {
        self.0
            .entry(shows)
            .or_insert_with_key(|shows| Format::new().set_num_format(shows))
    }
}

/// Writes a cell and says how wide it is.
fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &mut Formats,
) -> Result<usize, XlsxError> {
    match cell {
        Cell::Empty => Ok(0),
        Cell::Text(text) => {
            let text = shortened(plain(text));
            sheet.write_string(row, column, &text)?;
            Ok(text
                .lines()
                .map(|line| line.chars().count())
                .max()
                .unwrap_or(0))
        }
        Cell::Date(date) => {
            use chrono::Datelike;
            let year = u16::try_from(date.year()).unwrap_or(0);
            let known = ExcelDateTime::from_ymd(
                year,
                u8::try_from(date.month()).unwrap_or(0),
                u8::try_from(date.day()).unwrap_or(0),
            );
            match known {
                Ok(date) => {
                    let format = formats.get("yyyy-mm-dd".to_owned());
                    sheet.write_datetime_with_format(row, column, &date, format)?;
                }
                // Spreadsheets know no date before 1900.
                Err(_) => drop(sheet.write_string(row, column, date.to_string())?),
            }
            Ok(11)
        }
        Cell::Instant(at) => {
            let days = *at as f64 / MILLIS_PER_DAY + DAYS_TO_1970;
            let format = formats.get("yyyy-mm-dd hh:mm:ss".to_owned());
            sheet.write_number_with_format(row, column, days, format)?;
            Ok(20)
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, *number as f64)?;
            Ok(8)
        }
        Cell::Tenths(tenths) => {
            let format = formats.get("0.0".to_owned());
            sheet.write_number_with_format(row, column, *tenths as f64 / 10.0, format)?;
            Ok(6)
        }
        Cell::Money {
            minor,
            digits,
            currency,
        } => {
            let point = if *digits == 0 { "" } else { "." };
            let zeros = "0".repeat(usize::from(*digits));
            let format = formats.get(format!("[${currency}] #,##0{point}{zeros}"));
            let value = *minor as f64 / 10_f64.powi(i32::from(*digits));
            sheet.write_number_with_format(row, column, value, format)?;
            Ok(18)
        }
        Cell::Flag(yes) => {
            sheet.write_boolean(row, column, *yes)?;
            Ok(6)
        }
    }
}

/// Longer text than a cell holds is cut, and says so; the other formats have all of it.
fn shortened(text: String) -> String {
    // A spreadsheet counts in UTF-16.
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text;
    }
    let mut units = 0;
    let mut short: String = text
        .chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units < LONGEST_TEXT
        })
        .collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_beyond_what_a_cell_holds_is_cut_with_a_mark() {
        let short = shortened("😀".repeat(20_000));
        assert!(short.encode_utf16().count() <= LONGEST_TEXT && short.ends_with('…'));
    }
}

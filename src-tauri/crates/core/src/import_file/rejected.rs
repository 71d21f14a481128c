//! Rejected rows as a file that can be corrected and imported again.
//!
//! Owns how the rows are written: every column as it stands, guarded from being taken for a formula, and the reason in front, where it stays in its place
//! even in a row with cells too many. The reader knows that column and leaves it out.

use super::Table;
use crate::text::guarded;

/// The name of the column with the reasons.
pub const REASON_HEADER: &str = "Why Baton rejected it";

/// The rows that start on these lines, each with its reason, as CSV in UTF-8 with a byte order mark.
pub fn write_rejected(table: &Table, reasons: &[(u32, String)]) -> String {
    let delimiter = table.delimiter();
    // Spreadsheets take the file for a code page without the mark.
    let mut text = String::from('\u{feff}');
    let kept: Vec<bool> = table
        .headers()
        .iter()
        .map(|header| !header.is_empty())
        .collect();
    let is_kept = |column: usize| kept.get(column).copied().unwrap_or(true);
    let headers = table.headers().iter().map(String::as_str);
    write_row(
        &mut text,
        delimiter,
        std::iter::once(REASON_HEADER).chain(headers.filter(|header| !header.is_empty())),
    );
    for (line, reason) in reasons {
        let cells = table.cells_on(*line);
        let cells = cells
            .iter()
            .enumerate()
            .filter(|(column, _)| is_kept(*column))
            .map(|(_, cell)| cell.as_str());
        write_row(
            &mut text,
            delimiter,
            std::iter::once(reason.as_str()).chain(cells),
        );
    }
    text
}

fn write_row<'a>(text: &mut String, delimiter: char, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(delimiter);
        }
        let cell = &*guarded(cell);
        let needs_quotes = cell.contains([delimiter, '"', '\r', '\n'])
            || cell.starts_with(' ')
            || cell.ends_with(' ');
        if needs_quotes {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_guarded_and_reads_back_as_it_was() {
        let table = Table::read(b"=a,b\n=1+1,-5\n'=2,+48\n@x,#REF!\n".as_slice()).unwrap();
        let reasons: Vec<(u32, String)> = (2..=4).map(|line| (line, "No".to_owned())).collect();
        let written = write_rejected(&table, &reasons);
        assert!(
            written.ends_with("'=a,b\r\nNo,'=1+1,'-5\r\nNo,'=2,'+48\r\nNo,'@x,#REF!\r\n"),
            "{written}"
        );
        let again = Table::read(written.as_bytes()).unwrap();
        assert_eq!(again.headers()[1..], ["=a", "b"]);
        let cells: Vec<_> = again.rows().map(|row| (row.cell(1), row.cell(2))).collect();
        assert_eq!(cells, [("=1+1", "-5"), ("=2", "+48"), ("@x", "")]);
    }

    #[test]
    fn what_is_written_reads_as_the_same_table_without_the_reasons() {
        let table =
            Table::read("a;b;c\n1;\"x; \"\"y\"\"\nz\";3\n4;5\n6;7;8;9\n10;11;12\n".as_bytes())
                .unwrap();
        let reasons: Vec<(u32, String)> = [2, 4, 5]
            .into_iter()
            .map(|line| (line, format!("Line {line}: no; \"bad\"")))
            .collect();
        let again = Table::read(write_rejected(&table, &reasons).as_bytes()).unwrap();
        assert_eq!(again.headers(), ["", "a", "b", "c"]);
        assert_eq!(
            again.cells_on(2),
            ["Line 2: no; \"bad\"", "1", "x; \"y\"\nz", "3"]
        );
        assert_eq!(again.problems().len(), 2);
        // A second round does not collect the reasons of the first.
        let reasons = [(2, "Still bad".to_owned())];
        let third = Table::read(write_rejected(&again, &reasons).as_bytes()).unwrap();
        assert_eq!(third.cells_on(2), ["Still bad", "1", "x; \"y\"\nz", "3"]);
    }
}

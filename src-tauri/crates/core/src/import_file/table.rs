//! Bytes into a table of text cells.
//!
//! Owns delimiters, quotes and line ends, RFC 4180 and what spreadsheets really write, and headers that stand
//! twice. It leaves out encodings, workbooks and what a cell means. A row that cannot be read is a
//! [`RowProblem`], it never stops the rows after it.

use super::encoding::{Encoding, decode};
use super::rejected::REASON_HEADER;
use super::scan::{Record, Scan, detect_delimiter, strip_separator_line};
use super::workbook::{self, CELLS, Sheet};
use super::{FILE_LIMIT_BYTES, FileError, NotATable, Notice, RejectionReason, fold};
use crate::text::{is_formula_error, unguarded};
use std::borrow::Cow;
use std::collections::HashMap;

/// A row that is not one, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowProblem {
    /// Line in the file where the row starts; the first line is 1.
    pub line: u32,
    /// [`RejectionReason::FieldCount`] or [`RejectionReason::QuoteUnclosed`].
    pub reason: RejectionReason,
}

/// A table as it stands in the file. Cells lie in one text, so that a large file costs little more than its size.
#[derive(Debug, Clone)]
pub struct Table {
    headers: Vec<String>,
    text: String,
    /// End of each cell in `text`, row by row, `headers.len()` cells a row.
    ends: Vec<u32>,
    lines: Vec<u32>,
    problems: Vec<RowProblem>,
    /// What stands in the file for each problem, to give it back.
    broken: Vec<String>,
    delimiter: char,
    encoding: Encoding,
    notices: Vec<Notice>,
    /// Of a workbook: its days are counted from 1904.
    is_1904: Option<bool>,
}

/// A row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    index: usize,
}

impl<'a> Row<'a> {
    /// Line in the file where the row starts; the first line is 1.
    pub fn line(self) -> u32 {
        self.table
            .lines
            .get(self.index)
            .copied()
            .unwrap_or_default()
    }

    /// What the cell of a column says: without white space around it, without the guard of an export, and nothing if a
    /// formula failed there. Empty if there is no such column.
    pub fn cell(self, column: usize) -> &'a str {
        let cell = unguarded(self.cell_as_it_stands(column));
        if is_formula_error(cell) { "" } else { cell }
    }

    /// The cell of a column, only without white space around it.
    pub fn cell_as_it_stands(self, column: usize) -> &'a str {
        if column >= self.table.headers.len() {
            return "";
        }
        let end_index = self.index * self.table.headers.len() + column;
        let start = end_index
            .checked_sub(1)
            .and_then(|before| self.table.ends.get(before))
            .copied()
            .unwrap_or(0);
        let end = self.table.ends.get(end_index).copied().unwrap_or(start);
        self.table
            .text
            .get(start as usize..end as usize)
            .unwrap_or_default()
            .trim()
    }

    /// The cell of a column of dates. In a workbook a day may stand there as its number.
    pub fn date_cell(self, column: usize) -> Cow<'a, str> {
        let cell = self.cell(column);
        self.table
            .is_1904
            .and_then(|is_1904| workbook::serial_date(cell, is_1904))
            .map_or(Cow::Borrowed(cell), Cow::Owned)
    }
}

impl Table {
    /// Reads a table: text with delimiters, or the first sheet of a workbook. The bytes say which.
    ///
    /// # Errors
    /// [`FileError::TooLarge`] above 256 MiB, [`FileError::NotATable`] for what is no text, no table or empty.
    pub fn read(bytes: &[u8]) -> Result<Self, FileError> {
        Self::read_as(bytes, None)
    }

    /// The same, in the encoding that the person says unless a byte order mark says otherwise.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn read_as(bytes: &[u8], asked: Option<Encoding>) -> Result<Self, FileError> {
        if bytes.len() as u64 > FILE_LIMIT_BYTES {
            return Err(FileError::TooLarge {
                bytes: bytes.len() as u64,
                limit: FILE_LIMIT_BYTES,
            });
        }
        if bytes.is_empty() {
            return Err(not_a_table(NotATable::Empty));
        }
        if workbook::is_packed(bytes) {
            return Self::of_sheet(workbook::read_sheet(bytes)?);
        }
        // Workbooks of before 2007, and those locked with a password.
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(not_a_table(NotATable::Workbook));
        }
        let decoded = decode(bytes, asked)?;
        let (body, first_line, declared) = strip_separator_line(&decoded.text);
        let delimiter = declared.unwrap_or_else(|| detect_delimiter(body));
        let mut table = Self::parse(body, first_line, delimiter, decoded.encoding)?;
        if decoded.guessed {
            let notice = Notice::EncodingAssumed(decoded.encoding);
            table.notices.insert(0, notice);
        }
        Ok(table)
    }

    /// Column names, without the empty ones at the end. A name that stands again is told apart by a number; the
    /// column with the reasons of an earlier import has none.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Rows that have as many cells as the header, in file order. Empty rows are left out.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.lines.len()).map(|index| Row { table: self, index })
    }

    /// Rows that were left out because they are broken, in file order.
    pub fn problems(&self) -> &[RowProblem] {
        &self.problems
    }

    /// What was assumed to read the table.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The cells of the row that starts on this line, as they stand, also of one that is broken.
    pub fn cells_on(&self, line: u32) -> Vec<String> {
        if let Ok(index) = self.lines.binary_search(&line) {
            let row = Row { table: self, index };
            return (0..self.headers.len())
                .map(|column| row.cell_as_it_stands(column).to_owned())
                .collect();
        }
        let found = self
            .problems
            .binary_search_by_key(&line, |problem| problem.line)
            .ok()
            .and_then(|index| Some((self.problems.get(index)?.reason, self.broken.get(index)?)));
        match found {
            None => Vec::new(),
            Some((RejectionReason::FieldCount, text)) => {
                let mut scan = Scan::of(text, line, self.delimiter);
                let mut record = Record::default();
                scan.read_record(&mut record);
                record.cells().map(|cell| cell.trim().to_owned()).collect()
            }
            Some((_, text)) => text
                .split(self.delimiter)
                .map(|cell| cell.trim().to_owned())
                .collect(),
        }
    }

    /// The delimiter found: comma, semicolon, tab or bar.
    pub fn delimiter(&self) -> char {
        self.delimiter
    }

    /// The encoding found.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    fn parse(
        body: &str,
        first_line: u32,
        delimiter: char,
        encoding: Encoding,
    ) -> Result<Self, FileError> {
        let mut scan = Scan::of(body, first_line, delimiter);
        let mut record = Record::default();
        let header_unreadable = FileError::NotATable {
            reason: NotATable::Header,
        };
        loop {
            if !scan.read_record(&mut record) {
                return Err(FileError::NotATable {
                    reason: NotATable::Empty,
                });
            }
            if record.broken {
                return Err(header_unreadable);
            }
            if !record.is_blank() {
                break;
            }
        }
        let (headers, notices) = name_columns(record.cells().map(str::to_owned).collect());
        let mut table = Self {
            headers,
            text: String::with_capacity(body.len()),
            ends: Vec::new(),
            lines: Vec::new(),
            problems: Vec::new(),
            broken: Vec::new(),
            delimiter,
            encoding,
            notices,
            is_1904: None,
        };
        loop {
            let start = scan.clone();
            if !scan.read_record(&mut record) {
                break;
            }
            if record.is_blank() && !record.broken {
                continue;
            }
            let count = record.count_cells(table.headers.len());
            let spans_lines = record.last_line > record.line;
            if record.broken || (spans_lines && count != table.headers.len()) {
                // A stray quote would swallow the rows below it: give up this line only.
                scan = start.clone();
                scan.skip_line();
                let text = start.text_until(scan.at);
                table.give_up(record.line, RejectionReason::QuoteUnclosed, text);
            } else if count != table.headers.len() {
                let text = start.text_until(scan.at);
                table.give_up(record.line, RejectionReason::FieldCount, text);
            } else {
                table.push(&record);
            }
        }
        Ok(table)
    }

    /// A table of the rows of a sheet: the first one names the columns, a cell that is not there is empty.
    fn of_sheet(sheet: Sheet) -> Result<Self, FileError> {
        let mut rows = sheet.rows.into_iter();
        let (_, first) = rows.next().ok_or_else(|| not_a_table(NotATable::Empty))?;
        let width = first.last().map_or(0, |(column, _)| column + 1);
        let mut names = vec![String::new(); width];
        for (column, text) in first {
            if let Some(name) = names.get_mut(column) {
                *name = text;
            }
        }
        if rows.len().saturating_mul(width) > CELLS {
            return Err(FileError::TooLarge {
                bytes: rows.len().saturating_mul(width) as u64,
                limit: CELLS as u64,
            });
        }
        let (headers, notices) = name_columns(names);
        let mut table = Self {
            headers,
            text: String::new(),
            ends: Vec::new(),
            lines: Vec::new(),
            problems: Vec::new(),
            broken: Vec::new(),
            delimiter: ',',
            encoding: Encoding::Workbook,
            notices,
            is_1904: Some(sheet.is_1904),
        };
        for (line, cells) in rows {
            let mut cells = cells.into_iter().peekable();
            // What stands beside the table, under no column, is no part of it.
            if cells
                .peek()
                .is_none_or(|(column, _)| *column >= table.headers.len())
            {
                continue;
            }
            for column in 0..table.headers.len() {
                if let Some((_, text)) = cells.next_if(|(at, _)| *at == column) {
                    table.text.push_str(&text);
                }
                table.ends.push(table.text.len() as u32);
            }
            table.lines.push(line);
        }
        Ok(table)
    }

    fn give_up(&mut self, line: u32, reason: RejectionReason, text: &str) {
        self.problems.push(RowProblem { line, reason });
        self.broken.push(text.to_owned());
    }

    fn push(&mut self, record: &Record) {
        for cell in record.cells().take(self.headers.len()) {
            self.text.push_str(cell);
            // Below 4 GiB: unescaped cells are never longer than the file, which is below 256 MiB, and
            // UTF-16 grows by half at most.
            self.ends.push(self.text.len() as u32);
        }
        self.lines.push(record.line);
    }
}

fn not_a_table(reason: NotATable) -> FileError {
    FileError::NotATable { reason }
}

/// Names as columns are found by: trimmed, the empty ones at the end left out, and no two alike.
fn name_columns(names: Vec<String>) -> (Vec<String>, Vec<Notice>) {
    let mut headers: Vec<String> = Vec::with_capacity(names.len());
    let mut firsts: HashMap<String, String> = HashMap::new();
    let mut notices = Vec::new();
    for name in names {
        let mut name = unguarded(name.trim())
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if fold(&name) == fold(REASON_HEADER) {
            name.clear();
        }
        let folded = match fold(&name) {
            folded if folded.is_empty() => name.clone(),
            folded => folded,
        };
        match firsts.get(&folded) {
            _ if name.is_empty() => {}
            None => {
                firsts.insert(folded, name.clone());
            }
            Some(first) => {
                // `Amount` and `Amount ($)` tell themselves apart, but not when columns are found by their names.
                if headers.contains(&name) {
                    name = (2..)
                        .map(|number| format!("{name} ({number})"))
                        .find(|again| !headers.contains(again))
                        .unwrap_or_default();
                }
                notices.push(Notice::HeaderRepeated {
                    header: first.clone(),
                    again: name.clone(),
                });
            }
        }
        headers.push(name);
    }
    while headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    (headers, notices)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(table: &Table) -> Vec<Vec<&str>> {
        table
            .rows()
            .map(|row| {
                (0..table.headers().len())
                    .map(|column| row.cell(column))
                    .collect()
            })
            .collect()
    }

    fn read(text: &str) -> Table {
        Table::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn every_way_to_write_the_same_table_gives_the_same_cells() {
        let cases = [
            ("plain", "a,b\n1,2\n3,4\n"),
            ("no line end at the end", "a,b\n1,2\n3,4"),
            ("CRLF", "a,b\r\n1,2\r\n3,4\r\n"),
            ("CR alone", "a,b\r1,2\r3,4\r"),
            ("semicolons", "a;b\n1;2\n3;4\n"),
            ("tabs", "a\tb\n1\t2\n3\t4\n"),
            ("bars", "a|b\n1|2\n3|4\n"),
            ("a byte order mark", "\u{feff}a,b\n1,2\n3,4\n"),
            ("a separator line", "sep=;\r\na;b\r\n1;2\r\n3;4\r\n"),
            ("a quoted separator line", "\"sep=|\"\na|b\n1|2\n3|4\n"),
            (
                "every cell quoted",
                "\"a\",\"b\"\n\"1\",\"2\"\n\"3\",\"4\"\n",
            ),
            ("spaces around cells", " a , b \n 1 ,2\n3 , \"4\" \n"),
            (
                "empty lines before, between and after",
                "\n\na,b\n\n1,2\n,\n3,4\n\n , \n\n",
            ),
            ("empty columns at the end", "a,b,,\n1,2,,\n3,4,,,,\n"),
        ];
        for (name, text) in cases {
            let table = read(text);
            assert_eq!(table.headers(), ["a", "b"], "{name}");
            assert_eq!(cells(&table), [["1", "2"], ["3", "4"]], "{name}");
            assert!(
                table.problems().is_empty(),
                "{name}: {:?}",
                table.problems()
            );
        }
    }

    #[test]
    fn utf_16_is_known_by_its_byte_order_mark() {
        let text = "a\tb\nŁódź\t2\n";
        let little: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let big: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        for (bytes, encoding) in [(little, Encoding::Utf16Le), (big, Encoding::Utf16Be)] {
            let table = Table::read(&bytes).unwrap();
            assert_eq!(table.encoding(), encoding);
            assert_eq!(table.delimiter(), '\t');
            assert_eq!(cells(&table), [["Łódź", "2"]]);
        }
    }

    #[test]
    fn quotes_keep_delimiters_line_ends_and_quotes() {
        let table = read(
            "a,b\n\"x, y\",\"1\r\n2\"\n\"say \"\"hi\"\"\",\"\"\n5\" pipe,z\n\"Acme \"Best\" Inc\",q\n",
        );
        assert_eq!(
            cells(&table),
            [
                ["x, y", "1\n2"],
                ["say \"hi\"", ""],
                ["5\" pipe", "z"],
                ["Acme \"Best\" Inc", "q"]
            ]
        );
        assert_eq!(
            table.rows().map(Row::line).collect::<Vec<_>>(),
            [2, 4, 5, 6]
        );
    }

    #[test]
    fn a_delimiter_is_counted_outside_quotes_only() {
        let table = read("name;note\n\"a,b,c\";\"x,y\"\n\"d,e,f\";\"u,v\"\n");
        assert_eq!(table.delimiter(), ';');
        let table = read("name,amount\nA,\"1;2;3\"\nB,\"4;5;6\"\n");
        assert_eq!(table.delimiter(), ',');
    }

    #[test]
    fn a_table_of_one_column_is_a_table() {
        let table = read("account\nAcme\nBeta, Inc\n");
        assert_eq!(table.headers(), ["account"]);
        assert_eq!(cells(&table), [["Acme"]]);
        assert_eq!(
            table.problems(),
            [RowProblem {
                line: 3,
                reason: RejectionReason::FieldCount
            }]
        );
    }

    #[test]
    fn a_short_or_long_row_is_a_problem_and_the_others_are_read() {
        let table = read("a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n");
        assert_eq!(cells(&table), [["1", "2", "3"], ["10", "11", "12"]]);
        let problem = |line| RowProblem {
            line,
            reason: RejectionReason::FieldCount,
        };
        assert_eq!(table.problems(), [problem(3), problem(4)]);
    }

    #[test]
    fn a_stray_quote_costs_its_own_line_and_no_other() {
        let problem = |line| {
            vec![RowProblem {
                line,
                reason: RejectionReason::QuoteUnclosed,
            }]
        };
        let cases = [
            ("never closed", "a,b\n1,2\n\"3,4\n5,6\n7,8\n", 3),
            (
                "closed by a later stray quote",
                "a,b\n1,2\n\"3,4\n5,6\n7,8\nx\"y,\"9\"\n",
                3,
            ),
            (
                "text after the closing quote",
                "a,b\n1,2\n\"3\"x,4\n5,6\n7,8\n",
                3,
            ),
        ];
        for (name, text, line) in cases {
            let table = read(text);
            assert_eq!(table.problems(), problem(line), "{name}");
            assert_eq!(
                cells(&table)[..3],
                [["1", "2"], ["5", "6"], ["7", "8"]],
                "{name}"
            );
        }
    }

    #[test]
    fn a_file_of_stray_quotes_is_read_in_linear_time() {
        let table = read(&format!("a,b\n{}", "\"x\"y,1\n".repeat(200_000)));
        assert_eq!(table.problems().len(), 200_000);
    }

    #[test]
    fn what_is_no_table_is_refused_with_the_reason() {
        let cases: [(&[u8], NotATable); 9] = [
            (b"", NotATable::Empty),
            (b"\xef\xbb\xbf", NotATable::Empty),
            (b"\n\n  \n,,\n", NotATable::Empty),
            (b"sep=;\n", NotATable::Empty),
            (b"a,b\n1,\0\n", NotATable::Binary),
            (b"PK\x03\x04rest", NotATable::Workbook),
            (b"\xd0\xcf\x11\xe0rest", NotATable::Workbook),
            (b"a,b\n\x81\x8d,1\n", NotATable::Encoding),
            (b"\"a,b\n1,2\n", NotATable::Header),
        ];
        for (bytes, reason) in cases {
            assert_eq!(
                Table::read(bytes).unwrap_err(),
                FileError::NotATable { reason },
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn a_file_above_the_limit_is_refused_before_it_is_parsed() {
        let bytes = vec![b'x'; FILE_LIMIT_BYTES as usize + 1];
        assert!(matches!(
            Table::read(&bytes),
            Err(FileError::TooLarge { .. })
        ));
    }

    #[test]
    fn a_header_that_stands_again_is_told_apart_and_said() {
        let table = read("Name,amount,Name,name,Name\n1,2,3,4,5\n");
        assert_eq!(
            table.headers(),
            ["Name", "amount", "Name (2)", "name", "Name (3)"]
        );
        assert_eq!(table.notices().len(), 3);
        let first = Notice::HeaderRepeated {
            header: "Name".to_owned(),
            again: "Name (2)".to_owned(),
        };
        assert_eq!(table.notices()[0], first);
        assert!(read("a,,b,,\n1,2,3,,\n").notices().is_empty());
    }

    #[test]
    fn the_cells_of_a_line_are_given_back_even_of_a_broken_one() {
        let table = read("a,b\n1,\"x, y\"\n3,4,5\n\"6,7\n8,9\n");
        assert_eq!(table.cells_on(2), ["1", "x, y"]);
        assert_eq!(table.cells_on(3), ["3", "4", "5"]);
        assert_eq!(table.cells_on(4), ["\"6", "7"]);
        assert!(table.cells_on(1).is_empty());
    }

    #[test]
    fn a_header_without_rows_is_an_empty_table() {
        let table = read("a,b\r\n");
        assert_eq!(table.rows().len(), 0);
        assert!(table.problems().is_empty());
    }
}

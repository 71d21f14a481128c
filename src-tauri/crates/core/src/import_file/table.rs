//! Bytes into a table of text cells.
//!
//! Owns encodings, delimiters, quotes and line ends, RFC 4180 and what spreadsheets really write. It leaves
//! out what a cell means. A row that cannot be read is a [`RowProblem`], it never stops the rows after it.

use super::{FILE_LIMIT_BYTES, FileError, NotATable, RejectionReason};

/// How the text was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little endian, known by its byte order mark ("Unicode text" of spreadsheets).
    Utf16Le,
    /// UTF-16, big endian, known by its byte order mark.
    Utf16Be,
}

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
    delimiter: char,
    encoding: Encoding,
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

    /// The cell of a column without white space around it; empty if there is no such column.
    pub fn cell(self, column: usize) -> &'a str {
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
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// [`FileError::TooLarge`] above 256 MiB, [`FileError::NotATable`] for what is no text, no table or empty.
    pub fn read(bytes: &[u8]) -> Result<Self, FileError> {
        if bytes.len() as u64 > FILE_LIMIT_BYTES {
            return Err(FileError::TooLarge {
                bytes: bytes.len() as u64,
                limit: FILE_LIMIT_BYTES,
            });
        }
        let (text, encoding) = decode(bytes)?;
        let (body, first_line, declared) = strip_separator_line(&text);
        let delimiter = declared.unwrap_or_else(|| detect_delimiter(body));
        Self::parse(body, first_line, delimiter, encoding)
    }

    /// Column names as they stand, without the empty ones at the end.
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
        let mut scan = Scan {
            text: body,
            at: 0,
            line: first_line,
            delimiter: delimiter as u8,
        };
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
        let mut headers: Vec<String> = record.cells().map(|cell| cell.trim().to_owned()).collect();
        while headers.last().is_some_and(String::is_empty) {
            headers.pop();
        }
        let mut table = Self {
            headers,
            text: String::with_capacity(body.len()),
            ends: Vec::new(),
            lines: Vec::new(),
            problems: Vec::new(),
            delimiter,
            encoding,
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
                table.problems.push(RowProblem {
                    line: record.line,
                    reason: RejectionReason::QuoteUnclosed,
                });
                scan = start;
                scan.skip_line();
            } else if count != table.headers.len() {
                table.problems.push(RowProblem {
                    line: record.line,
                    reason: RejectionReason::FieldCount,
                });
            } else {
                table.push(&record);
            }
        }
        Ok(table)
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

fn decode(bytes: &[u8]) -> Result<(std::borrow::Cow<'_, str>, Encoding), FileError> {
    let refuse = |reason| Err(FileError::NotATable { reason });
    if bytes.is_empty() {
        return refuse(NotATable::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return refuse(NotATable::Workbook);
    }
    let (encoding, named, mark) = match bytes {
        [0xff, 0xfe, ..] => (encoding_rs::UTF_16LE, Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => (encoding_rs::UTF_16BE, Encoding::Utf16Be, 2),
        [0xef, 0xbb, 0xbf, ..] => (encoding_rs::UTF_8, Encoding::Utf8, 3),
        _ => (encoding_rs::UTF_8, Encoding::Utf8, 0),
    };
    let body = bytes.get(mark..).unwrap_or_default();
    if named == Encoding::Utf8 && body.contains(&0) {
        return refuse(NotATable::Binary);
    }
    // Windows code pages are not guessed: a wrong guess would damage names without a word.
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) if text.contains('\0') => refuse(NotATable::Binary),
        Some(text) => Ok((text, named)),
        None => refuse(NotATable::Encoding),
    }
}

/// Takes off the first line `sep=;`, with which Excel is told the delimiter.
fn strip_separator_line(text: &str) -> (&str, u32, Option<char>) {
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    let declared = line.trim_matches('"').to_ascii_lowercase();
    let mut characters = declared.strip_prefix("sep=").unwrap_or_default().chars();
    match (characters.next(), characters.next()) {
        (Some(delimiter), None) if delimiter.is_ascii() => {
            let rest = text.get(line.len()..).unwrap_or_default();
            let rest = rest
                .strip_prefix("\r\n")
                .or_else(|| rest.strip_prefix(['\r', '\n']))
                .unwrap_or(rest);
            (rest, 2, Some(delimiter))
        }
        _ => (text, 1, None),
    }
}

/// The delimiter under which most of the first rows have as many cells as the header.
fn detect_delimiter(text: &str) -> char {
    const ROWS: usize = 30;
    let mut best = (0_usize, 0_usize, ',');
    for delimiter in [',', ';', '\t', '|'] {
        let mut scan = Scan {
            text,
            at: 0,
            line: 1,
            delimiter: delimiter as u8,
        };
        let mut record = Record::default();
        let (mut columns, mut rows, mut alike) = (0_usize, 0_usize, 0_usize);
        while rows < ROWS && scan.at < 1 << 20 && scan.read_record(&mut record) {
            if record.is_blank() {
                continue;
            }
            if rows == 0 {
                columns = record.ends.len();
            }
            alike += usize::from(!record.broken && record.ends.len() == columns);
            rows += 1;
        }
        if columns > 1 && (alike, columns) > (best.0, best.1) {
            best = (alike, columns, delimiter);
        }
    }
    best.2
}

/// One record, its cells unescaped.
#[derive(Debug, Default)]
struct Record {
    text: String,
    ends: Vec<usize>,
    line: u32,
    last_line: u32,
    /// A quote did not close where a cell ends.
    broken: bool,
}

impl Record {
    fn cells(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let cell = self.text.get(start..end).unwrap_or_default();
            start = end;
            cell
        })
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Cells, empty ones beyond the header's width not counted.
    fn count_cells(&self, width: usize) -> usize {
        let beyond_is_blank = self.cells().skip(width).all(|cell| cell.trim().is_empty());
        if self.ends.len() > width && beyond_is_blank {
            width
        } else {
            self.ends.len()
        }
    }
}

/// A place in the text, from which records are read.
#[derive(Debug, Clone)]
struct Scan<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    delimiter: u8,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// Steps over one line end, if there is one here.
    fn take_line_end(&mut self) -> bool {
        let length = match (self.peek(0), self.peek(1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return false,
        };
        self.at += length;
        self.line = self.line.saturating_add(1);
        true
    }

    fn skip_line(&mut self) {
        while self.at < self.text.len() && !self.take_line_end() {
            self.at += 1;
        }
    }

    /// Reads one record; false at the end of the text.
    fn read_record(&mut self, record: &mut Record) -> bool {
        record.text.clear();
        record.ends.clear();
        record.broken = false;
        record.line = self.line;
        record.last_line = self.line;
        if self.at >= self.text.len() {
            return false;
        }
        loop {
            self.read_cell(record);
            record.ends.push(record.text.len());
            record.last_line = self.line;
            if record.broken {
                return true;
            }
            if self.peek(0) == Some(self.delimiter) {
                self.at += 1;
            } else {
                self.take_line_end();
                return true;
            }
        }
    }

    /// Reads one cell up to its delimiter, line end or the end of the text.
    fn read_cell(&mut self, record: &mut Record) {
        let mut spaces = 0;
        while self.peek(spaces) == Some(b' ') && self.delimiter != b' ' {
            spaces += 1;
        }
        if self.peek(spaces) == Some(b'"') {
            self.at += spaces + 1;
            self.read_quoted(record);
            return;
        }
        let start = self.at;
        while let Some(byte) = self.peek(0) {
            if byte == self.delimiter || byte == b'\r' || byte == b'\n' {
                break;
            }
            self.at += 1;
        }
        record
            .text
            .push_str(self.text.get(start..self.at).unwrap_or_default());
    }

    /// Reads the rest of a cell after its opening quote.
    ///
    /// A single quote in the middle (`"Acme "Best" Inc"`) is kept as a letter; such a cell may not go on over a
    /// line end, or one stray quote would swallow the rows below it.
    fn read_quoted(&mut self, record: &mut Record) {
        let mut stray = false;
        loop {
            let start = self.at;
            while !matches!(self.peek(0), None | Some(b'"' | b'\r' | b'\n')) {
                self.at += 1;
            }
            record
                .text
                .push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.peek(0) {
                None => {
                    record.broken = true;
                    return;
                }
                Some(b'"') if self.peek(1) == Some(b'"') => {
                    record.text.push('"');
                    self.at += 2;
                }
                Some(b'"') => {
                    self.at += 1;
                    let mut spaces = 0;
                    while self.peek(spaces) == Some(b' ') {
                        spaces += 1;
                    }
                    let after = self.peek(spaces);
                    if after == Some(self.delimiter) || matches!(after, None | Some(b'\r' | b'\n'))
                    {
                        self.at += spaces;
                        return;
                    }
                    record.text.push('"');
                    stray = true;
                }
                Some(_) if stray => {
                    record.broken = true;
                    return;
                }
                Some(_) => {
                    record.text.push('\n');
                    self.take_line_end();
                }
            }
        }
    }
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
            (b"a,b\nM\xfcller,1\n", NotATable::Encoding),
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
    fn a_header_without_rows_is_an_empty_table() {
        let table = read("a,b\r\n");
        assert_eq!(table.rows().len(), 0);
        assert!(table.problems().is_empty());
    }
}

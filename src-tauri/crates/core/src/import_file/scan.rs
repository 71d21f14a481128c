//! Records of delimited text, one after the other.
//!
//! Owns quotes, line ends and the delimiter. It leaves out which record is the header, and what becomes of a
//! broken one.

/// Takes off the first line `sep=;`, with which Excel is told the delimiter.
pub(super) fn strip_separator_line(text: &str) -> (&str, u32, Option<char>) {
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
pub(super) fn detect_delimiter(text: &str) -> char {
    const ROWS: usize = 30;
    let mut best = (0_usize, 0_usize, ',');
    for delimiter in [',', ';', '\t', '|'] {
        let mut scan = Scan::of(text, 1, delimiter);
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
pub(super) struct Record {
    pub(super) text: String,
    pub(super) ends: Vec<usize>,
    pub(super) line: u32,
    pub(super) last_line: u32,
    /// A quote did not close where a cell ends.
    pub(super) broken: bool,
}

impl Record {
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let cell = self.text.get(start..end).unwrap_or_default();
            start = end;
            cell
        })
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Cells, empty ones beyond the header's width not counted.
    pub(super) fn count_cells(&self, width: usize) -> usize {
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
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) line: u32,
    delimiter: u8,
}

impl<'a> Scan<'a> {
    pub(super) fn of(text: &'a str, line: u32, delimiter: char) -> Self {
        Self {
            text,
            at: 0,
            line,
            delimiter: delimiter as u8,
        }
    }

    /// What stands from here to `end`, without the line end behind it.
    pub(super) fn text_until(&self, end: usize) -> &'a str {
        let text = self.text.get(self.at..end).unwrap_or_default();
        text.trim_end_matches(['\r', '\n'])
    }

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

    pub(super) fn skip_line(&mut self) {
        while self.at < self.text.len() && !self.take_line_end() {
            self.at += 1;
        }
    }

    /// Reads one record; false at the end of the text.
    pub(super) fn read_record(&mut self, record: &mut Record) -> bool {
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

//! CSV as RFC 4180 has it: commas, quotes where needed, lines that end in CR LF, UTF-8.

use super::{Cell, Sheet, decimal, plain};
use crate::text::guarded;
use ::csv::{Terminator, WriterBuilder};
use chrono::{DateTime, SecondsFormat};

/// Says to a program that does not expect it that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Sheet {
    /// The bytes of a CSV file, with a byte order mark if asked for (Excel needs it).
    ///
    /// # Errors
    /// A row has not as many cells as there are columns.
    pub fn to_csv(&self, with_mark: bool) -> std::io::Result<Vec<u8>> {
        let start = if with_mark { BYTE_ORDER_MARK } else { b"" };
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(start.to_vec());
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(text_of))?;
        }
        writer
            .into_inner()
            .map_err(|error| std::io::Error::other(error.to_string()))
    }
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guarded(&plain(text)).into_owned(),
        Cell::Date(date) => date.to_string(),
        Cell::Instant(at) => DateTime::from_timestamp_millis(*at).map_or_else(
            || at.to_string(),
            |at| at.to_rfc3339_opts(SecondsFormat::Secs, true),
        ),
        Cell::Number(number) => number.to_string(),
        Cell::Tenths(tenths) => decimal(*tenths, 1),
        Cell::Money { minor, digits, .. } => decimal(*minor, *digits),
        Cell::Flag(yes) => yes.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: Vec<Cell>) -> Sheet {
        Sheet {
            name: "sheet",
            columns: (0..cells.len()).map(|place| format!("c{place}")).collect(),
            rows: vec![cells],
        }
    }

    #[test]
    fn quotes_commas_and_line_ends_are_quoted_and_lines_end_in_cr_lf() {
        let cells = vec![
            Cell::Text("Lumen & Sons, Ltd".to_owned()),
            Cell::Text("a \"b\"\nc".to_owned()),
        ];
        let bytes = sheet(cells).to_csv(false).expect("written");
        let text = "c0,c1\r\n\"Lumen & Sons, Ltd\",\"a \"\"b\"\"\nc\"\r\n";
        assert_eq!(String::from_utf8(bytes).expect("text"), text);
    }

    #[test]
    fn text_that_looks_like_a_formula_gets_an_apostrophe_and_a_number_none() {
        let money = Cell::Money {
            minor: -500,
            digits: 2,
            currency: "EUR".to_owned(),
        };
        let cells = ["=1+1", "+48", "-x", "@a", "a=b"]
            .map(|text| Cell::Text(text.to_owned()))
            .into_iter()
            .chain([money])
            .collect();
        let bytes = sheet(cells).to_csv(true).expect("written");
        assert!(bytes.starts_with(BYTE_ORDER_MARK));
        let text = String::from_utf8(bytes).expect("text");
        assert!(
            text.ends_with("\r\n'=1+1,'+48,'-x,'@a,a=b,-5.00\r\n"),
            "{text}"
        );
    }
}

//! Files for other programs, read back.

use super::{book_store, write};
use baton_tests::laptop::Laptop;
use baton_tests::program::Cli;
use serde_json::{Value, json};
use std::io::Read;
use std::path::Path;
use std::process::Command;

/// A read of a file that the program wrote.
fn exported(cli: &Cli, dir: &Path, kind: &str, name: &str, more: &[&str]) -> Vec<u8> {
    let file = dir.join(name);
    let path = file.display().to_string();
    cli.done(&[&["export", kind, &path], more].concat());
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

/// Sums of the column `value` by currency, in minor units, from a table of text.
fn sums(table: &[Vec<String>]) -> std::collections::BTreeMap<String, i64> {
    let place = |name: &str| table[0].iter().position(|column| column == name).unwrap();
    let (value, currency) = (place("value"), place("currency"));
    let mut sums = std::collections::BTreeMap::new();
    for row in &table[1..] {
        let minor = (row[value].parse::<f64>().unwrap() * 100.0).round() as i64;
        *sums.entry(row[currency].clone()).or_default() += minor;
    }
    sums
}

fn table_of_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes)
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// The book in two currencies, with a client whose name is a formula.
fn hard_book(dir: &Path) -> Cli {
    let cli = book_store(dir);
    let more = "opportunity_id,sales_agent,product,account,deal_stage,close_date,close_value\n\
        X-1,Iris Holm,Beacon,\"=cmd|' /C calc'!A0\",Won,2026-10-14,0.10\n\
        X-2,Iris Holm,Beacon,-Minus,Won,2026-10-15,0.20\n";
    cli.done(&[
        "import",
        "deals",
        &write(dir, "more.csv", more.as_bytes()),
        "--currency",
        "EUR",
    ]);
    cli
}

fn expected_sums(cli: &Cli) -> std::collections::BTreeMap<String, i64> {
    let mut sums = std::collections::BTreeMap::new();
    for row in cli.done(&["engagements"]).as_array().unwrap() {
        let currency = row["currency"].as_str().unwrap().to_owned();
        *sums.entry(currency).or_default() += row["value_minor"].as_i64().unwrap();
    }
    sums
}

#[test]
fn engagements_as_csv_have_the_same_sums_and_no_formula() {
    let dir = tempfile::tempdir().unwrap();
    let cli = hard_book(dir.path());
    let bytes = exported(&cli, dir.path(), "engagements", "book.csv", &[]);
    let table = table_of_csv(&bytes);
    assert_eq!((table.len(), sums(&table)), (8, expected_sums(&cli)));
    let formulas = table
        .iter()
        .flatten()
        .filter(|cell| cell.starts_with('='))
        .count();
    assert_eq!(formulas, 0);
    let marked = exported(&cli, dir.path(), "engagements", "marked.csv", &["--bom"]);
    assert_eq!(&marked[..3], b"\xef\xbb\xbf");
    assert_eq!(&marked[3..], bytes);
}

#[test]
fn engagements_as_a_spreadsheet_read_back_with_the_same_sums_and_types() {
    use calamine::{Data, Reader, Xlsx};
    let dir = tempfile::tempdir().unwrap();
    let cli = hard_book(dir.path());
    let bytes = exported(&cli, dir.path(), "engagements", "book.xlsx", &[]);
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("engagements").unwrap();
    let rows: Vec<&[Data]> = range.rows().collect();
    let place = |name: &str| rows[0].iter().position(|cell| *cell == name).unwrap();
    let mut found = std::collections::BTreeMap::new();
    for row in &rows[1..] {
        let Data::Float(value) = row[place("value")] else {
            panic!("an amount is a number: {:?}", row[place("value")]);
        };
        let currency = row[place("currency")].to_string();
        *found.entry(currency).or_insert(0) += (value * 100.0).round() as i64;
        assert!(matches!(row[place("id")], Data::String(_)), "an id is text");
        assert!(
            matches!(row[place("signed_on")], Data::DateTime(_)),
            "a date is a date"
        );
        assert!(
            matches!(row[place("gate_open")], Data::Bool(_)),
            "yes or no is a truth"
        );
        assert!(
            matches!(row[place("open_items")], Data::Float(_)),
            "a count is a number"
        );
    }
    assert_eq!(found, expected_sums(&cli));
    let formulas = book.worksheet_formula("engagements").unwrap();
    assert!(formulas.is_empty(), "what looks like a formula is text");
}

#[test]
fn an_office_program_reads_the_spreadsheet_with_the_same_sums() {
    let dir = tempfile::tempdir().unwrap();
    let cli = hard_book(dir.path());
    exported(&cli, dir.path(), "engagements", "book.xlsx", &[]);
    let profile = format!(
        "-env:UserInstallation=file://{}/office",
        dir.path().display()
    );
    let converted = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to"])
        // Comma, quotes, UTF-8, from the first line, as the cell holds it and not as it is shown.
        .args([
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false",
            "--outdir",
        ])
        .args([dir.path().join("converted"), dir.path().join("book.xlsx")])
        .output()
        .expect("LibreOffice Calc is installed: scripts/setup-debian.sh test");
    assert!(converted.status.success(), "{converted:?}");
    let bytes = std::fs::read(dir.path().join("converted/book.csv")).unwrap();
    let table = table_of_csv(&bytes);
    assert_eq!(sums(&table), expected_sums(&cli));
}

#[test]
fn handovers_have_a_column_for_every_point() {
    let dir = tempfile::tempdir().unwrap();
    let cli = hard_book(dir.path());
    let id = cli.done(&["engagements"])[0]["id"].clone();
    let fill = json!({ "engagement_id": id, "points": { "scope": "=SUM(A1)" } });
    let filled = cli
        .as_person("Iris Holm")
        .run(&["call", "fill_handover", &fill.to_string()]);
    assert_eq!(filled.code, Some(0), "{}", filled.out);
    let table = table_of_csv(&exported(
        &cli,
        dir.path(),
        "handovers",
        "handovers.csv",
        &[],
    ));
    let scope = table[0]
        .iter()
        .position(|column| column == "scope")
        .unwrap();
    let texts: Vec<&str> = table[1..]
        .iter()
        .map(|row| row[scope].as_str())
        .filter(|text| !text.is_empty())
        .collect();
    assert_eq!(texts, ["'=SUM(A1)"]);
}

#[test]
fn accounts_are_exported_with_their_counts() {
    let dir = tempfile::tempdir().unwrap();
    let cli = hard_book(dir.path());
    let table = table_of_csv(&exported(&cli, dir.path(), "accounts", "accounts.csv", &[]));
    let ostrava = table.iter().find(|row| row[1] == "Ostrava Glass").unwrap();
    assert_eq!(ostrava[5], "2");
}

#[test]
fn everything_as_json_has_every_entity_and_every_act() {
    let dir = tempfile::tempdir().unwrap();
    let cli = hard_book(dir.path());
    let all: Value =
        serde_json::from_slice(&exported(&cli, dir.path(), "json", "all.json", &[])).unwrap();
    let count = |kind: &str| all["entities"][kind].as_array().map(Vec::len);
    assert_eq!(
        (count("engagement"), count("person")),
        (Some(7), Some(3)),
        "{}",
        all["entities"]["person"]
    );
    let operations: usize = all["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| act["operations"].as_array().unwrap().len())
        .sum();
    assert_eq!(cli.done(&["check"])["operations"], operations);
    let unknown = all["acts"].to_string().matches("\"unknown\"").count();
    assert_eq!(unknown, 0);
}

#[test]
fn a_table_is_no_json_and_everything_is_no_table() {
    let mut laptop = Laptop::new(7);
    for (kind, format) in [("everything", "csv"), ("engagements", "json")] {
        let refused = laptop.refused("", "export_file", json!({ "kind": kind, "format": format }));
        assert_eq!(refused["code"], "value_invalid");
    }
}

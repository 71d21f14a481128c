//! Files as spreadsheets and CRMs write them: encodings, workbooks, known exports, and what a person is asked.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_tests::laptop::Laptop;
use serde_json::{Value, json};
use std::path::PathBuf;

fn laptop(seed: u64) -> Laptop {
    let mut laptop = Laptop::new(seed);
    let liisa = json!({ "name": "Liisa", "roles": ["lead"] });
    laptop.call("", "create_person", liisa);
    laptop
}

fn file(bytes: impl AsRef<[u8]>) -> Value {
    json!({ "content_base64": BASE64.encode(bytes) })
}

fn fixture(name: &str) -> Value {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/libreoffice");
    file(std::fs::read(folder.join(name)).unwrap())
}

fn has_notice(report: &Value, code: &str) -> bool {
    let notices = report["notices"].as_array().unwrap();
    notices.iter().any(|notice| notice["code"] == code)
}

fn accounts(laptop: &mut Laptop) -> Vec<String> {
    let list = laptop.call("", "list_engagements", json!({ "from": 0, "count": 100 }));
    let rows = list["rows"].as_array().unwrap().clone();
    let mut accounts: Vec<String> = rows
        .iter()
        .map(|row| row["account"].as_str().unwrap().to_owned())
        .collect();
    accounts.sort();
    accounts.dedup();
    accounts
}

/// A workbook with these sheets, written by hand: numbers in style 1 are dates.
fn workbook(sheets: &[(&str, &str)], is_1904: bool) -> Vec<u8> {
    use std::io::Write;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut list, mut links) = (String::new(), String::new());
    for (index, (state, _)) in sheets.iter().enumerate() {
        list += &format!(
            "<sheet name=\"S{index}\" sheetId=\"{0}\" state=\"{state}\" r:id=\"r{0}\"/>",
            index + 1
        );
        links += &format!(
            "<Relationship Id=\"r{0}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
            index + 1
        );
    }
    let mut parts = vec![
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><workbookPr date1904=\"{is_1904}\"/><sheets>{list}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}\">{links}<Relationship Id=\"s\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    for (index, (_, rows)) in sheets.iter().enumerate() {
        let sheet =
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{}.xml", index + 1), sheet));
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(format!("<?xml version=\"1.0\"?>{text}").as_bytes())
            .unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn row(number: usize, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .zip('A'..)
        .filter(|(cell, _)| !cell.is_empty())
        .map(|(cell, column)| match cell.split_once(':') {
            Some(("date", day)) => format!("<c r=\"{column}{number}\" s=\"1\"><v>{day}</v></c>"),
            Some(("number", value)) => format!("<c r=\"{column}{number}\"><v>{value}</v></c>"),
            Some(("formula", value)) => {
                format!("<c r=\"{column}{number}\"><f>1+1</f><v>{value}</v></c>")
            }
            Some(("error", value)) => {
                format!("<c r=\"{column}{number}\" t=\"e\"><v>{value}</v></c>")
            }
            Some(("bool", value)) => {
                format!("<c r=\"{column}{number}\" t=\"b\"><v>{value}</v></c>")
            }
            _ => format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
        })
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

#[test]
fn a_workbook_is_read_by_its_first_visible_sheet_with_data_and_its_own_calendar() {
    let header = row(3, &["account", "stage", "signed", "value", "vip"]);
    for (is_1904, day) in [(false, 46_053), (true, 44_591)] {
        let rows = [
            header.clone(),
            row(
                4,
                &[
                    "Lumen",
                    "Won",
                    &format!("date:{day}"),
                    "number:1234.5",
                    "bool:1",
                ],
            ),
            // The same day without its format, an amount that floating point spoils, and an empty row before.
            row(
                7,
                &[
                    "Marlow",
                    "Won",
                    &format!("number:{day}"),
                    "formula:0.30000000000000004",
                ],
            ),
            row(9, &["", "", "", "", "", "", "a note beside the table"]),
        ];
        let hidden = row(1, &["account", "secret"]);
        let sheets = [
            ("hidden", hidden.as_str()),
            ("visible", ""),
            ("visible", &rows.concat()),
        ];
        let book = workbook(&sheets, is_1904);
        let mut laptop = laptop(444);
        let report = laptop.call("Liisa", "import_deals", file(&book));
        assert_eq!(
            (&report["created"], &report["rejected"]),
            (&json!(2), &json!(0)),
            "{report}"
        );
        assert_eq!(report["value_sum_minor"], 123_480);
        let list = laptop.call("", "list_engagements", json!({ "from": 0, "count": 9 }));
        for row in list["rows"].as_array().unwrap() {
            assert_eq!(row["signed_on"], "2026-01-31", "1904: {is_1904}");
        }
        let columns = laptop.call("", "import_columns", file(&book));
        assert_eq!(
            columns["rows"][0],
            json!(["Lumen", "Won", "2026-01-31", "1234.5", "true"])
        );
    }
}

/// Six deals of which five are won, in the three locales and both formats of another program.
#[test]
fn what_libreoffice_writes_comes_in_the_same_in_every_locale_and_format() {
    let cases = [
        (
            "en-US",
            "USD",
            [
                "Harbour & Sons",
                "Marlow \"Best\" Foods",
                "Quarry, Lane and Co",
                "Thistledown",
            ],
            None,
        ),
        (
            "pl-PL",
            "PLN",
            ["Kuźnia; Gęś", "Łódzkie Źródło", "Świt", "Żółw i Spółka"],
            Some("windows-1250"),
        ),
        (
            "ru-RU",
            "RUB",
            [
                "Ёлочный двор",
                "ООО «Ромашка»",
                "Северный ветер",
                "Щит; Меч",
            ],
            Some("windows-1251"),
        ),
    ];
    for (seed, (locale, currency, names, encoding)) in (430..).zip(cases) {
        let mut reports = Vec::new();
        for ending in ["csv", "xlsx"] {
            let mut laptop = laptop(seed);
            let mut args = fixture(&format!("deals-{locale}.{ending}"));
            args["currency"] = json!(currency);
            let report = laptop.call("Liisa", "import_deals", args.clone());
            let what = format!("{locale} {ending}: {report}");
            assert_eq!(report["created"], 5, "{what}");
            assert_eq!(
                (&report["skipped"], &report["rejected"]),
                (&json!(2), &json!(0)),
                "{what}"
            );
            // 12345.50 + 999 + 1000000 + 0.05 + a tenth of the first, which is a formula.
            assert_eq!(report["value_sum_minor"], 101_457_905, "{what}");
            assert_eq!(accounts(&mut laptop), names, "{what}");
            let said = encoding.filter(|_| ending == "csv");
            assert_eq!(
                has_notice(&report, "encoding_assumed"),
                said.is_some(),
                "{what}"
            );
            if let Some(encoding) = said {
                let notice = json!({ "code": "encoding_assumed", "encoding": encoding });
                assert_eq!(report["notices"][0], notice);
            }
            reports.push(report["value_sums"].clone());
            // The other format of the same table changes nothing.
            let other = if ending == "csv" { "xlsx" } else { "csv" };
            let mut again = fixture(&format!("deals-{locale}.{other}"));
            again["currency"] = json!(currency);
            let again = laptop.call("Liisa", "import_deals", again);
            assert_eq!(
                (&again["unchanged"], &again["operations"]),
                (&json!(5), &json!(0)),
                "{what}"
            );
        }
        assert_eq!(reports[0], reports[1]);
    }
}

#[test]
fn an_encoding_that_was_guessed_wrong_can_be_said() {
    let mut laptop = laptop(434);
    let bytes = b"account,stage,signed,value\nMu\xf1oz,Won,2026-01-31,10\n";
    let mut args = file(bytes);
    let report = laptop.call("Liisa", "import_deals", args.clone());
    assert!(has_notice(&report, "encoding_assumed"), "{report}");
    assert_eq!(accounts(&mut laptop), ["Muńoz"]);
    let mut laptop = self::laptop(443);
    args["encoding"] = json!("windows-1252");
    let report = laptop.call("Liisa", "import_deals", args.clone());
    assert!(!has_notice(&report, "encoding_assumed"), "{report}");
    assert_eq!(accounts(&mut laptop), ["Muñoz"]);
    args["encoding"] = json!("klingon");
    let refused = laptop.refused("Liisa", "import_deals", args);
    assert_eq!(refused["argument"], "encoding", "{refused}");
}

#[test]
fn a_header_that_stands_twice_is_said_and_the_first_one_counts() {
    let mut laptop = laptop(435);
    let args = file("account,stage,signed,value,value\nLumen,Won,2026-01-31,10,99\n");
    let report = laptop.call("Liisa", "import_deals", args);
    assert_eq!(report["value_sum_minor"], 1_000);
    assert!(has_notice(&report, "header_repeated"), "{report}");
}

#[test]
fn a_cell_with_an_error_is_nobody_and_nothing() {
    let rows = [
        row(
            1,
            &["account", "product", "owner", "stage", "signed", "value"],
        ),
        row(
            2,
            &[
                "Lumen",
                "error:#REF!",
                "error:#N/A",
                "Won",
                "date:46053",
                "number:10",
            ],
        ),
        row(
            3,
            &[
                "error:#N/A",
                "Desk",
                "Iris",
                "Won",
                "date:46053",
                "number:10",
            ],
        ),
        row(4, &["Lumen", "", "", "Won", "error:#VALUE!", "number:10"]),
        row(5, &["Lumen", "", "", "Won", "date:46053", "error:#DIV/0!"]),
    ];
    let book = workbook(&[("visible", &rows.concat())], false);
    let mut laptop = laptop(447);
    let report = laptop.call("Liisa", "import_deals", file(&book));
    let reasons: Vec<&str> = report["rejections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rejection| rejection["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        (report["created"].as_u64(), reasons),
        (
            Some(1),
            vec!["account_missing", "date_missing", "amount_missing"]
        ),
        "{report}"
    );
    assert_eq!(report["people_created"], 0);
    assert!(!laptop.dump().contains('#'), "an error became somebody");
}

#[test]
fn an_error_that_a_spreadsheet_left_as_text_is_nobody_and_nothing_either() {
    let text = "account,product,owner,stage,signed,value\n\
        Lumen,#REF!,#N/A,Won,2026-01-31,10\n#N/A,Desk,Iris,Won,2026-01-31,10\n\
        Lumen,,,Won,#VALUE!,10\nLumen,,,Won,2026-01-31,#DIV/0!\n";
    let mut laptop = laptop(455);
    let report = laptop.call("Liisa", "import_deals", file(text));
    let rejections = report["rejections"].as_array().unwrap().iter();
    let reasons: Vec<(&str, &str)> = rejections
        .map(|rejection| {
            let text = |name: &str| rejection[name].as_str().unwrap();
            (text("code"), text("value"))
        })
        .collect();
    assert_eq!(
        reasons,
        [
            ("account_missing", "#N/A"),
            ("date_missing", "#VALUE!"),
            ("amount_missing", "#DIV/0!")
        ]
    );
    assert!(!laptop.dump().contains('#'), "an error became somebody");
}

#[test]
fn a_thousand_that_nothing_tells_from_a_decimal_is_said() {
    let mut laptop = laptop(456);
    let header = "account,stage,signed,value\n";
    let rows = "Lumen,Won,2026-01-31,\"1,234\"\nOstrava,Won,2026-01-31,\"2,500\"\n";
    let said = |laptop: &mut Laptop, rows: &str| -> Vec<Value> {
        let mut args = file(format!("{header}{rows}"));
        args["preview"] = json!(true);
        let report = laptop.call("Liisa", "import_deals", args);
        let notices = report["notices"].as_array().unwrap().clone().into_iter();
        notices
            .filter(|notice| notice["code"] == "thousands_assumed")
            .collect()
    };
    let notice =
        json!({ "code": "thousands_assumed", "column": "value", "cell": "1,234", "rows": 2 });
    assert_eq!(said(&mut laptop, rows), [notice]);
    let told = format!("{rows}Marlow,Won,2026-01-31,12.50\n");
    assert!(said(&mut laptop, &told).is_empty(), "the column tells");
    let products = "product,price\nDesk,\"1,234\"\n";
    let report = laptop.call("Liisa", "import_products", file(products));
    assert!(has_notice(&report, "thousands_assumed"), "{report}");
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    let mut laptop = laptop(436);
    let bomb = {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
        let spaces = vec![b' '; 1 << 20];
        for _ in 0..260 {
            zip.write_all(&spaces).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    assert!(bomb.len() < 1 << 20);
    let error = laptop.refused("Liisa", "import_deals", file(bomb));
    assert_eq!(error["code"], "file_too_large");
}

#[test]
fn a_workbook_that_was_damaged_is_refused_or_read_but_never_a_fault() {
    let whole = {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/libreoffice");
        std::fs::read(folder.join("deals-en-US.xlsx")).unwrap()
    };
    let mut laptop = laptop(437);
    for at in (0..whole.len()).step_by(37) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        let mut args = file(&damaged);
        args["preview"] = json!(true);
        if let Err(error) = laptop.try_call("Liisa", "import_deals", args) {
            let code = error.code();
            assert!(
                [
                    "not_a_table",
                    "columns_missing",
                    "file_too_large",
                    "date_order_ambiguous"
                ]
                .contains(&code),
                "{code} at {at}"
            );
        }
        let cut = file(&whole[..at]);
        let error = laptop.try_call("Liisa", "import_deals", cut).unwrap_err();
        assert_eq!(error.code(), "not_a_table", "cut at {at}");
    }
}

const HUBSPOT: &str = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Associated Company\n\
    901,Lamp posts,Closed Won,2026-01-31 14:05,Iris,100,Sales,Lumen\n\
    902,Glass roof,closedlost,2026-01-31 14:05,Iris,100,Sales,Ostrava\n\
    903,Fence,Contract Sent,2026-01-31 14:05,Iris,100,Sales,Marlow\n";

#[test]
fn a_known_export_needs_no_mapping_and_the_report_names_it() {
    let mut laptop = laptop(438);
    let report = laptop.call("Liisa", "import_deals", file(HUBSPOT));
    assert_eq!(
        (&report["created"], &report["skipped"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        (&report["source"], &report["columns_from"]),
        (&json!("hubspot"), &json!("built_in"))
    );
}

const OWN: &str = "Kunde,Stand,Tag,Summe\nLumen,Gewonnen,2026-01-31,10\n";

fn own_mapping() -> Value {
    json!({ "account": "Kunde", "stage": "Stand", "signed_on": "Tag", "value": "Summe" })
}

#[test]
fn a_mapping_is_remembered_for_the_next_file_with_the_same_header() {
    let mut laptop = laptop(439);
    let mut args = file(OWN);
    let error = laptop.refused("Liisa", "import_deals", args.clone());
    assert_eq!(error["code"], "columns_missing");
    args["mapping"] = own_mapping();
    args["preview"] = json!(true);
    laptop.call("Liisa", "import_deals", args.clone());
    // A preview remembers nothing.
    assert_eq!(
        laptop.refused("Liisa", "import_deals", file(OWN))["code"],
        "columns_missing"
    );
    args["preview"] = json!(false);
    assert_eq!(
        laptop.call("Liisa", "import_deals", args)["columns_from"],
        "given"
    );
    let next = OWN.replace("Lumen", "Marlow").replace("Summe", "SUMME");
    let report = laptop.call("Liisa", "import_deals", file(next));
    assert_eq!(
        (&report["created"], &report["columns_from"]),
        (&json!(1), &json!("remembered"))
    );
}

/// A screen shows columns only: it sends back what it was given, with one of them changed.
#[test]
fn changing_a_column_keeps_what_else_the_mapping_says() {
    let mut laptop = laptop(443);
    let own = "Nr,Kunde,owner,Stand,Tag,Summe,Netto\nA,Lumen,Iris,Gut,2026-01-31,10,9\nB,Marlow,Iris,Weg,2026-02-28,20,18\n";
    let said = json!({
        "external_id": "Nr", "account": "Kunde", "owner": null, "stage": "Stand", "signed_on": "Tag",
        "value": "Summe", "source": "Vertrieb", "won": ["Gut"], "lost": ["Weg"],
    });
    let with = |mapping: Value| {
        let mut args = file(own);
        args["mapping"] = mapping;
        args
    };
    let first = laptop.call("Liisa", "import_deals", with(said));
    assert_eq!(
        (&first["created"], &first["skipped"]),
        (&json!(1), &json!(1)),
        "{first}"
    );
    let columns = laptop.call("Liisa", "import_columns", file(own));
    assert_eq!(columns["columns_from"], "remembered");
    let mut shown = columns["mapping"].clone();
    shown["value"] = json!("Netto");
    let looked = laptop.call("Liisa", "import_columns", with(shown.clone()));
    assert_eq!(looked["source"], "Vertrieb");
    assert_eq!(looked["mapping"], shown);
    let mut window = with(shown.clone());
    (window["from"], window["count"]) = (json!(0), json!(10));
    let rows = laptop.call("Liisa", "import_rows", window);
    let counts = json!({ "create": 0, "update": 1, "unchanged": 0, "skip": 1, "error": 0 });
    assert_eq!(rows["counts"], counts, "{rows}");
    let report = laptop.call("Liisa", "import_deals", with(shown.clone()));
    assert_eq!(
        (&report["updated"], &report["created"]),
        (&json!(1), &json!(0)),
        "{report}"
    );
    assert_eq!(
        (&report["skipped"], &report["people_created"]),
        (&json!(1), &json!(0))
    );
    // And all of it is remembered, the new column too.
    let next = laptop.call("Liisa", "import_deals", file(own));
    assert_eq!(
        (&next["unchanged"], &next["skipped"]),
        (&json!(1), &json!(1)),
        "{next}"
    );
    // Said again they change: an empty list says that there are none, and then nothing counts as won.
    shown["won"] = json!([]);
    let report = laptop.call("Liisa", "import_deals", with(shown));
    assert_eq!(report["skipped"], 2, "{report}");
}

#[test]
fn the_columns_of_a_file_come_with_a_proposal_and_what_is_missing() {
    let mut laptop = laptop(440);
    let columns = laptop.call("", "import_columns", file(HUBSPOT));
    assert_eq!(columns["mapping"]["account"], "Associated Company");
    assert_eq!(columns["mapping"]["product"], Value::Null);
    assert_eq!(
        (&columns["export"], &columns["columns_from"]),
        (&json!("hubspot"), &json!("built_in"))
    );
    assert_eq!(
        (&columns["row_count"], &columns["missing"]),
        (&json!(3), &json!([]))
    );
    assert_eq!(columns["rows"][1][1], "Glass roof");
    let columns = laptop.call("", "import_columns", file(OWN));
    assert_eq!(
        columns["headers"],
        json!(["Kunde", "Stand", "Tag", "Summe"])
    );
    assert_eq!(
        columns["missing"],
        json!(["account", "stage", "signed_on", "value"])
    );
    let columns = laptop.call("", "import_columns", fixture("deals-ru-RU.xlsx"));
    assert_eq!(columns["mapping"]["value"], "Сумма");
    assert_eq!(columns["rows"][0][5], "2026-01-31");
}

#[test]
fn accounts_and_products_come_from_workbooks_too() {
    let mut laptop = laptop(441);
    for name in ["import_accounts", "import_products"] {
        let report = laptop.call("Liisa", name, fixture("deals-pl-PL.xlsx"));
        assert!(report["created"].as_u64() > Some(1), "{name}: {report}");
    }
}

#[test]
fn accounts_that_differ_in_punctuation_are_two() {
    let mut laptop = laptop(442);
    let accounts = file("account\nAB\nA-B\nab\nZoë\nZoe\n");
    let report = laptop.call("Liisa", "import_accounts", accounts.clone());
    assert_eq!(
        (&report["created"], &report["rejected"]),
        (&json!(4), &json!(1))
    );
    let again = laptop.call("Liisa", "import_accounts", accounts);
    assert_eq!(
        (&again["unchanged"], &again["operations"]),
        (&json!(4), &json!(0))
    );
}

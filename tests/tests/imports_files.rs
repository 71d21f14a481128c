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
    assert_eq!(
        laptop.refused("Liisa", "import_deals", args)["code"],
        "usage"
    );
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

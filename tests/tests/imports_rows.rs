//! Row by row: what would become of each, names to confirm, rejected rows to correct, taking over, and stopping.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::{Caller, call_with};
use baton_tests::laptop::Laptop;
use serde_json::{Value, json};
use std::cell::Cell;

const HEADER: &str = "deal id,account,product,owner,stage,close date,amount";
const DEALS: &str = "\
D-1,Lumen & Sons,Harbour,Iris,Won,2026-08-31,100
D-2,Ostrava Glass,Beacon,Piotr,Won,2026-09-30,250.50
D-3,Lumen & Sons,,,Won,2026-10-15,75
D-4,Marlow Foods,Beacon,Iris,Lost,2026-10-16,40
D-5,Marlow Foods,Beacon,Iris,Talking,,
D-6,Marlow Foods,Beacon,Iris,Won,2026-02-30,40
";

fn laptop(seed: u64) -> Laptop {
    let mut laptop = Laptop::new(seed);
    let liisa = json!({ "name": "Liisa", "roles": ["lead"] });
    laptop.call("", "create_person", liisa);
    laptop
}

fn deals(rows: &str) -> Value {
    json!({ "content_base64": BASE64.encode(format!("{HEADER}\n{rows}")) })
}

fn with(mut args: Value, key: &str, value: Value) -> Value {
    args[key] = value;
    args
}

fn window(rows: &str, from: u32, count: u32) -> Value {
    with(
        with(deals(rows), "from", json!(from)),
        "count",
        json!(count),
    )
}

fn engagement(laptop: &mut Laptop, account: &str) -> Value {
    let list = laptop.call("", "list_engagements", json!({ "from": 0, "count": 100 }));
    let rows = list["rows"].as_array().unwrap().clone();
    let row = rows.into_iter().find(|row| row["account"] == account);
    let id = row.expect("an engagement of this account")["id"].clone();
    laptop.call("Liisa", "engagement", json!({ "engagement_id": id }))
}

#[test]
fn every_row_says_what_would_become_of_it() {
    let mut laptop = laptop(450);
    laptop.call("Liisa", "import_deals", deals("D-1,Lumen & Sons,Harbour,Iris,Won,2026-08-31,100\nD-2,Ostrava,Beacon,Iris,Won,2026-09-30,250.50\n"));
    let before = laptop.dump();
    let view = laptop.call("Liisa", "import_rows", window(DEALS, 0, 100));
    assert!(before == laptop.dump(), "looking wrote something");
    assert_eq!(
        view["counts"],
        json!({ "create": 1, "update": 1, "unchanged": 1, "skip": 2, "error": 1 })
    );
    let rows: Vec<(u64, &str, Option<&str>)> = view["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["line"].as_u64().unwrap(),
                row["outcome"].as_str().unwrap(),
                row["code"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (2, "unchanged", None),
            (3, "update", None),
            (4, "create", None),
            (5, "skip", Some("lost")),
            (6, "skip", Some("open")),
            (7, "error", Some("date_unreadable")),
        ]
    );
    let changes = view["rows"][1]["changes"].as_array().unwrap();
    let account = json!({ "field": "account", "before": "Ostrava", "after": "Ostrava Glass" });
    let seller = json!({ "field": "seller", "before": "Iris", "after": "Piotr" });
    assert!(
        changes.contains(&account) && changes.contains(&seller),
        "{changes:?}"
    );
    assert_eq!(view["rows"][5]["account"], "Marlow Foods");
    assert_eq!(view["rows"][2]["value"]["minor"], 7_500);
}

#[test]
fn rows_come_in_windows_and_by_outcome() {
    let mut laptop = laptop(451);
    let view = laptop.call("Liisa", "import_rows", window(DEALS, 1, 2));
    assert_eq!((&view["count"], &view["from"]), (&json!(6), &json!(1)));
    assert_eq!(view["rows"].as_array().unwrap().len(), 2);
    assert_eq!(view["rows"][0]["line"], 3);
    let skipped = with(window(DEALS, 0, 10), "outcome", json!("skip"));
    let view = laptop.call("Liisa", "import_rows", skipped);
    assert_eq!(
        (&view["count"], &view["counts"]["create"]),
        (&json!(2), &json!(3))
    );
}

#[test]
fn a_close_name_is_a_proposal_and_once_confirmed_it_is_remembered() {
    let mut laptop = laptop(452);
    let known = "account\nLumen & Sons\n";
    laptop.call(
        "Liisa",
        "import_accounts",
        json!({ "content_base64": BASE64.encode(known) }),
    );
    let known = "product\nGTX Pro\n";
    laptop.call(
        "Liisa",
        "import_products",
        json!({ "content_base64": BASE64.encode(known) }),
    );
    let rows =
        "D-1,Lumen and Co,GTX Pro,,Won,2026-08-31,100\nD-2,LumenSons,GTXPro,,Won,2026-08-31,100\n";
    let report = laptop.call("Liisa", "import_deals", deals(rows));
    let account = json!({ "code": "account_looks_like", "typed": "LumenSons", "known": "Lumen & Sons", "rows": 1 });
    let product =
        json!({ "code": "product_looks_like", "typed": "GTXPro", "known": "GTX Pro", "rows": 1 });
    let notices = report["notices"].as_array().unwrap();
    assert!(
        notices.contains(&account) && notices.contains(&product),
        "{report}"
    );
    engagement(&mut laptop, "LumenSons");

    let aliases = json!({ "LumenSons": "Lumen & Sons", "GTXPro": "GTX Pro" });
    let report = laptop.call(
        "Liisa",
        "import_deals",
        with(deals(rows), "aliases", aliases),
    );
    assert_eq!(
        (&report["created"], &report["updated"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(
        engagement(&mut laptop, "Lumen & Sons")["product"],
        "GTX Pro"
    );
    // From now on nobody has to say it again.
    let again = laptop.call("Liisa", "import_deals", deals(rows));
    assert_eq!(
        (&again["unchanged"], &again["operations"]),
        (&json!(2), &json!(0))
    );
    let next = "D-3,LumenSons,GTXPro,,Won,2026-09-30,5\n";
    let report = laptop.call("Liisa", "import_deals", deals(next));
    assert_eq!(report["accounts_created"], 0, "{report}");
    laptop.check();
}

#[test]
fn a_name_stands_for_one_of_the_book_or_of_the_file_and_for_no_other() {
    let mut laptop = laptop(458);
    let known = "account\nLumen & Sons\n";
    let known = json!({ "content_base64": BASE64.encode(known) });
    laptop.call("Liisa", "import_accounts", known);
    let known = json!({ "content_base64": BASE64.encode("product\nHarbour\n") });
    laptop.call("Liisa", "import_products", known);
    let rows = "D-1,LumenSons,Harbor,,Won,2026-08-31,100\nD-2,Ostrava,Beacon,,Won,2026-08-31,100\n";
    for (typed, known) in [
        ("LumenSons", "Lumen & Sonz"),
        ("LumenSons", "Harbour"),
        ("Harbor", "Lumen & Sons"),
        ("Nobody", "Nowhere"),
    ] {
        let args = with(deals(rows), "aliases", json!({ typed: known }));
        for command in ["import_deals", "rejected_rows"] {
            let refused = laptop.refused("Liisa", command, args.clone());
            assert_eq!(refused["code"], "alias_unknown", "{typed} as {known}");
        }
        let preview = with(args, "preview", json!(true));
        laptop.refused("Liisa", "import_deals", preview);
    }
    let blank = with(deals(rows), "aliases", json!({ "LumenSons": "\u{200b}" }));
    assert_eq!(
        laptop.refused("Liisa", "import_deals", blank)["code"],
        "name_missing"
    );
    let aliases = json!({ "LumenSons": "lumen & sons", "Harbor": "Beacon", "Ostrava": "Ostrava" });
    let report = laptop.call(
        "Liisa",
        "import_deals",
        with(deals(rows), "aliases", aliases),
    );
    assert_eq!(report["accounts_created"], 1, "{report}");
}

#[test]
fn a_name_that_stands_for_itself_is_settled_and_not_proposed_again() {
    let mut laptop = laptop(453);
    let rows = "D-1,Acme Corp,,,Won,2026-08-31,100\nD-2,Acme-Corp,,,Won,2026-08-31,100\n";
    let aliases = json!({ "Acme-Corp": "Acme-Corp" });
    let report = laptop.call(
        "Liisa",
        "import_deals",
        with(deals(rows), "aliases", aliases),
    );
    assert_eq!(report["accounts_created"], 2);
    let codes: Vec<&Value> = report["notices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|notice| &notice["code"])
        .collect();
    assert!(!codes.contains(&&json!("account_looks_like")), "{report}");
}

#[test]
fn rejected_rows_come_back_as_a_file_that_imports_once_corrected() {
    let mut laptop = laptop(454);
    let rows =
        format!("{DEALS}D-7,Quarry,,,Won,2026-03-01\nD-8,\"Bent, & Co\",,,Won,2026-03-01,ten\n");
    let report = laptop.call("Liisa", "import_deals", deals(&rows));
    assert_eq!(report["rejected"], 3);
    let args = with(deals(&rows), "file_name", json!("pipeline.xlsx"));
    let file = laptop.call("Liisa", "rejected_rows", args);
    assert_eq!(
        (&file["rows"], &file["file_name"]),
        (&json!(3), &json!("pipeline-rejected.csv"))
    );
    let csv = file["csv"].as_str().unwrap();
    assert!(
        csv.contains("Line 7, close date: The date cannot be read"),
        "{csv}"
    );
    let content = json!({ "content_base64": BASE64.encode(csv) });
    let report = laptop.call("Liisa", "import_deals", content);
    assert_eq!(
        (&report["created"], &report["rejected"]),
        (&json!(0), &json!(3)),
        "{csv}"
    );
    let corrected = csv
        .replace("2026-02-30", "2026-02-28")
        .replace(",2026-03-01\r", ",2026-03-01,20\r")
        .replace(",ten", ",10");
    let content = json!({ "content_base64": BASE64.encode(corrected) });
    let report = laptop.call("Liisa", "import_deals", content);
    assert_eq!(
        (&report["created"], &report["rejected"]),
        (&json!(3), &json!(0)),
        "{report}"
    );
    engagement(&mut laptop, "Bent, & Co");
    // The whole file again, corrected at its source, changes nothing.
    let source = rows
        .replace("2026-02-30", "2026-02-28")
        .replace("2026-03-01\nD-8", "2026-03-01,20\nD-8")
        .replace(",ten", ",10");
    let report = laptop.call("Liisa", "import_deals", deals(&source));
    assert_eq!(
        (&report["unchanged"], &report["operations"]),
        (&json!(6), &json!(0))
    );
}

#[test]
fn rejected_rows_run_no_formula_and_read_back_as_they_were() {
    let mut laptop = laptop(457);
    let rows =
        "D-1,=HYPERLINK(A1),+Desk,@Iris,Won,2026-02-30,10\nD-2,'=Lumen,,,Won,2026-03-01,-10\n";
    let file = laptop.call("Liisa", "rejected_rows", deals(rows));
    let csv = file["csv"].as_str().unwrap();
    for cell in [
        ",'=HYPERLINK(A1),",
        ",'+Desk,",
        ",'@Iris,",
        ",'=Lumen,",
        ",'-10\r",
    ] {
        assert!(csv.contains(cell), "{cell} in {csv}");
    }
    let corrected = csv
        .replace("2026-02-30", "2026-02-28")
        .replace("'-10", "10");
    let content = json!({ "content_base64": BASE64.encode(corrected) });
    let report = laptop.call("Liisa", "import_deals", content);
    assert_eq!(report["created"], 2, "{report}");
    assert_eq!(
        engagement(&mut laptop, "=HYPERLINK(A1)")["product"],
        "+Desk"
    );
    engagement(&mut laptop, "=Lumen");
}

const PORTFOLIO: &str = "id,account,owner,stage,signed,value,kick-off date,contract end\n\
    1,Lumen,Mikko,In progress,2025-03-01,100,2025-03-12,2027-02-28\n\
    2,Ostrava,Maryam,Renewal,2024-03-01,200,2024-03-12,2026-12-31\n\
    3,Marlow,Ola,Won,2026-10-30,300,,\n\
    4,Quarry,Ola,Negotiation,2026-10-30,300,,\n";

fn portfolio() -> Value {
    json!({ "content_base64": BASE64.encode(PORTFOLIO) })
}

#[test]
fn a_running_portfolio_comes_in_at_its_true_stage_when_asked() {
    let mut laptop = laptop(455);
    let report = laptop.call(
        "Liisa",
        "import_deals",
        with(portfolio(), "take_over", json!(true)),
    );
    assert_eq!(
        (&report["created"], &report["skipped"]),
        (&json!(3), &json!(1)),
        "{report}"
    );
    let running = engagement(&mut laptop, "Lumen");
    assert_eq!(
        (
            &running["stage"],
            &running["taken_over_at"],
            &running["owner"],
            &running["contract_end_on"]
        ),
        (
            &json!("execution"),
            &json!("execution"),
            &json!("Mikko"),
            &json!("2027-02-28")
        )
    );
    assert!(
        running.to_string().contains("2025-03-12"),
        "the kick-off was held: {running}"
    );
    assert_eq!(engagement(&mut laptop, "Ostrava")["stage"], "renewal");
    let sold = engagement(&mut laptop, "Marlow");
    assert_eq!(
        (&sold["stage"], &sold["taken_over_at"]),
        (&json!("post-sales"), &Value::Null)
    );
    let people = laptop.call("", "people", json!({}));
    let roles: Vec<&Value> = ["Maryam", "Mikko", "Ola"]
        .iter()
        .map(|name| {
            &people
                .as_array()
                .unwrap()
                .iter()
                .find(|person| person["name"] == *name)
                .unwrap()["roles"][0]
        })
        .collect();
    assert_eq!(roles, ["account_manager", "project_manager", "sales"]);
    let again = laptop.call(
        "Liisa",
        "import_deals",
        with(portfolio(), "take_over", json!(true)),
    );
    assert_eq!(
        (&again["unchanged"], &again["operations"]),
        (&json!(3), &json!(0))
    );
    laptop.check();
}

#[test]
fn without_being_asked_a_stage_only_decides_what_is_won() {
    let mut laptop = laptop(456);
    let report = laptop.call("Liisa", "import_deals", portfolio());
    assert_eq!(
        (&report["created"], &report["skipped"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(
        engagement(&mut laptop, "Marlow")["taken_over_at"],
        Value::Null
    );
}

#[test]
fn an_engagement_that_was_taken_over_goes_on_through_its_gates() {
    let mut laptop = laptop(457);
    laptop.call(
        "Liisa",
        "import_deals",
        with(portfolio(), "take_over", json!(true)),
    );
    let id = engagement(&mut laptop, "Lumen")["id"].clone();
    let refusal = laptop.refused(
        "Mikko",
        "move_stage",
        json!({ "engagement_id": id, "to": "closure" }),
    );
    assert_eq!(refusal["code"], "gate_closed");
}

#[test]
fn a_long_import_tells_how_far_it_is_and_can_be_stopped() {
    let rows: String = (0..300)
        .map(|number| {
            format!(
                "D-{number},Client {},,,Won,2026-08-31,{number}\n",
                number % 7
            )
        })
        .collect();
    let caller = Caller::Person("Liisa".to_owned());
    let mut laptop = laptop(458);
    let before = laptop.dump();
    for stop_at in [0, 200, 500] {
        let heard = Cell::new(0);
        let stop = |done: u64, _: u64| {
            heard.set(done);
            done < stop_at
        };
        let error = call_with(
            &mut laptop.store,
            &caller,
            "import_deals",
            deals(&rows),
            &stop,
        )
        .unwrap_err();
        assert_eq!(error.code(), "cancelled");
        assert!(heard.get() >= stop_at);
        assert!(before == laptop.dump(), "stopped at {stop_at} and wrote");
    }
    let last = Cell::new((0, 0));
    let listen = |done: u64, total: u64| {
        assert!(done >= last.get().0 && done <= total, "{done} of {total}");
        last.set((done, total));
        true
    };
    call_with(
        &mut laptop.store,
        &caller,
        "import_deals",
        deals(&rows),
        &listen,
    )
    .unwrap();
    assert_eq!(last.get(), (600, 600));
    let bundle = laptop.bundle();
    let mut other = Laptop::new(459);
    let args = json!({ "content_base64": bundle });
    let stop = |done: u64, total: u64| done * 4 < total * 3;
    let error = call_with(
        &mut other.store,
        &Caller::Nobody,
        "import_bundle",
        args,
        &stop,
    )
    .unwrap_err();
    assert_eq!(error.code(), "cancelled");
    other.receive(&bundle);
    assert!(other.dump() == laptop.dump());
}

#[test]
fn an_amount_has_an_upper_end_whether_it_is_typed_or_imported() {
    let mut laptop = laptop(460);
    for minor in [1_000_000_000_000_001_i64, i64::MAX] {
        let args = json!({ "account": "Quarry", "name": "Quarry", "value_minor": minor });
        let refused = laptop.refused("Liisa", "create_engagement", args);
        assert_eq!(refused["expected"], "smaller_amount");
        let sentence = refused["sentence"].as_str().unwrap();
        assert!(sentence.contains("10000000000000.00"), "{sentence}");
    }
    let rows = "D-1,Quarry,,,Won,2026-03-01,10000000000000.01\n\
                D-2,Quarry,,,Won,2026-03-01,10000000000000.00\n";
    let report = laptop.call("Liisa", "import_deals", deals(rows));
    assert_eq!(
        (&report["created"], &report["rejections"][0]["code"]),
        (&json!(1), &json!("amount_too_large")),
        "{report}"
    );
}

#[test]
fn a_file_whose_amounts_add_up_to_more_than_a_number_holds_is_looked_at() {
    let mut laptop = laptop(461);
    let rows: String = (0..9_300)
        .map(|number| format!("D-{number},Quarry,,,Won,2026-03-01,10000000000000.00\n"))
        .collect();
    let report = laptop.call(
        "Liisa",
        "import_deals",
        with(deals(&rows), "preview", json!(true)),
    );
    assert_eq!(report["value_sum_minor"], json!(i64::MAX));
}

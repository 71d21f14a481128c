//! Imports through the door: what a file makes, what the same or a newer file changes, and what it never touches.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_tests::laptop::Laptop;
use serde_json::{Value, json};

const HEADER: &str = "deal id,account,product,owner,stage,close date,amount";
const DEALS: &str = "\
D-1,Lumen & Sons,Harbour,Iris,Won,2026-08-31,100
D-2,Ostrava Glass,Beacon,Piotr,Won,2026-09-30,250.50
D-3,Lumen & Sons,,,Won,2026-10-15,75
D-4,Marlow Foods,Beacon,Iris,Lost,2026-10-16,40
";

/// A laptop with its first person, who is the admin.
fn laptop(seed: u64) -> Laptop {
    let mut laptop = Laptop::new(seed);
    let liisa = json!({ "name": "Liisa", "roles": ["lead"] });
    laptop.call("", "create_person", liisa);
    laptop
}

fn file(text: &str) -> Value {
    json!({ "content_base64": BASE64.encode(text) })
}

fn deals(rows: &str) -> Value {
    file(&format!("{HEADER}\n{rows}"))
}

/// Created, updated, unchanged, skipped, rejected and recorded operations.
fn counts(report: &Value) -> [u64; 6] {
    [
        "created",
        "updated",
        "unchanged",
        "skipped",
        "rejected",
        "operations",
    ]
    .map(|count| report[count].as_u64().unwrap())
}

fn rows(laptop: &mut Laptop) -> Vec<Value> {
    let list = laptop.call("", "list_engagements", json!({ "from": 0, "count": 100 }));
    list["rows"].as_array().unwrap().clone()
}

/// The names in a list of the door.
fn names(laptop: &mut Laptop, list: &str) -> Vec<String> {
    let window = laptop.call("", list, json!({ "from": 0, "count": 50 }));
    let rows = window["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| row["name"].as_str().unwrap().to_owned())
        .collect()
}

/// The engagement of this client company.
fn of_account(laptop: &mut Laptop, account: &str) -> Value {
    let rows = rows(laptop);
    let row = rows.into_iter().find(|row| row["account"] == account);
    row.expect("an engagement of this account")
}

/// What the newest act changed in an engagement: fields and values.
fn last_changes(laptop: &mut Laptop, engagement: &Value) -> Vec<(String, Value)> {
    let history = laptop.call("", "history", json!({ "engagement_id": engagement["id"] }));
    let changes = history["rows"][0]["changes"].as_array().unwrap().clone();
    changes
        .into_iter()
        .map(|change| {
            let field = change["field"].as_str().unwrap_or_default().to_owned();
            (field, change["value"].clone())
        })
        .filter(|(field, _)| field != "imported")
        .collect()
}

#[test]
fn a_file_makes_engagements_accounts_and_people_and_leaves_open_and_lost_deals_out() {
    let mut laptop = laptop(401);
    let report = laptop.call("Liisa", "import_deals", deals(DEALS));
    assert_eq!(counts(&report)[..5], [3, 0, 0, 1, 0]);
    assert_eq!(
        (&report["accounts_created"], &report["people_created"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(report["value_sum_minor"], 42_550);
    let row = of_account(&mut laptop, "Ostrava Glass");
    assert_eq!(
        (&row["stage"], &row["owner"], &row["value"]["minor"]),
        (&json!("post-sales"), &json!("Piotr"), &json!(25_050))
    );
    laptop.check();
}

#[test]
fn the_same_file_twice_records_nothing() {
    let mut laptop = laptop(402);
    laptop.call("Liisa", "import_deals", deals(DEALS));
    let before = laptop.dump();
    let report = laptop.call("Liisa", "import_deals", deals(DEALS));
    assert_eq!(counts(&report), [0, 0, 3, 1, 0, 0]);
    assert!(before == laptop.dump());
}

#[test]
fn the_same_file_by_somebody_else_records_nothing() {
    let mut laptop = Laptop::new(403);
    // Without a person nobody owns the deal that names no owner, and nobody becomes its owner by a second import.
    laptop.call("", "import_deals", deals(DEALS));
    let liisa = json!({ "name": "Liisa", "roles": ["lead"] });
    laptop.call("", "create_person", liisa);
    for person in ["Liisa", "Iris", ""] {
        let report = laptop.call(person, "import_deals", deals(DEALS));
        assert_eq!(counts(&report), [0, 0, 3, 1, 0, 0], "as {person:?}");
    }
}

#[test]
fn twins_that_differ_in_capitals_only_stay_unchanged_the_second_time() {
    let mut laptop = laptop(404);
    let twins = file(
        "account,stage,close date,amount\nAcme,Won,2026-01-31,10\nACME,Won,2026-01-31,10\nAcme,Won,2026-01-31,10\n",
    );
    assert_eq!(
        counts(&laptop.call("Liisa", "import_deals", twins.clone()))[0],
        3
    );
    let again = laptop.call("Liisa", "import_deals", twins);
    assert_eq!(counts(&again), [0, 0, 3, 0, 0, 0]);
    let products = file("product\nDesk Pro\nDESK PRO\n");
    laptop.call("Liisa", "import_products", products.clone());
    let again = laptop.call("Liisa", "import_products", products);
    assert_eq!(counts(&again)[5], 0, "{again}");
}

#[test]
fn only_the_cells_that_changed_in_the_file_are_written() {
    let mut laptop = laptop(405);
    laptop.call("Liisa", "import_deals", deals(DEALS));
    let newer = DEALS.replace("250.50", "300").replace(
        "D-4,Marlow Foods,Beacon,Iris,Lost",
        "D-4,Marlow Foods,Beacon,Iris,Won",
    );
    let report = laptop.call("Liisa", "import_deals", deals(&newer));
    assert_eq!(counts(&report)[..5], [1, 1, 2, 0, 0]);
    let row = of_account(&mut laptop, "Ostrava Glass");
    assert_eq!(
        last_changes(&mut laptop, &row),
        [("value_minor".to_owned(), json!(30_000))]
    );
}

#[test]
fn an_edit_made_in_baton_is_neither_overwritten_nor_counted() {
    let mut laptop = laptop(406);
    laptop.call("Liisa", "import_deals", deals(DEALS));
    let row = of_account(&mut laptop, "Ostrava Glass");
    let rename = json!({ "engagement_id": row["id"], "name": "Glass, second furnace" });
    laptop.call("Liisa", "rename_engagement", rename);
    let report = laptop.call("Liisa", "import_deals", deals(DEALS));
    assert_eq!(counts(&report), [0, 0, 3, 1, 0, 0]);
    let newer = DEALS.replace("250.50", "300");
    laptop.call("Liisa", "import_deals", deals(&newer));
    let row = of_account(&mut laptop, "Ostrava Glass");
    assert_eq!(
        (&row["name"], &row["value"]["minor"]),
        (&json!("Glass, second furnace"), &json!(30_000))
    );
}

#[test]
fn an_import_again_leaves_a_deleted_engagement_deleted() {
    let mut laptop = laptop(407);
    laptop.call("Liisa", "import_deals", deals(DEALS));
    let row = of_account(&mut laptop, "Ostrava Glass");
    let id = json!({ "engagement_id": row["id"] });
    laptop.call("Piotr", "delete_engagement", id);
    let report = laptop.call("Liisa", "import_deals", deals(DEALS));
    assert_eq!(counts(&report), [0, 0, 3, 1, 0, 0]);
    assert_eq!(rows(&mut laptop).len(), 2);
}

#[test]
fn an_undone_import_comes_back_with_the_next_one() {
    let mut laptop = laptop(408);
    let wrong = json!({ "content_base64": deals(DEALS)["content_base64"], "currency": "EUR" });
    let act = laptop.act("Liisa", "import_deals", wrong);
    laptop.call("Liisa", "undo", json!({ "act_id": act }));
    assert_eq!(rows(&mut laptop).len(), 0);
    let report = laptop.call("Liisa", "import_deals", deals(DEALS));
    assert_eq!(counts(&report)[..3], [3, 0, 0], "{report}");
    let row = of_account(&mut laptop, "Ostrava Glass");
    assert_eq!(row["value"]["currency"], "USD");
    assert_eq!(rows(&mut laptop).len(), 3);
    let again = laptop.call("Liisa", "import_deals", deals(DEALS));
    assert_eq!(counts(&again), [0, 0, 3, 1, 0, 0]);
    laptop.check();
}

/// Bringing the first import back would double what the second one made.
#[test]
fn an_undone_import_is_not_redone_beside_the_same_file_imported_again() {
    let mut laptop = laptop(417);
    let first = laptop.act("Liisa", "import_deals", deals(DEALS));
    let gone = rows(&mut laptop);
    laptop.call("Liisa", "undo", json!({ "act_id": first }));
    let second = laptop.act("Liisa", "import_deals", deals(DEALS));
    let board = laptop.call("", "board", json!({}));
    let refusal = laptop.refused("Liisa", "redo", json!({ "act_id": first }));
    assert_eq!(
        (&refusal["code"], &refusal["why"]),
        (&json!("cannot_undo"), &json!("imported_again"))
    );
    assert!(
        refusal["sentence"]
            .as_str()
            .unwrap()
            .contains("Import the file once more")
    );
    for gone in gone {
        let args = json!({ "engagement_id": gone["id"] });
        let refusal = laptop.refused("Liisa", "restore_engagement", args);
        assert_eq!(refusal["why"], "imported_again");
    }
    assert_eq!(laptop.call("", "board", json!({})), board);
    // With the second one undone there is nothing to double.
    laptop.call("Liisa", "undo", json!({ "act_id": second }));
    laptop.call("Liisa", "redo", json!({ "act_id": first }));
    assert_eq!(laptop.call("", "board", json!({})), board);
    assert_eq!(
        names(&mut laptop, "list_accounts"),
        ["Lumen & Sons", "Ostrava Glass"]
    );
    laptop.check();
}

#[test]
fn an_undone_import_is_not_redone_beside_another_one_that_made_its_clients_or_people_anew() {
    for (seed, other) in [
        (418, "X-1,Lumen & Sons,,Liisa,Won,2026-08-31,9\n"),
        (419, "X-1,Other Client,,Iris,Won,2026-08-31,9\n"),
    ] {
        let mut laptop = laptop(seed);
        let first = laptop.act("Liisa", "import_deals", deals(DEALS));
        laptop.call("Liisa", "undo", json!({ "act_id": first }));
        laptop.call("Liisa", "import_deals", deals(other));
        let refusal = laptop.refused("Liisa", "redo", json!({ "act_id": first }));
        assert_eq!(refusal["why"], "imported_again", "{other}");
        // What the refusal says to do: the file brings what is missing, and nothing twice.
        let report = laptop.call("Liisa", "import_deals", deals(DEALS));
        assert_eq!(counts(&report)[..3], [3, 0, 0]);
        let accounts = names(&mut laptop, "list_accounts");
        let people = laptop.call("", "people", json!({}));
        let people: Vec<&str> = people
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["name"].as_str().unwrap())
            .collect();
        assert_eq!(people, ["Iris", "Liisa", "Piotr"]);
        assert_eq!(
            accounts
                .iter()
                .filter(|name| *name == "Lumen & Sons")
                .count(),
            1
        );
        laptop.check();
    }
}

#[test]
fn accounts_and_products_are_not_doubled_by_a_redo_either() {
    for (seed, (name, list, args)) in (427..).zip([
        (
            "import_accounts",
            "list_accounts",
            file("account,sector\nLumen,light\n"),
        ),
        (
            "import_products",
            "list_products",
            file("product,price\nBeacon,10\n"),
        ),
    ]) {
        let mut laptop = laptop(seed);
        let first = laptop.act("Liisa", name, args.clone());
        laptop.call("Liisa", "undo", json!({ "act_id": first }));
        assert!(names(&mut laptop, list).is_empty());
        laptop.call("Liisa", name, args);
        let refusal = laptop.refused("Liisa", "redo", json!({ "act_id": first }));
        assert_eq!(refusal["why"], "imported_again", "{name}");
        assert_eq!(names(&mut laptop, list).len(), 1);
    }
}

#[test]
fn a_preview_counts_the_same_as_the_import_and_writes_nothing() {
    let files = [
        ("import_deals", deals(DEALS)),
        ("import_accounts", file("account,sector\nLumen,light\n")),
        ("import_products", file("product,price\nBeacon,10\n")),
    ];
    for (name, args) in files {
        let mut laptop = laptop(409);
        let before = laptop.dump();
        let mut preview = args.clone();
        preview["preview"] = json!(true);
        let (preview, act) = laptop.try_act("Liisa", name, preview).unwrap();
        assert!(before == laptop.dump(), "the preview of {name} wrote");
        assert_eq!(act, None, "{name}: what was not written has no act");
        let report = laptop.call("Liisa", name, args);
        assert_eq!(counts(&preview), counts(&report), "{name}");
    }
}

#[test]
fn an_ambiguous_order_of_day_and_month_is_refused_until_it_is_said() {
    let mut laptop = laptop(411);
    let rows = "D-1,Lumen,,,Won,03/04/2026,100\nD-2,Lumen,,,Won,05/06/2026,100\n";
    let refusal = laptop.refused("Liisa", "import_deals", deals(rows));
    assert_eq!(refusal["code"], "date_order_ambiguous");
    assert_eq!(refusal["examples"][0], "03/04/2026");
    let mut said = deals(rows);
    said["date_order"] = json!("dmy");
    laptop.call("Liisa", "import_deals", said);
    let row = self::rows(&mut laptop).remove(0);
    assert!(["2026-04-03", "2026-06-05"].contains(&row["signed_on"].as_str().unwrap()));
}

#[test]
fn the_only_possible_order_of_day_and_month_is_taken_and_said() {
    let mut laptop = laptop(412);
    let rows = "D-1,Lumen,,,Won,03/04/2026,100\nD-2,Lumen,,,Won,25/06/2026,100\n";
    let report = laptop.call("Liisa", "import_deals", deals(rows));
    let said = json!({ "code": "date_order_assumed", "order": "dmy" });
    assert!(report["notices"].as_array().unwrap().contains(&said));
}

#[test]
fn an_import_by_nobody_into_an_empty_store_makes_a_person_per_agent() {
    let mut laptop = Laptop::new(413);
    let report = laptop.call("", "import_deals", deals(DEALS));
    assert_eq!(report["people_created"], 2);
    let people = laptop.call("", "people", json!({}));
    let mut named: Vec<(&str, &Value)> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|person| (person["name"].as_str().unwrap(), &person["roles"]))
        .collect();
    named.sort_by_key(|(name, _)| *name);
    let sales = json!(["sales"]);
    assert_eq!(named, [("Iris", &sales), ("Piotr", &sales)]);
}

#[test]
fn a_deal_that_names_no_owner_belongs_to_whoever_imports_it_else_to_the_admin() {
    for (person, owner) in [("Mikko", "Mikko"), ("", "Liisa")] {
        let mut laptop = laptop(423);
        let mikko = json!({ "name": "Mikko", "roles": ["project_manager"] });
        laptop.call("", "create_person", mikko);
        let deal = "D-3,Lumen & Sons,,,Won,2026-10-15,75\n";
        laptop.call(person, "import_deals", deals(deal));
        assert_eq!(of_account(&mut laptop, "Lumen & Sons")["owner"], owner);
    }
}

#[test]
fn two_currencies_give_a_sum_each_and_none_over_all() {
    let mut laptop = laptop(414);
    let mixed = file(
        "deal id,account,stage,close date,amount,currency\nD-1,Lumen,Won,2026-01-31,10,EUR\nD-2,Lumen,Won,2026-01-31,500,JPY\n",
    );
    let report = laptop.call("Liisa", "import_deals", mixed);
    assert_eq!(report["value_sum_minor"], Value::Null);
    let sums: Vec<(&Value, &Value)> = report["value_sums"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sum| (&sum["currency"], &sum["minor"]))
        .collect();
    assert_eq!(
        sums,
        [(&json!("EUR"), &json!(1_000)), (&json!("JPY"), &json!(500))]
    );
}

#[test]
fn accounts_after_deals_fill_the_accounts_that_came_with_the_deals() {
    let mut laptop = laptop(415);
    laptop.call("Liisa", "import_deals", deals(DEALS));
    let accounts =
        "account,sector,country\nLUMEN & sons,light,Poland\nOstrava Glass,glass,Czechia\n";
    let report = laptop.call("Liisa", "import_accounts", file(accounts));
    assert_eq!(counts(&report)[..3], [0, 2, 0]);
    let kept = laptop.dump();
    assert_eq!(kept.matches("\"kind\":\"account\"").count(), 2);
    assert!(kept.contains("Czechia"), "{kept}");
    let again = laptop.call("Liisa", "import_accounts", file(accounts));
    assert_eq!(counts(&again), [0, 0, 2, 0, 0, 0]);
    let deals_again = laptop.call("Liisa", "import_deals", deals(DEALS));
    assert_eq!(counts(&deals_again)[5], 0);
}

#[test]
fn a_product_stays_as_typed_and_is_linked_once_the_catalogue_knows_it() {
    let mut laptop = laptop(416);
    laptop.call("Liisa", "import_deals", deals(DEALS));
    laptop.call(
        "Liisa",
        "import_products",
        file("product\nbeacon\nHar-bour\n"),
    );
    let report = laptop.call("Liisa", "import_deals", deals(DEALS));
    let looks_like = json!({
        "code": "product_looks_like", "typed": "Harbour", "known": "Har-bour", "rows": 1,
    });
    assert!(report["notices"].as_array().unwrap().contains(&looks_like));
    let links: Vec<String> = laptop
        .dump()
        .lines()
        .filter(|line| line.contains("\"kind\":\"engagement\""))
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let linked = line["fields"].get("product").is_some();
            let typed = &line["fields"]["product_name"][0]["value"];
            format!("{} {linked}", typed.as_str().unwrap_or("-"))
        })
        .collect();
    assert!(links.contains(&"Beacon true".to_owned()), "{links:?}");
    assert!(links.contains(&"Harbour false".to_owned()), "{links:?}");
    let again = laptop.call("Liisa", "import_deals", deals(DEALS));
    assert_eq!(counts(&again), [0, 0, 3, 1, 0, 0]);
}

#[test]
fn a_file_that_cannot_be_used_says_why_and_changes_nothing() {
    let mut laptop = laptop(417);
    let binary = json!({ "content_base64": BASE64.encode([0_u8, 159, 146, 150, 0, 1, 2, 3]) });
    let cases = [
        (file(""), "not_a_table", "empty"),
        (binary, "not_a_table", "binary"),
        (
            file("PK\u{3}\u{4}rest of a workbook"),
            "not_a_table",
            "workbook",
        ),
    ];
    for (args, code, reason) in cases {
        for name in ["import_deals", "import_accounts", "import_products"] {
            let error = laptop.refused("Liisa", name, args.clone());
            assert_eq!(
                (&error["code"], &error["reason"]),
                (&json!(code), &json!(reason))
            );
        }
    }
    let no_base64 = json!({ "content_base64": "*" });
    let error = laptop.refused("Liisa", "import_deals", no_base64);
    assert_eq!(
        (&error["argument"], &error["expected"]),
        (&json!("content_base64"), &json!(["base64"]))
    );
}

#[test]
fn missing_columns_are_named_beside_those_that_were_found() {
    let mut laptop = laptop(418);
    let error = laptop.refused("Liisa", "import_deals", file("account,colour\nLumen,red\n"));
    assert_eq!(error["code"], "columns_missing");
    assert_eq!(error["missing"], json!(["stage", "signed_on", "value"]));
    assert_eq!(error["found"], json!(["account", "colour"]));
}

#[test]
fn a_mapping_names_columns_and_an_unknown_key_in_it_is_refused() {
    let mut laptop = laptop(419);
    let mut args = file("Firma,Status,Datum,Betrag\nLumen,Gewonnen,2026-01-31,10\n");
    args["mapping"] = json!({ "account": "Firma", "colour": "Status" });
    let error = laptop.refused("Liisa", "import_deals", args.clone());
    assert_eq!(
        (&error["code"], &error["reason"], &error["found"]),
        (
            &json!("mapping_invalid"),
            &json!("unknown_key"),
            &json!(["colour"])
        )
    );
    for (mapping, words) in [
        (json!({ "colour": "Status" }), "The mapping names colour"),
        (
            json!({ "stage": 7 }),
            "stage has to be the name of a column",
        ),
        (json!(["stage"]), "has to be a JSON object"),
        (
            json!({ "account": "Firma", "stage": "Firma" }),
            "gives the column of",
        ),
    ] {
        args["mapping"] = mapping;
        let error = laptop.refused("Liisa", "import_deals", args.clone());
        let sentence = error["sentence"].as_str().unwrap();
        assert!(sentence.contains(words), "{words}: {error}");
    }
    args["mapping"] = json!({
        "account": "Firma", "stage": "Status", "signed_on": "Datum", "value": "Betrag", "won": ["Gewonnen"],
    });
    let report = laptop.call("Liisa", "import_deals", args);
    assert_eq!(counts(&report)[..5], [1, 0, 0, 0, 0]);
}

#[test]
fn a_row_that_cannot_be_read_is_named_by_line_and_the_others_come_in() {
    let mut laptop = laptop(420);
    let rows = "D-1,Lumen,,,Won,2026-01-31,10\nD-2,,,,Won,2026-01-31,10\nD-3,Ostrava,,,Won,2026-02-30,10\nD-1,Again,,,Won,2026-01-31,10\n";
    let report = laptop.call("Liisa", "import_deals", deals(rows));
    assert_eq!(counts(&report)[..5], [1, 0, 0, 0, 3]);
    let named: Vec<(u64, &str)> = report["rejections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["line"].as_u64().unwrap(), row["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        named,
        [
            (3, "account_missing"),
            (4, "date_unreadable"),
            (5, "repeated")
        ]
    );
}

#[test]
fn an_import_on_two_laptops_in_turn_is_one_book() {
    let mut left = laptop(421);
    left.call("Liisa", "import_deals", deals(DEALS));
    let mut right = Laptop::new(422);
    let bundle = left.bundle();
    right.receive(&bundle);
    let report = right.call("Liisa", "import_deals", deals(DEALS));
    assert_eq!(counts(&report), [0, 0, 3, 1, 0, 0]);
    assert!(left.dump() == right.dump());
}

#[test]
fn the_book_s_own_export_doubles_nothing_and_reads_back_in_another_book() {
    for format in ["csv", "xlsx"] {
        let mut team = baton_tests::laptop::Team::new(470);
        team.call("Ola", "rename_engagement", json!({ "name": "=1+1" }));
        let args = json!({ "kind": "engagements", "format": format });
        let file = team.laptop.call("Ola", "export_file", args);
        let args = json!({
            "content_base64": file["content_base64"], "file_name": file["file_name"], "take_over": true,
        });
        let before = team.laptop.dump();
        let report = team.laptop.call("Ola", "import_deals", args.clone());
        assert_eq!(
            (&report["created"], &report["skipped"]),
            (&json!(0), &json!(1)),
            "{report}"
        );
        let notice = json!({ "code": "already_in_book", "rows": 1 });
        assert!(
            report["notices"].as_array().unwrap().contains(&notice),
            "{report}"
        );
        assert!(before == team.laptop.dump(), "nothing was written");
        let mut window = args.clone();
        (window["from"], window["count"]) = (json!(0), json!(5));
        let rows = team.laptop.call("Ola", "import_rows", window)["rows"].clone();
        assert_eq!(
            (&rows[0]["outcome"], &rows[0]["code"]),
            (&json!("skip"), &json!("in_book"))
        );

        let mut other = baton_tests::laptop::Team::new(471).laptop;
        let report = other.call("Ola", "import_deals", args);
        assert_eq!(report["created"], 1, "{report}");
        let args = json!({ "search": "1+1", "from": 0, "count": 5 });
        let list = other.call("Ola", "list_engagements", args);
        assert_eq!(list["rows"][0]["name"], "=1+1", "{format}: {list}");
    }
}

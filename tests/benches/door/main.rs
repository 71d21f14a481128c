//! Times what a user waits for, each beside the least that the same work can cost on this machine.
//!
//! Single times on a shared machine are noise: what counts is the ratio of two medians measured in turn.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs
)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::{Caller, Store, call};
use rusqlite::{Connection, params};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;
use tempfile::TempDir;

mod portfolio;

const ROUNDS: usize = 7;
const ROWS: usize = 4_238;

fn main() {
    println!("| what | measured | beside | ratio |");
    println!("|---|---|---|---|");
    bench_import();
    bench_workbook();
    bench_act();
    for engagements in [ROWS, 100_000] {
        bench_board(engagements);
    }
    portfolio::bench();
    bench_bundle();
}

fn row(what: &str, measured: &str, beside: &str, ratio: f64) {
    println!("| {what} | {measured} | {beside} | {ratio:.2} |");
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn milliseconds(time: f64) -> String {
    format!("{:.1} ms", time * 1_000.0)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Both kinds of work in turn, so that a slow moment of the machine falls on both.
fn in_turn(mut ours: impl FnMut() -> f64, mut least: impl FnMut() -> f64) -> (f64, f64) {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    ours();
    least();
    for _ in 0..ROUNDS {
        first.push(ours());
        second.push(least());
    }
    (median(first), median(second))
}

fn ask(store: &mut Store, name: &str, args: Value) -> Value {
    call(store, &Caller::Window, name, args)
        .unwrap_or_else(|error| panic!("{name}: {}", error.to_json()))
        .reply
}

fn deals() -> String {
    let mut text = String::from(
        "opportunity_id,sales_agent,product,account,deal_stage,close_date,close_value\n",
    );
    for index in 0..ROWS {
        let (agent, account, product) = (index % 30, index % 85, index % 7);
        let (month, day) = (index % 12 + 1, index % 28 + 1);
        text.push_str(&format!(
            "D-{index:05},Agent {agent},Product {product},Client {account},Won,2026-{month:02}-{day:02},{}\n",
            100 + index
        ));
    }
    text
}

/// Imports a file into a new store.
fn import(content: &str) -> f64 {
    let folder = TempDir::new().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    seconds(|| {
        let args = json!({ "content_base64": content });
        let report = ask(&mut store, "import_deals", args);
        assert_eq!(report["created"], ROWS);
    })
}

fn rate(time: f64) -> String {
    format!("{:.0} rows/s", ROWS as f64 / time)
}

fn bench_import() {
    let content = BASE64.encode(deals());
    let ours = || import(&content);
    let least = || {
        let folder = TempDir::new().unwrap();
        let mut connection = bare(folder.path());
        seconds(|| {
            let transaction = connection.transaction().unwrap();
            {
                let mut insert = transaction
                    .prepare("insert into row values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .unwrap();
                for index in 0..ROWS {
                    let id = index.to_be_bytes();
                    insert
                        .execute(params![
                            id,
                            format!("D-{index:05}"),
                            "Agent",
                            "Product",
                            "Client",
                            "Won",
                            "2026-01-31",
                            index
                        ])
                        .unwrap();
                }
            }
            transaction.commit().unwrap();
        })
    };
    let (ours, least) = in_turn(ours, least);
    row(
        &format!("import of {ROWS} deals"),
        &rate(ours),
        &format!("prepared inserts, one transaction: {}", rate(least)),
        least / ours,
    );
}

/// The same deals as a workbook, dates as dates and amounts as numbers.
fn bench_workbook() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (line, text) in (0_u32..).zip(deals().lines()) {
        for (column, cell) in (0_u16..).zip(text.split(',')) {
            match (line, column, cell.parse::<f64>()) {
                (1.., 5, _) => {
                    let date = ExcelDateTime::parse_from_str(cell).unwrap();
                    sheet.write_with_format(line, column, &date, &day)
                }
                (1.., _, Ok(number)) => sheet.write(line, column, number),
                _ => sheet.write(line, column, cell),
            }
            .unwrap();
        }
    }
    let workbook = BASE64.encode(workbook.save_to_buffer().unwrap());
    let text = BASE64.encode(deals());
    let (ours, as_text) = in_turn(|| import(&workbook), || import(&text));
    row(
        &format!("import of {ROWS} deals from XLSX"),
        &rate(ours),
        &format!("the same as CSV: {}", rate(as_text)),
        as_text / ours,
    );
}

fn bare(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join("bare.sqlite")).unwrap();
    connection
        .pragma_update(None, "journal_mode", "wal")
        .unwrap();
    connection
        .execute_batch(
            "pragma synchronous = full;
             create table row (id blob primary key, a text, b text, c text, d text, e text, f text, g integer) strict;",
        )
        .unwrap();
    connection
}

fn bench_act() {
    const ACTS: usize = 50;
    let folder = TempDir::new().unwrap();
    let mut store = Store::open(&folder.path().join("store")).unwrap();
    ask(
        &mut store,
        "create_person",
        json!({ "name": "Ann", "roles": ["sales", "project_manager"] }),
    );
    let args = json!({ "account": "Client", "name": "One", "template_id": null });
    let engagement = ask(&mut store, "create_engagement", args);
    let (mut number, mut written) = (0, 0_u64);
    let connection = bare(folder.path());
    let mut insert = connection
        .prepare("insert into row (id, g) values (?, ?)")
        .unwrap();
    let (ours, least) = in_turn(
        || {
            seconds(|| {
                for _ in 0..ACTS {
                    number += 1;
                    let points = json!({ "scope": format!("version {number}") });
                    ask(
                        &mut store,
                        "fill_handover",
                        json!({ "engagement_id": engagement, "points": points }),
                    );
                }
            })
        },
        || {
            seconds(|| {
                for index in 0..ACTS {
                    written += 1;
                    insert
                        .execute(params![written.to_be_bytes(), index])
                        .unwrap();
                }
            })
        },
    );
    let each = |time: f64| format!("{:.2} ms", time / ACTS as f64 * 1_000.0);
    row(
        "one act, call to saved",
        &each(ours),
        &format!("bare full-sync commit: {}", each(least)),
        ours / least,
    );
}

fn bench_board(engagements: usize) {
    let folder = TempDir::new().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    ask(
        &mut store,
        "load_sample",
        json!({ "engagements": engagements, "seed": 1 }),
    );
    let connection = Connection::open(folder.path().join("baton.sqlite")).unwrap();
    let (ours, least) = in_turn(
        || {
            seconds(|| {
                ask(&mut store, "board", json!({}));
                for kind in ["post-sales", "kick-off", "execution", "closure", "renewal"] {
                    ask(
                        &mut store,
                        "board_cards",
                        json!({ "kind": kind, "from": 0, "count": 60 }),
                    );
                }
            })
        },
        || {
            seconds(|| {
                let mut statement = connection
                    .prepare("select count(*), sum(value_minor) from engagement")
                    .unwrap();
                statement.query_row([], |row| row.get::<_, i64>(0)).unwrap();
            })
        },
    );
    row(
        &format!("board with {engagements} engagements"),
        &milliseconds(ours),
        &format!("one bare count and sum over them: {}", milliseconds(least)),
        ours / least,
    );
}

fn bench_bundle() {
    let folder = TempDir::new().unwrap();
    let mut store = Store::open(&folder.path().join("from")).unwrap();
    ask(
        &mut store,
        "import_deals",
        json!({ "content_base64": BASE64.encode(deals()) }),
    );
    let bundle = ask(&mut store, "export_bundle", json!({}));
    let (content, operations) = (
        bundle["content_base64"].clone(),
        bundle["operations"].as_u64().unwrap(),
    );
    let mut round = 0;
    let mut known = Store::open(&folder.path().join("known")).unwrap();
    ask(
        &mut known,
        "import_bundle",
        json!({ "content_base64": content }),
    );
    let (ours, again) = in_turn(
        || {
            round += 1;
            let mut store = Store::open(&folder.path().join(format!("to{round}"))).unwrap();
            seconds(|| {
                drop(ask(
                    &mut store,
                    "import_bundle",
                    json!({ "content_base64": content }),
                ))
            })
        },
        || {
            seconds(|| {
                drop(ask(
                    &mut known,
                    "import_bundle",
                    json!({ "content_base64": content }),
                ))
            })
        },
    );
    let rate = |time: f64| format!("{:.0} operations/s", operations as f64 / time);
    row(
        &format!("bundle of {operations} operations"),
        &rate(ours),
        &format!("the same again: {}", rate(again)),
        again / ours,
    );
}

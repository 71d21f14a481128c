//! Times over a portfolio that stands in every stage: Today, search, the reminder scan of each minute.

use super::{ROWS, ask, in_turn, milliseconds, row, seconds};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::Store;
use chrono::{Days, Local};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const ENGAGEMENTS: usize = 100_000;
/// So many people share the portfolio.
const OWNERS: usize = 40;
const STAGES: [&str; 5] = ["Won", "Kick-off", "In progress", "Closure", "Renewal"];

pub fn bench() {
    let folder = TempDir::new().unwrap();
    let mut store = portfolio(folder.path());
    let connection = Connection::open(folder.path().join("baton.sqlite")).unwrap();
    today(&mut store, &connection);
    search(&mut store, &connection);
    reminders(&mut store, &connection);
}

/// Engagements taken over in every stage, kicked off within the last 60 days, with contracts that end within two
/// years; the window's person owns one of [`OWNERS`] parts.
fn portfolio(folder: &Path) -> Store {
    let mut store = Store::open(folder).unwrap();
    let roles = ["sales", "project_manager", "account_manager", "lead"];
    let args = json!({ "name": "Owner 0", "roles": roles });
    let me = ask(&mut store, "create_person", args);
    ask(&mut store, "choose_person", json!({ "person_id": me }));
    let today = Local::now().date_naive();
    let mut text = String::from("id,account,owner,stage,signed,value,kick-off date,contract end\n");
    for index in 0..ENGAGEMENTS {
        let (owner, stage) = (index % OWNERS, STAGES[index % STAGES.len()]);
        let (signed, kick_off, end) = (
            today - Days::new(90 + index as u64 % 200),
            today - Days::new(index as u64 % 60),
            today + Days::new(index as u64 % 730),
        );
        text.push_str(&format!(
            "D-{index:06},Client {} of {},Owner {owner},{stage},{signed},{},{kick_off},{end}\n",
            index / 3,
            index % 977,
            100 + index
        ));
    }
    let args = json!({ "content_base64": BASE64.encode(text), "take_over": true });
    let report = ask(&mut store, "import_deals", args);
    assert_eq!(report["created"], ENGAGEMENTS, "{report}");
    store
}

/// The least: one look at every engagement.
fn count_and_sum(connection: &Connection) {
    let mut statement = connection
        .prepare_cached("select count(*), sum(value_minor) from engagement")
        .unwrap();
    statement.query_row([], |row| row.get::<_, i64>(0)).unwrap();
}

fn today(store: &mut Store, connection: &Connection) {
    let rows = ask(store, "today", json!({ "count": 60 }))["rows"].clone();
    assert_eq!(rows.as_array().map(Vec::len), Some(60));
    let (ours, least) = in_turn(
        || seconds(|| drop(ask(store, "today", json!({ "count": 60 })))),
        || seconds(|| count_and_sum(connection)),
    );
    row(
        &format!("Today of one of {OWNERS} people with {ENGAGEMENTS} engagements"),
        &milliseconds(ours),
        &format!("one bare count and sum over them: {}", milliseconds(least)),
        ours / least,
    );
}

/// What is asked while a name is typed: the first letters are in every row, the last ones in few.
fn search(store: &mut Store, connection: &Connection) {
    const TYPED: [&str; 5] = ["c", "cl", "client", "client 2", "client 2718"];
    let found = ask(store, "search", json!({ "words": TYPED[4] }));
    assert_ne!(found["groups"], json!([]), "{found}");
    let (ours, least) = in_turn(
        || {
            seconds(|| {
                for words in TYPED {
                    ask(store, "search", json!({ "words": words }));
                }
            })
        },
        || {
            seconds(|| {
                for words in TYPED {
                    let mut statement = connection
                        .prepare_cached("select id from account where name like ? || '%' limit 8")
                        .unwrap();
                    let ids = statement.query_map([words], |row| row.get::<_, Vec<u8>>(0));
                    assert!(ids.unwrap().count() <= 8);
                }
            })
        },
    );
    let each = |time: f64| milliseconds(time / TYPED.len() as f64);
    row(
        &format!("search per key typed, {ENGAGEMENTS} engagements"),
        &each(ours),
        &format!("one bare like over names of accounts: {}", each(least)),
        ours / least,
    );
}

/// The look of every minute, after everything due was said.
fn reminders(store: &mut Store, connection: &Connection) {
    let always = json!({ "on": true, "quiet_from": 0, "quiet_to": 0, "start_at_login": false });
    ask(store, "set_reminders", always);
    let due = ask(store, "due_reminders", json!({}));
    let checks: Vec<Value> = due["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| {
            json!({
                "engagement_id": check["engagement_id"],
                "side": check["side"],
                "rhythm_on": check["rhythm_on"],
            })
        })
        .collect();
    assert!(checks.len() > ROWS / 10, "{} are due", checks.len());
    ask(store, "mark_reminded", json!({ "checks": checks }));
    let (ours, least) = in_turn(
        || {
            seconds(|| {
                let due = ask(store, "due_reminders", json!({}));
                assert_eq!(due["count"], 0);
            })
        },
        || seconds(|| count_and_sum(connection)),
    );
    row(
        &format!("reminder scan of a minute, {ENGAGEMENTS} engagements"),
        &milliseconds(ours),
        &format!("one bare count and sum over them: {}", milliseconds(least)),
        ours / least,
    );
}

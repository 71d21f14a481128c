//! One act of the log is damaged and no copy has it: what reads of it comes back, and everything after it.

use super::{ask, book_store, database, dump, is_whole, overwrite};
use baton_tests::book::write_many_deals;
use baton_tests::program::Cli;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;

/// A book that was imported in one act, and what was done after it.
fn imported(dir: &Path) -> Cli {
    let cli = book_store(dir);
    let many = write_many_deals(dir, 300).display().to_string();
    cli.done(&["import", "deals", &many]);
    cli.create_person("Olli Virta", &["lead"]);
    cli
}

/// Where the body of an operation of the large import stands in the file, and how long it is.
fn operation(dir: &Path, place: i64) -> (u64, usize) {
    let connection = Connection::open(database(dir)).unwrap();
    let body: Vec<u8> = connection
        .query_row(
            "select body from operation where act = (select max(n) from act where command = 'import_deals')
             order by seq limit 1 offset ?",
            [place],
            |row| row.get(0),
        )
        .unwrap();
    drop(connection);
    let bytes = std::fs::read(database(dir)).unwrap();
    let at = bytes.windows(body.len()).position(|part| part == body);
    (at.expect("the body stands in one page") as u64, body.len())
}

/// Makes the first bytes of an operation of the large import unreadable.
fn spoil(dir: &Path, place: i64) {
    let (at, _) = operation(dir, place);
    overwrite(&database(dir), at, &[0xff; 3]);
}

/// Another letter in what an operation of the large import says.
fn misspell(dir: &Path, place: i64) {
    let (at, length) = operation(dir, place);
    let bytes = std::fs::read(database(dir)).unwrap();
    let body = &bytes[at as usize..at as usize + length];
    // Ids are bytes by chance, and some are letters: a word is what has most of them in a row.
    let words = body.split(|byte| !byte.is_ascii_lowercase());
    let word = words.max_by_key(|word| word.len()).unwrap();
    assert!(word.len() > 4, "{word:?} is no word");
    let place = word.as_ptr() as usize - body.as_ptr() as usize;
    overwrite(&database(dir), at + place as u64, b"Q");
}

fn engagements(cli: &Cli) -> i64 {
    ask(cli, "select count(*) from engagement where alive")
}

/// Every act in the history of every engagement.
fn histories(cli: &Cli) -> Vec<Value> {
    let engagements = cli.done(&["engagements"]);
    let ids = engagements.as_array().unwrap().iter();
    ids.flat_map(|engagement| {
        let of = json!({ "engagement_id": engagement["id"] });
        cli.call("history", &of)["rows"].as_array().unwrap().clone()
    })
    .collect()
}

fn bundle(cli: &Cli, name: &str) -> String {
    let path = cli.store().with_file_name(name).display().to_string();
    cli.done(&["export", "bundle", &path]);
    path
}

/// The fields of a recovery that say what became of damaged acts.
fn account(recovery: &Value) -> [i64; 5] {
    let names = [
        "acts_lost",
        "acts_mended",
        "changes_kept",
        "changes_lost",
        "waiting",
    ];
    names.map(|name| recovery[name].as_i64().unwrap())
}

#[test]
fn a_change_that_no_longer_reads_costs_itself_and_nothing_beside_or_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let before = engagements(&cli);
    let changes = ask(
        &cli,
        "select last_seq - first_seq + 1 from act where command = 'import_deals' order by n desc limit 1",
    );
    spoil(dir.path(), 200);
    let recovery = cli.done(&["recover"]);
    assert_eq!(account(&recovery), [0, 1, changes - 1, 1, 0], "{recovery}");
    assert!(engagements(&cli) >= before - 1);
    let after = "select count(*) from person where name = 'Olli Virta'";
    assert_eq!(ask(&cli, after), 1, "what came after the damaged act");
    assert!(is_whole(&cli));
    let sentence = recovery["sentence"].as_str().unwrap();
    let count = format!("were read: {}; that were not: 1", changes - 1);
    assert!(
        sentence.contains(&count) && !sentence.contains("Nothing is lost"),
        "{sentence}"
    );
}

#[test]
fn a_wrong_letter_in_a_large_act_loses_nothing_else_and_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let before = engagements(&cli);
    misspell(dir.path(), 200);
    let recovery = cli.done(&["recover"]);
    assert_eq!(account(&recovery)[..2], [0, 1], "{recovery}");
    assert_eq!(engagements(&cli), before);
    let sentence = recovery["sentence"].as_str().unwrap();
    assert!(sentence.contains("A letter may be wrong"), "{sentence}");
    assert!(histories(&cli).iter().any(|act| act["mended"] == true));
}

#[test]
fn a_header_that_no_longer_reads_comes_back_from_the_columns_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let before = dump(&cli);
    let connection = Connection::open(database(dir.path())).unwrap();
    let damage = "update act set header = x'ffffff' where command = 'import_deals'";
    connection.execute(damage, []).unwrap();
    drop(connection);
    let recovery = cli.done(&["recover"]);
    assert_eq!(account(&recovery), [0; 5], "{recovery}");
    assert_eq!(dump(&cli), before);
}

#[test]
fn an_act_whose_row_is_gone_keeps_its_changes_under_a_header_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let before = engagements(&cli);
    let connection = Connection::open(database(dir.path())).unwrap();
    let damage = "delete from act where command = 'import_deals' and n = (select max(n) from act where command = 'import_deals')";
    assert_eq!(connection.execute(damage, []).unwrap(), 1);
    drop(connection);
    let recovery = cli.done(&["recover"]);
    assert_eq!(account(&recovery)[1], 1, "{recovery}");
    assert_eq!(engagements(&cli), before);
    assert!(is_whole(&cli));
}

#[test]
fn the_act_as_it_was_recorded_takes_the_place_of_the_mended_one() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let (before, whole) = (dump(&cli), bundle(&cli, "whole.btn"));
    spoil(dir.path(), 200);
    cli.done(&["recover"]);
    assert_ne!(dump(&cli), before);
    cli.done(&["import", "bundle", &whole]);
    assert_eq!(dump(&cli), before);
    assert!(is_whole(&cli));
}

#[test]
fn a_copy_that_holds_the_act_as_it_was_recorded_puts_it_right_at_the_next_recovery() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let before = dump(&cli);
    let copy = cli.store().join("backups/baton-2026-11-01.sqlite");
    let whole = std::fs::read(database(dir.path())).unwrap();
    spoil(dir.path(), 200);
    let recovery = cli.done(&["recover"]);
    assert_ne!(dump(&cli), before);
    std::fs::remove_file(recovery["kept_as"].as_str().unwrap()).unwrap();
    std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
    std::fs::write(&copy, whole).unwrap();
    overwrite(&database(dir.path()), 0, &[0; 4096]);
    cli.done(&["recover"]);
    assert_eq!(dump(&cli), before);
}

#[test]
fn a_colleague_keeps_the_act_as_it_was_recorded_and_takes_what_came_after() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let before = engagements(&cli);
    let colleague = Cli::new(dir.path().join("colleague"));
    colleague.done(&["import", "bundle", &bundle(&cli, "whole.btn")]);
    spoil(dir.path(), 200);
    cli.done(&["recover"]);
    cli.create_person("Sanna Koski", &["support"]);
    colleague.done(&["import", "bundle", &bundle(&cli, "mended.btn")]);
    assert_eq!(engagements(&colleague), before);
    cli.done(&["import", "bundle", &bundle(&colleague, "back.btn")]);
    assert_eq!(dump(&cli), dump(&colleague));
}

#[test]
fn two_laptops_that_mended_the_same_act_end_with_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let first = imported(dir.path());
    let file = std::fs::read(database(dir.path())).unwrap();
    let other_dir = tempfile::tempdir().unwrap();
    let other = Cli::new(other_dir.path().join("store"));
    std::fs::create_dir(other.store()).unwrap();
    std::fs::write(database(other_dir.path()), file).unwrap();
    spoil(dir.path(), 200);
    spoil(other_dir.path(), 120);
    first.done(&["recover"]);
    other.done(&["recover"]);
    assert_ne!(dump(&first), dump(&other));
    let (of_first, of_other) = (bundle(&first, "first.btn"), bundle(&other, "other.btn"));
    first.done(&["import", "bundle", &of_other]);
    other.done(&["import", "bundle", &of_first]);
    assert_eq!(dump(&first), dump(&other));
    assert!(is_whole(&first));
}

#[test]
fn a_log_that_lacks_what_it_counts_is_damaged_and_never_looked_through_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let connection = Connection::open(database(dir.path())).unwrap();
    let damage = "delete from operation where seq = (select max(seq) from operation)";
    assert_eq!(connection.execute(damage, []).unwrap(), 1);
    drop(connection);
    assert_eq!(cli.run(&["check"]).json["ok"], false);
    let recovery = cli.done(&["recover"]);
    assert_eq!(account(&recovery), [1, 0, 0, 1, 0], "{recovery}");
    assert!(is_whole(&cli));
}

#[test]
fn a_colleague_who_has_a_part_of_a_mended_act_takes_nothing_of_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    cli.create_person("Nea Lind", &["sales"]);
    let part = bundle(&cli, "part.btn");
    cli.create_person("Aki Ranta", &["sales"]);
    cli.create_person("Sanna Koski", &["support"]);
    let before = ask(&cli, "select count(*) from person");
    // The rows of the last three acts are gone, so that what they did comes back as one.
    let connection = Connection::open(database(dir.path())).unwrap();
    let damage = "delete from act where n > (select max(n) - 3 from act)";
    assert_eq!(connection.execute(damage, []).unwrap(), 3);
    drop(connection);
    let recovery = cli.done(&["recover"]);
    assert_eq!(account(&recovery), [0, 1, 3, 0, 0], "{recovery}");
    cli.done(&["import", "bundle", &part]);
    assert_eq!(ask(&cli, "select count(*) from person"), before);
    assert_eq!(
        ask(&cli, "select count(*) from act"),
        recovery["acts_saved"].as_i64().unwrap() + 1
    );
    assert!(is_whole(&cli));
}

#[test]
fn what_was_done_after_a_lost_change_of_a_colleague_does_not_wait_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let colleague = Cli::new(dir.path().join("colleague"));
    colleague.done(&["import", "bundle", &bundle(&cli, "first.btn")]);
    let id = cli.done(&["engagements"])[0]["id"].clone();
    let rename = |cli: &Cli, name: &str| {
        let cli = cli.as_person("Maja Berg");
        cli.call(
            "rename_engagement",
            &json!({ "engagement_id": id, "name": name }),
        );
    };
    rename(&colleague, "As the colleague called it");
    cli.done(&["import", "bundle", &bundle(&colleague, "second.btn")]);
    rename(&cli, "As it is called now");
    let bytes = std::fs::read(database(dir.path())).unwrap();
    let connection = Connection::open(database(dir.path())).unwrap();
    let lost: Vec<u8> = connection
        .query_row(
            "select body from operation join act on act.n = operation.act
             where command = 'rename_engagement' order by act.n limit 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    drop(connection);
    let at = bytes.windows(lost.len()).position(|part| part == lost);
    overwrite(&database(dir.path()), at.unwrap() as u64, &[0xff; 3]);
    let recovery = cli.done(&["recover"]);
    assert_eq!(account(&recovery), [1, 0, 0, 1, 0], "{recovery}");
    let called = "select count(*) from engagement where name = 'As it is called now'";
    assert_eq!(ask(&cli, called), 1);
    assert!(is_whole(&cli));
}

#[test]
fn wherever_a_byte_is_wrong_everything_but_what_it_hit_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let cli = imported(dir.path());
    let whole = std::fs::read(database(dir.path())).unwrap();
    let (before, people) = (engagements(&cli), ask(&cli, "select count(*) from person"));
    // Every page is hit, each at another place of it.
    let pages = whole.len() / 4096;
    for page in 0..pages {
        let at = page * 4096 + (page * 577) % 4096;
        let mut damaged = whole.clone();
        damaged[at] ^= 0x41;
        let store = dir.path().join(format!("{page}"));
        std::fs::create_dir(&store).unwrap();
        std::fs::write(store.join("baton.sqlite"), damaged).unwrap();
        let cli = Cli::new(&store);
        let recovery = cli.done(&["recover"]);
        let [acts_lost, .., changes_lost, waiting] = account(&recovery);
        assert!(
            acts_lost <= changes_lost && changes_lost <= 40 && waiting == 0,
            "byte {at}: {recovery}"
        );
        let missing =
            before - engagements(&cli) + people - ask(&cli, "select count(*) from person");
        assert!(
            (0..=changes_lost).contains(&missing),
            "byte {at}: {recovery}"
        );
        assert!(is_whole(&cli), "byte {at}: {recovery}");
    }
}

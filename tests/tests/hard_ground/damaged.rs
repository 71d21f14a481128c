//! Damaged stores: recognised, named, and recovered from the log and the backups.

use super::{
    ask, backed_up_by_a_server, book_store, contents, database, dump, is_whole, overwrite, page_of,
    says,
};
use baton_tests::book::write_many_deals;
use baton_tests::program::Cli;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Damages a store in one way.
type Damage = fn(&Path);

const DAMAGES: [(&str, Damage); 5] = [
    ("its first bytes are gone", |file| {
        overwrite(file, 0, &[0; 64])
    }),
    ("its first page is noise", |file| {
        overwrite(file, 0, &[0xA7; 4096]);
    }),
    ("it was cut in the middle of a page", |file| {
        let length = std::fs::metadata(file).unwrap().len();
        let file = std::fs::File::options().write(true).open(file).unwrap();
        file.set_len(length - 4096 - 100).unwrap();
    }),
    ("it is empty, and there was a backup", |file| {
        std::fs::create_dir(file.with_file_name("backups")).unwrap();
        let backup = file.with_file_name("backups/baton-2026-11-01.sqlite");
        std::fs::rename(file, backup).unwrap();
        std::fs::write(file, "").unwrap();
    }),
    ("it is another file", |file| {
        std::fs::write(file, "opportunity_id,sales_agent\n".repeat(500)).unwrap();
    }),
];

#[test]
fn a_damaged_store_is_recognised_named_and_not_touched() {
    for (what, damage) in DAMAGES {
        let dir = tempfile::tempdir().unwrap();
        let cli = book_store(dir.path());
        damage(&database(dir.path()));
        let before = contents(dir.path());
        let path = database(dir.path()).display().to_string();
        for task in [&["engagements"][..], &["serve"]] {
            says(
                &cli.run(task),
                "store_damaged",
                &[&path, "baton-cli recover"],
            );
        }
        assert!(contents(dir.path()) == before, "{what}");
    }
}

#[test]
fn a_store_that_is_not_of_the_version_it_says_is_damaged_and_comes_back() {
    for version in [-1, 0, 1, 2, 3] {
        let dir = tempfile::tempdir().unwrap();
        let cli = book_store(dir.path());
        let before = dump(&cli);
        let connection = Connection::open(database(dir.path())).unwrap();
        connection
            .pragma_update(None, "user_version", version)
            .unwrap();
        drop(connection);
        let files = contents(dir.path());
        for task in [&["engagements"][..], &["serve"]] {
            let done = cli.run(task);
            says(&done, "store_damaged", &["baton-cli recover"]);
            assert!(!done.out.contains("create table"), "{}", done.out);
        }
        assert!(contents(dir.path()) == files, "version {version}");
        let recovery = cli.done(&["recover"]);
        assert_eq!(recovery["acts_lost"], 0, "version {version}: {recovery}");
        assert_eq!(dump(&cli), before, "version {version}");
    }
}

#[test]
fn an_empty_or_missing_file_is_no_new_store_where_traces_say_that_there_was_one() {
    let traces = [
        "backups/baton-2026-11-01.sqlite",
        "baton.damaged-2026-11-01.sqlite",
        "baton.before-3.sqlite",
    ];
    for (trace, is_there) in traces
        .iter()
        .flat_map(|trace| [(trace, true), (trace, false)])
    {
        let dir = tempfile::tempdir().unwrap();
        let cli = book_store(dir.path());
        let before = dump(&cli);
        std::fs::create_dir_all(cli.store().join("backups")).unwrap();
        std::fs::rename(database(dir.path()), cli.store().join(trace)).unwrap();
        if is_there {
            std::fs::write(database(dir.path()), "").unwrap();
        }
        for task in [&["engagements"][..], &["serve"]] {
            says(&cli.run(task), "store_damaged", &["baton-cli recover"]);
        }
        cli.done(&["recover"]);
        assert_eq!(dump(&cli), before, "{trace}, {is_there}");
    }
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    std::fs::create_dir(cli.store()).unwrap();
    std::fs::write(database(dir.path()), "").unwrap();
    assert_eq!(cli.done(&["engagements"]), json!([]));
}

#[test]
fn serve_finds_damage_that_no_list_would_show() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let place = page_of(&database(dir.path()), "product_by_import_key");
    overwrite(&database(dir.path()), place, &[0x77; 4096]);
    says(&cli.run(&["serve"]), "store_damaged", &["recover"]);
}

/// The file `baton.damaged-….sqlite` of a recovery.
fn kept(recovery: &Value) -> PathBuf {
    PathBuf::from(recovery["kept_as"].as_str().unwrap())
}

#[test]
fn everything_comes_back_from_the_log_while_its_pages_read() {
    let damages: [(&str, Damage); 5] = [
        ("first page", |file| overwrite(file, 0, &[0xA7; 4096])),
        ("root of the acts", |file| {
            let place = page_of(file, "act");
            let page = std::fs::read(file).unwrap()[place as usize];
            // The book is small: a leaf is the log itself, so that only what stands above leaves is broken.
            if page == 0x05 {
                overwrite(file, place, &[0; 4096]);
            } else {
                overwrite(file, page_of(file, "engagement"), &[0; 4096]);
            }
        }),
        ("root of the operations' index", |file| {
            let place = page_of(file, "operation_by_entity");
            overwrite(file, place, &[0x55; 4096]);
        }),
        ("every projected table", |file| {
            for table in ["engagement", "account", "person", "head", "product"] {
                overwrite(file, page_of(file, table), &[0x33; 4096]);
            }
        }),
        ("the schema", |file| overwrite(file, 100, &[0xFF; 200])),
    ];
    for (what, damage) in damages {
        let dir = tempfile::tempdir().unwrap();
        let cli = book_store(dir.path());
        let many = write_many_deals(dir.path(), 300).display().to_string();
        cli.done(&["import", "deals", &many]);
        cli.create_person("Olli Virta", &["lead"]);
        let (before, acts) = (dump(&cli), ask(&cli, "select count(*) from act"));
        damage(&database(dir.path()));
        let damaged = std::fs::read(database(dir.path())).unwrap();

        let recovery = cli.done(&["recover"]);
        assert_eq!(
            (
                &recovery["how"],
                recovery["acts_saved"].as_i64(),
                &recovery["acts_lost"]
            ),
            (&json!("log"), Some(acts), &json!(0)),
            "{what}: {recovery}"
        );
        assert_eq!(dump(&cli), before, "{what}");
        assert!(is_whole(&cli), "{what}");
        assert_eq!(std::fs::read(kept(&recovery)).unwrap(), damaged, "{what}");
        let sentence = recovery["sentence"].as_str().unwrap();
        assert!(
            sentence.contains("Nothing is lost") && sentence.contains("baton.damaged-"),
            "{what}: {sentence}"
        );
    }
}

#[test]
fn what_stood_in_the_write_ahead_log_only_comes_back_too() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let held = Connection::open(database(dir.path())).unwrap();
    held.query_row("select count(*) from act", [], |row| row.get::<_, i64>(0))
        .unwrap();
    // While somebody reads, the last writer does not empty the write-ahead log.
    cli.create_person("Olli Virta", &["lead"]);
    let before = dump(&cli);
    held.set_db_config(
        rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
        true,
    )
    .unwrap();
    drop(held);
    let store = dir.path().join("store");
    assert!(
        std::fs::metadata(store.join("baton.sqlite-wal"))
            .unwrap()
            .len()
            > 0
    );
    overwrite(&database(dir.path()), 0, &[0; 16]);
    let recovery = cli.done(&["recover"]);
    assert_eq!(recovery["how"], "log", "{recovery}");
    assert_eq!(dump(&cli), before);
}

#[test]
fn what_the_log_lost_comes_from_the_last_good_backup() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let backup = backed_up_by_a_server(&cli, dir.path());
    let before = dump(&cli);
    cli.create_person("Olli Virta", &["lead"]);
    // Everything that the log's pages hold is gone.
    std::fs::write(database(dir.path()), vec![0x11; 200_000]).unwrap();
    let recovery = cli.done(&["recover"]);
    assert_eq!(recovery["how"], "backup", "{recovery}");
    assert_eq!(recovery["backup"], backup["path"]);
    let sentence = recovery["sentence"].as_str().unwrap();
    assert!(sentence.contains("after the newest"), "{sentence}");
    assert_eq!(dump(&cli), before);
    assert!(is_whole(&cli));
}

#[test]
fn what_is_lost_for_good_is_counted_and_the_rest_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    create_many(&cli);
    let acts = ask(&cli, "select count(*) from act");
    wipe(&database(dir.path()), b"Person 100");
    let recovery = cli.done(&["recover"]);
    let (saved, lost) = (
        recovery["acts_saved"].as_i64().unwrap(),
        recovery["acts_lost"].as_i64().unwrap(),
    );
    assert!(lost > 0 && saved + lost == acts, "{recovery}");
    assert_eq!(recovery["waiting"], 0, "{recovery}");
    let after = "select count(*) from person where name = 'Person 199'";
    assert_eq!(ask(&cli, after), 1, "what came after the lost ones");
    let sentence = recovery["sentence"].as_str().unwrap();
    assert!(sentence.contains("Import a bundle"), "{sentence}");
    assert!(is_whole(&cli));
}

fn create_many(cli: &Cli) {
    for round in 0..200 {
        cli.create_person(&format!("Person {round}"), &["sales"]);
    }
}

/// Overwrites every page that holds these bytes.
fn wipe(file: &Path, part: &[u8]) {
    let bytes = std::fs::read(file).unwrap();
    let mut wiped = 0;
    for (place, page) in bytes.chunks(4096).enumerate() {
        if contains(page, part) {
            overwrite(file, place as u64 * 4096, &[0; 4096]);
            wiped += 1;
        }
    }
    assert!(wiped > 0);
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_colleagues_bundle_brings_back_what_a_recovery_lost() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    create_many(&cli);
    let bundle = dir.path().join("all.btn").display().to_string();
    cli.done(&["export", "bundle", &bundle]);
    let before = dump(&cli);
    wipe(&database(dir.path()), b"Person 100");
    let recovery = cli.done(&["recover"]);
    assert_ne!(recovery["acts_lost"], 0, "{recovery}");
    cli.done(&["import", "bundle", &bundle]);
    assert_eq!(dump(&cli), before);
    // The laptop goes on under a new id, so that nothing it writes meets what it wrote before.
    cli.create_person("Sanna Koski", &["support"]);
    let again = Cli::new(dir.path().join("colleague"));
    again.done(&["import", "bundle", &bundle]);
    let second = dir.path().join("second.btn").display().to_string();
    cli.done(&["export", "bundle", &second]);
    again.done(&["import", "bundle", &second]);
    assert_eq!(dump(&again), dump(&cli));
}

#[test]
fn a_store_that_is_whole_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let before = std::fs::read(database(dir.path())).unwrap();
    let recovery = cli.done(&["recover"]);
    assert_eq!(
        (&recovery["how"], &recovery["acts_lost"]),
        (&json!("intact"), &json!(0))
    );
    assert!(std::fs::read(database(dir.path())).unwrap() == before);
}

#[test]
fn when_nothing_can_be_recovered_nothing_is_changed() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    std::fs::create_dir(cli.store()).unwrap();
    std::fs::write(database(dir.path()), vec![9; 50_000]).unwrap();
    says(
        &cli.run(&["recover"]),
        "nothing_to_recover",
        &["Nothing was changed", "bundle"],
    );
    assert!(std::fs::read(database(dir.path())).unwrap() == vec![9; 50_000]);
    assert!(!cli.store().join(".recovering").exists());
}

#[test]
fn a_recovery_that_was_cut_off_is_never_taken_for_a_new_store() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let before = dump(&cli);
    // As if killed after the damaged file was put aside and before the new one was in its place.
    std::fs::rename(
        database(dir.path()),
        cli.store().join("baton.damaged-2026-11-01.sqlite"),
    )
    .unwrap();
    says(&cli.run(&["engagements"]), "store_damaged", &["recover"]);
    cli.done(&["recover"]);
    assert_eq!(dump(&cli), before);
}

#[test]
fn a_backup_of_another_workspace_is_not_mixed_in() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let other = Cli::new(dir.path().join("other"));
    other.create_person("Somebody Else", &["sales"]);
    std::fs::create_dir(cli.store().join("backups")).unwrap();
    let foreign = cli.store().join("backups/baton-2026-11-01.sqlite");
    other.done(&["backup", &foreign.display().to_string()]);
    let before = dump(&cli);
    overwrite(&database(dir.path()), 0, &[0; 4096]);
    cli.done(&["recover"]);
    assert_eq!(dump(&cli), before);
}

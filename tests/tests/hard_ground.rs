//! The ground that Baton stands on gives way: newer, older, damaged, read-only and full stores, wrong clocks, files
//! that are too large or no files, two processes at once. Nothing that was saved is lost, and every answer says what
//! to do next.
#![allow(clippy::unwrap_used, clippy::expect_used)]
// Mode bits, other users and limits of memory are set the way Unix has them.
#![cfg(unix)]

use baton_tests::book::{write_deals, write_many_deals};
use baton_tests::laptop::{Laptop, NOON, Team};
use baton_tests::program::{Cli, Done, program, repository};
use baton_tests::server::Server;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A store with the made-up book, a seller and a project manager.
fn book_store(dir: &Path) -> Cli {
    let cli = Cli::new(dir.join("store"));
    cli.create_person("Iris Holm", &["sales"]);
    cli.create_person("Maja Berg", &["project_manager"]);
    cli.done(&["import", "deals", &write_deals(dir).display().to_string()]);
    cli
}

fn database(dir: &Path) -> PathBuf {
    dir.join("store/baton.sqlite")
}

fn write(dir: &Path, name: &str, bytes: &[u8]) -> String {
    let path = dir.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

/// Fails with this code, and says a sentence that names every one of the words.
fn says(done: &Done, code: &str, words: &[&str]) {
    assert_eq!(done.json["code"], code, "{}{}", done.out, done.err);
    assert!(done.code == Some(1) || done.code == Some(2), "{done:?}");
    let sentence = done.json["sentence"].as_str().unwrap();
    for word in words {
        assert!(sentence.contains(word), "{word:?} is not in {sentence:?}");
    }
    assert_eq!(done.err.trim(), sentence);
}

/// Every file under a folder with its bytes, but for those that only order who may use the others.
fn contents(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !is_only_order(&path) {
                found.push((path.clone(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// It holds nothing that was saved: a lock, an index in shared memory, a write-ahead log that is empty.
fn is_only_order(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    let is_empty = std::fs::metadata(path).unwrap().len() == 0;
    name == "baton.lock" || name.ends_with("-shm") || (name.ends_with("-wal") && is_empty)
}

fn is_whole(cli: &Cli) -> bool {
    cli.done(&["check"])["ok"] == true
}

fn ask(cli: &Cli, sql: &str) -> i64 {
    let dir = cli.store();
    Connection::open(dir.join("baton.sqlite"))
        .unwrap()
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

/// The dump without what a recovery must change: the laptop's place in the log stays, the settings are not in it.
fn dump(cli: &Cli) -> String {
    cli.run(&["dump"]).out
}

/// Overwrites bytes of a file.
fn overwrite(file: &Path, at: u64, bytes: &[u8]) {
    let mut file = std::fs::File::options().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

fn page_of(file: &Path, table: &str) -> u64 {
    let connection = Connection::open(file).unwrap();
    let root: u64 = connection
        .query_row(
            "select rootpage from sqlite_schema where name = ?",
            [table],
            |row| row.get(0),
        )
        .unwrap();
    (root - 1) * 4096
}

// Newer and older stores.

#[test]
fn a_newer_store_is_refused_with_a_sentence_and_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let connection = Connection::open(database(dir.path())).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    // Without a checkpoint, so that what is newer stands in the write-ahead log alone.
    connection
        .set_db_config(
            rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
            true,
        )
        .unwrap();
    drop(connection);
    let before = contents(dir.path());
    for task in [&["engagements"][..], &["serve"], &["recover"]] {
        says(&cli.run(task), "store_newer", &["Update Baton"]);
    }
    assert!(contents(dir.path()) == before);
}

/// A store as the first version wrote it: its schema, and the log of this one.
fn older_store(dir: &Path) -> (Cli, String) {
    let cli = book_store(dir);
    let dump = dump(&cli);
    let new = Connection::open(database(dir)).unwrap();
    let old = dir.join("old");
    std::fs::create_dir(&old).unwrap();
    let first = std::fs::read_to_string(repository().join("migrations/0001_init.sql")).unwrap();
    let connection = Connection::open(old.join("baton.sqlite")).unwrap();
    connection.execute_batch(&first).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    let path = database(dir).display().to_string();
    connection.execute("attach ? as new", [&path]).unwrap();
    for table in ["setting", "device", "act", "operation"] {
        connection
            .execute_batch(&format!(
                "insert into main.{table} select * from new.{table}"
            ))
            .unwrap();
    }
    drop(new);
    (Cli::new(old), dump)
}

#[test]
fn an_older_store_is_copied_aside_and_its_tables_are_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (old, expected) = older_store(dir.path());
    assert_eq!(dump(&old), expected);
    assert!(is_whole(&old));
    let aside = Connection::open(old.store().join("baton.before-1.sqlite")).unwrap();
    let version: i64 = aside
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 1);
}

#[test]
fn a_copy_of_an_older_store_is_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let (old, _) = older_store(dir.path());
    let kept = old.store().join("baton.before-1.sqlite");
    std::fs::write(&kept, "an earlier copy").unwrap();
    old.done(&["engagements"]);
    assert_eq!(std::fs::read(&kept).unwrap(), b"an earlier copy");
    assert!(old.store().join("baton.before-1-2.sqlite").is_file());
}

// Damaged stores.

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
    assert!(recovery["waiting"].as_i64().unwrap() > 0, "{recovery}");
    let sentence = recovery["sentence"].as_str().unwrap();
    assert!(sentence.contains("Import a bundle"), "{sentence}");
    assert_eq!(ask(&cli, "select count(*) from act"), saved);
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

// Read-only stores.

/// Runs the program as somebody whom mode bits bind; root they do not.
fn run_as_nobody(cli: &Cli, arguments: &[&str]) -> Done {
    let mut command = if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid", "65534", "--regid", "65534", "--clear-groups"])
            .arg(nobodys_program());
        command
    } else {
        Command::new(program("baton-cli"))
    };
    let output = command
        .env_remove("BATON_STORE")
        .stdin(Stdio::null())
        .arg("--store")
        .arg(cli.store())
        .args(arguments)
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    Done {
        code: output.status.code(),
        json: serde_json::from_str(&out).unwrap_or_default(),
        out,
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The program may stand where only root can go; a link in a folder for everybody is the same file.
fn nobodys_program() -> PathBuf {
    static COPY: std::sync::OnceLock<(tempfile::TempDir, PathBuf)> = std::sync::OnceLock::new();
    COPY.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        set_mode(dir.path(), 0o755);
        let copy = dir.path().join("baton-cli");
        if std::fs::hard_link(program("baton-cli"), &copy).is_err() {
            std::fs::copy(program("baton-cli"), &copy).unwrap();
        }
        set_mode(&copy, 0o755);
        (dir, copy)
    })
    .1
    .clone()
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Makes a store that everybody may read and nobody may write.
fn make_read_only(dir: &Path) {
    set_mode(dir, 0o755);
    set_mode(&dir.join("store"), 0o555);
    for entry in std::fs::read_dir(dir.join("store")).unwrap() {
        set_mode(&entry.unwrap().path(), 0o444);
    }
}

#[test]
fn a_read_only_store_is_read_and_every_write_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let expected = dump(&cli);
    make_read_only(dir.path());
    let before = contents(&cli.store());
    assert_eq!(run_as_nobody(&cli, &["dump"]).out, expected);
    let list = run_as_nobody(&cli, &["engagements"]);
    assert_eq!(list.json.as_array().map(Vec::len), Some(5), "{}", list.out);
    assert_eq!(run_as_nobody(&cli, &["check"]).json["ok"], true);
    let out = dir.path().join("out");
    std::fs::create_dir(&out).unwrap();
    set_mode(&out, 0o777);
    for (kind, name) in [
        ("bundle", "all.btn"),
        ("engagements", "all.xlsx"),
        ("json", "all.json"),
    ] {
        let file = out.join(name).display().to_string();
        let done = run_as_nobody(&cli, &["export", kind, &file]);
        assert_eq!(done.code, Some(0), "{kind}: {}", done.out);
    }
    let deals = write_many_deals(dir.path(), 3);
    set_mode(&deals, 0o644);
    let writes = [
        vec!["call", "create_person", r#"{"name":"X","roles":["sales"]}"#],
        vec!["import", "deals", deals.to_str().unwrap()],
    ];
    for write in &writes {
        says(
            &run_as_nobody(&cli, write),
            "store_read_only",
            &["Check that"],
        );
    }
    assert!(contents(&cli.store()) == before);
}

#[test]
fn an_older_read_only_store_is_read_too() {
    let dir = tempfile::tempdir().unwrap();
    let (old, expected) = older_store(dir.path());
    set_mode(dir.path(), 0o755);
    set_mode(&old.store(), 0o555);
    set_mode(&old.store().join("baton.sqlite"), 0o444);
    let before = contents(&old.store());
    assert_eq!(run_as_nobody(&old, &["dump"]).out, expected);
    assert!(contents(&old.store()) == before);
}

#[test]
fn a_store_that_must_not_be_read_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    set_mode(dir.path(), 0o755);
    set_mode(&database(dir.path()), 0o600);
    says(
        &run_as_nobody(&cli, &["engagements"]),
        "store_unreadable",
        &["Check that you may read"],
    );
}

#[test]
fn a_new_store_where_nothing_may_be_written_says_so() {
    let dir = tempfile::tempdir().unwrap();
    set_mode(dir.path(), 0o555);
    let cli = Cli::new(dir.path().join("store"));
    says(
        &run_as_nobody(&cli, &["engagements"]),
        "store_read_only",
        &["Check that"],
    );
}

// A full disk.

#[test]
fn an_act_without_room_is_refused_and_done_when_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let before = dump(&cli);
    let many = write_many_deals(dir.path(), 400).display().to_string();
    let import = ["import", "deals", &many];
    let output = cli
        .command(&import)
        .env("BATON_TEST_PAGES", "1")
        .output()
        .unwrap();
    let refused: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (output.status.code(), &refused["code"]),
        (Some(1), &json!("disk_full"))
    );
    assert!(
        refused["sentence"].as_str().unwrap().contains("Make room"),
        "{refused}"
    );
    assert_eq!(dump(&cli), before);
    assert!(is_whole(&cli));
    assert_eq!(cli.done(&import)["created"], 400);
    assert!(is_whole(&cli));
}

/// On a disk of its own, made in a namespace; where the machine lets nobody make one, the store's own limit is what
/// it meets.
#[test]
fn without_any_room_the_store_is_still_read() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let expected = dump(&cli);
    let small = dir.path().join("small");
    std::fs::create_dir(&small).unwrap();
    let disk = "mount -t tmpfs -o size=1m none \"$2\" && cp -r \"$1\" \"$2/store\" \
        && { dd if=/dev/zero of=\"$2/fill\" bs=4k 2> \"$1/dd\" || true; } && ";
    let acts = "\"$3\" --store \"$2/store\" dump \
        && \"$3\" --store \"$2/store\" import deals \"$4\" >&2";
    let run = |arguments: &[&str], script: String| {
        Command::new(arguments[0])
            .args(&arguments[1..])
            .args(["sh", "-c", &script, "sh"])
            .args([cli.store(), small.clone(), program("baton-cli")])
            .arg(write_many_deals(dir.path(), 400))
            .env("BATON_TEST_PAGES", "1")
            .output()
            .unwrap()
    };
    let namespace = ["unshare", "--user", "--map-root-user", "--mount"];
    let can_mount = run(&namespace, "mount -t tmpfs none \"$2\"".to_owned());
    let output = if can_mount.status.success() {
        run(&namespace, format!("{disk}{acts}"))
    } else {
        run(&["env"], format!("cp -r \"$1\" \"$2/store\" && {acts}"))
    };
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(out == expected, "{out}{err}");
    assert!(err.contains("disk_full"), "{err}");
}

#[test]
fn a_laptop_whose_disk_fills_up_goes_on_in_the_same_window() {
    let mut team = Team::new(1);
    let before = team.laptop.dump();
    team.laptop.store.make_room_for(1).unwrap();
    let rows: String = (0..400)
        .map(|row| format!("Client {row},Retail,Finland\n"))
        .collect();
    let content = base64(format!("account,sector,country\n{rows}").as_bytes());
    let import = json!({ "content_base64": content });
    let refused = team
        .laptop
        .refused("Ola", "import_accounts", import.clone());
    assert_eq!(refused["code"], "disk_full");
    assert_eq!(team.laptop.dump(), before);
    team.laptop.store.make_room_for(1 << 30).unwrap();
    assert_eq!(
        team.laptop.call("Ola", "import_accounts", import)["created"],
        400
    );
    team.laptop.check();
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

// Clocks.

#[test]
fn acts_stay_in_order_whatever_the_clock_says() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    cli.done(&["rehearsal"]);
    let clocks = [
        "2026-11-20",
        "2199-06-01",
        "1999-01-01",
        "1969-01-01",
        "9999-12-31",
        "2026-11-21",
    ];
    for clock in clocks {
        cli.done(&[
            "--now",
            clock,
            "call",
            "create_person",
            &format!(r#"{{"name":"{clock}","roles":["sales"]}}"#),
        ]);
    }
    let people = cli.call("people", &json!({}));
    assert_eq!(
        people.as_array().map(Vec::len),
        Some(clocks.len()),
        "{people}"
    );
    let disordered = "select count(*) from act as later join act as earlier
        on earlier.device = later.device and earlier.first_seq < later.first_seq where earlier.at >= later.at";
    assert_eq!(ask(&cli, disordered), 0);
    assert!(is_whole(&cli));
}

#[test]
fn a_later_value_wins_after_the_clock_was_set_back() {
    let mut team = Team::new(2);
    for (clock, name) in [
        (NOON + 10_000_000_000_000, "Far"),
        (NOON - 10_000_000_000_000, "Back"),
    ] {
        team.laptop.clock.set(clock);
        team.call("Ola", "rename_engagement", json!({ "name": name }));
    }
    let mut colleague = Laptop::new(3);
    colleague.receive(&team.laptop.bundle());
    let view = colleague.call("", "engagement", team.of(json!({})));
    assert_eq!(view["name"], "Back");
    team.laptop.check();
}

// Files that are too large, and folders where a file is expected.

#[test]
fn a_file_of_a_gigabyte_is_refused_before_it_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let large = dir.path().join("large");
    std::fs::File::create(&large)
        .unwrap()
        .set_len(1 << 30)
        .unwrap();
    for what in ["deals", "accounts", "products", "bundle"] {
        // Within 400 MB of addresses, programs and all, there is no room for the file.
        let output = Command::new("sh")
            .args(["-c", "ulimit -v 400000; exec \"$@\"", "sh"])
            .arg(program("baton-cli"))
            .arg("--store")
            .arg(cli.store())
            .args(["import", what])
            .arg(&large)
            .output()
            .unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        assert_eq!(answer["code"], "file_too_large", "{what}: {output:?}");
        let sentence = answer["sentence"].as_str().unwrap();
        assert!(sentence.contains("Split"), "{sentence}");
    }
}

#[test]
fn a_folder_where_a_file_is_expected_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let here = dir.path().display().to_string();
    let folder = dir.path().join("folder.csv");
    std::fs::create_dir(&folder).unwrap();
    let folder = folder.display().to_string();
    let before = dump(&cli);
    let cases: [&[&str]; 7] = [
        &["import", "deals", &here],
        &["import", "accounts", &here],
        &["import", "bundle", &here],
        &["export", "bundle", &here],
        &["export", "engagements", &folder],
        &["export", "json", &here],
        &["backup", &here],
    ];
    for case in cases {
        says(
            &cli.run(case),
            "file_unreadable",
            &["is a folder", "Name a file"],
        );
    }
    assert_eq!(dump(&cli), before);
}

#[test]
fn a_file_where_a_store_is_expected_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = write(dir.path(), "file", b"x");
    let inside = dir.path().join("file/store");
    for place in [Path::new(&file), &inside] {
        let done = Cli::new(place).run(&["engagements"]);
        says(
            &done,
            "store_not_a_folder",
            &["is a file", "Name the folder"],
        );
    }
    assert_eq!(std::fs::read(&file).unwrap(), b"x");
}

#[test]
fn what_is_missing_or_not_allowed_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let missing = dir.path().join("nothing.csv").display().to_string();
    says(
        &cli.run(&["import", "deals", &missing]),
        "file_unreadable",
        &["There is no", "nothing.csv"],
    );
    let nowhere = dir.path().join("no/where.btn").display().to_string();
    says(
        &cli.run(&["export", "bundle", &nowhere]),
        "file_unreadable",
        &["There is no"],
    );
    says(
        &cli.run(&["export", "engagements", "book.pdf"]),
        "usage",
        &[".xlsx"],
    );
}

// Two processes.

fn no_page(dir: &Path) -> PathBuf {
    let ui = dir.join("dist");
    std::fs::create_dir_all(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<!doctype html><title>Baton</title>").unwrap();
    ui
}

#[test]
fn the_command_line_and_a_server_write_at_once_and_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let server = Server::start(&cli, &no_page(dir.path()));
    let each = 20;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..each {
                cli.create_person(&format!("Typed {round}"), &["sales"]);
            }
        });
        for round in 0..each {
            let args = json!({ "name": format!("Clicked {round}"), "roles": ["sales"] });
            let (status, reply) = server.call("create_person", &args.to_string());
            assert_eq!(status, 200, "{reply}");
        }
    });
    let people = server.call("people", "{}").1;
    let names: Vec<&str> = people["reply"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["name"].as_str())
        .filter(|name| name.starts_with("Typed") || name.starts_with("Clicked"))
        .collect();
    assert_eq!(names.len(), 2 * each, "{names:?}");
    assert!(is_whole(&cli));
}

#[test]
fn a_store_sees_that_another_process_wrote() {
    let mut laptop = Laptop::new(4);
    laptop.call(
        "",
        "create_person",
        json!({ "name": "Iris", "roles": ["sales"] }),
    );
    let before = laptop.store.data_version().unwrap();
    Cli::new(laptop.folder.path()).create_person("Maja", &["sales"]);
    assert_ne!(laptop.store.data_version().unwrap(), before);
    let people = laptop.call("", "people", json!({}));
    assert_eq!(people.as_array().map(Vec::len), Some(2));
}

#[test]
fn a_second_server_is_refused_and_a_killed_one_blocks_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let ui = no_page(dir.path());
    let first = Server::start(&cli, &ui);
    let second = cli.run(&["serve"]);
    says(&second, "store_in_use", &["Another Baton", "close it"]);
    says(&cli.run(&["recover"]), "store_in_use", &["Another Baton"]);
    cli.create_person("Olli Virta", &["lead"]);
    // Killed, not stopped: nothing is cleaned up.
    drop(first);
    assert!(cli.store().join("baton.lock").exists());
    let third = Server::start(&cli, &ui);
    assert_eq!(third.call("session", "{}").0, 200);
}

// Backups.

/// The backup that a server makes at its start, once it is there.
fn backed_up_by_a_server(cli: &Cli, dir: &Path) -> Value {
    let server = Server::start(cli, &no_page(dir));
    loop {
        if let Some(backup) = backups(cli).first() {
            return backup.clone();
        }
        assert_eq!(server.call("session", "{}").0, 200);
    }
}

fn backups(cli: &Cli) -> Vec<Value> {
    let reply = cli.done(&["backups"]);
    reply["backups"].as_array().unwrap().clone()
}

#[test]
fn a_server_makes_the_backup_of_the_day_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let backup = backed_up_by_a_server(&cli, dir.path());
    let copy = dir.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    std::fs::copy(backup["path"].as_str().unwrap(), copy.join("baton.sqlite")).unwrap();
    assert_eq!(dump(&Cli::new(copy)), dump(&cli));
}

/// A laptop that makes a backup a day, from a day on.
fn backed_up(days: i64) -> Laptop {
    let mut laptop = Laptop::new(5);
    for day in 0..days {
        laptop.clock.set(NOON + day * 86_400_000);
        let name = format!("Day {day}");
        laptop.call(
            "",
            "create_person",
            json!({ "name": name, "roles": ["sales"] }),
        );
        assert!(laptop.store.backup_daily().unwrap().is_some());
    }
    laptop
}

fn days(laptop: &mut Laptop) -> Vec<String> {
    let reply = laptop.call("", "backups", json!({}));
    let days = reply["backups"].as_array().unwrap().iter();
    days.map(|backup| backup["on"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_last_seven_backups_stay() {
    let mut laptop = backed_up(9);
    let expected: Vec<String> = (4..=10)
        .rev()
        .map(|day| format!("2026-11-{day:02}"))
        .collect();
    assert_eq!(days(&mut laptop), expected);
}

#[test]
fn one_backup_a_day_is_enough_and_an_empty_store_needs_none() {
    let mut laptop = Laptop::new(6);
    assert_eq!(laptop.store.backup_daily().unwrap(), None);
    laptop.call(
        "",
        "create_person",
        json!({ "name": "Iris", "roles": ["sales"] }),
    );
    assert!(laptop.store.backup_daily().unwrap().is_some());
    assert_eq!(laptop.store.backup_daily().unwrap(), None);
}

#[test]
fn backups_of_days_to_come_do_not_push_out_those_that_were() {
    let mut laptop = backed_up(7);
    for day in 3000..3008 {
        laptop.clock.set(NOON + day * 86_400_000);
        laptop.store.backup_daily().unwrap();
    }
    laptop.clock.set(NOON + 7 * 86_400_000);
    assert!(laptop.store.backup_daily().unwrap().is_some());
    assert!(days(&mut laptop).contains(&"2026-11-09".to_owned()));
}

#[test]
fn a_backup_that_fails_says_so_and_deletes_nothing() {
    let mut laptop = backed_up(7);
    let kept = days(&mut laptop);
    laptop.clock.set(NOON + 8 * 86_400_000);
    // In the place of the new backup's temporary file stands something that cannot be replaced.
    let name = format!(
        "backups/baton-2026-11-10.sqlite.{}.part",
        std::process::id()
    );
    let in_the_way = laptop.folder.path().join(name);
    std::fs::create_dir(&in_the_way).unwrap();
    assert_eq!(
        laptop.store.backup_daily().unwrap_err().code(),
        "file_unreadable"
    );
    assert_eq!(days(&mut laptop), kept);
    assert_eq!(
        laptop.call("", "backups", json!({}))["failure"],
        "file_unreadable"
    );
    std::fs::remove_dir(&in_the_way).unwrap();
    assert!(laptop.store.backup_daily().unwrap().is_some());
    assert_eq!(
        laptop.call("", "backups", json!({}))["failure"],
        Value::Null
    );
}

#[test]
fn a_damaged_store_is_not_backed_up_over_good_backups() {
    let mut laptop = backed_up(7);
    let kept = days(&mut laptop);
    let file = laptop.folder.path().join("baton.sqlite");
    let connection = Connection::open(&file).unwrap();
    connection
        .query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))
        .unwrap();
    drop(connection);
    overwrite(
        &file,
        page_of(&file, "product_by_import_key"),
        &[0x77; 4096],
    );
    laptop.clock.set(NOON + 8 * 86_400_000);
    assert_eq!(
        laptop.store.backup_daily().unwrap_err().code(),
        "store_damaged"
    );
    assert_eq!(days(&mut laptop), kept);
}

// Export.

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

//! The ground that Baton stands on gives way: newer, older, damaged, read-only and full stores, wrong clocks, files
//! that are too large or no files, two processes at once. Nothing that was saved is lost, and every answer says what
//! to do next.
#![allow(clippy::unwrap_used, clippy::expect_used)]
// Mode bits, other users and limits of memory are set the way Unix has them.
#![cfg(unix)]

mod backups;
mod clocks;
mod damaged;
mod exports;
mod files;
mod full_disk;
mod locks;
mod mended;
mod older;
mod read_only;

use baton_tests::book::write_deals;
use baton_tests::program::{Cli, Done, repository};
use baton_tests::server::Server;
use rusqlite::Connection;
use serde_json::Value;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

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

/// A store as the first version wrote it: its schema, and the log of this one.
fn older_store(dir: &Path) -> (Cli, String) {
    as_first_written(dir, &book_store(dir))
}

fn as_first_written(dir: &Path, cli: &Cli) -> (Cli, String) {
    let dump = dump(cli);
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

fn no_page(dir: &Path) -> PathBuf {
    let ui = dir.join("dist");
    std::fs::create_dir_all(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<!doctype html><title>Baton</title>").unwrap();
    ui
}

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

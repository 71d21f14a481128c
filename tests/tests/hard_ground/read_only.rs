//! Stores that may only be read, or not even that.

use super::{book_store, contents, database, dump, older_store, says};
use baton_tests::book::write_many_deals;
use baton_tests::program::{Cli, Done, program};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

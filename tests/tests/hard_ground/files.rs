//! Files that are too large, missing or not allowed, and folders where a file is expected.

use super::{book_store, dump, says, write};
use baton_tests::program::{Cli, program};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

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

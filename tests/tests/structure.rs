//! The house keeps its order: who may name what, read from the sources themselves.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use baton_tests::program::repository;
use std::path::{Path, PathBuf};

fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![repository().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !["node_modules", "dist", "gen", "target"].contains(&name.as_str())
            {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    assert!(
        !found.is_empty(),
        "{folder} has no files: this test would look at nothing"
    );
    found.sort();
    found
}

/// Lines of code, without comments and without tests at the end of the file.
fn code(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("a source file");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(str::to_owned)
        .collect()
}

/// Every place outside of `allowed` that names one of the words.
fn offenders(paths: &[PathBuf], allowed: impl Fn(&str) -> bool, words: &[&str]) -> Vec<String> {
    let root = repository();
    paths
        .iter()
        .map(|path| {
            (
                path,
                path.strip_prefix(&root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/"),
            )
        })
        .filter(|(_, name)| !allowed(name))
        .flat_map(|(path, name)| {
            let hits = code(path)
                .into_iter()
                .filter(|line| words.iter().any(|word| line.contains(word)));
            hits.map(move |line| format!("{name}: {}", line.trim()))
                .collect::<Vec<_>>()
        })
        .collect()
}

const CORE: &str = "src-tauri/crates/core/src";

#[test]
fn only_the_store_contains_sql() {
    let rust: Vec<PathBuf> = ["src-tauri/src", CORE, "src-tauri/crates/cli/src"]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
        .collect();
    let words = [
        "select ",
        "insert into",
        "update ",
        "delete from",
        "prepare_cached",
        "execute_batch",
        "pragma ",
    ];
    let found = offenders(
        &rust,
        |name| name.starts_with(&format!("{CORE}/store/")),
        &words,
    );
    let found: Vec<String> = found
        .into_iter()
        .filter(|line| !line.contains("#[error"))
        .collect();
    assert!(found.is_empty(), "SQL outside of the store: {found:#?}");
}

#[test]
fn only_the_shell_names_tauri_and_only_lib_api_its_javascript() {
    let rust: Vec<PathBuf> = [CORE, "src-tauri/crates/cli/src"]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
        .collect();
    let found = offenders(&rust, |_| false, &["tauri"]);
    assert!(found.is_empty(), "{found:#?}");
    let ui = files("ui/src", &[".ts", ".svelte"]);
    let found = offenders(
        &ui,
        |name| name.starts_with("ui/src/lib/api/"),
        &["@tauri-apps"],
    );
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn domain_and_log_name_neither_sql_files_json_nor_a_clock() {
    let pure: Vec<PathBuf> = [format!("{CORE}/domain"), format!("{CORE}/log")]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
        .collect();
    let words = [
        "rusqlite",
        "std::fs",
        "serde_json",
        "SystemTime",
        "Utc::now",
        "Local::now",
        "crate::clock",
        "crate::store",
        "crate::commands",
        "crate::words",
    ];
    let found = offenders(&pure, |_| false, &words);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn layers_point_one_way() {
    let layers: [(&str, &[&str]); 6] = [
        (
            "log",
            &[
                "domain",
                "store",
                "sync",
                "commands",
                "views",
                "words",
                "import_file",
                "export_file",
            ],
        ),
        (
            "domain",
            &[
                "store",
                "sync",
                "commands",
                "views",
                "words",
                "import_file",
                "export_file",
            ],
        ),
        (
            "export_file",
            &[
                "domain",
                "log",
                "store",
                "sync",
                "commands",
                "views",
                "words",
                "import_file",
            ],
        ),
        (
            "import_file",
            &[
                "domain", "log", "store", "sync", "commands", "views", "words",
            ],
        ),
        ("sync", &["domain", "store", "commands", "views", "words"]),
        (
            "store",
            &["sync", "commands", "views", "words", "export_file"],
        ),
    ];
    for (layer, above) in layers {
        let words: Vec<String> = above.iter().map(|name| format!("crate::{name}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let files = files(&format!("{CORE}/{layer}"), &[".rs"]);
        let found = offenders(&files, |_| false, &words);
        assert!(found.is_empty(), "{layer} looks up: {found:#?}");
    }
}

/// Outside of the store a transaction is only passed on, and a failure only told.
#[test]
fn only_the_store_names_the_database() {
    let found = offenders(
        &files(CORE, &[".rs"]),
        |name| name.starts_with(&format!("{CORE}/store/")) || name.ends_with("core/src/error.rs"),
        &["rusqlite"],
    );
    let found: Vec<String> = found
        .into_iter()
        .filter(|line| !line.ends_with("use rusqlite::Transaction;"))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_core_depends_on_nothing_that_opens_a_window_or_a_connection() {
    let manifest = repository().join("src-tauri/crates/core/Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    let strangers = [
        "tauri", "wry", "tao", "tokio", "axum", "hyper", "reqwest", "ureq", "curl", "rustls",
    ];
    for line in manifest.lines() {
        let package = line.split(['.', ' ', '=']).next().unwrap_or_default();
        assert!(!strangers.contains(&package), "{line}");
    }
}

#[test]
fn nothing_reads_the_machines_clock_or_dice_but_the_injected_ones() {
    let found = offenders(
        &files(CORE, &[".rs"]),
        |name| name.ends_with("core/src/clock.rs"),
        &[
            "Utc::now",
            "Local::now",
            "SystemTime::now",
            "Instant::now",
            "now_v7",
            "getrandom::",
        ],
    );
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_core_opens_no_connection_and_the_server_listens_on_this_machine_only() {
    let words = [
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "reqwest",
        "hyper",
        "ureq",
        "0.0.0.0",
    ];
    let rust: Vec<PathBuf> = ["src-tauri/src", CORE]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
        .collect();
    let found = offenders(&rust, |_| false, &words);
    assert!(found.is_empty(), "{found:#?}");
    let cli = files("src-tauri/crates/cli/src", &[".rs"]);
    let found = offenders(&cli, |name| name.ends_with("/serve.rs"), &words);
    assert!(found.is_empty(), "{found:#?}");
    let serve = offenders(
        &cli,
        |name| !name.ends_with("/serve.rs"),
        &["TcpListener::bind"],
    );
    assert!(
        serve
            .iter()
            .all(|line| line.contains("LOCALHOST") || line.contains("address")),
        "{serve:#?}"
    );
}

#[test]
fn the_window_may_talk_to_nothing_but_the_app_itself() {
    let config = std::fs::read_to_string(repository().join("src-tauri/tauri.conf.json")).unwrap();
    let csp = config
        .lines()
        .find(|line| line.contains("\"csp\""))
        .expect("a policy")
        .to_owned();
    assert!(csp.contains("default-src 'none'"), "{csp}");
    let policy = csp.split('"').nth(3).expect("a policy in quotes");
    let known = [
        "'none'",
        "'self'",
        "'unsafe-inline'",
        "data:",
        "ipc:",
        "http://ipc.localhost",
    ];
    for directive in policy.split(';') {
        for source in directive.split_whitespace().skip(1) {
            assert!(known.contains(&source), "{source} is allowed: {directive}");
        }
    }
    assert_eq!(
        csp.matches("unsafe-inline").count(),
        1,
        "only style attributes: {csp}"
    );
}

#[test]
fn the_screens_reach_the_core_through_lib_api_only() {
    let ui = files("ui/src", &[".ts", ".svelte"]);
    let words = [
        " fetch(",
        "(fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "EventSource",
        "sendBeacon",
    ];
    let found = offenders(&ui, |name| name.starts_with("ui/src/lib/api/"), &words);
    assert!(found.is_empty(), "{found:#?}");
}

/// Frozen from release 0.1.0 on; until then the hash moves with the file, on purpose and visibly.
#[test]
fn a_migration_does_not_change_unnoticed() {
    let migrations = files("migrations", &[".sql"]);
    let hashes: Vec<String> = migrations
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            format!(
                "{} {name}",
                &blake3::hash(&std::fs::read(path).unwrap()).to_hex()[..16]
            )
        })
        .collect();
    let golden = std::fs::read_to_string(repository().join("tests/golden/migrations.txt")).unwrap();
    assert_eq!(
        golden.lines().collect::<Vec<_>>(),
        hashes,
        "a migration changed: see README, \"A new column\""
    );
}

#[test]
fn no_test_is_switched_off_and_none_sleeps() {
    let rust: Vec<PathBuf> = [CORE, "src-tauri/crates/cli/src", "tests"]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
        .collect();
    let own = "tests/tests/structure.rs";
    let words = ["#[ignore", "thread::sleep", "todo!(", "unimplemented!("];
    let found: Vec<String> = rust
        .iter()
        .filter(|path| !path.ends_with(own))
        .filter(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            words.iter().any(|word| text.contains(word))
        })
        .map(|path| path.display().to_string())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let ui = files("ui", &[".test.ts", ".spec.ts"]);
    let found = offenders(&ui, |_| false, &[".skip(", ".only(", "xit(", "setTimeout("]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn sources_are_rooms_that_a_newcomer_overlooks() {
    let shell: usize = files("src-tauri/src", &[".rs"])
        .iter()
        .map(|path| code(path).len())
        .sum();
    assert!(shell < 650, "the shell has {shell} lines");
    let rust = files(CORE, &[".rs"]);
    let large: Vec<String> = rust
        .iter()
        .filter(|path| code(path).len() > 550)
        .map(|path| format!("{}: {} lines", path.display(), code(path).len()))
        .collect();
    assert!(large.is_empty(), "{large:#?}");
    // Tests and their comments are read as well: a suite that grows over this becomes a folder of modules.
    let tests = files("tests", &[".rs"]);
    let large: Vec<String> = tests
        .iter()
        .map(|path| (path, std::fs::read_to_string(path).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > 700)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(large.is_empty(), "{large:#?}");
}

//! Starts of the window on a store that is damaged or cannot be opened: what it says, and the way on.

use baton_tests::book;
use baton_tests::program::Cli;
use baton_tests::screen::{Engine, Name, Screen};
use baton_tests::server::Server;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A store with the made-up export in it, made without a window.
fn book_store(dir: &Path) -> Cli {
    let cli = Cli::new(dir.join("store"));
    cli.create_person("Iris Holm", &["sales"]);
    let cli = cli.as_person("Iris Holm");
    let deals = book::write_deals(dir).display().to_string();
    cli.done(&["import", "deals", &deals]);
    cli.call("choose_person", &json!({ "person_id": iris(&cli) }));
    cli
}

fn iris(cli: &Cli) -> Value {
    cli.call("people", &json!({}))[0]["id"].clone()
}

#[tokio::test]
async fn a_damaged_store_is_recovered_in_the_window_by_keyboard_and_everything_is_there_again() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let before = cli.run(&["dump"]).out;
    let file = dir.path().join("store/baton.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[..4096].fill(0xA7);
    std::fs::write(&file, &bytes).unwrap();

    let screen = Screen::open(Engine::Window, &cli.store()).await;
    let said = "The data of Baton is damaged";
    screen.has_focus("heading", said).await;
    screen.sees(&file.display().to_string()).await;
    screen.is_accessible("a damaged store").await;
    // Nothing was done yet.
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
    screen.walk_to("button", "Recover my data", "Tab").await;
    screen.press("Enter").await;
    screen.has_focus("heading", "Your data is back").await;
    screen.sees("Nothing is lost.").await;
    let kept = kept_aside(&cli.store());
    assert_eq!(std::fs::read(&kept).unwrap(), bytes);
    screen.sees(&kept.display().to_string()).await;
    screen.walk_to("button", "Open Baton", "Tab").await;
    screen.press("Enter").await;

    screen.get("heading", Name::Starts("Today")).await;
    screen.press("g").await;
    screen.press("e").await;
    screen.get("heading", Name::Starts("Engagements")).await;
    screen.sees("Lumen & Sons").await;
    screen.close().await;
    assert_eq!(cli.run(&["dump"]).out, before);
    assert_eq!(cli.done(&["check"])["ok"], true);
}

/// The one damaged file that a recovery kept.
fn kept_aside(store: &Path) -> PathBuf {
    let mut kept = std::fs::read_dir(store)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("baton.damaged-"));
    let one = kept.next().expect("the damaged file is kept");
    assert_eq!(kept.next(), None);
    one
}

#[tokio::test]
async fn a_store_that_cannot_be_opened_says_why_and_opens_in_the_same_window_when_that_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());

    // Another program has it.
    let server = Server::start(&cli, dir.path());
    let screen = Screen::open(Engine::Window, &cli.store()).await;
    screen
        .has_focus("heading", "Baton cannot open its data")
        .await;
    screen.sees("Another Baton has this data open").await;
    screen.get("button", "Quit Baton").await;
    screen.is_accessible("a store in use").await;
    drop(server);
    screen.click("button", "Try again").await;
    screen.get("heading", Name::Starts("Today")).await;
    screen.close().await;

    // A newer version wrote it.
    let connection = rusqlite::Connection::open(cli.store().join("baton.sqlite")).unwrap();
    let version: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    let screen = Screen::open(Engine::Window, &cli.store()).await;
    screen.sees("Update Baton, then start it again.").await;
    connection
        .pragma_update(None, "user_version", version)
        .unwrap();
    drop(connection);
    screen.click("button", "Try again").await;
    screen.get("heading", Name::Starts("Today")).await;
    screen.close().await;

    // Its folder is a file.
    let file = dir.path().join("named");
    std::fs::write(&file, "").unwrap();
    let screen = Screen::open(Engine::Window, &file).await;
    screen.sees("that is a file, and a folder is needed").await;
    std::fs::remove_file(&file).unwrap();
    screen.click("button", "Try again").await;
    screen.get("heading", "Welcome to Baton").await;
    screen.close().await;
}

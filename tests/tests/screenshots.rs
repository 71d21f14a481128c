//! Photographs of every screen of the sample book, for the documentation: `make screenshots`.
//!
//! `BATON_SCREENSHOTS` names the directory; without it, only that every screen can be photographed is tested.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use baton_tests::program::{Cli, repository};
use baton_tests::screen::{Engine, Name, Screen};
use serde_json::json;

#[tokio::test]
async fn every_screen_is_photographed() {
    let dir = tempfile::tempdir().unwrap();
    let target = match std::env::var_os("BATON_SCREENSHOTS") {
        Some(named) => repository().join(named),
        None => dir.path().join("screenshots"),
    };
    let store = dir.path().join("store");
    let cli = Cli::new(&store);
    cli.done(&["sample", "--engagements", "60", "--seed", "3"]);
    let me = cli.call("people", &json!({}))[0]["name"]
        .as_str()
        .unwrap()
        .to_owned();
    let engagement = cli.done(&["engagements", "--stage", "post-sales"])[0]["name"]
        .as_str()
        .unwrap()
        .to_owned();

    let screen = Screen::open(Engine::Window, &store).await;
    screen.get("heading", Name::Starts("")).await;
    if screen.count("button", "This is me").await > 0 {
        screen.choose("Which of these is you?", &me).await;
        screen.click("button", "This is me").await;
    }
    let photograph = async |name: &str| {
        for theme in ["light", "dark"] {
            screen.set_theme(theme).await;
            assert!(
                screen
                    .photograph_to(&target.join(format!("{name}-{theme}.png")))
                    .await,
                "{name}"
            );
        }
        screen.set_theme("light").await;
    };
    for (place, name) in [
        ("Today", "today"),
        ("Clients", "clients"),
        ("Settings", "settings"),
        ("Engagements", "list"),
        ("People", "people"),
        ("Exchange", "exchange"),
        ("Board", "board"),
    ] {
        screen.click("link", Name::Starts(place)).await;
        screen.get("heading", Name::Starts(place)).await;
        if name == "list" {
            screen.sees(&engagement).await;
        }
        photograph(name).await;
    }
    screen.get("link", Name::Has(&engagement)).await;
    photograph("board").await;
    screen.click("link", Name::Has(&engagement)).await;
    for (tab, name) in [
        ("Handover", "handover"),
        ("Promises", "promises"),
        ("Moods", "moods"),
        ("History", "history"),
        ("Checklist", "checklist"),
    ] {
        screen.click("tab", Name::Starts(tab)).await;
        photograph(name).await;
    }
    screen.click("button", Name::Starts("Move to")).await;
    screen.get("dialog", Name::Has("moves to")).await;
    photograph("gate").await;
    screen.close().await;
}

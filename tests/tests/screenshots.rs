//! Photographs of every screen of the sample book, for the documentation: `make screenshots`.
//!
//! `BATON_SCREENSHOTS` names the directory; without it, only that every screen can be photographed is tested.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use baton_tests::program::{Cli, repository};
use baton_tests::screen::{Engine, Name, Screen};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::path::Path;

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
    // Where each photograph was taken, to go there again.
    let mut places: Vec<(&str, Value)> = Vec::new();
    let photograph = async |name: &str| {
        is_there(&screen, name, &format!("return {LOADED}")).await;
        for theme in ["light", "dark"] {
            screen.set_theme(theme).await;
            take(&screen, &target, &format!("{name}-{theme}")).await;
        }
        screen.set_theme("light").await;
        screen.run("return location.hash", vec![]).await
    };
    for (place, name) in [
        ("Today", "today"),
        ("Clients", "clients"),
        ("Settings", "settings"),
        ("Engagements", "list"),
        ("People", "people"),
        ("Products", "products"),
        ("Exchange", "exchange"),
    ] {
        screen.click("link", Name::Starts(place)).await;
        screen.get("heading", Name::Starts(place)).await;
        if name == "list" {
            screen.sees(&engagement).await;
        }
        places.push((name, photograph(name).await));
    }
    screen.click("link", "Board").await;
    screen.get("link", Name::Has(&engagement)).await;
    places.push(("board", photograph("board").await));
    screen.click("link", Name::Has(&engagement)).await;
    for (tab, name) in [
        ("Handover", "handover"),
        ("Promises", "promises"),
        ("Moods", "moods"),
        ("History", "history"),
        ("Checklist", "checklist"),
    ] {
        screen.click("tab", Name::Starts(tab)).await;
        places.push((name, photograph(name).await));
    }
    screen.click("button", Name::Starts("Move to")).await;
    screen.get("dialog", Name::Has("moves to")).await;
    for theme in ["light", "dark"] {
        screen.set_theme(theme).await;
        take(&screen, &target, &format!("gate-{theme}")).await;
    }
    for (kind, kept, value, is_so) in [
        (
            "rtl",
            "baton-locale",
            "qps-plocm",
            "document.documentElement.dir === 'rtl'",
        ),
        ("zoom", "baton-zoom", "2", "innerWidth === 640"),
    ] {
        // As a person has it who chose it once.
        let script = "localStorage.clear(); localStorage.setItem('baton-theme', 'light'); \
                      localStorage.setItem(arguments[0], arguments[1]); location.reload()";
        screen.run(script, vec![json!(kept), json!(value)]).await;
        let ready = format!("return {is_so} && {LOADED}");
        is_there(&screen, kind, &ready).await;
        for (name, hash) in &places {
            let go = "if (location.hash !== arguments[0]) location.hash = arguments[0]";
            screen.run(go, vec![hash.clone()]).await;
            is_there(&screen, &format!("{name} in {kind}"), &ready).await;
            take(&screen, &target, &format!("{name}-{kind}")).await;
        }
    }
    screen.close().await;
}

/// A page is there, with its rows.
const LOADED: &str = "document.querySelector('main h1') !== null \
     && document.querySelector('main :is(.skeleton, .wait)') === null";

/// Photographs what is drawn, which comes after what the page says: until two photographs in a row are the same.
async fn take(screen: &Screen, target: &Path, name: &str) {
    let file = target.join(format!("{name}.png"));
    let before = RefCell::new(Vec::new());
    screen
        .wait(&format!("{name} to be drawn"), || async {
            screen.drawn().await;
            assert!(screen.photograph_to(&file).await, "{name}");
            let now = std::fs::read(&file).unwrap();
            let same = *before.borrow() == now;
            before.replace(now);
            same.then_some(())
        })
        .await;
}

async fn is_there(screen: &Screen, what: &str, script: &str) {
    let look = || async {
        screen
            .run(script, vec![])
            .await
            .as_bool()
            .filter(|&yes| yes)
    };
    screen.wait(what, look).await;
}

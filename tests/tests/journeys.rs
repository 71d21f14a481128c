//! What a person does from the first start on, in both engines: the browser on `baton-cli serve` and the app's
//! own window.

#![allow(clippy::future_not_send)]

use baton_tests::book;
use baton_tests::screen::{Engine, Name, Screen};
use std::path::Path;

#[tokio::test]
async fn plumbing_browser() {
    let dir = tempfile::tempdir().unwrap();
    let screen = Screen::open(Engine::Browser, &dir.path().join("store")).await;
    screen
        .wait("title", || async {
            (!screen.text().await.is_empty()).then_some(())
        })
        .await;
    println!("{}", screen.text().await);
    screen.photograph("start").await;
    screen.close().await;
}

#[tokio::test]
async fn plumbing_window() {
    let dir = tempfile::tempdir().unwrap();
    let screen = Screen::open(Engine::Window, &dir.path().join("store")).await;
    screen
        .wait("title", || async {
            (!screen.text().await.is_empty()).then_some(())
        })
        .await;
    println!("{}", screen.text().await);
    screen.photograph("start").await;
    screen.close().await;
}

//! Two processes on one store.

use super::{book_store, is_whole, no_page, says};
use baton_tests::laptop::Laptop;
use baton_tests::program::Cli;
use baton_tests::server::Server;
use serde_json::json;

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

//! A full disk: what has no room is refused, and done when there is room.

use super::{book_store, dump, is_whole};
use baton_tests::book::write_many_deals;
use baton_tests::laptop::Team;
use baton_tests::program::program;
use serde_json::{Value, json};
use std::process::Command;

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

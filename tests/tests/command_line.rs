//! The command line and the server as scripts and browsers meet them: exit codes, JSON, files, tokens.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use baton_tests::book::{self, write_deals};
use baton_tests::program::Cli;
use baton_tests::server::Server;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

/// A store with the made-up book, a seller and a project manager.
fn book_store(dir: &Path) -> Cli {
    let cli = Cli::new(dir.join("store"));
    cli.create_person("Iris Holm", &["sales"]);
    cli.create_person("Maja Berg", &["project_manager"]);
    cli.done(&["import", "deals", &write_deals(dir).display().to_string()]);
    cli
}

fn write(dir: &Path, name: &str, bytes: &[u8]) -> String {
    let path = dir.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[test]
fn wrong_usage_is_json_and_exits_with_one() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    let cases: [(&[&str], &str); 9] = [
        (&["nonsense"], "usage"),
        (&["import", "deals"], "usage"),
        (
            &["import", "deals", "x.csv", "--date-order", "ydm"],
            "usage",
        ),
        (&["call", "session", "{not json"], "arguments_unreadable"),
        (&["call", "session", "[1]"], "arguments_unreadable"),
        (&["call", "engagement", "{}"], "arguments_unreadable"),
        (&["call", "no_such_command"], "unknown_command"),
        (
            &["call", "engagement", "{\"engagement_id\": \"nothing\"}"],
            "not_found",
        ),
        (&["serve", "--port", "99999"], "usage"),
    ];
    for (arguments, code) in cases {
        let done = cli.run(arguments);
        assert_eq!(done.code, Some(1), "{arguments:?}: {}", done.out);
        assert_eq!(done.json["code"], code, "{arguments:?}: {}", done.out);
        assert!(
            !done.json["sentence"].as_str().unwrap().is_empty(),
            "{arguments:?}: {}",
            done.out
        );
        assert!(
            !done.err.trim().is_empty(),
            "{arguments:?} says nothing to a person"
        );
    }
}

#[test]
fn help_explains_itself_with_examples() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    for arguments in [
        &["--help"][..],
        &["call", "--help"],
        &["import", "deals", "--help"],
    ] {
        let done = cli.run(arguments);
        assert_eq!(done.code, Some(0), "{arguments:?}");
        assert!(
            done.out.contains("Examples:"),
            "{arguments:?}: {}",
            done.out
        );
    }
    let commands = cli.done(&["commands"]);
    let names: Vec<&str> = commands
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    for name in [
        "session",
        "move_stage",
        "import_deals",
        "export_bundle",
        "undo",
    ] {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
}

#[test]
fn a_refused_act_exits_with_two_says_what_is_open_and_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let engagement = cli.done(&["engagements"])[0].clone();
    let before = cli.run(&["dump"]).out;
    let act = json!({ "engagement_id": engagement["id"], "to": "kick-off" }).to_string();

    let refused = cli
        .as_person("Iris Holm")
        .run(&["call", "move_stage", &act]);
    assert_eq!(refused.code, Some(2), "{}", refused.out);
    assert_eq!(refused.json["code"], "gate_closed");
    let open: Vec<&str> = refused.json["open_items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|item| item["id"].as_str())
        .collect();
    assert!(
        open.contains(&"scope_meeting_held") && open.contains(&"brief_verified"),
        "{open:?}"
    );
    assert!(!refused.json["sentence"].as_str().unwrap().is_empty());

    let nobody = cli.run(&["call", "move_stage", &act]);
    assert_eq!(
        (nobody.code, nobody.json["code"].as_str()),
        (Some(2), Some("who_are_you"))
    );
    assert_eq!(cli.run(&["dump"]).out, before);
}

#[test]
fn arguments_come_from_standard_input_too() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    let mut child = cli
        .command(&["call", "create_person", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(br#"{"name": "Iris Holm", "roles": ["sales"]}"#)
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(cli.call("people", &json!({}))[0]["name"], "Iris Holm");
}

#[test]
fn a_preview_says_what_the_import_does_and_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    let file = write_deals(dir.path()).display().to_string();
    let preview = cli.done(&["import", "deals", &file, "--currency", "EUR", "--preview"]);
    assert_eq!(cli.done(&["check"])["operations"], 0);
    let report = cli.done(&["import", "deals", &file, "--currency", "EUR"]);
    for report in [&preview, &report] {
        assert_eq!(report["created"], book::WON, "{report}");
        assert_eq!(report["skipped"], book::LEFT_OUT, "{report}");
        assert_eq!(report["rejected"], 0, "{report}");
        assert_eq!(report["value_sum_minor"], book::WON_MINOR, "{report}");
        assert_eq!(
            report["value_sums"],
            json!([{ "minor": book::WON_MINOR, "currency": "EUR", "digits": 2 }])
        );
    }
    let again = cli.done(&["import", "deals", &file, "--currency", "EUR"]);
    assert_eq!(
        (again["unchanged"].as_u64(), again["operations"].as_u64()),
        (Some(5), Some(0)),
        "{again}"
    );
}

#[test]
fn only_cells_that_changed_in_the_file_are_written_by_the_next_import() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let changed = book::DEALS.replace(
        "N-1002,Iris Holm,HarbourPlus,Ostrava Glass,Won,2026-08-20,2026-10-20,4800",
        "N-1002,Iris Holm,HarbourPlus,Ostrava Glass,Won,2026-08-20,2026-10-20,5000",
    );
    let report = cli.done(&[
        "import",
        "deals",
        &write(dir.path(), "changed.csv", changed.as_bytes()),
    ]);
    let counts = ["created", "updated", "unchanged"].map(|count| report[count].as_u64().unwrap());
    assert_eq!(counts, [0, 1, 4], "{report}");
    let values: Vec<i64> = cli
        .done(&["engagements"])
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["value_minor"].as_i64())
        .collect();
    assert!(
        values.contains(&500_000) && !values.contains(&480_000),
        "{values:?}"
    );
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_refused_until_somebody_says_how() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    let file = write(
        dir.path(),
        "dates.csv",
        b"account,stage,close date,value\nNorthwind,Won,03/04/2026,10\n",
    );
    let refused = cli.run(&["import", "deals", &file]);
    assert_eq!(
        (refused.code, refused.json["code"].as_str()),
        (Some(2), Some("date_order_ambiguous")),
        "{}",
        refused.out
    );
    assert_eq!(cli.done(&["check"])["operations"], 0);
    cli.done(&["import", "deals", &file, "--date-order", "dmy"]);
    assert_eq!(cli.done(&["engagements"])[0]["signed_on"], "2026-04-03");
}

#[test]
fn a_file_that_cannot_be_imported_is_an_error_with_its_reason() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    let good = write_deals(dir.path()).display().to_string();
    let here = dir.path().display().to_string();
    let missing = dir.path().join("nothing.csv").display().to_string();
    let columns = write(
        dir.path(),
        "columns.csv",
        b"unternehmen,datum\nA,2026-01-01\n",
    );
    let binary = write(dir.path(), "binary.csv", b"PK\x03\x04\0\0");
    let mapping = write(dir.path(), "mapping.json", br#"{"acount": "account"}"#);
    let broken = write(dir.path(), "broken.json", b"{");
    let cases: [(&[&str], &str); 6] = [
        (&["import", "deals", &missing], "file_unreadable"),
        (&["import", "deals", &here], "file_unreadable"),
        (&["import", "deals", &columns], "columns_missing"),
        (&["import", "deals", &binary], "not_a_table"),
        (
            &["import", "deals", &good, "--mapping", &mapping],
            "mapping_invalid",
        ),
        (&["import", "deals", &good, "--mapping", &broken], "usage"),
    ];
    for (arguments, code) in cases {
        let done = cli.run(arguments);
        assert_eq!(
            (done.code, done.json["code"].as_str()),
            (Some(1), Some(code)),
            "{arguments:?}: {}",
            done.out
        );
    }
    let columns = cli.run(&["import", "deals", &columns]).json;
    assert_eq!(
        columns["missing"],
        json!(["account", "stage", "signed_on", "value"])
    );
    assert_eq!(columns["found"], json!(["unternehmen", "datum"]));
    assert_eq!(cli.done(&["check"])["operations"], 0);
}

#[test]
fn a_bundle_brings_the_same_store_and_a_torn_one_brings_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let ours = book_store(dir.path());
    let theirs = Cli::new(dir.path().join("theirs"));
    let file = dir.path().join("friday.baton").display().to_string();
    let exported = ours.done(&["export", "bundle", &file]);
    assert_eq!(exported["bytes"], std::fs::metadata(&file).unwrap().len());

    let bytes = std::fs::read(&file).unwrap();
    let torn = write(dir.path(), "torn.baton", &bytes[..bytes.len() - 7]);
    let refused = theirs.run(&["import", "bundle", &torn]);
    assert_eq!(refused.code, Some(2), "{}", refused.out);
    assert_eq!(theirs.done(&["check"])["operations"], 0);

    let preview = theirs.done(&["import", "bundle", &file, "--preview"]);
    assert_eq!(preview["preview"], true);
    assert_eq!(theirs.done(&["check"])["operations"], 0);
    theirs.done(&["import", "bundle", &file]);
    assert_eq!(theirs.run(&["dump"]).out, ours.run(&["dump"]).out);
    assert_eq!(
        theirs.done(&["import", "bundle", &file])["new_operations"],
        0
    );
}

#[test]
fn a_backup_is_one_file_and_replaces_only_files() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let file = dir.path().join("copy.baton-store");
    for _ in 0..2 {
        let done = cli.done(&["backup", &file.display().to_string()]);
        assert_eq!(done["bytes"], std::fs::metadata(&file).unwrap().len());
    }
    let names: Vec<_> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(
        names.len(),
        3,
        "the store, the deals and the copy, and nothing temporary: {names:?}"
    );
    let refused = cli.run(&["backup", &dir.path().display().to_string()]);
    assert_eq!(
        (refused.code, refused.json["code"].as_str()),
        (Some(1), Some("file_unreadable")),
        "{}",
        refused.out
    );
}

#[test]
fn the_clock_is_set_in_a_rehearsal_only() {
    let dir = tempfile::tempdir().unwrap();
    let real = book_store(dir.path());
    let refused = real.run(&["--now", "2027-01-01T09:00:00Z", "engagements"]);
    assert_eq!(refused.code, Some(2), "{}", refused.out);

    let rehearsal = Cli::new(dir.path().join("rehearsal"));
    rehearsal.done(&["rehearsal"]);
    rehearsal.done(&[
        "--now",
        "2027-01-01T09:00:00Z",
        "call",
        "create_person",
        r#"{"name": "Iris Holm", "roles": ["sales"]}"#,
    ]);
    assert_eq!(rehearsal.call("session", &json!({}))["rehearsal"], true);
}

#[test]
fn the_sample_book_stands_in_every_stage_of_an_empty_store() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("sample"));
    cli.done(&["sample", "--engagements", "30", "--seed", "7"]);
    for stage in ["post-sales", "kick-off", "execution", "closure", "renewal"] {
        let list = cli.done(&["engagements", "--stage", stage]);
        assert!(!list.as_array().unwrap().is_empty(), "{stage}");
    }
    assert_eq!(
        cli.done(&["engagements"]).as_array().map(Vec::len),
        Some(30)
    );
    assert_eq!(cli.done(&["check"])["ok"], true);
    let again = cli.run(&["sample"]);
    assert_eq!(
        (again.code, again.json["code"].as_str()),
        (Some(2), Some("store_not_empty")),
        "{}",
        again.out
    );
}

fn made_up_page(dir: &Path) -> std::path::PathBuf {
    let ui = dir.join("dist");
    std::fs::create_dir_all(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<!doctype html><title>Baton</title>").unwrap();
    ui
}

#[test]
fn the_server_answers_its_own_page_and_nobody_else() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let server = Server::start(&cli, &made_up_page(dir.path()));

    let (status, head, body) = server.get("/");
    assert_eq!(status, 200);
    assert!(body.contains("<title>Baton</title>"), "{body}");
    assert!(
        head.contains("content-security-policy: default-src 'none'; script-src 'self'"),
        "{head}"
    );
    assert_eq!(server.get("/../store").0, 404);

    let own = format!("host: 127.0.0.1:{}\r\n", server.port);
    let token = format!("x-baton-token: {}\r\n", server.token);
    let cases = [
        ("no token", own.clone(), 403),
        (
            "a wrong token",
            format!("{own}x-baton-token: {}\r\n", "0".repeat(server.token.len())),
            403,
        ),
        (
            "a foreign page",
            format!("{own}{token}origin: http://example.org\r\n"),
            403,
        ),
        (
            "a page without an origin",
            format!("{own}{token}origin: null\r\n"),
            403,
        ),
        (
            "a foreign name",
            format!("host: example.org\r\n{token}"),
            403,
        ),
        (
            "its own page",
            format!("{own}{token}origin: http://127.0.0.1:{}\r\n", server.port),
            200,
        ),
    ];
    for (who, headers, expected) in cases {
        assert_eq!(server.post("session", &headers, "").0, expected, "{who}");
    }
    assert_eq!(server.get("/events").0, 403);
}

#[test]
fn the_server_answers_like_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let server = Server::start(&cli, &made_up_page(dir.path()));
    let (status, session) = server.call("session", "");
    assert_eq!(
        (status, session["reply"]["engagement_count"].as_u64()),
        (200, Some(5)),
        "{session}"
    );

    let id = cli.done(&["engagements"])[0]["id"].clone();
    let act = json!({ "engagement_id": id, "to": "kick-off" }).to_string();
    // The first person of a store is the one who works here, until somebody says otherwise.
    assert_eq!(
        server.call("choose_person", r#"{"person_id": null}"#).0,
        200
    );
    assert_eq!(server.call("move_stage", &act).1["code"], "who_are_you");
    let people = server.call("people", "{}").1;
    let iris = people["reply"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "Iris Holm")
        .unwrap()["id"]
        .clone();
    assert_eq!(
        server
            .call("choose_person", &json!({ "person_id": iris }).to_string())
            .0,
        200
    );
    let (status, refused) = server.call("move_stage", &act);
    assert_eq!(
        (status, refused["code"].as_str()),
        (422, Some("gate_closed")),
        "{refused}"
    );
    assert_eq!(server.call("no_such_command", "{}").0, 400);
    assert_eq!(server.call("session", "{not json").0, 400);
    let tick =
        json!({ "engagement_id": id, "item_id": "scope_meeting_held", "value": "2026-11-18" })
            .to_string();
    let (status, ticked) = server.call("tick_item", &tick);
    assert_eq!(status, 200, "{ticked}");
    assert!(ticked["act_id"].is_string(), "{ticked}");
}

#[test]
fn open_pages_hear_of_every_write_also_by_another_process() {
    let dir = tempfile::tempdir().unwrap();
    let cli = book_store(dir.path());
    let server = Server::start(&cli, &made_up_page(dir.path()));
    let stream = server.open(&format!(
        "GET /events?token={} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n",
        server.token, server.port
    ));
    let mut lines = BufReader::new(stream).lines();
    let mut wait_for = |event: &str| {
        let mut seen = false;
        for line in lines.by_ref() {
            let line = line.unwrap();
            if seen && let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str::<Value>(data).unwrap();
            }
            seen |= line == format!("event: {event}");
        }
        panic!("the stream ended before {event}");
    };
    wait_for("ready");
    assert_eq!(
        server
            .call(
                "create_person",
                r#"{"name": "Olli Virta", "roles": ["lead"]}"#
            )
            .0,
        200
    );
    let changed = wait_for("changed");
    assert_eq!(
        changed["kinds"]["person"].as_array().map(Vec::len),
        Some(1),
        "{changed}"
    );
    cli.create_person("Sanna Koski", &["support"]);
    let changed = wait_for("changed");
    assert_eq!(changed["kinds"]["person"], "all", "{changed}");
}

#[test]
fn rejected_rows_are_written_to_be_corrected_and_imported_again() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    let deals = write(
        dir.path(),
        "deals.csv",
        b"id,account,stage,signed,value\n1,Lumen,Won,2026-01-31,10\n2,Marlow,Won,2026-02-30,10\n",
    );
    let out = dir.path().join("rejected.csv").display().to_string();
    let report = cli.done(&["import", "deals", &deals, "--rejected", &out]);
    assert_eq!(report["rejected"], 1);
    assert!(
        report["rejected_file"]
            .as_str()
            .unwrap()
            .ends_with("rejected.csv")
    );
    let csv = std::fs::read_to_string(&out).unwrap();
    std::fs::write(&out, csv.replace("2026-02-30", "2026-02-28")).unwrap();
    assert_eq!(cli.done(&["import", "deals", &out])["created"], 1);
    let whole = cli.done(&["import", "deals", &out, "--rejected", &out]);
    assert_eq!(whole["rejected_file"], json!(null));
}

#[test]
fn a_running_portfolio_is_taken_over_and_a_name_confirmed_from_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(dir.path().join("store"));
    let deals = write(
        dir.path(),
        "portfolio.csv",
        b"id,account,owner,stage,signed,value\n1,Lumen,Ann,In progress,2026-01-31,10\n2,Lu-men,Ann,Renewal,2026-01-31,10\n",
    );
    let report = cli.done(&[
        "import",
        "deals",
        &deals,
        "--take-over",
        "--alias",
        "Lu-men=Lumen",
    ]);
    assert_eq!(
        (&report["created"], &report["accounts_created"]),
        (&json!(2), &json!(1))
    );
    let stages = cli.done(&["engagements"]);
    let mut stages: Vec<&str> = stages
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["stage"].as_str().unwrap())
        .collect();
    stages.sort_unstable();
    assert_eq!(stages, ["execution", "renewal"]);
    assert_eq!(
        cli.run(&["import", "deals", &deals, "--alias", "Lumen"])
            .json["code"],
        "usage"
    );
}

//! The command line and HTTP lead to the same rules: what the door refuses, they refuse, with the same code.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_tests::program::Cli;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use tempfile::TempDir;

/// A store with Ola of sales (and admin), Jo of sales, Mikko the project manager, and one engagement of Ola's.
fn team(folder: &TempDir) -> (Cli, String) {
    let cli = Cli::new(folder.path().join("store"));
    cli.create_person("Liisa", &["lead"]);
    cli.create_person("Ola", &["sales"]);
    cli.create_person("Mikko", &["project_manager"]);
    let args = json!({
        "account": "Gekko & Co", "name": "Desk", "template_id": null,
        "value_minor": 100, "currency": "EUR", "signed_on": "2026-10-30",
    });
    let id = cli.as_person("Ola").call("create_engagement", &args);
    (cli, id.as_str().unwrap().to_owned())
}

/// `baton-cli serve`, ended with the test.
struct Server {
    child: Child,
    port: u16,
    token: String,
}

impl Server {
    fn start(cli: &Cli, person: &str) -> Self {
        let mut command = cli.as_person(person).command(&["serve", "--port", "0"]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let started: Value = serde_json::from_str(&line).expect("the server says where it is");
        let port = u16::try_from(started["port"].as_u64().unwrap()).unwrap();
        Self {
            child,
            port,
            token: started["token"].as_str().unwrap().to_owned(),
        }
    }

    /// Posts with these headers and gives status and body.
    fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> (u16, Value) {
        self.post_text(path, headers, &body.to_string())
    }

    /// Posts a text as it stands, as somebody who may.
    fn send(&self, path: &str, body: &str) -> (u16, Value) {
        let host = format!("127.0.0.1:{}", self.port);
        let headers = [("host", host.as_str()), ("x-baton-token", &self.token)];
        self.post_text(path, &headers, body)
    }

    fn post_text(&self, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        stream
            .write_all(format!("{request}\r\n{body}").as_bytes())
            .unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        let status = response.split_whitespace().nth(1).unwrap().parse().unwrap();
        let body = response.split("\r\n\r\n").nth(1).unwrap_or_default();
        (status, serde_json::from_str(body).unwrap_or_default())
    }

    fn call(&self, name: &str, args: &Value) -> (u16, Value) {
        let host = format!("127.0.0.1:{}", self.port);
        self.post(
            &format!("/call/{name}"),
            &[("host", &host), ("x-baton-token", &self.token)],
            args,
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_command_line_refuses_with_exit_code_two_the_code_and_a_sentence() {
    let folder = TempDir::new().unwrap();
    let (cli, engagement) = team(&folder);
    let before = cli.run(&["dump"]).out;
    let args = json!({ "engagement_id": engagement, "to": "kick-off" }).to_string();
    for (person, code) in [
        ("Ola", "gate_closed"),
        ("Mikko", "gate_closed"),
        ("Stranger", "person_unknown"),
    ] {
        let done = cli.as_person(person).run(&["call", "move_stage", &args]);
        assert_eq!(
            (done.code, done.json["code"].as_str()),
            (Some(2), Some(code))
        );
        assert!(
            done.err.trim_end().ends_with(['.', ')']),
            "a sentence: {}",
            done.err
        );
    }
    let done = cli.run(&["call", "move_stage", &args]);
    assert_eq!(
        (done.code, done.json["code"].as_str()),
        (Some(2), Some("who_are_you"))
    );
    assert_eq!(cli.run(&["dump"]).out, before);
}

#[test]
fn a_name_that_two_people_share_is_told_apart_by_an_id() {
    let folder = TempDir::new().unwrap();
    let (cli, engagement) = team(&folder);
    cli.create_person("Ann", &["sales"]);
    let id = cli.create_person("Ann", &["lead"]);
    let args = json!({ "engagement_id": engagement, "name": "Desk" }).to_string();
    let done = cli
        .as_person("ann")
        .run(&["call", "rename_engagement", &args]);
    assert_eq!(
        (done.code, done.json["code"].as_str()),
        (Some(2), Some("person_ambiguous"))
    );
    assert!(done.err.contains("baton-cli call people"), "{}", done.err);
    let people = cli.done(&["call", "people"]);
    let people = people.as_array().unwrap();
    assert!(people.iter().any(|person| person["id"] == id.as_str()));
    let done = cli
        .as_person(&id)
        .run(&["call", "rename_engagement", &args]);
    assert_eq!(done.code, Some(0), "{}", done.err);
}

#[test]
fn a_refusal_says_what_is_wrong_with_what_was_asked() {
    let folder = TempDir::new().unwrap();
    let (cli, engagement) = team(&folder);
    let take_over = json!({ "engagement_id": engagement, "stage": "moon" }).to_string();
    let long = json!({ "words": "a".repeat(10_000) }).to_string();
    let cases: [(&[&str], &str); 4] = [
        (&["rehearsal"], "rehearsals"),
        (&["sample"], "sample book"),
        (&["call", "take_over", &take_over], "no such stage"),
        (&["call", "search", &long], "at most 500 letters"),
    ];
    for (task, words) in cases {
        let done = cli.as_person("Ola").run(task);
        assert_eq!(done.code, Some(2), "{task:?}: {}", done.out);
        assert!(done.err.contains(words), "{words}: {}", done.err);
    }
}

#[test]
fn http_refuses_a_move_through_a_closed_gate_and_an_argument_that_forces_it() {
    let folder = TempDir::new().unwrap();
    let (cli, engagement) = team(&folder);
    let server = Server::start(&cli, "Mikko");
    let (status, body) = server.call(
        "move_stage",
        &json!({ "engagement_id": engagement, "to": "kick-off" }),
    );
    assert_eq!((status, body["code"].as_str()), (422, Some("gate_closed")));
    let forced = json!({ "engagement_id": engagement, "to": "kick-off", "evidence": [] });
    let (status, body) = server.call("move_stage", &forced);
    assert_eq!(
        (status, body["code"].as_str()),
        (400, Some("arguments_unreadable"))
    );
    let (_, view) = server.call("engagement", &json!({ "engagement_id": engagement }));
    assert_eq!(view["reply"]["stage"], "post-sales");
}

/// Both doors name the argument, what it should be, and nothing of how it is read.
#[test]
fn an_argument_that_does_not_read_is_named_with_what_would_fit() {
    let folder = TempDir::new().unwrap();
    let (cli, engagement) = team(&folder);
    let server = Server::start(&cli, "Mikko");
    let window = |more: Value| {
        let mut args = json!({ "from": 0, "count": 1 });
        args.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        args
    };
    let contact = json!({ "account_id": "x", "contact": { "name": "Max", "kind": "boss" } });
    for (name, args, why, argument, words) in [
        (
            "engagement",
            json!({}),
            "missing",
            "engagement_id",
            "What fits: text.",
        ),
        (
            "engagement",
            json!([]),
            "not_an_object",
            "",
            "object in braces",
        ),
        (
            "engagement",
            json!({ "engagement_id": 7 }),
            "unreadable",
            "engagement_id",
            "text",
        ),
        (
            "move_stage",
            json!({ "engagement_id": engagement, "to": "x", "now": 1 }),
            "unknown",
            "now",
            "takes no",
        ),
        (
            "list_engagements",
            window(json!({ "count": -1 })),
            "unreadable",
            "count",
            "a whole number",
        ),
        (
            "list_engagements",
            window(json!({ "kind": "moon" })),
            "unreadable",
            "kind",
            "post-sales",
        ),
        (
            "list_engagements",
            window(json!({ "breached": "yes" })),
            "unreadable",
            "breached",
            "true or false",
        ),
        (
            "create_person",
            json!({ "name": "Ann", "roles": ["boss"] }),
            "unreadable",
            "roles",
            "project_manager",
        ),
        (
            "create_contact",
            contact,
            "unreadable",
            "contact.kind",
            "decision_maker",
        ),
        (
            "return_handover",
            json!({ "engagement_id": "x", "comments": { "scope": 1 } }),
            "unreadable",
            "comments.scope",
            "text",
        ),
        (
            "tick_item",
            json!({ "engagement_id": "x", "item_id": "y" }),
            "missing",
            "value",
            "a value",
        ),
    ] {
        let (status, body) = server.call(name, &args);
        let said = (
            body["code"].as_str(),
            body["why"].as_str(),
            body["argument"].as_str(),
        );
        assert_eq!(
            (status, said),
            (
                400,
                (Some("arguments_unreadable"), Some(why), Some(argument))
            ),
            "{name}: {body}"
        );
        let sentence = body["sentence"].as_str().unwrap();
        assert!(
            sentence.contains(name) && sentence.contains(words),
            "{sentence}"
        );
        let done = cli.run(&["call", name, &args.to_string()]);
        assert_eq!((done.code, &done.json), (Some(1), &body));
    }
}

#[test]
fn what_is_not_json_is_said_to_be_none() {
    let folder = TempDir::new().unwrap();
    let (cli, _) = team(&folder);
    let server = Server::start(&cli, "Mikko");
    let (status, body) = server.send("/call/engagement", "{\"engagement_id\":");
    assert_eq!((status, body["why"].as_str()), (400, Some("not_json")));
    let sentence = body["sentence"].as_str().unwrap();
    assert!(sentence.contains("engagement is not JSON"), "{sentence}");
    let done = cli.run(&["call", "engagement", "{\"engagement_id\":"]);
    assert_eq!((done.code, &done.json), (Some(1), &body));
}

/// The import is told to stop as soon as it has told how far it is, so that no clock decides this test.
#[test]
fn a_job_tells_how_far_it_is_over_http_and_is_cancelled_by_its_id() {
    let folder = TempDir::new().unwrap();
    let (cli, _) = team(&folder);
    let before = cli.run(&["dump"]).out;
    let server = Server::start(&cli, "Mikko");
    let host = format!("127.0.0.1:{}", server.port);
    let plain = [("host", host.as_str()), ("x-baton-token", &server.token)];
    let rows: String = (0..20_000)
        .map(|number| format!("{number},Client {number},Won,2026-01-31,{number}\n"))
        .collect();
    let deals = BASE64.encode(format!("id,account,stage,signed,value\n{rows}"));
    let deals = json!({ "content_base64": deals });

    let mut events = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let token = &server.token;
    let request = format!("GET /events?token={token} HTTP/1.1\r\nhost: {host}\r\n\r\n");
    events.write_all(request.as_bytes()).unwrap();
    let mut lines = BufReader::new(events).lines().map(|line| line.unwrap());
    lines.find(|line| line.contains("ready")).unwrap();

    std::thread::scope(|scope| {
        let call = scope.spawn(|| {
            let mut headers = plain.to_vec();
            headers.push(("x-baton-job", "job-7"));
            server.post("/call/import_deals", &headers, &deals)
        });
        lines.find(|line| line.contains("event: progress")).unwrap();
        let data = lines.next().unwrap();
        let told: Value = serde_json::from_str(data.trim_start_matches("data: ")).unwrap();
        assert_eq!(
            (&told["job"], &told["total"]),
            (&json!("job-7"), &json!(40_000))
        );
        let (_, reply) = server.post("/cancel/job-7", &plain, &json!({}));
        assert_eq!(reply, json!({ "cancelled": true }));
        let (_, body) = call.join().unwrap();
        assert_eq!(body["code"], "cancelled", "{body}");
    });
    let (_, reply) = server.post("/cancel/job-7", &plain, &json!({}));
    assert_eq!(reply, json!({ "cancelled": false }));
    let (status, _) = server.post("/cancel/job-7", &[("host", &host)], &json!({}));
    assert_eq!(status, 403);
    assert!(
        cli.run(&["dump"]).out == before,
        "a cancelled import wrote something"
    );
}

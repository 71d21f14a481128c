//! A due mood check reaches the desktop: a real window, a real session bus, and a notification service that says
//! what it was given.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use baton_tests::program::Cli;
use baton_tests::screen::{Engine, Name, Screen};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The longest that a notice may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A notification service on the session bus, and what it hears.
struct Desktop {
    service: Child,
    heard: Receiver<String>,
}

impl Desktop {
    fn new() -> Self {
        // The system's own Python has the module; another one in the way may not.
        let mut service = Command::new("/usr/bin/python3")
            .args(["-u", "-m", "dbusmock", "--template", "notification_daemon"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3-dbusmock is installed by `make test`");
        let out = service.stdout.take().expect("its output is piped");
        let (tell, heard) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        let desktop = Self { service, heard };
        // It is there when it answers.
        let mut asked = 0;
        while !desktop.tell("org.freedesktop.Notifications.GetServerInformation", &[]) {
            asked += 1;
            assert!(asked < 200, "the notification service does not answer");
            let _ = desktop.heard.recv_timeout(Duration::from_millis(100));
        }
        desktop
    }

    fn tell(&self, method: &str, arguments: &[&str]) -> bool {
        Command::new("gdbus")
            .args([
                "call",
                "--session",
                "--dest",
                "org.freedesktop.Notifications",
            ])
            .args([
                "--object-path",
                "/org/freedesktop/Notifications",
                "--method",
                method,
            ])
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// The next notice as the service wrote it down.
    fn next_notice(&self) -> Option<String> {
        loop {
            let line = self.heard.recv_timeout(PATIENCE).ok()?;
            if line.contains(" Notify ") {
                return Some(line);
            }
        }
    }

    /// The person clicks on the notice.
    fn click(&self) {
        let emitted = self.tell(
            "org.freedesktop.DBus.Mock.EmitSignal",
            &[
                "org.freedesktop.Notifications",
                "ActionInvoked",
                "us",
                "[<uint32 1>, <'default'>]",
            ],
        );
        assert!(emitted, "the service passes the click on");
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        let _ = self.service.kill();
        let _ = self.service.wait();
    }
}

#[tokio::test]
async fn a_due_mood_check_reaches_the_desktop_once_and_a_click_on_it_leads_to_the_pass() {
    let desktop = Desktop::new();
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    let cli = Cli::new(&store);
    let roles = json!(["sales", "project_manager", "account_manager"]);
    let ann = cli.call("create_person", &json!({ "name": "Ann", "roles": roles }));
    let person = cli.as_person("Ann");
    let day = |ago: u64| {
        let today = chrono::Local::now().date_naive();
        (today - chrono::Days::new(ago)).to_string()
    };
    for client in ["Lumen & Sons", "Ostrava Glass", "Marlow Foods"] {
        let args = json!({ "account": client, "name": "Support desk", "template_id": null });
        let engagement = person.call("create_engagement", &args);
        let args =
            json!({ "engagement_id": engagement, "item_id": "kick_off_held", "value": day(20) });
        person.call("tick_item", &args);
    }
    assert!(ann.is_string());
    // Whenever this test runs, it is not the quiet time.
    let always = json!({ "on": true, "quiet_from": 0, "quiet_to": 0, "start_at_login": false });
    cli.call("set_reminders", &always);

    let screen = Screen::open(Engine::Window, &store).await;
    let notice = desktop.next_notice().expect("a notice reaches the service");
    assert!(notice.contains("6 mood checks are due"), "{notice}");
    assert!(
        notice.contains("Lumen & Sons") && notice.contains("and others"),
        "{notice}"
    );
    // The notice stands before the page does, and somebody clicks on it at once.
    desktop.click();
    screen.get("heading", Name::Starts("Mood")).await;
    screen.close().await;

    // Started again, nothing is said twice: the next thing the service hears is a new check.
    let args = json!({ "account": "Fjord", "name": "Training", "template_id": null });
    let screen = Screen::open(Engine::Window, &store).await;
    screen.close().await;
    let engagement = person.call("create_engagement", &args);
    let args = json!({ "engagement_id": engagement, "item_id": "kick_off_held", "value": day(15) });
    person.call("tick_item", &args);
    let screen = Screen::open(Engine::Window, &store).await;
    let notice = desktop.next_notice().expect("a second notice");
    assert!(notice.contains("2 mood checks are due"), "{notice}");
    screen.close().await;
}

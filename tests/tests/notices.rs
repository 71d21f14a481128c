//! A due mood check reaches the desktop, also from beside the clock: a real window, a real session bus, and made-up
//! services for notices and for the icon that say what they were given.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use baton_tests::program::Cli;
use baton_tests::screen::{Engine, Name, Screen};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The longest that a notice may take on a busy machine: the app looks once a minute.
const PATIENCE: Duration = Duration::from_secs(120);

/// A made-up service on the session bus, and what it hears.
struct Service {
    name: &'static str,
    path: &'static str,
    process: Child,
    heard: Receiver<String>,
}

impl Service {
    fn start(name: &'static str, path: &'static str, arguments: &[&str]) -> Self {
        // The system's own Python has the module; another one in the way may not.
        let mut process = Command::new("/usr/bin/python3")
            .args(["-u", "-m", "dbusmock"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3-dbusmock is installed by `make test`");
        let out = process.stdout.take().expect("its output is piped");
        let (tell, heard) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        let service = Self {
            name,
            path,
            process,
            heard,
        };
        // It is there when it answers.
        let mut asked = 0;
        while !service.tell("org.freedesktop.DBus.Peer.Ping", &[]) {
            asked += 1;
            assert!(asked < 200, "{name} does not answer");
            let _ = service.heard.recv_timeout(Duration::from_millis(100));
        }
        service
    }

    fn tell(&self, method: &str, arguments: &[&str]) -> bool {
        Command::new("gdbus")
            .args(["call", "--session", "--dest", self.name])
            .args(["--object-path", self.path, "--method", method])
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// The next call of a method as the service wrote it down.
    fn next(&self, method: &str) -> Option<String> {
        let called = format!(" {method} ");
        loop {
            let line = self.heard.recv_timeout(PATIENCE).ok()?;
            if line.contains(&called) {
                return Some(line);
            }
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What shows notices.
struct Desktop(Service);

impl Desktop {
    fn new() -> Self {
        Self(Service::start(
            "org.freedesktop.Notifications",
            "/org/freedesktop/Notifications",
            &["--template", "notification_daemon"],
        ))
    }

    fn next_notice(&self) -> Option<String> {
        self.0.next("Notify")
    }

    /// The person clicks on the notice of this number.
    fn click(&self, notice: u32) {
        let arguments = format!("[<uint32 {notice}>, <'default'>]");
        let emitted = self.0.tell(
            "org.freedesktop.DBus.Mock.EmitSignal",
            &[
                "org.freedesktop.Notifications",
                "ActionInvoked",
                "us",
                &arguments,
            ],
        );
        assert!(emitted, "the service passes the click on");
    }
}

/// The place beside the clock.
const TRAY: &str = "org.kde.StatusNotifierWatcher";

fn tray() -> Service {
    let path = "/StatusNotifierWatcher";
    let tray = Service::start(TRAY, path, &[TRAY, path, TRAY]);
    let host = ["IsStatusNotifierHostRegistered", "<true>"];
    let register = ["RegisterStatusNotifierItem", "s", "", ""];
    assert!(tray.tell(
        "org.freedesktop.DBus.Mock.AddProperty",
        &[TRAY, host[0], host[1]]
    ));
    let mut method = vec![TRAY];
    method.extend(register);
    assert!(tray.tell("org.freedesktop.DBus.Mock.AddMethod", &method));
    tray
}

/// The app's window as the screen has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AppWindow {
    id: String,
    process: String,
    seen: bool,
}

impl AppWindow {
    /// The one window that there is.
    fn look() -> Option<Self> {
        let said = window_py(&["list"]);
        let mut fields = said.split_whitespace().map(str::to_owned);
        let window = Self {
            id: fields.next()?,
            process: fields.next()?,
            seen: fields.next()? == "seen",
        };
        assert_eq!(fields.next(), None, "one window: {said}");
        Some(window)
    }

    /// Waits for it to be seen.
    async fn seen(screen: &Screen) -> Self {
        let look = || async { Self::look().filter(|window| window.seen) };
        screen.wait("the window on the screen", look).await
    }

    /// Presses its close button, and waits until it is not on the screen but still there: it is hidden, neither
    /// minimised nor gone.
    async fn close_and_hide(self, screen: &Screen) {
        window_py(&["close", &self.id]);
        let hidden = Some(Self {
            seen: false,
            ..self
        });
        let look = || async { (Self::look() == hidden).then_some(()) };
        screen.wait("the window to be hidden", look).await;
    }
}

fn window_py(arguments: &[&str]) -> String {
    let output = Command::new("/usr/bin/python3")
        .args(["-c", include_str!("../src/screen/window.py")])
        .args(arguments)
        .output()
        .expect("python3 is installed by `make test`");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn day(ago: u64) -> String {
    let today = chrono::Local::now().date_naive();
    (today - chrono::Days::new(ago)).to_string()
}

/// A store with a person who is reminded at any hour, and that person.
fn reminded_store(store: &Path) -> Cli {
    let cli = Cli::new(store);
    let roles = ["sales", "project_manager", "account_manager"];
    cli.create_person("Ann", &roles);
    // Whenever this test runs, it is not the quiet time.
    let always = json!({ "on": true, "quiet_from": 0, "quiet_to": 0, "start_at_login": false });
    cli.call("set_reminders", &always);
    cli.as_person("Ann")
}

/// An engagement of this client whose mood checks, one of each side, are due.
fn due_checks(ann: &Cli, client: &str) {
    let args = json!({ "account": client, "name": "Support desk", "template_id": null });
    let engagement = ann.call("create_engagement", &args);
    let args = json!({ "engagement_id": engagement, "item_id": "kick_off_held", "value": day(20) });
    ann.call("tick_item", &args);
}

#[tokio::test]
async fn a_due_mood_check_reaches_the_desktop_once_and_a_click_on_it_leads_to_the_pass() {
    let desktop = Desktop::new();
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    let ann = reminded_store(&store);
    for client in ["Lumen & Sons", "Ostrava Glass", "Marlow Foods"] {
        due_checks(&ann, client);
    }

    let screen = Screen::open(Engine::Window, &store).await;
    let notice = desktop.next_notice().expect("a notice reaches the service");
    assert!(notice.contains("6 mood checks are due"), "{notice}");
    assert!(
        notice.contains("Lumen & Sons") && notice.contains("and others"),
        "{notice}"
    );
    // The notice stands before the page does, and somebody clicks on it at once.
    desktop.click(1);
    screen.get("heading", Name::Starts("Mood")).await;
    screen.close().await;

    // Started again, nothing is said twice: the next thing the service hears is a new check.
    let screen = Screen::open(Engine::Window, &store).await;
    screen.close().await;
    due_checks(&ann, "Fjord");
    let screen = Screen::open(Engine::Window, &store).await;
    let notice = desktop.next_notice().expect("a second notice");
    assert!(notice.contains("2 mood checks are due"), "{notice}");
    screen.close().await;
}

#[tokio::test]
async fn a_closed_window_reminds_from_beside_the_clock_and_being_killed_there_loses_nothing() {
    let desktop = Desktop::new();
    let tray = tray();
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    let ann = reminded_store(&store);
    due_checks(&ann, "Lumen & Sons");

    let screen = Screen::open(Engine::Window, &store).await;
    assert!(tray.next("RegisterStatusNotifierItem").is_some());
    let notice = desktop.next_notice().expect("a notice at the start");
    assert!(notice.contains("Lumen & Sons"), "{notice}");
    let window = AppWindow::seen(&screen).await;
    let process = window.process.clone();
    window.close_and_hide(&screen).await;

    // What becomes due now is said, and of the old nothing; a click on it brings the window back.
    due_checks(&ann, "Ostrava Glass");
    let notice = desktop.next_notice().expect("a notice while it is hidden");
    assert!(notice.contains("2 mood checks are due"), "{notice}");
    assert!(
        notice.contains("Ostrava Glass") && !notice.contains("Lumen"),
        "{notice}"
    );
    desktop.click(2);
    let window = AppWindow::seen(&screen).await;
    assert_eq!(window.process, process);
    screen.get("heading", Name::Starts("Mood")).await;
    window.close_and_hide(&screen).await;

    let killed = Command::new("kill").args(["-KILL", &process]).status();
    assert!(killed.is_ok_and(|status| status.success()));
    screen.end();
    due_checks(&ann, "Marlow Foods");

    // Neither the lock nor the icon of the dead one is in the way.
    let screen = Screen::open(Engine::Window, &store).await;
    assert!(tray.next("RegisterStatusNotifierItem").is_some());
    let notice = desktop.next_notice().expect("a notice after the crash");
    assert!(notice.contains("2 mood checks are due"), "{notice}");
    assert!(notice.contains("Marlow Foods"), "{notice}");
    AppWindow::seen(&screen).await;
    screen.sees("Go through all 6").await;
    for client in ["Lumen & Sons", "Ostrava Glass", "Marlow Foods"] {
        screen.sees(client).await;
    }
    screen.close().await;
    assert_eq!(Cli::new(&store).done(&["check"])["ok"], true);
}

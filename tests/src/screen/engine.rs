//! The two engines: how their drivers and programs are started, and that they end.

use crate::program::{Cli, program, repository};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Where a journey runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, on the page that `baton-cli serve` gives out.
    Browser,
    /// The app's own window.
    Window,
}

/// What was started; ends with it.
pub struct Running {
    driver: Child,
    server: Option<Child>,
    _profile: TempDir,
}

impl Running {
    /// Ends everything.
    pub fn stop(mut self) {
        self.end();
    }

    /// Ends the driver's whole group too: a driver that is killed leaves its browser behind. Comes back when all of
    /// it is gone: a window that is still there would take the next start on its store for a second one.
    fn end(&mut self) {
        for child in std::iter::once(&mut self.driver).chain(&mut self.server) {
            let group = format!("-{}", child.id());
            let _ = Command::new("kill")
                .args(["-KILL", "--", &group])
                .stderr(Stdio::null())
                .status();
            let _ = child.kill();
            let _ = child.wait();
            let killed = Instant::now();
            while lives(child.id()) && killed.elapsed() < Duration::from_secs(20) {
                std::thread::yield_now();
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// A process of this group runs. One that ended and that nobody asked about does not.
fn lives(group: u32) -> bool {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return false;
    };
    processes.flatten().any(|process| {
        let stat = std::fs::read_to_string(process.path().join("stat")).unwrap_or_default();
        // After the name in brackets: state, parent, group.
        let mut fields = stat.rsplit(')').next().unwrap_or_default().split(' ');
        let state = fields.nth(1).unwrap_or("Z");
        state != "Z" && fields.nth(1) == Some(group.to_string().as_str())
    })
}

pub async fn start(engine: Engine, store: &Path) -> (Running, Client) {
    let profile = tempfile::tempdir().expect("a temporary directory");
    match engine {
        Engine::Browser => {
            let (server, url) = serve(store);
            let (driver, address) = start_driver("chromedriver", &[], &[]);
            let running = Running {
                driver,
                server: Some(server),
                _profile: profile,
            };
            let capabilities = chromium(running._profile.path());
            let client = connect(&address, capabilities).await;
            client.goto(&url).await.expect("the page opens");
            (running, client)
        }
        Engine::Window => {
            let home = profile.path().join("home");
            std::fs::create_dir_all(&home).expect("a temporary directory");
            // What the driver is given, the window inherits.
            let variables = [
                ("BATON_STORE", store.to_owned()),
                ("TAURI_WEBVIEW_AUTOMATION", "true".into()),
                ("HOME", home.clone()),
                ("XDG_DATA_HOME", home.join("data")),
                ("XDG_CACHE_HOME", home.join("cache")),
                ("XDG_CONFIG_HOME", home.join("config")),
                ("BATON_TEST_SAVE_PATH", profile.path().join("saved")),
            ];
            let (driver, address) =
                start_driver("WebKitWebDriver", &["--host=127.0.0.1"], &variables);
            let running = Running {
                driver,
                server: None,
                _profile: profile,
            };
            let client = connect(&address, window()).await;
            (running, client)
        }
    }
}

impl super::Screen {
    /// What the app saved when it asked where to keep a file; the window only.
    pub fn saved_file(&self) -> std::path::PathBuf {
        self.running._profile.path().join("saved")
    }
}

fn serve(store: &Path) -> (Child, String) {
    let ui = repository().join("ui/dist").display().to_string();
    let mut server = Cli::new(store)
        .command(&["serve", "--port", "0", "--ui", &ui])
        .process_group(0)
        .stdout(Stdio::piped())
        .spawn()
        .expect("baton-cli can be started");
    let out = server.stdout.take().expect("its output is piped");
    let mut line = String::new();
    BufReader::new(out)
        .read_line(&mut line)
        .expect("baton-cli says where it serves");
    let said: Value = serde_json::from_str(&line).unwrap_or_default();
    let url = said["url"]
        .as_str()
        .unwrap_or_else(|| panic!("baton-cli serve said {line:?}"))
        .to_owned();
    (server, url)
}

/// Starts a driver on a free port. A port that somebody else took in between is noticed: the driver ends at once.
fn start_driver(
    name: &str,
    arguments: &[&str],
    variables: &[(&str, std::path::PathBuf)],
) -> (Child, String) {
    for _ in 0..5 {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let mut command = Command::new(name);
        command
            .arg(format!("--port={port}"))
            .args(arguments)
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        for (key, value) in variables {
            command.env(key, value);
        }
        let mut driver = command.spawn().unwrap_or_else(|error| {
            panic!("{name} cannot be started ({error}); `make test` installs it")
        });
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(20) {
            if std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return (driver, format!("http://127.0.0.1:{port}"));
            }
            if driver.try_wait().is_ok_and(|ended| ended.is_some()) {
                break;
            }
            std::thread::yield_now();
        }
        let _ = driver.kill();
        let _ = driver.wait();
    }
    panic!("{name} does not answer");
}

async fn connect(address: &str, capabilities: Capabilities) -> Client {
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let connecting = builder.capabilities(capabilities).connect(address);
    match tokio::time::timeout(Duration::from_secs(60), connecting).await {
        Ok(Ok(client)) => client,
        Ok(Err(error)) => panic!("no session with {address}: {error}"),
        Err(_) => panic!("{address} does not open a session"),
    }
}

fn chromium(profile: &Path) -> Capabilities {
    let options = json!({
        "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--window-size=1280,800", "--lang=en",
            format!("--user-data-dir={}", profile.join("profile").display()),
        ],
        "prefs": { "download.default_directory": profile.join("saved-by-browser"), "intl.accept_languages": "en" },
    });
    into_capabilities(json!({ "browserName": "chrome", "goog:chromeOptions": options }))
}

fn window() -> Capabilities {
    let options = json!({ "binary": program("baton"), "args": [] });
    into_capabilities(json!({ "webkitgtk:browserOptions": options }))
}

fn into_capabilities(value: Value) -> Capabilities {
    value.as_object().cloned().unwrap_or_default()
}

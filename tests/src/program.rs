//! The command line, as a process.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The path of a program of this workspace, built beside the tests.
///
/// # Panics
/// If it was not built.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it is");
    let target = test
        .parent()
        .and_then(Path::parent)
        .expect("tests stand in target/debug/deps");
    let path = target.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "{} is missing: run `cargo build --workspace --all-targets` first",
        path.display()
    );
    path
}

/// The root of the repository.
///
/// # Panics
/// Never, in a checkout.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ stands in the repository")
        .to_owned()
}

/// `baton-cli` on one store, as one person.
#[derive(Debug, Clone)]
pub struct Cli {
    store: PathBuf,
    person: Option<String>,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Done {
    /// Exit code; `None` if it was killed.
    pub code: Option<i32>,
    /// Standard output as JSON; null if it is not JSON.
    pub json: Value,
    /// Standard output as it stands.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Cli {
    /// On the store in this directory, as nobody.
    pub fn new(store: impl Into<PathBuf>) -> Self {
        Self {
            store: store.into(),
            person: None,
        }
    }

    /// The same as a person.
    #[must_use]
    pub fn as_person(&self, person: &str) -> Self {
        Self {
            person: Some(person.to_owned()),
            ..self.clone()
        }
    }

    /// Where the store stands.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.store.clone()
    }

    /// The program, ready to be started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("baton-cli"));
        command
            .env_remove("BATON_STORE")
            .stdin(Stdio::null())
            .arg("--store")
            .arg(&self.store);
        if let Some(person) = &self.person {
            command.args(["--as", person]);
        }
        command.args(arguments);
        command
    }

    /// Runs it to its end.
    ///
    /// # Panics
    /// If it cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Done {
        let output = self
            .command(arguments)
            .output()
            .expect("baton-cli can be started");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        Done {
            code: output.status.code(),
            json: serde_json::from_str(&out).unwrap_or_default(),
            out,
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs it and expects it to be done.
    ///
    /// # Panics
    /// If it was not done.
    pub fn done(&self, arguments: &[&str]) -> Value {
        let done = self.run(arguments);
        assert_eq!(
            done.code,
            Some(0),
            "baton-cli {arguments:?}\n{}\n{}",
            done.out,
            done.err
        );
        done.json
    }

    /// Calls a command and expects it to be done.
    ///
    /// # Panics
    /// If it was not done.
    pub fn call(&self, name: &str, arguments: &Value) -> Value {
        self.done(&["call", name, &arguments.to_string()])
    }

    /// Creates a person and gives the id.
    ///
    /// # Panics
    /// If it was refused.
    pub fn create_person(&self, name: &str, roles: &[&str]) -> String {
        let id = self.call("create_person", &json!({ "name": name, "roles": roles }));
        id.as_str().expect("create_person answers an id").to_owned()
    }
}

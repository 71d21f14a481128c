//! The server, as a process.

use crate::program::Cli;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};

/// A running server; killed with the test.
pub struct Server {
    child: Child,
    /// The port that it listens on.
    pub port: u16,
    /// What a request proves itself with.
    pub token: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts it with a user interface in `ui`.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    pub fn start(cli: &Cli, ui: &Path) -> Self {
        let ui = ui.display().to_string();
        let mut child = cli
            .command(&["serve", "--port", "0", "--ui", &ui])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let (port, token) = (
            said["port"].as_u64().unwrap(),
            said["token"].as_str().unwrap().to_owned(),
        );
        assert_eq!(
            said["url"],
            format!("http://127.0.0.1:{port}/?token={token}")
        );
        Self {
            child,
            port: u16::try_from(port).unwrap(),
            token,
        }
    }

    /// Sends a request and leaves the answer to be read.
    ///
    /// # Panics
    /// If nobody listens.
    #[must_use]
    pub fn open(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(std::time::Duration::from_secs(30)))
            .unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Status, head and body of an answer.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn ask(&self, request: &str) -> (u16, String, String) {
        let mut answer = String::new();
        self.open(request).read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (
            head.split(' ').nth(1).unwrap().parse().unwrap(),
            head.to_owned(),
            body.to_owned(),
        )
    }

    /// Asks for a path.
    #[must_use]
    pub fn get(&self, path: &str) -> (u16, String, String) {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n\r\n",
            self.port
        ))
    }

    /// Calls a command with these headers.
    #[must_use]
    pub fn post(&self, name: &str, headers: &str, body: &str) -> (u16, Value) {
        let (status, _, body) = self.ask(&format!(
            "POST /call/{name} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
            body.len()
        ));
        (status, serde_json::from_str(&body).unwrap_or_default())
    }

    /// Calls a command as the page does.
    #[must_use]
    pub fn call(&self, name: &str, body: &str) -> (u16, Value) {
        self.post(
            name,
            &format!(
                "host: 127.0.0.1:{}\r\nx-baton-token: {}\r\n",
                self.port, self.token
            ),
            body,
        )
    }
}

//! What is printed, and with which exit code.
//!
//! Owns the shape of answers and failures. It leaves out how they came about.

use baton_core::Error;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// A task that was done.
#[derive(Debug)]
pub enum Answer {
    /// One JSON value.
    Json(Value),
    /// Text as it stands: help, the version, a dump.
    Text(String),
    /// Done and reported, but the report itself is bad news (`check` found differences).
    BadNews(Value),
}

/// A task that was not done.
#[derive(Debug)]
pub enum Failure {
    /// The core says why.
    Core(Error),
    /// What was typed makes no sense.
    Usage {
        /// What is wrong with it.
        reason: String,
    },
    /// A file that was named is larger than what is read.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
    /// The address cannot be served.
    Address {
        /// What the system says.
        reason: String,
    },
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl Failure {
    /// The failure on the wire: `{ code, …, sentence }`.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Core(error) => error.to_json(),
            Self::Usage { reason } => {
                json!({ "code": "usage", "reason": reason.trim_end(), "sentence": first_line(reason) })
            }
            Self::TooLarge { path, bytes, limit } => json!({
                "code": "file_too_large", "path": path, "bytes": bytes, "limit": limit,
                "sentence": format!(
                    "{} is larger than the {} MiB that Baton reads. Split the file, or export less at once.",
                    path.display(),
                    limit / (1024 * 1024)
                ),
            }),
            Self::Address { reason } => json!({
                "code": "address_unusable", "reason": reason,
                "sentence": format!("The port cannot be used: {reason}. Use --port 0 for a free one."),
            }),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Core(error) if error.is_refusal() => ExitCode::from(2),
            _ => ExitCode::from(1),
        }
    }
}

/// Prints an answer or a failure and gives the exit code.
pub fn print(answer: Result<Answer, Failure>) -> ExitCode {
    match answer {
        Ok(Answer::Json(value)) => {
            print_line(&pretty(&value));
            ExitCode::SUCCESS
        }
        Ok(Answer::BadNews(value)) => {
            print_line(&pretty(&value));
            ExitCode::from(1)
        }
        Ok(Answer::Text(text)) => {
            print_line(text.trim_end());
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let value = failure.to_json();
            print_line(&pretty(&value));
            let words = match &failure {
                Failure::Usage { reason } => reason.trim_end().to_owned(),
                _ => value
                    .get("sentence")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
            };
            let _ = writeln!(std::io::stderr(), "{words}");
            failure.exit_code()
        }
    }
}

/// Writes a line to standard output; nobody may be there to read it, which is no failure of the task.
pub fn print_line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

fn first_line(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_usage_is_json_with_a_sentence_and_exit_code_one() {
        let failure = Failure::Usage {
            reason: "error: unexpected argument '--x' found\n\nUsage: …\n".to_owned(),
        };
        let value = failure.to_json();
        assert_eq!(value["code"], "usage");
        assert_eq!(value["sentence"], "unexpected argument '--x' found");
        assert_eq!(failure.exit_code(), ExitCode::from(1));
    }
}

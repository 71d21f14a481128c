//! Baton from the command line: the same commands as the window, for scripts, tests and a browser.
//!
//! Owns arguments, printing and exit codes. It has no rules of its own: everything is asked of `baton_core`.
//! Exit 0: done. 1: an error, wrong usage too. 2: refused. Standard output carries one JSON value, also for
//! errors; the sentence for a person goes to standard error.

mod answer;
mod arguments;
mod files;
mod run;
mod serve;
mod serve_files;

use answer::{Answer, Failure};
use arguments::Arguments;
use clap::Parser;
use clap::error::ErrorKind;
use std::process::ExitCode;

fn main() -> ExitCode {
    let answer = match Arguments::try_parse() {
        Ok(arguments) => run::run(&arguments),
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            ) =>
        {
            Ok(Answer::Text(error.to_string()))
        }
        Err(error) => Err(Failure::Usage {
            reason: error.to_string(),
        }),
    };
    answer::print(answer)
}

//! The command line.

mod ask;
mod serve;
mod start;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::base::Lang;

/// Signpost tells everyone at a hackathon who to ask, and sees to it that the question is answered.
#[derive(Parser)]
#[command(name = "signpost", version, about, max_term_width = 100)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server.
    Serve,
    /// Answer who to ask from a hackathon file, without a server.
    Ask(ask::Ask),
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    let outcome = match Line::parse().command {
        Command::Serve => start::config().and_then(|config| serve::run(&config)),
        Command::Ask(ask) => ask.run(),
    };
    outcome.unwrap_or_else(|failure| {
        eprintln!("signpost: {}", failure.0);
        ExitCode::FAILURE
    })
}

/// Why a command failed, for whoever typed it.
pub struct Failure(String);

impl From<crate::base::Error> for Failure {
    fn from(error: crate::base::Error) -> Failure {
        use crate::base::Error;
        Failure(match error {
            Error::Invalid(faults) => {
                faults.iter().map(|fault| fault.detail.text(lang()).to_owned()).collect::<Vec<_>>().join("\n")
            }
            Error::Conflict(sentence) | Error::Forbidden(sentence) => sentence.text(lang()).to_owned(),
            other => other.to_string(),
        })
    }
}

/// The language of the terminal.
fn lang() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    set.and_then(|value| Lang::from_tag(&value)).unwrap_or_default()
}

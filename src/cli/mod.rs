//! The command line.

#[macro_use]
mod out;
mod admin;
mod after;
mod ask;
mod demo;
mod doctor;
mod file;
mod health;
mod keep;
mod serve;
mod start;
mod work;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::base::Lang;
use crate::directory;
use crate::router::predict::{self, Command as Predict};

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
    /// Run a server with two example hackathons, in a temporary folder that goes with it.
    Demo(demo::Demo),
    /// Answer who to ask from a hackathon file, without a server.
    Ask(ask::Ask),
    /// Store a hackathon file, if all of it is right.
    Import(file::Import),
    /// Write a hackathon as a file, to standard output.
    Export(file::Export),
    /// Write a backup while the server runs.
    Backup(keep::Backup),
    /// Put a backup back. The server must not run.
    Restore(keep::Restore),
    /// Administrators and passwords.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Look for what is wrong or unwise.
    Doctor(doctor::Doctor),
    /// The router: predict and measure.
    #[command(subcommand)]
    Router(Predict),
    /// Ask the running server whether it is ready.
    Healthcheck,
    /// The configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Print every value and where it comes from, secrets masked.
    Show,
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    let outcome = match Line::parse().command {
        Command::Serve => start::config().and_then(|config| serve::run(&config)),
        Command::Demo(demo) => start::config().and_then(|config| demo.run(&config)),
        Command::Admin(admin) => start::config().and_then(|config| admin.run(&config)),
        Command::Ask(ask) => ask.run(),
        Command::Import(import) => start::config().and_then(|config| import.run(&config)),
        Command::Export(export) => start::config().and_then(|config| export.run(&config)),
        Command::Backup(backup) => start::config().and_then(|config| backup.run(&config)),
        Command::Restore(restore) => start::config().and_then(|config| restore.run(&config)),
        Command::Doctor(doctor) => doctor.run(),
        Command::Router(command) => router(&command),
        Command::Healthcheck => start::config().and_then(|config| health::check(&config)),
        Command::Config(ConfigCommand::Show) => start::config().map(|config| health::show(&config)),
    };
    outcome.unwrap_or_else(|failure| {
        eprintln!("signpost: {}", failure.0);
        ExitCode::FAILURE
    })
}

/// `signpost router predict|eval`: a hackathon file stands in the place of items where it is named.
fn router(command: &Predict) -> Result<ExitCode, Failure> {
    let (Predict::Predict(files) | Predict::Eval(files)) = command;
    let document = files.hackathon.as_deref().map(ask::read).transpose()?;
    let course = document.map(|document| directory::course(&directory::Source::from_file(&document).topics));
    predict::run(command, course, std::io::stdout().lock()).map_err(|fault| Failure(fault.to_string()))?;
    Ok(ExitCode::SUCCESS)
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

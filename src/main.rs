//! The `signpost` program.

use std::process::ExitCode;

use clap::Parser;
use signpost::router::predict;

#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Ask or measure the text router from files.
    #[command(subcommand)]
    Router(predict::Command),
}

fn main() -> ExitCode {
    let Command::Router(command) = Arguments::parse().command;
    match predict::run(&command, None, std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

//! The program: see `signpost --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    signpost::cli::run()
}

//! The program: see `signpost --help`.

use std::process::ExitCode;

/// Faster than the system's where many small things are made and dropped by many threads, as in every answer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    signpost::cli::run()
}

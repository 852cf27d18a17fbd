//! Standard output. Whoever reads it may stop reading, as `head` does: then there is nobody left to tell, and nothing went wrong.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

/// Writes to standard output, or ends the program where nobody reads it any more.
pub fn write(what: Arguments) {
    match std::io::stdout().lock().write_fmt(what) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        // A full disk behind a redirection is the caller's to see; there is no better place to say it.
        Err(error) => drop(writeln!(std::io::stderr(), "{error}")),
        Ok(()) => {}
    }
}

/// A line on standard output.
macro_rules! outln {
    ($($what:tt)*) => { $crate::cli::out::write(format_args!("{}\n", format_args!($($what)*))) };
}

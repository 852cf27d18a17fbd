//! Floor 2, where it lies: one set of queries over two databases, one door to them.

pub mod backup;
mod conn;
mod error;
mod listen;
mod migrate;
mod open;
pub mod schema;
mod signal;
#[cfg(test)]
mod tests;
mod tx;
pub mod types;
mod writer;

pub(crate) use conn::on_backend;
pub use conn::{Backend, Conn};
pub use migrate::Version as SchemaVersion;
pub use open::{Db, Options};
pub use signal::{Signal, Signals};
pub use tx::{Asked, Tx};
pub use types::{Flat, Json};

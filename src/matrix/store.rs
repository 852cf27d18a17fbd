//! The SQL of the matrix.

pub mod consortium;
pub mod responsibility;
pub mod version;

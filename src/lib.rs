//! x

pub mod router;

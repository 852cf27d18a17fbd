//! The SQL of channels and shifts.

pub mod channel;
pub mod shift;

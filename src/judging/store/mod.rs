//! The SQL of judging.

pub mod award;
pub mod change;
pub mod conflict;
pub mod criterion;
pub mod score;
pub mod settings;
pub mod submission;

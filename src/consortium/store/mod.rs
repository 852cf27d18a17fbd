//! The SQL of the consortium.

pub mod member;
pub mod organization;
pub mod unit;

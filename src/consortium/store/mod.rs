//! The SQL of the consortium.

pub mod member;
pub mod membership;
pub mod organization;
pub mod unit;

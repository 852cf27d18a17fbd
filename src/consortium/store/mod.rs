//! The SQL of the consortium.

pub mod invitation;
pub mod member;
pub mod organization;
pub mod removal;
pub mod unit;

//! The SQL of the consortium.

pub mod invitation;
pub mod member;
pub mod membership;
pub mod organization;
pub mod removal;
pub mod unit;

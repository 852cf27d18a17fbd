//! The consortium of a hackathon: its organizations, their units, and the members.

pub mod holder;
pub mod invitation;
pub mod member;
pub mod membership;
pub mod organization;
pub mod store;
pub mod unit;

pub use holder::{Holder, HolderSaid};
pub use member::{Affiliation, Member, NewMember};
pub use membership::{Me, Membership};
pub use organization::{Function, Organization};
pub use unit::Unit;

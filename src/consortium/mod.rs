//! The consortium of a hackathon: its organizations, their units, and the members.

pub mod affiliation;
pub mod holder;
pub mod invitation;
pub mod invited;
pub mod member;
pub mod named;
pub mod membership;
pub mod organization;
pub mod removal;
pub mod store;
pub mod unit;

pub use affiliation::{Affiliation, AffiliationSaid};
pub use holder::{Holder, HolderSaid};
pub use invitation::Invitation;
pub use member::{Member, NewMember};
pub use membership::{Me, Membership};
pub use organization::{Function, Organization};
pub use unit::Unit;

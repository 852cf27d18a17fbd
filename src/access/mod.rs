//! Floor 3, who may: the actor, the policy, and the proof that every use of a thing needs.

mod actor;
mod anyone;
mod gate;
mod keys;
mod limits;
pub mod once;
mod path;
pub mod policy;
mod right;
mod session;
mod site;
mod store;
mod token;

pub use actor::{Actor, Roles, SessionId, UserId};
pub use anyone::Anyone;
pub use gate::{Caller, Gate, IDEMPOTENCY_KEY, LANG_COOKIE, LASTS_UNUSED, lang_of, not_signed_in};
pub use keys::{KeyRing, SigningKey};
pub use limits::{Counted, Limits, Meter};
pub use once::{Answer, Sent, Shown};
pub use path::{Item, Path};
pub use policy::Verb;
pub use right::{May, Resource, Right, Server, Within, allow, over};
pub use session::Ended;
pub use site::{Client, Site};
pub use token::{ACCESS_SECONDS, API_TOKEN_PREFIX, Claims};

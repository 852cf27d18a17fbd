//! Floor 1, words: what every other module says its facts in. Nothing here knows a database, a request or a rule.

pub mod error;
pub mod id;
pub mod lang;
pub mod network;
pub mod page;
pub mod patch;
pub mod secret;
pub mod text;
pub mod time;

pub use error::{Error, Fault, OrConflict, Result};
pub use id::{Id, Ids};
pub use lang::{Lang, Localized, Sentence, say};
pub use page::{Page, PageRequest};
pub use patch::{Patch, Said, given};
pub use text::{Email, Key, Name, Slug, Text};
pub use time::{Clock, Instant};

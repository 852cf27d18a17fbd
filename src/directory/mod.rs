//! Who to ask. A hackathon's directory is everything that question needs, read in one transaction and then kept in memory:
//! it is replaced as a whole when anything in it changes, so that an answer never mixes two states and costs no query.

mod answer;
mod ask;
pub mod calendar;
mod contact;
mod from_file;
mod holding;
mod keep;
mod model;
pub mod source;
mod store;
mod words;

pub use answer::{AskedFor, Contact, ContactRole, Similar, WhoToAsk};
pub use ask::{Question, Subject};
pub use keep::{Directories, Seen};
pub use model::{Directory, course};
pub use source::{Source, TopicId};

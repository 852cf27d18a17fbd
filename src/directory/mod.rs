//! Who to ask. A hackathon's directory is everything that question needs, read in one transaction and then kept in memory:
//! it is replaced as a whole when anything in it changes, so that an answer never mixes two states and costs no query.

pub mod answer;
mod ask;
pub mod calendar;
mod contact;
mod from_file;
mod holding;
mod keep;
mod model;
mod promise;
pub mod source;
mod store;
mod trained;
mod usual;
mod words;
mod written;

pub use answer::{AskedFor, Contact, ContactRole, Similar, WhoToAsk};
pub use ask::{Question, Subject};
pub use keep::{Directories, Seen};
pub use model::Directory;
pub use promise::Matter;
pub use source::{Source, TopicId};
pub use trained::of_cards as course;
pub use usual::{Desk, Usual, desk};
pub use written::Written;

//! Floor 1, duty hours: when somebody is on duty, and how much working time lies between two moments.
//! Pure: it knows zones and calendars, and no database, request or clock.
//!
//! [`Hours`] are what people write, a [`Week`] is hours in a zone, and a [`Calendar`] adds holidays, shifts and overrides.
//! All spans of time are half-open: they hold their first moment and not their last.

pub mod calendar;
mod days;
pub mod gaps;
pub mod hours;
#[cfg(test)]
mod slow;
mod summary;
mod together;
pub mod week;
pub mod window;
pub mod working;
mod zone;

pub use calendar::{Calendar, union};
pub use days::Days;
pub use gaps::{Gap, Gaps};
pub use hours::Hours;
pub use summary::Summary;
pub use together::{due_by, elapsed_by};
pub use week::Week;
pub use window::{Duty, Override, Stint, Window, Windows};
pub use working::{due, elapsed};
pub use zone::tomorrow;

//! Floor 1, duty hours: when somebody is on duty, and how much working time lies between two moments.
//! Pure: it knows zones and calendars, and no database, request or clock.

mod days;
pub mod hours;

pub use days::Days;
pub use hours::Hours;

//! Moments, and the one place they come from.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A moment in UTC, to the microsecond: what both databases keep without loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<Utc>);

impl Instant {
    /// The moment this many microseconds after 1970. Moments that chrono cannot hold become 1970.
    pub fn from_micros(micros: i64) -> Instant {
        Instant(DateTime::from_timestamp_micros(micros).unwrap_or_default())
    }

    /// Cuts what is finer than a microsecond.
    pub fn from_utc(at: DateTime<Utc>) -> Instant {
        Instant::from_micros(at.timestamp_micros())
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse(text: &str) -> Option<Instant> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| Instant::from_utc(at.to_utc()))
    }

    /// As chrono's type, for calendars and zones.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// Microseconds since 1970.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// Whole seconds and the nanoseconds left over, since 1970; moments before it count as 1970.
    pub fn unix_parts(self) -> (u64, u32) {
        (u64::try_from(self.0.timestamp()).unwrap_or_default(), self.0.timestamp_subsec_nanos())
    }

    /// This much later (or earlier); unchanged where the calendar ends.
    pub fn plus(self, delta: TimeDelta) -> Instant {
        self.0.checked_add_signed(delta).map_or(self, Instant::from_utc)
    }

    /// The time from `earlier` to this moment.
    pub fn since(self, earlier: Instant) -> TimeDelta {
        self.0 - earlier.0
    }

    /// Text whose order is the order of time: always six decimals and `Z`. This is what SQLite keeps.
    pub fn sortable(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Micros, true)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        Instant::parse(&text).ok_or_else(|| serde::de::Error::custom("expected a time such as 2024-11-05T14:30:00Z"))
    }
}

/// Where the time comes from. It enters a decision only through a transaction.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands until it is moved, for tests.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at this moment.
    pub fn fixed(at: Instant) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(at.micros())))
    }

    /// The time by this clock.
    pub fn now(&self) -> Instant {
        match self {
            Clock::System => Instant::from_utc(Utc::now()),
            Clock::Fixed(micros) => Instant::from_micros(micros.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock on; the machine's clock does not move.
    pub fn advance(&self, by: TimeDelta) {
        if let Clock::Fixed(micros) = self {
            micros.fetch_add(by.num_microseconds().unwrap_or_default(), Ordering::SeqCst);
        }
    }
}

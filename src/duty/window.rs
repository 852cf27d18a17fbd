//! Spans between two moments, and what they say about one.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::week::{Occurrences, Week};
use crate::base::Instant;

/// How far ahead a status looks for a change of duty. What lies further ahead is told as "never".
pub const HORIZON: TimeDelta = TimeDelta::days(400);

/// From a moment to a later one, without the later one itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    from: Instant,
    until: Instant,
}

impl Window {
    /// `None` where the end is not after the start.
    pub fn new(from: Instant, until: Instant) -> Option<Window> {
        (from < until).then_some(Window { from, until })
    }

    /// From this moment on without an end, such as a pause that is still under way.
    pub fn since(from: Instant) -> Window {
        Window { from, until: forever() }
    }

    /// All of time.
    pub(super) fn always() -> Window {
        Window { from: Instant::from_utc(DateTime::<Utc>::MIN_UTC), until: forever() }
    }

    /// The first moment in it.
    pub fn from(self) -> Instant {
        self.from
    }

    /// The first moment after it; in a window without an end, the last moment that can be written.
    pub fn until(self) -> Instant {
        self.until
    }

    /// Whether this moment is in it.
    pub fn has(self, at: Instant) -> bool {
        self.from <= at && at < self.until
    }

    /// What both have in common.
    pub fn within(self, other: Window) -> Option<Window> {
        Window::new(self.from.max(other.from), self.until.min(other.until))
    }
}

/// The last moment that can be written: the end of what has no end.
pub(super) fn forever() -> Instant {
    Instant::from_utc(DateTime::<Utc>::MAX_UTC)
}

/// Replaces what would otherwise be in its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Override {
    /// When.
    pub window: Window,
    /// On duty all through it, or off duty all through it.
    pub on_duty: bool,
}

/// A shift as it is written down: it adds duty to the weekly hours, or replaces what would otherwise be in its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stint {
    /// From.
    pub starts_at: Instant,
    /// Until. Where this is not after the start, the stint is empty.
    pub ends_at: Instant,
    /// Whether it replaces what would otherwise be in its window.
    pub replaces: bool,
    /// Whether somebody is on duty in it; of no meaning where nothing is replaced.
    pub on_duty: bool,
}

/// Whether somebody is on duty at a moment, and when that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// On duty at that moment.
    pub on_duty: bool,
    /// When on duty: the end of the continuous duty; none if there is no end within [`HORIZON`].
    pub until: Option<Instant>,
    /// When off duty: the next start; none if there is no start within [`HORIZON`].
    pub next_from: Option<Instant>,
}

impl Duty {
    pub(super) fn on(at: Instant, until: Instant) -> Duty {
        Duty { on_duty: true, until: Some(until).filter(|end| *end <= at.plus(HORIZON)), next_from: None }
    }

    pub(super) fn off(at: Instant, next_from: Option<Instant>) -> Duty {
        Duty { on_duty: false, until: None, next_from: next_from.filter(|start| *start <= at.plus(HORIZON)) }
    }
}

/// The continuous spans of duty from a moment on, in order, without end unless duty ends. Windows that touch are one.
#[derive(Clone, Debug)]
pub struct Windows<'a> {
    /// Everything before this was told.
    at: Instant,
    week: Occurrences<'a>,
    /// The week's window at hand; it or the next decides where nothing is fixed.
    span: Option<Window>,
    /// What is fixed whatever the week says: in order, without overlaps.
    fixed: &'a [Override],
}

impl<'a> Windows<'a> {
    pub(super) fn new(week: &'a Week, fixed: &'a [Override], at: Instant) -> Windows<'a> {
        let passed = fixed.partition_point(|fixed| fixed.window.until <= at);
        let (_, fixed) = fixed.split_at_checked(passed).unwrap_or_default();
        let mut occurrences = Occurrences::after(week, at);
        let span = if week.is_always() { Some(Window::always()) } else { occurrences.next() };
        Windows { at, week: occurrences, span, fixed }
    }

    /// Whether duty is on now, and until when at least; moves there. `None` at the end of time.
    fn step(&mut self) -> Option<(bool, Instant)> {
        let at = self.at;
        if at >= forever() {
            return None;
        }
        while let Some((_, rest)) = self.fixed.split_first().filter(|(fixed, _)| fixed.window.until <= at) {
            self.fixed = rest;
        }
        while self.span.is_some_and(|span| span.until <= at) {
            self.span = self.week.next();
        }
        let fixed = self.fixed.first().copied();
        let (on, until) = match (fixed, self.span) {
            (Some(fixed), _) if fixed.window.from <= at => (fixed.on_duty, fixed.window.until),
            (_, Some(span)) if span.from <= at => (true, span.until),
            (_, Some(span)) => (false, span.from),
            (_, None) => (false, forever()),
        };
        let next_fixed = fixed.map(|fixed| fixed.window.from).filter(|from| *from > at);
        self.at = next_fixed.map_or(until, |from| from.min(until));
        Some((on, self.at))
    }

    /// Moves to the next moment at which duty is on: that moment, and until when at least.
    fn start(&mut self, limit: Instant) -> Option<Window> {
        loop {
            let from = self.at;
            if from > limit {
                return None;
            }
            if let (true, until) = self.step()? {
                return Some(Window { from, until });
            }
        }
    }

    /// Moves to the end of the duty that is on until `until` at least.
    fn end(&mut self, mut until: Instant, limit: Instant) -> Instant {
        while until <= limit
            && let Some((true, later)) = self.peek()
        {
            self.at = later;
            until = later;
        }
        until
    }

    /// Goes on to a moment that is not before this one: until when duty is on from there at least, if it is.
    pub(super) fn reach(&mut self, at: Instant) -> Option<Instant> {
        self.at = at;
        self.peek().filter(|(on, _)| *on).map(|(_, until)| until)
    }

    fn peek(&mut self) -> Option<(bool, Instant)> {
        let at = self.at;
        let told = self.step();
        self.at = at;
        told
    }

    /// On duty or not at the moment these windows begin with. Looks no further than it must.
    pub(super) fn status(mut self) -> Duty {
        let at = self.at;
        let limit = at.plus(HORIZON);
        match self.start(limit) {
            Some(window) if window.from <= at => Duty::on(at, self.end(window.until, limit)),
            later => Duty::off(at, later.map(|window| window.from)),
        }
    }
}

impl Iterator for Windows<'_> {
    type Item = Window;

    fn next(&mut self) -> Option<Window> {
        let window = self.start(forever())?;
        Some(Window { until: self.end(window.until, forever()), ..window })
    }
}

//! Weekly hours with what departs from them: holidays, shifts and overrides.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::week::Week;
use super::window::{Duty, Override, Stint, Window, Windows};
use super::zone;
use crate::base::Instant;

/// How far ahead is looked for the end of duty that calendars hand on to each other. Nobody plans by an end further
/// away, and a rota round the world has hundreds of windows up to [`super::window::HORIZON`], each time somebody asks.
pub const HANDED_ON: TimeDelta = TimeDelta::days(35);

/// When one channel, holder or person is on duty.
///
/// Weekly hours count except on holidays; shifts add to them, on holidays too; overrides replace all three, and where two
/// overrides meet the later in the list counts.
///
/// With neither weekly hours nor shifts nobody has said when there is duty, and the calendar is **unstated**: such a
/// channel (an address of a page, say) is always reachable, never off duty and without an end. Holidays mean nothing to
/// it; an override that says "off" still does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    week: Week,
    stated: bool,
    /// Holidays, shifts and overrides laid over each other: in order, without overlaps.
    fixed: Box<[Override]>,
}

impl Calendar {
    /// Lays holidays (days in the week's zone), shifts and overrides over the weekly hours.
    /// A holiday runs from the moment its date is first on the wall clock until the next date is.
    pub fn new(
        week: Week,
        holidays: impl IntoIterator<Item = NaiveDate>,
        shifts: &[Window],
        overrides: &[Override],
    ) -> Calendar {
        let tz = week.tz();
        let stated = !week.is_empty() || !shifts.is_empty();
        let week = if stated { week } else { Week::always(tz) };
        let holidays = holidays.into_iter().filter(|_| stated).filter_map(|day| whole_day(tz, day));
        let mut fixed = Vec::new();
        holidays.for_each(|window| lay(&mut fixed, Override { window, on_duty: false }));
        shifts.iter().for_each(|window| lay(&mut fixed, Override { window: *window, on_duty: true }));
        overrides.iter().for_each(|over| lay(&mut fixed, *over));
        Calendar { week, stated, fixed: fixed.into() }
    }

    /// Lays holidays and stints over the weekly hours. Stints count in their order, so that of two that replace and meet the
    /// later one holds.
    pub fn with_stints(
        week: Week,
        holidays: impl IntoIterator<Item = NaiveDate>,
        stints: impl Iterator<Item = Stint>,
    ) -> Calendar {
        let (mut shifts, mut overrides) = (Vec::new(), Vec::new());
        for Stint { starts_at, ends_at, replaces, on_duty } in stints {
            let Some(window) = Window::new(starts_at, ends_at) else { continue };
            match replaces {
                true => overrides.push(Override { window, on_duty }),
                false => shifts.push(window),
            }
        }
        Calendar::new(week, holidays, &shifts, &overrides)
    }

    /// Weekly hours and nothing else.
    pub fn weekly(week: Week) -> Calendar {
        Calendar::new(week, [], &[], &[])
    }

    /// Nobody has said when there is duty: always reachable.
    pub fn unstated(tz: Tz) -> Calendar {
        Calendar::weekly(Week::new(tz, &[]))
    }

    /// Whether somebody has said when there is duty.
    pub fn is_stated(&self) -> bool {
        self.stated
    }

    /// The zone in which its hours and holidays are meant.
    pub fn tz(&self) -> Tz {
        self.week.tz()
    }

    /// On duty or not at this moment, and until when.
    pub fn status(&self, at: Instant) -> Duty {
        self.windows(at).status()
    }

    /// The continuous spans of duty from this moment on, in order; the first begins here if duty is under way.
    pub fn windows(&self, from: Instant) -> Windows<'_> {
        Windows::new(&self.week, &self.fixed, from)
    }

    /// The same calendar, off duty in these windows.
    pub(super) fn without(&self, windows: &[Window]) -> Calendar {
        let mut fixed = self.fixed.to_vec();
        windows.iter().for_each(|window| lay(&mut fixed, Override { window: *window, on_duty: false }));
        Calendar { fixed: fixed.into(), ..self.clone() }
    }
}

/// `None` for a day that the zone skipped.
pub(super) fn whole_day(tz: Tz, day: NaiveDate) -> Option<Window> {
    Window::new(midnight(tz, Some(day))?, midnight(tz, day.succ_opt())?)
}

/// The moment at which this date, or a later one, is first on the wall clock.
pub(super) fn midnight(tz: Tz, day: Option<NaiveDate>) -> Option<Instant> {
    zone::first(tz, day?.and_time(NaiveTime::MIN))
}

/// Puts one more override on top of the others, which keep what it leaves of them.
fn lay(fixed: &mut Vec<Override>, top: Override) {
    let begin = fixed.partition_point(|under| under.window.until() <= top.window.from());
    let end = fixed.partition_point(|under| under.window.from() < top.window.until());
    let under = fixed.get(begin..end).unwrap_or_default();
    let cut = |under: Option<&Override>, from: Option<Instant>, until: Option<Instant>| {
        let Override { window, on_duty } = *under?;
        let window = Window::new(from.unwrap_or(window.from()), until.unwrap_or(window.until()))?;
        Some(Override { window, on_duty })
    };
    let before = cut(under.first(), None, Some(top.window.from()));
    let after = cut(under.last(), Some(top.window.until()), None);
    fixed.splice(begin..end, [before, Some(top), after].into_iter().flatten());
}

/// The calendars of one holder that count: those that say when there is duty, else all of them.
/// The address of a page, always reachable, must not put a holder on duty whose other channels have hours.
pub(super) fn counting<'a, 'b>(calendars: &'b [&'a Calendar]) -> impl Iterator<Item = &'a Calendar> + Clone + 'b {
    let stated = calendars.iter().any(|calendar| calendar.stated);
    calendars.iter().copied().filter(move |calendar| calendar.stated == stated)
}

/// A holder with several calendars is on duty if any of them is; the end and the next start are those of all together.
/// Unstated calendars count only where no other is there. Without any calendar there is never duty.
/// Where several count, an end further away than [`HANDED_ON`] is told as none.
pub fn union(calendars: &[&Calendar], at: Instant) -> Duty {
    let mut few = counting(calendars);
    if let (Some(only), None) = (few.next(), few.next()) {
        return only.status(at);
    }
    let mut all: Vec<_> = counting(calendars).map(|calendar| calendar.windows(at)).collect();
    let limit = at.plus(HANDED_ON);
    let mut until = at;
    while until <= limit
        && let Some(later) = all.iter_mut().filter_map(|windows| windows.reach(until)).max()
    {
        until = later;
    }
    if until > at {
        return Duty { on_duty: true, until: Some(until).filter(|until| *until <= limit), next_from: None };
    }
    Duty::off(at, all.into_iter().filter_map(|windows| windows.status().next_from).min())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::slow::{self, LENGTH, PAD};
    use crate::duty::{Hours, Week};
    use chrono_tz::{Asia::Seoul, Europe::London};
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    fn window(from: &str, until: &str) -> Window {
        Window::new(at(from), at(until)).unwrap_or_else(|| panic!("{from} {until}"))
    }

    fn week(tz: Tz, hours: &[&str]) -> Week {
        Week::new(tz, &hours.iter().filter_map(|hours| Hours::parse(hours).ok()).collect::<Vec<_>>())
    }

    fn on_until(text: &str) -> Duty {
        Duty { on_duty: true, until: Some(at(text)), next_from: None }
    }

    fn off_until(text: &str) -> Duty {
        Duty { on_duty: false, until: None, next_from: Some(at(text)) }
    }

    const ALWAYS: Duty = Duty { on_duty: true, until: None, next_from: None };
    const NEVER: Duty = Duty { on_duty: false, until: None, next_from: None };

    #[test]
    fn a_holiday_has_no_weekly_hours_but_a_shift_counts_on_it() {
        // Friday 2024-12-27 is free but for a shift.
        let shift = window("2024-12-27T10:00:00Z", "2024-12-27T12:00:00Z");
        let day = NaiveDate::from_ymd_opt(2024, 12, 27);
        let desk = Calendar::new(week(London, &["Mon-Fri 09:00-17:00"]), day, &[shift], &[]);
        assert_eq!(desk.status(at("2024-12-26T18:00:00Z")), off_until("2024-12-27T10:00:00Z"));
        assert_eq!(desk.status(at("2024-12-27T10:00:00Z")), on_until("2024-12-27T12:00:00Z"));
        assert_eq!(desk.status(at("2024-12-27T12:00:00Z")), off_until("2024-12-30T09:00:00Z"));
    }

    #[test]
    fn a_shift_prolongs_the_day_and_an_override_ends_it() {
        let shift = window("2024-11-05T17:00:00Z", "2024-11-05T20:00:00Z");
        let away = |on_duty| Override { window: window("2024-11-05T19:00:00Z", "2024-11-06T10:00:00Z"), on_duty };
        let days = || week(London, &["Mon-Fri 09:00-17:00"]);
        let noon = at("2024-11-05T12:00:00Z");
        assert_eq!(Calendar::new(days(), [], &[shift], &[]).status(noon), on_until("2024-11-05T20:00:00Z"));
        let off = Calendar::new(days(), [], &[shift], &[away(false)]);
        assert_eq!(off.status(noon), on_until("2024-11-05T19:00:00Z"));
        assert_eq!(off.status(at("2024-11-05T19:30:00Z")), off_until("2024-11-06T10:00:00Z"));
        let on = Calendar::new(days(), [], &[shift], &[away(false), away(true)]);
        assert_eq!(on.status(noon), on_until("2024-11-06T17:00:00Z"));
    }

    #[test]
    fn who_states_no_hours_is_always_reachable_unless_an_override_says_not() {
        let now = at("2024-11-09T03:00:00Z");
        assert_eq!(Calendar::unstated(London).status(now), ALWAYS);
        let holiday = NaiveDate::from_ymd_opt(2024, 11, 9);
        let off = Override { window: window("2024-11-09T02:00:00Z", "2024-11-09T04:00:00Z"), on_duty: false };
        assert_eq!(Calendar::new(week(London, &[]), holiday, &[], &[]).status(now), ALWAYS);
        assert_eq!(
            Calendar::new(week(London, &[]), holiday, &[], &[off]).status(now),
            off_until("2024-11-09T04:00:00Z")
        );
        let shift = window("2024-11-10T02:00:00Z", "2024-11-10T04:00:00Z");
        assert_eq!(Calendar::new(week(London, &[]), [], &[shift], &[]).status(now), off_until("2024-11-10T02:00:00Z"));
    }

    #[test]
    fn beyond_the_horizon_is_never() {
        let start = at("2024-01-01T00:00:00Z");
        let after = |days| start.plus(chrono::TimeDelta::days(days));
        let shift = |from, until| Window::new(after(from), after(until)).into_iter().collect::<Vec<_>>();
        let status = |shifts: &[Window]| Calendar::new(week(London, &[]), [], shifts, &[]).status(start);
        assert_eq!(status(&shift(400, 401)).next_from, Some(after(400)));
        assert_eq!(status(&shift(401, 402)), NEVER);
        assert_eq!(status(&shift(0, 400)).until, Some(after(400)));
        assert_eq!(status(&shift(0, 401)), ALWAYS);
        assert_eq!(status(&[Window::since(start)]), ALWAYS);
    }

    #[test]
    fn a_holder_is_on_duty_when_any_channel_is() {
        let mail = Calendar::weekly(week(London, &["Mon-Fri 09:00-12:00"]));
        let chat = Calendar::weekly(week(London, &["Mon-Fri 12:00-17:00"]));
        let seoul = Calendar::weekly(week(Seoul, &["Mon-Fri 09:00-18:00"]));
        let page = Calendar::unstated(London);
        let nine = at("2024-11-05T09:00:00Z");
        assert_eq!(union(&[&mail, &chat], nine), on_until("2024-11-05T17:00:00Z"));
        assert_eq!(union(&[&mail, &chat, &seoul], at("2024-11-05T17:00:00Z")), off_until("2024-11-06T00:00:00Z"));
        assert_eq!(union(&[&mail, &page], at("2024-11-05T13:00:00Z")), off_until("2024-11-06T09:00:00Z"));
        assert_eq!(union(&[&page], nine), ALWAYS);
        assert_eq!(union(&[], nine), NEVER);
        let (days, ends) = (week(London, &["Mon-Fri 00:00-24:00"]), week(London, &["Sat,Sun 00:00-24:00"]));
        assert_eq!(union(&[&Calendar::weekly(days), &Calendar::weekly(ends)], nine), ALWAYS);
    }

    /// The status by a table of minutes; a change beyond the table is not known.
    fn slow_status(period: &slow::Period, on: &[bool], now: usize) -> Option<Duty> {
        let is_on = on.get(now).copied()?;
        let change = on.iter().take(LENGTH - PAD).skip(now).position(|on| *on != is_on)?;
        let change = period.at(now + change);
        Some(if is_on { Duty::on(period.at(now), change) } else { Duty::off(period.at(now), Some(change)) })
    }

    fn agree(period: &slow::Period, on: &[bool], now: usize, told: Duty) -> Result<(), TestCaseError> {
        match slow_status(period, on, now) {
            Some(slow) => prop_assert_eq!(told, slow),
            None => {
                prop_assert_eq!(Some(told.on_duty), on.get(now).copied());
                let change = told.until.or(told.next_from);
                prop_assert!(change.is_none_or(|change| change >= period.at(LENGTH - PAD)), "{change:?}");
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn status_equals_a_minute_by_minute_loop(
            period in slow::period(), recipe in slow::recipe(), now in vec(PAD..LENGTH - PAD, 8),
        ) {
            let (on, calendar) = (recipe.on(period), recipe.calendar(period));
            for now in now {
                agree(period, &on, now, calendar.status(period.at(now)))?;
            }
        }

        #[test]
        fn the_union_equals_a_minute_by_minute_loop(
            period in slow::period(), recipes in vec(slow::recipe(), 1..4), now in vec(PAD..LENGTH - PAD, 8),
        ) {
            let stated = recipes.iter().any(slow::Recipe::is_stated);
            let mut any = vec![false; LENGTH];
            for recipe in recipes.iter().filter(|recipe| recipe.is_stated() == stated) {
                any.iter_mut().zip(recipe.on(period)).for_each(|(any, on)| *any |= on);
            }
            let calendars: Vec<_> = recipes.iter().map(|recipe| recipe.calendar(period)).collect();
            for now in now {
                agree(period, &any, now, union(&calendars.iter().collect::<Vec<_>>(), period.at(now)))?;
            }
        }
    }
}

//! Gaps in few words: what is missing every week, and what is missing on single days only.

use std::borrow::Cow;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::days::Days;
use super::gaps::{Gap, Gaps};
use super::hours::{DAY, Hours};
use super::zone::{WEEK, before, weekday};
use crate::base::{Lang, Sentence};

/// How many spans are named before the rest is counted.
const NAMED: usize = 5;

/// Gaps told by the week, so that four weeks of the same gap are one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What nobody covers in any week in which the event works at that hour.
    pub weekly: Vec<Hours>,
    /// What is missing on this day although it is covered in another week.
    pub dated: Vec<Gap>,
}

impl Summary {
    /// One line such as `Mon-Fri 09:00-12:00, 2024-11-12 12:00-17:30 and 4 more`; empty without gaps.
    pub fn words(&self) -> Sentence {
        let rest = (self.weekly.len() + self.dated.len()).saturating_sub(NAMED);
        let (en, ko) = match rest {
            0 => (String::new(), String::new()),
            rest => (format!(" and {rest} more"), format!(" 외 {rest}건")),
        };
        let line = |lang, end: String| Cow::Owned(self.named(lang) + &end);
        Sentence { en: line(Lang::En, en), ko: line(Lang::Ko, ko) }
    }

    fn named(&self, lang: Lang) -> String {
        let weekly = self.weekly.iter().map(|hours| hours.text(lang));
        let dated = self.dated.iter().map(Gap::to_string);
        weekly.chain(dated).take(NAMED).collect::<Vec<_>>().join(", ")
    }
}

impl Gaps {
    /// The gaps by the week.
    pub fn summary(&self) -> Summary {
        let week = Minutes::of(self);
        let dated = self.list().iter().flat_map(|gap| {
            let ((from, to), midnight) = (gap.minutes(), before(gap.day.weekday()));
            let runs = runs(from..to, |minute| !week.weekly(midnight + minute)).into_iter();
            runs.map(|run| Gap { day: gap.day, from: time(run.start), to: time(run.end) })
        });
        Summary { dated: dated.collect(), weekly: week.lines() }
    }
}

/// For each minute of the week, whether it is a gap in some week, and whether somebody covers it in some week.
struct Minutes(Vec<(bool, bool)>);

impl Minutes {
    fn of(gaps: &Gaps) -> Minutes {
        let mut week = Minutes(vec![(false, false); usize::from(WEEK)]);
        for span in gaps.working() {
            let same_day: Vec<_> = on(gaps.list(), span.day).iter().map(|gap| gap.minutes()).collect();
            let (from, to) = span.minutes();
            for minute in from..to {
                let is_open = same_day.iter().any(|(from, to)| (*from..*to).contains(&minute));
                if let Some((open, covered)) = week.0.get_mut(usize::from(before(span.day.weekday()) + minute)) {
                    *open |= is_open;
                    *covered |= !is_open;
                }
            }
        }
        week
    }

    /// Whether this minute of the week is a gap in every week in which the event works in it.
    fn weekly(&self, minute: u16) -> bool {
        self.0.get(usize::from(minute)).is_some_and(|(open, covered)| *open && !covered)
    }

    /// The weekly gaps as people write hours, the same times on several days in one line.
    fn lines(&self) -> Vec<Hours> {
        let mut lines: Vec<(Days, u16, u16)> = Vec::new();
        for span in joined(runs(0..WEEK, |minute| self.weekly(minute))).into_iter().flat_map(by_day) {
            let (from, to) = (span.start % DAY, (span.end - 1) % DAY + 1);
            let day = Days::only(weekday(span.start));
            match lines.iter_mut().find(|line| (line.1, line.2) == (from, to)) {
                Some((days, ..)) => *days = days.with(day),
                None => lines.push((day, from, to)),
            }
        }
        lines.into_iter().filter_map(|(days, from, to)| Hours::of(days, from, to)).collect()
    }
}

/// Joins what ends with Sunday to what begins with Monday.
fn joined(mut runs: Vec<Range<u16>>) -> Vec<Range<u16>> {
    if let [Range { start: 0, end: first }, .., Range { end: last @ WEEK, .. }] = runs.as_mut_slice() {
        *last += *first;
        runs.remove(0);
    }
    runs
}

/// A night stays whole; what is as long as a day or longer is cut at the midnights.
fn by_day(run: Range<u16>) -> Vec<Range<u16>> {
    if run.len() < usize::from(DAY) {
        return vec![run];
    }
    let mut spans = Vec::new();
    let mut start = run.start;
    while start < run.end {
        let end = run.end.min((start / DAY + 1) * DAY);
        spans.push(start..end);
        start = end;
    }
    spans
}

/// The gaps of one day out of a list in order.
fn on(gaps: &[Gap], day: NaiveDate) -> &[Gap] {
    let begin = gaps.partition_point(|gap| gap.day < day);
    let end = gaps.partition_point(|gap| gap.day <= day);
    gaps.get(begin..end).unwrap_or_default()
}

/// Minutes after midnight as a time; the end of the day is midnight.
fn time(minute: u16) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute % DAY) * 60, 0).unwrap_or_default()
}

/// The stretches of a range in which something holds.
fn runs(range: Range<u16>, holds: impl Fn(u16) -> bool) -> Vec<Range<u16>> {
    let mut runs: Vec<Range<u16>> = Vec::new();
    for minute in range.filter(|minute| holds(*minute)) {
        match runs.last_mut() {
            Some(run) if run.end == minute => run.end = minute + 1,
            _ => runs.push(minute..minute + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Instant;
    use crate::duty::{Calendar, Override, Week, Window};
    use chrono_tz::Europe::London;
    use rstest::rstest;

    fn week(hours: &[&str]) -> Week {
        Week::new(London, &hours.iter().filter_map(|hours| Hours::parse(hours).ok()).collect::<Vec<_>>())
    }

    /// An event of four weeks in November 2024.
    fn summary(event: &Calendar, holder: &Calendar) -> Summary {
        let day = |day| NaiveDate::from_ymd_opt(2024, 11, day).unwrap_or_default();
        Gaps::find(event, day(4)..=day(29), &[vec![holder]]).summary()
    }

    #[rstest]
    #[case(&["Mon-Fri 09:00-17:30"], &["Mon-Fri 12:00-17:30"], "Mon-Fri 09:00-12:00", "월-금 09:00-12:00")]
    #[case(
        &["Mon-Fri 09:00-17:30"], &["Tue,Thu 14:00-16:00"],
        "Mon,Wed,Fri 09:00-17:30, Tue,Thu 09:00-14:00, Tue,Thu 16:00-17:30",
        "월,수,금 09:00-17:30, 화,목 09:00-14:00, 화,목 16:00-17:30"
    )]
    #[case(&["Mon-Sun 00:00-24:00"], &["Mon-Sun 08:00-20:00"], "Mon-Sun 20:00-08:00", "월-일 20:00-08:00")]
    #[case(
        &["Mon-Sun 00:00-24:00"], &["Mon-Fri 09:00-17:00"],
        "Mon-Thu 17:00-09:00, Fri 17:00-24:00, Sat,Sun 00:00-24:00, Mon 00:00-09:00",
        "월-목 17:00-09:00, 금 17:00-24:00, 토,일 00:00-24:00, 월 00:00-09:00"
    )]
    #[case(&["Sun 22:00-02:00"], &["Wed 01:00-02:00"], "Sun 22:00-02:00", "일 22:00-02:00")]
    #[case(&["Mon-Sun 00:00-24:00"], &["Sun 22:00-22:01"], "Sun 22:01-24:00, Mon-Sat 00:00-24:00, Sun 00:00-22:00", "일 22:01-24:00, 월-토 00:00-24:00, 일 00:00-22:00")]
    #[case(&["Mon-Fri 09:00-17:30"], &["Mon-Fri 09:00-17:30"], "", "")]
    fn four_weeks_are_one_line(#[case] event: &[&str], #[case] holder: &[&str], #[case] en: &str, #[case] ko: &str) {
        let told = summary(&Calendar::weekly(week(event)), &Calendar::weekly(week(holder)));
        assert_eq!((told.words().text(Lang::En), told.words().text(Lang::Ko)), (en, ko));
        assert!(told.dated.is_empty());
    }

    #[test]
    fn a_single_day_is_told_by_its_date_without_what_is_missing_every_week() {
        let at = |text| Instant::parse(text).unwrap_or_else(|| panic!("{text}"));
        let away = Window::new(at("2024-11-12T00:00:00Z"), at("2024-11-13T00:00:00Z")).into_iter();
        let away: Vec<_> = away.map(|window| Override { window, on_duty: false }).collect();
        let holder = Calendar::new(week(&["Mon-Fri 09:00-16:00"]), [], &[], &away);
        let told = summary(&Calendar::weekly(week(&["Mon-Fri 09:00-17:00"])), &holder).words();
        assert_eq!(told.text(Lang::En), "Mon-Fri 16:00-17:00, 2024-11-12 09:00-16:00");
    }

    #[test]
    fn a_free_day_of_the_event_does_not_hide_what_is_missing_every_week() {
        let event = Calendar::new(week(&["Mon 09:00-17:00"]), NaiveDate::from_ymd_opt(2024, 11, 11), &[], &[]);
        let told = summary(&event, &Calendar::weekly(week(&["Mon 09:00-12:00"])));
        assert_eq!(told.words().text(Lang::En), "Mon 12:00-17:00");
    }

    #[test]
    fn what_is_not_named_is_counted() {
        let hours = ["Mon 09:00-10:00", "Tue 09:00-11:00", "Wed 09:00-12:00", "Thu 09:00-13:00", "Fri 09:00-14:00"];
        let event = Calendar::weekly(week(&["Mon-Sun 09:00-17:00"]));
        let told = summary(&event, &Calendar::weekly(week(&hours))).words();
        assert!(told.text(Lang::En).ends_with("Fri 14:00-17:00 and 1 more"), "{told}");
        assert!(told.text(Lang::Ko).ends_with("금 14:00-17:00 외 1건"), "{}", told.ko);
    }
}

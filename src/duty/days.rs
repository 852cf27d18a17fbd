//! Sets of weekdays, as people write them: `Mon-Fri`, `Mon,Wed,Fri`, `월-금`.

use chrono::Weekday;

use crate::base::Lang;

/// Monday first: the order in which weeks are counted and written (ISO 8601).
const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// A set of weekdays; what [`crate::duty::Hours`] hold is never empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(u8);

impl Days {
    /// This day alone.
    pub fn only(day: Weekday) -> Days {
        Days(1 << day.num_days_from_monday())
    }

    /// The days of either set.
    pub fn with(self, other: Days) -> Days {
        Days(self.0 | other.0)
    }

    /// Whether this day is one of them.
    pub fn has(self, day: Weekday) -> bool {
        self.0 & Days::only(day).0 != 0
    }

    /// The days, Monday first.
    pub fn each(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().filter(move |day| self.has(*day))
    }

    /// From the first day to the last, over the end of the week where the last comes before the first.
    fn through(first: Weekday, last: Weekday) -> Days {
        let mut days = Days::only(last);
        let mut day = first;
        while day != last {
            days = days.with(Days::only(day));
            day = day.succ();
        }
        days
    }

    /// Reads folded text: names parted by commas, ranges with a hyphen. `None` for anything else.
    pub(super) fn parse(folded: &str) -> Option<Days> {
        folded.split(',').try_fold(Days::default(), |days, part| {
            let part = match part.split_once('-') {
                None => Days::only(day(part)?),
                Some((first, last)) => {
                    let (first, last) = (day(first)?, day(last)?);
                    // "Mon-Mon" may mean a day or a week, so its writer is asked.
                    Days::through((first != last).then_some(first)?, last)
                }
            };
            Some(days.with(part))
        })
    }

    /// The set in a language's short names; three days in a row and more become a range.
    pub fn text(self, lang: Lang) -> String {
        // A week without a first day would have no run to begin with.
        if WEEK.into_iter().all(|day| self.has(day)) {
            return format!("{}-{}", name(Weekday::Mon, lang), name(Weekday::Sun, lang));
        }
        let begins = self.each().filter(|day| !self.has(day.pred()));
        let runs = begins.map(|first| {
            let mut run = vec![first];
            let mut day = first.succ();
            while self.has(day) {
                run.push(day);
                day = day.succ();
            }
            match run.as_slice() {
                [first, _, .., last] if run.len() > 2 => format!("{}-{}", name(*first, lang), name(*last, lang)),
                few => few.iter().map(|day| name(*day, lang)).collect::<Vec<_>>().join(","),
            }
        });
        runs.collect::<Vec<_>>().join(",")
    }
}

/// One day's name, short or full, in either language.
fn day(text: &str) -> Option<Weekday> {
    let text = text.trim();
    WEEK.into_iter().find(|day| {
        let (short, full) = english(*day);
        let korean = name(*day, Lang::Ko);
        text == full || text.eq_ignore_ascii_case(short) || text.strip_suffix("요일").unwrap_or(text) == korean
    })
}

fn name(day: Weekday, lang: Lang) -> &'static str {
    match (lang, day) {
        (Lang::En, day) => english(day).0,
        (Lang::Ko, Weekday::Mon) => "월",
        (Lang::Ko, Weekday::Tue) => "화",
        (Lang::Ko, Weekday::Wed) => "수",
        (Lang::Ko, Weekday::Thu) => "목",
        (Lang::Ko, Weekday::Fri) => "금",
        (Lang::Ko, Weekday::Sat) => "토",
        (Lang::Ko, Weekday::Sun) => "일",
    }
}

/// The short name as it is written, and the full one as it is compared.
fn english(day: Weekday) -> (&'static str, &'static str) {
    match day {
        Weekday::Mon => ("Mon", "monday"),
        Weekday::Tue => ("Tue", "tuesday"),
        Weekday::Wed => ("Wed", "wednesday"),
        Weekday::Thu => ("Thu", "thursday"),
        Weekday::Fri => ("Fri", "friday"),
        Weekday::Sat => ("Sat", "saturday"),
        Weekday::Sun => ("Sun", "sunday"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_written_as_people_write_them() {
        for (written, en, ko) in [
            ("mon-fri", "Mon-Fri", "월-금"),
            ("fri,wed,mon", "Mon,Wed,Fri", "월,수,금"),
            ("sat-mon", "Sat-Mon", "토-월"),
            ("sat,sun", "Sat,Sun", "토,일"),
            ("wed-tue", "Mon-Sun", "월-일"),
            ("월요일 - 수요일, 금", "Mon-Wed,Fri", "월-수,금"),
            ("thursday,fri,monday", "Mon,Thu,Fri", "월,목,금"),
            ("sun,mon,wed", "Wed,Sun,Mon", "수,일,월"),
        ] {
            let days = Days::parse(written).unwrap_or_default();
            assert_eq!((days.text(Lang::En).as_str(), days.text(Lang::Ko).as_str()), (en, ko), "{written}");
        }
    }

    #[test]
    fn every_set_is_read_back_from_its_text_in_both_languages() {
        for days in (1..128).map(Days) {
            for lang in [Lang::En, Lang::Ko] {
                let text = days.text(lang).to_lowercase();
                assert_eq!(Days::parse(&text), Some(days), "{text}");
            }
        }
    }
}

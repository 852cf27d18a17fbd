//! A form as it is read: what does not fit is kept until all of it was read, so that every fault is told at once.

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use super::form::filled;
use super::question::handoff::holder;
use super::typed::Typed;
use crate::base::patch::Piece;
use crate::base::{Error, Fault, Id, Instant, Key, Lang, Localized, Name, Result, Said, Sentence, Slug, Text, say};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::duty::Hours;
use crate::hackathon::Hackathon;

/// As browsers write a time on the wall.
pub const ON_THE_WALL: &str = "%Y-%m-%dT%H:%M";

/// A form that is being read.
#[derive(Debug)]
pub struct Reading<'t> {
    typed: &'t Typed,
    faults: Vec<Fault>,
}

impl<'t> Reading<'t> {
    /// Begins to read.
    pub fn of(typed: &'t Typed) -> Reading<'t> {
        Reading { typed, faults: Vec::new() }
    }

    /// What is made of what was read, or every fault that was found.
    pub fn whole<T>(self, make: impl FnOnce() -> Option<T>) -> Result<T> {
        match make() {
            Some(made) if self.faults.is_empty() => Ok(made),
            _ => Err(Error::Invalid(self.faults)),
        }
    }

    fn kept<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// One more fault, told with the others.
    pub fn refuse<T>(&mut self, name: &str, code: &'static str, detail: Sentence) -> Option<T> {
        self.kept(Err(Fault::new(pointer(name), code, detail)))
    }

    /// What a concept made of a field. What it refuses is kept with the other faults; any other error stays one.
    pub fn found<T>(&mut self, read: Result<T>) -> Result<Option<T>> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(Error::Invalid(faults)) => {
                self.faults.extend(faults);
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// A field that is read by this, where it is filled in.
    pub fn maybe<T>(&mut self, name: &str, read: impl FnOnce(&mut Self, &str) -> Option<T>) -> Option<Option<T>> {
        match self.typed.filled(name) {
            Some(_) => read(self, name).map(Some),
            None => Some(None),
        }
    }

    /// A whole number.
    pub fn number(&mut self, name: &str) -> Option<i32> {
        let of = || say!("Write a whole number, such as 3.", "3처럼 정수로 적으세요.");
        let read = self.typed.get(name).trim().parse();
        self.kept(read.map_err(|_unfit| Fault::new(pointer(name), "number.shape", of())))
    }

    /// Hours, such as `7.5`.
    pub fn hours(&mut self, name: &str) -> Option<f64> {
        let of = || say!("Write the hours as a number, such as 7.5.", "7.5처럼 숫자로 적으세요.");
        let read = self.typed.get(name).trim().replace(',', ".").parse::<f64>().ok();
        let read = read.filter(|hours| hours.is_finite());
        self.kept(read.ok_or_else(|| Fault::new(pointer(name), "hours.shape", of())))
    }

    /// A day, as browsers send it.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let of = || say!("Choose a day, or write it like 2026-11-05.", "날짜를 고르거나 2026-11-05처럼 적으세요.");
        let read = self.typed.get(name).trim().parse();
        self.kept(read.map_err(|_unfit| Fault::new(pointer(name), "date.shape", of())))
    }

    /// A line for each day.
    pub fn days(&mut self, name: &str) -> Option<Vec<NaiveDate>> {
        let day = |line: &str| {
            let of =
                || say!("Write a day on each line, such as 2026-11-05.", "한 줄에 하루씩 2026-11-05처럼 적으세요.");
            line.parse().map_err(|_unfit| Fault::new(pointer(name), "date.shape", of()))
        };
        self.lines(name, day)
    }

    /// A moment on the wall clocks of a zone, as browsers send it. An hour that comes twice is meant the first time.
    pub fn moment(&mut self, name: &str, zone: Tz) -> Option<Instant> {
        let said = self.typed.get(name).trim();
        let minute = said.get(..16).unwrap_or(said);
        let wall = NaiveDateTime::parse_from_str(minute, ON_THE_WALL).map_err(|_no_time| no_time());
        let at = wall.and_then(|wall| zone.from_local_datetime(&wall).earliest().ok_or_else(skipped));
        let at = at.map(|at| Instant::from_utc(at.to_utc()));
        self.kept(at.map_err(|detail| Fault::new(pointer(name), "time.shape", detail)))
    }

    /// A line for each span of weekly hours.
    pub fn hours_of_the_week(&mut self, name: &str) -> Option<Vec<Hours>> {
        self.lines(name, |line| Hours::parse(line).map_err(|unfit| unfit.fault(&pointer(name))))
    }

    /// A text on each line.
    pub fn texts(&mut self, name: &str) -> Option<Vec<Text>> {
        self.lines(name, |line| Text::parse(line).map_err(|unfit| unfit.fault(&pointer(name))))
    }

    fn lines<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, Fault>) -> Option<Vec<T>> {
        let typed = self.typed;
        let lines = typed.get(name).lines().filter_map(filled);
        // Every line is read before any is given up.
        let all: Vec<Option<T>> = lines.map(|line| self.kept(read(line))).collect();
        all.into_iter().collect()
    }

    /// A text of any length.
    pub fn text(&mut self, name: &str) -> Option<Text> {
        let read = Text::parse(self.typed.get(name)).map_err(|unfit| unfit.fault(&pointer(name)));
        self.kept(read)
    }

    /// A name or a title.
    pub fn name(&mut self, name: &str) -> Option<Name> {
        let read = Name::parse(self.typed.get(name)).map_err(|unfit| unfit.fault(&pointer(name)));
        self.kept(read)
    }

    /// One of a list of words; `from` knows them.
    pub fn word<T>(&mut self, name: &str, from: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let read = from(self.typed.get(name));
        self.kept(read.ok_or_else(|| unchosen(name)))
    }

    /// Something of a list, by its id.
    pub fn id<T>(&mut self, name: &str) -> Option<Id<T>> {
        let read = match Key::parse(self.typed.get(name).trim()) {
            Some(Key::Id(id)) => Some(Id::from_uuid(id)),
            _ => None,
        };
        self.kept(read.ok_or_else(|| unchosen(name)))
    }

    /// The fault of a list in which nothing was chosen.
    pub fn unchosen<T>(&mut self, name: &str) -> Option<T> {
        self.kept(Err(unchosen(name)))
    }

    /// A holder, as it stands in a list to choose from: `unit:operations`, `member:<id>`.
    pub fn holder(&mut self, tx: &mut Tx, here: Id<Hackathon>, name: &str) -> Result<Option<Holder>> {
        let pointer = pointer(name);
        match holder(self.typed.get(name)) {
            Ok(said) => self.found(said.find(tx, here, &pointer)),
            Err(_unchosen) => Ok(self.unchosen(name)),
        }
    }

    /// A short name.
    pub fn slug(&mut self, name: &str) -> Option<Slug> {
        let read = Slug::parse(self.typed.get(name).trim()).map_err(|unfit| unfit.fault(&pointer(name)));
        self.kept(read)
    }

    /// A name in English, in Korean or in both, from two fields such as `name_en` and `name_ko`; none where both are empty.
    pub fn maybe_both_names(&mut self, name: &str) -> Option<Option<Localized>> {
        self.each(&pair(name), Self::name)
    }

    /// A name in English, in Korean or in both.
    pub fn both_names(&mut self, name: &str) -> Option<Localized> {
        let read = self.maybe_both_names(name);
        self.needed(&pair(name), read)
    }

    /// A text in English, in Korean or in both, from two fields; none where both are empty.
    pub fn maybe_both(&mut self, name: &str) -> Option<Option<Localized>> {
        self.each(&pair(name), Self::text)
    }

    /// A text in English, in Korean or in both.
    pub fn both(&mut self, name: &str) -> Option<Localized> {
        let read = self.maybe_both(name);
        self.needed(&pair(name), read)
    }

    /// A text or a name in both languages, from a field for each; none where both are empty. Both are read before either is given
    /// up, so that both faults are told.
    pub fn each<T: Piece>(
        &mut self,
        fields: &[String; 2],
        read: fn(&mut Self, &str) -> Option<T>,
    ) -> Option<Option<Localized>> {
        let [en, ko] = fields.each_ref().map(|name| self.maybe(name, read));
        match (en?, ko?) {
            (None, None) => Some(None),
            (en, ko) => Some(Some(Said::Each(en, ko).in_lang(Lang::En))),
        }
    }

    /// The same, where one of the two must be filled in.
    pub fn needed(&mut self, [en, _]: &[String; 2], read: Option<Option<Localized>>) -> Option<Localized> {
        let detail = || say!("Write it in English, in Korean or in both.", "영어나 한국어로 적으세요.");
        self.kept(read?.ok_or_else(|| Fault::new(pointer(en), "field.missing", detail())))
    }
}

/// The fields in which something is said in English and in Korean.
fn pair(name: &str) -> [String; 2] {
    ["en", "ko"].map(|lang| format!("{name}_{lang}"))
}

fn no_time() -> Sentence {
    say!("Write a day and a time such as 2026-11-30T17:00.", "2026-11-30T17:00처럼 날짜와 시각을 적으세요.")
}

fn skipped() -> Sentence {
    say!(
        "On that day clocks skip this hour. Choose another one.",
        "그날은 시계가 이 시각을 건너뜁니다. 다른 시각을 고르세요."
    )
}

fn unchosen(name: &str) -> Fault {
    Fault::new(pointer(name), "choice.missing", say!("Choose one of the list.", "목록에서 하나를 고르세요."))
}

fn pointer(name: &str) -> String {
    format!("/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers<T: std::fmt::Debug>(read: Result<T>) -> Vec<String> {
        let Err(Error::Invalid(faults)) = read else { panic!("it was read: {read:?}") };
        faults.into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn a_name_on_two_lines_is_refused_in_both_languages() {
        let typed = Typed::default().with("name_en", "a\nb").with("name_ko", "가\n나");
        let mut reading = Reading::of(&typed);
        let read = reading.both_names("name");
        assert_eq!(pointers(reading.whole(|| read)), ["/name_en", "/name_ko"]);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let typed = Typed::default().with("a", "x").with("b", "2026-11-05").with("c", "").with("d", "Mon 9\n월 9");
        let mut reading = Reading::of(&typed);
        let read = (reading.day("a"), reading.day("b"), reading.slug("c"), reading.hours_of_the_week("d"));
        assert_eq!((read.0, read.2), (None, None));
        assert_eq!(pointers(reading.whole(|| read.0)), ["/a", "/c", "/d", "/d"]);
    }

    #[test]
    fn a_moment_is_read_on_the_wall_clocks_of_its_zone() {
        let typed = Typed::default().with("at", "2024-11-05T14:30").with("gap", "2024-03-31T01:30");
        let mut reading = Reading::of(&typed);
        let at = reading.moment("at", chrono_tz::Asia::Seoul);
        assert_eq!(at, Instant::parse("2024-11-05T05:30:00Z"));
        // Nobody's clock in London showed this: at one o'clock it was two.
        assert_eq!(reading.moment("gap", chrono_tz::Europe::London), None);
        assert_eq!(pointers(reading.whole(|| at)), ["/gap"]);
    }
}

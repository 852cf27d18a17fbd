//! One weekly span, as people write it: `Mon-Fri 09:30-17:30`.

use std::borrow::Cow;
use std::fmt;

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::days::Days;
use crate::base::text::{Told, Unfit, fold};
use crate::base::{Lang, say};

/// The minutes of a day by the clock on the wall.
pub(super) const DAY: u16 = 24 * 60;
/// The longest text that is read, in bytes; all that can be said fits several times over.
const MOST: usize = 400;
/// Dashes that keyboards and word processors put between two times, and the tilde usual in Korean.
const DASHES: [char; 6] = ['–', '—', '‑', '−', '~', '〜'];

/// A weekly span in a zone's wall-clock time: days, and from when to when on each of them.
/// A span whose end comes before its start ends on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    days: Days,
    /// Minutes after midnight, 0 to 1439.
    from: u16,
    /// Minutes after midnight, 1 to 1440 and never `from`; midnight is always 1440.
    to: u16,
}

impl Hours {
    /// Reads hours such as `Mon-Fri 09:30-17:30`, `Mon,Wed,Fri 10:00-12:00`, `Sat-Mon 22:00-02:00` or `월-금 09:00-18:00`.
    /// Anything else is unfit with the code `hours.shape`; so is a span that ends when it starts.
    pub fn parse(text: &str) -> Result<Hours, Unfit> {
        read(text).ok_or_else(|| Unfit {
            code: "hours.shape",
            detail: say!(
                "Write days and times such as \"Mon-Fri 09:30-17:30\" or \"Mon,Wed 22:00-02:00\" (over midnight), ending at another time than they start.",
                "\"월-금 09:30-17:30\" 또는 자정을 넘기는 \"월,수 22:00-02:00\"처럼 요일과 시각을 적으세요. 시작과 끝 시각은 서로 달라야 합니다."
            ),
        })
    }

    /// The same span on each of these days, `None` for no days, no length or times outside the day.
    /// Minutes are counted from midnight; `to` may be 1440, and one at or before `from` is on the next day.
    pub(super) fn of(days: Days, from: u16, to: u16) -> Option<Hours> {
        let fits = days != Days::default() && from < DAY && to <= DAY && from != to;
        // The end of a day and the start of the next are one moment, so they are kept as one.
        let to = if to == 0 { DAY } else { to };
        fits.then_some(Hours { days, from, to })
    }

    /// The days on which the span starts, Monday first.
    pub fn days(self) -> impl Iterator<Item = Weekday> {
        self.days.each()
    }

    /// When it starts, in minutes after midnight by the wall clock: 0 to 1439.
    pub fn start_minute(self) -> u16 {
        self.from
    }

    /// How long it is by the wall clock, in minutes: 1 to 1440.
    pub fn minutes(self) -> u16 {
        // Neither sum leaves 1..=2879, so saturation never happens.
        let end = if self.to > self.from { self.to } else { self.to.saturating_add(DAY) };
        end.saturating_sub(self.from)
    }

    /// The hours in a language's short day names. [`Hours::parse`] reads both back.
    pub fn text(self, lang: Lang) -> String {
        format!("{} {}-{}", self.days.text(lang), Time(self.from), Time(self.to))
    }
}

/// Minutes after midnight as `09:30`; the end of the day as `24:00`.
pub(super) struct Time(pub(super) u16);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

fn read(text: &str) -> Option<Hours> {
    if text.len() > MOST {
        return None;
    }
    let text = fold(text).replace(DASHES, "-");
    let (days, times) = text.split_at(text.find(|c: char| c.is_ascii_digit())?);
    let (from, to) = times.split_once('-')?;
    if !days.ends_with(char::is_whitespace) {
        return None;
    }
    Hours::of(Days::parse(days)?, minute(from)?, minute(to)?)
}

/// Reads `9:30`, `09:30` and `24:00`, in minutes after midnight.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) || !matches!(hour.len(), 1 | 2) || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let past = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && past <= DAY).then_some(past)
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl Serialize for Hours {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        Hours::parse(&text).map_err(|unfit| serde::de::Error::custom(Told(&unfit)))
    }
}

impl schemars::JsonSchema for Hours {
    fn schema_name() -> Cow<'static, str> {
        "Hours".into()
    }

    /// Without a pattern: what is read is wider than what a pattern could say without refusing somebody's day names.
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A weekly span: days, then from when to when; an end before the start is on the next day.",
            "examples": ["Mon-Fri 09:30-17:30", "Mon,Wed,Fri 10:00-12:00", "Sat-Mon 22:00-02:00", "월-금 09:00-18:00"]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (written, canonical) in [
            ("Mon-Fri 09:30-17:30", "Mon-Fri 09:30-17:30"),
            ("Tue 14:00-16:00", "Tue 14:00-16:00"),
            ("Mon,Wed,Fri 10:00-12:00", "Mon,Wed,Fri 10:00-12:00"),
            ("Mon, Wed , fri 10:00 - 12:00", "Mon,Wed,Fri 10:00-12:00"),
            ("Sat-Mon 22:00-02:00", "Sat-Mon 22:00-02:00"),
            ("Mon-Sun 00:00-24:00", "Mon-Sun 00:00-24:00"),
            ("Sun 22:00-00:00", "Sun 22:00-24:00"),
            ("  MONDAY – friday 9:00–17:00 ", "Mon-Fri 09:00-17:00"),
            ("월-금 09:00-18:00", "Mon-Fri 09:00-18:00"),
            ("월요일~금요일 09:00~18:00", "Mon-Fri 09:00-18:00"),
            ("월，수　１０：００－１２：００", "Mon,Wed 10:00-12:00"),
            ("일 10:00-12:00", "Sun 10:00-12:00"),
        ] {
            assert_eq!(
                Hours::parse(written).map(|hours| hours.to_string()).ok().as_deref(),
                Some(canonical),
                "{written}"
            );
        }
    }

    #[test]
    fn anything_else_is_told_with_an_example_in_both_languages() {
        for bad in [
            "",
            "always",
            "Mon",
            "09:00-17:00",
            "Mon-Fri",
            "Mon-Fri 9-17",
            "Mon-Fri 09:00",
            "Mon-Fri 09:00-17:00-18:00",
            "Mon-Fri 09:60-17:00",
            "Mon-Fri 09:00-24:01",
            "Mon-Fri 24:00-02:00",
            "Mon-Fri 10:00-10:00",
            "Mon 00:00-00:00",
            "Mon-Mon 09:00-17:00",
            "Mon, 09:00-17:00",
            ",Mon 09:00-17:00",
            "Mon-Wed-Fri 09:00-17:00",
            "Mon-Fri09:00-17:00",
            "Mon-Fri 09:00-17:00 UTC",
            "Mo 09:00-17:00",
            "Mon +9:00-17:00",
            "Mon 009:00-17:00",
            "월금 09:00-18:00",
            "요일 09:00-18:00",
            "Mon 09:00-17:00; Tue 09:00-17:00",
            "Mon 09:0-17:00",
        ] {
            let unfit = Hours::parse(bad).err();
            assert_eq!(unfit.as_ref().map(|unfit| unfit.code), Some("hours.shape"), "{bad}");
            assert!(
                unfit.is_some_and(|u| u.detail.en.contains("Mon-Fri 09:30") && u.detail.ko.contains("월-금")),
                "{bad}"
            );
        }
        assert!(Hours::parse(&format!("Mon{} 09:00-17:00", " ".repeat(MOST))).is_err());
    }

    #[test]
    fn a_span_over_midnight_has_its_true_length() {
        let minutes = |text| Hours::parse(text).map(Hours::minutes).ok();
        assert_eq!(minutes("Sat 22:00-02:00"), Some(240));
        assert_eq!(minutes("Sat 22:00-00:00"), Some(120));
        assert_eq!(minutes("Sat 00:00-24:00"), Some(1440));
        assert_eq!(minutes("Sat 00:01-00:00"), Some(1439));
    }

    #[test]
    fn a_fault_keeps_its_code_through_json() {
        let hours: Option<Hours> = serde_json::from_str("\"tue 14:00-16:00\"").ok();
        assert_eq!(hours.and_then(|hours| serde_json::to_string(&hours).ok()).as_deref(), Some("\"Tue 14:00-16:00\""));
        let fault =
            serde_json::from_str::<Hours>("\"whenever\"").err().map(|fault| fault.to_string()).unwrap_or_default();
        assert!(fault.contains("hours.shape") && fault.contains("월-금"), "{fault}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(days in 1_u8..128, from in 0_u16..DAY, to in 0_u16..=DAY) {
            let days = (0..7).filter(|bit| days & (1 << bit) != 0).filter_map(|bit| Weekday::try_from(bit).ok());
            let days = days.map(Days::only).fold(Days::default(), Days::with);
            if let Some(hours) = Hours::of(days, from, to) {
                prop_assert_eq!(Hours::parse(&hours.to_string()).ok(), Some(hours));
                prop_assert_eq!(Hours::parse(&hours.text(Lang::Ko)).ok(), Some(hours));
            }
        }

        #[test]
        fn no_text_makes_the_parser_fail(text in "\\PC{0,40}", hour in "[0-9:~ -]{0,14}") {
            for text in [text.clone(), format!("Mon {hour}"), format!("{text} {hour}")] {
                let read = Hours::parse(&text).ok();
                prop_assert_eq!(read.and_then(|hours| Hours::parse(&hours.to_string()).ok()), read);
            }
        }
    }
}

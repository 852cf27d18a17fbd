//! Reads single values.

use std::sync::LazyLock;

use chrono::NaiveDate;
use chrono_tz::{TZ_VARIANTS, Tz};

use super::super::document::{SECONDS_MOST, Version, WeeklyHours};
use super::super::faults::shown;
use super::super::tree::{Kind, Plain, resolve};
use super::{Reader, Spot};
use crate::base::text::Unfit;
use crate::base::{Instant, Name, Text, say};
use crate::duty::Hours;

/// Text; what YAML takes for a number, a truth value or nothing is a fault, for it may not mean what it looks like.
pub fn string<'t>(r: &mut Reader<'_>, at: &Spot<'t>) -> Option<&'t str> {
    match &at.node.kind {
        Kind::Quoted(text) => Some(text),
        Kind::Plain(text) if resolve(text) == Plain::Text => Some(text),
        Kind::Plain(text) => {
            let text = shown(text);
            let detail = say!(
                "Text belongs here. Put it in quotes: \"{text}\".",
                "글이 들어갈 자리입니다. 따옴표로 감싸세요: \"{text}\""
            );
            r.fault(at, "type.text", detail);
            None
        }
        _ => {
            let detail = say!("One piece of text belongs here.", "글 하나가 들어갈 자리입니다.");
            r.wrong_kind(at, "type.text", detail);
            None
        }
    }
}

impl Reader<'_> {
    /// Text that one of base's types checks.
    pub fn checked<T>(&mut self, at: &Spot<'_>, parse: impl FnOnce(&str) -> Result<T, Unfit>) -> Option<T> {
        let text = string(self, at)?;
        parse(text).map_err(|unfit| self.fault(at, unfit.code, unfit.detail)).ok()
    }
}

/// Any text.
pub fn text(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Text> {
    r.checked(&at, Text::parse)
}

/// A name in one language.
pub fn name(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Name> {
    r.checked(&at, Name::parse)
}

/// Weekly hours.
pub fn hours(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Hours> {
    r.checked(&at, Hours::parse)
}

/// A day such as 2024-11-04.
pub fn date(r: &mut Reader<'_>, at: Spot<'_>) -> Option<NaiveDate> {
    let date = string(r, &at)?;
    // chrono also takes other lengths ("2024-1-4", "+12024-01-04"), which would not be written back alike.
    let day = if date.len() == 10 { NaiveDate::parse_from_str(date, "%Y-%m-%d").ok() } else { None };
    if day.is_none() {
        let detail = say!(
            "Write a day that exists as year-month-day: 2024-11-04.",
            "있는 날짜를 연-월-일로 적으세요: 2024-11-04"
        );
        r.fault(&at, "date.shape", detail);
    }
    day
}

/// A moment with its offset from UTC.
pub fn moment(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Instant> {
    let text = string(r, &at)?;
    let moment = Instant::parse(text);
    if moment.is_none() {
        let detail = say!(
            "Write a time with its offset from UTC: 2024-11-05T09:00:00Z or 2024-11-05T09:00:00+09:00.",
            "UTC와의 시차까지 적으세요: 2024-11-05T09:00:00Z 또는 2024-11-05T09:00:00+09:00"
        );
        r.fault(&at, "time.shape", detail);
    }
    moment
}

static ZONES: LazyLock<Vec<&'static str>> = LazyLock::new(|| TZ_VARIANTS.iter().map(|zone| zone.name()).collect());

/// A time zone by its name in the IANA database.
pub fn zone(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Tz> {
    let text = string(r, &at)?;
    if let Ok(zone) = text.parse() {
        return Some(zone);
    }
    let near = r.nearest(text, ZONES.iter().copied());
    let text = shown(text);
    let detail = match near {
        Some(near) => say!(
            "There is no time zone \"{text}\". Did you mean \"{near}\"?",
            "없는 시간대입니다: \"{text}\". 혹시 이것인가요: \"{near}\""
        ),
        None => say!(
            "There is no time zone \"{text}\". Write one such as Europe/London or Asia/Seoul.",
            "없는 시간대입니다: \"{text}\". Europe/London, Asia/Seoul처럼 적으세요."
        ),
    };
    r.fault(&at, "timezone.unknown", detail);
    None
}

/// `true` or `false`.
pub fn flag(r: &mut Reader<'_>, at: Spot<'_>) -> Option<bool> {
    if let Kind::Plain(text) = &at.node.kind
        && let Plain::Bool(flag) = resolve(text)
    {
        return Some(flag);
    }
    r.wrong_kind(&at, "type.flag", say!("Write true or false.", "true 또는 false로 적으세요."));
    None
}

/// A whole number from `least` to `most`.
pub fn whole(r: &mut Reader<'_>, at: Spot<'_>, least: u16, most: u16) -> Option<u16> {
    let number = match &at.node.kind {
        Kind::Plain(text) => integer(text),
        _ => None,
    };
    let number = number.filter(|number| (least..=most).contains(number));
    if number.is_none() {
        let detail = say!("Write a whole number from {least} to {most}.", "정수를 적으세요. 범위: {least} ~ {most}");
        r.wrong_kind(&at, "number.range", detail);
    }
    number
}

/// A length of time in whole seconds.
pub fn seconds(r: &mut Reader<'_>, at: Spot<'_>) -> Option<u32> {
    let seconds = match &at.node.kind {
        Kind::Plain(text) => integer(text),
        _ => None,
    };
    let seconds = seconds.filter(|seconds| (1..=SECONDS_MOST).contains(seconds));
    if seconds.is_none() {
        let detail = say!("Write seconds from 1 to {SECONDS_MOST}.", "1부터 {SECONDS_MOST} 사이의 초를 적으세요.");
        r.wrong_kind(&at, "seconds.range", detail);
    }
    seconds
}

/// JSON has one kind of number, so 40.0 is whole.
fn integer<N: std::str::FromStr>(text: &str) -> Option<N> {
    let whole =
        text.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0')).map_or(text, |(whole, _)| whole);
    whole.parse().ok()
}

/// Hours a week.
pub fn weekly_hours(r: &mut Reader<'_>, at: Spot<'_>) -> Option<WeeklyHours> {
    let hours = match &at.node.kind {
        Kind::Plain(text) => match resolve(text) {
            Plain::Number(hours) => WeeklyHours::from_hours(hours),
            _ => None,
        },
        _ => None,
    };
    if hours.is_none() {
        let most = WeeklyHours::MOST;
        let detail = say!(
            "Write hours a week above 0 and up to {most}, in steps of a quarter: 2.5.",
            "주당 시간을 0보다 크고 {most} 이하인 수로, 0.25 단위로 적으세요: 2.5"
        );
        r.wrong_kind(&at, "hours.weekly", detail);
    }
    hours
}

/// The version of the format.
pub fn version(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Version> {
    let number = Version::NUMBER;
    if let Kind::Plain(text) = &at.node.kind
        && integer(text) == Some(number)
    {
        return Some(Version);
    }
    let detail = say!(
        "This program reads version {number} of the hackathon file. Write \"signpost: {number}\".",
        "이 프로그램이 읽는 해커톤 파일의 버전: {number}. 이렇게 적으세요: \"signpost: {number}\""
    );
    r.wrong_kind(&at, "version.unknown", detail);
    None
}

//! The way of a question in words: each holder, how long it lay there, and why it moved.

use chrono::TimeDelta;

use super::events::Why;
use super::store::names::{Named, Names};
use super::{InCharge, Question};
use crate::base::{Id, Instant, Sentence, Text, say};

/// A time that a question lay with one holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Whose.
    pub question: Id<Question>,
    /// From 1.
    pub position: i32,
    /// With whom.
    pub in_charge: InCharge,
    /// Why it came there.
    pub why: Why,
    /// In the words of whoever sent it.
    pub reason: Option<Text>,
    /// From.
    pub began_at: Instant,
    /// Until; none: it lies there now.
    pub ended_at: Option<Instant>,
}

impl Stay {
    /// How long it lay there, once that is over.
    pub fn length(&self) -> Option<TimeDelta> {
        self.ended_at.map(|ended| ended.since(self.began_at))
    }
}

/// A stay in words: "Development team, 12 minutes: responsible for the topic."
pub fn told(stay: &Stay, names: &Names) -> Sentence {
    let Named { en, ko } = names.in_charge(stay.in_charge);
    let because = because(stay);
    let (why_en, why_ko) = (because.en, because.ko);
    match stay.length() {
        Some(length) => {
            let (long_en, long_ko) = duration(length);
            say!("{en}, {long_en}: {why_en}.", "{ko} · {long_ko} · {why_ko}")
        }
        None => say!("{en}, now: {why_en}.", "{ko} · 현재 담당 · {why_ko}"),
    }
}

fn because(stay: &Stay) -> Sentence {
    let reason = stay.reason.as_ref().map(Text::as_str).unwrap_or_default().trim_end_matches('.');
    match stay.why {
        Why::Responsible => say!("responsible for the topic", "주제 담당"),
        Why::Accountable => say!("accountable for the topic", "주제 책임"),
        Why::TeamMentor => say!("mentors of the asker's team", "질문한 팀의 멘토"),
        Why::Organizer => say!("the organizers, as nobody else was named", "정해진 담당이 없어 운영진에게 전달"),
        Why::HandedOff => say!("handed on because: {reason}", "넘겨받은 이유: {reason}"),
    }
}

/// A length of time as people say it, rounded down to its largest unit.
fn duration(length: TimeDelta) -> (String, String) {
    let several = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    let (days, hours, minutes) = (length.num_days(), length.num_hours(), length.num_minutes());
    match (days, hours, minutes) {
        (1.., _, _) => (several(days, "day"), format!("{days}일")),
        (_, 1.., _) => (several(hours, "hour"), format!("{hours}시간")),
        (_, _, 1..) => (several(minutes, "minute"), format!("{minutes}분")),
        _ => ("less than a minute".to_owned(), "1분 미만".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_said_in_its_largest_unit() {
        assert_eq!(duration(TimeDelta::seconds(59)).0, "less than a minute");
        assert_eq!(duration(TimeDelta::minutes(1)).0, "1 minute");
        assert_eq!(duration(TimeDelta::minutes(125)), ("2 hours".to_owned(), "2시간".to_owned()));
        assert_eq!(duration(TimeDelta::hours(49)).1, "2일");
    }
}

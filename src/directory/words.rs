//! The reason for a contact, in words.

use chrono::Datelike;
use chrono_tz::Tz;

use super::answer::ContactRole;
use crate::base::{Instant, Lang};
use crate::duty::Duty;

/// Why somebody is named: "Responsible for ETL pipelines; on duty until 16:00 GMT."
pub fn reason(role: ContactRole, topic: Option<&str>, duty: &Duty, at: Instant, zone: Tz, lang: Lang) -> String {
    let mut text = String::with_capacity(96);
    match lang {
        Lang::En => {
            role_en(&mut text, role, topic);
            text.push_str("; ");
            duty_en(&mut text, duty, at, zone);
        }
        Lang::Ko => {
            role_ko(&mut text, role, topic);
            text.push_str(" · ");
            duty_ko(&mut text, duty, at, zone);
        }
    }
    text.push('.');
    text
}

fn role_en(text: &mut String, role: ContactRole, topic: Option<&str>) {
    let topic = topic.unwrap_or("this");
    let parts: [&str; 3] = match role {
        ContactRole::Responsible => ["Responsible for ", topic, ""],
        ContactRole::Consulted => ["Consulted on ", topic, "; can help meanwhile"],
        ContactRole::Accountable => ["Accountable for ", topic, ""],
        ContactRole::TeamMentor => ["Mentor of your team", "", ""],
        ContactRole::Organizer => ["Organizes the hackathon", "", ""],
    };
    parts.into_iter().for_each(|part| text.push_str(part));
}

fn role_ko(text: &mut String, role: ContactRole, topic: Option<&str>) {
    let topic = topic.unwrap_or("이 질문");
    let parts: [&str; 3] = match role {
        ContactRole::Responsible => ["", topic, " 담당"],
        ContactRole::Consulted => ["", topic, " 자문 · 그동안 도와줄 수 있음"],
        ContactRole::Accountable => ["", topic, " 책임"],
        ContactRole::TeamMentor => ["우리 팀 멘토", "", ""],
        ContactRole::Organizer => ["해커톤 운영진", "", ""],
    };
    parts.into_iter().for_each(|part| text.push_str(part));
}

fn duty_en(text: &mut String, duty: &Duty, at: Instant, zone: Tz) {
    let (words, when) = match (duty.on_duty, duty.until, duty.next_from) {
        (true, Some(until), _) => ("on duty until ", Some(until)),
        (true, None, _) => ("reachable at any time", None),
        (false, _, Some(next)) => ("on duty from ", Some(next)),
        (false, _, None) => ("not on duty", None),
    };
    text.push_str(words);
    when.into_iter().for_each(|when| moment(text, when, at, zone, Lang::En));
}

fn duty_ko(text: &mut String, duty: &Duty, at: Instant, zone: Tz) {
    let (when, words) = match (duty.on_duty, duty.until, duty.next_from) {
        (true, Some(until), _) => (Some(until), "까지 응답 가능"),
        (true, None, _) => (None, "언제든 연락 가능"),
        (false, _, Some(next)) => (Some(next), "부터 응답 가능"),
        (false, _, None) => (None, "지금은 응답 시간이 아님"),
    };
    when.into_iter().for_each(|when| moment(text, when, at, zone, Lang::Ko));
    text.push_str(words);
}

/// The time on the wall in the event's zone, with the day where it is another one, and the zone always.
fn moment(text: &mut String, when: Instant, at: Instant, zone: Tz, lang: Lang) {
    let (when, today) = (when.utc().with_timezone(&zone), at.utc().with_timezone(&zone).date_naive());
    let other_day = when.date_naive() != today;
    let written = match (lang, other_day) {
        (_, false) => write!(text, "{} {}", when.format("%H:%M"), when.format("%Z")),
        (Lang::En, true) => write!(
            text,
            "{} {} {} {} {}",
            when.format("%a"),
            when.day(),
            when.format("%b"),
            when.format("%H:%M"),
            when.format("%Z")
        ),
        (Lang::Ko, true) => write!(
            text,
            "{}월 {}일({}) {} {}",
            when.month(),
            when.day(),
            weekday_ko(when.weekday()),
            when.format("%H:%M"),
            when.format("%Z")
        ),
    };
    // Writing into a string cannot fail; chrono's formats are constants.
    debug_assert!(written.is_ok());
}

use std::fmt::Write;

fn weekday_ko(day: chrono::Weekday) -> &'static str {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match day {
        Mon => "월",
        Tue => "화",
        Wed => "수",
        Thu => "목",
        Fri => "금",
        Sat => "토",
        Sun => "일",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap_or(Instant::from_micros(0))
    }

    #[test]
    fn a_reason_names_the_role_and_the_hours() {
        let now = at("2024-11-05T14:30:00Z");
        let zone = chrono_tz::Europe::London;
        let on = Duty { on_duty: true, until: Some(at("2024-11-05T16:00:00Z")), next_from: None };
        let off = Duty { on_duty: false, until: None, next_from: Some(at("2024-11-07T14:00:00Z")) };
        let say = |duty: &Duty, lang| reason(ContactRole::Responsible, Some("ETL"), duty, now, zone, lang);
        assert_eq!(say(&on, Lang::En), "Responsible for ETL; on duty until 16:00 GMT.");
        assert_eq!(say(&off, Lang::En), "Responsible for ETL; on duty from Thu 7 Nov 14:00 GMT.");
        assert_eq!(say(&on, Lang::Ko), "ETL 담당 · 16:00 GMT까지 응답 가능.");
        assert_eq!(say(&off, Lang::Ko), "ETL 담당 · 11월 7일(목) 14:00 GMT부터 응답 가능.");
    }
}

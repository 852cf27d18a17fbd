//! Duty hours as a calendar that programs subscribe to (RFC 5545).

use chrono::TimeDelta;
use icalendar::{Calendar, Component, Event, EventLike};

use super::model::Directory;
use super::source::Channel;
use crate::base::{Error, Instant, Key, Lang, Result};
use crate::consortium::Holder;
use crate::duty::Window;
use crate::matrix::Role as CellRole;

/// How far ahead duty hours are listed.
const AHEAD: TimeDelta = TimeDelta::weeks(8);
/// The most entries of one channel: a bound for hours cut up by holidays and overrides.
const MOST: usize = 400;

/// The duty hours of those responsible for a topic, or of everybody, for the next eight weeks.
pub fn duty_hours(directory: &Directory, topic: Option<&Key>, from: Instant, lang: Lang) -> Result<String> {
    let owners = match topic {
        Some(key) => Some(responsible(directory, directory.topic(key).ok_or(Error::NotFound)?)),
        None => None,
    };
    let until = from.plus(AHEAD);
    let mut calendar = Calendar::new();
    calendar.name(&format!("{} · {}", directory.source.slug, title(lang)));
    for (channel, hours) in directory.source.channels.iter().zip(&directory.calendars) {
        let wanted = owners.as_ref().is_none_or(|owners| owners.contains(&channel.owner));
        if !wanted || !hours.is_stated() {
            continue;
        }
        for window in hours.windows(from).take_while(|window| window.from() < until).take(MOST) {
            calendar.push(event(directory, channel, window, lang));
        }
    }
    Ok(calendar.to_string())
}

fn title(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "duty hours",
        Lang::Ko => "응답 시간",
    }
}

fn responsible(directory: &Directory, place: usize) -> Vec<Holder> {
    let cells = directory.effective.get(place).map(Vec::as_slice).unwrap_or_default();
    cells.iter().filter(|cell| cell.role == CellRole::Responsible).map(|cell| cell.holder).collect()
}

fn event(directory: &Directory, channel: &Channel, window: Window, lang: Lang) -> Event {
    let name = channel.name.as_ref().map_or_else(|| channel.slug.to_string(), |name| name.text(lang).to_owned());
    let uid = format!("{}-{}-{}@signpost", directory.source.hackathon, channel.slug, window.from().utc().timestamp());
    Event::new()
        .uid(&uid)
        // The same calendar read twice must be the same text, so the stamp is the window's own.
        .timestamp(window.from().utc())
        .starts(window.from().utc())
        .ends(window.until().utc())
        .summary(&name)
        .description(&format!("{}: {}", channel.kind, channel.address))
        .done()
}

//! Reads the event, its brief and its sprints.

use super::super::check::{self, Once, SeenSprint, Thing};
use super::super::document::{Brief, Criterion, Event, Sprint};
use super::{Fields, Reader, Spot, fields, language, scalar, word};
use chrono::NaiveDate;

/// The event itself.
pub fn event(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Event> {
    let mut f = Fields::open(r, at)?;
    let slug = f.required(r, "slug", |r, at| r.slug(&at));
    let name = f.required(r, "name", language::localized_name);
    let timezone = f.required(r, "timezone", scalar::zone);
    let (starts_on, ends_on) = dates(r, &mut f);
    let working_hours = f.list(r, "working_hours", scalar::hours);
    let holidays = f.optional(r, "holidays", holidays).unwrap_or_default();
    let brief = f.optional(r, "brief", brief);
    f.close(r);
    r.names.event = starts_on.zip(ends_on);
    Some(Event {
        slug: slug?,
        name: name?,
        timezone: timezone?,
        starts_on: starts_on?,
        ends_on: ends_on?,
        working_hours,
        holidays,
        brief,
    })
}

/// The first and the last day, in that order.
fn dates(r: &mut Reader<'_>, f: &mut Fields<'_>) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let starts_on = f.required(r, "starts_on", scalar::date);
    let ends_on = f.required(r, "ends_on", |r, at| {
        let ends_on = scalar::date(r, at.clone())?;
        check::in_order(r, &at, starts_on, ends_on)
    });
    (starts_on, ends_on)
}

fn holidays(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Vec<NaiveDate>> {
    let mut seen = Once::of("holiday.twice");
    Some(fields::list(r, at, |r, at| {
        let day = scalar::date(r, at.clone())?;
        seen.see(r, &at, day.to_string());
        Some(day)
    }))
}

fn brief(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Brief> {
    let mut f = Fields::open(r, at)?;
    let ambition = f.required(r, "ambition", word::ambition);
    let summary = f.optional(r, "summary", language::localized_text);
    let background = f.optional(r, "background", language::localized_text);
    let scalability = f.optional(r, "scalability", language::localized_text);
    let criteria = f.list(r, "criteria", criterion);
    f.close(r);
    Some(Brief { ambition: ambition?, summary, background, scalability, criteria })
}

fn criterion(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Criterion> {
    let mut f = Fields::open(r, at)?;
    let name = f.required(r, "name", language::localized_name);
    let weight = f.required(r, "weight", |r, at| scalar::whole(r, at, 1, 100));
    f.close(r);
    Some(Criterion { name: name?, weight: weight.and_then(|weight| u8::try_from(weight).ok())? })
}

/// A sprint.
pub fn sprint(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Sprint> {
    let mut f = Fields::open(r, at)?;
    let number = f.required(r, "number", |r, at| {
        let number = scalar::whole(r, at.clone(), 1, 999)?;
        r.declare_key(Thing::Sprint, number.to_string(), &at);
        Some(number)
    });
    let (starts_on, ends_on) = dates(r, &mut f);
    let goal = f.optional(r, "goal", language::localized_text);
    if let Some((starts_on, ends_on)) = starts_on.zip(ends_on) {
        let at = f.at();
        let seen = SeenSprint { number, starts_on, ends_on, pointer: at.pointer.clone(), place: at.place() };
        r.names.sprints.push(seen);
    }
    f.close(r);
    Some(Sprint { number: number?, starts_on: starts_on?, ends_on: ends_on?, goal })
}

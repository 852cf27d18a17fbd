//! When channels and the event itself are on duty.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Channel, Shift};
use crate::base::{Error, Id, Result};
use crate::consortium::Holder;
use crate::duty::{Calendar, Hours, Stint, Week};
use crate::hackathon::Hackathon;

/// The hours in which an event works when nobody says otherwise.
const USUAL: &str = "Mon-Fri 09:00-17:00";

/// A place where a holder is reached, with when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Who is reached.
    pub owner: Holder,
    /// The channel; none for a holder who has shifts and no channel.
    pub channel: Option<Id<Channel>>,
    /// When somebody answers.
    pub calendar: Calendar,
}

/// The weekly hours in which the event works.
pub fn hours(event: &Hackathon) -> Result<Vec<Hours>> {
    let usual = [USUAL.to_owned()];
    let hours = event.working_hours.0.as_deref().unwrap_or(&usual);
    let hours = hours.iter().map(|text| Hours::parse(text)).collect::<Result<Vec<_>, _>>();
    hours.map_err(|unfit| Error::internal(unfit.detail.en.into_owned()))
}

/// The working hours of the event, in its own zone, without its holidays.
pub fn working(event: &Hackathon) -> Result<Calendar> {
    let week = Week::new(event.timezone.0, &hours(event)?);
    Ok(Calendar::new(week, event.holidays.0.iter().copied(), &[], &[]))
}

/// Where everybody is reached: each channel with the shifts that are about it, and the shifts of holders without a channel.
/// Shifts count in their order, so that of two overrides which meet the later one holds.
pub fn reaches(event: &Hackathon, channels: &[Channel], shifts: &[Shift]) -> Vec<Reach> {
    let (zone, holidays) = (event.timezone.0, event.holidays.0.as_slice());
    let of_channels = channels.iter().map(|channel| Reach {
        owner: channel.facts.owner,
        channel: Some(channel.id),
        calendar: of_channel(channel, zone, holidays, shifts),
    });
    let has_channel = |holder: Holder| channels.iter().any(|channel| channel.facts.owner == holder);
    let bare = shifts.iter().filter(|shift| shift.facts.channel.is_none() && !has_channel(shift.facts.owner));
    let mut owners: Vec<Holder> = bare.map(|shift| shift.facts.owner).collect();
    owners.sort();
    owners.dedup();
    let of_shifts = owners.into_iter().map(|owner| {
        let own = shifts.iter().filter(|shift| shift.facts.channel.is_none() && shift.facts.owner == owner);
        Reach { owner, channel: None, calendar: laid(Week::new(zone, &[]), holidays, own) }
    });
    of_channels.chain(of_shifts).collect()
}

/// When somebody answers on this channel. `zone` and `holidays` are the event's.
pub fn of_channel(channel: &Channel, zone: Tz, holidays: &[NaiveDate], shifts: &[Shift]) -> Calendar {
    let facts = &channel.facts;
    let about = shifts.iter().filter(|shift| match shift.facts.channel {
        Some(one) => one == channel.id,
        None => shift.facts.owner == facts.owner,
    });
    laid(Week::new(facts.timezone.map_or(zone, |own| own.0), &facts.hours), holidays, about)
}

fn laid<'a>(week: Week, holidays: &[NaiveDate], shifts: impl Iterator<Item = &'a Shift>) -> Calendar {
    let stints = shifts.map(|shift| {
        let super::shift::Facts { starts_at, ends_at, replaces, on_duty, .. } = shift.facts;
        Stint { starts_at, ends_at, replaces, on_duty }
    });
    Calendar::with_stints(week, holidays.iter().copied(), stints)
}

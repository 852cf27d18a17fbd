//! Demand against duty, by the hour of the day.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::case::Case;
use super::spread::share;
use crate::base::{Id, Instant};
use crate::consortium::{Holder, Member};
use crate::directory::Directory;
use crate::hackathon::Role;

/// The most days that are looked at for people on duty: more than a year of a hackathon tells nothing new.
const DAYS_MOST: i64 = 400;

/// An hour of the day, in the zone of the hackathon.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hour {
    /// From 0 to 23.
    pub hour: usize,
    /// How many questions were asked in it.
    pub asked: usize,
    /// How many of them nobody has ever taken in hand.
    pub never_claimed: usize,
    /// Of those asked.
    pub share_never_claimed: Option<f64>,
    /// How many of them were brought to somebody while nobody was on duty there.
    pub nobody_on_duty: usize,
    /// How many people are on duty at half past, on an average day of the event.
    pub people_on_duty: f64,
}

fn hour_of(at: Instant, zone: Tz) -> usize {
    usize::try_from(at.utc().with_timezone(&zone).hour()).unwrap_or_default()
}

/// The hours of the day, from midnight.
pub fn hours(cases: &[&Case], zone: Tz, on_duty: &[f64; 24]) -> Vec<Hour> {
    let hour = |(hour, people_on_duty): (usize, &f64)| {
        let asked: Vec<&&Case> = cases.iter().filter(|case| hour_of(case.asked_at, zone) == hour).collect();
        let never_claimed = asked.iter().filter(|case| case.never_claimed()).count();
        Hour {
            hour,
            asked: asked.len(),
            never_claimed,
            share_never_claimed: share(never_claimed, asked.len()),
            nobody_on_duty: asked.iter().filter(|case| case.nobody_on_duty).count(),
            people_on_duty: *people_on_duty,
        }
    };
    on_duty.iter().enumerate().map(hour).collect()
}

/// How many people are on duty in each hour of the day, on average over the days of an event, to a hundredth. Whoever states
/// no hours is counted nowhere: nobody can say when they are there.
pub fn on_duty(directory: &Directory, from: NaiveDate, until: NaiveDate) -> [f64; 24] {
    let moments = moments(directory.source.timezone, from, until);
    let present = present(directory, &moments);
    let (mut people, mut days) = ([0_u32; 24], [0_u32; 24]);
    for (place, (_, hour)) in moments.iter().enumerate() {
        let there = present.values().filter(|on| on.get(place) == Some(&true)).count();
        if let (Some(people), Some(days)) = (people.get_mut(*hour), days.get_mut(*hour)) {
            *people = people.saturating_add(u32::try_from(there).unwrap_or_default());
            *days = days.saturating_add(1);
        }
    }
    let mut mean = [0.0; 24];
    for ((mean, people), days) in mean.iter_mut().zip(people).zip(days) {
        *mean = (f64::from(people) / f64::from(days.max(1)) * 100.0).round() / 100.0;
    }
    mean
}

/// The half hours of these days, in order, each with the hour of the day that it lies in.
fn moments(zone: Tz, from: NaiveDate, until: NaiveDate) -> Vec<(Instant, usize)> {
    let days = (until - from).num_days().clamp(0, DAYS_MOST);
    let last = from.checked_add_signed(TimeDelta::days(days)).unwrap_or(from);
    let Some(midnight) = from.pred_opt().and_then(|day| day.and_hms_opt(0, 30, 0)) else { return Vec::new() };
    let begin = DateTime::<Utc>::from_naive_utc_and_offset(midnight, Utc);
    // A day is on the wall somewhere for two days; what falls outside is left out below.
    let steps = (0..(days + 3) * 24).map(|step| Instant::from_utc(begin).plus(TimeDelta::hours(step)));
    let inside = |at: &Instant| (from..=last).contains(&at.utc().with_timezone(&zone).date_naive());
    steps.filter(inside).map(|at| (at, hour_of(at, zone))).collect()
}

/// For everybody who states hours, at which of these moments they are on duty.
fn present(directory: &Directory, moments: &[(Instant, usize)]) -> HashMap<Id<Member>, Vec<bool>> {
    let mut present: HashMap<Id<Member>, Vec<bool>> = HashMap::new();
    let mut owners: Vec<Holder> = directory.source.channels.iter().map(|channel| channel.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    for owner in owners {
        let on = reached(directory, owner, moments);
        for member in behind(directory, owner) {
            let whole = present.entry(member).or_insert_with(|| vec![false; moments.len()]);
            whole.iter_mut().zip(&on).for_each(|(whole, on)| *whole |= on);
        }
    }
    present
}

fn reached(directory: &Directory, owner: Holder, moments: &[(Instant, usize)]) -> Vec<bool> {
    let mut on = vec![false; moments.len()];
    let (Some((first, _)), Some((last, _))) = (moments.first(), moments.last()) else { return on };
    for (_, calendar) in directory.channels_of(owner).filter(|(_, calendar)| calendar.is_stated()) {
        for window in calendar.windows(*first).take_while(|window| window.from() <= *last) {
            let begin = moments.partition_point(|(at, _)| *at < window.from());
            let end = moments.partition_point(|(at, _)| *at < window.until());
            on.iter_mut().take(end).skip(begin).for_each(|on| *on = true);
        }
    }
    on
}

fn behind(directory: &Directory, owner: Holder) -> Vec<Id<Member>> {
    match owner {
        Holder::TeamMentor => directory.with_role(Role::Mentor).map(|member| member.id).collect(),
        owner => directory.people_of(owner).into_iter().map(|member| member.id).collect(),
    }
}

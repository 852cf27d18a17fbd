//! The arithmetic of reports, against slow and plain computations.
#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

use std::collections::HashMap;

use chrono::TimeDelta;
use chrono_tz::Tz;
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use super::case::{Asked, Case, PassOutcome};
use super::drift::{self, Found};
use super::spread::{BUCKETS, Figures, Spread};
use super::{Comparison, Event as Here, Side, Verdict, hours};
use crate::base::{Id, Instant, Lang, Localized, Slug};
use crate::consortium::Holder;
use crate::duty::{Calendar, Hours, Week};
use crate::hackathon::Zone;
use crate::question::events::{By, Event, What, Why};
use crate::question::{InCharge, ResolutionWord, Visibility};

fn id<T>(number: u128) -> Id<T> {
    Id::from_uuid(Uuid::from_u128(number))
}

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap_or_else(|| panic!("{text}"))
}

fn unit(number: u128) -> InCharge {
    InCharge::Holder(Holder::Unit(id(number)))
}

/// A history from what happened when.
fn history(happened: &[(Instant, What)]) -> Vec<Event> {
    let event = |(seq, (at, what)): (i32, &(Instant, What))| Event { seq, at: *at, by: By::System, what: what.clone() };
    (1..).zip(happened).map(event).collect()
}

fn asked() -> What {
    What::Asked { team: None, topic: Some(id(1)), topic_read: false, visibility: Visibility::Hackathon }
}

fn routed(holder: InCharge, on_duty: bool) -> What {
    What::Routed { holder, why: Why::Responsible, on_duty }
}

fn case(happened: &[(Instant, What)]) -> Case {
    let asked = Asked { question: id(1), asker: id(2), team: None, topic: Some(id(1)) };
    Case::of(asked, &history(happened)).expect("a history")
}

/// A question that came to one, was handed to another and answered there; or answered where it came.
fn handed(from: InCharge, to: Option<InCharge>) -> Case {
    let start = at("2024-11-05T10:00:00Z");
    let mut happened = vec![(start, asked()), (start, routed(from, true))];
    if let Some(to) = to {
        let (handoff, reason) = (id(9), "R".to_owned());
        happened.push((start, What::HandoffOffered { handoff, to, reason: reason.clone() }));
        happened.push((start, What::HandoffAccepted { handoff, from, to, reason }));
    }
    happened.push((start.plus(TimeDelta::hours(1)), What::Answered { post: id(3), by: Some(id(4)) }));
    case(&happened)
}

/// A percentile without ranks: the shortest that so many of a hundred do not exceed.
fn slow_percentile(all: &[i64], percent: usize) -> Option<i64> {
    let enough = |one: &&i64| all.iter().filter(|other| other <= one).count() * 100 >= percent * all.len();
    all.iter().filter(enough).min().copied()
}

fn slow_bucket(all: &[i64], number: usize) -> usize {
    let below = |end: Option<&i64>| end.map_or(0, |end| all.iter().filter(|one| *one <= end).count());
    let until = BUCKETS.get(number).map_or(all.len(), |end| below(Some(end)));
    until - below(number.checked_sub(1).and_then(|before| BUCKETS.get(before)))
}

fn is_spread(spread: &Spread, all: &[i64]) {
    assert_eq!(spread.count, all.len());
    assert_eq!(spread.median_seconds, slow_percentile(all, 50));
    assert_eq!(spread.p75_seconds, slow_percentile(all, 75));
    assert_eq!(spread.p90_seconds, slow_percentile(all, 90));
    assert_eq!(spread.max_seconds, all.iter().max().copied());
    let counts: Vec<usize> = spread.buckets.iter().map(|bucket| bucket.count).collect();
    assert_eq!(counts, (0..=BUCKETS.len()).map(|number| slow_bucket(all, number)).collect::<Vec<_>>());
}

proptest! {
    #[test]
    fn a_spread_equals_counting(durations in vec(0..400_000_i64, 0..60)) {
        is_spread(&Spread::of(durations.iter().copied()), &durations);
    }
}

/// A ticket of a real queue.
struct Ticket {
    event: String,
    asked: i64,
    claimed: Option<i64>,
    completed: Option<i64>,
}

fn tickets(text: &str) -> Vec<Ticket> {
    let ticket = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let field = |number: usize| fields.get(number).copied().unwrap_or_default();
        let completed = field(3).parse().ok().filter(|_| field(4) == "COMPLETE");
        Some(Ticket {
            event: field(0).into(),
            asked: field(1).parse().ok()?,
            claimed: field(2).parse().ok(),
            completed,
        })
    };
    text.lines().skip(1).filter_map(ticket).collect()
}

/// The ticket as a question: claimed by a mentor, answered and closed when it was completed, else withdrawn.
fn question(ticket: &Ticket) -> Case {
    let instant = |millis: i64| Instant::from_micros(millis * 1000);
    let mut happened = vec![(instant(ticket.asked), asked()), (instant(ticket.asked), routed(unit(1), true))];
    happened.extend(ticket.claimed.map(|claimed| (instant(claimed), What::Claimed { by: id(5) })));
    match ticket.completed.map(instant) {
        Some(done) => happened.extend([
            (done, What::Answered { post: id(3), by: Some(id(5)) }),
            (done, What::Closed { resolution: ResolutionWord::Answered }),
        ]),
        None => happened.push((instant(ticket.claimed.unwrap_or(ticket.asked)), What::Withdrawn {})),
    }
    case(&happened)
}

fn hour(millis: i64) -> usize {
    usize::try_from(millis.div_euclid(3_600_000).rem_euclid(24)).unwrap_or_default()
}

/// The figures of real tickets are what a plain loop over the file says.
fn tickets_are_counted(text: &str) {
    let mut by_event: HashMap<String, Vec<Ticket>> = HashMap::new();
    tickets(text).into_iter().for_each(|ticket| by_event.entry(ticket.event.clone()).or_default().push(ticket));
    assert_eq!(by_event.len(), 4);
    for tickets in by_event.values() {
        let cases: Vec<Case> = tickets.iter().map(question).collect();
        let cases: Vec<&Case> = cases.iter().collect();
        let figures = Figures::of(&cases, 1);
        let done: Vec<i64> = tickets.iter().filter_map(|one| Some((one.completed? - one.asked) / 1000)).collect();
        is_spread(&figures.first_answer, &done);
        is_spread(&figures.resolution, &done);
        let missed = |one: &&Ticket| one.claimed.is_none() && one.completed.is_none();
        assert_eq!((figures.asked, figures.answered, figures.resolved), (tickets.len(), done.len(), done.len()));
        assert_eq!((figures.never_claimed, figures.bounced), (tickets.iter().filter(missed).count(), 0));
        for told in hours::hours(&cases, Tz::UTC, &[0.0; 24]) {
            let asked: Vec<&Ticket> = tickets.iter().filter(|one| hour(one.asked) == told.hour).collect();
            let never = asked.iter().copied().filter(|one| missed(one)).count();
            assert_eq!((told.asked, told.never_claimed), (asked.len(), never));
        }
    }
}

#[test]
fn real_tickets_are_counted_as_a_plain_loop_counts_them() {
    tickets_are_counted(include_str!("../../tests/data/report/tickets.csv"));
    if let Some(file) = std::env::var_os("SIGNPOST_TICKETS") {
        tickets_are_counted(&std::fs::read_to_string(file).expect("the file that SIGNPOST_TICKETS names"));
    }
}

#[test]
fn working_time_is_that_of_whoever_it_lay_with_and_pauses_are_left_out() {
    let (first, second) = (unit(1), unit(2));
    let (handoff, reason) = (id(9), "R".to_owned());
    let told = case(&[
        (at("2024-11-05T08:00:00Z"), asked()),
        (at("2024-11-05T08:00:00Z"), routed(first, false)),
        (at("2024-11-05T09:30:00Z"), What::HandoffOffered { handoff, to: second, reason: reason.clone() }),
        (at("2024-11-05T10:00:00Z"), What::HandoffAccepted { handoff, from: first, to: second, reason }),
        (at("2024-11-05T15:00:00Z"), What::Claimed { by: id(5) }),
        (at("2024-11-05T15:30:00Z"), What::Waiting {}),
        (at("2024-11-05T16:30:00Z"), What::Resumed {}),
        (at("2024-11-05T16:45:00Z"), What::Answered { post: id(3), by: Some(id(5)) }),
        (at("2024-11-05T18:00:00Z"), What::Closed { resolution: ResolutionWord::Answered }),
    ]);
    let weekly =
        |hours: &str| Calendar::weekly(Week::new(Tz::UTC, &Hours::parse(hours).into_iter().collect::<Vec<_>>()));
    let (morning, afternoon) = (weekly("Tue 09:00-12:00"), weekly("Tue 14:00-17:00"));
    let told = told.worked(|with, _| vec![if with == first { &morning } else { &afternoon }]);
    // One hour of the first (09-10), then 14:00 to 16:45 of the second but for the hour that the asker was waited for.
    assert_eq!(told.answer_worked, Some(3600 + 105 * 60));
    assert_eq!(told.resolution_worked, Some(3600 + 120 * 60));
    assert_eq!((told.answer_seconds(), told.resolution_seconds()), (Some(525 * 60), Some(600 * 60)));
    assert_eq!((told.hops(), told.nobody_on_duty, told.never_claimed()), (1, true, false));
    assert_eq!(
        told.passes.first().map(|pass| (pass.from, pass.to, pass.outcome)),
        Some((first, second, PassOutcome::Accepted))
    );
    assert_eq!((told.first(), told.with(), told.answered_where_it_came()), (Some(first), Some(second), false));
}

#[test]
fn what_was_reopened_is_not_resolved_and_keeps_its_first_answer() {
    let start = at("2024-11-05T10:00:00Z");
    let after = |minutes: i64| start.plus(TimeDelta::minutes(minutes));
    let told = case(&[
        (start, asked()),
        (start, routed(unit(1), true)),
        (after(5), What::Answered { post: id(3), by: Some(id(5)) }),
        (after(6), What::Closed { resolution: ResolutionWord::Answered }),
        (after(9), What::Reopened { assignee: None }),
        (after(20), What::Answered { post: id(4), by: Some(id(6)) }),
    ]);
    assert_eq!((told.answer_seconds(), told.resolved_at, told.claimed_at), (Some(300), None, Some(after(5))));
    let merged = case(&[(start, asked()), (start, routed(unit(1), true)), (after(1), What::Merged { into: id(8) })]);
    assert!(merged.merged && !merged.never_claimed(), "it goes on as another question");
}

#[test]
fn r9_a_change_is_proposed_when_most_questions_are_answered_elsewhere() {
    let responsible = |_, with| with == unit(1);
    let told = |away: usize, here: usize| {
        let moved = (0..away).map(|_| handed(unit(1), Some(unit(2))));
        let cases: Vec<Case> = moved.chain((0..here).map(|_| handed(unit(1), None))).collect();
        drift::drifts(&cases.iter().collect::<Vec<_>>(), responsible)
    };
    assert_eq!(told(2, 0), [], "two may be chance");
    assert_eq!(told(3, 3), [], "half of them is not most");
    assert_eq!(told(3, 2), [Found { topic: id(1), from: unit(1), to: unit(2), handed: 3, of: 5 }]);
    let other: Vec<Case> = (0..4).map(|_| handed(unit(3), Some(unit(2)))).collect();
    assert_eq!(drift::drifts(&other.iter().collect::<Vec<_>>(), responsible), [], "who handed on was not responsible");
    let both: Vec<Case> = (0..4).map(|_| handed(unit(1), Some(unit(2)))).collect();
    assert_eq!(drift::drifts(&both.iter().collect::<Vec<_>>(), |_, _| true), [], "both are responsible");
}

#[test]
fn changes_that_weigh_the_same_stand_in_one_order() {
    let cases: Vec<Case> = [(1, 2), (1, 5), (3, 2), (4, 2), (6, 5)]
        .iter()
        .flat_map(|(from, to)| (0..4).map(|_| handed(unit(*from), Some(unit(*to)))).collect::<Vec<_>>())
        .collect();
    let cases: Vec<&Case> = cases.iter().skip(4).collect();
    let told = || -> Vec<(InCharge, InCharge)> {
        let responsible = |_, with| ![unit(2), unit(5)].contains(&with);
        drift::drifts(&cases, responsible).iter().map(|drift| (drift.from, drift.to)).collect()
    };
    let wanted = [(unit(1), unit(5)), (unit(3), unit(2)), (unit(4), unit(2)), (unit(6), unit(5))];
    for _ in 0..20 {
        assert_eq!(told(), wanted, "maps are read in another order each time");
    }
}

fn side(slug: &str, away: usize, here: usize) -> Side {
    let moved = (0..away).map(|_| handed(unit(1), Some(unit(2))));
    let cases: Vec<Case> = moved.chain((0..here).map(|_| handed(unit(1), None))).collect();
    let slug = Slug::stored(slug.to_owned());
    let event = Here { id: id(7), slug, name: Localized::plain(Lang::En, "N"), timezone: Zone(Tz::UTC) };
    Side::of(event, &cases.iter().collect::<Vec<_>>())
}

#[test]
fn of_two_hackathons_the_one_whose_questions_came_to_the_right_place_is_the_clearer() {
    let told = |one: Side, other: Side| Comparison::of(one, other, Lang::En);
    let clear = told(side("a", 1, 9), side("b", 5, 5));
    assert_eq!(clear.clearer, Verdict::Here);
    assert!(clear.sentence.starts_with("a had the clearer responsibilities: 90% of the answers"), "{}", clear.sentence);
    assert_eq!(told(side("a", 5, 5), side("b", 1, 9)).clearer, Verdict::There);
    assert_eq!(told(side("a", 5, 5), side("b", 5, 5)).clearer, Verdict::Neither);
    assert_eq!(told(side("a", 0, 4), side("b", 5, 5)).clearer, Verdict::TooFew);
}

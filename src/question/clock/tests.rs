#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

use chrono_tz::Europe::London;
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::base::Id;
use crate::consortium::{Holder, Member};
use crate::duty::{Calendar, Hours, Week};
use crate::escalation_policy::{Ladder, Step, Tell};
use crate::question::events::{By, Event, What, Why};
use crate::question::{InCharge, Life, ResolutionWord, Visibility, fold};
use crate::sla_policy::Times;

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap_or_else(|| panic!("{text}"))
}

fn member(n: u128) -> Id<Member> {
    Id::from_uuid(Uuid::from_u128(n))
}

fn holder(n: u128) -> InCharge {
    InCharge::Holder(Holder::Member(member(n)))
}

fn desk() -> Calendar {
    Calendar::weekly(Week::new(London, &[Hours::parse("Mon-Fri 09:00-17:00").expect("hours")]))
}

const HOUR: i32 = 3600;

/// Claimed within an hour, answered within four, resolved within eight; steps every two hours, twice over.
fn setting(desk: &Calendar) -> Setting<'_> {
    let step = |after_seconds| Step { after_seconds, tell: Tell::Organizers };
    let ladder = Ladder { steps: vec![step(2 * HOUR), step(4 * HOUR)], repeats: 1 };
    Setting {
        holder: Worked { own: vec![desk], event: desk },
        times: Times {
            claim_within_seconds: Some(HOUR),
            first_response_within_seconds: Some(4 * HOUR),
            resolve_within_seconds: Some(8 * HOUR),
            accept_within_seconds: Some(HOUR),
        },
        unclaimed: ladder.clone(),
        unanswered: ladder,
        offer: None,
        next_duty: None,
    }
}

/// What happened, each with its time; it begins with being asked and routed to holder 1.
fn past(asked: &str, later: Vec<(&str, What)>) -> Past {
    let first = [
        (asked, What::Asked { team: None, topic: None, topic_read: false, visibility: Visibility::Hackathon }),
        (asked, routed(1)),
    ];
    let mut past = Past::beginning(at(asked));
    first.into_iter().chain(later).for_each(|(when, what)| past.pass(&what, at(when)));
    past
}

fn routed(n: u128) -> What {
    What::Routed { holder: holder(n), why: Why::Responsible, on_duty: true }
}

fn handed(n: u128) -> What {
    let (handoff, reason) = (Id::from_uuid(Uuid::nil()), "So.".to_owned());
    What::HandoffAccepted { handoff, from: holder(1), to: holder(n), reason }
}

fn claimed() -> What {
    What::Claimed { by: member(1) }
}

fn due(past: &Past) -> Option<(String, Promise)> {
    wind(past, &setting(&desk())).due.map(|due| (due.at.to_string(), due.promise))
}

fn told(when: &str, promise: Promise) -> Option<(String, Promise)> {
    Some((when.to_owned(), promise))
}

// Tuesday 5 November 2024, ten in the morning in London.
const TEN: &str = "2024-11-05T10:00:00Z";

#[test]
fn an_unclaimed_question_is_to_be_claimed_and_a_claimed_one_answered() {
    assert_eq!(due(&past(TEN, vec![])), told("2024-11-05T11:00:00Z", Promise::Claim));
    let taken = past(TEN, vec![("2024-11-05T10:30:00Z", claimed())]);
    assert_eq!(due(&taken), told("2024-11-05T14:00:00Z", Promise::FirstResponse));
}

#[test]
fn whoever_has_it_at_a_holder_restarts_no_clock() {
    let passed_on = vec![
        ("2024-11-05T10:30:00Z", claimed()),
        ("2024-11-05T11:00:00Z", What::TakenOver { from: member(1), by: member(2) }),
        ("2024-11-05T12:00:00Z", What::Reassigned { from: Some(member(2)), to: member(3) }),
    ];
    assert_eq!(due(&past(TEN, passed_on)), told("2024-11-05T14:00:00Z", Promise::FirstResponse));
}

#[test]
fn a_question_that_is_given_back_is_to_be_claimed_anew() {
    let back = vec![("2024-11-05T10:30:00Z", claimed()), ("2024-11-05T12:00:00Z", What::Released { from: member(1) })];
    assert_eq!(due(&past(TEN, back)), told("2024-11-05T13:00:00Z", Promise::Claim));
}

#[test]
fn the_clock_of_the_old_holder_goes_with_a_hand_off() {
    let handed = past(TEN, vec![("2024-11-05T10:30:00Z", claimed()), ("2024-11-05T13:00:00Z", handed(2))]);
    assert_eq!(due(&handed), told("2024-11-05T14:00:00Z", Promise::Claim));
    assert_eq!(handed.arrived, at("2024-11-05T13:00:00Z"));
}

#[test]
fn no_promise_is_counted_while_the_asker_is_waited_for_and_the_wait_stays_out() {
    let mut waits = past(TEN, vec![("2024-11-05T10:30:00Z", claimed()), ("2024-11-05T11:00:00Z", What::Waiting {})]);
    assert_eq!(due(&waits), None);
    waits.pass(&What::Resumed {}, at("2024-11-06T09:00:00Z"));
    assert_eq!(due(&waits), told("2024-11-06T12:00:00Z", Promise::FirstResponse));
}

#[test]
fn c7_a_policy_that_changes_during_a_pause_leaves_the_pause_out() {
    let mut waits = past(TEN, vec![("2024-11-05T10:30:00Z", claimed()), ("2024-11-05T11:00:00Z", What::Waiting {})]);
    waits.pass(&What::Resumed {}, at("2024-11-06T09:00:00Z"));
    let desk = desk();
    let mut shorter = setting(&desk);
    shorter.times.first_response_within_seconds = Some(2 * HOUR);
    let due = wind(&waits, &shorter).due.map(|due| due.at);
    assert_eq!(due, Some(at("2024-11-06T10:00:00Z")));
}

#[test]
fn a_closed_question_has_no_clock_and_any_other_has_one() {
    let closed = past(TEN, vec![("2024-11-05T10:30:00Z", What::Closed { resolution: ResolutionWord::Expired })]);
    assert_eq!(wind(&closed, &setting(&desk())), Wound::default());
    let waits = past(TEN, vec![("2024-11-05T10:30:00Z", claimed()), ("2024-11-05T11:00:00Z", What::Waiting {})]);
    assert_eq!(wind(&waits, &setting(&desk())).wake_at, Some(at("2024-11-12T11:00:00Z")));
}

#[test]
fn a_reopened_question_is_to_be_answered_anew() {
    let post = Id::from_uuid(Uuid::nil());
    let mut answered = past(TEN, vec![("2024-11-05T11:00:00Z", What::Answered { post, by: Some(member(1)) })]);
    assert_eq!(due(&answered), told("2024-11-06T10:00:00Z", Promise::Resolve));
    answered.pass(&What::Reopened { assignee: Some(member(1)) }, at("2024-11-05T12:00:00Z"));
    assert_eq!(due(&answered), told("2024-11-05T16:00:00Z", Promise::FirstResponse));
    assert_eq!(answered.taken_up, at(TEN), "it was never resolved");
}

/// The alarms of a question that nobody touches, in order, each let happen at its time.
fn alarms(past: &mut Past, setting: &Setting, most: usize) -> Vec<(String, Alarm)> {
    let mut rung = Vec::new();
    while let Some(timer) = wanted(past, setting).first().copied().filter(|_| rung.len() < most) {
        let what = match timer.alarm {
            Alarm::Overdue(promise) => What::Overdue { promise },
            Alarm::Step(trigger) => escalated(trigger),
            _ => break,
        };
        past.pass(&what, timer.at.max(past.last));
        rung.push((timer.at.to_string(), timer.alarm));
    }
    rung
}

fn escalated(trigger: Trigger) -> What {
    What::Escalated { trigger: Some(trigger), step: None, told: InCharge::Organizers, reason: None }
}

#[test]
fn steps_are_done_once_each_in_order_and_repeated_as_often_as_the_policy_says() {
    let desk = desk();
    let mut setting = setting(&desk);
    setting.unanswered = Ladder::default();
    let rung = alarms(&mut past(TEN, vec![]), &setting, 20);
    let step = Alarm::Step(Trigger::Unclaimed);
    let expected = [
        ("2024-11-05T11:00:00Z", Alarm::Overdue(Promise::Claim)),
        ("2024-11-05T12:00:00Z", step),
        ("2024-11-05T14:00:00Z", Alarm::Overdue(Promise::FirstResponse)),
        ("2024-11-05T14:00:00Z", step),
        ("2024-11-05T16:00:00Z", step),
        ("2024-11-06T10:00:00Z", Alarm::Overdue(Promise::Resolve)),
        ("2024-11-06T10:00:00Z", step),
    ];
    assert_eq!(rung, expected.map(|(when, alarm)| (when.to_owned(), alarm)));
}

#[test]
fn a_step_that_was_done_is_not_done_again_when_the_policy_changes() {
    let desk = desk();
    let mut setting = setting(&desk);
    let done = past(TEN, vec![("2024-11-05T12:00:00Z", escalated(Trigger::Unclaimed))]);
    let next = |setting: &Setting| {
        wanted(&done, setting).into_iter().find(|timer| timer.alarm == Alarm::Step(Trigger::Unclaimed))
    };
    assert_eq!(next(&setting).map(|timer| timer.at), Some(at("2024-11-05T14:00:00Z")));
    setting.unclaimed = Ladder { steps: vec![Step { after_seconds: 60, tell: Tell::Accountable }], repeats: 0 };
    assert_eq!(next(&setting), None);
}

#[test]
fn an_offer_expires_in_the_working_hours_of_those_it_was_made_to() {
    let (desk, late) =
        (desk(), Calendar::weekly(Week::new(London, &[Hours::parse("Mon-Fri 16:00-18:00").expect("hours")])));
    let mut setting = setting(&desk);
    let receiver = Worked { own: vec![&late], event: &desk };
    setting.offer = Some(Offered { since: at(TEN), receiver, accept_within: Some(HOUR), ladder: Ladder::default() });
    let timers = wanted(&past(TEN, vec![]), &setting);
    let expires = timers.into_iter().find(|timer| timer.alarm == Alarm::HandoffExpires);
    assert_eq!(expires.map(|timer| timer.at), Some(at("2024-11-05T17:00:00Z")));
}

#[test]
fn what_waits_for_somebody_on_duty_is_looked_at_when_duty_begins() {
    let desk = desk();
    let mut setting = setting(&desk);
    setting.next_duty = Some(at("2024-11-05T10:20:00Z"));
    let off = What::Routed { holder: holder(1), why: Why::Responsible, on_duty: false };
    let first = |past: &Past| wanted(past, &setting).first().map(|timer| timer.alarm);
    assert_eq!(first(&past(TEN, vec![(TEN, off.clone())])), Some(Alarm::DutyBegins));
    assert_ne!(first(&past(TEN, vec![(TEN, off), (TEN, claimed())])), Some(Alarm::DutyBegins));
}

/// Something that may happen at any time, as far as the clocks know.
fn anything() -> impl Strategy<Value = What> {
    let post = Id::from_uuid(Uuid::nil());
    prop_oneof![
        (1..4_u128).prop_map(|n| What::Claimed { by: member(n) }),
        Just(What::Released { from: member(1) }),
        Just(What::Waiting {}),
        Just(What::Resumed {}),
        Just(What::Answered { post, by: Some(member(1)) }),
        Just(What::Answered { post, by: None }),
        Just(What::Closed { resolution: ResolutionWord::NotForUs }),
        Just(What::Reopened { assignee: None }),
        (1..4_u128).prop_map(routed),
        (1..4_u128).prop_map(handed),
        prop::sample::select(Trigger::ALL).prop_map(escalated),
        prop::sample::select(Promise::ALL).prop_map(|promise| What::Overdue { promise }),
        Just(What::Reminded { told: InCharge::Organizers }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn c5_whatever_happens_a_question_is_closed_or_has_a_next_timer(
        lived in vec((anything(), 0..400_000_i64), 0..30), alone in 0..50_usize,
    ) {
        let mut now = at(TEN);
        let mut events: Vec<Event> = Vec::new();
        for (what, seconds) in lived {
            now = now.plus(TimeDelta::seconds(seconds));
            let seq = i32::try_from(events.len() + 1).expect("few");
            events.push(Event { seq, at: now, by: By::System, what });
        }
        let mut past = Past::of(&events).unwrap_or_else(|| Past::beginning(now));
        prop_assert_eq!(&past.life, &fold(&events).unwrap_or_else(|| Life::beginning(now)), "the same life");
        let desk = desk();
        let setting = setting(&desk);
        let wound = wind(&past, &setting);
        let closed = matches!(past.life.state, State::Closed { .. });
        prop_assert_eq!(wound.wake_at.is_none(), closed);
        prop_assert!(wound.due.is_none() || !closed);
        // Left alone, its alarms come in order and each promise is told once.
        let rung = alarms(&mut past, &setting, alone);
        let broken: Vec<_> = rung.iter().filter(|(_, alarm)| matches!(alarm, Alarm::Overdue(_))).collect();
        prop_assert!(broken.len() <= Promise::ALL.len(), "{:?}", rung);
        prop_assert!(rung.len() <= Promise::ALL.len() + 2 * 4, "{:?}", rung);
        prop_assert!(rung.is_sorted_by(|one, next| one.0 <= next.0), "{:?}", rung);
    }
}

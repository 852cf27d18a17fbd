//! What is known, learnt and forgotten.

use super::Known;
use super::known::Response;
use crate::access::Roles;
use crate::base::{Id, Instant, Name};
use crate::consortium::Holder;
use crate::question::{Facts, InCharge, Life, Question, Resolution, Standing, State, Visibility};
use crate::team::Team;

fn id<T>(number: u128) -> Id<T> {
    Id::from_uuid(uuid::Uuid::from_u128(number))
}

fn question(number: u128, title: &str) -> Question {
    let at = Instant::from_micros(0);
    Question {
        id: id(number),
        hackathon: id(1),
        number: 1,
        asker: id(7),
        team: Some(id(5)),
        topic: None,
        title: Name::stored(title.to_owned()),
        body: None,
        visibility: Visibility::Hackathon,
        life: Life::beginning(at),
        offer: None,
        before: Vec::new(),
        due: None,
        wake_at: None,
        wound_version: 0,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

fn reader(member: u128) -> Standing {
    Standing { member: id(member), facts: Facts { roles: Roles::PARTICIPANT, ..Facts::default() } }
}

fn found(known: &Known, words: &str, reader: &Standing) -> Vec<u128> {
    known.alike(words, reader).iter().map(|one| one.question.id.uuid().as_u128()).collect()
}

#[test]
fn only_what_somebody_may_see_is_like_their_question() {
    let mut known = Known::default();
    let hidden = Question { visibility: Visibility::Team, ..question(2, "how do I install a python package") };
    known.learn(vec![question(1, "how can I install python packages"), hidden], Vec::new());
    assert_eq!(found(&known, "install a python package", &reader(8)), [1]);
    assert_eq!(found(&known, "install a python package", &reader(7)).len(), 2, "the asker sees both");
}

#[test]
fn what_was_withdrawn_or_forgotten_is_not_shown() {
    let mut known = Known::default();
    known.learn(vec![question(1, "where is lunch"), question(2, "where is our lunch")], Vec::new());
    let mut over = question(1, "where is lunch");
    over.life.state = State::Closed { resolution: Resolution::Withdrawn, last: None };
    known.learn(vec![over], Vec::new());
    assert_eq!(found(&known, "where is lunch", &reader(8)), [2]);
    known.forget(id(2));
    assert!(known.is_empty());
}

#[test]
fn the_oldest_make_room() {
    let mut known = Known::default();
    let many = (1..=u128::try_from(super::COMPARED).unwrap_or_default() + 1).map(|n| question(n, "where is lunch"));
    known.learn(many.collect(), Vec::new());
    assert_eq!((known.version(id(1)), known.version(id(2))), (None, Some(1)));
}

#[test]
fn the_usual_time_is_the_median_from_three_answers_on() {
    let mut known = Known::default();
    let answer = |number: u128, in_charge, team: u128, seconds| Response {
        question: id(number),
        in_charge,
        team: Some(id(team)),
        seconds,
    };
    known.learn(Vec::new(), vec![answer(1, InCharge::Organizers, 5, 60), answer(2, InCharge::Organizers, 6, 600)]);
    assert_eq!(known.usual().of(None, None), None, "two answers say nothing");
    known.learn(Vec::new(), vec![answer(3, InCharge::Organizers, 5, 100_000)]);
    assert_eq!(known.usual().of(None, Some(id::<Team>(9).uuid())), Some(600), "whatever the team");
    known.learn(Vec::new(), vec![answer(4, InCharge::Organizers, 5, 660), answer(4, InCharge::Organizers, 5, 700)]);
    assert_eq!(known.usual().of(None, None), Some(650), "a question counts once, as it was last read");
}

#[test]
fn mentors_of_one_team_are_not_those_of_another() {
    let mut known = Known::default();
    let answers = (1..=3).map(|n| Response {
        question: id(n),
        in_charge: InCharge::TEAM_MENTORS,
        team: Some(id(5)),
        seconds: 30,
    });
    known.learn(Vec::new(), answers.collect());
    assert_eq!(known.usual().of(Some(Holder::TeamMentor), Some(id::<Team>(5).uuid())), Some(30));
    assert_eq!(known.usual().of(Some(Holder::TeamMentor), Some(id::<Team>(6).uuid())), None);
}

//! A model of the life of a question: people do things at random over HTTP, and each answer, each state and the whole
//! history must be what the model says. The model is written from the rules, not from the program.

mod expect;
mod person;

use chrono::TimeDelta;
use serde_json::json;
use signpost::base::Id;
use signpost::question::{InCharge, Question, State, store};

use super::Scene;
use super::scene::{QUESTIONS, id, text};
use crate::on_both;
use crate::support::rounds;
use expect::{Deed, Model, Stands};
use person::Who;

/// Numbers that look random and are the same in every run (xorshift64*, Vigna 2016).
pub struct Chance(u64);

impl Chance {
    /// From 0 to below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).expect("31 bits") % n
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// The question as it lies in the store, after its history was checked.
pub fn kept(scene: &Scene, question: &str) -> Question {
    let wanted: Id<Question> = Id::from_uuid(question.parse().expect("an id"));
    let read = scene.world.db.read_now(|tx| {
        let hackathon = signpost::hackathon::store::find(tx, &signpost::base::Key::parse("h1").expect("a slug"))?;
        let found = store::of_id(tx, hackathon.expect("h1").id, wanted)?;
        Ok((found, store::event::all(tx, wanted)?, store::stay::all(tx, wanted)?))
    });
    let (found, events, stays) = read.expect("reads");
    let numbers: Vec<i32> = events.iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (1..=found.life.seq).collect::<Vec<_>>(), "events without a gap");
    assert!(events.is_sorted_by_key(|event| event.at));
    assert_eq!(signpost::question::fold(&events).as_ref(), Some(&found.life), "the state is the fold of the events");
    let now: Vec<InCharge> = stays.iter().filter(|stay| stay.ended_at.is_none()).map(|stay| stay.in_charge).collect();
    assert_eq!(now, [found.life.in_charge], "one holder");
    assert!(stays.windows(2).all(|two| two[0].ended_at == Some(two[1].began_at)), "never without a holder");
    let closed = matches!(found.life.state, State::Closed { .. });
    assert_eq!(found.wake_at.is_none(), closed, "closed, or a next timer");
    assert!(!closed || found.due.is_none(), "nothing is due of a closed question");
    found
}

/// What the program says, in the model's words.
fn stands(seen: &serde_json::Value) -> Stands {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    Stands {
        state: text(&seen["state"]).expect("a state"),
        resolution: text(&seen["resolution"]),
        assignee: text(&seen["assignee"]["display_name"]),
        holder: text(&seen["holder"]["slug"]).expect("a holder"),
        offered_to: text(&seen["handoff"]["to"]["slug"]),
        hops: seen["hops"].as_i64().expect("hops"),
    }
}

/// One life of so many deeds.
fn live(scene: &Scene, seed: u64, deeds: usize) {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let question = scene.on_etl();
    let guest = json!({"email": "han@example.com", "name": "Han", "expires_in_seconds": 2_592_000});
    let link = text(&scene.verb_with("dev1", &question, "guests", guest).must(201).json()["link"]);
    let mut model = Model::begin(link.rsplit('/').next().unwrap_or_default());
    let mut told = Vec::new();
    for _ in 0..deeds {
        let (who, deed) = (chance.one_of(&Who::ALL), Deed::any(&mut chance));
        let expected = model.expect(who, deed);
        let reply = deed.call(scene, who, &question, &model);
        told.push(format!("{} {deed:?} {}", who.name(), reply.status));
        let told = || format!("seed {seed}: {}", told.join("; "));
        assert_eq!(reply.status, expected, "{}\n{}", told(), reply.text());
        if expected < 300 {
            model.happen(who, deed, &reply);
        }
        assert_eq!(stands(&scene.see("planner", &question)), model.stands(), "{}", told());
    }
    kept(scene, &question);
}

on_both! {
    fn c5_every_life_goes_by_the_rules(world) {
        let scene = Scene::open(world);
        let lives = rounds(120, 10_000);
        for seed in 1..=lives {
            live(&scene, u64::try_from(seed).expect("small"), 40);
        }
        let scene = scene.later(TimeDelta::zero());
        let closed_or_held = scene.get("planner", &format!("{QUESTIONS}?limit=100")).must(200).json();
        let lost = closed_or_held["items"].as_array().expect("a list").iter().filter(|one| one["state"] != json!("closed") && one["holder"].is_null());
        assert_eq!(lost.count(), 0, "a question was lost");
        let numbers = closed_or_held["items"][0]["number"].as_u64();
        assert_eq!(numbers, u64::try_from(lives).ok(), "numbers without a gap");
        assert!(!id(&closed_or_held["items"][0]).is_empty());
    }
}

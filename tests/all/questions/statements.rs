//! No query a row: a long list costs as many statements as a short one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::Connection;
use diesel::connection::InstrumentationEvent;
use serde_json::json;
use signpost::base::{Key, PageRequest, Result};
use signpost::db::Tx;
use signpost::hackathon::Hackathon;
use signpost::question::store::list::{self, Filter};
use signpost::question::store::{self, event, handoff, names, post, stay};
use signpost::question::{Question, Standing};

use super::Scene;
use crate::on_both;
use crate::support::World;

/// How many statements are sent.
fn statements<T>(world: &World, f: impl FnOnce(&mut Tx, &Hackathon) -> Result<T>) -> (usize, T) {
    let counted = Arc::new(AtomicUsize::new(0));
    let count = counted.clone();
    let read = world.db.read_now(move |tx| {
        let found = signpost::hackathon::store::find(tx, &Key::parse("h1").expect("a slug"))?.expect("h1");
        tx.conn().set_instrumentation(move |event: InstrumentationEvent| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        let done = f(tx, &found);
        tx.conn().set_instrumentation(|_: InstrumentationEvent| {});
        done
    });
    (counted.load(Ordering::SeqCst), read.expect("reads"))
}

/// What a page of the list reads.
fn page(scene: &Scene, who: &str) -> (usize, usize) {
    let user = scene.who(who).id;
    let (count, found) = statements(scene.world, |tx, here| {
        let standing = Standing::load(tx, here.id, user)?.expect("a member");
        let request = PageRequest { limit: 100, after: None };
        let found = list::list(tx, here.id, &standing, &Filter::default(), &request)?;
        names::of(tx, &found)?;
        Ok(found.len())
    });
    (count, found)
}

/// What one question with its whole history reads.
fn whole(scene: &Scene, question: &str) -> (usize, usize) {
    let key = Key::parse(question).expect("an id");
    statements(scene.world, |tx, here| {
        let found: Question = store::find(tx, here.id, &key)?.expect("a question");
        let (posts, stays, events) = (post::all(tx, found.id)?, stay::all(tx, found.id)?, event::all(tx, found.id)?);
        let handoffs = handoff::all(tx, found.id)?;
        let mut wanted = names::Wanted::default();
        wanted.question(&found);
        posts.iter().for_each(|one| wanted.post(one));
        stays.iter().for_each(|one| wanted.stay(one));
        events.iter().for_each(|one| wanted.event(one));
        handoffs.iter().for_each(|one| wanted.handoff(one));
        wanted.read(tx, here.id)?;
        Ok(posts.len() + stays.len() + events.len() + handoffs.len())
    })
}

/// A question that was handed to and fro, with much said on it.
fn with_a_history(scene: &Scene, rounds: usize) -> String {
    let question = scene.on_etl();
    for _ in 0..rounds {
        for (from, unit, to) in [("dev1", "operations", "ops1"), ("ops1", "development", "dev1")] {
            let offer = scene.offer(from, &question, json!({"unit": unit}));
            scene.settle(to, &offer, "accept").must(200);
            scene.verb_with(to, &question, "comments", json!({"body": "Ours now."})).must(201);
        }
    }
    question
}

on_both! {
    fn a_list_of_many_questions_costs_as_many_statements_as_one_of_two(world) {
        let scene = Scene::open(world);
        for _ in 0..2 {
            with_a_history(&scene, 1);
        }
        let few = ["planner", "dev1", "ada"].map(|who| page(&scene, who));
        for _ in 0..12 {
            let question = with_a_history(&scene, 1);
            scene.offer("dev1", &question, json!({"role": "team_mentor"}));
        }
        let many = ["planner", "dev1", "ada"].map(|who| page(&scene, who));
        assert_eq!((few.map(|(_, found)| found), many.map(|(_, found)| found)), ([2; 3], [14; 3]));
        assert_eq!(few.map(|(count, _)| count), many.map(|(count, _)| count));
        assert!(many.iter().all(|(count, _)| *count <= 15), "{many:?}");
    }

    fn a_question_with_a_long_history_costs_as_many_statements_as_a_short_one(world) {
        let scene = Scene::open(world);
        let (short, long) = (with_a_history(&scene, 1), with_a_history(&scene, 8));
        let ((few, little), (many, much)) = (whole(&scene, &short), whole(&scene, &long));
        assert!(much > 4 * little, "{much} and {little}");
        assert_eq!(few, many);
        assert!(many <= 15, "{many}");
    }
}

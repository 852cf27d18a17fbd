//! Many clocks, several nodes, clocks that jump.

use std::time::{Duration, Instant as Stopwatch};

use diesel::RunQueryDsl;
use serde_json::{Value, json};
use signpost::base::Id;
use signpost::question::{Question, store};

use super::{at, clockwork, facts, kept, minutes, round, tick};
use crate::on_both;
use crate::questions::Scene;
use crate::support::{World, eventually, rounds};

const POLICIES: &str = "/v1/hackathons/h1/escalation-policies";

fn quick(scene: &Scene, seconds: &[i32]) {
    let steps: Vec<Value> =
        seconds.iter().map(|seconds| json!({"after_seconds": seconds, "tell": "organizers"})).collect();
    scene.post("planner", POLICIES, json!({"name": "Quick", "trigger": "unclaimed", "steps": steps})).must(201);
}

/// So many questions like this one, straight into the store.
fn copies(world: &World, question: &str, many: i32) -> Vec<Id<Question>> {
    let like = kept(world, question);
    let made = world.db.write_now(move |tx| {
        let events = store::event::all(tx, like.id)?;
        let mut made = Vec::new();
        for place in 1..=many {
            let copy = Question { id: tx.fresh(), number: like.number + place, ..like.clone() };
            store::insert(tx, &copy)?;
            store::event::append(tx, &copy, &events)?;
            made.push(copy.id);
        }
        Ok(made)
    });
    made.expect("copies")
}

/// The steps that were done, in order, for each question.
fn steps(world: &World, questions: &[Id<Question>]) -> Vec<Vec<Option<i32>>> {
    let wanted = questions.to_vec();
    let mut histories = world.db.read_now(move |tx| store::event::of(tx, &wanted)).expect("histories");
    let step = |event: &signpost::question::Event| match &event.what {
        signpost::question::What::Escalated { step, .. } => Some(*step),
        _ => None,
    };
    questions.iter().map(|id| histories.remove(id).expect("a history").iter().filter_map(step).collect()).collect()
}

on_both! {
    fn c3_two_schedulers_do_a_step_once(world) {
        let scene = Scene::open(world);
        quick(&scene, &[60]);
        let question = scene.on_etl();
        let many = copies(world, &question, 60);
        world.later(minutes(2));
        let second = world.beside();
        std::thread::scope(|scope| {
            for node in [world, &second, world, &second] {
                scope.spawn(move || tick(node));
            }
        });
        assert_eq!(steps(world, &many), vec![vec![Some(1)]; many.len()]);
    }

    fn c7_thousands_are_done_in_one_round_each_step_once_in_order(world) {
        let scene = Scene::open(world);
        quick(&scene, &[60, 120, 180]);
        let question = scene.on_etl();
        let many = copies(world, &question, i32::try_from(rounds(500, 5_000)).expect("few"));
        // Nobody looked for ten minutes.
        world.later(minutes(10));
        // How long it takes is measured by `cargo bench --bench clocks`.
        tick(world);
        assert_eq!(steps(world, &many), vec![vec![Some(1), Some(2), Some(3)]; many.len()]);
        tick(world);
        assert_eq!(steps(world, &many), vec![vec![Some(1), Some(2), Some(3)]; many.len()]);
    }

    fn c7_a_clock_that_jumps_does_nothing_twice(world) {
        let scene = Scene::open(world);
        quick(&scene, &[60, 120]);
        let question = scene.on_etl();
        let scene = at(scene, "2024-11-05T14:31:00Z");
        assert_eq!(facts(&scene, &question, "escalated").len(), 1);
        let scene = at(scene, "2024-11-05T14:00:00Z");
        let scene = at(scene, "2024-11-05T14:31:30Z");
        assert_eq!(facts(&scene, &question, "escalated").len(), 1);
        let scene = at(scene, "2024-11-05T14:32:00Z");
        assert_eq!(facts(&scene, &question, "escalated").len(), 2);
        let scene = at(scene, "2024-11-05T14:10:00Z");
        let scene = at(scene, "2024-11-05T15:00:00Z");
        assert_eq!(facts(&scene, &question, "escalated").len(), 2);
    }

    fn one_clock_that_cannot_ring_stops_no_other(world) {
        let scene = Scene::open(world);
        quick(&scene, &[60]);
        let question = scene.on_etl();
        let many = copies(world, &question, 5);
        let (broken, sound) = many.split_first().expect("questions");
        let statement = format!("UPDATE question_events SET kind = 'nonsense' WHERE question_id = '{broken}' AND seq = 1");
        world.db.write_now(move |tx| Ok(diesel::sql_query(statement).execute(tx.conn())?)).expect("breaks");
        world.later(minutes(2));
        let done = vec![vec![Some(1)]; sound.len()];
        eventually("the steps of the others", || {
            round(world);
            (steps(world, sound) == done).then_some(())
        });
    }

    fn the_server_itself_looks_after_the_clocks_and_another_one_goes_on(world) {
        let scene = Scene::open(world);
        quick(&scene, &[60, 120]);
        let question = scene.on_etl();
        let waited = |scene: &Scene, many: usize| {
            let begun = Stopwatch::now();
            while facts(scene, &question, "escalated").len() < many && begun.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(Duration::from_millis(100));
            }
            facts(scene, &question, "escalated").len()
        };
        let scene = scene.later(minutes(1));
        assert_eq!(waited(&scene, 1), 1);
        let _second = world.beside();
        let scene = scene.later(minutes(1));
        assert_eq!(waited(&scene, 2), 2);
        drop(clockwork(world));
    }
}

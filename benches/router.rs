//! Times and sizes of the router: `cargo bench --bench router`.
#![expect(clippy::as_conversions, clippy::indexing_slicing, reason = "A program that prints a table.")]

use std::time::Instant;

use signpost::router::{Course, Lesson, LessonKind, Router, Similar, packs};

/// Texts of about a question's length, made from the packs' own with a fixed mixing, so that sizes can be chosen.
fn texts(count: usize) -> Vec<String> {
    let pool: Vec<&str> =
        packs().iter().flat_map(|pack| pack.examples.en.iter().chain(&pack.examples.ko).copied()).collect();
    let mixed = |at: usize| {
        let (one, two) = (pool[at % pool.len()], pool[(at * 7919 + at / pool.len()) % pool.len()]);
        let half = |text: &'static str, skip: usize| text.split(' ').skip(skip).take(6).collect::<Vec<_>>().join(" ");
        format!("{} {} {}", half(one, at % 3), half(two, at % 2), at % 97)
    };
    (0..count).map(mixed).collect()
}

fn course(topics: usize, each: usize) -> Course {
    let lesson = |(at, text)| Lesson { label: at % topics, kind: LessonKind::Example, text };
    let lessons = texts(topics * each).into_iter().enumerate().map(lesson).collect();
    Course { labels: (0..topics).map(|topic| format!("topic-{topic}")).collect(), lessons, off_topic: Vec::new() }
}

fn spread(mut work: impl FnMut(usize), times: usize) -> (f64, f64, f64) {
    let mut taken: Vec<f64> = (0..times)
        .map(|at| {
            let start = Instant::now();
            work(at);
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    let all: f64 = taken.iter().sum();
    taken.sort_by(f64::total_cmp);
    (taken[times / 2], taken[times * 99 / 100], times as f64 / all * 1e6)
}

fn routing(topics: usize, each: usize) {
    let course = course(topics, each);
    let start = Instant::now();
    let router = Router::train(&course);
    let training = start.elapsed().as_secs_f64() * 1e3;
    let asked: Vec<&str> = packs().iter().flat_map(|pack| pack.examples.en.iter().copied()).collect();
    let mut sum = 0.0;
    let (p50, p99, rate) = spread(|at| sum += router.guess(asked[at % asked.len()]).off_topic, 5_000);
    let lesson = Lesson { label: 0, kind: LessonKind::Resolved, text: asked[0].to_owned() };
    let (learn, _, _) = spread(|_| sum += router.learn(&lesson).threshold(), 20);
    println!(
        "route {topics:>3} x {each:<3} p50 {p50:>7.1} us  p99 {p99:>7.1} us  {rate:>8.0} a second  refit {training:>8.1} ms  learn {learn:>8.0} us  {:>6.1} MB  ({sum:.0})",
        router.bytes() as f64 / 1e6
    );
}

fn similar(count: usize) {
    let mut similar = Similar::new();
    let start = Instant::now();
    for (at, text) in texts(count).iter().enumerate() {
        similar.insert(at, text);
    }
    let filling = start.elapsed().as_secs_f64() * 1e3;
    let asked = texts(500);
    let mut found = 0;
    let (p50, p99, rate) = spread(|at| found += similar.nearest(&asked[at], 5, |id| id % 2 == 0).len(), 200);
    println!(
        "similar {count:>7} p50 {p50:>7.1} us  p99 {p99:>7.1} us  {rate:>8.0} a second  filled in {filling:.0} ms  ({found})"
    );
}

fn main() {
    routing(20, 50);
    routing(150, 100);
    similar(1_000);
    similar(100_000);
}

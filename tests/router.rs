//! The router as a whole: quality floors on small samples, the same course gives the same router, and learning.
#![expect(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "A test may fail loudly.")]

use std::path::PathBuf;

use signpost::router::{Course, Lesson, LessonKind, Router, eval, pack, packs, predict};

fn sample(name: &str) -> Vec<(String, String)> {
    predict::read(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/routing").join(name))
        .expect("the sample is there")
}

fn from_packs() -> Course {
    let topics = packs().iter().filter(|pack| pack.slug != "ask-mentor");
    let labels: Vec<String> = topics.clone().map(|pack| pack.slug.to_owned()).collect();
    let lessons = topics.enumerate().flat_map(|(label, pack)| pack.lessons(label)).collect();
    Course { labels, lessons, off_topic: Vec::new() }
}

fn topic(course: &Course, router: &Router, text: &str) -> String {
    course.labels[router.guess(text).top[0].label].clone()
}

#[test]
fn few_examples_are_enough() {
    let course = predict::course(&sample("items.tsv"), &sample("out-of-scope.tsv"));
    let measured = eval::measure(&course, &sample("questions.tsv"));
    assert_eq!((measured.in_scope, measured.out_of_scope), (72, 20));
    assert!(measured.top_1 >= 0.9 && measured.top_3 >= 0.95, "{measured:?}");
    assert!(measured.auroc.unwrap() >= 0.9, "{measured:?}");
}

#[test]
fn the_same_course_gives_the_same_router() {
    let course = from_packs();
    let (one, two) = (Router::train(&course), Router::train(&course));
    for text in ["where do I push my code", "로그인이 안 됩니다", "who are the judges"] {
        assert_eq!(one.guess(text), two.guess(text));
    }
}

#[test]
fn packs_route_both_languages_and_say_why() {
    let course = from_packs();
    let router = Router::train(&course);
    assert_eq!(topic(&course, &router, "conda cannot install this package"), "package-install");
    assert_eq!(topic(&course, &router, "비밀번호를 바꾸고 싶은데 로그인이 안 돼요"), "platform-access");
    let guess = router.guess("conda cannot install this package");
    assert!(guess.because.iter().any(|word| word == "install" || word == "package" || word == "conda"), "{guess:?}");
    let label = guess.top[0].label;
    let like = router.like("conda cannot install this package", label);
    assert!(!like.is_empty() && like.iter().all(|lesson| course.lessons[*lesson].label == label));
    assert!(guess.top.windows(2).all(|pair| pair[0].confidence >= pair[1].confidence));
}

#[test]
fn small_talk_is_off_topic() {
    let router = Router::train(&from_packs());
    let chat = router.guess("what a lovely sunny morning, shall we go for a walk");
    let question = router.guess("the build of my pipeline failed");
    assert!(chat.off_topic > question.off_topic && !chat.confident, "{chat:?}");
}

#[test]
fn a_lesson_counts_at_once_and_leaves_the_old_router_as_it_was() {
    let mut course = from_packs();
    let router = Router::train(&course);
    let text = "the frobnicator zigzags whenever we quux it";
    let before = router.guess(text);
    let label = course.labels.iter().position(|slug| slug == "infrastructure").unwrap();
    let lesson = Lesson { label, kind: LessonKind::Resolved, text: text.to_owned() };
    let learnt = router.learn(&lesson);
    course.lessons.push(lesson);
    assert_eq!(router.guess(text), before);
    for router in [learnt, Router::train(&course)] {
        let again = "our frobnicator zigzags again";
        assert_eq!(router.guess(again).top[0].label, label);
        assert_eq!(router.like(again, label)[0], course.lessons.len() - 1);
    }
}

#[test]
fn nothing_to_learn_or_to_read_is_no_fault() {
    let empty = Router::train(&Course::default());
    assert!(empty.guess("anything").top.is_empty() && !empty.guess("anything").confident);
    let router = Router::train(&from_packs());
    assert!(!router.guess("").confident);
    assert!(!router.guess("\u{0}🙂\u{200b}").confident);
    assert!(router.guess(&"long ".repeat(20_000)).top.len() == 3);
}

#[test]
fn the_etl_pack_is_there() {
    assert!(pack("etl-pipelines").is_some_and(|pack| pack.name.ko.contains("파이프라인")));
}

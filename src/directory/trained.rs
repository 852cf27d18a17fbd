//! The router of a directory, with what it was trained on, so that it is kept while nothing it learns from changes.
//!
//! Another card has it trained anew at once: the old router does not know the new topic. A lesson from a question is
//! learnt with a few steps (0.4 ms); a lesson that was changed or forgotten is left to the next training. That happens in
//! the background, so nobody who asks waits for it.

use std::sync::Arc;

use super::source::{Learnt, Source, Topic};
use crate::base::Localized;
use crate::router::{self, Course, Lesson, LessonKind, Router};

/// The most lessons that are learnt one by one; with more of them the next training is not far.
const AT_ONCE: usize = 32;

/// A router with what it was trained on.
pub struct Trained {
    course: Course,
    /// How many of the course's lessons come from the topics' cards.
    cards: usize,
    /// The router.
    pub router: Router,
}

/// What a router should have been trained on, where it was not yet.
pub type Wanted = Option<(Course, usize)>;

impl Trained {
    /// Learns everything anew.
    pub fn anew((course, cards): (Course, usize)) -> Trained {
        Trained { router: Router::train(&course), course, cards }
    }

    /// The router for these facts, made from the one before where that serves, and what it is still to be trained on.
    pub fn of(source: &Source, before: Option<(&Arc<Trained>, bool)>) -> (Arc<Trained>, Wanted) {
        let (course, cards) = course(source);
        let Some((before, whole)) = before.filter(|(before, _)| before.has_cards(&course, cards)) else {
            return (Arc::new(Trained::anew((course, cards))), None);
        };
        if before.course == course {
            return (before.clone(), (!whole).then_some((course, cards)));
        }
        let next = match course.lessons.strip_prefix(before.course.lessons.as_slice()) {
            Some(new) if new.len() <= AT_ONCE => Arc::new(before.learn(&course, new)),
            _ => before.clone(),
        };
        (next, Some((course, cards)))
    }

    fn has_cards(&self, course: &Course, cards: usize) -> bool {
        self.course.labels == course.labels && self.course.lessons.get(..self.cards) == course.lessons.get(..cards)
    }

    fn learn(&self, course: &Course, new: &[Lesson]) -> Trained {
        let router = new.iter().fold(self.router.clone(), |router, lesson| router.learn(lesson));
        Trained { router, course: course.clone(), cards: self.cards }
    }
}

/// What the router learns from: the topics' cards, then the questions; and how many come from the cards.
fn course(source: &Source) -> (Course, usize) {
    let mut course = of_cards(&source.topics);
    let cards = course.lessons.len();
    let label = |learnt: &Learnt| source.topics.iter().position(|topic| topic.id == learnt.topic);
    let resolved = source.lessons.iter().filter_map(|learnt| {
        Some(Lesson { label: label(learnt)?, kind: LessonKind::Resolved, text: learnt.text.clone() })
    });
    course.lessons.extend(resolved);
    (course, cards)
}

/// What the router learns from the topics' cards.
pub fn of_cards(topics: &[Topic]) -> Course {
    let labels = topics.iter().map(|topic| topic.slug.to_string()).collect();
    let lessons = topics.iter().enumerate().flat_map(|(label, topic)| lessons(label, topic)).collect();
    Course { labels, lessons, off_topic: Vec::new() }
}

fn lessons(label: usize, topic: &Topic) -> Vec<Lesson> {
    let lesson = |kind, text: &str| Lesson { label, kind, text: text.to_owned() };
    let names = topic.name.each().map(|(_, text)| lesson(LessonKind::Name, text));
    let about =
        topic.description.iter().flat_map(Localized::each).map(|(_, text)| lesson(LessonKind::Description, text));
    let keywords = [&topic.keywords.en, &topic.keywords.ko].into_iter().filter(|words| !words.is_empty());
    let keywords = keywords.map(|words| lesson(LessonKind::Keywords, &words.join(", ")));
    let examples = topic.examples.en.iter().chain(&topic.examples.ko).map(|text| lesson(LessonKind::Example, text));
    let pack = topic.pack.as_ref().and_then(|slug| router::pack(slug.as_str()));
    let pack = pack.map(|pack| pack.lessons(label)).unwrap_or_default();
    names.chain(about).chain(keywords).chain(examples).chain(pack).collect()
}

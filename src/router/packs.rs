//! Starter packs: bilingual cards and example questions for the topics hackathons share, so that an organizer picks
//! `pack: etl-pipelines` and writes nothing. They are data (`assets/router/packs.txt`), parsed once.

use std::sync::LazyLock;

use serde::Serialize;

use super::course::{Lesson, LessonKind};

static SOURCE: &str = include_str!("../../assets/router/packs.txt");
static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| parse(SOURCE));

/// A text in both languages.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Both<T> {
    /// English.
    pub en: T,
    /// Korean.
    pub ko: T,
}

/// A ready-made topic.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Pack {
    /// The name an organizer picks it by, such as `etl-pipelines`.
    pub slug: &'static str,
    /// The topic's name.
    pub name: Both<&'static str>,
    /// The topic's description.
    pub description: Both<&'static str>,
    /// The topic's keywords.
    pub keywords: Both<Vec<&'static str>>,
    /// Example questions.
    pub examples: Both<Vec<&'static str>>,
}

impl Pack {
    /// The pack's texts as lessons of the course's label `label`.
    #[must_use]
    pub fn lessons(&self, label: usize) -> Vec<Lesson> {
        let lesson = |kind, text: &str| Lesson { label, kind, text: text.to_owned() };
        let mut lessons = vec![
            lesson(LessonKind::Name, self.name.en),
            lesson(LessonKind::Name, self.name.ko),
            lesson(LessonKind::Description, self.description.en),
            lesson(LessonKind::Description, self.description.ko),
            lesson(LessonKind::Keywords, &self.keywords.en.join(", ")),
            lesson(LessonKind::Keywords, &self.keywords.ko.join(", ")),
        ];
        let examples = self.examples.en.iter().chain(&self.examples.ko);
        lessons.extend(examples.map(|example| lesson(LessonKind::Example, example)));
        lessons
    }
}

/// Every starter pack, in the order organizers are shown them.
#[must_use]
pub fn packs() -> &'static [Pack] {
    &PACKS
}

/// The pack of that slug.
#[must_use]
pub fn pack(slug: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.slug == slug)
}

/// The slugs of all packs: what `pack:` may name in a hackathon file.
#[must_use]
pub fn pack_slugs() -> Vec<&'static str> {
    PACKS.iter().map(|pack| pack.slug).collect()
}

fn parse(source: &'static str) -> Vec<Pack> {
    let mut packs: Vec<Pack> = Vec::new();
    for line in source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(slug) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            packs.push(Pack { slug, ..Pack::default() });
        } else if let Some(pack) = packs.last_mut() {
            take(pack, line);
        }
    }
    packs
}

fn take(pack: &mut Pack, line: &'static str) {
    let words = |text: &'static str| text.split(',').map(str::trim).collect();
    if let Some(example) = line.strip_prefix("en? ") {
        pack.examples.en.push(example);
    } else if let Some(example) = line.strip_prefix("ko? ") {
        pack.examples.ko.push(example);
    } else if let Some((field, text)) = line.split_once(" = ") {
        match field {
            "name.en" => pack.name.en = text,
            "name.ko" => pack.name.ko = text,
            "description.en" => pack.description.en = text,
            "description.ko" => pack.description.ko = text,
            "keywords.en" => pack.keywords.en = words(text),
            "keywords.ko" => pack.keywords.ko = words(text),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SOURCE, pack, packs};

    #[test]
    fn every_pack_is_whole_in_both_languages() {
        assert_eq!(packs().len(), 14);
        for pack in packs() {
            for text in [pack.name.en, pack.name.ko, pack.description.en, pack.description.ko] {
                assert!(!text.is_empty(), "{}", pack.slug);
            }
            assert!(pack.keywords.en.len() >= 5 && pack.keywords.ko.len() >= 5, "{}", pack.slug);
            assert!(pack.examples.en.len() >= 6 && pack.examples.ko.len() >= 6, "{}", pack.slug);
        }
    }

    #[test]
    fn no_line_is_passed_over() {
        let texts = SOURCE
            .lines()
            .filter(|line| line.contains("? ") && (line.starts_with("en?") || line.starts_with("ko?")))
            .count();
        assert_eq!(packs().iter().map(|pack| pack.examples.en.len() + pack.examples.ko.len()).sum::<usize>(), texts);
    }

    #[test]
    fn a_pack_is_found_by_its_slug() {
        assert_eq!(pack("etl-pipelines").map(|pack| pack.lessons(3).len()), Some(106));
        assert!(pack("nothing").is_none());
    }
}

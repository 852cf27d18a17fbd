//! What a router is trained from.

/// Where a text comes from; a card's own words count more than one asker's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LessonKind {
    /// The topic's name.
    Name,
    /// The topic's description.
    Description,
    /// The topic's keywords, in one text.
    Keywords,
    /// An example question of the topic's card or of its starter pack.
    Example,
    /// A resolved question, filed under the topic it ended with.
    Resolved,
}

/// One text that belongs to a topic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lesson {
    /// Index into the course's labels.
    pub label: usize,
    /// Where the text comes from.
    pub kind: LessonKind,
    /// The text, in English, Korean or both.
    pub text: String,
}

/// Everything a router learns: the same course always gives the same router.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Course {
    /// The topics' slugs.
    pub labels: Vec<String>,
    /// Their texts; a lesson whose label does not exist is passed over.
    pub lessons: Vec<Lesson>,
    /// Further texts that belong to no topic and go to the asker's mentor.
    pub off_topic: Vec<String>,
}

impl Course {
    /// The lessons whose label exists, with their place.
    pub(super) fn known(&self) -> impl Iterator<Item = (usize, &Lesson)> {
        self.lessons.iter().enumerate().filter(|(_, lesson)| lesson.label < self.labels.len())
    }

    /// For every text of `texts`, whether it is worded as a question is; names and keywords say little about how sure to be of one.
    pub(super) fn questions(&self) -> impl Iterator<Item = bool> {
        let asked = self.known().map(|(_, lesson)| matches!(lesson.kind, LessonKind::Example | LessonKind::Resolved));
        let off = self.texts().skip(self.known().count()).map(|_| true);
        asked.chain(off)
    }

    /// Every text with the column it trains; the last column is the mentor's.
    pub(super) fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        let mentor = self.labels.len();
        let off = super::mentor::seeds().chain(self.off_topic.iter().map(String::as_str));
        self.known().map(|(_, lesson)| (lesson.label, lesson.text.as_str())).chain(off.map(move |text| (mentor, text)))
    }
}

//! The names that the file gives, and the references to them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::document::Role;
use super::super::faults::shown;
use super::super::read::{Reader, Spot};
use super::super::tree::Place;
use super::{SeenParent, SeenSprint, Thing};
use crate::base::{Email, Sentence, Slug, say};

/// What was noted while the file was read.
#[derive(Default)]
pub struct Names {
    /// Each name, by kind, and its line.
    given: BTreeMap<Thing, BTreeMap<String, usize>>,
    references: Vec<Reference>,
    /// The first and the last day of the event, where they are right.
    pub event: Option<(NaiveDate, NaiveDate)>,
    /// What people do, by folded email, where it could be read.
    pub roles: BTreeMap<String, Vec<Role>>,
    /// Whether somebody organizes the event, or may do so: nothing is said while somebody's roles cannot be read.
    pub organized: bool,
    /// The sprints with right dates.
    pub sprints: Vec<SeenSprint>,
    /// The topics that are a part of another.
    pub parents: Vec<SeenParent>,
}

/// A name used somewhere.
struct Reference {
    thing: Thing,
    key: String,
    /// What the person has to be.
    role: Option<Role>,
    pointer: String,
    place: Place,
}

impl Reader<'_> {
    /// A slug that names nothing of the file's own.
    pub fn slug(&mut self, at: &Spot<'_>) -> Option<Slug> {
        self.checked(at, Slug::parse)
    }

    /// An email address.
    pub fn email(&mut self, at: &Spot<'_>) -> Option<Email> {
        self.checked(at, Email::parse)
    }

    /// A slug that gives a thing its name.
    pub fn declare(&mut self, thing: Thing, at: &Spot<'_>) -> Option<Slug> {
        let slug = self.slug(at)?;
        self.declare_key(thing, slug.to_string(), at);
        Some(slug)
    }

    /// Gives a thing its name, which no other of its kind may have.
    pub fn declare_key(&mut self, thing: Thing, key: String, at: &Spot<'_>) {
        let given = self.names.given.entry(thing).or_default();
        let Some(line) = given.get(&key).copied() else {
            given.insert(key, at.place().0);
            return;
        };
        let (words, key) = (thing.words(), shown(&key));
        let (en, ko) = (words.en, words.ko);
        let detail = say!(
            "The {en} \"{key}\" is already on line {line}. Give each its own, or remove one.",
            "{line}번째 줄에 이미 있는 {ko}입니다: \"{key}\". 서로 다르게 적거나 하나를 지우세요."
        );
        self.fault(at, words.twice, detail);
    }

    /// A slug that refers to a thing of the file.
    pub fn refer(&mut self, thing: Thing, at: &Spot<'_>) -> Option<Slug> {
        let slug = self.slug(at)?;
        self.note(thing, slug.to_string(), None, at);
        Some(slug)
    }

    /// The email of one of the people.
    pub fn person(&mut self, at: &Spot<'_>) -> Option<Email> {
        let email = self.email(at)?;
        self.note(Thing::Person, email.folded(), None, at);
        Some(email)
    }

    /// The email of one of the people who has this role.
    pub fn person_as(&mut self, at: &Spot<'_>, role: Role) -> Option<Email> {
        let email = self.email(at)?;
        self.note(Thing::Person, email.folded(), Some(role), at);
        Some(email)
    }

    fn note(&mut self, thing: Thing, key: String, role: Option<Role>, at: &Spot<'_>) {
        let (pointer, place) = (at.pointer.clone(), at.place());
        self.names.references.push(Reference { thing, key, role, pointer, place });
    }

    /// Reports every reference that leads nowhere, and every person who lacks the role that is asked for.
    pub fn resolve(&mut self) {
        let mut given = std::mem::take(&mut self.names.given);
        given.insert(Thing::Pack, self.packs.iter().map(|pack| ((*pack).to_owned(), 0)).collect());
        for reference in std::mem::take(&mut self.names.references) {
            let Reference { thing, key, role, pointer, place } = reference;
            let names = given.entry(thing).or_default();
            if !names.contains_key(&key) {
                let near = self.nearest(&key, names.keys().map(String::as_str));
                let detail = unknown(thing, &key, near);
                self.fault_at(pointer, place, thing.words().unknown, detail);
            } else if let Some(role) = role {
                self.needs(role, &key, pointer, place);
            }
        }
    }

    fn needs(&mut self, role: Role, email: &str, pointer: String, place: Place) {
        if self.names.roles.get(email).is_none_or(|roles| roles.contains(&role)) {
            return;
        }
        let (email, role) = (shown(email), role.word());
        let detail = say!(
            "\"{email}\" is no {role}. Add \"{role}\" to the roles of that person, or name somebody else.",
            "필요한 역할({role})이 없는 사람입니다: \"{email}\". 이 사람의 roles에 추가하거나 다른 사람을 적으세요."
        );
        self.fault_at(pointer, place, "person.role", detail);
    }
}

fn unknown(thing: Thing, key: &str, near: Option<&str>) -> Sentence {
    let (words, key) = (thing.words(), shown(key));
    let (en, ko, section) = (words.en, words.ko, words.section);
    if let Some(near) = near {
        return say!(
            "There is no {en} \"{key}\". Did you mean \"{near}\"?",
            "없는 {ko}입니다: \"{key}\". 혹시 이것인가요: \"{near}\""
        );
    }
    match thing {
        Thing::Organization | Thing::Unit => say!(
            "The {en} \"{key}\" is not in the consortium. Add it under \"{section}\", or name one that is.",
            "컨소시엄에 없는 {ko}입니다: \"{key}\". \"{section}\" 아래에 추가하거나 있는 이름을 적으세요."
        ),
        Thing::Pack => say!("There is no {en} \"{key}\".", "없는 {ko}입니다: \"{key}\"."),
        _ => say!(
            "There is no {en} \"{key}\". Add it under \"{section}\", or name one that is there.",
            "없는 {ko}입니다: \"{key}\". \"{section}\" 아래에 추가하거나 있는 이름을 적으세요."
        ),
    }
}

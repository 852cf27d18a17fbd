//! What there is to choose from on a question's page: holders, people, topics.

use crate::base::Lang;
use crate::consortium::Holder;
use crate::directory::Directory;
use crate::hackathon::Role;
use crate::pages::words::Words;
use crate::question::{InCharge, Question};

/// A group of a list to choose from.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it is called.
    pub label: String,
    /// Value and label of each.
    pub options: Vec<(String, String)>,
}

/// Everybody a question can be handed to: organizations with their units, the team's mentors, the organizers.
pub fn holders(directory: &Directory, question: &Question, lang: Lang) -> Vec<Group> {
    let source = &directory.source;
    let open = |holder: Holder| question.life.in_charge != InCharge::Holder(holder) && directory.stands(holder, None);
    let mut groups: Vec<Group> = Vec::new();
    for organization in &source.organizations {
        let name = organization.name.text(lang).to_owned();
        let whole = Some((format!("organization:{}", organization.slug), name.clone()));
        let whole = whole.filter(|_| open(Holder::Organization(organization.id)));
        let units =
            source.units.iter().filter(|unit| unit.organization == organization.id && open(Holder::Unit(unit.id)));
        let units = units.map(|unit| (format!("unit:{}", unit.slug), unit.name.text(lang).to_owned()));
        groups.push(Group { label: name, options: units.chain(whole).collect() });
    }
    let (label, mentors, organizers) = match lang {
        Lang::En => ("Others", "The team's mentors", "The organizers"),
        Lang::Ko => ("그 밖에", "팀 멘토", "운영진"),
    };
    let mut others = Vec::new();
    if question.team.is_some() && question.life.in_charge != InCharge::TEAM_MENTORS {
        others.push(("role:team_mentor".to_owned(), mentors.to_owned()));
    }
    if question.life.in_charge != InCharge::Organizers {
        others.push(("role:organizer".to_owned(), organizers.to_owned()));
    }
    groups.push(Group { label: label.to_owned(), options: others });
    groups.retain(|group| !group.options.is_empty());
    groups
}

/// Everybody who may be given a question: those it lies with, mentors and organizers.
pub fn people(directory: &Directory, question: &Question) -> Vec<(String, String)> {
    let mut people: Vec<(String, String)> = Vec::new();
    let mut add = |id: String, name: String| {
        if !people.iter().any(|(known, _)| *known == id) {
            people.push((id, name));
        }
    };
    if let InCharge::Holder(holder) = question.life.in_charge {
        directory.people_of(holder).into_iter().for_each(|one| add(one.id.to_string(), one.display_name.to_string()));
    }
    for role in [Role::Mentor, Role::Organizer] {
        directory.with_role(role).for_each(|one| add(one.id.to_string(), one.display_name.to_string()));
    }
    people
}

/// Every topic, and which one the question has.
pub fn topics(directory: &Directory, question: &Question, lang: Lang) -> Vec<(String, Words, bool)> {
    let all = directory.source.topics.iter();
    all.map(|topic| (topic.slug.to_string(), Words::of(&topic.name, lang), question.topic == Some(topic.id))).collect()
}

/// Every organization that a guest may answer for.
pub fn organizations(directory: &Directory, lang: Lang) -> Vec<(String, Words)> {
    let all = directory.source.organizations.iter();
    all.map(|one| (one.slug.to_string(), Words::of(&one.name, lang))).collect()
}

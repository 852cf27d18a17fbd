//! Who to ask, in the order that product.md gives.

use super::answer::{AskedFor, Contact, ContactRole, WhoToAsk};
use super::contact::{Occasion, Whom, contact};
use super::model::Directory;
use super::source::{Cell, MemberFacts, Team};
use crate::access::UserId;
use crate::base::{Error, Instant, Key, Lang, Result, say};
use crate::consortium::Holder;
use crate::hackathon::Role;
use crate::matrix::Role as CellRole;
use crate::router::Guess;

/// What the asker gives: a topic, or words.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A topic by id or slug.
    Topic(Key),
    /// A question in the asker's own words.
    Words(String),
}

/// A question to the directory.
#[derive(Clone, Debug)]
pub struct Question {
    /// What it is about.
    pub subject: Subject,
    /// The team it is asked for; none: the asker's own.
    pub team: Option<Key>,
    /// Who asks; none: nobody in particular, as from the command line.
    pub asker: Option<UserId>,
    /// For which moment.
    pub at: Instant,
    /// The reader's language.
    pub lang: Lang,
}

impl Directory {
    /// Who to ask.
    pub fn ask(&self, question: &Question) -> Result<WhoToAsk<'_>> {
        let team = self.team_asking(question)?;
        let found = self.read(&question.subject)?;
        let on = Occasion { topic: found.name(self, question.lang), at: question.at, lang: question.lang };
        let mut contacts = match found.place() {
            Some(place) => self.for_topic(place, team, on),
            None => self.for_nothing(team, on),
        };
        contacts.iter_mut().enumerate().for_each(|(index, contact)| contact.rank = index + 1);
        let confident = found.place().is_some();
        let (topic, alternatives, because) = found.told(self);
        Ok(WhoToAsk {
            topic,
            confident,
            alternatives,
            because,
            contacts,
            similar: Vec::new(),
            matrix_version: self.source.matrix_version,
            as_of: question.at,
            team: team.map(|team| team.id),
        })
    }

    fn team_asking(&self, question: &Question) -> Result<Option<&Team>> {
        match &question.team {
            Some(key) => self.team(key).map(Some).ok_or(Error::NotFound),
            None => Ok(question.asker.and_then(|user| self.team_of(user))),
        }
    }

    fn read(&self, subject: &Subject) -> Result<Found> {
        match subject {
            Subject::Topic(key) => self.topic(key).map(Found::Named).ok_or(Error::NotFound),
            Subject::Words(words) if words.trim().is_empty() => Err(Error::invalid(
                "/q",
                "words.none",
                say!("Write the question in a few words, or name a topic.", "질문을 몇 단어로 적거나 주제를 고르세요."),
            )),
            Subject::Words(words) => Ok(Found::Read(self.router().guess(words))),
        }
    }

    /// Steps 2 to 6: responsible, who helps meanwhile, accountable, mentors, organizers.
    fn for_topic<'d>(&'d self, place: usize, team: Option<&Team>, on: Occasion<'d>) -> Vec<Contact<'d>> {
        let cells = self.effective.get(place).map(Vec::as_slice).unwrap_or_default();
        let of = |role: CellRole| cells.iter().filter(move |cell| cell.role == role);
        let mut named = Named { directory: self, on, holders: Vec::new(), contacts: Vec::new() };
        for cell in of(CellRole::Responsible) {
            named.add(self.whom(cell, team), ContactRole::Responsible);
        }
        named.contacts.sort_by_key(|contact| !contact.duty.on_duty);
        if !named.contacts.iter().any(|contact| contact.duty.on_duty) {
            let before = named.contacts.len();
            of(CellRole::Consulted).for_each(|cell| named.add(self.whom(cell, team), ContactRole::Consulted));
            named.keep_on_duty(before);
        }
        of(CellRole::Accountable).for_each(|cell| named.add(self.whom(cell, team), ContactRole::Accountable));
        self.last_resorts(named, team)
    }

    /// Step 1, unsure: the team's mentors first.
    fn for_nothing<'d>(&'d self, team: Option<&Team>, on: Occasion<'d>) -> Vec<Contact<'d>> {
        self.last_resorts(Named { directory: self, on, holders: Vec::new(), contacts: Vec::new() }, team)
    }

    fn last_resorts<'d>(&'d self, mut named: Named<'d>, team: Option<&Team>) -> Vec<Contact<'d>> {
        named.add(self.mentors(team), ContactRole::TeamMentor);
        named.add(Some((None, Whom::Organizers(self.with_role(Role::Organizer).collect()))), ContactRole::Organizer);
        named.contacts
    }

    fn whom(&self, cell: &Cell, team: Option<&Team>) -> Option<(Option<Holder>, Whom<'_>)> {
        match cell.holder {
            Holder::TeamMentor => self.mentors(team),
            holder => Some((Some(holder), Whom::Holder(holder))),
        }
    }

    fn mentors(&self, team: Option<&Team>) -> Option<(Option<Holder>, Whom<'_>)> {
        let mentors: Vec<&MemberFacts> = team?.mentors.iter().filter_map(|id| self.member(*id)).collect();
        (!mentors.is_empty()).then_some((Some(Holder::TeamMentor), Whom::Mentors(mentors)))
    }
}

/// The contacts so far. Nobody is named twice: the first reason is the best one.
struct Named<'d> {
    directory: &'d Directory,
    on: Occasion<'d>,
    holders: Vec<Holder>,
    contacts: Vec<Contact<'d>>,
}

impl<'d> Named<'d> {
    fn add(&mut self, whom: Option<(Option<Holder>, Whom<'d>)>, role: ContactRole) {
        let Some((holder, whom)) = whom else { return };
        if let Some(holder) = holder {
            if self.holders.contains(&holder) {
                return;
            }
            self.holders.push(holder);
        }
        self.contacts.push(contact(self.directory, whom, role, self.on));
    }

    /// Those who only help meanwhile are named only while they can; later they may stand here for another reason.
    fn keep_on_duty(&mut self, from: usize) {
        let meanwhile = self.contacts.split_off(from);
        let holders = self.holders.split_off(from.min(self.holders.len()));
        for (contact, holder) in meanwhile.into_iter().zip(holders) {
            if contact.duty.on_duty {
                self.contacts.push(contact);
                self.holders.push(holder);
            }
        }
    }
}

/// What the subject turned out to be.
enum Found {
    /// A topic the asker named.
    Named(usize),
    /// What the router read from the words.
    Read(Guess),
}

impl Found {
    /// The topic to answer for, if it is sure.
    fn place(&self) -> Option<usize> {
        match self {
            Found::Named(place) => Some(*place),
            Found::Read(guess) if guess.confident => guess.top.first().map(|best| best.label),
            Found::Read(_) => None,
        }
    }

    fn name<'d>(&self, directory: &'d Directory, lang: Lang) -> Option<&'d str> {
        directory.source.topics.get(self.place()?).map(|topic| topic.name.text(lang))
    }

    /// The topic, the alternatives, and the words that decided.
    fn told(self, directory: &Directory) -> (Option<AskedFor<'_>>, Vec<AskedFor<'_>>, Vec<String>) {
        let asked = |place: usize, confidence: f32| {
            let topic = directory.source.topics.get(place)?;
            Some(AskedFor { slug: &topic.slug, name: &topic.name, confidence })
        };
        match self {
            Found::Named(place) => (asked(place, 1.0), Vec::new(), Vec::new()),
            Found::Read(guess) => {
                let mut likely = guess.top.iter().filter_map(|one| asked(one.label, one.confidence));
                let topic = if guess.confident { likely.next() } else { None };
                (topic, likely.collect(), guess.because)
            }
        }
    }
}

//! Who to ask, in the order that product.md gives.

use super::answer::{AskedFor, Contact, ContactRole, WhoToAsk};
use super::contact::{Occasion, Whom, contact};
use super::model::Directory;
use super::source::{Cell, MemberFacts, Team};
use super::usual::Usual;
use super::written::Written;
use crate::access::UserId;
use crate::base::{Error, Instant, Key, Lang, Result, say};
use crate::consortium::Holder;
use crate::duty::{self, Window};
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
    pub fn ask<'d>(&'d self, question: &Question, usual: &'d Usual) -> Result<WhoToAsk<'d, Vec<Contact<'d>>>> {
        let (team, found) = (self.team_asking(question)?, self.read(&question.subject)?);
        let contacts = self.contacts(found.place(), team, question, usual).contacts;
        Ok(self.whole(found, contacts, question.at))
    }

    /// Who to ask, with the contacts in JSON: those that were written before where they still hold.
    pub fn ask_written(&self, question: &Question, usual: &Usual) -> Result<WhoToAsk<'_, Written>> {
        let (team, found) = (self.team_asking(question)?, self.read(&question.subject)?);
        let of = (found.place(), team.map(|team| team.id), question.lang, usual.version());
        let contacts = match self.written.get(&of, question.at) {
            Some(contacts) => contacts,
            None => {
                let named = self.contacts(found.place(), team, question, usual);
                self.written.put(of, &named.contacts, named.holds())?
            }
        };
        Ok(self.whole(found, contacts, question.at))
    }

    fn contacts<'d>(
        &'d self,
        place: Option<usize>,
        team: Option<&Team>,
        question: &Question,
        usual: &'d Usual,
    ) -> Named<'d> {
        let topic = place.and_then(|place| self.source.topics.get(place)).map(|topic| topic.name.text(question.lang));
        let (at, lang, team_id) = (question.at, question.lang, team.map(|team| team.id));
        let named = Named::new(self, Occasion { topic, at, lang, team: team_id, usual });
        let mut named = match place {
            Some(place) => self.for_topic(named, place, team),
            None => self.last_resorts(named, team),
        };
        named.contacts.iter_mut().enumerate().for_each(|(index, contact)| contact.rank = index + 1);
        named
    }

    fn whole<C>(&self, found: Found, contacts: C, as_of: Instant) -> WhoToAsk<'_, C> {
        let confident = found.place().is_some();
        let (topic, alternatives, because) = found.told(self);
        let matrix_version = self.source.matrix_version;
        let similar = Vec::new();
        WhoToAsk { topic, confident, alternatives, because, contacts, similar, matrix_version, as_of }
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

    /// Steps 2 to 6: responsible, who helps meanwhile, accountable, mentors, organizers. Step 1, unsure, is the last two.
    fn for_topic<'d>(&'d self, mut named: Named<'d>, place: usize, team: Option<&Team>) -> Named<'d> {
        let cells = self.effective.get(place).map(Vec::as_slice).unwrap_or_default();
        let of = |role: CellRole| cells.iter().filter(move |cell| cell.role == role);
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

    fn last_resorts<'d>(&'d self, mut named: Named<'d>, team: Option<&Team>) -> Named<'d> {
        named.add(self.mentors(team), ContactRole::TeamMentor);
        named.add(Some((None, Whom::Organizers(self.with_role(Role::Organizer).collect()))), ContactRole::Organizer);
        named
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
    /// When the first of those who were looked at comes on duty or goes off it.
    changes: Option<Instant>,
}

impl<'d> Named<'d> {
    fn new(directory: &'d Directory, on: Occasion<'d>) -> Named<'d> {
        Named { directory, on, holders: Vec::new(), contacts: Vec::new(), changes: None }
    }

    /// How long the same contacts are written the same: until somebody comes on duty or goes off it, or the day changes,
    /// which reasons name where it is not today.
    fn holds(&self) -> Option<Window> {
        let tomorrow = duty::tomorrow(self.directory.source.timezone, self.on.at)?;
        Window::new(self.on.at, self.changes.map_or(tomorrow, |changes| changes.min(tomorrow)))
    }

    fn add(&mut self, whom: Option<(Option<Holder>, Whom<'d>)>, role: ContactRole) {
        let Some((holder, whom)) = whom else { return };
        if let Some(holder) = holder {
            if self.holders.contains(&holder) {
                return;
            }
            self.holders.push(holder);
        }
        let contact = contact(self.directory, whom, role, self.on);
        let changes =
            contact.channels.iter().flat_map(|channel| [channel.duty.until, channel.duty.next_from]).flatten();
        self.changes = self.changes.into_iter().chain(changes).min();
        self.contacts.push(contact);
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

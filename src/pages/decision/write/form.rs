//! The form in which a decision is written down: its fields, and what is read from them.

use super::COLUMNS;
use crate::base::{Error, Id, Lang, Name, Result, Sentence, Text, say};
use crate::consortium::HolderSaid;
use crate::db::Tx;
use crate::decision::{self, Choice, Part, Status};
use crate::hackathon::Hackathon;
use crate::matrix::{self, Role};
use crate::pages::decision::one::sent;
use crate::pages::entry::{Again, Entry, Typed};
use crate::pages::question::handoff::holder;
use crate::pages::reading::Reading;
use crate::pages::setting::holders;
use crate::sprint::Sprint;
use crate::topic::Topic;

/// How many empty rows there are for more options.
const SPARE: usize = 2;
/// Who may have had which part, by the names of their boxes.
pub const PARTS: [&str; 3] = ["decided_by", "consulted", "informed"];

/// The fields of a decision.
pub struct Form {
    /// What was chosen and why.
    pub head: Vec<Entry>,
    /// What could have been chosen, and what is wrong with all of it.
    pub options: Vec<Vec<Entry>>,
    /// What is wrong with the options as a whole.
    pub too_many: Option<String>,
    /// What was chosen, and what follows.
    pub outcome: Entry,
    /// Whether it holds already.
    pub accepted: bool,
    /// What is wrong with where it stands.
    pub unclear: Option<String>,
    /// What it is about.
    pub about: Vec<Entry>,
    /// The questions that led to it.
    pub questions: Entry,
    /// The parts that one can have: their names, what they are called, and what is wrong with them.
    pub parts: Vec<(&'static str, Sentence, Option<String>)>,
    /// Everybody who may have had one.
    pub parties: Vec<Party>,
}

/// Somebody who may have had a part.
pub struct Party {
    /// As a form sends them.
    pub value: String,
    /// What they are called.
    pub name: String,
    /// What the matrix names them for on the topic.
    pub due: Option<Sentence>,
    /// Which parts they are said to have had.
    pub had: [bool; 3],
}

impl Form {
    /// The form with what was typed into it.
    pub fn load(tx: &mut Tx, here: &Hackathon, again: &Again, lang: Lang) -> Result<Form> {
        let entry = |name: &str, en, ko| again.entry("", name, Sentence::fixed(en, ko), "");
        let typed = again.typed("").cloned().unwrap_or_default();
        let topics = crate::topic::store::all(tx, here.id)?;
        let about = topics.iter().find(|one| one.facts.slug.as_str() == typed.get("topic")).map(|one| one.id);
        let fault = |name: &str| again.fault("", name).map(str::to_owned);
        Ok(Form {
            head: vec![
                entry("title", "What was chosen, in a line", "결정 한 줄 요약")
                    .hint("Such as: use the shared data model.", "예: 공유 데이터 모델을 쓴다"),
                entry("context", "What made it necessary", "배경").lines(4),
            ],
            options: options(again, typed.rows("options", "title")),
            too_many: fault("options"),
            outcome: entry("outcome", "What was chosen, and what follows", "결과와 그에 따른 일").lines(4),
            accepted: typed.get("status") == Status::Accepted.word(),
            unclear: fault("status"),
            about: vec![
                entry("topic", "Topic (optional)", "주제(선택)").among(topics_of(&topics, lang)),
                entry("sprint", "Sprint (optional)", "스프린트(선택)").among(sprints(tx, here, lang)?),
            ],
            questions: entry("questions", "Questions that led to it (optional)", "계기가 된 질문(선택)")
                .hint("Their numbers, such as 7, 12.", "질문 번호, 7, 12처럼"),
            parts: PARTS.iter().zip(called()).map(|(part, called)| (*part, called, fault(part))).collect(),
            parties: parties(tx, here, about, &typed, lang)?,
        })
    }
}

fn called() -> [Sentence; 3] {
    [Sentence::fixed("Decided", "결정"), Sentence::fixed("Consulted", "자문"), Sentence::fixed("Informed", "공유")]
}

fn options(again: &Again, there: usize) -> Vec<Vec<Entry>> {
    let row = |row: usize| {
        let at = row + 1;
        let [title, notes] = COLUMNS.map(|column| format!("options/{row}/{column}"));
        vec![
            again.entry("", &title, say!("Option {at}", "선택지 {at}"), ""),
            again.entry("", &notes, say!("For and against option {at}", "장단점: 선택지 {at}"), ""),
        ]
    };
    (0..(there + SPARE).min(decision::OPTIONS_MOST)).map(row).collect()
}

fn none(lang: Lang) -> (String, String) {
    (String::new(), lang.either("None", "없음").to_owned())
}

fn topics_of(all: &[Topic], lang: Lang) -> Vec<(String, String)> {
    let each = all.iter().map(|one| (one.facts.slug.to_string(), one.facts.name.text(lang).to_owned()));
    std::iter::once(none(lang)).chain(each).collect()
}

fn sprints(tx: &mut Tx, here: &Hackathon, lang: Lang) -> Result<Vec<(String, String)>> {
    let numbered =
        |one: Sprint| (one.number.to_string(), format!("{} {}", lang.either("Sprint", "스프린트"), one.number));
    let all = crate::sprint::store::all(tx, here.id)?.into_iter().map(numbered);
    Ok(std::iter::once(none(lang)).chain(all).collect())
}

/// Everybody who may have had a part, those first whom the matrix names for the topic.
fn parties(tx: &mut Tx, here: &Hackathon, about: Option<Id<Topic>>, typed: &Typed, lang: Lang) -> Result<Vec<Party>> {
    let published = about.map(|_| matrix::published(tx, here.id)).transpose()?.flatten();
    let topics = published.iter().flat_map(|published| &published.topics);
    let cells: Vec<_> = topics.filter(|one| Some(one.topic) == about).flat_map(|one| &one.cells).collect();
    let party = |one: crate::pages::setting::Choice| {
        let cell = cells.iter().filter(|cell| cell.holder == one.holder);
        let (due, value) = (cell.filter_map(|cell| owed(cell.role)).next(), sent(one.holder));
        Party { had: PARTS.map(|part| typed.all(part).any(|had| had == value)), value, name: one.label, due }
    };
    let mut all: Vec<Party> = holders(tx, here, lang)?.into_iter().map(party).collect();
    all.sort_by_key(|one| one.due.is_none());
    Ok(all)
}

/// What a role in the matrix asks of whoever decides.
fn owed(role: Role) -> Option<Sentence> {
    match role {
        Role::Consulted => Some(Sentence::fixed("to be consulted", "자문 대상")),
        Role::Informed => Some(Sentence::fixed("to be informed", "공유 대상")),
        Role::Responsible | Role::Accountable => None,
    }
}

/// The name of the boxes about a part.
pub fn boxes(part: Part) -> &'static str {
    match part {
        Part::Decided => "decided_by",
        Part::Consulted => "consulted",
        Part::Informed => "informed",
    }
}

/// A decision as it is read from the form.
pub struct Read {
    /// What was chosen, in a line.
    pub title: Name,
    /// What made it necessary.
    pub context: Text,
    /// What could have been chosen.
    pub options: Vec<Choice>,
    /// What follows.
    pub outcome: Option<Text>,
    /// Where it stands; none where it was not asked.
    pub status: Option<Status>,
    /// Who decided, who was consulted, who was informed.
    pub parts: [Vec<HolderSaid>; 3],
    /// The numbers of questions, however they were set apart.
    pub questions: Vec<String>,
}

/// Reads it, with every fault at once.
pub fn read(typed: &Typed) -> Result<Read> {
    let mut reading = Reading::of(typed);
    let (title, context) = (reading.name("title"), reading.text("context"));
    let outcome = reading.maybe("outcome", Reading::text);
    let status = reading.maybe("status", |reading, name| reading.word(name, Status::from_word));
    let option = |row: usize| {
        let title = reading.name(&format!("options/{row}/title"));
        let notes = reading.maybe(&format!("options/{row}/notes"), Reading::text);
        Some(Choice { title: title?, notes: notes? })
    };
    let options: Vec<Option<Choice>> = (0..typed.rows("options", "title")).map(option).collect();
    let [decided, consulted, informed] = PARTS.map(|part| reading.found(named(typed, part)));
    let (decided, consulted, informed) = (decided?, consulted?, informed?);
    reading.whole(|| {
        Some(Read {
            title: title?,
            context: context?,
            options: options.into_iter().collect::<Option<_>>()?,
            outcome: outcome?,
            status: status?,
            parts: [decided?, consulted?, informed?],
            questions: questions(typed),
        })
    })
}

/// Those whose boxes were ticked for a part.
fn named(typed: &Typed, part: &str) -> Result<Vec<HolderSaid>> {
    let unknown = |_unfit| {
        let detail = say!("Tick those who are in the list.", "목록에 있는 사람을 고르세요.");
        Error::invalid(format!("/{part}"), "holder.unknown", detail)
    };
    typed.all(part).map(|one| holder(one).map_err(unknown)).collect()
}

fn questions(typed: &Typed) -> Vec<String> {
    let all = typed.get("questions").split([',', ' ', ';']);
    all.map(|one| one.trim().trim_start_matches('#').to_owned()).filter(|one| !one.is_empty()).collect()
}

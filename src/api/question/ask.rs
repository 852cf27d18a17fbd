//! `/v1/hackathons/{hackathon}/questions`: the list, and asking.

use actix_web::HttpRequest;
use actix_web::web::Data;
use serde::Deserialize;

use super::view;
use crate::access::May;
use crate::access::policy::{Ask, SeeQuestions};
use crate::api::{Answered, Body, Paging, Query, answer};
use crate::base::{Error, Id, Key, Name, Page, Result, Text, say};
use crate::consortium::{HolderSaid, Member, named};
use crate::db::Tx;
use crate::directory::{Directories, Directory};
use crate::hackathon::Hackathon;
use crate::question::store::list::{self, Filter, Order};
use crate::question::{self, Draft, InCharge, Standing, StateWord, Visibility};
use crate::{team, topic};

/// Which questions are listed.
#[derive(Deserialize)]
pub struct Wanted {
    state: Option<String>,
    topic: Option<String>,
    team: Option<String>,
    holder: Option<String>,
    assignee: Option<String>,
    asker: Option<String>,
    q: Option<String>,
    mine: Option<String>,
    overdue: Option<String>,
    sort: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

impl Wanted {
    fn filter(&self, tx: &mut Tx, here: Id<Hackathon>, standing: &Standing) -> Result<Filter> {
        let topic = self.topic.as_deref().map(|key| topic::named(tx, here, key, "/topic")).transpose()?;
        let team = self.team.as_deref().map(|key| team::named(tx, here, key, "/team")).transpose()?;
        Ok(Filter {
            states: self.state.as_deref().map(states).transpose()?.unwrap_or_default(),
            topic: topic.map(|topic| topic.id),
            team: team.map(|team| team.id),
            holder: self.holder.as_deref().map(|text| holder(tx, here, text)).transpose()?,
            assignee: self.assignee.as_deref().map(|key| member(tx, here, standing, key, "/assignee")).transpose()?,
            asker: self.asker.as_deref().map(|key| member(tx, here, standing, key, "/asker")).transpose()?,
            words: self.q.as_deref().map(question::terms).unwrap_or_default(),
            mine: yes_or_no(self.mine.as_deref(), "/mine")?.unwrap_or(false),
            overdue: yes_or_no(self.overdue.as_deref(), "/overdue")?,
            order: self.order()?,
        })
    }

    fn order(&self) -> Result<Order> {
        match self.sort.as_deref() {
            None | Some("-created_at") => Ok(Order::NewestFirst),
            Some("created_at") => Ok(Order::OldestFirst),
            Some("due_at") => Ok(Order::MostUrgentFirst),
            Some(_) => Err(one_of("/sort", "due_at, created_at, -created_at")),
        }
    }

    /// A cursor goes on in the order that it was made in.
    fn list(&self) -> Result<&'static str> {
        Ok(match self.order()? {
            Order::NewestFirst => "questions",
            Order::OldestFirst => "questions oldest first",
            Order::MostUrgentFirst => "questions most urgent first",
        })
    }
}

fn yes_or_no(text: Option<&str>, pointer: &str) -> Result<Option<bool>> {
    match text {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(_) => Err(one_of(pointer, "true, false")),
    }
}

fn one_of(pointer: &str, words: &str) -> Error {
    Error::invalid(pointer, "value.unknown", say!("Write one of: {words}.", "다음 가운데 하나를 적으세요: {words}"))
}

/// States with commas between them.
fn states(text: &str) -> Result<Vec<StateWord>> {
    let word = |word: &str| StateWord::from_word(word.trim());
    text.split(',').map(word).collect::<Option<_>>().ok_or_else(|| {
        let words = StateWord::ALL.iter().map(|state| state.word()).collect::<Vec<_>>().join(", ");
        one_of("/state", &words)
    })
}

/// A holder as `kind:name`: `unit:operations`, `organization:acme`, `member:<id>`, `role:team_mentor`, `role:organizer`.
fn holder(tx: &mut Tx, here: Id<Hackathon>, text: &str) -> Result<InCharge> {
    let (kind, name) = text.split_once(':').unwrap_or_default();
    let name = Some(name.to_owned());
    let said = match kind {
        "organization" => HolderSaid { organization: name, ..HolderSaid::default() },
        "unit" => HolderSaid { unit: name, ..HolderSaid::default() },
        "member" => HolderSaid { member: name, ..HolderSaid::default() },
        "role" => HolderSaid { role: name, ..HolderSaid::default() },
        _ => {
            return Err(one_of(
                "/holder",
                "organization:<slug>, unit:<slug>, member:<id>, role:team_mentor, role:organizer",
            ));
        }
    };
    InCharge::named(tx, here, &said, "/holder")
}

/// A member by id, or `me`.
fn member(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing, key: &str, pointer: &str) -> Result<Id<Member>> {
    match Key::parse(key) {
        Some(Key::Id(id)) => Ok(named::member(tx, here, Id::from_uuid(id), pointer)?.id),
        _ if key == "me" => Ok(standing.member),
        _ => Err(one_of(pointer, "me, <id>")),
    }
}

/// `GET /v1/hackathons/{hackathon}/questions`
pub async fn list(req: HttpRequest, may: May<SeeQuestions, Hackathon>, Query(wanted): Query<Wanted>) -> Answered {
    let list = wanted.list()?;
    let page = wanted.paging.of(list)?;
    let found = may
        .read(move |tx, right| {
            let here = right.on().id;
            let standing = view::standing(tx, here, right.user())?;
            let filter = wanted.filter(tx, here, &standing)?;
            let rows = list::list(tx, here, &standing, &filter, &page)?;
            let Page { items, next } = Page::of(list, &page, rows, |row| row.id.uuid());
            Ok(Page { items: view::summaries(tx, &standing, &items)?, next })
        })
        .await?;
    answer::page(&req, &found)
}

/// A new question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewQuestion {
    title: Name,
    body: Option<Text>,
    topic: Option<String>,
    team: Option<String>,
    visibility: Option<Visibility>,
}

impl NewQuestion {
    /// Reads the topic from the words where none is named, before the transaction: nobody else waits for the reading.
    fn draft(self, directory: &Directory) -> Draft {
        let NewQuestion { title, body, topic, team, visibility } = self;
        let words = body.as_ref().map(Text::as_str);
        let read = if topic.is_none() { question::read_topic(directory, title.as_str(), words) } else { None };
        Draft { title, body, topic, read, team, visibility: visibility.unwrap_or(Visibility::Hackathon) }
    }
}

/// `POST /v1/hackathons/{hackathon}/questions`
pub async fn ask(may: May<Ask, Hackathon>, known: Data<Directories>, Body(sent): Body<NewQuestion>) -> Answered {
    let kept = known.look(&may).await?.directory;
    let sent = sent.map(|new, _| new.draft(&kept));
    may.post(sent, move |tx, right, draft| {
        let directory = Directory::current(tx, right.on(), &kept)?;
        let asked = question::ask(tx, right, &directory, draft)?;
        view::made(tx, right.user(), right.on(), &asked)
    })
    .await
}

//! Writing a decision down, and changing what was written: one form for both.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::one::{Here, place, sent};
use crate::access::policy::{Change, Record, Revise};
use crate::access::{Actor, May, Right, Roles, Within, allow};
use crate::base::{Id, Key, Lang, Name, Patch, Result, Sentence, Text};
use crate::consortium::{HolderSaid, member};
use crate::db::Tx;
use crate::decision::{self, Choice, Content, Decision, New, Part, Revision, Seen, Status};
use crate::hackathon::Hackathon;
use crate::matrix::{self, Role};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::handoff::holder;
use crate::pages::question::then::{Obstacle, obstacles};
use crate::pages::setting::holders;
use crate::pages::sheet::{Fields, Reading, Sheet};
use crate::pages::sprint::board::may_report;
use crate::pages::{Shown, page, see_other};
use crate::question::{self, Standing};
use crate::{sprint, team, topic};

/// How many empty rows there are for more options.
const SPARE: usize = 2;
const COLUMNS: [&str; 2] = ["title", "notes"];
/// The lists whose faults are told above all of the list.
const LISTS: [&str; 4] = ["decided_by", "consulted", "informed", "questions"];

#[derive(Template)]
#[template(path = "decision/write.html")]
struct Page {
    frame: Frame,
    list: String,
    action: String,
    sheet: Sheet,
    /// The decision that is changed; none: a new one.
    number: Option<i32>,
    superseded: bool,
    /// Whose it may be, and whether the whole hackathon's.
    teams: Vec<(String, String)>,
    everybody: bool,
    topics: Vec<(String, String)>,
    sprints: Vec<(String, String)>,
    rows: Vec<Row>,
    parties: Vec<Party>,
    columns: [(&'static str, Sentence); 3],
}

/// The fields of an option by name, and what they are called.
struct Row {
    title: String,
    notes: String,
    what: String,
    why: String,
}

/// Somebody who may have had a part.
struct Party {
    value: String,
    name: String,
    /// What the matrix names them for on the topic.
    due: Option<Sentence>,
}

/// What is known before it is written: the question that led to it, its topic, its team.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Start {
    question: String,
    topic: String,
    team: String,
}

/// `GET /h/{hackathon}/decisions/add?question=&topic=&team=`
pub async fn add(visit: Visit, may: May<Record, Hackathon>, web::Query(start): web::Query<Start>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let fields = begun(tx, right, &start)?;
        new_page(tx, right, &visit, Sheet::holding(fields))
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// What a question that led to it says of it already.
fn begun(tx: &mut Tx, right: &Right<Record, Hackathon>, start: &Start) -> Result<Fields> {
    let here = right.on();
    let own = member::acting(tx, here.id, right.user())?;
    let fields =
        Fields::default().with("status", Status::Accepted.word()).with("decided_by", format!("member:{}", own.id));
    let fields = fields.with("team", &start.team).with("topic", &start.topic);
    let standing = Standing::load(tx, here.id, right.user())?;
    let asked = Key::parse(&start.question).map(|key| question::store::find(tx, here.id, &key)).transpose()?.flatten();
    let seen = asked.filter(|one| standing.is_some_and(|standing| !standing.roles_to(one).is_empty()));
    let Some(asked) = seen else { return Ok(fields) };
    let all = topic::store::all(tx, here.id)?;
    let about = all.into_iter().find(|one| Some(one.id) == asked.topic).map(|one| one.facts.slug);
    let fields = if start.topic.is_empty() { Fields::default().maybe("topic", about).and(fields) } else { fields };
    Ok(fields.with("questions", asked.number))
}

fn new_page(tx: &mut Tx, right: &Right<Record, Hackathon>, visit: &Visit, sheet: Sheet) -> Result<Page> {
    let here = right.on();
    let list = format!("/h/{}/decisions", here.slug);
    let visit = visit.clone().at(format!("{list}/add"));
    let (who, lang) = ((right.actor(), right.roles()), visit.lang);
    let teams = team::store::all(tx, here.id)?.into_iter().filter(|team| may_report(team, who, here));
    let teams = teams.map(|team| (team.slug.to_string(), team.name.text(lang).to_owned())).collect();
    Ok(Page { teams, everybody: runs(who), action: list, ..whole(tx, here, who.1, &visit, sheet)? })
}

fn runs((actor, roles): (&Actor, Roles)) -> bool {
    allow::<Change>(actor, roles, false).is_ok()
}

/// The form, as far as it is the same for a new decision and one that is changed.
fn whole(tx: &mut Tx, here: &Hackathon, roles: Roles, visit: &Visit, sheet: Sheet) -> Result<Page> {
    let lang = visit.lang;
    let topics = topic::store::all(tx, here.id)?;
    let about = topics.iter().find(|one| one.facts.slug.as_str() == sheet.value("topic")).map(|one| one.id);
    let numbered = |one: crate::sprint::Sprint| {
        (one.number.to_string(), format!("{} {}", lang.either("Sprint", "스프린트"), one.number))
    };
    Ok(Page {
        frame: Frame::within(tx, visit, here, roles, Some(Tab::Sprints))?,
        list: format!("/h/{}/decisions", here.slug),
        action: String::new(),
        number: None,
        superseded: false,
        teams: Vec::new(),
        everybody: false,
        topics: topics.iter().map(|one| (one.facts.slug.to_string(), one.facts.name.text(lang).to_owned())).collect(),
        sprints: sprint::store::all(tx, here.id)?.into_iter().map(numbered).collect(),
        rows: rows(sheet.fields.rows("options", "title"), lang),
        parties: parties(tx, here, about, lang)?,
        columns: columns(),
        sheet,
    })
}

fn columns() -> [(&'static str, Sentence); 3] {
    [
        ("decided_by", Sentence::fixed("Decided", "결정")),
        ("consulted", Sentence::fixed("Consulted", "자문")),
        ("informed", Sentence::fixed("Informed", "공유")),
    ]
}

fn rows(there: usize, lang: Lang) -> Vec<Row> {
    let row = |row: usize| Row {
        title: format!("options/{row}/title"),
        notes: format!("options/{row}/notes"),
        what: format!("{} {}", lang.either("Option", "선택지"), row + 1),
        why: format!("{} {}", lang.either("For and against option", "장단점: 선택지"), row + 1),
    };
    (0..(there + SPARE).min(decision::OPTIONS_MOST)).map(row).collect()
}

/// Everybody who may have had a part, those first whom the matrix names for the topic.
fn parties(tx: &mut Tx, here: &Hackathon, about: Option<Id<topic::Topic>>, lang: Lang) -> Result<Vec<Party>> {
    let published = about.map(|_| matrix::published(tx, here.id)).transpose()?.flatten();
    let topics = published.iter().flat_map(|published| &published.topics);
    let cells: Vec<_> = topics.filter(|one| Some(one.topic) == about).flat_map(|one| &one.cells).collect();
    let party = |one: crate::pages::setting::Choice| {
        let cell = cells.iter().filter(|cell| cell.holder == one.holder);
        let due = cell.filter_map(|cell| owed(cell.role)).next();
        Party { value: sent(one.holder), name: one.label, due }
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

/// A decision as it is read from the form.
struct Read {
    title: Name,
    context: Text,
    options: Vec<Choice>,
    outcome: Option<Text>,
    parts: [Vec<HolderSaid>; 3],
}

fn read(fields: &Fields) -> Result<Read> {
    let mut reading = Reading::of(fields);
    let (title, context, outcome) = (reading.name("title"), reading.text("context"), reading.maybe_text("outcome"));
    let option = |row: usize| {
        let title = reading.name(&format!("options/{row}/title"));
        let notes = reading.maybe_text(&format!("options/{row}/notes"));
        Some(Choice { title: title?, notes: notes? })
    };
    let options: Vec<Option<Choice>> = (0..fields.rows("options", "title")).map(option).collect();
    let named = |part: &str| fields.all(part).filter_map(|one| holder(one).ok()).collect();
    let read = match (title, context, outcome) {
        (Some(title), Some(context), Some(outcome)) => Some(Read {
            title,
            context,
            outcome,
            options: options.into_iter().flatten().collect(),
            parts: ["decided_by", "consulted", "informed"].map(named),
        }),
        _ => None,
    };
    reading.whole(read)
}

/// The numbers of questions, however they are set apart.
fn questions(fields: &Fields) -> Vec<String> {
    let all = fields.one("questions").split([',', ' ', ';']);
    all.map(|one| one.trim().trim_start_matches('#').to_owned()).filter(|one| !one.is_empty()).collect()
}

fn named(fields: &Fields, name: &str) -> Option<String> {
    fields.filled(name).map(str::to_owned)
}

/// `POST /h/{hackathon}/decisions`
pub async fn create(
    visit: Visit,
    may: May<Record, Hackathon>,
    again: May<Record, Hackathon>,
    Form(fields): Form<Fields>,
) -> Shown {
    let fields = fields.closed_up("options", &COLUMNS);
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let new = new(read(&sent)?, &sent);
        let made = decision::record(tx, right.on(), (right.user(), right.roles()), new)?;
        Ok(place(right.on(), made.number))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let lang = visit.lang;
            let (status, obstacles) = obstacles(refusal, lang)?;
            let sheet = Sheet { fields, obstacles: above(obstacles) };
            let drawn = again.read(move |tx, right| new_page(tx, right, &visit, sheet)).await?;
            page(status, lang, &drawn)
        }
    }
}

fn new(read: Read, fields: &Fields) -> New {
    let Read { title, context, options, outcome, parts: [decided_by, consulted, informed] } = read;
    New {
        team: named(fields, "team"),
        title,
        context,
        options,
        outcome,
        status: Status::from_word(fields.one("status")).unwrap_or(Status::Proposed),
        topic: named(fields, "topic"),
        sprint: named(fields, "sprint"),
        decided_by,
        consulted,
        informed,
        questions: questions(fields),
    }
}

/// What stands in the way of one of many stands above all of them.
fn above(obstacles: Vec<Obstacle>) -> Vec<Obstacle> {
    let moved = |one: Obstacle| match LISTS.iter().find(|list| one.field.starts_with(&format!("{list}/"))) {
        Some(list) => Obstacle { field: (*list).to_owned(), ..one },
        None => one,
    };
    obstacles.into_iter().map(moved).collect()
}

/// `GET /h/{hackathon}/decisions/{decision}/edit`
pub async fn edit(visit: Visit, may: May<Revise, Here>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let fields = held(tx, right)?;
        edit_page(tx, right, &visit, Sheet::holding(fields))
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// What was written, as it is typed.
fn held(tx: &mut Tx, right: &Right<Revise, Here>) -> Result<Fields> {
    let Within { parent: here, item: one } = right.on();
    let standing = Standing::load(tx, here.id, right.user())?.ok_or(crate::base::Error::NotFound)?;
    let seen = Seen::load(tx, here.id, &standing, std::slice::from_ref(one))?;
    let Content { title, context, outcome, status, options, .. } = &one.content;
    let numbers: Vec<String> = seen.questions(&one.content).map(|asked| asked.number.to_string()).collect();
    let slug = one.content.topic.and_then(|id| seen.names.topic(id)).map(|(slug, _)| slug);
    let mut fields = Fields::default()
        .with("title", title)
        .with("context", context)
        .with("status", status.word())
        .with("questions", numbers.join(", "))
        .maybe("outcome", outcome.as_ref())
        .maybe("topic", slug)
        .maybe("sprint", seen.sprint(&one.content));
    for (row, option) in options.iter().enumerate() {
        fields = fields.with(format!("options/{row}/title"), &option.title);
        fields = fields.with(format!("options/{row}/notes"), option.notes.as_ref().map_or("", Text::as_str));
    }
    for (part, list) in [(Part::Decided, "decided_by"), (Part::Consulted, "consulted"), (Part::Informed, "informed")] {
        fields = one.content.named(part).iter().fold(fields, |fields, holder| fields.with(list, sent(*holder)));
    }
    Ok(fields)
}

fn edit_page(tx: &mut Tx, right: &Right<Revise, Here>, visit: &Visit, sheet: Sheet) -> Result<Page> {
    let Within { parent: here, item: one } = right.on();
    let action = format!("{}/edit", place(here, one.number));
    let visit = visit.clone().at(action.clone());
    let superseded = one.content.status == Status::Superseded;
    let form = whole(tx, here, right.roles(), &visit, sheet)?;
    Ok(Page { action, number: Some(one.number), superseded, ..form })
}

/// `POST /h/{hackathon}/decisions/{decision}/edit`
pub async fn change(
    visit: Visit,
    may: May<Revise, Here>,
    again: May<Revise, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let fields = fields.closed_up("options", &COLUMNS);
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let to = revision(item, read(&sent)?, &sent);
        decision::revise(tx, parent, item, right.user(), to)?;
        Ok(place(parent, item.number))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let lang = visit.lang;
            let (status, obstacles) = obstacles(refusal, lang)?;
            let sheet = Sheet { fields, obstacles: above(obstacles) };
            let drawn = again.read(move |tx, right| edit_page(tx, right, &visit, sheet)).await?;
            page(status, lang, &drawn)
        }
    }
}

/// All that the form says. Where it stands is not asked of a decision that was superseded.
fn revision(of: &Decision, read: Read, fields: &Fields) -> Revision {
    let Read { title, context, options, outcome, parts: [decided_by, consulted, informed] } = read;
    let status = Status::from_word(fields.one("status")).filter(|_| of.content.status != Status::Superseded);
    Revision {
        title: Some(title),
        context: Some(context),
        options: Some(options),
        outcome: outcome.map_or(Patch::Clear, Patch::Set),
        status,
        superseded_by: Patch::Keep,
        topic: named(fields, "topic").map_or(Patch::Clear, Patch::Set),
        sprint: named(fields, "sprint").map_or(Patch::Clear, Patch::Set),
        decided_by: Some(decided_by),
        consulted: Some(consulted),
        informed: Some(informed),
        questions: Some(questions(fields)),
    }
}

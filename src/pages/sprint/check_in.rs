//! A team checks in: a form for what it did, how sure it is and what stands in its way, with all that was typed kept when
//! something stands in the way of the form itself.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::board::{confidence, may_report};
use super::one::place;
use super::timeline::days_of;
use crate::access::policy::{Record, Revise, SeeWork};
use crate::access::{Actor, May, Roles, UserId, Within};
use crate::base::{Error, Id, Key, Lang, PageRequest, Result, Sentence, Text};
use crate::check_in::{self, BLOCKERS_MOST, CheckIn, Given, Here, Revision};
use crate::consortium::member::weekly_hours;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::obstacles;
use crate::pages::sheet::{Fields, Reading, Sheet};
use crate::pages::time::day;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::question::store::list::{self, Filter};
use crate::question::{self, Question, Standing, StateWord};
use crate::sprint::{self, Sprint};
use crate::team::{self, Team};

/// How many empty rows there are for more blockers.
const SPARE: usize = 2;
/// The most questions to choose from.
const CHOICES: i64 = 50;
/// The columns of a blocker.
const COLUMNS: [&str; 2] = ["text", "question"];

#[derive(Template)]
#[template(path = "sprint/check-in.html")]
struct Page {
    frame: Frame,
    team_place: String,
    name: Words,
    /// Empty where no sprint has begun.
    sprint: Option<Chosen>,
    /// When the first one begins.
    begins: Option<String>,
    sheet: Sheet,
    slug: String,
    rows: Vec<Row>,
    questions: Vec<(String, String)>,
    scale: Vec<(String, Sentence)>,
}

/// The fields of one blocker by name, and what they are called.
struct Row {
    text: String,
    question: String,
    what: String,
    which: String,
}

/// The sprint that is reported of.
struct Chosen {
    number: i32,
    days: String,
    goal: Option<Words>,
    /// Where the form is sent.
    action: String,
    /// Whether something was given already.
    again: bool,
    late: bool,
    /// Whether what was given stays as it is.
    fixed: bool,
    place: String,
}

/// Of which sprint.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Which {
    sprint: String,
}

/// Who looks at the form of which team.
struct Seat<'s> {
    here: &'s Hackathon,
    team: &'s Team,
    user: UserId,
    roles: Roles,
}

/// `GET /h/{hackathon}/teams/{team}/check-in?sprint=`
pub async fn show(
    visit: Visit,
    may: May<Revise, Within<Hackathon, Team>>,
    web::Query(which): web::Query<Which>,
) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item: team } = right.on();
        let seat = Seat { here, team, user: right.user(), roles: right.roles() };
        let sprint = wanted(tx, here, &which.sprint, &visit)?;
        drawn(tx, &seat, sprint.as_ref(), &visit, None)
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// The sprint that is asked for; else the last one that has begun.
fn wanted(tx: &mut Tx, here: &Hackathon, key: &str, visit: &Visit) -> Result<Option<Sprint>> {
    if !key.is_empty() {
        return sprint::named(tx, here.id, key, "/sprint").map(Some).map_err(|_unknown| Error::NotFound);
    }
    let today = visit.watch(here).today();
    Ok(sprint::store::all(tx, here.id)?.into_iter().rfind(|one| one.starts_on <= today))
}

fn drawn(tx: &mut Tx, seat: &Seat, of: Option<&Sprint>, visit: &Visit, again: Option<Sheet>) -> Result<Page> {
    let Seat { here, team, .. } = *seat;
    let (lang, today) = (visit.lang, visit.watch(here).today());
    let given = match of {
        Some(sprint) => given(tx, sprint, team)?,
        None => None,
    };
    let questions = questions(tx, seat, given.as_ref())?;
    let sheet = match again {
        Some(sheet) => sheet,
        None => Sheet::holding(given.as_ref().map(|given| held(given, &questions)).unwrap_or_default()),
    };
    let begun = of.filter(|sprint| sprint.starts_on <= today);
    let first = sprint::store::all(tx, here.id)?.into_iter().find(|one| one.starts_on > today);
    let team_place = format!("/h/{}/teams/{}", here.slug, team.slug);
    let visit = visit.clone().at(format!("{team_place}/check-in"));
    Ok(Page {
        frame: Frame::within(tx, &visit, here, seat.roles, Some(Tab::Sprints))?,
        name: Words::of(&team.name, lang),
        sprint: begun.map(|sprint| chosen(here, sprint, given.as_ref(), lang, today > sprint.ends_on)),
        begins: of.filter(|sprint| sprint.starts_on > today).cloned().or(first).map(|one| day(one.starts_on, lang)),
        slug: team.slug.to_string(),
        rows: rows(sheet.fields.rows("blockers", "text"), lang),
        questions: questions.iter().map(choice).collect(),
        scale: (1..=5).map(|sure| (sure.to_string(), confidence(sure).text)).collect(),
        team_place,
        sheet,
    })
}

fn chosen(here: &Hackathon, sprint: &Sprint, given: Option<&CheckIn>, lang: Lang, late: bool) -> Chosen {
    let all = format!("{}/check-ins", place(here, sprint.number));
    Chosen {
        number: sprint.number,
        days: days_of(sprint, lang),
        goal: sprint.goal.as_ref().map(|goal| Words::of(goal, lang)),
        action: given.map_or(all.clone(), |given| format!("{all}/{}", given.id)),
        again: given.is_some(),
        late: late && given.is_none(),
        fixed: given.is_some() && sprint.closed_at.is_some(),
        place: place(here, sprint.number),
    }
}

/// The fields of as many blockers as there are, and of a few more.
fn rows(there: usize, lang: Lang) -> Vec<Row> {
    let row = |row: usize| Row {
        text: format!("blockers/{row}/text"),
        question: format!("blockers/{row}/question"),
        what: format!("{} {}", lang.either("Blocker", "막힌 일"), row + 1),
        which: format!("{} {}", lang.either("Question for blocker", "관련 질문"), row + 1),
    };
    (0..(there + SPARE).min(BLOCKERS_MOST)).map(row).collect()
}

fn choice(question: &Question) -> (String, String) {
    (question.number.to_string(), format!("#{} {}", question.number, question.title))
}

/// What the team gave already.
fn given(tx: &mut Tx, sprint: &Sprint, team: &Team) -> Result<Option<CheckIn>> {
    let page = PageRequest { limit: 0, after: None };
    Ok(check_in::store::list(tx, sprint.id, Some(vec![team.id]), &page)?.pop())
}

/// The questions of the team that wait for an answer, and those that it named before.
fn questions(tx: &mut Tx, seat: &Seat, given: Option<&CheckIn>) -> Result<Vec<Question>> {
    let Some(standing) = Standing::load(tx, seat.here.id, seat.user)? else { return Ok(Vec::new()) };
    let states = StateWord::UNSETTLED.to_vec();
    let filter = Filter { team: Some(seat.team.id), states, ..Filter::default() };
    let mut found = list::list(tx, seat.here.id, &standing, &filter, &PageRequest { limit: CHOICES, after: None })?;
    let named = given.iter().flat_map(|given| &given.facts.blockers).filter_map(|blocker| blocker.question);
    let named: Vec<Id<Question>> = named.filter(|id| !found.iter().any(|one| one.id == *id)).collect();
    let named = question::store::of_ids(tx, seat.here.id, &named)?;
    found.extend(named.into_iter().filter(|one| !standing.roles_to(one).is_empty()));
    Ok(found)
}

/// What was given, as it is typed.
fn held(given: &CheckIn, questions: &[Question]) -> Fields {
    let facts = &given.facts;
    let fields = Fields::default()
        .with("progress_percent", facts.progress_percent)
        .with("hours_spent", weekly_hours(facts.spent_minutes))
        .with("confidence", facts.confidence)
        .with("summary", &facts.summary);
    facts.blockers.iter().enumerate().fold(fields, |fields, (row, blocker)| {
        let question = questions.iter().find(|one| Some(one.id) == blocker.question).map(|one| one.number);
        let fields = fields.with(format!("blockers/{row}/text"), &blocker.text);
        fields.maybe(&format!("blockers/{row}/question"), question)
    })
}

/// A check-in as it is read from the form.
struct Read {
    progress_percent: i32,
    hours_spent: f64,
    confidence: i32,
    summary: Text,
    blockers: Vec<(Text, Option<String>)>,
}

fn read(fields: &Fields) -> Result<Read> {
    let mut reading = Reading::of(fields);
    let (progress, hours) = (reading.number("progress_percent"), reading.hours("hours_spent"));
    let (sure, summary) = (reading.number("confidence"), reading.text("summary"));
    let row = |row: usize| {
        let text = reading.text(&format!("blockers/{row}/text"))?;
        Some((text, fields.filled(&format!("blockers/{row}/question")).map(str::to_owned)))
    };
    let blockers: Vec<Option<(Text, Option<String>)>> = (0..fields.rows("blockers", "text")).map(row).collect();
    let read = match (progress, hours, sure, summary) {
        (Some(progress_percent), Some(hours_spent), Some(confidence), Some(summary)) => {
            let blockers = blockers.into_iter().flatten().collect();
            Some(Read { progress_percent, hours_spent, confidence, summary, blockers })
        }
        _ => None,
    };
    reading.whole(read)
}

/// `POST /h/{hackathon}/sprints/{sprint}/check-ins`
pub async fn create(
    visit: Visit,
    may: May<Record, Here>,
    see: May<SeeWork, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let fields = fields.closed_up("blockers", &COLUMNS);
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let Read { progress_percent, hours_spent, confidence, summary, blockers } = read(&sent)?;
        let team = sent.filled("team").map(str::to_owned);
        let given = Given { team, progress_percent, hours_spent, confidence, summary, blockers };
        let made = check_in::give(tx, right.on(), (right.user(), right.roles()), given)?;
        back(tx, right.on(), made.team)
    });
    after(visit, see, fields, done.await).await
}

/// `POST /h/{hackathon}/sprints/{sprint}/check-ins/{check_in}`
pub async fn change(
    visit: Visit,
    may: May<Revise, Within<Here, CheckIn>>,
    see: May<SeeWork, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let fields = fields.closed_up("blockers", &COLUMNS);
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let Read { progress_percent, hours_spent, confidence, summary, blockers } = read(&sent)?;
        let to = Revision {
            progress_percent: Some(progress_percent),
            hours_spent: Some(hours_spent),
            confidence: Some(confidence),
            summary: Some(summary),
            blockers: Some(blockers),
        };
        let changed = check_in::revise(tx, parent, item, right.user(), to)?;
        back(tx, parent, changed.team)
    });
    after(visit, see, fields, done.await).await
}

/// The team in the page of the sprint.
fn back(tx: &mut Tx, here: &Here, team: Id<Team>) -> Result<String> {
    let found = team::store::find(tx, here.parent.id, &Key::Id(team.uuid()))?.ok_or(Error::NotFound)?;
    Ok(format!("{}#{}", place(&here.parent, here.item.number), found.slug))
}

async fn after(visit: Visit, see: May<SeeWork, Here>, fields: Fields, done: Result<String>) -> Shown {
    let refusal = match done {
        Ok(place) => return Ok(see_other(&place)),
        Err(refusal) => refusal,
    };
    let lang = visit.lang;
    let (status, obstacles) = obstacles(refusal, lang)?;
    let drawn = see.read(move |tx, right| {
        let Within { parent: here, item: sprint } = right.on();
        let team = team::named(tx, here.id, fields.one("team"), "/team")?;
        must_speak(&team, (right.actor(), right.roles()), here)?;
        let seat = Seat { here, team: &team, user: right.user(), roles: right.roles() };
        drawn(tx, &seat, Some(sprint), &visit, Some(Sheet { fields, obstacles }))
    });
    page(status, lang, &drawn.await?)
}

/// The form of a team is shown to whoever may send it.
fn must_speak(team: &Team, who: (&Actor, Roles), here: &Hackathon) -> Result<()> {
    if may_report(team, who, here) { Ok(()) } else { Err(Error::not_allowed()) }
}

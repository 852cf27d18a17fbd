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
use crate::access::{Actor, Item, May, Roles, UserId, Within};
use crate::base::{Error, Id, Key, Lang, PageRequest, Result, Sentence, Text, say};
use crate::check_in::{self, BLOCKERS_MOST, CheckIn, Given, Here, Revision};
use crate::consortium::member::weekly_hours;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
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
    obstacles: Vec<Obstacle>,
    slug: String,
    fields: Vec<Entry>,
    /// How sure one can be, how sure they are, and what is wrong with it.
    scale: Vec<(String, Sentence)>,
    sure: String,
    unsure: Option<String>,
    summary: Entry,
    /// The fields of each blocker, and what is wrong with all of them.
    rows: Vec<Vec<Entry>>,
    blocked: Option<String>,
}

/// The sprint that is reported of.
struct Chosen {
    number: i32,
    days: String,
    goal: Option<Words>,
    /// Where the form is sent.
    action: String,
    /// Whether something was given already, and the state that it is in.
    again: bool,
    mark: Option<String>,
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
        drawn(tx, &seat, sprint.as_ref(), &visit, Again::default())
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

fn drawn(tx: &mut Tx, seat: &Seat, of: Option<&Sprint>, visit: &Visit, again: Again) -> Result<Page> {
    let Seat { here, team, .. } = *seat;
    let (lang, today) = (visit.lang, visit.watch(here).today());
    let given = match of {
        Some(sprint) => given(tx, sprint, team)?,
        None => None,
    };
    let questions = questions(tx, seat, given.as_ref())?;
    let held = given.as_ref().map(|given| held(given, &questions)).unwrap_or_default();
    let form = Filled { again: &again, held: &held };
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
        fields: form.figures(),
        scale: (1..=5).map(|sure| (sure.to_string(), confidence(sure).text)).collect(),
        sure: again.value("", "confidence", held.get("confidence")),
        unsure: again.fault("", "confidence").map(str::to_owned),
        summary: form
            .entry("summary", Sentence::fixed("What you did, and what comes next", "한 일과 다음에 할 일"))
            .lines(5),
        rows: form.blockers(&questions, lang),
        blocked: again.fault("", "blockers").map(str::to_owned),
        team_place,
        obstacles: again.obstacles,
    })
}

/// The form with what was typed into it, else with what was given before.
struct Filled<'f> {
    again: &'f Again,
    held: &'f Typed,
}

impl Filled<'_> {
    fn entry(&self, name: &str, label: Sentence) -> Entry {
        self.again.entry("", name, label, self.held.get(name))
    }

    fn figures(&self) -> Vec<Entry> {
        let done = Sentence::fixed("How much of it is done, in per cent", "진행률(%)");
        let spent = Sentence::fixed("Hours the team spent so far", "지금까지 쓴 시간");
        vec![
            self.entry("progress_percent", done)
                .decimal()
                .hint("Of what this sprint is to bring.", "이 스프린트에서 하려는 일 가운데 끝난 비율"),
            self.entry("hours_spent", spent).decimal().hint(
                "All of you together, in this sprint, such as 14.5.",
                "이 스프린트에서 팀 전체가 쓴 시간, 14.5처럼",
            ),
        ]
    }

    /// The fields of as many blockers as there are, and of a few more.
    fn blockers(&self, questions: &[Question], lang: Lang) -> Vec<Vec<Entry>> {
        let none = (String::new(), lang.either("None", "없음").to_owned());
        let choices: Vec<_> = std::iter::once(none).chain(questions.iter().map(choice)).collect();
        let there = self.again.typed("").unwrap_or(self.held).rows("blockers", "text");
        let row = |row: usize| {
            let at = row + 1;
            let what = self.entry(&format!("blockers/{row}/text"), say!("Blocker {at}", "막힌 일 {at}"));
            let which = say!("Question for blocker {at}", "관련 질문 {at}");
            let which = self.entry(&format!("blockers/{row}/question"), which).among(choices.clone());
            std::iter::once(what).chain((!questions.is_empty()).then_some(which)).collect()
        };
        (0..(there + SPARE).min(BLOCKERS_MOST)).map(row).collect()
    }
}

fn chosen(here: &Hackathon, sprint: &Sprint, given: Option<&CheckIn>, lang: Lang, late: bool) -> Chosen {
    let all = format!("{}/check-ins", place(here, sprint.number));
    Chosen {
        number: sprint.number,
        days: days_of(sprint, lang),
        goal: sprint.goal.as_ref().map(|goal| Words::of(goal, lang)),
        action: given.map_or(all.clone(), |given| format!("{all}/{}", given.id)),
        again: given.is_some(),
        mark: given.and_then(Item::tag),
        late: late && given.is_none(),
        fixed: given.is_some() && sprint.closed_at.is_some(),
        place: place(here, sprint.number),
    }
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
fn held(given: &CheckIn, questions: &[Question]) -> Typed {
    let facts = &given.facts;
    let typed = Typed::default()
        .with("progress_percent", facts.progress_percent)
        .with("hours_spent", weekly_hours(facts.spent_minutes))
        .with("confidence", facts.confidence)
        .with("summary", &facts.summary);
    facts.blockers.iter().enumerate().fold(typed, |typed, (row, blocker)| {
        let question = questions.iter().find(|one| Some(one.id) == blocker.question).map(|one| one.number);
        let typed = typed.with(format!("blockers/{row}/text"), &blocker.text);
        typed.maybe(&format!("blockers/{row}/question"), question)
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

fn read(typed: &Typed) -> Result<Read> {
    let mut reading = Reading::of(typed);
    let (progress, hours) = (reading.number("progress_percent"), reading.hours("hours_spent"));
    let (sure, summary) = (reading.number("confidence"), reading.text("summary"));
    let row = |row: usize| {
        let text = reading.text(&format!("blockers/{row}/text"))?;
        Some((text, typed.filled(&format!("blockers/{row}/question")).map(str::to_owned)))
    };
    // Every row is read before any is given up.
    let blockers: Vec<Option<(Text, Option<String>)>> = (0..typed.rows("blockers", "text")).map(row).collect();
    reading.whole(|| {
        Some(Read {
            progress_percent: progress?,
            hours_spent: hours?,
            confidence: sure?,
            summary: summary?,
            blockers: blockers.into_iter().collect::<Option<_>>()?,
        })
    })
}

/// `POST /h/{hackathon}/sprints/{sprint}/check-ins`
pub async fn create(visit: Visit, may: May<Record, Here>, see: May<SeeWork, Here>, Form(typed): Form<Typed>) -> Shown {
    let typed = typed.closed_up("blockers", &COLUMNS);
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Read { progress_percent, hours_spent, confidence, summary, blockers } = read(&said)?;
        let team = said.filled("team").map(str::to_owned);
        let given = Given { team, progress_percent, hours_spent, confidence, summary, blockers };
        let made = check_in::give(tx, right.on(), (right.user(), right.roles()), given)?;
        back(tx, right.on(), made.team)
    });
    let team = typed.filled("team").and_then(Key::parse);
    after(visit, see, team, typed, done.await).await
}

/// `POST /h/{hackathon}/sprints/{sprint}/check-ins/{check_in}`
pub async fn change(
    visit: Visit,
    may: May<Revise, Within<Here, CheckIn>>,
    see: May<SeeWork, Here>,
    Form(typed): Form<Typed>,
) -> Shown {
    let typed = typed.closed_up("blockers", &COLUMNS);
    let said = typed.clone();
    // The team is the one that the check-in is of, whatever the form says.
    let team = may.look(|_, right| Ok(Key::Id(right.on().item.team.uuid()))).await?;
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        unchanged(&said, item.tag())?;
        let Read { progress_percent, hours_spent, confidence, summary, blockers } = read(&said)?;
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
    after(visit, see, Some(team), typed, done.await).await
}

/// The team in the page of the sprint.
fn back(tx: &mut Tx, here: &Here, team: Id<Team>) -> Result<String> {
    let found = team::store::find(tx, here.parent.id, &Key::Id(team.uuid()))?.ok_or(Error::NotFound)?;
    Ok(format!("{}#{}", place(&here.parent, here.item.number), found.slug))
}

async fn after(visit: Visit, see: May<SeeWork, Here>, team: Option<Key>, typed: Typed, done: Result<String>) -> Shown {
    let refusal = match done {
        Ok(place) => return Ok(see_other(&place)),
        Err(refusal) => refusal,
    };
    let lang = visit.lang;
    let again = Again::of(refusal, lang, "", typed)?;
    let status = again.status;
    let drawn = see.read(move |tx, right| {
        let Within { parent: here, item: sprint } = right.on();
        let team = team.map(|team| team::store::find(tx, here.id, &team)).transpose()?.flatten();
        let team = team.ok_or(Error::NotFound)?;
        must_speak(&team, (right.actor(), right.roles()), here)?;
        let seat = Seat { here, team: &team, user: right.user(), roles: right.roles() };
        drawn(tx, &seat, Some(sprint), &visit, again)
    });
    page(status, lang, &drawn.await?)
}

/// The form of a team is shown to whoever may send it.
fn must_speak(team: &Team, who: (&Actor, Roles), here: &Hackathon) -> Result<()> {
    if may_report(team, who, here) { Ok(()) } else { Err(Error::not_allowed()) }
}

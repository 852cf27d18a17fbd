//! A sprint: what every team reported of it, and how what it is to bring changed.

use askama::Template;

use super::board::{Linked, Links, Stand, may_report, stand};
use super::scope::fields;
use super::timeline::days_of;
use super::ways;
use crate::access::policy::{Change, See, SeeWork};
use crate::access::{May, Right, Within, allow};
use crate::base::{PageRequest, Result, Sentence};
use crate::board;
use crate::check_in::{self, CheckIn};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::pages::entry::{Again, Entry};
use crate::pages::frame::{Frame, Tab, Visit, Way};
use crate::pages::prose::Prose;
use crate::pages::question::then::Obstacle;
use crate::pages::time::{Watch, When, hours};
use crate::pages::words::{Tag, Words};
use crate::pages::{Shown, page};
use crate::question::store::names::{Names, Wanted};
use crate::sprint::store::scope;
use crate::sprint::{ScopeChange, Sprint};
use crate::team::{self, Team};

/// A sprint within its hackathon.
pub type Here = Within<Hackathon, Sprint>;

/// The most changes that are shown.
const SHOWN: i64 = 199;

#[derive(Template)]
#[template(path = "sprint/one.html")]
struct Page {
    frame: Frame,
    ways: Vec<Way>,
    place: String,
    obstacles: Vec<Obstacle>,
    number: i32,
    days: String,
    tag: Tag,
    goal: Option<Words>,
    summary: Option<Words>,
    closed: bool,
    may_change: bool,
    work: Option<Work>,
}

/// What teams do in it, as far as one sees it.
struct Work {
    teams: Vec<Line>,
    changes: Vec<Changed>,
    /// The form about a change of plan; none: one may change nobody's.
    plan: Option<Vec<Entry>>,
}

/// A team in the sprint.
struct Line {
    slug: String,
    place: String,
    name: Words,
    stand: Stand,
    said: Option<Said>,
    deed: Option<(String, Sentence)>,
}

/// What it reported.
struct Said {
    by: String,
    at: When,
    summary: Prose,
    blockers: Vec<(Words, Option<Linked>)>,
}

/// How what the sprint is to bring changed.
struct Changed {
    by: String,
    at: When,
    team: Option<Words>,
    what: Words,
    why: Option<Words>,
    hours: Option<String>,
}

/// `GET /h/{hackathon}/sprints/{sprint}`
pub async fn show(visit: Visit, may: May<See, Here>) -> Shown {
    drawn(visit, may, Again::default()).await
}

/// The page, with what stands in the way of what was typed.
pub async fn drawn(visit: Visit, may: May<See, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, visit, again)).await?;
    page(status, lang, &drawn)
}

/// Where the page of a sprint is.
pub fn place(here: &Hackathon, number: i32) -> String {
    format!("/h/{}/sprints/{number}", here.slug)
}

fn whole(tx: &mut Tx, right: &Right<See, Here>, visit: Visit, again: Again) -> Result<Page> {
    let Within { parent: here, item: sprint } = right.on();
    let (lang, watch) = (visit.lang, visit.watch(here));
    let place = place(here, sprint.number);
    Ok(Page {
        frame: Frame::within(tx, &visit.at(place.clone()), here, right.roles(), Some(Tab::Sprints))?,
        ways: ways(here, right.roles(), None),
        place,
        number: sprint.number,
        days: days_of(sprint, lang),
        tag: state(sprint, &watch),
        goal: sprint.goal.as_ref().map(|goal| Words::of(goal, lang)),
        summary: sprint.summary.as_ref().filter(|_| sprint.closed_at.is_some()).map(|text| Words::of(text, lang)),
        closed: sprint.closed_at.is_some(),
        may_change: allow::<Change>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok(),
        work: work(tx, right, &watch, &again)?,
        obstacles: again.obstacles,
    })
}

/// Where a sprint stands.
fn state(sprint: &Sprint, watch: &Watch) -> Tag {
    let today = watch.today();
    let (class, text) = match (sprint.closed_at, sprint.starts_on <= today, sprint.ends_on < today) {
        (Some(_), ..) => ("closed", Sentence::fixed("Closed", "마감")),
        (_, false, _) => ("open", Sentence::fixed("To come", "예정")),
        (_, _, true) => ("waiting", Sentence::fixed("Over, not closed", "끝났지만 마감 전")),
        _ => ("answered", Sentence::fixed("Under way", "진행 중")),
    };
    Tag { class, text }
}

fn work(tx: &mut Tx, right: &Right<See, Here>, watch: &Watch, again: &Again) -> Result<Option<Work>> {
    let Within { parent: here, item: sprint } = right.on();
    if allow::<SeeWork>(right.actor(), right.roles(), here.ended_at.is_some()).is_err() {
        return Ok(None);
    }
    let seen = team::seen_by(tx, here.id, right.user(), right.roles())?;
    let mut teams = team::store::all(tx, here.id)?;
    teams.retain(|team| seen.as_ref().is_none_or(|seen| seen.contains(&team.id)));
    let page = PageRequest { limit: SHOWN, after: None };
    let given = check_in::store::list(tx, sprint.id, seen.clone(), &page)?;
    let changes = scope::list(tx, sprint, seen, &page)?;
    let names = named(tx, here, &given, &changes)?;
    let links = Links::load(tx, here, right.user(), &given, watch.lang)?;
    let plan = fields(right, &teams, again, watch.lang);
    let board = board::load(tx, here, teams)?;
    let line = |team: &Team| {
        let cell = board.of(team.id).find(|cell| cell.sprint == sprint.id)?;
        let one = given.iter().find(|one| one.team == team.id);
        Some(Line {
            slug: team.slug.to_string(),
            place: format!("/h/{}/teams/{}", here.slug, team.slug),
            name: Words::of(&team.name, watch.lang),
            stand: stand(cell, sprint, team, watch.lang),
            said: one.map(|one| said(one, &names, &links, watch)),
            deed: deed(right, team, one, watch),
        })
    };
    let teams = board.teams.iter().filter_map(line).collect();
    let changes = changes.into_iter().map(|change| changed(change, &names, watch)).collect();
    Ok(Some(Work { teams, changes, plan }))
}

fn named(tx: &mut Tx, here: &Hackathon, given: &[CheckIn], changes: &[ScopeChange]) -> Result<Names> {
    let mut wanted = Wanted::default();
    given.iter().for_each(|one| wanted.member(one.by));
    changes.iter().for_each(|change| {
        wanted.member(change.by);
        change.team.into_iter().for_each(|team| wanted.team(team));
    });
    wanted.read(tx, here.id)
}

fn said(one: &CheckIn, names: &Names, links: &Links, watch: &Watch) -> Said {
    let blockers = one.facts.blockers.iter();
    Said {
        by: names.member(one.by).to_string(),
        at: watch.ago(one.updated_at),
        summary: Prose::of(one.facts.summary.as_str()),
        blockers: blockers
            .map(|blocker| (Words::typed(blocker.text.as_str(), watch.lang), links.of(blocker.question)))
            .collect(),
    }
}

/// What one may do about a team's check-in.
fn deed(right: &Right<See, Here>, team: &Team, given: Option<&CheckIn>, watch: &Watch) -> Option<(String, Sentence)> {
    let Within { parent: here, item: sprint } = right.on();
    let open = may_report(team, (right.actor(), right.roles()), here) && sprint.starts_on <= watch.today();
    let words = match (given, sprint.closed_at) {
        (None, _) => Sentence::fixed("Check in", "체크인하기"),
        (Some(_), None) => Sentence::fixed("Change the check-in", "체크인 고치기"),
        (Some(_), Some(_)) => return None,
    };
    open.then(|| (format!("/h/{}/teams/{}/check-in?sprint={}", here.slug, team.slug, sprint.number), words))
}

fn changed(change: ScopeChange, names: &Names, watch: &Watch) -> Changed {
    Changed {
        by: names.member(change.by).to_string(),
        at: watch.ago(change.at),
        team: change.team.and_then(|team| names.team(team)).map(|(_, name)| Words::of(name, watch.lang)),
        what: Words::of(&change.what, watch.lang),
        why: change.why.map(|why| Words::typed(why.as_str(), watch.lang)),
        hours: change.planned_minutes.map(|minutes| hours(minutes.into(), watch.lang)),
    }
}

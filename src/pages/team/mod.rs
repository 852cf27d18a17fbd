//! Teams, and a team: who is in it, how it stands, what it decided and asked.

pub mod edit;

use actix_web::http::StatusCode;
use askama::Template;

use super::decision::{Line as Decided, lines};
use super::frame::{Frame, Tab, Visit};
use super::question::view::Item;
use super::sprint::board::{Stand, may_report, stand};
use super::sprint::timeline::days_of;
use super::time::Watch;
use super::words::Words;
use super::{Shown, page};
use crate::access::policy::{Change, See, SeeSubmissions, SeeWork};
use crate::access::{May, Right, Within, allow};
use crate::base::{Error, Lang, PageRequest, Result};
use crate::board;
use crate::brief::{self, acknowledgement};
use crate::consortium::member::{MemberState, weekly_hours};
use crate::db::Tx;
use crate::decision;
use crate::hackathon::Hackathon;
use crate::question::store::list::{self, Filter};
use crate::question::{Standing, store};
use crate::team::{self, Team};

#[derive(Template)]
#[template(path = "team/list.html")]
struct All {
    frame: Frame,
    place: String,
    may_change: bool,
    teams: Vec<Line>,
}

/// A team in the list.
struct Line {
    place: String,
    name: Words,
    members: Vec<String>,
    mentors: Vec<String>,
    own: bool,
}

/// `GET /h/{hackathon}/teams`
pub async fn list(visit: Visit, may: May<See, Hackathon>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let line = |one: Team| Line {
            place: format!("/h/{}/teams/{}", here.slug, one.slug),
            name: Words::of(&one.name, lang),
            members: one.members.iter().map(|member| member.person.display_name.to_string()).collect(),
            mentors: one.mentors.iter().map(|mentor| mentor.person.display_name.to_string()).collect(),
            own: !one.relation(right.actor()).is_empty(),
        };
        let mut teams: Vec<Line> = team::store::all(tx, here.id)?.into_iter().map(line).collect();
        teams.sort_by_key(|line| !line.own);
        let may_change = allow::<Change>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok();
        let frame = Frame::within(tx, &visit, here, right.roles(), Some(Tab::Teams))?;
        Ok(All { frame, place: format!("/h/{}/teams", here.slug), may_change, teams })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

#[derive(Template)]
#[template(path = "team/team.html")]
struct One {
    frame: Frame,
    list: String,
    place: String,
    slug: String,
    name: Words,
    members: Vec<Mate>,
    mentors: Vec<String>,
    hours: Option<String>,
    /// The version of the brief that members are to have read; none where there is none, or it is not told.
    brief: Option<i32>,
    /// How it stands, sprint by sprint, with the days; none where it is not told.
    stands: Option<Vec<(String, Stand)>>,
    decisions: Vec<Decided>,
    questions: Vec<Item>,
    may_report: bool,
    may_change: bool,
    /// Whether what it handed in is shown to them.
    submission: bool,
}

/// Somebody in the team.
struct Mate {
    name: String,
    function: String,
    hours: String,
    /// Whether they have read the brief, where that is told.
    read: Option<bool>,
    /// Where it stands when they are away, for organizers.
    absences: Option<String>,
}

/// The most questions and decisions that are shown; their lists have them all.
const SHOWN: i64 = 10;

type Seen = Right<See, Within<Hackathon, Team>>;

/// `GET /h/{hackathon}/teams/{team}`
pub async fn show(visit: Visit, may: May<See, Within<Hackathon, Team>>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| whole(tx, right, &visit));
    page(StatusCode::OK, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Seen, visit: &Visit) -> Result<One> {
    let Within { parent: here, item: team } = right.on();
    let (lang, watch, ended) = (visit.lang, visit.watch(here), here.ended_at.is_some());
    let standing = Standing::load(tx, here.id, right.user())?.ok_or(Error::NotFound)?;
    let filter = Filter { team: Some(team.id), ..Filter::default() };
    let request = PageRequest { limit: SHOWN - 1, after: None };
    let questions = list::list(tx, here.id, &standing, &filter, &request)?;
    let names = store::names::of(tx, &questions)?;
    let seen = (here, right.actor(), &standing);
    let chosen = decision::store::Filter { team: Some(team.id), ..decision::store::Filter::default() };
    let chosen = decision::store::list(tx, here.id, &standing, &chosen, &request)?;
    let taking_part = team.members.iter().filter(|one| one.person.state == MemberState::Active);
    let minutes: i32 = taking_part.filter_map(|one| one.person.weekly_minutes).sum();
    let may_change = allow::<Change>(right.actor(), right.roles(), ended).is_ok();
    let (brief, members) = members(tx, right, may_change, lang)?;
    Ok(One {
        frame: Frame::within(tx, visit, here, standing.facts.roles, Some(Tab::Teams))?,
        list: format!("/h/{}", here.slug),
        place: format!("/h/{}/teams/{}", here.slug, team.slug),
        slug: team.slug.to_string(),
        name: Words::of(&team.name, lang),
        members,
        mentors: team.mentors.iter().map(|one| one.person.display_name.to_string()).collect(),
        hours: (minutes > 0).then(|| hours(minutes, lang)),
        brief,
        stands: stands(tx, right, &watch)?,
        decisions: lines(tx, here, &standing, &chosen, &watch)?,
        questions: questions.iter().map(|one| Item::of(one, &names, seen, &watch)).collect(),
        may_report: may_report(team, (right.actor(), right.roles()), here),
        may_change,
        submission: allow::<SeeSubmissions>(right.actor(), right.roles(), ended).is_ok(),
    })
}

/// Who is in it, with what they do, the hours they offer, and whether they have read the brief where one may know that.
fn members(tx: &mut Tx, right: &Seen, organizes: bool, lang: Lang) -> Result<(Option<i32>, Vec<Mate>)> {
    let Within { parent: here, item: team } = right.on();
    let visible = acknowledgement::visible(tx, here.id, right.user(), right.roles())?;
    let latest = brief::store::latest(tx, here.id)?;
    let readers = latest.as_ref().map(|latest| brief::store::readers_of(tx, latest.id)).transpose()?;
    let mate = |one: &team::TeamMember| {
        let told = visible.as_ref().is_none_or(|visible| visible.contains(&one.member));
        Mate {
            name: one.person.display_name.to_string(),
            function: one.function.to_string(),
            hours: one.person.weekly_minutes.map(|minutes| hours(minutes, lang)).unwrap_or_default(),
            read: readers.as_ref().filter(|_| told).map(|readers| readers.contains(&one.member)),
            absences: organizes.then(|| format!("/h/{}/people/{}/absences", here.slug, one.member)),
        }
    };
    let mates: Vec<Mate> = team.members.iter().map(mate).collect();
    let told = mates.iter().any(|mate| mate.read.is_some());
    Ok((latest.filter(|_| told).map(|latest| latest.number), mates))
}

/// How it stands in each sprint, where one may know that.
fn stands(tx: &mut Tx, right: &Seen, watch: &Watch) -> Result<Option<Vec<(String, Stand)>>> {
    let Within { parent: here, item: team } = right.on();
    if allow::<SeeWork>(right.actor(), right.roles(), here.ended_at.is_some()).is_err() {
        return Ok(None);
    }
    let seen = team::seen_by(tx, here.id, right.user(), right.roles())?;
    if seen.is_some_and(|seen| !seen.contains(&team.id)) {
        return Ok(None);
    }
    let board = board::load(tx, here, vec![team.clone()])?;
    let all = board.of(team.id).zip(&board.sprints);
    Ok(Some(all.map(|(cell, sprint)| (days_of(sprint, watch.lang), stand(cell, sprint, team, watch.lang))).collect()))
}

fn hours(minutes: i32, lang: Lang) -> String {
    let hours = weekly_hours(minutes);
    match lang {
        Lang::En if minutes == 60 => "1 hour a week".to_owned(),
        Lang::En => format!("{hours} hours a week"),
        Lang::Ko => format!("주 {hours}시간"),
    }
}

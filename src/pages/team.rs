//! Teams, and a team.

use actix_web::http::StatusCode;
use askama::Template;

use super::frame::{Frame, Tab, Visit};
use super::question::view::Item;
use super::words::Words;
use super::{Shown, page};
use crate::access::policy::See;
use crate::access::{May, Within};
use crate::base::{Error, Lang, PageRequest};
use crate::consortium::member::{MemberState, weekly_hours};
use crate::hackathon::Hackathon;
use crate::question::store::list::{self, Filter};
use crate::question::{Standing, store};
use crate::team::{self, Team};

#[derive(Template)]
#[template(path = "team/list.html")]
struct All {
    frame: Frame,
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
        Ok(All { frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Teams))?, teams })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

#[derive(Template)]
#[template(path = "team/team.html")]
struct One {
    frame: Frame,
    list: String,
    name: Words,
    members: Vec<(String, String, String)>,
    mentors: Vec<String>,
    hours: Option<String>,
    questions: Vec<Item>,
}

/// The most questions that are shown; the list has them all.
const SHOWN: i64 = 10;

/// `GET /h/{hackathon}/teams/{team}`
pub async fn show(visit: Visit, may: May<See, Within<Hackathon, Team>>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item: team } = right.on();
        let standing = Standing::load(tx, here.id, right.user())?.ok_or(Error::NotFound)?;
        let filter = Filter { team: Some(team.id), ..Filter::default() };
        let request = PageRequest { limit: SHOWN - 1, after: None };
        let questions = list::list(tx, here.id, &standing, &filter, &request)?;
        let names = store::names::of(tx, &questions)?;
        let seen = (here, right.actor(), &standing);
        let watch = visit.watch(here);
        let taking_part = team.members.iter().filter(|one| one.person.state == MemberState::Active);
        let minutes: i32 = taking_part.filter_map(|one| one.person.weekly_minutes).sum();
        Ok(One {
            frame: Frame::within(tx, &visit, here, standing.facts.roles, Some(Tab::Teams))?,
            list: format!("/h/{}/teams", here.slug),
            name: Words::of(&team.name, lang),
            members: team.members.iter().map(|one| member(one, lang)).collect(),
            mentors: team.mentors.iter().map(|one| one.person.display_name.to_string()).collect(),
            hours: (minutes > 0).then(|| hours(minutes, lang)),
            questions: questions.iter().map(|one| Item::of(one, &names, seen, &watch)).collect(),
        })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// Name, what they do, and the hours they offer.
fn member(one: &team::TeamMember, lang: Lang) -> (String, String, String) {
    let offered = one.person.weekly_minutes.map(|minutes| hours(minutes, lang)).unwrap_or_default();
    (one.person.display_name.to_string(), one.function.to_string(), offered)
}

fn hours(minutes: i32, lang: Lang) -> String {
    let hours = weekly_hours(minutes);
    match lang {
        Lang::En if minutes == 60 => "1 hour a week".to_owned(),
        Lang::En => format!("{hours} hours a week"),
        Lang::Ko => format!("주 {hours}시간"),
    }
}

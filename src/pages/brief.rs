//! The brief: what the sponsor wants, what changed since one read it, and that one has read it.

mod change;
mod reading;
pub mod write;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::form::{Form, filled};
use super::frame::{Frame, Tab, Visit};
use super::question::then::{Obstacle, obstacles};
use super::words::Words;
use super::{Shown, page, see_other};
use crate::access::policy::{Acknowledge, Change, See};
use crate::access::{May, Right, allow};
use crate::base::{Localized, Result, Sentence};
use crate::brief::acknowledgement::{self, Reading};
use crate::brief::{self, Ambition, Brief, Wish};
use crate::consortium::store::member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::team;
use change::{Changed, changed};
use reading::{Unread, Version, unread, versions};

#[derive(Template)]
#[template(path = "brief/brief.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    written: Option<Written>,
    may_acknowledge: bool,
    may_write: bool,
    teams: Vec<(String, Words)>,
    unread: Option<Vec<Unread>>,
    versions: Vec<Version>,
}

/// A version of the brief.
struct Written {
    number: i32,
    at: String,
    ambition: (Sentence, Sentence),
    parts: Vec<(Sentence, Words, bool)>,
    criteria: Vec<(Words, i64)>,
    criteria_changed: bool,
    /// The version that was read last.
    read: Option<i32>,
    /// What changed since this version, line by line.
    since: Option<(i32, Vec<Changed>)>,
}

impl Written {
    /// Whether this very version was read.
    fn is_read(&self) -> bool {
        self.read == Some(self.number)
    }
}

/// Since which version one wants to know what changed; left out: since the one that was read last.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    since: String,
}

/// `GET /h/{hackathon}/brief?since=`
pub async fn show(visit: Visit, may: May<See, Hackathon>, web::Query(wanted): web::Query<Wanted>) -> Shown {
    drawn(visit, may, StatusCode::OK, Vec::new(), wanted.since.parse().ok()).await
}

async fn drawn(
    visit: Visit,
    may: May<See, Hackathon>,
    status: StatusCode,
    obstacles: Vec<Obstacle>,
    since: Option<i32>,
) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let (here, ended) = (right.on(), right.on().ended_at.is_some());
        let visit = visit.at(format!("/h/{}/brief", here.slug));
        let latest = brief::store::latest(tx, here.id)?;
        Ok(Page {
            frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Brief))?,
            place: format!("/h/{}", here.slug),
            may_acknowledge: allow::<Acknowledge>(right.actor(), right.roles(), ended).is_ok(),
            may_write: allow::<Change>(right.actor(), right.roles(), ended).is_ok(),
            teams: teams(tx, right, &visit)?,
            unread: latest.as_ref().map(|latest| unread(tx, right, latest, &visit)).transpose()?.flatten(),
            versions: versions(tx, here, &visit)?,
            written: latest.map(|latest| written(tx, right, &latest, since, &visit)).transpose()?,
            obstacles,
        })
    });
    page(status, lang, &drawn.await?)
}

fn written(
    tx: &mut Tx,
    right: &Right<See, Hackathon>,
    latest: &Brief,
    since: Option<i32>,
    visit: &Visit,
) -> Result<Written> {
    let (here, lang) = (right.on(), visit.lang);
    let read = acknowledgement::last_read(tx, here.id, right.user())?;
    let before = since.or(read).filter(|number| *number != latest.number);
    let before = before.map(|number| brief::store::version(tx, here.id, number)).transpose()?.flatten();
    let wish = latest.wish();
    let differs = before.as_ref().map(|before| wish.changed(&before.wish())).unwrap_or_default();
    let part = |field: &str, title: Sentence, text: &Option<Localized>| {
        text.as_ref().map(|text| (title, Words::of(text, lang), differs.contains(&field)))
    };
    let Wish { ambition, summary, background, scalability, criteria } = &wish;
    let parts = [
        part("summary", Sentence::fixed("What it is about", "무엇에 관한 것인가"), summary),
        part("background", Sentence::fixed("Background", "배경"), background),
        part("scalability", Sentence::fixed("How large to think", "확장성"), scalability),
    ];
    Ok(Written {
        number: latest.number,
        at: visit.watch(here).exact(latest.created_at),
        ambition: meaning(*ambition),
        parts: parts.into_iter().flatten().collect(),
        criteria: criteria.iter().map(|one| (Words::of(&one.name, lang), one.weight)).collect(),
        criteria_changed: differs.contains(&"criteria"),
        since: before.map(|before| (before.number, changed(&before.wish(), &wish, lang))),
        read,
    })
}

/// How far the result is meant to go, and what that means for a team.
pub fn meaning(of: Ambition) -> (Sentence, Sentence) {
    match of {
        Ambition::Exploration => (
            Sentence::fixed("Exploration", "탐색"),
            Sentence::fixed(
                "Find out what there is. A good insight counts more than working software.",
                "무엇이 있는지 알아봅니다. 동작하는 소프트웨어보다 좋은 통찰이 중요합니다.",
            ),
        ),
        Ambition::Poc => (
            Sentence::fixed("Proof of concept", "개념 증명"),
            Sentence::fixed(
                "Show that it can work. It need not be ready for users.",
                "될 수 있음을 보여 줍니다. 사용자가 쓸 수 있을 정도일 필요는 없습니다.",
            ),
        ),
        Ambition::Pilot => (
            Sentence::fixed("Pilot", "시범 운영"),
            Sentence::fixed("Try it with real users, on a small scale.", "실제 사용자와 작은 규모로 시험합니다."),
        ),
        Ambition::Production => (
            Sentence::fixed("Production", "실제 운영"),
            Sentence::fixed(
                "The sponsor looks for what it will really build and run. Think of operation, scale and cost.",
                "주최 측은 실제로 만들고 운영할 것을 찾습니다. 운영, 규모, 비용까지 생각하세요.",
            ),
        ),
    }
}

/// Somebody in several teams says for which one they have read it.
fn teams(tx: &mut Tx, right: &Right<See, Hackathon>, visit: &Visit) -> Result<Vec<(String, Words)>> {
    let here = right.on();
    let Some(member) = member::by_user(tx, here.id, right.user())? else { return Ok(Vec::new()) };
    let own = team::store::roster::teams_of(tx, member.id)?.own;
    let all = team::store::all(tx, here.id)?.into_iter().filter(|one| own.contains(&one.id));
    Ok(all.map(|one| (one.slug.to_string(), Words::of(&one.name, visit.lang))).collect())
}

/// Which version was read, and for which team.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Read {
    number: String,
    team: String,
}

/// `POST /h/{hackathon}/brief/read`
pub async fn acknowledge(
    visit: Visit,
    may: May<Acknowledge, Hackathon>,
    see: May<See, Hackathon>,
    Form(said): Form<Read>,
) -> Shown {
    let place = format!("/h/{}/brief", may.path().text("hackathon")?);
    let reading = Reading { number: said.number.parse().ok(), team: filled(&said.team).map(str::to_owned) };
    match may.write(move |tx, right| acknowledgement::acknowledge(tx, right.on().id, right.user(), &reading)).await {
        Ok(_) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            drawn(visit, see, status, obstacles, None).await
        }
    }
}

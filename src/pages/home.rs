//! The front page, and what there is to do before a hackathon begins.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::frame::{Frame, Tab, Visit};
use super::words::{self, Words};
use super::{Shown, page, see_other};
use crate::access::policy::{SeeDraft, SeeOwn};
use crate::access::{May, not_signed_in};
use crate::base::{Result, Sentence, say};
use crate::consortium::membership::Me;
use crate::consortium::store::member;
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};
use crate::matrix::{Draft, Level, rules, store::version};
use crate::{brief, sprint, team};

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home {
    frame: Frame,
    events: Vec<Event>,
}

/// A hackathon that the reader takes part in.
struct Event {
    place: String,
    name: Words,
    roles: String,
}

/// `GET /`: the one hackathon that somebody takes part in, or a choice of several.
pub async fn show(req: HttpRequest, visit: Visit, may: Option<May<SeeOwn, Me>>) -> Shown {
    let Some(may) = may else {
        // Nobody is refused at the front door: they are shown in.
        let wants_page =
            req.headers().get("accept").is_some_and(|accept| accept.to_str().is_ok_and(|a| a.contains("html")));
        return if wants_page { Ok(see_other("/sign-in")) } else { Err(not_signed_in()) };
    };
    let lang = visit.lang;
    let home = may.read(move |tx, right| {
        let memberships = right.on().memberships.iter().map(|one| Event {
            place: format!("/h/{}", one.hackathon.slug),
            name: Words::of(&one.hackathon.name, visit.lang),
            roles: words::roles(&one.roles, visit.lang),
        });
        Ok(Home { events: memberships.collect(), frame: Frame::own(tx, &visit)? })
    });
    let home = home.await?;
    match (home.events.as_slice(), home.frame.reader.as_ref().is_some_and(|reader| reader.admin)) {
        ([only], false) => Ok(see_other(&only.place)),
        _ => page(StatusCode::OK, lang, &home),
    }
}

#[derive(Template)]
#[template(path = "home/tasks.html")]
struct Tasks {
    frame: Frame,
    tasks: Vec<Task>,
    done: usize,
}

/// Something that a hackathon needs before people ask.
struct Task {
    place: String,
    name: Sentence,
    state: Sentence,
    done: bool,
}

/// `GET /h/{hackathon}/start`: what organizers do before people ask.
pub async fn tasks(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    let lang = visit.lang;
    let tasks = may.read(move |tx, right| {
        let here = right.on();
        let frame = Frame::within(tx, &visit, here, right.roles(), Some(Tab::Start))?;
        let tasks = list(tx, here)?;
        let done = tasks.iter().filter(|task| task.done).count();
        Ok(Tasks { frame, tasks, done })
    });
    page(StatusCode::OK, lang, &tasks.await?)
}

fn list(tx: &mut Tx, here: &Hackathon) -> Result<Vec<Task>> {
    let task = |path: &str, name: Sentence, done: bool, state: Sentence| Task {
        place: format!("/h/{}{path}", here.slug),
        name,
        state,
        done,
    };
    let draft = Draft::load(tx, here)?;
    let errors = rules::findings(&draft).count(Level::Error);
    let (topics, organizations) = (draft.topics.len(), draft.consortium.organizations.len());
    let published = version::latest(tx, here.id)?;
    let fresh = published.as_ref().is_some_and(|(_, table)| *table == draft.table());
    let members = member::all(tx, here.id)?;
    let answering = members.iter().filter(|one| one.is(Role::Responder) || one.is(Role::Mentor)).count();
    let (people, teams, sprints) =
        (members.len(), team::store::all(tx, here.id)?.len(), sprint::store::all(tx, here.id)?.len());
    let brief = brief::store::latest(tx, here.id)?.map(|brief| brief.number);
    let version = published.as_ref().map(|(version, _)| version.version);
    Ok(vec![
        task(
            "/brief",
            say!("Write the brief", "브리프 작성"),
            brief.is_some(),
            match brief {
                Some(number) => say!("Version {number}", "버전 {number}"),
                None => say!("Not yet", "아직 없음"),
            },
        ),
        task(
            "/matrix/draft",
            say!("Name the organizations", "참여 기관 등록"),
            organizations > 0,
            say!("{organizations} organizations", "기관 {organizations}곳"),
        ),
        task(
            "/matrix/draft",
            say!("Name topics and who is responsible", "주제와 담당 정하기"),
            topics > 0 && errors == 0,
            match errors {
                0 => say!("{topics} topics, nothing missing", "주제 {topics}개, 빠진 것 없음"),
                _ => say!("{topics} topics, {errors} errors", "주제 {topics}개, 오류 {errors}건"),
            },
        ),
        task(
            "/people",
            say!("Bring people in", "사람 초대"),
            answering > 0,
            say!(
                "{people} people, {answering} of them answer questions",
                "{people}명, 그중 답변하는 사람 {answering}명"
            ),
        ),
        task("/teams", say!("Put teams together", "팀 구성"), teams > 0, say!("{teams} teams", "팀 {teams}개")),
        task(
            "/sprints",
            say!("Plan the sprints", "스프린트 계획"),
            sprints > 0,
            say!("{sprints} sprints", "스프린트 {sprints}개"),
        ),
        task(
            "/matrix/draft",
            say!("Publish the responsibilities", "담당표 공개"),
            fresh,
            match version {
                Some(number) if fresh => say!("Version {number} is in force", "버전 {number} 적용 중"),
                Some(number) => say!(
                    "Version {number} is in force; the draft has changed since",
                    "버전 {number} 적용 중, 초안이 그 뒤로 바뀜"
                ),
                None => say!("Not yet", "아직 없음"),
            },
        ),
        task(
            "",
            say!("Try a question", "질문 해 보기"),
            false,
            say!("See what participants will see", "참가자가 볼 화면 확인"),
        ),
    ])
}

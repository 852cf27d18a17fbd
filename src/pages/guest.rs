//! `/guest/{token}`: one question, for somebody without an account. Nothing on it leads into the hackathon.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use super::field::Note;
use super::form::{Form, text};
use super::frame::{Frame, Visit};
use super::prose::Prose;
use super::question::then::{Obstacle, obstacles};
use super::question::view::{Said, named};
use super::time::When;
use super::words::{self, Tag, Words};
use super::{Shown, page, see_other};
use crate::access::Anyone;
use crate::base::{Error, Id, Key, Result, Sentence, Text};
use crate::db::Tx;
use crate::directory::{Directories, Directory};
use crate::question::guest::{self, Door, Visiting};
use crate::question::{Author, Post, Question, State};

#[derive(Template)]
#[template(path = "guest/guest.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    typed: String,
    event: Words,
    title: Words,
    body: Option<Prose>,
    tag: Tag,
    asker: String,
    asked: When,
    me: String,
    inviter: String,
    until: String,
    posts: Vec<Said>,
    /// Whether anything can be said, and whether that may be an answer.
    talks: bool,
    answers: bool,
}

/// The page once more, after something was refused.
struct Again {
    status: StatusCode,
    obstacles: Vec<Obstacle>,
    typed: String,
}

/// `GET /guest/{token}`
pub async fn show(anyone: Anyone, token: Path<String>, visit: Visit) -> Shown {
    let fresh = Again { status: StatusCode::OK, obstacles: Vec::new(), typed: String::new() };
    page_of(&anyone, token.into_inner(), visit, fresh).await
}

async fn page_of(anyone: &Anyone, token: String, visit: Visit, again: Again) -> Shown {
    let (status, at) = (again.status, visit.clone());
    let found = anyone.follow(move |tx| {
        let door = Door::open(tx, &token)?;
        drawn(tx, &door, format!("/guest/{token}"), &at, again)
    });
    match found.await {
        Ok(drawn) => page(status, visit.lang, &drawn),
        Err(Error::NotFound) => gone(&visit),
        Err(other) => Err(other),
    }
}

fn drawn(tx: &mut Tx, door: &Door, place: String, visit: &Visit, again: Again) -> Result<Page> {
    let Door { here, question, guest } = door;
    let (lang, watch) = (visit.lang, visit.watch(here));
    let (posts, names) = door.read(tx)?;
    let talks = here.ended_at.is_none();
    Ok(Page {
        frame: Frame::bare(&visit.clone().at(place.clone())),
        place,
        obstacles: again.obstacles,
        typed: again.typed,
        event: Words::of(&here.name, lang),
        title: Words::typed(question.title.as_str(), lang),
        body: question.body.as_ref().map(|body| Prose::of(body.as_str())),
        tag: words::state(question.life.state),
        asker: names.member(question.asker).to_string(),
        asked: watch.ago(question.created_at),
        me: named(names.author(Author::Guest(guest.id)), lang),
        inviter: names.member(guest.invited_by).to_string(),
        until: watch.exact(guest.expires_at),
        posts: posts.iter().map(|post| Said::of(post, question, &names, &watch)).collect(),
        talks,
        answers: talks && !matches!(question.life.state, State::Closed { .. }),
    })
}

/// What is said.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Saying {
    body: String,
}

type Say = fn(&mut Tx, &Visiting, &Directory, &Text) -> Result<(Question, Id<Post>)>;

/// `POST /guest/{token}/answer`
pub async fn answer(
    anyone: Anyone,
    token: Path<String>,
    visit: Visit,
    known: Data<Directories>,
    Form(said): Form<Saying>,
) -> Shown {
    spoken(&anyone, token.into_inner(), visit, (&known, guest::answer), said).await
}

/// `POST /guest/{token}/comment`
pub async fn comment(
    anyone: Anyone,
    token: Path<String>,
    visit: Visit,
    known: Data<Directories>,
    Form(said): Form<Saying>,
) -> Shown {
    spoken(&anyone, token.into_inner(), visit, (&known, guest::comment), said).await
}

async fn spoken(anyone: &Anyone, token: String, visit: Visit, how: (&Directories, Say), said: Saying) -> Shown {
    match say(anyone, token.clone(), how, &said).await {
        Ok(()) => Ok(see_other(&format!("/guest/{token}"))),
        Err(Error::NotFound) => gone(&visit),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            page_of(anyone, token, visit, Again { status, obstacles, typed: said.body }).await
        }
    }
}

async fn say(anyone: &Anyone, token: String, (known, say): (&Directories, Say), said: &Saying) -> Result<()> {
    let shown = token.clone();
    let here = anyone.follow(move |tx| Ok(Door::open(tx, &shown)?.here.id)).await?;
    let body = text(&said.body, "/body")?;
    let kept = known.get(&Key::Id(here.uuid())).await?;
    let done = anyone.write(move |tx| {
        let visiting = Visiting::open(tx, &token)?;
        let directory = Directory::current(tx, &visiting.door().here, &kept)?;
        say(tx, &visiting, &directory, &body).map(drop)
    });
    done.await
}

fn gone(visit: &Visit) -> Shown {
    let note = Note {
        frame: Frame::bare(visit),
        title: Sentence::fixed("This link leads nowhere", "쓸 수 없는 링크입니다"),
        paragraphs: vec![
            Sentence::fixed(
                "Its time is over, it was taken back, or it was not copied in full.",
                "기한이 지났거나, 거두어졌거나, 끝까지 복사되지 않은 링크입니다.",
            ),
            Sentence::fixed(
                "If you still want to answer, ask whoever sent it to you for a new one.",
                "아직 답하고 싶다면 링크를 보낸 사람에게 새 링크를 요청하세요.",
            ),
        ],
        command: None,
        next: None,
    };
    page(StatusCode::NOT_FOUND, visit.lang, &note)
}

//! Filing a question: with one press from the answer to "Who do I ask?", or with details from a form.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::then::{Obstacle, obstacles};
use super::view::place;
use crate::access::May;
use crate::access::policy::Ask;
use crate::base::text::NAME_MOST;
use crate::base::{Error, Name, Result, Text};
use crate::consortium::store::member;
use crate::db::Tx;
use crate::directory::{Directories, Directory, Seen};
use crate::hackathon::{Hackathon, Role};
use crate::pages::form::{Form, filled};
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::question::{self, Draft, Visibility};
use crate::team;

/// A question as it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuestion {
    title: String,
    body: String,
    topic: String,
    team: String,
    visibility: String,
}

type Choice = Vec<(String, Words, bool)>;

#[derive(Template)]
#[template(path = "question/ask.html")]
struct Page {
    frame: Frame,
    place: String,
    said: NewQuestion,
    obstacles: Vec<Obstacle>,
    topics: Choice,
    teams: Choice,
}

impl Page {
    fn fault(&self, field: &str) -> Option<&str> {
        self.obstacles.iter().find(|one| one.field == field).map(|one| one.words.as_str())
    }
}

/// `GET /h/{hackathon}/ask?title=&topic=`
pub async fn show(
    visit: Visit,
    may: May<Ask, Hackathon>,
    directories: web::Data<Directories>,
    web::Query(said): web::Query<NewQuestion>,
) -> Shown {
    let seen = directories.look(&may).await?;
    drawn(visit, may, seen, split(said), StatusCode::OK, Vec::new()).await
}

/// What is too long for a title stands in the details as well, so that nothing of it is lost.
fn split(said: NewQuestion) -> NewQuestion {
    if said.title.chars().count() <= NAME_MOST {
        return said;
    }
    let title = said.title.chars().take(NAME_MOST).collect();
    let body = if said.body.is_empty() { said.title } else { said.body };
    NewQuestion { title, body, ..said }
}

async fn drawn(
    visit: Visit,
    may: May<Ask, Hackathon>,
    seen: Seen,
    said: NewQuestion,
    status: StatusCode,
    obstacles: Vec<Obstacle>,
) -> Shown {
    let lang = visit.lang;
    let visit = visit.at(format!("/h/{}/ask", seen.directory.source.slug));
    let drawn = may.look(move |tx, right| {
        let here = right.on();
        let all = seen.directory.source.topics.iter();
        let topics = all.map(|one| (one.slug.to_string(), Words::of(&one.name, lang), one.slug.as_str() == said.topic));
        Ok(Page {
            frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Who))?,
            place: format!("/h/{}", here.slug),
            topics: topics.collect(),
            teams: teams(tx, here, right.user(), &said, &visit)?,
            said,
            obstacles,
        })
    });
    page(status, lang, &drawn.await?)
}

/// The teams that somebody may ask for.
fn teams(
    tx: &mut Tx,
    here: &Hackathon,
    user: crate::access::UserId,
    said: &NewQuestion,
    visit: &Visit,
) -> Result<Choice> {
    let member = member::by_user(tx, here.id, user)?.ok_or(Error::NotFound)?;
    let theirs = team::store::roster::teams_of(tx, member.id)?;
    let open = |one: &team::Team| {
        member.is(Role::Organizer) || theirs.own.contains(&one.id) || theirs.mentored.contains(&one.id)
    };
    let all = team::store::all(tx, here.id)?.into_iter().filter(open);
    Ok(all
        .map(|one| (one.slug.to_string(), Words::of(&one.name, visit.lang), one.slug.as_str() == said.team))
        .collect())
}

/// `POST /h/{hackathon}/ask`
pub async fn file(
    visit: Visit,
    may: May<Ask, Hackathon>,
    again: May<Ask, Hackathon>,
    directories: web::Data<Directories>,
    Form(said): Form<NewQuestion>,
) -> Shown {
    let seen = directories.look(&may).await?;
    let kept = seen.directory.clone();
    let done = match draft(&said, &kept) {
        Ok(draft) => {
            may.write(move |tx, right| {
                let directory = Directory::current(tx, right.on(), &kept)?;
                Ok(place(right.on(), question::ask(tx, right, &directory, draft)?.number))
            })
            .await
        }
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            drawn(visit, again, seen, said, status, obstacles).await
        }
    }
}

/// All that is wrong is told at once.
fn draft(said: &NewQuestion, directory: &Directory) -> Result<Draft> {
    let title = Name::parse(&said.title).map_err(|unfit| unfit.fault("/title"));
    let body = filled(&said.body).map(Text::parse).transpose().map_err(|unfit| unfit.fault("/body"));
    match (title, body) {
        (Ok(title), Ok(body)) => {
            let topic = filled(&said.topic).map(str::to_owned);
            let words = body.as_ref().map(Text::as_str);
            let read = if topic.is_none() { question::read_topic(directory, title.as_str(), words) } else { None };
            let visibility = Visibility::from_word(&said.visibility).unwrap_or(Visibility::Hackathon);
            Ok(Draft { title, body, topic, read, team: filled(&said.team).map(str::to_owned), visibility })
        }
        (title, body) => Err(Error::Invalid(title.err().into_iter().chain(body.err()).collect())),
    }
}

//! Who to ask: the main job, answered from memory.

use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::{Answered, Query};
use crate::access::policy::See;
use crate::access::{Answer, Caller, May};
use crate::base::{Error, Instant, Key, Lang, Result, say};
use crate::directory::{Directories, Question, Seen, Subject, calendar};
use crate::hackathon::Hackathon;
use crate::question::Memories;

/// What is asked.
#[derive(Deserialize)]
pub struct Asked {
    q: Option<String>,
    topic: Option<String>,
    team: Option<String>,
    at: Option<String>,
    lang: Option<String>,
}

/// The most characters of a question that are read.
const WORDS_MOST: usize = 2_000;

/// `GET /v1/hackathons/{hackathon}/who-to-ask?q=` or `?topic=`
pub async fn who_to_ask(
    may: May<See, Hackathon>,
    directories: web::Data<Directories>,
    memories: web::Data<Memories>,
    caller: web::ReqData<Caller>,
    now: Now,
    Query(asked): Query<Asked>,
) -> Answered {
    let seen = directories.look(&may).await?;
    let subject = subject(&asked)?;
    answer(&seen, &memories, subject, asked, &caller, now).await
}

/// `GET /v1/hackathons/{hackathon}/topics/{topic}/who`
pub async fn of_topic(
    may: May<See, Hackathon>,
    directories: web::Data<Directories>,
    memories: web::Data<Memories>,
    caller: web::ReqData<Caller>,
    now: Now,
    Query(asked): Query<Asked>,
) -> Answered {
    let seen = directories.look(&may).await?;
    let topic = may.path().key("topic")?;
    answer(&seen, &memories, Subject::Topic(topic), asked, &caller, now).await
}

/// `GET /v1/hackathons/{hackathon}/who-to-ask.ics?topic=`: duty hours as a calendar.
pub async fn calendar(
    may: May<See, Hackathon>,
    directories: web::Data<Directories>,
    caller: web::ReqData<Caller>,
    now: Now,
    Query(asked): Query<Asked>,
) -> Answered {
    let seen = directories.look(&may).await?;
    let topic = asked.topic.as_deref().map(|key| Key::parse(key).ok_or(Error::NotFound)).transpose()?;
    let lang = lang(&asked, &caller)?;
    let text = calendar::duty_hours(&seen.directory, topic.as_ref(), now.0, lang)?;
    let answer = Answer { status: 200, headers: Vec::new(), body: text.into_bytes() };
    Ok(answer.header("Content-Type", "text/calendar; charset=utf-8"))
}

/// The directory says whom to ask; what is remembered of questions says what has been asked before.
async fn answer(
    seen: &Seen,
    memories: &Memories,
    subject: Subject,
    asked: Asked,
    caller: &Caller,
    now: Now,
) -> Answered {
    let lang = lang(&asked, caller)?;
    let team = asked.team.as_deref().map(|key| Key::parse(key).ok_or(Error::NotFound)).transpose()?;
    let at = asked.at.as_deref().map_or(Ok(now.0), instant)?;
    let question = Question { subject, team, asker: Some(seen.actor.user), at, lang };
    let memory = memories.of(seen.directory.source.hackathon).await;
    let mut answer = seen.directory.ask_written(&question, &memory.usual())?;
    answer.similar = memory.similar(&seen.directory, &question);
    Answer::ok(&answer)
}

fn subject(asked: &Asked) -> Result<Subject> {
    match (&asked.topic, &asked.q) {
        (Some(topic), _) => Ok(Subject::Topic(Key::parse(topic).ok_or(Error::NotFound)?)),
        (None, Some(words)) if words.chars().count() > WORDS_MOST => Err(Error::invalid(
            "/q",
            "words.many",
            say!("Write the question in at most {WORDS_MOST} characters.", "질문을 {WORDS_MOST}자 이내로 적으세요."),
        )),
        (None, words) => Ok(Subject::Words(words.clone().unwrap_or_default())),
    }
}

fn instant(text: &str) -> Result<Instant> {
    // In a query a plus sign reads as a space unless it is escaped; an offset is meant.
    Instant::parse(&text.replace(' ', "+")).ok_or_else(|| {
        Error::invalid(
            "/at",
            "time.shape",
            say!("Write a time such as 2024-11-05T14:30:00Z.", "2024-11-05T14:30:00Z와 같은 시각을 적으세요."),
        )
    })
}

fn lang(asked: &Asked, caller: &Caller) -> Result<Lang> {
    let Some(tag) = &asked.lang else { return Ok(caller.lang) };
    Lang::from_tag(tag)
        .ok_or_else(|| Error::invalid("/lang", "lang.unknown", say!("Write en or ko.", "en 또는 ko를 적으세요.")))
}

/// The time by the server's clock.
#[derive(Clone, Copy)]
pub struct Now(pub Instant);

impl actix_web::FromRequest for Now {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        let gate = req.app_data::<crate::access::Gate>();
        std::future::ready(gate.map(|gate| Now(gate.now())).ok_or_else(|| Error::internal("the app has no gate")))
    }
}

//! What follows when something was done to a question: the question again, or what stood in the way, with all that was
//! typed kept.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, dev, web};

use super::guest::Linked;
use super::{kept, one};
use crate::access::policy::SeeQuestions;
use crate::access::{Item, May, Right, Verb, Within};
use crate::base::{Error, Lang, Result};
use crate::db::Tx;
use crate::directory::{Directories, Directory};
use crate::hackathon::Hackathon;
use crate::pages::frame::Visit;
use crate::pages::{Shown, see_other};
use crate::question::Question;

/// The way back to a question.
pub struct Then {
    visit: Visit,
    see: May<SeeQuestions, Within<Hackathon, Question>>,
    directories: web::Data<Directories>,
    place: String,
}

impl FromRequest for Then {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        ready(then(req, payload))
    }
}

fn then(req: &HttpRequest, payload: &mut dev::Payload) -> Result<Then> {
    let visit = Visit::from_request(req, payload).into_inner()?;
    let see = May::from_request(req, payload).into_inner()?;
    let directories = req.app_data::<web::Data<Directories>>().cloned();
    let directories = directories.ok_or_else(|| Error::internal("the app has no directories"))?;
    let named = req.match_info();
    let (hackathon, question) = (named.query("hackathon"), named.query("question"));
    let place = format!("/h/{hackathon}/questions/{question}");
    Ok(Then { visit: visit.at(place.clone()), see, directories, place })
}

/// Something that stands in the way, and the field that it is about.
#[derive(Clone, Debug)]
pub struct Obstacle {
    /// The id of the field; empty where it is about none.
    pub field: String,
    /// The words.
    pub words: String,
}

/// What was typed, by the ids of its fields.
pub type Typed = Vec<(&'static str, String)>;

impl Then {
    /// Does something in one's turn, by the directory as it stands then.
    pub async fn turn<V: Verb, I: Item<Hackathon>, T: Send + 'static>(
        &self,
        may: May<V, Within<Hackathon, I>>,
        deed: impl FnOnce(&mut Tx, &Right<V, Within<Hackathon, I>>, &Directory) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let kept = self.known().await?;
        may.write(move |tx, right| {
            let directory = Directory::current(tx, &right.on().parent, &kept)?;
            deed(tx, right, &directory)
        })
        .await
    }

    /// The directory as it was last read.
    pub async fn known(&self) -> Result<Arc<Directory>> {
        kept(&self.directories, &self.see).await
    }

    /// Goes back to the question.
    pub async fn done<T>(self, result: Result<T>, typed: Typed) -> Shown {
        match result {
            Ok(_) => Ok(see_other(&self.place)),
            Err(refusal) => self.refused(refusal, typed).await,
        }
    }

    /// Goes to what comes next in the queue: whoever gave a question away may not see it any more.
    pub async fn gone<T>(self, result: Result<T>, typed: Typed) -> Shown {
        let queue = self.place.split("/questions/").next().map(|event| format!("{event}/queue"));
        match result {
            Ok(_) => Ok(see_other(&queue.unwrap_or_default())),
            Err(refusal) => self.refused(refusal, typed).await,
        }
    }

    /// The page that answers shows a guest's link, this once.
    pub async fn linked(self, result: Result<Linked>, typed: Typed) -> Shown {
        match result {
            Ok(linked) => {
                let again = one::Again { linked: Some(linked), ..one::Again::default() };
                one::page_of(self.visit, self.see, &self.directories, again).await
            }
            Err(refusal) => self.refused(refusal, typed).await,
        }
    }

    /// The language that is spoken with whoever does it.
    pub fn lang(&self) -> Lang {
        self.visit.lang
    }

    async fn refused(self, refusal: Error, typed: Typed) -> Shown {
        let (status, obstacles) = obstacles(refusal, self.visit.lang)?;
        one::page_of(self.visit, self.see, &self.directories, one::Again { status, obstacles, typed, linked: None })
            .await
    }
}

/// A refusal as something that is shown beside what was refused; any other error stays what it is.
pub fn obstacles(refusal: Error, lang: Lang) -> Result<(StatusCode, Vec<Obstacle>)> {
    let one = |words: &str| vec![Obstacle { field: String::new(), words: words.to_owned() }];
    match refusal {
        Error::Conflict(words) | Error::Blocked(words, _) => Ok((StatusCode::CONFLICT, one(words.text(lang)))),
        Error::Forbidden(words) => Ok((StatusCode::FORBIDDEN, one(words.text(lang)))),
        Error::Invalid(faults) => {
            let obstacle = |fault: crate::base::Fault| Obstacle {
                field: fault.pointer.trim_start_matches('/').to_owned(),
                words: fault.detail.text(lang).to_owned(),
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, faults.into_iter().map(obstacle).collect()))
        }
        other => Err(other),
    }
}

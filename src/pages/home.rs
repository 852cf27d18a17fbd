//! The front page, and what there is to do before a hackathon begins.

mod tasks;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::frame::{Frame, Tab, Visit};
use super::words::{self, Words};
use super::{Shown, page, see_other};
use crate::access::policy::{SeeDraft, SeeOwn};
use crate::access::{May, not_signed_in};
use crate::consortium::membership::Me;
use crate::hackathon::Hackathon;

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
    tasks: Vec<tasks::Task>,
    done: usize,
}

/// `GET /h/{hackathon}/start`: what organizers do before people ask.
pub async fn start(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    let lang = visit.lang;
    let tasks = may.read(move |tx, right| {
        let here = right.on();
        let frame = Frame::within(tx, &visit, here, right.roles(), Some(Tab::Start))?;
        let tasks = tasks::list(tx, here)?;
        let done = tasks.iter().filter(|task| task.done).count();
        Ok(Tasks { frame, tasks, done })
    });
    page(StatusCode::OK, lang, &tasks.await?)
}

//! What waits for somebody: offered to them, in their hands, lying with theirs, and what else they may take.

use actix_web::http::StatusCode;
use askama::Template;

use super::standing;
use super::view::Item;
use crate::access::policy::SeeQueue;
use crate::access::{May, Right, Roles};
use crate::base::{PageRequest, Result, Sentence};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::live::Live;
use crate::pages::{Shown, page};
use crate::question::store::list::{self, Filter, Order};
use crate::question::{Question, Standing, StateWord, store};

#[derive(Template)]
#[template(path = "question/queue.html")]
struct Page {
    frame: Frame,
    parts: Vec<Part>,
    any: bool,
    live: Live,
}

/// A part of the queue.
struct Part {
    title: Sentence,
    items: Vec<Item>,
}

/// The most questions in the queue: nobody works off more in a day.
const MOST: i64 = 100;

/// `GET /h/{hackathon}/queue`
pub async fn show(visit: Visit, may: May<SeeQueue, Hackathon>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let frame = Frame::within(tx, &visit, right.on(), right.roles(), Some(Tab::Queue))?;
        let parts = parts(tx, right, &visit)?;
        let live = Live::of(tx, right.on())?;
        Ok(Page { live, any: parts.iter().any(|part| !part.items.is_empty()), frame, parts })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

fn parts(tx: &mut Tx, right: &Right<SeeQueue, Hackathon>, visit: &Visit) -> Result<Vec<Part>> {
    let here = right.on();
    let standing = standing(tx, here.id, right.user())?;
    // A responder takes what lies with their own; the others may take whatever they see.
    let any = right.roles().meet(Roles::ORGANIZER | Roles::MENTOR);
    let waiting = list::queue(tx, here.id, &standing, any, MOST)?;
    let own = in_hands(tx, here, &standing)?;
    let (offered, open): (Vec<_>, Vec<_>) = waiting
        .into_iter()
        .partition(|one| one.offer.as_ref().is_some_and(|offer| standing.answers_for(offer.to, one.team)));
    let (theirs, others): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|one| standing.answers_for(one.life.in_charge, one.team));
    let named = [
        (Sentence::fixed("Offered to you", "넘겨받을 질문"), offered),
        (Sentence::fixed("In your hands", "내가 맡은 질문"), own),
        (Sentence::fixed("Waiting for you and yours", "우리 쪽에서 맡을 질문"), theirs),
        (Sentence::fixed("Waiting for others", "다른 담당의 질문"), others),
    ];
    let watch = visit.watch(here);
    let mut parts = Vec::new();
    for (title, questions) in named {
        let names = store::names::of(tx, &questions)?;
        let seen = (here, right.actor(), &standing);
        let items = questions.iter().map(|one| Item::of(one, &names, seen, &watch)).collect();
        parts.push(Part { title, items });
    }
    Ok(parts)
}

fn in_hands(tx: &mut Tx, here: &Hackathon, standing: &Standing) -> Result<Vec<Question>> {
    let filter = Filter {
        states: vec![StateWord::Claimed, StateWord::WaitingOnAsker],
        assignee: Some(standing.member),
        order: Order::OldestFirst,
        ..Filter::default()
    };
    list::list(tx, here.id, standing, &filter, &PageRequest { limit: MOST, after: None })
}

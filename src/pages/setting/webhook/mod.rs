//! Webhooks: other programs that are told what happens.

pub mod one;
mod words;

use actix_web::web::Data;
use askama::Template;

use super::{frame, place};
use crate::access::policy::{SeeWebhooks, TendWebhooks};
use crate::access::{May, Right};
use crate::base::{Error, Lang, PageRequest, Result, Sentence};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::outward::{Outward, Target};
use crate::pages::entry::{Again, Entry, Typed};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::words::Words;
use crate::pages::{Shown, page};
use crate::webhook::{self, EventType, Facts, Webhook, store};

#[derive(Template)]
#[template(path = "setting/webhooks.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    made: Option<String>,
    webhooks: Vec<Line>,
    fields: Vec<Entry>,
    groups: Vec<Group>,
    unfolded: bool,
}

/// A webhook as it is listed.
struct Line {
    id: String,
    name: Words,
    url: String,
    hears: String,
    state: (&'static str, Sentence),
}

/// Boxes that belong together.
struct Group {
    title: Sentence,
    boxes: Vec<Tick>,
}

/// A box to tick.
struct Tick {
    word: &'static str,
    label: Sentence,
    ticked: bool,
}

/// `GET /h/{hackathon}/settings/webhooks`
pub async fn show(visit: Visit, may: May<SeeWebhooks, Hackathon>) -> Shown {
    drawn(visit, may, Again::default(), None).await
}

async fn drawn(visit: Visit, may: May<SeeWebhooks, Hackathon>, again: Again, made: Option<String>) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again, made));
    page(status, lang, &drawn.await?)
}

fn whole(
    tx: &mut Tx,
    right: &Right<SeeWebhooks, Hackathon>,
    visit: &Visit,
    again: Again,
    made: Option<String>,
) -> Result<Page> {
    let here = right.on();
    let place = format!("{}/webhooks", place(here));
    let all = store::list(tx, here.id, &PageRequest { limit: webhook::MOST, after: None })?;
    Ok(Page {
        frame: frame(tx, visit, right, &place)?,
        place,
        made,
        unfolded: all.is_empty() || again.is_of(""),
        webhooks: all.iter().map(|one| line(one, visit.lang)).collect(),
        fields: fields(None, &again),
        groups: groups(None, &again),
        obstacles: again.obstacles,
    })
}

fn line(of: &Webhook, lang: Lang) -> Line {
    Line {
        id: of.id.to_string(),
        name: Words::typed(of.facts.name.as_str(), lang),
        url: of.facts.target.as_str().to_owned(),
        hears: words::hears(of, lang),
        state: words::state(of),
    }
}

fn fields(of: Option<&Webhook>, again: &Again) -> Vec<Entry> {
    let name = of.map(|of| of.facts.name.as_str()).unwrap_or_default();
    let url = of.map(|of| of.facts.target.as_str()).unwrap_or_default();
    vec![
        again.entry("", "name", Sentence::fixed("What it is called", "이름"), name),
        again.entry("", "url", Sentence::fixed("Address", "주소"), url).hint(
            "Begins with https:// and belongs to a program that checks signatures.",
            "https://로 시작하고, 서명을 확인하는 프로그램의 주소입니다.",
        ),
    ]
}

fn groups(of: Option<&Webhook>, again: &Again) -> Vec<Group> {
    let ticked = |event: EventType| match again.typed("") {
        Some(typed) => typed.has(event.word()),
        None => of.is_some_and(|of| of.facts.events.contains(&event)),
    };
    let tick = |event: &EventType| Tick { word: event.word(), label: words::event(*event), ticked: ticked(*event) };
    words::GROUPS.into_iter().map(|(title, events)| Group { title, boxes: events.iter().map(tick).collect() }).collect()
}

/// What was typed, if it can be sent to from here.
fn facts(typed: &Typed, outward: &Outward) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let name = reading.name("name");
    let target = Target::parse(typed.get("url")).map_err(|unfit| unfit.refusal("/url")).and_then(|target| {
        let accepted = outward.accept(&target);
        accepted.map(|()| target).map_err(|detail| Error::invalid("/url", "url.not_allowed", detail))
    });
    let target = reading.found(target)?;
    let events = EventType::choices().filter(|event| typed.has(event.word())).collect();
    reading.whole(|| Some(Facts { name: name?, target: target?, events }))
}

/// `POST /h/{hackathon}/settings/webhooks`: the page that answers shows the secret, this once.
pub async fn add(
    visit: Visit,
    see: May<SeeWebhooks, Hackathon>,
    may: May<TendWebhooks, Hackathon>,
    outward: Data<Outward>,
    Form(typed): Form<Typed>,
) -> Shown {
    let made = match facts(&typed, &outward) {
        Ok(facts) => may.write(move |tx, right| webhook::add(tx, right.on().id, facts)).await,
        Err(refusal) => Err(refusal),
    };
    match made {
        Ok(made) => drawn(visit, see, Again::default(), Some(made.secret.exposed().to_owned())).await,
        Err(refusal) => {
            let again = Again::of(refusal, visit.lang, "", typed)?;
            drawn(visit, see, again, None).await
        }
    }
}

//! Where holders are reached, and when.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::{Choice, frame, holders, label, place};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{May, Right, Within};
use crate::base::{Error, Lang, Name, Result, Said, Sentence, Slug};
use crate::channel::{self, Channel, ChannelKind, Facts, store};
use crate::db::Tx;
use crate::duty::Hours;
use crate::hackathon::{self, Hackathon, Zone};
use crate::pages::form::{Form, filled, text};
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::handoff::holder;
use crate::pages::question::then::{Obstacle, obstacles};
use crate::pages::{Shown, page, see_other};

#[derive(Template)]
#[template(path = "setting/channels.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    owners: Vec<Choice>,
    kinds: Vec<(&'static str, Sentence)>,
    channels: Vec<Line>,
    zone: String,
}

/// A channel as it is listed and changed.
struct Line {
    slug: String,
    name: String,
    owner: String,
    kind: Sentence,
    address: String,
    hours: String,
    timezone: String,
}

/// What a kind is called.
fn kind(of: ChannelKind) -> Sentence {
    match of {
        ChannelKind::Chat => Sentence::fixed("Chat", "채팅"),
        ChannelKind::Email => Sentence::fixed("Email", "이메일"),
        ChannelKind::Meeting => Sentence::fixed("Meeting", "회의"),
        ChannelKind::Phone => Sentence::fixed("Telephone", "전화"),
        ChannelKind::Url => Sentence::fixed("Page", "웹 페이지"),
        ChannelKind::InPerson => Sentence::fixed("In person", "직접 방문"),
    }
}

/// `GET /h/{hackathon}/settings/channels`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    drawn(visit, may, StatusCode::OK, Vec::new()).await
}

async fn drawn(visit: Visit, may: May<SeeDraft, Hackathon>, status: StatusCode, obstacles: Vec<Obstacle>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, obstacles));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeDraft, Hackathon>, visit: &Visit, obstacles: Vec<Obstacle>) -> Result<Page> {
    let (here, lang) = (right.on(), visit.lang);
    let owners = holders(tx, here, lang)?;
    let channels = store::channel::all(tx, here.id)?;
    let place = format!("{}/channels", place(here));
    Ok(Page {
        channels: channels.into_iter().map(|one| line(one, &owners, lang)).collect(),
        frame: frame(tx, visit, right, &place)?,
        place,
        obstacles,
        owners,
        kinds: ChannelKind::ALL.iter().map(|one| (one.word(), kind(*one))).collect(),
        zone: here.timezone.0.name().to_owned(),
    })
}

fn line(one: Channel, owners: &[Choice], lang: Lang) -> Line {
    let Facts { slug, name, owner, kind: of, address, timezone, hours } = one.facts;
    let hours: Vec<String> = hours.iter().map(Hours::to_string).collect();
    Line {
        name: name.map(|name| name.text(lang).to_owned()).unwrap_or_else(|| slug.to_string()),
        slug: slug.to_string(),
        owner: label(owners, owner),
        kind: kind(of),
        address: address.to_string(),
        hours: hours.join("\n"),
        timezone: timezone.map(|zone| zone.0.name().to_owned()).unwrap_or_default(),
    }
}

/// A channel as it is typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    slug: String,
    name: String,
    owner: String,
    kind: String,
    address: String,
    hours: String,
    timezone: String,
}

/// `POST /h/{hackathon}/settings/channels`
pub async fn add(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let lang = visit.lang;
    let done = may.write(move |tx, right| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let facts = Facts {
            slug: Slug::parse(&typed.slug).map_err(|unfit| unfit.refusal("/slug"))?,
            name: named(&typed.name, lang)?,
            owner: holder(&typed.owner)?.find(tx, here.id, "/owner")?,
            kind: ChannelKind::from_word(&typed.kind).unwrap_or(ChannelKind::Url),
            address: text(&typed.address, "/address")?,
            timezone: zone(&typed.timezone)?,
            hours: hours(&typed.hours)?,
        };
        channel::add(tx, here.id, &facts).map(drop)
    });
    after(visit, see, done.await).await
}

/// `POST /h/{hackathon}/settings/channels/{channel}`: where and when; whose it is and what it is stays.
pub async fn change(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Within<Hackathon, Channel>>,
    Form(typed): Form<Typed>,
) -> Shown {
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let facts = Facts {
            address: text(&typed.address, "/address")?,
            timezone: zone(&typed.timezone)?,
            hours: hours(&typed.hours)?,
            ..item.facts.clone()
        };
        channel::change(tx, item, &facts).map(drop)
    });
    after(visit, see, done.await).await
}

/// `POST /h/{hackathon}/settings/channels/{channel}/remove`
pub async fn remove(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Within<Hackathon, Channel>>,
) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        channel::remove(tx, item)
    });
    after(visit, see, done.await).await
}

fn named(typed: &str, lang: Lang) -> Result<Option<crate::base::Localized>> {
    let name = filled(typed).map(Name::parse).transpose().map_err(|unfit| unfit.refusal("/name"))?;
    Ok(name.map(|name| Said::Plain(name).in_lang(lang)))
}

fn zone(typed: &str) -> Result<Option<Zone>> {
    filled(typed).map(|name| Zone::parse(name, "/timezone")).transpose()
}

/// A line for each span; every line that does not read is told at once.
fn hours(typed: &str) -> Result<Vec<Hours>> {
    let (mut hours, mut faults) = (Vec::new(), Vec::new());
    for line in typed.lines().filter_map(filled) {
        match Hours::parse(line) {
            Ok(span) => hours.push(span),
            Err(unfit) => faults.push(unfit.fault("/hours")),
        }
    }
    if faults.is_empty() { Ok(hours) } else { Err(Error::Invalid(faults)) }
}

async fn after(visit: Visit, see: May<SeeDraft, Hackathon>, done: Result<()>) -> Shown {
    match done {
        Ok(()) => Ok(see_other(&format!("/h/{}/settings/channels", see.path().text("hackathon")?))),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            drawn(visit, see, status, obstacles).await
        }
    }
}

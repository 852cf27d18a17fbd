//! When a member is away: said by themselves, or by an organizer.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::entry::{Again, Entry, Typed, unchanged};
use super::form::Form;
use super::frame::{Frame, Tab, Visit, Way};
use super::question::then::Obstacle;
use super::reading::Reading;
use super::sprint::{Part, ways};
use super::time::date;
use super::{Shown, page, see_other};
use crate::absence::{Absence, Facts, store};
use crate::access::policy::{BeAbsent, See, SeeAbsences};
use crate::access::{Item, May, Right, Within, allow};
use crate::base::{Id, Key, Lang, Name, PageRequest, Result, Sentence};
use crate::consortium::{Member, member};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};

/// A member within their hackathon.
type Here = Within<Hackathon, Member>;

/// The most absences that are shown.
const SHOWN: i64 = 99;

#[derive(Template)]
#[template(path = "absence/absences.html")]
struct Page {
    frame: Frame,
    ways: Vec<Way>,
    place: String,
    /// Whose they are, where they are somebody else's.
    of: Option<String>,
    obstacles: Vec<Obstacle>,
    fields: Vec<Entry>,
    mark: Option<String>,
    /// The one that is changed.
    changing: Option<String>,
    absences: Vec<Line>,
    may_change: bool,
}

/// An absence in the list.
struct Line {
    id: String,
    days: String,
    reason: Option<String>,
    over: bool,
}

/// Where the page of a member's absences is.
fn place(here: &Hackathon, member: Id<Member>) -> String {
    format!("/h/{}/people/{member}/absences", here.slug)
}

/// `GET /h/{hackathon}/absences`: on to one's own.
pub async fn own(may: May<See, Hackathon>) -> Shown {
    let place = may.read(|tx, right| {
        let own = member::acting(tx, right.on().id, right.user())?;
        Ok(place(right.on(), own.id))
    });
    Ok(see_other(&place.await?))
}

/// Which one is to be changed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Which {
    change: String,
}

/// `GET /h/{hackathon}/people/{member}/absences?change=`
pub async fn show(visit: Visit, may: May<SeeAbsences, Here>, web::Query(which): web::Query<Which>) -> Shown {
    let key = Key::parse(&which.change);
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let known = known(tx, right, key)?;
        drawn(tx, right, &visit, known.as_ref(), Again::default())
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// The absence of this member that is to be changed, if there is one.
fn known(tx: &mut Tx, right: &Right<SeeAbsences, Here>, key: Option<Key>) -> Result<Option<Absence>> {
    match key {
        Some(Key::Id(id)) => store::by_id(tx, right.on().item.id, Id::from_uuid(id)),
        _ => Ok(None),
    }
}

fn fields(again: &Again, stored: Option<&Absence>) -> Vec<Entry> {
    let entry = |name: &str, en, ko, stored: &str| again.entry("", name, Sentence::fixed(en, ko), stored);
    let day = |of: Option<NaiveDate>| of.map(|day| day.to_string()).unwrap_or_default();
    let reason = stored.and_then(|of| of.reason.as_ref()).map_or("", Name::as_str);
    vec![
        entry("starts_on", "First day", "첫날", &day(stored.map(|of| of.starts_on))).of("date"),
        entry("ends_on", "Last day", "마지막 날", &day(stored.map(|of| of.ends_on)))
            .of("date")
            .hint("The same day for a single one.", "하루면 같은 날로 적으세요."),
        entry("reason", "Why (optional)", "까닭(선택)", reason),
    ]
}

fn drawn(
    tx: &mut Tx,
    right: &Right<SeeAbsences, Here>,
    visit: &Visit,
    changing: Option<&Absence>,
    again: Again,
) -> Result<Page> {
    let Within { parent: here, item: member } = right.on();
    let (place, today, own) = (place(here, member.id), visit.watch(here).today(), member.user == right.user());
    let mut all = store::list(tx, member.id, &PageRequest { limit: SHOWN, after: None })?;
    all.sort_by_key(|one| std::cmp::Reverse(one.starts_on));
    let line = |one: Absence| Line {
        id: one.id.to_string(),
        days: days(&one, visit.lang),
        over: one.ends_on < today,
        reason: one.reason.map(|reason| reason.to_string()),
    };
    Ok(Page {
        frame: Frame::within(tx, &visit.clone().at(place.clone()), here, right.roles(), Some(Tab::Sprints))?,
        ways: ways(here, right.roles(), own.then_some(Part::Absences)),
        of: (!own).then(|| member.display_name.to_string()),
        absences: all.into_iter().map(line).collect(),
        may_change: allow::<BeAbsent>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok(),
        place,
        fields: fields(&again, changing),
        mark: changing.and_then(Item::tag),
        changing: changing.map(|one| one.id.to_string()),
        obstacles: again.obstacles,
    })
}

fn days(of: &Absence, lang: Lang) -> String {
    if of.starts_on == of.ends_on {
        return date(of.starts_on, lang);
    }
    format!("{} – {}", date(of.starts_on, lang), date(of.ends_on, lang))
}

fn read(typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (from, until) = (reading.day("starts_on"), reading.day("ends_on"));
    let reason = reading.maybe("reason", Reading::name);
    let facts = reading.whole(|| Some(Facts { starts_on: from?, ends_on: until?, reason: reason? }))?;
    facts.check()?;
    Ok(facts)
}

/// `POST /h/{hackathon}/people/{member}/absences`
pub async fn add(
    visit: Visit,
    may: May<BeAbsent, Here>,
    see: May<SeeAbsences, Here>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let facts = read(&said)?;
        hackathon::hold(tx, parent.id)?;
        store::insert(tx, item, &facts)?;
        Ok(place(parent, item.id))
    });
    after(visit, see, None, typed, done.await).await
}

/// `POST /h/{hackathon}/people/{member}/absences/{absence}`
pub async fn change(
    visit: Visit,
    may: May<BeAbsent, Within<Here, Absence>>,
    see: May<SeeAbsences, Here>,
    Form(typed): Form<Typed>,
) -> Shown {
    let changing = may.path().key("absence")?;
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        unchanged(&said, item.tag())?;
        let facts = read(&said)?;
        hackathon::hold(tx, parent.parent.id)?;
        store::update(tx, item, &facts)?;
        Ok(place(&parent.parent, parent.item.id))
    });
    after(visit, see, Some(changing), typed, done.await).await
}

/// `POST /h/{hackathon}/people/{member}/absences/{absence}/remove`
pub async fn remove(may: May<BeAbsent, Within<Here, Absence>>) -> Shown {
    let place = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        store::delete(tx, item)?;
        Ok(place(&parent.parent, parent.item.id))
    });
    Ok(see_other(&place.await?))
}

async fn after(
    visit: Visit,
    see: May<SeeAbsences, Here>,
    changing: Option<Key>,
    typed: Typed,
    done: Result<String>,
) -> Shown {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let lang = visit.lang;
            let again = Again::of(refusal, lang, "", typed)?;
            let status = again.status;
            let drawn = see.read(move |tx, right| {
                let known = known(tx, right, changing)?;
                drawn(tx, right, &visit, known.as_ref(), again)
            });
            page(status, lang, &drawn.await?)
        }
    }
}

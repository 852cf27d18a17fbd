//! When a member is away: said by themselves, or by an organizer.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::form::Form;
use super::frame::{Frame, Tab, Visit, Way};
use super::question::then::obstacles;
use super::sheet::{Fields, Reading, Sheet};
use super::sprint::{Part, ways};
use super::time::date;
use super::{Shown, page, see_other};
use crate::absence::{Absence, Facts, store};
use crate::access::policy::{BeAbsent, See, SeeAbsences};
use crate::access::{May, Right, Within, allow};
use crate::base::{Id, Key, Lang, PageRequest, Result};
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
    sheet: Sheet,
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
        let known = match key {
            Some(Key::Id(id)) => store::by_id(tx, right.on().item.id, Id::from_uuid(id))?,
            _ => None,
        };
        let held = known.as_ref().map(held).unwrap_or_default();
        drawn(tx, right, &visit, known.map(|known| known.id.to_string()), Sheet::holding(held))
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

fn held(of: &Absence) -> Fields {
    let fields = Fields::default().with("starts_on", of.starts_on).with("ends_on", of.ends_on);
    fields.maybe("reason", of.reason.as_ref())
}

fn drawn(
    tx: &mut Tx,
    right: &Right<SeeAbsences, Here>,
    visit: &Visit,
    changing: Option<String>,
    sheet: Sheet,
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
        sheet,
        changing,
    })
}

fn days(of: &Absence, lang: Lang) -> String {
    if of.starts_on == of.ends_on {
        return date(of.starts_on, lang);
    }
    format!("{} – {}", date(of.starts_on, lang), date(of.ends_on, lang))
}

fn read(fields: &Fields) -> Result<Facts> {
    let mut reading = Reading::of(fields);
    let (from, until, reason) = (reading.day("starts_on"), reading.day("ends_on"), reading.maybe_name("reason"));
    let read = match (from, until, reason) {
        (Some(starts_on), Some(ends_on), Some(reason)) => Some(Facts { starts_on, ends_on, reason }),
        _ => None,
    };
    let facts = reading.whole(read)?;
    facts.check()?;
    Ok(facts)
}

/// `POST /h/{hackathon}/people/{member}/absences`
pub async fn add(
    visit: Visit,
    may: May<BeAbsent, Here>,
    see: May<SeeAbsences, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let facts = read(&sent)?;
        hackathon::hold(tx, parent.id)?;
        store::insert(tx, item, &facts)?;
        Ok(place(parent, item.id))
    });
    after(visit, see, None, fields, done.await).await
}

/// `POST /h/{hackathon}/people/{member}/absences/{absence}`
pub async fn change(
    visit: Visit,
    may: May<BeAbsent, Within<Here, Absence>>,
    see: May<SeeAbsences, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let changing = may.path().text("absence")?.to_owned();
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let facts = read(&sent)?;
        hackathon::hold(tx, parent.parent.id)?;
        store::update(tx, item, &facts)?;
        Ok(place(&parent.parent, parent.item.id))
    });
    after(visit, see, Some(changing), fields, done.await).await
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
    changing: Option<String>,
    fields: Fields,
    done: Result<String>,
) -> Shown {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let lang = visit.lang;
            let (status, obstacles) = obstacles(refusal, lang)?;
            let sheet = Sheet { fields, obstacles };
            let drawn = see.read(move |tx, right| drawn(tx, right, &visit, changing, sheet)).await?;
            page(status, lang, &drawn)
        }
    }
}

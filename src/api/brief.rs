//! `/v1/hackathons/{hackathon}/brief`: what the sponsor wants, its versions, and who has read which.

mod reading;

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Acknowledge, Change, See};
use crate::access::{Answer, May, Right, Roles};
use crate::base::{Error, Id, Instant, Lang, Localized, Name, Page, Result, Said, Text};
use crate::brief::acknowledgement::{self, Reading};
use crate::brief::{Acknowledgement, Ambition, Brief, Criterion, Latest, Wish, store};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::team::Team;

pub use reading::{compare, missing};

const VERSIONS: &str = "brief-versions";
const READERS: &str = "acknowledgements";

/// A version of the brief as callers see it.
#[derive(Serialize)]
struct View {
    version: i32,
    ambition: Ambition,
    summary: Option<Localized>,
    background: Option<Localized>,
    scalability: Option<Localized>,
    criteria: Vec<Criterion>,
    created_at: Instant,
    /// The version that `changed` compares with: what the caller or their team has read; to organizers, the one before.
    compared_with: Option<i32>,
    /// The fields that differ from it; `null` where there is nothing to compare with.
    changed: Option<Vec<&'static str>>,
}

impl View {
    fn of(brief: &Brief, before: Option<&Brief>) -> View {
        let wish = brief.wish();
        let changed = before.map(|before| wish.changed(&before.wish()));
        let Wish { ambition, summary, background, scalability, criteria } = wish;
        let (version, created_at) = (brief.number, brief.created_at);
        let compared_with = before.map(|before| before.number);
        View { version, ambition, summary, background, scalability, criteria, created_at, compared_with, changed }
    }
}

/// Which version is asked for.
#[derive(Deserialize)]
pub struct Which {
    version: Option<String>,
}

/// A version in a query: what is no number names none.
fn number(text: Option<&str>) -> Result<Option<i32>> {
    text.map(|text| text.parse().ok().filter(|number| *number > 0).ok_or(Error::NotFound)).transpose()
}

/// `GET /v1/hackathons/{hackathon}/brief?version=`
pub async fn show(may: May<See, Latest>, Query(which): Query<Which>) -> Answered {
    may.read(move |tx, right| {
        let here = right.on().hackathon.id;
        let brief = match number(which.version.as_deref())? {
            None => right.on().brief.clone(),
            Some(number) => store::version(tx, here, number)?,
        };
        shown(tx, right, &brief.ok_or(Error::NotFound)?)
    })
    .await
}

/// What changed is told to each by what they have read, and so the tag says what that was. Those who write the brief are
/// told what the last change was, and their tag is the version alone: it is what `If-Match` wants.
fn shown<V: crate::access::Verb>(tx: &mut Tx, right: &Right<V, Latest>, brief: &Brief) -> Answered {
    let here = right.on().hackathon.id;
    let writes = right.roles().meet(Roles::ORGANIZER);
    let before = match writes {
        true => Some(brief.number.saturating_sub(1)),
        false => acknowledgement::last_read(tx, here, right.user())?,
    };
    let before = before.map(|number| store::version(tx, here, number)).transpose()?.flatten();
    let tag = match (&before, writes) {
        (Some(read), false) => format!("{}-{}", brief.tag(), read.number),
        _ => brief.tag(),
    };
    Ok(Answer::ok(&View::of(brief, before.as_ref()))?.tagged(Some(tag)))
}

/// The brief as it is to be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewBrief {
    ambition: Ambition,
    summary: Option<Said<Text>>,
    background: Option<Said<Text>>,
    scalability: Option<Said<Text>>,
    #[serde(default)]
    criteria: Vec<NewCriterion>,
}

/// A criterion as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCriterion {
    name: Said<Name>,
    weight: i64,
}

impl NewBrief {
    fn wish(self, lang: Lang) -> Wish {
        let said = |text: Option<Said<Text>>| text.map(|said| said.in_lang(lang));
        let criterion = |new: NewCriterion| Criterion { name: new.name.in_lang(lang), weight: new.weight };
        Wish {
            ambition: self.ambition,
            summary: said(self.summary),
            background: said(self.background),
            scalability: said(self.scalability),
            criteria: self.criteria.into_iter().map(criterion).collect(),
        }
    }
}

/// `PUT /v1/hackathons/{hackathon}/brief`: the next version.
pub async fn write(may: May<Change, Latest>, Body(sent): Body<NewBrief>) -> Answered {
    let wish = sent.value.wish(sent.lang);
    may.write(move |tx, right| {
        let Latest { hackathon, brief: before } = right.on();
        let written = crate::brief::write(tx, right.on(), right.user(), &wish)?;
        let answer = shown(tx, right, &written)?;
        let first = before.is_none();
        let place = format!("/v1/hackathons/{}/brief", hackathon.slug);
        Ok(if first { Answer { status: 201, ..answer }.header("Location", place) } else { answer })
    })
    .await
}

/// A version in the list of versions.
#[derive(Serialize)]
struct VersionView {
    version: i32,
    ambition: Ambition,
    created_at: Instant,
    /// The fields that differ from the version before; `null` for the first.
    changed: Option<Vec<&'static str>>,
}

/// `GET /v1/hackathons/{hackathon}/brief/versions`, the first one first.
pub async fn versions(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(VERSIONS)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    let rows = Page::of(VERSIONS, &page, rows, |(brief, _)| store::place(brief.number));
    answer::page(
        &req,
        &rows.map(|(brief, before)| {
            let wish = brief.wish();
            let changed = before.map(|before| wish.changed(&before.wish()));
            VersionView { version: brief.number, ambition: wish.ambition, created_at: brief.created_at, changed }
        }),
    )
}

/// Who has read a version, as callers see it.
#[derive(Serialize)]
struct ReaderView {
    member: Id<Member>,
    display_name: Name,
    team: Option<Id<Team>>,
    version: i32,
    acknowledged_at: Instant,
}

impl From<Acknowledgement> for ReaderView {
    fn from(of: Acknowledgement) -> ReaderView {
        let Acknowledgement { member, display_name, team, number, acknowledged_at } = of;
        ReaderView { member, display_name, team, version: number, acknowledged_at }
    }
}

/// Whose reading is asked for.
#[derive(Deserialize)]
pub struct WhoRead {
    version: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

/// `GET /v1/hackathons/{hackathon}/brief/acknowledgements?version=`: everybody's to organizers; to others their teams'.
pub async fn readers(req: HttpRequest, may: May<See, Hackathon>, Query(wanted): Query<WhoRead>) -> Answered {
    let page = wanted.paging.of(READERS)?;
    let rows = may
        .read(move |tx, right| {
            let here = right.on().id;
            let number = number(wanted.version.as_deref())?;
            let members = acknowledgement::visible(tx, here, right.user(), right.roles())?;
            store::readers(tx, here, &store::Filter { members, number }, &page)
        })
        .await?;
    answer::page(&req, &Page::of(READERS, &page, rows, |row| row.member.uuid()).map(ReaderView::from))
}

/// That the caller has read the brief.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    version: Option<i32>,
    /// For which of their teams, by slug or id; needed only by those who are in several.
    team: Option<String>,
}

/// `POST /v1/hackathons/{hackathon}/brief/acknowledgements`
pub async fn acknowledge(may: May<Acknowledge, Hackathon>, Body(sent): Body<Read>) -> Answered {
    may.post(sent, |tx, right, read| {
        let here = right.on();
        let reading = Reading { number: read.version, team: read.team };
        let (kept, first) = acknowledgement::acknowledge(tx, here.id, right.user(), &reading)?;
        let place = format!("/v1/hackathons/{}/brief/acknowledgements", here.slug);
        let view = ReaderView::from(kept);
        if first { Answer::created(place, &view) } else { Answer::ok(&view) }
    })
    .await
}

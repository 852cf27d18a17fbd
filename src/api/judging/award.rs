//! `/v1/hackathons/{hackathon}/awards`: what can be won, and who won it.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::api::{Answered, Body, Paging, Query, answer};
use crate::base::{Error, Id, Instant, Localized, Name, Page, Patch, Result, Said, Slug, Text, given};
use crate::consortium::named;
use crate::consortium::organization::OrganizationId;
use crate::consortium::store::organization;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::judging::award::{self, Facts};
use crate::judging::store::{award as store, submission};
use crate::judging::submission::known;
use crate::judging::{Award, Submission};

const LIST: &str = "awards";

/// Something by its name.
#[derive(Serialize)]
struct NameView {
    slug: Slug,
    name: Localized,
}

/// Who won.
#[derive(Serialize)]
struct WinnerView {
    submission: Id<Submission>,
    title: Name,
    team: NameView,
}

/// An award as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Award>,
    name: Localized,
    sponsor: Option<NameView>,
    winner: Option<WinnerView>,
    reason: Option<Text>,
    created_at: Instant,
    updated_at: Instant,
}

fn views(tx: &mut Tx, here: Id<Hackathon>, awards: Vec<Award>) -> Result<Vec<View>> {
    let (organizations, submissions) = (organization::all(tx, here)?, submission::all(tx, here)?);
    let view = |award: Award| {
        let Facts { name, sponsor, submission, reason } = award.facts();
        let sponsor = sponsor.and_then(|id| organizations.iter().find(|one| one.id == id));
        let winner = submission.and_then(|id| submissions.iter().find(|one| one.id == id));
        View {
            id: award.id,
            name,
            sponsor: sponsor.map(|one| NameView { slug: one.slug.clone(), name: one.name.clone() }),
            winner: winner.map(|one| WinnerView {
                submission: one.id,
                title: one.facts.title.clone(),
                team: NameView { slug: one.team_slug.clone(), name: one.team_name.clone() },
            }),
            reason,
            created_at: award.created_at,
            updated_at: award.updated_at,
        }
    };
    Ok(awards.into_iter().map(view).collect())
}

fn view(tx: &mut Tx, award: Award) -> Result<View> {
    let here = award.hackathon;
    views(tx, here, vec![award])?.pop().ok_or(Error::NotFound)
}

/// `GET /v1/hackathons/{hackathon}/awards`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let found = may
        .read(move |tx, right| {
            let here = right.on().id;
            let Page { items, next } = Page::of(LIST, &page, store::list(tx, here, &page)?, |row| row.id.uuid());
            Ok(Page { items: views(tx, here, items)?, next })
        })
        .await?;
    answer::page(&req, &found)
}

/// A new award.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAward {
    name: Said<Name>,
    sponsor: Option<String>,
    submission: Option<Id<Submission>>,
    reason: Option<Text>,
}

fn sponsor(tx: &mut Tx, here: Id<Hackathon>, key: &str) -> Result<OrganizationId> {
    Ok(named::organization(tx, here, key, "/sponsor")?.id)
}

fn winner(tx: &mut Tx, here: Id<Hackathon>, id: Id<Submission>) -> Result<Id<Submission>> {
    Ok(known(tx, here, Some(id))?.id)
}

/// `POST /v1/hackathons/{hackathon}/awards`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewAward>) -> Answered {
    let lang = sent.lang;
    may.post(sent, move |tx, right, new| {
        let here = right.on();
        let facts = Facts {
            name: new.name.in_lang(lang),
            sponsor: new.sponsor.map(|key| sponsor(tx, here.id, &key)).transpose()?,
            submission: new.submission.map(|id| winner(tx, here.id, id)).transpose()?,
            reason: new.reason,
        };
        let made = award::add(tx, here.id, right.user(), &facts)?;
        let (place, tag) = (format!("/v1/hackathons/{}/awards/{}", here.slug, made.id), made.tag());
        Ok(Answer::created(place, &view(tx, made)?)?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/awards/{award}`
pub async fn show(may: May<See, Within<Hackathon, Award>>) -> Answered {
    may.read(|tx, right| shown(tx, right.on().item.clone())).await
}

/// A change of an award; `null` takes the sponsor, the winner or the reason back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardPatch {
    #[serde(default, deserialize_with = "given")]
    name: Option<Said<Name>>,
    #[serde(default)]
    sponsor: Patch<String>,
    #[serde(default)]
    submission: Patch<Id<Submission>>,
    #[serde(default)]
    reason: Patch<Text>,
}

/// `PATCH /v1/hackathons/{hackathon}/awards/{award}`
pub async fn change(may: May<Change, Within<Hackathon, Award>>, Body(sent): Body<AwardPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let now = item.facts();
        let facts = Facts {
            name: patch.name.map_or(now.name, |said| said.in_lang(lang)),
            sponsor: patch.sponsor.try_map(|key| sponsor(tx, parent.id, &key))?.apply(now.sponsor),
            submission: patch.submission.try_map(|id| winner(tx, parent.id, id))?.apply(now.submission),
            reason: patch.reason.apply(now.reason),
        };
        let changed = award::change(tx, item, right.user(), &facts)?;
        shown(tx, changed)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/awards/{award}`
pub async fn remove(may: May<Change, Within<Hackathon, Award>>) -> Answered {
    may.write(|tx, right| {
        award::remove(tx, &right.on().item, right.user())?;
        Ok(Answer::done())
    })
    .await
}

fn shown(tx: &mut Tx, award: Award) -> Answered {
    let tag = award.tag();
    Ok(Answer::ok(&view(tx, award)?)?.tagged(tag))
}

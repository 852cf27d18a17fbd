//! `/v1/hackathons/{hackathon}/debriefs`: what people learnt.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{ChangeDebrief, Debrief as Write, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Error, Id, Instant, Name, Page, Result, Text, given, say};
use crate::consortium::store::member;
use crate::consortium::{Member, named};
use crate::db::Tx;
use crate::debrief::{self, About, Debrief, Facts, Presented, store};
use crate::hackathon::Hackathon;
use crate::team::{self, Team};

const LIST: &str = "debriefs";

/// What a debrief is about, as callers see it: one of the three.
#[derive(Serialize)]
struct AboutView {
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<Id<Member>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<Id<Team>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profession: Option<Name>,
}

/// A debrief as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Debrief>,
    author: Id<Member>,
    display_name: Name,
    about: AboutView,
    body: Text,
    themes: Vec<Name>,
    presented: Vec<Presented>,
    shared_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Debrief> for View {
    fn from(of: Debrief) -> View {
        let Debrief { id, author, display_name, about, facts, shared_at, created_at, updated_at, .. } = of;
        let (member, team, profession) = about.columns();
        let Facts { body, themes, presented } = facts;
        let about = AboutView { member, team, profession };
        View { id, author, display_name, about, body, themes, presented, shared_at, created_at, updated_at }
    }
}

/// Which debriefs are listed.
#[derive(Deserialize)]
pub struct Wanted {
    team: Option<String>,
    profession: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

/// `GET /v1/hackathons/{hackathon}/debriefs?team=&profession=`: what is shared, and the caller's own.
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(wanted): Query<Wanted>) -> Answered {
    let page = wanted.paging.of(LIST)?;
    let rows = may
        .read(move |tx, right| {
            let here = right.on().id;
            let team = wanted.team.as_deref().map(|key| team::named(tx, here, key, "/team")).transpose()?;
            let filter =
                store::Filter { team: team.map(|team| team.id), profession: wanted.profession.map(Name::stored) };
            store::list(tx, here, right.user(), &filter, &page)
        })
        .await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// What a new debrief is about: exactly one of the three.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AboutSaid {
    member: Option<Id<Member>>,
    team: Option<String>,
    profession: Option<Name>,
}

impl AboutSaid {
    fn find(self, tx: &mut Tx, here: Id<Hackathon>) -> Result<About> {
        match (self.member, self.team, self.profession) {
            (Some(id), None, None) => Ok(About::Member(named::member(tx, here, id, "/about/member")?.id)),
            (None, Some(key), None) => Ok(About::Team(team::named(tx, here, &key, "/about/team")?.id)),
            (None, None, Some(name)) => Ok(About::Profession(name)),
            _ => {
                let detail = say!(
                    "Name exactly one of \"member\", \"team\" and \"profession\".",
                    "\"member\", \"team\", \"profession\" 중 하나만 적으세요."
                );
                Err(Error::invalid("/about", "about.shape", detail))
            }
        }
    }
}

/// A new debrief.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewDebrief {
    about: AboutSaid,
    body: Text,
    #[serde(default)]
    themes: Vec<Name>,
    #[serde(default)]
    presented: Vec<Presented>,
    #[serde(default)]
    shared: bool,
}

/// `POST /v1/hackathons/{hackathon}/debriefs`
pub async fn create(may: May<Write, Hackathon>, Body(sent): Body<NewDebrief>) -> Answered {
    may.post(sent, |tx, right, new| {
        let here = right.on();
        let NewDebrief { about, body, themes, presented, shared } = new;
        let author = member::by_user(tx, here.id, right.user())?.ok_or(Error::NotFound)?;
        let about = about.find(tx, here.id)?;
        let made = debrief::write(tx, &author, right.roles(), &about, &Facts { body, themes, presented }, shared)?;
        let (place, tag) = (format!("/v1/hackathons/{}/debriefs/{}", here.slug, made.id), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/debriefs/{debrief}`
pub async fn show(may: May<See, Within<Hackathon, Debrief>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a debrief. What is shared stays shared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DebriefPatch {
    #[serde(default, deserialize_with = "given")]
    body: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    themes: Option<Vec<Name>>,
    #[serde(default, deserialize_with = "given")]
    presented: Option<Vec<Presented>>,
    #[serde(default)]
    shared: bool,
}

/// `PATCH /v1/hackathons/{hackathon}/debriefs/{debrief}`
pub async fn change(may: May<ChangeDebrief, Within<Hackathon, Debrief>>, Body(sent): Body<DebriefPatch>) -> Answered {
    let patch = sent.value;
    may.write(move |tx, right| {
        let of = &right.on().item;
        let now = of.facts.clone();
        let facts = Facts {
            body: patch.body.unwrap_or(now.body),
            themes: patch.themes.unwrap_or(now.themes),
            presented: patch.presented.unwrap_or(now.presented),
        };
        shown(debrief::change(tx, of, &facts, patch.shared)?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/debriefs/{debrief}`
pub async fn remove(may: May<ChangeDebrief, Within<Hackathon, Debrief>>) -> Answered {
    may.write(|tx, right| {
        store::delete(tx, &right.on().item)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(debrief: Debrief) -> Answered {
    let tag = debrief.tag();
    Ok(Answer::ok(&View::from(debrief))?.tagged(tag))
}

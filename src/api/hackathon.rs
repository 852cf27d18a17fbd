//! `/v1/hackathons`: the events themselves.

use actix_web::HttpRequest;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Administer, Delete, End, See, SeeOwn};
use crate::access::{Answer, May, Resource, Server};
use crate::account::{Locale, NewUser, name_of};
use crate::base::{Email, Error, Name, Page, Patch, Said, Slug};
use crate::consortium::member::{self, MemberState, NewMember};
use crate::hackathon::{Facts, Hackathon, Role, Zone, store};
use crate::tenant;

const LIST: &str = "hackathons";

/// `GET /v1/hackathons`: the caller's own.
pub async fn list(req: HttpRequest, may: May<SeeOwn, Server>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list_of(tx, right.user(), &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()))
}

/// A new hackathon.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewHackathon {
    slug: Slug,
    name: Said<Name>,
    timezone: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    working_hours: Option<Vec<crate::duty::Hours>>,
    #[serde(default)]
    holidays: Vec<NaiveDate>,
    /// Who organizes it, by email. Whoever makes a hackathon is no member of it by that.
    #[serde(default)]
    organizers: Vec<Email>,
}

/// `POST /v1/hackathons`
pub async fn create(may: May<Administer, Server>, Body(sent): Body<NewHackathon>) -> Answered {
    let lang = sent.lang;
    may.post(sent, move |tx, _, new| {
        let facts = Facts {
            slug: new.slug,
            name: new.name.in_lang(lang),
            timezone: Zone::parse(&new.timezone, "/timezone")?,
            starts_on: new.starts_on,
            ends_on: new.ends_on,
            working_hours: new.working_hours.map(|hours| hours.iter().map(ToString::to_string).collect()),
            holidays: new.holidays,
        };
        facts.check()?;
        let made = store::insert(tx, &facts)?;
        for email in new.organizers {
            member::join(tx, made.id, &unnamed(email), &organizer())?;
        }
        Ok(Answer::created(format!("/v1/hackathons/{}", made.slug), &made)?.tagged(made.tag()))
    })
    .await
}

fn unnamed(email: Email) -> NewUser {
    let display_name = name_of(&email);
    NewUser { email, display_name, phone: None, locale: Locale::En }
}

fn organizer() -> NewMember {
    NewMember {
        roles: vec![Role::Organizer],
        affiliation: None,
        profession: None,
        weekly_minutes: None,
        state: MemberState::Active,
    }
}

/// `GET /v1/hackathons/{hackathon}`
pub async fn show(may: May<See, Hackathon>) -> Answered {
    may.read(|_, right| Ok(Answer::ok(right.on())?.tagged(right.on().tag()))).await
}

/// A change of a hackathon.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HackathonPatch {
    slug: Option<Slug>,
    name: Option<Said<Name>>,
    timezone: Option<String>,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    #[serde(default)]
    working_hours: Patch<Vec<crate::duty::Hours>>,
    holidays: Option<Vec<NaiveDate>>,
    /// `true` ends it: nothing in it changes any more. `false` opens it again.
    ended: Option<bool>,
}

/// `PATCH /v1/hackathons/{hackathon}`
pub async fn change(may: May<End, Hackathon>, Body(sent): Body<HackathonPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let old = right.on();
        let facts = old.facts();
        let facts = Facts {
            slug: patch.slug.unwrap_or(facts.slug),
            name: patch.name.map_or(facts.name, |said| said.in_lang(lang)),
            timezone: patch.timezone.map_or(Ok(facts.timezone), |name| Zone::parse(&name, "/timezone"))?,
            starts_on: patch.starts_on.unwrap_or(facts.starts_on),
            ends_on: patch.ends_on.unwrap_or(facts.ends_on),
            working_hours: patch
                .working_hours
                .map(|hours| hours.iter().map(ToString::to_string).collect())
                .apply(facts.working_hours),
            holidays: patch.holidays.unwrap_or(facts.holidays),
        };
        if let Some(ended) = patch.ended {
            tenant::end(tx, old, ended)?;
        }
        let changed = tenant::change(tx, old, &facts)?;
        Ok(Answer::ok(&changed)?.tagged(changed.tag()))
    })
    .await
}

/// What a caller who deletes a hackathon must say.
#[derive(Deserialize, Serialize)]
pub struct Sure {
    /// The hackathon's slug, so that nobody deletes the wrong one.
    confirm: Option<String>,
}

/// `DELETE /v1/hackathons/{hackathon}?confirm=<slug>`: with all that is in it, for good.
pub async fn delete(may: May<Delete, Hackathon>, Query(sure): Query<Sure>) -> Answered {
    may.write(move |tx, right| {
        let slug = &right.on().slug;
        if sure.confirm.as_deref().is_some_and(|confirm| confirm != slug.as_str()) {
            return Err(Error::Conflict(crate::say!(
                "Give confirm={slug} to delete this hackathon and everything in it.",
                "이 해커톤과 그 안의 모든 것을 지우려면 confirm={slug} 값을 보내세요."
            )));
        }
        tenant::delete(tx, right.on())?;
        Ok(Answer::done())
    })
    .await
}

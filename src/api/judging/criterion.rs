//! `/v1/hackathons/{hackathon}/criteria`: what submissions are judged by.

use serde::Deserialize;

use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::api::{Answered, Body, Empty};
use crate::base::{Name, Page, Said, given};
use crate::hackathon::Hackathon;
use crate::judging::Criterion;
use crate::judging::criterion::{self, Facts};
use crate::judging::store::criterion as store;

fn whole(items: Vec<Criterion>) -> Answered {
    Answer::ok(&Page { items, next: None })
}

/// `GET /v1/hackathons/{hackathon}/criteria`: all of them, in order.
pub async fn list(may: May<See, Hackathon>) -> Answered {
    may.read(|tx, right| whole(store::all(tx, right.on().id)?)).await
}

/// A new criterion.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCriterion {
    name: Said<Name>,
    weight: i32,
}

/// `POST /v1/hackathons/{hackathon}/criteria`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewCriterion>) -> Answered {
    let sent = sent.map(|new, lang| Facts { name: new.name.in_lang(lang), weight: new.weight });
    may.post(sent, |tx, right, facts| {
        let here = right.on();
        let made = criterion::add(tx, here.id, right.user(), &facts)?;
        let place = format!("/v1/hackathons/{}/criteria/{}", here.slug, made.id);
        Ok(Answer::created(place, &made)?.tagged(made.tag()))
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/criteria/from-brief`: those of the brief that are missing; answers all.
pub async fn from_brief(may: May<Change, Hackathon>, Empty(sent): Empty) -> Answered {
    may.post(sent, |tx, right, ()| whole(criterion::from_brief(tx, right.on().id, right.user())?)).await
}

/// `GET /v1/hackathons/{hackathon}/criteria/{criterion}`
pub async fn show(may: May<See, Within<Hackathon, Criterion>>) -> Answered {
    may.read(|_, right| shown(&right.on().item)).await
}

/// A change of a criterion.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionPatch {
    #[serde(default, deserialize_with = "given")]
    name: Option<Said<Name>>,
    #[serde(default, deserialize_with = "given")]
    weight: Option<i32>,
}

/// `PATCH /v1/hackathons/{hackathon}/criteria/{criterion}`
pub async fn change(may: May<Change, Within<Hackathon, Criterion>>, Body(sent): Body<CriterionPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let of = &right.on().item;
        let now = of.facts();
        let name = patch.name.map_or(now.name, |said| said.in_lang(lang));
        let facts = Facts { name, weight: patch.weight.unwrap_or(now.weight) };
        shown(&criterion::change(tx, of, right.user(), &facts)?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/criteria/{criterion}`
pub async fn remove(may: May<Change, Within<Hackathon, Criterion>>) -> Answered {
    may.write(|tx, right| {
        criterion::remove(tx, &right.on().item, right.user())?;
        Ok(Answer::done())
    })
    .await
}

fn shown(criterion: &Criterion) -> Answered {
    Ok(Answer::ok(criterion)?.tagged(criterion.tag()))
}

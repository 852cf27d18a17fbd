//! `/v1/hackathons/{hackathon}/topics`: what one can ask about.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Localized, Name, Page, Patch, Result, Said, Slug, Text, given};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::topic::{self, Facts, Phrases, PhrasesSaid, Topic, store};

const LIST: &str = "topics";

/// A topic as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Topic>,
    slug: Slug,
    name: Localized,
    description: Option<Localized>,
    keywords: Phrases,
    examples: Phrases,
    parent: Option<Id<Topic>>,
    pack: Option<Slug>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Topic> for View {
    fn from(topic: Topic) -> View {
        let Topic { id, facts, created_at, updated_at, .. } = topic;
        let Facts { slug, name, description, keywords, examples, parent, pack } = facts;
        View { id, slug, name, description, keywords, examples, parent, pack, created_at, updated_at }
    }
}

/// `GET /v1/hackathons/{hackathon}/topics`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// A new topic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTopic {
    slug: Slug,
    name: Said<Name>,
    description: Option<Said<Text>>,
    keywords: Option<PhrasesSaid>,
    examples: Option<PhrasesSaid>,
    parent: Option<String>,
    pack: Option<Slug>,
}

/// `POST /v1/hackathons/{hackathon}/topics`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewTopic>) -> Answered {
    let lang = sent.lang;
    may.post(sent, move |tx, right, new| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let facts = Facts {
            slug: new.slug,
            name: new.name.in_lang(lang),
            description: new.description.map(|said| said.in_lang(lang)),
            keywords: new.keywords.map(|said| said.in_lang(lang)).unwrap_or_default(),
            examples: new.examples.map(|said| said.in_lang(lang)).unwrap_or_default(),
            parent: new.parent.map(|key| parent(tx, here.id, &key)).transpose()?,
            pack: new.pack,
        };
        let made = topic::add(tx, here.id, &facts)?;
        let (place, tag) = (format!("/v1/hackathons/{}/topics/{}", here.slug, made.facts.slug), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/topics/{topic}`
pub async fn show(may: May<See, Within<Hackathon, Topic>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a topic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicPatch {
    #[serde(default, deserialize_with = "given")]
    slug: Option<Slug>,
    #[serde(default, deserialize_with = "given")]
    name: Option<Said<Name>>,
    #[serde(default)]
    description: Patch<Said<Text>>,
    #[serde(default)]
    keywords: Patch<PhrasesSaid>,
    #[serde(default)]
    examples: Patch<PhrasesSaid>,
    #[serde(default)]
    parent: Patch<String>,
    #[serde(default)]
    pack: Patch<Slug>,
}

/// `PATCH /v1/hackathons/{hackathon}/topics/{topic}`
pub async fn change(may: May<Change, Within<Hackathon, Topic>>, Body(sent): Body<TopicPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Within { parent: here, item } = right.on();
        hackathon::touch(tx, here.id)?;
        let old = item.facts.clone();
        let facts = Facts {
            slug: patch.slug.unwrap_or(old.slug),
            name: patch.name.map_or(old.name, |said| said.in_lang(lang)),
            description: patch.description.map(|said| said.in_lang(lang)).apply(old.description),
            keywords: patch.keywords.map(|said| said.in_lang(lang)).apply(Some(old.keywords)).unwrap_or_default(),
            examples: patch.examples.map(|said| said.in_lang(lang)).apply(Some(old.examples)).unwrap_or_default(),
            parent: patch.parent.try_map(|key| parent(tx, here.id, &key))?.apply(old.parent),
            pack: patch.pack.apply(old.pack),
        };
        shown(topic::change(tx, item, &facts)?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/topics/{topic}`
pub async fn delete(may: May<Change, Within<Hackathon, Topic>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        topic::remove(tx, item)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(topic: Topic) -> Answered {
    let tag = topic.tag();
    Ok(Answer::ok(&View::from(topic))?.tagged(tag))
}

fn parent(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str) -> Result<Id<Topic>> {
    Ok(topic::named(tx, hackathon, key, "/parent")?.id)
}

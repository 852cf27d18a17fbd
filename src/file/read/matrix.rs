//! Reads topics and responsibilities.

use super::super::check::{Once, SeenParent, Thing};
use super::super::document::{Holder, Responsibility, Topic};
use super::consortium::holder;
use super::{Fields, Reader, Spot, fields, language};
use crate::base::{Slug, say};

/// Something that one can ask about.
pub fn topic(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Topic> {
    let mut f = Fields::open(r, at)?;
    let slug = f.required(r, "slug", |r, at| r.declare(Thing::Topic, &at));
    let in_pack = f.get("pack").is_some();
    let pack = f.optional(r, "pack", |r, at| r.refer(Thing::Pack, &at));
    let parent = f.optional(r, "parent", |r, at| parent(r, at, slug.as_ref()));
    let name = if in_pack {
        f.optional(r, "name", language::localized_name)
    } else {
        f.required(r, "name", language::localized_name)
    };
    let description = f.optional(r, "description", language::localized_text);
    let keywords = f.optional(r, "keywords", language::phrases).unwrap_or_default();
    let examples = f.optional(r, "examples", language::phrases).unwrap_or_default();
    f.close(r);
    Some(Topic { slug: slug?, pack, parent, name, description, keywords, examples })
}

fn parent(r: &mut Reader<'_>, at: Spot<'_>, topic: Option<&Slug>) -> Option<Slug> {
    let parent = r.refer(Thing::Topic, &at)?;
    if let Some(topic) = topic {
        let (topic, parent) = (topic.to_string(), parent.to_string());
        r.names.parents.push(SeenParent { topic, parent, pointer: at.pointer.clone(), place: at.place() });
    }
    Some(parent)
}

/// One row of the matrix.
pub fn responsibility(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Responsibility> {
    let mut f = Fields::open(r, at)?;
    let topic = f.required(r, "topic", |r, at| {
        let topic = r.refer(Thing::Topic, &at)?;
        r.declare_key(Thing::Row, topic.to_string(), &at);
        Some(topic)
    });
    let responsible = f.optional(r, "responsible", holders);
    let accountable = f.optional(r, "accountable", holder);
    let consulted = f.optional(r, "consulted", holders);
    let informed = f.optional(r, "informed", holders);
    let at = f.at().clone();
    let empty = ["responsible", "accountable", "consulted", "informed"].iter().all(|name| f.get(name).is_none());
    if empty {
        let detail = say!(
            "Nobody holds this topic here. Add \"responsible\" and \"accountable\", or remove the row.",
            "이 주제의 담당이 없습니다. \"responsible\"과 \"accountable\"을 추가하거나 행을 지우세요."
        );
        r.fault(&at, "responsibility.empty", detail);
    }
    f.close(r);
    let list = |holders: Option<Vec<Holder>>| holders.unwrap_or_default();
    Some(Responsibility {
        topic: topic?,
        responsible: list(responsible),
        accountable,
        consulted: list(consulted),
        informed: list(informed),
    })
}

/// The holders of one role, each once.
fn holders(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Vec<Holder>> {
    let mut seen = Once::of("holder.twice");
    Some(fields::list(r, at, |r, at| {
        let holder = holder(r, at.clone())?;
        seen.see(r, &at, key(&holder));
        Some(holder)
    }))
}

/// What tells two holders apart, also where an email is written in another way.
fn key(holder: &Holder) -> String {
    match holder {
        Holder::Organization(slug) => format!("organization {slug}"),
        Holder::Unit(slug) => format!("unit {slug}"),
        Holder::Member(email) => format!("member {}", email.folded()),
        Holder::Role(_) => "team_mentor".to_owned(),
    }
}

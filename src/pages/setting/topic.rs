//! Topics: what one can ask about, as a tree.

mod form;

use askama::Template;

use super::one::{One, Subject};
use super::{frame, may_change, pack, place};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{Item, May, Right, Within};
use crate::base::{Id, Lang, Result, Sentence, Slug};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::topic::{self, Topic, store};
use form::{at_their_fields, facts, fields};

/// A topic within its hackathon.
type Here = Within<Hackathon, Topic>;

#[derive(Template)]
#[template(path = "setting/topics.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    rows: Vec<Row>,
    new: Option<Vec<Entry>>,
    packs: Vec<pack::Offer>,
}

/// A topic as it is listed, below what it is a part of.
struct Row {
    slug: String,
    above: Vec<Words>,
    name: Words,
    keywords: usize,
    examples: usize,
    pack: Option<String>,
}

/// `GET /h/{hackathon}/settings/topics`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    drawn(visit, may, Again::default()).await
}

/// The list, with a form that was refused among those below it.
pub async fn drawn(visit: Visit, may: May<SeeDraft, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeDraft, Hackathon>, visit: &Visit, again: Again) -> Result<Page> {
    let (here, lang) = (right.on(), visit.lang);
    let all = store::all(tx, here.id)?;
    let (place, changes) = (place(here), may_change(right));
    Ok(Page {
        frame: frame(tx, visit, right, &format!("{place}/topics"))?,
        rows: tree(&all, None, &[], lang),
        new: changes.then(|| fields(&again, None, &all, lang)),
        packs: if changes { pack::offers(&again, &all, lang) } else { Vec::new() },
        place,
        obstacles: again.obstacles,
    })
}

/// The topics below one, each followed by its own parts.
fn tree(all: &[Topic], parent: Option<Id<Topic>>, above: &[Words], lang: Lang) -> Vec<Row> {
    let parts = all.iter().filter(|one| one.facts.parent == parent);
    let rows = parts.flat_map(|one| {
        let name = Words::of(&one.facts.name, lang);
        let within: Vec<Words> = above.iter().chain([&name]).cloned().collect();
        let row = Row {
            slug: one.facts.slug.to_string(),
            above: above.to_vec(),
            name,
            keywords: one.facts.keywords.en.len() + one.facts.keywords.ko.len(),
            examples: one.facts.examples.en.len() + one.facts.examples.ko.len(),
            pack: one.facts.pack.as_ref().map(Slug::to_string),
        };
        std::iter::once(row).chain(tree(all, Some(one.id), &within, lang))
    });
    rows.collect()
}

/// `POST /h/{hackathon}/settings/topics`
pub async fn add(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        let facts = facts(tx, here.id, &said)?;
        hackathon::touch(tx, here.id)?;
        topic::add(tx, here.id, &facts)?;
        Ok(format!("{}/topics", place(here)))
    });
    listed(visit, see, done.await, "", typed).await
}

/// Goes back to the list, with what stands in the way.
pub async fn listed(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    done: Result<String>,
    form: &str,
    typed: Typed,
) -> Shown {
    match done.map_err(at_their_fields) {
        Ok(list) => Ok(see_other(&list)),
        Err(refusal) => drawn(visit.clone(), see, Again::of(refusal, visit.lang, form, typed)?).await,
    }
}

/// `GET /h/{hackathon}/settings/topics/{topic}`
pub async fn edit(visit: Visit, may: May<SeeDraft, Here>) -> Shown {
    edit_page(visit, may, Again::default()).await
}

async fn edit_page(visit: Visit, may: May<SeeDraft, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item } = right.on();
        let all = store::all(tx, here.id)?;
        let subject = Subject {
            up: ("topics", Sentence::fixed("Topics", "주제")),
            kind: Sentence::fixed("Topic", "주제"),
            name: Words::of(&item.facts.name, lang),
            path: format!("topics/{}", item.facts.slug),
            fields: fields(&again, Some(item), &all, lang),
            removal: Sentence::fixed(
                "A topic that has parts, or responsibilities in the draft, stays until they are moved or removed.",
                "하위 주제나 초안의 담당이 있는 주제는 먼저 옮기거나 지워야 합니다.",
            ),
        };
        One::of(tx, right, &visit, subject, again)
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/settings/topics/{topic}`
pub async fn change(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent: here, item } = right.on();
        unchanged(&said, item.tag())?;
        let facts = facts(tx, here.id, &said)?;
        hackathon::touch(tx, here.id)?;
        topic::change(tx, item, &facts)?;
        Ok(format!("{}/topics", place(here)))
    });
    after(visit, see, done.await, typed).await
}

/// `POST /h/{hackathon}/settings/topics/{topic}/remove`
pub async fn remove(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent: here, item } = right.on();
        hackathon::touch(tx, here.id)?;
        topic::remove(tx, item)?;
        Ok(format!("{}/topics", place(here)))
    });
    after(visit, see, done.await, Typed::default()).await
}

async fn after(visit: Visit, see: May<SeeDraft, Here>, done: Result<String>, typed: Typed) -> Shown {
    match done.map_err(at_their_fields) {
        Ok(list) => Ok(see_other(&list)),
        Err(refusal) => edit_page(visit.clone(), see, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}

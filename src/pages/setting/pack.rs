//! The starter packs that topics can be made from.

use super::place;
use super::topic::listed;
use crate::access::May;
use crate::access::policy::{Change, SeeDraft};
use crate::base::{Error, Lang, Localized, Result, Slug, say};
use crate::hackathon::{self, Hackathon};
use crate::pages::Shown;
use crate::pages::entry::{Again, Typed};
use crate::pages::form::Form;
use crate::pages::frame::Visit;
use crate::router::{self, Pack};
use crate::topic::{self, Facts, Phrases, Topic};

/// The key of the form by which packs are taken.
const PACKS: &str = "packs";

/// A starter pack that no topic was made from yet.
pub struct Offer {
    /// Its name in forms.
    pub slug: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What belongs to it.
    pub about: &'static str,
    /// Whether it was ticked in a form that was refused.
    pub chosen: bool,
}

/// The packs that no topic was made from yet.
pub fn offers(again: &Again, all: &[Topic], lang: Lang) -> Vec<Offer> {
    let is_taken =
        |pack: &Pack| all.iter().any(|one| one.facts.pack.as_ref().is_some_and(|of| of.as_str() == pack.slug));
    let open = router::packs().iter().filter(|pack| !is_taken(pack));
    let offer = |pack: &'static Pack| Offer {
        slug: pack.slug,
        name: lang.either(pack.name.en, pack.name.ko),
        about: lang.either(pack.description.en, pack.description.ko),
        chosen: again.typed(PACKS).is_some_and(|typed| typed.all("pack").any(|chosen| chosen == pack.slug)),
    };
    open.map(offer).collect()
}

/// `POST /h/{hackathon}/settings/packs`: a topic from each pack that was ticked.
pub async fn take(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        for pack in chosen(&said)? {
            topic::add(tx, here.id, &from_pack(pack))?;
        }
        Ok(format!("{}/topics", place(here)))
    });
    listed(visit, see, done.await, PACKS, typed).await
}

fn chosen(typed: &Typed) -> Result<Vec<&'static Pack>> {
    let packs: Vec<_> = typed.all("pack").filter_map(router::pack).collect();
    if packs.is_empty() {
        let detail = say!("Tick the packs to take.", "가져올 팩을 고르세요.");
        return Err(Error::invalid("/pack", "packs.missing", detail));
    }
    Ok(packs)
}

/// A pack brings its own words and questions along, so its topic needs none besides.
fn from_pack(pack: &Pack) -> Facts {
    let slug = Slug::stored(pack.slug.to_owned());
    Facts {
        name: Localized { en: Some(pack.name.en.into()), ko: Some(pack.name.ko.into()) },
        description: None,
        keywords: Phrases::default(),
        examples: Phrases::default(),
        parent: None,
        pack: Some(slug.clone()),
        slug,
    }
}

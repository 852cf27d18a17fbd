//! Units: divisions of organizations.

use super::one::{One, Subject};
use super::{after_none, members, organization, place};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{Item, May, Within};
use crate::base::{Id, Lang, Result, Sentence};
use crate::consortium::unit::{self, Facts};
use crate::consortium::{Member, Organization, Unit, named, store};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::matrix;
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::Visit;
use crate::pages::reading::Reading;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};

/// A unit within its hackathon.
type Here = Within<Hackathon, Unit>;

/// The key of the form that adds one, among those of the list.
pub const NEW: &str = "unit";

/// The fields about a unit; none: one that is added.
pub fn fields(
    again: &Again,
    form: &str,
    stored: Option<&Unit>,
    organizations: &[Organization],
    people: &[Member],
    lang: Lang,
) -> Vec<Entry> {
    let all = organizations.iter().map(|one| (one.id.to_string(), one.name.text(lang).to_owned()));
    let of = stored.map(|one| one.organization.to_string()).unwrap_or_default();
    let lead = stored.and_then(|one| one.lead).map(|id| id.to_string()).unwrap_or_default();
    let labels = [Sentence::fixed("Name in English", "영어 이름"), Sentence::fixed("Name in Korean", "한국어 이름")];
    let [en, ko] = again.both(form, "name", labels, stored.map(|one| &one.name));
    vec![
        again.entry(form, "of", Sentence::fixed("Division of", "소속 기관"), &of).among(after_none(all, lang)),
        en.slim(),
        ko.slim().hint("One of the two is enough.", "둘 중 하나면 됩니다."),
        again
            .entry(form, "slug", Sentence::fixed("Short name", "짧은 이름"), stored.map_or("", |one| one.slug.as_str()))
            .slim()
            .hint(
                "Small letters, digits and hyphens, such as operations. It stands in addresses.",
                "operations처럼 영문 소문자, 숫자, 붙임표. 주소에 쓰입니다.",
            ),
        again.entry(form, "lead", Sentence::fixed("Who leads it", "부서장"), &lead).among(members(people, lang)),
    ]
}

fn facts(tx: &mut Tx, here: Id<Hackathon>, typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (slug, name) = (reading.slug("slug"), reading.both_names("name"));
    let lead = reading.maybe("lead", Reading::id);
    let of = match typed.filled("of") {
        Some(of) => reading.found(named::organization(tx, here, of, "/of"))?,
        None => reading.unchosen("of"),
    };
    reading.whole(|| Some(Facts { organization: of?.id, slug: slug?, name: name?, lead: lead? }))
}

/// `POST /h/{hackathon}/settings/units`
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
        unit::add(tx, here.id, &facts)?;
        Ok(format!("{}/organizations", place(here)))
    });
    match done.await {
        Ok(list) => Ok(see_other(&list)),
        Err(refusal) => organization::drawn(visit.clone(), see, Again::of(refusal, visit.lang, NEW, typed)?).await,
    }
}

/// `GET /h/{hackathon}/settings/units/{unit}`
pub async fn edit(visit: Visit, may: May<SeeDraft, Here>) -> Shown {
    edit_page(visit, may, Again::default()).await
}

async fn edit_page(visit: Visit, may: May<SeeDraft, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item } = right.on();
        let (all, people) = (store::organization::all(tx, here.id)?, store::member::all(tx, here.id)?);
        let subject = Subject {
            up: ("organizations", Sentence::fixed("Organizations", "기관")),
            kind: Sentence::fixed("Unit", "부서"),
            name: Words::of(&item.name, lang),
            path: format!("units/{}", item.slug),
            fields: fields(&again, "", Some(item), &all, &people, lang),
            removal: Sentence::fixed(
                "Its people belong to its organization from then on; its channels and shifts go. A unit without which a topic would have nobody stays.",
                "소속 사람은 상위 기관 소속이 되고, 채널과 근무는 지워집니다. 주제의 담당이 없어지는 부서는 지울 수 없습니다.",
            ),
        };
        One::of(tx, right, &visit, subject, again)
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/settings/units/{unit}`
pub async fn change(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        unchanged(&said, item.tag())?;
        let facts = facts(tx, parent.id, &said)?;
        hackathon::touch(tx, parent.id)?;
        unit::change(tx, item, facts)?;
        Ok(format!("{}/organizations", place(parent)))
    });
    after(visit, see, done.await, typed).await
}

/// `POST /h/{hackathon}/settings/units/{unit}/remove`
pub async fn remove(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        matrix::remove_unit(tx, parent, item)?;
        Ok(format!("{}/organizations", place(parent)))
    });
    after(visit, see, done.await, Typed::default()).await
}

async fn after(visit: Visit, see: May<SeeDraft, Here>, done: Result<String>, typed: Typed) -> Shown {
    match done {
        Ok(list) => Ok(see_other(&list)),
        Err(refusal) => edit_page(visit.clone(), see, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}

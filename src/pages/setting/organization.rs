//! The consortium: its organizations with what each is here, and their units.

use askama::Template;

use super::one::{One, Subject};
use super::{after_none, frame, may_change, members, place, unit};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{Item, May, Right, Within};
use crate::base::{Id, Key, Lang, Result, Sentence};
use crate::consortium::organization::{self, Facts, Joining};
use crate::consortium::{Function, Member, Organization, Unit, store};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::matrix;
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};

/// An organization within its hackathon.
type Here = Within<Hackathon, Organization>;

/// The key of the form that adds one, among those of the list.
const NEW: &str = "organization";

#[derive(Template)]
#[template(path = "setting/organizations.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    rows: Vec<Row>,
    new: Option<Forms>,
}

/// The forms by which an organization and a unit are added.
struct Forms {
    organization: Vec<Entry>,
    unit: Vec<Entry>,
}

/// An organization as it is listed.
struct Row {
    slug: String,
    name: Words,
    function: Sentence,
    lead: Option<String>,
    units: Vec<Division>,
}

/// A unit as it is listed.
struct Division {
    slug: String,
    name: Words,
    lead: Option<String>,
}

/// What a function is called.
fn function(of: Function) -> Sentence {
    match of {
        Function::Host => Sentence::fixed("Host", "주최 기관"),
        Function::Sponsor => Sentence::fixed("Sponsor", "후원 기관"),
        Function::PlatformVendor => Sentence::fixed("Platform vendor", "플랫폼 공급사"),
        Function::EventPlanner => Sentence::fixed("Event planner", "행사 기획사"),
        Function::DeliveryPartner => Sentence::fixed("Delivery partner", "수행 파트너"),
    }
}

/// `GET /h/{hackathon}/settings/organizations`
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
    let (all, units) = (store::organization::all(tx, here.id)?, store::unit::all(tx, here.id)?);
    let people = store::member::all(tx, here.id)?;
    let forms = may_change(right).then(|| Forms {
        organization: new_fields(&again, &people, lang),
        unit: unit::fields(&again, unit::NEW, None, &all, &people, lang),
    });
    let place = place(here);
    Ok(Page {
        frame: frame(tx, visit, right, &format!("{place}/organizations"))?,
        place,
        rows: all.iter().map(|one| row(one, &units, &people, lang)).collect(),
        new: forms,
        obstacles: again.obstacles,
    })
}

fn row(one: &Organization, units: &[Unit], people: &[Member], lang: Lang) -> Row {
    let name = |lead: Option<Id<Member>>| {
        let found = people.iter().find(|person| Some(person.id) == lead);
        found.map(|person| person.display_name.to_string())
    };
    let own = units.iter().filter(|unit| unit.organization == one.id);
    Row {
        slug: one.slug.to_string(),
        name: Words::of(&one.name, lang),
        function: function(one.function),
        lead: name(one.lead),
        units: own
            .map(|unit| Division {
                slug: unit.slug.to_string(),
                name: Words::of(&unit.name, lang),
                lead: name(unit.lead),
            })
            .collect(),
    }
}

fn new_fields(again: &Again, people: &[Member], lang: Lang) -> Vec<Entry> {
    let slug = again.entry(NEW, "organization", Sentence::fixed("Short name", "짧은 이름"), "").slim();
    let slug = slug.hint(
        "Small letters, digits and hyphens, such as acme. It stands in addresses.",
        "acme처럼 영문 소문자, 숫자, 붙임표. 주소에 쓰입니다.",
    );
    std::iter::once(slug).chain(fields(again, NEW, None, people, lang)).collect()
}

fn fields(again: &Again, form: &str, stored: Option<&Organization>, people: &[Member], lang: Lang) -> Vec<Entry> {
    let functions = Function::ALL.iter().map(|one| (one.word().to_owned(), function(*one).text(lang).to_owned()));
    let stands = stored.map_or("", |one| one.function.word());
    let lead = stored.and_then(|one| one.lead).map(|id| id.to_string()).unwrap_or_default();
    let labels = [Sentence::fixed("Name in English", "영어 이름"), Sentence::fixed("Name in Korean", "한국어 이름")];
    let [en, ko] = again.both(form, "name", labels, stored.map(|one| &one.name));
    vec![
        en.slim(),
        ko.slim().hint(
            "One of the two is enough. It is its name in this hackathon alone.",
            "둘 중 하나면 됩니다. 이 해커톤에서만 쓰는 이름입니다.",
        ),
        again
            .entry(form, "function", Sentence::fixed("What it is here", "역할"), stands)
            .among(after_none(functions, lang)),
        again.entry(form, "lead", Sentence::fixed("Who speaks for it", "대표자"), &lead).among(members(people, lang)),
    ]
}

/// `POST /h/{hackathon}/settings/organizations`
pub async fn add(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        let joining = joining(&said)?;
        hackathon::touch(tx, here.id)?;
        organization::join(tx, here.id, joining)?;
        Ok(format!("{}/organizations", place(here)))
    });
    match done.await {
        Ok(list) => Ok(see_other(&list)),
        Err(refusal) => drawn(visit.clone(), see, Again::of(refusal, visit.lang, NEW, typed)?).await,
    }
}

fn joining(typed: &Typed) -> Result<Joining> {
    let mut reading = Reading::of(typed);
    let key = match Key::parse(typed.get("organization").trim()) {
        Some(key) => Some(key),
        None => reading.slug("organization").map(Key::Slug),
    };
    let (name, function) = (reading.maybe_both_names("name"), reading.word("function", Function::from_word));
    let lead = reading.maybe("lead", Reading::id);
    reading.whole(|| Some(Joining { key: key?, name: name?, function: function?, lead: lead? }))
}

/// `GET /h/{hackathon}/settings/organizations/{organization}`
pub async fn edit(visit: Visit, may: May<SeeDraft, Here>) -> Shown {
    edit_page(visit, may, Again::default()).await
}

async fn edit_page(visit: Visit, may: May<SeeDraft, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item } = right.on();
        let people = store::member::all(tx, here.id)?;
        let subject = Subject {
            up: ("organizations", Sentence::fixed("Organizations", "기관")),
            kind: Sentence::fixed("Organization", "기관"),
            name: Words::of(&item.name, lang),
            path: format!("organizations/{}", item.slug),
            fields: fields(&again, "", Some(item), &people, lang),
            removal: Sentence::fixed(
                "Its people stay, without an affiliation; its channels and shifts go. An organization that has units, or without which a topic would have nobody, stays.",
                "소속 사람은 소속 없이 남고, 채널과 근무는 지워집니다. 부서가 있거나 주제의 담당이 없어지는 기관은 지울 수 없습니다.",
            ),
        };
        One::of(tx, right, &visit, subject, again)
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/settings/organizations/{organization}`
pub async fn change(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        unchanged(&said, item.tag())?;
        let facts = facts(&said)?;
        hackathon::touch(tx, parent.id)?;
        organization::change(tx, item, &facts)?;
        Ok(format!("{}/organizations", place(parent)))
    });
    after(visit, see, done.await, typed).await
}

fn facts(typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (name, function) = (reading.both_names("name"), reading.word("function", Function::from_word));
    let lead = reading.maybe("lead", Reading::id);
    reading.whole(|| Some(Facts { name: name?, function: function?, lead: lead? }))
}

/// `POST /h/{hackathon}/settings/organizations/{organization}/remove`
pub async fn remove(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        matrix::remove_organization(tx, parent, item)?;
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

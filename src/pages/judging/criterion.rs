//! What submissions are judged by, and how much each criterion counts.

use askama::Template;

use super::{frame, ways};
use crate::access::policy::{Change, See};
use crate::access::{Item, May, Right, Within, allow};
use crate::base::{Lang, Result, Sentence};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::judging::criterion::{self, Facts};
use crate::judging::{Criterion, POINTS_MOST, store};
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit, Way};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};

#[derive(Template)]
#[template(path = "judging/criteria.html")]
struct Page {
    frame: Frame,
    place: String,
    ways: Vec<Way>,
    obstacles: Vec<Obstacle>,
    most: i32,
    rows: Vec<Row>,
    new: Option<Vec<Entry>>,
    from_brief: bool,
}

/// A criterion, and the form to change it.
struct Row {
    id: String,
    name: Words,
    weight: i32,
    share: i64,
    mark: String,
    fields: Vec<Entry>,
    open: bool,
}

/// `GET /h/{hackathon}/judging/criteria`
pub async fn show(visit: Visit, may: May<See, Hackathon>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<See, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<See, Hackathon>, visit: &Visit, again: Again) -> Result<Page> {
    let here = right.on();
    let all = store::criterion::all(tx, here.id)?;
    // What was sealed was sealed by these, so there is nothing to change any more.
    let changes = allow::<Change>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok()
        && !store::score::any_sealed(tx, here.id)?;
    let weights = all.iter().map(|one| i64::from(one.weight)).sum();
    let brief = crate::brief::store::latest(tx, here.id)?;
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), "/judging/criteria")?,
        place: format!("/h/{}/judging/criteria", here.slug),
        ways: ways(here, right.roles(), "/judging/criteria"),
        most: POINTS_MOST,
        rows: all.iter().map(|one| row(one, weights, changes, &again, visit.lang)).collect(),
        new: changes.then(|| fields(&again, "", None)),
        from_brief: changes && brief.is_some_and(|brief| !brief.wish().criteria.is_empty()),
        obstacles: again.obstacles,
    })
}

fn row(of: &Criterion, weights: i64, changes: bool, again: &Again, lang: Lang) -> Row {
    let id = of.id.to_string();
    Row {
        name: Words::of(&of.name, lang),
        weight: of.weight,
        share: (i64::from(of.weight) * 100).checked_div(weights).unwrap_or_default(),
        mark: of.tag().unwrap_or_default(),
        fields: if changes { fields(again, &id, Some(of)) } else { Vec::new() },
        open: again.is_of(&id),
        id,
    }
}

fn fields(again: &Again, form: &str, stored: Option<&Criterion>) -> Vec<Entry> {
    let names = [Sentence::fixed("Name in English", "영어 이름"), Sentence::fixed("Name in Korean", "한국어 이름")];
    let [en, ko] = again.both(form, "name", names, stored.map(|one| &one.name));
    let weight = stored.map_or(1, |one| one.weight).to_string();
    vec![
        en.slim(),
        ko.slim().hint("One of the two is enough.", "둘 중 하나만 적어도 됩니다."),
        again.entry(form, "weight", Sentence::fixed("Weight, 1 to 100", "비중(1~100)"), &weight).of("number"),
    ]
}

fn facts(typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (name, weight) = (reading.both_names("name"), reading.number("weight"));
    reading.whole(|| Some(Facts { name: name?, weight: weight? }))
}

/// `POST /h/{hackathon}/judging/criteria`
pub async fn add(
    visit: Visit,
    see: May<See, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| criterion::add(tx, right.on().id, right.user(), &facts(&said)?).map(drop));
    after(visit, see, done.await, "", typed).await
}

/// `POST /h/{hackathon}/judging/criteria/from-brief`
pub async fn from_brief(visit: Visit, see: May<See, Hackathon>, may: May<Change, Hackathon>) -> Shown {
    let done = may.write(|tx, right| criterion::from_brief(tx, right.on().id, right.user()).map(drop));
    after(visit, see, done.await, "", Typed::default()).await
}

/// `POST /h/{hackathon}/judging/criteria/{criterion}`
pub async fn change(
    visit: Visit,
    see: May<See, Hackathon>,
    may: May<Change, Within<Hackathon, Criterion>>,
    Form(typed): Form<Typed>,
) -> Shown {
    let (said, form) = (typed.clone(), may.path().text("criterion")?.to_owned());
    let done = may.write(move |tx, right| {
        let of = &right.on().item;
        unchanged(&said, of.tag())?;
        criterion::change(tx, of, right.user(), &facts(&said)?).map(drop)
    });
    after(visit, see, done.await, &form, typed).await
}

/// `POST /h/{hackathon}/judging/criteria/{criterion}/remove`
pub async fn remove(visit: Visit, see: May<See, Hackathon>, may: May<Change, Within<Hackathon, Criterion>>) -> Shown {
    let done = may.write(|tx, right| criterion::remove(tx, &right.on().item, right.user()));
    after(visit, see, done.await, "", Typed::default()).await
}

async fn after(visit: Visit, see: May<See, Hackathon>, done: Result<()>, form: &str, typed: Typed) -> Shown {
    let lang = visit.lang;
    match done {
        Ok(()) => Ok(see_other(&format!("/h/{}/judging/criteria", see.path().text("hackathon")?))),
        Err(refusal) => drawn(visit, see, Again::of(refusal, lang, form, typed)?).await,
    }
}

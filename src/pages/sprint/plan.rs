//! Adding a sprint, changing its days and its goal, and removing it.

use askama::Template;

use super::one::{Here, place};
use crate::access::policy::Change;
use crate::access::{Item, May, Right, Within};
use crate::base::{Localized, Result, Sentence, Text};
use crate::consortium::member;
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::{Shown, page, see_other};
use crate::sprint::{self, Facts, scope, store};

#[derive(Template)]
#[template(path = "sprint/plan.html")]
struct Page {
    frame: Frame,
    /// Where the sprints are.
    list: String,
    /// Where the form is sent.
    action: String,
    obstacles: Vec<Obstacle>,
    fields: Vec<Entry>,
    /// The state of the sprint that is changed.
    mark: Option<String>,
    /// The sprint that is changed; none: one is added.
    number: Option<i32>,
}

/// `GET /h/{hackathon}/sprints/add`: what follows on the last sprint is filled in.
pub async fn add(visit: Visit, may: May<Change, Hackathon>) -> Shown {
    new_page(visit, may, Again::default()).await
}

async fn new_page(visit: Visit, may: May<Change, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let last = store::all(tx, here.id)?.pop();
        let number = last.as_ref().map_or(1, |last| last.number.saturating_add(1));
        let from = last.and_then(|last| last.ends_on.succ_opt()).unwrap_or(here.starts_on);
        let next = Typed::default().with("number", number).with("starts_on", from);
        let list = format!("/h/{}/sprints", here.slug);
        let visit = visit.at(format!("{list}/add"));
        Ok(Page {
            frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Sprints))?,
            fields: fields(&again, &next, None),
            action: list.clone(),
            list,
            mark: None,
            number: None,
            obstacles: again.obstacles,
        })
    });
    page(status, lang, &drawn.await?)
}

fn fields(again: &Again, held: &Typed, goal: Option<&Localized>) -> Vec<Entry> {
    let entry = |name: &str, en, ko| again.entry("", name, Sentence::fixed(en, ko), held.get(name));
    let goals = [
        Sentence::fixed("Goal in English (optional)", "영어 목표(선택)"),
        Sentence::fixed("Goal in Korean (optional)", "한국어 목표(선택)"),
    ];
    let [en, ko] = again.both("", "goal", goals, goal);
    vec![
        entry("number", "Number", "번호").of("number"),
        entry("starts_on", "First day", "첫날").of("date"),
        entry("ends_on", "Last day", "마지막 날").of("date").hint("Check-ins are due on it.", "체크인 기한이 됩니다."),
        en.lines(2),
        ko.lines(2),
    ]
}

/// `POST /h/{hackathon}/sprints`
pub async fn create(
    visit: Visit,
    may: May<Change, Hackathon>,
    again: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        let (facts, _) = facts(&said)?;
        hackathon::touch(tx, here.id)?;
        let others = store::all(tx, here.id)?;
        facts.check(here, &others)?;
        Ok(place(here, store::insert(tx, here.id, &facts)?.number))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => new_page(visit.clone(), again, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}

fn facts(typed: &Typed) -> Result<(Facts, Option<Text>)> {
    let mut reading = Reading::of(typed);
    let (number, from, until) = (reading.number("number"), reading.day("starts_on"), reading.day("ends_on"));
    let (goal, why) = (reading.maybe_both("goal"), reading.maybe("why", Reading::text));
    reading.whole(|| Some((Facts { number: number?, starts_on: from?, ends_on: until?, goal: goal? }, why?)))
}

/// `GET /h/{hackathon}/sprints/{sprint}/edit`
pub async fn edit(visit: Visit, may: May<Change, Here>) -> Shown {
    edit_page(visit, may, Again::default()).await
}

async fn edit_page(visit: Visit, may: May<Change, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item: sprint } = right.on();
        let action = format!("{}/edit", place(here, sprint.number));
        let held = Typed::default().with("number", sprint.number).with("starts_on", sprint.starts_on);
        let mut fields = fields(&again, &held.with("ends_on", sprint.ends_on), sprint.goal.as_ref());
        let why = again.entry("", "why", Sentence::fixed("Why it changes (optional)", "바꾸는 까닭(선택)"), "");
        fields.push(why.hint("Kept with the change, for the teams to read.", "변경과 함께 남아 팀이 읽습니다."));
        let visit = visit.at(action.clone());
        Ok(Page {
            frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Sprints))?,
            list: format!("/h/{}/sprints", here.slug),
            action,
            fields,
            mark: sprint.tag(),
            number: Some(sprint.number),
            obstacles: again.obstacles,
        })
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/sprints/{sprint}/edit`
pub async fn change(visit: Visit, may: May<Change, Here>, again: May<Change, Here>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        unchanged(&said, right.on().item.tag())?;
        let (facts, why) = facts(&said)?;
        changed(tx, right, &facts, why.as_ref())
    });
    after(visit, again, done.await, typed).await
}

fn changed(tx: &mut Tx, right: &Right<Change, Here>, facts: &Facts, why: Option<&Text>) -> Result<String> {
    let Within { parent: here, item } = right.on();
    hackathon::touch(tx, here.id)?;
    let by = member::acting(tx, here.id, right.user())?.id;
    let now = sprint::as_wished(tx, item, by, None)?;
    let mut others = store::all(tx, here.id)?;
    others.retain(|other| other.id != item.id);
    facts.check(here, &others)?;
    let changed = store::update(tx, &now, facts)?;
    scope::compare(tx, &now, &changed, by, why)?;
    Ok(place(here, changed.number))
}

/// `POST /h/{hackathon}/sprints/{sprint}/remove`
pub async fn remove(visit: Visit, may: May<Change, Here>, again: May<Change, Here>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent: here, item } = right.on();
        hackathon::touch(tx, here.id)?;
        store::delete(tx, item.id)?;
        Ok(format!("/h/{}/sprints", here.slug))
    });
    after(visit, again, done.await, Typed::default()).await
}

async fn after(visit: Visit, again: May<Change, Here>, done: Result<String>, typed: Typed) -> Shown {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => edit_page(visit.clone(), again, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}

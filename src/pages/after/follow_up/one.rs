//! A follow-up: opened and removed by organizers; changed and checked by whoever sees to it too.

use askama::Template;
use chrono::NaiveDate;

use super::{Row, after as after_days, frame, row};
use crate::access::policy::{FollowUp as Tend, PlanFollowUp, See};
use crate::access::{Item, May, Right, Within, allow};
use crate::base::{Lang, Result, Sentence, Text};
use crate::brief::Ambition;
use crate::consortium::named;
use crate::consortium::store::member;
use crate::db::Tx;
use crate::follow_up::{self, CheckState, Facts, FollowUp, store};
use crate::hackathon::Hackathon;
use crate::pages::brief::meaning;
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::{Shown, page, see_other};
use crate::team;

type On = Within<Hackathon, FollowUp>;

#[derive(Template)]
#[template(path = "after/follow_up.html")]
struct Page {
    frame: Frame,
    list: String,
    place: String,
    obstacles: Vec<Obstacle>,
    row: Option<Row>,
    mark: String,
    fields: Vec<Entry>,
    check: Option<Vec<Entry>>,
    unfolded: bool,
    removes: bool,
}

/// `GET /h/{hackathon}/after/follow-ups/new`
pub async fn blank(visit: Visit, may: May<PlanFollowUp, Hackathon>) -> Shown {
    opened(visit, may, Again::default()).await
}

async fn opened(visit: Visit, may: May<PlanFollowUp, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let list = format!("/h/{}/after/follow-ups", here.slug);
        Ok(Page {
            frame: frame(tx, &visit, here, right.roles(), "/after/follow-ups/new")?,
            place: format!("{list}/new"),
            list,
            row: None,
            mark: String::new(),
            fields: fields(tx, here, None, &again, lang)?,
            check: None,
            unfolded: true,
            removes: false,
            obstacles: again.obstacles,
        })
    });
    page(status, lang, &drawn.await?)
}

fn fields(tx: &mut Tx, here: &Hackathon, of: Option<&FollowUp>, again: &Again, lang: Lang) -> Result<Vec<Entry>> {
    let facts = of.map(|of| &of.facts);
    let teams = team::store::all(tx, here.id)?;
    let slug = facts.and_then(|facts| facts.team).and_then(|id| teams.iter().find(|one| one.id == id));
    let slug = slug.map(|one| one.slug.to_string()).unwrap_or_default();
    let none = (String::new(), lang.either("No team's", "팀 없음").to_owned());
    let teams = teams.iter().map(|one| (one.slug.to_string(), one.name.text(lang).to_owned()));
    let teams = std::iter::once(none).chain(teams).collect();
    let people = member::all(tx, here.id)?.into_iter().filter(crate::consortium::Member::takes_part);
    let people = people.map(|one| (one.id.to_string(), one.display_name.to_string()));
    // Where nobody is chosen a browser would send whoever stands first.
    let nobody = (String::new(), lang.either("Choose somebody", "고르세요").to_owned());
    let people = std::iter::once(nobody).chain(people).collect();
    let levels = Ambition::ALL.iter().map(|one| (one.word().to_owned(), meaning(*one).0.text(lang).to_owned()));
    let entry = |name: &str, en, ko, stored: &str| again.entry("", name, Sentence::fixed(en, ko), stored);
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let owner = facts.map(|facts| facts.owner.to_string()).unwrap_or_default();
    let gate = facts.and_then(|facts| facts.next_gate.as_ref()).map(Text::as_str).unwrap_or_default();
    let ambition = facts.map_or(Ambition::Pilot, |facts| facts.ambition);
    let begins = facts.map_or(here.ends_on, |facts| facts.begins_on);
    Ok(vec![
        entry("title", "What continues", "이어 갈 것", facts.map(|facts| facts.title.as_str()).unwrap_or_default()),
        entry("owner", "Who sees to it", "담당자", &owner).among(people),
        entry("team", "Whose work it is", "어느 팀의 것", &slug).among(teams),
        entry("ambition", "How far it is meant to go", "목표 수준", ambition.word()).among(levels.collect()),
        entry("next_gate", "What is decided next (optional)", "다음에 정할 것(선택)", gate),
        entry("gate_on", "On which day (optional)", "정하는 날(선택)", &day(facts.and_then(|facts| facts.gate_on)))
            .of("date"),
        entry("begins_on", "Checks are counted from", "점검을 세기 시작하는 날", &begins.to_string())
            .of("date")
            .hint("After 30, 90 and 180 days somebody looks at it again.", "30일, 90일, 180일 뒤에 다시 살펴봅니다."),
    ])
}

fn facts(tx: &mut Tx, here: &Hackathon, typed: &Typed, begins: NaiveDate) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (title, next_gate) = (reading.name("title"), reading.maybe("next_gate", Reading::text));
    let owner = match reading.id("owner") {
        Some(id) => reading.found(named::member(tx, here.id, id, "/owner"))?,
        None => None,
    };
    let team = typed.filled("team").map(|key| team::named(tx, here.id, key, "/team")).transpose();
    let team = reading.found(team)?;
    let ambition = reading.maybe("ambition", |reading, name| reading.word(name, Ambition::from_word));
    let (gate_on, begins_on) = (reading.maybe("gate_on", Reading::day), reading.maybe("begins_on", Reading::day));
    reading.whole(|| {
        Some(Facts {
            title: title?,
            team: team?.map(|team| team.id),
            owner: owner?.id,
            ambition: ambition?.unwrap_or(Ambition::Pilot),
            next_gate: next_gate?,
            gate_on: gate_on?,
            begins_on: begins_on?.unwrap_or(begins),
        })
    })
}

/// `POST /h/{hackathon}/after/follow-ups/new`
pub async fn open(
    visit: Visit,
    again: May<PlanFollowUp, Hackathon>,
    may: May<PlanFollowUp, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let (said, lang) = (typed.clone(), visit.lang);
    let done = may.write(move |tx, right| {
        let here = right.on();
        let facts = facts(tx, here, &said, here.ends_on)?;
        let made = follow_up::add(tx, here.id, &facts)?;
        Ok(format!("/h/{}/after/follow-ups/{}", here.slug, made.id))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => opened(visit, again, Again::of(refusal, lang, "", typed)?).await,
    }
}

/// `GET /h/{hackathon}/after/follow-ups/{follow_up}`
pub async fn show(visit: Visit, may: May<See, On>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<See, On>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<See, On>, visit: &Visit, again: Again) -> Result<Page> {
    let Within { parent: here, item: of } = right.on();
    let (lang, watch, ended) = (visit.lang, visit.watch(here), here.ended_at.is_some());
    let tends = allow::<Tend>(right.actor(), right.roles(), ended).is_ok();
    let teams = team::store::all(tx, here.id)?;
    let list = format!("/h/{}/after/follow-ups", here.slug);
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), &format!("/after/follow-ups/{}", of.id))?,
        place: format!("{list}/{}", of.id),
        list,
        row: Some(row(of, (tends, of.user == right.user()), &teams, &watch)),
        mark: of.tag().unwrap_or_default(),
        fields: if tends { fields(tx, here, Some(of), &again, lang)? } else { Vec::new() },
        check: if tends { checking(of, &again, watch.today(), lang) } else { None },
        unfolded: again.is_of(""),
        removes: allow::<PlanFollowUp>(right.actor(), right.roles(), ended).is_ok(),
        obstacles: again.obstacles,
    })
}

/// The form of the checks that were not made; none where all were.
fn checking(of: &FollowUp, again: &Again, today: chrono::NaiveDate, lang: Lang) -> Option<Vec<Entry>> {
    let left: Vec<_> = of.checks(today).into_iter().filter(|one| one.state != CheckState::Done).collect();
    let first = left.first()?.days.to_string();
    let choices = left.iter().map(|one| (one.days.to_string(), after_days(one.days, lang))).collect();
    Some(vec![
        again.entry("check", "days", Sentence::fixed("Which check", "어느 점검"), &first).among(choices),
        again
            .entry("check", "outcome", Sentence::fixed("What was found", "확인한 것"), "")
            .lines(4)
            .hint("Is it used? By whom? What stands in the way?", "쓰이고 있나요? 누가 쓰나요? 무엇이 막고 있나요?"),
    ])
}

/// `POST /h/{hackathon}/after/follow-ups/{follow_up}`
pub async fn change(visit: Visit, see: May<See, On>, may: May<Tend, On>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent: here, item: of } = right.on();
        unchanged(&said, of.tag())?;
        let facts = facts(tx, here, &said, of.facts.begins_on)?;
        follow_up::change(tx, of, &facts).map(drop)
    });
    after(visit, see, done.await, "", typed).await
}

/// `POST /h/{hackathon}/after/follow-ups/{follow_up}/check`
pub async fn check(visit: Visit, see: May<See, On>, may: May<Tend, On>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let mut reading = Reading::of(&said);
        let (days, outcome) = (reading.number("days"), reading.text("outcome"));
        let (days, outcome) = reading.whole(|| days.zip(outcome))?;
        follow_up::check(tx, &right.on().item, right.user(), days, &outcome).map(drop)
    });
    after(visit, see, done.await, "check", typed).await
}

/// `POST /h/{hackathon}/after/follow-ups/{follow_up}/remove`
pub async fn remove(may: May<PlanFollowUp, On>) -> Shown {
    let list = format!("/h/{}/after/follow-ups", may.path().text("hackathon")?);
    may.write(|tx, right| store::delete(tx, &right.on().item)).await?;
    Ok(see_other(&list))
}

async fn after(visit: Visit, see: May<See, On>, done: Result<()>, form: &str, typed: Typed) -> Shown {
    let (lang, path) = (visit.lang, see.path());
    let place = format!("/h/{}/after/follow-ups/{}", path.text("hackathon")?, path.text("follow_up")?);
    match done {
        Ok(()) => Ok(see_other(&place)),
        Err(refusal) => drawn(visit, see, Again::of(refusal, lang, form, typed)?).await,
    }
}

//! What askers are promised, and who is told when it is not kept.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;

use super::{Choice, frame, holders, label, place};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{May, Right, Within};
use crate::base::{Error, Lang, Localized, Name, Result, Said, Sentence, say};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::escalation_policy::{self, EscalationPolicy, Ladder, Step, Tell, TellKind, Trigger, built_in, tell};
use crate::hackathon::{self, Hackathon};
use crate::pages::form::{Form, filled};
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::{Obstacle, obstacles};
use crate::pages::time::Watch;
use crate::pages::{Shown, page, see_other};
use crate::sla_policy::{self, BUILT_IN, Scope, ScopeSaid, SlaPolicy, Times};
use crate::topic;

#[derive(Template)]
#[template(path = "setting/policies.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    promises: Vec<Line>,
    usual: Vec<String>,
    ladders: Vec<Line>,
    usual_ladders: Vec<(Sentence, Vec<String>)>,
    scopes: Vec<(String, String)>,
    triggers: Vec<(&'static str, Sentence)>,
    tells: Vec<(&'static str, Sentence)>,
}

/// A policy as it is listed.
struct Line {
    id: String,
    name: String,
    scope: String,
    what: Option<Sentence>,
    says: Vec<String>,
}

/// `GET /h/{hackathon}/settings/policies`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    drawn(visit, may, StatusCode::OK, Vec::new()).await
}

async fn drawn(visit: Visit, may: May<SeeDraft, Hackathon>, status: StatusCode, obstacles: Vec<Obstacle>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, obstacles));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeDraft, Hackathon>, visit: &Visit, obstacles: Vec<Obstacle>) -> Result<Page> {
    let (here, lang, watch) = (right.on(), visit.lang, visit.watch(right.on()));
    let names = holders(tx, here, lang)?;
    let topics = topic::store::all(tx, here.id)?;
    let scopes = scopes(&topics, &names, lang);
    let scope = |of: Scope| told_scope(of, &topics, &names, lang);
    let promise = |one: SlaPolicy| Line {
        id: one.id.to_string(),
        name: one.facts.name.text(lang).to_owned(),
        scope: scope(one.facts.scope),
        what: None,
        says: promises(&one.facts.times, &watch),
    };
    let ladder = |one: EscalationPolicy| Line {
        id: one.id.to_string(),
        name: one.facts.name.text(lang).to_owned(),
        scope: scope(one.facts.scope),
        what: Some(trigger(one.facts.trigger)),
        says: steps(&one.facts.ladder, &names, &watch),
    };
    let promises_made = sla_policy::store::all(tx, here.id)?.into_iter().map(promise).collect();
    let ladders = escalation_policy::store::all(tx, here.id)?.into_iter().map(ladder).collect();
    let usual = |of: &Trigger| (trigger(*of), steps(&built_in(*of), &names, &watch));
    let usual_ladders = Trigger::ALL.iter().map(usual).collect();
    let place = format!("{}/policies", place(here));
    Ok(Page {
        frame: frame(tx, visit, right, &place)?,
        place,
        obstacles,
        promises: promises_made,
        usual: promises(&BUILT_IN, &watch),
        ladders,
        usual_ladders,
        scopes,
        triggers: Trigger::ALL.iter().map(|one| (one.word(), trigger(*one))).collect(),
        tells: TellKind::ALL
            .iter()
            .filter(|kind| **kind != TellKind::Holder)
            .map(|kind| (kind.word(), told(*kind)))
            .collect(),
    })
}

/// What a policy can be about, to choose from.
fn scopes(topics: &[topic::Topic], names: &[Choice], lang: Lang) -> Vec<(String, String)> {
    let everything = if lang == Lang::En { "Every question" } else { "모든 질문" };
    let of_topics = topics.iter().map(|one| {
        let name = one.facts.name.text(lang);
        let label = if lang == Lang::En { format!("Topic: {name}") } else { format!("주제: {name}") };
        (format!("topic:{}", one.facts.slug), label)
    });
    let groups = names.iter().filter(|one| matches!(one.holder, Holder::Organization(_) | Holder::Unit(_)));
    let groups = groups.map(|one| (one.value.clone(), one.label.clone()));
    std::iter::once((String::new(), everything.to_owned())).chain(of_topics).chain(groups).collect()
}

fn told_scope(of: Scope, topics: &[topic::Topic], names: &[Choice], lang: Lang) -> String {
    match of {
        Scope::Hackathon => if lang == Lang::En { "Every question" } else { "모든 질문" }.to_owned(),
        Scope::Topic(id) => {
            let found = topics.iter().find(|topic| topic.id == id);
            found.map(|topic| topic.facts.name.text(lang).to_owned()).unwrap_or_default()
        }
        Scope::Organization(id) => label(names, Holder::Organization(id)),
        Scope::Unit(id) => label(names, Holder::Unit(id)),
    }
}

/// What is promised, a line each.
fn promises(times: &Times, watch: &Watch) -> Vec<String> {
    let all = [
        (times.claim_within_seconds, Sentence::fixed("claimed within", "맡기까지")),
        (times.first_response_within_seconds, Sentence::fixed("answered within", "첫 답변까지")),
        (times.resolve_within_seconds, Sentence::fixed("closed within", "닫기까지")),
        (times.accept_within_seconds, Sentence::fixed("a hand-off answered within", "넘긴 질문에 답하기까지")),
    ];
    let line = |(seconds, what): (Option<i32>, Sentence)| {
        let length = watch.length(TimeDelta::seconds(seconds?.into()));
        Some(format!("{} {length}", what.text(watch.lang)))
    };
    all.into_iter().filter_map(line).collect()
}

/// The steps of an escalation, a line each.
fn steps(of: &Ladder, names: &[Choice], watch: &Watch) -> Vec<String> {
    let line = |step: &Step| {
        let after = watch.length(TimeDelta::seconds(step.after_seconds.into()));
        let who = match step.tell {
            Tell::Holder(holder) => label(names, holder),
            other => told(other.kind()).text(watch.lang).to_owned(),
        };
        match watch.lang {
            Lang::En => format!("after {after}: {who}"),
            Lang::Ko => format!("{after} 뒤: {who}"),
        }
    };
    of.steps.iter().map(line).collect()
}

fn trigger(of: Trigger) -> Sentence {
    match of {
        Trigger::Unclaimed => Sentence::fixed("Nobody claims it", "아무도 맡지 않음"),
        Trigger::Unanswered => Sentence::fixed("Nobody answers it", "아무도 답하지 않음"),
        Trigger::HandoffUnanswered => Sentence::fixed("Nobody answers the hand-off", "넘긴 질문에 답이 없음"),
    }
}

fn told(of: TellKind) -> Sentence {
    match of {
        TellKind::HolderLead => Sentence::fixed("who leads the holder", "담당의 대표"),
        TellKind::Accountable => Sentence::fixed("the accountable", "총괄 책임"),
        TellKind::TeamMentors => Sentence::fixed("the team's mentors", "팀 멘토"),
        TellKind::Organizers => Sentence::fixed("the organizers", "운영진"),
        TellKind::Holder => Sentence::fixed("a holder", "지정한 담당"),
    }
}

/// A promise as it is typed: hours, empty where nothing is promised.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Promise {
    name: String,
    scope: String,
    claim: String,
    first_response: String,
    resolve: String,
    accept: String,
}

/// `POST /h/{hackathon}/settings/policies/promises`
pub async fn promise(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Promise>,
) -> Shown {
    let lang = visit.lang;
    let done = may.write(move |tx, right| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let times = Times {
            claim_within_seconds: seconds(&typed.claim, "/claim")?,
            first_response_within_seconds: seconds(&typed.first_response, "/first_response")?,
            resolve_within_seconds: seconds(&typed.resolve, "/resolve")?,
            accept_within_seconds: seconds(&typed.accept, "/accept")?,
        };
        let (name, scope) = (named(&typed.name, lang, "/name")?, scope(&typed.scope).find(tx, here.id)?);
        sla_policy::add(tx, here.id, &sla_policy::Facts { name, scope, times }).map(drop)
    });
    after(visit, see, done.await).await
}

/// An escalation as it is typed: up to three steps, each with its hours and whom it tells.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Escalation {
    name: String,
    scope: String,
    trigger: String,
    after_1: String,
    tell_1: String,
    after_2: String,
    tell_2: String,
    after_3: String,
    tell_3: String,
}

/// `POST /h/{hackathon}/settings/policies/escalations`
pub async fn escalation(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Escalation>,
) -> Shown {
    let lang = visit.lang;
    let done = may.write(move |tx, right| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let name = named(&typed.name, lang, "/escalation_name")?;
        let trigger = Trigger::from_word(&typed.trigger).unwrap_or(Trigger::Unclaimed);
        let ladder = Ladder { steps: typed_steps(tx, here, &typed)?, repeats: 0 };
        let scope = scope(&typed.scope).find(tx, here.id)?;
        escalation_policy::add(tx, here.id, &escalation_policy::Facts { name, trigger, scope, ladder }).map(drop)
    });
    after(visit, see, done.await).await
}

fn typed_steps(tx: &mut Tx, here: &Hackathon, typed: &Escalation) -> Result<Vec<Step>> {
    let all = [
        (&typed.after_1, &typed.tell_1, "/after_1"),
        (&typed.after_2, &typed.tell_2, "/after_2"),
        (&typed.after_3, &typed.tell_3, "/after_3"),
    ];
    let mut steps = Vec::new();
    for (hours, whom, pointer) in all {
        let Some(after_seconds) = seconds(hours, pointer)? else { continue };
        let kind = TellKind::from_word(whom).unwrap_or(TellKind::Organizers);
        steps.push(Step { after_seconds, tell: tell::named(tx, here.id, kind, None, pointer)? });
    }
    Ok(steps)
}

fn named(typed: &str, lang: Lang, pointer: &str) -> Result<Localized> {
    let name = Name::parse(typed).map_err(|unfit| unfit.refusal(pointer))?;
    Ok(Said::Plain(name).in_lang(lang))
}

fn scope(chosen: &str) -> ScopeSaid {
    let (kind, name) = chosen.split_once(':').unwrap_or_default();
    ScopeSaid::of(kind, name)
}

/// Hours such as `1.5`, in seconds; none where nothing is typed.
fn seconds(typed: &str, pointer: &str) -> Result<Option<i32>> {
    let Some(typed) = filled(typed) else { return Ok(None) };
    let hours: f64 = typed.parse().unwrap_or(f64::NAN);
    let seconds = (hours * 3600.0).round();
    if !(1.0..=f64::from(sla_policy::LONGEST)).contains(&seconds) {
        let detail = say!("Write hours of working time, such as 1.5.", "1.5처럼 근무 시간을 숫자로 적으세요.");
        return Err(Error::invalid(pointer, "hours.range", detail));
    }
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "the range was just checked")]
    Ok(Some(seconds as i32))
}

/// `POST /h/{hackathon}/settings/policies/promises/{sla_policy}/remove`
pub async fn remove_promise(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Within<Hackathon, SlaPolicy>>,
) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        sla_policy::store::delete(tx, item)
    });
    after(visit, see, done.await).await
}

/// `POST /h/{hackathon}/settings/policies/escalations/{escalation_policy}/remove`
pub async fn remove_escalation(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Within<Hackathon, EscalationPolicy>>,
) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        escalation_policy::store::delete(tx, item)
    });
    after(visit, see, done.await).await
}

async fn after(visit: Visit, see: May<SeeDraft, Hackathon>, done: Result<()>) -> Shown {
    match done {
        Ok(()) => Ok(see_other(&format!("/h/{}/settings/policies", see.path().text("hackathon")?))),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            drawn(visit, see, status, obstacles).await
        }
    }
}

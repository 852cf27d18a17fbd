//! How decisions are shown.

use serde::Serialize;

use crate::access::{Answer, Item, UserId};
use crate::api::Answered;
use crate::api::seen::{NamedView, TeamView};
use crate::base::{Error, Id, Instant, Lang, Localized, Name, Result, Text, secret};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::decision::{Choice, Content, Decision, Finding, Seen, Status, adr};
use crate::question::store::names::HolderView;
use crate::question::{InCharge, Question, Standing};

/// A decision as callers see it.
#[derive(Serialize)]
pub struct View {
    id: Id<Decision>,
    number: i32,
    team: Option<TeamView>,
    title: Name,
    context: Text,
    options: Vec<Choice>,
    outcome: Option<Text>,
    status: Status,
    decided_at: Option<Instant>,
    superseded_by: Option<Titled<Decision>>,
    topic: Option<NamedView>,
    sprint: Option<i32>,
    decided_by: Vec<HolderView>,
    consulted: Vec<HolderView>,
    informed: Vec<HolderView>,
    questions: Vec<Titled<Question>>,
    findings: Vec<FindingView>,
    created_at: Instant,
    updated_at: Instant,
}

/// Something with a number and a title.
#[derive(Serialize)]
#[serde(bound = "")]
struct Titled<T> {
    id: Id<T>,
    number: i32,
    title: Name,
}

/// Somebody who should have had a part.
#[derive(Serialize)]
struct FindingView {
    code: &'static str,
    holder: HolderView,
    message: Localized,
    remedy: Localized,
}

/// A decision as its reader sees it.
pub fn view(seen: &Seen, tx: &mut Tx, decision: &Decision) -> Result<View> {
    let holders = |all: &[Holder]| all.iter().map(|holder| seen.names.view(InCharge::Holder(*holder))).collect();
    let asked = |one: &Question| Titled { id: one.id, number: one.number, title: one.title.clone() };
    let later = |(id, (number, title)): (_, &(i32, Name))| Titled { id, number: *number, title: title.clone() };
    let findings = seen.findings(tx, decision)?;
    let finding = |one: Finding| FindingView {
        code: one.code,
        holder: seen.missing().view(InCharge::Holder(one.holder)),
        message: one.message.into(),
        remedy: one.remedy.into(),
    };
    let names = &seen.names;
    let Decision { id, number, team, ref content, decided_at, created_at, updated_at, .. } = *decision;
    let Content { title, context, options, outcome, status, .. } = content.clone();
    Ok(View {
        id,
        number,
        team: team.and_then(|team| TeamView::of(names, team)),
        title,
        context,
        options,
        outcome,
        status,
        decided_at,
        superseded_by: content.superseded_by.zip(seen.successor(content)).map(later),
        topic: content.topic.and_then(|id| NamedView::of(id, names.topic(id))),
        sprint: seen.sprint(content),
        decided_by: holders(&content.decided_by),
        consulted: holders(&content.consulted),
        informed: holders(&content.informed),
        questions: seen.questions(content).map(asked).collect(),
        findings: findings.into_iter().map(finding).collect(),
        created_at,
        updated_at,
    })
}

fn seen(tx: &mut Tx, user: UserId, decision: &Decision) -> Result<Seen> {
    let standing = Standing::load(tx, decision.hackathon, user)?.ok_or(Error::NotFound)?;
    Seen::load(tx, decision.hackathon, &standing, std::slice::from_ref(decision))
}

/// A decision with its tag, which is also of what it points to.
pub fn shown(tx: &mut Tx, user: UserId, decision: &Decision) -> Answered {
    let seen = seen(tx, user, decision)?;
    let view = view(&seen, tx, decision)?;
    let answer = Answer::ok(&view)?;
    let tag = tag(decision, &String::from_utf8_lossy(&answer.body));
    Ok(answer.tagged(Some(tag)))
}

/// A decision as a record: the text, the name of its file, and its tag.
pub fn record(tx: &mut Tx, user: UserId, decision: &Decision, lang: Lang) -> Result<(String, String, String)> {
    let text = adr::write(decision, &seen(tx, user, decision)?, lang);
    let tag = tag(decision, &text);
    Ok((text, adr::file_name(decision), tag))
}

fn tag(decision: &Decision, shown: &str) -> String {
    let digest = secret::digest(shown);
    format!("{}.{}", decision.tag().unwrap_or_default(), digest.get(..16).unwrap_or_default())
}

//! How decisions are shown.

use std::collections::HashMap;

use serde::Serialize;

use crate::access::{Answer, Item, UserId};
use crate::api::Answered;
use crate::api::seen::{NamedView, TeamView};
use crate::base::{Error, Id, Instant, Lang, Localized, Name, Result, Text, secret};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::decision::adr::{self, Around};
use crate::decision::{Check, Choice, Content, Decision, Finding, Status, store};
use crate::hackathon::Hackathon;
use crate::question::store::names::{HolderView, Names, Wanted};
use crate::question::{self, InCharge, Question, Standing};
use crate::sprint::{self, Sprint};

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

/// What decisions point to, read at once for a whole page, as far as their reader may see it.
pub struct Seen {
    check: Check,
    names: Names,
    sprints: HashMap<Id<Sprint>, i32>,
    questions: HashMap<Id<Question>, (i32, Name)>,
    decisions: HashMap<Id<Decision>, (i32, Name)>,
}

impl Seen {
    /// Reads it.
    pub fn load(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing, all: &[Decision]) -> Result<Seen> {
        let mut wanted = Wanted::default();
        for one in all {
            one.team.into_iter().for_each(|team| wanted.team(team));
            one.content.topic.into_iter().for_each(|topic| wanted.topic(topic));
            one.content.everybody().for_each(|holder| wanted.in_charge(InCharge::Holder(holder)));
        }
        let asked: Vec<Id<Question>> = all.iter().flat_map(|one| one.content.questions.iter().copied()).collect();
        let asked = question::store::of_ids(tx, here, &asked)?;
        let seen = asked.into_iter().filter(|question| !standing.roles_to(question).is_empty());
        let later: Vec<Id<Decision>> = all.iter().filter_map(|one| one.content.superseded_by).collect();
        let later = store::of_ids(tx, here, &later)?.into_iter().filter(|decision| decision.is_seen_by(standing));
        Ok(Seen {
            check: Check::load(tx, here)?,
            names: wanted.read(tx, here)?,
            sprints: sprint::store::all(tx, here)?.into_iter().map(|sprint| (sprint.id, sprint.number)).collect(),
            questions: seen.map(|question| (question.id, (question.number, question.title))).collect(),
            decisions: later.map(|decision| (decision.id, (decision.number, decision.content.title))).collect(),
        })
    }

    /// A decision.
    pub fn view(&self, tx: &mut Tx, decision: &Decision) -> Result<View> {
        let findings = self.check.findings(tx, decision)?;
        let finding = |one: Finding| FindingView {
            code: one.code,
            holder: self.check.names().view(InCharge::Holder(one.holder)),
            message: one.message.into(),
            remedy: one.remedy.into(),
        };
        let Decision { id, number, team, ref content, decided_at, created_at, updated_at, .. } = *decision;
        let Content { title, context, options, outcome, status, .. } = content.clone();
        Ok(View {
            id,
            number,
            team: team.and_then(|team| TeamView::of(&self.names, team)),
            title,
            context,
            options,
            outcome,
            status,
            decided_at,
            superseded_by: content.superseded_by.and_then(|id| titled(id, self.decisions.get(&id))),
            topic: content.topic.and_then(|id| NamedView::of(id, self.names.topic(id))),
            sprint: self.sprint(content),
            decided_by: self.holders(&content.decided_by),
            consulted: self.holders(&content.consulted),
            informed: self.holders(&content.informed),
            questions: content.questions.iter().filter_map(|id| titled(*id, self.questions.get(id))).collect(),
            findings: findings.into_iter().map(finding).collect(),
            created_at,
            updated_at,
        })
    }

    fn sprint(&self, content: &Content) -> Option<i32> {
        self.sprints.get(&content.sprint?).copied()
    }

    fn holders(&self, all: &[Holder]) -> Vec<HolderView> {
        all.iter().map(|holder| self.names.view(InCharge::Holder(*holder))).collect()
    }

    /// A decision as a record.
    fn record(&self, decision: &Decision, lang: Lang) -> String {
        let content = &decision.content;
        let questions = content.questions.iter().filter_map(|id| self.questions.get(id));
        let later = content.superseded_by.and_then(|id| self.decisions.get(&id));
        let around = Around {
            names: &self.names,
            sprint: self.sprint(content),
            questions: questions.map(|(number, title)| (*number, title.to_string())).collect(),
            superseded_by: later.map(|(number, _)| *number),
        };
        adr::write(decision, &around, lang)
    }

    /// Decisions as records, one after the other, each under the name of its file.
    pub fn log(&self, all: &[Decision], lang: Lang) -> String {
        let record = |one: &Decision| format!("<!-- {} -->\n{}", adr::file_name(one), self.record(one, lang));
        all.iter().map(record).collect::<Vec<_>>().join("\n")
    }
}

fn titled<T>(id: Id<T>, found: Option<&(i32, Name)>) -> Option<Titled<T>> {
    found.map(|(number, title)| Titled { id, number: *number, title: title.clone() })
}

fn seen(tx: &mut Tx, user: UserId, decision: &Decision) -> Result<Seen> {
    let standing = Standing::load(tx, decision.hackathon, user)?.ok_or(Error::NotFound)?;
    Seen::load(tx, decision.hackathon, &standing, std::slice::from_ref(decision))
}

/// A decision with its tag, which is also of what it points to.
pub fn shown(tx: &mut Tx, user: UserId, decision: &Decision) -> Answered {
    let view = seen(tx, user, decision)?.view(tx, decision)?;
    let answer = Answer::ok(&view)?;
    let tag = tag(decision, &String::from_utf8_lossy(&answer.body));
    Ok(answer.tagged(Some(tag)))
}

/// A decision as a record: the text, the name of its file, and its tag.
pub fn record(tx: &mut Tx, user: UserId, decision: &Decision, lang: Lang) -> Result<(String, String, String)> {
    let text = seen(tx, user, decision)?.record(decision, lang);
    let tag = tag(decision, &text);
    Ok((text, adr::file_name(decision), tag))
}

fn tag(decision: &Decision, shown: &str) -> String {
    let digest = secret::digest(shown);
    format!("{}.{}", decision.tag().unwrap_or_default(), digest.get(..16).unwrap_or_default())
}

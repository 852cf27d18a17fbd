//! `/h/{hackathon}/settings`: what organizers set up and keep in order: people, channels, policies, what the router learnt, webhooks.

pub mod bring;
pub mod channel;
pub mod lesson;
pub mod people;
pub mod policy;
mod roll;
pub mod webhook;

use actix_web::http::StatusCode;
use askama::Template;

use super::frame::{Frame, Tab, Visit};
use super::{Shown, page};
use crate::access::policy::SeeDraft;
use crate::access::{May, Right, Verb};
use crate::base::{Lang, Result, Sentence};
use crate::consortium::{Affiliation, Holder};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::matrix::{self, Draft};

#[derive(Template)]
#[template(path = "setting/settings.html")]
struct Index {
    frame: Frame,
    place: String,
    tiles: Vec<(&'static str, Sentence, Sentence)>,
}

/// `GET /h/{hackathon}/settings`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let place = place(right.on());
        Ok(Index { frame: frame(tx, &visit, right, &place)?, place, tiles: tiles() })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

fn tiles() -> Vec<(&'static str, Sentence, Sentence)> {
    vec![
        (
            "people",
            Sentence::fixed("People", "사람"),
            Sentence::fixed("Invite, roles, who takes part no more", "초대, 역할, 참여 중지"),
        ),
        (
            "channels",
            Sentence::fixed("Channels and hours", "채널과 시간"),
            Sentence::fixed("Where holders are reached, and when", "담당에게 연락하는 곳과 시간"),
        ),
        (
            "policies",
            Sentence::fixed("Policies", "정책"),
            Sentence::fixed("What askers are promised", "질문한 사람에게 약속하는 시간"),
        ),
        (
            "lessons",
            Sentence::fixed("What the router learnt", "라우터가 배운 것"),
            Sentence::fixed("See it, correct it, have it forgotten", "확인하고, 고치고, 잊게 하기"),
        ),
        (
            "webhooks",
            Sentence::fixed("Webhooks", "웹훅"),
            Sentence::fixed("Other programs that are told what happens", "일어난 일을 다른 프로그램에 알리기"),
        ),
    ]
}

/// Where the settings of a hackathon are.
fn place(here: &Hackathon) -> String {
    format!("/h/{}/settings", here.slug)
}

fn frame<V: Verb>(tx: &mut Tx, visit: &Visit, right: &Right<V, Hackathon>, at: &str) -> Result<Frame> {
    Frame::within(tx, &visit.clone().at(at.to_owned()), right.on(), right.roles(), Some(Tab::Settings))
}

/// Somebody to choose: a holder as it is sent, and what it is called.
pub struct Choice {
    /// Who.
    pub holder: Holder,
    /// As a form sends it.
    pub value: String,
    /// What it is called.
    pub label: String,
}

/// Everybody who may hold something.
pub fn holders(tx: &mut Tx, here: &Hackathon, lang: Lang) -> Result<Vec<Choice>> {
    let choice = |named: &matrix::Named| {
        let name = named.slug.clone().or(named.holder.id().map(|id| id.to_string())).unwrap_or_default();
        let (holder, value) = (named.holder, format!("{}:{name}", named.holder.kind()));
        Choice { holder, value, label: named.name.text(lang).to_owned() }
    };
    Ok(Draft::load(tx, here)?.consortium.holders().iter().map(choice).collect())
}

/// What a holder is called among these.
fn label(choices: &[Choice], holder: Holder) -> String {
    choices.iter().find(|choice| choice.holder == holder).map(|choice| choice.label.clone()).unwrap_or_default()
}

/// Where a member belongs, as a holder.
fn belongs(affiliation: Affiliation) -> Holder {
    match affiliation {
        Affiliation::Organization(id) => Holder::Organization(id),
        Affiliation::Unit(id) => Holder::Unit(id),
    }
}

//! A question's page: the talk, its way, and what can be done.

mod choice;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::guest::{self, Invited, Linked};
use super::then::{Obstacle, Typed};
use super::view::{Deeds, Due, Offered, Said, Step, due, merged_into, next, place};
use super::{kept, standing};
use crate::access::policy::{Record, SeeQuestions};
use crate::access::{May, Right, Within, allow};
use crate::base::{Lang, PageRequest, Result, Text};
use crate::db::Tx;
use crate::decision;
use crate::directory::{Directories, Directory};
use crate::hackathon::Hackathon;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::live::Live;
use crate::pages::prose::Prose;
use crate::pages::time::When;
use crate::pages::words::{self, Tag, Words};
use crate::pages::{Shown, page};
use crate::question::store::names::Wanted;
use crate::question::store::{self};
use crate::question::{PostKind, Question, ResolutionWord, Standing, Visibility};
use choice::{Group, holders, organizations, people, topics};

/// The most decisions that are linked to.
const DECISIONS: i64 = 20;

#[derive(Template)]
#[template(path = "question/one.html")]
struct Page {
    frame: Frame,
    place: String,
    list: String,
    obstacles: Vec<Obstacle>,
    typed: Typed,
    number: i32,
    title: Words,
    bare_body: String,
    body: Option<Prose>,
    tag: Tag,
    asker: String,
    asked: When,
    team: Option<Words>,
    topic: Option<(String, Words)>,
    private: bool,
    next: String,
    due: Option<Due>,
    merged_into: Option<(String, i32)>,
    offer: Option<Offered>,
    posts: Vec<Said>,
    way: Vec<Step>,
    deeds: Deeds,
    follows: bool,
    holders: Vec<Group>,
    people: Vec<(String, String)>,
    topics: Vec<(String, Words, bool)>,
    endings: Vec<(&'static str, String)>,
    linked: Option<Linked>,
    guests: Vec<Invited>,
    organizations: Vec<(String, Words)>,
    /// The decisions that it led to.
    decisions: Vec<(String, i32, Words)>,
    /// Where another one is recorded.
    record: Option<String>,
    live: Live,
}

impl Page {
    /// What was typed into a field, where it could not be taken.
    fn typed(&self, field: &str) -> &str {
        self.typed.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str()).unwrap_or_default()
    }

    /// Whether a part of the page is to be open, because something in it is to be corrected.
    fn is_open(&self, fields: &[&str]) -> bool {
        self.typed.iter().any(|(name, _)| fields.contains(name)) && !self.obstacles.is_empty()
    }

    /// What stands in the way at a field.
    fn fault(&self, field: &str) -> Option<&str> {
        self.obstacles.iter().find(|one| one.field == field).map(|one| one.words.as_str())
    }
}

/// The page once more, after something was refused or is to be shown once.
#[derive(Default)]
pub struct Again {
    /// How it was refused.
    pub status: StatusCode,
    /// Why.
    pub obstacles: Vec<Obstacle>,
    /// What was typed.
    pub typed: Typed,
    /// The link of a guest who was invited now.
    pub linked: Option<Linked>,
}

/// `GET /h/{hackathon}/questions/{question}`
pub async fn show(
    visit: Visit,
    may: May<SeeQuestions, Within<Hackathon, Question>>,
    directories: web::Data<Directories>,
) -> Shown {
    page_of(visit, may, &directories, Again::default()).await
}

/// The page, with what stands in the way.
pub async fn page_of(
    visit: Visit,
    may: May<SeeQuestions, Within<Hackathon, Question>>,
    directories: &web::Data<Directories>,
    again: Again,
) -> Shown {
    let directory = kept(directories, &may).await?;
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| drawn(tx, right, &directory, &visit, again)).await?;
    page(status, lang, &drawn)
}

type Seen = Right<SeeQuestions, Within<Hackathon, Question>>;

fn drawn(tx: &mut Tx, right: &Seen, directory: &Directory, visit: &Visit, again: Again) -> Result<Page> {
    let Within { parent: here, item: question } = right.on();
    let (lang, watch) = (visit.lang, visit.watch(here));
    let standing = standing(tx, here.id, right.user())?;
    let internal = standing.reads_notes(question);
    let mut posts = store::post::all(tx, question.id)?;
    posts.retain(|post| internal || post.kind != PostKind::Note);
    let stays = store::stay::all(tx, question.id)?;
    let mut wanted = Wanted::default();
    wanted.question(question);
    posts.iter().for_each(|post| wanted.post(post));
    stays.iter().for_each(|stay| wanted.stay(stay));
    let names = wanted.read(tx, here.id)?;
    let merged = match merged_into(question) {
        Some(into) => Some(store::of_id(tx, here.id, into)?.number),
        None => None,
    };
    let follows = store::follower::all(tx, question.id)?.iter().any(|(member, _)| *member == standing.member);
    let deeds = Deeds::of(question, right.actor(), right.roles(), standing.member, here.ended_at.is_some());
    let topic = question.topic.and_then(|id| names.topic(id));
    // What was typed before stands in the page, so that nobody types it again.
    let Again { obstacles, typed, linked, .. } = again;
    Ok(Page {
        frame: Frame::within(tx, visit, here, standing.facts.roles, Some(Tab::Questions))?,
        place: place(here, question.number),
        list: format!("/h/{}/questions", here.slug),
        number: question.number,
        title: Words::typed(question.title.as_str(), lang),
        bare_body: question.body.as_ref().map(Text::to_string).unwrap_or_default(),
        body: question.body.as_ref().map(|body| Prose::of(body.as_str())),
        tag: words::state(question.life.state),
        asker: names.member(question.asker).to_string(),
        asked: watch.ago(question.created_at),
        team: question.team.and_then(|id| names.team(id)).map(|(_, name)| Words::of(name, lang)),
        topic: topic.map(|(slug, name)| (slug.to_string(), Words::of(name, lang))),
        private: question.visibility == Visibility::Team,
        next: next(question, &names, lang),
        due: due(question, &watch),
        merged_into: merged.map(|number| (place(here, number), number)),
        offer: question.offer.as_ref().map(|offer| Offered::of(offer, &names, lang, internal)),
        posts: posts.iter().map(|post| Said::of(post, question, &names, &watch)).collect(),
        way: stays.iter().map(|stay| Step::of(stay, &names, &watch)).collect(),
        holders: if deeds.hand_off { holders(directory, question, lang) } else { Vec::new() },
        people: if deeds.reassign { people(directory, question) } else { Vec::new() },
        topics: if deeds.topic { topics(directory, question, lang) } else { Vec::new() },
        endings: endings(question, lang),
        guests: if deeds.see_guests { guest::all(tx, question, &watch)? } else { Vec::new() },
        organizations: if deeds.invite_guest { organizations(directory, lang) } else { Vec::new() },
        linked,
        decisions: decisions(tx, here, &standing, question, lang)?,
        record: allow::<Record>(right.actor(), right.roles(), here.ended_at.is_some())
            .is_ok()
            .then(|| format!("/h/{}/decisions/add?question={}", here.slug, question.number)),
        live: Live::of(tx, here)?,
        obstacles,
        typed,
        deeds,
        follows,
    })
}

/// The decisions that a question led to, as far as one may see them.
fn decisions(
    tx: &mut Tx,
    here: &Hackathon,
    standing: &Standing,
    question: &Question,
    lang: Lang,
) -> Result<Vec<(String, i32, Words)>> {
    let filter = decision::store::Filter { question: Some(question.id), ..decision::store::Filter::default() };
    let all = decision::store::list(tx, here.id, standing, &filter, &PageRequest { limit: DECISIONS, after: None })?;
    let link = |one: decision::Decision| {
        let place = format!("/h/{}/decisions/{}", here.slug, one.number);
        (place, one.number, Words::typed(one.content.title.as_str(), lang))
    };
    Ok(all.into_iter().map(link).collect())
}

/// How a question may be closed by hand.
fn endings(question: &Question, lang: Lang) -> Vec<(&'static str, String)> {
    let answered = question.life.answered_at.map(|_| ResolutionWord::Answered);
    let all = answered.into_iter().chain([ResolutionWord::NotForUs, ResolutionWord::Expired]);
    all.map(|how| (how.word(), words::resolution(how).text(lang).to_owned())).collect()
}

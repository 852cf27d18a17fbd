//! How questions are shown.

use serde::Serialize;
use serde_json::Value;

use crate::access::{Answer, UserId};
use crate::api::Answered;
use crate::api::seen::{NamedView, PersonView};
use crate::base::{Error, Id, Instant, Localized, Name, Result, Text};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::question::events::ActorKind;
use crate::question::store::names::{GuestName, HolderView, Names, Wanted};
use crate::question::{
    Event, Guest, Handoff, HandoffState, Post, PostKind, Question, Resolution, ResolutionWord, Standing, State,
    StateWord, Stay, Visibility, Why, store, told,
};
use crate::sla_policy::Promise;

/// Somebody without an account, and the organization they answer for.
#[derive(Serialize)]
struct GuestView {
    id: Id<Guest>,
    name: Name,
    organization: Option<NamedView>,
}

/// A question in a list.
#[derive(Serialize)]
pub struct Summary {
    id: Id<Question>,
    number: i32,
    title: Name,
    topic: Option<NamedView>,
    team: Option<NamedView>,
    asker: PersonView,
    visibility: Visibility,
    state: StateWord,
    state_since: Instant,
    resolution: Option<ResolutionWord>,
    duplicate_of: Option<Id<Question>>,
    holder: HolderView,
    no_one_on_duty: bool,
    assignee: Option<PersonView>,
    due_at: Option<Instant>,
    due_for: Option<Promise>,
    hops: i32,
    handoff: Option<HandoffView>,
    answered_at: Option<Instant>,
    accepted_answer: Option<Id<Post>>,
    created_at: Instant,
    updated_at: Instant,
}

/// A whole question.
#[derive(Serialize)]
struct Full {
    #[serde(flatten)]
    summary: Summary,
    body: Option<Text>,
    posts: Vec<PostView>,
    way: Vec<StayView>,
}

/// A hand-off.
#[derive(Serialize)]
pub struct HandoffView {
    id: Id<Handoff>,
    question: Id<Question>,
    from: HolderView,
    to: HolderView,
    reason: Text,
    /// Only to those who answer; to everybody else it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Text>,
    state: HandoffState,
    offered_by: PersonView,
    offered_at: Instant,
    settled_by: Option<PersonView>,
    settled_at: Option<Instant>,
    declined_because: Option<Text>,
}

/// Something that was said.
#[derive(Serialize)]
pub struct PostView {
    id: Id<Post>,
    kind: PostKind,
    author: Option<PersonView>,
    guest: Option<GuestView>,
    body: Text,
    accepted: bool,
    created_at: Instant,
}

/// A time that it lay with one holder.
#[derive(Serialize)]
struct StayView {
    holder: HolderView,
    why: Why,
    reason: Option<Text>,
    since: Instant,
    until: Option<Instant>,
    seconds: Option<i64>,
    text: Localized,
}

/// An entry of the history.
#[derive(Serialize)]
pub struct EventView {
    seq: i32,
    at: Instant,
    kind: String,
    actor: ActorView,
    facts: Value,
}

/// Who made an event.
#[derive(Serialize)]
struct ActorView {
    kind: ActorKind,
    member: Option<PersonView>,
    guest: Option<GuestView>,
}

fn guest(names: &Names, id: Id<Guest>) -> Option<GuestView> {
    let GuestName { name, organization } = names.guest(id)?.clone();
    let organization = organization.and_then(|id| NamedView::of(id, names.organization(id)));
    Some(GuestView { id, name, organization })
}

impl Summary {
    /// A question with the names of what it points to; `internal`: for somebody who reads notes.
    pub fn of(question: &Question, names: &Names, internal: bool) -> Summary {
        let life = &question.life;
        let duplicate_of = match life.state {
            State::Closed { resolution: Resolution::Duplicate(of), .. } => Some(of),
            _ => None,
        };
        Summary {
            id: question.id,
            number: question.number,
            title: question.title.clone(),
            topic: question.topic.and_then(|id| NamedView::of(id, names.topic(id))),
            team: question.team.and_then(|id| NamedView::of(id, names.team(id))),
            asker: PersonView::of(names, question.asker),
            visibility: question.visibility,
            state: life.state.word(),
            state_since: life.since,
            resolution: life.state.resolution().map(Resolution::word),
            duplicate_of,
            holder: names.view(life.in_charge),
            no_one_on_duty: life.no_one_on_duty,
            assignee: life.state.assignee().map(|id| PersonView::of(names, id)),
            due_at: question.due.map(|due| due.at),
            due_for: question.due.map(|due| due.promise),
            hops: life.hops,
            handoff: question.offer.as_ref().map(|offer| handoff(offer, names, internal)),
            answered_at: life.answered_at,
            accepted_answer: life.accepted,
            created_at: question.created_at,
            updated_at: question.updated_at,
        }
    }
}

fn handoff(of: &Handoff, names: &Names, internal: bool) -> HandoffView {
    HandoffView {
        id: of.id,
        question: of.question,
        from: names.view(of.from),
        to: names.view(of.to),
        reason: of.reason.clone(),
        note: of.note.clone().filter(|_| internal),
        state: of.state,
        offered_by: PersonView::of(names, of.offered_by),
        offered_at: of.offered_at,
        settled_by: of.settled_by.map(|id| PersonView::of(names, id)),
        settled_at: of.settled_at,
        declined_because: of.declined_because.clone(),
    }
}

fn post(of: Post, names: &Names, question: &Question) -> PostView {
    let Post { id, kind, author, body, created_at } = of;
    let accepted = question.life.accepted == Some(id);
    let (member, by_guest) = author.columns();
    let (author, guest) = (member.map(|id| PersonView::of(names, id)), by_guest.and_then(|id| guest(names, id)));
    PostView { id, kind, author, guest, body, accepted, created_at }
}

fn stay(of: Stay, names: &Names) -> StayView {
    let text = told(&of, names).into();
    let seconds = of.length().map(|length| length.num_seconds());
    let Stay { in_charge, why, reason, began_at, ended_at, .. } = of;
    StayView { holder: names.view(in_charge), why, reason, since: began_at, until: ended_at, seconds, text }
}

/// The standing of somebody whose right was proved.
pub fn standing(tx: &mut Tx, here: Id<Hackathon>, user: UserId) -> Result<Standing> {
    Standing::load(tx, here, user)?.ok_or(Error::NotFound)
}

/// Questions in a list.
pub fn summaries(tx: &mut Tx, standing: &Standing, questions: &[Question]) -> Result<Vec<Summary>> {
    let names = store::names::of(tx, questions)?;
    Ok(questions.iter().map(|one| Summary::of(one, &names, standing.reads_notes(one))).collect())
}

/// A whole question as this user sees it.
fn full(tx: &mut Tx, user: UserId, question: &Question) -> Result<Full> {
    let standing = standing(tx, question.hackathon, user)?;
    let internal = standing.reads_notes(question);
    let mut posts = store::post::all(tx, question.id)?;
    posts.retain(|post| internal || post.kind != PostKind::Note);
    let stays = store::stay::all(tx, question.id)?;
    let mut wanted = Wanted::default();
    wanted.question(question);
    posts.iter().for_each(|post| wanted.post(post));
    stays.iter().for_each(|stay| wanted.stay(stay));
    let names = wanted.read(tx, question.hackathon)?;
    Ok(Full {
        summary: Summary::of(question, &names, internal),
        body: question.body.clone(),
        posts: posts.into_iter().map(|one| post(one, &names, question)).collect(),
        way: stays.into_iter().map(|one| stay(one, &names)).collect(),
    })
}

/// 200 with the whole question.
pub fn shown(tx: &mut Tx, user: UserId, question: &Question) -> Answered {
    Ok(Answer::ok(&full(tx, user, question)?)?.tagged(Some(question.mark())))
}

/// 201 with the whole question.
pub fn made(tx: &mut Tx, user: UserId, here: &Hackathon, question: &Question) -> Answered {
    Ok(Answer::created(place(here, question), &full(tx, user, question)?)?.tagged(Some(question.mark())))
}

/// Where a question is.
fn place(here: &Hackathon, question: &Question) -> String {
    format!("/v1/hackathons/{}/questions/{}", here.slug, question.id)
}

/// 201 with what was said, and where.
pub fn said(tx: &mut Tx, here: &Hackathon, question: &Question, id: Id<Post>) -> Answered {
    let found = store::post::find(tx, question, id)?.ok_or(Error::NotFound)?;
    let mut wanted = Wanted::default();
    wanted.post(&found);
    let names = wanted.read(tx, here.id)?;
    Answer::created(place(here, question), &post(found, &names, question))
}

/// Hand-offs of a question.
pub fn handoffs(tx: &mut Tx, user: UserId, question: &Question, of: &[Handoff]) -> Result<Vec<HandoffView>> {
    let internal = standing(tx, question.hackathon, user)?.reads_notes(question);
    let mut wanted = Wanted::default();
    of.iter().for_each(|one| wanted.handoff(one));
    let names = wanted.read(tx, question.hackathon)?;
    Ok(of.iter().map(|one| handoff(one, &names, internal)).collect())
}

/// 201 with an offer.
pub fn offered(tx: &mut Tx, user: UserId, here: &Hackathon, question: &Question, offer: Handoff) -> Answered {
    let view = handoffs(tx, user, question, &[offer])?.pop().ok_or(Error::NotFound)?;
    Answer::created(format!("{}/handoffs", place(here, question)), &view)
}

/// 200 with a settled hand-off. Who declined need not see the question any more, but sees what they did.
pub fn settled(tx: &mut Tx, here: &Hackathon, question: &Question, id: Id<Handoff>) -> Answered {
    let found = store::handoff::find(tx, here.id, id)?.ok_or(Error::NotFound)?;
    let mut wanted = Wanted::default();
    wanted.handoff(&found);
    let names = wanted.read(tx, question.hackathon)?;
    // Both sides answer questions, so both read the note.
    Answer::ok(&handoff(&found, &names, true))
}

/// Entries of a history.
pub fn events(tx: &mut Tx, here: Id<Hackathon>, events: &[Event]) -> Result<Vec<EventView>> {
    let mut wanted = Wanted::default();
    events.iter().for_each(|event| wanted.event(event));
    let names = wanted.read(tx, here)?;
    events.iter().map(|one| event(one, &names)).collect()
}

fn event(of: &Event, names: &Names) -> Result<EventView> {
    let (kind, facts) = store::event::parts(&of.what)?;
    let (kind_of_actor, member, by_guest) = of.by.columns();
    let (member, guest) = (member.map(|id| PersonView::of(names, id)), by_guest.and_then(|id| guest(names, id)));
    let actor = ActorView { kind: kind_of_actor, member, guest };
    Ok(EventView { seq: of.seq, at: of.at, kind, actor, facts })
}

//! Handing a question from one holder to another. Both sides agree: until the other one accepts, the sender stays in charge.

use super::change::{Change, MANY_HOPS};
use super::store::names::{self, Named};
use super::{InCharge, Question, Standing, Turn, What, refusal, store};
use crate::access::policy::{HandOff, Receive, TakeOver, Verb};
use crate::access::{Actor, Item, Right, Roles, Within};
use crate::base::{Error, Id, Instant, Key, Result, Sentence, Text, say};
use crate::consortium::{Holder, Member};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;
use crate::team::Team;
use crate::words;

words! {
    /// What became of an offer.
    HandoffState / HandoffStateShape {
        /// It waits for an answer.
        Offered = "offered",
        /// The other holder took it.
        Accepted = "accepted",
        /// The other holder did not.
        Declined = "declined",
        /// Nobody answered it in time.
        Expired = "expired",
        /// It was taken back, or the question was settled without it.
        Withdrawn = "withdrawn",
    }
}

/// An offer to hand a question on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// Its id.
    pub id: Id<Handoff>,
    /// The question.
    pub question: Id<Question>,
    /// Who offers it.
    pub from: InCharge,
    /// To whom.
    pub to: InCharge,
    /// Why, in words that the asker reads too.
    pub reason: Text,
    /// What only those who answer read.
    pub note: Option<Text>,
    /// What became of it.
    pub state: HandoffState,
    /// The member who offered it.
    pub offered_by: Id<Member>,
    /// When.
    pub offered_at: Instant,
    /// The member who settled it.
    pub settled_by: Option<Id<Member>>,
    /// When.
    pub settled_at: Option<Instant>,
    /// Why it was declined.
    pub declined_because: Option<Text>,
}

/// A hand-off with its question, in the hands of a transaction that changes them.
#[derive(Debug)]
pub struct Offer {
    /// The hand-off.
    pub handoff: Handoff,
    /// Its question.
    pub question: Question,
}

impl Item<Hackathon> for Offer {
    const PARAM: &'static str = "handoff";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        let Key::Id(id) = key else { return Ok(None) };
        let id = Id::from_uuid(*id);
        let Some(found) = store::handoff::find(tx, parent.id, id)? else { return Ok(None) };
        // What was found may have changed before the question's lock was ours.
        store::lock(tx, parent.id, &Key::Id(found.question.uuid()))?;
        let question = store::of_id(tx, parent.id, found.question)?;
        Ok(store::handoff::find(tx, parent.id, id)?.map(|handoff| Offer { handoff, question }))
    }

    fn refusal(&self, tx: &mut Tx) -> Result<Error> {
        refusal::not_yours(tx, &self.question)
    }

    /// Both sides of a hand-off keep what they were to it when it has been settled: they are told so, not turned away.
    fn roles_in(&self, tx: &mut Tx, parent: &Hackathon, who: &Actor, _of_parent: Roles) -> Result<Roles> {
        let Some(standing) = Standing::load(tx, parent.id, who.user)? else { return Ok(Roles::NONE) };
        let of_question = standing.roles_to(&self.question);
        let side = |in_charge| standing.answers_for(in_charge, self.question.team);
        let sides = Roles::OFFERED.when(side(self.handoff.to)) | Roles::HOLDER.when(side(self.handoff.from));
        Ok((of_question | sides).when(!of_question.is_empty() || !sides.is_empty()))
    }
}

type Here = Right<HandOff, Within<Hackathon, Turn>>;

/// Where a question is to be handed, and why.
#[derive(Clone, Debug)]
pub struct Handing {
    /// To whom.
    pub to: InCharge,
    /// Why, in words that the asker reads too.
    pub reason: Text,
    /// What only those who answer read.
    pub note: Option<Text>,
}

/// Offers the question to another holder.
pub fn hand_off(tx: &mut Tx, right: &Here, directory: &Directory, handing: Handing) -> Result<(Question, Handoff)> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    let (life, by) = (change.question.life.clone(), change.by);
    let has_it = life.state.in_hands_of().is_none_or(|has| has == by) || TakeOver::BY.meet(right.roles());
    if !life.state.is_waiting() || !has_it {
        return Err(refusal::held(tx, &change.question)?);
    }
    if let Some(offer) = change.question.offer.clone() {
        return Err(offered_already(tx, &change.question, &offer)?);
    }
    fit(directory, &change, handing.to)?;
    let handoff = Handoff {
        id: tx.fresh(),
        question: change.question.id,
        from: life.in_charge,
        to: handing.to,
        reason: handing.reason,
        note: handing.note,
        state: HandoffState::Offered,
        offered_by: by,
        offered_at: tx.now(),
        settled_by: None,
        settled_at: None,
        declined_because: None,
    };
    store::handoff::insert(tx, &change.question, &handoff)?;
    let reason = handoff.reason.to_string();
    change.question.offer = Some(handoff.clone());
    change.record(tx, What::HandoffOffered { handoff: handoff.id, to: handoff.to, reason });
    Ok((change.save(tx, directory)?, handoff))
}

/// Whoever it goes to must be somebody else, and somebody who takes part.
fn fit(directory: &Directory, change: &Change, to: InCharge) -> Result<()> {
    let Question { life, team, .. } = &change.question;
    if to == life.in_charge || to == InCharge::Holder(Holder::Member(change.by)) {
        let detail = say!(
            "A question cannot be handed to whom it lies with, nor to yourself. Claim it instead.",
            "지금 맡고 있는 담당이나 자기 자신에게는 넘길 수 없습니다. 대신 맡으세요."
        );
        return Err(Error::invalid("/to", "handoff.self", detail));
    }
    if stands(directory, to, *team) {
        return Ok(());
    }
    Err(Error::invalid("/to", "handoff.nobody", nobody()))
}

fn stands(directory: &Directory, to: InCharge, team: Option<Id<Team>>) -> bool {
    let team = team.and_then(|team| directory.team(&Key::Id(team.uuid())));
    match to {
        InCharge::Holder(holder) => directory.stands(holder, team),
        InCharge::Organizers => true,
    }
}

fn nobody() -> Sentence {
    say!(
        "Nobody who takes part stands behind this holder, so the question would lie there unseen.",
        "이 담당에는 활동 중인 사람이 없어 질문이 아무에게도 보이지 않게 됩니다."
    )
}

fn offered_already(tx: &mut Tx, question: &Question, offer: &Handoff) -> Result<Error> {
    let Named { en: to_en, ko: to_ko } = names::of(tx, std::slice::from_ref(question))?.in_charge(offer.to);
    refusal::because(tx, question, |Named { en, ko }| {
        say!(
            "This question has been offered to {to_en}, who has not answered yet; it lies with {en}. Withdraw the offer first.",
            "이미 다른 담당에게 넘기려는 질문입니다: {to_ko}. 현재 담당: {ko}. 먼저 넘기기를 거두세요."
        )
    })
}

/// Takes an offered question: from now on it lies with the new holder, and whoever had it does not any more.
pub fn accept_handoff(
    tx: &mut Tx,
    right: &Right<Receive, Within<Hackathon, Offer>>,
    directory: &Directory,
) -> Result<Question> {
    let Offer { handoff, question } = &right.on().item;
    waits(tx, question, handoff)?;
    if !stands(directory, handoff.to, question.team) {
        return Err(left_since(tx, question)?);
    }
    let mut change = Change::by(tx, question, right.user())?;
    change.question.offer = None;
    store::handoff::settle(tx, handoff, HandoffState::Accepted, Some(change.by), None)?;
    let (id, from, to, reason) = (handoff.id, handoff.from, handoff.to, handoff.reason.to_string());
    change.record(tx, What::HandoffAccepted { handoff: id, from, to, reason });
    let hops = change.question.life.hops;
    if hops == MANY_HOPS {
        change.follow_up(tx, What::ManyHops { hops });
    }
    change.save(tx, directory)
}

fn left_since(tx: &mut Tx, question: &Question) -> Result<Error> {
    refusal::because(tx, question, |Named { en, ko }| {
        say!(
            "Nobody stands behind the holder it was offered to any more, so the question stays with {en}.",
            "넘겨받을 담당에 활동 중인 사람이 더 이상 없습니다. 질문의 담당은 그대로입니다: {ko}"
        )
    })
}

/// Does not take an offered question, and says why. It lies where it lay.
pub fn decline_handoff(
    tx: &mut Tx,
    right: &Right<Receive, Within<Hackathon, Offer>>,
    directory: &Directory,
    reason: &Text,
) -> Result<Question> {
    let Offer { handoff, question } = &right.on().item;
    waits(tx, question, handoff)?;
    let mut change = Change::by(tx, question, right.user())?;
    change.question.offer = None;
    store::handoff::settle(tx, handoff, HandoffState::Declined, Some(change.by), Some(reason))?;
    change.record(tx, What::HandoffDeclined { handoff: handoff.id, reason: reason.to_string() });
    change.save(tx, directory)
}

/// Takes an offer back.
pub fn withdraw_handoff(
    tx: &mut Tx,
    right: &Right<HandOff, Within<Hackathon, Offer>>,
    directory: &Directory,
) -> Result<Question> {
    let Offer { handoff, question } = &right.on().item;
    waits(tx, question, handoff)?;
    let mut change = Change::by(tx, question, right.user())?;
    change.question.offer = None;
    store::handoff::withdraw(tx, handoff, Some(change.by))?;
    change.record(tx, What::HandoffWithdrawn { handoff: handoff.id });
    change.save(tx, directory)
}

/// Refuses what was settled before, and says by whom and how.
fn waits(tx: &mut Tx, question: &Question, handoff: &Handoff) -> Result<()> {
    if handoff.state == HandoffState::Offered {
        return Ok(());
    }
    let who = match handoff.settled_by {
        Some(id) => names::of_member(tx, question.hackathon, id)?.to_string(),
        None => "Signpost".to_owned(),
    };
    let (how_en, how_ko) = settled(handoff.state);
    Err(refusal::because(tx, question, |Named { en, ko }| {
        say!(
            "This hand-off was {how_en} by {who}; the question lies with {en}.",
            "이미 처리된 넘기기입니다: {how_ko}({who}). 질문의 현재 담당: {ko}"
        )
    })?)
}

fn settled(state: HandoffState) -> (&'static str, &'static str) {
    match state {
        HandoffState::Offered => ("offered", "제안됨"),
        HandoffState::Accepted => ("accepted", "수락됨"),
        HandoffState::Declined => ("declined", "거절됨"),
        HandoffState::Expired => ("left to expire", "기한 지남"),
        HandoffState::Withdrawn => ("withdrawn", "거둠"),
    }
}

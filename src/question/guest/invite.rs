//! Inviting a guest, and taking their link back.

use std::ops::RangeInclusive;

use chrono::TimeDelta;

use super::Guest;
use crate::access::policy::InviteGuest;
use crate::access::{Right, Within};
use crate::account;
use crate::base::{Email, Error, Instant, Name, Result, say, secret};
use crate::consortium::organization::OrganizationId;
use crate::consortium::store::member;
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;
use crate::question::change::Change;
use crate::question::{FollowReason, Question, State, Turn, What, follow, refusal, store};

/// A guest to be invited.
#[derive(Clone, Debug)]
pub struct NewGuest {
    /// Where the link goes.
    pub email: Email,
    /// How they are called.
    pub name: Name,
    /// The organization they answer for, one of the consortium.
    pub organization: Option<OrganizationId>,
    /// Until when the link is good.
    pub expires_at: Instant,
}

/// How long a link is good when nothing else is said, in seconds.
const USUAL_SECONDS: i64 = 7 * 86_400;
/// The shortest and the longest time that a link may be good for, in seconds.
const SECONDS: RangeInclusive<i64> = 60..=30 * 86_400;

/// Until when a link is good that is to be good for so many seconds, the usual time where nothing is said. The fault is at
/// `/expires_in_seconds`.
pub fn good_until(now: Instant, seconds: Option<i64>) -> Result<Instant> {
    let seconds = seconds.unwrap_or(USUAL_SECONDS);
    if !SECONDS.contains(&seconds) {
        let (least, most) = (SECONDS.start(), SECONDS.end());
        let detail = say!("Give {least} to {most} seconds.", "{least}초부터 {most}초까지 정할 수 있습니다.");
        return Err(Error::invalid("/expires_in_seconds", "number.range", detail));
    }
    Ok(now.plus(TimeDelta::seconds(seconds)))
}

/// Invites a guest to the question, and gives back the token of the link. An older open link of the same address is taken back,
/// so that one address has one link. Whoever invites is told what comes of it.
pub fn invite(
    tx: &mut Tx,
    right: &Right<InviteGuest, Within<Hackathon, Turn>>,
    directory: &Directory,
    new: &NewGuest,
) -> Result<(Guest, String)> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    if let State::Closed { .. } = change.question.life.state {
        return Err(refusal::held(tx, &change.question)?);
    }
    refuse_members(tx, &change.question, &new.email)?;
    for older in store::guest::open_to(tx, change.question.id, &new.email)? {
        store::guest::revoke(tx, older)?;
        change.record(tx, What::GuestRevoked { guest: older });
    }
    let token = secret::token();
    let guest = store::guest::insert(tx, &change.question, change.by, new, &secret::digest(&token))?;
    change.record(tx, What::GuestInvited { guest: guest.id });
    follow::add(tx, &change.question, change.by, FollowReason::TookPart)?;
    change.keep(tx, directory)?;
    Ok((guest, token))
}

/// A member answers as a member, under their own name.
fn refuse_members(tx: &mut Tx, question: &Question, email: &Email) -> Result<()> {
    let Some(user) = account::store::by_email(tx, email)? else { return Ok(()) };
    let Some(member) = member::by_user(tx, question.hackathon, user.id)? else { return Ok(()) };
    let name = member.display_name;
    Err(Error::Conflict(say!(
        "{name} has this address and is a member of this hackathon already. Give the question to them, or hand it to whom they belong to.",
        "이 주소를 쓰는 구성원이 이미 있습니다: {name}. 이 사람에게 맡기거나 소속된 곳으로 넘기세요."
    )))
}

/// Takes the guest's link back. What they said stays. Doing it twice does no more.
pub fn revoke(
    tx: &mut Tx,
    right: &Right<InviteGuest, Within<Within<Hackathon, Turn>, Guest>>,
    directory: &Directory,
) -> Result<()> {
    let Within { parent, item: guest } = right.on();
    if guest.revoked_at.is_some() {
        return Ok(());
    }
    let mut change = Change::by(tx, &parent.item.0, right.user())?;
    store::guest::revoke(tx, guest.id)?;
    change.record(tx, What::GuestRevoked { guest: guest.id });
    change.keep(tx, directory)
}

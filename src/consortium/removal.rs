//! Taking a member, a unit or an organization out of a hackathon, with what belongs to it alone.
//!
//! What others rely on is not taken along: topics that only it answers for are named, and handed over first.

use super::{Holder, Member, Organization, Unit, member, store};
use crate::base::{Error, Id, Result, Sentence, say};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon, Role};

/// Removes a membership, with their leads, teams, channels and shifts.
pub fn remove_member(tx: &mut Tx, member: &Member) -> Result<()> {
    // As it is now that nobody else can change it: what was read before may have changed.
    let Some(member) = store::member::by_id(tx, member.hackathon, member.id)? else { return Ok(()) };
    member::keep_an_organizer(tx, &member)?;
    let holder = Holder::Member(member.id);
    leave_topics(tx, member.hackathon, holder)?;
    store::removal::drop_duty(tx, member.hackathon, holder)?;
    store::removal::drop_leads(tx, member.hackathon, member.id)?;
    store::member::delete(tx, member.id)
}

/// Removes a unit, with its channels and shifts. Its people belong to its organization from then on.
pub fn remove_unit(tx: &mut Tx, unit: &Unit) -> Result<()> {
    let holder = Holder::Unit(unit.id);
    leave_topics(tx, unit.hackathon, holder)?;
    store::removal::drop_duty(tx, unit.hackathon, holder)?;
    store::removal::move_people(tx, unit)?;
    store::unit::delete(tx, unit.id)
}

/// Takes an organization out of the consortium, with its channels and shifts. Its people stay, without an affiliation.
pub fn remove_organization(tx: &mut Tx, organization: &Organization) -> Result<()> {
    let (here, holder) = (organization.hackathon, Holder::Organization(organization.id));
    let units = store::removal::units_of(tx, organization)?;
    if !units.is_empty() {
        let units = listed(&units);
        return Err(Error::Conflict(say!(
            "This organization still has units: {units}. Move or remove them first.",
            "이 기관에 아직 부서가 있습니다: {units}. 먼저 옮기거나 지우세요."
        )));
    }
    leave_topics(tx, here, holder)?;
    store::removal::drop_duty(tx, here, holder)?;
    store::removal::free_people(tx, organization)?;
    store::organization::delete(tx, organization)
}

/// Refuses where the draft of the matrix would be left with a topic without its accountable or its last responsible.
pub fn refuse_orphans(tx: &mut Tx, hackathon: Id<Hackathon>, holder: Holder) -> Result<()> {
    let topics = store::removal::orphans(tx, hackathon, holder)?;
    if topics.is_empty() {
        return Ok(());
    }
    let slugs = listed(&topics);
    let facts = serde_json::json!({ "topics": topics });
    Err(Error::Blocked(still_answers(&slugs), Box::new(facts)))
}

fn leave_topics(tx: &mut Tx, hackathon: Id<Hackathon>, holder: Holder) -> Result<()> {
    refuse_orphans(tx, hackathon, holder)?;
    if store::removal::drop_cells(tx, hackathon, holder)? > 0 {
        hackathon::store::touch_draft(tx, hackathon)?;
    }
    Ok(())
}

fn still_answers(slugs: &str) -> Sentence {
    say!(
        "These topics would be left without anybody to answer for them: {slugs}. Give them to somebody else in the matrix first.",
        "맡을 담당이 없어지는 주제가 있습니다: {slugs}. 먼저 매트릭스에서 다른 담당에게 넘기세요."
    )
}

fn listed<T: std::fmt::Display>(slugs: &[T]) -> String {
    slugs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Whoever is no participant any more builds in no team, and who is no mentor mentors none: teams must not be sent to them.
pub fn leave_teams(tx: &mut Tx, member: &Member) -> Result<()> {
    if !member.is(Role::Participant) {
        store::removal::leave_teams_as_member(tx, member.id)?;
    }
    if !member.is(Role::Mentor) {
        store::removal::leave_teams_as_mentor(tx, member.id)?;
    }
    Ok(())
}

//! R8: nobody goes who leaves a topic without its accountable or its last responsible.

use std::collections::HashSet;

use serde_json::json;

use super::draft::Draft;
use super::table::{Cell, Table};
use super::{Role, store};
use crate::base::{Error, Id, Result, Slug, say};
use crate::consortium::member::{self, MemberState};
use crate::consortium::{Holder, Member, NewMember, Organization, Unit, removal};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::topic::Topic;

/// The topics, in the draft or as published, that would lose their accountable or their last responsible if this holder
/// went: because it holds them, or because it is the last who answers behind a holder without a channel.
pub fn orphans(tx: &mut Tx, event: &Hackathon, holder: Holder) -> Result<Vec<Slug>> {
    let draft = Draft::load(tx, event)?;
    let published = store::version::latest(tx, event.id)?.map(|(_, table)| table);
    let mut slugs = lost(&draft, &draft.table(), holder);
    slugs.extend(published.iter().flat_map(|table| lost(&draft, table, holder)));
    let mut seen = HashSet::new();
    slugs.retain(|slug| seen.insert(slug.clone()));
    Ok(slugs)
}

/// Refuses what would leave such topics, and names them.
pub fn refuse_orphans(tx: &mut Tx, event: &Hackathon, holder: Holder) -> Result<()> {
    let topics = orphans(tx, event, holder)?;
    if topics.is_empty() {
        return Ok(());
    }
    let listed = topics.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ");
    let sentence = say!(
        "These topics would lose their accountable or their last responsible: {listed}. Name others for them, publish, and try again.",
        "총괄 책임이나 마지막 실무 담당을 잃게 되는 주제가 있습니다: {listed}. 다른 담당을 정해 공개한 뒤 다시 시도하세요."
    );
    Err(Error::Blocked(sentence, Box::new(json!({"topics": topics}))))
}

/// Takes a holder who goes out of the draft, with an organization its units, unless topics would be orphaned. What was
/// published stays as it was.
pub fn let_go(tx: &mut Tx, event: &Hackathon, holder: Holder) -> Result<()> {
    hackathon::touch(tx, event.id)?;
    refuse_orphans(tx, event, holder)?;
    let consortium = store::consortium::load(tx, event.id)?;
    let mut removed = 0;
    for named in consortium.holders().iter().filter(|named| consortium.goes(named.holder, holder)) {
        removed += store::responsibility::delete_of(tx, event.id, named.holder)?;
    }
    if removed > 0 { hackathon::store::touch_draft(tx, event.id) } else { Ok(()) }
}

/// Removes a membership, unless topics would be orphaned.
pub fn remove_member(tx: &mut Tx, event: &Hackathon, member: &Member) -> Result<()> {
    let_go(tx, event, Holder::Member(member.id))?;
    removal::remove_member(tx, member)
}

/// Removes a unit, unless topics would be orphaned.
pub fn remove_unit(tx: &mut Tx, event: &Hackathon, unit: &Unit) -> Result<()> {
    let_go(tx, event, Holder::Unit(unit.id))?;
    removal::remove_unit(tx, unit)
}

/// Takes an organization out of the consortium, unless it still has units or topics would be orphaned.
pub fn remove_organization(tx: &mut Tx, event: &Hackathon, organization: &Organization) -> Result<()> {
    let_go(tx, event, Holder::Organization(organization.id))?;
    removal::remove_organization(tx, organization)
}

/// Changes a membership. Whoever takes part no more must not leave topics orphaned.
pub fn change_member(tx: &mut Tx, event: &Hackathon, member: &Member, to: &NewMember) -> Result<Member> {
    if to.state == MemberState::Suspended && member.state == MemberState::Active {
        refuse_orphans(tx, event, Holder::Member(member.id))?;
    }
    member::change(tx, member, to)
}

/// The topics of a table that lose their last accountable or responsible.
pub(super) fn lost(draft: &Draft, table: &Table, gone: Holder) -> Vec<Slug> {
    let rest = draft.without(gone);
    let goes = |cell: &Cell| draft.consortium.goes(cell.holder, gone);
    let before = |cell: &Cell| goes(cell) || draft.stands(cell.holder).is_ok();
    let after = |cell: &Cell| !goes(cell) && rest.stands(cell.holder).is_ok();
    let loses = |topic: Id<Topic>, role: Role| {
        let mut cells = table.cells.iter().filter(|cell| cell.topic == topic && cell.role == role);
        cells.clone().any(before) && !cells.any(after)
    };
    let rows = table.topics.iter().filter(|row| loses(row.id, Role::Accountable) || loses(row.id, Role::Responsible));
    rows.map(|row| row.slug.clone()).collect()
}

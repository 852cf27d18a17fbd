//! Teams, sprints and the brief.

use super::apply::Names;
use crate::access::UserId;
use crate::base::{Id, Name, Result};
use crate::brief::{self, Ambition, Criterion, Wish};
use crate::db::Tx;
use crate::file;
use crate::hackathon::Hackathon;
use crate::sprint;
use crate::team::{self, Team};

/// Makes, changes and removes teams with their members and mentors.
pub(super) fn teams(tx: &mut Tx, here: Id<Hackathon>, said: &[file::Team], names: &Names) -> Result<()> {
    let mut known = team::store::all(tx, here)?;
    for said in said {
        let at = known.iter().position(|one| one.slug == said.slug);
        let one = match at.map(|at| known.swap_remove(at)) {
            Some(one) if one.name == said.name => one,
            Some(one) => team::store::update(tx, &Team { name: said.name.clone(), ..one })?,
            None => team::store::insert(tx, here, &said.slug, &said.name)?,
        };
        members(tx, &one, said, names)?;
        mentors(tx, &one, said, names)?;
    }
    known.iter().try_for_each(|one| team::store::delete(tx, one.id))
}

fn members(tx: &mut Tx, team: &Team, said: &file::Team, names: &Names) -> Result<()> {
    let mut known = team::store::roster::members_of(tx, &[team.id])?;
    for said in &said.members {
        let (member, function) = (names.member(&said.email)?, Name::stored(said.function.to_string()));
        let at = known.iter().position(|one| one.member == member);
        match at.map(|at| known.swap_remove(at)) {
            Some(one) if one.function == function => {}
            Some(one) => drop(team::store::roster::set_function(tx, &one, &function)?),
            None => team::store::roster::insert_member(tx, team, member, &function)?,
        }
    }
    known.iter().try_for_each(|one| team::store::roster::delete_member(tx, one))
}

/// Mentors have an order, so a changed list is written anew.
fn mentors(tx: &mut Tx, team: &Team, said: &file::Team, names: &Names) -> Result<()> {
    let wanted = said.mentors.iter().map(|email| names.member(email)).collect::<Result<Vec<_>>>()?;
    let known = team::store::roster::mentors_of(tx, &[team.id])?;
    if known.iter().map(|one| one.member).eq(wanted.iter().copied()) {
        return Ok(());
    }
    known.iter().try_for_each(|one| team::store::roster::delete_mentor(tx, one))?;
    let mut numbered = wanted.into_iter().zip(1..);
    numbered.try_for_each(|(member, position)| team::store::roster::insert_mentor(tx, team, member, position))
}

/// Makes, changes and removes sprints. What goes makes room first, so that numbers and dates are free.
pub(super) fn sprints(tx: &mut Tx, here: Id<Hackathon>, said: &[file::Sprint]) -> Result<()> {
    let known = sprint::store::all(tx, here)?;
    let facts = |said: &file::Sprint| sprint::Facts {
        number: i32::from(said.number),
        starts_on: said.starts_on,
        ends_on: said.ends_on,
        goal: said.goal.clone(),
    };
    let wanted: Vec<sprint::Facts> = said.iter().map(facts).collect();
    for one in known.iter().filter(|one| !wanted.iter().any(|facts| facts.number == one.number)) {
        sprint::store::delete(tx, one.id)?;
    }
    for facts in &wanted {
        match known.iter().find(|one| one.number == facts.number) {
            Some(one) if one.facts() == *facts => {}
            Some(one) => drop(sprint::store::update(tx, one, facts)?),
            None => drop(sprint::store::insert(tx, here, facts)?),
        }
    }
    Ok(())
}

/// Writes a new version of the brief, where the file has one and it says something else.
pub(super) fn brief(tx: &mut Tx, hackathon: &Hackathon, said: Option<&file::Brief>, by: Option<UserId>) -> Result<()> {
    let Some(said) = said else { return Ok(()) };
    let Some(ambition) = Ambition::from_word(said.ambition.word()) else {
        return Err(super::apply::missing("an ambition"));
    };
    let criteria = said.criteria.iter().map(|one| Criterion { name: one.name.clone(), weight: i64::from(one.weight) });
    let wish = Wish {
        ambition,
        summary: said.summary.clone(),
        background: said.background.clone(),
        scalability: said.scalability.clone(),
        criteria: criteria.collect(),
    };
    let latest = brief::store::latest(tx, hackathon.id)?;
    if latest.as_ref().is_some_and(|latest| latest.wish() == wish) {
        return Ok(());
    }
    let number = latest.map_or(0, |latest| latest.number).saturating_add(1);
    brief::store::insert(tx, hackathon.id, number, by, &wish).map(drop)
}

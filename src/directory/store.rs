//! Reads a directory's facts in one transaction.

use diesel::prelude::*;

use super::source::{
    Cell, Channel, EachLang, Learnt, MemberFacts, Organization, Shift, Source, Team, Topic, TopicId, UnitFacts,
};
use crate::base::{Id, Instant, Key, Localized, Result, Slug};
use crate::consortium::holder::HolderColumns;
use crate::consortium::{Holder, Member, store};
use crate::db::schema::{channels, shifts, team_members, team_mentors, teams, topics};
use crate::db::{Json, Tx};
use crate::duty::{Hours, Stint};
use crate::hackathon::{self, Hackathon, Zone};
use crate::{channel, escalation_policy, lesson, matrix, sla_policy};

/// The facts of a hackathon; `None` where there is none.
pub fn load(tx: &mut Tx, id: Id<Hackathon>) -> Result<Option<Source>> {
    let Some(found) = hackathon::store::find(tx, &Key::Id(id.uuid()))? else { return Ok(None) };
    let (matrix_version, cells) = published(tx, id)?;
    let (lessons, lessons_as_of) = lessons(tx, id)?;
    let working_hours = channel::duty::hours(&found)?;
    Ok(Some(Source {
        hackathon: id,
        slug: found.slug,
        timezone: found.timezone.0,
        ended: found.ended_at.is_some(),
        working_hours,
        holidays: found.holidays.0,
        version: found.directory_version,
        matrix_version,
        organizations: organizations(tx, id)?,
        units: units(tx, id)?,
        members: members(tx, id)?,
        topics: all_topics(tx, id)?,
        cells,
        channels: all_channels(tx, id)?,
        shifts: all_shifts(tx, id)?,
        teams: all_teams(tx, id)?,
        sla_policies: sla_policy::store::all(tx, id)?.into_iter().map(|policy| policy.facts).collect(),
        escalation_policies: escalation_policy::store::all(tx, id)?.into_iter().map(|policy| policy.facts).collect(),
        lessons,
        lessons_as_of,
    }))
}

/// The most lessons from questions that a router learns: the newest, which tell what people ask now. Training takes longer
/// with each of them.
const LEARNT: i64 = 2_000;
/// How many of the oldest are left out at a time, so that most new lessons only add to what was learnt.
const BLOCK: i64 = 500;

fn lessons(tx: &mut Tx, id: Id<Hackathon>) -> Result<(Vec<Learnt>, Option<Instant>)> {
    let (count, as_of) = lesson::store::state(tx, id)?;
    let too_many = (count - LEARNT).max(0);
    let left_out = (too_many + BLOCK - 1) / BLOCK * BLOCK;
    let learnt = lesson::store::words(tx, id, left_out, LEARNT)?
        .into_iter()
        .map(|(topic, title, body)| Learnt { topic, text: format!("{title}\n{}", body.unwrap_or_default()) });
    Ok((learnt.collect(), as_of))
}

/// The version in force with its cells, each topic with what holds for it.
fn published(tx: &mut Tx, id: Id<Hackathon>) -> Result<(Option<i32>, Vec<Cell>)> {
    let Some(found) = matrix::published(tx, id)? else { return Ok((None, Vec::new())) };
    let cells = found.topics.into_iter().flat_map(|topic| {
        let cell = move |cell: matrix::Cell| Cell {
            topic: topic.topic,
            role: cell.role,
            position: cell.position,
            holder: cell.holder,
        };
        topic.cells.into_iter().map(cell)
    });
    Ok((Some(found.version), cells.collect()))
}

fn organizations(tx: &mut Tx, id: Id<Hackathon>) -> Result<Vec<Organization>> {
    let all = store::organization::all(tx, id)?;
    Ok(all.into_iter().map(|one| Organization { id: one.id, slug: one.slug, name: one.name, lead: one.lead }).collect())
}

fn units(tx: &mut Tx, id: Id<Hackathon>) -> Result<Vec<UnitFacts>> {
    let all = store::unit::all(tx, id)?;
    let facts = all.into_iter().map(|unit| UnitFacts {
        id: unit.id,
        organization: unit.organization,
        slug: unit.slug,
        name: unit.name,
        lead: unit.lead,
    });
    Ok(facts.collect())
}

fn members(tx: &mut Tx, id: Id<Hackathon>) -> Result<Vec<MemberFacts>> {
    let active = store::member::all(tx, id)?.into_iter().filter(Member::takes_part);
    let facts = active.map(|member| MemberFacts {
        id: member.id,
        user: member.user,
        display_name: member.display_name,
        roles: member.roles,
        affiliation: member.affiliation,
    });
    Ok(facts.collect())
}

type TopicRow =
    (TopicId, Option<TopicId>, Slug, Localized, Option<Localized>, Json<EachLang>, Json<EachLang>, Option<Slug>);

fn all_topics(tx: &mut Tx, id: Id<Hackathon>) -> Result<Vec<Topic>> {
    let rows: Vec<TopicRow> = topics::table
        .filter(topics::hackathon_id.eq(id))
        .order(topics::id)
        .select((
            topics::id,
            topics::parent_id,
            topics::slug,
            topics::name,
            topics::description,
            topics::keywords,
            topics::examples,
            topics::pack,
        ))
        .load(tx.conn())?;
    let topic = |(id, parent, slug, name, description, Json(keywords), Json(examples), pack): TopicRow| Topic {
        id,
        parent,
        slug,
        name,
        description,
        keywords,
        examples,
        pack,
    };
    Ok(rows.into_iter().map(topic).collect())
}

type ChannelRow = (Slug, Option<Localized>, HolderColumns, String, String, Option<Zone>, Json<Vec<String>>);

fn all_channels(tx: &mut Tx, id: Id<Hackathon>) -> Result<Vec<Channel>> {
    let owner = (channels::organization_id, channels::unit_id, channels::member_id, channels::team_mentor);
    let rows: Vec<ChannelRow> = channels::table
        .filter(channels::hackathon_id.eq(id))
        .order(channels::id)
        .select((
            channels::slug,
            channels::name,
            owner,
            channels::kind,
            channels::address,
            channels::timezone,
            channels::hours,
        ))
        .load(tx.conn())?;
    let channel = |(slug, name, owner, kind, address, zone, Json(hours)): ChannelRow| Channel {
        slug,
        name,
        owner: Holder::from_columns(owner),
        kind,
        address,
        timezone: zone.map(|zone| zone.0),
        hours: parsed(&hours),
    };
    Ok(rows.into_iter().map(channel).collect())
}

/// Hours were checked when they were written; what does not read any more counts as not written.
fn parsed(hours: &[String]) -> Vec<Hours> {
    hours.iter().filter_map(|text| Hours::parse(text).ok()).collect()
}

type ShiftRow = (HolderColumns, Option<Slug>, Instant, Instant, bool, bool);

fn all_shifts(tx: &mut Tx, id: Id<Hackathon>) -> Result<Vec<Shift>> {
    let owner = (shifts::organization_id, shifts::unit_id, shifts::member_id, shifts::team_mentor);
    let rows: Vec<ShiftRow> = shifts::table
        .left_join(channels::table.on(shifts::channel_id.eq(channels::id.nullable())))
        .filter(shifts::hackathon_id.eq(id))
        .order(shifts::id)
        .select((
            owner,
            channels::slug.nullable(),
            shifts::starts_at,
            shifts::ends_at,
            shifts::replaces,
            shifts::on_duty,
        ))
        .load(tx.conn())?;
    let shift = |(owner, channel, starts_at, ends_at, replaces, on_duty): ShiftRow| Shift {
        owner: Holder::from_columns(owner),
        channel,
        stint: Stint { starts_at, ends_at, replaces, on_duty },
    };
    Ok(rows.into_iter().map(shift).collect())
}

fn all_teams(tx: &mut Tx, id: Id<Hackathon>) -> Result<Vec<Team>> {
    let rows: Vec<(Id<Team>, Slug)> = teams::table
        .filter(teams::hackathon_id.eq(id))
        .order(teams::id)
        .select((teams::id, teams::slug))
        .load(tx.conn())?;
    let members: Vec<(Id<Team>, Id<Member>)> = team_members::table
        .filter(team_members::hackathon_id.eq(id))
        .order(team_members::member_id)
        .select((team_members::team_id, team_members::member_id))
        .load(tx.conn())?;
    let mentors: Vec<(Id<Team>, Id<Member>)> = team_mentors::table
        .filter(team_mentors::hackathon_id.eq(id))
        .order((team_mentors::position, team_mentors::member_id))
        .select((team_mentors::team_id, team_mentors::member_id))
        .load(tx.conn())?;
    let of =
        |list: &[(Id<Team>, Id<Member>)], team| list.iter().filter(|(of, _)| *of == team).map(|(_, id)| *id).collect();
    Ok(rows
        .into_iter()
        .map(|(id, slug)| Team { id: id.uuid(), slug, members: of(&members, id), mentors: of(&mentors, id) })
        .collect())
}

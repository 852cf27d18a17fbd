//! Making a report.

use std::collections::HashMap;
use std::sync::Arc;

use super::case::Case;
use super::compare::{Comparison, Side};
use super::drift::{self, Drift};
use super::extent::Extent;
use super::group::{self, GroupBy};
use super::named::{Atlas, Stage};
use super::{Event, Figures, Report, Unanswered, hours, passes, store};
use crate::access::policy::SeeReport;
use crate::access::{Actor, Right, Roles, UserId};
use crate::base::{Error, Id, Key, Lang, Result, say};
use crate::consortium::{self, Holder};
use crate::db::Tx;
use crate::directory::{Directory, TopicId};
use crate::hackathon::{self, Hackathon};
use crate::matrix;
use crate::question::InCharge;
use crate::question::store::names::Wanted;
use crate::sprint;

/// What a report is wished to hold.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// What the groups are made by.
    pub group_by: Option<GroupBy>,
    /// From how many hand-offs on a question counts as bounced.
    pub bounced_from: usize,
}

/// The report on a hackathon, as far as somebody with these roles is told.
pub fn report(
    tx: &mut Tx,
    here: &Hackathon,
    (user, roles): (UserId, Roles),
    kept: &Arc<Directory>,
    wish: Wish,
) -> Result<Report> {
    let directory = Directory::current(tx, here, kept)?;
    let atlas = atlas(tx, here, &directory)?;
    let member = consortium::store::member::by_user(tx, here.id, user)?.map(|member| member.id);
    let extent = Extent::of(&directory, member, roles);
    let cases = worked(tx, here, &directory)?;
    let told: Vec<&Case> = cases.iter().filter(|case| extent.has(case, &atlas)).collect();
    let Wish { group_by, bounced_from } = wish;
    let on_duty = hours::on_duty(&directory, here.starts_on, here.ends_on);
    let proposes = roles.meet(Roles::ORGANIZER);
    Ok(Report {
        hackathon: event(here),
        extent,
        as_of: tx.now(),
        bounced_from,
        all: Figures::of(&told, bounced_from),
        group_by,
        groups: group_by.map(|by| group::groups(&told, by, &atlas, bounced_from)).unwrap_or_default(),
        hours: hours::hours(&told, directory.source.timezone, &on_duty),
        handoffs: passes::passes(&told, &atlas),
        topics_without_answers: unanswered(&told, &atlas),
        drift: if proposes { Some(drifts(tx, here, &told, &atlas)?) } else { None },
        comparison: None,
    })
}

/// The hackathon of that name, if the actor may read its report. Who may not see it hears that it does not exist.
pub fn readable(tx: &mut Tx, actor: &Actor, key: &Key) -> Result<Hackathon> {
    let (other, roles) = hackathon::reached::<SeeReport>(tx, actor, key)?;
    whole(roles)?;
    Ok(other)
}

/// Parts of two hackathons cannot be compared: each might be the clear one.
fn whole(roles: Roles) -> Result<()> {
    if roles.meet(Roles::ORGANIZER | Roles::MENTOR | Roles::OBSERVER) {
        return Ok(());
    }
    Err(Error::Forbidden(say!(
        "Only who may read the whole report of both hackathons compares them.",
        "두 해커톤의 보고서를 모두 전부 볼 수 있는 사람만 비교할 수 있습니다."
    )))
}

/// The hackathon beside another one, whose directory is `there`.
pub fn beside(
    tx: &mut Tx,
    right: &Right<SeeReport, Hackathon>,
    (kept, there): (&Arc<Directory>, &Arc<Directory>),
    lang: Lang,
) -> Result<Comparison> {
    whole(right.roles())?;
    let other = readable(tx, right.actor(), &Key::Id(there.source.hackathon.uuid()))?;
    let side = |tx: &mut Tx, of: &Hackathon, kept: &Arc<Directory>| {
        let directory = Directory::current(tx, of, kept)?;
        let cases = worked(tx, of, &directory)?;
        Ok::<Side, Error>(Side::of(event(of), &cases.iter().collect::<Vec<_>>()))
    };
    let (here, there) = (side(tx, right.on(), kept)?, side(tx, &other, there)?);
    Ok(Comparison::of(here, there, lang))
}

fn event(of: &Hackathon) -> Event {
    Event { id: of.id, slug: of.slug.clone(), name: of.name.clone(), timezone: of.timezone }
}

fn atlas<'d>(tx: &mut Tx, here: &Hackathon, directory: &'d Directory) -> Result<Atlas<'d>> {
    let stage =
        |sprint: sprint::Sprint| Stage { number: sprint.number, starts_on: sprint.starts_on, ends_on: sprint.ends_on };
    let sprints = sprint::store::all(tx, here.id)?.into_iter().map(stage).collect();
    Ok(Atlas { directory, people: store::people(tx, here.id)?, teams: store::teams(tx, here.id)?, sprints })
}

fn worked(tx: &mut Tx, here: &Hackathon, directory: &Directory) -> Result<Vec<Case>> {
    let calendars = |with: InCharge, team: Option<Id<crate::team::Team>>| {
        let holder = match with {
            InCharge::Holder(holder) => Some(holder),
            InCharge::Organizers => None,
        };
        directory.working_time(holder, team.and_then(|team| directory.team(&Key::Id(team.uuid()))))
    };
    Ok(store::cases(tx, here.id)?.into_iter().map(|case| case.worked(calendars)).collect())
}

fn unanswered(cases: &[&Case], atlas: &Atlas) -> Vec<Unanswered> {
    let mut counted: HashMap<TopicId, (usize, usize)> = HashMap::new();
    for case in cases {
        if let Some(topic) = case.asked.topic {
            let (asked, answered) = counted.entry(topic).or_default();
            *asked += 1;
            *answered += usize::from(case.answered.is_some());
        }
    }
    let silent = counted.into_iter().filter(|(_, (_, answered))| *answered == 0);
    let told = |(topic, (asked, _))| {
        let (slug, name) = atlas.topic(topic)?;
        Some(Unanswered { slug: slug.clone(), name: name.clone(), asked })
    };
    let mut told: Vec<Unanswered> = silent.filter_map(told).collect();
    told.sort_by(|left, right| right.asked.cmp(&left.asked).then_with(|| left.slug.cmp(&right.slug)));
    told
}

fn drifts(tx: &mut Tx, here: &Hackathon, cases: &[&Case], atlas: &Atlas) -> Result<Vec<Drift>> {
    let responsible = |topic: TopicId, with: InCharge| {
        let place = atlas.directory.topic(&Key::Id(topic.uuid()));
        let cells = place.map(|place| atlas.directory.cells_of(place)).unwrap_or_default();
        let is = |holder: Holder| InCharge::Holder(holder) == with;
        cells.iter().any(|cell| cell.role == matrix::Role::Responsible && is(cell.holder))
    };
    let found = drift::drifts(cases, responsible);
    let mut wanted = Wanted::default();
    found.iter().for_each(|drift| {
        wanted.in_charge(drift.from);
        wanted.in_charge(drift.to);
    });
    let names = wanted.read(tx, here.id)?;
    let told = |found: drift::Found| {
        let (slug, name) = atlas.topic(found.topic)?;
        let (from, to) = (names.view(found.from), names.view(found.to));
        Some(Drift { topic: slug.clone(), name: name.clone(), from, to, handed: found.handed, of: found.of })
    };
    Ok(found.into_iter().filter_map(told).collect())
}

//! Routing: which topic the words are about, and who a question is brought to. Nothing is ever brought to nobody.

use super::InCharge;
use super::change::{Actor, Change};
use super::events::{What, Why};
use crate::base::{Id, Instant, Key};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::directory::source::Team as Builders;
use crate::directory::{Directory, TopicId};
use crate::matrix::Role as CellRole;
use crate::team::Team;

/// Where a question is brought, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// To whom.
    pub to: InCharge,
    /// Why.
    pub why: Why,
    /// Whether somebody is on duty there now.
    pub on_duty: bool,
}

/// The longest text that is read for its topic, in characters: what comes later adds nothing.
const READ_MOST: usize = 2_000;

/// The topic that these words are about, where that is sure.
pub fn read_topic(directory: &Directory, title: &str, body: Option<&str>) -> Option<TopicId> {
    let words: String = [title, body.unwrap_or_default()].join("\n").chars().take(READ_MOST).collect();
    let guess = directory.router().guess(&words);
    let best = guess.top.first().filter(|_| guess.confident)?;
    directory.source.topics.get(best.label).map(|topic| topic.id)
}

/// Who a question on this topic, asked for this team, is brought to: the first responsible who is on duty, else the first
/// responsible; the accountable; the team's mentors; the organizers.
pub fn route(directory: &Directory, topic: Option<TopicId>, team: Option<Id<Team>>, at: Instant) -> Route {
    let team = team.and_then(|team| directory.team(&Key::Id(team.uuid())));
    let named = |role: CellRole| holders(directory, topic, role, team);
    let responsible = named(CellRole::Responsible);
    let on_duty = |holder: &Holder| directory.is_on_duty(*holder, team, at);
    let first = responsible.iter().copied().find(|holder| on_duty(holder)).or(responsible.first().copied());
    let found = first.map(|holder| (holder, Why::Responsible)).or_else(|| {
        let accountable = named(CellRole::Accountable).first().copied();
        let mentors = Some(Holder::TeamMentor).filter(|holder| directory.stands(*holder, team));
        accountable.map(|holder| (holder, Why::Accountable)).or(mentors.map(|holder| (holder, Why::TeamMentor)))
    });
    match found {
        Some((holder, why)) => Route { to: InCharge::Holder(holder), why, on_duty: on_duty(&holder) },
        None => Route { to: InCharge::Organizers, why: Why::Organizer, on_duty: directory.organizers_on_duty(at) },
    }
}

/// From when on somebody is on duty whom a question on this topic, asked for this team, could be brought to.
pub(super) fn next_duty(
    directory: &Directory,
    topic: Option<TopicId>,
    team: Option<Id<Team>>,
    now: Instant,
) -> Option<Instant> {
    let builders = team.and_then(|team| directory.team(&Key::Id(team.uuid())));
    let from = |holder: Option<Holder>| {
        let duty = directory.duty(holder, builders, now);
        if duty.on_duty { Some(now) } else { duty.next_from }
    };
    let responsible = holders(directory, topic, CellRole::Responsible, builders);
    if responsible.is_empty() {
        return match route(directory, topic, team, now).to {
            InCharge::Holder(holder) => from(Some(holder)),
            InCharge::Organizers => from(None),
        };
    }
    responsible.into_iter().filter_map(|holder| from(Some(holder))).min()
}

/// The holders of this role for a topic that somebody stands behind, in order.
fn holders(directory: &Directory, topic: Option<TopicId>, role: CellRole, team: Option<&Builders>) -> Vec<Holder> {
    let place = topic.and_then(|topic| directory.topic(&Key::Id(topic.uuid())));
    let cells = place.map(|place| directory.cells_of(place)).unwrap_or_default();
    let of_role = cells.iter().filter(|cell| cell.role == role).map(|cell| cell.holder);
    of_role.filter(|holder| directory.stands(*holder, team)).collect()
}

/// Brings the question of a change to where its topic and its team lead now.
pub(super) fn bring<A: Actor>(tx: &Tx, change: &mut Change<A>, directory: &Directory) {
    let Route { to, why, on_duty } = route(directory, change.question.topic, change.question.team, tx.now());
    change.follow_up(tx, What::Routed { holder: to, why, on_duty });
    if !on_duty {
        change.follow_up(tx, What::NoOneOnDuty {});
    }
}

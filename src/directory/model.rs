//! A directory: the facts of a hackathon, arranged for being asked.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use super::source::{Cell, Channel, MemberFacts, Source, Team, Topic, TopicId};
use super::trained::{Trained, Wanted};
use super::written::Remembered;
use crate::access::{Roles, UserId};
use crate::base::{Id, Key, Slug};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Holder, Member};
use crate::duty::{Calendar, Week};
use crate::hackathon::Role;
use crate::matrix::Role as CellRole;
use crate::router::Router;

/// A hackathon's directory. It never changes; a changed hackathon gets another one.
pub struct Directory {
    /// The facts.
    pub source: Source,
    pub(super) users: HashMap<UserId, (Roles, usize)>,
    pub(super) members: HashMap<Id<Member>, usize>,
    topics: HashMap<Key, usize>,
    /// For each topic, the cells that are in force, inherited where it has none of its own.
    pub(super) effective: Vec<Vec<Cell>>,
    /// For each channel, when somebody is there.
    pub(super) calendars: Vec<Calendar>,
    /// When the event works.
    pub(super) working: Calendar,
    by_owner: HashMap<Holder, Vec<usize>>,
    trained: Arc<Trained>,
    wanted: Wanted,
    /// Contacts that were written before.
    pub(super) written: Remembered,
}

impl Directory {
    /// Arranges the facts. `before` is an earlier directory of the same hackathon, whose router serves as far as it can.
    pub fn new(source: Source, before: Option<&Directory>) -> Directory {
        let before = before.map(|before| (&before.trained, before.wanted.is_none()));
        let (trained, wanted) = Trained::of(&source, before);
        Directory::with(source, trained, wanted)
    }

    /// The same directory with a router that learnt everything it should; none where it has.
    pub fn train(&self) -> Option<Directory> {
        let wanted = self.wanted.clone()?;
        Some(Directory::with(self.source.clone(), Arc::new(Trained::anew(wanted)), None))
    }

    /// Whether its router has something to learn or to forget.
    pub fn is_behind(&self) -> bool {
        self.wanted.is_some()
    }

    fn with(source: Source, trained: Arc<Trained>, wanted: Wanted) -> Directory {
        let mut by_owner: HashMap<Holder, Vec<usize>> = HashMap::new();
        for (index, channel) in source.channels.iter().enumerate() {
            by_owner.entry(channel.owner).or_default().push(index);
        }
        Directory {
            users: users(&source.members),
            members: source.members.iter().enumerate().map(|(index, member)| (member.id, index)).collect(),
            topics: topics(&source.topics),
            effective: source.topics.iter().map(|topic| effective(&source, topic)).collect(),
            calendars: source.channels.iter().map(|channel| calendar(&source, channel)).collect(),
            working: Calendar::new(
                Week::new(source.timezone, &source.working_hours),
                source.holidays.iter().copied(),
                &[],
                &[],
            ),
            by_owner,
            trained,
            wanted,
            written: Remembered::default(),
            source,
        }
    }

    /// Whether it is the directory of the hackathon with this id or slug, which a change may have given to another one.
    pub fn goes_by(&self, key: &Key) -> bool {
        match key {
            Key::Id(id) => self.source.hackathon.uuid() == *id,
            Key::Slug(slug) => self.source.slug == *slug,
        }
    }

    /// What this user is in it; nothing for a stranger.
    pub fn roles_of(&self, user: UserId) -> Roles {
        self.users.get(&user).map_or(Roles::NONE, |(roles, _)| *roles)
    }

    /// This user as a member; none for a stranger.
    pub fn member_of(&self, user: UserId) -> Option<&MemberFacts> {
        let (_, index) = self.users.get(&user)?;
        self.source.members.get(*index)
    }

    /// The topic of that id or slug, by its place.
    pub fn topic(&self, key: &Key) -> Option<usize> {
        self.topics.get(key).copied()
    }

    /// The member.
    pub fn member(&self, id: Id<Member>) -> Option<&MemberFacts> {
        self.source.members.get(*self.members.get(&id)?)
    }

    /// The team of that id or slug.
    pub fn team(&self, key: &Key) -> Option<&Team> {
        self.source.teams.iter().find(|team| match key {
            Key::Id(id) => team.id == *id,
            Key::Slug(slug) => team.slug == *slug,
        })
    }

    /// The first team that this user builds in.
    pub fn team_of(&self, user: UserId) -> Option<&Team> {
        let member = self.member_of(user)?.id;
        self.source.teams.iter().find(|team| team.members.contains(&member))
    }

    /// The channels of an owner, with their calendars.
    pub fn channels_of(&self, owner: Holder) -> impl Iterator<Item = (&Channel, &Calendar)> {
        let indices = self.by_owner.get(&owner).map(Vec::as_slice).unwrap_or_default();
        indices.iter().filter_map(|index| Some((self.source.channels.get(*index)?, self.calendars.get(*index)?)))
    }

    /// The router of this hackathon's topics; its labels are their places.
    pub fn router(&self) -> &Router {
        &self.trained.router
    }

    /// About how many bytes it takes: the router's, and a kilobyte for each fact.
    pub fn bytes(&self) -> usize {
        let Source { members, topics, cells, channels, shifts, teams, .. } = &self.source;
        let facts = members.len() + topics.len() + cells.len() + channels.len() + shifts.len() + teams.len();
        self.trained.router.bytes().saturating_add(facts.saturating_mul(1024))
    }

    /// The people who answer for a member's unit or organization.
    pub fn people_of(&self, holder: Holder) -> Vec<&MemberFacts> {
        let lead = self.lead_of(holder);
        let mut people: Vec<&MemberFacts> =
            self.source.members.iter().filter(|member| self.speaks_for(member, holder)).collect();
        people.sort_by_key(|member| Some(member.id) != lead);
        people
    }

    fn speaks_for(&self, member: &MemberFacts, holder: Holder) -> bool {
        if let Holder::Member(id) = holder {
            return member.id == id;
        }
        let answers = member.roles.iter().any(|role| matches!(role, Role::Organizer | Role::Mentor | Role::Responder));
        let belongs = match (holder, member.affiliation) {
            (Holder::Unit(unit), Some(Affiliation::Unit(of))) => unit == of,
            (Holder::Organization(id), Some(Affiliation::Organization(of))) => id == of,
            // An organization that nobody belongs to directly speaks through its units.
            (Holder::Organization(id), Some(Affiliation::Unit(of))) => {
                let within = self.source.units.iter().any(|unit| unit.id == of && unit.organization == id);
                within && !self.has_direct_people(holder)
            }
            _ => false,
        };
        (answers && belongs) || self.lead_of(holder) == Some(member.id)
    }

    fn has_direct_people(&self, holder: Holder) -> bool {
        let Holder::Organization(id) = holder else { return false };
        let answers = |member: &MemberFacts| {
            member.roles.iter().any(|role| matches!(role, Role::Organizer | Role::Mentor | Role::Responder))
        };
        self.source
            .members
            .iter()
            .any(|member| member.affiliation == Some(Affiliation::Organization(id)) && answers(member))
    }

    /// The organization of whoever belongs there: itself, or that of the unit.
    pub fn organization_of(&self, affiliation: Affiliation) -> Option<OrganizationId> {
        match affiliation {
            Affiliation::Organization(id) => Some(id),
            Affiliation::Unit(unit) => self.source.units.iter().find(|one| one.id == unit).map(|one| one.organization),
        }
    }

    /// Who leads this unit or organization.
    pub fn lead_of(&self, holder: Holder) -> Option<Id<Member>> {
        match holder {
            Holder::Organization(id) => self.source.organizations.iter().find(|one| one.id == id)?.lead,
            Holder::Unit(id) => self.source.units.iter().find(|one| one.id == id)?.lead,
            _ => None,
        }
    }

    /// Whether this holder has a part in a topic: as responsible, accountable or consulted.
    pub fn answers_for(&self, holder: Holder, topic: TopicId) -> bool {
        let place = self.topics.get(&Key::Id(topic.uuid()));
        let cells = place.and_then(|place| self.effective.get(*place)).map(Vec::as_slice).unwrap_or_default();
        cells.iter().any(|cell| cell.holder == holder && cell.role != CellRole::Informed)
    }

    /// Members with this role.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &MemberFacts> {
        self.source.members.iter().filter(move |member| member.roles.contains(&role))
    }
}

fn users(members: &[MemberFacts]) -> HashMap<UserId, (Roles, usize)> {
    let seat = |(index, member): (usize, &MemberFacts)| (member.user, (Role::union(&member.roles), index));
    members.iter().enumerate().map(seat).collect()
}

fn topics(topics: &[Topic]) -> HashMap<Key, usize> {
    let keys = |(index, topic): (usize, &Topic)| {
        let slug: Slug = topic.slug.clone();
        let id: Uuid = topic.id.uuid();
        [(Key::Id(id), index), (Key::Slug(slug), index)]
    };
    topics.iter().enumerate().flat_map(keys).collect()
}

/// Rule R7: a topic without holders of its own takes its nearest ancestor's.
fn effective(source: &Source, topic: &Topic) -> Vec<Cell> {
    let mut at: Option<TopicId> = Some(topic.id);
    // A tree is no deeper than it has topics; the bound keeps a broken one from going round.
    for _ in 0..=source.topics.len() {
        let Some(id) = at else { break };
        let mut own: Vec<Cell> = source.cells.iter().filter(|cell| cell.topic == id).copied().collect();
        if !own.is_empty() {
            own.sort_by_key(|cell| (cell.role, cell.position));
            return own;
        }
        at = source.topics.iter().find(|one| one.id == id).and_then(|one| one.parent);
    }
    Vec::new()
}

fn calendar(source: &Source, channel: &Channel) -> Calendar {
    let zone = channel.timezone.unwrap_or(source.timezone);
    // A shift about one channel counts whoever stands it: a person may look after their unit's.
    let concerns = |shift: &&super::source::Shift| match &shift.channel {
        Some(slug) => *slug == channel.slug,
        None => shift.owner == channel.owner,
    };
    let stints = source.shifts.iter().filter(concerns).map(|shift| shift.stint);
    Calendar::with_stints(Week::new(zone, &channel.hours), source.holidays.iter().copied(), stints)
}

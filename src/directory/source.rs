//! What a directory is made from: plain facts, whether they come from the database or from a hackathon file.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::access::UserId;
use crate::base::{Id, Instant, Localized, Name, Slug};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Holder, Member, Unit};
use crate::duty::{Hours, Stint};
use crate::escalation_policy;
use crate::hackathon::{Hackathon, Role};
use crate::matrix::Role as CellRole;
use crate::{sla_policy, topic};

/// The id of a topic.
pub type TopicId = Id<topic::Topic>;

/// The facts of one hackathon.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its id.
    pub hackathon: Id<Hackathon>,
    /// Its short name.
    pub slug: Slug,
    /// Its zone.
    pub timezone: Tz,
    /// Whether it was ended.
    pub ended: bool,
    /// Weekly hours in which the event works.
    pub working_hours: Vec<Hours>,
    /// Days without weekly hours.
    pub holidays: Vec<NaiveDate>,
    /// The state of the database it was read from.
    pub version: i64,
    /// The published version of the matrix; none: nothing was published.
    pub matrix_version: Option<i32>,
    /// Organizations.
    pub organizations: Vec<Organization>,
    /// Units.
    pub units: Vec<UnitFacts>,
    /// Active members.
    pub members: Vec<MemberFacts>,
    /// Topics.
    pub topics: Vec<Topic>,
    /// The published cells.
    pub cells: Vec<Cell>,
    /// Channels.
    pub channels: Vec<Channel>,
    /// Shifts and overrides.
    pub shifts: Vec<Shift>,
    /// Teams.
    pub teams: Vec<Team>,
    /// What is promised, by scope.
    pub sla_policies: Vec<sla_policy::Facts>,
    /// Who is told when it is not kept, by trigger and scope.
    pub escalation_policies: Vec<escalation_policy::Facts>,
    /// What the router learnt from questions, in the order in which it did.
    pub lessons: Vec<Learnt>,
    /// When a lesson was last changed.
    pub lessons_as_of: Option<Instant>,
}

/// An organization.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its short name.
    pub slug: Slug,
    /// Its name here.
    pub name: Localized,
    /// Who speaks for it.
    pub lead: Option<Id<Member>>,
}

/// A unit.
#[derive(Clone, Debug)]
pub struct UnitFacts {
    /// Its id.
    pub id: Id<Unit>,
    /// The organization it is a division of.
    pub organization: OrganizationId,
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// Who leads it.
    pub lead: Option<Id<Member>>,
}

/// An active member.
#[derive(Clone, Debug)]
pub struct MemberFacts {
    /// Its id.
    pub id: Id<Member>,
    /// The user.
    pub user: UserId,
    /// How others see them.
    pub display_name: Name,
    /// What they are here.
    pub roles: Vec<Role>,
    /// Where they belong.
    pub affiliation: Option<Affiliation>,
}

/// A topic with the texts that the router learns from.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its id.
    pub id: TopicId,
    /// The topic it lies under.
    pub parent: Option<TopicId>,
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// What it is about.
    pub description: Option<Localized>,
    /// Keywords.
    pub keywords: EachLang,
    /// Example questions.
    pub examples: EachLang,
    /// The starter pack it was made from, whose questions the router learns as well.
    pub pack: Option<Slug>,
}

/// A question's words with the topic it turned out to be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learnt {
    /// The topic.
    pub topic: TopicId,
    /// The words.
    pub text: String,
}

/// Lists in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EachLang {
    /// In English.
    #[serde(default)]
    pub en: Vec<String>,
    /// In Korean.
    #[serde(default)]
    pub ko: Vec<String>,
}

/// A published cell.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// The topic.
    pub topic: TopicId,
    /// What the holder is for it.
    pub role: CellRole,
    /// Where it stands among those of the same role, from 0.
    pub position: i32,
    /// Who holds it.
    pub holder: Holder,
}

/// A channel.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its short name.
    pub slug: Slug,
    /// Its name, where it has one.
    pub name: Option<Localized>,
    /// Whose it is.
    pub owner: Holder,
    /// `chat`, `email`, `meeting`, `phone`, `url`, `in_person`.
    pub kind: String,
    /// Where.
    pub address: String,
    /// Its own zone, where it differs from the event's.
    pub timezone: Option<Tz>,
    /// Weekly hours; none: always.
    pub hours: Vec<Hours>,
}

/// A shift or an override.
#[derive(Clone, Debug)]
pub struct Shift {
    /// Whose.
    pub owner: Holder,
    /// Only this channel; none: all of the owner's.
    pub channel: Option<Slug>,
    /// When, and what it means.
    pub stint: Stint,
}

/// A team.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its id.
    pub id: uuid::Uuid,
    /// Its short name.
    pub slug: Slug,
    /// Its members.
    pub members: Vec<Id<Member>>,
    /// Its mentors, in order.
    pub mentors: Vec<Id<Member>>,
}

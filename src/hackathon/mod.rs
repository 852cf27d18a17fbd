//! A hackathon: the event and the tenant. Every other id lives under one, but those of users and organizations.

pub mod store;

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::Queryable;
use serde::Serialize;

use crate::access::{Actor, Path, Resource, Roles, Verb, allow};
use crate::base::{Error, Fault, Id, Instant, Key, Localized, Result, Slug, say};
use crate::db::{Flat, Json, Signal, Tx};
use crate::{flat_column, words};

words! {
    /// What a member is in a hackathon.
    Role / RoleShape {
        /// Sets the event up and runs it.
        Organizer = "organizer",
        /// Stands by teams; routes and hands off questions.
        Mentor = "mentor",
        /// An organization's contact.
        Responder = "responder",
        /// Builds in a team.
        Participant = "participant",
        /// Scores submissions.
        Judge = "judge",
        /// Looks on.
        Observer = "observer",
    }
}

impl Role {
    /// As a set of roles.
    pub fn set(self) -> Roles {
        match self {
            Role::Organizer => Roles::ORGANIZER,
            Role::Mentor => Roles::MENTOR,
            Role::Responder => Roles::RESPONDER,
            Role::Participant => Roles::PARTICIPANT,
            Role::Judge => Roles::JUDGE,
            Role::Observer => Roles::OBSERVER,
        }
    }

    /// Several as a set.
    pub fn union(roles: &[Role]) -> Roles {
        roles.iter().fold(Roles::NONE, |set, role| set | role.set())
    }
}

/// An IANA time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(pub Tz);

impl Flat for Zone {
    fn flat(&self) -> &str {
        self.0.name()
    }
    fn lift(text: String) -> Option<Self> {
        text.parse().ok().map(Zone)
    }
}
flat_column!(Zone, ZoneShape);

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.0.name())
    }
}

impl Zone {
    /// Reads a zone's name; `pointer` is where it stood.
    pub fn parse(name: &str, pointer: &str) -> Result<Zone> {
        Zone::lift(name.to_owned()).ok_or_else(|| {
            Error::invalid(
                pointer,
                "timezone.unknown",
                say!(
                    "Write a time zone of the IANA database, for example \"Europe/London\" or \"Asia/Seoul\".",
                    "IANA 시간대 이름을 적으세요. 예: \"Asia/Seoul\", \"Europe/London\""
                ),
            )
        })
    }
}

/// A hackathon.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Serialize)]
pub struct Hackathon {
    /// Its id.
    pub id: Id<Hackathon>,
    /// Its short name, one on this server.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// Its time zone, which dates and hours are meant in.
    pub timezone: Zone,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Weekly hours in which the event works; none: Monday to Friday, 09:00 to 17:00.
    #[serde(serialize_with = "unwrapped")]
    pub working_hours: Json<Option<Vec<String>>>,
    /// Days without working hours.
    #[serde(serialize_with = "unwrapped")]
    pub holidays: Json<Vec<NaiveDate>>,
    /// When an organizer ended it: nothing in it changes any more.
    pub ended_at: Option<Instant>,
    /// Grows with every change of who is asked for what.
    #[serde(skip)]
    pub directory_version: i64,
    /// Grows with every change of the draft of the matrix.
    #[serde(skip)]
    pub draft_version: i64,
    /// Grows with every change of its own fields.
    #[serde(skip)]
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// Writes what a JSON column holds.
pub fn unwrapped<T: Serialize, S: serde::Serializer>(value: &Json<T>, out: S) -> Result<S::Ok, S::Error> {
    value.0.serialize(out)
}

/// What a hackathon says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// Its time zone.
    pub timezone: Zone,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Weekly hours in which the event works.
    pub working_hours: Option<Vec<String>>,
    /// Days without working hours.
    pub holidays: Vec<NaiveDate>,
}

impl Facts {
    /// The dates must be in order.
    pub fn check(&self) -> Result<()> {
        if self.starts_on <= self.ends_on {
            return Ok(());
        }
        Err(Error::Invalid(vec![Fault::new(
            "/ends_on",
            "dates.order",
            say!("The last day must not be before the first.", "마지막 날은 첫날보다 앞설 수 없습니다."),
        )]))
    }
}

impl Hackathon {
    /// The date in it at this moment.
    pub fn date(&self, at: Instant) -> NaiveDate {
        at.utc().with_timezone(&self.timezone.0).date_naive()
    }

    /// Its facts, as a base for changing them.
    pub fn facts(&self) -> Facts {
        Facts {
            slug: self.slug.clone(),
            name: self.name.clone(),
            timezone: self.timezone,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            working_hours: self.working_hours.0.clone(),
            holidays: self.holidays.0.clone(),
        }
    }
}

impl Resource for Hackathon {
    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        store::find(tx, &path.key("hackathon")?)?.ok_or(Error::NotFound)
    }

    fn roles(&self, tx: &mut Tx, who: &Actor) -> Result<Roles> {
        store::roles_of(tx, self.id, who.user)
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }

    fn ended(&self) -> bool {
        self.ended_at.is_some()
    }
}

/// Tells everybody who keeps this hackathon's directory that it changed. Every verb that changes who is asked for what
/// calls it first: the row it writes also makes such changes wait for one another.
pub fn touch(tx: &mut Tx, id: Id<Hackathon>) -> Result<()> {
    store::touch(tx, id)?;
    tx.announce(Signal::Directory(id.uuid()));
    Ok(())
}

/// Keeps a hackathon from being deleted until the transaction ends. Whatever adds to one without changing its directory calls
/// it first: deleting takes locks in an order of its own, against which both could wait for ever.
pub fn hold(tx: &mut Tx, id: Id<Hackathon>) -> Result<()> {
    if store::hold(tx, id)? { Ok(()) } else { Err(Error::NotFound) }
}

/// Another hackathon by its slug or id, with what the actor is to it, if they may do this there. Who may not even see it hears
/// that there is none.
pub fn reached<V: Verb>(tx: &mut Tx, actor: &Actor, key: &Key) -> Result<(Hackathon, Roles)> {
    let other = store::find(tx, key)?.ok_or(Error::NotFound)?;
    let roles = other.roles(tx, actor)?;
    allow::<V>(actor, roles, other.ended())?;
    Ok((other, roles))
}

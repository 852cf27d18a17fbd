//! A member: a user's membership of one hackathon.

use super::organization::OrganizationId;
use super::{Unit, store};
use crate::access::{Item, Roles, UserId};
use crate::account::{Locale, NewUser};
use crate::base::{Email, Error, Fault, Id, Instant, Key, Name, Result, say};
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};
use crate::words;

words! {
    /// Whether a member takes part.
    MemberState / MemberStateShape {
        /// They do.
        Active = "active",
        /// They are kept in the history, and see nothing any more.
        Suspended = "suspended",
    }
}

/// Where a member belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Affiliation {
    /// To an organization as a whole.
    Organization(OrganizationId),
    /// To a unit of one.
    Unit(Id<Unit>),
}

/// A member, with what is known of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: Id<Member>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// The user.
    pub user: UserId,
    /// The user's address. Personal: see product.md on who is shown it.
    pub email: Email,
    /// The user's name.
    pub display_name: Name,
    /// The user's telephone number. Personal.
    pub phone: Option<Name>,
    /// The language the user reads.
    pub locale: Locale,
    /// What they are here, at least one.
    pub roles: Vec<Role>,
    /// Where they belong.
    pub affiliation: Option<Affiliation>,
    /// What they do for a living, such as "data-science".
    pub profession: Option<Name>,
    /// Minutes a week that they offer.
    pub weekly_minutes: Option<i32>,
    /// Whether they take part.
    pub state: MemberState,
    /// Grows with every change.
    pub version: i64,
    /// When they joined.
    pub created_at: Instant,
    /// When this was last changed.
    pub updated_at: Instant,
}

/// What is said of a member when they are made or changed.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// What they are here, at least one.
    pub roles: Vec<Role>,
    /// Where they belong.
    pub affiliation: Option<Affiliation>,
    /// What they do for a living.
    pub profession: Option<Name>,
    /// Minutes a week that they offer.
    pub weekly_minutes: Option<i32>,
    /// Whether they take part.
    pub state: MemberState,
}

impl Member {
    /// What is said of them, as a base for changing it.
    pub fn said(&self) -> NewMember {
        NewMember {
            roles: self.roles.clone(),
            affiliation: self.affiliation,
            profession: self.profession.clone(),
            weekly_minutes: self.weekly_minutes,
            state: self.state,
        }
    }

    /// Whether they have this role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// The most hours a week that somebody can offer.
pub const WEEKLY_HOURS_MOST: f64 = 80.0;

/// Hours as they are written, such as 2.5, in minutes.
pub fn weekly_minutes(hours: f64, pointer: &str) -> Result<i32> {
    let fits = hours > 0.0 && hours <= WEEKLY_HOURS_MOST;
    #[expect(clippy::as_conversions, reason = "the range was just checked")]
    let minutes = (hours * 60.0).round() as i32;
    if fits && minutes > 0 {
        return Ok(minutes);
    }
    Err(Error::Invalid(vec![Fault::new(
        pointer,
        "hours.range",
        say!(
            "Write the hours a week, more than 0 and at most {WEEKLY_HOURS_MOST}.",
            "주당 시간을 0보다 크고 {WEEKLY_HOURS_MOST} 이하인 수로 적으세요."
        ),
    )]))
}

/// Makes a member of the user with this address, who is made too if they are not known.
pub fn join(tx: &mut Tx, hackathon: Id<Hackathon>, user: &NewUser, new: &NewMember) -> Result<Member> {
    let user = crate::account::known_or_new(tx, user)?;
    let id = store::member::insert(tx, hackathon, &user, new)?;
    store::member::by_id(tx, hackathon, id)?.ok_or_else(|| Error::internal("a member just made is not there"))
}

impl Item<Hackathon> for Member {
    const PARAM: &'static str = "member";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::member::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn roles_in(
        &self,
        _tx: &mut Tx,
        _parent: &Hackathon,
        who: &crate::access::Actor,
        of_parent: Roles,
    ) -> Result<Roles> {
        Ok(of_parent | Roles::OWN.when(self.user == who.user))
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

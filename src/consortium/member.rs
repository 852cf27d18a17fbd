//! A member: a user's membership of one hackathon.

use super::affiliation::Affiliation;
use super::{removal, store};
use crate::access::{Item, Roles, UserId};
use crate::account::{Locale, NewUser, User, UserState};
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
    /// Whether the user is let in at all.
    pub user_state: UserState,
    /// Grows with every change.
    pub version: i64,
    /// Grows with every change of the user, whose name and address are shown with the member.
    pub user_version: i64,
    /// When they joined.
    pub created_at: Instant,
    /// When this was last changed.
    pub updated_at: Instant,
}

/// What is said of a member when they are made or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// Whether they are here: neither kept out of this hackathon nor of the server.
    pub fn takes_part(&self) -> bool {
        self.state == MemberState::Active && self.user_state == UserState::Active
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

/// Minutes as the hours they are written as.
pub fn weekly_hours(minutes: i32) -> f64 {
    f64::from(minutes) / 60.0
}

/// Makes a member of the user with this address, who is made too if they are not known.
pub fn join(tx: &mut Tx, hackathon: Id<Hackathon>, user: &NewUser, new: &NewMember) -> Result<Member> {
    let user = crate::account::known_or_new(tx, user)?;
    admit(tx, hackathon, &user, new)
}

/// Makes a member of a user.
pub fn admit(tx: &mut Tx, hackathon: Id<Hackathon>, user: &User, new: &NewMember) -> Result<Member> {
    let id = store::member::insert(tx, hackathon, user, new)?;
    store::member::by_id(tx, hackathon, id)?.ok_or_else(|| Error::internal("a member just made is not there"))
}

/// Changes what is said of a member. It is in force with the next request: roles are read anew for each.
pub fn change(tx: &mut Tx, member: &Member, to: &NewMember) -> Result<Member> {
    if !organizes(to.state, &to.roles) {
        keep_an_organizer(tx, member)?;
    }
    let changed = store::member::update(tx, member, to)?;
    removal::leave_teams(tx, &changed)?;
    Ok(changed)
}

/// The member that a user who was let in is.
pub fn acting(tx: &mut Tx, hackathon: Id<Hackathon>, user: UserId) -> Result<Member> {
    store::member::by_user(tx, hackathon, user)?.ok_or(Error::NotFound)
}

fn organizes(state: MemberState, roles: &[Role]) -> bool {
    state == MemberState::Active && roles.contains(&Role::Organizer)
}

/// Refuses where nobody else could organize the hackathon any more: then nobody could give the role back either.
pub fn keep_an_organizer(tx: &mut Tx, member: &Member) -> Result<()> {
    if !organizes(member.state, &member.roles) || store::member::other_organizers(tx, member)? > 0 {
        return Ok(());
    }
    Err(Error::Conflict(say!(
        "This is the last organizer of the hackathon. Make somebody else an organizer first.",
        "이 해커톤의 마지막 운영진입니다. 먼저 다른 사람에게 운영진 역할을 주세요."
    )))
}

/// Roles as they are written: at least one, none twice. `pointer` is where they stood.
pub fn checked_roles(roles: Vec<Role>, pointer: &str) -> Result<Vec<Role>> {
    if roles.is_empty() {
        let all = Role::ALL.iter().map(|role| role.word()).collect::<Vec<_>>().join(", ");
        let detail = say!("Give at least one role: {all}.", "역할을 하나 이상 적으세요: {all}");
        return Err(Error::invalid(pointer, "roles.none", detail));
    }
    let twice = roles.iter().enumerate().find(|(at, role)| roles.iter().take(*at).any(|one| one == *role));
    if let Some((at, role)) = twice {
        let role = role.word();
        let detail = say!("The role \"{role}\" stands twice.", "\"{role}\" 역할이 두 번 나옵니다.");
        return Err(Error::invalid(format!("{pointer}/{at}"), "roles.twice", detail));
    }
    Ok(roles)
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
        Some(format!("{}-{}-{}", self.id, self.version, self.user_version))
    }
}

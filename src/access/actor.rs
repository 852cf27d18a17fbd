//! Who is asking, and what they are to the thing they ask for.

use std::ops::BitOr;

use crate::base::{Error, Id, Result, say};

/// The id of a user.
pub type UserId = Id<Actor>;
/// The id of a sign-in.
pub type SessionId = Id<super::session::Ended>;

/// Who is asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The user.
    pub user: UserId,
    /// The sign-in; none for an API token.
    pub session: Option<SessionId>,
    /// Whether they may change things; an API token may be for reading only.
    pub writes: bool,
}

impl Actor {
    /// The sign-in. Refused to an API token, for what only a person does: a script that leaks must not outlive itself.
    pub fn in_person(&self) -> Result<SessionId> {
        self.session.ok_or_else(|| {
            Error::Forbidden(say!(
                "An API token cannot do this. Sign in and use the access token.",
                "API 토큰으로는 할 수 없습니다. 로그인해서 받은 액세스 토큰을 쓰세요."
            ))
        })
    }
}

/// What an actor is to one thing, as a set. Empty: the actor may not know that it exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u32);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $label:literal;)*) => {
        impl Roles {
            $($(#[$doc])* pub const $name: Roles = Roles(1 << $bit);)*
            /// Every single role with its name, for tables and reports.
            pub const EACH: &'static [(Roles, &'static str)] = &[$((Roles::$name, $label)),*];
        }
    };
}
roles! {
    /// Runs the hackathon.
    ORGANIZER = 0, "organizer";
    /// Routes and hands off questions, and answers those of their teams.
    MENTOR = 1, "mentor";
    /// An organization's contact.
    RESPONDER = 2, "responder";
    /// Builds in a team.
    PARTICIPANT = 3, "participant";
    /// Scores submissions.
    JUDGE = 4, "judge";
    /// Looks on.
    OBSERVER = 5, "observer";
    /// Administers the server.
    ADMIN = 6, "server admin";
    /// The thing is the actor's own.
    OWN = 7, "own";
    /// The thing is, or belongs to, the actor's team.
    TEAM = 8, "own team";
    /// The actor mentors the team it belongs to.
    TEAM_MENTOR = 9, "team's mentor";
    /// The thing lies with the actor's unit or organization.
    HOLDER = 10, "holder";
    /// The actor leads the unit or organization it lies with.
    LEAD = 11, "unit lead";
    /// The thing is offered to the actor, or to their unit or organization.
    OFFERED = 12, "offered to";
    /// The thing lay with the actor's unit or organization before.
    FORMER = 13, "former holder";
}

impl Roles {
    /// No role: an outsider.
    pub const NONE: Roles = Roles(0);
    /// The six roles of a member.
    pub const MEMBER: Roles = Roles(0b11_1111);

    /// Whether there is no role at all.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two sets share a role.
    pub const fn meet(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub const fn and(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }

    /// These roles, or none if the condition fails.
    pub fn when(self, condition: bool) -> Roles {
        if condition { self } else { Roles::NONE }
    }
}

impl BitOr for Roles {
    type Output = Roles;
    fn bitor(self, other: Roles) -> Roles {
        self.and(other)
    }
}

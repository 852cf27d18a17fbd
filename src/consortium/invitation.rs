//! Invitations by email: who has one may join, and until then sees nothing.

use super::affiliation::Affiliation;
use super::member::{self, MemberState};
use super::{Member, NewMember, store};
use crate::access::{Item, UserId};
use crate::account::password::Hashed;
use crate::account::{self, Locale, NewUser, User, UserState};
use crate::base::{Email, Error, Fault, Id, Instant, Key, Name, Result, Sentence, say, secret};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon, Role};
use crate::words;

/// How many days an invitation is open when nothing else is said.
pub const DAYS_USUAL: i64 = 7;

words! {
    /// What has become of an invitation.
    InvitationState / InvitationStateShape {
        /// It can be accepted.
        Open = "open",
        /// Somebody joined by it.
        Accepted = "accepted",
        /// An organizer took it back.
        Revoked = "revoked",
        /// Its time is over.
        Expired = "expired",
    }
}

/// An invitation. The token in its link is kept as a digest only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: Id<Invitation>,
    /// The hackathon it lets in to.
    pub hackathon: Id<Hackathon>,
    /// Whom it is for.
    pub email: Email,
    /// How they are called until they say it themselves.
    pub display_name: Option<Name>,
    /// What they will be, at least one.
    pub roles: Vec<Role>,
    /// Where they will belong.
    pub affiliation: Option<Affiliation>,
    /// Who invited them.
    pub invited_by: Option<UserId>,
    /// When it was made.
    pub created_at: Instant,
    /// It can be accepted before this.
    pub expires_at: Instant,
    /// When somebody joined by it.
    pub accepted_at: Option<Instant>,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
    /// What it was at the time of the transaction that read it.
    pub state: InvitationState,
}

/// An invitation to be made.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Whom it is for.
    pub email: Email,
    /// How they are called until they say it themselves.
    pub display_name: Option<Name>,
    /// What they will be, at least one.
    pub roles: Vec<Role>,
    /// Where they will belong.
    pub affiliation: Option<Affiliation>,
    /// Until when it can be accepted.
    pub expires_at: Instant,
}

/// Invites somebody, and gives back the token of the link. An older open invitation to the same address is taken back, so
/// that one address has one link.
pub fn invite(tx: &mut Tx, hackathon: Id<Hackathon>, by: UserId, new: &NewInvitation) -> Result<(Invitation, String)> {
    refuse_members(tx, hackathon, &new.email)?;
    store::invitation::revoke_open(tx, hackathon, &new.email)?;
    let token = secret::token();
    let made = store::invitation::insert(tx, hackathon, by, new, &secret::digest(&token))?;
    Ok((made, token))
}

/// Refuses to invite who is a member and can sign in. One who never had a password may be invited: it is their way in.
pub fn refuse_members(tx: &mut Tx, hackathon: Id<Hackathon>, email: &Email) -> Result<()> {
    let Some(user) = account::store::by_email(tx, email)? else { return Ok(()) };
    let is_member = store::member::by_user(tx, hackathon, user.id)?.is_some();
    if is_member && account::store::has_password(tx, user.id)? {
        return Err(Error::Conflict(say!(
            "{email} is a member of this hackathon already. Change their roles instead.",
            "이미 이 해커톤의 구성원입니다: {email}. 역할을 바꾸려면 구성원을 수정하세요."
        )));
    }
    Ok(())
}

/// Takes an invitation back.
pub fn revoke(tx: &mut Tx, invitation: &Invitation) -> Result<()> {
    store::invitation::revoke(tx, invitation.id)?;
    let now = store::invitation::by_id(tx, invitation.hackathon, invitation.id)?;
    if now.is_none_or(|now| now.accepted_at.is_none()) {
        return Ok(());
    }
    Err(Error::Conflict(say!(
        "This invitation was accepted. Remove the member instead.",
        "이미 수락된 초대입니다. 대신 구성원을 삭제하세요."
    )))
}

/// What somebody says who accepts.
#[derive(Clone)]
pub struct Acceptance {
    /// How they are called; only new users say it here.
    pub display_name: Option<Name>,
    /// The language they read; only new users say it here.
    pub locale: Locale,
    /// Their first password.
    pub password: Option<Hashed>,
}

/// The open invitation of a token. Accepted, revoked, expired and made-up ones are all alike not found.
pub fn open(tx: &mut Tx, token: &str) -> Result<Invitation> {
    let found = store::invitation::by_hash(tx, &secret::digest(token))?;
    found.filter(|invitation| invitation.state == InvitationState::Open).ok_or(Error::NotFound)
}

/// Makes whom the invitation is for a member. Who has a password must be signed in; who has none chooses one.
pub fn accept(tx: &mut Tx, token: &str, signed_in: Option<UserId>, said: &Acceptance) -> Result<(Hackathon, Member)> {
    let invitation = open(tx, token)?;
    hackathon::touch(tx, invitation.hackathon)?;
    if !store::invitation::accept(tx, invitation.id)? {
        return Err(Error::NotFound);
    }
    let here = hackathon::store::find(tx, &Key::Id(invitation.hackathon.uuid()))?.ok_or(Error::NotFound)?;
    if here.ended_at.is_some() {
        return Err(Error::Conflict(say!("This hackathon has ended.", "종료된 해커톤입니다.")));
    }
    let user = invitee(tx, &invitation, said)?;
    admit(tx, &invitation, &user, signed_in, said)?;
    let member = match store::member::by_user(tx, here.id, user.id)? {
        Some(member) => member,
        None => member::admit(tx, here.id, &user, &membership(&invitation))?,
    };
    if member.state == MemberState::Suspended {
        return Err(suspended());
    }
    Ok((here, member))
}

fn invitee(tx: &mut Tx, invitation: &Invitation, said: &Acceptance) -> Result<User> {
    let name = said.display_name.clone().or_else(|| invitation.display_name.clone());
    let new = NewUser {
        email: invitation.email.clone(),
        display_name: name.unwrap_or_else(|| account::name_of(&invitation.email)),
        phone: None,
        locale: said.locale,
    };
    account::known_or_new(tx, &new)
}

/// The token shows that the caller was given the link, not that they are the user: it opens no account that was in use.
fn admit(
    tx: &mut Tx,
    invitation: &Invitation,
    user: &User,
    signed_in: Option<UserId>,
    said: &Acceptance,
) -> Result<()> {
    if user.state == UserState::Suspended {
        return Err(suspended());
    }
    let here = signed_in == Some(user.id);
    if account::store::has_password(tx, user.id)? {
        return match (here, &said.password) {
            (false, _) => Err(Error::Unauthenticated(sign_in(&invitation.email))),
            (true, Some(_)) => Err(Error::invalid("/password", "password.set", has_one())),
            (true, None) => Ok(()),
        };
    }
    match &said.password {
        None if here => Ok(()),
        None => Err(Error::Invalid(vec![Fault::new("/password", "password.missing", choose())])),
        Some(_) if user.admin || store::member::is_elsewhere(tx, user.id, invitation.hackathon)? => {
            Err(Error::Conflict(in_use()))
        }
        Some(first) => account::store::set_first_password(tx, user.id, first),
    }
}

fn membership(invitation: &Invitation) -> NewMember {
    NewMember {
        roles: invitation.roles.clone(),
        affiliation: invitation.affiliation,
        profession: None,
        weekly_minutes: None,
        state: MemberState::Active,
    }
}

fn sign_in(email: &Email) -> Sentence {
    say!("Sign in as {email} to accept this invitation.", "이 초대를 수락하려면 다음 주소로 로그인하세요: {email}")
}

fn has_one() -> Sentence {
    say!("You have a password already. Leave it out here.", "이미 비밀번호가 있습니다. 여기서는 빼고 보내세요.")
}

fn choose() -> Sentence {
    say!("Choose a password, so that you can sign in.", "로그인에 쓸 비밀번호를 정하세요.")
}

fn in_use() -> Sentence {
    say!(
        "This account belongs to more than this hackathon, so an invitation cannot give it a password. Ask the server's administrator for one.",
        "이 해커톤 밖에서도 쓰는 계정이라 초대로는 비밀번호를 정할 수 없습니다. 서버 관리자에게 요청하세요."
    )
}

fn suspended() -> Error {
    Error::Forbidden(say!("This account is suspended.", "정지된 계정입니다."))
}

impl Item<Hackathon> for Invitation {
    const PARAM: &'static str = "invitation";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::invitation::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.state.word()))
    }
}

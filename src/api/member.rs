//! `/v1/hackathons/{hackathon}/members`: who takes part.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Roles, Within};
use crate::account::{Locale, NewUser, name_of};
use crate::base::text::fold;
use crate::base::{Email, Error, Id, Instant, Name, Page, Patch, Result, given, say};
use crate::consortium::member::{self, MemberState, NewMember, checked_roles, weekly_hours, weekly_minutes};
use crate::consortium::store::member as store;
use crate::consortium::{Affiliation, AffiliationSaid, Member, named};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon, Role};
use crate::matrix;

const LIST: &str = "members";

/// A member as callers see them.
#[derive(Serialize)]
pub(super) struct View {
    id: Id<Member>,
    display_name: Name,
    roles: Vec<Role>,
    affiliation: Option<Affiliation>,
    profession: Option<Name>,
    weekly_hours: Option<f64>,
    locale: Locale,
    suspended: bool,
    created_at: Instant,
    updated_at: Instant,
    /// Only to those who may contact them; to everybody else it is not there.
    #[serde(flatten)]
    contact: Option<Contact>,
}

/// Personal data.
#[derive(Serialize)]
struct Contact {
    email: Email,
    phone: Option<Name>,
}

impl View {
    pub(super) fn of(member: Member, viewer: Roles) -> View {
        let Member { id, email, display_name, phone, locale, roles, affiliation, profession, .. } = member;
        View {
            id,
            display_name,
            roles,
            affiliation,
            profession,
            weekly_hours: member.weekly_minutes.map(weekly_hours),
            locale,
            suspended: member.state == MemberState::Suspended,
            created_at: member.created_at,
            updated_at: member.updated_at,
            contact: contacts(viewer).then_some(Contact { email, phone }),
        }
    }
}

/// Those who route and answer questions may contact people; nobody else sees addresses.
fn contacts(viewer: Roles) -> bool {
    viewer.meet(Roles::ORGANIZER | Roles::MENTOR | Roles::RESPONDER)
}

/// Which members are listed.
#[derive(Deserialize)]
pub struct Wanted {
    role: Option<String>,
    organization: Option<String>,
    unit: Option<String>,
    profession: Option<String>,
    q: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

impl Wanted {
    fn filter(&self, tx: &mut Tx, here: Id<Hackathon>) -> Result<store::Filter> {
        let organization = self.organization.as_ref();
        let organization = organization.map(|key| named::organization(tx, here, key, "/organization")).transpose()?;
        let unit = self.unit.as_ref().map(|key| named::unit(tx, here, key, "/unit")).transpose()?;
        Ok(store::Filter {
            role: self.role.as_deref().map(role).transpose()?,
            organization: organization.map(|organization| organization.id),
            unit: unit.map(|unit| unit.id),
            profession: self.profession.clone().map(Name::stored),
            name: self.q.as_deref().map(fold),
        })
    }
}

fn role(word: &str) -> Result<Role> {
    Role::from_word(word).ok_or_else(|| {
        let all = Role::ALL.iter().map(|role| role.word()).collect::<Vec<_>>().join(", ");
        let detail = say!("The roles are {all}.", "쓸 수 있는 역할: {all}");
        Error::invalid("/role", "value.unknown", detail)
    })
}

/// `GET /v1/hackathons/{hackathon}/members?role=&organization=&unit=&profession=&q=`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(wanted): Query<Wanted>) -> Answered {
    let page = wanted.paging.of(LIST)?;
    let (rows, viewer) = may
        .read(move |tx, right| {
            let filter = wanted.filter(tx, right.on().id)?;
            Ok((store::list(tx, right.on().id, &filter, &page)?, right.roles()))
        })
        .await?;
    let rows = Page::of(LIST, &page, rows, |row| row.id.uuid());
    answer::page(&req, &rows.map(|member| View::of(member, viewer)))
}

/// Somebody who joins without an invitation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Newcomer {
    email: Email,
    display_name: Option<Name>,
    roles: Vec<Role>,
    affiliation: Option<AffiliationSaid>,
    profession: Option<Name>,
    weekly_hours: Option<f64>,
    phone: Option<Name>,
    locale: Option<Locale>,
}

impl Newcomer {
    fn parts(self, tx: &mut Tx, here: Id<Hackathon>) -> Result<(NewUser, NewMember)> {
        let member = NewMember {
            roles: checked_roles(self.roles, "/roles")?,
            affiliation: self.affiliation.map(|said| said.find(tx, here, "/affiliation")).transpose()?,
            profession: self.profession,
            weekly_minutes: self.weekly_hours.map(|hours| weekly_minutes(hours, "/weekly_hours")).transpose()?,
            state: MemberState::Active,
        };
        let user = NewUser {
            display_name: self.display_name.unwrap_or_else(|| name_of(&self.email)),
            email: self.email,
            phone: self.phone,
            locale: self.locale.unwrap_or(Locale::En),
        };
        Ok((user, member))
    }
}

/// `POST /v1/hackathons/{hackathon}/members`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<Newcomer>) -> Answered {
    may.post(sent, |tx, right, new| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let (user, new) = new.parts(tx, here.id)?;
        let made = member::join(tx, here.id, &user, &new)?;
        let (place, tag) = (format!("/v1/hackathons/{}/members/{}", here.slug, made.id), made.tag());
        Ok(Answer::created(place, &View::of(made, right.roles()))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/members/{member}`
pub async fn show(may: May<See, Within<Hackathon, Member>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone(), right.roles())).await
}

/// A change of what somebody is here. Name, address and telephone number are the user's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberPatch {
    #[serde(default, deserialize_with = "given")]
    roles: Option<Vec<Role>>,
    #[serde(default)]
    affiliation: Patch<AffiliationSaid>,
    #[serde(default)]
    profession: Patch<Name>,
    #[serde(default)]
    weekly_hours: Patch<f64>,
    #[serde(default, deserialize_with = "given")]
    suspended: Option<bool>,
}

impl MemberPatch {
    fn onto(self, tx: &mut Tx, member: &Member) -> Result<NewMember> {
        let now = member.said();
        let affiliation = self.affiliation.try_map(|said| said.find(tx, member.hackathon, "/affiliation"))?;
        let minutes = self.weekly_hours.try_map(|hours| weekly_minutes(hours, "/weekly_hours"))?;
        let state = |suspended| if suspended { MemberState::Suspended } else { MemberState::Active };
        Ok(NewMember {
            roles: self.roles.map_or(Ok(now.roles), |roles| checked_roles(roles, "/roles"))?,
            affiliation: affiliation.apply(now.affiliation),
            profession: self.profession.apply(now.profession),
            weekly_minutes: minutes.apply(now.weekly_minutes),
            state: self.suspended.map_or(now.state, state),
        })
    }
}

/// `PATCH /v1/hackathons/{hackathon}/members/{member}`
pub async fn change(may: May<Change, Within<Hackathon, Member>>, Body(sent): Body<MemberPatch>) -> Answered {
    let patch = sent.value;
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let to = patch.onto(tx, item)?;
        shown(matrix::change_member(tx, parent, item, &to)?, right.roles())
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/members/{member}`
pub async fn remove(may: May<Change, Within<Hackathon, Member>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        matrix::remove_member(tx, parent, item)?;
        Ok(Answer::done())
    })
    .await
}

/// What is shown differs by who looks, and so does its tag; those who may change it see all of it.
fn shown(member: Member, viewer: Roles) -> Answered {
    let tag = member.tag().map(|tag| if contacts(viewer) { tag } else { format!("{tag}-public") });
    Ok(Answer::ok(&View::of(member, viewer))?.tagged(tag))
}

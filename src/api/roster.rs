//! `/v1/hackathons/{hackathon}/teams/{team}/members` and `.../mentors`: who is in a team, and who stands by it.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Name, Page, PageRequest, given};
use crate::consortium::Member;
use crate::consortium::member::{MemberState, weekly_hours};
use crate::hackathon::{self, Hackathon};
use crate::team::store::roster as store;
use crate::team::{Mentor, Team, TeamMember, roster};

const MEMBERS: &str = "team-members";
const MENTORS: &str = "team-mentors";

/// A team, reached within its hackathon.
type Here = Within<Hackathon, Team>;

/// Somebody in a team as callers see them: no address, no telephone number.
#[derive(Serialize)]
pub(super) struct MemberView {
    member: Id<Member>,
    display_name: Name,
    function: Name,
    profession: Option<Name>,
    weekly_hours: Option<f64>,
    suspended: bool,
    created_at: Instant,
    updated_at: Instant,
}

impl From<TeamMember> for MemberView {
    fn from(of: TeamMember) -> MemberView {
        let TeamMember { member, function, person, created_at, updated_at, .. } = of;
        MemberView {
            member,
            display_name: person.display_name,
            function,
            profession: person.profession,
            weekly_hours: person.weekly_minutes.map(weekly_hours),
            suspended: person.state == MemberState::Suspended,
            created_at,
            updated_at,
        }
    }
}

/// A mentor of a team as callers see them.
#[derive(Serialize)]
pub(super) struct MentorView {
    member: Id<Member>,
    display_name: Name,
    position: i32,
    suspended: bool,
    created_at: Instant,
}

impl From<Mentor> for MentorView {
    fn from(of: Mentor) -> MentorView {
        let Mentor { member, position, person, created_at, .. } = of;
        let suspended = person.state == MemberState::Suspended;
        MentorView { member, display_name: person.display_name, position, suspended, created_at }
    }
}

/// A page of what was read with the team already.
fn page_of<T>(list: &str, page: &PageRequest, mut all: Vec<T>, id: impl Fn(&T) -> Uuid) -> Page<T> {
    all.sort_by_key(&id);
    all.retain(|one| page.after.is_none_or(|after| id(one) > after));
    Page::of(list, page, all, id)
}

/// `GET .../teams/{team}/members`
pub async fn members(req: HttpRequest, may: May<See, Here>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(MEMBERS)?;
    let rows = may.read(|_, right| Ok(right.on().item.members.clone())).await?;
    answer::page(&req, &page_of(MEMBERS, &page, rows, |row| row.member.uuid()).map(MemberView::from))
}

/// Who joins a team.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTeamMember {
    member: Id<Member>,
    function: Name,
}

/// `POST .../teams/{team}/members`
pub async fn add_member(may: May<Change, Here>, Body(sent): Body<NewTeamMember>) -> Answered {
    may.post(sent, |tx, right, new| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let made = roster::add_member(tx, item, new.member, &new.function)?;
        let place = format!("/v1/hackathons/{}/teams/{}/members/{}", parent.slug, item.slug, made.member);
        let tag = made.tag();
        Ok(Answer::created(place, &MemberView::from(made))?.tagged(tag))
    })
    .await
}

/// `GET .../teams/{team}/members/{member}`
pub async fn show_member(may: May<See, Within<Here, TeamMember>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of what somebody does in a team.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamMemberPatch {
    #[serde(default, deserialize_with = "given")]
    function: Option<Name>,
}

/// `PATCH .../teams/{team}/members/{member}`
pub async fn change_member(may: May<Change, Within<Here, TeamMember>>, Body(sent): Body<TeamMemberPatch>) -> Answered {
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.parent.id)?;
        let function = sent.value.function.unwrap_or(item.function.clone());
        shown(store::set_function(tx, item, &function)?)
    })
    .await
}

/// `DELETE .../teams/{team}/members/{member}`
pub async fn remove_member(may: May<Change, Within<Here, TeamMember>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.parent.id)?;
        store::delete_member(tx, item)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(member: TeamMember) -> Answered {
    let tag = member.tag();
    Ok(Answer::ok(&MemberView::from(member))?.tagged(tag))
}

/// `GET .../teams/{team}/mentors`
pub async fn mentors(req: HttpRequest, may: May<See, Here>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(MENTORS)?;
    let rows = may.read(|_, right| Ok(right.on().item.mentors.clone())).await?;
    answer::page(&req, &page_of(MENTORS, &page, rows, |row| row.member.uuid()).map(MentorView::from))
}

/// Who takes a team on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMentor {
    member: Id<Member>,
}

/// `POST .../teams/{team}/mentors`
pub async fn add_mentor(may: May<Change, Here>, Body(sent): Body<NewMentor>) -> Answered {
    may.post(sent, |tx, right, new| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let made = roster::add_mentor(tx, item, new.member)?;
        let place = format!("/v1/hackathons/{}/teams/{}/mentors/{}", parent.slug, item.slug, made.member);
        let tag = made.tag();
        Ok(Answer::created(place, &MentorView::from(made))?.tagged(tag))
    })
    .await
}

/// `GET .../teams/{team}/mentors/{member}`
pub async fn show_mentor(may: May<See, Within<Here, Mentor>>) -> Answered {
    may.read(|_, right| {
        let mentor = right.on().item.clone();
        let tag = mentor.tag();
        Ok(Answer::ok(&MentorView::from(mentor))?.tagged(tag))
    })
    .await
}

/// `DELETE .../teams/{team}/mentors/{member}`
pub async fn remove_mentor(may: May<Change, Within<Here, Mentor>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.parent.id)?;
        store::delete_mentor(tx, item)?;
        Ok(Answer::done())
    })
    .await
}

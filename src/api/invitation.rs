//! `/v1/hackathons/{hackathon}/invitations`, and `/v1/invitations/accept` for who was invited.

use std::sync::{Arc, OnceLock};

use actix_web::{HttpRequest, web};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::reader::Reader;
use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Invite, SeeDraft};
use crate::access::{Answer, Anyone, Caller, Item, May, Within};
use crate::account::Passwords;
use crate::account::password::{NewPassword, Password};
use crate::base::{Email, Error, Id, Instant, Localized, Name, Page, Result, Slug, say};
use crate::consortium::invitation::{self, Acceptance, InvitationState, NewInvitation};
use crate::consortium::invited;
use crate::consortium::member::checked_roles;
use crate::consortium::store::invitation as store;
use crate::consortium::{Affiliation, AffiliationSaid, Invitation, Member};
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};
use crate::mail::Mailer;

const LIST: &str = "invitations";
/// How many days an invitation may be open.
const DAYS_MOST: i64 = 30;

/// An invitation as organizers see it.
#[derive(Clone, Serialize)]
struct View {
    id: Id<Invitation>,
    email: Email,
    display_name: Option<Name>,
    roles: Vec<Role>,
    affiliation: Option<Affiliation>,
    state: InvitationState,
    created_at: Instant,
    expires_at: Instant,
    accepted_at: Option<Instant>,
    revoked_at: Option<Instant>,
}

impl From<Invitation> for View {
    fn from(of: Invitation) -> View {
        let Invitation { id, email, display_name, roles, affiliation, state, .. } = of;
        let Invitation { created_at, expires_at, accepted_at, revoked_at, .. } = of;
        View { id, email, display_name, roles, affiliation, state, created_at, expires_at, accepted_at, revoked_at }
    }
}

/// An invitation just made. The link is there once: `null` when the request is repeated.
#[derive(Serialize)]
struct Made {
    #[serde(flatten)]
    view: View,
    link: Option<String>,
}

/// `GET /v1/hackathons/{hackathon}/invitations`
pub async fn list(req: HttpRequest, may: May<SeeDraft, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// Who is invited.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invited {
    email: Email,
    display_name: Option<Name>,
    roles: Vec<Role>,
    affiliation: Option<AffiliationSaid>,
    expires_in_days: Option<i64>,
}

impl Invited {
    fn parts(self, tx: &mut Tx, here: Id<Hackathon>) -> Result<NewInvitation> {
        let Invited { email, display_name, roles, affiliation, expires_in_days } = self;
        let days = expires_in_days.unwrap_or(invitation::DAYS_USUAL);
        if !(1..=DAYS_MOST).contains(&days) {
            let detail = say!("Give 1 to {DAYS_MOST} days.", "1일부터 {DAYS_MOST}일까지 정할 수 있습니다.");
            return Err(Error::invalid("/expires_in_days", "number.range", detail));
        }
        Ok(NewInvitation {
            email,
            display_name,
            roles: checked_roles(roles, "/roles")?,
            affiliation: affiliation.map(|said| said.find(tx, here, "/affiliation")).transpose()?,
            expires_at: tx.now().plus(TimeDelta::days(days)),
        })
    }
}

/// `POST /v1/hackathons/{hackathon}/invitations`: the link is in the answer, once, and goes out by mail where mail is on.
pub async fn create(
    anyone: Anyone,
    may: May<Invite, Hackathon>,
    mailer: web::Data<Mailer>,
    Reader(lang): Reader,
    Body(sent): Body<Invited>,
) -> Answered {
    let door = format!("{}/invitations", anyone.gate().issuer());
    let letter = Arc::new(OnceLock::new());
    let written = letter.clone();
    let answer = may.post(sent, move |tx: &mut Tx, right, invited| {
        let here = right.on();
        let new = invited.parts(tx, here.id)?;
        let (made, token) = invitation::invite(tx, here.id, right.user(), &new)?;
        // Its token is nowhere but here, so the letter cannot wait in the database for its turn.
        drop(written.set(invited::letter(tx, here, &made, &format!("{door}/{token}"), lang)?));
        let (place, tag) = (format!("/v1/hackathons/{}/invitations/{}", here.slug, made.id), made.tag());
        let view = View::from(made);
        let shown = Made { view: view.clone(), link: Some(format!("{door}/{token}")) };
        Answer::created(place, &shown)?.tagged(tag).shown_once(&Made { view, link: None })
    });
    let answer = answer.await?;
    letter.get().cloned().into_iter().for_each(|letter| mailer.send_aside(letter, invited::WHAT));
    Ok(answer)
}

/// `GET /v1/hackathons/{hackathon}/invitations/{invitation}`
pub async fn show(may: May<SeeDraft, Within<Hackathon, Invitation>>) -> Answered {
    may.read(|_, right| {
        let found = right.on().item.clone();
        let tag = found.tag();
        Ok(Answer::ok(&View::from(found))?.tagged(tag))
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/invitations/{invitation}`: its link is good no more.
pub async fn revoke(may: May<Invite, Within<Hackathon, Invitation>>) -> Answered {
    may.write(|tx, right| {
        invitation::revoke(tx, &right.on().item)?;
        Ok(Answer::done())
    })
    .await
}

/// What somebody says who was invited.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepting {
    token: String,
    display_name: Option<Name>,
    password: Option<Password>,
}

/// Where an invitation led.
#[derive(Serialize)]
struct Accepted {
    hackathon: Place,
    member: Id<Member>,
}

/// A hackathon by its names.
#[derive(Serialize)]
struct Place {
    id: Id<Hackathon>,
    slug: Slug,
    name: Localized,
}

/// `POST /v1/invitations/accept`. An `Idempotency-Key` has no effect: an invitation is good for one time by itself.
pub async fn accept(
    anyone: Anyone,
    caller: web::ReqData<Caller>,
    passwords: web::Data<Passwords>,
    Body(sent): Body<Accepting>,
) -> Answered {
    let Accepting { token, display_name, password } = sent.value;
    let signed_in = caller.actor.filter(|actor| actor.writes).map(|actor| actor.user);
    let shown = token.clone();
    // A password is hashed only for who has a link: it takes a core for a while.
    let invited = anyone.read(move |tx| invitation::open(tx, &shown)).await?;
    let password = match password {
        Some(chosen) => Some(passwords.hash(NewPassword::choose(chosen, &invited.email, "/password")?).await?),
        None => None,
    };
    let said = Acceptance { display_name, locale: caller.lang.into(), password };
    let (here, member) = anyone.write(move |tx| invitation::accept(tx, &token, signed_in, &said)).await?;
    let place = format!("/v1/hackathons/{}/members/{}", here.slug, member.id);
    let Hackathon { id, slug, name, .. } = here;
    Answer::created(place, &Accepted { hackathon: Place { id, slug, name }, member: member.id })
}

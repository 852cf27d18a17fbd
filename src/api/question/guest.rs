//! `/v1/hackathons/{hackathon}/questions/{question}/guests`: who was invited to answer without an account.

use std::sync::{Arc, OnceLock};

use actix_web::web::Data;
use serde::{Deserialize, Serialize};

use super::{kept, turn};
use crate::access::policy::{InviteGuest, SeeGuests};
use crate::access::{Answer, Anyone, Item, May, Within};
use crate::api::reader::Reader;
use crate::api::seen::{NamedView, PersonView};
use crate::api::{Answered, Body};
use crate::base::{Email, Error, Id, Instant, Name, Page, Result};
use crate::consortium::named;
use crate::db::Tx;
use crate::directory::{Directories, Directory};
use crate::hackathon::Hackathon;
use crate::mail::Mailer;
use crate::question::guest::{self, Guest, GuestState, NewGuest};
use crate::question::store::names::{Names, Wanted};
use crate::question::{Question, Turn, store};

/// A guest as those see them who may invite one.
#[derive(Clone, Serialize)]
struct View {
    id: Id<Guest>,
    email: Email,
    name: Name,
    organization: Option<NamedView>,
    state: GuestState,
    invited_by: PersonView,
    created_at: Instant,
    expires_at: Instant,
    used_at: Option<Instant>,
    revoked_at: Option<Instant>,
}

/// A guest just invited. The link is there once: `null` when the request is repeated.
#[derive(Serialize)]
struct Made {
    #[serde(flatten)]
    view: View,
    link: Option<String>,
}

fn view(of: Guest, names: &Names, used_at: Option<Instant>) -> View {
    let Guest { id, email, name, organization, state, invited_by, created_at, expires_at, revoked_at, .. } = of;
    let organization = organization.and_then(|id| NamedView::of(id, names.organization(id)));
    let invited_by = PersonView::of(names, invited_by);
    View { id, email, name, organization, state, invited_by, created_at, expires_at, used_at, revoked_at }
}

fn views(tx: &mut Tx, question: &Question, guests: Vec<Guest>) -> Result<Vec<View>> {
    let used = store::guest::used(tx, question.id)?;
    let mut wanted = Wanted::default();
    for guest in &guests {
        wanted.guest(guest.id);
        wanted.member(guest.invited_by);
    }
    let names = wanted.read(tx, question.hackathon)?;
    Ok(guests
        .into_iter()
        .map(|guest| (used.get(&guest.id).copied(), guest))
        .map(|(at, of)| view(of, &names, at))
        .collect())
}

/// `GET /v1/hackathons/{hackathon}/questions/{question}/guests`: all of them, in order. They are few.
pub async fn list(may: May<SeeGuests, Within<Hackathon, Question>>) -> Answered {
    may.read(|tx, right| {
        let question = &right.on().item;
        let all = store::guest::all(tx, question.id)?;
        Answer::ok(&Page { items: views(tx, question, all)?, next: None })
    })
    .await
}

/// Who is invited.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invited {
    email: Email,
    name: Name,
    organization: Option<String>,
    expires_in_seconds: Option<i64>,
}

impl Invited {
    fn parts(self, tx: &mut Tx, here: Id<Hackathon>) -> Result<NewGuest> {
        let Invited { email, name, organization, expires_in_seconds } = self;
        let expires_at = guest::good_until(tx.now(), expires_in_seconds)?;
        let organization = organization.map(|key| named::organization(tx, here, &key, "/organization")).transpose()?;
        Ok(NewGuest { email, name, organization: organization.map(|organization| organization.id), expires_at })
    }
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/guests`: the link is in the answer, once, and goes out by mail where mail is
/// on.
pub async fn invite(
    anyone: Anyone,
    may: May<InviteGuest, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    mailer: Data<Mailer>,
    Reader(lang): Reader,
    Body(sent): Body<Invited>,
) -> Answered {
    let door = format!("{}/guest", anyone.gate().issuer());
    let letter = Arc::new(OnceLock::new());
    let written = letter.clone();
    let answer = turn(may, &known, sent, move |tx, right, directory, invited| {
        let Within { parent: here, item: Turn(question) } = right.on();
        let new = invited.parts(tx, here.id)?;
        let (guest, token) = guest::invite(tx, right, directory, &new)?;
        let link = format!("{door}/{token}");
        // Its token is nowhere but here, so the letter cannot wait in the database for its turn.
        drop(written.set(guest::letter(tx, here, (question, &guest), &link, lang)?));
        let place = format!("/v1/hackathons/{}/questions/{}/guests", here.slug, question.id);
        let tag = guest.tag();
        let view = views(tx, question, vec![guest])?.pop().ok_or(Error::NotFound)?;
        let shown = Made { view: view.clone(), link: Some(link) };
        Answer::created(place, &shown)?.tagged(tag).shown_once(&Made { view, link: None })
    });
    let answer = answer.await?;
    letter.get().cloned().into_iter().for_each(|letter| mailer.send_aside(letter, guest::WHAT));
    Ok(answer)
}

/// `DELETE /v1/hackathons/{hackathon}/questions/{question}/guests/{guest}`: their link is good no more.
pub async fn revoke(
    may: May<InviteGuest, Within<Within<Hackathon, Turn>, Guest>>,
    known: Data<Directories>,
) -> Answered {
    let kept = kept(&known, &may).await?;
    may.write(move |tx, right| {
        let directory = Directory::current(tx, &right.on().parent.parent, &kept)?;
        guest::revoke(tx, right, &directory)?;
        Ok(Answer::done())
    })
    .await
}

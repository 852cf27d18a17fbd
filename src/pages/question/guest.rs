//! Guests of a question: who was invited to answer it without an account, inviting one, and taking a link back.

use actix_web::web::Data;
use serde::Deserialize;

use super::then::Then;
use crate::access::policy::InviteGuest;
use crate::access::{Anyone, May, Right, Within};
use crate::base::{Email, Error, Lang, Name, Result, Sentence};
use crate::consortium::named;
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;
use crate::mail::{Letter, Mailer};
use crate::pages::Shown;
use crate::pages::form::{Form, filled};
use crate::pages::time::Watch;
use crate::question::guest::{self, Guest, GuestState, NewGuest};
use crate::question::store::names::Wanted;
use crate::question::{Question, Turn, store};

/// A guest as those see them who may invite one.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Their id.
    pub id: String,
    /// How they are called, and for whom they answer.
    pub name: String,
    /// Where the link went.
    pub email: String,
    /// What has become of the link.
    pub state: Sentence,
    /// Until when it is good, where it is.
    pub until: Option<String>,
}

/// A link that was made now, and is shown this once.
#[derive(Clone, Debug)]
pub struct Linked {
    /// Whose.
    pub name: String,
    /// The link.
    pub link: String,
    /// Whether it goes out by mail as well.
    pub mailed: bool,
}

/// Everybody who was invited to a question, in order. They are few.
pub fn all(tx: &mut Tx, question: &Question, watch: &Watch) -> Result<Vec<Invited>> {
    let guests = store::guest::all(tx, question.id)?;
    let used = store::guest::used(tx, question.id)?;
    let mut wanted = Wanted::default();
    guests.iter().for_each(|guest| wanted.guest(guest.id));
    let names = wanted.read(tx, question.hackathon)?;
    let one = |guest: Guest| {
        let organization = guest.organization.and_then(|id| names.organization(id));
        let organization = organization.map(|(_, name)| format!(" ({})", name.text(watch.lang))).unwrap_or_default();
        Invited {
            id: guest.id.to_string(),
            name: format!("{}{organization}", guest.name),
            email: guest.email.to_string(),
            state: state(guest.state, used.contains_key(&guest.id)),
            until: (guest.state == GuestState::Open).then(|| watch.exact(guest.expires_at)),
        }
    };
    Ok(guests.into_iter().map(one).collect())
}

fn state(state: GuestState, used: bool) -> Sentence {
    match (state, used) {
        (GuestState::Open, true) => Sentence::fixed("has written", "글을 남김"),
        (GuestState::Open, false) => Sentence::fixed("has not written yet", "아직 글이 없음"),
        (GuestState::Revoked, _) => Sentence::fixed("link taken back", "링크를 거둠"),
        (GuestState::Expired, _) => Sentence::fixed("link has expired", "링크 기한이 지남"),
    }
}

/// Who is invited.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    email: String,
    name: String,
    organization: String,
}

impl Said {
    fn guest(&self, tx: &mut Tx, here: &Hackathon) -> Result<NewGuest> {
        let email = Email::parse(&self.email).map_err(|unfit| unfit.fault("/guest-email"));
        let name = Name::parse(&self.name).map_err(|unfit| unfit.fault("/guest-name"));
        let (email, name) = match (email, name) {
            (Ok(email), Ok(name)) => (email, name),
            (email, name) => {
                return Err(Error::Invalid([email.err(), name.err()].into_iter().flatten().collect()));
            }
        };
        let organization = filled(&self.organization);
        let organization =
            organization.map(|key| named::organization(tx, here.id, key, "/guest-organization")).transpose()?;
        let expires_at = guest::good_until(tx.now(), None)?;
        Ok(NewGuest { email, name, organization: organization.map(|organization| organization.id), expires_at })
    }
}

/// `POST .../guests`: the page that answers shows the link, this once.
pub async fn invite(
    may: May<InviteGuest, Within<Hackathon, Turn>>,
    then: Then,
    anyone: Anyone,
    mailer: Data<Mailer>,
    Form(said): Form<Said>,
) -> Shown {
    let (door, lang, sent) = (format!("{}/guest", anyone.gate().issuer()), then.lang(), said.clone());
    let done = then.turn(may, move |tx, right, known| invited_now(tx, right, known, (&sent, &door, lang))).await;
    let done = done.map(|(name, link, letter)| {
        let mailed = mailer.is_on();
        mailer.send_aside(letter, guest::WHAT);
        Linked { name, link, mailed }
    });
    let Said { email, name, organization } = said;
    then.linked(done, vec![("guest-email", email), ("guest-name", name), ("guest-organization", organization)]).await
}

fn invited_now(
    tx: &mut Tx,
    right: &Right<InviteGuest, Within<Hackathon, Turn>>,
    known: &Directory,
    (said, door, lang): (&Said, &str, Lang),
) -> Result<(String, String, Letter)> {
    let Within { parent: here, item: Turn(question) } = right.on();
    let new = said.guest(tx, here)?;
    let (guest, token) = guest::invite(tx, right, known, &new)?;
    let link = format!("{door}/{token}");
    let letter = guest::letter(tx, here, (question, &guest), &link, lang)?;
    Ok((guest.name.to_string(), link, letter))
}

/// `POST .../guests/{guest}/revoke`
pub async fn revoke(may: May<InviteGuest, Within<Within<Hackathon, Turn>, Guest>>, then: Then) -> Shown {
    let kept = then.known().await;
    let done = match kept {
        Ok(kept) => {
            may.write(move |tx, right| {
                let directory = Directory::current(tx, &right.on().parent.parent, &kept)?;
                guest::revoke(tx, right, &directory)
            })
            .await
        }
        Err(refusal) => Err(refusal),
    };
    then.done(done, Vec::new()).await
}

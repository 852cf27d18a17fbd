//! Who takes part: invitations, roles, where somebody belongs, who takes part no more.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use chrono::TimeDelta;

use super::{Choice, belongs, frame, holders, label, place};
use crate::access::policy::{Change, Invite, SeeDraft};
use crate::access::{Anyone, May, Right, Within};
use crate::base::text::Unfit;
use crate::base::{Email, Error, Name, PageRequest, Result, say};
use crate::consortium::invitation::{self, InvitationState, NewInvitation};
use crate::consortium::member::{MemberState, NewMember, checked_roles, weekly_minutes};
use crate::consortium::{Affiliation, AffiliationSaid, Holder, Invitation, Member, invited, store};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon, Role};
use crate::mail::{Letter, Mailer};
use crate::matrix;
use crate::pages::form::{Form, filled};
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::{Obstacle, obstacles};
use crate::pages::words;
use crate::pages::{Shown, page, see_other};

/// The most open invitations that are listed.
const MOST: i64 = 100;

#[derive(Template)]
#[template(path = "setting/people.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    made: Option<Made>,
    mails: bool,
    roles: Vec<(&'static str, String)>,
    groups: Vec<Choice>,
    invitations: Vec<Open>,
    members: Vec<Person>,
}

/// An invitation that was just made: its link is shown this once.
pub struct Made {
    email: String,
    link: String,
}

/// An invitation that can be accepted.
struct Open {
    id: String,
    email: String,
    roles: String,
    until: String,
}

/// Somebody who takes part, or does no more.
struct Person {
    id: String,
    name: String,
    email: String,
    told: String,
    roles: Vec<&'static str>,
    belongs: Option<String>,
    place: String,
    profession: String,
    hours: String,
    suspended: bool,
}

impl Person {
    fn is(&self, role: &str) -> bool {
        self.roles.contains(&role)
    }

    fn belongs_to(&self, choice: &Choice) -> bool {
        self.belongs.as_deref() == Some(choice.value.as_str())
    }
}

#[derive(Default)]
struct Besides {
    obstacles: Vec<Obstacle>,
    made: Option<Made>,
}

/// `GET /h/{hackathon}/settings/people`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>, mailer: web::Data<Mailer>) -> Shown {
    drawn(visit, may, &mailer, StatusCode::OK, Besides::default()).await
}

async fn drawn(
    visit: Visit,
    may: May<SeeDraft, Hackathon>,
    mailer: &Mailer,
    status: StatusCode,
    besides: Besides,
) -> Shown {
    let (lang, mails) = (visit.lang, mailer.is_on());
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, besides, mails));
    page(status, lang, &drawn.await?)
}

fn whole(
    tx: &mut Tx,
    right: &Right<SeeDraft, Hackathon>,
    visit: &Visit,
    besides: Besides,
    mails: bool,
) -> Result<Page> {
    let (here, lang) = (right.on(), visit.lang);
    let watch = visit.watch(here);
    let mut groups = holders(tx, here, lang)?;
    groups.retain(|choice| matches!(choice.holder, Holder::Organization(_) | Holder::Unit(_)));
    let open = store::invitation::list(tx, here.id, &PageRequest { limit: MOST, after: None })?;
    let open = open.into_iter().filter(|one| one.state == InvitationState::Open).map(|one| Open {
        id: one.id.to_string(),
        email: one.email.to_string(),
        roles: words::roles(&one.roles, lang),
        until: watch.exact(one.expires_at),
    });
    let members = store::member::all(tx, here.id)?;
    Ok(Page {
        invitations: open.collect(),
        members: members.iter().map(|one| person(one, &groups, lang)).collect(),
        frame: frame(tx, visit, right, &format!("{}/people", place(here)))?,
        place: format!("{}/people", place(here)),
        obstacles: besides.obstacles,
        made: besides.made,
        mails,
        roles: Role::ALL.iter().map(|role| (role.word(), words::role(*role).text(lang).to_owned())).collect(),
        groups,
    })
}

fn person(one: &Member, groups: &[Choice], lang: crate::base::Lang) -> Person {
    let group = one.affiliation.map(belongs);
    let chosen = group.and_then(|group| groups.iter().find(|choice| choice.holder == group));
    let hours = one.weekly_minutes.map(|minutes| f64::from(minutes) / 60.0);
    Person {
        id: one.id.to_string(),
        name: one.display_name.to_string(),
        email: one.email.to_string(),
        told: words::roles(&one.roles, lang),
        roles: one.roles.iter().map(|role| role.word()).collect(),
        belongs: chosen.map(|choice| choice.value.clone()),
        place: group.map(|group| label(groups, group)).unwrap_or_default(),
        profession: one.profession.as_ref().map(Name::to_string).unwrap_or_default(),
        hours: hours.map(|hours| hours.to_string()).unwrap_or_default(),
        suspended: one.state == MemberState::Suspended,
    }
}

/// A form with a box for each role, `role-mentor` and so on; a box that is not ticked is not sent.
type Boxes = BTreeMap<String, String>;

fn roles(said: &Boxes) -> Result<Vec<Role>> {
    let chosen = Role::ALL.iter().filter(|role| said.contains_key(&format!("role-{}", role.word())));
    checked_roles(chosen.copied().collect(), "/roles")
}

fn field<'s>(said: &'s Boxes, name: &str) -> Option<&'s str> {
    said.get(name).and_then(|field| filled(field))
}

fn group(tx: &mut Tx, here: &Hackathon, said: &Boxes) -> Result<Option<Affiliation>> {
    let Some((kind, name)) = field(said, "belongs").and_then(|chosen| chosen.split_once(':')) else { return Ok(None) };
    let name = Some(name.to_owned());
    let said = match kind {
        "unit" => AffiliationSaid { organization: None, unit: name },
        _ => AffiliationSaid { organization: name, unit: None },
    };
    said.find(tx, here.id, "/belongs").map(Some)
}

fn unfit(pointer: &'static str) -> impl Fn(Unfit) -> Error {
    move |unfit: Unfit| unfit.refusal(pointer)
}

/// `POST /h/{hackathon}/settings/people/invite`: the page that answers shows the link, this once.
pub async fn invite(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Invite, Hackathon>,
    anyone: Anyone,
    mailer: web::Data<Mailer>,
    Form(said): Form<Boxes>,
) -> Shown {
    let (door, lang) = (format!("{}/invitations", anyone.gate().issuer()), visit.lang);
    let done = may.write(move |tx, right| invited_now(tx, right, &said, &door, lang)).await;
    match done {
        Ok((made, letter)) => {
            mailer.send_aside(letter, invited::WHAT);
            drawn(visit, see, &mailer, StatusCode::OK, Besides { made: Some(made), ..Besides::default() }).await
        }
        Err(refusal) => refused(visit, see, &mailer, refusal).await,
    }
}

fn invited_now(
    tx: &mut Tx,
    right: &Right<Invite, Hackathon>,
    said: &Boxes,
    door: &str,
    lang: crate::base::Lang,
) -> Result<(Made, Letter)> {
    let here = right.on();
    let new = NewInvitation {
        email: Email::parse(field(said, "email").unwrap_or_default()).map_err(unfit("/email"))?,
        display_name: field(said, "name").map(Name::parse).transpose().map_err(unfit("/name"))?,
        roles: roles(said)?,
        affiliation: group(tx, here, said)?,
        expires_at: tx.now().plus(TimeDelta::days(invitation::DAYS_USUAL)),
    };
    let (made, token) = invitation::invite(tx, here.id, right.user(), &new)?;
    let link = format!("{door}/{token}");
    let letter = invited::letter(tx, here, &made, &link, lang)?;
    Ok((Made { email: made.email.to_string(), link }, letter))
}

/// `POST /h/{hackathon}/settings/people/invitations/{invitation}/revoke`
pub async fn revoke(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Invite, Within<Hackathon, Invitation>>,
    mailer: web::Data<Mailer>,
) -> Shown {
    let done = may.write(|tx, right| invitation::revoke(tx, &right.on().item)).await;
    after(visit, see, &mailer, done).await
}

/// `POST /h/{hackathon}/settings/people/{member}`
pub async fn change(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Within<Hackathon, Member>>,
    mailer: web::Data<Mailer>,
    Form(said): Form<Boxes>,
) -> Shown {
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let to = changed(tx, parent, &said)?;
        matrix::change_member(tx, parent, item, &to).map(drop)
    });
    after(visit, see, &mailer, done.await).await
}

/// `POST /h/{hackathon}/settings/people/{member}/remove`
pub async fn remove(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Within<Hackathon, Member>>,
    mailer: web::Data<Mailer>,
) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        matrix::remove_member(tx, parent, item)
    });
    after(visit, see, &mailer, done.await).await
}

fn changed(tx: &mut Tx, here: &Hackathon, said: &Boxes) -> Result<NewMember> {
    let hours = field(said, "hours").map(|hours| hours.parse().map_err(|_no_number| no_hours())).transpose()?;
    let suspended = said.contains_key("suspended");
    Ok(NewMember {
        roles: roles(said)?,
        affiliation: group(tx, here, said)?,
        profession: field(said, "profession").map(Name::parse).transpose().map_err(unfit("/profession"))?,
        weekly_minutes: hours.map(|hours| weekly_minutes(hours, "/hours")).transpose()?,
        state: if suspended { MemberState::Suspended } else { MemberState::Active },
    })
}

fn no_hours() -> Error {
    Error::invalid("/hours", "number.shape", say!("Write hours as a number, such as 2.5.", "2.5처럼 숫자로 적으세요."))
}

async fn after(visit: Visit, see: May<SeeDraft, Hackathon>, mailer: &Mailer, done: Result<()>) -> Shown {
    match done {
        Ok(()) => Ok(see_other(&format!("/h/{}/settings/people", see.path().text("hackathon")?))),
        Err(refusal) => refused(visit, see, mailer, refusal).await,
    }
}

async fn refused(visit: Visit, see: May<SeeDraft, Hackathon>, mailer: &Mailer, refusal: Error) -> Shown {
    let (status, obstacles) = obstacles(refusal, visit.lang)?;
    drawn(visit, see, mailer, status, Besides { obstacles, made: None }).await
}

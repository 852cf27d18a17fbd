//! `/invitations/{token}`: whoever was invited joins.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use super::field::{Field, FormPage, Note};
use super::form::{Form, filled, query};
use super::frame::{Frame, Visit};
use super::session::entered;
use super::{Shown, page, see_other};
use crate::access::{Anyone, Caller, Client, UserId};
use crate::account::password::{NewPassword, Password};
use crate::account::session::{self, Origin};
use crate::account::{self, Passwords};
use crate::base::{Error, Fault, Key, Name, Result, Sentence, say};
use crate::consortium::Invitation;
use crate::consortium::invitation::{self, Acceptance};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};

/// An open invitation, and what its reader has to do to accept it.
struct Open {
    invitation: Invitation,
    here: Hackathon,
    step: Step,
}

/// What stands between an invitation and joining.
enum Step {
    /// Nothing: they are signed in as whom it is for.
    Join,
    /// They have a password and are not signed in as whom it is for.
    SignIn,
    /// They have no password yet.
    Choose,
}

fn open(tx: &mut Tx, token: &str, signed_in: Option<UserId>) -> Result<Open> {
    let invitation = invitation::open(tx, token)?;
    let here = hackathon::store::find(tx, &Key::Id(invitation.hackathon.uuid()))?.ok_or(Error::NotFound)?;
    let user = account::store::by_email(tx, &invitation.email)?.map(|user| user.id);
    let has_password = user.map(|user| account::store::has_password(tx, user)).transpose()?.unwrap_or_default();
    let step = match (user, has_password) {
        (Some(user), _) if signed_in == Some(user) => Step::Join,
        (_, true) => Step::SignIn,
        _ => Step::Choose,
    };
    Ok(Open { invitation, here, step })
}

/// `GET /invitations/{token}`
pub async fn show(visit: Visit, anyone: Anyone, caller: web::ReqData<Caller>, token: web::Path<String>) -> Shown {
    let (wanted, signed_in) = (token.clone(), caller.actor.map(|actor| actor.user));
    match anyone.follow(move |tx| open(tx, &wanted, signed_in)).await {
        Ok(open) => shown(&visit, &open, &token, &Said::default(), &[]),
        Err(Error::NotFound) => gone(&visit),
        Err(other) => Err(other),
    }
}

fn shown(visit: &Visit, open: &Open, token: &str, said: &Said, faults: &[Fault]) -> Shown {
    let (event, email) = (open.here.name.text(visit.lang), open.invitation.email.as_str());
    let title = say!("Join {event}", "{event} 참여하기");
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = |lead, fields| FormPage {
        frame: Frame::bare(visit),
        title: title.clone(),
        lead,
        fields,
        deed: Sentence::fixed("Join", "참여하기"),
    };
    match open.step {
        Step::Join => {
            let lead = say!("You are invited as {email}.", "초대받은 주소: {email}");
            page(status, visit.lang, &form(lead, Vec::new()))
        }
        Step::Choose => {
            let lead = say!(
                "You are invited as {email}. Choose how you are called, and a password to sign in with.",
                "초대받은 주소: {email}. 이름과 로그인에 쓸 비밀번호를 정하세요."
            );
            let known = open.invitation.display_name.as_ref().map(Name::to_string).unwrap_or_default();
            let name = said.display_name.clone().unwrap_or(known);
            let fields = vec![Field::display_name(&name).among(faults), Field::new_password("password").among(faults)];
            page(status, visit.lang, &form(lead, fields))
        }
        Step::SignIn => page(StatusCode::OK, visit.lang, &sign_in_first(visit, title, email, token)),
    }
}

fn sign_in_first(visit: &Visit, title: Sentence, email: &str, token: &str) -> Note {
    Note {
        frame: Frame::bare(visit),
        title,
        paragraphs: vec![say!(
            "You are invited as {email}. Sign in with that address, and you come back here.",
            "초대받은 주소: {email}. 이 주소로 로그인하면 여기로 돌아옵니다."
        )],
        command: None,
        next: Some((
            format!("/sign-in?to={}", query(&format!("/invitations/{token}"))),
            Sentence::fixed("Sign in", "로그인"),
        )),
    }
}

/// What is said by whoever joins.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Said {
    display_name: Option<String>,
    password: Option<Password>,
}

/// `POST /invitations/{token}`: joins, and goes on signed in.
pub async fn accept(
    visit: Visit,
    anyone: Anyone,
    caller: web::ReqData<Caller>,
    passwords: web::Data<Passwords>,
    client: Client,
    token: web::Path<String>,
    Form(mut said): Form<Said>,
) -> Shown {
    let (wanted, signed_in) = (token.clone(), caller.actor.map(|actor| actor.user));
    let found = match anyone.follow(move |tx| open(tx, &wanted, signed_in)).await {
        Ok(found) => found,
        Err(Error::NotFound) => return gone(&visit),
        Err(other) => return Err(other),
    };
    let password = said.password.take();
    let joining = match found.step {
        Step::SignIn => return shown(&visit, &found, &token, &said, &[]),
        Step::Join => Ok(Acceptance { display_name: None, locale: visit.lang.into(), password: None }),
        Step::Choose => acceptance(&visit, &found, &said, password, &passwords).await,
    };
    let joined = match joining {
        Ok(acceptance) => join(&anyone, token.clone(), signed_in, acceptance, client.agent).await,
        Err(refusal) => Err(refusal),
    };
    match joined {
        Ok((place, Some(session))) => entered(anyone.gate(), session, &place),
        Ok((place, None)) => Ok(see_other(&place)),
        Err(Error::Invalid(faults)) => shown(&visit, &found, &token, &said, &faults),
        Err(Error::NotFound) => gone(&visit),
        Err(other) => Err(other),
    }
}

/// All that is wrong is told at once.
async fn acceptance(
    visit: &Visit,
    open: &Open,
    said: &Said,
    password: Option<Password>,
    passwords: &Passwords,
) -> Result<Acceptance> {
    let name = said.display_name.as_deref().and_then(filled).map(Name::parse).transpose();
    let password = password.unwrap_or_else(|| Password::new(""));
    let password = NewPassword::choose(password, &open.invitation.email, "/password");
    match (name, password) {
        (Ok(display_name), Ok(password)) => {
            let password = Some(passwords.hash(password).await?);
            Ok(Acceptance { display_name, locale: visit.lang.into(), password })
        }
        (name, password) => {
            let of_name = name.err().map(|unfit| unfit.fault("/display_name"));
            let of_password = match password {
                Err(Error::Invalid(faults)) => faults,
                Err(other) => return Err(other),
                Ok(_) => Vec::new(),
            };
            Err(Error::Invalid(of_name.into_iter().chain(of_password).collect()))
        }
    }
}

/// Joins; whoever was not signed in as whom the invitation is for is now. Gives where to go, and the secret of the new session.
async fn join(
    anyone: &Anyone,
    token: String,
    signed_in: Option<UserId>,
    said: Acceptance,
    agent: Option<String>,
) -> Result<(String, Option<String>)> {
    anyone
        .write(move |tx| {
            let (here, member) = invitation::accept(tx, &token, signed_in, &said)?;
            let place = format!("/h/{}", here.slug);
            if signed_in == Some(member.user) {
                return Ok((place, None));
            }
            let session = session::open_in_browser(tx, member.user, Origin { agent, ..Origin::default() })?;
            Ok((place, Some(session)))
        })
        .await
}

fn gone(visit: &Visit) -> Shown {
    let note = Note {
        frame: Frame::bare(visit),
        title: Sentence::fixed("This invitation cannot be used", "쓸 수 없는 초대입니다"),
        paragraphs: vec![Sentence::fixed(
            "It was used, taken back, or its time is over. Ask whoever invited you for another one. If you have joined already, sign in.",
            "이미 썼거나, 취소되었거나, 기한이 지났습니다. 초대한 사람에게 새 초대를 요청하세요. 이미 참여했다면 로그인하세요.",
        )],
        command: None,
        next: Some(("/sign-in".to_owned(), Sentence::fixed("Sign in", "로그인"))),
    };
    page(StatusCode::NOT_FOUND, visit.lang, &note)
}

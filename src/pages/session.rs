//! Signing in and out.

use actix_web::cookie::time::Duration;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::demo::Demo;
use super::form::Form;
use super::frame::{Frame, Visit};
use super::preference::{kept, place_here};
use super::words::{Words, role};
use super::{Shown, page, see_other};
use crate::access::policy::ChangeOwn;
use crate::access::{Anyone, Client, Gate, May, Server};
use crate::account::password::Password;
use crate::account::session::{self, Origin};
use crate::account::sign_in::{Attempt, sign_in_to_browser};
use crate::account::{self, Passwords};
use crate::base::{Email, Error, Lang, Sentence, say};
use crate::hackathon::Role;

#[derive(Template)]
#[template(path = "session/sign_in.html")]
struct SignIn {
    frame: Frame,
    email: String,
    to: String,
    problem: Option<Sentence>,
    admin: Option<String>,
    events: Vec<Cast>,
}

/// The people of one hackathon of a demo, by their roles.
struct Cast {
    name: Words,
    roles: Vec<(&'static str, Vec<(String, String)>)>,
}

impl SignIn {
    fn new(visit: &Visit, to: &str, demo: Option<&Demo>) -> SignIn {
        let events = demo.map(|demo| demo.events.iter().map(|event| cast(event, visit.lang)).collect());
        SignIn {
            frame: Frame { back: "/sign-in".to_owned(), ..Frame::bare(visit) },
            email: String::new(),
            to: place_here(to).to_owned(),
            problem: None,
            admin: demo.and_then(|demo| demo.admin.as_ref()).map(Email::to_string),
            events: events.unwrap_or_default(),
        }
    }
}

/// Each person once, under their first role, in the order in which people look for themselves.
fn cast(event: &super::demo::Event, lang: Lang) -> Cast {
    let order = [Role::Participant, Role::Mentor, Role::Responder, Role::Organizer, Role::Judge, Role::Observer];
    let of = |wanted: Role| {
        let people = event.people.iter().filter(|person| person.roles.first() == Some(&wanted));
        people.map(|person| (person.email.to_string(), person.name.clone())).collect::<Vec<_>>()
    };
    let label = |wanted: Role| match role(wanted) {
        Sentence { en: std::borrow::Cow::Borrowed(en), ko: std::borrow::Cow::Borrowed(ko) } => {
            if lang == Lang::En {
                en
            } else {
                ko
            }
        }
        _ => "",
    };
    let roles = order.into_iter().map(|wanted| (label(wanted), of(wanted))).filter(|(_, people)| !people.is_empty());
    Cast { name: Words::of(&event.name, lang), roles: roles.collect() }
}

/// Where one goes when one is in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Towards {
    to: String,
}

/// `GET /sign-in`
pub async fn show(visit: Visit, demo: Option<web::Data<Demo>>, towards: web::Query<Towards>) -> Shown {
    page(StatusCode::OK, visit.lang, &SignIn::new(&visit, &towards.to, demo.as_deref().map(|demo| &**demo)))
}

/// Who wants in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Credentials {
    email: String,
    password: Option<Password>,
    to: String,
}

/// `POST /sign-in`
pub async fn sign_in(
    visit: Visit,
    anyone: Anyone,
    passwords: web::Data<Passwords>,
    client: Client,
    demo: Option<web::Data<Demo>>,
    Form(said): Form<Credentials>,
) -> Shown {
    let Credentials { email, password, to } = said;
    let password = password.unwrap_or_else(|| Password::new(""));
    let done = match Email::parse(&email) {
        Ok(email) => {
            let attempt = Attempt { email, password, from: client.address, agent: client.agent };
            sign_in_to_browser(&anyone, &passwords, attempt).await
        }
        Err(_) => Err(Error::Unauthenticated(say!(
            "The email address or the password is not right.",
            "이메일 주소 또는 비밀번호가 맞지 않습니다."
        ))),
    };
    let (status, problem) = match done {
        Ok(token) => return entered(anyone.gate(), token, &to),
        Err(Error::Unauthenticated(problem)) => (StatusCode::UNPROCESSABLE_ENTITY, problem),
        Err(Error::TooMany(seconds)) => (StatusCode::TOO_MANY_REQUESTS, too_often(seconds)),
        Err(other) => return Err(other),
    };
    let form = SignIn::new(&visit, &to, demo.as_deref().map(|demo| &**demo));
    page(status, visit.lang, &SignIn { email, problem: Some(problem), ..form })
}

fn too_often(seconds: u64) -> Sentence {
    let minutes = seconds.div_ceil(60);
    say!(
        "There were too many tries with this address. Try again in {minutes} min.",
        "이 주소로 너무 여러 번 시도했습니다. {minutes}분 뒤에 다시 시도하세요."
    )
}

/// Goes on with the cookie.
pub(super) fn entered(gate: &Gate, token: String, to: &str) -> Shown {
    let lasts = Duration::seconds(session::LASTS.num_seconds());
    let cookie = kept(gate.session_cookie(), token, gate.is_secure(), lasts);
    let mut response = see_other(place_here(to));
    response.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(response)
}

/// As whom, in a demo.
#[derive(Deserialize)]
pub struct As {
    email: String,
    #[serde(default)]
    to: String,
}

/// `POST /sign-in/demo`: one press, where the server is a demo; elsewhere there is no such page.
pub async fn sign_in_to_demo(
    anyone: Anyone,
    client: Client,
    demo: Option<web::Data<Demo>>,
    Form(wanted): Form<As>,
) -> Shown {
    let demo = demo.ok_or(Error::NotFound)?;
    let email = Email::parse(&wanted.email).map_err(|_unfit| Error::NotFound)?;
    if !demo.has(&email) {
        return Err(Error::NotFound);
    }
    let token = anyone.write(move |tx| {
        let user = account::store::by_email(tx, &email)?.ok_or(Error::NotFound)?;
        session::open_in_browser(tx, user.id, Origin { agent: client.agent, ..Origin::default() })
    });
    entered(anyone.gate(), token.await?, &wanted.to)
}

/// `POST /sign-out`: ends the session, and has the browser forget what it kept of these pages.
pub async fn sign_out(anyone: Anyone, may: Option<May<ChangeOwn, Server>>) -> Shown {
    if let Some(may) = may {
        may.write(|tx, right| session::end(tx, right.actor().in_person()?)).await?;
    }
    let gate = anyone.gate();
    let mut gone = kept(gate.session_cookie(), String::new(), gate.is_secure(), Duration::ZERO);
    gone.make_removal();
    let mut response: HttpResponse = see_other("/sign-in");
    response.add_cookie(&gone).map_err(Error::internal)?;
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    Ok(response)
}

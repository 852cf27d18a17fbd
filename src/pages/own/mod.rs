//! `/me`: one's own account: how one is called, how one is told, the password, where one is signed in, API tokens.

pub mod news;
pub mod password;
pub mod token;

use actix_web::http::StatusCode;
use askama::Template;
use chrono_tz::Tz;
use serde::Deserialize;

use super::form::{Form, filled};
use super::frame::{Frame, Visit};
use super::question::then::{Obstacle, obstacles};
use super::time::{Watch, When};
use super::{Shown, page, see_other};
use crate::access::policy::{ChangeOwn, SeeOwn};
use crate::access::{May, Right};
use crate::account::token::{ApiToken, Scope};
use crate::account::{self, Change, Locale, Session, session, store};
use crate::base::text::Unfit;
use crate::base::{Name, PageRequest, Patch, Result};
use crate::consortium::membership::{self, Me};
use crate::db::Tx;
use crate::notification::{self, ByMail, Preferences};

/// Where it is.
pub const PLACE: &str = "/me";
/// The most sessions and tokens that are listed: nobody keeps track of more.
const MOST: i64 = 50;

#[derive(Template)]
#[template(path = "own/own.html")]
struct Page {
    frame: Frame,
    obstacles: Vec<Obstacle>,
    email: String,
    name: String,
    phone: String,
    locale: Locale,
    preferences: Preferences,
    sessions: Vec<Door>,
    tokens: Vec<Token>,
    made: Option<String>,
}

impl Page {
    /// Whether what stands in the way is about a token.
    fn about_tokens(&self) -> bool {
        self.obstacles.iter().any(|one| ["token_name", "expires_in_days"].contains(&one.field.as_str()))
    }
}

/// Somewhere that one is signed in.
struct Door {
    id: String,
    agent: Option<String>,
    since: When,
    current: bool,
}

/// An API token.
struct Token {
    id: String,
    name: String,
    writes: bool,
    until: String,
}

/// What is shown besides what is kept: what stood in the way, or a token that was just made.
#[derive(Default)]
pub(super) struct Besides {
    pub(super) obstacles: Vec<Obstacle>,
    pub(super) made: Option<String>,
}

/// `GET /me`
pub async fn show(visit: Visit, may: May<SeeOwn, Me>) -> Shown {
    drawn(visit, may, StatusCode::OK, Besides::default()).await
}

pub(super) async fn drawn(visit: Visit, may: May<SeeOwn, Me>, status: StatusCode, besides: Besides) -> Shown {
    let lang = visit.lang;
    let visit = visit.at(PLACE.to_owned());
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, besides));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeOwn, Me>, visit: &Visit, besides: Besides) -> Result<Page> {
    let user = right.on().user.clone();
    // Outside of a hackathon there is no wall clock to go by.
    let watch = Watch { zone: Tz::UTC, now: visit.now, lang: visit.lang };
    let all = PageRequest { limit: MOST, after: None };
    let current = right.actor().session;
    let sessions = store::session::list(tx, user.id, &all)?;
    let tokens = store::token::list(tx, user.id, &all)?;
    let preferences = notification::store::preference::of(tx, &[user.id])?.remove(&user.id);
    Ok(Page {
        frame: Frame::own(tx, visit)?,
        obstacles: besides.obstacles,
        made: besides.made,
        email: user.email.to_string(),
        name: user.display_name.to_string(),
        phone: user.phone.map(|phone| phone.to_string()).unwrap_or_default(),
        locale: user.locale,
        preferences: preferences.unwrap_or_else(|| Preferences::usual(user.id)),
        sessions: sessions.into_iter().map(|one| door(one, current, &watch)).collect(),
        tokens: tokens.into_iter().map(|one| told(one, &watch)).collect(),
    })
}

fn door(one: Session, current: Option<crate::access::SessionId>, watch: &Watch) -> Door {
    let since = watch.ago(one.created_at);
    Door { current: Some(one.id) == current, id: one.id.to_string(), agent: one.agent, since }
}

fn told(one: ApiToken, watch: &Watch) -> Token {
    let writes = one.scopes.0.contains(&Scope::Write);
    Token { id: one.id.to_string(), name: one.name.to_string(), writes, until: watch.exact(one.expires_at) }
}

/// Back to the account, or what stood in the way.
pub(super) async fn after(visit: Visit, see: May<SeeOwn, Me>, done: Result<()>) -> Shown {
    match done {
        Ok(()) => Ok(see_other(PLACE)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            drawn(visit, see, status, Besides { obstacles, made: None }).await
        }
    }
}

/// How one is called and reached.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Said {
    display_name: String,
    phone: String,
    locale: String,
}

/// `POST /me`
pub async fn change(visit: Visit, see: May<SeeOwn, Me>, may: May<ChangeOwn, Me>, Form(said): Form<Said>) -> Shown {
    let done = match changed(&said) {
        Ok(change) => keep(may, change).await,
        Err(refusal) => Err(refusal),
    };
    after(visit, see, done).await
}

fn changed(said: &Said) -> Result<Change> {
    let fault = |pointer: &'static str| move |unfit: Unfit| unfit.refusal(pointer);
    let display_name = Some(Name::parse(&said.display_name).map_err(fault("/display_name"))?);
    let phone = filled(&said.phone).map(Name::parse).transpose().map_err(fault("/phone"))?;
    let phone = phone.map_or(Patch::Clear, Patch::Set);
    Ok(Change { display_name, phone, locale: Locale::from_word(&said.locale), ..Change::default() })
}

async fn keep(may: May<ChangeOwn, Me>, change: Change) -> Result<()> {
    may.write(move |tx, right| {
        let user = &right.on().user;
        membership::touch_all(tx, user)?;
        account::change(tx, user, change).map(drop)
    })
    .await
}

/// How one wants to be told. A box that is not ticked is not sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Told {
    web: Option<String>,
    email: String,
}

/// `POST /me/preferences`
pub async fn prefer(may: May<ChangeOwn, Preferences>, Form(told): Form<Told>) -> Shown {
    may.write(move |tx, right| {
        let now = right.on().clone();
        let email = ByMail::from_word(&told.email).unwrap_or(now.email);
        let wished = Preferences { web: told.web.is_some(), email, ..now.clone() };
        if wished != now {
            notification::preference::change(tx, &wished)?;
        }
        Ok(())
    })
    .await?;
    Ok(see_other(PLACE))
}

/// `POST /me/sessions/{session}/end`
pub async fn end_session(may: May<ChangeOwn, Session>) -> Shown {
    may.write(|tx, right| session::end(tx, right.on().id)).await?;
    Ok(see_other(PLACE))
}

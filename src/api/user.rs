//! `/v1/users`: everybody on this server, for its administrators.

use actix_web::{HttpRequest, web};
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Administer, SeeServer};
use crate::access::{Answer, May, Sent, Server, UserId};
use crate::account::password::{Hashed, NewPassword, Password};
use crate::account::{self, Change, Locale, NewUser, Passwords, User, store};
use crate::base::{Email, Error, Instant, Name, Page, Result};
use crate::consortium::membership;

const LIST: &str = "users";

/// A user, as administrators see one.
#[derive(Serialize)]
struct View {
    id: UserId,
    email: Email,
    display_name: Name,
    phone: Option<Name>,
    locale: Locale,
    admin: bool,
    suspended: bool,
    created_at: Instant,
    updated_at: Instant,
}

impl From<User> for View {
    fn from(user: User) -> View {
        let suspended = !user.is_active();
        let User { id, email, display_name, phone, locale, admin, created_at, updated_at, .. } = user;
        View { id, email, display_name, phone, locale, admin, suspended, created_at, updated_at }
    }
}

/// Which users are asked for.
#[derive(Deserialize)]
pub struct Filter {
    email: Option<String>,
}

/// `GET /v1/users?email=`
pub async fn list(
    req: HttpRequest,
    may: May<SeeServer, Server>,
    Query(paging): Query<Paging>,
    Query(filter): Query<Filter>,
) -> Answered {
    let page = paging.of(LIST)?;
    let email = filter.email.map(|text| wanted(&text)).transpose()?;
    let rows = may.read(move |tx, _| store::list(tx, email.as_ref(), &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

fn wanted(text: &str) -> Result<Email> {
    Email::parse(text).map_err(|unfit| Error::invalid("/email", unfit.code, unfit.detail))
}

/// A new user.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserWish {
    email: Email,
    display_name: Option<Name>,
    password: Option<Password>,
    locale: Option<Locale>,
    #[serde(default)]
    admin: bool,
}

/// What of a wish is told from that of another request under the same `Idempotency-Key`: all but the password itself.
#[derive(Serialize)]
struct Open<'a> {
    email: &'a Email,
    display_name: Option<&'a Name>,
    has_password: bool,
    locale: Option<Locale>,
    admin: bool,
}

fn printed(sent: Sent<UserWish>) -> Result<Sent<UserWish>> {
    let UserWish { email, display_name, password, locale, admin } = &sent.value;
    let open = serde_json::to_value(Open {
        email,
        display_name: display_name.as_ref(),
        has_password: password.is_some(),
        locale: *locale,
        admin: *admin,
    });
    sent.printed(("POST", "/v1/users"), &open.map_err(Error::internal)?)
}

/// `POST /v1/users`
pub async fn create(
    may: May<Administer, Server>,
    passwords: web::Data<Passwords>,
    Body(sent): Body<UserWish>,
) -> Answered {
    // A hash is worth a core for a while: only for those who may.
    may.look(|_, _| Ok(())).await?;
    let hash = hashed(&passwords, sent.value.password.clone(), &sent.value.email).await?;
    may.post(printed(sent)?, move |tx, _, wish| {
        let mut new = NewUser::named_by(wish.email);
        new.display_name = wish.display_name.unwrap_or(new.display_name);
        new.locale = wish.locale.unwrap_or(new.locale);
        let mut made = store::insert(tx, &new)?;
        if wish.admin {
            made = account::change(tx, &made, Change { admin: Some(true), ..Change::default() })?;
        }
        if let Some(hash) = hash {
            account::set_password(tx, made.id, &hash, None)?;
        }
        let (place, tag) = (format!("/v1/users/{}", made.id), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(Some(tag)))
    })
    .await
}

async fn hashed(passwords: &Passwords, password: Option<Password>, email: &Email) -> Result<Option<Hashed>> {
    let Some(password) = password else { return Ok(None) };
    passwords.hash(NewPassword::choose(password, email, "/password")?).await.map(Some)
}

/// `GET /v1/users/{user}`
pub async fn show(may: May<SeeServer, User>) -> Answered {
    may.read(|_, right| shown(right.on().clone())).await
}

fn shown(user: User) -> Answered {
    let tag = user.tag();
    Ok(Answer::ok(&View::from(user))?.tagged(Some(tag)))
}

/// A change of a user.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserPatch {
    display_name: Option<Name>,
    locale: Option<Locale>,
    admin: Option<bool>,
    suspended: Option<bool>,
    password: Option<Password>,
}

/// `PATCH /v1/users/{user}`. A new password ends the user's sessions; a suspension also their API tokens.
pub async fn change(
    may: May<Administer, User>,
    passwords: web::Data<Passwords>,
    Body(sent): Body<UserPatch>,
) -> Answered {
    let UserPatch { display_name, locale, admin, suspended, password } = sent.value;
    let email = may.look(|_, right| Ok(right.on().email.clone())).await?;
    let hash = hashed(&passwords, password, &email).await?;
    may.write(move |tx, right| {
        let user = right.on();
        if display_name.is_some() || suspended.is_some() {
            membership::touch_all(tx, user)?;
        }
        let change = Change { display_name, locale, admin, suspended, ..Change::default() };
        let changed = account::change(tx, user, change)?;
        if let Some(hash) = hash {
            account::set_password(tx, user.id, &hash, None)?;
        }
        shown(changed)
    })
    .await
}

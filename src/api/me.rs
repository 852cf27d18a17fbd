//! `/v1/me`: the caller's own account.

use actix_web::{HttpRequest, web};
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Client, Paging, Query, answer};
use crate::access::policy::{ChangeOwn, SeeOwn};
use crate::access::{Answer, Anyone, May, Resource, Server, SessionId, UserId};
use crate::account::new_password::{self, Wish};
use crate::account::password::{NewPassword, Password};
use crate::account::token::{self, ApiToken, DAYS_USUAL, NewToken, Scope};
use crate::account::{self, Change, Locale, Passwords, Session, session, store};
use crate::base::{Email, Instant, Name, Page, Patch};
use crate::consortium::membership::{self, Me, Membership};
use crate::db::Tx;

/// The caller, as they see themselves.
#[derive(Serialize)]
struct View {
    id: UserId,
    email: Email,
    display_name: Name,
    phone: Option<Name>,
    locale: Locale,
    admin: bool,
    memberships: Vec<Membership>,
    created_at: Instant,
    updated_at: Instant,
}

fn shown(me: Me) -> Answered {
    let tag = me.tag();
    let Me { user, memberships } = me;
    let account::User { id, email, display_name, phone, locale, admin, created_at, updated_at, .. } = user;
    let view = View { id, email, display_name, phone, locale, admin, memberships, created_at, updated_at };
    Ok(Answer::ok(&view)?.tagged(tag))
}

/// `GET /v1/me`
pub async fn show(may: May<SeeOwn, Me>) -> Answered {
    may.read(|_, right| shown(right.on().clone())).await
}

/// A change of one's own account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MePatch {
    display_name: Option<Name>,
    locale: Option<Locale>,
    #[serde(default)]
    phone: Patch<Name>,
}

/// `PATCH /v1/me`
pub async fn change(may: May<ChangeOwn, Me>, Body(sent): Body<MePatch>) -> Answered {
    let MePatch { display_name, locale, phone } = sent.value;
    may.write(move |tx, right| {
        let Me { user, memberships } = right.on().clone();
        if display_name.is_some() {
            membership::touch_all(tx, &user)?;
        }
        let user = account::change(tx, &user, Change { display_name, phone, locale, ..Change::default() })?;
        shown(Me { user, memberships })
    })
    .await
}

/// The old password and the new one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    current: Password,
    new: Password,
}

/// `POST /v1/me/password`: the other sessions end. Its answer is not kept for an `Idempotency-Key`, for a digest of the
/// body would be one of the password; a repeated request finds that the new password is in force, and is done.
pub async fn password(
    may: May<ChangeOwn, Me>,
    anyone: Anyone,
    passwords: web::Data<Passwords>,
    client: Client,
    Body(sent): Body<PasswordChange>,
) -> Answered {
    let stays = may.actor().in_person()?;
    let email = may.look(|_, right| Ok(right.on().user.email.clone())).await?;
    let PasswordChange { current, new } = sent.value;
    let new = NewPassword::choose(new, &email, "/new")?;
    let wish = Wish { email, current, new, from: client.address };
    if let Some(proven) = new_password::prove(&anyone, &passwords, wish).await? {
        may.write(move |tx, _| new_password::set(tx, &proven, stays)).await?;
    }
    Ok(Answer::done())
}

const SESSIONS: &str = "me/sessions";

/// A session, and whether it is the one that asks.
#[derive(Serialize)]
struct SessionView {
    #[serde(flatten)]
    session: Session,
    current: bool,
}

fn session_view(session: Session, current: Option<SessionId>) -> SessionView {
    SessionView { current: Some(session.id) == current, session }
}

/// `GET /v1/me/sessions`
pub async fn sessions(req: HttpRequest, may: May<SeeOwn, Server>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(SESSIONS)?;
    let current = may.actor().session;
    let rows = may.read(move |tx, right| store::session::list(tx, right.user(), &page)).await?;
    let page = Page::of(SESSIONS, &page, rows, |row| row.id.uuid());
    answer::page(&req, &page.map(|session| session_view(session, current)))
}

/// `DELETE /v1/me/sessions/{session}`
pub async fn end_session(may: May<ChangeOwn, Session>) -> Answered {
    may.write(|tx, right| {
        session::end(tx, right.on().id)?;
        Ok(Answer::done())
    })
    .await
}

const TOKENS: &str = "me/tokens";

/// `GET /v1/me/tokens`
pub async fn tokens(req: HttpRequest, may: May<SeeOwn, Server>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(TOKENS)?;
    let rows = may.read(move |tx, right| store::token::list(tx, right.user(), &page)).await?;
    answer::page(&req, &Page::of(TOKENS, &page, rows, |row| row.id.uuid()))
}

/// A new API token.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenWish {
    name: Name,
    scopes: Vec<Scope>,
    expires_in_days: Option<i64>,
}

/// A token that was just made. The secret is there once: `null` when the request is repeated.
#[derive(Serialize)]
struct Made<'a> {
    #[serde(flatten)]
    about: &'a ApiToken,
    token: Option<&'a str>,
}

/// `POST /v1/me/tokens`
pub async fn make_token(may: May<ChangeOwn, Server>, Body(sent): Body<TokenWish>) -> Answered {
    may.post(sent, |tx: &mut Tx, right, wish| {
        right.actor().in_person()?;
        let TokenWish { name, scopes, expires_in_days } = wish;
        let new = NewToken { name, scopes, days: expires_in_days.unwrap_or(DAYS_USUAL) };
        let (about, secret) = token::make(tx, right.user(), new)?;
        let place = format!("/v1/me/tokens/{}", about.id);
        let answer = Answer::created(place, &Made { about: &about, token: Some(&secret) })?;
        answer.shown_once(&Made { about: &about, token: None })
    })
    .await
}

/// `DELETE /v1/me/tokens/{token}`
pub async fn end_token(may: May<ChangeOwn, ApiToken>) -> Answered {
    may.write(|tx, right| {
        token::end(tx, right.on())?;
        Ok(Answer::done())
    })
    .await
}

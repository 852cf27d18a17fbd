//! `/v1/auth`: signing in, renewing, signing out.

use actix_web::web;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Client, MaybeBody};
use crate::access::policy::ChangeOwn;
use crate::access::{ACCESS_SECONDS, Answer, Anyone, Gate, May, Server, not_signed_in};
use crate::account::password::Password;
use crate::account::sign_in::{Attempt, sign_in};
use crate::account::{Opened, Passwords, session};
use crate::base::{Email, Error, Result, say};

/// What a client goes on with.
#[derive(Serialize)]
struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    refresh_token: String,
}

fn tokens(gate: &Gate, opened: Opened) -> Answered {
    let Opened { session, user, jti, refresh } = opened;
    let access_token = gate.sign(user, session, jti)?;
    Answer::ok(&Tokens { access_token, token_type: "Bearer", expires_in: ACCESS_SECONDS, refresh_token: refresh })
}

/// Email and password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    email: Email,
    password: Password,
}

/// `POST /v1/auth/login`. An `Idempotency-Key` has no effect: the answer is secret, so it is not kept.
pub async fn login(
    anyone: Anyone,
    passwords: web::Data<Passwords>,
    client: Client,
    Body(sent): Body<Login>,
) -> Answered {
    let Login { email, password } = sent.value;
    let attempt = Attempt { email, password, from: client.address, agent: client.agent };
    let opened = sign_in(&anyone, &passwords, attempt).await?;
    tokens(anyone.gate(), opened)
}

/// A refresh token.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    refresh_token: String,
}

/// `POST /v1/auth/refresh`. An `Idempotency-Key` has no effect; a retry within 10 s is forgiven without one.
pub async fn refresh(anyone: Anyone, Body(sent): Body<Refresh>) -> Answered {
    let renewed = anyone.write(move |tx| session::renew(tx, &sent.value.refresh_token)).await?;
    let opened = renewed.ok_or_else(|| {
        Error::Unauthenticated(say!(
            "This refresh token is used up, expired or unknown. Sign in again.",
            "이미 썼거나 만료되었거나 알 수 없는 리프레시 토큰입니다. 다시 로그인하세요."
        ))
    })?;
    tokens(anyone.gate(), opened)
}

/// What may be sent to sign out: nothing, or the refresh token, which still does when the access token has expired.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logout {
    refresh_token: Option<String>,
}

/// `POST /v1/auth/logout`: ends the session of the access token, and that of the refresh token where one is sent.
pub async fn logout(anyone: Anyone, may: Option<May<ChangeOwn, Server>>, body: MaybeBody<Logout>) -> Answered {
    let Logout { refresh_token } = body.0.value;
    if may.is_none() && refresh_token.is_none() {
        return Err(not_signed_in());
    }
    if let Some(token) = refresh_token {
        end_by_token(&anyone, token).await?;
    }
    if let Some(may) = may {
        may.write(|tx, right| session::end(tx, right.actor().in_person()?)).await?;
    }
    Ok(Answer::done())
}

/// Says nothing of whether there was such a token: its session is not, or is no more.
async fn end_by_token(anyone: &Anyone, token: String) -> Result<()> {
    anyone.write(move |tx| session::end_by_token(tx, &token).map(drop)).await
}

/// `GET /.well-known/jwks.json`: the keys that access tokens are signed with. A new one stands here a day before it signs.
pub async fn jwks(anyone: Anyone) -> Answered {
    let gate = anyone.gate();
    Ok(Answer::ok(&gate.keys().jwks(gate.now()))?.header("Cache-Control", "public, max-age=300"))
}

//! API tokens: made, shown once, ended.

use actix_web::http::StatusCode;
use serde::Deserialize;

use super::{Besides, PLACE, after, drawn};
use crate::access::policy::{ChangeOwn, SeeOwn};
use crate::access::{May, Server};
use crate::account::token::{self, ApiToken, DAYS_USUAL, NewToken, Scope};
use crate::base::{Name, Result};
use crate::consortium::membership::Me;
use crate::pages::form::{Form, filled};
use crate::pages::frame::Visit;
use crate::pages::{Shown, see_other};

/// A token as it is wished for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    token_name: String,
    writes: Option<String>,
    days: String,
}

/// `POST /me/tokens`: the page that answers shows the token, this once.
pub async fn make(visit: Visit, see: May<SeeOwn, Me>, may: May<ChangeOwn, Server>, Form(wish): Form<Wish>) -> Shown {
    let made = match read(&wish) {
        Ok(new) => made(may, new).await,
        Err(refusal) => Err(refusal),
    };
    match made {
        Ok(secret) => drawn(visit, see, StatusCode::OK, Besides { made: Some(secret), ..Besides::default() }).await,
        Err(refusal) => after(visit, see, Err(refusal)).await,
    }
}

fn read(wish: &Wish) -> Result<NewToken> {
    let name = Name::parse(&wish.token_name).map_err(|unfit| unfit.refusal("/token_name"))?;
    let scopes = if wish.writes.is_some() { vec![Scope::Read, Scope::Write] } else { vec![Scope::Read] };
    // What is no number is as far outside the range as any number.
    let days = filled(&wish.days).map_or(DAYS_USUAL, |days| days.parse().unwrap_or_default());
    Ok(NewToken { name, scopes, days })
}

async fn made(may: May<ChangeOwn, Server>, new: NewToken) -> Result<String> {
    may.write(move |tx, right| {
        right.actor().in_person()?;
        token::make(tx, right.user(), new).map(|(_, secret)| secret)
    })
    .await
}

/// `POST /me/tokens/{token}/end`
pub async fn end(may: May<ChangeOwn, ApiToken>) -> Shown {
    may.write(|tx, right| token::end(tx, right.on())).await?;
    Ok(see_other(PLACE))
}

//! Changing one's own password.

use actix_web::web;
use serde::Deserialize;

use super::after;
use crate::access::policy::{ChangeOwn, SeeOwn};
use crate::access::{Anyone, Client, May};
use crate::account::Passwords;
use crate::account::new_password::{self, Wish};
use crate::account::password::{NewPassword, Password};
use crate::base::Result;
use crate::consortium::membership::Me;
use crate::pages::Shown;
use crate::pages::form::Form;
use crate::pages::frame::Visit;

/// The old password and the new one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Said {
    current: Option<Password>,
    new: Option<Password>,
}

/// `POST /me/password`: the other sessions end.
pub async fn change(
    visit: Visit,
    see: May<SeeOwn, Me>,
    may: May<ChangeOwn, Me>,
    anyone: Anyone,
    passwords: web::Data<Passwords>,
    client: Client,
    Form(said): Form<Said>,
) -> Shown {
    let done = set(may, &anyone, &passwords, client, said).await;
    after(visit, see, done).await
}

async fn set(
    may: May<ChangeOwn, Me>,
    anyone: &Anyone,
    passwords: &Passwords,
    client: Client,
    said: Said,
) -> Result<()> {
    let stays = may.actor().in_person()?;
    let email = may.look(|_, right| Ok(right.on().user.email.clone())).await?;
    let given = |password: Option<Password>| password.unwrap_or_else(|| Password::new(""));
    let new = NewPassword::choose(given(said.new), &email, "/new")?;
    let wish = Wish { email, current: given(said.current), new, from: client.address };
    match new_password::prove(anyone, passwords, wish).await? {
        Some(proven) => may.write(move |tx, _| new_password::set(tx, &proven, stays)).await,
        None => Ok(()),
    }
}

//! API tokens: for scripts, named, limited in what they may do and for how long, and shown once.

use chrono::TimeDelta;
use serde::Serialize;

use super::store::token as store;
use crate::access::{API_TOKEN_PREFIX, Actor, Path, Resource, Roles, UserId};
use crate::base::{Error, Id, Instant, Key, Name, Result, say, secret};
use crate::db::{Json, Signal, Tx};
use crate::words;

/// The most days that a token is good for.
pub const DAYS_MOST: i64 = 365;
/// The days when nothing is said.
pub const DAYS_USUAL: i64 = 90;

words! {
    /// What a token may be used for.
    Scope / ScopeShape {
        /// To read whatever its owner may.
        Read = "read",
        /// To change whatever its owner may, and to read it.
        Write = "write",
    }
}

/// An API token, without the secret, which nobody has but its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, diesel::Queryable)]
pub struct ApiToken {
    /// Its id.
    pub id: Id<ApiToken>,
    /// Whose it is.
    #[serde(skip)]
    pub user: UserId,
    /// What its owner calls it.
    pub name: Name,
    /// What it may be used for.
    #[serde(serialize_with = "unwrapped")]
    pub scopes: Json<Vec<Scope>>,
    /// When it was made.
    pub created_at: Instant,
    /// When it is over.
    pub expires_at: Instant,
}

fn unwrapped<S: serde::Serializer>(scopes: &Json<Vec<Scope>>, out: S) -> std::result::Result<S::Ok, S::Error> {
    scopes.0.serialize(out)
}

impl Resource for ApiToken {
    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        let Key::Id(id) = path.key("token")? else { return Err(Error::NotFound) };
        store::live(tx, Id::from_uuid(id))?.ok_or(Error::NotFound)
    }

    /// One's own, and nobody else's.
    fn roles(&self, _tx: &mut Tx, who: &Actor) -> Result<Roles> {
        Ok(Roles::OWN.when(self.user == who.user))
    }
}

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: Name,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// For how many days.
    pub days: i64,
}

/// Makes a token, and gives its secret, this once.
pub fn make(tx: &mut Tx, user: UserId, new: NewToken) -> Result<(ApiToken, String)> {
    let days = days(new.days)?;
    let secret = format!("{API_TOKEN_PREFIX}{}", secret::token());
    let scopes = Json(scopes(new.scopes)?);
    let (id, created_at) = (tx.fresh(), tx.now());
    let token = ApiToken { id, user, name: new.name, scopes, created_at, expires_at: created_at.plus(days) };
    store::insert(tx, &token, &secret::digest(&secret))?;
    Ok((token, secret))
}

fn days(days: i64) -> Result<TimeDelta> {
    if (1..=DAYS_MOST).contains(&days) {
        return Ok(TimeDelta::days(days));
    }
    Err(Error::invalid(
        "/expires_in_days",
        "days.range",
        say!("Write a number of days from 1 to {DAYS_MOST}.", "1부터 {DAYS_MOST} 사이의 날수를 적으세요."),
    ))
}

fn scopes(mut scopes: Vec<Scope>) -> Result<Vec<Scope>> {
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(Error::invalid(
            "/scopes",
            "scopes.none",
            say!("Name at least one scope: \"read\" or \"write\".", "\"read\"와 \"write\" 중 하나 이상을 적으세요."),
        ));
    }
    Ok(scopes)
}

/// Ends a token at once, everywhere.
pub fn end(tx: &mut Tx, token: &ApiToken) -> Result<()> {
    store::end(tx, token.id)?;
    tx.announce(Signal::User(token.user.uuid()));
    Ok(())
}

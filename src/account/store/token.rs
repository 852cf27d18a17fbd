//! The SQL of API tokens.

use diesel::prelude::*;

use crate::access::UserId;
use crate::account::token::ApiToken;
use crate::base::{Id, PageRequest, Result};
use crate::db::Tx;
use crate::db::schema::api_tokens;

const COLUMNS: (
    api_tokens::id,
    api_tokens::user_id,
    api_tokens::name,
    api_tokens::scopes,
    api_tokens::created_at,
    api_tokens::expires_at,
) = (
    api_tokens::id,
    api_tokens::user_id,
    api_tokens::name,
    api_tokens::scopes,
    api_tokens::created_at,
    api_tokens::expires_at,
);

/// Keeps a new token by its digest.
pub fn insert(tx: &mut Tx, new: &ApiToken, hash: &str) -> Result<()> {
    let row = (
        api_tokens::id.eq(new.id),
        api_tokens::user_id.eq(new.user),
        api_tokens::name.eq(&new.name),
        api_tokens::hash.eq(hash),
        api_tokens::scopes.eq(&new.scopes),
        api_tokens::created_at.eq(new.created_at),
        api_tokens::expires_at.eq(new.expires_at),
    );
    diesel::insert_into(api_tokens::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The token of that id, while it can be used.
pub fn live(tx: &mut Tx, id: Id<ApiToken>) -> Result<Option<ApiToken>> {
    let now = tx.now();
    let live = api_tokens::table.find(id).filter(api_tokens::ended_at.is_null()).filter(api_tokens::expires_at.gt(now));
    Ok(live.select(COLUMNS).first(tx.conn()).optional()?)
}

/// A page of a user's tokens that can be used.
pub fn list(tx: &mut Tx, user: UserId, page: &PageRequest) -> Result<Vec<ApiToken>> {
    let now = tx.now();
    let mut query = api_tokens::table
        .filter(api_tokens::user_id.eq(user))
        .filter(api_tokens::ended_at.is_null())
        .filter(api_tokens::expires_at.gt(now))
        .order(api_tokens::id)
        .limit(page.fetch())
        .select(COLUMNS)
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(api_tokens::id.gt(Id::<ApiToken>::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// Ends a token.
pub fn end(tx: &mut Tx, id: Id<ApiToken>) -> Result<()> {
    let now = tx.now();
    diesel::update(api_tokens::table.find(id)).set(api_tokens::ended_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// Ends all of a user's tokens.
pub fn end_all(tx: &mut Tx, user: UserId) -> Result<()> {
    let now = tx.now();
    let live = api_tokens::table.filter(api_tokens::user_id.eq(user)).filter(api_tokens::ended_at.is_null());
    diesel::update(live).set(api_tokens::ended_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

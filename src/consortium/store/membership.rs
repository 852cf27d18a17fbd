//! The SQL of one user's memberships.

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Id, Localized, Result, Slug};
use crate::consortium::Member;
use crate::consortium::member::MemberState;
use crate::consortium::membership::{Membership, Place};
use crate::db::schema::{hackathons, members};
use crate::db::{Json, Tx};
use crate::hackathon::{Hackathon, Role};

type Row = (Id<Member>, Json<Vec<Role>>, Id<Hackathon>, Slug, Localized);

/// Where this user takes part, in the order in which they joined.
pub fn of(tx: &mut Tx, user: UserId) -> Result<Vec<Membership>> {
    let rows: Vec<Row> = members::table
        .inner_join(hackathons::table)
        .filter(members::user_id.eq(user))
        .filter(members::state.eq(MemberState::Active))
        .order(members::id)
        .select((members::id, members::roles, hackathons::id, hackathons::slug, hackathons::name))
        .load(tx.conn())?;
    let membership =
        |(member, Json(roles), id, slug, name): Row| Membership { hackathon: Place { id, slug, name }, member, roles };
    Ok(rows.into_iter().map(membership).collect())
}

/// Every hackathon that this user is in, in whatever state; always in the same order, so that two who touch them all
/// never wait for each other.
pub fn hackathons_of(tx: &mut Tx, user: UserId) -> Result<Vec<Id<Hackathon>>> {
    let rows = members::table.filter(members::user_id.eq(user)).order(members::hackathon_id);
    Ok(rows.select(members::hackathon_id).load(tx.conn())?)
}

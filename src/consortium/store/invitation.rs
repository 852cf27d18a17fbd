//! The SQL of invitations.

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Email, Error, Id, Instant, Name, PageRequest, Result};
use crate::consortium::invitation::{Invitation, InvitationState, NewInvitation};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Unit};
use crate::db::schema::invitations;
use crate::db::{Json, Tx};
use crate::hackathon::{Hackathon, Role};

#[derive(Queryable, Selectable)]
#[diesel(table_name = invitations)]
struct Row {
    id: Id<Invitation>,
    hackathon_id: Id<Hackathon>,
    email: Email,
    display_name: Option<Name>,
    roles: Json<Vec<Role>>,
    organization_id: Option<OrganizationId>,
    unit_id: Option<Id<Unit>>,
    invited_by: Option<UserId>,
    created_at: Instant,
    expires_at: Instant,
    accepted_at: Option<Instant>,
    revoked_at: Option<Instant>,
}

impl Row {
    fn whole(self, now: Instant) -> Invitation {
        let state = match (self.accepted_at, self.revoked_at) {
            (Some(_), _) => InvitationState::Accepted,
            (None, Some(_)) => InvitationState::Revoked,
            (None, None) if self.expires_at <= now => InvitationState::Expired,
            (None, None) => InvitationState::Open,
        };
        Invitation {
            id: self.id,
            hackathon: self.hackathon_id,
            email: self.email,
            display_name: self.display_name,
            roles: self.roles.0,
            affiliation: Affiliation::from_columns((self.organization_id, self.unit_id)),
            invited_by: self.invited_by,
            created_at: self.created_at,
            expires_at: self.expires_at,
            accepted_at: self.accepted_at,
            revoked_at: self.revoked_at,
            state,
        }
    }
}

/// The invitation of that id in this hackathon.
pub fn by_id(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Invitation>) -> Result<Option<Invitation>> {
    let query = invitations::table.filter(invitations::hackathon_id.eq(hackathon)).filter(invitations::id.eq(id));
    let row: Option<Row> = query.select(Row::as_select()).first(tx.conn()).optional()?;
    Ok(row.map(|row| row.whole(tx.now())))
}

/// The invitation whose token has this digest.
pub fn by_hash(tx: &mut Tx, hash: &str) -> Result<Option<Invitation>> {
    let query = invitations::table.filter(invitations::token_hash.eq(hash)).select(Row::as_select());
    let row: Option<Row> = query.first(tx.conn()).optional()?;
    Ok(row.map(|row| row.whole(tx.now())))
}

/// A page of this hackathon's invitations, whatever became of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Invitation>> {
    let query = invitations::table.filter(invitations::hackathon_id.eq(hackathon)).select(Row::as_select());
    let mut query = query.order(invitations::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(invitations::id.gt(Id::<Invitation>::from_uuid(after)));
    }
    let rows: Vec<Row> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.whole(tx.now())).collect())
}

/// Makes an invitation.
pub fn insert(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    by: UserId,
    new: &NewInvitation,
    hash: &str,
) -> Result<Invitation> {
    let id: Id<Invitation> = tx.fresh();
    let (organization_id, unit_id) = Affiliation::columns(new.affiliation);
    let row = (
        invitations::id.eq(id),
        invitations::hackathon_id.eq(hackathon),
        invitations::email.eq(&new.email),
        invitations::email_folded.eq(new.email.folded()),
        invitations::display_name.eq(&new.display_name),
        invitations::roles.eq(Json(new.roles.clone())),
        invitations::organization_id.eq(organization_id),
        invitations::unit_id.eq(unit_id),
        invitations::token_hash.eq(hash),
        invitations::invited_by.eq(by),
        invitations::created_at.eq(tx.now()),
        invitations::expires_at.eq(new.expires_at),
    );
    diesel::insert_into(invitations::table).values(row).execute(tx.conn())?;
    by_id(tx, hackathon, id)?.ok_or_else(|| Error::internal("an invitation just made is not there"))
}

/// Marks an invitation as accepted. `false` where it was accepted or revoked already, perhaps a moment ago.
pub fn accept(tx: &mut Tx, id: Id<Invitation>) -> Result<bool> {
    let open = invitations::table
        .filter(invitations::id.eq(id))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::revoked_at.is_null());
    Ok(diesel::update(open).set(invitations::accepted_at.eq(tx.now())).execute(tx.conn())? == 1)
}

/// Takes an invitation back. `false` where it was accepted or revoked already.
pub fn revoke(tx: &mut Tx, id: Id<Invitation>) -> Result<bool> {
    let open = invitations::table
        .filter(invitations::id.eq(id))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::revoked_at.is_null());
    Ok(diesel::update(open).set(invitations::revoked_at.eq(tx.now())).execute(tx.conn())? == 1)
}

/// Takes every open invitation to this address back.
pub fn revoke_open(tx: &mut Tx, hackathon: Id<Hackathon>, email: &Email) -> Result<()> {
    let open = invitations::table
        .filter(invitations::hackathon_id.eq(hackathon))
        .filter(invitations::email_folded.eq(email.folded()))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::revoked_at.is_null());
    diesel::update(open).set(invitations::revoked_at.eq(tx.now())).execute(tx.conn())?;
    Ok(())
}

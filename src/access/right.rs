//! Authority as a value. [`May`] is a claim, made from a request; it grants nothing. [`Right`] is the proof, made inside the
//! transaction that uses it, and it holds the thing it is a right to: what was checked is what is used.

use std::marker::PhantomData;

use super::actor::{Actor, Roles, UserId};
use super::gate::Gate;
use super::once::{self, Answer, OnceKey, Sent, Shown};
use super::path::{Item, Path};
use super::policy::Verb;
use super::store;
use crate::base::{Error, Result, say};
use crate::db::Tx;

/// A thing that rights can be had to.
pub trait Resource: Sized + Send + 'static {
    /// Whether a change needs `If-Match`: where two people often change the same thing.
    const GUARDED: bool = false;

    /// Finds what the path names.
    fn find(tx: &mut Tx, path: &Path) -> Result<Self>;

    /// What this actor is to it. Nothing: they may not know that it exists.
    fn roles(&self, tx: &mut Tx, who: &Actor) -> Result<Roles>;

    /// As [`Item::refusal`].
    fn refusal(&self, _tx: &mut Tx) -> Result<Error> {
        Ok(Error::not_allowed())
    }

    /// What stands in its `ETag`.
    fn tag(&self) -> Option<String> {
        None
    }

    /// Whether the hackathon it belongs to was ended.
    fn ended(&self) -> bool {
        false
    }

    /// As [`Item::is_part_of`].
    fn is_part_of(&self, _tag: &str) -> bool {
        false
    }
}

/// What a request says of itself. It is believed only as far as [`Right`] checks it.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub actor: Actor,
    pub path: Path,
    /// `If-Match`, on the methods where it counts: PATCH, PUT, DELETE.
    pub condition: Option<Option<String>>,
    pub once: Option<String>,
}

/// The claim that this actor wants to `V` the `R` in the path.
pub struct May<V, R> {
    gate: Gate,
    claim: Claim,
    wish: PhantomData<fn() -> (V, R)>,
}

/// The proof that an actor may `V` this `R`, good for the transaction it was made in.
pub struct Right<V, R> {
    on: R,
    actor: Actor,
    roles: Roles,
    verb: PhantomData<fn() -> V>,
}

impl<V: Verb, R: Resource> May<V, R> {
    pub(super) fn new(gate: Gate, claim: Claim) -> Self {
        May { gate, claim, wish: PhantomData }
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.claim.actor
    }

    /// What the path names.
    pub fn path(&self) -> &Path {
        &self.claim.path
    }

    /// Changes things, in one transaction with the check.
    pub async fn write<T: Send + 'static>(
        self,
        f: impl FnOnce(&mut Tx, &Right<V, R>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let May { gate, claim, .. } = self;
        gate.db()
            .write(move |tx| {
                let right = Right::prove(tx, &claim)?;
                f(tx, &right)
            })
            .await
    }

    /// Reads, in one transaction with the check.
    pub async fn read<T: Send + 'static>(
        self,
        f: impl FnOnce(&mut Tx, &Right<V, R>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let May { gate, claim, .. } = self;
        gate.db()
            .read(move |tx| {
                let right = Right::prove(tx, &claim)?;
                f(tx, &right)
            })
            .await
    }

    /// Looks before the deed, in a transaction of its own, where work lies between that is too slow for a transaction,
    /// such as hashing a password. What was seen may have changed by the time of the deed, so the deed looks again.
    pub async fn look<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Tx, &Right<V, R>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let claim = self.claim.clone();
        self.gate
            .db()
            .read(move |tx| {
                let right = Right::prove(tx, &claim)?;
                f(tx, &right)
            })
            .await
    }

    /// As [`May::write`], for a POST: with an `Idempotency-Key` it is done once however often it is sent.
    pub async fn post<B, F, A>(self, sent: Sent<B>, f: F) -> Result<Answer>
    where
        B: Send + 'static,
        A: Into<Shown>,
        F: FnOnce(&mut Tx, &Right<V, R>, B) -> Result<A> + Send + 'static,
    {
        let May { gate, claim, .. } = self;
        let Sent { value, print, .. } = sent;
        let key = claim.once.as_deref().map(|key| OnceKey::parse(&claim.actor.user.to_string(), key)).transpose()?;
        let entered = key.map(|key| gate.running().enter(key)).transpose()?;
        gate.db()
            .write(move |tx| {
                let right = Right::prove(tx, &claim)?;
                match &entered {
                    Some(entered) => once_only(tx, &entered.key, &print, |tx| Ok(f(tx, &right, value)?.into())),
                    None => Ok(f(tx, &right, value)?.into().answer),
                }
            })
            .await
    }
}

/// Runs `f` unless its answer is kept, and keeps it.
pub(super) fn once_only(
    tx: &mut Tx,
    key: &OnceKey,
    print: &str,
    f: impl FnOnce(&mut Tx) -> Result<Shown>,
) -> Result<Answer> {
    if let Some(answer) = once::replay(tx, key, print)? {
        return Ok(answer);
    }
    let shown = f(tx)?;
    if store::keep(tx, key, print, shown.kept())? {
        return Ok(shown.answer);
    }
    Err(Error::Conflict(say!(
        "A request with this Idempotency-Key was just done on another server. Send it again for its answer.",
        "같은 Idempotency-Key를 쓴 요청이 방금 다른 서버에서 처리되었습니다. 다시 보내면 그 응답을 받습니다."
    )))
}

impl<V: Verb, R: Resource> Right<V, R> {
    /// Finds the thing, asks the policy. Who may not even see it hears that it does not exist.
    pub(super) fn prove(tx: &mut Tx, claim: &Claim) -> Result<Self> {
        let on = R::find(tx, &claim.path)?;
        let roles = on.roles(tx, &claim.actor)?;
        if !roles.is_empty() && !V::BY.meet(roles) {
            return Err(on.refusal(tx)?);
        }
        allow::<V>(&claim.actor, roles, on.ended())?;
        if let (true, Some(condition)) = (V::CHANGES, &claim.condition) {
            fresh(condition.as_deref(), on.tag().as_deref(), R::GUARDED, |tag| on.is_part_of(tag))?;
        }
        Ok(Right { on, actor: claim.actor, roles, verb: PhantomData })
    }

    /// What it is a right to.
    pub fn on(&self) -> &R {
        &self.on
    }

    /// Whose right it is.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The user whose right it is.
    pub fn user(&self) -> UserId {
        self.actor.user
    }

    /// What they are to it.
    pub fn roles(&self) -> Roles {
        self.roles
    }
}

/// The policy's answer for an actor who has these roles.
pub fn allow<V: Verb>(actor: &Actor, roles: Roles, ended: bool) -> Result<()> {
    if roles.is_empty() {
        return Err(Error::NotFound);
    }
    if !V::BY.meet(roles) {
        return Err(Error::not_allowed());
    }
    if V::CHANGES && !actor.writes {
        return Err(Error::Forbidden(say!(
            "This token is for reading only. Make one with the scope \"write\".",
            "읽기 전용 토큰입니다. \"write\" 범위가 있는 토큰을 만드세요."
        )));
    }
    if ended && !V::AFTERWARDS {
        return Err(over());
    }
    Ok(())
}

/// The refusal of a change in a hackathon that was ended.
pub fn over() -> Error {
    Error::Conflict(say!(
        "This hackathon has ended, so nothing in it changes any more. An organizer can reopen it.",
        "종료된 해커톤이라 더 이상 바꿀 수 없습니다. 운영진이 다시 열 수 있습니다."
    ))
}

/// Compares `If-Match` with the thing as it is now.
fn fresh(condition: Option<&str>, tag: Option<&str>, guarded: bool, whole: impl Fn(&str) -> bool) -> Result<()> {
    let Some(condition) = condition else {
        // Where there is no state yet, nobody's change can be overwritten.
        return if guarded && tag.is_some() { Err(Error::Unconditional) } else { Ok(()) };
    };
    // A weak tag never matches here (RFC 9110, 13.1.1).
    let strong = |one: &str| one.strip_prefix('"').and_then(|one| one.strip_suffix('"')).map(str::to_owned);
    let matches = condition
        .split(',')
        .map(str::trim)
        .any(|one| one == "*" || strong(one).is_some_and(|one| Some(one.as_str()) == tag || whole(&one)));
    if matches || tag.is_none() { Ok(()) } else { Err(Error::Stale) }
}

/// A thing within another, both found, the outer one first.
#[derive(Debug)]
pub struct Within<P, T> {
    /// What it lies in.
    pub parent: P,
    /// The thing.
    pub item: T,
}

impl<P: Resource, T: Item<P>> Resource for Within<P, T> {
    const GUARDED: bool = T::GUARDED;

    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        let parent = P::find(tx, path)?;
        let item = T::find_in(tx, &parent, &path.key(T::PARAM)?)?.ok_or(Error::NotFound)?;
        Ok(Within { parent, item })
    }

    fn roles(&self, tx: &mut Tx, who: &Actor) -> Result<Roles> {
        let of_parent = self.parent.roles(tx, who)?;
        if of_parent.is_empty() {
            return Ok(Roles::NONE);
        }
        self.item.roles_in(tx, &self.parent, who, of_parent)
    }

    fn refusal(&self, tx: &mut Tx) -> Result<Error> {
        self.item.refusal(tx)
    }

    fn tag(&self) -> Option<String> {
        self.item.tag()
    }

    fn ended(&self) -> bool {
        self.parent.ended()
    }

    fn is_part_of(&self, tag: &str) -> bool {
        self.item.is_part_of(tag)
    }
}

/// The server itself, for what belongs to no hackathon.
#[derive(Debug)]
pub struct Server;

impl Resource for Server {
    fn find(_tx: &mut Tx, _path: &Path) -> Result<Self> {
        Ok(Server)
    }

    /// Everybody who is signed in knows that the server exists, so a refusal is 403.
    fn roles(&self, tx: &mut Tx, who: &Actor) -> Result<Roles> {
        Ok(Roles::OWN | Roles::ADMIN.when(store::is_admin(tx, who.user)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_made_to_the_state_that_was_read() {
        let fresh = |condition, tag, guarded| super::fresh(condition, tag, guarded, |whole| whole == "all-7");
        assert!(fresh(Some("\"a-1\""), Some("a-1"), true).is_ok());
        assert!(fresh(Some("\"x\", \"a-1\""), Some("a-1"), false).is_ok());
        assert!(fresh(Some("\"all-7\""), Some("a-1"), true).is_ok());
        assert!(fresh(Some("*"), Some("a-1"), true).is_ok());
        assert!(fresh(None, Some("a-1"), false).is_ok());
        assert!(matches!(fresh(Some("\"a-0\""), Some("a-1"), false), Err(Error::Stale)));
        assert!(matches!(fresh(Some("\"all-6\""), Some("a-1"), true), Err(Error::Stale)));
        assert!(matches!(fresh(Some("W/\"a-1\""), Some("a-1"), false), Err(Error::Stale)));
        assert!(matches!(fresh(Some("a-1"), Some("a-1"), false), Err(Error::Stale)));
        assert!(matches!(fresh(None, Some("a-1"), true), Err(Error::Unconditional)));
        assert!(fresh(None, None, true).is_ok());
    }
}

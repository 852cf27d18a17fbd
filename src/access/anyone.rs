//! Callers who need not be known: they sign in, or read what everybody may.

use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::gate::{Gate, IDEMPOTENCY_KEY};
use super::once::{Answer, OnceKey, Sent, Shown};
use super::right::once_only;
use super::site::Site;
use crate::base::{Error, Result, secret};
use crate::db::Tx;

/// Anyone. What is done for them checks for itself what they may: a password, a token, a link.
#[derive(Clone)]
pub struct Anyone {
    gate: Gate,
    address: Option<IpAddr>,
    once: Option<String>,
}

impl Anyone {
    /// What stands in `x-permission` for what anyone may do.
    pub const NAME: &'static str = "public";

    /// The gate they came to.
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Changes things, in one transaction.
    pub async fn write<T: Send + 'static>(&self, f: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.gate.db().write(f).await
    }

    /// Reads, in one transaction.
    pub async fn read<T: Send + 'static>(&self, f: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.gate.db().read(f).await
    }

    /// Reads what a link leads to. One that leads nowhere counts against the caller's address.
    pub async fn follow<T: Send + 'static>(&self, f: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.counted(self.read(f).await)
    }

    /// Changes things by a link, in one transaction with `open`, which proves that the link is good. With an `Idempotency-Key` it is
    /// done once however often it is sent; keys are the link's own.
    pub async fn post_by<L, B, P, F, A>(&self, link: &str, sent: Sent<B>, open: P, f: F) -> Result<Answer>
    where
        B: Send + 'static,
        A: Into<Shown>,
        P: FnOnce(&mut Tx) -> Result<L> + Send + 'static,
        F: FnOnce(&mut Tx, &L, B) -> Result<A> + Send + 'static,
    {
        let owner = format!("link:{}", secret::digest(link));
        let Sent { value, print, .. } = sent;
        let key = self.once.as_deref().map(|key| OnceKey::parse(&owner, key)).transpose()?;
        let entered = key.map(|key| self.gate.running().enter(key)).transpose()?;
        let done = self.write(move |tx| {
            let opened = open(tx)?;
            match &entered {
                Some(entered) => once_only(tx, &entered.key, &print, |tx| Ok(f(tx, &opened, value)?.into())),
                None => Ok(f(tx, &opened, value)?.into().answer),
            }
        });
        self.counted(done.await)
    }

    /// Counts a link that led nowhere.
    fn counted<T>(&self, outcome: Result<T>) -> Result<T> {
        let (Err(Error::NotFound), Some(address)) = (&outcome, self.address) else { return outcome };
        match self.gate.meter().missed(address).retry_after {
            Some(seconds) => Err(Error::TooMany(seconds)),
            None => outcome,
        }
    }
}

impl FromRequest for Anyone {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let gate = req.app_data::<Gate>().cloned();
        let address = req.app_data::<Site>().and_then(|site| site.client(req));
        let once = req.headers().get(IDEMPOTENCY_KEY);
        let once = once.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        ready(gate.map(|gate| Anyone { gate, address, once }).ok_or_else(|| Error::internal("the app has no gate")))
    }
}

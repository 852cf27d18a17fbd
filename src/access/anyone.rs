//! Callers who need not be known: they sign in, or read what everybody may.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::gate::Gate;
use crate::base::{Error, Result};
use crate::db::Tx;

/// Anyone. What is done for them checks for itself what they may: a password, a token, a link.
#[derive(Clone)]
pub struct Anyone(Gate);

impl Anyone {
    /// What stands in `x-permission` for what anyone may do.
    pub const NAME: &'static str = "public";

    /// The gate they came to.
    pub fn gate(&self) -> &Gate {
        &self.0
    }

    /// Changes things, in one transaction.
    pub async fn write<T: Send + 'static>(&self, f: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.0.db().write(f).await
    }

    /// Reads, in one transaction.
    pub async fn read<T: Send + 'static>(&self, f: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.0.db().read(f).await
    }
}

impl FromRequest for Anyone {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let gate = req.app_data::<Gate>().cloned();
        ready(gate.map(Anyone).ok_or_else(|| Error::internal("the app has no gate")))
    }
}

//! The language a caller reads, for answers that hold sentences of ours.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::access::Caller;
use crate::base::{Error, Lang};

/// The language a caller reads, from `Accept-Language`.
#[derive(Clone, Copy, Debug)]
pub struct Reader(pub Lang);

impl FromRequest for Reader {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Reader(req.extensions().get::<Caller>().map_or(Lang::En, |caller| caller.lang))))
    }
}

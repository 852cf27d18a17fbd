//! The pages' way in: a cookie with a secret that stands for a session.
//!
//! A browser sends it along with whatever another site makes it send, so it counts on pages alone, which refuse what does
//! not come from themselves. The API never looks at it.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_LANGUAGE;
use chrono::TimeDelta;

use super::Gate;
use crate::access::actor::Actor;
use crate::access::store;
use crate::base::{Instant, Lang, secret};

/// The cookie with the language that a reader chose.
pub const LANG_COOKIE: &str = "signpost-lang";
/// A session in a browser that nobody uses for this long is over.
pub const LASTS_UNUSED: TimeDelta = TimeDelta::days(14);
/// How old the note of its last use becomes before a new one is made: reading writes once a day at most.
const NOTED_EVERY: TimeDelta = TimeDelta::days(1);

/// A session in a browser.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// Whose.
    pub actor: Actor,
    /// When it is over, unless it is used before.
    pub expires_at: Instant,
    /// When its use was noted last.
    pub noted_at: Instant,
}

/// Whether a page is asked for. The path is read as the routes read it, so that no way of writing `/v1` gets by.
pub(super) fn is_page(req: &HttpRequest) -> bool {
    let path = req.match_info().as_str();
    path != "/v1" && !path.starts_with("/v1/")
}

/// The language to answer in: on a page the one that was chosen before, else that of `Accept-Language`.
pub fn lang_of(req: &HttpRequest) -> Lang {
    let chosen = is_page(req).then(|| req.cookie(LANG_COOKIE)).flatten().and_then(|kept| Lang::from_tag(kept.value()));
    let header = req.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    chosen.unwrap_or_else(|| header.map_or(Lang::En, Lang::negotiate))
}

impl Gate {
    /// Whether people reach this server over TLS.
    pub fn is_secure(&self) -> bool {
        self.issuer().starts_with("https://")
    }

    /// The name of the session's cookie. Browsers take `__Host-` with `Secure` alone, and keep no `Secure` cookie of a
    /// plain address, so without TLS (on this machine, to try it out) the cookie has neither.
    pub fn session_cookie(&self) -> &'static str {
        if self.is_secure() { "__Host-signpost" } else { "signpost" }
    }

    /// How a browser's secret is kept: apart from refresh tokens, so that neither can stand for the other.
    pub fn browser_digest(token: &str) -> String {
        secret::digest(&format!("browser:{token}"))
    }

    /// Whose cookie this request carries.
    pub(super) async fn visitor(&self, req: &HttpRequest) -> Option<Actor> {
        let cookie = req.cookie(self.session_cookie())?;
        let digest = Gate::browser_digest(cookie.value());
        let visit = match self.0.browsers.get(&digest) {
            Some(known) => known,
            None => {
                let wanted = digest.clone();
                let found = self.0.db.read(move |tx| store::visit(tx, &wanted)).await.ok()?;
                self.0.browsers.insert(digest.clone(), found);
                found
            }
        }?;
        let now = self.now();
        let ended = visit.actor.session.is_none_or(|session| self.0.ended.has(session));
        if ended || visit.expires_at <= now {
            return None;
        }
        if now.since(visit.noted_at) >= NOTED_EVERY {
            self.note_use(digest).await;
        }
        Some(visit.actor)
    }

    /// Notes that a session is still used. Where that fails the visitor is served all the same, and it is tried again.
    async fn note_use(&self, digest: String) {
        let wanted = digest.clone();
        if let Err(cause) = self.0.db.write(move |tx| store::note_visit(tx, &wanted)).await {
            tracing::warn!(%cause, "the use of a session could not be noted");
        }
        self.0.browsers.invalidate(&digest);
    }
}

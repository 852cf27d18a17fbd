//! Facts of this installation that requests need.

use std::net::IpAddr;

use actix_web::HttpRequest;

/// Facts of this installation.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether `/metrics` is served.
    pub metrics: bool,
}

impl Site {
    /// The address a request came from: the last one that no trusted proxy vouches for.
    pub fn client(&self, req: &HttpRequest) -> Option<IpAddr> {
        let peer = req.peer_addr()?.ip();
        if !self.trusted_proxies.contains(&peer) {
            return Some(peer);
        }
        let forwarded = req.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let hops = forwarded.split(',').rev().filter_map(|hop| hop.trim().parse().ok());
        hops.into_iter().find(|hop| !self.trusted_proxies.contains(hop)).or(Some(peer))
    }
}

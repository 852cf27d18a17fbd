//! Facts of this installation that requests need.

use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::{FromRequest, HttpRequest};

use crate::base::network::{self, Network};
use crate::base::{Error, Result};

/// Facts of this installation.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Whether `/metrics` is served.
    pub metrics: bool,
}

impl Site {
    /// The address a request came from: the last one that no trusted proxy vouches for.
    pub fn client(&self, req: &HttpRequest) -> Option<IpAddr> {
        let peer = req.peer_addr()?.ip();
        // A proxy may add a line of its own below the one that the caller sent.
        let lines = req.headers().get_all("x-forwarded-for").filter_map(|line| line.to_str().ok());
        let forwarded_for = lines.collect::<Vec<_>>().join(",");
        Some(network::client(peer, &forwarded_for, &self.trusted_proxies))
    }
}

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The address.
    pub address: Option<IpAddr>,
    /// The program, as it calls itself.
    pub agent: Option<String>,
}

impl FromRequest for Client {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let agent = req.headers().get(USER_AGENT);
        ready(Ok(Client {
            address: req.app_data::<Site>().and_then(|site| site.client(req)),
            agent: agent.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
        }))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_line_that_the_caller_sent_is_not_taken_for_the_proxy_s() {
        let site = Site { trusted_proxies: Network::parse("10.0.0.0/8").into_iter().collect(), metrics: false };
        let lines = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "198.51.100.7")];
        let request = TestRequest::default().peer_addr(([10, 0, 0, 1], 5000).into());
        let request = lines.into_iter().fold(request, TestRequest::append_header).to_http_request();
        assert_eq!(site.client(&request), Some(IpAddr::from([198, 51, 100, 7])));
    }
}

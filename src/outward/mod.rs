//! Requests that leave: to addresses that somebody else chose, and so only to those that anybody may reach.
//!
//! Whoever opens the socket is handed addresses that were checked, never a name: a name that leads somewhere else a moment later
//! gains nothing. Nothing is followed, nothing is kept open, no proxy is asked.

mod call;
mod target;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

pub use call::{NotReached, Reply};
pub use target::Target;

use crate::base::network::{Network, is_public};
use crate::base::{Error, Result, Sentence, say};

/// The way out for requests. Cheap to clone.
#[derive(Clone)]
pub struct Outward {
    allowed: Arc<[Network]>,
    names: Names,
    tls: Arc<ClientConfig>,
}

/// How the name of a host becomes addresses.
#[derive(Clone, Default)]
pub enum Names {
    /// As this machine knows it.
    #[default]
    System,
    /// By this function, for tests.
    Fixed(Known),
}

/// A function that knows where names lead.
pub type Known = Arc<dyn Fn(&str) -> Vec<IpAddr> + Send + Sync>;

impl Outward {
    /// The way out to the internet, and besides to these networks, with TLS or without.
    pub fn new(allowed: Vec<Network>) -> Result<Outward> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Outward::trusting(allowed, roots)
    }

    fn trusting(allowed: Vec<Network>, roots: RootCertStore) -> Result<Outward> {
        let tls = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(Error::internal)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Outward { allowed: allowed.into(), names: Names::System, tls: Arc::new(tls) })
    }

    /// The same, with names that lead where these say.
    pub fn with_names(self, names: Names) -> Outward {
        Outward { names, ..self }
    }

    /// Refuses a target that could never be reached from here. What its name leads to is looked at when it is called.
    pub fn accept(&self, target: &Target) -> std::result::Result<(), Sentence> {
        if !target.is_https() && self.allowed.is_empty() {
            return Err(say!("The address must begin with https://.", "주소는 https://로 시작해야 합니다."));
        }
        match target.literal() {
            Some(address) if !self.admits(address, target.is_https()) => Err(say!(
                "This address lies in a private network. Whoever runs this server can allow it (SIGNPOST_WEBHOOK_ALLOW_PRIVATE).",
                "사설 네트워크의 주소입니다. 서버 관리자가 허용할 수 있습니다(SIGNPOST_WEBHOOK_ALLOW_PRIVATE)."
            )),
            _ => Ok(()),
        }
    }

    /// Whether an address may be called. What is not encrypted stays within the networks that are named.
    fn admits(&self, address: IpAddr, encrypted: bool) -> bool {
        let is_named = self.allowed.iter().any(|network| network.contains(address));
        is_named || (encrypted && is_public(address))
    }
}

//! Where a request is sent.

use std::net::IpAddr;

use url::{Host, Url};

use crate::base::text::Unfit;
use crate::base::{Sentence, say};
use crate::db::Flat;
use crate::flat_column;

/// The longest address, in characters.
pub const MOST: usize = 2_000;

/// An address to send to: `https://` or `http://`, with a host, without a user and without a fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target(Url);

impl Target {
    /// Reads an address as browsers do: a host that is a number in any notation is the address it stands for.
    pub fn parse(text: &str) -> Result<Target, Unfit> {
        let url = Url::parse(text.trim()).map_err(|_unread| unfit(shape()))?;
        if !matches!(url.scheme(), "https" | "http") || url.host().is_none() || url.as_str().chars().count() > MOST {
            return Err(unfit(shape()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(unfit(say!(
                "Leave out the user and the password: messages are signed instead.",
                "사용자 이름과 비밀번호는 빼세요. 메시지에는 대신 서명이 붙습니다."
            )));
        }
        if url.fragment().is_some() {
            return Err(unfit(say!(
                "Leave out what follows #: it is never sent.",
                "# 뒷부분은 전송되지 않으니 빼세요."
            )));
        }
        Ok(Target(url))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is encrypted.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The host, as `Host` and certificates have it.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(443)
    }

    /// The address, where the host is no name.
    pub fn literal(&self) -> Option<IpAddr> {
        match self.0.host()? {
            Host::Domain(_) => None,
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
        }
    }

    /// The name, where the host is one.
    pub(super) fn name(&self) -> Option<&str> {
        self.0.domain()
    }

    /// What is asked for: path and query.
    pub(super) fn path(&self) -> String {
        let query = self.0.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", self.0.path())
    }

    /// Host and port, as they stand in the header `Host`.
    pub(super) fn authority(&self) -> String {
        match self.0.port() {
            Some(port) => format!("{}:{port}", self.host()),
            None => self.host().to_owned(),
        }
    }
}

impl Flat for Target {
    fn flat(&self) -> &str {
        self.as_str()
    }
    fn lift(text: String) -> Option<Self> {
        Target::parse(&text).ok()
    }
}
flat_column!(Target, TargetShape);

fn unfit(detail: Sentence) -> Unfit {
    Unfit { code: "url.shape", detail }
}

fn shape() -> Sentence {
    say!(
        "Write an address such as https://hooks.example.org/signpost, at most {MOST} characters.",
        "https://hooks.example.org/signpost 같은 주소를 {MOST}자 이내로 적으세요."
    )
}

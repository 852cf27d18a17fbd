//! Ranges of addresses, and who stands behind a proxy.

use std::net::IpAddr;

/// A range of addresses: one address, or a CIDR block such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    /// Reads `192.0.2.1`, `10.0.0.0/8` or `fd00::/8`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Network> {
        let (address, prefix) = match text.trim().split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse().ok()?)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().ok()?;
        let (_, width) = bits(address);
        let prefix = prefix.unwrap_or(width);
        (prefix <= width).then_some(Network { address, prefix })
    }

    /// Whether the address lies in the range. An IPv4 address that came in as IPv6 (`::ffff:10.0.0.1`) counts as IPv4.
    pub fn contains(self, address: IpAddr) -> bool {
        let (ours, width) = bits(self.address);
        let (theirs, their_width) = bits(address.to_canonical());
        let behind_prefix = width.saturating_sub(self.prefix);
        // A shift by the whole width is "every address", which `checked_shr` leaves out for IPv6.
        width == their_width && (ours ^ theirs).checked_shr(behind_prefix).unwrap_or_default() == 0
    }
}

/// The address that a request came from: the peer's, or, where the peer is a proxy that is believed, the last one in
/// `X-Forwarded-For` (all its lines, joined by commas) that is no such proxy. What stands before it anybody can write there.
pub fn client(peer: IpAddr, forwarded_for: &str, believed: &[Network]) -> IpAddr {
    let is_proxy = |address: &IpAddr| believed.iter().any(|network| network.contains(*address));
    let mut client = peer.to_canonical();
    for hop in forwarded_for.rsplit(',') {
        if !is_proxy(&client) {
            break;
        }
        // A proxy that hides the address ("unknown") is as far as we can see.
        let Some(address) = hop_address(hop.trim()) else { break };
        client = address.to_canonical();
    }
    client
}

/// Some proxies write the port too: `192.0.2.1:5000`, `[2001:db8::1]:5000`.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse::<std::net::SocketAddr>().ok().map(|address| address.ip());
    hop.trim_matches(['[', ']']).parse().ok().or_else(with_port)
}

/// The address as a number, and how many bits it has.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap_or(IpAddr::from([0, 0, 0, 0]))
    }

    #[test]
    fn a_range_holds_its_addresses_and_no_others() {
        let cases = [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.4", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("fd00::/8", "fdff::1", true),
            ("fd00::/8", "fe80::1", false),
            ("10.0.0.0/8", "::ffff:10.0.0.1", true),
        ];
        for (range, one, inside) in cases {
            assert_eq!(
                Network::parse(range).map(|range| range.contains(address(one))),
                Some(inside),
                "{one} in {range}"
            );
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for bad in ["", "10.0.0.0/33", "::/129", "10.0.0/8", "proxy.example", "10.0.0.0/-1", "10.0.0.0/"] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_a_believed_proxy_speaks_for_others() {
        let believed: Vec<Network> = ["10.0.0.0/8", "::1"].iter().filter_map(|range| Network::parse(range)).collect();
        let from = |peer: &str, forwarded: &str| client(address(peer), forwarded, &believed).to_string();
        assert_eq!(from("203.0.113.9", "198.51.100.7"), "203.0.113.9");
        assert_eq!(from("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(from("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.2"), "198.51.100.7");
        assert_eq!(from("::1", "[2001:db8::1]:5000"), "2001:db8::1");
        assert_eq!(from("10.0.0.1", "198.51.100.7:5000"), "198.51.100.7");
        assert_eq!(from("10.0.0.1", "198.51.100.7, unknown"), "10.0.0.1");
        assert_eq!(from("10.0.0.1", ""), "10.0.0.1");
        assert_eq!(from("::ffff:10.0.0.1", "198.51.100.7"), "198.51.100.7");
    }
}

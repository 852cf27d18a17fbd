//! Ranges of addresses, which of them anybody can be behind, and who stands behind a proxy.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

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

/// Whether an address belongs to the internet at large: not to this machine, to a private network, to one link, to the services that
/// clouds keep under 169.254.169.254, nor to a range that leads to any of those by another way.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// The special ranges of IANA's registry (RFC 6890), in their order.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10, _, _)
            | (100, 64..=127, _)
            | (127, _, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224.., _, _)
    );
    !special
}

/// Of IPv6, only what is handed out to networks, 2000::/3, without what stands for IPv4 addresses (6to4, Teredo), for protocols and
/// for examples. Translators (64:ff9b::/96), unique local (fc00::/7) and link-local (fe80::/10) addresses lie outside of it.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let special = matches!((first, second), (0x2001, 0..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0..=0x0fff));
    matches!(first, 0x2000..=0x3fff) && !special
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

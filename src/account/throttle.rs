//! How long somebody who failed to sign in waits before the next try: a pure function of count and time.
//!
//! Failures count three times: of an account from one address, of an account from anywhere, and of an address at any
//! account. A stranger who guesses waits ever longer, while the account's owner, who comes from elsewhere, waits at most
//! [`ACCOUNT`]'s 30 seconds, and not at all where they have signed in before. So nobody locks anybody out for good.

use std::net::IpAddr;

use chrono::TimeDelta;

use super::store::throttle as store;
use crate::base::{Email, Error, Instant, Result, secret};
use crate::db::Tx;

/// How waiting grows: not at all for the first tries, then 1 s, 2 s, 4 s and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// So many tries need no waiting.
    pub free: i32,
    /// The longest wait, in seconds.
    pub most: i64,
    /// After so many quiet seconds the failures are forgotten.
    pub forgotten_after: i64,
}

/// An account from one address.
pub const PAIR: Rule = Rule { free: 5, most: 900, forgotten_after: 86_400 };
/// An account from anywhere: against many addresses that guess together.
pub const ACCOUNT: Rule = Rule { free: 10, most: 30, forgotten_after: 3_600 };
/// An address at any account: against one password tried on many. A whole venue may share an address, so it begins late.
pub const ADDRESS: Rule = Rule { free: 50, most: 60, forgotten_after: 900 };

/// Failures so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    /// How many.
    pub failures: i32,
    /// When the last was.
    pub last_at: Instant,
}

impl Rule {
    /// Whole seconds until the next try may be made; 0: now.
    pub fn wait(&self, failed: Failed, now: Instant) -> i64 {
        // A clock that was set back must not make anybody wait longer.
        let quiet = now.since(failed.last_at).max(TimeDelta::zero());
        if failed.failures < self.free || self.forgets(failed, now) {
            return 0;
        }
        let doublings = u32::try_from(failed.failures - self.free).unwrap_or_default();
        let pause = 1_i64.checked_shl(doublings.min(32)).unwrap_or(self.most).min(self.most);
        let left = TimeDelta::seconds(pause) - quiet;
        // Who is told a whole second comes back when it is over, not just before.
        (left.num_milliseconds().max(0) + 999) / 1_000
    }

    /// Whether so old a count is as good as none.
    pub fn forgets(&self, failed: Failed, now: Instant) -> bool {
        now.since(failed.last_at) >= TimeDelta::seconds(self.forgotten_after)
    }
}

/// What a try to sign in counts against.
#[derive(Clone, Debug)]
pub struct Subjects {
    pair: String,
    account: String,
    address: String,
}

impl Subjects {
    /// Kept as digests: the table of failures is no list of who tried to come in from where.
    pub fn of(email: &Email, from: Option<IpAddr>) -> Subjects {
        let (email, network) = (email.folded(), from.map(network).unwrap_or_default());
        let subject = |kind: &str, of: &str| format!("{kind}:{}", secret::digest(of));
        Subjects {
            pair: subject("pair", &format!("{email}\n{network}")),
            account: subject("account", &email),
            address: subject("address", &network),
        }
    }

    /// The account at the address, which is how a session remembers where it was opened from.
    pub fn origin(&self) -> &str {
        &self.pair
    }

    fn each(&self) -> [(&str, Rule); 3] {
        [(&self.pair, PAIR), (&self.account, ACCOUNT), (&self.address, ADDRESS)]
    }
}

/// One IPv6 customer has at least 2^64 addresses (RFC 6177), so they count as one.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}/64", address.to_bits() >> 64),
    }
}

/// Refuses a try that comes too early, with the seconds to wait.
pub fn check(tx: &mut Tx, subjects: &Subjects) -> Result<()> {
    let now = tx.now();
    let known_here = store::has_signed_in_from(tx, subjects.origin())?;
    let mut longest = 0;
    for (subject, rule) in subjects.each() {
        if rule == ACCOUNT && known_here {
            continue;
        }
        let wait = store::failed(tx, subject)?.map_or(0, |failed| rule.wait(failed, now));
        longest = longest.max(wait);
    }
    match u64::try_from(longest) {
        Ok(0) | Err(_) => Ok(()),
        Ok(seconds) => Err(Error::TooMany(seconds)),
    }
}

/// Counts a failure.
pub fn fail(tx: &mut Tx, subjects: &Subjects) -> Result<()> {
    let now = tx.now();
    for (subject, rule) in subjects.each() {
        store::forget(tx, subject, now.plus(TimeDelta::seconds(-rule.forgotten_after)))?;
        store::count(tx, subject)?;
    }
    Ok(())
}

/// A success clears what counts against the account. The address keeps its count: who guesses may have an account too.
pub fn succeed(tx: &mut Tx, subjects: &Subjects) -> Result<()> {
    store::clear(tx, &subjects.pair)?;
    store::clear(tx, &subjects.account)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(rule: Rule, failures: i32, quiet_millis: i64) -> i64 {
        let last_at = Instant::from_micros(1_700_000_000_000_000);
        rule.wait(Failed { failures, last_at }, last_at.plus(TimeDelta::milliseconds(quiet_millis)))
    }

    /// The wait right after that many failures, as the documentation shows it.
    #[test]
    fn t5_the_wait_is_this_table() {
        let table = |rule| (0..=17).map(|failures| after(rule, failures, 0)).collect::<Vec<_>>();
        assert_eq!(table(PAIR), [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        assert_eq!(table(ACCOUNT), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(after(ADDRESS, 49, 0), 0);
        assert_eq!(
            (50..=57).map(|failures| after(ADDRESS, failures, 0)).collect::<Vec<_>>(),
            [1, 2, 4, 8, 16, 32, 60, 60]
        );
        assert_eq!(after(PAIR, i32::MAX, 0), 900);
    }

    #[test]
    fn t5_waiting_passes_and_failures_are_forgotten() {
        assert_eq!(after(PAIR, 8, 0), 8);
        assert_eq!(after(PAIR, 8, 1), 8);
        assert_eq!(after(PAIR, 8, 3_000), 5);
        assert_eq!(after(PAIR, 8, 7_999), 1);
        assert_eq!(after(PAIR, 8, 8_000), 0);
        assert_eq!(after(PAIR, 20, 86_400_000), 0);
        assert_eq!(after(ACCOUNT, 1_000, -3_600_000), 30);
    }

    #[test]
    fn t5_addresses_of_one_customer_count_as_one() {
        let at = |text: &str| network(text.parse().unwrap_or_else(|_| panic!("{text}")));
        assert_eq!(at("2001:db8:1:2::1"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
    }
}

//! How many requests a caller may make in a minute.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use uuid::Uuid;

/// Requests a minute. The defaults stop a loop that ran away; a person or a script that waits for answers never meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// By a signed-in caller, reading.
    pub read: NonZeroU32,
    /// By a signed-in caller, changing things.
    pub write: NonZeroU32,
    /// By an address, not signed in.
    pub anonymous: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        let count = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Limits { read: count(6_000_000), write: count(60_000), anonymous: count(6_000) }
    }
}

/// How many links that lead nowhere an address may try in a minute before it hears that it tries too often. Links hold 256 bits, so
/// nobody guesses one; a try still costs its look-up, as any request does.
const MISSES: u32 = 50;

/// What a request counted against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The policy's name.
    pub policy: &'static str,
    /// Requests a minute it allows.
    pub quota: u32,
    /// How many are left now.
    pub remaining: u32,
    /// When refused: seconds until the next one.
    pub retry_after: Option<u64>,
}

struct Counter<K: Hash + Eq + Clone> {
    policy: &'static str,
    quota: NonZeroU32,
    limiter: RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>,
    clock: DefaultClock,
}

impl<K: Hash + Eq + Clone> Counter<K> {
    fn new(policy: &'static str, quota: NonZeroU32) -> Self {
        let limiter = RateLimiter::dashmap(Quota::per_minute(quota)).with_middleware();
        Counter { policy, quota, limiter, clock: DefaultClock::default() }
    }

    fn count(&self, key: &K) -> Counted {
        let (policy, quota) = (self.policy, self.quota.get());
        match self.limiter.check_key(key) {
            Ok(state) => Counted { policy, quota, remaining: state.remaining_burst_capacity(), retry_after: None },
            Err(not_until) => {
                let wait = not_until.wait_time_from(self.clock.now()).as_secs().saturating_add(1);
                Counted { policy, quota, remaining: 0, retry_after: Some(wait) }
            }
        }
    }
}

/// Counts requests by user, and by address for those who are not signed in.
#[derive(Clone)]
pub struct Meter(Arc<Counters>);

struct Counters {
    read: Counter<Uuid>,
    write: Counter<Uuid>,
    anonymous: Counter<IpAddr>,
    missed: Counter<IpAddr>,
}

impl Meter {
    /// Starts counting.
    pub fn new(limits: Limits) -> Meter {
        Meter(Arc::new(Counters {
            read: Counter::new("read", limits.read),
            write: Counter::new("write", limits.write),
            anonymous: Counter::new("anonymous", limits.anonymous),
            missed: Counter::new("missed", NonZeroU32::new(MISSES).unwrap_or(NonZeroU32::MIN)),
        }))
    }

    /// Counts one request of a user.
    pub fn user(&self, user: Uuid, changes: bool) -> Counted {
        if changes { self.0.write.count(&user) } else { self.0.read.count(&user) }
    }

    /// Counts one request of an address.
    pub fn address(&self, address: IpAddr) -> Counted {
        self.0.anonymous.count(&address)
    }

    /// Counts a link that led nowhere. Only these count, so that nobody keeps others at their address from links that are good.
    pub fn missed(&self, address: IpAddr) -> Counted {
        self.0.missed.count(&address)
    }

    /// Forgets callers who have been quiet for as long as it takes to be like new.
    pub fn tidy(&self) {
        self.0.read.limiter.retain_recent();
        self.0.write.limiter.retain_recent();
        self.0.anonymous.limiter.retain_recent();
        self.0.missed.limiter.retain_recent();
    }
}

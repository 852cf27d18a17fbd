//! How long first answers usually take. The directory knows of no questions; who does tells it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;

use crate::consortium::Holder;

/// Who answers: a holder, none being the organizers; where it is a team's mentors with the team.
pub type Desk = (Option<Holder>, Option<Uuid>);

/// The desk at which this holder answers a team.
pub fn desk(holder: Option<Holder>, team: Option<Uuid>) -> Desk {
    (holder, team.filter(|_| holder == Some(Holder::TeamMentor)))
}

/// How long each desk usually takes for a first answer. It never changes; what was learnt since is another one.
#[derive(Debug, Default)]
pub struct Usual {
    version: u64,
    seconds: HashMap<Desk, i64>,
}

impl Usual {
    /// Of these desks, in seconds.
    pub fn new(seconds: HashMap<Desk, i64>) -> Usual {
        static VERSIONS: AtomicU64 = AtomicU64::new(1);
        Usual { version: VERSIONS.fetch_add(1, Ordering::Relaxed), seconds }
    }

    /// Tells it from every other one, of whatever hackathon; 0 where nothing is known.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The seconds of every desk that is known.
    pub fn seconds(&self) -> &HashMap<Desk, i64> {
        &self.seconds
    }

    /// The seconds that a holder usually takes for this team; none while there are too few answers to tell.
    pub fn of(&self, holder: Option<Holder>, team: Option<Uuid>) -> Option<i64> {
        self.seconds.get(&desk(holder, team)).copied()
    }
}

//! Sessions that have ended. Access tokens live for minutes, so only what ended within that time needs to be known,
//! and a request is checked without a look into the database.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use uuid::Uuid;

use super::actor::SessionId;
use crate::base::Instant;

/// The sessions that ended lately.
#[derive(Clone, Default)]
pub struct Ended(Arc<RwLock<HashMap<Uuid, Instant>>>);

impl Ended {
    /// Remembers that a session ended.
    pub fn remember(&self, session: Uuid, at: Instant) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(session, at);
    }

    /// Forgets those that ended before a time: their tokens have expired.
    pub fn forget_before(&self, at: Instant) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).retain(|_, ended| *ended >= at);
    }

    /// Whether this session has ended.
    pub fn has(&self, session: SessionId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains_key(&session.uuid())
    }
}

//! How submissions are taken: until when.

use chrono_tz::Tz;
use serde::Serialize;

use super::change::{Kind, Note};
use super::store;
use crate::access::{Actor, Path, Resource, Roles, UserId};
use crate::base::{Error, Instant, Result, say};
use crate::db::Tx;
use crate::hackathon::{Hackathon, Zone};

/// The judging of a hackathon as it is set up.
#[derive(Clone, Debug)]
pub struct Judging {
    /// The hackathon.
    pub hackathon: Hackathon,
    /// Until when teams hand in; none: no end was named.
    pub due_at: Option<Instant>,
    /// Grows with every change; 0 where nothing was said yet.
    pub version: i64,
}

impl Resource for Judging {
    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        let hackathon = Hackathon::find(tx, path)?;
        Judging::of(tx, hackathon)
    }

    fn roles(&self, tx: &mut Tx, who: &Actor) -> Result<Roles> {
        self.hackathon.roles(tx, who)
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.hackathon.id, self.version))
    }

    fn ended(&self) -> bool {
        self.hackathon.ended()
    }
}

impl Judging {
    /// The judging of this hackathon.
    pub fn of(tx: &mut Tx, hackathon: Hackathon) -> Result<Judging> {
        let (due_at, version) = store::settings::find(tx, hackathon.id)?.unwrap_or((None, 0));
        Ok(Judging { hackathon, due_at, version })
    }

    /// Whether teams are too late.
    pub fn is_over(&self, now: Instant) -> bool {
        self.due_at.is_some_and(|due| due <= now)
    }
}

/// Says until when teams hand in.
pub fn set(tx: &mut Tx, on: &Judging, by: UserId, due_at: Option<Instant>) -> Result<Judging> {
    let here = on.hackathon.id;
    store::settings::lock(tx, here)?;
    let now = Judging::of(tx, on.hackathon.clone())?;
    if now.version != on.version {
        return Err(Error::Stale);
    }
    let note = Note { here, by, kind: Kind::Judging, thing: here.uuid() };
    let told = |due: Option<Instant>| serde_json::json!({"submissions_due_at": due});
    note.changed(tx, &told(now.due_at), &told(due_at))?;
    store::settings::set_due(tx, here, due_at)?;
    Judging::of(tx, on.hackathon.clone())
}

/// A moment by which something has to be done, on the clocks of both sides: teams and judges live in several zones, and a time
/// without its zone has been missed before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The moment.
    pub at: Instant,
    /// The zone of the hackathon.
    pub timezone: Zone,
    /// The time on its clocks, with its offset.
    pub local: String,
    /// The zone of the reader.
    pub reader_timezone: Zone,
    /// The time on theirs.
    pub reader_local: String,
}

impl Deadline {
    /// The deadline as somebody in the zone of `reader` reads it.
    pub fn of(at: Instant, here: Zone, reader: Zone) -> Deadline {
        let local = |zone: Tz| at.utc().with_timezone(&zone).to_rfc3339();
        Deadline { at, timezone: here, local: local(here.0), reader_timezone: reader, reader_local: local(reader.0) }
    }
}

/// The refusal of a team that is too late.
pub fn too_late() -> Error {
    Error::Conflict(say!(
        "The time to hand in is over. Ask an organizer if something has to be changed.",
        "제출 기한이 지났습니다. 고칠 것이 있으면 운영진에게 문의하세요."
    ))
}

//! Shifts: duty beyond the weekly hours, and overrides that take their place.

use super::{Channel, store};
use crate::access::Item;
use crate::base::{Error, Fault, Id, Instant, Key, Result, say};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// A shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Its id.
    pub id: Id<Shift>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// What is said of it.
    pub facts: Facts,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What is said of a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Who is on duty.
    pub owner: Holder,
    /// The one channel it is about, whoever owns it; none: all of the owner's.
    pub channel: Option<Id<Channel>>,
    /// Its first moment.
    pub starts_at: Instant,
    /// The first moment after it.
    pub ends_at: Instant,
    /// Whether it takes the place of the weekly hours and of shifts in its time: an override.
    pub replaces: bool,
    /// Whether anybody is on duty in it; only an override may say no.
    pub on_duty: bool,
}

impl Facts {
    /// Every fault at once.
    pub fn check(&self) -> Result<()> {
        let order = (self.ends_at <= self.starts_at).then(|| {
            let detail = say!(
                "A shift ends after it begins. Write a later time.",
                "근무는 시작보다 뒤에 끝나야 합니다. 더 늦은 시각을 적으세요."
            );
            Fault::new("/ends_at", "shift.order", detail)
        });
        let absent = (!self.on_duty && !self.replaces).then(|| {
            let detail = say!(
                "To be absent takes the place of the weekly hours: add \"replaces\": true.",
                "자리를 비우려면 주간 시간을 대신해야 합니다. \"replaces\": true를 추가하세요."
            );
            Fault::new("/on_duty", "shift.absent", detail)
        });
        let faults: Vec<Fault> = order.into_iter().chain(absent).collect();
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

impl Item<Hackathon> for Shift {
    const PARAM: &'static str = "shift";
    const GUARDED: bool = true;

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::shift::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// Makes a shift.
pub fn add(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<Shift> {
    facts.check()?;
    store::shift::insert(tx, hackathon, facts)
}

/// Changes what is said of a shift.
pub fn change(tx: &mut Tx, shift: &Shift, facts: &Facts) -> Result<Shift> {
    facts.check()?;
    store::shift::update(tx, shift, facts)
}

/// The channel of that id or slug, which a shift is about.
pub fn about(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str) -> Result<Id<Channel>> {
    let found = Key::parse(key).map(|key| store::channel::find(tx, hackathon, &key)).transpose()?.flatten();
    found.map(|channel| channel.id).ok_or_else(|| {
        let detail = say!("There is no such channel in this hackathon.", "이 해커톤에 없는 채널입니다.");
        Error::invalid("/channel", "channel.unknown", detail)
    })
}

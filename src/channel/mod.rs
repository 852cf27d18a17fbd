//! Where a holder is reached, and when: channels with weekly hours, and the shifts that depart from them.

pub mod address;
pub mod duty;
pub mod shift;
pub mod store;

use crate::access::Item;
use crate::base::{Error, Id, Instant, Key, Localized, Result, Slug, Text, say};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::duty::Hours;
use crate::hackathon::{Hackathon, Zone};
use crate::words;

pub use duty::{Reach, reaches, working};
pub use shift::Shift;

words! {
    /// What a channel is.
    ChannelKind / ChannelKindShape {
        /// A room to write in.
        Chat = "chat",
        /// A mailbox.
        Email = "email",
        /// A meeting that one joins.
        Meeting = "meeting",
        /// A telephone.
        Phone = "phone",
        /// A page, such as a form or a tracker.
        Url = "url",
        /// A place to go to.
        InPerson = "in_person",
    }
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: Id<Channel>,
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

/// What is said of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its short name, one in the hackathon.
    pub slug: Slug,
    /// What it is called, where its kind does not say enough.
    pub name: Option<Localized>,
    /// Who is reached by it.
    pub owner: Holder,
    /// What it is.
    pub kind: ChannelKind,
    /// Where; checked against the kind.
    pub address: Text,
    /// The zone of its hours, where it is not the event's.
    pub timezone: Option<Zone>,
    /// Weekly hours in which somebody answers; none: nobody has said when.
    pub hours: Vec<Hours>,
}

/// The most lines of weekly hours; all of a week can be said in far fewer.
pub const HOURS_MOST: usize = 50;

impl Facts {
    /// The address must fit the kind.
    pub fn check(&self) -> Result<()> {
        if self.hours.len() > HOURS_MOST {
            let detail =
                say!("Give at most {HOURS_MOST} lines of hours.", "시간은 {HOURS_MOST}줄까지 적을 수 있습니다.");
            return Err(Error::invalid("/hours", "hours.many", detail));
        }
        address::check(self.kind, self.address.as_str())
            .map_err(|unfit| Error::invalid("/address", unfit.code, unfit.detail))
    }
}

impl Channel {
    /// Whether its address is a person's own email address or telephone number, which not everybody is shown.
    pub fn is_personal(&self) -> bool {
        matches!(self.facts.owner, Holder::Member(_))
            && matches!(self.facts.kind, ChannelKind::Email | ChannelKind::Phone)
    }
}

impl Item<Hackathon> for Channel {
    const PARAM: &'static str = "channel";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::channel::find(tx, parent.id, key)
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// Makes a channel.
pub fn add(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<Channel> {
    facts.check()?;
    store::channel::insert(tx, hackathon, facts)
}

/// Changes what is said of a channel.
pub fn change(tx: &mut Tx, channel: &Channel, facts: &Facts) -> Result<Channel> {
    facts.check()?;
    store::channel::update(tx, channel, facts)
}

/// Removes a channel, and with it the shifts that are about it alone.
pub fn remove(tx: &mut Tx, channel: &Channel) -> Result<()> {
    store::shift::delete_of(tx, channel.id)?;
    store::channel::delete(tx, channel.id)
}

/// Removes every channel and every shift of a holder who goes.
pub fn let_go(tx: &mut Tx, hackathon: Id<Hackathon>, holder: Holder) -> Result<()> {
    for channel in store::channel::all(tx, hackathon)?.iter().filter(|channel| channel.facts.owner == holder) {
        remove(tx, channel)?;
    }
    store::shift::delete_by(tx, hackathon, holder)
}

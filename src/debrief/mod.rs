//! A debrief: what somebody learnt, about themselves, a team or a profession. It is its author's own until they share it.

pub mod store;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::access::{Actor, Item, Roles, UserId};
use crate::base::{Error, Fault, Id, Instant, Key, Name, Result, Text, say};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::team::Team;

/// The most themes of a debrief.
pub const THEMES_MOST: usize = 20;
/// The most occasions at which a debrief was presented.
pub const PRESENTED_MOST: usize = 50;

/// What a debrief is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A person.
    Member(Id<Member>),
    /// A team.
    Team(Id<Team>),
    /// People of a profession.
    Profession(Name),
}

/// The three columns in which it lies. Exactly one is set; the tables check it.
pub type AboutColumns = (Option<Id<Member>>, Option<Id<Team>>, Option<Name>);

impl About {
    /// As columns.
    pub fn columns(&self) -> AboutColumns {
        match self {
            About::Member(id) => (Some(*id), None, None),
            About::Team(id) => (None, Some(*id), None),
            About::Profession(name) => (None, None, Some(name.clone())),
        }
    }

    /// From columns; `None` for a row that the tables' checks would have refused.
    pub fn from_columns(columns: AboutColumns) -> Option<About> {
        match columns {
            (Some(id), None, None) => Some(About::Member(id)),
            (None, Some(id), None) => Some(About::Team(id)),
            (None, None, Some(name)) => Some(About::Profession(name)),
            _ => None,
        }
    }
}

/// Where a debrief was presented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presented {
    /// At what.
    pub occasion: Name,
    /// On which day.
    pub on: NaiveDate,
}

/// What a debrief says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What was learnt.
    pub body: Text,
    /// In a few words each, by which debriefs are found.
    pub themes: Vec<Name>,
    /// Where it was presented.
    pub presented: Vec<Presented>,
}

impl Facts {
    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        if self.themes.len() > THEMES_MOST {
            let detail = say!("Give at most {THEMES_MOST} themes.", "주제어는 {THEMES_MOST}개까지 적으세요.");
            faults.push(Fault::new("/themes", "themes.many", detail));
        }
        if self.presented.len() > PRESENTED_MOST {
            let detail = say!("Give at most {PRESENTED_MOST} occasions.", "발표는 {PRESENTED_MOST}건까지 적으세요.");
            faults.push(Fault::new("/presented", "presented.many", detail));
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

/// A debrief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debrief {
    /// Its id.
    pub id: Id<Debrief>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Who wrote it.
    pub author: Id<Member>,
    /// Their user.
    pub user: UserId,
    /// Their name.
    pub display_name: Name,
    /// What it is about.
    pub about: About,
    /// What it says.
    pub facts: Facts,
    /// Since when others read it; none: it is the author's own.
    pub shared_at: Option<Instant>,
    /// Grows with every change.
    pub version: i64,
    /// When it was written.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Item<Hackathon> for Debrief {
    const PARAM: &'static str = "debrief";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    /// Until it is shared nobody else knows of it, organizers neither.
    fn roles_in(&self, _tx: &mut Tx, _parent: &Hackathon, who: &Actor, of_parent: Roles) -> Result<Roles> {
        let own = self.user == who.user;
        Ok((of_parent | Roles::OWN.when(own)).when(own || self.shared_at.is_some()))
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// Writes a debrief. People write about themselves, about teams they build in or mentor, and about their own profession;
/// organizers about anything.
pub fn write(
    tx: &mut Tx,
    author: &Member,
    roles: Roles,
    about: &About,
    facts: &Facts,
    shared: bool,
) -> Result<Debrief> {
    facts.check()?;
    let theirs = match about {
        About::Member(id) => *id == author.id,
        About::Team(id) => {
            let teams = crate::team::store::roster::teams_of(tx, author.id)?;
            teams.own.contains(id) || teams.mentored.contains(id)
        }
        About::Profession(name) => author.profession.as_ref() == Some(name),
    };
    if !theirs && !roles.meet(Roles::ORGANIZER) {
        return Err(Error::invalid(
            "/about",
            "about.foreign",
            say!(
                "Write about yourself, your own team or your own profession.",
                "본인, 본인의 팀, 본인의 직군에 대해서만 적을 수 있습니다."
            ),
        ));
    }
    let shared_at = Some(tx.now()).filter(|_| shared);
    store::insert(tx, author, about, facts, shared_at)
}

/// Changes a debrief; `share` lets others read it, which is not taken back: what was read was read.
pub fn change(tx: &mut Tx, of: &Debrief, facts: &Facts, share: bool) -> Result<Debrief> {
    facts.check()?;
    let shared_at = of.shared_at.or(Some(tx.now()).filter(|_| share));
    store::update(tx, of, facts, shared_at)
}

//! A check-in: what a team reports of a sprint. A team gives one for each sprint and may change it until the sprint is closed;
//! the figures of every change are kept.

mod give;
pub mod store;

use crate::access::{Actor, Item, Roles, Within};
use crate::base::{Error, Fault, Id, Instant, Key, Result, Text, say};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::question::Question;
use crate::sprint::Sprint;
use crate::team::{self, Team};

pub use give::{Given, Revision, give, revise};

/// The most things that a check-in names as standing in the way.
pub const BLOCKERS_MOST: usize = 20;

/// A check-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckIn {
    /// Its id.
    pub id: Id<CheckIn>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Of which sprint.
    pub sprint: Id<Sprint>,
    /// Of which team.
    pub team: Id<Team>,
    /// What it says.
    pub facts: Facts,
    /// Who said so last.
    pub by: Id<Member>,
    /// Grows with every change.
    pub version: i64,
    /// When it was given.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What a check-in says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// How much of what the sprint was to bring is done, 0 to 100.
    pub progress_percent: i32,
    /// What the team spent in the sprint, in minutes.
    pub spent_minutes: i32,
    /// How sure the team is to get there, 1 to 5.
    pub confidence: i32,
    /// What was done, in Markdown.
    pub summary: Text,
    /// What stands in the way.
    pub blockers: Vec<Blocker>,
}

/// Something that stands in a team's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocker {
    /// In words.
    pub text: Text,
    /// The question whose answer would clear it.
    pub question: Option<Id<Question>>,
}

impl Facts {
    /// Every figure that is out of its range.
    pub fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut within = |pointer: &str, value: i32, from: i32, until: i32| {
            if !(from..=until).contains(&value) {
                let detail = say!("Give a number from {from} to {until}.", "{from}부터 {until} 사이의 수로 적으세요.");
                faults.push(Fault::new(pointer, "number.range", detail));
            }
        };
        within("/progress_percent", self.progress_percent, 0, 100);
        within("/confidence", self.confidence, 1, 5);
        if self.blockers.len() > BLOCKERS_MOST {
            let detail = say!("Name at most {BLOCKERS_MOST}.", "{BLOCKERS_MOST}개까지 적으세요.");
            faults.push(Fault::new("/blockers", "list.long", detail));
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

impl CheckIn {
    /// Whether it was given after the last day of its sprint.
    pub fn is_late(&self, here: &Hackathon, sprint: &Sprint) -> bool {
        here.date(self.created_at) > sprint.ends_on
    }
}

/// A check-in is reached within its sprint.
pub type Here = Within<Hackathon, Sprint>;

impl Item<Here> for CheckIn {
    const PARAM: &'static str = "check_in";

    fn find_in(tx: &mut Tx, parent: &Here, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::by_id(tx, parent.item.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn roles_in(&self, tx: &mut Tx, parent: &Here, who: &Actor, of_parent: Roles) -> Result<Roles> {
        let team = team::store::find(tx, parent.parent.id, &Key::Id(self.team.uuid()))?.ok_or(Error::NotFound)?;
        Ok(team.roles_to_own(who, of_parent))
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

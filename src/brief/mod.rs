//! The brief: what the sponsor wants. Every change is a new version, so that it can be told who has read which.

pub mod acknowledgement;
pub mod difference;
pub mod store;

use diesel::Queryable;
use serde::{Deserialize, Serialize};

use crate::access::{Actor, Path, Resource, Roles, UserId};
use crate::base::{Error, Fault, Id, Instant, Localized, Result, say};
use crate::db::{Json, Tx};
use crate::hackathon::{self, Hackathon};
use crate::words;

pub use acknowledgement::Acknowledgement;

words! {
    /// How far the result is meant to go.
    Ambition / AmbitionShape {
        /// Find out what there is.
        Exploration = "exploration",
        /// Show that it can work.
        Poc = "poc",
        /// Try it with real users.
        Pilot = "pilot",
        /// Build and run it.
        Production = "production",
    }
}

/// The most criteria in a brief.
pub const CRITERIA_MOST: usize = 50;
/// The highest weight of a criterion.
pub const WEIGHT_MOST: i64 = 100;

/// What solutions are judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// What it is called.
    pub name: Localized,
    /// How much it counts beside the others, 1 to [`WEIGHT_MOST`].
    pub weight: i64,
}

/// What the sponsor wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// How far the result is meant to go.
    pub ambition: Ambition,
    /// What it is about.
    pub summary: Option<Localized>,
    /// How it came about.
    pub background: Option<Localized>,
    /// How large it has to be thought.
    pub scalability: Option<Localized>,
    /// What solutions are judged by.
    pub criteria: Vec<Criterion>,
}

impl Wish {
    /// The fields in which the two differ.
    pub fn changed(&self, before: &Wish) -> Vec<&'static str> {
        let fields = [
            ("ambition", self.ambition != before.ambition),
            ("summary", self.summary != before.summary),
            ("background", self.background != before.background),
            ("scalability", self.scalability != before.scalability),
            ("criteria", self.criteria != before.criteria),
        ];
        fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
    }

    /// Every fault in the criteria.
    pub fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        if self.criteria.len() > CRITERIA_MOST {
            let detail = say!("Give at most {CRITERIA_MOST} criteria.", "평가 기준은 {CRITERIA_MOST}개까지 적으세요.");
            faults.push(Fault::new("/criteria", "criteria.many", detail));
        }
        for (at, criterion) in self.criteria.iter().enumerate() {
            if !(1..=WEIGHT_MOST).contains(&criterion.weight) {
                let detail = say!(
                    "Give a whole weight from 1 to {WEIGHT_MOST}.",
                    "비중은 1부터 {WEIGHT_MOST}까지의 정수로 적으세요."
                );
                faults.push(Fault::new(format!("/criteria/{at}/weight"), "number.range", detail));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

/// One version of the brief.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Brief {
    /// Its id.
    pub id: Id<Brief>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Its version, from 1 without gaps.
    pub number: i32,
    ambition: Ambition,
    summary: Option<Localized>,
    background: Option<Localized>,
    scalability: Option<Localized>,
    criteria: Json<Vec<Criterion>>,
    /// Who wrote it.
    pub written_by: Option<UserId>,
    /// When it was written.
    pub created_at: Instant,
}

impl Brief {
    /// What it says.
    pub fn wish(&self) -> Wish {
        let Brief { ambition, summary, background, scalability, criteria, .. } = self.clone();
        Wish { ambition, summary, background, scalability, criteria: criteria.0 }
    }

    /// What stands in `ETag`.
    pub fn tag(&self) -> String {
        self.number.to_string()
    }
}

/// The brief of a hackathon as it stands: its last version, if one was written.
#[derive(Clone, Debug)]
pub struct Latest {
    /// The hackathon.
    pub hackathon: Hackathon,
    /// The last version.
    pub brief: Option<Brief>,
}

impl Resource for Latest {
    const GUARDED: bool = true;

    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        let hackathon = Hackathon::find(tx, path)?;
        let brief = store::latest(tx, hackathon.id)?;
        Ok(Latest { hackathon, brief })
    }

    fn roles(&self, tx: &mut Tx, who: &Actor) -> Result<Roles> {
        self.hackathon.roles(tx, who)
    }

    fn tag(&self) -> Option<String> {
        self.brief.as_ref().map(Brief::tag)
    }

    fn ended(&self) -> bool {
        self.hackathon.ended()
    }
}

/// Writes the next version on top of the one that was read; whoever says the same as before makes no new one.
pub fn write(tx: &mut Tx, on: &Latest, by: UserId, wish: &Wish) -> Result<Brief> {
    wish.check()?;
    hackathon::touch(tx, on.hackathon.id)?;
    let now = store::latest(tx, on.hackathon.id)?;
    if now.as_ref().map(|brief| brief.number) != on.brief.as_ref().map(|brief| brief.number) {
        return Err(Error::Stale);
    }
    match now {
        Some(brief) if brief.wish() == *wish => Ok(brief),
        now => {
            let number = now.map_or(0, |brief| brief.number).saturating_add(1);
            store::insert(tx, on.hackathon.id, number, Some(by), wish)
        }
    }
}

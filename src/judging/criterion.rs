//! A criterion: what submissions are judged by, and how much it counts.

use diesel::Queryable;
use serde::Serialize;

use super::change::{Kind, Note};
use super::store;
use crate::access::{Item, UserId};
use crate::base::{Error, Id, Instant, Key, Localized, Result, say};
use crate::brief::{self, CRITERIA_MOST, WEIGHT_MOST};
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// A criterion.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Serialize)]
pub struct Criterion {
    /// Its id.
    pub id: Id<Criterion>,
    /// The hackathon.
    #[serde(skip)]
    pub hackathon: Id<Hackathon>,
    /// What it is called.
    pub name: Localized,
    /// How much it counts beside the others, 1 to [`WEIGHT_MOST`].
    pub weight: i32,
    /// Where it stands among them, from 1.
    pub position: i32,
    /// Grows with every change.
    #[serde(skip)]
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What a criterion says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// What it is called.
    pub name: Localized,
    /// How much it counts.
    pub weight: i32,
}

impl Criterion {
    /// Its facts, as a base for changing them.
    pub fn facts(&self) -> Facts {
        Facts { name: self.name.clone(), weight: self.weight }
    }

    fn note(&self, by: UserId) -> Note {
        Note { here: self.hackathon, by, kind: Kind::Criterion, thing: self.id.uuid() }
    }
}

impl Facts {
    fn check(&self) -> Result<()> {
        if (1..=WEIGHT_MOST).contains(&i64::from(self.weight)) {
            return Ok(());
        }
        let detail =
            say!("Give a whole weight from 1 to {WEIGHT_MOST}.", "비중은 1부터 {WEIGHT_MOST}까지의 정수로 적으세요.");
        Err(Error::invalid("/weight", "number.range", detail))
    }
}

impl Item<Hackathon> for Criterion {
    const PARAM: &'static str = "criterion";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::criterion::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// What was sealed was sealed by these criteria.
fn still_open(tx: &mut Tx, here: Id<Hackathon>) -> Result<()> {
    store::settings::lock(tx, here)?;
    if !store::score::any_sealed(tx, here)? {
        return Ok(());
    }
    Err(Error::Conflict(say!(
        "A judge has sealed a score, so the criteria do not change any more.",
        "심사위원이 점수를 확정했으므로 평가 기준은 더 이상 바꿀 수 없습니다."
    )))
}

/// Makes a criterion, the last in order.
pub fn add(tx: &mut Tx, here: Id<Hackathon>, by: UserId, facts: &Facts) -> Result<Criterion> {
    facts.check()?;
    still_open(tx, here)?;
    let all = store::criterion::all(tx, here)?;
    if all.len() >= CRITERIA_MOST {
        return Err(Error::Conflict(say!(
            "There are {CRITERIA_MOST} criteria already; there may be no more.",
            "평가 기준은 {CRITERIA_MOST}개까지 둘 수 있습니다."
        )));
    }
    let position = all.last().map_or(0, |last| last.position).saturating_add(1);
    let made = store::criterion::insert(tx, here, facts, position)?;
    made.note(by).made(tx, facts)?;
    Ok(made)
}

/// Takes the criteria of the brief over as it stands, without those that are there under the same name. Gives all of them.
pub fn from_brief(tx: &mut Tx, here: Id<Hackathon>, by: UserId) -> Result<Vec<Criterion>> {
    still_open(tx, here)?;
    let Some(brief) = brief::store::latest(tx, here)? else {
        return Err(Error::Conflict(say!("There is no brief yet.", "아직 브리프가 없습니다.")));
    };
    let known = store::criterion::all(tx, here)?;
    for wished in brief.wish().criteria {
        if known.iter().all(|criterion| criterion.name != wished.name) {
            let weight = i32::try_from(wished.weight).map_err(Error::internal)?;
            add(tx, here, by, &Facts { name: wished.name, weight })?;
        }
    }
    store::criterion::all(tx, here)
}

/// Changes a criterion.
pub fn change(tx: &mut Tx, of: &Criterion, by: UserId, facts: &Facts) -> Result<Criterion> {
    facts.check()?;
    still_open(tx, of.hackathon)?;
    of.note(by).changed(tx, &of.facts(), facts)?;
    store::criterion::update(tx, of, facts)
}

/// Removes a criterion.
pub fn remove(tx: &mut Tx, of: &Criterion, by: UserId) -> Result<()> {
    still_open(tx, of.hackathon)?;
    of.note(by).removed(tx, &of.facts())?;
    store::criterion::delete(tx, of)
}

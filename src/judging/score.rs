//! A score: what one judge says of one submission. Drafted, then sealed.

use serde::{Deserialize, Serialize};

use super::change::{Kind, Note};
use super::{Criterion, POINTS_MOST, Submission, conflict, store};
use crate::access::{Actor, Item, Roles, UserId};
use crate::base::{Error, Fault, Id, Instant, Key, Name, Result, Text, say};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// Points for a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The criterion.
    pub criterion: Id<Criterion>,
    /// From 0 to [`POINTS_MOST`].
    pub points: i32,
}

/// A score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Its id.
    pub id: Id<Score>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// What it is about.
    pub submission: Id<Submission>,
    /// Whose it is.
    pub judge: Id<Member>,
    /// Their user.
    pub user: UserId,
    /// Their name.
    pub display_name: Name,
    /// What it says.
    pub draft: Draft,
    /// When it was sealed; none: it is a draft.
    pub sealed_at: Option<Instant>,
    /// Grows with every change.
    pub version: i64,
    /// When it was begun.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What a score says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// Points by criterion, in the order of the criteria; a draft may lack some.
    pub points: Vec<Point>,
    /// In words.
    pub comment: Option<Text>,
}

impl Draft {
    fn check(&self, criteria: &[Criterion]) -> Result<()> {
        let mut faults = Vec::new();
        for (at, Point { criterion, points }) in self.points.iter().enumerate() {
            if criteria.iter().all(|known| known.id != *criterion) {
                let detail = say!("There is no such criterion in this hackathon.", "이 해커톤에 없는 평가 기준입니다.");
                faults.push(Fault::new(format!("/points/{at}/criterion"), "criterion.unknown", detail));
            }
            if self.points.iter().take(at).any(|before| before.criterion == *criterion) {
                let detail = say!("This criterion stands twice.", "같은 평가 기준이 두 번 나옵니다.");
                faults.push(Fault::new(format!("/points/{at}/criterion"), "criterion.twice", detail));
            }
            if !(0..=POINTS_MOST).contains(points) {
                let detail = say!(
                    "Give whole points from 0 to {POINTS_MOST}.",
                    "점수는 0부터 {POINTS_MOST}까지의 정수로 적으세요."
                );
                faults.push(Fault::new(format!("/points/{at}/points"), "number.range", detail));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

impl Score {
    fn note(&self, by: UserId) -> Note {
        Note { here: self.hackathon, by, kind: Kind::Score, thing: self.id.uuid() }
    }

    /// Whether somebody with these roles reads it: the judge whose it is; once it is sealed organizers, and judges who have sealed
    /// their own for the same submission. `sealed` are the submissions that the reader has sealed a score for.
    pub fn is_read_by(&self, user: UserId, roles: Roles, sealed: &[Id<Submission>]) -> bool {
        if self.user == user {
            return roles.meet(Roles::JUDGE);
        }
        let peer = roles.meet(Roles::JUDGE) && sealed.contains(&self.submission);
        self.sealed_at.is_some() && (roles.meet(Roles::ORGANIZER) || peer)
    }
}

impl Item<Hackathon> for Score {
    const PARAM: &'static str = "score";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::score::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn roles_in(&self, tx: &mut Tx, parent: &Hackathon, who: &Actor, of_parent: Roles) -> Result<Roles> {
        let sealed = store::score::sealed_by(tx, parent.id, who.user)?;
        let own = Roles::OWN.when(self.user == who.user);
        Ok((of_parent | own).when(self.is_read_by(who.user, of_parent, &sealed)))
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// Begins a score.
pub fn draft(tx: &mut Tx, judge: &Member, submission: &Submission, draft: &Draft) -> Result<Score> {
    let here = judge.hackathon;
    store::settings::lock(tx, here)?;
    conflict::refuse(tx, here, judge.id, submission.team)?;
    draft.check(&store::criterion::all(tx, here)?)?;
    let made = store::score::insert(tx, judge, submission.id, draft)?;
    made.note(judge.user).made(tx, draft)?;
    Ok(made)
}

/// Changes a draft.
pub fn redraft(tx: &mut Tx, of: &Score, draft: &Draft) -> Result<Score> {
    still_draft(tx, of)?;
    still_judges(tx, of)?;
    draft.check(&store::criterion::all(tx, of.hackathon)?)?;
    of.note(of.user).changed(tx, &of.draft, draft)?;
    store::score::update(tx, of, draft)
}

/// Drops a draft: also when a conflict of interest became known, for who must not judge says nothing by that.
pub fn drop_draft(tx: &mut Tx, of: &Score) -> Result<()> {
    still_draft(tx, of)?;
    of.note(of.user).removed(tx, &of.draft)?;
    store::score::delete(tx, of)
}

/// Seals a score that has points for every criterion: it does not change any more.
pub fn seal(tx: &mut Tx, of: &Score) -> Result<Score> {
    still_draft(tx, of)?;
    still_judges(tx, of)?;
    let criteria = store::criterion::all(tx, of.hackathon)?;
    let has = |criterion: &&Criterion| of.draft.points.iter().any(|point| point.criterion == criterion.id);
    let missing = criteria.iter().filter(|criterion| !has(criterion)).count();
    if criteria.is_empty() || missing > 0 {
        return Err(Error::Conflict(say!(
            "A score is sealed when it has points for every criterion; {missing} are missing.",
            "모든 평가 기준에 점수를 매겨야 확정할 수 있습니다. 빠진 기준: {missing}개"
        )));
    }
    let sealed = store::score::seal(tx, of)?;
    sealed.note(of.user).sealed(tx, &sealed.draft)?;
    Ok(sealed)
}

/// What is sealed stays.
fn still_draft(tx: &mut Tx, of: &Score) -> Result<()> {
    store::settings::lock(tx, of.hackathon)?;
    if of.sealed_at.is_some() {
        return Err(Error::Conflict(say!(
            "This score is sealed and does not change any more.",
            "확정된 점수라 더 이상 바꿀 수 없습니다."
        )));
    }
    Ok(())
}

/// Who has a conflict of interest says nothing more.
fn still_judges(tx: &mut Tx, of: &Score) -> Result<()> {
    let submission = store::submission::by_id(tx, of.hackathon, of.submission)?.ok_or(Error::NotFound)?;
    conflict::refuse(tx, of.hackathon, of.judge, submission.team)
}

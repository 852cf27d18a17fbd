//! How far the judges are: counts that tell nothing of what they say.

use serde::Serialize;

use super::{Score, Submission, conflict, store};
use crate::base::{Id, Name, Result, Slug};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// How far a judge is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfJudge {
    /// The judge.
    pub judge: Id<Member>,
    /// Their name.
    pub display_name: Name,
    /// How many submissions they are to score: all without a conflict of interest.
    pub to_score: usize,
    /// How many of these have a draft.
    pub drafted: usize,
    /// How many of these are sealed.
    pub sealed: usize,
}

/// How far a submission is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfSubmission {
    /// The submission.
    pub submission: Id<Submission>,
    /// Its team's short name.
    pub team: Slug,
    /// How many judges have no conflict of interest with it.
    pub judges: usize,
    /// How many of them have sealed a score.
    pub sealed: usize,
}

/// How far the judging is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// By judge.
    pub judges: Vec<OfJudge>,
    /// By submission.
    pub submissions: Vec<OfSubmission>,
    /// Whether everything that is to be scored is sealed.
    pub complete: bool,
}

/// How far the judging of this hackathon is.
pub fn progress(tx: &mut Tx, here: Id<Hackathon>) -> Result<Progress> {
    let (judges, submissions) = (conflict::judges(tx, here)?, store::submission::all(tx, here)?);
    let (conflicts, scores) = (conflict::all(tx, here)?, store::score::all(tx, here)?);
    let fits = |judge: &Member, submission: &Submission| {
        !conflicts.iter().any(|conflict| conflict.is_between(judge.id, submission.team))
    };
    let score = |judge: &Member, submission: &Submission| {
        scores.iter().find(|score| score.judge == judge.id && score.submission == submission.id)
    };
    let sealed = |score: Option<&Score>| score.is_some_and(|score| score.sealed_at.is_some());
    let of_judge = |judge: &Member| {
        let theirs: Vec<&Submission> = submissions.iter().filter(|one| fits(judge, one)).collect();
        let begun = theirs.iter().filter(|one| score(judge, one).is_some()).count();
        let sealed = theirs.iter().filter(|one| sealed(score(judge, one))).count();
        let display_name = judge.display_name.clone();
        OfJudge { judge: judge.id, display_name, to_score: theirs.len(), drafted: begun.saturating_sub(sealed), sealed }
    };
    let of_submission = |submission: &Submission| {
        let able: Vec<&Member> = judges.iter().filter(|judge| fits(judge, submission)).collect();
        let sealed = able.iter().filter(|judge| sealed(score(judge, submission))).count();
        OfSubmission { submission: submission.id, team: submission.team_slug.clone(), judges: able.len(), sealed }
    };
    let judges: Vec<OfJudge> = judges.iter().map(of_judge).collect();
    let submissions = submissions.iter().map(of_submission).collect();
    let complete = judges.iter().all(|judge| judge.sealed == judge.to_score);
    Ok(Progress { judges, submissions, complete })
}

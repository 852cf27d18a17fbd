//! Results: what judges sealed, raw and with each judge's severity taken out, side by side.
//!
//! **Why standard scores.** Judges differ in where they put the middle and in how far they spread, and conflicts of interest keep
//! them from scoring the same submissions. Each judge's scores are therefore moved to mean 0 and scaled to standard deviation 1
//! before they are averaged, as public contests do (the rules of NASA's TechLeap prizes and HeroX's guide to standardizing judges'
//! scores describe it). Scaling between the lowest and the highest instead would let one extreme score of a judge decide how all
//! their others count: min-max scaling does not reduce the effect of outliers (scikit-learn's documentation of `MinMaxScaler`).
//! A judge with one score, or with the same for all, has no spread and says nothing about which is better: theirs count 0.
//!
//! Ties are told and not broken: that is for people.

use std::collections::HashMap;

use serde::Serialize;

use super::{Criterion, Score, Submission, conflict, progress, store};
use crate::access::{Roles, UserId};
use crate::base::{Error, Id, Localized, Name, Result, Slug, say};
use crate::consortium::Member;
use crate::consortium::store::member;
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// Scores that differ by less are equal: a millionth of a point is arithmetic, not judgement.
const SAME: f64 = 1e6;

/// A sealed score, as the arithmetic needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it is about.
    pub submission: Id<Submission>,
    /// Whose it is.
    pub judge: Id<Member>,
    /// The weighted mean of its points, 0 to 10.
    pub raw: f64,
}

/// Where a judge puts the middle, and how far they spread.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Severity {
    /// The judge.
    pub judge: Id<Member>,
    /// Their name.
    pub display_name: Name,
    /// How many of their scores count.
    pub scores: usize,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation, of all their scores.
    pub deviation: f64,
}

/// How a submission came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The submission.
    pub submission: Id<Submission>,
    /// What it is called.
    pub title: Name,
    /// Its team's short name.
    pub team: Slug,
    /// Its team's name.
    pub team_name: Localized,
    /// How many scores count.
    pub judges: usize,
    /// The mean of the raw scores, 0 to 10.
    pub raw: Option<f64>,
    /// Its place by the raw mean, from 1; those that are equal share one.
    pub raw_rank: Option<usize>,
    /// The mean of the normalised scores.
    pub normalised: Option<f64>,
    /// Its place by the normalised mean.
    pub rank: Option<usize>,
    /// The teams that share its place by the normalised mean.
    pub tied_with: Vec<Slug>,
}

/// The results of a hackathon.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Results {
    /// Whether everything that is to be scored is sealed; until then places may change.
    pub complete: bool,
    /// How scores are normalised: `z_score`.
    pub method: &'static str,
    /// The submissions, the best first by the normalised mean; those without a score at the end.
    pub submissions: Vec<Standing>,
    /// The judges with at least one score that counts.
    pub judges: Vec<Severity>,
    /// Sealed scores that are left out because a conflict of interest became known afterwards.
    pub left_out: usize,
}

/// The weighted mean of a score's points.
pub fn weighted(score: &Score, criteria: &[Criterion]) -> f64 {
    let weight_of =
        |id: Id<Criterion>| criteria.iter().find(|criterion| criterion.id == id).map_or(0, |one| one.weight);
    let parts = score.draft.points.iter().map(|point| (weight_of(point.criterion), point.points));
    let (sum, weights) = parts.fold((0_i32, 0_i32), |(sum, weights), (weight, points)| {
        (sum.saturating_add(weight.saturating_mul(points)), weights.saturating_add(weight))
    });
    if weights == 0 { 0.0 } else { f64::from(sum) / f64::from(weights) }
}

fn mean(values: &[f64]) -> Option<f64> {
    let count = u32::try_from(values.len()).ok().filter(|count| *count > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(count))
}

/// The mean and the standard deviation of these, which are all there are.
pub fn moments(values: &[f64]) -> Option<(f64, f64)> {
    let middle = mean(values)?;
    let squares: Vec<f64> = values.iter().map(|value| (value - middle).powi(2)).collect();
    mean(&squares).map(|variance| (middle, variance.sqrt()))
}

fn rounded(value: f64) -> f64 {
    // The sum takes the minus off a zero.
    (value * SAME).round() / SAME + 0.0
}

/// For each sheet, how many of its judge's standard deviations it lies above their mean.
pub fn normalised(sheets: &[Sheet]) -> Vec<f64> {
    let mut by_judge: HashMap<Id<Member>, Vec<f64>> = HashMap::new();
    sheets.iter().for_each(|sheet| by_judge.entry(sheet.judge).or_default().push(sheet.raw));
    let judges: HashMap<Id<Member>, (f64, f64)> =
        by_judge.into_iter().filter_map(|(judge, raw)| Some((judge, moments(&raw)?))).collect();
    let standard = |sheet: &Sheet| match judges.get(&sheet.judge) {
        Some((mean, deviation)) if rounded(*deviation) > 0.0 => (sheet.raw - mean) / deviation,
        _ => 0.0,
    };
    sheets.iter().map(standard).collect()
}

/// The place of each value, from 1, the highest first; equal ones share a place, and the next one is as far behind as if they
/// did not.
pub fn places(values: &[Option<f64>]) -> Vec<Option<usize>> {
    let place =
        |value: &Option<f64>| value.map(|own| values.iter().flatten().filter(|other| **other > own).count() + 1);
    values.iter().map(place).collect()
}

/// Refuses a judge who still scores: they must not lean on what others said.
pub fn refuse_early(tx: &mut Tx, here: Id<Hackathon>, user: UserId, roles: Roles) -> Result<()> {
    if roles.meet(Roles::ORGANIZER) {
        return Ok(());
    }
    let member = member::by_user(tx, here, user)?.ok_or(Error::NotFound)?;
    let judges = progress::progress(tx, here)?.judges;
    if !judges.iter().any(|judge| judge.judge == member.id && judge.sealed < judge.to_score) {
        return Ok(());
    }
    Err(Error::Forbidden(say!(
        "Judges see the results when they have sealed all of their own scores.",
        "심사위원은 자기 점수를 모두 확정한 뒤에 결과를 볼 수 있습니다."
    )))
}

/// The results of a hackathon.
pub fn results(tx: &mut Tx, here: Id<Hackathon>) -> Result<Results> {
    let (criteria, submissions) = (store::criterion::all(tx, here)?, store::submission::all(tx, here)?);
    let conflicts = conflict::all(tx, here)?;
    let team_of = |id: Id<Submission>| submissions.iter().find(|one| one.id == id).map(|one| one.team);
    let in_conflict = |score: &Score| {
        team_of(score.submission).is_some_and(|team| conflicts.iter().any(|one| one.is_between(score.judge, team)))
    };
    let mut sealed = store::score::all(tx, here)?;
    sealed.retain(|score| score.sealed_at.is_some());
    let (left_out, counting): (Vec<Score>, Vec<Score>) = sealed.into_iter().partition(in_conflict);
    let sheet =
        |score: &Score| Sheet { submission: score.submission, judge: score.judge, raw: weighted(score, &criteria) };
    let sheets: Vec<Sheet> = counting.iter().map(sheet).collect();
    Ok(Results {
        complete: progress::progress(tx, here)?.complete,
        method: "z_score",
        submissions: standings(&submissions, &sheets),
        judges: severities(&counting, &sheets),
        left_out: left_out.len(),
    })
}

fn standings(submissions: &[Submission], sheets: &[Sheet]) -> Vec<Standing> {
    let standard = normalised(sheets);
    let of = |submission: &Submission, values: &mut dyn Iterator<Item = (Id<Submission>, f64)>| {
        let own: Vec<f64> = values.filter(|(id, _)| *id == submission.id).map(|(_, value)| value).collect();
        mean(&own).map(rounded)
    };
    let raw: Vec<Option<f64>> =
        submissions.iter().map(|one| of(one, &mut sheets.iter().map(|sheet| (sheet.submission, sheet.raw)))).collect();
    let scaled: Vec<Option<f64>> = submissions
        .iter()
        .map(|one| of(one, &mut sheets.iter().zip(&standard).map(|(sheet, value)| (sheet.submission, *value))))
        .collect();
    let (raw_ranks, ranks) = (places(&raw), places(&scaled));
    let mut all: Vec<Standing> = Vec::with_capacity(submissions.len());
    for (at, submission) in submissions.iter().enumerate() {
        let rank = ranks.get(at).copied().flatten();
        let shares = |(other, place): (&Submission, &Option<usize>)| {
            (other.id != submission.id && place.is_some() && *place == rank).then(|| other.team_slug.clone())
        };
        all.push(Standing {
            submission: submission.id,
            title: submission.facts.title.clone(),
            team: submission.team_slug.clone(),
            team_name: submission.team_name.clone(),
            judges: sheets.iter().filter(|sheet| sheet.submission == submission.id).count(),
            raw: raw.get(at).copied().flatten(),
            raw_rank: raw_ranks.get(at).copied().flatten(),
            normalised: scaled.get(at).copied().flatten(),
            rank,
            tied_with: submissions.iter().zip(&ranks).filter_map(shares).collect(),
        });
    }
    all.sort_by_key(|one| (one.rank.unwrap_or(usize::MAX), one.raw_rank, one.team.clone()));
    all
}

fn severities(counting: &[Score], sheets: &[Sheet]) -> Vec<Severity> {
    let mut judges: Vec<Severity> = Vec::new();
    for Score { judge, display_name, .. } in counting {
        if judges.iter().any(|known| known.judge == *judge) {
            continue;
        }
        let own: Vec<f64> = sheets.iter().filter(|sheet| sheet.judge == *judge).map(|sheet| sheet.raw).collect();
        if let Some((mean, deviation)) = moments(&own) {
            let (display_name, scores) = (display_name.clone(), own.len());
            judges.push(Severity {
                judge: *judge,
                display_name,
                scores,
                mean: rounded(mean),
                deviation: rounded(deviation),
            });
        }
    }
    judges
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn sheets(table: &[(u128, u128, f64)]) -> Vec<Sheet> {
        let id = Uuid::from_u128;
        let sheet = |(judge, submission, raw): &(u128, u128, f64)| Sheet {
            submission: Id::from_uuid(id(*submission)),
            judge: Id::from_uuid(id(*judge)),
            raw: *raw,
        };
        table.iter().map(sheet).collect()
    }

    #[test]
    fn a_severe_and_a_kind_judge_who_agree_count_the_same() {
        let told = normalised(&sheets(&[(1, 1, 2.0), (1, 2, 4.0), (2, 1, 6.0), (2, 2, 10.0)]));
        assert_eq!(told, [-1.0, 1.0, -1.0, 1.0]);
    }

    #[test]
    fn who_gives_the_same_to_all_says_nothing() {
        let told = normalised(&sheets(&[(1, 1, 7.0), (1, 2, 7.0), (2, 1, 3.0)]));
        assert_eq!(told, [0.0, 0.0, 0.0]);
        assert!(normalised(&[]).is_empty());
    }

    #[test]
    fn every_judge_s_normalised_scores_have_mean_0_and_deviation_1() {
        let raw = [3.2, 9.1, 4.4, 7.7, 1.0];
        let table: Vec<(u128, u128, f64)> = (1..).zip(raw).map(|(submission, raw)| (1, submission, raw)).collect();
        let told = moments(&normalised(&sheets(&table))).map(|(mean, deviation)| (rounded(mean), rounded(deviation)));
        assert_eq!(told, Some((0.0, 1.0)));
        assert_eq!(moments(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]), Some((5.0, 2.0)));
    }

    #[test]
    fn those_who_are_equal_share_a_place_and_nobody_takes_the_next() {
        let told = places(&[Some(1.0), Some(3.0), None, Some(3.0), Some(0.5)]);
        assert_eq!(told, [Some(3), Some(1), None, Some(1), Some(4)]);
    }
}

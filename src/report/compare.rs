//! Two hackathons side by side: which had the clearer responsibilities.

use serde::Serialize;

use super::Event;
use super::case::Case;
use super::spread::{Spread, share};
use crate::base::{Lang, Sentence, say};
use crate::words;

/// The fewest answered questions on each side for a verdict.
pub const LEAST_ANSWERED: usize = 5;
/// How far the shares must lie apart for a verdict, in hundredths of a whole: less may be chance.
const APART: f64 = 5.0;

words! {
    /// Which of the two had the clearer responsibilities.
    Verdict / VerdictShape {
        /// This one.
        Here = "here",
        /// The other one.
        There = "there",
        /// Neither: they are too close.
        Neither = "neither",
        /// It cannot be told: too little was answered.
        TooFew = "too_few",
    }
}

/// What tells how clear the responsibilities of a hackathon were.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// The hackathon.
    pub hackathon: Event,
    /// How many questions were asked.
    pub asked: usize,
    /// How many were answered.
    pub answered: usize,
    /// Of those answered, how many by whoever they were first brought to: it was clear who had to.
    pub share_answered_where_it_came: Option<f64>,
    /// Of those asked, how many were handed on at all.
    pub share_handed_on: Option<f64>,
    /// Of those asked, how many nobody ever took in hand.
    pub share_never_claimed: Option<f64>,
    /// From asking to the first answer, in working hours of whoever it lay with: half of them took at most so long.
    pub median_first_answer_worked_seconds: Option<i64>,
}

impl Side {
    /// The side of a hackathon with these questions.
    pub fn of(hackathon: Event, cases: &[&Case]) -> Side {
        let count = |holds: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| holds(case)).count();
        let answered = count(&|case| case.answered.is_some());
        let worked = Spread::of(cases.iter().filter_map(|case| case.answer_worked));
        Side {
            hackathon,
            asked: cases.len(),
            answered,
            share_answered_where_it_came: share(count(&Case::answered_where_it_came), answered),
            share_handed_on: share(count(&|case| case.hops() > 0), cases.len()),
            share_never_claimed: share(count(&Case::never_claimed), cases.len()),
            median_first_answer_worked_seconds: worked.median_seconds,
        }
    }
}

/// Two hackathons side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The one in the path.
    pub here: Side,
    /// The one it is compared with.
    pub there: Side,
    /// Which had the clearer responsibilities, by how many questions were answered where they first came.
    pub clearer: Verdict,
    /// The same in a sentence.
    pub sentence: String,
}

impl Comparison {
    /// Compares the two, with a sentence in this language.
    pub fn of(here: Side, there: Side, lang: Lang) -> Comparison {
        let percent =
            |side: &Side| side.share_answered_where_it_came.map_or(0.0, |share| (share * 1000.0).round() / 10.0);
        let (own, other) = (percent(&here), percent(&there));
        let clearer = if here.answered.min(there.answered) < LEAST_ANSWERED {
            Verdict::TooFew
        } else if (own - other).abs() < APART {
            Verdict::Neither
        } else if own > other {
            Verdict::Here
        } else {
            Verdict::There
        };
        let sentence = sentence(clearer, (&here, own), (&there, other)).text(lang).to_owned();
        Comparison { here, there, clearer, sentence }
    }
}

fn sentence(clearer: Verdict, (here, own): (&Side, f64), (there, other): (&Side, f64)) -> Sentence {
    let (name, its) = (&here.hackathon.slug, &there.hackathon.slug);
    match clearer {
        Verdict::TooFew => say!(
            "Too little was answered to tell: it takes {LEAST_ANSWERED} answered questions in each hackathon.",
            "답변된 질문이 너무 적어 비교할 수 없습니다. 해커톤마다 {LEAST_ANSWERED}개 이상 필요합니다."
        ),
        Verdict::Neither => say!(
            "Neither had the clearer responsibilities: {own}% of the answers in {name} and {other}% in {its} came from whoever was asked first.",
            "책임이 더 분명했던 쪽은 없습니다. 처음 배정된 담당이 답한 비율: {name} {own}%, {its} {other}%."
        ),
        Verdict::Here => clear((name, own), (its, other)),
        Verdict::There => clear((its, other), (name, own)),
    }
}

fn clear((more, high): (&impl std::fmt::Display, f64), (less, low): (&impl std::fmt::Display, f64)) -> Sentence {
    say!(
        "{more} had the clearer responsibilities: {high}% of the answers came from whoever was asked first, against {low}% in {less}.",
        "책임이 더 분명했던 해커톤: {more}. 처음 배정된 담당이 답한 비율: {more} {high}%, {less} {low}%."
    )
}

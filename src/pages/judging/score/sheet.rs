//! A sheet with points: as it is filled in, and as it is read.

use crate::base::{Id, Lang, Result, Sentence, Text, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::judging::results::weighted;
use crate::judging::{Criterion, Draft, POINTS_MOST, Point, Score, store};
use crate::pages::entry::{Again, Entry, Typed};
use crate::pages::prose::Prose;
use crate::pages::reading::Reading;
use crate::pages::time::{Watch, When};
use crate::pages::words::Words;

/// A criterion with all the points that can be given for it.
pub struct Scale {
    /// The name of its field.
    pub name: String,
    /// What it is called.
    pub criterion: Words,
    /// How much it counts of all, in percent.
    pub share: i64,
    /// What was chosen, as it is sent; empty: nothing yet.
    pub chosen: String,
    /// What can be chosen.
    pub points: Vec<String>,
    /// What is wrong with it.
    pub fault: Option<String>,
}

impl Scale {
    /// Whether these points were chosen.
    pub fn is(&self, points: &str) -> bool {
        self.chosen == points
    }
}

fn name(criterion: &Criterion) -> String {
    format!("points-{}", criterion.id)
}

fn given(score: Option<&Score>, criterion: &Criterion) -> Option<i32> {
    let points = &score?.draft.points;
    points.iter().find(|point| point.criterion == criterion.id).map(|point| point.points)
}

/// How much a criterion counts of all, in percent.
fn share(of: &Criterion, all: &[Criterion]) -> i64 {
    let weights = all.iter().map(|one| i64::from(one.weight)).sum();
    (i64::from(of.weight) * 100).checked_div(weights).unwrap_or_default()
}

/// The scales of a sheet, with what was typed, else with what the draft says.
pub fn scales(criteria: &[Criterion], draft: Option<&Score>, again: &Again, lang: Lang) -> Vec<Scale> {
    let scale = |of: &Criterion| {
        let name = name(of);
        let stored = given(draft, of).map(|points| points.to_string()).unwrap_or_default();
        Scale {
            criterion: Words::of(&of.name, lang),
            share: share(of, criteria),
            chosen: again.value("", &name, &stored),
            points: (0..=POINTS_MOST).map(|points| points.to_string()).collect(),
            fault: again.fault("", &name).map(str::to_owned),
            name,
        }
    };
    criteria.iter().map(scale).collect()
}

/// The field for what a judge says in words.
pub fn comment(draft: Option<&Score>, again: &Again) -> Entry {
    let stored = draft.and_then(|draft| draft.draft.comment.as_ref()).map(Text::as_str).unwrap_or_default();
    let label = Sentence::fixed("In your words (optional)", "의견(선택)");
    again.entry("", "comment", label, stored).lines(4)
}

/// What was filled in.
pub fn read(tx: &mut Tx, here: Id<Hackathon>, typed: &Typed) -> Result<Draft> {
    let mut reading = Reading::of(typed);
    let mut point = |criterion: &Criterion| {
        let given = reading.maybe(&name(criterion), |reading, name| match typed.get(name).trim().parse() {
            Ok(points) => Some(Point { criterion: criterion.id, points }),
            Err(_no_number) => reading.refuse(name, "number.range", no_points()),
        });
        // What does not fit stays, as a row without points.
        given.map_or(Some(None), |given| given.map(Some))
    };
    // Those that were left empty are left out, and those that do not fit are told of.
    let points: Vec<Option<Point>> = store::criterion::all(tx, here)?.iter().filter_map(&mut point).collect();
    let comment = reading.maybe("comment", Reading::text);
    reading.whole(|| Some(Draft { points: points.into_iter().collect::<Option<_>>()?, comment: comment? }))
}

fn no_points() -> Sentence {
    say!("Give whole points from 0 to {POINTS_MOST}.", "점수는 0부터 {POINTS_MOST}까지의 정수로 적으세요.")
}

/// A sheet as it is read.
pub struct Sheet {
    /// The score.
    pub id: String,
    /// Whose it is.
    pub judge: String,
    /// The points by criterion; none where some are missing.
    pub rows: Vec<(Words, String)>,
    /// How many criteria have no points yet.
    pub missing: usize,
    /// The weighted mean.
    pub mean: String,
    /// What is said in words.
    pub comment: Option<Prose>,
    /// When it was sealed.
    pub sealed: Option<When>,
}

impl Sheet {
    /// The sheet of a score.
    pub fn of(score: &Score, criteria: &[Criterion], watch: &Watch) -> Sheet {
        let row = |one: &Criterion| {
            let points = given(Some(score), one).map_or_else(|| "–".to_owned(), |points| points.to_string());
            (Words::of(&one.name, watch.lang), points)
        };
        let missing = criteria.iter().filter(|one| given(Some(score), one).is_none()).count();
        Sheet {
            id: score.id.to_string(),
            judge: score.display_name.to_string(),
            rows: criteria.iter().map(row).collect(),
            // A mean of some of them would say something that nobody said.
            mean: if missing == 0 { format!("{:.2}", weighted(score, criteria)) } else { "–".to_owned() },
            missing,
            comment: score.draft.comment.as_ref().map(|text| Prose::of(text.as_str())),
            sealed: score.sealed_at.map(|at| watch.ago(at)),
        }
    }
}

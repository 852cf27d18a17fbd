//! `/h/{hackathon}/judging`: how far the judging is to organizers; to judges what is left for them.

pub mod change;
pub mod conflict;
pub mod criterion;
pub mod due;
pub mod result;
pub mod score;

use askama::Template;

use super::entry::{Again, Entry, Typed, unchanged};
use super::form::Form;
use super::frame::{Frame, Tab, Visit, Way};
use super::question::then::Obstacle;
use super::words::{Tag, Words};
use super::{Shown, page, see_other};
use crate::access::policy::{Audit, Change, SeeJudging, Verb};
use crate::access::{May, Resource, Right, Roles, allow};
use crate::base::{Id, Lang, Result, Sentence, say};
use crate::consortium::Member;
use crate::consortium::store::member;
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};
use crate::judging::progress::{OfJudge, OfSubmission, Progress};
use crate::judging::{Conflict, Judging, Score, Submission, progress, settings, store};
use due::Due;

/// The pages of judging that somebody with these roles is shown, with the one at this path being read.
pub fn ways(here: &Hackathon, roles: Roles, at: &str) -> Vec<Way> {
    let all = [
        ("/judging", "Progress", "진행", SeeJudging::BY),
        ("/judging/criteria", "Criteria", "평가 기준", Roles::MEMBER),
        ("/judging/conflicts", "Conflicts of interest", "이해 충돌", SeeJudging::BY),
        ("/judging/results", "Results", "결과", SeeJudging::BY),
        ("/judging/changes", "Changes", "변경 기록", Audit::BY),
    ];
    let way = |(path, en, ko, _): (&str, &'static str, &'static str, Roles)| Way {
        place: format!("/h/{}{path}", here.slug),
        label: Sentence::fixed(en, ko),
        current: path == at,
    };
    let open: Vec<Way> = all.into_iter().filter(|(.., by)| by.meet(roles)).map(way).collect();
    // One way is none to choose.
    if open.len() > 1 { open } else { Vec::new() }
}

/// The frame of a page of judging.
fn frame(tx: &mut Tx, visit: &Visit, here: &Hackathon, roles: Roles, at: &str) -> Result<Frame> {
    let visit = visit.clone().at(format!("/h/{}{at}", here.slug));
    Frame::within(tx, &visit, here, roles, Some(Tab::After))
}

#[derive(Template)]
#[template(path = "judging/judging.html")]
struct Page {
    frame: Frame,
    place: String,
    ways: Vec<Way>,
    obstacles: Vec<Obstacle>,
    due: Option<Due>,
    deadline: Option<Vec<Entry>>,
    mark: String,
    own: Option<Vec<Mine>>,
    left: usize,
    sentence: String,
    next: Option<Next>,
    judges: Vec<Count>,
    submissions: Vec<Count>,
}

/// The one thing to do next.
struct Next {
    words: Sentence,
    place: String,
    link: Sentence,
}

/// A submission as one of a judge's.
struct Mine {
    id: String,
    title: Words,
    team: Words,
    tag: Tag,
    open: bool,
}

/// How many of how many are sealed.
struct Count {
    name: Words,
    /// Where it is read, for submissions.
    place: Option<String>,
    sealed: usize,
    of: usize,
    drafted: usize,
    length: usize,
}

/// `GET /h/{hackathon}/judging`
pub async fn show(visit: Visit, may: May<SeeJudging, Hackathon>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<SeeJudging, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeJudging, Hackathon>, visit: &Visit, again: Again) -> Result<Page> {
    let (here, lang) = (right.on(), visit.lang);
    let judging = Judging::of(tx, here.clone())?;
    let watch = visit.watch(here);
    let submissions = store::submission::all(tx, here.id)?;
    let told = progress::progress(tx, here.id)?;
    let changes = allow::<Change>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok();
    let own = own(tx, right, &submissions, lang)?;
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), "/judging")?,
        place: format!("/h/{}/judging", here.slug),
        ways: ways(here, right.roles(), "/judging"),
        due: Due::of(&judging, &watch),
        deadline: changes.then(|| vec![due::entry(&again, &judging)]),
        mark: judging.tag().unwrap_or_default(),
        obstacles: again.obstacles,
        left: own.iter().flatten().filter(|one| one.open).count(),
        own,
        sentence: sentence(&told, submissions.len(), lang),
        next: if changes { next(tx, here, &judging, &told, submissions.len())? } else { None },
        judges: told.judges.iter().map(of_judge).collect(),
        submissions: told.submissions.iter().map(|one| of_submission(one, &submissions, lang)).collect(),
    })
}

/// What a judge has to score, what is left first; none for who is no judge.
fn own(
    tx: &mut Tx,
    right: &Right<SeeJudging, Hackathon>,
    submissions: &[Submission],
    lang: Lang,
) -> Result<Option<Vec<Mine>>> {
    let here = right.on().id;
    let Some(judge) = member::by_user(tx, here, right.user())?.filter(|one| one.is(Role::Judge)) else {
        return Ok(None);
    };
    let conflicts = crate::judging::conflict::told_to(tx, here, right.user(), right.roles())?;
    let mut scores = store::score::all(tx, here)?;
    scores.retain(|score| score.judge == judge.id);
    let mut list: Vec<Mine> = submissions.iter().map(|one| mine(one, judge.id, (&conflicts, &scores), lang)).collect();
    list.sort_by_key(|one| !one.open);
    Ok(Some(list))
}

fn mine(of: &Submission, judge: Id<Member>, (conflicts, scores): (&[Conflict], &[Score]), lang: Lang) -> Mine {
    let barred = conflicts.iter().any(|one| one.is_between(judge, of.team));
    let score = scores.iter().find(|score| score.submission == of.id);
    let (class, en, ko) = match (barred, score.map(|score| score.sealed_at.is_some())) {
        (_, Some(true)) => ("answered", "Sealed", "확정함"),
        (true, _) => ("closed", "Conflict of interest", "이해 충돌"),
        (_, Some(false)) => ("claimed", "Draft", "작성 중"),
        _ => ("waiting", "To score", "심사할 것"),
    };
    Mine {
        id: of.id.to_string(),
        title: Words::typed(of.facts.title.as_str(), lang),
        team: Words::of(&of.team_name, lang),
        tag: Tag { class, text: Sentence::fixed(en, ko) },
        open: !barred && score.is_none_or(|score| score.sealed_at.is_none()),
    }
}

fn length(sealed: usize, of: usize) -> usize {
    (sealed * 100).checked_div(of).unwrap_or_default()
}

fn of_judge(of: &OfJudge) -> Count {
    let OfJudge { display_name, to_score, drafted, sealed, .. } = of;
    let name = Words::name(display_name.to_string());
    Count { name, place: None, sealed: *sealed, of: *to_score, drafted: *drafted, length: length(*sealed, *to_score) }
}

fn of_submission(of: &OfSubmission, all: &[Submission], lang: Lang) -> Count {
    let found = all.iter().find(|one| one.id == of.submission);
    let name = found.map_or_else(|| Words::name(of.team.to_string()), |one| Words::of(&one.team_name, lang));
    let place = Some(format!("/scores/{}", of.submission));
    Count { name, place, sealed: of.sealed, of: of.judges, drafted: 0, length: length(of.sealed, of.judges) }
}

fn sentence(told: &Progress, submissions: usize, lang: Lang) -> String {
    let (sealed, all) =
        told.judges.iter().fold((0, 0), |(sealed, all), judge| (sealed + judge.sealed, all + judge.to_score));
    let judges = told.judges.len();
    let counted = say!(
        "Teams that have handed in: {submissions}. Judges: {judges}. Scores sealed: {sealed} of {all}.",
        "제출한 팀 {submissions}개, 심사위원 {judges}명, 확정된 점수 {all}건 중 {sealed}건."
    );
    counted.text(lang).to_owned()
}

/// What an organizer does next, in the order in which judging goes.
fn next(tx: &mut Tx, here: &Hackathon, judging: &Judging, told: &Progress, handed_in: usize) -> Result<Option<Next>> {
    let step = |words: Sentence, path: &str, link: Sentence| {
        Some(Next { words, place: format!("/h/{}{path}", here.slug), link })
    };
    let judges = !told.judges.is_empty();
    Ok(if store::criterion::all(tx, here.id)?.is_empty() {
        let words = Sentence::fixed("Judges need criteria.", "심사하려면 평가 기준이 있어야 합니다.");
        step(words, "/judging/criteria", Sentence::fixed("Set the criteria", "평가 기준 정하기"))
    } else if !judges {
        let words = Sentence::fixed("Nobody is a judge yet.", "아직 심사위원이 없습니다.");
        step(words, "/settings/people", Sentence::fixed("Invite judges", "심사위원 초대하기"))
    } else if judging.due_at.is_none() {
        let words = Sentence::fixed("Teams do not know until when they hand in.", "팀이 제출 기한을 모릅니다.");
        step(words, "/judging#due", Sentence::fixed("Set the deadline", "제출 기한 정하기"))
    } else if handed_in > 0 && told.complete {
        let words = Sentence::fixed("Every score is sealed.", "모든 점수가 확정되었습니다.");
        step(words, "/judging/results", Sentence::fixed("See the results", "결과 보기"))
    } else {
        None
    })
}

/// `POST /h/{hackathon}/judging`: until when teams hand in.
pub async fn set(
    visit: Visit,
    see: May<SeeJudging, Hackathon>,
    may: May<Change, Judging>,
    Form(typed): Form<Typed>,
) -> Shown {
    let (lang, said) = (visit.lang, typed.clone());
    let done = may.write(move |tx, right| {
        let judging = right.on();
        unchanged(&said, judging.tag())?;
        let due_at = due::read(&said, judging.hackathon.timezone.0)?;
        settings::set(tx, judging, right.user(), due_at)
    });
    match done.await {
        Ok(changed) => Ok(see_other(&format!("/h/{}/judging", changed.hackathon.slug))),
        Err(refusal) => drawn(visit, see, Again::of(refusal, lang, "", typed)?).await,
    }
}

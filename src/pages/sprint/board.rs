//! The board: how each team stands in each sprint, what stands in its way, and what is late.

use std::collections::HashMap;

use crate::access::policy::{Change, Revise, See};
use crate::access::{Actor, Right, Roles, UserId, allow};
use crate::base::{Id, Lang, Result, Sentence};
use crate::board::{Board, Cell, Status};
use crate::capacity::over_commitment;
use crate::check_in::{self, CheckIn};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::pages::question::view::place as question_place;
use crate::pages::time::{Watch, day, hours};
use crate::pages::words::{self, Tag, Words};
use crate::question::{self, Question, Standing};
use crate::sprint::Sprint;
use crate::team::Team;

use super::timeline::days_of;

/// Something that is late or due today, and the way to it.
pub struct Late {
    /// What.
    pub words: String,
    /// Whether it is late already.
    pub late: bool,
    /// Where it is done.
    pub place: String,
    /// What is done there.
    pub deed: Sentence,
}

/// What is late, and what is due today.
pub fn late(board: &Board, right: &Right<See, Hackathon>, watch: &Watch) -> Vec<Late> {
    let here = right.on();
    let check_ins = board.waited_for().map(|(cell, team, sprint)| missing(cell, sprint, team, right, watch));
    let over = board.sprints.iter().filter(|one| one.ends_on < watch.today() && one.closed_at.is_none());
    let unclosed = over.map(|one| Late {
        words: match watch.lang {
            Lang::En => format!("Sprint {} ended on {} and is not closed.", one.number, day(one.ends_on, watch.lang)),
            Lang::Ko => format!("마감하지 않은 스프린트: {} ({} 종료)", one.number, day(one.ends_on, watch.lang)),
        },
        late: true,
        place: format!("/h/{}/sprints/{}/close", here.slug, one.number),
        deed: Sentence::fixed("Close it", "마감하기"),
    });
    let closes = allow::<Change>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok();
    check_ins.chain(unclosed.filter(|_| closes)).collect()
}

/// A check-in that is owed or due today.
fn missing(cell: &Cell, sprint: &Sprint, team: &Team, right: &Right<See, Hackathon>, watch: &Watch) -> Late {
    let (lang, number, slug) = (watch.lang, sprint.number, &right.on().slug);
    let (name, on) = (team.name.text(lang), day(sprint.ends_on, lang));
    let late = cell.status == Status::Owed;
    let words = match (late, lang) {
        (true, Lang::En) => format!("{name} owes its check-in of sprint {number}; it was due on {on}."),
        (true, Lang::Ko) => format!("체크인이 늦은 팀: {name}, 스프린트 {number} (기한 {on})"),
        (false, Lang::En) => format!("The check-in of {name} for sprint {number} is due today."),
        (false, Lang::Ko) => format!("오늘까지 체크인할 팀: {name}, 스프린트 {number}"),
    };
    if may_report(team, (right.actor(), right.roles()), right.on()) {
        let place = format!("/h/{slug}/teams/{}/check-in?sprint={number}", team.slug);
        return Late { words, late, place, deed: Sentence::fixed("Check in", "체크인하기") };
    }
    Late {
        words,
        late,
        place: format!("/h/{slug}/teams/{}", team.slug),
        deed: Sentence::fixed("See the team", "팀 보기"),
    }
}

/// Whether somebody may say how a team stands: as an organizer, or as one who builds in it.
pub fn may_report(team: &Team, (actor, roles): (&Actor, Roles), here: &Hackathon) -> bool {
    allow::<Revise>(actor, roles | team.relation(actor), here.ended_at.is_some()).is_ok()
}

/// Teams by sprints.
pub struct Table {
    /// The sprints.
    pub columns: Vec<Column>,
    /// The teams.
    pub lines: Vec<Line>,
    /// What stands in the way of teams, in sprints that are not closed.
    pub blockers: Vec<Blocked>,
}

/// A sprint.
pub struct Column {
    /// Its number.
    pub number: i32,
    /// Its days.
    pub days: String,
    /// Whether it is under way.
    pub now: bool,
}

/// A team.
pub struct Line {
    /// Its page.
    pub place: String,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: Words,
    /// How it stands, sprint by sprint.
    pub cells: Vec<Stand>,
}

/// How a team stands in a sprint.
pub struct Stand {
    /// The number of the sprint.
    pub sprint: i32,
    /// In a word.
    pub tag: Tag,
    /// How much is done, in per cent.
    pub progress: Option<i32>,
    /// How sure it is.
    pub confidence: Option<Tag>,
    /// Its hours, each with what they are.
    pub hours: Vec<(Sentence, String)>,
    /// Whether it plans more than its members offer.
    pub over: bool,
    /// Questions it asked that are not answered.
    pub questions: usize,
    /// How many things stand in its way.
    pub blockers: usize,
}

/// Something that stands in a team's way.
pub struct Blocked {
    /// The team.
    pub team: Words,
    /// In words.
    pub what: Words,
    /// The question whose answer would clear it.
    pub question: Option<Linked>,
}

/// A question that is linked to.
#[derive(Clone)]
pub struct Linked {
    /// Its page.
    pub place: String,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: Words,
    /// Where it stands.
    pub tag: Tag,
}

impl Table {
    /// The table of a board.
    pub fn load(tx: &mut Tx, right: &Right<See, Hackathon>, board: &Board, watch: &Watch) -> Result<Table> {
        let (here, lang, today) = (right.on(), watch.lang, watch.today());
        let columns = board.sprints.iter().map(|one| Column {
            number: one.number,
            days: days_of(one, lang),
            now: (one.starts_on..=one.ends_on).contains(&today),
        });
        let lines = board.teams.iter().map(|team| Line {
            place: format!("/h/{}/teams/{}", here.slug, team.slug),
            slug: team.slug.to_string(),
            name: Words::of(&team.name, lang),
            cells: board
                .of(team.id)
                .zip(&board.sprints)
                .map(|(cell, sprint)| stand(cell, sprint, team, lang))
                .collect(),
        });
        let (columns, lines) = (columns.collect(), lines.collect());
        Ok(Table { columns, lines, blockers: blockers(tx, right, board, watch)? })
    }
}

/// How a team stands in a sprint.
pub fn stand(cell: &Cell, sprint: &Sprint, team: &Team, lang: Lang) -> Stand {
    let said = cell.check_in;
    let planned = cell.planned_minutes.map(i64::from);
    let spent = said.map(|said| i64::from(said.spent_minutes));
    let of = |what: Sentence, minutes: Option<i64>| minutes.map(|minutes| (what, hours(minutes, lang)));
    let all = [
        of(Sentence::fixed("Spent", "사용"), spent),
        of(Sentence::fixed("Planned", "계획"), planned),
        of(Sentence::fixed("Offered", "가능"), Some(cell.offered_minutes).filter(|minutes| *minutes > 0)),
    ];
    Stand {
        sprint: sprint.number,
        tag: status(cell.status),
        progress: said.map(|said| said.progress_percent),
        confidence: said.map(|said| confidence(said.confidence)),
        hours: all.into_iter().flatten().collect(),
        over: over_commitment(team, cell).is_some(),
        questions: cell.open_questions,
        blockers: said.map_or(0, |said| said.blockers),
    }
}

/// How a team stands, in a word.
pub fn status(of: Status) -> Tag {
    let (class, text) = match of {
        Status::Planned => ("closed", Sentence::fixed("To come", "예정")),
        Status::UnderWay => ("open", Sentence::fixed("Under way", "진행 중")),
        Status::Due => ("waiting", Sentence::fixed("Check-in due today", "오늘까지 체크인")),
        Status::Owed => ("error", Sentence::fixed("Check-in owed", "체크인 늦음")),
        Status::Reported => ("answered", Sentence::fixed("Checked in", "체크인함")),
        Status::ReportedLate => ("answered", Sentence::fixed("Checked in late", "늦게 체크인함")),
    };
    Tag { class, text }
}

/// How sure a team is, in words: 1 to 5.
pub fn confidence(of: i32) -> Tag {
    let (class, text) = match of {
        ..=1 => ("error", Sentence::fixed("Confidence 1 of 5: lost", "자신감 1/5: 막막함")),
        2 => ("error", Sentence::fixed("Confidence 2 of 5: doubtful", "자신감 2/5: 불안함")),
        3 => ("waiting", Sentence::fixed("Confidence 3 of 5: so-so", "자신감 3/5: 반반")),
        4 => ("answered", Sentence::fixed("Confidence 4 of 5: confident", "자신감 4/5: 자신 있음")),
        _ => ("answered", Sentence::fixed("Confidence 5 of 5: sure", "자신감 5/5: 확실함")),
    };
    Tag { class, text }
}

fn blockers(tx: &mut Tx, right: &Right<See, Hackathon>, board: &Board, watch: &Watch) -> Result<Vec<Blocked>> {
    let open = |id: Id<Sprint>| board.sprints.iter().any(|sprint| sprint.id == id && sprint.closed_at.is_none());
    let mut given = check_in::store::all(tx, right.on().id)?;
    given.retain(|one| open(one.sprint));
    let links = Links::load(tx, right.on(), right.user(), &given, watch.lang)?;
    let mut blocked = Vec::new();
    for (team, one) in board.teams.iter().flat_map(|team| given.iter().map(move |one| (team, one))) {
        if one.team == team.id {
            blocked.extend(one.facts.blockers.iter().map(|blocker| Blocked {
                team: Words::of(&team.name, watch.lang),
                what: Words::typed(blocker.text.as_str(), watch.lang),
                question: links.of(blocker.question),
            }));
        }
    }
    Ok(blocked)
}

/// The questions that check-ins link to, as far as their reader may see them.
pub struct Links(HashMap<Id<Question>, Linked>);

impl Links {
    /// Reads them.
    pub fn load(tx: &mut Tx, here: &Hackathon, user: UserId, given: &[CheckIn], lang: Lang) -> Result<Links> {
        let Some(standing) = Standing::load(tx, here.id, user)? else { return Ok(Links(HashMap::new())) };
        let ids = given.iter().flat_map(|one| one.facts.blockers.iter().filter_map(|blocker| blocker.question));
        let ids: Vec<Id<Question>> = ids.collect();
        let found = question::store::of_ids(tx, here.id, &ids)?;
        let seen = found.into_iter().filter(|one| !standing.roles_to(one).is_empty());
        Ok(Links(seen.map(|one| (one.id, linked(&one, here, lang))).collect()))
    }

    /// The question that a blocker links to.
    pub fn of(&self, id: Option<Id<Question>>) -> Option<Linked> {
        self.0.get(&id?).cloned()
    }
}

/// A question as it is linked to.
pub fn linked(question: &Question, here: &Hackathon, lang: Lang) -> Linked {
    Linked {
        place: question_place(here, question.number),
        number: question.number,
        title: Words::typed(question.title.as_str(), lang),
        tag: words::state(question.life.state),
    }
}

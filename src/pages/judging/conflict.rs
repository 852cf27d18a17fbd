//! Who must not judge whom, by what is known of them or because somebody said so.

use askama::Template;

use super::{frame, ways};
use crate::access::policy::{Change, Declare, SeeJudging};
use crate::access::{May, Right, Roles, Within, allow};
use crate::base::{Lang, Result, Sentence};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::judging::conflict;
use crate::judging::{Conflict, Declared, Reason};
use crate::pages::entry::{Again, Entry, Typed};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit, Way};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::team;

#[derive(Template)]
#[template(path = "judging/conflicts.html")]
struct Page {
    frame: Frame,
    place: String,
    ways: Vec<Way>,
    obstacles: Vec<Obstacle>,
    all: bool,
    rows: Vec<Row>,
    new: Option<Vec<Entry>>,
}

/// Somebody who must not judge a team.
struct Row {
    judge: String,
    team: Words,
    reason: Sentence,
    words: Option<Words>,
    /// The id of what was declared, for who may take it back.
    declared: Option<String>,
}

/// `GET /h/{hackathon}/judging/conflicts`
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
    let ended = here.ended_at.is_some();
    let declares = allow::<Declare>(right.actor(), right.roles(), ended).is_ok();
    let changes = allow::<Change>(right.actor(), right.roles(), ended).is_ok();
    let told = conflict::told_to(tx, here.id, right.user(), right.roles())?;
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), "/judging/conflicts")?,
        place: format!("/h/{}/judging/conflicts", here.slug),
        ways: ways(here, right.roles(), "/judging/conflicts"),
        all: right.roles().meet(Roles::ORGANIZER),
        rows: told.into_iter().map(|one| row(one, changes, lang)).collect(),
        new: if declares { Some(fields(tx, right, &again, lang)?) } else { None },
        obstacles: again.obstacles,
    })
}

/// Why somebody must not judge a team.
pub fn because(of: Reason) -> Sentence {
    match of {
        Reason::Team => Sentence::fixed("Builds in this team", "이 팀의 팀원"),
        Reason::Mentor => Sentence::fixed("Mentors this team", "이 팀의 멘토"),
        Reason::Organization => {
            Sentence::fixed("Somebody in this team belongs to the same organization", "같은 기관 사람이 있는 팀")
        }
        Reason::Declared => Sentence::fixed("Declared", "신고됨"),
    }
}

fn row(of: Conflict, changes: bool, lang: Lang) -> Row {
    Row {
        judge: of.display_name.to_string(),
        team: Words::of(&of.team_name, lang),
        reason: because(of.reason),
        words: of.words.map(|words| Words::typed(words.as_str(), lang)),
        declared: of.id.filter(|_| changes).map(|id| id.to_string()),
    }
}

fn fields(tx: &mut Tx, right: &Right<SeeJudging, Hackathon>, again: &Again, lang: Lang) -> Result<Vec<Entry>> {
    let here = right.on().id;
    let teams = team::store::all(tx, here)?;
    let teams = teams.iter().map(|one| (one.slug.to_string(), one.name.text(lang).to_owned()));
    // Nobody is chosen before somebody is: whoever overlooks the field must not accuse the first of the list.
    let first = std::iter::once((String::new(), lang.either("Choose", "고르세요").to_owned()));
    let teams = first.clone().chain(teams).collect();
    let mut fields = Vec::new();
    if right.roles().meet(Roles::ORGANIZER) {
        let judges = conflict::judges(tx, here)?.into_iter();
        let judges = judges.map(|one| (one.id.to_string(), one.display_name.to_string()));
        let judges = first.clone().chain(judges).collect();
        fields.push(again.entry("", "judge", Sentence::fixed("Judge", "심사위원"), "").among(judges));
    }
    fields.push(again.entry("", "team", Sentence::fixed("Team", "팀"), "").among(teams));
    let reason = again.entry("", "reason", Sentence::fixed("Why", "이유"), "").lines(3);
    fields.push(reason.hint("Organizers read it.", "운영진이 읽습니다."));
    Ok(fields)
}

/// `POST /h/{hackathon}/judging/conflicts`: by a judge for themselves, by an organizer for anybody.
pub async fn declare(
    visit: Visit,
    see: May<SeeJudging, Hackathon>,
    may: May<Declare, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let here = right.on().id;
        let mut reading = Reading::of(&said);
        // Judges declare for themselves; the form asks nobody else.
        let named = if said.has("judge") { reading.id("judge").map(Some) } else { Some(None) };
        let team = match said.filled("team") {
            Some(team) => reading.found(team::named(tx, here, team, "/team"))?,
            None => reading.unchosen("team"),
        };
        let reason = reading.text("reason");
        let (named, team, reason) = reading.whole(|| Some((named?, team?, reason?)))?;
        let judge = conflict::whose(tx, here, (right.user(), right.roles()), named)?;
        conflict::declare(tx, here, right.user(), (&judge, &team), &reason).map(drop)
    });
    after(visit, see, done.await, typed).await
}

/// `POST /h/{hackathon}/judging/conflicts/{conflict}/take-back`
pub async fn take_back(
    visit: Visit,
    see: May<SeeJudging, Hackathon>,
    may: May<Change, Within<Hackathon, Declared>>,
) -> Shown {
    let done = may.write(|tx, right| conflict::take_back(tx, &right.on().item, right.user()));
    after(visit, see, done.await, Typed::default()).await
}

async fn after(visit: Visit, see: May<SeeJudging, Hackathon>, done: Result<()>, typed: Typed) -> Shown {
    let lang = visit.lang;
    match done {
        Ok(()) => Ok(see_other(&format!("/h/{}/judging/conflicts", see.path().text("hackathon")?))),
        Err(refusal) => drawn(visit, see, Again::of(refusal, lang, "", typed)?).await,
    }
}

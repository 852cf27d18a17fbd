//! Planning hours, and telling of a changed plan.

use super::board::may_report;
use super::one::{self, Here, place};
use crate::access::policy::{Change, Record, See};
use crate::access::{May, Right, Within, allow};
use crate::base::{Lang, Localized, Result, Sentence, Text};
use crate::hackathon;
use crate::pages::entry::{Again, Entry, Typed};
use crate::pages::form::Form;
use crate::pages::frame::Visit;
use crate::pages::reading::Reading;
use crate::pages::{Shown, see_other};
use crate::sprint;
use crate::sprint::scope;
use crate::team::{self, Team};

/// `POST /h/{hackathon}/sprints/{sprint}/scope-changes`
pub async fn create(visit: Visit, may: May<Record, Here>, see: May<See, Here>, Form(typed): Form<Typed>) -> Shown {
    let (said, lang) = (typed.clone(), visit.lang);
    let done = may.write(move |tx, right| {
        let Within { parent: here, item: sprint } = right.on();
        let (hours, what, why) = read(&said)?;
        hackathon::hold(tx, here.id)?;
        let (member, team) = team::spoken_for(tx, here.id, (right.user(), right.roles()), said.filled("team"))?;
        team::must_have_one(team, right.roles())?;
        let planned_minutes = hours.map(|hours| sprint::minutes(hours, "/hours_planned")).transpose()?;
        let what = what.map(|what| Localized::plain(lang, what.as_str()));
        scope::change(tx, here, sprint, member.id, scope::Said { team, what, planned_minutes, why })?;
        Ok(format!("{}#plan", place(here, sprint.number)))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => one::drawn(visit, see, Again::of(refusal, lang, "", typed)?).await,
    }
}

/// Hours, what changes, and why.
type Read = (Option<f64>, Option<Text>, Option<Text>);

fn read(typed: &Typed) -> Result<Read> {
    let mut reading = Reading::of(typed);
    let (hours, what) = (reading.maybe("hours_planned", Reading::hours), reading.maybe("what", Reading::text));
    let why = reading.maybe("why", Reading::text);
    reading.whole(|| Some((hours?, what?, why?)))
}

/// The fields about a change of plan, for whoever may change the plan of one of these teams, or everybody's.
pub fn fields(right: &Right<See, Here>, teams: &[Team], again: &Again, lang: Lang) -> Option<Vec<Entry>> {
    let Within { parent: here, item: sprint } = right.on();
    let (actor, roles) = (right.actor(), right.roles());
    allow::<Record>(actor, roles, here.ended_at.is_some()).ok().filter(|()| sprint.closed_at.is_none())?;
    let mine = teams.iter().filter(|team| may_report(team, (actor, roles), here));
    let mine = mine.map(|team| (team.slug.to_string(), team.name.text(lang).to_owned()));
    let entry = |name: &str, en, ko| again.entry("", name, Sentence::fixed(en, ko), "");
    let whose = match allow::<Change>(actor, roles, false) {
        Ok(()) => {
            let everybody = (String::new(), lang.either("Everybody's", "모두").to_owned());
            let all = std::iter::once(everybody).chain(mine).collect();
            Some(entry("team", "Whose plan", "누구의 계획").among(all))
        }
        Err(_own) => {
            let mine: Vec<_> = mine.collect();
            if mine.is_empty() {
                return None;
            }
            (mine.len() > 1).then(|| entry("team", "For which team", "어느 팀").among(mine))
        }
    };
    let plan = [
        entry("hours_planned", "Hours the team plans for this sprint (optional)", "이 스프린트에 계획한 시간(선택)")
            .decimal(),
        entry("what", "What changes, in words", "무엇이 바뀌나요")
            .hint("With hours it may be left to Signpost.", "시간을 적으면 비워 둘 수 있습니다."),
        entry("why", "Why", "까닭")
            .hint("Needed once the sprint has begun.", "스프린트가 시작된 뒤에는 적어야 합니다."),
    ];
    Some(whose.into_iter().chain(plan).collect())
}

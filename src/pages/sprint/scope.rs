//! Planning hours, and telling of a changed plan.

use super::one::{self, Here, place};
use crate::access::policy::{Record, See};
use crate::access::{May, Within};
use crate::base::{Localized, Result, Text};
use crate::hackathon;
use crate::pages::form::Form;
use crate::pages::frame::Visit;
use crate::pages::question::then::obstacles;
use crate::pages::sheet::{Fields, Reading, Sheet};
use crate::pages::{Shown, see_other};
use crate::sprint;
use crate::sprint::scope;
use crate::team;

/// `POST /h/{hackathon}/sprints/{sprint}/scope-changes`
pub async fn create(visit: Visit, may: May<Record, Here>, see: May<See, Here>, Form(fields): Form<Fields>) -> Shown {
    let (sent, lang) = (fields.clone(), visit.lang);
    let done = may.write(move |tx, right| {
        let Within { parent: here, item: sprint } = right.on();
        let (hours, what, why) = read(&sent)?;
        hackathon::hold(tx, here.id)?;
        let (member, team) = team::spoken_for(tx, here.id, (right.user(), right.roles()), sent.filled("team"))?;
        team::must_have_one(team, right.roles())?;
        let planned_minutes = hours.map(|hours| sprint::minutes(hours, "/hours_planned")).transpose()?;
        let what = what.map(|what| Localized::plain(lang, what.as_str()));
        scope::change(tx, here, sprint, member.id, scope::Said { team, what, planned_minutes, why })?;
        Ok(format!("{}#plan", place(here, sprint.number)))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            one::drawn(visit, see, status, Sheet { fields, obstacles }).await
        }
    }
}

/// Hours, what changes, and why.
type Read = (Option<f64>, Option<Text>, Option<Text>);

fn read(fields: &Fields) -> Result<Read> {
    let mut reading = Reading::of(fields);
    let (hours, what) = (reading.maybe_hours("hours_planned"), reading.maybe_text("what"));
    let read = (hours, what, reading.maybe_text("why"));
    let read = match read {
        (Some(hours), Some(what), Some(why)) => Some((hours, what, why)),
        _ => None,
    };
    reading.whole(read)
}

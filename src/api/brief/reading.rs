//! What changed between two versions of the brief, and who has not read the present one.

use actix_web::HttpRequest;
use serde::Serialize;

use crate::access::policy::{See, SeeWork};
use crate::access::{Answer, May};
use crate::api::seen::TeamView;
use crate::api::{Answered, Paging, Query, answer};
use crate::base::{Error, Id, Name, Page};
use crate::brief::acknowledgement::{self, Missing};
use crate::brief::difference::{FieldChange, difference};
use crate::brief::{Latest, store};
use crate::consortium::Member;
use crate::hackathon::Hackathon;

const MISSING: &str = "brief-missing";

/// What changed.
#[derive(Serialize)]
struct DifferenceView {
    from: i32,
    to: i32,
    changes: Vec<FieldChange>,
}

/// `GET /v1/hackathons/{hackathon}/brief/versions/{a}/diff/{b}`: what changed from one to the other.
pub async fn compare(may: May<See, Hackathon>) -> Answered {
    let from = super::number(Some(may.path().text("a")?))?.ok_or(Error::NotFound)?;
    let to = super::number(Some(may.path().text("b")?))?.ok_or(Error::NotFound)?;
    may.read(move |tx, right| {
        let here = right.on().id;
        let old = store::version(tx, here, from)?.ok_or(Error::NotFound)?;
        let new = store::version(tx, here, to)?.ok_or(Error::NotFound)?;
        let view = DifferenceView { from, to, changes: difference(&old.wish(), &new.wish()) };
        Ok(Answer::ok(&view)?.tagged(Some(format!("{here}-{from}..{to}"))))
    })
    .await
}

/// Who has not read the present version.
#[derive(Serialize)]
struct MissingView {
    version: i32,
    sprint_begun: bool,
    #[serde(flatten)]
    page: Page<ReaderView>,
}

/// A participant who has not.
#[derive(Serialize)]
struct ReaderView {
    member: Id<Member>,
    display_name: Name,
    teams: Vec<TeamView>,
    last_read: Option<i32>,
    team_has_read: bool,
}

impl From<Missing> for ReaderView {
    fn from(of: Missing) -> ReaderView {
        let Missing { member, display_name, teams, last_read, team_has_read } = of;
        ReaderView { member, display_name, teams: teams.iter().map(TeamView::from).collect(), last_read, team_has_read }
    }
}

/// `GET /v1/hackathons/{hackathon}/brief/acknowledgements/missing`: all participants to organizers; to others their teams'.
pub async fn missing(req: HttpRequest, may: May<SeeWork, Latest>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(MISSING)?;
    let view = may
        .read(move |tx, right| {
            let Latest { hackathon, brief } = right.on();
            let brief = brief.as_ref().ok_or(Error::NotFound)?;
            let only = acknowledgement::visible(tx, hackathon.id, right.user(), right.roles())?;
            let mut rows = acknowledgement::missing(tx, brief, only.as_deref())?;
            rows.retain(|row| page.after.is_none_or(|after| row.member.uuid() > after));
            let page = Page::of(MISSING, &page, rows, |row| row.member.uuid()).map(ReaderView::from);
            let sprint_begun = acknowledgement::sprint_begun(tx, hackathon)?;
            Ok(MissingView { version: brief.number, sprint_begun, page })
        })
        .await?;
    Ok(answer::linked(&req, Answer::ok(&view)?, view.page.next.as_deref()))
}

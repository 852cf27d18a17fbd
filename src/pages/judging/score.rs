//! A judge's score sheet for a submission: drafted, looked at once more, sealed for good.

mod sheet;

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::frame;
use crate::access::policy::{ChangeScore, Score as Begin, SeeJudging};
use crate::access::{Item, May, Right, UserId, Within, allow};
use crate::base::{Error, Result, Sentence};
use crate::consortium::Member;
use crate::consortium::store::member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::judging::{Criterion, Score, Submission, conflict, score, store};
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::submission::Handed;
use crate::pages::time::When;
use crate::pages::{Shown, page, see_other};
use sheet::{Scale, Sheet};

type On = Within<Hackathon, Submission>;

#[derive(Template)]
#[template(path = "judging/score.html")]
struct Page {
    frame: Frame,
    place: String,
    list: String,
    obstacles: Vec<Obstacle>,
    handed: Handed,
    /// Why there is nothing to fill in.
    barred: Option<String>,
    form: Option<Filling>,
    asking: Option<Sheet>,
    sealed: Option<Sheet>,
    others: Vec<Sheet>,
}

/// The sheet while it is filled in.
struct Filling {
    /// Where it is sent: to the judge's draft, where there is one.
    to: String,
    drafted: Option<When>,
    mark: String,
    scales: Vec<Scale>,
    fields: Vec<Entry>,
}

/// Whether one looks at it once more before it is sealed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    seal: String,
}

/// `GET /h/{hackathon}/judging/scores/{submission}?seal=`
pub async fn show(visit: Visit, may: May<SeeJudging, On>, web::Query(wanted): web::Query<Wanted>) -> Shown {
    drawn(visit, may, !wanted.seal.is_empty(), Again::default()).await
}

async fn drawn(visit: Visit, may: May<SeeJudging, On>, asks: bool, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, asks, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeJudging, On>, visit: &Visit, asks: bool, again: Again) -> Result<Page> {
    let Within { parent: here, item: on } = right.on();
    let (lang, watch) = (visit.lang, visit.watch(here));
    let criteria = store::criterion::all(tx, here.id)?;
    let sealed = store::score::sealed_by(tx, here.id, right.user())?;
    let mut scores = store::score::all(tx, here.id)?;
    let reads = |one: &Score| one.submission == on.id && one.is_read_by(right.user(), right.roles(), &sealed);
    scores.retain(reads);
    let (own, others): (Vec<Score>, Vec<Score>) = scores.into_iter().partition(|one| one.user == right.user());
    let own = own.into_iter().next();
    let draft = own.as_ref().filter(|one| one.sealed_at.is_none());
    let scores = allow::<Begin>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok();
    let barred = if scores { barred(tx, right, &criteria)? } else { None };
    let fills = scores && barred.is_none() && own.as_ref().is_none_or(|one| one.sealed_at.is_none());
    let place = format!("/h/{}/judging/scores/{}", here.slug, on.id);
    let sheet = |score: &Score| Sheet::of(score, &criteria, &watch);
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), &format!("/judging/scores/{}", on.id))?,
        list: format!("/h/{}/judging", here.slug),
        handed: Handed::of(on, lang),
        barred: barred.map(|words| words.text(lang).to_owned()),
        asking: draft.filter(|_| fills && asks).map(sheet),
        form: (fills && !(asks && draft.is_some())).then(|| Filling {
            to: draft.map_or_else(|| place.clone(), |draft| format!("{place}/{}", draft.id)),
            drafted: draft.map(|draft| watch.ago(draft.updated_at)),
            mark: draft.and_then(Item::tag).unwrap_or_default(),
            scales: sheet::scales(&criteria, draft, &again, lang),
            fields: vec![sheet::comment(draft, &again)],
        }),
        place,
        sealed: own.as_ref().filter(|one| one.sealed_at.is_some()).map(sheet),
        others: others.iter().map(sheet).collect(),
        obstacles: again.obstacles,
    })
}

/// Why a judge has nothing to fill in: a conflict of interest, or nothing to judge by.
fn barred(tx: &mut Tx, right: &Right<SeeJudging, On>, criteria: &[Criterion]) -> Result<Option<Sentence>> {
    let Within { parent: here, item: on } = right.on();
    if criteria.is_empty() {
        return Ok(Some(Sentence::fixed(
            "The organizers have set no criteria yet.",
            "운영진이 아직 평가 기준을 정하지 않았습니다.",
        )));
    }
    let judge = judge(tx, here, right.user())?.id;
    match conflict::refuse(tx, here.id, judge, on.team) {
        Ok(()) => Ok(None),
        Err(Error::Conflict(words)) => Ok(Some(words)),
        Err(other) => Err(other),
    }
}

fn judge(tx: &mut Tx, here: &Hackathon, user: UserId) -> Result<Member> {
    member::by_user(tx, here.id, user)?.ok_or(Error::NotFound)
}

/// `POST /h/{hackathon}/judging/scores/{submission}`: begins a score.
pub async fn begin(visit: Visit, see: May<SeeJudging, On>, may: May<Begin, On>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent: here, item: on } = right.on();
        let judge = judge(tx, here, right.user())?;
        let draft = sheet::read(tx, here.id, &said)?;
        score::draft(tx, &judge, on, &draft).map(drop)
    });
    after(visit, see, done.await, typed).await
}

/// `POST /h/{hackathon}/judging/scores/{submission}/{score}`: changes a draft.
pub async fn change(
    visit: Visit,
    see: May<SeeJudging, On>,
    may: May<ChangeScore, Within<Hackathon, Score>>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent: here, item: of } = right.on();
        unchanged(&said, of.tag())?;
        let draft = sheet::read(tx, here.id, &said)?;
        score::redraft(tx, of, &draft).map(drop)
    });
    after(visit, see, done.await, typed).await
}

/// `POST .../{score}/seal`
pub async fn seal(visit: Visit, see: May<SeeJudging, On>, may: May<ChangeScore, Within<Hackathon, Score>>) -> Shown {
    let done = may.write(|tx, right| score::seal(tx, &right.on().item).map(drop));
    after(visit, see, done.await, Typed::default()).await
}

/// `POST .../{score}/drop`
pub async fn discard(visit: Visit, see: May<SeeJudging, On>, may: May<ChangeScore, Within<Hackathon, Score>>) -> Shown {
    let done = may.write(|tx, right| score::drop_draft(tx, &right.on().item));
    after(visit, see, done.await, Typed::default()).await
}

/// To the list, or to a second look at the sheet by who wants to seal it.
async fn after(visit: Visit, see: May<SeeJudging, On>, done: Result<()>, typed: Typed) -> Shown {
    let list = format!("/h/{}/judging", see.path().text("hackathon")?);
    match done {
        Ok(()) if typed.has("seal") => {
            Ok(see_other(&format!("{list}/scores/{}?seal=ask", see.path().text("submission")?)))
        }
        Ok(()) => Ok(see_other(&list)),
        Err(refusal) => {
            let again = Again::of(refusal, visit.lang, "", typed)?;
            drawn(visit, see, false, again).await
        }
    }
}

//! What a team hands in: written, changed until the deadline, taken back.

use askama::Template;

use super::entry::{Again, Entry, Typed, unchanged};
use super::form::Form;
use super::frame::{Frame, Tab, Visit};
use super::judging::due::Due;
use super::prose::Prose;
use super::question::then::Obstacle;
use super::reading::Reading;
use super::time::When;
use super::words::Words;
use super::{Shown, page, see_other};
use crate::access::policy::{SeeSubmissions, Submit, Verb};
use crate::access::{Item, May, Right, Roles, UserId, Within, allow};
use crate::base::{Error, Lang, Name, Result, Sentence, Text};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::judging::submission::{self, Facts, LINKS_MOST};
use crate::judging::{Judging, Link, Submission, store};
use crate::team::Team;

type On = Within<Hackathon, Team>;

/// How many empty rows for links there are at least.
const SPARE: usize = 2;

/// What was handed in, as it is read.
pub struct Handed {
    /// What it is called.
    pub title: Words,
    /// Whose it is.
    pub team: Words,
    /// What it is about.
    pub summary: Option<Prose>,
    /// Where to look at it.
    pub links: Vec<Link>,
}

impl Handed {
    /// A submission as it is read.
    pub fn of(of: &Submission, lang: Lang) -> Handed {
        Handed {
            title: Words::typed(of.facts.title.as_str(), lang),
            team: Words::of(&of.team_name, lang),
            summary: of.facts.summary.as_ref().map(|text| Prose::of(text.as_str())),
            links: of.facts.links.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "submission/submission.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    team: Words,
    due: Option<Due>,
    handed: Option<Handed>,
    at: Option<When>,
    /// Why nothing is changed any more.
    closed: Option<Sentence>,
    form: Option<Filling>,
}

/// The form.
struct Filling {
    mark: String,
    fields: Vec<Entry>,
    links: Vec<(usize, Entry, Entry)>,
}

/// `GET /h/{hackathon}/teams/{team}/submission`
pub async fn show(visit: Visit, may: May<SeeSubmissions, On>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<SeeSubmissions, On>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

/// What this team handed in, if anything. Who may not see what it hands in does not learn whether it did.
fn found<V: Verb>(tx: &mut Tx, right: &Right<V, On>) -> Result<Option<Submission>> {
    let Within { parent: here, item: team } = right.on();
    let seen = submission::visible(tx, here.id, right.user(), right.roles())?;
    if seen.is_some_and(|teams| !teams.contains(&team.id)) {
        return Err(Error::NotFound);
    }
    store::submission::of_team(tx, here.id, team.id)
}

fn whole(tx: &mut Tx, right: &Right<SeeSubmissions, On>, visit: &Visit, again: Again) -> Result<Page> {
    let found = found(tx, right)?;
    let Within { parent: here, item: team } = right.on();
    let (lang, watch) = (visit.lang, visit.watch(here));
    let judging = Judging::of(tx, here.clone())?;
    let closed = closed(tx, right, found.as_ref())?;
    let writes = right.roles().meet(Roles::ORGANIZER | Roles::TEAM)
        && allow::<Submit>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok();
    let place = format!("/h/{}/teams/{}/submission", here.slug, team.slug);
    Ok(Page {
        frame: Frame::within(tx, &visit.clone().at(place.clone()), here, right.roles(), Some(Tab::Teams))?,
        team: Words::of(&team.name, lang),
        due: Due::of(&judging, &watch),
        handed: found.as_ref().map(|one| Handed::of(one, lang)),
        at: found.as_ref().map(|one| watch.ago(one.updated_at)),
        form: (writes && closed.is_none()).then(|| filling(found.as_ref(), &again)),
        closed: closed.filter(|_| writes),
        obstacles: again.obstacles,
        place,
    })
}

/// What stands in the way of any change, so that nobody types for nothing. The concept decides again.
fn closed(tx: &mut Tx, right: &Right<SeeSubmissions, On>, of: Option<&Submission>) -> Result<Option<Sentence>> {
    match submission::is_open(tx, &right.on().parent, right.roles(), of) {
        Ok(()) | Err(Error::Invalid(_)) => Ok(None),
        Err(Error::Conflict(words)) => Ok(Some(words)),
        Err(other) => Err(other),
    }
}

fn filling(of: Option<&Submission>, again: &Again) -> Filling {
    let facts = of.map(|of| &of.facts);
    let title = facts.map(|facts| facts.title.as_str()).unwrap_or_default();
    let summary = facts.and_then(|facts| facts.summary.as_ref()).map(Text::as_str).unwrap_or_default();
    let stored: &[Link] = facts.map(|facts| facts.links.as_slice()).unwrap_or_default();
    let rows = again.typed("").map_or(0, |typed| typed.rows("links", "url"));
    let rows = rows.max(stored.len() + SPARE).clamp(3, LINKS_MOST);
    let link = |row: usize| {
        let (label, url) = stored.get(row).map_or(("", ""), |link| (link.label.as_str(), link.url.as_str()));
        let entry =
            |field: &str, name: Sentence, stored: &str| again.entry("", &format!("links/{row}/{field}"), name, stored);
        let url = entry("url", Sentence::fixed("Address", "주소"), url).of("url");
        (row + 1, entry("label", Sentence::fixed("What is there", "무엇인지"), label), url)
    };
    let summary = again.entry("", "summary", Sentence::fixed("Summary", "요약"), summary).lines(8);
    Filling {
        mark: of.and_then(Item::tag).unwrap_or_default(),
        fields: vec![
            again.entry("", "title", Sentence::fixed("What it is called", "제목"), title),
            summary.hint(
                "What it does, for whom, and what is next.",
                "무엇을 하는지, 누구를 위한 것인지, 다음은 무엇인지",
            ),
        ],
        links: (0..rows).map(link).collect(),
    }
}

fn facts(typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (title, summary) = (reading.name("title"), reading.maybe("summary", Reading::text));
    let link = |row: usize| {
        let [label, url] = ["label", "url"].map(|column| format!("links/{row}/{column}"));
        let address = typed.filled(&url).unwrap_or_default();
        // A link without words is called by its address.
        let label = match typed.filled(&label) {
            Some(_) => reading.name(&label),
            None => Some(shortened(address)),
        };
        label.map(|label| Link { label, url: address.to_owned() })
    };
    let links: Vec<Option<Link>> = (0..typed.rows("links", "url")).map(link).collect();
    reading.whole(|| Some(Facts { title: title?, summary: summary?, links: links.into_iter().collect::<Option<_>>()? }))
}

fn shortened(address: &str) -> Name {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    Name::stored(bare.chars().filter(|c| !c.is_control()).take(80).collect())
}

/// `POST /h/{hackathon}/teams/{team}/submission`: hands in, or changes what was handed in.
pub async fn save(visit: Visit, see: May<SeeSubmissions, On>, may: May<Submit, On>, Form(typed): Form<Typed>) -> Shown {
    let typed = typed.closed_up("links", &["url", "label"]);
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent: here, item: team } = right.on();
        let now = found(tx, right)?;
        unchanged(&said, now.as_ref().and_then(Item::tag))?;
        match now {
            None => submission::submit(tx, here, right.actor(), team, &facts(&said)?).map(drop),
            Some(of) => submission::change(tx, here, who(right), &of, &facts(&said)?).map(drop),
        }
    });
    after(visit, see, done.await, typed).await
}

fn who(right: &Right<Submit, On>) -> (UserId, Roles) {
    (right.user(), right.roles())
}

/// `POST /h/{hackathon}/teams/{team}/submission/withdraw`
pub async fn withdraw(visit: Visit, see: May<SeeSubmissions, On>, may: May<Submit, On>) -> Shown {
    let done = may.write(|tx, right| {
        let of = found(tx, right)?.ok_or(Error::NotFound)?;
        submission::withdraw(tx, &right.on().parent, who(right), &of)
    });
    after(visit, see, done.await, Typed::default()).await
}

async fn after(visit: Visit, see: May<SeeSubmissions, On>, done: Result<()>, typed: Typed) -> Shown {
    let path = see.path();
    let place = format!("/h/{}/teams/{}/submission", path.text("hackathon")?, path.text("team")?);
    match done {
        Ok(()) => Ok(see_other(&place)),
        Err(refusal) => {
            let again = Again::of(refusal, visit.lang, "", typed)?;
            drawn(visit, see, again).await
        }
    }
}

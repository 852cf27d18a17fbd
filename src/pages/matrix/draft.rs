//! The draft of the matrix: changed cell by cell, with the findings beside the topics they concern, and with what publishing
//! would change.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use crate::access::policy::{Change, Publish, SeeDraft};
use crate::access::{May, Right, Within};
use crate::base::{Error, Lang, PageRequest, Result, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::matrix::difference::{Difference, difference};
use crate::matrix::responsibility::{self, NewCell, Wanted};
use crate::matrix::{self, Draft, Level, Responsibility, Role, Table, rules, store};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::handoff::holder;
use crate::pages::question::then::{Obstacle, obstacles};
use crate::pages::words::{Words, cell};
use crate::pages::{Shown, page, see_other};
use crate::topic;

#[derive(Template)]
#[template(path = "matrix/draft.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    errors: usize,
    warnings: usize,
    topics: Vec<Topic>,
    others: Vec<Finding>,
    holders: Vec<(String, String)>,
    roles: Vec<(&'static str, String)>,
    changes: Vec<Told>,
    published: bool,
}

/// A topic with its own cells and what was found.
struct Topic {
    slug: String,
    name: Words,
    inherited_from: Option<Words>,
    cells: Vec<Held>,
    findings: Vec<Finding>,
}

/// A cell of the draft.
struct Held {
    id: Option<String>,
    class: &'static str,
    letter: char,
    role: String,
    holder: String,
}

/// Something that was found.
struct Finding {
    is_error: bool,
    code: &'static str,
    message: String,
    remedy: String,
}

/// Something that publishing would change.
struct Told {
    class: &'static str,
    sign: &'static str,
    what: String,
}

/// `GET /h/{hackathon}/matrix/draft`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    drawn(visit, may, StatusCode::OK, Vec::new()).await
}

async fn drawn(visit: Visit, may: May<SeeDraft, Hackathon>, status: StatusCode, obstacles: Vec<Obstacle>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, obstacles));
    page(status, lang, &drawn.await?)
}

/// The most cells that are listed; a matrix of more is a file's business.
const MOST: i64 = 100;

fn whole(tx: &mut Tx, right: &Right<SeeDraft, Hackathon>, visit: &Visit, obstacles: Vec<Obstacle>) -> Result<Page> {
    let (here, lang) = (right.on(), visit.lang);
    let draft = Draft::load(tx, here)?;
    let report = rules::findings(&draft);
    let table = draft.table();
    let latest = store::version::latest(tx, here.id)?;
    let cells = all_cells(tx, here)?;
    let found = |slug: Option<&str>| -> Vec<Finding> {
        let of_topic = report.findings.iter().filter(|one| one.topic.as_ref().map(crate::base::Slug::as_str) == slug);
        of_topic.map(|one| finding(one, lang)).collect()
    };
    let topics = table.effective().into_iter().map(|topic| Topic {
        slug: topic.row.slug.to_string(),
        name: Words::of(&topic.row.name, lang),
        inherited_from: topic.inherited_from.map(|from| Words::of(&from.name, lang)),
        cells: topic.cells.iter().map(|one| held(one, &table, &cells, topic.inherited_from.is_some(), lang)).collect(),
        findings: found(Some(topic.row.slug.as_str())),
    });
    let before = latest.as_ref().map_or_else(Table::default, |(_, table)| table.clone());
    Ok(Page {
        topics: topics.collect(),
        others: found(None),
        errors: report.count(Level::Error),
        warnings: report.count(Level::Warning),
        holders: holders(&draft, lang),
        roles: Role::ALL.iter().map(|role| (role.word(), cell(*role).text(lang).to_owned())).collect(),
        changes: told(&difference(&before, &table), lang),
        published: latest.is_some(),
        frame: Frame::within(
            tx,
            &visit.clone().at(format!("/h/{}/matrix/draft", here.slug)),
            here,
            right.roles(),
            Some(Tab::Matrix),
        )?,
        place: format!("/h/{}", here.slug),
        obstacles,
    })
}

/// Every cell of the draft with its id.
fn all_cells(tx: &mut Tx, here: &Hackathon) -> Result<Vec<Responsibility>> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let request = PageRequest { limit: MOST, after };
        let mut rows = store::responsibility::list(tx, here.id, &Wanted::default(), &request)?;
        let more = rows.len() > usize::try_from(MOST).unwrap_or_default();
        rows.truncate(usize::try_from(MOST).unwrap_or_default());
        after = rows.last().map(|row| row.id.uuid());
        all.extend(responsibility::with_names(tx, here, rows)?);
        if !more {
            return Ok(all);
        }
    }
}

fn held(one: &matrix::Cell, table: &Table, cells: &[Responsibility], inherited: bool, lang: Lang) -> Held {
    let named = table.named(one.holder);
    let slug = table.row(one.topic).map(|row| row.slug.clone());
    let own = cells
        .iter()
        .find(|cell| cell.holder.holder == one.holder && cell.role == one.role && Some(&cell.topic) == slug.as_ref());
    Held {
        id: own.filter(|_| !inherited).map(|cell| cell.id.to_string()),
        class: one.role.word(),
        letter: one.role.letter(),
        role: cell(one.role).text(lang).to_owned(),
        holder: named.map(|named| named.name.text(lang).to_owned()).unwrap_or_default(),
    }
}

fn finding(one: &matrix::Finding, lang: Lang) -> Finding {
    Finding {
        is_error: one.level == Level::Error,
        code: one.code,
        message: one.message.text(lang).to_owned(),
        remedy: one.remedy.text(lang).to_owned(),
    }
}

/// Everybody who may hold something, as a list to choose from.
fn holders(draft: &Draft, lang: Lang) -> Vec<(String, String)> {
    let value = |named: &matrix::Named| {
        let kind = named.holder.kind();
        let name = named.slug.clone().or(named.holder.id().map(|id| id.to_string())).unwrap_or_default();
        (format!("{kind}:{name}"), named.name.text(lang).to_owned())
    };
    draft.consortium.holders().iter().map(value).collect()
}

fn told(of: &Difference, lang: Lang) -> Vec<Told> {
    let plus = |what: String| Told { class: "plus", sign: "+", what };
    let minus = |what: String| Told { class: "minus", sign: "−", what };
    let moves = |what: String| Told { class: "quiet", sign: "→", what };
    let cell_of = |one: &matrix::difference::CellTold| {
        format!("{}: {}, {}", one.topic.name.text(lang), one.holder.name.text(lang), cell(one.role).text(lang))
    };
    let added = of.topics_added.iter().map(|one| plus(one.name.text(lang).to_owned()));
    let gone = of.topics_removed.iter().map(|one| minus(one.name.text(lang).to_owned()));
    let renamed = of.topics_changed.iter().map(|one| moves(one.name.text(lang).to_owned()));
    let new = of.added.iter().map(|one| plus(cell_of(one)));
    let old = of.removed.iter().map(|one| minus(cell_of(one)));
    let moved = of.moved.iter().map(|one| {
        let (from, to) = (cell(one.from.role), cell(one.to.role));
        let (from, to) = (from.text(lang), to.text(lang));
        moves(format!(
            "{}: {}, {from} → {to} {}",
            one.topic.name.text(lang),
            one.holder.name.text(lang),
            one.to.position
        ))
    });
    added.chain(gone).chain(renamed).chain(new).chain(old).chain(moved).collect()
}

/// A new cell, as it is chosen.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    topic: String,
    holder: String,
    role: String,
}

/// `POST /h/{hackathon}/matrix/draft/add`
pub async fn add(
    visit: Visit,
    may: May<Change, Hackathon>,
    see: May<SeeDraft, Hackathon>,
    Form(chosen): Form<Chosen>,
) -> Shown {
    let topic = chosen.topic.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        let topic = topic::named(tx, here.id, &chosen.topic, "/topic")?.id;
        let role = Role::from_word(&chosen.role).ok_or_else(|| missing("/role"))?;
        let said = holder(&chosen.holder).map_err(|_none| missing("/holder"))?;
        let holder = said.find(tx, here.id, "/holder")?;
        responsibility::add(tx, here, &NewCell { topic, role, holder, position: None }).map(drop)
    });
    after(visit, see, done.await, &format!("#{topic}")).await
}

fn missing(pointer: &str) -> Error {
    Error::invalid(pointer, "choice.missing", say!("Choose a holder and a role.", "담당과 역할을 고르세요."))
}

/// `POST /h/{hackathon}/matrix/draft/{responsibility}/remove`
pub async fn remove(
    visit: Visit,
    may: May<Change, Within<Hackathon, Responsibility>>,
    see: May<SeeDraft, Hackathon>,
) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        responsibility::remove(tx, parent, item)
    });
    after(visit, see, done.await, "").await
}

/// `POST /h/{hackathon}/matrix/publish`
pub async fn publish(visit: Visit, may: May<Publish, Hackathon>, see: May<SeeDraft, Hackathon>) -> Shown {
    let lang = visit.lang;
    let place = format!("/h/{}/matrix", may.path().text("hackathon")?);
    match may.write(move |tx, right| matrix::publish(tx, right.on(), right.user(), lang)).await {
        Ok(_) => Ok(see_other(&place)),
        Err(refusal) => after(visit, see, Err(refusal), "").await,
    }
}

async fn after(visit: Visit, see: May<SeeDraft, Hackathon>, done: Result<()>, anchor: &str) -> Shown {
    let place = format!("/h/{}/matrix/draft{anchor}", see.path().text("hackathon")?);
    match done {
        Ok(()) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            // The fields are many on this page, one set for each topic; the words say enough.
            let obstacles = obstacles.into_iter().map(|one| Obstacle { field: String::new(), ..one }).collect();
            drawn(visit, see, status, obstacles).await
        }
    }
}

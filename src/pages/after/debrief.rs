//! Debriefs: what people learnt. Each is its author's own until they share it.

pub mod one;

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::{frame, ways};
use crate::access::policy::{Debrief as Write, See};
use crate::access::{May, Right, allow};
use crate::base::page::every;
use crate::base::text::fold;
use crate::base::{Lang, Name, Result};
use crate::consortium::Member;
use crate::consortium::store::member;
use crate::db::Tx;
use crate::debrief::{About, Debrief, store};
use crate::hackathon::Hackathon;
use crate::pages::form::filled;
use crate::pages::frame::{Frame, Visit, Way};
use crate::pages::prose::Prose;
use crate::pages::time::{When, date};
use crate::pages::words::Words;
use crate::pages::{Shown, page};
use crate::team::{self, Team};

#[derive(Template)]
#[template(path = "after/debriefs.html")]
struct Page {
    frame: Frame,
    place: String,
    ways: Vec<Way>,
    writes: bool,
    themes: Vec<Theme>,
    teams: Vec<(String, String, bool)>,
    professions: Vec<(String, bool)>,
    theme: String,
    filtered: bool,
    rows: Vec<Row>,
}

/// A theme, how many debriefs have it, and whether it is the one that is looked at.
struct Theme {
    name: String,
    query: String,
    count: usize,
    chosen: bool,
}

/// A debrief as it is read.
pub struct Row {
    id: String,
    author: String,
    about: Words,
    body: Prose,
    themes: Vec<Words>,
    presented: Vec<(Words, String)>,
    shared: Option<When>,
    own: bool,
}

/// What all debriefs of an event are read with.
struct Reader<'r> {
    members: &'r [Member],
    teams: &'r [Team],
    user: crate::access::UserId,
    watch: crate::pages::time::Watch,
}

impl Reader<'_> {
    fn row(&self, of: &Debrief) -> Row {
        let lang = self.watch.lang;
        let presented = of.facts.presented.iter();
        Row {
            id: of.id.to_string(),
            author: of.display_name.to_string(),
            about: self.about(of, lang),
            body: Prose::of(of.facts.body.as_str()),
            themes: of.facts.themes.iter().map(|theme| Words::typed(theme.as_str(), lang)).collect(),
            presented: presented.map(|one| (Words::typed(one.occasion.as_str(), lang), date(one.on, lang))).collect(),
            shared: of.shared_at.map(|at| self.watch.ago(at)),
            own: of.user == self.user,
        }
    }

    fn about(&self, of: &Debrief, lang: Lang) -> Words {
        match &of.about {
            About::Member(id) if *id == of.author => Words::name(lang.either("About themselves", "자신에 대하여")),
            About::Member(id) => {
                let found = self.members.iter().find(|one| one.id == *id);
                Words::name(found.map(|one| one.display_name.to_string()).unwrap_or_default())
            }
            About::Team(id) => {
                let found = self.teams.iter().find(|one| one.id == *id);
                found.map_or_else(|| Words::name(""), |one| Words::of(&one.name, lang))
            }
            About::Profession(name) => Words::typed(name.as_str(), lang),
        }
    }
}

/// Which are looked at.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    theme: String,
    team: String,
    profession: String,
}

/// `GET /h/{hackathon}/after/debriefs?theme=&team=&profession=`
pub async fn show(visit: Visit, may: May<See, Hackathon>, web::Query(wanted): web::Query<Wanted>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, &wanted));
    page(StatusCode::OK, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<See, Hackathon>, visit: &Visit, wanted: &Wanted) -> Result<Page> {
    let here = right.on();
    let (members, teams) = (member::all(tx, here.id)?, team::store::all(tx, here.id)?);
    let filter = store::Filter {
        team: teams.iter().find(|one| one.slug.as_str() == wanted.team).map(|one| one.id),
        profession: filled(&wanted.profession).map(|name| Name::stored(name.to_owned())),
    };
    let mut found = every(|page| store::list(tx, here.id, right.user(), &filter, page), |one: &Debrief| one.id.uuid())?;
    let themes = themes(&found, &wanted.theme);
    if let Some(theme) = filled(&wanted.theme).map(fold) {
        found.retain(|one| one.facts.themes.iter().any(|own| fold(own.as_str()) == theme));
    }
    // The newest first: what was written last is what one has not read yet.
    found.reverse();
    let reader = Reader { members: &members, teams: &teams, user: right.user(), watch: visit.watch(here) };
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), "/after/debriefs")?,
        place: format!("/h/{}/after/debriefs", here.slug),
        ways: ways(here, right.roles(), "/after/debriefs"),
        writes: allow::<Write>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok(),
        themes,
        teams: teams
            .iter()
            .map(|one| {
                let slug = one.slug.to_string();
                let chosen = slug == wanted.team;
                (slug, one.name.text(visit.lang).to_owned(), chosen)
            })
            .collect(),
        professions: professions(&members, &wanted.profession),
        theme: wanted.theme.clone(),
        filtered: [&wanted.theme, &wanted.team, &wanted.profession].iter().any(|one| !one.is_empty()),
        rows: found.iter().map(|one| reader.row(one)).collect(),
    })
}

/// The themes of these debriefs, the most frequent first.
fn themes(of: &[Debrief], wanted: &str) -> Vec<Theme> {
    let mut counted: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for theme in of.iter().flat_map(|one| &one.facts.themes) {
        counted.entry(fold(theme.as_str())).or_insert((theme.to_string(), 0)).1 += 1;
    }
    let chosen = fold(wanted);
    let mut themes: Vec<Theme> = counted
        .into_iter()
        .map(|(folded, (name, count))| Theme {
            query: crate::pages::form::query(&name),
            name,
            count,
            chosen: folded == chosen,
        })
        .collect();
    themes.sort_by_key(|theme| std::cmp::Reverse(theme.count));
    themes
}

/// The professions of those who take part, each once.
fn professions(of: &[Member], chosen: &str) -> Vec<(String, bool)> {
    let mut all: Vec<String> = of.iter().filter_map(|one| one.profession.as_ref()).map(Name::to_string).collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|name| (name.clone(), name == chosen)).collect()
}

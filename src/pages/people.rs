//! Who of a profession or of an organization is where, what they asked and what they answered.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::form::{filled, query};
use super::frame::{Frame, Tab, Visit};
use super::question::view::place;
use super::words::{self, Tag, Words};
use super::{Shown, page};
use crate::access::policy::{Invite, See};
use crate::access::{May, Right, Roles, allow};
use crate::base::{Lang, Name, Page as Part, PageRequest, Result};
use crate::consortium::organization::Organization;
use crate::consortium::store::member::{self, Filter};
use crate::consortium::store::{organization, unit};
use crate::consortium::{Member, Unit};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::people::{self, Glance, Kind, Questions};

const LIST: &str = "people";

#[derive(Template)]
#[template(path = "people/people.html")]
struct Page {
    frame: Frame,
    place: String,
    invites: bool,
    professions: Vec<Chip>,
    organizations: Vec<Chip>,
    chosen: bool,
    people: Vec<Person>,
    next: Option<String>,
}

/// A kind of people: how many there are, and in how many teams they build.
struct Chip {
    label: Words,
    query: String,
    told: String,
    chosen: bool,
}

/// Somebody who takes part.
struct Person {
    name: String,
    roles: String,
    /// What they do for a living, and where they belong.
    facts: Vec<Words>,
    teams: Vec<(String, Words, Option<Words>)>,
    asked: Said,
    answered: Said,
    /// Only for those who route and answer questions.
    email: Option<String>,
}

/// Questions, as far as the reader sees them.
struct Said {
    count: usize,
    newest: Vec<(String, i32, Words, Tag)>,
}

/// Whom one wants to see.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    profession: String,
    organization: String,
    cursor: String,
}

/// `GET /h/{hackathon}/people?profession=&organization=&cursor=`
pub async fn show(visit: Visit, may: May<See, Hackathon>, web::Query(wanted): web::Query<Wanted>) -> Shown {
    let lang = visit.lang;
    // A cursor that is none of ours begins at the beginning.
    let begin = PageRequest::parse(LIST, None, None)?;
    let request = PageRequest::parse(LIST, None, filled(&wanted.cursor)).unwrap_or(begin);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, (&wanted, &request)));
    page(StatusCode::OK, lang, &drawn.await?)
}

fn whole(
    tx: &mut Tx,
    right: &Right<See, Hackathon>,
    visit: &Visit,
    (wanted, request): (&Wanted, &PageRequest),
) -> Result<Page> {
    let (here, lang, roles) = (right.on(), visit.lang, right.roles());
    let (organizations, units) = (organization::all(tx, here.id)?, unit::all(tx, here.id)?);
    let named = organizations.iter().find(|one| one.slug.as_str() == wanted.organization);
    let filter = Filter {
        organization: named.map(|one| one.id),
        profession: filled(&wanted.profession).map(|name| Name::stored(name.to_owned())),
        ..Filter::default()
    };
    let (rows, glance) = people::across(tx, here.id, right.user(), &filter, request)?;
    let Part { items, next } = Part::of(LIST, request, rows, |row| row.member.uuid());
    // Those who route and answer questions may contact people; nobody else sees addresses.
    let contacts = roles.meet(Roles::ORGANIZER | Roles::MENTOR | Roles::RESPONDER);
    let members = if contacts { member::all(tx, here.id)? } else { Vec::new() };
    let told = Told { here, units: &units, members: &members, lang };
    Ok(Page {
        frame: Frame::within(
            tx,
            &visit.clone().at(format!("/h/{}/people", here.slug)),
            here,
            roles,
            Some(Tab::People),
        )?,
        place: format!("/h/{}", here.slug),
        invites: allow::<Invite>(right.actor(), roles, here.ended_at.is_some()).is_ok(),
        professions: professions(&glance, wanted, lang),
        organizations: belonging(&glance, &organizations, wanted, lang),
        chosen: filter.organization.is_some() || filter.profession.is_some(),
        people: items.into_iter().map(|one| told.person(one)).collect(),
        next: next.map(|cursor| {
            let (profession, organization) = (query(&wanted.profession), query(&wanted.organization));
            format!("?profession={profession}&organization={organization}&cursor={cursor}")
        }),
    })
}

/// What people are told with.
struct Told<'t> {
    here: &'t Hackathon,
    units: &'t [Unit],
    members: &'t [Member],
    lang: Lang,
}

impl Told<'_> {
    fn person(&self, of: people::Person) -> Person {
        let lang = self.lang;
        let unit = of.organization.as_ref().and_then(|one| one.unit.as_ref());
        let unit = unit.and_then(|slug| self.units.iter().find(|one| one.slug == *slug));
        let facts = [
            of.profession.as_ref().map(|name| Words::typed(name.as_str(), lang)),
            of.organization.as_ref().map(|one| Words::of(&one.name, lang)),
            unit.map(|one| Words::of(&one.name, lang)),
        ];
        let team = |one: &people::Place| {
            let does = one.function.as_ref().map(|name| Words::typed(name.as_str(), lang));
            (format!("/h/{}/teams/{}", self.here.slug, one.slug), Words::of(&one.name, lang), does)
        };
        let member = self.members.iter().find(|one| one.id == of.member);
        Person {
            name: of.display_name.to_string(),
            roles: words::roles(&of.roles, lang),
            facts: facts.into_iter().flatten().collect(),
            teams: of.teams.iter().map(team).collect(),
            asked: self.said(&of.asked),
            answered: self.said(&of.answered),
            email: member.map(|one| one.email.to_string()),
        }
    }

    fn said(&self, of: &Questions) -> Said {
        let line = |one: &people::Line| {
            let title = Words::typed(one.title.as_str(), self.lang);
            (place(self.here, one.number), one.number, title, words::standing(one.state))
        };
        Said { count: of.count, newest: of.newest.iter().map(line).collect() }
    }
}

fn told(of: &Kind, lang: Lang) -> String {
    let (people, teams) = (of.people, of.teams);
    match lang {
        _ if teams == 0 => people.to_string(),
        Lang::En if teams == 1 => format!("{people} in 1 team"),
        Lang::En => format!("{people} in {teams} teams"),
        Lang::Ko => format!("{people}명, 팀 {teams}개"),
    }
}

fn professions(of: &Glance, wanted: &Wanted, lang: Lang) -> Vec<Chip> {
    let chip = |kind: &Kind| {
        let name = kind.key.clone()?;
        let chosen = name == wanted.profession;
        let query = format!("?profession={}", query(&name));
        Some(Chip { label: Words::typed(&name, lang), query, told: told(kind, lang), chosen })
    };
    of.professions.iter().filter_map(chip).collect()
}

fn belonging(of: &Glance, all: &[Organization], wanted: &Wanted, lang: Lang) -> Vec<Chip> {
    let chip = |kind: &Kind| {
        let slug = kind.key.as_ref()?;
        let found = all.iter().find(|one| one.slug.as_str() == slug)?;
        let (label, query) = (Words::of(&found.name, lang), format!("?organization={slug}"));
        Some(Chip { label, query, told: told(kind, lang), chosen: *slug == wanted.organization })
    };
    of.organizations.iter().filter_map(chip).collect()
}

//! Who takes part.

use actix_web::http::StatusCode;
use askama::Template;

use super::frame::{Frame, Tab, Visit};
use super::words::{self, Words};
use super::{Shown, page};
use crate::access::policy::See;
use crate::access::{May, Roles};
use crate::base::{Lang, Result};
use crate::consortium::member::MemberState;
use crate::consortium::{Affiliation, Member, store};
use crate::db::Tx;
use crate::hackathon::Hackathon;

#[derive(Template)]
#[template(path = "people/people.html")]
struct Page {
    frame: Frame,
    groups: Vec<(Words, Vec<Person>)>,
}

/// Somebody who takes part.
struct Person {
    name: String,
    roles: String,
    /// Only for those who route and answer questions.
    email: Option<String>,
}

/// `GET /h/{hackathon}/people`
pub async fn show(visit: Visit, may: May<See, Hackathon>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        // Those who route and answer questions may contact people; nobody else sees addresses.
        let contacts = right.roles().meet(Roles::ORGANIZER | Roles::MENTOR | Roles::RESPONDER);
        let groups = groups(tx, here, contacts, lang)?;
        Ok(Page { frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::People))?, groups })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// By where they belong: units under their organizations, then those who belong nowhere.
fn groups(tx: &mut Tx, here: &Hackathon, contacts: bool, lang: Lang) -> Result<Vec<(Words, Vec<Person>)>> {
    let mut members = store::member::all(tx, here.id)?;
    members.retain(|member| member.state == MemberState::Active);
    let person = |one: &Member| Person {
        name: one.display_name.to_string(),
        roles: words::roles(&one.roles, lang),
        email: contacts.then(|| one.email.to_string()),
    };
    let of = |wanted: Option<Affiliation>| {
        members.iter().filter(|one| one.affiliation == wanted).map(person).collect::<Vec<_>>()
    };
    let units = store::unit::all(tx, here.id)?;
    let mut groups = Vec::new();
    for organization in store::organization::all(tx, here.id)? {
        groups.push((Words::of(&organization.name, lang), of(Some(Affiliation::Organization(organization.id)))));
        let own = units.iter().filter(|unit| unit.organization == organization.id);
        let whole = organization.name.text(lang);
        groups.extend(own.map(|unit| {
            let name = Words::name(format!("{whole} · {}", unit.name.text(lang)));
            (name, of(Some(Affiliation::Unit(unit.id))))
        }));
    }
    let others = if lang == Lang::En { "Others" } else { "그 밖에" };
    groups.push((Words::name(others), of(None)));
    groups.retain(|(_, people)| !people.is_empty());
    Ok(groups)
}

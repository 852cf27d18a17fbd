//! Adding a team, naming it, and saying who is in it and who stands by it.

use actix_web::http::StatusCode;
use askama::Template;

use crate::access::policy::Change;
use crate::access::{May, Right, Within};
use crate::base::{Error, Fault, Id, Key, Localized, Name, Result, Slug, say};
use crate::consortium::member::{self, weekly_hours, weekly_minutes};
use crate::consortium::{Member, NewMember, store as members};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon, Role};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::obstacles;
use crate::pages::sheet::{Fields, Reading, Sheet};
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::team::{Mentor, Team, TeamMember, roster, store};

/// A team within its hackathon.
type Here = Within<Hackathon, Team>;

#[derive(Template)]
#[template(path = "team/edit.html")]
struct Page {
    frame: Frame,
    list: String,
    /// Where the form with the name is sent.
    action: String,
    sheet: Sheet,
    /// The team that is changed; none: one is added.
    team: Option<Known>,
}

/// A team that there is.
struct Known {
    place: String,
    name: Words,
    members: Vec<Mate>,
    mentors: Vec<(String, String)>,
    /// Who may join it, and who may stand by it.
    builders: Vec<(String, String)>,
    helpers: Vec<(String, String)>,
}

/// Somebody in it, with the names of the fields about them.
struct Mate {
    id: String,
    name: String,
    does: String,
    function: String,
    hours: String,
}

/// `GET /h/{hackathon}/teams/add`
pub async fn add(visit: Visit, may: May<Change, Hackathon>) -> Shown {
    new_page(visit, may, StatusCode::OK, Sheet::default()).await
}

async fn new_page(visit: Visit, may: May<Change, Hackathon>, status: StatusCode, sheet: Sheet) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let list = format!("/h/{}/teams", here.slug);
        let visit = visit.at(format!("{list}/add"));
        let frame = Frame::within(tx, &visit, here, right.roles(), Some(Tab::Teams))?;
        Ok(Page { frame, action: list.clone(), list, sheet, team: None })
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/teams`
pub async fn create(
    visit: Visit,
    may: May<Change, Hackathon>,
    again: May<Change, Hackathon>,
    Form(fields): Form<Fields>,
) -> Shown {
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        let (slug, name) = named(&sent)?;
        hackathon::touch(tx, here.id)?;
        let made = store::insert(tx, here.id, &slug, &name)?;
        Ok(format!("/h/{}/teams/{}/edit", here.slug, made.slug))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            new_page(visit, again, status, Sheet { fields, obstacles }).await
        }
    }
}

fn named(fields: &Fields) -> Result<(Slug, Localized)> {
    let mut reading = Reading::of(fields);
    let (slug, name) = (reading.slug("slug"), reading.both_names("name"));
    reading.whole(slug.zip(name))
}

/// `GET /h/{hackathon}/teams/{team}/edit`
pub async fn edit(visit: Visit, may: May<Change, Here>) -> Shown {
    edit_page(visit, may, StatusCode::OK, Sheet::default()).await
}

async fn edit_page(visit: Visit, may: May<Change, Here>, status: StatusCode, typed: Sheet) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, typed)).await?;
    page(status, lang, &drawn)
}

fn whole(tx: &mut Tx, right: &Right<Change, Here>, visit: &Visit, typed: Sheet) -> Result<Page> {
    let Within { parent: here, item: team } = right.on();
    let list = format!("/h/{}/teams", here.slug);
    let place = format!("{list}/{}", team.slug);
    let people = members::member::all(tx, here.id)?;
    let is_in = |one: &Member| team.members.iter().any(|mate| mate.member == one.id);
    let stands_by = |one: &Member| team.mentors.iter().any(|mentor| mentor.member == one.id);
    let free = people.iter().filter(|one| one.takes_part() && !is_in(one) && !stands_by(one));
    let choices = |role: Role| {
        let fit = free.clone().filter(|one| one.is(role));
        fit.map(|one| (one.id.to_string(), one.display_name.to_string())).collect::<Vec<_>>()
    };
    let known = Known {
        name: Words::of(&team.name, visit.lang),
        members: team.members.iter().map(mate).collect(),
        mentors: team.mentors.iter().map(|one| (one.member.to_string(), one.person.display_name.to_string())).collect(),
        builders: choices(Role::Participant),
        helpers: choices(Role::Mentor),
        place: place.clone(),
    };
    let action = format!("{place}/edit");
    let visit = visit.clone().at(action.clone());
    Ok(Page {
        frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Teams))?,
        list,
        action,
        // What was typed comes first; what was not stays as it is.
        sheet: Sheet { fields: typed.fields.and(held(team)), ..typed },
        team: Some(known),
    })
}

fn mate(of: &TeamMember) -> Mate {
    Mate {
        id: of.member.to_string(),
        name: of.person.display_name.to_string(),
        does: of.function.to_string(),
        function: format!("function-{}", of.member),
        hours: format!("hours-{}", of.member),
    }
}

fn held(team: &Team) -> Fields {
    let fields = Fields::default().with("slug", &team.slug).both("name", Some(&team.name));
    team.members.iter().fold(fields, |fields, one| {
        let fields = fields.with(format!("function-{}", one.member), &one.function);
        fields.maybe(&format!("hours-{}", one.member), one.person.weekly_minutes.map(weekly_hours))
    })
}

async fn after(visit: Visit, again: May<Change, Here>, fields: Fields, done: Result<String>) -> Shown {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            edit_page(visit, again, status, Sheet { fields, obstacles }).await
        }
    }
}

fn back(here: &Within<Hackathon, Team>) -> String {
    format!("/h/{}/teams/{}/edit", here.parent.slug, here.item.slug)
}

/// `POST /h/{hackathon}/teams/{team}/edit`
pub async fn rename(
    visit: Visit,
    may: May<Change, Here>,
    again: May<Change, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let (slug, name) = named(&sent)?;
        hackathon::touch(tx, parent.id)?;
        let changed = store::update(tx, &Team { slug, name, ..item.clone() })?;
        Ok(format!("/h/{}/teams/{}", parent.slug, changed.slug))
    });
    after(visit, again, fields, done.await).await
}

/// `POST /h/{hackathon}/teams/{team}/remove`
pub async fn remove(visit: Visit, may: May<Change, Here>, again: May<Change, Here>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        store::delete(tx, item.id)?;
        Ok(format!("/h/{}/teams", parent.slug))
    });
    after(visit, again, Fields::default(), done.await).await
}

/// The member who was chosen in a field.
fn chosen(fields: &Fields, name: &str) -> Result<Id<Member>> {
    match Key::parse(fields.one(name)) {
        Some(Key::Id(id)) => Ok(Id::from_uuid(id)),
        _ => Err(Error::invalid(format!("/{name}"), "member.missing", say!("Choose somebody.", "사람을 고르세요."))),
    }
}

/// `POST /h/{hackathon}/teams/{team}/members`
pub async fn join(visit: Visit, may: May<Change, Here>, again: May<Change, Here>, Form(fields): Form<Fields>) -> Shown {
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let who = chosen(&sent, "member")?;
        let mut reading = Reading::of(&sent);
        let function = reading.name("function");
        let function = reading.whole(function)?;
        hackathon::touch(tx, right.on().parent.id)?;
        roster::add_member(tx, &right.on().item, who, &function)?;
        Ok(back(right.on()))
    });
    after(visit, again, fields, done.await).await
}

/// `POST /h/{hackathon}/teams/{team}/members/{member}`: what they do in it, and the hours they offer.
pub async fn change_mate(
    visit: Visit,
    may: May<Change, Within<Here, TeamMember>>,
    again: May<Change, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let id = may.path().text("member")?.to_owned();
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let (function, minutes) = read_mate(&sent, &id)?;
        changed(tx, right, &function, minutes)
    });
    after(visit, again, fields, done.await).await
}

fn read_mate(fields: &Fields, id: &str) -> Result<(Name, Option<i32>)> {
    let hours_of = format!("hours-{id}");
    let mut reading = Reading::of(fields);
    let (function, hours) = (reading.name(&format!("function-{id}")), reading.maybe_hours(&hours_of));
    let (function, hours) = reading.whole(function.zip(hours))?;
    let minutes = hours.map(|hours| weekly_minutes(hours, &format!("/{hours_of}"))).transpose()?;
    Ok((function, minutes))
}

fn changed(
    tx: &mut Tx,
    right: &Right<Change, Within<Here, TeamMember>>,
    function: &Name,
    weekly_minutes: Option<i32>,
) -> Result<String> {
    let Within { parent, item } = right.on();
    hackathon::touch(tx, parent.parent.id)?;
    if *function != item.function {
        store::roster::set_function(tx, item, function)?;
    }
    let now = members::member::by_id(tx, parent.parent.id, item.member)?.ok_or(Error::NotFound)?;
    if now.weekly_minutes != weekly_minutes {
        member::change(tx, &now, &NewMember { weekly_minutes, ..now.said() })?;
    }
    Ok(back(parent))
}

/// `POST /h/{hackathon}/teams/{team}/members/{member}/remove`
pub async fn leave(may: May<Change, Within<Here, TeamMember>>) -> Shown {
    let place = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.parent.id)?;
        store::roster::delete_member(tx, item)?;
        Ok(back(parent))
    });
    Ok(see_other(&place.await?))
}

/// `POST /h/{hackathon}/teams/{team}/mentors`
pub async fn stand_by(
    visit: Visit,
    may: May<Change, Here>,
    again: May<Change, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let who = chosen(&sent, "mentor")?;
        hackathon::touch(tx, right.on().parent.id)?;
        roster::add_mentor(tx, &right.on().item, who)?;
        Ok(back(right.on()))
    });
    after(visit, again, fields, done.await.map_err(at_its_field)).await
}

/// The concept calls it `member`, which is another field of the same page.
fn at_its_field(refusal: Error) -> Error {
    let moved = |fault: Fault| Fault { pointer: fault.pointer.replace("/member", "/mentor"), ..fault };
    match refusal {
        Error::Invalid(faults) => Error::Invalid(faults.into_iter().map(moved).collect()),
        other => other,
    }
}

/// `POST /h/{hackathon}/teams/{team}/mentors/{member}/remove`
pub async fn step_back(may: May<Change, Within<Here, Mentor>>) -> Shown {
    let place = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.parent.id)?;
        store::roster::delete_mentor(tx, item)?;
        Ok(back(parent))
    });
    Ok(see_other(&place.await?))
}

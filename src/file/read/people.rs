//! Reads the people and the teams.

use super::super::check::{self, Once, Thing};
use super::super::document::{Person, Role, Team, TeamMember};
use super::consortium::affiliation;
use super::{Fields, Reader, Spot, fields, language, scalar, word};
use crate::base::{Email, say};

/// Everyone, among them an organizer.
pub fn people(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Vec<Person>> {
    let people = fields::list(r, at.clone(), person);
    check::organizer(r, &at);
    Some(people)
}

fn person(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Person> {
    let mut f = Fields::open(r, at)?;
    let email = f.required(r, "email", |r, at| {
        let email = r.email(&at)?;
        r.declare_key(Thing::Person, email.folded(), &at);
        Some(email)
    });
    let name = f.required(r, "name", scalar::name);
    let affiliation = f.optional(r, "affiliation", affiliation);
    let roles = f.required(r, "roles", roles);
    let profession = f.optional(r, "profession", |r, at| r.slug(&at));
    let weekly_hours = f.optional(r, "weekly_hours", scalar::weekly_hours);
    let phone = f.optional(r, "phone", |r, at| {
        let text = scalar::text(r, at.clone())?;
        check::address::phone(r, &at, text)
    });
    let locale = f.optional(r, "locale", word::language);
    let suspended = f.optional(r, "suspended", scalar::flag).unwrap_or(false);
    f.close(r);
    r.names.organized |= roles.as_ref().is_none_or(|roles| !suspended && roles.contains(&Role::Organizer));
    if let Some((email, roles)) = email.as_ref().zip(roles.as_ref()) {
        r.names.roles.entry(email.folded()).or_insert_with(|| roles.clone());
    }
    #[rustfmt::skip]
    let person = Person {
        email: email?, name: name?, affiliation, roles: roles?, profession, weekly_hours, phone, locale, suspended,
    };
    Some(person)
}

/// At least one role, each once. `None` where one of them could not be read.
fn roles(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Vec<Role>> {
    let (mut seen, mut unread) = (Once::of("role.twice"), false);
    let roles = fields::list(r, at.clone(), |r, at| {
        let role = word::role(r, at.clone());
        unread |= role.is_none();
        seen.see(r, &at, role?.word().to_owned());
        role
    });
    if roles.is_empty() && !unread {
        let words = Role::ALL.iter().map(|role| role.word()).collect::<Vec<_>>().join(", ");
        let detail = say!("Write at least one role: {words}.", "역할을 하나 이상 적으세요: {words}");
        r.wrong_kind(&at, "roles.none", detail);
        return None;
    }
    (!unread).then_some(roles)
}

/// Who builds together.
pub fn team(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Team> {
    let mut f = Fields::open(r, at)?;
    let slug = f.required(r, "slug", |r, at| r.declare(Thing::Team, &at));
    let name = f.required(r, "name", language::localized_name);
    let mut once = Once::of("team.twice");
    let mentors = mentors(r, &mut f, &mut once);
    let members = f.list(r, "members", |r, at| member(r, at, &mut once));
    f.close(r);
    Some(Team { slug: slug?, name: name?, mentors, members })
}

/// The mentors, under either of their names. `once` goes on to the members: nobody mentors the team they build in.
fn mentors(r: &mut Reader<'_>, f: &mut Fields<'_>, once: &mut Once) -> Vec<Email> {
    let mut mentor = |r: &mut Reader<'_>, at: Spot<'_>| {
        let email = r.person_as(&at, Role::Mentor)?;
        once.see(r, &at, email.folded());
        Some(email)
    };
    let one = f.optional(r, "mentor", &mut mentor);
    if let (Some(_), Some(both)) = (&one, f.get("mentors")) {
        let detail = say!("Write either \"mentor\" or \"mentors\".", "\"mentor\"와 \"mentors\" 중 하나만 적으세요.");
        r.fault(&both, "team.mentors", detail);
    }
    one.into_iter().chain(f.list(r, "mentors", mentor)).collect()
}

fn member(r: &mut Reader<'_>, at: Spot<'_>, once: &mut Once) -> Option<TeamMember> {
    let mut f = Fields::open(r, at)?;
    let email = f.required(r, "email", |r, at| {
        let email = r.person_as(&at, Role::Participant)?;
        once.see(r, &at, email.folded());
        Some(email)
    });
    let function = f.required(r, "function", |r, at| r.slug(&at));
    f.close(r);
    Some(TeamMember { email: email?, function: function? })
}

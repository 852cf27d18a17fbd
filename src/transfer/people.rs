//! The consortium of a file: organizations, units, people, and who leads.

use super::apply::Names;
use crate::account::{Locale, NewUser};
use crate::base::{Id, Key, Lang, Name, Result};
use crate::consortium::member::{self, MemberState, NewMember};
use crate::consortium::organization::{self, Joining};
use crate::consortium::{Function, Member, Organization, Unit, store};
use crate::db::Tx;
use crate::file::{self, Document, Person};
use crate::hackathon::{Hackathon, Role};

/// What the file does not name any more. It is removed when nothing points to it.
pub(super) struct Gone {
    organizations: Vec<Organization>,
    units: Vec<Unit>,
    members: Vec<Member>,
}

/// Makes and changes organizations, units and members, and gives back what is to go.
pub(super) fn consortium(tx: &mut Tx, here: Id<Hackathon>, document: &Document, names: &mut Names) -> Result<Gone> {
    let organizations = organizations(tx, here, document, names)?;
    let units = units(tx, here, document, names)?;
    let members = members(tx, here, document, names)?;
    leads(tx, here, document, names)?;
    Ok(Gone { organizations, units, members })
}

fn organizations(
    tx: &mut Tx,
    here: Id<Hackathon>,
    document: &Document,
    names: &mut Names,
) -> Result<Vec<Organization>> {
    let mut known = store::organization::all(tx, here)?;
    for said in &document.organizations {
        let function =
            Function::from_word(said.function.word()).ok_or_else(|| super::apply::missing(said.function.word()))?;
        let at = known.iter().position(|one| one.slug == said.slug);
        let one = match at.map(|at| known.swap_remove(at)) {
            Some(one) if one.name == said.name && one.function == function => one,
            Some(one) => store::organization::update(tx, &one, &said.name, function, one.lead)?,
            None => {
                let joining =
                    Joining { key: Key::Slug(said.slug.clone()), function, name: Some(said.name.clone()), lead: None };
                organization::join(tx, here, joining)?
            }
        };
        names.organizations.insert(said.slug.clone(), one.id);
    }
    Ok(known)
}

fn units(tx: &mut Tx, here: Id<Hackathon>, document: &Document, names: &mut Names) -> Result<Vec<Unit>> {
    let mut known = store::unit::all(tx, here)?;
    for (of, said) in document.organizations.iter().flat_map(|of| of.units.iter().map(move |unit| (of, unit))) {
        let organization = names.organization(&of.slug)?;
        let at = known.iter().position(|one| one.slug == said.slug);
        let one = match at.map(|at| known.swap_remove(at)) {
            Some(one) if one.name == said.name && one.organization == organization => one,
            Some(one) => store::unit::update(tx, &Unit { name: said.name.clone(), organization, ..one })?,
            None => store::unit::insert(tx, here, organization, &said.slug, &said.name)?,
        };
        names.units.insert(said.slug.clone(), one.id);
    }
    Ok(known)
}

fn members(tx: &mut Tx, here: Id<Hackathon>, document: &Document, names: &mut Names) -> Result<Vec<Member>> {
    let mut known = store::member::all(tx, here)?;
    for person in &document.people {
        let new = membership(person, names)?;
        let folded = person.email.folded();
        let at = known.iter().position(|one| one.email.folded() == folded);
        let one = match at.map(|at| known.swap_remove(at)) {
            Some(one) if one.said() == new => one,
            Some(one) => store::member::update(tx, &one, &new)?,
            None => member::join(tx, here, &user(person), &new)?,
        };
        names.members.insert(folded, one.id);
    }
    Ok(known)
}

fn user(person: &Person) -> NewUser {
    NewUser {
        email: person.email.clone(),
        display_name: person.name.clone(),
        phone: person.phone.as_ref().map(|phone| Name::stored(phone.to_string())),
        locale: if person.locale == Some(Lang::Ko) { Locale::Ko } else { Locale::En },
    }
}

fn membership(person: &Person, names: &Names) -> Result<NewMember> {
    Ok(NewMember {
        roles: person.roles.iter().filter_map(|role| Role::from_word(role.word())).collect(),
        affiliation: person.affiliation.as_ref().map(|affiliation| names.affiliation(affiliation)).transpose()?,
        profession: person.profession.as_ref().map(|slug| Name::stored(slug.to_string())),
        weekly_minutes: person.weekly_hours.map(|hours| i32::from(hours.minutes())),
        state: if person.suspended { MemberState::Suspended } else { MemberState::Active },
    })
}

fn leads(tx: &mut Tx, here: Id<Hackathon>, document: &Document, names: &Names) -> Result<()> {
    for said in &document.organizations {
        let lead = said.lead.as_ref().map(|email| names.member(email)).transpose()?;
        let found = store::organization::find(tx, here, &Key::Slug(said.slug.clone()))?;
        if let Some(one) = found.filter(|one| one.lead != lead) {
            store::organization::set_lead(tx, &one, lead)?;
        }
        for unit in &said.units {
            set_unit_lead(tx, here, unit, names)?;
        }
    }
    Ok(())
}

fn set_unit_lead(tx: &mut Tx, here: Id<Hackathon>, said: &file::Unit, names: &Names) -> Result<()> {
    let lead = said.lead.as_ref().map(|email| names.member(email)).transpose()?;
    let found = store::unit::find(tx, here, &Key::Slug(said.slug.clone()))?;
    match found.filter(|one| one.lead != lead) {
        Some(one) => store::unit::set_lead(tx, one.id, lead),
        None => Ok(()),
    }
}

impl Gone {
    /// Removes members, then units, then organizations: each may point to the next.
    pub fn remove(self, tx: &mut Tx) -> Result<()> {
        for member in &self.members {
            store::removal::drop_leads(tx, member.hackathon, member.id)?;
            store::removal::leave_teams_as_member(tx, member.id)?;
            store::removal::leave_teams_as_mentor(tx, member.id)?;
            store::member::delete(tx, member.id)?;
        }
        self.units.iter().try_for_each(|unit| store::unit::delete(tx, unit.id))?;
        self.organizations.iter().try_for_each(|one| store::organization::delete(tx, one))
    }
}

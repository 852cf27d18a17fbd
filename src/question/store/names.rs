//! The names of what questions point to, read at once for a whole page.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use crate::base::{Id, Lang, Localized, Name, Result, Slug};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Holder, Member, Unit};
use crate::db::Tx;
use crate::db::schema::{
    hackathon_organizations, members, organizations, question_guests, teams, topics, units, users,
};
use crate::directory::TopicId;
use crate::hackathon::Hackathon;
use crate::question::{Author, By, Event, Guest, Handoff, HolderRole, InCharge, Post, Question, Stay};
use crate::team::Team;

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    /// In English, or as it is written.
    pub en: String,
    /// In Korean, or as it is written.
    pub ko: String,
}

impl Named {
    /// A name that is the same in both.
    pub fn same(name: String) -> Named {
        Named { en: name.clone(), ko: name }
    }
}

/// A holder as callers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HolderView {
    /// `organization`, `unit`, `member` or `role`.
    pub kind: &'static str,
    /// Its id; roles have none.
    pub id: Option<Uuid>,
    /// Its short name; members have none.
    pub slug: Option<String>,
    /// Its name.
    pub name: Named,
}

/// What is to be named.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    in_charge: HashSet<InCharge>,
    members: HashSet<Id<Member>>,
    guests: HashSet<Id<Guest>>,
    teams: HashSet<Id<Team>>,
    topics: HashSet<TopicId>,
}

impl Wanted {
    /// What a question points to.
    pub fn question(&mut self, question: &Question) {
        let Question { asker, team, topic, life, offer, .. } = question;
        self.in_charge.insert(life.in_charge);
        self.members.insert(*asker);
        self.members.extend(life.state.assignee());
        self.teams.extend(*team);
        self.topics.extend(*topic);
        offer.iter().for_each(|offer| self.handoff(offer));
    }

    /// What a hand-off points to.
    pub fn handoff(&mut self, handoff: &Handoff) {
        self.in_charge.extend([handoff.from, handoff.to]);
        self.members.insert(handoff.offered_by);
        self.members.extend(handoff.settled_by);
    }

    /// Who said something.
    pub fn post(&mut self, post: &Post) {
        let (member, guest) = post.author.columns();
        self.members.extend(member);
        self.guests.extend(guest);
    }

    /// Where a question lay.
    pub fn stay(&mut self, stay: &Stay) {
        self.in_charge.insert(stay.in_charge);
    }

    /// Somebody.
    pub fn member(&mut self, member: Id<Member>) {
        self.members.insert(member);
    }

    /// A team.
    pub fn team(&mut self, team: Id<Team>) {
        self.teams.insert(team);
    }

    /// A topic.
    pub fn topic(&mut self, topic: TopicId) {
        self.topics.insert(topic);
    }

    /// Somebody without an account.
    pub fn guest(&mut self, guest: Id<Guest>) {
        self.guests.insert(guest);
    }

    /// Whom something lies with.
    pub fn in_charge(&mut self, in_charge: InCharge) {
        self.in_charge.insert(in_charge);
    }

    /// Who made an event.
    pub fn event(&mut self, event: &Event) {
        let (_, member, guest) = event.by.columns();
        self.members.extend(member);
        self.guests.extend(guest);
    }

    /// Reads the names.
    pub fn read(self, tx: &mut Tx, here: Id<Hackathon>) -> Result<Names> {
        let columns = || self.in_charge.iter().map(|one| one.columns());
        let units: Vec<Id<Unit>> = columns().filter_map(|(_, unit, _, _)| unit).collect();
        let guests = guest_names(tx, here, self.guests.iter().copied().collect())?;
        let of_guests = guests.values().filter_map(|guest| guest.organization);
        let organizations: Vec<OrganizationId> = columns().filter_map(|(id, ..)| id).chain(of_guests).collect();
        let members = self.members.iter().copied().chain(columns().filter_map(|(_, _, member, _)| member)).collect();
        Ok(Names {
            members: member_names(tx, here, members)?,
            guests,
            units: unit_names(tx, here, units)?,
            organizations: organization_names(tx, here, organizations)?,
            teams: team_names(tx, here, self.teams.into_iter().collect())?,
            topics: topic_names(tx, here, self.topics.into_iter().collect())?,
        })
    }
}

/// A guest by name, and the organization they answer for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestName {
    /// How they are called.
    pub name: Name,
    /// One of the consortium.
    pub organization: Option<OrganizationId>,
}

/// Names, by id.
#[derive(Clone, Debug, Default)]
pub struct Names {
    members: HashMap<Id<Member>, Name>,
    guests: HashMap<Id<Guest>, GuestName>,
    units: HashMap<Id<Unit>, (Slug, Localized)>,
    organizations: HashMap<OrganizationId, (Slug, Localized)>,
    teams: HashMap<Id<Team>, (Slug, Localized)>,
    topics: HashMap<TopicId, (Slug, Localized)>,
}

/// The names of what these questions point to.
pub fn of(tx: &mut Tx, questions: &[Question]) -> Result<Names> {
    let Some(first) = questions.first() else { return Ok(Names::default()) };
    let mut wanted = Wanted::default();
    questions.iter().for_each(|question| wanted.question(question));
    wanted.read(tx, first.hackathon)
}

/// One member's name.
pub fn of_member(tx: &mut Tx, here: Id<Hackathon>, id: Id<Member>) -> Result<Name> {
    let names = member_names(tx, here, vec![id])?;
    names.into_values().next().ok_or(crate::base::Error::NotFound)
}

impl Names {
    /// A member's name; a dash where it was not asked for.
    pub fn member(&self, id: Id<Member>) -> Name {
        self.members.get(&id).cloned().unwrap_or_else(|| Name::stored("-".to_owned()))
    }

    /// A guest's name.
    pub fn guest(&self, id: Id<Guest>) -> Option<&GuestName> {
        self.guests.get(&id)
    }

    /// An organization's slug and name.
    pub fn organization(&self, id: OrganizationId) -> Option<&(Slug, Localized)> {
        self.organizations.get(&id)
    }

    /// Who said something. A guest is named with whom they answer for.
    pub fn author(&self, author: Author) -> Named {
        match author {
            Author::Member(id) => Named::same(self.member(id).to_string()),
            Author::Guest(id) => self.guest_with_organization(id),
        }
    }

    /// Who did something.
    pub fn by(&self, by: By) -> Named {
        match by {
            By::Person(id) => Named::same(self.member(id).to_string()),
            By::Guest(id) => self.guest_with_organization(id),
            By::System => Named::same("Signpost".to_owned()),
        }
    }

    fn guest_with_organization(&self, id: Id<Guest>) -> Named {
        let Some(GuestName { name, organization }) = self.guest(id) else { return Named::same("-".to_owned()) };
        match organization.and_then(|id| self.organization(id)) {
            Some((_, of)) => {
                Named { en: format!("{name} ({})", of.text(Lang::En)), ko: format!("{name} ({})", of.text(Lang::Ko)) }
            }
            None => Named::same(name.to_string()),
        }
    }

    /// A team's slug and name.
    pub fn team(&self, id: Id<Team>) -> Option<&(Slug, Localized)> {
        self.teams.get(&id)
    }

    /// A topic's slug and name.
    pub fn topic(&self, id: TopicId) -> Option<&(Slug, Localized)> {
        self.topics.get(&id)
    }

    /// A holder's name.
    pub fn in_charge(&self, in_charge: InCharge) -> Named {
        self.view(in_charge).name
    }

    /// A holder as callers see it.
    pub fn view(&self, in_charge: InCharge) -> HolderView {
        let (slug, name) = match in_charge {
            InCharge::Holder(Holder::Organization(id)) => slug_and_name(self.organizations.get(&id)),
            InCharge::Holder(Holder::Unit(id)) => slug_and_name(self.units.get(&id)),
            InCharge::Holder(Holder::Member(id)) => (None, Named::same(self.member(id).to_string())),
            InCharge::Holder(Holder::TeamMentor) => role(HolderRole::TeamMentor, "The team's mentors", "팀 멘토"),
            InCharge::Organizers => role(HolderRole::Organizer, "The organizers", "운영진"),
        };
        HolderView { kind: in_charge.kind(), id: in_charge.id(), slug, name }
    }
}

fn role(role: HolderRole, en: &str, ko: &str) -> (Option<String>, Named) {
    (Some(role.word().to_owned()), Named { en: en.to_owned(), ko: ko.to_owned() })
}

fn slug_and_name(found: Option<&(Slug, Localized)>) -> (Option<String>, Named) {
    let text = |lang| found.map(|(_, name)| name.text(lang).to_owned()).unwrap_or_default();
    (found.map(|(slug, _)| slug.to_string()), Named { en: text(Lang::En), ko: text(Lang::Ko) })
}

fn member_names(tx: &mut Tx, here: Id<Hackathon>, ids: Vec<Id<Member>>) -> Result<HashMap<Id<Member>, Name>> {
    let rows: Vec<(Id<Member>, Name)> = members::table
        .inner_join(users::table)
        .filter(members::hackathon_id.eq(here))
        .filter(members::id.eq_any(ids))
        .select((members::id, users::display_name))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

fn guest_names(tx: &mut Tx, here: Id<Hackathon>, ids: Vec<Id<Guest>>) -> Result<HashMap<Id<Guest>, GuestName>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Id<Guest>, Name, Option<OrganizationId>)> = question_guests::table
        .filter(question_guests::hackathon_id.eq(here))
        .filter(question_guests::id.eq_any(ids))
        .select((question_guests::id, question_guests::name, question_guests::organization_id))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, name, organization)| (id, GuestName { name, organization })).collect())
}

type NameRow<T> = (Id<T>, Slug, Localized);

fn by_id<T: 'static>(rows: Vec<NameRow<T>>) -> HashMap<Id<T>, (Slug, Localized)> {
    rows.into_iter().map(|(id, slug, name)| (id, (slug, name))).collect()
}

macro_rules! named_rows {
    ($tx:ident, $here:ident, $table:ident, $ids:ident) => {{
        if $ids.is_empty() {
            return Ok(HashMap::new());
        }
        let here = $table::table.filter($table::hackathon_id.eq($here)).filter($table::id.eq_any($ids));
        Ok(by_id(here.select(($table::id, $table::slug, $table::name)).load($tx.conn())?))
    }};
}

fn unit_names(tx: &mut Tx, here: Id<Hackathon>, ids: Vec<Id<Unit>>) -> Result<HashMap<Id<Unit>, (Slug, Localized)>> {
    named_rows!(tx, here, units, ids)
}

fn team_names(tx: &mut Tx, here: Id<Hackathon>, ids: Vec<Id<Team>>) -> Result<HashMap<Id<Team>, (Slug, Localized)>> {
    named_rows!(tx, here, teams, ids)
}

fn topic_names(tx: &mut Tx, here: Id<Hackathon>, ids: Vec<TopicId>) -> Result<HashMap<TopicId, (Slug, Localized)>> {
    named_rows!(tx, here, topics, ids)
}

fn organization_names(
    tx: &mut Tx,
    here: Id<Hackathon>,
    ids: Vec<OrganizationId>,
) -> Result<HashMap<OrganizationId, (Slug, Localized)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = hackathon_organizations::table
        .inner_join(organizations::table)
        .filter(hackathon_organizations::hackathon_id.eq(here))
        .filter(hackathon_organizations::organization_id.eq_any(ids))
        .select((organizations::id, organizations::slug, hackathon_organizations::name))
        .load(tx.conn())?;
    Ok(by_id(rows))
}

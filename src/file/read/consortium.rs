//! Reads the organizations, their units, and who holds something.

use super::super::check::Thing;
use super::super::document::{Affiliation, Holder, Organization, TeamMentor, Unit};
use super::super::tree::Kind;
use super::{Fields, Reader, Spot, language, scalar, word};
use crate::base::{Sentence, say};

/// A member of the consortium.
pub fn organization(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Organization> {
    let mut f = Fields::open(r, at)?;
    let slug = f.required(r, "slug", |r, at| r.declare(Thing::Organization, &at));
    let name = f.required(r, "name", language::localized_name);
    let function = f.required(r, "function", word::function);
    let lead = f.optional(r, "lead", |r, at| r.person(&at));
    let units = f.list(r, "units", unit);
    f.close(r);
    Some(Organization { slug: slug?, name: name?, function: function?, lead, units })
}

fn unit(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Unit> {
    let mut f = Fields::open(r, at)?;
    let slug = f.required(r, "slug", |r, at| r.declare(Thing::Unit, &at));
    let name = f.required(r, "name", language::localized_name);
    let lead = f.optional(r, "lead", |r, at| r.person(&at));
    f.close(r);
    Some(Unit { slug: slug?, name: name?, lead })
}

/// Who holds something.
pub fn holder(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Holder> {
    let mut f = Fields::open(r, at)?;
    let organization = f.optional(r, "organization", |r, at| r.refer(Thing::Organization, &at));
    let unit = f.optional(r, "unit", |r, at| r.refer(Thing::Unit, &at));
    let member = f.optional(r, "member", |r, at| r.person(&at));
    let role = f.optional(r, "role", team_mentor);
    let at = f.at().clone();
    f.close(r);
    let detail = || {
        say!(
            "Name exactly one here, for example {{ unit: development }} or {{ member: ada@example.org }}.",
            "여기에는 하나만 적으세요. 예: {{ unit: development }} 또는 {{ member: ada@example.org }}"
        )
    };
    one_field(r, &at, "holder.one", detail)?;
    let holder = organization.map(Holder::Organization).or(unit.map(Holder::Unit));
    holder.or(member.map(Holder::Member)).or(role.map(Holder::Role))
}

/// Where somebody belongs.
pub fn affiliation(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Affiliation> {
    let mut f = Fields::open(r, at)?;
    let organization = f.optional(r, "organization", |r, at| r.refer(Thing::Organization, &at));
    let unit = f.optional(r, "unit", |r, at| r.refer(Thing::Unit, &at));
    let at = f.at().clone();
    f.close(r);
    let detail = || {
        say!(
            "Name exactly one here: {{ organization: host }} or {{ unit: development }}.",
            "여기에는 하나만 적으세요: {{ organization: host }} 또는 {{ unit: development }}"
        )
    };
    one_field(r, &at, "affiliation.one", detail)?;
    organization.map(Affiliation::Organization).or(unit.map(Affiliation::Unit))
}

fn team_mentor(r: &mut Reader<'_>, at: Spot<'_>) -> Option<TeamMentor> {
    if scalar::string(r, &at)? == "team_mentor" {
        return Some(TeamMentor::TeamMentor);
    }
    let detail = say!(
        "The only role that holds something is team_mentor: the mentors of the asker's own team.",
        "여기에 쓸 수 있는 역할은 team_mentor(질문자 팀의 멘토)뿐입니다."
    );
    r.fault(&at, "holder.role", detail);
    None
}

/// Exactly one thing is named, else this fault. A field too many that is unknown has been reported by its name.
pub fn one_field(
    r: &mut Reader<'_>,
    at: &Spot<'_>,
    code: &'static str,
    detail: impl FnOnce() -> Sentence,
) -> Option<()> {
    let Kind::Map(entries) = &at.node.kind else { return None };
    let named = entries.iter().filter(|entry| !entry.value.is_null()).count();
    if named == 1 {
        return Some(());
    }
    r.fault(at, code, detail());
    None
}

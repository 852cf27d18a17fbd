//! Drafts written by hand, in the words of a hackathon file.

use chrono::NaiveDate;
use chrono_tz::Europe::London;
use uuid::Uuid;

use crate::base::{Id, Instant, Localized, Name, Slug};
use crate::channel::Reach;
use crate::consortium::{Affiliation, Holder};
use crate::duty::{Calendar, Hours, Override, Week, Window};
use crate::hackathon::Role as MemberRole;
use crate::matrix::consortium::{Consortium, MemberFacts, OrganizationFacts, TeamFacts, UnitFacts};
use crate::matrix::{Cell, Draft, Level, Role, Row, rules};

/// An id that a name always has.
pub fn id<T>(name: &str) -> Id<T> {
    let hash = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    Id::from_uuid(Uuid::from_u128(name.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, hash)))
}

/// `palantir` is an organization, `u:dev` a unit, `m:ada` a member, `mentors` the team's mentors.
pub fn holder(text: &str) -> Holder {
    match text.split_once(':') {
        Some(("u", unit)) => Holder::Unit(id(unit)),
        Some((_, member)) => Holder::Member(id(member)),
        None if text == "mentors" => Holder::TeamMentor,
        None => Holder::Organization(id(text)),
    }
}

pub fn name(text: &str) -> Localized {
    Localized { en: Some(text.into()), ko: Some(text.into()) }
}

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn week(hours: &[&str]) -> Week {
    let hours: Vec<Hours> = hours.iter().map(|text| Hours::parse(text).expect("hours")).collect();
    Week::new(London, &hours)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A hackathon of four weeks in London that works Monday to Friday, 09:00 to 17:00, and has nobody in it yet.
pub fn event() -> Draft {
    Draft {
        topics: Vec::new(),
        cells: Vec::new(),
        consortium: Consortium::default(),
        reach: Vec::new(),
        working: Calendar::weekly(week(&["Mon-Fri 09:00-17:00"])),
        days: day("2024-11-04")..=day("2024-11-29"),
    }
}

impl Draft {
    pub(super) fn between(mut self, first: &str, last: &str) -> Draft {
        self.days = day(first)..=day(last);
        self
    }

    /// An organization with its units.
    pub(super) fn organization(mut self, of: &str, units: &[&str]) -> Draft {
        let facts = OrganizationFacts { id: id(of), slug: slug(of), name: name(of), lead: None };
        self.consortium.organizations.push(facts);
        self.consortium.units.extend(units.iter().map(|unit| UnitFacts {
            id: id(unit),
            organization: id(of),
            slug: slug(unit),
            name: name(unit),
            lead: None,
        }));
        self
    }

    /// A member of an organization (`palantir`) or of a unit (`u:dev`).
    pub(super) fn member(mut self, called: &str, at: &str, roles: &[MemberRole]) -> Draft {
        let affiliation = match holder(at) {
            Holder::Unit(unit) => Affiliation::Unit(unit),
            _ => Affiliation::Organization(id(at)),
        };
        self.consortium.members.push(MemberFacts {
            id: id(called),
            name: Name::parse(called).expect("a name"),
            active: true,
            roles: roles.to_vec(),
            affiliation: Some(affiliation),
        });
        self
    }

    pub(super) fn suspended(mut self, called: &str) -> Draft {
        let members = self.consortium.members.iter_mut();
        members.filter(|member| member.id == id(called)).for_each(|member| member.active = false);
        self
    }

    /// Who leads an organization or a unit.
    pub(super) fn lead(mut self, of: &str, called: &str) -> Draft {
        let of = holder(of);
        let organizations = self.consortium.organizations.iter_mut().map(|o| (Holder::Organization(o.id), &mut o.lead));
        let units = self.consortium.units.iter_mut().map(|unit| (Holder::Unit(unit.id), &mut unit.lead));
        organizations.chain(units).filter(|(holder, _)| *holder == of).for_each(|(_, lead)| *lead = Some(id(called)));
        self
    }

    pub(super) fn team(mut self, called: &str, mentors: &[&str]) -> Draft {
        let mentors = mentors.iter().map(|mentor| id(mentor)).collect();
        self.consortium.teams.push(TeamFacts { slug: slug(called), mentors });
        self
    }

    pub(super) fn channel(mut self, owner: &str, hours: &[&str]) -> Draft {
        let calendar = Calendar::weekly(week(hours));
        self.reach.push(Reach { owner: holder(owner), channel: Some(id("a channel")), calendar });
        self
    }

    /// The last channel is off duty in this time.
    pub(super) fn off(mut self, from: &str, until: &str, hours: &[&str]) -> Draft {
        let at = |text: &str| Instant::parse(text).expect("a time");
        let over = Override { window: Window::new(at(from), at(until)).expect("a window"), on_duty: false };
        if let Some(reach) = self.reach.last_mut() {
            reach.calendar = Calendar::new(week(hours), [], &[], &[over]);
        }
        self
    }

    pub(super) fn topic(mut self, called: &str) -> Draft {
        self.topics.push(Row { id: id(called), slug: slug(called), name: name(called), parent: None });
        self
    }

    /// A topic that is a part of another.
    pub(super) fn part(mut self, called: &str, of: &str) -> Draft {
        self.topics.push(Row { id: id(called), slug: slug(called), name: name(called), parent: Some(id(of)) });
        self
    }

    /// Who holds a topic, such as `"R u:dev, A palantir, C mentors"`.
    pub(super) fn held(mut self, topic: &str, by: &str) -> Draft {
        for said in by.split(", ") {
            let (letter, who) = said.split_once(' ').expect("a letter and a holder");
            let role = Role::ALL.iter().find(|role| letter.starts_with(role.letter())).copied().expect("a letter");
            let topic = id(topic);
            let same = self.cells.iter().filter(|cell| cell.topic == topic && cell.role == role).count();
            let position = i32::try_from(same + 1).expect("few");
            self.cells.push(Cell { topic, role, position, holder: holder(who) });
        }
        self
    }

    /// What was found, as `R1 topic` and `r1 topic`: errors in capitals, warnings not; findings about no topic end so.
    pub(super) fn found(&self) -> Vec<String> {
        let report = rules::findings(self);
        let told = |finding: &rules::Finding| {
            let code = match finding.level {
                Level::Error => finding.code.to_owned(),
                Level::Warning => finding.code.to_lowercase(),
            };
            finding.topic.as_ref().map_or(code.clone(), |topic| format!("{code} {topic}"))
        };
        report.findings.iter().map(told).collect()
    }
}

//! The kinds of things that a file gives names to.

/// A kind of thing with a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Organization,
    Unit,
    Channel,
    Shift,
    Topic,
    /// A topic's row in the matrix, named by the topic.
    Row,
    /// Named by the folded email.
    Person,
    Team,
    /// Named by its number.
    Sprint,
    /// Named by what it is about.
    SlaPolicy,
    /// Named by its trigger and what it is about.
    EscalationPolicy,
    /// A starter pack: the only thing that the file does not hold itself.
    Pack,
}

/// How a kind of thing is spoken of.
pub struct Words {
    /// In English.
    pub en: &'static str,
    /// In Korean.
    pub ko: &'static str,
    /// The code of the fault that two of them have one name.
    pub twice: &'static str,
    /// The code of the fault that there is none of that name.
    pub unknown: &'static str,
    /// Where one is added.
    pub section: &'static str,
}

impl Thing {
    /// How it is spoken of.
    pub fn words(self) -> Words {
        let words = |en, ko, twice, unknown, section| Words { en, ko, twice, unknown, section };
        match self {
            Thing::Organization => {
                words("organization", "기관", "organization.twice", "organization.unknown", "organizations")
            }
            Thing::Unit => words("unit", "부서", "unit.twice", "unit.unknown", "organizations: units"),
            Thing::Channel => words("channel", "채널", "channel.twice", "channel.unknown", "channels"),
            Thing::Shift => words("shift", "근무", "shift.twice", "shift.unknown", "shifts"),
            Thing::Topic => words("topic", "주제", "topic.twice", "topic.unknown", "topics"),
            Thing::Row => {
                words("row for topic", "담당 행의 주제", "responsibility.twice", "topic.unknown", "responsibilities")
            }
            Thing::Person => words("person", "사람", "person.twice", "person.unknown", "people"),
            Thing::Team => words("team", "팀", "team.twice", "team.unknown", "teams"),
            Thing::Sprint => words("sprint", "스프린트", "sprint.twice", "sprint.unknown", "sprints"),
            Thing::SlaPolicy => {
                words("policy about", "정책의 범위", "sla_policy.twice", "sla_policy.unknown", "sla_policies")
            }
            Thing::EscalationPolicy => words(
                "policy about",
                "정책의 범위",
                "escalation_policy.twice",
                "escalation_policy.unknown",
                "escalation_policies",
            ),
            Thing::Pack => words("starter pack", "스타터 팩", "pack.twice", "pack.unknown", "topics: pack"),
        }
    }
}

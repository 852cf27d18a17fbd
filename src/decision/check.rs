//! Whether those had a part in a decision whom the matrix names for its topic. Nobody is stopped by it: a decision that was made
//! past somebody was made, and is better told than hidden.

use std::collections::HashSet;

use super::{Content, Decision, Part};
use crate::base::{Id, Result, Sentence, say};
use crate::consortium::{Affiliation, Holder, Member};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::matrix::{self, Cell, Consortium, Published, Role};
use crate::question::InCharge;
use crate::question::store::names::{Names, Wanted};
use crate::team::Team;
use crate::team::store::roster;

/// Somebody who should have had a part in a decision and is not named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `D1`: not consulted; `D2`: not informed.
    pub code: &'static str,
    /// What they should have had a part in it as.
    pub part: Part,
    /// Who.
    pub holder: Holder,
    /// What is so.
    pub message: Sentence,
    /// What would mend it.
    pub remedy: Sentence,
}

/// The matrix in force and the consortium, read once for many decisions.
#[derive(Clone, Debug)]
pub struct Check {
    published: Option<Published>,
    consortium: Consortium,
    names: Names,
}

impl Check {
    /// Reads what decisions of a hackathon are held against.
    pub fn load(tx: &mut Tx, here: Id<Hackathon>) -> Result<Check> {
        let published = matrix::published(tx, here)?;
        let consortium = matrix::store::consortium::load(tx, here)?;
        let mut wanted = Wanted::default();
        for topic in published.iter().flat_map(|published| &published.topics) {
            wanted.topic(topic.topic);
            topic.cells.iter().for_each(|cell| wanted.in_charge(InCharge::Holder(cell.holder)));
        }
        let names = wanted.read(tx, here)?;
        Ok(Check { published, consortium, names })
    }

    /// The names of all whom the matrix names, and so of everybody in a finding.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Who is missing in a decision.
    pub fn findings(&self, tx: &mut Tx, decision: &Decision) -> Result<Vec<Finding>> {
        let topics = self.published.iter().flat_map(|published| &published.topics);
        let of = |topic: &&matrix::PublishedTopic| Some(topic.topic) == decision.content.topic;
        let Some(topic) = topics.into_iter().find(of) else { return Ok(Vec::new()) };
        let mentors = decision.team.map(|team| mentors(tx, team)).transpose()?;
        let missing = missing(&topic.cells, &decision.content, &self.consortium, mentors.as_deref());
        let subject = self.names.topic(topic.topic).map(|(_, name)| name);
        let both = |lang| subject.map(|name| name.text(lang).to_owned()).unwrap_or_default();
        let subject = (both(crate::base::Lang::En), both(crate::base::Lang::Ko));
        Ok(missing.into_iter().map(|(part, holder)| self.finding(part, holder, &subject)).collect())
    }

    fn finding(&self, part: Part, holder: Holder, (topic_en, topic_ko): &(String, String)) -> Finding {
        let name = self.names.in_charge(InCharge::Holder(holder));
        let (en, ko) = (name.en, name.ko);
        match part {
            Part::Consulted | Part::Decided => Finding {
                code: "D1",
                part: Part::Consulted,
                holder,
                message: say!(
                    "{en} is consulted on {topic_en} by the matrix, and was not consulted on this decision.",
                    "담당표에서 {topic_ko} 주제의 자문 담당인데 이 결정에서는 자문하지 않았습니다: {ko}"
                ),
                remedy: say!(
                    "Ask {en}, and name them under \"consulted\".",
                    "의견을 구한 뒤 \"consulted\" 항목에 추가하세요: {ko}"
                ),
            },
            Part::Informed => Finding {
                code: "D2",
                part,
                holder,
                message: say!(
                    "{en} is informed of {topic_en} by the matrix, and was not told of this decision.",
                    "담당표에서 {topic_ko} 주제의 소식을 받는 담당인데 이 결정을 알리지 않았습니다: {ko}"
                ),
                remedy: say!(
                    "Tell {en}, and name them under \"informed\".",
                    "결정을 알린 뒤 \"informed\" 항목에 추가하세요: {ko}"
                ),
            },
        }
    }
}

fn mentors(tx: &mut Tx, team: Id<Team>) -> Result<Vec<Id<Member>>> {
    Ok(roster::mentors_of(tx, &[team])?.into_iter().map(|mentor| mentor.member).collect())
}

/// Whoever should have had a part by these cells and is represented by nobody. Who decided need not be consulted, and who was
/// consulted need not be informed. The mentors are those of the decision's team; a decision of no team has none.
fn missing(
    cells: &[Cell],
    content: &Content,
    consortium: &Consortium,
    mentors: Option<&[Id<Member>]>,
) -> Vec<(Part, Holder)> {
    let spoken = |parts: &[Part]| -> HashSet<Holder> {
        let named = parts.iter().flat_map(|part| content.named(*part).iter().copied());
        named.flat_map(|holder| represented(holder, consortium, mentors.unwrap_or_default())).collect()
    };
    let asked = spoken(&[Part::Decided, Part::Consulted]);
    let told = spoken(&[Part::Decided, Part::Consulted, Part::Informed]);
    let of = |cell: &Cell| match cell.role {
        _ if cell.holder == Holder::TeamMentor && mentors.is_none() => None,
        Role::Consulted if !asked.contains(&cell.holder) => Some((Part::Consulted, cell.holder)),
        Role::Informed if !told.contains(&cell.holder) => Some((Part::Informed, cell.holder)),
        _ => None,
    };
    cells.iter().filter_map(of).collect()
}

/// Everybody for whom somebody speaks: for themselves; a member for where they belong; a unit for its organization, and an
/// organization for its units.
fn represented(holder: Holder, consortium: &Consortium, mentors: &[Id<Member>]) -> Vec<Holder> {
    let around = |unit| consortium.units.iter().find(move |one| one.id == unit).map(|one| one.organization);
    let mut all = vec![holder];
    match holder {
        Holder::Organization(id) => {
            let within = consortium.units.iter().filter(|unit| unit.organization == id);
            all.extend(within.map(|unit| Holder::Unit(unit.id)));
        }
        Holder::Unit(id) => all.extend(around(id).map(Holder::Organization)),
        Holder::Member(id) => {
            let belongs = consortium.members.iter().find(|member| member.id == id).and_then(|one| one.affiliation);
            match belongs {
                Some(Affiliation::Organization(organization)) => all.push(Holder::Organization(organization)),
                Some(Affiliation::Unit(unit)) => {
                    all.push(Holder::Unit(unit));
                    all.extend(around(unit).map(Holder::Organization));
                }
                None => {}
            }
            if mentors.contains(&id) {
                all.push(Holder::TeamMentor);
            }
        }
        Holder::TeamMentor => all.extend(mentors.iter().map(|mentor| Holder::Member(*mentor))),
    }
    all
}

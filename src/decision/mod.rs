//! A decision: what a team or the whole hackathon chose, why, and who had a part in it. It is written as architecture decision
//! records are: context, options, outcome; and it is never removed, only superseded by another.

pub mod adr;
pub mod check;
mod record;
pub mod seen;
pub mod store;

use serde::{Deserialize, Serialize};

use crate::access::{Actor, Item, Roles};
use crate::base::{Error, Fault, Id, Instant, Key, Name, Result, Text, say};
use crate::consortium::Holder;
use crate::consortium::Member;
use crate::db::Tx;
use crate::directory::TopicId;
use crate::hackathon::Hackathon;
use crate::question::{InCharge, Question, Standing};
use crate::sprint::Sprint;
use crate::team::{self, Team};
use crate::words;

pub use check::{Check, Finding};
pub use record::{New, Revision, record, revise};
pub use seen::Seen;

words! {
    /// Where a decision stands.
    Status / StatusShape {
        /// It is put forward.
        Proposed = "proposed",
        /// It holds.
        Accepted = "accepted",
        /// Another one has taken its place.
        Superseded = "superseded",
    }
}

words! {
    /// What somebody had to do with a decision.
    Part / PartShape {
        /// They decided.
        Decided = "decided",
        /// They were asked before.
        Consulted = "consulted",
        /// They were told.
        Informed = "informed",
    }
}

/// The most options of a decision.
pub const OPTIONS_MOST: usize = 20;
/// The most that a decision names in one part, and the most questions that led to it.
pub const NAMED_MOST: usize = 50;

/// Something that could have been chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What.
    pub title: Name,
    /// What speaks for it and against it, in Markdown.
    #[serde(default)]
    pub notes: Option<Text>,
}

/// What a decision says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// What it is about, in a line.
    pub title: Name,
    /// What made it necessary, in Markdown.
    pub context: Text,
    /// What could have been chosen.
    pub options: Vec<Choice>,
    /// What was chosen and what follows, in Markdown.
    pub outcome: Option<Text>,
    /// Where it stands.
    pub status: Status,
    /// The decision that took its place.
    pub superseded_by: Option<Id<Decision>>,
    /// What it is about.
    pub topic: Option<TopicId>,
    /// In which sprint it was made.
    pub sprint: Option<Id<Sprint>>,
    /// Who decided.
    pub decided_by: Vec<Holder>,
    /// Who was asked before.
    pub consulted: Vec<Holder>,
    /// Who was told.
    pub informed: Vec<Holder>,
    /// The questions that led to it, in the order of their ids.
    pub questions: Vec<Id<Question>>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: Id<Decision>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// One in the hackathon, from 1 without gaps.
    pub number: i32,
    /// Whose it is; none: the whole hackathon's.
    pub team: Option<Id<Team>>,
    /// What it says.
    pub content: Content,
    /// When it was accepted.
    pub decided_at: Option<Instant>,
    /// Grows with every change.
    pub version: i64,
    /// When it was recorded.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// A change in a decision's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The version that it made.
    pub version: i64,
    /// The names of the fields.
    pub changed: Vec<String>,
    /// Who.
    pub by: Id<Member>,
    /// When.
    pub at: Instant,
}

impl Content {
    /// Those of a part.
    pub fn named(&self, part: Part) -> &[Holder] {
        match part {
            Part::Decided => &self.decided_by,
            Part::Consulted => &self.consulted,
            Part::Informed => &self.informed,
        }
    }

    /// Everybody whom it names.
    pub fn everybody(&self) -> impl Iterator<Item = Holder> {
        self.decided_by.iter().chain(&self.consulted).chain(&self.informed).copied()
    }

    /// The fields in which the two differ.
    pub fn changed(&self, before: &Content) -> Vec<String> {
        let fields = [
            ("title", self.title != before.title),
            ("context", self.context != before.context),
            ("options", self.options != before.options),
            ("outcome", self.outcome != before.outcome),
            ("status", self.status != before.status),
            ("superseded_by", self.superseded_by != before.superseded_by),
            ("topic", self.topic != before.topic),
            ("sprint", self.sprint != before.sprint),
            ("decided_by", self.decided_by != before.decided_by),
            ("consulted", self.consulted != before.consulted),
            ("informed", self.informed != before.informed),
            ("questions", self.questions != before.questions),
        ];
        fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).collect()
    }

    /// Every fault: what was accepted says what was chosen and by whom, and what was superseded says by what.
    pub fn check(&self) -> Result<()> {
        let mut faults = self.too_much();
        if self.status == Status::Accepted && self.outcome.is_none() {
            let detail = say!("Say what was chosen.", "무엇을 선택했는지 적으세요.");
            faults.push(Fault::new("/outcome", "outcome.missing", detail));
        }
        if self.status == Status::Accepted && self.decided_by.is_empty() {
            let detail = say!("Say who decided.", "누가 결정했는지 적으세요.");
            faults.push(Fault::new("/decided_by", "decided_by.missing", detail));
        }
        if (self.status == Status::Superseded) != self.superseded_by.is_some() {
            let detail = say!(
                "A superseded decision names the one that took its place, and no other does.",
                "대체된 결정에만, 그리고 반드시, 대신하는 결정을 적습니다."
            );
            faults.push(Fault::new("/superseded_by", "superseded_by.status", detail));
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }

    fn too_much(&self) -> Vec<Fault> {
        let lists = [
            ("/options", self.options.len(), OPTIONS_MOST),
            ("/decided_by", self.decided_by.len(), NAMED_MOST),
            ("/consulted", self.consulted.len(), NAMED_MOST),
            ("/informed", self.informed.len(), NAMED_MOST),
            ("/questions", self.questions.len(), NAMED_MOST),
        ];
        let long = lists.into_iter().filter(|(_, length, most)| length > most);
        let fault = |(pointer, _, most): (&str, usize, usize)| {
            Fault::new(pointer, "list.long", say!("Name at most {most}.", "{most}개까지 적으세요."))
        };
        long.map(fault).collect()
    }
}

impl Decision {
    /// Whether somebody of this standing may know of it: the whole hackathon's are everybody's; a team's are for the team, its
    /// mentors, the organizers, and whom it names.
    pub fn is_seen_by(&self, standing: &Standing) -> bool {
        let Some(team) = self.team else { return true };
        let facts = &standing.facts;
        standing.organizes()
            || facts.builds_in.contains(&team)
            || facts.mentors.contains(&team)
            || self.content.everybody().any(|holder| standing.answers_for(InCharge::Holder(holder), Some(team)))
    }
}

impl Item<Hackathon> for Decision {
    const PARAM: &'static str = "decision";

    /// By id, or by number.
    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::find(tx, parent.id, key)
    }

    fn roles_in(&self, tx: &mut Tx, parent: &Hackathon, who: &Actor, of_parent: Roles) -> Result<Roles> {
        let standing = Standing::load(tx, parent.id, who.user)?;
        let sees = standing.is_some_and(|standing| self.is_seen_by(&standing));
        let Some(team) = self.team else { return Ok(of_parent.when(sees)) };
        let team = team::store::find(tx, parent.id, &Key::Id(team.uuid()))?.ok_or(Error::NotFound)?;
        Ok((of_parent | team.relation(who)).when(sees))
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }

    /// What is shown says more than the decision itself, such as the names of whom it names. Who read it so may change it.
    fn is_part_of(&self, tag: &str) -> bool {
        tag.starts_with(&format!("{}-{}.", self.id, self.version))
    }
}

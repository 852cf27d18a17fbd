//! Recording a decision, and changing what was recorded.

use super::{Choice, Content, Decision, Status, store};
use crate::access::{Roles, UserId};
use crate::base::{Error, Id, Key, Name, Patch, Result, Text, say};
use crate::consortium::{Holder, HolderSaid, member};
use crate::db::Tx;
use crate::directory::TopicId;
use crate::hackathon::{self, Hackathon};
use crate::question::{self, Question, Standing};
use crate::sprint::{self, Sprint};
use crate::{team, topic};

/// A new decision as it was written.
#[derive(Clone, Debug)]
pub struct New {
    /// Whose, by slug or id; left out: the caller's only team's, or everybody's where an organizer says it.
    pub team: Option<String>,
    /// What it is about, in a line.
    pub title: Name,
    /// What made it necessary.
    pub context: Text,
    /// What could have been chosen.
    pub options: Vec<Choice>,
    /// What was chosen.
    pub outcome: Option<Text>,
    /// Where it stands.
    pub status: Status,
    /// The topic, by slug or id.
    pub topic: Option<String>,
    /// The sprint, by number or id.
    pub sprint: Option<String>,
    /// Who decided.
    pub decided_by: Vec<HolderSaid>,
    /// Who was asked before.
    pub consulted: Vec<HolderSaid>,
    /// Who was told.
    pub informed: Vec<HolderSaid>,
    /// The questions that led to it, by number or id.
    pub questions: Vec<String>,
}

/// A change; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct Revision {
    /// What it is about, in a line.
    pub title: Option<Name>,
    /// What made it necessary.
    pub context: Option<Text>,
    /// What could have been chosen; all of it.
    pub options: Option<Vec<Choice>>,
    /// What was chosen.
    pub outcome: Patch<Text>,
    /// Where it stands.
    pub status: Option<Status>,
    /// The decision that took its place, by number or id.
    pub superseded_by: Patch<String>,
    /// The topic.
    pub topic: Patch<String>,
    /// The sprint.
    pub sprint: Patch<String>,
    /// Who decided; all of them.
    pub decided_by: Option<Vec<HolderSaid>>,
    /// Who was asked before; all of them.
    pub consulted: Option<Vec<HolderSaid>>,
    /// Who was told; all of them.
    pub informed: Option<Vec<HolderSaid>>,
    /// The questions that led to it; all of them.
    pub questions: Option<Vec<String>>,
}

/// Whoever writes, and where: finds what they name.
struct Writer {
    here: Id<Hackathon>,
    standing: Standing,
}

impl Writer {
    fn of(tx: &mut Tx, here: Id<Hackathon>, user: UserId) -> Result<Writer> {
        Ok(Writer { here, standing: Standing::load(tx, here, user)?.ok_or(Error::NotFound)? })
    }

    /// Each once, in the order in which they were named.
    fn holders(&self, tx: &mut Tx, said: &[HolderSaid], list: &str) -> Result<Vec<Holder>> {
        let mut found: Vec<Holder> = Vec::new();
        for (at, one) in said.iter().enumerate() {
            let holder = one.find(tx, self.here, &format!("{list}/{at}"))?;
            if !found.contains(&holder) {
                found.push(holder);
            }
        }
        Ok(found)
    }

    fn questions(&self, tx: &mut Tx, keys: &[String]) -> Result<Vec<Id<Question>>> {
        let mut found = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            found.push(question::named(tx, self.here, &self.standing, key, &format!("/questions/{at}"))?.id);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// What is named, and what was there before and is not the writer's to see: nobody unlinks what they do not know of.
    fn questions_instead(&self, tx: &mut Tx, keys: &[String], now: &[Id<Question>]) -> Result<Vec<Id<Question>>> {
        let mut found = self.questions(tx, keys)?;
        let before = question::store::of_ids(tx, self.here, now)?;
        found.extend(before.iter().filter(|one| self.standing.roles_to(one).is_empty()).map(|one| one.id));
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn topic(&self, tx: &mut Tx, key: &str) -> Result<TopicId> {
        Ok(topic::named(tx, self.here, key, "/topic")?.id)
    }

    fn sprint(&self, tx: &mut Tx, key: &str) -> Result<Id<Sprint>> {
        Ok(sprint::named(tx, self.here, key, "/sprint")?.id)
    }

    /// The decision that is to take the place of this one.
    fn successor(&self, tx: &mut Tx, of: &Decision, key: &str) -> Result<Id<Decision>> {
        let found = Key::parse(key).map(|key| store::find(tx, self.here, &key)).transpose()?.flatten();
        let found = found.filter(|found| found.is_seen_by(&self.standing)).ok_or_else(|| {
            let detail = say!("There is no such decision in this hackathon.", "이 해커톤에 없는 결정입니다.");
            Error::invalid("/superseded_by", "decision.unknown", detail)
        })?;
        if store::successors(tx, found.id)?.contains(&of.id) {
            let detail = say!(
                "That decision was itself superseded by this one, or is this one.",
                "그 결정은 이 결정 자신이거나, 이 결정으로 이미 대체되었습니다."
            );
            return Err(Error::invalid("/superseded_by", "decision.circle", detail));
        }
        Ok(found.id)
    }
}

/// Records a decision: of the caller's team, or of any team or the whole hackathon where an organizer does it.
pub fn record(tx: &mut Tx, here: &Hackathon, who: (UserId, Roles), new: New) -> Result<Decision> {
    hackathon::hold(tx, here.id)?;
    let (member, team) = team::spoken_for(tx, here.id, who, new.team.as_deref())?;
    team::must_have_one(team, who.1)?;
    let writer = Writer::of(tx, here.id, who.0)?;
    let content = Content {
        title: new.title,
        context: new.context,
        options: new.options,
        outcome: new.outcome,
        status: new.status,
        superseded_by: None,
        topic: new.topic.map(|key| writer.topic(tx, &key)).transpose()?,
        sprint: new.sprint.map(|key| writer.sprint(tx, &key)).transpose()?,
        decided_by: writer.holders(tx, &new.decided_by, "/decided_by")?,
        consulted: writer.holders(tx, &new.consulted, "/consulted")?,
        informed: writer.holders(tx, &new.informed, "/informed")?,
        questions: writer.questions(tx, &new.questions)?,
    };
    content.check()?;
    store::insert(tx, here.id, team, member.id, &content)
}

/// Changes what was recorded. A decision that another one takes the place of is superseded by that; taken back, it holds again.
pub fn revise(tx: &mut Tx, here: &Hackathon, decision: &Decision, by: UserId, to: Revision) -> Result<Decision> {
    hackathon::hold(tx, here.id)?;
    store::lock_all(tx, here.id)?;
    let member = member::acting(tx, here.id, by)?;
    let writer = Writer::of(tx, here.id, by)?;
    let content = revised(tx, &writer, decision, to)?;
    content.check()?;
    let changed = content.changed(&decision.content);
    if changed.is_empty() {
        return Ok(decision.clone());
    }
    store::update(tx, decision, member.id, &content, &changed)
}

fn revised(tx: &mut Tx, writer: &Writer, decision: &Decision, to: Revision) -> Result<Content> {
    let now = decision.content.clone();
    let superseded_by = to.superseded_by.try_map(|key| writer.successor(tx, decision, &key))?;
    let status = to.status.unwrap_or(match (&superseded_by, now.status) {
        (Patch::Set(_), _) => Status::Superseded,
        (Patch::Clear, Status::Superseded) if now.outcome.is_some() => Status::Accepted,
        (Patch::Clear, Status::Superseded) => Status::Proposed,
        (_, status) => status,
    });
    let holders = |tx: &mut Tx, said: Option<Vec<HolderSaid>>, now: Vec<Holder>, list: &str| match said {
        Some(said) => writer.holders(tx, &said, list),
        None => Ok(now),
    };
    Ok(Content {
        title: to.title.unwrap_or(now.title),
        context: to.context.unwrap_or(now.context),
        options: to.options.unwrap_or(now.options),
        outcome: to.outcome.apply(now.outcome),
        status,
        superseded_by: superseded_by.apply(now.superseded_by),
        topic: to.topic.try_map(|key| writer.topic(tx, &key))?.apply(now.topic),
        sprint: to.sprint.try_map(|key| writer.sprint(tx, &key))?.apply(now.sprint),
        decided_by: holders(tx, to.decided_by, now.decided_by, "/decided_by")?,
        consulted: holders(tx, to.consulted, now.consulted, "/consulted")?,
        informed: holders(tx, to.informed, now.informed, "/informed")?,
        questions: match to.questions {
            Some(keys) => writer.questions_instead(tx, &keys, &now.questions)?,
            None => now.questions,
        },
    })
}

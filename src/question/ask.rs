//! Asking: a question is filed in one step and brought to a holder in the same.

use super::change::Change;
use super::events::{Life, What};
use super::follow::{self, FollowReason};
use super::{Question, Visibility, route, store};
use crate::access::Right;
use crate::access::policy::Ask;
use crate::base::{Error, Id, Key, Name, Result, Sentence, Text, say};
use crate::consortium::{self, Member};
use crate::db::Tx;
use crate::directory::{Directory, TopicId};
use crate::hackathon::{Hackathon, Role};
use crate::team::{self, Team};

/// A question before it is asked.
#[derive(Clone, Debug)]
pub struct Draft {
    /// In one line.
    pub title: Name,
    /// In full.
    pub body: Option<Text>,
    /// The topic that the asker named, by slug or id.
    pub topic: Option<String>,
    /// The topic that was read from the words.
    pub read: Option<TopicId>,
    /// The team it is asked for, by slug or id; none: the asker's own.
    pub team: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// Asks a question, and brings it to its first holder.
pub fn ask(tx: &mut Tx, right: &Right<Ask, Hackathon>, directory: &Directory, draft: Draft) -> Result<Question> {
    let here = right.on().id;
    let asker = consortium::store::member::by_user(tx, here, right.user())?.ok_or(Error::NotFound)?;
    let team = team_for(tx, here, &asker, draft.team.as_deref())?;
    let named = draft.topic.as_deref().map(|key| topic_of(directory, key)).transpose()?;
    let still_there = draft.read.filter(|id| directory.topic(&Key::Id(id.uuid())).is_some());
    let (topic, topic_read) = (named.or(still_there), named.is_none() && still_there.is_some());
    let visibility = visible(draft.visibility, team)?;
    let (title, body) = (draft.title, draft.body);
    let question = Question {
        id: tx.fresh(),
        hackathon: here,
        number: store::next_number(tx, here)?,
        asker: asker.id,
        team,
        topic,
        title,
        body,
        visibility,
        life: Life::beginning(tx.now()),
        offer: None,
        before: Vec::new(),
        due: None,
        wake_at: None,
        wound_version: directory.source.version,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    let mut change = Change::asking(question, asker.id);
    change.record(tx, What::Asked { team, topic, topic_read, visibility });
    route::bring(tx, &mut change, directory);
    let asked = change.save(tx, directory)?;
    follow::add(tx, &asked, asker.id, FollowReason::Asked)?;
    follow::told_of_topic(tx, &asked, directory)?;
    Ok(asked)
}

/// The topic that a body names.
pub fn topic_of(directory: &Directory, key: &str) -> Result<TopicId> {
    let place = Key::parse(key).and_then(|key| directory.topic(&key));
    let found = place.and_then(|place| directory.source.topics.get(place));
    found.map(|topic| topic.id).ok_or_else(|| {
        let detail = say!("There is no such topic in this hackathon.", "이 해커톤에 없는 주제입니다.");
        Error::invalid("/topic", "topic.unknown", detail)
    })
}

/// The team that somebody asks for: the one they name, else the first one they build in. Who runs the hackathon may ask
/// for any, a mentor for those they mentor, everybody for those they build in.
pub fn team_for(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    asker: &Member,
    named: Option<&str>,
) -> Result<Option<Id<Team>>> {
    let teams = team::store::roster::teams_of(tx, asker.id)?;
    let Some(key) = named else { return Ok(teams.own.first().copied()) };
    let team = team::named(tx, hackathon, key, "/team")?.id;
    if asker.is(Role::Organizer) || teams.own.contains(&team) || teams.mentored.contains(&team) {
        return Ok(Some(team));
    }
    let detail = say!(
        "Ask for a team that you build in or mentor, or leave the team out.",
        "내가 속하거나 멘토링하는 팀을 적거나, 팀을 빼고 보내세요."
    );
    Err(Error::invalid("/team", "team.not_own", detail))
}

/// A question that only a team may see needs a team.
pub(super) fn visible(visibility: Visibility, team: Option<Id<Team>>) -> Result<Visibility> {
    if visibility == Visibility::Hackathon || team.is_some() {
        return Ok(visibility);
    }
    Err(Error::invalid("/visibility", "visibility.no_team", no_team()))
}

fn no_team() -> Sentence {
    say!(
        "This question is asked for no team, so \"team\" would show it to nobody. Name a team, or leave the visibility out.",
        "팀 없이 올리는 질문이라 \"team\"으로 하면 아무도 볼 수 없습니다. 팀을 지정하거나 공개 범위를 빼세요."
    )
}

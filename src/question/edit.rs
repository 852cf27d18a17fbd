//! Changing a question: its words and who sees it by the asker's side, its topic by those who answer as well.

use super::change::Change;
use super::{Question, State, Turn, Visibility, What, ask, follow, refusal, route};
use crate::access::policy::EditQuestion;
use crate::access::{Right, Roles, Within};
use crate::base::{Error, Name, Patch, Result, Text, say};
use crate::db::Tx;
use crate::directory::{Directory, TopicId};
use crate::hackathon::Hackathon;

/// What is to be changed.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// Another title.
    pub title: Option<Name>,
    /// Another body, or none.
    pub body: Patch<Text>,
    /// Another topic by slug or id, or none.
    pub topic: Patch<String>,
    /// Who may see it.
    pub visibility: Option<Visibility>,
}

type Here = Right<EditQuestion, Within<Hackathon, Turn>>;

/// Changes the question. Another topic has it routed anew while nobody has answered it.
pub fn edit(tx: &mut Tx, right: &Here, directory: &Directory, edit: Edit) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    if let State::Closed { .. } = change.question.life.state {
        return Err(refusal::held(tx, &change.question)?);
    }
    words(tx, right, &mut change, edit.title, edit.body)?;
    show(tx, right, &mut change, edit.visibility)?;
    if let Some(to) = another_topic(directory, change.question.topic, edit.topic)? {
        topic(tx, &mut change, directory, to)?;
    }
    let before = &right.on().item.0;
    if change.question == *before {
        return Ok(change.question);
    }
    if (change.question.topic, change.question.visibility) != (before.topic, before.visibility) {
        follow::told_of_topic(tx, &change.question, directory)?;
    }
    change.save(tx, directory)
}

fn words(tx: &Tx, right: &Here, change: &mut Change, title: Option<Name>, body: Patch<Text>) -> Result<()> {
    let question = &mut change.question;
    let title = title.unwrap_or_else(|| question.title.clone());
    let body = body.apply(question.body.clone());
    let (new_title, new_body) = (title != question.title, body != question.body);
    if !new_title && !new_body {
        return Ok(());
    }
    asker_s_side(right)?;
    (question.title, question.body) = (title, body);
    change.record(tx, What::Edited { title: new_title, body: new_body });
    Ok(())
}

fn show(tx: &Tx, right: &Here, change: &mut Change, to: Option<Visibility>) -> Result<()> {
    let Some(to) = to.filter(|to| *to != change.question.visibility) else { return Ok(()) };
    asker_s_side(right)?;
    change.question.visibility = ask::visible(to, change.question.team)?;
    change.record(tx, What::VisibilityChanged { to });
    Ok(())
}

fn asker_s_side(right: &Here) -> Result<()> {
    if right.roles().meet(Roles::OWN | Roles::TEAM | Roles::ORGANIZER) {
        return Ok(());
    }
    Err(Error::Forbidden(say!(
        "Only the asker's side and the organizers change the words of a question and who sees it. You may change its topic.",
        "질문의 내용과 공개 범위는 질문한 쪽과 운영진만 바꿀 수 있습니다. 주제는 바꿀 수 있습니다."
    )))
}

/// The topic to change to, if it is another one.
fn another_topic(directory: &Directory, now: Option<TopicId>, patch: Patch<String>) -> Result<Option<Option<TopicId>>> {
    let to = patch.try_map(|key| ask::topic_of(directory, &key))?.apply(now);
    Ok(Some(to).filter(|to| *to != now))
}

fn topic(tx: &mut Tx, change: &mut Change, directory: &Directory, to: Option<TopicId>) -> Result<()> {
    let (from, lay_with) = (change.question.topic, change.question.life.in_charge);
    change.question.topic = to;
    change.record(tx, What::TopicChanged { from, to });
    if change.question.life.state.is_waiting() {
        route::bring(tx, change, directory);
    }
    if change.question.life.in_charge != lay_with {
        change.let_offer_lapse(tx)?;
    }
    Ok(())
}

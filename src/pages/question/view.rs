//! A question as people read it.

use crate::access::policy::{
    Claim, Comment, EditQuestion, Escalate, Follow, HandOff, InviteGuest, Note, Receive, Reply, Resume, SeeGuests,
    Settle, TakeOver, Verb,
};
use crate::access::{Actor, Roles, allow};
use crate::base::{Id, Lang, Sentence, Text};
use crate::consortium::Member;
use crate::hackathon::Hackathon;
use crate::pages::prose::Prose;
use crate::pages::time::{Watch, When};
use crate::pages::words::{self, Tag, Words};
use crate::question::store::names::{Named, Names};
use crate::question::{Handoff, Post, PostKind, Question, Resolution, Standing, State, Stay, Visibility, Why};
use crate::sla_policy::Promise;

/// A question in a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where its page is.
    pub place: String,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: Words,
    /// Where it stands.
    pub tag: Tag,
    /// What it is about.
    pub topic: Option<Words>,
    /// Whose it is.
    pub team: Option<Words>,
    /// Who it lies with.
    pub holder: String,
    /// Who has it.
    pub assignee: Option<String>,
    /// When it was asked.
    pub asked: When,
    /// For how long it has waited for the next step, where that is not since it was asked.
    pub waits: Option<When>,
    /// What is promised about it next.
    pub due: Option<Due>,
    /// Whether the reader may claim it now.
    pub may_claim: bool,
    /// Whether the asker's team alone sees it, with those who answer.
    pub private: bool,
}

/// A promise that is counted now, in words.
#[derive(Clone, Debug)]
pub struct Due {
    /// Whether it is broken.
    pub overdue: bool,
    /// By when what is promised, or for how long it has been broken.
    pub text: String,
}

/// What is promised about a question next.
pub fn due(question: &Question, watch: &Watch) -> Option<Due> {
    let due = question.due?;
    let overdue = due.at <= watch.now;
    let (at, late) = (watch.clock(due.at), watch.length(watch.now.since(due.at)));
    let text = match (overdue, due.promise, watch.lang) {
        (true, _, Lang::En) => format!("Overdue for {late}"),
        (true, _, Lang::Ko) => format!("기한 지남 · {late}"),
        (false, Promise::Claim, Lang::En) => format!("Taken by {at}"),
        (false, Promise::Claim, Lang::Ko) => format!("{at}까지 맡기로 함"),
        (false, Promise::FirstResponse, Lang::En) => format!("Answer by {at}"),
        (false, Promise::FirstResponse, Lang::Ko) => format!("{at}까지 답변"),
        (false, Promise::Resolve, Lang::En) => format!("Closed by {at}"),
        (false, Promise::Resolve, Lang::Ko) => format!("{at}까지 마무리"),
    };
    Some(Due { overdue, text })
}

/// A holder's name in one language.
pub fn named(of: Named, lang: Lang) -> String {
    match lang {
        Lang::En => of.en,
        Lang::Ko => of.ko,
    }
}

/// Where a question's page is.
pub fn place(here: &Hackathon, number: i32) -> String {
    format!("/h/{}/questions/{number}", here.slug)
}

impl Item {
    /// A question with the names of what it points to.
    pub fn of(
        question: &Question,
        names: &Names,
        (here, actor, standing): (&Hackathon, &Actor, &Standing),
        watch: &Watch,
    ) -> Item {
        let lang = watch.lang;
        let life = &question.life;
        let ended = here.ended_at.is_some();
        let open = life.state == State::Open;
        Item {
            place: place(here, question.number),
            number: question.number,
            title: Words::typed(question.title.as_str(), lang),
            tag: words::state(life.state),
            topic: question.topic.and_then(|id| names.topic(id)).map(|(_, name)| Words::of(name, lang)),
            team: question.team.and_then(|id| names.team(id)).map(|(_, name)| Words::of(name, lang)),
            holder: named(names.in_charge(life.in_charge), lang),
            assignee: life.state.assignee().map(|id| names.member(id).to_string()),
            asked: watch.ago(question.created_at),
            waits: (life.state.is_waiting() && life.since != question.created_at).then(|| watch.lasting(life.since)),
            due: due(question, watch),
            may_claim: open && allow::<Claim>(actor, standing.roles_to(question), ended).is_ok(),
            private: question.visibility == Visibility::Team,
        }
    }
}

/// What somebody may do to a question as it stands now.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deeds {
    /// Take it.
    pub claim: bool,
    /// Give it back.
    pub release: bool,
    /// Take it from whoever has it.
    pub take_over: bool,
    /// Give it to a named person.
    pub reassign: bool,
    /// Answer it.
    pub answer: bool,
    /// Ask the asker for more.
    pub wait: bool,
    /// Say that the asker has been heard.
    pub resume: bool,
    /// Comment.
    pub comment: bool,
    /// Write a note.
    pub note: bool,
    /// Accept an answer.
    pub accept: bool,
    /// Close it.
    pub close: bool,
    /// Open it again.
    pub reopen: bool,
    /// Take it back.
    pub withdraw: bool,
    /// Merge it into another one.
    pub merge: bool,
    /// Offer it to another holder.
    pub hand_off: bool,
    /// Accept or decline an offer.
    pub receive: bool,
    /// Take an offer back.
    pub recall: bool,
    /// Change its words.
    pub edit: bool,
    /// Change its topic.
    pub topic: bool,
    /// Follow it.
    pub follow: bool,
    /// Have somebody told.
    pub escalate: bool,
    /// See who was invited to answer it.
    pub see_guests: bool,
    /// Take a guest's link back.
    pub revoke_guest: bool,
    /// Invite somebody without an account to answer it.
    pub invite_guest: bool,
}

impl Deeds {
    /// By the policy's table and by where the question stands. The concept decides again when it is done.
    pub fn of(question: &Question, actor: &Actor, roles: Roles, me: Id<Member>, ended: bool) -> Deeds {
        let state = question.life.state;
        let hands = state.in_hands_of();
        let (mine, free) = (hands == Some(me), hands.is_none());
        let closed = matches!(state, State::Closed { .. });
        let asking = roles.meet(Roles::OWN | Roles::TEAM);
        let answers = may::<Reply>(actor, roles, ended);
        let takes = may::<TakeOver>(actor, roles, ended);
        let settles = may::<Settle>(actor, roles, ended);
        let waiting = matches!(state, State::WaitingOnAsker { .. });
        let side = may::<HandOff>(actor, roles, ended);
        Deeds {
            claim: state == State::Open && may::<Claim>(actor, roles, ended),
            release: may::<Claim>(actor, roles, ended) && hands.is_some() && (mine || takes),
            take_over: takes && hands.is_some() && !mine,
            reassign: takes && state.is_waiting(),
            answer: answers && state.is_free_for(me),
            wait: may::<Claim>(actor, roles, ended) && state == (State::Claimed { by: me }),
            resume: may::<Resume>(actor, roles, ended) && waiting && (mine || asking || roles.meet(Roles::ORGANIZER)),
            comment: may::<Comment>(actor, roles, ended),
            note: may::<Note>(actor, roles, ended),
            accept: settles && matches!(state, State::Answered { .. }),
            close: settles && !closed,
            reopen: settles && (closed || matches!(state, State::Answered { .. })),
            withdraw: settles && asking && !closed,
            merge: settles && answers && !closed,
            hand_off: side && state.is_waiting() && question.offer.is_none() && (mine || free || takes),
            receive: question.offer.is_some() && may::<Receive>(actor, roles, ended),
            recall: question.offer.is_some() && side,
            edit: may::<EditQuestion>(actor, roles, ended) && !closed && (asking || roles.meet(Roles::ORGANIZER)),
            topic: may::<EditQuestion>(actor, roles, ended) && !closed,
            follow: may::<Follow>(actor, roles, ended),
            escalate: may::<Escalate>(actor, roles, ended) && !closed,
            see_guests: may::<SeeGuests>(actor, roles, ended),
            revoke_guest: may::<InviteGuest>(actor, roles, ended),
            invite_guest: may::<InviteGuest>(actor, roles, ended) && !closed,
        }
    }

    /// Whether there is anything to do besides the talk.
    pub fn any_more(&self) -> bool {
        let Deeds { release, take_over, reassign, wait, close, withdraw, merge, .. } = *self;
        let Deeds { hand_off, topic, escalate, invite_guest, .. } = *self;
        [release, take_over, reassign, wait, close, withdraw, merge, hand_off, topic, escalate, invite_guest]
            .contains(&true)
    }
}

fn may<V: Verb>(actor: &Actor, roles: Roles, ended: bool) -> bool {
    allow::<V>(actor, roles, ended).is_ok()
}

/// Something that was said.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its id.
    pub id: String,
    /// Its class: `answer`, `comment` or `note`.
    pub class: &'static str,
    /// What it is.
    pub kind: Sentence,
    /// Who said it.
    pub author: String,
    /// When.
    pub at: When,
    /// The words.
    pub body: Prose,
    /// Whether the asker's side accepted it.
    pub accepted: bool,
}

impl Said {
    /// A post of this question.
    pub fn of(post: &Post, question: &Question, names: &Names, watch: &Watch) -> Said {
        let kind = match post.kind {
            PostKind::Answer => Sentence::fixed("Answer", "답변"),
            PostKind::Comment => Sentence::fixed("Comment", "댓글"),
            PostKind::Note => Sentence::fixed("Internal note", "내부 메모"),
        };
        Said {
            id: post.id.to_string(),
            class: post.kind.word(),
            kind,
            author: named(names.author(post.author), watch.lang),
            at: watch.ago(post.created_at),
            body: Prose::of(post.body.as_str()),
            accepted: question.life.accepted == Some(post.id),
        }
    }
}

/// A place on the way of a question.
#[derive(Clone, Debug)]
pub struct Step {
    /// Who it lay with.
    pub holder: String,
    /// For how long.
    pub length: String,
    /// Why it came there.
    pub why: String,
    /// Whether it lies there now.
    pub now: bool,
}

impl Step {
    /// A stay, in words.
    pub fn of(stay: &Stay, names: &Names, watch: &Watch) -> Step {
        let lang = watch.lang;
        let now = stay.ended_at.is_none();
        let length = watch.length(stay.ended_at.unwrap_or(watch.now).since(stay.began_at));
        let length = match (now, lang) {
            (true, Lang::En) => format!("Here for {length}"),
            (true, Lang::Ko) => format!("현재 담당 · {length}"),
            (false, _) => length,
        };
        Step { holder: named(names.in_charge(stay.in_charge), lang), length, why: why(stay, lang), now }
    }
}

fn why(stay: &Stay, lang: Lang) -> String {
    let reason = stay.reason.as_ref().map(Text::as_str).unwrap_or_default();
    let (en, ko) = match stay.why {
        Why::Responsible => ("Responsible for the topic", "주제 담당이라서"),
        Why::Accountable => ("Accountable for the topic", "주제 총괄 책임이라서"),
        Why::TeamMentor => ("Mentors of the asker's team", "질문한 팀의 멘토라서"),
        Why::Organizer => ("Nobody else was named for this", "정해진 담당이 없어서"),
        Why::HandedOff if lang == Lang::En => return format!("Handed on: {reason}"),
        Why::HandedOff => return format!("넘겨받음: {reason}"),
    };
    if lang == Lang::En { en.to_owned() } else { ko.to_owned() }
}

/// An offer that waits for an answer.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Its id.
    pub id: String,
    /// Who offers it.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Why.
    pub reason: String,
    /// For those who answer.
    pub note: Option<String>,
}

impl Offered {
    /// An offer; `internal`: for somebody who reads notes.
    pub fn of(offer: &Handoff, names: &Names, lang: Lang, internal: bool) -> Offered {
        Offered {
            id: offer.id.to_string(),
            from: names.member(offer.offered_by).to_string(),
            to: named(names.in_charge(offer.to), lang),
            reason: offer.reason.to_string(),
            note: offer.note.as_ref().filter(|_| internal).map(Text::to_string),
        }
    }
}

/// What happens next, in a sentence.
pub fn next(question: &Question, names: &Names, lang: Lang) -> String {
    let holder = named(names.in_charge(question.life.in_charge), lang);
    let person = question.life.state.assignee().map(|id| names.member(id).to_string()).unwrap_or_default();
    let nobody_on_duty = question.life.no_one_on_duty;
    match (question.life.state, lang) {
        (State::Open, Lang::En) if nobody_on_duty => {
            format!("It lies with {holder}. Nobody was on duty when it came; somebody takes it when duty begins.")
        }
        (State::Open, Lang::Ko) if nobody_on_duty => {
            format!("담당: {holder}. 지금은 응답 시간이 아니어서 응답 시간이 시작되면 맡습니다.")
        }
        (State::Open, Lang::En) => format!("It lies with {holder}. Somebody there takes it next."),
        (State::Open, Lang::Ko) => format!("담당: {holder}. 곧 한 사람이 맡습니다."),
        (State::Claimed { .. }, Lang::En) => format!("{person} has it and answers next."),
        (State::Claimed { .. }, Lang::Ko) => format!("맡은 사람: {person}. 답변을 준비하고 있습니다."),
        (State::WaitingOnAsker { .. }, Lang::En) => {
            format!("{person} needs to know more. A comment by the asker's side goes on with it.")
        }
        (State::WaitingOnAsker { .. }, Lang::Ko) => {
            format!("맡은 사람: {person}. 추가 정보가 필요합니다. 질문한 쪽이 댓글을 남기면 이어집니다.")
        }
        (State::Answered { by: None }, Lang::En) => {
            "A guest answered. The asker's side accepts the answer, or opens the question again.".to_owned()
        }
        (State::Answered { by: None }, Lang::Ko) => {
            "초대된 전문가가 답변했습니다. 질문한 쪽이 답변을 채택하거나 다시 열 수 있습니다.".to_owned()
        }
        (State::Answered { .. }, Lang::En) => {
            format!(
                "It was answered, and {person} has it. The asker's side accepts the answer, or opens the question again."
            )
        }
        (State::Answered { .. }, Lang::Ko) => {
            format!("답변이 올라왔습니다. 맡은 사람: {person}. 질문한 쪽이 답변을 채택하거나 다시 열 수 있습니다.")
        }
        (State::Closed { resolution, .. }, _) => words::resolution(resolution.word()).text(lang).to_owned(),
    }
}

/// The question that this one was merged into.
pub fn merged_into(question: &Question) -> Option<Id<Question>> {
    match question.life.state {
        State::Closed { resolution: Resolution::Duplicate(of), .. } => Some(of),
        _ => None,
    }
}

//! What the rules say: which deed is answered how, and what is so after it.

use serde_json::{Value, json};

use super::Chance;
use super::person::Who;
use crate::questions::Scene;
use crate::questions::scene::{QUESTIONS, id};
use crate::support::Reply;

/// Something that somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Claim,
    Release,
    TakeOver,
    Reassign(Who),
    Wait,
    Resume,
    Answer,
    Comment,
    Note,
    Accept,
    Close,
    Withdraw,
    Reopen,
    Offer(&'static str),
    AcceptOffer,
    DeclineOffer,
    WithdrawOffer,
    Topic(&'static str),
    /// Whoever it is: the guest is nobody of the hackathon.
    GuestAnswers,
    GuestComments,
}

impl Deed {
    pub fn any(chance: &mut Chance) -> Deed {
        match chance.below(26) {
            0..=2 => Deed::Claim,
            3 => Deed::Release,
            4 => Deed::TakeOver,
            5 => Deed::Reassign(chance.one_of(&Who::ALL)),
            6 => Deed::Wait,
            7 => Deed::Resume,
            8..=9 => Deed::Answer,
            10 => Deed::Comment,
            11 => Deed::Note,
            12 => Deed::Accept,
            13 => Deed::Close,
            14 => Deed::Withdraw,
            15..=16 => Deed::Reopen,
            17..=18 => Deed::Offer(chance.one_of(&["development", "operations", "team_mentor", "organizer"])),
            19..=20 => Deed::AcceptOffer,
            21 => Deed::DeclineOffer,
            22 => Deed::WithdrawOffer,
            23 => Deed::GuestAnswers,
            24 => Deed::GuestComments,
            _ => Deed::Topic(chance.one_of(&["etl", "packages"])),
        }
    }

    /// Does it.
    pub fn call(self, scene: &Scene, who: Who, question: &str, model: &Model) -> Reply {
        let verb = |verb: &str, body: Value| scene.verb_with(who.name(), question, verb, body);
        let never = "0192fcbb-8240-7244-902b-2ed14bdd9832";
        match self {
            Deed::Claim => verb("claim", json!({})),
            Deed::Release => verb("release", json!({})),
            Deed::TakeOver => verb("take-over", json!({})),
            Deed::Reassign(to) => verb("reassign", json!({"to": scene.member(to.name())})),
            Deed::Wait => verb("wait", json!({})),
            Deed::Resume => verb("resume", json!({})),
            Deed::Answer => verb("answers", json!({"body": "So."})),
            Deed::Comment => verb("comments", json!({"body": "And?"})),
            Deed::Note => verb("notes", json!({"body": "Hm."})),
            Deed::Accept => verb("accept", json!({"answer": model.answer.as_deref().unwrap_or(never)})),
            Deed::Close => verb("close", json!({"resolution": "not_for_us"})),
            Deed::Withdraw => verb("withdraw", json!({})),
            Deed::Reopen => verb("reopen", json!({})),
            Deed::Offer(to) => {
                let kind = if ["team_mentor", "organizer"].contains(&to) { "role" } else { "unit" };
                verb("handoffs", json!({"to": {kind: to}, "reason": "Rather yours."}))
            }
            Deed::AcceptOffer | Deed::DeclineOffer | Deed::WithdrawOffer => {
                let (offer, verb) = (model.last_offer.as_deref().unwrap_or(never), self.of_offer());
                scene.settle(who.name(), offer, verb)
            }
            Deed::Topic(topic) => {
                let path = format!("{QUESTIONS}/{question}");
                scene.world.patch(scene.who(who.name()), &path, json!({"topic": topic}))
            }
            Deed::GuestAnswers | Deed::GuestComments => {
                let what = if self == Deed::GuestAnswers { "answers" } else { "comments" };
                let path = format!("/v1/guest/{}/{what}", model.guest);
                scene.world.call("POST", &path).json(json!({"body": "From outside."})).send()
            }
        }
    }

    fn of_offer(self) -> &'static str {
        match self {
            Deed::AcceptOffer => "accept",
            Deed::DeclineOffer => "decline",
            _ => "withdraw",
        }
    }
}

/// Where a question stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands {
    pub state: String,
    pub resolution: Option<String>,
    pub assignee: Option<String>,
    pub holder: String,
    pub offered_to: Option<String>,
    pub hops: i64,
}

/// The model of one question.
pub struct Model {
    state: &'static str,
    resolution: Option<&'static str>,
    assignee: Option<Who>,
    holder: &'static str,
    topic: &'static str,
    /// The offer that waits: from, to.
    offer: Option<(&'static str, &'static str)>,
    /// The last offer's sides, waiting or not.
    sides: Option<(&'static str, &'static str)>,
    hops: i64,
    pub answer: Option<String>,
    pub last_offer: Option<String>,
    /// The token of its guest.
    pub guest: String,
}

impl Model {
    /// Asked by Ada on pipelines, with a guest invited to it.
    pub fn begin(guest: &str) -> Model {
        Model {
            state: "open",
            resolution: None,
            assignee: None,
            holder: "development",
            topic: "etl",
            offer: None,
            sides: None,
            hops: 0,
            answer: None,
            last_offer: None,
            guest: guest.to_owned(),
        }
    }

    pub fn stands(&self) -> Stands {
        Stands {
            state: self.state.to_owned(),
            resolution: self.resolution.map(str::to_owned),
            assignee: self.assignee.map(|who| who.name().to_owned()),
            holder: self.holder.to_owned(),
            offered_to: self.offer.map(|(_, to)| to.to_owned()),
            hops: self.hops,
        }
    }

    /// In whose hands it is.
    fn has_it(&self) -> Option<Who> {
        self.assignee.filter(|_| ["claimed", "waiting_on_asker"].contains(&self.state))
    }

    fn waits(&self) -> bool {
        ["open", "claimed", "waiting_on_asker"].contains(&self.state)
    }

    /// Organizers and mentors where they see it, the others when it lies with theirs or is in their hands.
    fn handles(&self, who: Who) -> bool {
        matches!(who, Who::Planner | Who::Mentor1) || who.answers_for(self.holder) || self.has_it() == Some(who)
    }

    /// The status that a deed is answered with.
    pub fn expect(&self, who: Who, deed: Deed) -> u16 {
        let (handles, takes_over) = (self.handles(who), who.takes_over(self.holder));
        let when = |may: bool, fits: bool, done: u16| match (may, fits) {
            (false, _) => 403,
            (true, false) => 409,
            (true, true) => done,
        };
        match deed {
            Deed::Claim => when(handles, self.state == "open", 200),
            Deed::Release => when(handles, self.has_it().is_some_and(|has| has == who || takes_over), 200),
            Deed::TakeOver => when(takes_over, self.has_it().is_some_and(|has| has != who), 200),
            Deed::Reassign(to) => match () {
                () if !takes_over => 403,
                () if !self.waits() => 409,
                () if !self.handles(to) => 422,
                () if self.state == "claimed" && self.assignee == Some(to) => 409,
                () => 200,
            },
            Deed::Wait => when(handles, self.state == "claimed" && self.assignee == Some(who), 200),
            Deed::Resume => {
                let hears = self.assignee == Some(who) || who.asks() || who == Who::Planner;
                when(handles || who.asks(), self.state == "waiting_on_asker" && hears, 200)
            }
            Deed::Answer => {
                let has = self.assignee.is_none_or(|has| has == who);
                let free = self.state != "closed" && has;
                when(handles, free, 201)
            }
            Deed::Comment | Deed::GuestComments => 201,
            Deed::GuestAnswers => when(true, self.state != "closed", 201),
            Deed::Note => when(!who.asks(), true, 201),
            Deed::Accept if self.answer.is_none() => 422,
            Deed::Accept => when(true, self.state == "answered", 200),
            Deed::Close | Deed::Withdraw => when(true, self.state != "closed", 200),
            Deed::Reopen => when(true, !self.waits(), 200),
            Deed::Offer(to) => {
                let has_it = self.has_it().is_none_or(|has| has == who) || takes_over;
                match when(handles, self.waits() && has_it && self.offer.is_none(), 201) {
                    201 if to == self.holder => 422,
                    status => status,
                }
            }
            Deed::AcceptOffer | Deed::DeclineOffer => self.expect_of_offer(who, false),
            Deed::WithdrawOffer => self.expect_of_offer(who, true),
            Deed::Topic(_) => when(handles || who.asks(), self.state != "closed", 200),
        }
    }

    fn expect_of_offer(&self, who: Who, back: bool) -> u16 {
        let Some((from, to)) = self.sides else { return 404 };
        let sender = who.answers_for(from) || who == Who::Planner || who == Who::Mentor1 || self.handles(who);
        let receiver = who.answers_for(to) || who == Who::Planner;
        match (if back { sender } else { receiver }, self.offer.is_some()) {
            (false, _) => 403,
            (true, false) => 409,
            (true, true) => 200,
        }
    }

    /// What is so after a deed that was done.
    pub fn happen(&mut self, who: Who, deed: Deed, reply: &Reply) {
        match deed {
            Deed::Claim | Deed::TakeOver => self.stand("claimed", Some(who)),
            Deed::Release => self.stand("open", None),
            Deed::Reassign(to) => self.stand("claimed", Some(to)),
            Deed::Wait => self.stand("waiting_on_asker", self.assignee),
            Deed::Resume => self.stand("claimed", self.assignee),
            Deed::Answer => {
                self.stand("answered", Some(who));
                self.answer = Some(id(&reply.json()));
                self.offer = None;
            }
            Deed::Comment if self.state == "waiting_on_asker" && who.asks() => self.stand("claimed", self.assignee),
            Deed::Comment | Deed::Note | Deed::GuestComments => {}
            Deed::GuestAnswers => {
                self.stand("answered", self.assignee);
                self.answer = Some(id(&reply.json()));
                self.offer = None;
            }
            Deed::Accept => self.end("answered"),
            Deed::Close => self.end("not_for_us"),
            Deed::Withdraw => self.end("withdrawn"),
            Deed::Reopen => self.reopen(),
            Deed::Offer(to) => {
                (self.offer, self.sides) = (Some((self.holder, to)), Some((self.holder, to)));
                self.last_offer = Some(id(&reply.json()));
            }
            Deed::AcceptOffer => {
                self.hops += 1;
                let (_, to) = self.offer.take().expect("an offer that was accepted");
                self.come_to(to);
            }
            Deed::DeclineOffer | Deed::WithdrawOffer => self.offer = None,
            Deed::Topic(topic) => self.turn_to(topic),
        }
    }

    fn stand(&mut self, state: &'static str, assignee: Option<Who>) {
        (self.state, self.assignee) = (state, assignee);
    }

    fn end(&mut self, resolution: &'static str) {
        self.stand("closed", self.assignee);
        (self.resolution, self.offer) = (Some(resolution), None);
    }

    /// Whoever had it is asked again while they are on duty and it still lies with theirs.
    fn reopen(&mut self) {
        self.resolution = None;
        let back = self.assignee.filter(|who| who.is_on_duty() && self.handles(*who));
        self.stand(if back.is_some() { "claimed" } else { "open" }, back);
        if back.is_none() {
            self.come_to(Self::responsible(self.topic));
        }
    }

    fn turn_to(&mut self, topic: &'static str) {
        let waits = self.waits();
        if std::mem::replace(&mut self.topic, topic) != topic && waits && self.holder != Self::responsible(topic) {
            self.offer = None;
            self.come_to(Self::responsible(topic));
        }
    }

    fn responsible(topic: &str) -> &'static str {
        if topic == "etl" { "development" } else { "operations" }
    }

    fn come_to(&mut self, holder: &'static str) {
        if self.holder != holder {
            self.holder = holder;
            self.stand("open", None);
        }
    }
}

//! What stands around every page: who reads it, where they are, and the ways from there.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev, web};

use super::asset::{Asset, ICON, LIVE, SCRIPT, STYLE};
use super::demo::Demo;
use super::preference::Theme;
use super::time::Watch;
use super::words::Words;
use crate::access::policy::{Ask, SeeDraft, SeeQueue, SeeReport, Verb};
use crate::access::{Caller, Gate, Roles, UserId};
use crate::account::store;
use crate::base::{Error, Instant, Lang, Result, Sentence};
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// A request for a page, as far as its frame is concerned.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The language to answer in.
    pub lang: Lang,
    /// Light, dark, or as the reader's machine has it.
    pub theme: Theme,
    /// Where the reader is, to come back to.
    pub back: String,
    /// Now.
    pub now: Instant,
    /// Whether the server runs as a demo.
    pub demo: bool,
    user: Option<UserId>,
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let caller = req.extensions().get::<Caller>().copied();
        ready(caller.map(|caller| Visit::of(req, &caller)).ok_or_else(|| Error::internal("the request has no caller")))
    }
}

impl Visit {
    /// The visit that a request is.
    pub fn of(req: &HttpRequest, caller: &Caller) -> Visit {
        let whole = req.uri().path_and_query().map(|whole| whole.as_str().to_owned()).unwrap_or_default();
        let reads = req.method() == actix_web::http::Method::GET;
        Visit {
            lang: caller.lang,
            theme: Theme::of(req),
            back: if reads { whole } else { "/".to_owned() },
            now: req.app_data::<Gate>().map_or(Instant::from_micros(0), Gate::now),
            demo: req.app_data::<web::Data<Demo>>().is_some(),
            user: caller.actor.map(|actor| actor.user),
        }
    }

    /// The same visit, come back to another place.
    pub fn at(self, back: String) -> Visit {
        Visit { back, ..self }
    }

    /// One's watch in a hackathon.
    pub fn watch(&self, here: &Hackathon) -> Watch {
        Watch { zone: here.timezone.0, now: self.now, lang: self.lang }
    }
}

/// The pages of a hackathon that one goes to from anywhere in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Who do I ask?
    Who,
    /// What there is to do for organizers.
    Start,
    /// What waits for one.
    Queue,
    /// All questions.
    Questions,
    /// Who is responsible for what.
    Matrix,
    /// Teams.
    Teams,
    /// Sprints.
    Sprints,
    /// The brief.
    Brief,
    /// People.
    People,
    /// The report.
    Report,
    /// What was won and learnt, and what continues.
    After,
    /// Settings, for organizers.
    Settings,
}

/// A way to one of them.
#[derive(Clone, Debug)]
pub struct Way {
    /// Where.
    pub place: String,
    /// What it is called.
    pub label: Sentence,
    /// Whether one is there.
    pub current: bool,
}

/// The hackathon that one is in.
#[derive(Clone, Debug)]
pub struct Here {
    /// Its address among the pages.
    pub place: String,
    /// Its name.
    pub name: Words,
    /// Whether nothing in it changes any more.
    pub ended: bool,
    /// The ways in it.
    pub ways: Vec<Way>,
}

/// Who reads.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Their name.
    pub name: String,
    /// Whether they administer the server.
    pub admin: bool,
}

/// The frame of a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language it is written in.
    pub lang: Lang,
    /// How it is coloured.
    pub theme: Theme,
    /// Where one comes back to when language or colours were chosen.
    pub back: String,
    /// Whether all of it goes when the process does.
    pub demo: bool,
    /// Who reads; nobody who is known, where it is none.
    pub reader: Option<Reader>,
    /// Where they are.
    pub here: Option<Here>,
}

impl Frame {
    /// For somebody who is not known, or where it does not matter who they are.
    pub fn bare(visit: &Visit) -> Frame {
        let Visit { lang, theme, back, demo, .. } = visit.clone();
        Frame { lang, theme, back, demo, reader: None, here: None }
    }

    /// For somebody who is signed in, outside of every hackathon.
    pub fn own(tx: &mut Tx, visit: &Visit) -> Result<Frame> {
        let user = visit.user.map(|user| store::by_id(tx, user)).transpose()?.flatten();
        let reader = user.map(|user| Reader { name: user.display_name.to_string(), admin: user.admin });
        Ok(Frame { reader, ..Frame::bare(visit) })
    }

    /// For a member in a hackathon.
    pub fn within(tx: &mut Tx, visit: &Visit, here: &Hackathon, roles: Roles, tab: Option<Tab>) -> Result<Frame> {
        let frame = Frame::own(tx, visit)?;
        let place = format!("/h/{}", here.slug);
        let ways = ways(&place, roles, tab);
        let name = Words::of(&here.name, visit.lang);
        Ok(Frame { here: Some(Here { place, name, ended: here.ended_at.is_some(), ways }), ..frame })
    }

    /// One of two wordings, by the reader's language.
    pub fn say(&self, en: &'static str, ko: &'static str) -> &'static str {
        self.lang.either(en, ko)
    }

    /// A sentence in the reader's language.
    pub fn told<'s>(&self, sentence: &'s Sentence) -> &'s str {
        sentence.text(self.lang)
    }

    /// The other language, by its own name.
    pub fn other(&self) -> (&'static str, &'static str) {
        match self.lang {
            Lang::En => ("ko", "한국어"),
            Lang::Ko => ("en", "English"),
        }
    }

    /// Where the script of pages that are told of news is.
    pub fn live(&self) -> &'static str {
        &LIVE.place
    }

    /// Where the style, the script and the icon are.
    pub fn assets(&self) -> [&'static str; 3] {
        let all: [&'static Asset; 3] = [&STYLE, &SCRIPT, &ICON];
        all.map(|asset| asset.place.as_str())
    }
}

/// The ways that somebody with these roles has.
fn ways(place: &str, roles: Roles, at: Option<Tab>) -> Vec<Way> {
    let all = [
        (Tab::Start, "/start", "Set up", "준비", SeeDraft::BY),
        (Tab::Who, "", "Who do I ask?", "누구에게 물어볼까?", Roles::MEMBER),
        (Tab::Queue, "/queue", "Queue", "대기열", SeeQueue::BY),
        (Tab::Questions, "/questions", "Questions", "질문", Ask::BY | Roles::JUDGE),
        (Tab::Matrix, "/matrix", "Responsibilities", "담당표", Roles::MEMBER),
        (Tab::Teams, "/teams", "Teams", "팀", Roles::MEMBER),
        (Tab::Sprints, "/sprints", "Sprints", "스프린트", Roles::MEMBER),
        (Tab::Brief, "/brief", "Brief", "브리프", Roles::MEMBER),
        (Tab::People, "/people", "People", "사람", Roles::MEMBER),
        (Tab::Report, "/report", "Report", "보고서", SeeReport::BY),
        (Tab::After, "/after", "After", "마무리", Roles::MEMBER),
        (Tab::Settings, "/settings", "Settings", "설정", SeeDraft::BY),
    ];
    let open = all.into_iter().filter(|(.., by)| by.meet(roles));
    let way = |(tab, path, en, ko, _): (Tab, &str, &'static str, &'static str, Roles)| Way {
        place: format!("{place}{path}"),
        label: Sentence::fixed(en, ko),
        current: at == Some(tab),
    };
    open.map(way).collect()
}

//! Awards: what could be won, who gives it, who won it and why. Organizers change them in place.

use askama::Template;

use super::{frame, ways};
use crate::access::policy::{Change, See, SeeJudging, Verb};
use crate::access::{Item, May, Right, Within, allow};
use crate::base::page::every;
use crate::base::{Id, Lang, Localized, Result, Sentence, Text};
use crate::consortium::named;
use crate::consortium::store::organization;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::judging::award::{self, Facts};
use crate::judging::{Award, Submission, store, submission};
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit, Way};
use crate::pages::prose::Prose;
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};

#[derive(Template)]
#[template(path = "after/awards.html")]
struct Page {
    frame: Frame,
    place: String,
    ways: Vec<Way>,
    obstacles: Vec<Obstacle>,
    won: Vec<Row>,
    open: Vec<Row>,
    new: Option<Vec<Entry>>,
    results: bool,
}

/// An award, and the form to change it.
struct Row {
    id: String,
    name: Words,
    sponsor: Option<Words>,
    winner: Option<(Words, Words, String)>,
    reason: Option<Prose>,
    mark: String,
    fields: Vec<Entry>,
    unfolded: bool,
}

/// What is chosen from: who may give an award, and who may win it.
struct Choices {
    sponsors: Vec<(String, String)>,
    winners: Vec<(String, String)>,
}

/// `GET /h/{hackathon}/after`
pub async fn show(visit: Visit, may: May<See, Hackathon>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<See, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<See, Hackathon>, visit: &Visit, again: Again) -> Result<Page> {
    let (here, lang) = (right.on(), visit.lang);
    let changes = allow::<Change>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok();
    let submissions = store::submission::all(tx, here.id)?;
    let organizations = organization::all(tx, here.id)?;
    let named: Vec<_> = organizations.iter().map(|one| (one.id, one.slug.to_string(), one.name.clone())).collect();
    let choices = changes.then(|| choices(&named, &submissions, lang));
    let awards = every(|page| store::award::list(tx, here.id, page), |one: &Award| one.id.uuid())?;
    let row = |one: Award| {
        let facts = one.facts();
        let sponsor = facts.sponsor.and_then(|id| named.iter().find(|(of, ..)| *of == id));
        let winner = facts.submission.and_then(|id| submissions.iter().find(|one| one.id == id));
        Row {
            id: one.id.to_string(),
            name: Words::of(&facts.name, lang),
            sponsor: sponsor.map(|(_, _, name)| Words::of(name, lang)),
            winner: winner.map(|of| winner_of(here, of, lang)),
            reason: facts.reason.as_ref().map(|text| Prose::of(text.as_str())),
            mark: one.tag().unwrap_or_default(),
            fields: choices.as_ref().map_or_else(Vec::new, |choices| {
                let slug = sponsor.map(|(_, slug, _)| slug.as_str()).unwrap_or_default();
                fields(&again, &one.id.to_string(), &facts, slug, choices)
            }),
            unfolded: again.is_of(&one.id.to_string()),
        }
    };
    let (won, open) = awards.into_iter().map(row).partition(|row: &Row| row.winner.is_some());
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), "/after")?,
        place: format!("/h/{}", here.slug),
        ways: ways(here, right.roles(), "/after"),
        won,
        open,
        new: choices.as_ref().map(|choices| fields(&again, "", &nothing(), "", choices)),
        results: SeeJudging::BY.meet(right.roles()),
        obstacles: again.obstacles,
    })
}

fn winner_of(here: &Hackathon, of: &Submission, lang: Lang) -> (Words, Words, String) {
    let place = format!("/h/{}/teams/{}", here.slug, of.team_slug);
    (Words::of(&of.team_name, lang), Words::typed(of.facts.title.as_str(), lang), place)
}

fn nothing() -> Facts {
    Facts { name: Localized { en: None, ko: None }, sponsor: None, submission: None, reason: None }
}

fn choices<I>(organizations: &[(I, String, Localized)], submissions: &[Submission], lang: Lang) -> Choices {
    let none = |en, ko| (String::new(), Sentence::fixed(en, ko).text(lang).to_owned());
    let sponsors = organizations.iter().map(|(_, slug, name)| (slug.clone(), name.text(lang).to_owned()));
    let winner = |one: &Submission| (one.id.to_string(), format!("{}: {}", one.team_name.text(lang), one.facts.title));
    Choices {
        sponsors: std::iter::once(none("Nobody in particular", "없음")).chain(sponsors).collect(),
        winners: std::iter::once(none("Nobody yet", "아직 없음")).chain(submissions.iter().map(winner)).collect(),
    }
}

fn fields(again: &Again, form: &str, facts: &Facts, sponsor: &str, choices: &Choices) -> Vec<Entry> {
    let entry = |name: &str, en, ko, stored: &str| again.entry(form, name, Sentence::fixed(en, ko), stored);
    let winner = facts.submission.map(|id| id.to_string()).unwrap_or_default();
    let reason = facts.reason.as_ref().map(Text::as_str).unwrap_or_default();
    let names = [Sentence::fixed("Name in English", "영어 이름"), Sentence::fixed("Name in Korean", "한국어 이름")];
    let [en, ko] = again.both(form, "name", names, Some(&facts.name));
    vec![
        en.slim(),
        ko.slim(),
        entry("sponsor", "Given by", "주는 곳", sponsor).among(choices.sponsors.clone()),
        entry("submission", "Won by", "받은 팀", &winner).among(choices.winners.clone()),
        entry("reason", "Why", "선정 이유", reason).lines(3),
    ]
}

fn facts(tx: &mut Tx, here: Id<Hackathon>, typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (name, reason) = (reading.both_names("name"), reading.maybe("reason", Reading::text));
    let sponsor = typed.filled("sponsor").map(|key| named::organization(tx, here, key, "/sponsor")).transpose();
    let sponsor = reading.found(sponsor)?;
    let submission =
        reading.found(typed.filled("submission").map(|said| submission::named(tx, here, said)).transpose())?;
    reading.whole(|| {
        Some(Facts {
            name: name?,
            sponsor: sponsor?.map(|one| one.id),
            submission: submission?.map(|one| one.id),
            reason: reason?,
        })
    })
}

/// `POST /h/{hackathon}/after/awards`
pub async fn add(
    visit: Visit,
    see: May<See, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let here = right.on().id;
        let facts = facts(tx, here, &said)?;
        award::add(tx, here, right.user(), &facts).map(drop)
    });
    after(visit, see, done.await, "", typed).await
}

/// `POST /h/{hackathon}/after/awards/{award}`
pub async fn change(
    visit: Visit,
    see: May<See, Hackathon>,
    may: May<Change, Within<Hackathon, Award>>,
    Form(typed): Form<Typed>,
) -> Shown {
    let (said, form) = (typed.clone(), may.path().text("award")?.to_owned());
    let done = may.write(move |tx, right| {
        let Within { parent: here, item: of } = right.on();
        unchanged(&said, of.tag())?;
        let facts = facts(tx, here.id, &said)?;
        award::change(tx, of, right.user(), &facts).map(drop)
    });
    after(visit, see, done.await, &form, typed).await
}

/// `POST /h/{hackathon}/after/awards/{award}/remove`
pub async fn remove(visit: Visit, see: May<See, Hackathon>, may: May<Change, Within<Hackathon, Award>>) -> Shown {
    let done = may.write(|tx, right| award::remove(tx, &right.on().item, right.user()));
    after(visit, see, done.await, "", Typed::default()).await
}

async fn after(visit: Visit, see: May<See, Hackathon>, done: Result<()>, form: &str, typed: Typed) -> Shown {
    let lang = visit.lang;
    match done {
        Ok(()) => Ok(see_other(&format!("/h/{}/after", see.path().text("hackathon")?))),
        Err(refusal) => drawn(visit, see, Again::of(refusal, lang, form, typed)?).await,
    }
}

//! A debrief: written, changed, shared, removed by its author; read by others once it is shared.

use askama::Template;

use super::{Reader, Row, frame};
use crate::access::policy::{ChangeDebrief, Debrief as Write, See};
use crate::access::{Item, May, Right, Roles, UserId, Within, allow};
use crate::base::{Error, Id, Name, Result, Sentence, say};
use crate::consortium::store::member;
use crate::db::Tx;
use crate::debrief::{self, About, Debrief, Facts, PRESENTED_MOST, Presented, store};
use crate::hackathon::Hackathon;
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::{Shown, page, see_other};
use crate::team;

type On = Within<Hackathon, Debrief>;

#[derive(Template)]
#[template(path = "after/debrief.html")]
struct Page {
    frame: Frame,
    list: String,
    place: String,
    obstacles: Vec<Obstacle>,
    row: Option<Row>,
    form: Option<Filling>,
}

/// The form.
struct Filling {
    mark: String,
    /// Whether it is to be shared at once.
    share: bool,
    fields: Vec<Entry>,
    presented: Vec<(usize, Entry, Entry)>,
}

/// `GET /h/{hackathon}/after/debriefs/new`
pub async fn blank(visit: Visit, may: May<Write, Hackathon>) -> Shown {
    written(visit, may, Again::default()).await
}

async fn written(visit: Visit, may: May<Write, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let choices = abouts(tx, here.id, right.user(), right.roles(), &visit)?;
        let list = format!("/h/{}/after/debriefs", here.slug);
        let mut form = filling(None, &again);
        let about = again.entry("", "about", Sentence::fixed("What it is about", "무엇에 대한 것인가요?"), "me");
        form.fields.insert(0, about.among(choices));
        Ok(Page {
            frame: frame(tx, &visit, here, right.roles(), "/after/debriefs/new")?,
            place: format!("{list}/new"),
            list,
            row: None,
            form: Some(form),
            obstacles: again.obstacles,
        })
    });
    page(status, lang, &drawn.await?)
}

/// What one can write about; the concept decides again.
fn abouts(
    tx: &mut Tx,
    here: Id<Hackathon>,
    user: UserId,
    roles: Roles,
    visit: &Visit,
) -> Result<Vec<(String, String)>> {
    let lang = visit.lang;
    let own = member::by_user(tx, here, user)?.ok_or(Error::NotFound)?;
    let theirs = team::store::roster::teams_of(tx, own.id)?;
    let all = roles.meet(Roles::ORGANIZER);
    let mut choices = vec![("me".to_owned(), lang.either("Myself", "나 자신").to_owned())];
    let near = |one: &team::Team| all || theirs.own.contains(&one.id) || theirs.mentored.contains(&one.id);
    for team in team::store::all(tx, here)?.iter().filter(|one| near(one)) {
        choices
            .push((format!("team:{}", team.slug), format!("{} {}", lang.either("Team", "팀"), team.name.text(lang))));
    }
    let members = if all { member::all(tx, here)? } else { vec![own] };
    for (name, _) in super::professions(&members, "") {
        choices.push((format!("profession:{name}"), format!("{} {name}", lang.either("Profession", "직업"))));
    }
    Ok(choices)
}

fn filling(of: Option<&Debrief>, again: &Again) -> Filling {
    let facts = of.map(|of| &of.facts);
    let stored: &[Presented] = facts.map(|facts| facts.presented.as_slice()).unwrap_or_default();
    let themes: Vec<&str> = facts.iter().flat_map(|facts| &facts.themes).map(Name::as_str).collect();
    let rows = again.typed("").map_or(0, |typed| typed.rows("presented", "on"));
    let rows = rows.max(stored.len() + 1).min(PRESENTED_MOST);
    let row = |row: usize| {
        let (occasion, on) =
            stored.get(row).map(|one| (one.occasion.to_string(), one.on.to_string())).unwrap_or_default();
        let entry = |field: &str, en, ko, stored: &str| {
            again.entry("", &format!("presented/{row}/{field}"), Sentence::fixed(en, ko), stored)
        };
        let on = entry("on", "On", "날짜", &on).of("date");
        (row + 1, entry("occasion", "Where it was presented", "발표한 자리", &occasion), on)
    };
    let body = facts.map(|facts| facts.body.as_str()).unwrap_or_default();
    let body = again.entry("", "body", Sentence::fixed("What you have learnt", "배운 점"), body).lines(12);
    let label = Sentence::fixed("Themes, with commas between them", "주제어(쉼표로 구분)");
    let themes = again.entry("", "themes", label, &themes.join(", "));
    Filling {
        mark: of.and_then(Item::tag).unwrap_or_default(),
        share: again.typed("").is_some_and(|typed| typed.has("share")),
        fields: vec![
            body.hint(
                "What went well, what did not, what you would do differently.",
                "잘된 것, 안된 것, 다음에는 다르게 할 것",
            ),
            themes.hint("Others find it by them.", "다른 사람이 주제어로 찾습니다."),
        ],
        presented: (0..rows).map(row).collect(),
    }
}

fn facts(typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let body = reading.text("body");
    let themes = typed.get("themes").split([',', '\n']).filter(|theme| !theme.trim().is_empty());
    let themes = themes.map(|theme| Name::parse(theme).map_err(|unfit| unfit.refusal("/themes")));
    let themes = reading.found(themes.collect::<Result<Vec<Name>>>())?;
    let rows = (0..typed.rows("presented", "on")).filter_map(|row| presented(&mut reading, typed, row));
    let presented: Vec<Option<Presented>> = rows.collect();
    reading.whole(|| {
        Some(Facts { body: body?, themes: themes?, presented: presented.into_iter().collect::<Option<_>>()? })
    })
}

/// A row of where it was presented; an empty one is none.
fn presented(reading: &mut Reading, typed: &Typed, row: usize) -> Option<Option<Presented>> {
    let [occasion, on] = ["occasion", "on"].map(|column| format!("presented/{row}/{column}"));
    match (typed.filled(&occasion), typed.filled(&on)) {
        (None, None) => None,
        (Some(_), None) => {
            let detail = say!("Say on which day it was.", "발표한 날짜를 적으세요.");
            Some(reading.refuse(&on, "field.missing", detail))
        }
        (_, Some(_)) => {
            let (occasion, on) = (reading.name(&occasion), reading.day(&on));
            Some(occasion.zip(on).map(|(occasion, on)| Presented { occasion, on }))
        }
    }
}

fn about(tx: &mut Tx, here: Id<Hackathon>, own: Id<crate::consortium::Member>, said: &str) -> Result<About> {
    match said.split_once(':') {
        Some(("team", key)) => Ok(About::Team(team::named(tx, here, key, "/about")?.id)),
        Some(("profession", name)) => {
            Ok(About::Profession(Name::parse(name).map_err(|unfit| unfit.refusal("/about"))?))
        }
        _ => Ok(About::Member(own)),
    }
}

/// `POST /h/{hackathon}/after/debriefs/new`
pub async fn write(
    visit: Visit,
    again: May<Write, Hackathon>,
    may: May<Write, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let (said, lang) = (typed.clone(), visit.lang);
    let done = may.write(move |tx, right| {
        let here = right.on();
        let author = member::by_user(tx, here.id, right.user())?.ok_or(Error::NotFound)?;
        let about = about(tx, here.id, author.id, said.get("about"))?;
        let made = debrief::write(tx, &author, right.roles(), &about, &facts(&said)?, said.has("share"))?;
        Ok(format!("/h/{}/after/debriefs/{}", here.slug, made.id))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => written(visit, again, Again::of(refusal, lang, "", typed)?).await,
    }
}

/// `GET /h/{hackathon}/after/debriefs/{debrief}`
pub async fn show(visit: Visit, may: May<See, On>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<See, On>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<See, On>, visit: &Visit, again: Again) -> Result<Page> {
    let Within { parent: here, item: of } = right.on();
    let (members, teams) = (member::all(tx, here.id)?, team::store::all(tx, here.id)?);
    let reader = Reader { members: &members, teams: &teams, user: right.user(), watch: visit.watch(here) };
    let list = format!("/h/{}/after/debriefs", here.slug);
    let changes = allow::<ChangeDebrief>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok();
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), &format!("/after/debriefs/{}", of.id))?,
        place: format!("{list}/{}", of.id),
        list,
        row: Some(reader.row(of)),
        form: changes.then(|| filling(Some(of), &again)),
        obstacles: again.obstacles,
    })
}

/// `POST /h/{hackathon}/after/debriefs/{debrief}`
pub async fn change(visit: Visit, see: May<See, On>, may: May<ChangeDebrief, On>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let of = &right.on().item;
        unchanged(&said, of.tag())?;
        debrief::change(tx, of, &facts(&said)?, false).map(drop)
    });
    after(visit, see, done.await, typed).await
}

/// `POST /h/{hackathon}/after/debriefs/{debrief}/share`
pub async fn share(visit: Visit, see: May<See, On>, may: May<ChangeDebrief, On>) -> Shown {
    let done = may.write(|tx, right| {
        let of = &right.on().item;
        debrief::change(tx, of, &of.facts.clone(), true).map(drop)
    });
    after(visit, see, done.await, Typed::default()).await
}

/// `POST /h/{hackathon}/after/debriefs/{debrief}/remove`
pub async fn remove(may: May<ChangeDebrief, On>) -> Shown {
    let list = format!("/h/{}/after/debriefs", may.path().text("hackathon")?);
    may.write(|tx, right| store::delete(tx, &right.on().item)).await?;
    Ok(see_other(&list))
}

async fn after(visit: Visit, see: May<See, On>, done: Result<()>, typed: Typed) -> Shown {
    let (lang, path) = (visit.lang, see.path());
    let place = format!("/h/{}/after/debriefs/{}", path.text("hackathon")?, path.text("debrief")?);
    match done {
        Ok(()) => Ok(see_other(&place)),
        Err(refusal) => drawn(visit, see, Again::of(refusal, lang, "", typed)?).await,
    }
}

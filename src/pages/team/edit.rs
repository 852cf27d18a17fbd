//! Adding a team, naming it, and saying who is in it and who stands by it.

use askama::Template;

use crate::access::policy::Change;
use crate::access::{Item, May, Right, Within};
use crate::base::{Error, Lang, Localized, Name, Result, Sentence, Slug};
use crate::consortium::member::{self, weekly_hours, weekly_minutes};
use crate::consortium::{Member, NewMember, store as members};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon, Role};
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::team::{Mentor, Team, TeamMember, roster, store};

/// A team within its hackathon.
type Here = Within<Hackathon, Team>;

/// The keys of the forms besides the one with the name; those about members have the member's id.
const JOINING: &str = "joining";
const HELPING: &str = "helping";

#[derive(Template)]
#[template(path = "team/edit.html")]
struct Page {
    frame: Frame,
    list: String,
    /// Where the form with the name is sent.
    action: String,
    obstacles: Vec<Obstacle>,
    fields: Vec<Entry>,
    mark: Option<String>,
    /// The team that is changed; none: one is added.
    team: Option<Known>,
}

/// A team that there is.
struct Known {
    place: String,
    name: Words,
    members: Vec<Mate>,
    mentors: Vec<(String, String)>,
    /// The forms by which somebody joins it and stands by it; none: there is nobody who could.
    joining: Option<Vec<Entry>>,
    helping: Option<Vec<Entry>>,
}

/// Somebody in it, with the form about them.
struct Mate {
    id: String,
    name: String,
    does: String,
    mark: String,
    fields: Vec<Entry>,
    open: bool,
}

/// `GET /h/{hackathon}/teams/add`
pub async fn add(visit: Visit, may: May<Change, Hackathon>) -> Shown {
    new_page(visit, may, Again::default()).await
}

async fn new_page(visit: Visit, may: May<Change, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let list = format!("/h/{}/teams", here.slug);
        let visit = visit.at(format!("{list}/add"));
        Ok(Page {
            frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Teams))?,
            fields: fields(&again, None),
            action: list.clone(),
            list,
            mark: None,
            team: None,
            obstacles: again.obstacles,
        })
    });
    page(status, lang, &drawn.await?)
}

fn fields(again: &Again, stored: Option<&Team>) -> Vec<Entry> {
    let names = [Sentence::fixed("Name in English", "영어 이름"), Sentence::fixed("Name in Korean", "한국어 이름")];
    let [en, ko] = again.both("", "name", names, stored.map(|team| &team.name));
    let slug = stored.map_or("", |team| team.slug.as_str());
    vec![
        en.hint("One of the two languages is enough.", "두 언어 중 하나면 됩니다."),
        ko,
        again.entry("", "slug", Sentence::fixed("Short name", "짧은 이름"), slug).hint(
            "Small letters, digits and hyphens, such as team-5. It stands in addresses.",
            "team-5처럼 영문 소문자, 숫자, 붙임표. 주소에 쓰입니다.",
        ),
    ]
}

/// `POST /h/{hackathon}/teams`
pub async fn create(
    visit: Visit,
    may: May<Change, Hackathon>,
    again: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        let (slug, name) = named(&said)?;
        hackathon::touch(tx, here.id)?;
        let made = store::insert(tx, here.id, &slug, &name)?;
        Ok(format!("/h/{}/teams/{}/edit", here.slug, made.slug))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => new_page(visit.clone(), again, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}

fn named(typed: &Typed) -> Result<(Slug, Localized)> {
    let mut reading = Reading::of(typed);
    let (slug, name) = (reading.slug("slug"), reading.both_names("name"));
    reading.whole(|| slug.zip(name))
}

/// `GET /h/{hackathon}/teams/{team}/edit`
pub async fn edit(visit: Visit, may: May<Change, Here>) -> Shown {
    edit_page(visit, may, Again::default()).await
}

async fn edit_page(visit: Visit, may: May<Change, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again)).await?;
    page(status, lang, &drawn)
}

fn whole(tx: &mut Tx, right: &Right<Change, Here>, visit: &Visit, again: Again) -> Result<Page> {
    let Within { parent: here, item: team } = right.on();
    let list = format!("/h/{}/teams", here.slug);
    let place = format!("{list}/{}", team.slug);
    let people = members::member::all(tx, here.id)?;
    let known = Known {
        name: Words::of(&team.name, visit.lang),
        members: team.members.iter().map(|one| mate(one, &again)).collect(),
        mentors: team.mentors.iter().map(|one| (one.member.to_string(), one.person.display_name.to_string())).collect(),
        joining: joining(&again, choices(&people, team, Role::Participant, visit.lang)),
        helping: helping(&again, choices(&people, team, Role::Mentor, visit.lang)),
        place: place.clone(),
    };
    let action = format!("{place}/edit");
    let visit = visit.clone().at(action.clone());
    Ok(Page {
        frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Teams))?,
        list,
        action,
        fields: fields(&again, Some(team)),
        mark: team.tag(),
        team: Some(known),
        obstacles: again.obstacles,
    })
}

/// Those of this role who are nothing to the team yet, after nobody; none: there is nobody else.
fn choices(people: &[Member], team: &Team, role: Role, lang: Lang) -> Option<Vec<(String, String)>> {
    let is_in = |one: &Member| team.members.iter().any(|mate| mate.member == one.id);
    let stands_by = |one: &Member| team.mentors.iter().any(|mentor| mentor.member == one.id);
    let free = people.iter().filter(|one| one.takes_part() && !is_in(one) && !stands_by(one) && one.is(role));
    let free: Vec<_> = free.map(|one| (one.id.to_string(), one.display_name.to_string())).collect();
    let nobody = (String::new(), lang.either("Choose", "고르세요").to_owned());
    (!free.is_empty()).then(|| std::iter::once(nobody).chain(free).collect())
}

fn joining(again: &Again, who: Option<Vec<(String, String)>>) -> Option<Vec<Entry>> {
    let member = again.entry(JOINING, "member", Sentence::fixed("Who", "사람"), "").among(who?);
    Some(vec![member, does(again, JOINING, "").hint("Such as leader or developer.", "예: 팀장, 개발자")])
}

fn helping(again: &Again, who: Option<Vec<(String, String)>>) -> Option<Vec<Entry>> {
    let mentor = again.entry(HELPING, "member", Sentence::fixed("One more mentor", "멘토 추가"), "").among(who?);
    Some(vec![mentor.hint("Asked after those it has.", "이미 있는 멘토 다음 순서입니다.")])
}

fn does(again: &Again, form: &str, stored: &str) -> Entry {
    again.entry(form, "function", Sentence::fixed("What they do in the team", "팀에서 맡은 일"), stored)
}

fn mate(of: &TeamMember, again: &Again) -> Mate {
    let id = of.member.to_string();
    let hours = of.person.weekly_minutes.map(|minutes| weekly_hours(minutes).to_string()).unwrap_or_default();
    let offered = Sentence::fixed("Hours a week they offer (optional)", "주당 낼 수 있는 시간(선택)");
    Mate {
        name: of.person.display_name.to_string(),
        does: of.function.to_string(),
        mark: of.tag().unwrap_or_default(),
        fields: vec![does(again, &id, of.function.as_str()), again.entry(&id, "hours", offered, &hours).decimal()],
        open: again.is_of(&id),
        id,
    }
}

async fn after(visit: Visit, again: May<Change, Here>, form: &str, typed: Typed, done: Result<String>) -> Shown {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => edit_page(visit.clone(), again, Again::of(refusal, visit.lang, form, typed)?).await,
    }
}

fn back(here: &Within<Hackathon, Team>) -> String {
    format!("/h/{}/teams/{}/edit", here.parent.slug, here.item.slug)
}

/// `POST /h/{hackathon}/teams/{team}/edit`
pub async fn rename(visit: Visit, may: May<Change, Here>, again: May<Change, Here>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        unchanged(&said, item.tag())?;
        let (slug, name) = named(&said)?;
        hackathon::touch(tx, parent.id)?;
        let changed = store::update(tx, &Team { slug, name, ..item.clone() })?;
        Ok(format!("/h/{}/teams/{}", parent.slug, changed.slug))
    });
    after(visit, again, "", typed, done.await).await
}

/// `POST /h/{hackathon}/teams/{team}/remove`
pub async fn remove(visit: Visit, may: May<Change, Here>, again: May<Change, Here>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        store::delete(tx, item.id)?;
        Ok(format!("/h/{}/teams", parent.slug))
    });
    after(visit, again, "", Typed::default(), done.await).await
}

/// `POST /h/{hackathon}/teams/{team}/members`
pub async fn join(visit: Visit, may: May<Change, Here>, again: May<Change, Here>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let mut reading = Reading::of(&said);
        let (who, function) = (reading.id("member"), reading.name("function"));
        let (who, function) = reading.whole(|| who.zip(function))?;
        hackathon::touch(tx, right.on().parent.id)?;
        roster::add_member(tx, &right.on().item, who, &function)?;
        Ok(back(right.on()))
    });
    after(visit, again, JOINING, typed, done.await).await
}

/// `POST /h/{hackathon}/teams/{team}/members/{member}`: what they do in it, and the hours they offer.
pub async fn change_mate(
    visit: Visit,
    may: May<Change, Within<Here, TeamMember>>,
    again: May<Change, Here>,
    Form(typed): Form<Typed>,
) -> Shown {
    let id = may.path().text("member")?.to_owned();
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        unchanged(&said, right.on().item.tag())?;
        let (function, minutes) = read_mate(&said)?;
        changed(tx, right, &function, minutes)
    });
    after(visit, again, &id, typed, done.await).await
}

fn read_mate(typed: &Typed) -> Result<(Name, Option<i32>)> {
    let mut reading = Reading::of(typed);
    let (function, hours) = (reading.name("function"), reading.maybe("hours", Reading::hours));
    let minutes = hours.map(|hours| hours.map(|hours| weekly_minutes(hours, "/hours")).transpose());
    let minutes = minutes.map(|minutes| reading.found(minutes)).transpose()?.flatten();
    reading.whole(|| function.zip(minutes))
}

fn changed(
    tx: &mut Tx,
    right: &Right<Change, Within<Here, TeamMember>>,
    function: &Name,
    weekly_minutes: Option<i32>,
) -> Result<String> {
    let Within { parent, item } = right.on();
    hackathon::touch(tx, parent.parent.id)?;
    if *function != item.function {
        store::roster::set_function(tx, item, function)?;
    }
    let now = members::member::by_id(tx, parent.parent.id, item.member)?.ok_or(Error::NotFound)?;
    if now.weekly_minutes != weekly_minutes {
        member::change(tx, &now, &NewMember { weekly_minutes, ..now.said() })?;
    }
    Ok(back(parent))
}

/// `POST /h/{hackathon}/teams/{team}/members/{member}/remove`
pub async fn leave(may: May<Change, Within<Here, TeamMember>>) -> Shown {
    let place = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.parent.id)?;
        store::roster::delete_member(tx, item)?;
        Ok(back(parent))
    });
    Ok(see_other(&place.await?))
}

/// `POST /h/{hackathon}/teams/{team}/mentors`
pub async fn stand_by(
    visit: Visit,
    may: May<Change, Here>,
    again: May<Change, Here>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let mut reading = Reading::of(&said);
        let who = reading.id("member");
        let who = reading.whole(|| who)?;
        hackathon::touch(tx, right.on().parent.id)?;
        roster::add_mentor(tx, &right.on().item, who)?;
        Ok(back(right.on()))
    });
    after(visit, again, HELPING, typed, done.await).await
}

/// `POST /h/{hackathon}/teams/{team}/mentors/{member}/remove`
pub async fn step_back(may: May<Change, Within<Here, Mentor>>) -> Shown {
    let place = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.parent.id)?;
        store::roster::delete_mentor(tx, item)?;
        Ok(back(parent))
    });
    Ok(see_other(&place.await?))
}

//! The hackathon itself: what it says of itself, what can be taken along, its end, and its deletion.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{frame, place};
use crate::access::policy::{Delete, End, Export, SeeDraft};
use crate::access::{May, Resource, Right};
use crate::archive;
use crate::base::{Error, Result, Sentence, say};
use crate::db::Tx;
use crate::directory::Directories;
use crate::hackathon::{Facts, Hackathon, Zone};
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::{Shown, page, see_other};
use crate::tenant;
use crate::transfer;

/// The keys of the forms besides the first.
const ENDING: &str = "ending";
const DELETION: &str = "deletion";

#[derive(Template)]
#[template(path = "setting/hackathon.html")]
struct Page {
    frame: Frame,
    up: String,
    place: String,
    obstacles: Vec<Obstacle>,
    fields: Vec<Entry>,
    mark: String,
    ended: bool,
    slug: String,
    confirm: Vec<Entry>,
    deleting: bool,
}

/// `GET /h/{hackathon}/settings/hackathon`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<SeeDraft, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeDraft, Hackathon>, visit: &Visit, again: Again) -> Result<Page> {
    let here = right.on();
    let up = place(here);
    let place = format!("{up}/hackathon");
    let slug = here.slug.to_string();
    let confirm = again.entry(DELETION, "confirm", Sentence::fixed("Its short name", "짧은 이름"), "").slim();
    Ok(Page {
        frame: frame(tx, visit, right, &place)?,
        up,
        place,
        fields: fields(&again, here),
        mark: here.tag().unwrap_or_default(),
        ended: here.ended(),
        confirm: vec![Entry {
            hint: Some(say!("Write {slug} to show that you mean it.", "확인을 위해 {slug} 적기")),
            ..confirm
        }],
        slug,
        deleting: again.is_of(DELETION),
        obstacles: again.obstacles,
    })
}

fn fields(again: &Again, here: &Hackathon) -> Vec<Entry> {
    let entry = |name: &str, en, ko, stored: &str| again.entry("", name, Sentence::fixed(en, ko), stored);
    let Facts { slug, name, timezone, starts_on, ends_on, working_hours, holidays } = here.facts();
    let names = [Sentence::fixed("Name in English", "영어 이름"), Sentence::fixed("Name in Korean", "한국어 이름")];
    let [en, ko] = again.both("", "name", names, Some(&name));
    let holidays = holidays.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    vec![
        en.slim(),
        ko.slim().hint("One of the two is enough.", "둘 중 하나면 됩니다."),
        entry("slug", "Short name", "짧은 이름", slug.as_str()).slim().hint(
            "It stands in addresses: links to this hackathon change with it.",
            "주소에 쓰입니다. 바꾸면 이 해커톤으로 오는 링크도 바뀝니다.",
        ),
        entry("starts_on", "First day", "첫날", &starts_on.to_string()).of("date"),
        entry("ends_on", "Last day", "마지막 날", &ends_on.to_string()).of("date"),
        entry("timezone", "Time zone", "시간대", timezone.0.name())
            .slim()
            .hint("Such as Europe/London or Asia/Seoul.", "예: Asia/Seoul, Europe/London"),
        entry("working_hours", "Working hours", "근무 시간", &working_hours.unwrap_or_default().join("\n"))
            .lines(3)
            .hint(
                "A line for each span, such as Mon-Fri 09:00-17:00, which is what counts where it is left empty.",
                "한 줄에 하나씩, 월-금 09:00-17:00처럼. 비워 두면 이 시간이 적용됩니다.",
            ),
        entry("holidays", "Days without working hours", "휴일", &holidays)
            .lines(3)
            .hint("A day on each line, such as 2026-12-25.", "한 줄에 하루씩, 2026-12-25처럼"),
    ]
}

fn facts(typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (name, slug) = (reading.both_names("name"), reading.slug("slug"));
    let (from, until) = (reading.day("starts_on"), reading.day("ends_on"));
    let zone = reading.found(Zone::parse(typed.get("timezone").trim(), "/timezone"))?;
    let (hours, holidays) = (reading.hours_of_the_week("working_hours"), reading.days("holidays"));
    reading.whole(|| {
        let hours = hours?;
        Some(Facts {
            slug: slug?,
            name: name?,
            timezone: zone?,
            starts_on: from?,
            ends_on: until?,
            working_hours: (!hours.is_empty()).then(|| hours.iter().map(ToString::to_string).collect()),
            holidays: holidays?,
        })
    })
}

/// `POST /h/{hackathon}/settings/hackathon`
pub async fn change(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<End, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        unchanged(&said, right.on().tag())?;
        let changed = tenant::change(tx, right.on(), &facts(&said)?)?;
        Ok(place(&changed))
    });
    after(visit, see, done.await, "", typed).await
}

/// `POST /h/{hackathon}/settings/hackathon/end`
pub async fn end(visit: Visit, see: May<SeeDraft, Hackathon>, may: May<End, Hackathon>) -> Shown {
    ended(visit, see, may, true).await
}

/// `POST /h/{hackathon}/settings/hackathon/reopen`
pub async fn reopen(visit: Visit, see: May<SeeDraft, Hackathon>, may: May<End, Hackathon>) -> Shown {
    ended(visit, see, may, false).await
}

async fn ended(visit: Visit, see: May<SeeDraft, Hackathon>, may: May<End, Hackathon>, ended: bool) -> Shown {
    let done = may.write(move |tx, right| {
        tenant::end(tx, right.on(), ended)?;
        Ok(format!("{}/hackathon", place(right.on())))
    });
    after(visit, see, done.await, ENDING, Typed::default()).await
}

/// `POST /h/{hackathon}/settings/hackathon/delete`: with all that is in it, for good, once its short name was typed.
pub async fn delete(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Delete, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let slug = &right.on().slug;
        if said.get("confirm").trim() != slug.as_str() {
            let detail =
                say!("Write {slug} to delete this hackathon.", "이 해커톤을 지우려면 {slug} 값을 그대로 적으세요.");
            return Err(Error::invalid("/confirm", "confirm.other", detail));
        }
        tenant::delete(tx, right.on())?;
        Ok("/".to_owned())
    });
    after(visit, see, done.await, DELETION, typed).await
}

async fn after(visit: Visit, see: May<SeeDraft, Hackathon>, done: Result<String>, form: &str, typed: Typed) -> Shown {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => drawn(visit.clone(), see, Again::of(refusal, visit.lang, form, typed)?).await,
    }
}

/// `GET /h/{hackathon}/settings/hackathon/file`: the file that it can be made from again.
pub async fn file(may: May<Export, Hackathon>) -> Shown {
    let taken = may.read(|tx, right| Ok((transfer::take(tx, right.on())?.to_yaml()?, right.on().slug.clone())));
    let (yaml, slug) = taken.await?;
    Ok(attached("application/yaml; charset=utf-8", &format!("{slug}.yaml"), yaml.into_bytes()))
}

/// `GET /h/{hackathon}/settings/hackathon/archive/file`: all of it, to keep.
pub async fn archive(visit: Visit, may: May<Export, Hackathon>, known: web::Data<Directories>) -> Shown {
    let kept = known.look(&may).await?.directory;
    let taken = may.read(move |tx, right| {
        let here = right.on();
        let parts = archive::parts(tx, here, (right.user(), right.roles()), &kept, visit.lang)?;
        Ok((parts, here.slug.clone()))
    });
    let (parts, slug) = taken.await?;
    // Packing takes no transaction, and a thread of its own.
    let body = web::block(move || archive::pack(&parts)).await.map_err(Error::internal)??;
    Ok(attached("application/zip", &format!("{slug}-archive.zip"), body))
}

fn attached(kind: &str, name: &str, body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(body)
}

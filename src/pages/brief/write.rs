//! Writing the next version of the brief: what would change is shown before it is published.

use askama::Template;

use super::change::{Changed, changed};
use super::meaning;
use crate::access::policy::Change;
use crate::access::{May, Right};
use crate::base::{Lang, Localized, Result, Sentence};
use crate::brief::{self, Ambition, CRITERIA_MOST, Criterion, Latest, Wish};
use crate::db::Tx;
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::{Shown, page, see_other};

/// How many empty rows for criteria there are at least.
const SPARE: usize = 2;

#[derive(Template)]
#[template(path = "brief/write.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    mark: String,
    next: i32,
    changes: Option<Vec<Changed>>,
    fields: Vec<Entry>,
    criteria: Vec<(usize, [Entry; 3])>,
}

/// `GET /h/{hackathon}/brief/write`
pub async fn show(visit: Visit, may: May<Change, Latest>) -> Shown {
    drawn(visit, may, Again::default(), None).await
}

async fn drawn(visit: Visit, may: May<Change, Latest>, again: Again, wish: Option<Wish>) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again, wish));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<Change, Latest>, visit: &Visit, again: Again, wish: Option<Wish>) -> Result<Page> {
    let Latest { hackathon: here, brief } = right.on();
    let (lang, place) = (visit.lang, format!("/h/{}/brief", here.slug));
    let stored = brief.as_ref().map_or_else(nothing, crate::brief::Brief::wish);
    let visit = visit.clone().at(format!("{place}/write"));
    Ok(Page {
        frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Brief))?,
        mark: brief.as_ref().map(crate::brief::Brief::tag).unwrap_or_default(),
        next: brief.as_ref().map_or(0, |brief| brief.number).saturating_add(1),
        changes: wish.map(|wish| changed(&stored, &wish, lang)),
        fields: fields(&again, &stored, lang),
        criteria: criteria(&again, &stored),
        obstacles: again.obstacles,
        place,
    })
}

fn nothing() -> Wish {
    Wish { ambition: Ambition::Exploration, summary: None, background: None, scalability: None, criteria: Vec::new() }
}

fn fields(again: &Again, stored: &Wish, lang: Lang) -> Vec<Entry> {
    let level = |one: &Ambition| {
        let (name, told) = meaning(*one);
        (one.word().to_owned(), format!("{}: {}", name.text(lang), told.text(lang)))
    };
    let levels = Ambition::ALL.iter().map(level).collect();
    let label = Sentence::fixed("How far solutions are meant to go", "어디까지 만들기를 바라나요?");
    let mut fields = vec![again.entry("", "ambition", label, stored.ambition.word()).among(levels)];
    let texts = [
        (
            "summary",
            &stored.summary,
            ["What it is about, in English", "무엇에 관한 것인가(영어)"],
            ["What it is about, in Korean", "무엇에 관한 것인가(한국어)"],
        ),
        (
            "background",
            &stored.background,
            ["Background, in English", "배경(영어)"],
            ["Background, in Korean", "배경(한국어)"],
        ),
        (
            "scalability",
            &stored.scalability,
            ["How large to think, in English", "확장성(영어)"],
            ["How large to think, in Korean", "확장성(한국어)"],
        ),
    ];
    for (name, text, english, korean) in texts {
        let said = |of: fn(&Localized) -> &Option<Box<str>>| {
            text.as_ref().and_then(|text| of(text).as_deref()).unwrap_or_default().to_owned()
        };
        let entry = |ending: &str, [en, ko]: [&'static str; 2], stored: &str| {
            again.entry("", &format!("{name}-{ending}"), Sentence::fixed(en, ko), stored).lines(5)
        };
        fields.push(entry("en", english, &said(|text| &text.en)));
        fields.push(entry("ko", korean, &said(|text| &text.ko)));
    }
    fields
}

fn criteria(again: &Again, stored: &Wish) -> Vec<(usize, [Entry; 3])> {
    let rows = again.typed("").map_or(0, |typed| typed.rows("criteria", "weight"));
    let rows = rows.max(stored.criteria.len() + SPARE).min(CRITERIA_MOST);
    let row = |row: usize| {
        let of = stored.criteria.get(row);
        let name = |of: Option<&Box<str>>| of.map(|name| name.to_string()).unwrap_or_default();
        let entry = |field: &str, en, ko, stored: String| {
            again.entry("", &format!("criteria/{row}/{field}"), Sentence::fixed(en, ko), &stored)
        };
        let weight = of.map(|of| of.weight.to_string()).unwrap_or_default();
        let en = entry("en", "Criterion in English", "기준(영어)", name(of.and_then(|of| of.name.en.as_ref())));
        let ko = entry("ko", "Criterion in Korean", "기준(한국어)", name(of.and_then(|of| of.name.ko.as_ref())));
        (row + 1, [en, ko, entry("weight", "Weight", "비중", weight).of("number")])
    };
    (0..rows).map(row).collect()
}

/// What was typed, as a brief.
fn wish(typed: &Typed) -> Result<Wish> {
    let mut reading = Reading::of(typed);
    let ambition = reading.maybe("ambition", |reading, name| reading.word(name, Ambition::from_word));
    let [summary, background, scalability] = ["summary", "background", "scalability"]
        .map(|name| reading.each(&["en", "ko"].map(|lang| format!("{name}-{lang}")), Reading::text));
    let criterion = |row: usize| {
        let names = ["en", "ko"].map(|lang| format!("criteria/{row}/{lang}"));
        let name = reading.each(&names, Reading::name);
        let (name, weight) = (reading.needed(&names, name), reading.number(&format!("criteria/{row}/weight")));
        Some(Criterion { name: name?, weight: weight?.into() })
    };
    let criteria: Vec<Option<Criterion>> = (0..typed.rows("criteria", "weight")).map(criterion).collect();
    let wish = reading.whole(|| {
        Some(Wish {
            ambition: ambition?.unwrap_or(Ambition::Exploration),
            summary: summary?,
            background: background?,
            scalability: scalability?,
            criteria: criteria.into_iter().collect::<Option<_>>()?,
        })
    })?;
    wish.check()?;
    Ok(wish)
}

/// `POST /h/{hackathon}/brief/write`: shows what would change; with the second press it is published.
pub async fn write(
    visit: Visit,
    see: May<Change, Latest>,
    may: May<Change, Latest>,
    Form(typed): Form<Typed>,
) -> Shown {
    let lang = visit.lang;
    let typed = typed.closed_up("criteria", &["weight", "en", "ko"]);
    let read = wish(&typed);
    let done = match read {
        Ok(wish) if !typed.has("publish") => return drawn(visit, see, Again::kept(typed), Some(wish)).await,
        Ok(wish) => {
            let said = typed.clone();
            let publish = may.write(move |tx, right| {
                unchanged(&said, right.on().brief.as_ref().map(crate::brief::Brief::tag))?;
                brief::write(tx, right.on(), right.user(), &wish).map(|_| right.on().hackathon.slug.clone())
            });
            publish.await
        }
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(slug) => Ok(see_other(&format!("/h/{slug}/brief"))),
        Err(refusal) => drawn(visit, see, Again::of(refusal, lang, "", typed)?, None).await,
    }
}

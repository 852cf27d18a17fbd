//! Where holders are reached, and when.

use askama::Template;

use super::one::{One, Subject};
use super::{Choice, after_none, frame, holders, label, may_change, place};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{Item, May, Right, Within};
use crate::base::{Id, Lang, Result, Sentence};
use crate::channel::{self, Channel, ChannelKind, Facts, store};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::duty::Hours;
use crate::hackathon::{self, Hackathon, Zone};
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};

/// A channel within its hackathon.
type Here = Within<Hackathon, Channel>;

#[derive(Template)]
#[template(path = "setting/channels.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    channels: Vec<Line>,
    new: Option<Vec<Entry>>,
}

/// A channel as it is listed.
struct Line {
    slug: String,
    name: Words,
    owner: String,
    kind: Sentence,
    address: String,
    hours: String,
}

/// What a kind is called.
fn kind(of: ChannelKind) -> Sentence {
    match of {
        ChannelKind::Chat => Sentence::fixed("Chat", "채팅"),
        ChannelKind::Email => Sentence::fixed("Email", "이메일"),
        ChannelKind::Meeting => Sentence::fixed("Meeting", "회의"),
        ChannelKind::Phone => Sentence::fixed("Telephone", "전화"),
        ChannelKind::Url => Sentence::fixed("Page", "웹 페이지"),
        ChannelKind::InPerson => Sentence::fixed("In person", "직접 방문"),
    }
}

/// `GET /h/{hackathon}/settings/channels`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<SeeDraft, Hackathon>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeDraft, Hackathon>, visit: &Visit, again: Again) -> Result<Page> {
    let (here, lang) = (right.on(), visit.lang);
    let owners = holders(tx, here, lang)?;
    let place = format!("{}/channels", place(here));
    Ok(Page {
        channels: store::channel::all(tx, here.id)?.iter().map(|one| line(one, &owners, lang)).collect(),
        new: may_change(right).then(|| fields(&again, None, here, &owners, lang)),
        frame: frame(tx, visit, right, &place)?,
        place,
        obstacles: again.obstacles,
    })
}

/// What a channel is called: by its name, else by its short name.
pub fn called(one: &Channel, lang: Lang) -> Words {
    one.facts.name.as_ref().map_or_else(|| Words::name(one.facts.slug.as_str()), |name| Words::of(name, lang))
}

fn line(one: &Channel, owners: &[Choice], lang: Lang) -> Line {
    let hours: Vec<String> = one.facts.hours.iter().map(|hours| hours.text(lang)).collect();
    Line {
        slug: one.facts.slug.to_string(),
        name: called(one, lang),
        owner: label(owners, one.facts.owner),
        kind: kind(one.facts.kind),
        address: one.facts.address.to_string(),
        hours: hours.join(", "),
    }
}

/// Everybody who may hold something, to choose from.
pub fn choices(owners: &[Choice], lang: Lang) -> Vec<(String, String)> {
    after_none(owners.iter().map(|choice| (choice.value.clone(), choice.label.clone())), lang)
}

/// A holder as a form sends it.
pub fn value(owners: &[Choice], of: Option<Holder>) -> &str {
    let found = owners.iter().find(|choice| Some(choice.holder) == of);
    found.map(|choice| choice.value.as_str()).unwrap_or_default()
}

/// The fields about a channel; none: one that is added.
fn fields(again: &Again, stored: Option<&Channel>, here: &Hackathon, owners: &[Choice], lang: Lang) -> Vec<Entry> {
    let facts = stored.map(|one| &one.facts);
    let entry = |name: &str, en, ko, stored: &str| again.entry("", name, Sentence::fixed(en, ko), stored);
    let names = [
        Sentence::fixed("Name in English (optional)", "영어 이름(선택)"),
        Sentence::fixed("Name in Korean (optional)", "한국어 이름(선택)"),
    ];
    let [en, ko] = again.both("", "name", names, facts.and_then(|facts| facts.name.as_ref()));
    let kinds = ChannelKind::ALL.iter().map(|one| (one.word().to_owned(), kind(*one).text(lang).to_owned()));
    let hours: Vec<String> = facts.map(|facts| facts.hours.iter().map(Hours::to_string).collect()).unwrap_or_default();
    let zone = facts.and_then(|facts| facts.timezone).map_or("", |zone| zone.0.name());
    let own = here.timezone.0.name();
    let zone = entry("timezone", "Zone of these hours (optional)", "시간대(선택)", zone).slim();
    vec![
        entry("slug", "Short name", "짧은 이름", facts.map_or("", |facts| facts.slug.as_str()))
            .slim()
            .hint("Small letters, digits and hyphens, such as dev-clinic.", "dev-clinic처럼 영문 소문자, 숫자, 붙임표"),
        en.slim(),
        ko.slim(),
        entry("owner", "Whose it is", "누구의 채널", value(owners, facts.map(|facts| facts.owner)))
            .among(choices(owners, lang)),
        entry("kind", "What it is", "종류", facts.map_or("", |facts| facts.kind.word())).among(after_none(kinds, lang)),
        entry("address", "Where", "연락할 곳", facts.map_or("", |facts| facts.address.as_str())).hint(
            "An address that fits what it is: a page, an email address, a telephone number, a room.",
            "종류에 맞게 적으세요: 웹 주소, 이메일 주소, 전화번호, 장소",
        ),
        entry("hours", "Weekly hours", "주간 시간", &hours.join("\n")).lines(3).hint(
            "A line for each span, such as Mon-Fri 09:30-17:30. Left empty: nobody has said when.",
            "한 줄에 하나씩, 월-금 09:30-17:30처럼. 비워 두면 정해지지 않은 것으로 봅니다.",
        ),
        Entry { hint: Some(crate::say!("Left empty: {own}.", "비워 두면 {own}")), ..zone },
    ]
}

fn facts(tx: &mut Tx, here: Id<Hackathon>, typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (slug, name, kind) =
        (reading.slug("slug"), reading.maybe_both_names("name"), reading.word("kind", ChannelKind::from_word));
    let owner = reading.holder(tx, here, "owner")?;
    let (address, hours) = (reading.text("address"), reading.hours_of_the_week("hours"));
    let zone = typed.filled("timezone").map(|name| Zone::parse(name, "/timezone")).transpose();
    let zone = reading.found(zone)?;
    reading.whole(|| {
        Some(Facts {
            slug: slug?,
            name: name?,
            owner: owner?,
            kind: kind?,
            address: address?,
            timezone: zone?,
            hours: hours?,
        })
    })
}

/// `POST /h/{hackathon}/settings/channels`
pub async fn add(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Change, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        let facts = facts(tx, here.id, &said)?;
        hackathon::touch(tx, here.id)?;
        channel::add(tx, here.id, &facts)?;
        Ok(format!("{}/channels", place(here)))
    });
    match done.await {
        Ok(list) => Ok(see_other(&list)),
        Err(refusal) => drawn(visit.clone(), see, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}

/// `GET /h/{hackathon}/settings/channels/{channel}`
pub async fn edit(visit: Visit, may: May<SeeDraft, Here>) -> Shown {
    edit_page(visit, may, Again::default()).await
}

async fn edit_page(visit: Visit, may: May<SeeDraft, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item } = right.on();
        let owners = holders(tx, here, lang)?;
        let subject = Subject {
            up: ("channels", Sentence::fixed("Channels and hours", "채널과 시간")),
            kind: Sentence::fixed("Channel", "채널"),
            name: called(item, lang),
            path: format!("channels/{}", item.facts.slug),
            fields: fields(&again, Some(item), here, &owners, lang),
            removal: Sentence::fixed(
                "The shifts that are about it alone go with it.",
                "이 채널만의 근무도 함께 지워집니다.",
            ),
        };
        One::of(tx, right, &visit, subject, again)
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/settings/channels/{channel}`
pub async fn change(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        unchanged(&said, item.tag())?;
        let facts = facts(tx, parent.id, &said)?;
        hackathon::touch(tx, parent.id)?;
        channel::change(tx, item, &facts)?;
        Ok(format!("{}/channels", place(parent)))
    });
    after(visit, see, done.await, typed).await
}

/// `POST /h/{hackathon}/settings/channels/{channel}/remove`
pub async fn remove(visit: Visit, see: May<SeeDraft, Here>, may: May<Change, Here>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        channel::remove(tx, item)?;
        Ok(format!("{}/channels", place(parent)))
    });
    after(visit, see, done.await, Typed::default()).await
}

async fn after(visit: Visit, see: May<SeeDraft, Here>, done: Result<String>, typed: Typed) -> Shown {
    match done {
        Ok(list) => Ok(see_other(&list)),
        Err(refusal) => edit_page(visit.clone(), see, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}

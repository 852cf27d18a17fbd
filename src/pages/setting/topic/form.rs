//! The form about a topic.

use crate::base::{Error, Id, Lang, Result, Sentence, Slug, Text};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::pages::entry::{Again, Entry, Typed};
use crate::pages::reading::Reading;
use crate::pages::setting::at_field;
use crate::router;
use crate::topic::{self, Facts, Phrases, Topic};

/// The fields about a topic; none: one that is added.
pub fn fields(again: &Again, stored: Option<&Topic>, all: &[Topic], lang: Lang) -> Vec<Entry> {
    let facts = stored.map(|one| &one.facts);
    let [name_en, name_ko] = again.both(
        "",
        "name",
        [Sentence::fixed("Name in English", "영어 이름"), Sentence::fixed("Name in Korean", "한국어 이름")],
        facts.map(|facts| &facts.name),
    );
    let slug =
        again.entry("", "slug", Sentence::fixed("Short name", "짧은 이름"), facts.map_or("", |of| of.slug.as_str()));
    let parent = facts.and_then(|facts| facts.parent).map(|id| id.to_string()).unwrap_or_default();
    let pack = facts.and_then(|facts| facts.pack.as_ref()).map_or("", Slug::as_str);
    let mut fields = vec![
        name_en.slim(),
        name_ko.slim().hint("One of the two is enough.", "둘 중 하나면 됩니다."),
        slug.slim().hint(
            "Small letters, digits and hyphens, such as etl-pipelines. It stands in addresses.",
            "etl-pipelines처럼 영문 소문자, 숫자, 붙임표. 주소에 쓰입니다.",
        ),
        again.entry("", "parent", Sentence::fixed("Part of", "상위 주제"), &parent).among(parents(stored, all, lang)),
    ];
    fields.extend(texts(again, facts));
    fields.push(
        again
            .entry("", "pack", Sentence::fixed("Starter pack", "스타터 팩"), pack)
            .among(packs(lang))
            .hint("Its questions teach the router besides.", "팩의 예시 질문도 라우터가 배웁니다."),
    );
    fields
}

/// What the router reads.
fn texts(again: &Again, facts: Option<&Facts>) -> Vec<Entry> {
    let lines = |name: &str, en, ko, of: Option<&Vec<Text>>| {
        let lines = of.into_iter().flatten().map(Text::as_str).collect::<Vec<_>>().join("\n");
        again.entry("", name, Sentence::fixed(en, ko), &lines)
    };
    let about = [
        Sentence::fixed("What belongs to it, in English", "영어 설명"),
        Sentence::fixed("What belongs to it, in Korean", "한국어 설명"),
    ];
    let [about_en, about_ko] = again.both("", "description", about, facts.and_then(|facts| facts.description.as_ref()));
    let (words, asked) = (facts.map(|facts| &facts.keywords), facts.map(|facts| &facts.examples));
    vec![
        about_en.lines(2),
        about_ko.lines(2),
        lines("keywords_en", "Keywords in English", "영어 핵심어", words.map(|of| &of.en)).lines(3).hint(
            "One on each line: words by which a question is known to be about it.",
            "한 줄에 하나씩, 이 주제의 질문임을 알 수 있는 낱말",
        ),
        lines("keywords_ko", "Keywords in Korean", "한국어 핵심어", words.map(|of| &of.ko)).lines(3),
        lines("examples_en", "Questions in English", "영어 예시 질문", asked.map(|of| &of.en)).lines(4).hint(
            "One on each line, as people ask them. They teach the router most.",
            "한 줄에 하나씩, 사람들이 묻는 그대로. 라우터가 가장 많이 배웁니다.",
        ),
        lines("examples_ko", "Questions in Korean", "한국어 예시 질문", asked.map(|of| &of.ko)).lines(4),
    ]
}

/// Nothing, or any other topic.
fn parents(of: Option<&Topic>, all: &[Topic], lang: Lang) -> Vec<(String, String)> {
    let none = (String::new(), lang.either("Nothing: it stands at the top", "없음: 최상위 주제").to_owned());
    let others = all.iter().filter(|one| of.is_none_or(|of| of.id != one.id));
    std::iter::once(none).chain(others.map(|one| (one.id.to_string(), one.facts.name.text(lang).to_owned()))).collect()
}

fn packs(lang: Lang) -> Vec<(String, String)> {
    let none = (String::new(), lang.either("None", "없음").to_owned());
    let each =
        router::packs().iter().map(|pack| (pack.slug.to_owned(), lang.either(pack.name.en, pack.name.ko).to_owned()));
    std::iter::once(none).chain(each).collect()
}

/// A topic as it was typed.
pub fn facts(tx: &mut Tx, here: Id<Hackathon>, typed: &Typed) -> Result<Facts> {
    let mut reading = Reading::of(typed);
    let (name, slug) = (reading.both_names("name"), reading.slug("slug"));
    let description = reading.maybe_both("description");
    let [words_en, words_ko, asked_en, asked_ko] =
        ["keywords_en", "keywords_ko", "examples_en", "examples_ko"].map(|field| reading.texts(field));
    let pack = reading.maybe("pack", Reading::slug);
    let parent = typed.filled("parent").map(|key| topic::named(tx, here, key, "/parent")).transpose();
    let parent = reading.found(parent)?;
    reading.whole(|| {
        Some(Facts {
            slug: slug?,
            name: name?,
            description: description?,
            keywords: Phrases { en: words_en?, ko: words_ko? },
            examples: Phrases { en: asked_en?, ko: asked_ko? },
            parent: parent?.map(|parent| parent.id),
            pack: pack?,
        })
    })
}

/// The concept names each phrase; here all of one language stand in one field.
pub fn at_their_fields(refusal: Error) -> Error {
    ["keywords", "examples"].iter().fold(refusal, |refusal, list| {
        let of = |refusal, lang: Lang| at_field(refusal, &format!("/{list}/{lang}"), &format!("/{list}_{lang}"));
        of(of(refusal, Lang::En), Lang::Ko)
    })
}

//! What is written is what is read.

use proptest::prelude::*;

use super::*;
use crate::base::{Localized, Slug};

fn from_yaml(document: &Document) -> Document {
    let yaml = document.to_yaml().unwrap();
    read(yaml.as_bytes(), PACKS).unwrap_or_else(|faults| panic!("{yaml}\n{faults:#?}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_document_survives_yaml_and_json(document in generate::document()) {
        prop_assert_eq!(&from_yaml(&document), &document);
        for json in [document.to_json().unwrap().to_string(), format!("{:#}", document.to_json().unwrap())] {
            let again = read(json.as_bytes(), PACKS);
            prop_assert_eq!(again.as_ref(), Ok(&document), "{}", json);
        }
        prop_assert_eq!(difference(&document, &document).unwrap(), vec![]);
    }
}

#[test]
fn the_examples_and_every_part_of_the_format_survive() {
    for file in [EXAMPLES[0], EXAMPLES[1], WHOLE] {
        let document = read(file.as_bytes(), PACKS).expect("right");
        assert_eq!(from_yaml(&document), document);
        // A second writing is the same to the letter, so that files can be compared.
        assert_eq!(from_yaml(&document).to_yaml().unwrap(), document.to_yaml().unwrap());
        let json = document.to_json().unwrap().to_string();
        assert_eq!(read(json.as_bytes(), PACKS), Ok(document));
    }
}

#[test]
fn the_parts_of_a_file_arrive_where_they_belong() {
    let file = whole();
    assert_eq!(file.hackathon.timezone, chrono_tz::Asia::Seoul);
    assert_eq!(file.hackathon.name, Localized::plain(crate::base::Lang::En, "Autumn hackathon"));
    assert_eq!(file.topics[1].pack, Slug::parse("data-platform").ok());
    assert_eq!(file.topics[1].keywords.en.len(), 1);
    assert_eq!(file.people[3].weekly_hours.map(WeeklyHours::minutes), Some(150));
    assert_eq!(file.teams[1].mentors.len(), 2);
    assert_eq!(file.shifts[0].from.to_string(), "2026-10-10T00:00:00Z");
    assert!(file.shifts[0].on_duty && !file.shifts[1].on_duty && file.shifts[1].replaces);
    assert!(file.people[5].suspended);
}

#[test]
fn the_file_is_written_for_people() {
    let yaml = whole().to_yaml().unwrap();
    assert!(yaml.starts_with("signpost: 1\n\nhackathon:\n  slug: autumn\n  name: Autumn hackathon\n"), "{yaml}");
    assert!(yaml.contains("\n  working_hours: [\"Mon-Fri 09:00-18:00\"]\n  holidays: [2026-10-09]\n"), "{yaml}");
    assert!(yaml.contains("\n  - { slug: vendor, name: The Vendor, function: platform_vendor }\n"), "{yaml}");
    assert!(yaml.contains("name: Red, mentor: data@example.org, members: [{"), "{yaml}");
    assert!(yaml.contains("\n    mentors: [data@example.org, second@example.org]\n"), "{yaml}");
    assert!(yaml.lines().all(|line| line.chars().count() <= 120), "{yaml}");
}

#[test]
fn text_of_several_lines_is_written_as_a_block() {
    let mut file = whole();
    let brief = file.hackathon.brief.as_mut().unwrap();
    brief.summary = Some(Localized::plain(crate::base::Lang::En, "First: line\n\n  - indented # not a comment\nlast"));
    let yaml = file.to_yaml().unwrap();
    assert!(
        yaml.contains("    summary: |-\n      First: line\n\n        - indented # not a comment\n      last\n"),
        "{yaml}"
    );
    assert_eq!(from_yaml(&file), file);
}

#[test]
fn json_of_other_programs_is_read() {
    let json = serde_json::to_value(whole()).unwrap();
    let tabs = format!("{json:#}").lines().map(|line| line.replace("  ", "\t")).collect::<Vec<_>>().join("\r\n");
    assert_eq!(read(tabs.as_bytes(), PACKS), Ok(whole()));
    let escaped = json
        .to_string()
        .replace("Data engineer", "\\ud83d\\ude00 \\/ \\u00e9")
        .replace('/', "\\/")
        .replace("\\\\/", "\\/");
    let people = read(escaped.as_bytes(), PACKS).expect("right").people;
    assert_eq!(people[1].name.as_str(), "😀 / é");
    let marked = format!("\u{feff}{WHOLE}");
    assert_eq!(read(marked.as_bytes(), PACKS), Ok(whole()));
    assert_eq!(read(WHOLE.replace('\n', "\r\n").as_bytes(), PACKS), Ok(whole()));
}

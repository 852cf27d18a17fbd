//! Files that were made to hurt are refused quickly and in few words.

use std::time::{Duration, Instant};

use rstest::rstest;

use super::super::tree::{MOST_BYTES, MOST_DEPTH};
use super::*;

/// What a debug build on a busy machine may take; a release build is some ten times faster.
const SLOW: Duration = Duration::from_secs(20);

fn codes(file: &[u8]) -> Vec<&'static str> {
    let start = Instant::now();
    let faults = read(file, PACKS).expect_err("it is wrong");
    assert!(start.elapsed() < SLOW, "{:?}", start.elapsed());
    assert!(faults.len() <= super::super::faults::MOST + 1, "{}", faults.len());
    faults.iter().map(|fault| fault.code).collect()
}

/// So much of it as fits into a file.
fn full_of(text: &str) -> String {
    text.repeat(MOST_BYTES / text.len())
}

#[rstest]
#[case::nothing("", "file.empty")]
#[case::a_comment("# nothing\n", "file.empty")]
#[case::two_documents("signpost: 1\n---\nsignpost: 1\n", "yaml.documents")]
#[case::a_tab("hackathon:\n\tslug: a\n", "yaml.tab")]
#[case::an_open_bracket("people: [\n", "yaml.syntax")]
#[case::an_open_quote("name: \"a\n", "yaml.syntax")]
#[case::an_unknown_alias("name: *a\n", "yaml.syntax")]
#[case::a_list_as_a_key("{ [a]: b }", "yaml.key")]
#[case::a_map_as_a_key("? { a: b }\n: c", "yaml.key")]
#[case::a_lone_surrogate("{\"a\": \"\\ud83d\"}", "yaml.syntax")]
#[case::a_word("hello", "type.map")]
#[case::an_invisible_end("signpost: 1\0\nhackathon: {}", "file.control")]
fn what_is_no_file_gets_one_fault(#[case] file: &str, #[case] code: &str) {
    assert_eq!(codes(file.as_bytes()), [code]);
}

#[test]
fn a_syntax_fault_names_its_line_in_both_languages() {
    let faults = read(b"signpost: 1\npeople:\n  - a: b: c\n", PACKS).expect_err("it is wrong");
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].code, faults[0].place.map(|place| place.0)), ("yaml.syntax", Some(3)));
    assert!(faults[0].detail.en.contains("not YAML") && faults[0].detail.ko.contains("YAML 문법"));
    let faults = read(b"hackathon:\n\tslug: a\n", PACKS).expect_err("it is wrong");
    assert_eq!(faults[0].place.map(|place| place.0), Some(2));
}

#[test]
fn a_file_in_braces_has_right_places_too() {
    let file = "# JSON, more or less\n  {\"signpost\": 1, \"x\": 1,\n \"y\": 2}";
    let faults = read(file.as_bytes(), PACKS).expect_err("it is wrong");
    let place = |pointer: &str| faults.iter().find(|fault| fault.pointer == pointer).and_then(|fault| fault.place);
    assert_eq!((place("/x"), place("/y"), place("/people")), (Some((2, 19)), Some((3, 2)), Some((2, 3))));
}

#[test]
fn l4_a_billion_laughs_are_not_told() {
    let mut file = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..20 {
        let before = format!("*a{}, ", level - 1).repeat(9);
        file.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    let faults = read(file.as_bytes(), PACKS).expect_err("it is wrong");
    assert_eq!(faults.iter().filter(|fault| fault.code == "yaml.alias").count(), 9 * 19);
}

#[test]
fn l4_what_is_too_large_is_refused() {
    assert_eq!(codes(&vec![b'a'; MOST_BYTES + 1]), ["file.bytes"]);
    assert_eq!(codes("[".repeat(MOST_DEPTH + 1).as_bytes()), ["file.depth"]);
    for deep in ["[", "{a: ", "- ", "{\"a\":", "? "] {
        let refused = codes(full_of(deep).as_bytes());
        assert!(
            refused == ["file.depth"] || refused == ["yaml.key"] || refused == ["yaml.syntax"],
            "{deep}: {refused:?}"
        );
    }
    let stairs: String = (0..1_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert_eq!(codes(stairs.as_bytes()), ["file.depth"]);
    for one_piece in ["- [", "- {a: 1}\n- {b: [", "people: [[", "[[", "- ['a', "] {
        let file = format!("{one_piece}{}", "1,a: 'x', ".repeat(200_000));
        assert_eq!(codes(file.as_bytes()), ["file.piece"], "{one_piece}");
    }
    assert_eq!(codes(format!("[{}]", "1,".repeat(2_000_000)).as_bytes()), ["file.values"]);
    assert_eq!(codes(format!("people: [{}]", "1,".repeat(2_000_000)).as_bytes()), ["file.values"]);
    assert_eq!(codes(format!("people:\n{}", "- a\n".repeat(1_000_000)).as_bytes()), ["file.values"]);
}

#[rstest]
#[case::aliases("a: &a 1\nb: [", "*a, ", "]", 200_000)]
#[case::unknown_fields("", "", "", 200_000)]
#[case::unknown_topics(
    "signpost: 1\nresponsibilities:\n",
    "- { topic: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab }\n",
    "",
    60_000
)]
#[case::wrong_items("topics: [", "1, ", "]", 200_000)]
fn l4_many_faults_are_counted_and_not_listed(
    #[case] head: &str,
    #[case] each: &str,
    #[case] tail: &str,
    #[case] times: usize,
) {
    let middle = if each.is_empty() { (0..times).map(|n| format!("f{n}: 1\n")).collect() } else { each.repeat(times) };
    let codes = codes(format!("{head}{middle}{tail}").as_bytes());
    assert_eq!(codes.last(), Some(&"faults.more"));
}

#[test]
fn l4_long_words_are_not_repeated() {
    let long = "x".repeat(1_000_000);
    for file in [format!("{long}: 1"), format!("signpost: {long}"), format!("hackathon: {{ slug: {long} }}")] {
        let faults = read(file.as_bytes(), PACKS).expect_err("it is wrong");
        assert!(
            faults.iter().all(|fault| fault.detail.en.len() < 500 && fault.pointer.len() < 500),
            "{}",
            faults.len()
        );
    }
}

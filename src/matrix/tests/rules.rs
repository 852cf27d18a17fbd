use super::build::event;
use crate::base::Lang;
use crate::hackathon::Role::*;
use crate::matrix::{Draft, rules};

/// One organization with a unit, both reached all day, and a lead each.
fn small() -> Draft {
    event()
        .organization("acme", &["dev"])
        .member("ada", "acme", &[Organizer])
        .member("bob", "u:dev", &[Responder])
        .lead("acme", "ada")
        .lead("u:dev", "bob")
        .channel("acme", &["Mon-Fri 09:00-17:00"])
        .channel("u:dev", &["Mon-Fri 09:00-17:00"])
        .topic("etl")
}

#[test]
fn a_whole_matrix_has_no_findings() {
    assert_eq!(small().held("etl", "R u:dev, A acme").found(), [""; 0]);
}

#[test]
fn r1_wants_exactly_one_accountable() {
    assert_eq!(small().held("etl", "R u:dev").found(), ["R1 etl"]);
    let two = small().held("etl", "R u:dev, A acme, A m:ada");
    assert_eq!(two.found(), ["R1 etl"]);
    let report = rules::findings(&two).told(Lang::En);
    assert_eq!(report["items"][0]["accountable"][1]["name"]["en"], "ada");
    assert_eq!(report["items"][0]["message"], "2 are accountable for etl.");
}

#[test]
fn r2_wants_a_responsible_and_the_accountable_may_be_it() {
    assert_eq!(small().held("etl", "A u:dev").found(), ["R2 etl"]);
    assert_eq!(small().held("etl", "R u:dev, A u:dev").found(), [""; 0]);
}

#[test]
fn a_topic_that_nobody_holds_lacks_both() {
    assert_eq!(small().found(), ["R1 etl", "R2 etl", "r6", "r6"]);
}

#[test]
fn r3_wants_a_person_to_speak_for_the_accountable() {
    let bare = |by: &str| small().organization("other", &["ops"]).member("eve", "u:ops", &[Responder]).held("etl", by);
    assert_eq!(bare("R u:ops, A u:ops").found(), ["r3 etl", "r5 etl", "r6", "r6"]);
    let led = small().organization("other", &[]).member("eve", "other", &[Responder]).lead("other", "eve");
    let led = led.channel("other", &["Mon-Fri 09:00-17:00"]).held("etl", "R u:dev, A other, C other");
    assert_eq!(led.found(), [""; 0]);
    assert_eq!(led.suspended("eve").found(), ["r3 etl"]);
    assert_eq!(small().held("etl", "R u:dev, A m:ada, C acme").found(), [""; 0]);
    let mentors = small().team("red", &["ada"]).held("etl", "R u:dev, A mentors");
    assert_eq!(mentors.found(), ["r3 etl"]);
}

#[test]
fn r4_wants_somebody_whom_the_question_reaches() {
    let with = |role| small().member("eve", "acme", &[role]).held("etl", "R u:dev, A acme, C m:eve");
    for role in [Organizer, Mentor, Responder] {
        assert_eq!(with(role).found(), [""; 0], "{role:?}");
    }
    for role in [Participant, Judge, Observer] {
        assert_eq!(with(role).found(), ["R4 etl"], "{role:?}");
    }
    assert_eq!(with(Mentor).suspended("eve").found(), ["R4 etl"]);
    assert_eq!(small().held("etl", "R u:dev, A acme, I u:elsewhere").found(), ["R4 etl"]);
}

#[test]
fn r4_takes_a_channel_or_a_person_behind_a_division() {
    let other = || small().organization("other", &["ops"]).held("etl", "R u:dev, A acme, C other, C u:ops");
    assert_eq!(other().found(), ["R4 etl", "R4 etl"]);
    // Whoever stands behind a unit stands behind its organization, and so does its channel.
    assert_eq!(other().member("eve", "u:ops", &[Responder]).found(), [""; 0]);
    assert_eq!(other().channel("u:ops", &[]).found(), [""; 0]);
    assert_eq!(other().member("eve", "other", &[Responder]).found(), ["R4 etl"]);
    assert_eq!(other().member("eve", "u:ops", &[Participant]).found(), ["R4 etl", "R4 etl"]);
}

#[test]
fn r4_wants_mentors_behind_the_role() {
    let held = || small().held("etl", "R u:dev, A acme, C mentors");
    assert_eq!(held().found(), ["R4 etl"]);
    assert_eq!(held().team("red", &[]).found(), ["R4 etl"]);
    assert_eq!(held().team("red", &["ada"]).found(), [""; 0]);
    assert_eq!(held().channel("mentors", &[]).found(), [""; 0]);
    let half = held().team("red", &["ada"]).team("blue", &[]).team("green", &[]);
    assert_eq!(half.found(), ["r4 etl"]);
    let told = rules::findings(&half).told(Lang::Ko);
    assert_eq!(told["items"][0]["teams"], serde_json::json!(["blue", "green"]));
    assert_eq!(half.clone().suspended("ada").found().first().map(String::as_str), Some("R4 etl"));
}

#[test]
fn r5_tells_working_hours_that_nobody_covers() {
    let hours = |dev: &[&str]| {
        event()
            .organization("acme", &["dev"])
            .member("ada", "acme", &[Organizer])
            .lead("acme", "ada")
            .channel("u:dev", dev)
            .topic("etl")
            .held("etl", "R u:dev, A acme")
    };
    let said = |draft: Draft| {
        rules::findings(&draft).findings.iter().map(|one| one.message.en.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(said(hours(&["Mon-Fri 08:00-18:00"])), [""; 0]);
    assert_eq!(said(hours(&[])), [""; 0], "what is always reachable leaves no gap");
    let short = ["Nobody responsible for etl is on duty: Mon-Fri 09:00-10:00, Fri 15:00-17:00."];
    let told = said(hours(&["Mon-Thu 10:00-17:00", "Fri 10:00-15:00"]));
    assert_eq!(told, short);
    let off =
        hours(&["Mon-Fri 09:00-17:00"]).off("2024-11-12T00:00:00Z", "2024-11-13T00:00:00Z", &["Mon-Fri 09:00-17:00"]);
    assert_eq!(said(off), ["Nobody responsible for etl is on duty: 2024-11-12 09:00-17:00."]);
    // Another responsible covers what the first does not.
    let two = hours(&["Mon-Fri 09:00-12:00"]).channel("m:ada", &["Mon-Fri 12:00-17:00"]).held("etl", "R m:ada");
    assert_eq!(two.found(), [""; 0]);
    let away = two.clone().suspended("ada").found();
    assert!(away.contains(&"r5 etl".to_owned()) && away.contains(&"R4 etl".to_owned()), "{away:?}");
}

#[test]
fn r6_warns_of_too_much_and_of_nothing() {
    let many = small().organization("b", &["c"]).channel("b", &[]).channel("u:c", &[]);
    let four = many.clone().held("etl", "R u:dev, A acme, C acme, C b, C u:c, C m:ada");
    assert_eq!(four.found(), ["r6 etl"]);
    let idle = many.held("etl", "R u:dev, A acme, I b");
    assert_eq!(idle.found(), ["r6"]);
    assert!(rules::findings(&idle).findings.iter().all(|one| one.message.en == "c holds no topic."));
    let topics: Vec<String> = (1..=9).map(|n| format!("t{n}")).collect();
    let busy = |most: usize| {
        let draft = event().organization("acme", &[]).channel("acme", &[]).member("ada", "acme", &[Organizer]);
        topics.iter().take(most).fold(draft, |draft, topic| draft.topic(topic).held(topic, "R acme, A m:ada"))
    };
    assert_eq!(busy(8).found(), [""; 0]);
    assert_eq!(busy(9).found(), ["r6"]);
}

#[test]
fn what_is_inherited_is_not_told_twice() {
    let child = small().part("spark", "etl").part("joins", "spark").held("etl", "R u:dev");
    assert_eq!(child.found(), ["R1 etl"]);
    // One holder of its own, and a topic inherits nothing.
    let own = small().part("spark", "etl").held("etl", "R u:dev, A acme").held("spark", "C acme");
    assert_eq!(own.found(), ["R1 spark", "R2 spark"]);
}

#[test]
fn every_finding_speaks_both_languages_and_names_a_remedy() {
    let draft =
        small().organization("b", &[]).topic("two").held("etl", "A mentors, R m:nobody, C b, C u:x, C acme, C m:ada");
    let report = rules::findings(&draft);
    let codes: std::collections::BTreeSet<_> = report.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), ["R1", "R2", "R3", "R4", "R5", "R6"]);
    for finding in &report.findings {
        for sentence in [&finding.message, &finding.remedy] {
            assert!(sentence.en.is_ascii() && sentence.en.ends_with('.'), "{}", sentence.en);
            assert!(sentence.ko.chars().any(|c| ('가'..='힣').contains(&c)), "{}", sentence.ko);
        }
    }
}

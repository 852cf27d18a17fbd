//! The two example hackathons, their matrices written by hand: neither has an error.

use super::build::event;
use crate::hackathon::Role::*;
use crate::matrix::{Draft, Level, rules};

/// The monthly hackathon on a data platform.
pub fn monthly() -> Draft {
    let topics = [
        ("repo-setup", "R mentors, A palantir, I u:planning"),
        ("ide-connect", "R mentors, A palantir"),
        ("platform-features", "R u:development, A palantir, C mentors"),
        ("platform-access", "R u:operations, A palantir, I u:planning"),
        ("data-access", "R u:analytics, A nhs"),
        ("etl-pipelines", "R u:development, A palantir, C mentors"),
        ("package-install", "R u:operations, A palantir"),
        ("ml-modelling", "R mentors, R u:development, A palantir"),
        ("infrastructure", "R u:operations, A palantir"),
        ("business-context", "R u:analytics, A nhs, C u:planning"),
        ("judging", "R u:planning, A kpmg, C nhs"),
        ("event-logistics", "R u:planning, A kpmg"),
        ("team-matters", "R mentors, A kpmg"),
    ];
    let draft = event()
        .organization("nhs", &["analytics"])
        .organization("palantir", &["development", "operations"])
        .organization("kpmg", &["planning"])
        .channel("mentors", &["Mon-Fri 09:30-17:30"])
        .channel("u:development", &["Tue 14:00-16:00", "Thu 14:00-16:00"])
        .channel("u:development", &["Mon-Fri 09:00-18:00"])
        .channel("u:operations", &["Mon-Fri 08:00-18:00"])
        .channel("u:planning", &["Mon-Fri 09:00-17:30"])
        .channel("u:analytics", &["Wed 12:00-13:00"])
        .member("planner", "u:planning", &[Organizer])
        .member("sponsor", "u:analytics", &[Responder, Judge])
        .member("etl-engineer", "u:development", &[Responder])
        .member("operations-engineer", "u:operations", &[Responder])
        .member("mentor1", "palantir", &[Mentor])
        .member("mentor2", "palantir", &[Mentor])
        .member("ds1", "u:analytics", &[Participant])
        .team("team-1", &["mentor1"])
        .team("team-2", &["mentor2"]);
    topics.iter().fold(draft, |draft, (topic, by)| draft.topic(topic).held(topic, by))
}

fn healthcare() -> Draft {
    let topics = [
        ("platform-features", "microsoft"),
        ("infrastructure", "kainos"),
        ("business-context", "nhs"),
        ("event-logistics", "nhs"),
    ];
    let draft = event()
        .between("2024-12-02", "2024-12-13")
        .organization("nhs", &[])
        .organization("microsoft", &[])
        .organization("kainos", &[])
        .channel("microsoft", &["Mon-Fri 09:00-17:30"])
        .channel("kainos", &["Mon-Fri 09:00-17:30"])
        .channel("nhs", &["Mon-Fri 09:00-17:00"])
        .member("host", "nhs", &[Organizer])
        .member("expert", "microsoft", &[Responder, Mentor])
        .member("engineer", "kainos", &[Responder, Mentor])
        .member("ds1", "nhs", &[Participant])
        .team("team-a", &["expert"]);
    topics.iter().fold(draft, |draft, (topic, by)| draft.topic(topic).held(topic, &format!("R {by}, A {by}")))
}

#[test]
fn the_examples_have_no_errors() {
    for draft in [monthly(), healthcare()] {
        assert_eq!(rules::findings(&draft).count(Level::Error), 0, "{:?}", draft.found());
    }
}

#[test]
fn the_examples_are_warned_of_what_is_missing() {
    let gaps = |draft: &Draft| draft.found().into_iter().filter(|found| found.starts_with("r5")).collect::<Vec<_>>();
    // The mentors begin half an hour after the event, and the sponsor has one hour a week.
    let early = ["repo-setup", "ide-connect", "data-access", "business-context", "team-matters"];
    assert_eq!(gaps(&monthly()), early.map(|topic| format!("r5 {topic}")));
    assert_eq!(gaps(&healthcare()), [""; 0]);
    // No organization of the examples has named who speaks for it.
    assert_eq!(monthly().found().iter().filter(|found| found.starts_with("r3")).count(), 13);
    assert!(monthly().found().iter().all(|found| !found.starts_with("r6")), "{:?}", monthly().found());
}

#[test]
fn a_gap_is_told_by_the_week_and_by_the_day() {
    let report = rules::findings(&monthly());
    let gap = report.findings.iter().find(|finding| finding.code == "R5").expect("a gap");
    assert_eq!(gap.message.en, "Nobody responsible for repo-setup is on duty: Mon-Fri 09:00-09:30.");
    assert!(gap.message.ko.contains("월-금 09:00-09:30"), "{}", gap.message.ko);
    let days = gap.facts.get("gaps").and_then(|gaps| gaps.as_array()).expect("gaps");
    assert_eq!(days.len(), 20);
    assert_eq!(
        days.first().map(ToString::to_string).as_deref(),
        Some(r#"{"day":"2024-11-04","from":"09:00","to":"09:30"}"#)
    );
}

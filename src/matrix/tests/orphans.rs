use super::build::{event, holder};
use crate::hackathon::Role::*;
use crate::matrix::{Draft, orphans};

fn lost(draft: &Draft, gone: &str) -> Vec<String> {
    orphans::lost(draft, &draft.table(), holder(gone)).iter().map(ToString::to_string).collect()
}

fn small() -> Draft {
    event()
        .organization("acme", &["dev", "ops"])
        .member("ada", "acme", &[Organizer])
        .member("bob", "u:dev", &[Responder])
        .topic("etl")
        .topic("access")
}

#[test]
fn whoever_holds_a_topic_alone_does_not_go() {
    let draft = small().held("etl", "R u:dev, A m:ada").held("access", "R m:ada, R u:dev, A acme, C u:ops");
    assert_eq!(lost(&draft, "m:ada"), ["etl"]);
    assert_eq!(lost(&draft, "u:dev"), ["etl"]);
    assert_eq!(lost(&draft, "u:ops"), [""; 0]);
    // With an organization go its units.
    assert_eq!(lost(&draft, "acme"), ["etl", "access"]);
}

#[test]
fn the_last_one_behind_a_unit_without_a_channel_does_not_go() {
    let draft = || small().held("etl", "R u:dev, A acme");
    assert_eq!(lost(&draft(), "m:bob"), ["etl"]);
    assert_eq!(lost(&draft().channel("u:dev", &[]), "m:bob"), [""; 0]);
    assert_eq!(lost(&draft().member("eve", "u:dev", &[Responder]), "m:bob"), [""; 0]);
    assert_eq!(lost(&draft().member("eve", "u:dev", &[Participant]), "m:bob"), ["etl"]);
    assert_eq!(lost(&draft().member("eve", "u:dev", &[Responder]).suspended("eve"), "m:bob"), ["etl"]);
    // Behind the organization stand those of its units as well.
    assert_eq!(lost(&draft().channel("u:dev", &[]), "m:ada"), [""; 0]);
}

#[test]
fn the_last_mentor_does_not_go() {
    let draft = small().held("etl", "R mentors, A acme").team("red", &["bob"]).team("blue", &[]);
    assert_eq!(lost(&draft, "m:bob"), ["etl"]);
    assert_eq!(lost(&draft.clone().team("green", &["ada"]), "m:bob"), [""; 0]);
    assert_eq!(lost(&draft.channel("mentors", &[]), "m:bob"), [""; 0]);
}

#[test]
fn what_was_broken_before_is_nobody_s_fault() {
    let draft = small().held("etl", "R m:nobody, C u:dev");
    assert_eq!(lost(&draft, "u:dev"), [""; 0]);
    // Even who cannot answer any more leaves a hole where they stand alone.
    let draft = small().suspended("bob").held("etl", "R m:bob, A acme");
    assert_eq!(lost(&draft, "m:bob"), ["etl"]);
}

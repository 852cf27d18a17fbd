use super::build::event;
use crate::matrix::{Role, Table};

/// Each topic with where it takes its holders from, and its responsible.
fn told(table: &Table) -> Vec<(String, String, usize)> {
    let effective = table.effective();
    let told = effective.iter().map(|topic| {
        let from = topic.inherited_from.map(|row| row.slug.to_string()).unwrap_or_default();
        (topic.row.slug.to_string(), from, topic.holders(Role::Responsible).count())
    });
    told.collect()
}

#[test]
fn a_topic_without_holders_takes_those_of_the_nearest_above() {
    let draft = event()
        .organization("acme", &["dev", "ops"])
        .topic("other")
        .topic("data")
        .part("spark", "data")
        .part("joins", "spark")
        .part("access", "data")
        .part("lost", "no-such-topic")
        .held("data", "R u:dev, A acme")
        .held("spark", "R u:dev, R u:ops, A acme");
    let line = |slug: &str, from: &str, count| (slug.to_owned(), from.to_owned(), count);
    let expected = [
        line("other", "", 0),
        line("data", "", 1),
        line("spark", "", 2),
        line("joins", "spark", 2),
        line("access", "data", 1),
        line("lost", "", 0),
    ];
    assert_eq!(told(&draft.table()), expected);
}

#[test]
fn holders_stand_with_their_organization_and_only_if_they_hold_something() {
    let draft = event()
        .organization("acme", &["dev", "ops"])
        .organization("b", &["c"])
        .topic("etl")
        .held("etl", "R mentors, C u:c, A b, I u:ops");
    let table = draft.table();
    let names: Vec<_> = table.holders.iter().filter_map(|named| named.slug.as_deref()).collect();
    assert_eq!(names, ["ops", "b", "c", "team_mentor"]);
    let roles: Vec<_> = table.cells.iter().map(|cell| cell.role).collect();
    assert_eq!(roles, [Role::Responsible, Role::Accountable, Role::Consulted, Role::Informed]);
}

#[test]
fn a_table_is_the_same_after_it_was_kept() {
    let draft = super::examples::monthly();
    let kept = serde_json::to_value(draft.table()).expect("JSON");
    assert_eq!(serde_json::from_value::<Table>(kept).expect("a table"), draft.table());
}

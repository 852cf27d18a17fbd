use super::build::{event, id};
use crate::matrix::Draft;
use crate::matrix::difference::{Difference, difference};
use crate::matrix::{Role, Table};

fn small() -> Draft {
    event().organization("acme", &["dev", "ops"]).organization("b", &[])
}

fn between(old: &Draft, new: &Draft) -> Difference {
    difference(&old.table(), &new.table())
}

#[test]
fn equal_tables_do_not_differ() {
    let draft = small().topic("etl").held("etl", "R u:dev, R u:ops, A acme");
    assert_eq!(between(&draft, &draft), Difference::default());
}

#[test]
fn cells_come_go_and_change_their_role() {
    let old = small().topic("etl").held("etl", "R u:dev, A acme, C b");
    let new = small().topic("etl").held("etl", "R u:dev, R b, A u:ops");
    let told = between(&old, &new);
    let names = |cells: &[crate::matrix::difference::CellTold]| {
        cells.iter().map(|cell| (cell.holder.name.en.clone().unwrap_or_default(), cell.role)).collect::<Vec<_>>()
    };
    assert_eq!(names(&told.added), [("ops".into(), Role::Accountable)]);
    assert_eq!(names(&told.removed), [("acme".into(), Role::Accountable)]);
    let moved: Vec<_> = told.moved.iter().map(|one| (one.from.role, one.to.role, one.to.position)).collect();
    assert_eq!(moved, [(Role::Consulted, Role::Responsible, 2)]);
}

#[test]
fn only_who_changes_places_has_moved() {
    let one = small().topic("etl").held("etl", "R u:dev, R u:ops, A acme");
    let turned = small().topic("etl").held("etl", "R u:ops, R u:dev, A acme");
    assert_eq!(between(&one, &turned).moved.len(), 2);
    // The others made room and stand as they stood among themselves.
    let longer = small().topic("etl").held("etl", "R b, R u:dev, R u:ops, A acme");
    let told = between(&one, &longer);
    assert_eq!((told.added.len(), told.moved.len()), (1, 0));
}

#[test]
fn topics_come_go_and_are_renamed() {
    let old = small().topic("etl").topic("gone").held("gone", "R acme, A acme");
    let mut new = small().topic("etl").topic("fresh");
    new.topics.iter_mut().filter(|row| row.id == id("etl")).for_each(|row| row.slug = super::build::slug("pipelines"));
    let told = between(&old, &new);
    let slugs = |topics: &[crate::matrix::difference::TopicTold]| {
        topics.iter().map(|topic| topic.slug.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(slugs(&told.topics_added), ["fresh"]);
    assert_eq!(slugs(&told.topics_removed), ["gone"]);
    assert_eq!(slugs(&told.topics_changed), ["pipelines"]);
    assert_eq!(told.removed.len(), 2);
    assert_eq!(difference(&Table::default(), &Table::default()), Difference::default());
}

use super::build::{event, name};
use crate::base::{Instant, Lang};
use crate::matrix::{Draft, sheet};

/// What a reader of our files takes off again.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if sheet::harmless(rest) == cell => rest,
        _ => cell,
    }
}

/// A matrix whose names are formulas.
fn nasty() -> Draft {
    let formulas =
        ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "'=quoted", "''", "\"a\",b", "＝2", "=\"multi\nline\""];
    let mut draft = event().organization("acme", &["dev"]);
    for (n, formula) in formulas.iter().enumerate() {
        let topic = format!("t{n}");
        draft = draft.topic(&topic).held(&topic, "R u:dev, A acme");
        if let Some(row) = draft.topics.last_mut() {
            row.name = name(formula);
        }
    }
    draft.consortium.units.iter_mut().for_each(|unit| unit.name = name("=unit"));
    draft
}

#[test]
fn no_cell_of_the_csv_begins_like_a_formula_and_all_are_read_back() {
    let table = nasty().table();
    let csv = sheet::csv(&table, Lang::En).expect("CSV");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_slice());
    let lines: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().expect("readable");
    assert!(lines.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝'])), "{lines:?}");
    let read: Vec<Vec<&str>> = lines.iter().map(|line| line.iter().map(|cell| plain(cell)).collect()).collect();
    assert_eq!(read, sheet::lines(&table, Lang::En));
}

#[test]
fn every_dangerous_beginning_is_made_harmless_and_comes_back() {
    for text in ["=a", "+a", "-a", "@a", "\ta", "\ra", "'=a", "''=a", "'a", "", "a=b", "＋a"] {
        let written = sheet::harmless(text);
        assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r', '＋']), "{text:?}");
        assert_eq!(plain(&written), text);
    }
    assert_eq!((sheet::harmless("a"), sheet::harmless("=a")), ("a".into(), "'=a".into()));
}

#[test]
fn topics_are_lines_holders_are_columns_and_roles_are_letters() {
    let draft = event()
        .organization("acme", &["dev"])
        .member("ada", "acme", &[])
        .topic("etl")
        .part("spark", "etl")
        .held("etl", "A u:dev, R u:dev, C acme, I m:ada, C mentors");
    let lines = sheet::lines(&draft.table(), Lang::En);
    let expected = [
        [
            "Topic",
            "Name",
            "Part of",
            "Inherited from",
            "acme (acme)",
            "dev (dev)",
            "ada",
            "The team's mentors (team_mentor)",
        ],
        ["etl", "etl", "", "", "C", "RA", "I", "C"],
        ["spark", "spark", "etl", "etl", "(C)", "(RA)", "(I)", "(C)"],
    ];
    assert_eq!(lines, expected);
    assert_eq!(sheet::lines(&draft.table(), Lang::Ko)[0][0], "주제");
}

#[test]
fn the_same_matrix_is_the_same_workbook() {
    let at = Instant::from_micros(1_730_817_000_000_000);
    let make = || sheet::xlsx(&nasty().table(), Lang::Ko, at).expect("a workbook");
    assert_eq!(make(), make());
    assert!(make().starts_with(b"PK"));
}

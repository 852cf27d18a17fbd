//! The house keeps its law: what ARCHITECTURE.md says about the source is true of the source.

mod laws;
mod source;
mod texts;
mod uses;
mod words;

use std::collections::BTreeMap;

use laws::Exception;
use source::Source;

/// Who may read a clock or draw a random number outside `base`.
const CLOCK_EXCEPTIONS: [Exception; 0] = [];
/// Who may speak SQL outside `db` and the stores.
const SQL_EXCEPTIONS: [Exception; 0] = [];

/// The modules of the library: lib.rs only declares them, and main.rs stands above them all.
fn modules() -> Vec<Source> {
    let mut all = Source::all("src");
    all.retain(|source| source.path != "src/lib.rs" && source.path != "src/main.rs");
    assert!(all.len() > 5, "the source was not found");
    all
}

fn complaints(law: impl FnMut(&Source) -> Vec<String>) -> String {
    modules().iter().flat_map(law).collect::<Vec<_>>().join("\n")
}

fn order() -> Vec<String> {
    let lib = Source::of("src/lib.rs", &source::read(&source::root().join("src/lib.rs")));
    laws::order(&lib)
}

#[test]
fn a_module_uses_only_modules_declared_above_it() {
    let order = order();
    assert_eq!(order.first().map(String::as_str), Some("base"));
    let macros = modules().iter().flat_map(Source::exported_macros).collect();
    assert_eq!(complaints(|source| laws::upward(&order, &macros, source)), "");
}

#[test]
fn no_face_knows_the_database() {
    assert_eq!(complaints(laws::diesel_in_a_face), "");
}

#[test]
fn sql_lives_in_stores() {
    assert_eq!(complaints(|source| laws::sql_outside_a_store(source, &SQL_EXCEPTIONS)), "");
}

#[test]
fn time_and_chance_come_from_base() {
    assert_eq!(complaints(|source| laws::clock_or_chance(source, &CLOCK_EXCEPTIONS)), "");
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<String> = modules().iter().chain(&Source::all("tests")).flat_map(laws::too_long).collect();
    assert_eq!(long.join("\n"), "");
}

#[test]
fn an_exception_has_its_reason_and_is_still_needed() {
    for exception in CLOCK_EXCEPTIONS.iter().chain(&SQL_EXCEPTIONS) {
        assert!(exception.reason.ends_with('.'), "{}: a reason is a sentence", exception.file);
        let used = modules()
            .iter()
            .any(|source| source.path == exception.file && !source.lines_with(exception.words).is_empty());
        assert!(used, "{} does not say {} any more", exception.file, exception.words.join("::"));
    }
}

#[test]
fn documents_name_only_what_a_reader_has() {
    let texts = texts::read_all();
    assert!(texts.len() > 1, "the documents were not found");
    let strange: Vec<String> = texts.iter().flat_map(|(path, text)| texts::strange_paths(path, text)).collect();
    assert_eq!(strange.join("\n"), "");
}

/// Each law is shown a sample that breaks it, or it would pass by not looking.
mod can_fail {
    use super::*;

    fn upward(path: &str, text: &str) -> Vec<String> {
        let order: Vec<String> = ["base", "db", "topic", "question", "api", "pages"].map(str::to_owned).into();
        let macros = BTreeMap::from([("say".to_owned(), "base".to_owned()), ("door".to_owned(), "api".to_owned())]);
        laws::upward(&order, &macros, &Source::of(path, text))
    }

    #[test]
    fn using_what_is_declared_below() {
        assert_eq!(upward("src/topic/mod.rs", "use crate::{base::Id, db::Tx};\nuse crate::topic::store;"), [""; 0]);
        let below = upward("src/topic/store.rs", "use crate::base::Id;\nuse crate::{db::Tx,\n    question::Question};");
        assert_eq!(below, ["src/topic/store.rs:3: `topic` uses `question`, which is declared below it"]);
        assert_eq!(upward("src/topic/store.rs", "use super::super::api;").len(), 1);
        assert_eq!(upward("src/topic.rs", "fn f() { crate::question::ask() }").len(), 1);
    }

    #[test]
    fn using_a_macro_of_a_module_below() {
        assert_eq!(upward("src/topic.rs", "fn f() { crate::say!() }"), [""; 0]);
        assert_eq!(upward("src/topic.rs", "fn f() { crate::door!() }").len(), 1);
    }

    #[test]
    fn going_past_the_modules() {
        assert_eq!(upward("src/topic.rs", "use crate::*;").len(), 1);
        assert_eq!(upward("src/stray.rs", "").len(), 1);
        assert_eq!(upward("src/pages/team.rs", "use crate::api::problem;").len(), 1);
    }

    #[test]
    fn diesel_in_a_face() {
        let face = Source::of("src/pages/team.rs", "use diesel::prelude::*;");
        assert_eq!(laws::diesel_in_a_face(&face), ["src/pages/team.rs:1: the database in a face: diesel"]);
        assert!(laws::diesel_in_a_face(&Source::of("src/team/store.rs", "use diesel::prelude::*;")).is_empty());
    }

    #[test]
    fn sql_in_a_concept() {
        let sql = |path: &str, text: &str| laws::sql_outside_a_store(&Source::of(path, text), &[]).len();
        assert_eq!(sql("src/team/mod.rs", "use diesel::prelude::*;"), 1);
        assert_eq!(sql("src/team/mod.rs", "fn f() { sql_query(\"\") }"), 1);
        assert_eq!(sql("src/team/mod.rs", "use crate::db::schema::teams;"), 1);
        assert_eq!(sql("src/team/mod.rs", "use diesel::Queryable;\nuse diesel::Insertable;"), 1);
        assert_eq!(sql("src/team/store.rs", "use diesel::prelude::*;"), 0);
        assert_eq!(sql("src/team/store/members.rs", "use diesel::prelude::*;"), 0);
        assert_eq!(sql("src/db/conn.rs", "use diesel::prelude::*;"), 0);
    }

    #[test]
    fn a_clock_in_a_concept() {
        let clock = |path: &str, text: &str| laws::clock_or_chance(&Source::of(path, text), &[]).len();
        for reading in ["Utc::now()", "std::time::SystemTime::now()", "Uuid::now_v7()", "rand::random()", "x(OsRng)"] {
            assert_eq!(clock("src/team/mod.rs", &format!("fn f() {{ {reading} }}")), 1, "{reading}");
            assert_eq!(clock("src/base/time.rs", &format!("fn f() {{ {reading} }}")), 0, "{reading}");
        }
        assert_eq!(clock("src/team/mod.rs", "use rand::Rng;"), 1);
        assert_eq!(clock("src/team/mod.rs", "fn f(now: Instant) { tx.now() } // Utc::now()"), 0);
    }

    #[test]
    fn an_exception_covers_its_own_file_only() {
        let exceptions =
            [Exception { file: "src/access/secret.rs", words: &["rand", ""], reason: "Secrets are drawn here." }];
        let drawn = |path: &str| laws::clock_or_chance(&Source::of(path, "use rand::Rng;"), &exceptions).len();
        assert_eq!((drawn("src/access/secret.rs"), drawn("src/access/token.rs")), (0, 1));
    }

    #[test]
    fn a_file_of_401_lines() {
        assert!(laws::too_long(&Source::of("src/a.rs", &"\n".repeat(400))).is_empty());
        assert_eq!(laws::too_long(&Source::of("src/a.rs", &"\n".repeat(401))).len(), 1);
    }

    #[test]
    fn a_path_that_a_reader_does_not_have() {
        let readme = source::root().join("README.md");
        let strange = |text: &str| texts::strange_paths(&readme, text).len();
        assert_eq!(strange("see `/home/ada/x`"), 1);
        assert_eq!(strange("see [the rules](docs/no-such-page.md#rules)"), 1);
        assert_eq!(strange("see `../elsewhere/x.md`"), 1);
        assert_eq!(strange("see [the build](Cargo.toml), https://example.org/root/x, a/workshop"), 1);
        assert_eq!(strange("see [the build](Cargo.toml#x) and [more](https://example.org/a)"), 0);
    }
}

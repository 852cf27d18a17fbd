//! The laws, each a function from source to complaints.

use std::collections::BTreeMap;

use super::source::Source;
use super::uses::uses;

/// They show what the concepts know, each in its own way, and never see each other.
const FACES: [&str; 3] = ["api", "jobs", "pages"];
/// The longest file, in lines.
const LONGEST: usize = 400;

/// Where a clock is read or a random number is drawn. `std::time::Instant::now` is not among them: it measures a span
/// and tells no time.
const CLOCK_AND_CHANCE: [&[&str]; 12] = [
    &["Utc", "now"],
    &["Local", "now"],
    &["SystemTime", "now"],
    &["Uuid", "now_v7"],
    &["Uuid", "new_v4"],
    &["Timestamp", "now"],
    &["rand", ""],
    &["getrandom"],
    &["OsRng"],
    &["SysRng"],
    &["SystemRandom"],
    &["thread_rng"],
];
const SQL: [&[&str]; 4] = [&["diesel"], &["diesel_migrations"], &["sql_query"], &["db", "schema"]];

/// A file that may do what a law forbids, and why.
pub struct Exception {
    pub file: &'static str,
    pub words: &'static [&'static str],
    pub reason: &'static str,
}

/// The modules in the order in which lib.rs declares them.
pub fn order(lib: &Source) -> Vec<String> {
    let texts: Vec<&str> = lib.words.iter().map(|word| word.text.as_str()).collect();
    let declared = texts.windows(3).filter_map(|window| match window {
        ["mod", name, ";"] => Some((*name).to_owned()),
        _ => None,
    });
    declared.collect()
}

/// The one law: a module uses only modules declared above it. `macros` tells which module exports a macro.
pub fn upward(order: &[String], macros: &BTreeMap<String, String>, source: &Source) -> Vec<String> {
    let own = source.module().swap_remove(0);
    let place = |name: &str| order.iter().position(|module| module == name);
    let Some(own_place) = place(&own) else {
        return vec![format!("{}: `{own}` is not declared in src/lib.rs", source.path)];
    };
    let complaint = |used: super::uses::Use| {
        let name = macros.get(&used.name).unwrap_or(&used.name);
        let at = format!("{}:{}", source.path, used.line);
        match place(name) {
            None => Some(format!("{at}: `crate::{name}` is no module of src/lib.rs; say whose it is")),
            Some(there) if there > own_place => {
                Some(format!("{at}: `{own}` uses `{name}`, which is declared below it"))
            }
            Some(_) if *name != own && is_face(&own) && is_face(name) => {
                Some(format!("{at}: the face `{own}` uses the face `{name}`"))
            }
            Some(_) => None,
        }
    };
    uses(source).into_iter().filter_map(complaint).collect()
}

/// No face knows the database.
pub fn diesel_in_a_face(source: &Source) -> Vec<String> {
    let own = source.module().swap_remove(0);
    if is_face(&own) {
        complaints(source, &[&["diesel"], &["sql_query"]], "the database in a face", &[])
    } else {
        Vec::new()
    }
}

/// SQL lives in `db` and in `store.rs`. A thing may say elsewhere how it is read from a row (`Queryable`), which asks nothing.
pub fn sql_outside_a_store(source: &Source, exceptions: &[Exception]) -> Vec<String> {
    let module = source.module();
    let at_home = module.first().is_some_and(|top| top == "db") || module.iter().any(|room| room == "store");
    let reads_a_row = source.lines_with(&["diesel", "Queryable"]);
    let is_sql = |complaint: &String| !reads_a_row.iter().any(|line| complaint.contains(&format!(":{line}: ")));
    if at_home {
        Vec::new()
    } else {
        complaints(source, &SQL, "SQL outside a store.rs", exceptions).into_iter().filter(is_sql).collect()
    }
}

/// Time and chance enter through `base` and through the transaction.
pub fn clock_or_chance(source: &Source, exceptions: &[Exception]) -> Vec<String> {
    let at_home = source.module().first().is_some_and(|top| top == "base");
    if at_home {
        Vec::new()
    } else {
        complaints(source, &CLOCK_AND_CHANCE, "a clock or chance outside base", exceptions)
    }
}

/// A file that nobody reads to the end.
pub fn too_long(source: &Source) -> Vec<String> {
    let Source { path, lines, .. } = source;
    if *lines > LONGEST { vec![format!("{path} has {lines} lines, more than {LONGEST}")] } else { Vec::new() }
}

fn is_face(module: &str) -> bool {
    FACES.contains(&module)
}

fn complaints(source: &Source, forbidden: &[&[&str]], what: &str, exceptions: &[Exception]) -> Vec<String> {
    let excepted = |words: &[&str]| exceptions.iter().any(|one| one.file == source.path && one.words == words);
    let lines = forbidden.iter().filter(|words| !excepted(words)).flat_map(|words| {
        let told = words.join("::");
        source.lines_with(words).into_iter().map(move |line| format!("{}:{line}: {what}: {told}", source.path))
    });
    lines.collect()
}

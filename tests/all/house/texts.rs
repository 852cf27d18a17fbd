//! What is written for people: it names nothing that a reader of the project does not have.

use std::path::{Path, PathBuf};

use super::source::{files, from_root, read, root};

const AT_THE_ROOT: [&str; 5] = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "openapi.yaml", "Cargo.toml"];
/// Folders of whoever wrote it.
const SOMEBODY_S: [&str; 3] = ["/home/", "/root/", "/work/"];

/// The documents that there are.
pub fn documents() -> Vec<PathBuf> {
    let at_the_root = AT_THE_ROOT.iter().map(|name| root().join(name)).filter(|path| path.is_file());
    let docs = files(&root().join("docs")).into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "md"));
    at_the_root.chain(docs).collect()
}

/// Paths into somebody's own folders, and links and relative paths that lead nowhere.
pub fn strange_paths(document: &Path, text: &str) -> Vec<String> {
    let told = |(number, line): (usize, &str)| {
        let at = format!("{}:{}", from_root(document), number + 1);
        let foreign = SOMEBODY_S.iter().filter(|folder| line.contains(**folder)).map(|folder| (*folder).to_owned());
        let dead = targets(line).into_iter().filter(|target| !leads_somewhere(document, target));
        foreign.chain(dead).map(|path| format!("{at}: {path}")).collect::<Vec<_>>()
    };
    text.lines().enumerate().flat_map(told).collect()
}

/// The documents, read.
pub fn read_all() -> Vec<(PathBuf, String)> {
    documents().into_iter().map(|path| (path.clone(), read(&path))).collect()
}

/// Where Markdown's links lead inside the project (one that begins with `/` is a page of the server), and every word that begins with `../`.
fn targets(line: &str) -> Vec<String> {
    let links = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next());
    let inside = links.filter(|link| !link.is_empty() && !link.starts_with('/') && !link.contains("://"));
    let upward = line
        .match_indices("../")
        .filter(|(at, _)| !line[..*at].ends_with(['.', '/']))
        .filter_map(|(at, _)| line[at..].split(|c: char| c.is_whitespace() || "`\"')#,;".contains(c)).next());
    inside.chain(upward).map(str::to_owned).collect()
}

fn leads_somewhere(document: &Path, target: &str) -> bool {
    let folder = document.parent().unwrap_or(root());
    let there = folder.join(target).canonicalize();
    there.is_ok_and(|there| root().canonicalize().is_ok_and(|root| there.starts_with(root)))
}

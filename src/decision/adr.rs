//! A decision as a file: an architecture decision record in the form of MADR 4, which repositories keep beside the code.

use std::fmt::Write;

use super::{Content, Decision, Part, Seen};
use crate::base::Lang;

/// The name of the file: `0007-use-the-shared-data-model.md`.
pub fn file_name(decision: &Decision) -> String {
    let words = decision.content.title.as_str().to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut name = format!("{:04}", decision.number);
    for word in words.into_iter().take(8) {
        name.push('-');
        name.push_str(word);
    }
    name.push_str(".md");
    name
}

/// Decisions as records, one after the other, each under the name of its file.
pub fn log(all: &[Decision], seen: &Seen, lang: Lang) -> String {
    let record = |one: &Decision| format!("<!-- {} -->\n{}", file_name(one), write(one, seen, lang));
    all.iter().map(record).collect::<Vec<_>>().join("\n")
}

/// The record. What people wrote stands in it as they wrote it.
pub fn write(decision: &Decision, seen: &Seen, lang: Lang) -> String {
    let mut out = String::new();
    head(&mut out, decision, seen, lang);
    body(&mut out, &decision.content);
    let more = more(decision, seen, lang);
    if !more.is_empty() {
        section(&mut out, "## More Information", &more.join("\n"));
    }
    out
}

fn head(out: &mut String, decision: &Decision, seen: &Seen, lang: Lang) {
    let content = &decision.content;
    let status = match seen.successor(&decision.content) {
        Some((number, _)) => format!("superseded by {number:04}"),
        None => content.status.word().to_owned(),
    };
    let date = decision.decided_at.unwrap_or(decision.created_at).utc().date_naive();
    let mut lines = vec![format!("status: {}", quoted(&status)), format!("date: {date}")];
    for (key, part) in
        [("decision-makers", Part::Decided), ("consulted", Part::Consulted), ("informed", Part::Informed)]
    {
        let names = content.named(part).iter().map(|holder| seen.holder(*holder));
        let names: Vec<String> = names
            .map(|name| match lang {
                Lang::En => quoted(&name.en),
                Lang::Ko => quoted(&name.ko),
            })
            .collect();
        if !names.is_empty() {
            lines.push(format!("{key}: [{}]", names.join(", ")));
        }
    }
    put(out, &format!("---\n{}\n---\n\n# {}\n", lines.join("\n"), content.title));
}

fn body(out: &mut String, content: &Content) {
    section(out, "## Context and Problem Statement", content.context.as_str());
    if !content.options.is_empty() {
        let list: Vec<String> = content.options.iter().map(|option| format!("* {}", option.title)).collect();
        section(out, "## Considered Options", &list.join("\n"));
    }
    let outcome = content.outcome.as_ref().map_or("Not decided yet.", |text| text.as_str());
    section(out, "## Decision Outcome", outcome);
    let noted: Vec<_> = content.options.iter().filter_map(|one| Some((&one.title, one.notes.as_ref()?))).collect();
    if !noted.is_empty() {
        put(out, "\n## Pros and Cons of the Options\n");
        noted.into_iter().for_each(|(title, notes)| section(out, &format!("### {title}"), notes.as_str()));
    }
}

fn more(decision: &Decision, seen: &Seen, lang: Lang) -> Vec<String> {
    let team = decision.team.and_then(|team| seen.names.team(team));
    let topic = decision.content.topic.and_then(|topic| seen.names.topic(topic));
    let mut lines = Vec::new();
    lines.extend(team.map(|(_, name)| format!("* Team: {}", name.text(lang))));
    lines.extend(topic.map(|(_, name)| format!("* Topic: {}", name.text(lang))));
    lines.extend(seen.sprint(&decision.content).map(|number| format!("* Sprint: {number}")));
    let questions = seen.questions(&decision.content);
    lines.extend(questions.map(|one| format!("* Question #{} led to it: {}", one.number, one.title)));
    let later = seen.successor(&decision.content);
    lines.extend(later.map(|(number, _)| format!("* Superseded by decision {number:04}")));
    lines
}

fn section(out: &mut String, heading: &str, text: &str) {
    put(out, &format!("\n{heading}\n\n{text}\n"));
}

/// A string as YAML reads it: JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn put(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _written = out.write_str(text);
}

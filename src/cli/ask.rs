//! `signpost ask "how do I install a python package?" --file hackathon.yaml`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Failure, lang};
use crate::base::{Clock, Fault, Instant, Key, Lang};
use crate::directory::{Contact, Directory, Question, Source, Subject, Usual, WhoToAsk};
use crate::file::{self, Document};
use crate::router;

/// Answer who to ask from a hackathon file, without a server.
#[derive(Args)]
pub struct Ask {
    /// The question, in your own words, in English or Korean.
    words: String,
    /// The hackathon file.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// The team that asks, by its slug.
    #[arg(long)]
    team: Option<String>,
    /// For another moment than now, such as 2024-11-05T14:30:00Z.
    #[arg(long, value_parser = moment)]
    at: Option<Instant>,
    /// The language of the answer: en or ko.
    #[arg(long)]
    lang: Option<Lang>,
    /// Write JSON, as the API does.
    #[arg(long)]
    json: bool,
}

fn moment(text: &str) -> Result<Instant, String> {
    Instant::parse(text).ok_or_else(|| "write a time such as 2024-11-05T14:30:00Z".to_owned())
}

impl Ask {
    /// Reads the file, asks, prints.
    pub fn run(self) -> Result<ExitCode, Failure> {
        let document = read(&self.file)?;
        let lang = self.lang.unwrap_or_else(lang);
        let directory = Directory::new(Source::from_file(&document), None);
        let question = Question {
            subject: Subject::Words(self.words),
            team: self.team.as_deref().map(|team| key(&document, team)).transpose()?,
            asker: None,
            at: self.at.unwrap_or_else(|| Clock::System.now()),
            lang,
        };
        let usual = Usual::default();
        let answer = directory.ask(&question, &usual)?;
        if self.json {
            let text = serde_json::to_string_pretty(&answer).map_err(|error| Failure(error.to_string()))?;
            outln!("{text}");
        } else {
            print(&answer, lang);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn key(document: &Document, team: &str) -> Result<Key, Failure> {
    let known = || document.teams.iter().map(|team| team.slug.to_string()).collect::<Vec<_>>().join(", ");
    let found = document.teams.iter().find(|one| one.slug.as_str() == team);
    found
        .map(|team| Key::Slug(team.slug.clone()))
        .ok_or_else(|| Failure(format!("there is no team {team:?}; the teams are: {}", known())))
}

/// Reads a hackathon file, or tells every fault with its line.
pub fn read(path: &Path) -> Result<Document, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure(format!("{}: {error}", path.display())))?;
    file::read(&bytes, &router::pack_slugs()).map_err(|faults| Failure(told(path, &faults)))
}

/// Every fault on a line of its own, in the form that editors jump to.
pub fn told(path: &Path, faults: &[Fault]) -> String {
    let line = |fault: &Fault| {
        let (line, column) = fault.place.unwrap_or((1, 1));
        format!("{}:{line}:{column}: {}: {}", path.display(), fault.path(), fault.detail.text(lang()))
    };
    let lines: Vec<String> = faults.iter().map(line).collect();
    format!("{} has {} to mend; nothing was stored\n{}", path.display(), faults.len(), lines.join("\n"))
}

fn print(answer: &WhoToAsk<Vec<Contact>>, lang: Lang) {
    match &answer.topic {
        Some(topic) => outln!("{} ({:.0} %)", topic.name.text(lang), topic.confidence * 100.0),
        None => outln!(
            "{}",
            pick(lang, "Not sure of the topic. The likeliest:", "주제를 확신할 수 없습니다. 가장 가까운 주제:")
        ),
    }
    if answer.topic.is_none() {
        answer.alternatives.iter().for_each(|topic| outln!("  - {} ({})", topic.name.text(lang), topic.slug));
    }
    if !answer.because.is_empty() {
        outln!("{} {}", pick(lang, "because of:", "근거:"), answer.because.join(", "));
    }
    answer.contacts.iter().for_each(|contact| print_contact(contact, lang));
}

fn print_contact(contact: &Contact, lang: Lang) {
    let organization =
        contact.organization.as_ref().map(|one| format!(" · {}", one.name.text(lang))).unwrap_or_default();
    outln!("\n{}. {}{organization}", contact.rank, contact.holder.name.text(lang));
    outln!("   {}", contact.reason);
    let people: Vec<&str> = contact.members.iter().map(|member| member.display_name.as_str()).collect();
    if !people.is_empty() {
        outln!("   {} {}", pick(lang, "People:", "사람:"), people.join(", "));
    }
    for channel in &contact.channels {
        let mark = if channel.duty.on_duty { "*" } else { " " };
        outln!("   {mark} {:<8} {}", channel.kind, channel.address);
    }
}

fn pick(lang: Lang, en: &'static str, ko: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

//! A contact as people read it.

use chrono::TimeDelta;

use crate::base::Lang;
use crate::directory::answer::{ChannelView, HolderName};
use crate::directory::{Contact, ContactRole};
use crate::pages::time::Watch;
use crate::pages::words::Words;

/// A contact.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// The organization behind it, where that is not the name itself.
    pub organization: Option<Words>,
    /// Who it is.
    pub name: Option<Words>,
    /// Why it is named, in words.
    pub role: String,
    /// Whether somebody is there now.
    pub on_duty: bool,
    /// Until when, or from when.
    pub duty: String,
    /// How long a first answer usually takes.
    pub usual: Option<String>,
    /// The people behind it.
    pub people: Vec<String>,
    /// Where they are reached.
    pub channels: Vec<Reached>,
    /// Whether it only helps until a responsible is on duty again.
    pub can_help_meanwhile: bool,
}

/// A channel.
#[derive(Clone, Debug)]
pub struct Reached {
    /// What it is.
    pub label: String,
    /// Where, as people read it.
    pub address: String,
    /// Where, as a browser follows it.
    pub link: Option<String>,
}

/// The most people that are named; an organization may have hundreds.
const NAMED: usize = 4;

impl Card {
    /// A contact for this topic.
    pub fn of(contact: &Contact, topic: Option<&Words>, watch: &Watch) -> Card {
        let lang = watch.lang;
        let name = name(&contact.holder.name, lang);
        let organization = contact.organization.as_ref().map(|of| Words::of(of.name, lang));
        let usual = contact.usual_first_response_seconds.map(|seconds| watch.length(TimeDelta::seconds(seconds)));
        let mut people: Vec<String> = contact.members.iter().map(|one| one.display_name.to_string()).collect();
        people.retain(|person| *person != name.text);
        people.truncate(NAMED);
        Card {
            organization: organization.filter(|of| of.text != name.text),
            role: role(contact.role, topic, lang),
            on_duty: contact.duty.on_duty,
            duty: watch.duty(&contact.duty),
            usual,
            people,
            channels: contact.channels.iter().map(|channel| reached(channel, lang)).collect(),
            can_help_meanwhile: contact.can_help_meanwhile,
            name: Some(name),
        }
    }

    /// The people, in one line.
    pub fn people_line(&self) -> String {
        self.people.join(", ")
    }
}

fn name(of: &HolderName, lang: Lang) -> Words {
    match of {
        HolderName::Said(name) => Words::of(name, lang),
        other => Words::name(other.text(lang)),
    }
}

fn role(role: ContactRole, topic: Option<&Words>, lang: Lang) -> String {
    let about = topic.map(|topic| topic.text.as_str());
    match (role, about, lang) {
        (ContactRole::Responsible, Some(topic), Lang::En) => format!("Responsible for {topic}"),
        (ContactRole::Responsible, Some(topic), Lang::Ko) => format!("{topic} 담당"),
        (ContactRole::Consulted, Some(topic), Lang::En) => format!("Consulted on {topic}"),
        (ContactRole::Consulted, Some(topic), Lang::Ko) => format!("{topic} 자문"),
        (ContactRole::Accountable, Some(topic), Lang::En) => format!("Accountable for {topic}"),
        (ContactRole::Accountable, Some(topic), Lang::Ko) => format!("{topic} 총괄 책임"),
        (ContactRole::TeamMentor, _, Lang::En) => "Stands by your team".to_owned(),
        (ContactRole::TeamMentor, _, Lang::Ko) => "우리 팀 멘토".to_owned(),
        (ContactRole::Organizer, _, Lang::En) => "Runs the hackathon".to_owned(),
        (ContactRole::Organizer, _, Lang::Ko) => "해커톤 운영진".to_owned(),
        (_, None, Lang::En) => "Responsible".to_owned(),
        (_, None, Lang::Ko) => "담당".to_owned(),
    }
}

fn reached(channel: &ChannelView, lang: Lang) -> Reached {
    let (en, ko) = match channel.kind {
        "chat" => ("Chat", "채팅"),
        "email" => ("Email", "이메일"),
        "meeting" => ("Meeting", "회의"),
        "phone" => ("Phone", "전화"),
        "in_person" => ("In person", "직접 방문"),
        _ => ("Website", "웹사이트"),
    };
    let own = if lang == Lang::En { en } else { ko };
    let label = channel.name.map_or_else(|| own.to_owned(), |name| name.text(lang).to_owned());
    Reached { label, address: shown(channel.address), link: link(channel.kind, channel.address) }
}

/// An address without what only machines read.
fn shown(address: &str) -> String {
    let bare = address.strip_prefix("https://").or(address.strip_prefix("http://")).unwrap_or(address);
    bare.trim_end_matches('/').to_owned()
}

/// Only what leads to a person is a link; anything else is read.
fn link(kind: &str, address: &str) -> Option<String> {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    match kind {
        "email" if address.contains('@') => Some(format!("mailto:{address}")),
        "phone" => {
            let digits: String = address.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            Some(format!("tel:{digits}"))
        }
        _ if is_web => Some(address.to_owned()),
        _ => None,
    }
}

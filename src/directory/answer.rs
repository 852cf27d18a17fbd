//! The answer to "who do I ask?", borrowed from the directory and written once.

use serde::{Serialize, Serializer};

use crate::base::{Id, Instant, Lang, Localized, Name, Slug};
use crate::consortium::Member;
use crate::duty::Duty;

/// Who to ask, and why. The contacts are what a face makes of them: as they are, or written before.
#[derive(Debug, Serialize)]
pub struct WhoToAsk<'d, C> {
    /// The topic; none when the words fit no topic well enough.
    pub topic: Option<AskedFor<'d>>,
    /// Whether the topic is sure enough to act on.
    pub confident: bool,
    /// Other likely topics, likeliest first.
    pub alternatives: Vec<AskedFor<'d>>,
    /// The words of the question that decided.
    pub because: Vec<String>,
    /// Whom to ask, in order. Never empty.
    pub contacts: C,
    /// Questions like it that the asker may see, the likest first. The directory knows of no questions; who does fills it.
    pub similar: Vec<Similar>,
    /// The published version of the matrix that this rests on.
    pub matrix_version: Option<i32>,
    /// The moment it is true for.
    pub as_of: Instant,
}

/// A topic in an answer.
#[derive(Debug, Serialize)]
pub struct AskedFor<'d> {
    /// Its short name.
    pub slug: &'d Slug,
    /// Its name.
    pub name: &'d Localized,
    /// How sure the router is, 0 to 1; 1 where the asker named the topic.
    #[serde(serialize_with = "two_decimals")]
    pub confidence: f32,
}

fn two_decimals<S: Serializer>(value: &f32, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_f64((f64::from(*value) * 100.0).round() / 100.0)
}

/// Why somebody is in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactRole {
    /// Responsible for the topic.
    Responsible,
    /// Consulted, and on duty while no responsible is.
    Consulted,
    /// Accountable for the topic.
    Accountable,
    /// Mentors the asker's team.
    TeamMentor,
    /// Organizes the hackathon.
    Organizer,
}

/// One contact.
#[derive(Debug, Serialize)]
pub struct Contact<'d> {
    /// Its place, from 1.
    pub rank: usize,
    /// Why it is here.
    pub role: ContactRole,
    /// Whether it only helps until a responsible is on duty again.
    pub can_help_meanwhile: bool,
    /// Who it is.
    pub holder: HolderView<'d>,
    /// The organization behind it.
    pub organization: Option<OrganizationView<'d>>,
    /// The people behind it.
    pub members: Vec<MemberView<'d>>,
    /// Where they are reached, those on duty first.
    pub channels: Vec<ChannelView<'d>>,
    /// Whether somebody is on duty.
    #[serde(flatten)]
    pub duty: Duty,
    /// How long a first answer usually takes, in seconds; none while there are too few to tell.
    pub usual_first_response_seconds: Option<i64>,
    /// The reason in words, in the caller's language.
    pub reason: String,
}

/// A holder in an answer.
#[derive(Debug, Serialize)]
pub struct HolderView<'d> {
    /// `organization`, `unit`, `member` or `role`.
    pub kind: &'static str,
    /// Its id; roles have none.
    pub id: Option<uuid::Uuid>,
    /// Its short name; members have none.
    pub slug: Option<&'d str>,
    /// Its name.
    pub name: HolderName<'d>,
}

/// A holder's name, wherever it comes from.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum HolderName<'d> {
    /// Text of the organizers'.
    Said(&'d Localized),
    /// A person's name, the same in every language.
    Person {
        /// In English.
        en: &'d Name,
    },
    /// Words of our own.
    Ours {
        /// In English.
        en: &'static str,
        /// In Korean.
        ko: &'static str,
    },
}

/// An organization in an answer.
#[derive(Debug, Serialize)]
pub struct OrganizationView<'d> {
    /// Its short name.
    pub slug: &'d Slug,
    /// Its name here.
    pub name: &'d Localized,
}

/// A person in an answer. Never with personal data.
#[derive(Debug, Serialize)]
pub struct MemberView<'d> {
    /// The member's id.
    pub id: Id<Member>,
    /// How others see them.
    pub display_name: &'d Name,
}

/// A channel in an answer.
#[derive(Debug, Serialize)]
pub struct ChannelView<'d> {
    /// Its short name.
    pub slug: &'d Slug,
    /// Its name, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'d Localized>,
    /// Its kind.
    pub kind: &'d str,
    /// Where.
    pub address: &'d str,
    /// Whether somebody is there, until when, or from when.
    #[serde(flatten)]
    pub duty: Duty,
}

/// A question like the one that is asked, which has an answer or may get one.
#[derive(Clone, Debug, Serialize)]
pub struct Similar {
    /// The question's id.
    pub id: uuid::Uuid,
    /// Its number in the hackathon.
    pub number: i32,
    /// Its title.
    pub title: Name,
    /// Where it stands, as a word.
    pub state: &'static str,
    /// How it ended, as a word; none: it did not.
    pub resolution: Option<&'static str>,
    /// How like it is, 0 to 1.
    #[serde(serialize_with = "two_decimals")]
    pub similarity: f32,
}

impl HolderName<'_> {
    /// The name in a language.
    pub fn text(&self, lang: Lang) -> &str {
        match (self, lang) {
            (HolderName::Said(name), _) => name.text(lang),
            (HolderName::Person { en }, _) => en.as_str(),
            (HolderName::Ours { en, .. }, Lang::En) => en,
            (HolderName::Ours { ko, .. }, Lang::Ko) => ko,
        }
    }
}

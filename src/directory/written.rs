//! Contacts as they were written once. They hold until somebody comes on duty or goes off it, or the day changes, so most
//! answers are copied and not made again.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::answer::Contact;
use crate::base::{Error, Instant, Lang, Result};
use crate::duty::Window;

/// The most that is remembered for one directory; then it begins anew. An event with 20 topics and 10 teams has 400.
const MOST: usize = 512;

/// What contacts depend on besides the moment: the topic by its place, the asker's team, the reader's language, and the version
/// of how long first answers usually take.
pub type For = (Option<usize>, Option<uuid::Uuid>, Lang, u64);

/// Contacts in JSON.
#[derive(Clone, Debug)]
pub struct Written {
    json: Arc<RawValue>,
    /// None where they hold for this moment alone.
    holds: Option<Window>,
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
        self.json.serialize(out)
    }
}

/// What one directory remembers.
#[derive(Debug, Default)]
pub struct Remembered(RwLock<HashMap<For, Written>>);

impl Remembered {
    /// What was written for these, if it still holds at this moment.
    pub fn get(&self, of: &For, at: Instant) -> Option<Written> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(of).filter(|written| written.holds.is_some_and(|holds| holds.has(at))).cloned()
    }

    /// Writes contacts and remembers them for as long as they hold.
    pub fn put(&self, of: For, contacts: &[Contact], holds: Option<Window>) -> Result<Written> {
        let json = serde_json::value::to_raw_value(contacts).map_err(Error::internal)?;
        let written = Written { json: json.into(), holds };
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(of, written.clone());
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use crate::base::{Error, Instant, Key, Lang, Result};
    use crate::directory::{Directory, Question, Source, Subject, Usual};
    use crate::file;

    /// Every 37 minutes of three weeks, forwards and then backwards, each topic, with a team and without.
    #[test]
    fn what_was_written_is_what_would_be_written_now() -> Result<()> {
        let document = file::read(include_bytes!("../../examples/fdp-monthly.yaml"), &[])
            .map_err(|faults| Error::internal(format!("{faults:?}")))?;
        let directory = Directory::new(Source::from_file(&document), None);
        let begin = Instant::parse("2024-11-01T00:00:00Z").map_or(0, Instant::micros);
        let there = (0..800_i64).map(|step| step * 37 * 60_000_000);
        let (mut remembered, usual) = (0, Usual::default());
        for at in there.clone().chain(there.rev()).map(|after| Instant::from_micros(begin + after)) {
            for (index, topic) in directory.source.topics.iter().enumerate() {
                let team = directory.source.teams.get(index % 5).map(|team| Key::Slug(team.slug.clone()));
                let lang = if index % 2 == 0 { Lang::En } else { Lang::Ko };
                let subject = Subject::Topic(Key::Slug(topic.slug.clone()));
                let question = Question { subject, team, asker: None, at, lang };
                remembered += usize::from(is_remembered(&directory, index, &question));
                let (made, written) = (directory.ask(&question, &usual)?, directory.ask_written(&question, &usual)?);
                assert_eq!(
                    serde_json::to_string(&made).ok(),
                    serde_json::to_string(&written).ok(),
                    "{at} {}",
                    topic.slug
                );
            }
        }
        assert!(remembered > 5_000, "only {remembered} answers were remembered");
        Ok(())
    }

    fn is_remembered(directory: &Directory, place: usize, question: &Question) -> bool {
        let team = question.team.as_ref().and_then(|key| directory.team(key)).map(|team| team.id);
        directory.written.get(&(Some(place), team, question.lang, 0), question.at).is_some()
    }
}

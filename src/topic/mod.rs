//! A topic: what one can ask about. Topics form a tree, in which a topic without holders of its own inherits them.

mod phrases;
pub mod store;

use serde_json::json;

use crate::access::Item;
use crate::base::{Error, Fault, Id, Instant, Key, Localized, Result, Slug, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::router;

pub use phrases::{Phrases, PhrasesSaid};

/// A topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its id.
    pub id: Id<Topic>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// What is said of it.
    pub facts: Facts,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What is said of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its short name, one in the hackathon.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// What belongs to it.
    pub description: Option<Localized>,
    /// Words by which a question is known to be about it.
    pub keywords: Phrases,
    /// Questions about it, as people ask them.
    pub examples: Phrases,
    /// The topic that it is a part of.
    pub parent: Option<Id<Topic>>,
    /// The starter pack it was made from.
    pub pack: Option<Slug>,
}

impl Facts {
    /// Every fault in the phrases, and a pack that there is not, at once.
    pub fn check(&self) -> Result<()> {
        let mut faults: Vec<Fault> =
            self.keywords.faults("/keywords").into_iter().chain(self.examples.faults("/examples")).collect();
        faults.extend(self.pack.as_ref().filter(|pack| router::pack(pack.as_str()).is_none()).map(no_pack));
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

fn no_pack(slug: &Slug) -> Fault {
    let packs = router::pack_slugs().join(", ");
    let detail = say!(
        "There is no starter pack \"{slug}\". There are: {packs}.",
        "\"{slug}\" 스타터 팩은 없습니다. 쓸 수 있는 팩: {packs}"
    );
    Fault::new("/pack", "pack.unknown", detail)
}

impl Item<Hackathon> for Topic {
    const PARAM: &'static str = "topic";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::find(tx, parent.id, key)
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// The topic of that id or slug in this hackathon; `pointer` is where it stood.
pub fn named(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str, pointer: &str) -> Result<Topic> {
    let found = Key::parse(key).map(|key| store::find(tx, hackathon, &key)).transpose()?.flatten();
    found.ok_or_else(|| {
        Error::invalid(
            pointer,
            "topic.unknown",
            say!("There is no such topic in this hackathon.", "이 해커톤에 없는 주제입니다."),
        )
    })
}

/// Makes a topic.
pub fn add(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<Topic> {
    facts.check()?;
    store::insert(tx, hackathon, facts)
}

/// Changes what is said of a topic; it never becomes a part of itself.
pub fn change(tx: &mut Tx, topic: &Topic, facts: &Facts) -> Result<Topic> {
    facts.check()?;
    if let Some(parent) = facts.parent
        && within(&store::parents(tx, topic.hackathon)?, parent, topic.id)
    {
        return Err(Error::invalid(
            "/parent",
            "topic.circle",
            say!(
                "A topic cannot be a part of itself or of its own parts. Name another parent.",
                "주제는 자신이나 자신의 하위 주제에 속할 수 없습니다. 다른 상위 주제를 고르세요."
            ),
        ));
    }
    store::update(tx, topic, facts)
}

/// Removes a topic, unless other topics or responsibilities hang on it.
pub fn remove(tx: &mut Tx, topic: &Topic) -> Result<()> {
    let children = store::children(tx, topic)?;
    let held = store::cells(tx, topic)?;
    if children.is_empty() && held.is_empty() {
        return store::delete(tx, topic);
    }
    let (parts, cells) = (children.len(), held.len());
    let cells_told = held.into_iter().map(|(id, role)| json!({"id": id, "role": role})).collect::<Vec<_>>();
    let facts = json!({"children": children, "responsibilities": cells_told});
    Err(Error::Blocked(
        say!(
            "Other things hang on this topic: {parts} topics that are parts of it, {cells} responsibilities in the draft. Move or remove them first.",
            "이 주제에 딸린 것이 있습니다. 하위 주제 {parts}개, 초안의 담당 {cells}건. 먼저 옮기거나 지우세요."
        ),
        Box::new(facts),
    ))
}

/// Whether `topic` is `above`, or lies below it. The pairs are each topic that has a parent, with it.
fn within(parents: &[(Id<Topic>, Id<Topic>)], topic: Id<Topic>, above: Id<Topic>) -> bool {
    let up = |from: &Id<Topic>| parents.iter().find(|(child, _)| child == from).map(|(_, parent)| *parent);
    // No way through a tree is longer than it has topics; a circle, were there one, ends there too.
    std::iter::successors(Some(topic), up).take(parents.len() + 1).any(|step| step == above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_topic_lies_within_itself_and_whatever_it_is_a_part_of() {
        let id = |n: u128| Id::from_uuid(Uuid::from_u128(n));
        let parents = [(id(2), id(1)), (id(3), id(2)), (id(8), id(9)), (id(9), id(8))];
        assert!(within(&parents, id(3), id(1)) && within(&parents, id(3), id(3)));
        assert!(!within(&parents, id(1), id(3)) && !within(&parents, id(8), id(1)));
    }
}

//! A responsibility: one cell of the draft. It is made and removed, never changed.

use serde::Serialize;
use serde_json::json;

use super::consortium::Consortium;
use super::table::Named;
use super::{Role, both, store, tag, touch};
use crate::access::Item;
use crate::base::{Error, Id, Instant, Key, Result, Slug, say, secret};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::topic::Topic;

/// One cell of the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Responsibility {
    /// Its id.
    pub id: Id<Responsibility>,
    /// The topic's short name.
    pub topic: Slug,
    /// Who holds it.
    pub holder: Named,
    /// As what.
    pub role: Role,
    /// The place among the holders of this role in this topic, from 1.
    pub position: i32,
    /// When it was made.
    pub created_at: Instant,
    /// How every tag of the draft that it was found in begins.
    #[serde(skip)]
    draft: String,
    #[serde(skip)]
    topic_id: Id<Topic>,
}

/// Which cells of the draft are wanted; what is not said leaves all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Those of this topic.
    pub topic: Option<Id<Topic>>,
    /// Those of this role.
    pub role: Option<Role>,
    /// Those of holders of this kind.
    pub kind: Option<HolderKind>,
}

crate::words! {
    /// The kinds of holders.
    HolderKind / HolderKindShape {
        /// An organization.
        Organization = "organization",
        /// A unit.
        Unit = "unit",
        /// A member.
        Member = "member",
        /// The mentors of the asker's own team.
        Role = "role",
    }
}

/// A new cell.
#[derive(Clone, Copy, Debug)]
pub struct NewCell {
    /// For what.
    pub topic: Id<Topic>,
    /// As what.
    pub role: Role,
    /// Who.
    pub holder: Holder,
    /// In which place, from 1; none, or one beyond the last: at the end.
    pub position: Option<i32>,
}

impl Responsibility {
    /// A row of the store with its names.
    fn of(row: store::responsibility::Row, event: &Hackathon, consortium: &Consortium) -> Result<Self> {
        let named = consortium.named(row.holder());
        let holder = named.ok_or_else(|| Error::internal("a responsibility is held by nobody in the consortium"))?;
        let store::responsibility::Row { id, topic_id, topic, role, position, created_at, .. } = row;
        Ok(Responsibility { id, topic, holder, role, position, created_at, draft: tag::draft_start(event), topic_id })
    }
}

/// Rows of the store with their names.
pub fn with_names(
    tx: &mut Tx,
    event: &Hackathon,
    rows: Vec<store::responsibility::Row>,
) -> Result<Vec<Responsibility>> {
    let consortium = store::consortium::load(tx, event.id)?;
    rows.into_iter().map(|row| Responsibility::of(row, event, &consortium)).collect()
}

impl Item<Hackathon> for Responsibility {
    const PARAM: &'static str = "responsibility";
    const GUARDED: bool = true;

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        let Key::Id(id) = key else { return Ok(None) };
        let Some(row) = store::responsibility::by_id(tx, parent.id, Id::from_uuid(*id))? else { return Ok(None) };
        let consortium = store::consortium::load(tx, parent.id)?;
        Responsibility::of(row, parent, &consortium).map(Some)
    }

    /// A cell has no version of its own: others move it up and down, and rename what it names. So its tag is made of all
    /// that is shown of it.
    fn tag(&self) -> Option<String> {
        let shown = serde_json::to_string(self).unwrap_or_default();
        let digest = secret::digest(&shown);
        Some(format!("{}-{}", self.id, digest.get(..16).unwrap_or_default()))
    }

    fn is_part_of(&self, tag: &str) -> bool {
        tag.starts_with(&self.draft)
    }
}

/// Adds a cell to the draft. A topic has one accountable, and a holder has a role in a topic once.
pub fn add(tx: &mut Tx, event: &Hackathon, new: &NewCell) -> Result<Responsibility> {
    touch(tx, event.id)?;
    let cells = store::responsibility::of_topic(tx, new.topic, new.role)?;
    let consortium = store::consortium::load(tx, event.id)?;
    refuse_second(&cells, new, &consortium)?;
    let end = cells.last().map_or(1, |(_, last)| last.saturating_add(1));
    let position = place(new.position, end)?;
    store::responsibility::make_room(tx, new.topic, new.role, position)?;
    let id = store::responsibility::insert(tx, event.id, new, position)?;
    let row = store::responsibility::by_id(tx, event.id, id)?;
    let row = row.ok_or_else(|| Error::internal("a responsibility just made is not there"))?;
    Responsibility::of(row, event, &consortium)
}

/// Takes a cell out of the draft, as it was when the right to it was proved.
pub fn remove(tx: &mut Tx, event: &Hackathon, cell: &Responsibility) -> Result<()> {
    crate::hackathon::touch(tx, event.id)?;
    // On PostgreSQL another change may have come between the proof and this.
    store::responsibility::touch_draft_as_seen(tx, event)?;
    store::responsibility::delete(tx, cell.id)?;
    store::responsibility::close_gap(tx, cell.topic_id, cell.role, cell.position)
}

fn place(wanted: Option<i32>, end: i32) -> Result<i32> {
    let position = wanted.unwrap_or(end);
    if position < 1 {
        let detail = say!("Places count from 1.", "순서는 1부터 셉니다.");
        return Err(Error::invalid("/position", "position.range", detail));
    }
    Ok(position.min(end))
}

fn refuse_second(cells: &[(Holder, i32)], new: &NewCell, consortium: &Consortium) -> Result<()> {
    if cells.iter().any(|(holder, _)| *holder == new.holder) {
        let sentence = say!(
            "This holder has this role in this topic already.",
            "이 주제에서 이미 그 역할을 맡고 있는 담당입니다."
        );
        return Err(Error::Conflict(sentence));
    }
    let (Role::Accountable, Some((other, _))) = (new.role, cells.first()) else { return Ok(()) };
    let named = consortium.named(*other);
    let (en, ko) = named.as_ref().map_or(("?", "?"), |named| both(&named.name));
    let sentence = say!(
        "A topic has one accountable, and this one has: {en}. Remove that first.",
        "주제마다 총괄 책임은 하나입니다. 이미 정해진 총괄 책임: {ko}. 먼저 지우세요."
    );
    Err(Error::Blocked(sentence, Box::new(json!({"accountable": named}))))
}

//! What a body or a query names within a hackathon. A thing of another hackathon is refused in the same words as one that
//! never was.

use super::{Member, Organization, Unit, store};
use crate::base::{Error, Id, Key, Result, Sentence, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// The organization of the consortium with this slug or id; `pointer` is where it stood.
pub fn organization(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str, pointer: &str) -> Result<Organization> {
    let found = Key::parse(key).map(|key| store::organization::find(tx, hackathon, &key)).transpose()?.flatten();
    found.ok_or_else(|| Error::invalid(pointer, "organization.unknown", no_organization()))
}

/// What is said of an organization that is not in the consortium.
pub fn no_organization() -> Sentence {
    say!(
        "There is no such organization in the consortium. Add it first.",
        "컨소시엄에 없는 기관입니다. 먼저 추가하세요."
    )
}

/// The unit with this slug or id.
pub fn unit(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str, pointer: &str) -> Result<Unit> {
    let found = Key::parse(key).map(|key| store::unit::find(tx, hackathon, &key)).transpose()?.flatten();
    found.ok_or_else(|| {
        Error::invalid(
            pointer,
            "unit.unknown",
            say!("There is no such unit in this hackathon.", "이 해커톤에 없는 부서입니다."),
        )
    })
}

/// The member with this id.
pub fn member(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Member>, pointer: &str) -> Result<Member> {
    store::member::by_id(tx, hackathon, id)?.ok_or_else(|| {
        Error::invalid(
            pointer,
            "member.unknown",
            say!("There is no such member in this hackathon.", "이 해커톤에 없는 구성원입니다."),
        )
    })
}

/// The member who leads something, if anybody does.
pub fn lead(tx: &mut Tx, hackathon: Id<Hackathon>, id: Option<Id<Member>>) -> Result<Option<Id<Member>>> {
    let found = id.map(|id| member(tx, hackathon, id, "/lead")).transpose()?;
    Ok(found.map(|member| member.id))
}

//! `/v1/hackathons/{hackathon}/responsibilities`: the draft of the matrix, cell by cell.

use actix_web::HttpRequest;
use serde::Deserialize;

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Error, Id, Page, Result, say};
use crate::consortium::HolderSaid;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::matrix::responsibility::{self, HolderKind, NewCell, Wanted};
use crate::matrix::{Responsibility, Role, store, tag};
use crate::topic;

const LIST: &str = "responsibilities";

/// Which cells are wanted.
#[derive(Deserialize)]
pub struct Filter {
    topic: Option<String>,
    role: Option<String>,
    holder: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

impl Filter {
    fn read(&self, tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Wanted> {
        let topic = self.topic.as_deref().map(|key| topic::named(tx, hackathon, key, "/topic")).transpose()?;
        let role =
            self.role.as_deref().map(|word| Role::from_word(word).ok_or_else(|| unknown("/role"))).transpose()?;
        let kind = self.holder.as_deref().map(|word| HolderKind::from_word(word).ok_or_else(|| unknown("/holder")));
        Ok(Wanted { topic: topic.map(|topic| topic.id), role, kind: kind.transpose()? })
    }
}

fn unknown(pointer: &str) -> Error {
    let words = match pointer {
        "/role" => Role::ALL.iter().map(|role| role.word()).collect::<Vec<_>>(),
        _ => HolderKind::ALL.iter().map(|kind| kind.word()).collect(),
    };
    let words = words.join(", ");
    Error::invalid(pointer, "value.unknown", say!("Write one of {words}.", "다음 가운데 하나를 적으세요: {words}"))
}

/// `GET /v1/hackathons/{hackathon}/responsibilities`, with the `ETag` of the whole draft.
pub async fn list(req: HttpRequest, may: May<SeeDraft, Hackathon>, Query(filter): Query<Filter>) -> Answered {
    let page = filter.paging.of(LIST)?;
    let (rows, tag) = may
        .read(move |tx, right| {
            let here = right.on();
            let wanted = filter.read(tx, here.id)?;
            let rows = store::responsibility::list(tx, here.id, &wanted, &page)?;
            Ok((responsibility::with_names(tx, here, rows)?, tag::draft(here)))
        })
        .await?;
    Ok(answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()))?.tagged(Some(tag)))
}

/// A new cell.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewResponsibility {
    topic: String,
    holder: HolderSaid,
    role: Role,
    position: Option<i32>,
}

/// `POST /v1/hackathons/{hackathon}/responsibilities`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewResponsibility>) -> Answered {
    may.post(sent, |tx, right, new| {
        let here = right.on();
        let topic = topic::named(tx, here.id, &new.topic, "/topic")?.id;
        let holder = new.holder.find(tx, here.id, "/holder")?;
        let cell = NewCell { topic, role: new.role, holder, position: new.position };
        let made = responsibility::add(tx, here, &cell)?;
        let place = format!("/v1/hackathons/{}/responsibilities/{}", here.slug, made.id);
        Ok(Answer::created(place, &made)?.tagged(made.tag()))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/responsibilities/{responsibility}`
pub async fn show(may: May<SeeDraft, Within<Hackathon, Responsibility>>) -> Answered {
    may.read(|_, right| {
        let cell = &right.on().item;
        Ok(Answer::ok(cell)?.tagged(cell.tag()))
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/responsibilities/{responsibility}`
pub async fn delete(may: May<Change, Within<Hackathon, Responsibility>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        responsibility::remove(tx, parent, item)?;
        Ok(Answer::done())
    })
    .await
}

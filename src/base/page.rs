//! Lists come in pages that a cursor goes on from, so that a page costs the same at the end as at the start.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::error::{Error, Result};
use super::lang::say;

/// The most entries in a page.
pub const MOST: i64 = 100;
/// The entries in a page when the caller does not say.
pub const USUAL: i64 = 25;
/// How many entries are read at a time where all of them are wanted.
const BATCH: i64 = 500;

/// Which page of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// How many entries, 1 to [`MOST`].
    pub limit: i64,
    /// Only entries after this one, in the order of ids.
    pub after: Option<Uuid>,
}

impl PageRequest {
    /// Reads `limit` and `cursor`; a limit outside 1..=100 and a cursor that this list never gave are faults.
    pub fn parse(list: &str, limit: Option<i64>, cursor: Option<&str>) -> Result<PageRequest> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Error::invalid(
                "/limit",
                "limit.range",
                say!("Give a limit from 1 to {MOST}.", "limit 값은 1부터 {MOST} 사이여야 합니다."),
            ));
        }
        let after = cursor.map(|cursor| open(list, cursor)).transpose()?;
        Ok(PageRequest { limit, after })
    }

    /// How many rows to fetch: one more than the page holds, which tells whether there is a next page.
    pub fn fetch(&self) -> i64 {
        self.limit.saturating_add(1)
    }
}

/// One page of a list, and the cursor of the next.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Give this as `cursor` to go on; `null` at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Makes the page from up to [`PageRequest::fetch`] rows.
    pub fn of(list: &str, request: &PageRequest, mut rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> Self {
        let limit = usize::try_from(request.limit).unwrap_or_default();
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|last| seal(list, id(last)));
        Page { items: rows, next }
    }

    /// The same page with each entry turned into something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

/// Every entry of a list that comes in pages, read in batches.
pub fn every<T>(mut list: impl FnMut(&PageRequest) -> Result<Vec<T>>, id: impl Fn(&T) -> Uuid) -> Result<Vec<T>> {
    let mut all: Vec<T> = Vec::new();
    let mut page = PageRequest { limit: BATCH, after: None };
    loop {
        let batch = list(&page)?;
        let more = i64::try_from(batch.len()).is_ok_and(|rows| rows > BATCH);
        // One more than the page holds is read, which is the first of the next.
        all.extend(batch.into_iter().take(usize::try_from(BATCH).unwrap_or_default()));
        page.after = all.last().map(&id);
        if !more {
            return Ok(all);
        }
    }
}

/// A cursor is a position and four bytes that tie it to its list. It is no secret: a list shows only what its caller may see.
fn seal(list: &str, id: Uuid) -> String {
    let mut bytes = id.as_bytes().to_vec();
    bytes.extend(check(list, id));
    URL_SAFE_NO_PAD.encode(bytes)
}

fn open(list: &str, cursor: &str) -> Result<Uuid> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).unwrap_or_default();
    let id = bytes.get(..16).and_then(|id| Uuid::from_slice(id).ok());
    id.filter(|id| bytes.get(16..).is_some_and(|rest| rest == check(list, *id))).ok_or_else(|| {
        Error::invalid(
            "/cursor",
            "cursor.unknown",
            say!(
                "This cursor does not belong to this list. Take it from the \"next\" of the page before.",
                "이 목록의 커서가 아닙니다. 앞 페이지의 \"next\" 값을 그대로 넣으세요."
            ),
        )
    })
}

fn check(list: &str, id: Uuid) -> [u8; 4] {
    let digest = Sha256::new().chain_update(list).chain_update(id.as_bytes()).finalize();
    let mut short = [0; 4];
    short.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_only_the_list_it_came_from() {
        let id = Uuid::from_u128(7);
        let cursor = seal("units", id);
        assert_eq!(open("units", &cursor).ok(), Some(id));
        assert!(open("teams", &cursor).is_err());
        assert!(open("units", "AAAA").is_err());
    }

    #[test]
    fn every_entry_is_read_once() {
        for entries in [0, 1, 500, 501, 1_000, 1_203] {
            let all: Vec<Uuid> = (1..=entries).map(Uuid::from_u128).collect();
            let list = |page: &PageRequest| {
                let rest = all.iter().filter(|id| page.after.is_none_or(|after| **id > after));
                Ok(rest.take(usize::try_from(page.fetch()).unwrap_or_default()).copied().collect())
            };
            assert_eq!(every(list, |id| *id).unwrap_or_default(), all);
        }
    }

    #[test]
    fn the_last_page_has_no_next() {
        let request = PageRequest { limit: 2, after: None };
        let ids = |n: u128| (1..=n).map(Uuid::from_u128).collect::<Vec<_>>();
        assert!(Page::of("x", &request, ids(2), |id| *id).next.is_none());
        let page = Page::of("x", &request, ids(3), |id| *id);
        assert_eq!(page.items.len(), 2);
        assert_eq!(page.next, Some(seal("x", Uuid::from_u128(2))));
    }
}

//! The faults of a file, gathered while it is read.

use std::borrow::Cow;

use crate::base::{Fault, say};

/// The most faults that are listed. Whoever made more of them has made one again and again.
pub const MOST: usize = 1_000;
/// The most characters of the file that a sentence repeats.
const SHOWN: usize = 60;

/// What was found so far.
#[derive(Default)]
pub struct Faults {
    list: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// One more.
    pub fn push(&mut self, fault: Fault) {
        if self.list.len() < MOST {
            self.list.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them, from the top of the file to its end.
    pub fn into_sorted(mut self) -> Vec<Fault> {
        self.list.sort_by(|a, b| (a.place, &a.pointer).cmp(&(b.place, &b.pointer)));
        if self.more > 0 {
            let more = self.more;
            self.list.push(Fault::new(
                "",
                "faults.more",
                say!(
                    "{more} more faults are not listed. Mend these first.",
                    "여기 나오지 않은 오류가 {more}개 더 있습니다. 먼저 위의 오류부터 고치세요."
                ),
            ));
        }
        self.list
    }
}

/// Text of the file as a sentence repeats it: one line, not too long.
pub fn shown(text: &str) -> Cow<'_, str> {
    let long = text.chars().nth(SHOWN).is_some();
    if !long && !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let start = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c });
    Cow::Owned(start.chain(long.then_some('…')).collect())
}

/// A key as a part of a JSON Pointer (RFC 6901, 4).
pub fn token(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) { Cow::Owned(key.replace('~', "~0").replace('/', "~1")) } else { Cow::Borrowed(key) }
}

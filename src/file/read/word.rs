//! Reads fields that take one of a few words.

use super::super::document::{Ambition, ChannelKind, Function, Role, Tell, Trigger};
use super::super::faults::shown;
use super::{Reader, Spot, scalar};
use crate::base::{Lang, say};

/// What an organization does.
pub fn function(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Function> {
    one_of(r, at, Function::ALL, Function::word)
}

/// What somebody does.
pub fn role(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Role> {
    one_of(r, at, Role::ALL, Role::word)
}

/// What a channel is.
pub fn channel_kind(r: &mut Reader<'_>, at: Spot<'_>) -> Option<ChannelKind> {
    one_of(r, at, ChannelKind::ALL, ChannelKind::word)
}

/// How far an idea should go.
pub fn ambition(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Ambition> {
    one_of(r, at, Ambition::ALL, Ambition::word)
}

/// What has not happened.
pub fn trigger(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Trigger> {
    one_of(r, at, Trigger::ALL, Trigger::word)
}

/// Whom a step tells.
pub fn tell(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Tell> {
    one_of(r, at, Tell::ALL, Tell::word)
}

/// A language of the interface.
pub fn language(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Lang> {
    one_of(r, at, &[Lang::En, Lang::Ko], Lang::code)
}

fn one_of<T: Copy>(r: &mut Reader<'_>, at: Spot<'_>, all: &[T], word: fn(T) -> &'static str) -> Option<T> {
    let text = scalar::string(r, &at)?;
    let found = all.iter().copied().find(|one| word(*one) == text);
    if found.is_none() {
        let near = r.nearest(text, all.iter().map(|one| word(*one)));
        let (text, words) = (shown(text), all.iter().map(|one| word(*one)).collect::<Vec<_>>().join(", "));
        let detail = match near {
            Some(near) => say!(
                "\"{text}\" is not a word for this. Did you mean \"{near}\"?",
                "여기에 쓸 수 없는 값입니다: \"{text}\". 혹시 이것인가요: \"{near}\""
            ),
            None => say!(
                "\"{text}\" is not a word for this. Write one of: {words}.",
                "여기에 쓸 수 없는 값입니다: \"{text}\". 다음 중 하나를 적으세요: {words}"
            ),
        };
        r.fault(&at, "word.unknown", detail);
    }
    found
}

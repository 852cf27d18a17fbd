//! The sparse features of a text: words, pairs of words, and runs of signs inside words.

use super::hash::Hash;
use super::units::{Script, Units};

/// Families are brought to length 1 apart from each other, so that many char grams do not drown few words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Family {
    /// Words and pairs of neighbours, with the text's ends.
    Words,
    /// Pairs of words with one or two others between them.
    Apart,
    /// Runs of 2-5 Latin or 1-3 Hangul signs of `<word>`.
    Grams,
}

/// One occurrence of a feature.
#[derive(Clone, Copy)]
pub(super) struct Feature {
    /// Which family it belongs to.
    pub(super) family: Family,
    /// Its hashed name.
    pub(super) key: u64,
    /// True where the Korean background counts apply.
    pub(super) korean: bool,
}

/// Calls `found` for every occurrence of a feature, in the order of the text.
pub(super) fn visit(units: &Units, mut found: impl FnMut(Feature)) {
    let mut previous = ("^", Script::Sign);
    let mut earlier: [Option<(&str, Script)>; 2] = [None; 2];
    for (script, word) in units.words() {
        let korean = script == Script::Hangul;
        found(Feature { family: Family::Words, key: word_key(word), korean });
        found(pair(previous, (word, script)));
        grams(word, korean, &mut found);
        for earlier in earlier.into_iter().flatten() {
            found(apart(earlier, (word, script)));
        }
        earlier = [Some(previous).filter(|(_, script)| *script != Script::Sign), earlier[0]];
        previous = (word, script);
    }
    if previous.1 != Script::Sign {
        found(pair(previous, ("$", Script::Sign)));
    }
}

/// The hashed name of a word, as `visit` gives it.
pub(super) fn word_key(word: &str) -> u64 {
    Hash::of(b"w:").then(word.as_bytes()).key()
}

fn pair((left, left_script): (&str, Script), (right, right_script): (&str, Script)) -> Feature {
    let key = Hash::of(b"b:").then(left.as_bytes()).then(b"_").then(right.as_bytes()).key();
    Feature { family: Family::Words, key, korean: left_script == Script::Hangul || right_script == Script::Hangul }
}

fn apart(left: (&str, Script), right: (&str, Script)) -> Feature {
    let key = Hash::of(b"s:").then(left.0.as_bytes()).then(b"_").then(right.0.as_bytes()).key();
    Feature { family: Family::Apart, key, korean: left.1 == Script::Hangul || right.1 == Script::Hangul }
}

fn grams(word: &str, korean: bool, found: &mut impl FnMut(Feature)) {
    let lengths = if korean { 1..=3 } else { 2..=5 };
    let start = Hash::of(b"c:");
    let inner = word.char_indices().map(|(at, sign)| (at, sign.len_utf8()));
    gram_run(start.then(b"<"), word, 1, &lengths, korean, found);
    for (at, _) in inner {
        gram_run(start, word.get(at..).unwrap_or(""), 0, &lengths, korean, found);
    }
}

/// The grams that begin where `rest` begins; `taken` signs are in the hash already.
fn gram_run(
    mut hash: Hash,
    rest: &str,
    taken: usize,
    lengths: &std::ops::RangeInclusive<usize>,
    korean: bool,
    found: &mut impl FnMut(Feature),
) {
    let mut length = taken;
    for sign in rest.chars().chain(std::iter::once('>')) {
        hash = hash.then(sign.encode_utf8(&mut [0; 4]).as_bytes());
        length += 1;
        if length > *lengths.end() {
            return;
        }
        if length >= *lengths.start() {
            found(Feature { family: Family::Grams, key: hash.key(), korean });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Family, visit, word_key};
    use crate::router::hash::Hash;
    use crate::router::units::Units;

    fn keys(text: &str, family: Family) -> Vec<u64> {
        let mut keys = Vec::new();
        visit(&Units::of(text), |feature| {
            if feature.family == family {
                keys.push(feature.key)
            }
        });
        keys
    }

    #[test]
    fn words_come_with_their_neighbours() {
        let pair = |pair: &str| Hash::of(b"b:").then(pair.as_bytes()).key();
        let expected = [word_key("push"), pair("^_push"), word_key("denied"), pair("push_denied"), pair("denied_$")];
        assert_eq!(keys("Push denied!", Family::Words), expected);
    }

    #[test]
    fn words_apart_are_paired_over_one_or_two_others() {
        let apart = |pair: &str| Hash::of(b"s:").then(pair.as_bytes()).key();
        assert_eq!(keys("a b c d", Family::Apart), ["a_c", "b_d", "a_d"].map(apart));
    }

    #[test]
    fn grams_follow_the_script() {
        let gram = |gram: &str| Hash::of(b"c:").then(gram.as_bytes()).key();
        let expected = ["<설", "<설치", "설", "설치", "설치>", "치", "치>"].map(gram);
        assert_eq!(keys("설치", Family::Grams), expected);
        let expected = ["<a", "<ab", "<ab>", "ab", "ab>", "b>"].map(gram);
        assert_eq!(keys("ab", Family::Grams), expected);
    }
}

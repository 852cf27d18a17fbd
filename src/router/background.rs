//! In how many ordinary questions a feature occurs, so that "please" weighs little from the first example on.
#![expect(clippy::as_conversions, reason = "Counts become f32; below 2^24 that is exact.")]

use super::hash::Hash;
use super::index::Index;

static ENGLISH: Index = Index::new(include_bytes!("../../assets/router/background.en.idx"));
static KOREAN: Index = Index::new(include_bytes!("../../assets/router/background.ko.idx"));

/// Takes the edge off rare words, which few examples cannot judge; chosen on the train splits (docs/router.md).
const SOFTER: f32 = 0.7;

/// The inverse document frequency of the feature `key`, which occurs in `own` of the hackathon's `texts` texts:
/// the logarithm of all texts over those that have it, background and own together, softened.
pub(super) fn idf(key: u64, korean: bool, own: u32, texts: u32) -> f32 {
    let counts = if korean { KOREAN } else { ENGLISH };
    let all = counts.get(Hash::of(b"#").key()).unwrap_or(0) + texts;
    let with = counts.get(key).unwrap_or(0) + own;
    ((1 + all) as f32 / (1 + with) as f32).ln().max(0.1).powf(SOFTER)
}

#[cfg(test)]
mod tests {
    use super::idf;
    use crate::router::hash::Hash;

    #[test]
    fn rare_words_weigh_more() {
        let weigh = |word: &[u8], korean| idf(Hash::of(b"w:").then(word).key(), korean, 1, 100);
        assert!(weigh(b"ontology", false) > 1.5 * weigh(b"what", false));
        assert!(weigh("온톨로지".as_bytes(), true) > weigh("오늘".as_bytes(), true));
    }
}

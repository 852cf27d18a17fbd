//! How like two questions are, by the words they share. A Korean word counts as its pairs of syllables, so that endings
//! and particles matter little; a word that few questions use matters more than one that all use.

use std::collections::{HashMap, HashSet};

use super::search::{is_korean, stem};
use crate::base::text::fold;

/// What is compared of a text.
pub fn pieces(text: &str) -> HashSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| of_word(stem(word))).collect()
}

fn of_word(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    match letters.as_slice() {
        [one] if !is_korean(*one) => Vec::new(),
        letters if letters.len() > 2 && letters.iter().all(|c| is_korean(*c)) => {
            letters.windows(2).map(|pair| pair.iter().collect()).collect()
        }
        _ => vec![plain_form(word)],
    }
}

/// Plurals and the commonest endings of English words are the same word.
fn plain_form(word: &str) -> String {
    let short = |bare: &str| bare.chars().count() >= 3;
    let bare = ["ing", "ed", "s"].iter().find_map(|end| word.strip_suffix(end).filter(|bare| short(bare)));
    bare.unwrap_or(word).to_owned()
}

/// For each text how like the words it is, 0 to 1: the weight of what both have, of the weight of what either has in
/// the words and half of it in the text, since a question says more than who types it.
pub fn similarity(words: &str, texts: &[String]) -> Vec<f32> {
    let wanted = pieces(words);
    let each: Vec<HashSet<String>> = texts.iter().map(|text| pieces(text)).collect();
    let mut uses: HashMap<&str, u16> = HashMap::new();
    for piece in each.iter().flatten() {
        let count = uses.entry(piece).or_default();
        *count = count.saturating_add(1);
    }
    let total = f32::from(u16::try_from(texts.len()).unwrap_or(u16::MAX));
    let weight = |piece: &String| {
        let used = f32::from(uses.get(piece.as_str()).copied().unwrap_or_default());
        (1.0 + (total + 1.0) / (used + 0.5)).ln()
    };
    let sum = |pieces: &mut dyn Iterator<Item = &String>| pieces.map(weight).sum::<f32>();
    let of_wanted = sum(&mut wanted.iter());
    let like = |text: &HashSet<String>| {
        let shared = sum(&mut text.intersection(&wanted));
        let of_text = sum(&mut text.iter());
        let either = of_wanted + 0.5 * (of_text - shared).max(0.0).min(of_wanted);
        if either > 0.0 { shared / either } else { 0.0 }
    };
    each.iter().map(like).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_the_same_question() {
        let texts = ["How do I install scikit-learn?", "Where is the venue?", "scikit-learn을 어떻게 설치하나요?"];
        let texts = texts.map(str::to_owned);
        let like = similarity("installing scikit-learn", &texts);
        assert!(like.first() > like.get(1), "{like:?}");
        assert!(like.first().is_some_and(|like| *like > 0.5), "{like:?}");
        let korean = similarity("scikit-learn 설치", &texts);
        assert!(korean.get(2) > korean.get(1), "{korean:?}");
    }

    #[test]
    fn nothing_is_like_no_words() {
        assert_eq!(similarity("", &["a question".to_owned()]), [0.0]);
    }
}

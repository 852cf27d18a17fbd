//! Finding questions by words. What is compared is folded, so that both databases find the same; a Korean word is found
//! with its particle and without.

use crate::base::text::fold;

/// The most words of a search that are looked for.
const WORDS_MOST: usize = 10;

/// Particles that stand at the end of a Korean word, the longest first.
const PARTICLES: &str = "에서는 에게서 으로는 이라고 에서 에게 한테 으로 부터 까지 처럼 보다 이나 이란 라고 라는 이랑 \
                         은 는 이 가 을 를 에 로 와 과 의 도 만 랑";

/// The words of a search, as they must stand in a text: folded, and without their particles.
pub fn terms(words: &str) -> Vec<String> {
    let folded = fold(words);
    let words = folded.split(|c: char| c.is_whitespace() || (c.is_ascii_punctuation() && !"+#._-".contains(c)));
    words.filter(|word| !word.is_empty()).take(WORDS_MOST).map(|word| stem(word).to_owned()).collect()
}

/// A Korean word without its particle, where at least two syllables are left; any other word as it is.
pub fn stem(word: &str) -> &str {
    let mut particles = PARTICLES.split(' ');
    let bare = particles.find_map(|particle| word.strip_suffix(particle).filter(|bare| is_word(bare)));
    bare.unwrap_or(word)
}

/// A particle may stand after a word of Latin letters too: `pandas를`.
fn is_word(bare: &str) -> bool {
    let long_enough = bare.chars().count() >= 2;
    long_enough && bare.chars().last().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_particle_does_not_hide_a_word() {
        assert_eq!(stem("파이프라인을"), "파이프라인");
        assert_eq!(stem("서버에서는"), "서버");
        assert_eq!(stem("pandas를"), "pandas");
        assert_eq!(stem("설치"), "설치");
        assert_eq!(stem("도로"), "도로");
        assert_eq!(stem("회의"), "회의");
    }

    #[test]
    fn every_word_is_looked_for() {
        assert_eq!(terms("  ETL, 파이프라인이 "), ["etl", "파이프라인"]);
        assert!(terms(" ,;!").is_empty());
    }
}

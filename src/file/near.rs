//! The word that somebody most likely meant.

/// The longest word, in characters, that is compared: no slug, field or word of ours is longer.
const LONGEST: usize = 64;
/// The most words that are looked at, so that a hostile file cannot buy time with a long list.
const MOST: usize = 1_000;

/// The candidate that is nearest to the word, if one is near enough to be a slip of the fingers: a third of the word.
pub fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let word: Vec<char> = word.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if word.len() > LONGEST {
        return None;
    }
    let most = (word.len() / 3).clamp(1, 4);
    let near = candidates.take(MOST).filter(|candidate| candidate.len() <= LONGEST);
    let near = near.filter_map(|candidate| Some((distance(&word, candidate, most)?, candidate)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Levenshtein's distance; `None` as soon as it is certain to be more than `most`.
fn distance(word: &[char], other: &str, most: usize) -> Option<usize> {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (line, letter) in other.chars().flat_map(char::to_lowercase).enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = line + 1;
        next.push(left);
        for ((same, above), here) in row.iter().zip(row.iter().skip(1)).zip(word) {
            let replaced = same + usize::from(*here != letter);
            left = replaced.min(above + 1).min(left + 1);
            next.push(left);
        }
        if next.iter().all(|cell| *cell > most) {
            return None;
        }
        row = next;
    }
    row.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_understood() {
        let topics = ["etl-pipelines", "package-install", "judging"];
        let near = |word| nearest(word, topics.into_iter());
        assert_eq!(near("etl-pipeline"), Some("etl-pipelines"));
        assert_eq!(near("Package-instal"), Some("package-install"));
        assert_eq!(near("jugding"), Some("judging"));
        assert_eq!(near("weather"), None);
        assert_eq!(near(""), None);
        assert_eq!(near(&"x".repeat(100)), None);
    }
}

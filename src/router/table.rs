//! The static bilingual table: every word piece (English) and syllable gram (Korean) as 192 numbers in one space.
//! Format, origin and licences: `LICENSES/router-table.md`.
#![expect(
    clippy::as_conversions,
    reason = "int8 and counts become f32 in the inner loop, where `From` does not exist or is not exact."
)]

use super::hash::Hash;
use super::index::Index;
use super::units::{Script, Units};

/// Numbers a vector.
pub(super) const DIMENSIONS: usize = 192;
/// One dense vector.
pub(super) type Dense = [f32; DIMENSIONS];
type Row = [u8; DIMENSIONS];

const UNKNOWN_PIECE: u32 = 100;
const KOREAN_LENGTH: f32 = 1.0;
const LATIN_LENGTH: f32 = 2.0;

/// One language's rows: where a key's row is, the rows, and the scale of each.
#[derive(Clone, Copy)]
struct Rows {
    index: Index,
    rows: &'static [Row],
    scales: &'static [[u8; 4]],
}

const fn rows(index: &'static [u8], rows: &'static [u8], scales: &'static [u8]) -> Rows {
    Rows { index: Index::new(index), rows: rows.as_chunks::<DIMENSIONS>().0, scales: scales.as_chunks::<4>().0 }
}

static ENGLISH: Rows = rows(
    include_bytes!("../../assets/router/vocab.idx"),
    include_bytes!("../../assets/router/en.i8"),
    include_bytes!("../../assets/router/en.scales"),
);
#[cfg(feature = "korean-table")]
static KOREAN: Rows = rows(
    include_bytes!("../../assets/router/grams.idx"),
    include_bytes!("../../assets/router/ko.i8"),
    include_bytes!("../../assets/router/ko.sc"),
);
#[cfg(not(feature = "korean-table"))]
static KOREAN: Rows = rows(&[], &[], &[]);
static COMMON: &[[u8; 4]] = include_bytes!("../../assets/router/pc.f32").as_chunks::<4>().0;

/// True where the Korean half of the table is part of this binary (cargo feature `korean-table`).
#[must_use]
pub const fn has_korean_table() -> bool {
    cfg!(feature = "korean-table")
}

/// The dense vector of a text: the sum of its words' vectors without the common direction, of length 2, or 1 for Korean;
/// all zeros where no word is known.
pub(super) fn dense(units: &Units) -> Dense {
    let mut sum = [0.0; DIMENSIONS];
    for (script, word) in units.iter() {
        match script {
            Script::Hangul => add_korean(word, &mut sum),
            _ => word.split('\'').filter(|part| !part.is_empty()).for_each(|part| add_pieces(part, &mut sum)),
        }
    }
    to_length(&mut sum, 1.0);
    remove_common(&mut sum);
    to_length(&mut sum, if units.is_korean() { KOREAN_LENGTH } else { LATIN_LENGTH });
    sum
}

/// Greedy longest pieces first; a word with a part that no piece covers is unknown as a whole.
fn add_pieces(word: &str, sum: &mut Dense) {
    let mut found = [0u32; 32];
    let (mut count, mut rest, mut start) = (0, word.as_bytes(), Hash::of(b""));
    while !rest.is_empty() {
        let Some((row, length)) = longest_piece(start, rest) else {
            return add_row(ENGLISH, UNKNOWN_PIECE, 1.0, sum);
        };
        if let Some(slot) = found.get_mut(count) {
            *slot = row;
            count += 1;
        }
        rest = rest.get(length..).unwrap_or(&[]);
        start = Hash::of(b"##");
    }
    for row in found.iter().take(count) {
        add_row(ENGLISH, *row, 1.0, sum);
    }
}

fn longest_piece(start: Hash, bytes: &[u8]) -> Option<(u32, usize)> {
    let (mut hash, mut best) = (start, None);
    for (at, byte) in bytes.iter().take(24).enumerate() {
        hash = hash.then(&[*byte]);
        if let Some(row) = ENGLISH.index.get(hash.key()) {
            best = Some((row, at + 1));
        }
    }
    best
}

/// The mean of the known grams of `<word>`: the whole word and its runs of 1 to 4 signs.
fn add_korean(word: &str, sum: &mut Dense) {
    let mut known = Vec::with_capacity(32);
    let open = || std::iter::once('<').chain(word.chars()).chain(std::iter::once('>'));
    let signs = open().count();
    for from in 0..signs {
        let mut hash = Hash::of(b"");
        for (at, sign) in open().skip(from).enumerate() {
            hash = hash.then(sign.encode_utf8(&mut [0; 4]).as_bytes());
            let whole = from == 0 && at + 1 == signs;
            if at < 4 || whole {
                known.extend(KOREAN.index.get(hash.key()));
            } else if from > 0 {
                break;
            }
        }
    }
    for row in &known {
        add_row(KOREAN, *row, 1.0 / known.len() as f32, sum);
    }
}

fn add_row(rows: Rows, row: u32, weight: f32, sum: &mut Dense) {
    let row = row as usize;
    let (Some(numbers), Some(scale)) = (rows.rows.get(row), rows.scales.get(row)) else {
        return;
    };
    let weight = weight * f32::from_le_bytes(*scale);
    for (total, number) in sum.iter_mut().zip(numbers) {
        *total += weight * f32::from(number.cast_signed());
    }
}

fn remove_common(sum: &mut Dense) {
    let common = || COMMON.iter().map(|number| f32::from_le_bytes(*number));
    let along: f32 = sum.iter().zip(common()).map(|(a, b)| a * b).sum();
    for (total, number) in sum.iter_mut().zip(common()) {
        *total -= along * number;
    }
}

fn to_length(vector: &mut Dense, length: f32) {
    let square: f32 = vector.iter().map(|number| number * number).sum();
    let factor = if square > 0.0 { length / square.sqrt() } else { 0.0 };
    for number in vector {
        *number *= factor;
    }
}

#[cfg(test)]
mod tests {
    use super::{Dense, dense};
    use crate::router::units::Units;

    fn cosine(a: &str, b: &str) -> f32 {
        let (a, b): (Dense, Dense) = (dense(&Units::of(a)), dense(&Units::of(b)));
        let dot = |x: &Dense, y: &Dense| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
        dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
    }

    #[test]
    fn near_words_lie_near() {
        assert!(cosine("how do i install a library", "package installation") > 0.5);
        assert!(cosine("how do i install a library", "when is lunch served") < 0.3);
    }

    #[test]
    #[cfg(feature = "korean-table")]
    fn both_languages_share_one_space() {
        assert!(cosine("비밀번호를 잊었어요", "forgot my password") > cosine("비밀번호를 잊었어요", "lunch schedule"));
    }

    #[test]
    fn nothing_known_is_nothing() {
        assert!(dense(&Units::of("")).iter().all(|number| *number == 0.0));
    }
}

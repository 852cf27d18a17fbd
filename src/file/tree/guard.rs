//! Keeps the parser's memory small.
//!
//! The parser holds back everything in brackets that stands where a key may stand, until the bracket closes and shows
//! that it was none. A file can be made of one such bracket. So the whole file in braces, which is what JSON is, is begun
//! with a document mark, behind which no key can stand; and of any other bracket only so much is read.

use std::borrow::Cow;
use std::cell::Cell;
use std::str::Chars;

/// The most marks in one piece: what makes at most some 20 MiB of tokens.
pub const MOST: usize = 50_000;
/// The characters that begin a token within brackets.
const MARKS: &[char] = &[',', ':', '[', ']', '{', '}', '?', '&', '!', '*', '"', '\''];
/// The document mark that is put before a file in braces.
const MARK: &str = "--- ";

/// How many marks the parser has read since it last said something.
#[derive(Default)]
pub struct Piece(Cell<usize>);

impl Piece {
    /// Whether one piece has been too large.
    pub fn is_too_large(&self) -> bool {
        self.0.get() > MOST
    }

    /// The parser has said something, so the next piece begins.
    pub fn ends(&self) {
        if !self.is_too_large() {
            self.0.set(0);
        }
    }
}

/// The characters of a text, up to where one piece is too large.
pub struct Guarded<'t> {
    text: Chars<'t>,
    piece: &'t Piece,
}

impl<'t> Guarded<'t> {
    /// All of the text, unless a piece is too large.
    pub fn new(text: &'t str, piece: &'t Piece) -> Self {
        Guarded { text: text.chars(), piece }
    }
}

impl Iterator for Guarded<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let next = self.text.next()?;
        if MARKS.contains(&next) {
            let Piece(count) = self.piece;
            count.set(count.get().saturating_add(1));
        }
        (!self.piece.is_too_large()).then_some(next)
    }
}

/// A text, and where a document mark was put into it that is not the file's own.
pub struct Marked<'t> {
    pub text: Cow<'t, str>,
    /// The line, and how far it was moved to the right.
    moved: Option<(usize, usize)>,
}

impl<'t> Marked<'t> {
    /// Puts a document mark before a file that is all in braces or brackets.
    pub fn new(text: Cow<'t, str>) -> Self {
        let comment = |line: &&str| line.trim_start().is_empty() || line.trim_start().starts_with('#');
        let before: usize = text.split_inclusive('\n').take_while(comment).map(str::len).sum();
        let line = text.get(before..).unwrap_or_default();
        if !line.trim_start().starts_with(['{', '[']) {
            return Marked { text, moved: None };
        }
        let (head, rest) = text.split_at(before);
        let moved = Some((head.matches('\n').count() + 1, MARK.len()));
        Marked { text: Cow::Owned([head, MARK, rest].concat()), moved }
    }

    /// Whether the whole file is in braces or brackets, where indentation means nothing.
    pub fn is_in_braces(&self) -> bool {
        self.moved.is_some()
    }

    /// The place in the file itself.
    pub fn place(&self, line: usize, column: usize) -> (usize, usize) {
        let moved = self.moved.filter(|(moved, _)| *moved == line).map_or(0, |(_, by)| by);
        (line.max(1), column.saturating_sub(moved).max(1))
    }
}

//! What people write in several lines, as HTML: paragraphs, links that can be followed, code between backticks, and what they
//! stress with stars. No more of Markdown than that, and no HTML of theirs.

use std::fmt;

use askama::filters::HtmlSafe;

use super::words::{escape, is_korean};

/// A text of somebody's, escaped when it is written.
#[derive(Clone, Debug)]
pub struct Prose(String);

impl Prose {
    /// Takes a text as it was typed.
    pub fn of(text: impl Into<String>) -> Prose {
        Prose(text.into())
    }
}

/// It escapes all that it writes but for tags of its own.
impl HtmlSafe for Prose {}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lang = if is_korean(&self.0) { "ko" } else { "" };
        write!(f, "<div class=\"prose\" lang=\"{lang}\">")?;
        // Between fences stands code; the pieces alternate, and a fence that is not closed runs to the end.
        for (place, piece) in self.0.split("```").enumerate() {
            let piece = piece.trim_matches(['\n', '\r']);
            if piece.trim().is_empty() {
                continue;
            }
            match place % 2 {
                1 => code(piece, f)?,
                _ => paragraphs(piece, f)?,
            }
        }
        f.write_str("</div>")
    }
}

fn code(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("<pre tabindex=\"0\"><code>")?;
    escape(text, f)?;
    f.write_str("</code></pre>")
}

fn paragraphs(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let whole = text.replace("\r\n", "\n");
    for paragraph in whole.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        f.write_str("<p>")?;
        for (place, line) in paragraph.trim_matches('\n').split('\n').enumerate() {
            if place > 0 {
                f.write_str("<br>")?;
            }
            inline(line, f)?;
        }
        f.write_str("</p>")?;
    }
    Ok(())
}

fn inline(line: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let closed = line.matches('`').count().is_multiple_of(2);
    for (place, piece) in line.split('`').enumerate() {
        match (place % 2, closed) {
            (1, true) => {
                f.write_str("<code>")?;
                escape(piece, f)?;
                f.write_str("</code>")?;
            }
            (_, true) => marked(piece, DEEPEST, f)?,
            (_, false) => {
                if place > 0 {
                    f.write_str("`")?;
                }
                marked(piece, DEEPEST, f)?;
            }
        }
    }
    Ok(())
}

/// How deep what is stressed may lie in what is stressed.
const DEEPEST: usize = 2;
/// The longest that is stressed or named as a link, in bytes: looking for its end must not go through a whole text again and again.
const SPAN_MOST: usize = 1000;

/// Something of a line that is more than its letters.
enum Piece<'t> {
    /// An address that stands there as it is.
    Address(&'t str),
    /// An address with words for it: `[words](https://...)`.
    Named(&'t str, &'t str),
    /// Something stressed, by the name of its element.
    Stressed(&'static str, &'t str),
}

/// Text with what is marked in it; `depth` says how much deeper it may lie.
fn marked(text: &str, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (mut written, mut at) = (0, 0);
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let (before, rest) = text.split_at(at);
        match piece(before.chars().next_back(), rest, depth) {
            Some((piece, long)) => {
                escape(text.get(written..at).unwrap_or_default(), f)?;
                write_piece(&piece, depth, f)?;
                at += long;
                written = at;
            }
            None => at += next.len_utf8(),
        }
    }
    escape(text.get(written..).unwrap_or_default(), f)
}

/// What begins here, and how many bytes of the text it takes.
fn piece(before: Option<char>, rest: &str, depth: usize) -> Option<(Piece<'_>, usize)> {
    match rest.bytes().next()? {
        b'h' => address(rest).map(|address| (Piece::Address(address), address.len())),
        b'[' => named(rest),
        sign @ (b'*' | b'_') if depth > 0 && !before.is_some_and(|c| is_latin(c) || c == char::from(sign)) => {
            let signs = [("**", "strong"), ("*", "em"), ("_", "em")];
            signs.into_iter().find_map(|(sign, element)| stressed(rest, sign, element))
        }
        _ => None,
    }
}

/// A sign within a word is a part of it: `snake_case`, `2*3*4`. Korean has particles right after what is stressed.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// An address, to where it ends; what ends a sentence is no part of one.
fn address(rest: &str) -> Option<&str> {
    if !rest.starts_with("https://") && !rest.starts_with("http://") {
        return None;
    }
    let end = rest.find(|c: char| c.is_whitespace() || "<>\"'*".contains(c)).unwrap_or(rest.len());
    Some(rest.split_at(end).0.trim_end_matches(['.', ',', ')', ';', ':', '!', '?']))
}

fn named(rest: &str) -> Option<(Piece<'_>, usize)> {
    let (words, after) = rest.strip_prefix('[')?.split_once("](")?;
    let (to, _) = after.split_once(')')?;
    let fits = words.len() + to.len() < SPAN_MOST && !words.trim().is_empty() && !words.contains(['[', ']']);
    let whole = fits && address(to).is_some_and(|address| address.len() == to.len());
    whole.then(|| (Piece::Named(words, to), words.len() + to.len() + "[]()".len()))
}

fn stressed<'t>(rest: &'t str, sign: &str, element: &'static str) -> Option<(Piece<'t>, usize)> {
    let inner = rest.strip_prefix(sign)?;
    let first = inner.chars().next()?;
    if first.is_whitespace() || sign.starts_with(first) {
        return None;
    }
    let near = inner.char_indices().map(|(at, _)| at).take_while(|at| *at < SPAN_MOST).last()?;
    let ends = |at: &usize| {
        let (within, after) = inner.split_at(*at);
        let after = after.strip_prefix(sign).unwrap_or_default().chars().next();
        let is_closed = within.chars().next_back().is_some_and(|last| !last.is_whitespace() && !sign.starts_with(last));
        is_closed && !after.is_some_and(|next| sign.starts_with(next) || (sign.starts_with('_') && is_latin(next)))
    };
    let end = inner.match_indices(sign).map(|(at, _)| at).take_while(|at| *at <= near).find(ends)?;
    Some((Piece::Stressed(element, inner.split_at(end).0), end + 2 * sign.len()))
}

fn write_piece(piece: &Piece<'_>, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match piece {
        Piece::Address(address) => link(address, address, f),
        Piece::Named(words, address) => link(words, address, f),
        Piece::Stressed(element, text) => {
            write!(f, "<{element}>")?;
            marked(text, depth - 1, f)?;
            write!(f, "</{element}>")
        }
    }
}

fn link(words: &str, address: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("<a rel=\"nofollow noopener noreferrer\" href=\"")?;
    escape(address, f)?;
    f.write_str("\">")?;
    escape(words, f)?;
    f.write_str("</a>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let whole = Prose::of(text).to_string();
        whole.replace("<div class=\"prose\" lang=\"\">", "").replace("</div>", "")
    }

    #[test]
    fn lines_links_and_code_are_kept() {
        assert_eq!(html("a\nb\n\nc"), "<p>a<br>b</p><p>c</p>");
        assert_eq!(html("run `pip` now"), "<p>run <code>pip</code> now</p>");
        assert_eq!(html("a\n```\nx < 1\n```\nb"), "<p>a</p><pre tabindex=\"0\"><code>x &lt; 1</code></pre><p>b</p>");
        let link = "<a rel=\"nofollow noopener noreferrer\" href=\"https://a.example/x?a=1&amp;b\">https://a.example/x?a=1&amp;b</a>";
        assert_eq!(html("see https://a.example/x?a=1&b."), format!("<p>see {link}.</p>"));
    }

    #[test]
    fn what_is_stressed_is_told() {
        assert_eq!(html("**now** or *later*"), "<p><strong>now</strong> or <em>later</em></p>");
        assert_eq!(
            html("**중요**합니다, _꼭_"),
            "<div class=\"prose\" lang=\"ko\"><p><strong>중요</strong>합니다, <em>꼭</em></p>"
        );
        assert_eq!(html("**a *b* c**"), "<p><strong>a <em>b</em> c</strong></p>");
        assert_eq!(html("**`x` < y**"), "<p>**<code>x</code> &lt; y**</p>");
        for plain in
            ["2*3*4", "snake_case_name", "__init__.py_", "* one", "a * b * c", "**", "*a", "_self._x", "5 ** 2 ** 3"]
        {
            assert_eq!(html(plain), format!("<p>{plain}</p>"));
        }
    }

    #[test]
    fn links_have_words_where_they_are_given() {
        let link = |to: &str, words: &str| format!("<a rel=\"nofollow noopener noreferrer\" href=\"{to}\">{words}</a>");
        assert_eq!(
            html("[the <guide>](https://a.example/b_c_d)."),
            format!("<p>{}.</p>", link("https://a.example/b_c_d", "the &lt;guide&gt;"))
        );
        assert_eq!(
            html("**https://a.example/_x_**"),
            format!("<p><strong>{0}</strong></p>", link("https://a.example/_x_", "https://a.example/_x_"))
        );
        for plain in
            ["[a](javascript:1)", "[a](/x)", "[a](https://x y)", "[](https://x.example)", "[a] (https", "[a](ftp://x)"]
        {
            assert_eq!(
                html(plain),
                format!("<p>{plain}</p>")
                    .replace("https://x y", &format!("{} y", link("https://x", "https://x")))
                    .replace("https://x.example", &link("https://x.example", "https://x.example"))
            );
        }
    }

    #[test]
    fn hostile_lines_are_written_in_a_moment() {
        for sign in ["*a ", "**a ", "_a ", "[", "[a](", "*_", "__a__ ", "http://"] {
            let whole = html(&sign.repeat(20_000 / sign.len()));
            assert!(whole.len() < 4_000_000, "{sign}");
        }
    }

    #[test]
    fn nothing_that_is_written_runs() {
        for hostile in [
            "<script>",
            "https://x\"onmouseover=1",
            "`<img>`",
            "```<b>",
            "http://<b>",
            "javascript:1",
            "'\"><svg>",
            "**<script>**",
            "*<img src=x>*",
            "[<b>](https://x)",
            "[x](https://\"onmouseover=1)",
            "[x](javascript:1)",
        ] {
            let html = html(hostile);
            assert!(
                !html.contains("<script") && !html.contains("<img") && !html.contains("<b>") && !html.contains("<svg"),
                "{html}"
            );
            assert!(!html.contains("\"onmouse") && !html.contains("href=\"javascript"), "{html}");
        }
    }
}

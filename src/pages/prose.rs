//! What people write in several lines, as HTML: paragraphs, links that can be followed, and code between backticks.

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
            (_, true) => linked(piece, f)?,
            (_, false) => {
                if place > 0 {
                    f.write_str("`")?;
                }
                linked(piece, f)?;
            }
        }
    }
    Ok(())
}

/// Addresses become links; what ends a sentence is no part of one.
fn linked(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = [rest.find("https://"), rest.find("http://")].into_iter().flatten().min() {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| c.is_whitespace() || "<>\"'".contains(c)).unwrap_or(from.len());
        let address = from.split_at(end).0.trim_end_matches(['.', ',', ')', ';', ':', '!', '?']);
        escape(before, f)?;
        f.write_str("<a rel=\"nofollow noopener noreferrer\" href=\"")?;
        escape(address, f)?;
        f.write_str("\">")?;
        escape(address, f)?;
        f.write_str("</a>")?;
        rest = from.split_at(address.len()).1;
    }
    escape(rest, f)
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
    fn nothing_that_is_written_runs() {
        for hostile in
            ["<script>", "https://x\"onmouseover=1", "`<img>`", "```<b>", "http://<b>", "javascript:1", "'\"><svg>"]
        {
            let html = html(hostile);
            assert!(
                !html.contains("<script") && !html.contains("<img") && !html.contains("<b>") && !html.contains("<svg"),
                "{html}"
            );
            assert!(!html.contains("\"onmouse") && !html.contains("href=\"javascript"), "{html}");
        }
    }
}

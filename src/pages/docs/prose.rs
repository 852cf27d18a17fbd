//! The little of Markdown that the contract's descriptions use: paragraphs, `code` and **strong**.

/// As HTML paragraphs.
pub fn html(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| format!("<p>{}</p>", line(paragraph))).collect()
}

/// As HTML within a paragraph.
pub fn line(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces.map(|(at, piece)| if at % 2 == 1 { wrapped("code", &escaped(piece)) } else { strong(piece) }).collect()
}

fn strong(text: &str) -> String {
    let pieces = text.split("**").enumerate();
    let piece = |(at, piece): (usize, &str)| match at % 2 {
        1 => wrapped("strong", &escaped(piece)),
        _ => escaped(piece),
    };
    pieces.map(piece).collect()
}

fn wrapped(tag: &str, inside: &str) -> String {
    format!("<{tag}>{inside}</{tag}>")
}

/// With nothing left in it that a browser would read as a tag.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_emphasis_are_marked_and_tags_are_text() {
        let told = html("**Send** `<a>` & \"b\".\n\nThen\nwait.");
        assert_eq!(told, "<p><strong>Send</strong> <code>&lt;a&gt;</code> &amp; &quot;b&quot;.</p><p>Then\nwait.</p>");
    }
}

//! Rust as words: names, `::`, brackets and marks. Comments are left out, and what is quoted is one word, `""`.

/// A word and the line that it begins on, from 1.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub line: usize,
}

/// The words of a source text. It need not compile, but its quotes and comments must be closed.
pub fn words(text: &str) -> Vec<Word> {
    let (mut rest, mut line, mut found) = (text, 1, Vec::new());
    while !rest.is_empty() {
        let (length, word) = first(rest);
        let (eaten, left) = rest.split_at(length);
        found.extend(word.map(|text| Word { text: text.to_owned(), line }));
        line += eaten.matches('\n').count();
        rest = left;
    }
    found
}

/// How long the first piece of the text is, and the word that it makes.
fn first(rest: &str) -> (usize, Option<&str>) {
    let character = rest.chars().next().map_or(0, char::len_utf8);
    if rest.starts_with(char::is_whitespace) {
        (character, None)
    } else if rest.starts_with("//") {
        (rest.find('\n').unwrap_or(rest.len()), None)
    } else if rest.starts_with("/*") {
        (comment(rest), None)
    } else if let Some(length) = quoted(rest) {
        (length, Some("\"\""))
    } else if let Some(lifetime) = rest.strip_prefix('\'') {
        (1 + name(lifetime), None)
    } else if rest.starts_with("::") {
        (2, Some("::"))
    } else if let Some(raw) = rest.strip_prefix("r#") {
        (2 + name(raw), raw.get(..name(raw)))
    } else {
        let length = name(rest).max(character);
        (length, rest.get(..length))
    }
}

/// The length of the name or number at the beginning; 0 where there is none.
fn name(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

/// The length of a block comment; they nest.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        let rest = &text[at..];
        match (rest.get(..2), rest.chars().next()) {
            (Some("/*"), _) => (depth, at) = (depth + 1, at + 2),
            (Some("*/"), _) => (depth, at) = (depth - 1, at + 2),
            (_, Some(other)) => at += other.len_utf8(),
            (_, None) => return at,
        }
        if depth == 0 {
            return at;
        }
    }
}

/// The length of a string or a character at the beginning, of every kind that Rust has; `None` where there is none.
fn quoted(text: &str) -> Option<usize> {
    let kinds = ["br", "cr", "r", "b", "c", ""];
    kinds.iter().find_map(|kind| {
        let body = text.strip_prefix(kind)?;
        if kind.ends_with('r') { raw(body) } else { escaped(body, '"').or_else(|| character(body)) }
            .map(|n| n + kind.len())
    })
}

fn raw(body: &str) -> Option<usize> {
    let inside = body.trim_start_matches('#');
    let hashes = &body[..body.len() - inside.len()];
    let end = format!("\"{hashes}");
    let length = inside.strip_prefix('"')?.find(&end)?;
    Some(hashes.len() + 1 + length + end.len())
}

fn escaped(body: &str, mark: char) -> Option<usize> {
    let mut characters = body.char_indices();
    characters.next().filter(|(_, first)| *first == mark)?;
    while let Some((at, next)) = characters.next() {
        match next {
            '\\' => drop(characters.next()),
            _ if next == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn character(body: &str) -> Option<usize> {
    let is_character = body.starts_with("'\\") || body.chars().nth(2) == Some('\'');
    is_character.then(|| escaped(body, '\''))?
}

mod tests {
    use super::words;

    fn told(text: &str) -> String {
        words(text).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_are_no_words() {
        assert_eq!(told("a // b\n/* c /* d */ e */ f /// g\nh"), "a f h");
    }

    #[test]
    fn what_is_quoted_is_one_word() {
        let text = concat!(
            r##"a "b \" // c" r"d\" r#"e " f"# br"g" b"h" c"i" 'j' '\'' '\u{1}' b'k' '"' l"##,
            " \"\u{ac00}\" m"
        );
        assert_eq!(told(text), format!("a {} l \"\" m", ["\"\""; 11].join(" ")));
    }

    #[test]
    fn a_lifetime_is_not_a_character() {
        assert_eq!(told("fn f<'a>(x: &'a str, y: 'static) { 'b' }"), "fn f < > ( x : & str , y : ) { \"\" }");
    }

    #[test]
    fn names_stay_whole_and_know_their_line() {
        assert_eq!(told("crate::a::r#type::가_나(1.5)"), "crate :: a :: type :: 가_나 ( 1 . 5 )");
        let lines: Vec<usize> = words("a /*\n*/ b\n\"\n\" c").iter().map(|word| word.line).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }
}

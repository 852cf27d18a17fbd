//! The faults that end the reading: after them there is no tree.

use saphyr_parser::ScanError;

use super::guard::Marked;
use super::{LONGEST_KEY, Place};
use crate::base::{Fault, Sentence, say};

/// A fault without a pointer, for there is nothing to point into.
pub fn fatal(place: Place, code: &'static str, detail: Sentence) -> Box<Fault> {
    Box::new(Fault { place: Some(place), ..Fault::new("", code, detail) })
}

/// The file has too many bytes.
pub fn bytes(most: usize) -> Box<Fault> {
    let detail = say!(
        "The file is larger than {most} bytes. Split the hackathon or leave out what nobody needs.",
        "파일이 {most}바이트보다 큽니다. 해커톤을 나누거나 필요 없는 내용을 빼세요."
    );
    fatal((1, 1), "file.bytes", detail)
}

/// The nesting is too deep.
pub fn depth(place: Place, most: usize) -> Box<Fault> {
    let detail = say!(
        "The file is nested deeper than {most} levels here. The format never is.",
        "이 위치의 중첩이 {most}단계보다 깊습니다. 이 형식에는 그렇게 깊은 구조가 없습니다."
    );
    fatal(place, "file.depth", detail)
}

/// There are too many values.
pub fn values(place: Place, most: usize) -> Box<Fault> {
    let detail = say!(
        "The file holds more than {most} values. Split the hackathon.",
        "파일에 값이 {most}개보다 많습니다. 해커톤을 나누세요."
    );
    fatal(place, "file.values", detail)
}

/// One bracket, or one piece of text, holds too much.
pub fn piece(place: Place) -> Box<Fault> {
    let detail = say!(
        "What begins about here is too large to be one item or one text. Write lists with one line for each item.",
        "이 근처에서 시작하는 내용이 항목 하나, 글 하나로는 너무 깁니다. 목록은 항목마다 줄을 나누어 적으세요."
    );
    fatal(place, "file.piece", detail)
}

/// There is nothing in the file.
pub fn empty() -> Box<Fault> {
    let detail =
        say!("The file is empty. Begin with \"signpost: 1\".", "파일이 비어 있습니다. \"signpost: 1\"로 시작하세요.");
    fatal((1, 1), "file.empty", detail)
}

/// There is more than one document in the file.
pub fn several(place: Place) -> Box<Fault> {
    let detail = say!(
        "A second document begins here (\"---\"). A file holds one hackathon: make two files.",
        "여기서 두 번째 문서(\"---\")가 시작됩니다. 파일 하나에는 해커톤 하나만 담을 수 있으니 파일을 나누세요."
    );
    fatal(place, "yaml.documents", detail)
}

/// A field's name is a list, a map, an alias or too long.
pub fn key(place: Place) -> Box<Fault> {
    let detail = say!(
        "The name of a field is one word of at most {LONGEST_KEY} bytes. Put text that begins with [, {{ or * in quotes.",
        "항목 이름은 {LONGEST_KEY}바이트 이내의 낱말 하나여야 합니다. [, {{, *로 시작하는 글은 따옴표로 감싸세요."
    );
    fatal(place, "yaml.key", detail)
}

/// What the parser could not read. Tabs get a sentence of their own, for they cannot be seen.
pub fn syntax(text: &Marked<'_>, error: &ScanError) -> Box<Fault> {
    let marker = error.marker();
    let place = text.place(marker.line(), marker.col() + 1);
    let line = text.text.lines().nth(marker.line().saturating_sub(1)).unwrap_or_default();
    let tab = line.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t');
    if tab && !text.is_in_braces() {
        let detail = say!(
            "This line is indented with a tab. Indent with spaces.",
            "이 줄은 탭으로 들여썼습니다. 공백으로 들여쓰세요."
        );
        return fatal(place, "yaml.tab", detail);
    }
    let why = error.info();
    let detail = say!(
        "This is not YAML: {why}. Look at the indentation, the quotes and the brackets up to this line.",
        "YAML 문법에 맞지 않습니다: {why}. 이 줄까지의 들여쓰기, 따옴표, 괄호를 확인하세요."
    );
    fatal(place, "yaml.syntax", detail)
}

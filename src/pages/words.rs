//! Text in pages: escaped, with its language where that is known, and our own words for the words of the tables.

use std::fmt;

use askama::filters::HtmlSafe;

use crate::base::{Lang, Localized, Sentence};
use crate::hackathon::Role;
use crate::matrix::Role as CellRole;
use crate::question::{ResolutionWord, State, StateWord};

/// Text of the users', written into a page escaped and marked with its language where that is another than the page's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The bare text.
    pub text: String,
    lang: Option<&'static str>,
}

impl Words {
    /// Localized text as a reader of this language gets it.
    pub fn of(text: &Localized, lang: Lang) -> Words {
        let own = text.each().find(|(of, _)| *of == lang);
        let found = own.or_else(|| text.each().next());
        let (of, text) = found.unwrap_or((lang, ""));
        Words { text: text.to_owned(), lang: (of != lang).then(|| of.code()) }
    }

    /// What somebody typed. Hangul is Korean; anything else may be any language.
    pub fn typed(text: &str, lang: Lang) -> Words {
        let of = if is_korean(text) { "ko" } else { "" };
        Words {
            text: text.to_owned(),
            lang: (of != lang.code()).then_some(of).filter(|_| is_korean(text) || lang == Lang::Ko),
        }
    }

    /// A name, which is the same in every language.
    pub fn name(text: impl Into<String>) -> Words {
        Words { text: text.into(), lang: None }
    }
}

/// Whether a text has Hangul in it.
pub fn is_korean(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}'))
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lang {
            None => escape(&self.text, f),
            Some(lang) => {
                write!(f, "<span lang=\"{lang}\">")?;
                escape(&self.text, f)?;
                f.write_str("</span>")
            }
        }
    }
}

/// It escapes what it writes.
impl HtmlSafe for Words {}

/// Writes a text so that HTML reads it as that text, inside elements and attributes.
pub fn escape(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for c in text.chars() {
        match c {
            '&' => f.write_str("&amp;")?,
            '<' => f.write_str("&lt;")?,
            '>' => f.write_str("&gt;")?,
            '"' => f.write_str("&quot;")?,
            '\'' => f.write_str("&#39;")?,
            _ => fmt::Write::write_char(f, c)?,
        }
    }
    Ok(())
}

/// A role of a member.
pub fn role(role: Role) -> Sentence {
    match role {
        Role::Organizer => Sentence::fixed("Organizer", "운영진"),
        Role::Mentor => Sentence::fixed("Mentor", "멘토"),
        Role::Responder => Sentence::fixed("Responder", "답변 담당"),
        Role::Participant => Sentence::fixed("Participant", "참가자"),
        Role::Judge => Sentence::fixed("Judge", "심사위원"),
        Role::Observer => Sentence::fixed("Observer", "참관인"),
    }
}

/// Several roles, in one line.
pub fn roles(all: &[Role], lang: Lang) -> String {
    all.iter().map(|one| role(*one).text(lang).to_owned()).collect::<Vec<_>>().join(", ")
}

/// A role in the matrix.
pub fn cell(role: CellRole) -> Sentence {
    match role {
        CellRole::Responsible => Sentence::fixed("Responsible", "담당"),
        CellRole::Accountable => Sentence::fixed("Accountable", "총괄 책임"),
        CellRole::Consulted => Sentence::fixed("Consulted", "자문"),
        CellRole::Informed => Sentence::fixed("Informed", "공유"),
    }
}

/// Where a question stands, as a tag: a class for its colour, and the words.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The class.
    pub class: &'static str,
    /// The words.
    pub text: Sentence,
}

/// The tag of a state; of a closed question, how it ended.
pub fn state(of: State) -> Tag {
    let ended = of.resolution().map(|how| resolution(how.word()));
    Tag { text: ended.unwrap_or_else(|| state_word(of.word())), ..standing(of.word()) }
}

/// The tag of a state where its facts are not known.
pub fn standing(of: StateWord) -> Tag {
    let class = match of {
        StateWord::Open => "open",
        StateWord::Claimed => "claimed",
        StateWord::WaitingOnAsker => "waiting",
        StateWord::Answered => "answered",
        StateWord::Closed => "closed",
    };
    Tag { class, text: state_word(of) }
}

/// The word for a state in a filter.
pub fn state_word(of: StateWord) -> Sentence {
    match of {
        StateWord::Open => Sentence::fixed("Open", "대기"),
        StateWord::Claimed => Sentence::fixed("In progress", "처리 중"),
        StateWord::WaitingOnAsker => Sentence::fixed("Waiting for the asker", "질문자 확인 중"),
        StateWord::Answered => Sentence::fixed("Answered", "답변됨"),
        StateWord::Closed => Sentence::fixed("Closed", "닫힘"),
    }
}

/// How a question ended.
pub fn resolution(how: ResolutionWord) -> Sentence {
    match how {
        ResolutionWord::Answered => Sentence::fixed("Closed: answered", "해결됨"),
        ResolutionWord::Duplicate => Sentence::fixed("Closed: duplicate", "중복"),
        ResolutionWord::Withdrawn => Sentence::fixed("Closed: withdrawn", "거둠"),
        ResolutionWord::NotForUs => Sentence::fixed("Closed: not for this event", "행사와 무관"),
        ResolutionWord::Expired => Sentence::fixed("Closed: no longer needed", "더 이상 필요 없음"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_marked_with_its_language() {
        let both = Localized { en: Some("<b>".into()), ko: Some("담당".into()) };
        assert_eq!(Words::of(&both, Lang::En).to_string(), "&lt;b&gt;");
        let english = Localized::plain(Lang::En, "a \"b\"");
        assert_eq!(Words::of(&english, Lang::Ko).to_string(), "<span lang=\"en\">a &quot;b&quot;</span>");
        assert_eq!(Words::typed("안녕", Lang::En).to_string(), "<span lang=\"ko\">안녕</span>");
        assert_eq!(Words::typed("안녕", Lang::Ko).to_string(), "안녕");
        assert_eq!(Words::typed("hello", Lang::En).to_string(), "hello");
        assert_eq!(Words::typed("hello", Lang::Ko).to_string(), "<span lang=\"\">hello</span>");
    }
}

//! Text as the router sees it: NFKC, lower case, cut into runs of Latin letters and digits, runs of Hangul, and other signs.

use unicode_normalization::UnicodeNormalization;

/// What a unit is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Script {
    /// A run of `[a-z0-9']`.
    Latin,
    /// A run of Hangul syllables or letters.
    Hangul,
    /// One other sign; spaces are none.
    Sign,
}

/// A text after normalisation, with its units as byte ranges of it.
#[derive(Default)]
pub(super) struct Units {
    text: String,
    runs: Vec<(Script, usize, usize)>,
}

impl Units {
    /// Normalises `raw` and finds its units. ASCII, the usual case in English, needs no tables of Unicode.
    pub(super) fn of(raw: &str) -> Self {
        let text = if raw.is_ascii() {
            raw.to_ascii_lowercase()
        } else {
            raw.nfkc().flat_map(char::to_lowercase).map(plain_apostrophe).collect()
        };
        let mut units = Self { runs: Vec::with_capacity(text.len() / 4), text };
        units.cut();
        units
    }

    fn cut(&mut self) {
        let mut open: Option<(Script, usize)> = None;
        for (at, sign) in self.text.char_indices() {
            let script = script_of(sign);
            if let Some((running, from)) = open.take() {
                if script == Some(running) && running != Script::Sign {
                    open = Some((running, from));
                    continue;
                }
                self.runs.push((running, from, at));
            }
            open = script.map(|script| (script, at));
        }
        if let Some((running, from)) = open {
            self.runs.push((running, from, self.text.len()));
        }
    }

    /// The units in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Script, &str)> {
        self.runs.iter().map(|&(script, from, to)| (script, self.text.get(from..to).unwrap_or("")))
    }

    /// The words: runs of Latin or Hangul.
    pub(super) fn words(&self) -> impl Iterator<Item = (Script, &str)> {
        self.iter().filter(|(script, _)| *script != Script::Sign)
    }

    /// True where more than 30 % of the letters are Hangul; such texts lean less on the dense table.
    pub(super) fn is_korean(&self) -> bool {
        let (mut hangul, mut latin) = (0usize, 0usize);
        for (script, word) in self.words() {
            match script {
                Script::Hangul => hangul += word.len() / 3,
                _ => latin += word.bytes().filter(u8::is_ascii_lowercase).count(),
            }
        }
        hangul * 10 > (hangul + latin) * 3
    }
}

/// Telephones write a curly apostrophe, which NFKC keeps.
fn plain_apostrophe(sign: char) -> char {
    if sign == '\u{2019}' { '\'' } else { sign }
}

fn script_of(sign: char) -> Option<Script> {
    match sign {
        'a'..='z' | '0'..='9' | '\'' => Some(Script::Latin),
        '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' => Some(Script::Hangul),
        _ if sign.is_whitespace() || sign.is_control() => None,
        _ => Some(Script::Sign),
    }
}

#[cfg(test)]
mod tests {
    use super::{Script, Units};

    fn cut(text: &str) -> Vec<(Script, String)> {
        Units::of(text).iter().map(|(script, unit)| (script, unit.to_owned())).collect()
    }

    #[test]
    fn cuts_scripts_apart() {
        let expected = [
            (Script::Latin, "pip"),
            (Script::Hangul, "설치가"),
            (Script::Hangul, "안돼요"),
            (Script::Sign, "?"),
            (Script::Sign, "!"),
        ];
        assert_eq!(cut("PIP설치가 안돼요?!"), expected.map(|(script, unit)| (script, unit.to_owned())));
    }

    #[test]
    fn folds_width_composition_and_apostrophes() {
        assert_eq!(cut("ＧＰＵ"), [(Script::Latin, "gpu".to_owned())]);
        assert_eq!(cut("\u{1112}\u{1161}\u{11AB}"), [(Script::Hangul, "한".to_owned())]);
        assert_eq!(cut("can\u{2019}t"), [(Script::Latin, "can't".to_owned())]);
    }

    #[test]
    fn tells_korean_by_its_letters() {
        assert!(Units::of("pip 설치가 안돼요").is_korean());
        assert!(!Units::of("where is the 저장소 for our team").is_korean());
        assert!(!Units::of("").is_korean());
    }
}

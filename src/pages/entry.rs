//! Fields of forms: what each is called, what it holds, and what is wrong with it, beside it. A form that was refused is shown
//! again with all that was typed.

use std::fmt;

use actix_web::http::StatusCode;
use askama::filters::HtmlSafe;

use super::question::then::{Obstacle, obstacles};
pub use super::typed::Typed;
use super::words::escape;
use crate::base::{Error, Lang, Localized, Result, Sentence, say};

/// What is shown besides what is stored, after a form was refused.
#[derive(Default)]
pub struct Again {
    /// How the page is answered.
    pub status: StatusCode,
    /// What stands in the way.
    pub obstacles: Vec<Obstacle>,
    form: String,
    typed: Typed,
}

impl Again {
    /// A refused form of this key among those of the page; the only one has none. Errors that are no refusals stay errors.
    pub fn of(refusal: Error, lang: Lang, form: &str, typed: Typed) -> Result<Again> {
        let (status, mut obstacles) = match refusal {
            // Whoever sends a form again has then seen what somebody else wrote.
            Error::Stale => obstacles(Error::Conflict(meanwhile()), lang)?,
            other => obstacles(other, lang)?,
        };
        for one in obstacles.iter_mut().filter(|one| !one.field.is_empty()) {
            one.field = id(&one.field, form);
        }
        Ok(Again { status, obstacles, form: form.to_owned(), typed })
    }

    /// A form of the page that was sent to be looked at, and is shown with what was typed.
    pub fn kept(typed: Typed) -> Again {
        Again { typed, ..Again::default() }
    }

    /// Whether this is the form that was refused.
    pub fn is_of(&self, form: &str) -> bool {
        self.form == form && !self.typed.is_empty()
    }

    /// What was typed into the form of this key, else what is stored.
    pub fn value(&self, form: &str, name: &str, stored: &str) -> String {
        if self.is_of(form) { self.typed.get(name).to_owned() } else { stored.to_owned() }
    }

    /// What was typed, if it was into the form of this key.
    pub fn typed(&self, form: &str) -> Option<&Typed> {
        self.is_of(form).then_some(&self.typed)
    }

    /// What stands in the way at a field of the form of this key, or at a list of fields.
    pub fn fault(&self, form: &str, name: &str) -> Option<&str> {
        let id = id(name, form);
        self.obstacles.iter().find(|one| one.field == id).map(|one| one.words.as_str())
    }

    /// A text in both languages, a field for each: `name_en` and `name_ko`.
    pub fn both(&self, form: &str, name: &str, labels: [Sentence; 2], stored: Option<&Localized>) -> [Entry; 2] {
        let of =
            |lang: Lang| stored.and_then(|text| text.each().find(|(of, _)| *of == lang)).map_or("", |(_, text)| text);
        let [en, ko] = labels;
        [(Lang::En, en), (Lang::Ko, ko)]
            .map(|(lang, label)| self.entry(form, &format!("{name}_{lang}"), label, of(lang)))
    }

    /// A field of the form of this key.
    pub fn entry(&self, form: &str, name: &str, label: Sentence, stored: &str) -> Entry {
        let fault = self.fault(form, name).map(str::to_owned);
        let (id, value) = (id(name, form), self.value(form, name, stored));
        Entry { id, name: name.to_owned(), label, hint: None, value, fault, kind: Kind::Line("text"), slim: false }
    }
}

fn id(field: &str, form: &str) -> String {
    if form.is_empty() { field.to_owned() } else { format!("{field}-{form}") }
}

/// The refusal of a form about something that somebody else changed since the form was shown.
fn meanwhile() -> Sentence {
    say!(
        "Somebody else changed this meanwhile. What you typed is kept; send it again to put it in the place of theirs.",
        "그 사이 다른 사람이 내용을 바꿨습니다. 입력한 내용은 그대로 있으니, 다시 보내면 이 내용으로 바뀝니다."
    )
}

/// Refuses a form that was shown before the last change: `mark` is what it carries, `now` what stands in the thing's `ETag`. An
/// empty mark says that there was nothing yet; a form without one says nothing.
pub fn unchanged(typed: &Typed, now: Option<String>) -> Result<()> {
    let as_shown = typed.get("mark") == now.as_deref().unwrap_or_default();
    if as_shown || !typed.has("mark") { Ok(()) } else { Err(Error::Stale) }
}

/// What a field is.
pub enum Kind {
    /// One line, of this type.
    Line(&'static str),
    /// One line with a number that may have a part after the point.
    Decimal,
    /// So many lines.
    Lines(usize),
    /// One of these: as it is sent, and in words.
    Choice(Vec<(String, String)>),
    /// A box to tick; it is ticked where it holds anything.
    Tick,
}

/// A field.
pub struct Entry {
    /// Its id, which links of the summary lead to.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is called.
    pub label: Sentence,
    /// What helps to fill it in.
    pub hint: Option<Sentence>,
    /// What it holds.
    pub value: String,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Whether it is short.
    pub slim: bool,
}

impl Entry {
    /// With what helps to fill it in.
    pub fn hint(self, en: &'static str, ko: &'static str) -> Entry {
        Entry { hint: Some(Sentence::fixed(en, ko)), ..self }
    }

    /// Of another type than text.
    pub fn of(self, kind: &'static str) -> Entry {
        Entry { kind: Kind::Line(kind), slim: true, ..self }
    }

    /// A number that may have a part after the point.
    pub fn decimal(self) -> Entry {
        Entry { kind: Kind::Decimal, slim: true, ..self }
    }

    /// So many lines high.
    pub fn lines(self, rows: usize) -> Entry {
        Entry { kind: Kind::Lines(rows), ..self }
    }

    /// One of these.
    pub fn among(self, choices: Vec<(String, String)>) -> Entry {
        Entry { kind: Kind::Choice(choices), slim: true, ..self }
    }

    /// A box to tick.
    pub fn tick(self) -> Entry {
        Entry { kind: Kind::Tick, ..self }
    }

    /// A short one.
    pub fn slim(self) -> Entry {
        Entry { slim: true, ..self }
    }

    /// The attributes that tie it to what is said of it.
    pub fn tied(&self) -> Tied {
        let of = |there: bool, what: &str| there.then(|| format!("{}-{what}", self.id));
        let by = [of(self.hint.is_some(), "hint"), of(self.fault.is_some(), "fault")];
        Tied { by: by.into_iter().flatten().collect(), wrong: self.fault.is_some() }
    }
}

/// The attributes that tie a field to what is said of it: what is read out with it, and that it is wrong.
#[derive(Debug)]
pub struct Tied {
    by: Vec<String>,
    wrong: bool,
}

/// It escapes the ids.
impl HtmlSafe for Tied {}

impl fmt::Display for Tied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.by.is_empty() {
            f.write_str(" aria-describedby=\"")?;
            escape(&self.by.join(" "), f)?;
            f.write_str("\"")?;
        }
        if self.wrong { f.write_str(" aria-invalid=\"true\"") } else { Ok(()) }
    }
}

//! Fields of forms: what each is called, what it holds, and what is wrong with it, beside it. A form that was refused is shown
//! again with all that was typed.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use serde::Deserialize;

use super::form::filled;
use super::question::then::{Obstacle, obstacles};
use crate::base::{Error, Lang, Localized, Name, Result, Said, Sentence, Text, say};

/// What was typed, by the names of the fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// What a field holds; nothing where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// What a field holds, without the space around it; none where it is empty.
    pub fn filled(&self, name: &str) -> Option<&str> {
        filled(self.get(name))
    }

    /// Whether it was sent: a box that is not ticked is not.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A field that holds a name.
    pub fn name(&self, field: &str) -> Result<Name> {
        Name::parse(self.get(field)).map_err(|unfit| unfit.refusal(&format!("/{field}")))
    }

    /// A field that holds a text.
    pub fn text(&self, field: &str) -> Result<Text> {
        Text::parse(self.get(field)).map_err(|unfit| unfit.refusal(&format!("/{field}")))
    }

    /// A field that holds a text or nothing.
    pub fn maybe_text(&self, field: &str) -> Result<Option<Text>> {
        self.filled(field).map(|_| self.text(field)).transpose()
    }

    /// A field that holds a day, as browsers write it, or nothing.
    pub fn maybe_day(&self, field: &str) -> Result<Option<chrono::NaiveDate>> {
        self.filled(field).map(|day| day.parse().map_err(|_no_day| no_day(field))).transpose()
    }

    /// A field that holds a whole number.
    pub fn whole<T: std::str::FromStr>(&self, field: &str) -> Result<T> {
        self.get(field).trim().parse().map_err(|_no_number| {
            let detail = say!("Write a whole number.", "정수로 적으세요.");
            Error::invalid(format!("/{field}"), "number.shape", detail)
        })
    }

    /// A name in English, in Korean or in both, from a field for each.
    pub fn localized(&self, en: &str, ko: &str) -> Result<Localized> {
        let name = |field: &str| self.filled(field).map(|_| self.name(field)).transpose();
        match (name(en)?, name(ko)?) {
            (None, None) => {
                let detail = say!("Write it in English, in Korean or in both.", "영어나 한국어로 적으세요.");
                Err(Error::invalid(format!("/{en}"), "field.missing", detail))
            }
            (en, ko) => Ok(Said::Each(en, ko).in_lang(Lang::En)),
        }
    }

    /// A text in English, in Korean, in both or in neither, from a field for each.
    pub fn maybe_localized_text(&self, en: &str, ko: &str) -> Result<Option<Localized>> {
        Ok(match (self.maybe_text(en)?, self.maybe_text(ko)?) {
            (None, None) => None,
            (en, ko) => Some(Said::Each(en, ko).in_lang(Lang::En)),
        })
    }

    /// The same with the empty rows of a list taken out, so that they are numbered as what is made of them will be.
    pub fn closed_up(mut self, list: &str, fields: &[&str]) -> Typed {
        let at = |row: usize, field: &str| format!("{list}/{row}/{field}");
        let rows = fields.first().map_or(0, |first| self.rows(list, first));
        let mut kept = 0;
        for row in 0..rows {
            let cells: Vec<String> =
                fields.iter().map(|field| self.0.remove(&at(row, field)).unwrap_or_default()).collect();
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            self.0.extend(fields.iter().zip(cells).map(|(field, cell)| (at(kept, field), cell)));
            kept += 1;
        }
        self
    }

    /// How many rows of a list were sent, each with a field of this name: `links/0/url`.
    pub fn rows(&self, list: &str, field: &str) -> usize {
        (0..).take_while(|row| self.has(&format!("{list}/{row}/{field}"))).count()
    }
}

fn no_day(field: &str) -> Error {
    let detail = say!("Write a day such as 2026-11-30.", "2026-11-30처럼 날짜를 적으세요.");
    Error::invalid(format!("/{field}"), "date.shape", detail)
}

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
        self.form == form && !self.typed.0.is_empty()
    }

    /// What was typed into the form of this key, else what is stored.
    pub fn value(&self, form: &str, name: &str, stored: &str) -> String {
        if self.is_of(form) { self.typed.get(name).to_owned() } else { stored.to_owned() }
    }

    /// What was typed, if it was into the form of this key.
    pub fn typed(&self, form: &str) -> Option<&Typed> {
        self.is_of(form).then_some(&self.typed)
    }

    /// A field of the form of this key.
    pub fn entry(&self, form: &str, name: &str, label: Sentence, stored: &str) -> Entry {
        let id = id(name, form);
        let fault = self.obstacles.iter().find(|one| one.field == id).map(|one| one.words.clone());
        let value = self.value(form, name, stored);
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
    /// So many lines.
    Lines(usize),
    /// One of these: as it is sent, and in words.
    Choice(Vec<(String, String)>),
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

    /// So many lines high.
    pub fn lines(self, rows: usize) -> Entry {
        Entry { kind: Kind::Lines(rows), ..self }
    }

    /// One of these.
    pub fn among(self, choices: Vec<(String, String)>) -> Entry {
        Entry { kind: Kind::Choice(choices), slim: true, ..self }
    }

    /// A short one.
    pub fn slim(self) -> Entry {
        Entry { slim: true, ..self }
    }

    /// The ids of what is read out with it.
    pub fn described(&self) -> Option<String> {
        let of = |there: bool, what: &str| there.then(|| format!("{}-{what}", self.id));
        let all = [of(self.hint.is_some(), "hint"), of(self.fault.is_some(), "fault")];
        let all: Vec<String> = all.into_iter().flatten().collect();
        (!all.is_empty()).then(|| all.join(" "))
    }
}

//! A form of many fields: what was typed into it, what stands in the way, and how it is read so that every fault is told at once.

use std::fmt;

use askama::filters::HtmlSafe;
use chrono::NaiveDate;
use serde::Deserialize;

use super::question::then::Obstacle;
use crate::base::{Error, Fault, Lang, Localized, Name, Result, Slug, Text, say};

/// The fields of a form by name, some of them more than once: boxes of one name are sent as many times as they are ticked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// One more.
    pub fn with(mut self, name: impl Into<String>, value: impl ToString) -> Fields {
        self.0.push((name.into(), value.to_string()));
        self
    }

    /// One more, where there is something to put into it.
    pub fn maybe(self, name: &str, value: Option<impl ToString>) -> Fields {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// These, and then those.
    pub fn and(mut self, others: Fields) -> Fields {
        self.0.extend(others.0);
        self
    }

    /// A text in both languages.
    pub fn both(self, name: &str, text: Option<&Localized>) -> Fields {
        let of = |text: Option<&Localized>, lang| {
            let each = text.into_iter().flat_map(Localized::each);
            each.filter(|(of, _)| *of == lang).map(|(_, text)| text.to_owned()).next()
        };
        let (en, ko) = (of(text, Lang::En), of(text, Lang::Ko));
        self.maybe(&format!("{name}_en"), en).maybe(&format!("{name}_ko"), ko)
    }

    /// What a field holds, without the space around it; empty where it was not sent.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// What the fields of this name hold.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.trim())
    }

    /// What a field holds, if it is filled in.
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.one(name)).filter(|value| !value.is_empty())
    }

    /// Rows of a list, such as `options/0/title` and `options/0/notes`, with those that are left empty taken out, so that they are
    /// numbered as what is made of them will be.
    pub fn closed_up(self, list: &str, columns: &[&str]) -> Fields {
        let at = |row: usize, column: &str| format!("{list}/{row}/{column}");
        let rows =
            (0..ROWS_MOST).map(|row| columns.iter().map(|column| self.one(&at(row, column)).to_owned()).collect());
        let rows: Vec<Vec<String>> = rows.filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty())).collect();
        let prefix = format!("{list}/");
        let others = self.0.into_iter().filter(|(name, _)| !name.starts_with(&prefix)).collect();
        let mut closed = Fields(others);
        for (row, cells) in rows.into_iter().enumerate() {
            for (column, cell) in columns.iter().zip(cells) {
                closed = closed.with(at(row, column), cell);
            }
        }
        closed
    }

    /// How many rows of a list there are, once it is closed up.
    pub fn rows(&self, list: &str, column: &str) -> usize {
        (0..ROWS_MOST)
            .take_while(|row| self.0.iter().any(|(name, _)| *name == format!("{list}/{row}/{column}")))
            .count()
    }
}

/// More rows than any list of a form may have.
const ROWS_MOST: usize = 60;

/// A form as it is shown: what it holds, and what stands in its way.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What it holds.
    pub fields: Fields,
    /// What stands in the way.
    pub obstacles: Vec<Obstacle>,
}

impl Sheet {
    /// A form that nobody has sent yet.
    pub fn holding(fields: Fields) -> Sheet {
        Sheet { fields, obstacles: Vec::new() }
    }

    /// What a field holds.
    pub fn value(&self, name: &str) -> &str {
        self.fields.one(name)
    }

    /// Whether this is what a field holds, or one of what it holds.
    pub fn holds(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).any(|one| one == value)
    }

    /// What stands in the way at a field.
    pub fn fault(&self, name: &str) -> Option<&str> {
        self.obstacles.iter().find(|one| one.field == name).map(|one| one.words.as_str())
    }

    /// The attributes by which a field is tied to its hint and its fault. `name` is ours.
    pub fn tied(&self, name: &str, hint: &str) -> Tied {
        let hint = (!hint.is_empty()).then(|| format!("{name}-hint"));
        let fault = self.fault(name).map(|_| format!("{name}-fault"));
        Tied { wrong: fault.is_some(), by: hint.into_iter().chain(fault).collect() }
    }
}

/// The attributes that tie a field to what is said of it.
#[derive(Clone, Debug)]
pub struct Tied {
    by: Vec<String>,
    wrong: bool,
}

/// It is made of names of ours.
impl HtmlSafe for Tied {}

impl fmt::Display for Tied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.by.is_empty() {
            write!(f, " aria-describedby=\"{}\"", self.by.join(" "))?;
        }
        if self.wrong { f.write_str(" aria-invalid=\"true\"") } else { Ok(()) }
    }
}

/// A form as it is read: what does not fit is kept until all of it was read.
#[derive(Debug)]
pub struct Reading<'f> {
    fields: &'f Fields,
    faults: Vec<Fault>,
}

impl<'f> Reading<'f> {
    /// Begins to read.
    pub fn of(fields: &'f Fields) -> Reading<'f> {
        Reading { fields, faults: Vec::new() }
    }

    /// What was read, or every fault that was found.
    pub fn whole<T>(self, read: Option<T>) -> Result<T> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ => Err(Error::Invalid(self.faults)),
        }
    }

    fn kept<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// A whole number.
    pub fn number(&mut self, name: &str) -> Option<i32> {
        let of = || say!("Write a whole number, such as 3.", "3처럼 정수로 적으세요.");
        let read = self.fields.one(name).parse();
        self.kept(read.map_err(|_unfit| Fault::new(pointer(name), "number.shape", of())))
    }

    /// Hours, such as `7.5`.
    pub fn hours(&mut self, name: &str) -> Option<f64> {
        let of = || say!("Write the hours as a number, such as 7.5.", "7.5처럼 숫자로 적으세요.");
        let read = self.fields.one(name).replace(',', ".").parse::<f64>();
        let read = read.map_err(|_unfit| ()).and_then(|hours| if hours.is_finite() { Ok(hours) } else { Err(()) });
        self.kept(read.map_err(|()| Fault::new(pointer(name), "hours.shape", of())))
    }

    /// Hours, where they are filled in.
    pub fn maybe_hours(&mut self, name: &str) -> Option<Option<f64>> {
        match self.fields.filled(name) {
            Some(_) => self.hours(name).map(Some),
            None => Some(None),
        }
    }

    /// A day, as browsers send it.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let of = || say!("Choose a day, or write it like 2026-11-05.", "날짜를 고르거나 2026-11-05처럼 적으세요.");
        let read = self.fields.one(name).parse();
        self.kept(read.map_err(|_unfit| Fault::new(pointer(name), "date.shape", of())))
    }

    /// A text of any length.
    pub fn text(&mut self, name: &str) -> Option<Text> {
        let read = Text::parse(self.fields.one(name)).map_err(|unfit| unfit.fault(&pointer(name)));
        self.kept(read)
    }

    /// A text of any length, where it is filled in.
    pub fn maybe_text(&mut self, name: &str) -> Option<Option<Text>> {
        match self.fields.filled(name) {
            Some(_) => self.text(name).map(Some),
            None => Some(None),
        }
    }

    /// A name or a title.
    pub fn name(&mut self, name: &str) -> Option<Name> {
        let read = Name::parse(self.fields.one(name)).map_err(|unfit| unfit.fault(&pointer(name)));
        self.kept(read)
    }

    /// A name, where it is filled in.
    pub fn maybe_name(&mut self, name: &str) -> Option<Option<Name>> {
        match self.fields.filled(name) {
            Some(_) => self.name(name).map(Some),
            None => Some(None),
        }
    }

    /// A short name.
    pub fn slug(&mut self, name: &str) -> Option<Slug> {
        let read = Slug::parse(self.fields.one(name)).map_err(|unfit| unfit.fault(&pointer(name)));
        self.kept(read)
    }

    /// A text in English, in Korean or in both, from two fields; none where both are empty.
    pub fn maybe_both(&mut self, name: &str) -> Option<Option<Localized>> {
        // Both are read before either is given up, so that both faults are told.
        let (en, ko) = (self.maybe_text(&format!("{name}_en")), self.maybe_text(&format!("{name}_ko")));
        let (en, ko) = (en?, ko?);
        if en.is_none() && ko.is_none() {
            return Some(None);
        }
        let boxed = |text: Option<Text>| text.map(|text| Box::from(text.as_str()));
        Some(Some(Localized { en: boxed(en), ko: boxed(ko) }))
    }

    /// A text in English, in Korean or in both.
    pub fn both(&mut self, name: &str) -> Option<Localized> {
        let of = || say!("Write it in one of the two languages at least.", "두 언어 중 하나로는 적으세요.");
        let read = self.maybe_both(name)?;
        self.kept(read.ok_or_else(|| Fault::new(pointer(&format!("{name}_en")), "text.shape", of())))
    }

    /// A name in English, in Korean or in both: as a text, and on one line each.
    pub fn both_names(&mut self, name: &str) -> Option<Localized> {
        let lines = ["en", "ko"].map(|lang| self.maybe_name(&format!("{name}_{lang}")));
        if lines.iter().any(Option::is_none) { None } else { self.both(name) }
    }
}

fn pointer(name: &str) -> String {
    format!("/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_rows_are_taken_out_and_the_others_numbered_anew() {
        let fields = Fields::default().with("title", "x").with("options/0/title", "").with("options/2/title", "b");
        let closed = fields.with("options/2/notes", "n").closed_up("options", &["title", "notes"]);
        assert_eq!((closed.one("options/0/title"), closed.one("options/0/notes")), ("b", "n"));
        assert_eq!((closed.rows("options", "title"), closed.one("title")), (1, "x"));
    }

    #[test]
    fn a_name_on_two_lines_is_refused_in_both_languages() {
        let fields = Fields::default().with("name_en", "a\nb").with("name_ko", "가\n나");
        let mut reading = Reading::of(&fields);
        let read = reading.both_names("name");
        let Err(Error::Invalid(faults)) = reading.whole(read) else { panic!("it was read") };
        assert_eq!(faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/name_en", "/name_ko"]);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let fields = Fields::default().with("a", "x").with("b", "2,5").with("c", "");
        let mut reading = Reading::of(&fields);
        let read = (reading.number("a"), reading.hours("b"), reading.day("c"));
        assert_eq!(read, (None, Some(2.5), None));
        let Err(Error::Invalid(faults)) = reading.whole(read.0) else { panic!("it was read") };
        assert_eq!(faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/a", "/c"]);
    }
}

//! What was typed into a form, by the names of its fields.

use serde::Deserialize;

use super::form::filled;

/// More rows than any list of a form may have.
const ROWS_MOST: usize = 60;

/// The fields of a form, some of them more than once: boxes of one name are sent as many times as they are ticked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// One more field.
    pub fn with(mut self, name: impl Into<String>, value: impl ToString) -> Typed {
        self.0.push((name.into(), value.to_string()));
        self
    }

    /// One more field, where there is something to put into it.
    pub fn maybe(self, name: &str, value: Option<impl ToString>) -> Typed {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// What a field holds; nothing where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// What the fields of this name hold.
    pub fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.trim())
    }

    /// What a field holds, without the space around it; none where it is empty.
    pub fn filled(&self, name: &str) -> Option<&str> {
        filled(self.get(name))
    }

    /// Whether it was sent: a box that is not ticked is not.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(of, _)| of == name)
    }

    /// Whether nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Rows of a list, such as `options/0/title` and `options/0/notes`, with those that are left empty taken out, so that they are
    /// numbered as what is made of them will be.
    pub fn closed_up(self, list: &str, columns: &[&str]) -> Typed {
        let cells = |row: usize| -> Vec<String> {
            columns.iter().map(|column| self.get(&at(list, row, column)).to_owned()).collect()
        };
        let is_filled = |cells: &Vec<String>| cells.iter().any(|cell| filled(cell).is_some());
        let rows: Vec<Vec<String>> = (0..ROWS_MOST).map(cells).filter(is_filled).collect();
        let prefix = format!("{list}/");
        let mut closed = Typed(self.0.into_iter().filter(|(name, _)| !name.starts_with(&prefix)).collect());
        for (row, cells) in rows.into_iter().enumerate() {
            for (column, cell) in columns.iter().zip(cells) {
                closed = closed.with(at(list, row, column), cell);
            }
        }
        closed
    }

    /// How many rows of a list were sent, each with a field of this name: `links/0/url`.
    pub fn rows(&self, list: &str, column: &str) -> usize {
        (0..ROWS_MOST).take_while(|row| self.has(&at(list, *row, column))).count()
    }
}

fn at(list: &str, row: usize, column: &str) -> String {
    format!("{list}/{row}/{column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_rows_are_taken_out_and_the_others_numbered_anew() {
        let typed = Typed::default().with("title", "x").with("options/0/title", "").with("options/2/title", "b");
        let closed = typed.with("options/2/notes", "n").closed_up("options", &["title", "notes"]);
        assert_eq!((closed.get("options/0/title"), closed.get("options/0/notes")), ("b", "n"));
        assert_eq!((closed.rows("options", "title"), closed.get("title")), (1, "x"));
    }
}

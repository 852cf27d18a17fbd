//! The matrix as files that people open in a spreadsheet: CSV, and the workbook of Office Open XML (XLSX).

use std::collections::HashMap;

use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Workbook, XlsxError};

use super::Role;
use super::table::{Effective, Named, Table};
use crate::base::{Error, Instant, Lang, Result, Sentence, say};

/// The media type of CSV.
pub const CSV: &str = "text/csv";
/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Columns before the first holder.
const FIXED: u16 = 4;

/// The lines of the sheet, the headings first: a topic a line, a holder a column, a letter a role. What is inherited stands
/// in brackets.
pub fn lines(table: &Table, lang: Lang) -> Vec<Vec<String>> {
    let titles = titles(&table.holders, lang);
    let head = headings().map(|heading| heading.text(lang).to_owned()).into_iter().chain(titles).collect();
    let line = |topic: &Effective| {
        let row = topic.row;
        let parent = row.parent.and_then(|parent| table.row(parent)).map(|parent| parent.slug.to_string());
        let source = topic.inherited_from.map(|source| source.slug.to_string());
        let fixed = [
            row.slug.to_string(),
            row.name.text(lang).to_owned(),
            parent.unwrap_or_default(),
            source.unwrap_or_default(),
        ];
        fixed.into_iter().chain(table.holders.iter().map(|named| letters(topic, named))).collect()
    };
    [head].into_iter().chain(table.effective().iter().map(line)).collect()
}

fn headings() -> [Sentence; 4] {
    [
        say!("Topic", "주제"),
        say!("Name", "이름"),
        say!("Part of", "상위 주제"),
        say!("Inherited from", "담당을 물려받은 주제"),
    ]
}

/// One title a holder. Divisions have their short name behind the name, people who are called the same their id.
fn titles(holders: &[Named], lang: Lang) -> Vec<String> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    holders.iter().for_each(|named| *count.entry(named.name.text(lang)).or_default() += 1);
    let title = |named: &Named| {
        let name = named.name.text(lang);
        let id = || named.holder.id().map(|id| id.to_string());
        let is_double = count.get(name).is_some_and(|count| *count > 1);
        let behind = named.slug.clone().or_else(|| if is_double { id() } else { None });
        behind.map_or(name.to_owned(), |behind| format!("{name} ({behind})"))
    };
    holders.iter().map(title).collect()
}

fn letters(topic: &Effective, named: &Named) -> String {
    let has = |role: &&Role| topic.holders(**role).any(|holder| holder == named.holder);
    let letters: String = Role::ALL.iter().filter(has).map(|role| role.letter()).collect();
    match topic.inherited_from {
        Some(_) if !letters.is_empty() => format!("({letters})"),
        _ => letters,
    }
}

/// What a spreadsheet would take for a formula gets an apostrophe before it, and so does what would then read the same.
pub fn harmless(text: &str) -> String {
    let starts = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// The table as CSV (RFC 4180) in UTF-8, with a line of headings.
pub fn csv(table: &Table, lang: Lang) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for line in lines(table, lang) {
        writer.write_record(line.iter().map(|text| harmless(text))).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|cause| Error::internal(cause.to_string()))
}

/// The table as a workbook. `at` is when it was made, so that the same matrix is the same file.
pub fn xlsx(table: &Table, lang: Lang, at: Instant) -> Result<Vec<u8>> {
    workbook(&lines(table, lang), lang, at).map_err(Error::internal)
}

fn workbook(lines: &[Vec<String>], lang: Lang, at: Instant) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&at.utc().naive_utc()));
    let sheet = workbook.add_worksheet();
    sheet.set_name(say!("Responsibilities", "담당").text(lang))?;
    sheet.set_freeze_panes(1, 2)?;
    let (head, letter, plain) =
        (Format::new().set_bold().set_text_wrap(), Format::new().set_align(FormatAlign::Center), Format::new());
    for (row, line) in (0_u32..).zip(lines) {
        for (column, text) in (0_u16..).zip(line) {
            let format = match (row, column) {
                (0, _) => &head,
                (_, FIXED..) => &letter,
                _ => &plain,
            };
            sheet.write_string_with_format(row, column, harmless(text), format)?;
        }
    }
    sheet.set_column_width(0, 22)?;
    sheet.set_column_width(1, 32)?;
    workbook.save_to_buffer()
}

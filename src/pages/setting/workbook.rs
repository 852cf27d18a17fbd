//! A table that somebody sends as a file: CSV in UTF-8, or the first sheet of an Excel workbook, as the text that it would be had
//! it been pasted. Workbooks come from strangers: one is unpacked up to a bound and no further, and read cell by cell.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use calamine::{DataRef, Reader, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::roll::{ROWS_MOST, fault};
use crate::base::{Fault, Sentence, say};

/// The most bytes that a workbook may unpack to. Five hundred people with all that is read of them take a tenth of it.
const UNPACKED_MOST: u64 = 4 * 1024 * 1024;
/// The most parts that a workbook may have.
const PARTS_MOST: usize = 1000;
/// The last line that may hold anything: as many as people, and as many again that were left empty.
const LINES_MOST: u32 = 1000;
/// The columns that are read.
const COLUMNS_MOST: u32 = 50;
/// The most bytes of text in all of them.
const TEXT_MOST: usize = 1024 * 1024;

/// The table in a file, with tabs between the cells.
pub fn text(bytes: Vec<u8>) -> Result<String, Vec<Fault>> {
    let read = match bytes.starts_with(b"PK") {
        true => unpacked(bytes).and_then(sheet),
        false => String::from_utf8(bytes).map_err(|_other| unknown()),
    };
    read.map_err(|detail| vec![fault(1, "file", "file.shape", detail)])
}

/// The parts of a workbook that are read here, packed anew: what follows reads what was measured, and nothing else.
fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, Sentence> {
    let mut packed = ZipArchive::new(Cursor::new(bytes)).map_err(|_broken| unknown())?;
    if packed.len() > PARTS_MOST {
        return Err(large());
    }
    let mut left = UNPACKED_MOST;
    let mut plain = ZipWriter::new(Cursor::new(Vec::new()));
    let as_it_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..packed.len() {
        let part = packed.by_index(index).map_err(|_broken| unknown())?;
        let name = part.name().map_err(|_broken| unknown())?.into_owned();
        if !is_read(&name) {
            continue;
        }
        let mut body = Vec::new();
        part.take(left + 1).read_to_end(&mut body).map_err(|_broken| unknown())?;
        left = u64::try_from(body.len()).ok().and_then(|long| left.checked_sub(long)).ok_or_else(large)?;
        plain.start_file(name, as_it_is).map_err(|_twice| unknown())?;
        plain.write_all(&body).map_err(|_full| large())?;
    }
    plain.finish().map(Cursor::into_inner).map_err(|_full| large())
}

/// Pictures, drawings and the like are left packed.
fn is_read(name: &str) -> bool {
    let folded = name.to_ascii_lowercase();
    let sheet = folded.starts_with("xl/worksheets/") && folded.ends_with(".xml");
    let about = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml", "xl/styles.xml"];
    sheet || about.contains(&folded.as_str()) || ["[content_types].xml", "_rels/.rels"].contains(&folded.as_str())
}

/// The first sheet, line by line; lines that are left empty count, so that faults are told by the numbers people see.
fn sheet(bytes: Vec<u8>) -> Result<String, Sentence> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_broken| unknown())?;
    let first = book.sheet_names().into_iter().next().ok_or_else(unknown)?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_broken| unknown())?;
    let mut lines: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let mut left = TEXT_MOST;
    while let Some(cell) = cells.next_cell().map_err(|_broken| unknown())? {
        let ((line, column), held) = (cell.get_position(), words(cell.get_value()));
        if held.is_empty() || column >= COLUMNS_MOST {
            continue;
        }
        if line >= LINES_MOST {
            return Err(many());
        }
        // One text may stand in many cells: what is counted is what is written.
        left = left.checked_sub(held.len()).ok_or_else(large)?;
        lines.entry(line).or_default().insert(column, held);
    }
    written(&lines)
}

/// What a cell holds. Numbers and dates are no part of a person; they are told by what they are.
fn words(of: &DataRef) -> String {
    match of {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(at) => at.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn written(lines: &BTreeMap<u32, BTreeMap<u32, String>>) -> Result<String, Sentence> {
    let mut table = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    let last = lines.keys().next_back().copied().unwrap_or_default();
    for line in 0..=last {
        let cells = lines.get(&line);
        let width = cells.and_then(|cells| cells.keys().next_back()).map_or(0, |column| column + 1);
        let cell = |column: u32| cells.and_then(|cells| cells.get(&column)).map(String::as_str).unwrap_or_default();
        // On one line each, so that lines are numbered as in the sheet.
        let cells = (0..width.max(2)).map(|column| cell(column).replace(['\r', '\n', '\t'], " "));
        table.write_record(cells).map_err(|_unfit| unknown())?;
    }
    let bytes = table.into_inner().map_err(|_unfit| unknown())?;
    String::from_utf8(bytes).map_err(|_unfit| unknown())
}

fn unknown() -> Sentence {
    say!(
        "Choose an Excel workbook (.xlsx) or a CSV file in UTF-8. This file could not be read as either.",
        "엑셀 파일(.xlsx)이나 UTF-8로 저장한 CSV 파일을 고르세요. 이 파일은 읽을 수 없습니다."
    )
}

fn large() -> Sentence {
    say!(
        "This workbook holds more than a table of people does. Copy the table into a new one.",
        "사람 명단치고는 너무 큰 파일입니다. 명단만 새 파일에 옮겨 담으세요."
    )
}

fn many() -> Sentence {
    say!(
        "Invite at most {ROWS_MOST} people at once. This sheet holds something below line {LINES_MOST}.",
        "한 번에 {ROWS_MOST}명까지 초대할 수 있습니다. {LINES_MOST}번째 줄 아래에도 내용이 있는 파일입니다."
    )
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops and says where")]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    fn book(cells: &[(u32, u16, &str)]) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (line, column, text) in cells {
            sheet.write_string(*line, *column, *text).unwrap();
        }
        book.save_to_buffer().unwrap()
    }

    fn code(read: Result<String, Vec<Fault>>) -> String {
        let faults = read.expect_err("it was read");
        faults.into_iter().map(|fault| fault.detail.en.into_owned()).collect()
    }

    #[test]
    fn a_sheet_is_the_text_that_would_be_pasted() {
        let cells = [(0, 0, "email"), (0, 1, "name"), (2, 0, "ada@example.org"), (2, 1, "Ada \"the\"\nfirst")];
        assert_eq!(text(book(&cells)).unwrap(), "email\tname\n\t\nada@example.org\t\"Ada \"\"the\"\" first\"\n");
        assert_eq!(text("email\nada@example.org".into()).unwrap(), "email\nada@example.org");
    }

    #[test]
    fn l4_what_is_no_table_is_refused() {
        assert!(code(text(b"PK no zip at all".to_vec())).starts_with("Choose an Excel workbook"));
        assert!(code(text(vec![0xd0, 0xcf, 0x11, 0xe0])).starts_with("Choose an Excel workbook"));
        assert!(code(text(book(&[(LINES_MOST, 0, "x")]))).starts_with("Invite at most"));
        let far = text(book(&[(0, 0, "email"), (0, 16_383, "x"), (1, 0, "ada@example.org")])).unwrap();
        assert_eq!(far, "email\t\nada@example.org\t\n");
    }

    #[test]
    fn l4_a_workbook_that_unpacks_to_more_is_refused() {
        let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
        bomb.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
        for _ in 0..64 {
            bomb.write_all(&[b' '; 1024 * 1024]).unwrap();
        }
        let bomb = bomb.finish().unwrap().into_inner();
        assert!(bomb.len() < 128 * 1024, "it is small as it is sent");
        assert!(code(text(bomb)).starts_with("This workbook holds more"));
        // One long text in many cells.
        let long = "x".repeat(32_000);
        let cells: Vec<(u32, u16, &str)> = (0..100).map(|line| (line, 0, long.as_str())).collect();
        assert!(code(text(book(&cells))).starts_with("This workbook holds more"));
    }
}

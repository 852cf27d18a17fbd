//! A report as files that people open in a spreadsheet.

use rust_xlsxwriter::{DocProperties, Format, Workbook, XlsxError};

use super::{Figures, Report};
use crate::base::{Error, Lang, Localized, Result, Sentence, say};
use crate::matrix::sheet::harmless;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    Empty,
}

impl Cell {
    fn plain(&self) -> String {
        match self {
            Cell::Text(text) => harmless(text),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        }
    }
}

fn word(text: impl ToString) -> Cell {
    Cell::Text(text.to_string())
}

fn count(count: usize) -> Cell {
    u32::try_from(count).map_or(Cell::Empty, |count| Cell::Number(count.into()))
}

/// Seconds up to 136 years; longer ones would not be seconds of a hackathon.
fn seconds(seconds: Option<i64>) -> Cell {
    seconds.and_then(|seconds| u32::try_from(seconds).ok()).map_or(Cell::Empty, |seconds| Cell::Number(seconds.into()))
}

fn share(share: Option<f64>) -> Cell {
    share.map_or(Cell::Empty, Cell::Number)
}

/// One sheet: its title and its lines, the headings first.
pub struct Sheet {
    title: Sentence,
    lines: Vec<Vec<Cell>>,
}

impl Sheet {
    fn new(title: Sentence, headings: &[Sentence], lang: Lang) -> Sheet {
        Sheet { title, lines: vec![headings.iter().map(|heading| word(heading.text(lang))).collect()] }
    }

    fn with(mut self, lines: impl Iterator<Item = Vec<Cell>>) -> Sheet {
        self.lines.extend(lines);
        self
    }
}

/// All questions and their groups, a line each.
fn figures(report: &Report, lang: Lang) -> Sheet {
    let headings = [
        say!("Group", "그룹"),
        say!("Name", "이름"),
        say!("Asked", "질문"),
        say!("Answered", "답변"),
        say!("Resolved", "해결"),
        say!("Never claimed", "아무도 맡지 않음"),
        say!("Share never claimed", "맡지 않은 비율"),
        say!("Bounced", "여러 번 넘겨짐"),
        say!("First answer, median (s)", "첫 답변 중앙값(초)"),
        say!("First answer, 90% (s)", "첫 답변 90%(초)"),
        say!("First answer, longest (s)", "첫 답변 최장(초)"),
        say!("First answer in working hours, median (s)", "업무 시간 기준 첫 답변 중앙값(초)"),
        say!("First answer in working hours, 90% (s)", "업무 시간 기준 첫 답변 90%(초)"),
        say!("Resolution, median (s)", "해결 중앙값(초)"),
        say!("Resolution, 90% (s)", "해결 90%(초)"),
    ];
    let all = line(word("*"), word(say!("All questions", "전체").text(lang)), &report.all);
    let group = |group: &super::Group| {
        let key = group.key.as_ref().map_or(Cell::Empty, word);
        line(key, word(group.name.text(lang)), &group.figures)
    };
    Sheet::new(say!("Questions", "질문"), &headings, lang)
        .with([all].into_iter().chain(report.groups.iter().map(group)))
}

fn line(key: Cell, name: Cell, of: &Figures) -> Vec<Cell> {
    vec![
        key,
        name,
        count(of.asked),
        count(of.answered),
        count(of.resolved),
        count(of.never_claimed),
        share(of.share_never_claimed),
        count(of.bounced),
        seconds(of.first_answer.median_seconds),
        seconds(of.first_answer.p90_seconds),
        seconds(of.first_answer.max_seconds),
        seconds(of.first_answer_worked.median_seconds),
        seconds(of.first_answer_worked.p90_seconds),
        seconds(of.resolution.median_seconds),
        seconds(of.resolution.p90_seconds),
    ]
}

fn hours(report: &Report, lang: Lang) -> Sheet {
    let headings = [
        say!("Hour", "시"),
        say!("Asked", "질문"),
        say!("Never claimed", "아무도 맡지 않음"),
        say!("Share never claimed", "맡지 않은 비율"),
        say!("Nobody on duty", "응답 시간 아님"),
        say!("People on duty", "응답 가능 인원"),
    ];
    let line = |hour: &super::Hour| {
        let (asked, missed, off) = (count(hour.asked), count(hour.never_claimed), count(hour.nobody_on_duty));
        vec![count(hour.hour), asked, missed, share(hour.share_never_claimed), off, Cell::Number(hour.people_on_duty)]
    };
    Sheet::new(say!("Hours", "시간대"), &headings, lang).with(report.hours.iter().map(line))
}

fn handoffs(report: &Report, lang: Lang) -> Sheet {
    let headings = [
        say!("From", "보낸 곳"),
        say!("To", "받은 곳"),
        say!("Offered", "제안"),
        say!("Accepted", "수락"),
        say!("Declined", "거절"),
        say!("Expired", "만료"),
    ];
    let line = |pair: &super::Passes| {
        let names = [&pair.from.name, &pair.to.name].map(|name: &Localized| word(name.text(lang)));
        let counts = [pair.offered, pair.accepted, pair.declined, pair.expired].map(count);
        names.into_iter().chain(counts).collect()
    };
    Sheet::new(say!("Hand-offs", "넘김"), &headings, lang).with(report.handoffs.iter().map(line))
}

fn unanswered(report: &Report, lang: Lang) -> Sheet {
    let headings = [say!("Topic", "주제"), say!("Name", "이름"), say!("Asked", "질문")];
    let line = |topic: &super::Unanswered| vec![word(&topic.slug), word(topic.name.text(lang)), count(topic.asked)];
    let lines = report.topics_without_answers.iter().map(line);
    Sheet::new(say!("Topics without answers", "답변 없는 주제"), &headings, lang).with(lines)
}

fn drift(report: &Report, lang: Lang) -> Option<Sheet> {
    let headings = [
        say!("Topic", "주제"),
        say!("Responsible", "담당"),
        say!("Answered by", "답변한 담당"),
        say!("Handed on and answered there", "넘겨져 답변된 질문"),
        say!("Of", "전체"),
    ];
    let name = |holder: &crate::question::store::names::HolderView| match lang {
        Lang::En => word(&holder.name.en),
        Lang::Ko => word(&holder.name.ko),
    };
    let line = |drift: &super::Drift| {
        vec![word(&drift.topic), name(&drift.from), name(&drift.to), count(drift.handed), count(drift.of)]
    };
    let sheet = Sheet::new(say!("Changes proposed", "변경 제안"), &headings, lang);
    report.drift.as_ref().map(|all| sheet.with(all.iter().map(line)))
}

fn comparison(report: &Report, lang: Lang) -> Option<Sheet> {
    let found = report.comparison.as_ref()?;
    let headings = [
        say!("Hackathon", "해커톤"),
        say!("Asked", "질문"),
        say!("Answered", "답변"),
        say!("Answered where it came", "처음 배정된 담당이 답한 비율"),
        say!("Handed on", "넘겨진 비율"),
        say!("Never claimed", "맡지 않은 비율"),
    ];
    let line = |side: &super::Side| {
        let shares = [side.share_answered_where_it_came, side.share_handed_on, side.share_never_claimed].map(share);
        [word(&side.hackathon.slug), count(side.asked), count(side.answered)].into_iter().chain(shares).collect()
    };
    let lines = [line(&found.here), line(&found.there), vec![word(&found.sentence)]];
    Some(Sheet::new(say!("Side by side", "비교"), &headings, lang).with(lines.into_iter()))
}

/// The figures as CSV (RFC 4180) in UTF-8: a line of headings, one for all questions, and one for each group.
pub fn csv(report: &Report, lang: Lang) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for line in figures(report, lang).lines {
        writer.write_record(line.iter().map(Cell::plain)).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|cause| Error::internal(cause.to_string()))
}

/// All of the report as a workbook, a sheet for each part.
pub fn xlsx(report: &Report, lang: Lang) -> Result<Vec<u8>> {
    let sheets = [figures(report, lang), hours(report, lang), handoffs(report, lang), unanswered(report, lang)];
    let sheets = sheets.into_iter().chain(drift(report, lang)).chain(comparison(report, lang));
    workbook(sheets, report, lang).map_err(Error::internal)
}

fn workbook(
    sheets: impl Iterator<Item = Sheet>,
    report: &Report,
    lang: Lang,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&report.as_of.utc().naive_utc()));
    let head = Format::new().set_bold().set_text_wrap();
    for Sheet { title, lines } in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(title.text(lang))?;
        sheet.set_freeze_panes(1, 0)?;
        for (row, line) in (0_u32..).zip(&lines) {
            for (column, cell) in (0_u16..).zip(line) {
                match cell {
                    Cell::Text(text) if row == 0 => sheet.write_string_with_format(row, column, text, &head)?,
                    Cell::Text(text) => sheet.write_string(row, column, harmless(text))?,
                    Cell::Number(number) => sheet.write_number(row, column, *number)?,
                    Cell::Empty => continue,
                };
            }
        }
    }
    workbook.save_to_buffer()
}

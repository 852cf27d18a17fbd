//! The report: what became of the questions, as sentences, pictures and the numbers behind them.

mod picture;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;

use super::frame::{Frame, Tab, Visit};
use super::time::Watch;
use super::words::Words;
use super::{Shown, page};
use crate::access::May;
use crate::access::policy::SeeReport;
use crate::base::{Error, Lang, Result, Sentence, say};
use crate::directory::Directories;
use crate::hackathon::Hackathon;
use crate::report::{self, BOUNCED_FROM, Drift, Figures, Group, GroupBy, Passes, Report, Spread, Wish};
use picture::{Bars, Hours};

#[derive(Template)]
#[template(path = "report/report.html")]
struct Page {
    frame: Frame,
    place: String,
    part: bool,
    asked: usize,
    sentences: Vec<String>,
    first_answer: Bars,
    hours: Hours,
    passes: Vec<Flow>,
    silent: Vec<(Words, usize)>,
    drift: Option<Vec<String>>,
    by: Vec<(&'static str, Sentence, bool)>,
    groups: Vec<Row>,
}

/// Hand-offs from one to another, with the length of their bar in percent.
struct Flow {
    from: Words,
    to: Words,
    offered: usize,
    accepted: usize,
    length: usize,
}

/// A group of questions in figures.
struct Row {
    name: Words,
    asked: usize,
    answered: usize,
    half_within: String,
    never_claimed: String,
    bounced: usize,
}

/// What is looked at.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    by: String,
}

impl Wanted {
    fn group_by(&self) -> GroupBy {
        GroupBy::from_word(&self.by).unwrap_or(GroupBy::Topic)
    }
}

/// `GET /h/{hackathon}/report`
pub async fn show(
    visit: Visit,
    may: May<SeeReport, Hackathon>,
    known: web::Data<Directories>,
    wanted: web::Query<Wanted>,
) -> Shown {
    let (lang, group_by) = (visit.lang, wanted.group_by());
    let kept = known.look(&may).await?.directory;
    let drawn = may.read(move |tx, right| {
        let report = report::report(tx, right.on(), (right.user(), right.roles()), &kept, wish(group_by))?;
        let frame = Frame::within(tx, &visit, right.on(), right.roles(), Some(Tab::Report))?;
        Ok(whole(report, frame, &visit.watch(right.on()), group_by, format!("/h/{}/report", right.on().slug)))
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

fn wish(group_by: GroupBy) -> Wish {
    Wish { group_by: Some(group_by), bounced_from: BOUNCED_FROM }
}

fn whole(report: Report, frame: Frame, watch: &Watch, group_by: GroupBy, place: String) -> Page {
    let lang = watch.lang;
    let most = report.handoffs.iter().map(|one| one.offered).max().unwrap_or_default();
    Page {
        frame,
        place,
        part: !report.extent.all,
        asked: report.all.asked,
        sentences: sentences(&report.all, watch),
        first_answer: Bars::of(&report.all.first_answer, watch),
        hours: Hours::of(&report.hours, lang),
        passes: report.handoffs.iter().map(|one| flow(one, most, lang)).collect(),
        silent: report.topics_without_answers.iter().map(|one| (Words::of(&one.name, lang), one.asked)).collect(),
        drift: report.drift.map(|all| all.iter().map(|one| proposal(one, lang)).collect()),
        by: GroupBy::ALL.iter().map(|one| (one.word(), called(*one), *one == group_by)).collect(),
        groups: report.groups.iter().map(|one| row(one, watch)).collect(),
    }
}

/// What the figures say, in words.
fn sentences(all: &Figures, watch: &Watch) -> Vec<String> {
    let (asked, answered, resolved) = (all.asked, all.answered, all.resolved);
    let counted = say!(
        "{asked} questions were asked, {answered} answered and {resolved} resolved.",
        "질문 {asked}건 가운데 {answered}건에 답이 달렸고 {resolved}건이 해결되었습니다."
    );
    let claimed = all.never_claimed;
    let unclaimed = say!("Nobody ever claimed {claimed} of them.", "아무도 맡지 않은 질문은 {claimed}건입니다.");
    let bounced = all.bounced;
    let bouncing = say!(
        "{bounced} were handed on {BOUNCED_FROM} times or more.",
        "{BOUNCED_FROM}번 이상 넘겨진 질문은 {bounced}건입니다."
    );
    [Some(counted.text(watch.lang).to_owned()), half(&all.first_answer, watch)]
        .into_iter()
        .flatten()
        .chain([unclaimed, bouncing].map(|sentence| sentence.text(watch.lang).to_owned()))
        .collect()
}

/// "Half of the first answers came within 12 minutes, nine of ten within 3 hours."
fn half(of: &Spread, watch: &Watch) -> Option<String> {
    // "Within less than a minute" is no way to speak.
    let length = |seconds: i64| watch.length(TimeDelta::seconds(seconds.max(60)));
    let (half, most) = (length(of.median_seconds?), length(of.p90_seconds?));
    let sentence = say!(
        "Half of the first answers came within {half}, nine of ten within {most}.",
        "첫 답변의 절반은 {half} 안에, 열에 아홉은 {most} 안에 달렸습니다."
    );
    Some(sentence.text(watch.lang).to_owned())
}

fn flow(of: &Passes, most: usize, lang: Lang) -> Flow {
    Flow {
        from: Words::of(&of.from.name, lang),
        to: Words::of(&of.to.name, lang),
        offered: of.offered,
        accepted: of.accepted,
        length: (of.offered * 100).checked_div(most).unwrap_or_default(),
    }
}

/// What rule R9 proposes.
fn proposal(of: &Drift, lang: Lang) -> String {
    let (topic, from, to) = (of.name.text(lang), &of.from.name, &of.to.name);
    let (handed, all) = (of.handed, of.of);
    match lang {
        Lang::En => format!(
            "{topic}: {} handed {handed} of {all} questions on to {}, who answered them. Should they be responsible?",
            from.en, to.en
        ),
        Lang::Ko => format!(
            "{topic}: 질문 {all}건 가운데 {handed}건이 넘어가서 답변되었습니다. {} → {}. 담당을 바꿀까요?",
            from.ko, to.ko
        ),
    }
}

fn called(by: GroupBy) -> Sentence {
    match by {
        GroupBy::Organization => Sentence::fixed("By organization", "기관별"),
        GroupBy::Topic => Sentence::fixed("By topic", "주제별"),
        GroupBy::Team => Sentence::fixed("By team", "팀별"),
        GroupBy::Sprint => Sentence::fixed("By sprint", "스프린트별"),
        GroupBy::Profession => Sentence::fixed("By profession", "직업별"),
    }
}

fn row(of: &Group, watch: &Watch) -> Row {
    let Figures { asked, answered, bounced, share_never_claimed, first_answer, .. } = &of.figures;
    let half = first_answer.median_seconds.map(|seconds| watch.length(TimeDelta::seconds(seconds)));
    Row {
        name: Words::of(&of.name, watch.lang),
        asked: *asked,
        answered: *answered,
        half_within: half.unwrap_or_else(|| "–".to_owned()),
        never_claimed: share_never_claimed.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0)),
        bounced: *bounced,
    }
}

/// `GET /h/{hackathon}/report/file?by=&format=`: the figures to take away, as CSV or as a workbook.
pub async fn file(
    visit: Visit,
    may: May<SeeReport, Hackathon>,
    known: web::Data<Directories>,
    wanted: web::Query<Wanted>,
    form: web::Query<Form>,
) -> Shown {
    let (lang, group_by, workbook) = (visit.lang, wanted.group_by(), form.format == "xlsx");
    let kept = known.look(&may).await?.directory;
    let (name, bytes) = may
        .read(move |tx, right| {
            let report = report::report(tx, right.on(), (right.user(), right.roles()), &kept, wish(group_by))?;
            let bytes = if workbook { report::xlsx(&report, lang)? } else { report::csv(&report, lang)? };
            Ok((format!("{}-report-by-{}", right.on().slug, group_by.word()), bytes))
        })
        .await?;
    download(&name, bytes, workbook)
}

/// In which form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Form {
    format: String,
}

fn download(name: &str, bytes: Vec<u8>, workbook: bool) -> Result<HttpResponse, Error> {
    let (kind, ending) = match workbook {
        true => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        false => ("text/csv; charset=utf-8", "csv"),
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")))
        .body(bytes))
}

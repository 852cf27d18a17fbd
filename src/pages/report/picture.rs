//! Pictures of the report, drawn as SVG: how answers are spread over time, and demand against duty by the hour.

use chrono::TimeDelta;

use crate::base::Lang;
use crate::pages::time::Watch;
use crate::report::{Hour, Spread};

/// The width of a picture, and the height of its bars.
const WIDTH: usize = 720;
const HEIGHT: usize = 120;

/// A bar of a picture, with its numbers.
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How many.
    pub count: usize,
    /// Where it stands.
    pub x: usize,
    /// Where it begins, from above.
    pub y: usize,
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
}

impl Bar {
    /// Its middle.
    pub fn middle(&self) -> usize {
        self.x + self.width / 2
    }

    /// Where its number stands.
    pub fn above(&self) -> usize {
        self.y.saturating_sub(6)
    }
}

/// How long answers took: a bar for each span of time.
pub struct Bars {
    /// The bars, the shortest time first.
    pub bars: Vec<Bar>,
}

impl Bars {
    /// The picture of a spread.
    pub fn of(spread: &Spread, watch: &Watch) -> Bars {
        let most = spread.buckets.iter().map(|bucket| bucket.count).max().unwrap_or_default();
        let width = WIDTH / spread.buckets.len().max(1);
        let mut before = None;
        let mut bars = Vec::with_capacity(spread.buckets.len());
        for (place, bucket) in spread.buckets.iter().enumerate() {
            let label = span(before, bucket.up_to_seconds, watch);
            before = bucket.up_to_seconds;
            bars.push(bar(label, bucket.count, most, place * width + 8, width.saturating_sub(16)));
        }
        Bars { bars }
    }
}

fn bar(label: String, count: usize, most: usize, x: usize, width: usize) -> Bar {
    let height = (count * HEIGHT).checked_div(most).unwrap_or_default();
    Bar { label, count, x, y: 24 + HEIGHT - height, width, height }
}

fn span(from: Option<i64>, to: Option<i64>, watch: &Watch) -> String {
    let length = |seconds: i64| watch.length(TimeDelta::seconds(seconds));
    match (from, to, watch.lang) {
        (_, Some(to), Lang::En) => format!("up to {}", length(to)),
        (_, Some(to), Lang::Ko) => format!("{} 이내", length(to)),
        (Some(from), None, Lang::En) => format!("over {}", length(from)),
        (Some(from), None, Lang::Ko) => format!("{} 초과", length(from)),
        (None, None, _) => String::new(),
    }
}

/// What was asked in each hour of the day, and how many people were on duty then.
pub struct Hours {
    /// A bar for each hour from the first to the last one in which anything happened.
    pub bars: Vec<HourBar>,
    /// The points of the line of people on duty.
    pub line: String,
    /// In words: the hour with most questions, and whether anybody was on duty.
    pub sentence: String,
}

/// An hour of the day.
pub struct HourBar {
    /// Questions asked in it.
    pub asked: Bar,
    /// Of these, how many nobody ever claimed.
    pub never_claimed: usize,
    /// People on duty, on the average.
    pub on_duty: String,
}

impl Hours {
    /// The picture of the hours of a day.
    pub fn of(hours: &[Hour], lang: Lang) -> Hours {
        let busy = |hour: &Hour| hour.asked > 0 || hour.people_on_duty > 0.0;
        let first = hours.iter().position(busy).unwrap_or_default();
        let last = hours.iter().rposition(busy).map_or(0, |last| last + 1);
        let shown = hours.get(first..last).unwrap_or_default();
        let most_asked = shown.iter().map(|hour| hour.asked).max().unwrap_or_default();
        let most_people = shown.iter().map(|hour| hour.people_on_duty).fold(0.0, f64::max);
        let width = WIDTH / shown.len().max(1);
        let (mut bars, mut line) = (Vec::with_capacity(shown.len()), Vec::with_capacity(shown.len()));
        for (place, hour) in shown.iter().enumerate() {
            let label = format!("{:02}", hour.hour);
            let asked = bar(label, hour.asked, most_asked, place * width + 3, width.saturating_sub(6));
            line.push(format!("{},{:.1}", asked.middle(), height(hour.people_on_duty, most_people)));
            let on_duty = format!("{:.1}", hour.people_on_duty);
            bars.push(HourBar { asked, never_claimed: hour.never_claimed, on_duty });
        }
        Hours { bars, line: line.join(" "), sentence: sentence(shown, lang) }
    }
}

/// Where so many people stand, from above.
fn height(people: f64, most: f64) -> f64 {
    let (top, whole) = (24.0, 120.0);
    if most > 0.0 { top + whole - people / most * whole } else { top + whole }
}

fn sentence(hours: &[Hour], lang: Lang) -> String {
    let Some(busiest) = hours.iter().max_by_key(|hour| (hour.asked, std::cmp::Reverse(hour.hour))) else {
        return String::new();
    };
    let (hour, asked, unmanned) =
        (busiest.hour, busiest.asked, hours.iter().map(|hour| hour.nobody_on_duty).sum::<usize>());
    match lang {
        Lang::En => format!(
            "Most is asked between {hour:02}:00 and {:02}:00 ({asked} questions); {unmanned} questions came while nobody was on duty for them.",
            (hour + 1) % 24
        ),
        Lang::Ko => format!(
            "가장 많이 묻는 시간은 {hour:02}:00~{:02}:00 ({asked}건). 응답할 사람이 없을 때 올라온 질문은 {unmanned}건입니다.",
            (hour + 1) % 24
        ),
    }
}

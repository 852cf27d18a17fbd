//! `signpost router predict` and `eval`: the router from the command line, over files of texts.

use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::time::Instant;

use super::course::{Course, Lesson, LessonKind};
use super::model::{Guess, Router};

/// What can be done with a router and files of texts.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Prints one JSON line a question: its label, its text, up to three likely topics, whether it is confident, and the time taken.
    Predict(Files),
    /// Prints accuracy, calibration error, out-of-scope AUROC and times.
    Eval(Files),
}

/// The files a router is trained from and asked about; all are lines of `label<TAB>text`.
#[derive(clap::Args, Debug, Clone)]
pub struct Files {
    /// Texts to learn, with their topics.
    #[arg(long, required_unless_present = "hackathon", conflicts_with = "hackathon")]
    pub items: Option<PathBuf>,
    /// A hackathon file whose topics are learnt in place of items.
    #[arg(long)]
    pub hackathon: Option<PathBuf>,
    /// Texts to ask about, with the topic each really has.
    #[arg(long)]
    pub questions: PathBuf,
    /// Texts that belong to no topic and train the mentor's.
    #[arg(long)]
    pub out_of_scope: Option<PathBuf>,
}

/// Why files could not be read, written or understood.
#[derive(thiserror::Error, Debug)]
pub enum Fault {
    /// A file or stream failed.
    #[error("{0} cannot be read or written: {1}")]
    File(String, std::io::Error),
    /// A line holds no tab.
    #[error("Line {1} of {0} is not a label, a tab and a text.")]
    Line(String, usize),
    /// A prediction cannot be written as JSON.
    #[error("A prediction cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// `--hackathon` was given where nobody reads hackathon files.
    #[error("Give --items FILE, or a hackathon file where topics are learnt from one.")]
    NoItems,
}

/// A label and a text.
pub type Line = (String, String);

/// One printed prediction.
#[derive(serde::Serialize)]
struct Prediction<'a> {
    label: &'a str,
    text: &'a str,
    top: Vec<Offer<'a>>,
    confident: bool,
    microseconds: f64,
}

#[derive(serde::Serialize)]
struct Offer<'a> {
    label: &'a str,
    confidence: f32,
}

/// Reads lines of `label<TAB>text`; empty lines are passed over. `name` is what faults call the source.
///
/// # Errors
/// A source that cannot be read, and a line without a tab.
pub fn lines(name: &str, source: impl BufRead) -> Result<Vec<Line>, Fault> {
    let mut lines = Vec::new();
    for (at, line) in source.lines().enumerate() {
        let line = line.map_err(|error| Fault::File(name.to_owned(), error))?;
        if !line.trim().is_empty() {
            let (label, text) = line.split_once('\t').ok_or_else(|| Fault::Line(name.to_owned(), at + 1))?;
            lines.push((label.to_owned(), text.to_owned()));
        }
    }
    Ok(lines)
}

/// A course from plain items: labels in the order they first occur, each named by its own words (`card_arrival` teaches "card arrival",
/// as a topic's name does in a hackathon).
#[must_use]
pub fn course(items: &[Line], out_of_scope: &[Line]) -> Course {
    let mut course =
        Course { off_topic: out_of_scope.iter().map(|(_, text)| text.clone()).collect(), ..Course::default() };
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (label, text) in items {
        let at = *known.entry(label).or_insert_with(|| {
            course.labels.push(label.clone());
            let name = label.replace(['_', '-'], " ");
            course.lessons.push(Lesson { label: course.labels.len() - 1, kind: LessonKind::Name, text: name });
            course.labels.len() - 1
        });
        course.lessons.push(Lesson { label: at, kind: LessonKind::Example, text: text.clone() });
    }
    course
}

/// The course the files describe; `None` stands for `--hackathon`, whose reader lives elsewhere.
///
/// # Errors
/// As [`lines`].
pub fn course_of(files: &Files) -> Result<Option<Course>, Fault> {
    let Some(items) = &files.items else {
        return Ok(None);
    };
    let out_of_scope = files.out_of_scope.as_ref().map(read).transpose()?.unwrap_or_default();
    Ok(Some(course(&read(items)?, &out_of_scope)))
}

/// Reads one file of lines.
///
/// # Errors
/// As [`lines`].
pub fn read(path: &PathBuf) -> Result<Vec<Line>, Fault> {
    let name = path.display().to_string();
    let file = std::fs::File::open(path).map_err(|error| Fault::File(name.clone(), error))?;
    lines(&name, std::io::BufReader::new(file))
}

/// Asks the router one question and takes the time, in microseconds.
#[must_use]
pub fn timed(router: &Router, text: &str) -> (Guess, f64) {
    let start = Instant::now();
    let guess = router.guess(text);
    (guess, start.elapsed().as_secs_f64() * 1e6)
}

/// Prints one JSON line a question.
///
/// # Errors
/// A sink that cannot be written.
pub fn predict(course: &Course, questions: &[Line], mut into: impl Write) -> Result<(), Fault> {
    let router = Router::train(course);
    for (label, text) in questions {
        let (guess, microseconds) = timed(&router, text);
        let name = |at: usize| course.labels.get(at).map_or("", String::as_str);
        let top =
            guess.top.iter().map(|offer| Offer { label: name(offer.label), confidence: offer.confidence }).collect();
        let line = serde_json::to_string(&Prediction { label, text, top, confident: guess.confident, microseconds })?;
        writeln!(into, "{line}").map_err(|error| Fault::File("The output".to_owned(), error))?;
    }
    Ok(())
}

/// Runs a command. `hackathon` gives the course of `--hackathon FILE` where the caller can read one.
///
/// # Errors
/// As [`lines`] and [`predict`], and where there is neither items nor a readable hackathon.
pub fn run(command: &Command, hackathon: Option<Course>, into: impl Write) -> Result<(), Fault> {
    let (Command::Predict(files) | Command::Eval(files)) = command;
    let mut course = course_of(files)?.or(hackathon).ok_or(Fault::NoItems)?;
    if files.items.is_none()
        && let Some(path) = &files.out_of_scope
    {
        course.off_topic.extend(read(path)?.into_iter().map(|(_, text)| text));
    }
    let questions = read(&files.questions)?;
    match command {
        Command::Predict(_) => predict(&course, &questions, into),
        Command::Eval(_) => super::eval::report(&course, &questions, into),
    }
}

#[cfg(test)]
mod tests {
    use super::{course, lines, predict};

    #[test]
    fn a_prediction_is_one_line_of_json() -> Result<(), Box<dyn std::error::Error>> {
        let items = lines("items", "tea_time\twhen is tea\nlost_keys\tI lost my keys\n\n".as_bytes())?;
        let mut out = Vec::new();
        predict(&course(&items, &[]), &[("lost_keys".into(), "where are my keys".into())], &mut out)?;
        let line: serde_json::Value = serde_json::from_slice(&out)?;
        assert_eq!(line.pointer("/top/0/label"), Some(&"lost_keys".into()));
        assert_eq!(line.pointer("/text"), Some(&"where are my keys".into()));
        assert!(line.pointer("/microseconds").is_some_and(serde_json::Value::is_number));
        assert!(line.pointer("/confident").is_some_and(serde_json::Value::is_boolean));
        Ok(())
    }

    #[test]
    fn a_line_without_a_tab_is_named() {
        let fault = lines("items", "a\tb\nc".as_bytes()).map_err(|fault| fault.to_string());
        assert_eq!(fault, Err("Line 2 of items is not a label, a tab and a text.".to_owned()));
    }
}

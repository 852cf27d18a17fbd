//! The archive as pages that people read in any editor.

use std::fmt::Write;

use super::questions::Told;
use crate::base::{Instant, Lang, say};
use crate::debrief::Debrief;
use crate::hackathon::Hackathon;

/// What people wrote, as a quotation. Nothing of it is taken for HTML or for a heading of ours.
fn quoted(text: &str) -> String {
    let line = |line: &str| format!("> {}\n", plain(line));
    text.lines().map(line).collect()
}

/// One line of people's own, without anything that Markdown or HTML would act on at its place.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => safe.push_str("&lt;"),
            '&' => safe.push_str("&amp;"),
            '\n' | '\r' => safe.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '!' | '|' => safe.extend(['\\', character]),
            other => safe.push(other),
        }
    }
    safe
}

/// What is in the archive, and how the next event begins from it.
pub fn readme(here: &Hackathon, at: Instant) -> String {
    let (slug, name, ko) = (&here.slug, plain(here.name.text(Lang::En)), plain(here.name.text(Lang::Ko)));
    format!(
        "# {name}\n\n\
         The hackathon `{slug}` as it was on {at}.\n\n\
         | file | what |\n|---|---|\n\
         | hackathon.yaml, hackathon.json | the hackathon file. For the next event change `slug`, `starts_on`, `ends_on` and the dates of the sprints, and import it |\n\
         | questions.json, questions.csv, questions.md | every question with what was said and what happened |\n\
         | report.json, report.csv | the figures, by topic |\n\
         | matrix.csv | the published matrix, if there is one |\n\
         | sprints.json | every sprint with its check-ins, changes of scope and summary |\n\
         | capacity.json | what teams offered, planned and spent, in hours |\n\
         | decisions.md | what was decided, as records in the form of MADR |\n\
         | judging/ | criteria, submissions, sealed scores, results, awards, and who changed what |\n\
         | debriefs.json, debriefs.md | what was learnt, as far as it was shared |\n\
         | follow-ups.json | what continues, with its checks |\n\n\
         It holds personal data: keep it where only organizers read it.\n\n\
         # {ko}\n\n\
         {at} 기준의 해커톤 `{slug}` 기록입니다. 다음 행사를 열려면 hackathon.yaml에서 `slug`, `starts_on`, `ends_on`과 스프린트 날짜를 \
         바꾸어 가져오세요. 개인정보가 들어 있으니 운영진만 볼 수 있는 곳에 보관하세요.\n"
    )
}

/// Every question with what was said.
pub fn questions(here: &Hackathon, all: &[Told], lang: Lang) -> String {
    let heading = say!("Questions", "질문");
    let mut page = format!("# {}: {}\n", plain(here.name.text(lang)), heading.text(lang));
    for told in all {
        let Told { number, title, asker, state, asked_at, .. } = told;
        let topic = told.topic.as_ref().map(|topic| format!(", {topic}")).unwrap_or_default();
        let (title, asker) = (plain(title.as_str()), plain(asker.as_str()));
        // Writing to a string does not fail.
        let _ = write!(page, "\n## {number}. {title}\n\n{asker}, {asked_at}{topic}, {}\n\n", state.word());
        page.extend(told.body.iter().map(|body| quoted(body.as_str())));
        for post in &told.posts {
            let _ = write!(page, "\n**{}** {}, {}\n\n", post.kind.word(), plain(post.author.as_str()), post.at);
            page.push_str(&quoted(post.body.as_str()));
        }
    }
    page
}

/// What was learnt.
pub fn debriefs(here: &Hackathon, all: &[Debrief]) -> String {
    let mut page = format!("# {}\n", plain(here.name.text(Lang::En)));
    for debrief in all {
        let themes: Vec<String> = debrief.facts.themes.iter().map(|theme| plain(theme.as_str())).collect();
        let _ = write!(page, "\n## {}\n\n{}\n\n", plain(debrief.display_name.as_str()), themes.join(", "));
        page.push_str(&quoted(debrief.facts.body.as_str()));
        for presented in &debrief.facts.presented {
            let _ = writeln!(page, "\n- {}, {}", plain(presented.occasion.as_str()), presented.on);
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_neither_html_nor_markdown() {
        assert_eq!(plain("<script>alert(1)</script> # [x](y)"), "&lt;script>alert(1)&lt;/script> \\# \\[x\\](y)");
        assert_eq!(quoted("a\n# b"), "> a\n> \\# b\n");
    }
}

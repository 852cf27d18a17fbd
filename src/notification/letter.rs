//! What a mail says, in its reader's language, as text and as a page. The words of questions and answers do not leave the
//! house: a mail says what happened and where to read it.

use askama::Template;

use super::post::Mail;
use super::{ByMail, Item, Subject, item, store};
use crate::account::{self, User};
use crate::base::{Lang, Result, say};
use crate::db::Tx;
use crate::mail::Letter;

/// The most questions that one mail tells of.
const QUESTIONS: usize = 20;
/// The most things that it tells of each.
const LINES: usize = 6;

/// What it tells of one question or one thing to do.
struct Group {
    title: String,
    hackathon: String,
    link: String,
    lines: Vec<Line>,
    more: usize,
}

struct Line {
    headline: String,
    why: String,
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct Plain<'l>(&'l Content);

#[derive(Template)]
#[template(path = "letter.html")]
struct Page<'l>(&'l Content);

struct Content {
    lang: Lang,
    name: String,
    subject: String,
    groups: Vec<Group>,
    more: usize,
    unsubscribe: String,
}

/// The letter of a mail; none where there is nothing left to tell.
pub(super) fn write(tx: &mut Tx, mail: &Mail, base: &str) -> Result<Option<Letter>> {
    let Some(user) = account::store::by_id(tx, mail.user)?.filter(User::is_active) else { return Ok(None) };
    let wishes = store::preference::of(tx, &[user.id])?;
    if wishes.get(&user.id).is_some_and(|wish| wish.email == ByMail::Off) {
        return Ok(None);
    }
    let rows = store::of_mail(tx, mail.id)?;
    let mut items = item::complete(tx, user.id, &rows)?;
    items.retain(|item| !item.is_settled());
    if items.is_empty() {
        return Ok(None);
    }
    let unsubscribe = format!("{base}/unsubscribe/{}", store::preference::token(tx, user.id)?);
    let content = content(&user, &items, base, unsubscribe);
    let text = Plain(&content).render().map_err(crate::base::Error::internal)?;
    let html = Page(&content).render().map_err(crate::base::Error::internal)?;
    Ok(Some(Letter {
        id: Letter::id_at(base, mail.id),
        to: user.email,
        name: content.name,
        lang: content.lang,
        subject: content.subject,
        text,
        html,
        unsubscribe: Some(content.unsubscribe),
        at: mail.created_at,
    }))
}

fn content(user: &User, items: &[Item], base: &str, unsubscribe: String) -> Content {
    let lang = user.locale.lang();
    let mut groups = groups(items, base, lang);
    let count = groups.len();
    let subject = match groups.as_slice() {
        [only] => only.title.clone(),
        _ if items.iter().any(|item| matches!(item.subject, Subject::Reminder(_))) => {
            say!("{count} things to look at", "확인할 일 {count}건").text(lang).to_owned()
        }
        _ => say!("News of {count} questions", "질문 {count}개의 새 소식").text(lang).to_owned(),
    };
    groups.truncate(QUESTIONS);
    let more = count.saturating_sub(QUESTIONS);
    Content { lang, name: user.display_name.to_string(), subject, groups, more, unsubscribe }
}

/// One group for each question and each thing to do, in the order in which something first happened to it.
fn groups(items: &[Item], base: &str, lang: Lang) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let link = format!("{base}{}", item.place());
        let title = item.title(lang);
        let place = groups.iter().position(|group| group.link == link && group.title == title).unwrap_or_else(|| {
            let hackathon = item.hackathon.name.text(lang).to_owned();
            groups.push(Group { title, hackathon, link, lines: Vec::new(), more: 0 });
            groups.len().saturating_sub(1)
        });
        let Some(group) = groups.get_mut(place) else { continue };
        if group.lines.len() < LINES {
            let headline = item.headline.text(lang).to_owned();
            let why = item.notification.reason.sentence().text(lang).to_owned();
            group.lines.push(Line { headline, why });
        } else {
            group.more += 1;
        }
    }
    groups
}

//! Inviting many people at once, from a table that is pasted: looked at first, then all of them or nobody.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;

use super::roll::{self, ROWS_MOST, Row};
use super::{frame, place};
use crate::access::policy::{Invite, SeeDraft};
use crate::access::{Anyone, May, Right};
use crate::base::text::fold;
use crate::base::{Error, Fault, Lang, Localized, Result, Slug, say};
use crate::consortium::invitation::{self, NewInvitation};
use crate::consortium::store::{organization, unit};
use crate::consortium::{Affiliation, invited};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::mail::{Letter, Mailer};
use crate::pages::form::LargeForm;
use crate::pages::frame::{Frame, Visit};
use crate::pages::words;
use crate::pages::{Shown, page};

#[derive(Template)]
#[template(path = "setting/bring.html")]
struct Page {
    frame: Frame,
    place: String,
    most: usize,
    text: String,
    faults: Vec<Wrong>,
    looked: Option<Vec<Line>>,
    made: Option<Vec<(String, String)>>,
    mails: bool,
}

/// A fault with its line.
struct Wrong {
    line: usize,
    column: String,
    words: String,
}

/// Somebody as they will be invited.
struct Line {
    line: usize,
    email: String,
    name: String,
    roles: String,
    belongs: String,
}

/// What is shown besides the form.
#[derive(Default)]
struct Besides {
    text: String,
    faults: Vec<Fault>,
    looked: Option<Vec<Line>>,
    made: Option<Vec<(String, String)>>,
}

/// What was pasted, and whether it is done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Said {
    text: String,
    really: String,
}

/// `GET /h/{hackathon}/settings/people/import`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>, mailer: web::Data<Mailer>) -> Shown {
    drawn(visit, may, &mailer, Besides::default()).await
}

async fn drawn(visit: Visit, may: May<SeeDraft, Hackathon>, mailer: &Mailer, besides: Besides) -> Shown {
    let (lang, mails) = (visit.lang, mailer.is_on());
    let status = if besides.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let drawn = may.read(move |tx, right| {
        let people = format!("{}/people", place(right.on()));
        let wrong = |one: &Fault| Wrong {
            line: one.place.map_or(1, |(line, _)| line),
            column: one.pointer.trim_start_matches('/').to_owned(),
            words: one.detail.text(lang).to_owned(),
        };
        Ok(Page {
            frame: frame(tx, &visit, right, &format!("{people}/import"))?,
            place: people,
            most: ROWS_MOST,
            text: besides.text,
            faults: besides.faults.iter().map(wrong).collect(),
            looked: besides.looked,
            made: besides.made,
            mails,
        })
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/settings/people/import`: shows who would be invited; with the second press they are, and the page that
/// answers shows their links, this once.
pub async fn bring(
    visit: Visit,
    see: May<SeeDraft, Hackathon>,
    may: May<Invite, Hackathon>,
    anyone: Anyone,
    mailer: web::Data<Mailer>,
    LargeForm(said): LargeForm<Said>,
) -> Shown {
    let (door, lang) = (format!("{}/invitations", anyone.gate().issuer()), visit.lang);
    let Said { text, really } = said;
    let rows = match roll::read(&text) {
        Ok(rows) => rows,
        Err(faults) => return drawn(visit, see, &mailer, Besides { text, faults, ..Besides::default() }).await,
    };
    if really.is_empty() {
        let looked = may.look(move |tx, right| looked(tx, right.on(), &rows, lang)).await;
        let besides = besides(text, looked, |looked, besides| Besides { looked: Some(looked), ..besides })?;
        return drawn(visit, see, &mailer, besides).await;
    }
    let done = may.write(move |tx, right| invited_all(tx, right, &rows, &door, lang)).await;
    let mut letters = Vec::new();
    let besides = besides(text, done, |(made, written), besides| {
        letters = written;
        // What was pasted is done with.
        Besides { made: Some(made), text: String::new(), ..besides }
    })?;
    letters.into_iter().for_each(|letter| mailer.send_aside(letter, invited::WHAT));
    drawn(visit, see, &mailer, besides).await
}

fn besides<T>(text: String, done: Result<T>, with: impl FnOnce(T, Besides) -> Besides) -> Result<Besides> {
    match done {
        Ok(done) => Ok(with(done, Besides { text, ..Besides::default() })),
        Err(Error::Invalid(faults)) => Ok(Besides { text, faults, ..Besides::default() }),
        Err(other) => Err(other),
    }
}

/// Where people can belong, by every name that it has.
struct Known {
    organizations: Vec<(Affiliation, Slug, Localized)>,
    units: Vec<(Affiliation, Slug, Localized)>,
}

impl Known {
    fn load(tx: &mut Tx, here: &Hackathon) -> Result<Known> {
        let organizations = organization::all(tx, here.id)?.into_iter();
        let units = unit::all(tx, here.id)?.into_iter();
        Ok(Known {
            organizations: organizations.map(|one| (Affiliation::Organization(one.id), one.slug, one.name)).collect(),
            units: units.map(|one| (Affiliation::Unit(one.id), one.slug, one.name)).collect(),
        })
    }

    /// Where somebody belongs, with what it is called: the unit where one is named, else the organization.
    fn of(&self, row: &Row) -> Result<Option<(Affiliation, &Localized)>, Fault> {
        let (all, said, column) = match (&row.unit, &row.organization) {
            (Some(unit), _) => (&self.units, unit, "unit"),
            (None, Some(organization)) => (&self.organizations, organization, "organization"),
            (None, None) => return Ok(None),
        };
        let wanted = fold(said);
        let is_called = |(_, slug, name): &&(Affiliation, Slug, Localized)| {
            slug.as_str() == wanted || name.each().any(|(_, name)| fold(name) == wanted)
        };
        let found = all.iter().find(is_called).map(|(of, _, name)| (*of, name));
        found.map(Some).ok_or_else(|| {
            let detail =
                say!("Nothing in this hackathon is called \"{said}\".", "이 해커톤에 없는 이름입니다: \"{said}\"");
            roll::fault(row.line, column, "affiliation.unknown", detail)
        })
    }
}

/// Who would be invited, with everything that stands in the way.
fn looked(tx: &mut Tx, here: &Hackathon, rows: &[Row], lang: Lang) -> Result<Vec<Line>> {
    let known = Known::load(tx, here)?;
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for row in rows {
        match (known.of(row), open(tx, here, row)?) {
            (Ok(belongs), None) => lines.push(Line {
                line: row.line,
                email: row.email.to_string(),
                name: row.name.as_ref().map(ToString::to_string).unwrap_or_default(),
                roles: words::roles(&row.roles, lang),
                belongs: belongs.map(|(_, name)| name.text(lang).to_owned()).unwrap_or_default(),
            }),
            (belongs, taken) => faults.extend(belongs.err().into_iter().chain(taken)),
        }
    }
    if faults.is_empty() { Ok(lines) } else { Err(Error::Invalid(faults)) }
}

/// Why somebody cannot be invited, if they cannot.
fn open(tx: &mut Tx, here: &Hackathon, row: &Row) -> Result<Option<Fault>> {
    match invitation::refuse_members(tx, here.id, &row.email) {
        Ok(()) => Ok(None),
        Err(Error::Conflict(words)) => Ok(Some(roll::fault(row.line, "email", "member.known", words))),
        Err(other) => Err(other),
    }
}

/// The addresses with their links, and the letters.
type Made = (Vec<(String, String)>, Vec<Letter>);

fn invited_all(tx: &mut Tx, right: &Right<Invite, Hackathon>, rows: &[Row], door: &str, lang: Lang) -> Result<Made> {
    let here = right.on();
    looked(tx, here, rows, lang)?;
    let known = Known::load(tx, here)?;
    let (mut made, mut letters) = (Vec::new(), Vec::new());
    for row in rows {
        let belongs = known.of(row).map_err(|fault| Error::Invalid(vec![fault]))?;
        let new = NewInvitation {
            email: row.email.clone(),
            display_name: row.name.clone(),
            roles: row.roles.clone(),
            affiliation: belongs.map(|(of, _)| of),
            expires_at: tx.now().plus(TimeDelta::days(invitation::DAYS_USUAL)),
        };
        let (invitation, token) = invitation::invite(tx, here.id, right.user(), &new)?;
        let link = format!("{door}/{token}");
        letters.push(invited::letter(tx, here, &invitation, &link, lang)?);
        made.push((invitation.email.to_string(), link));
    }
    Ok((made, letters))
}

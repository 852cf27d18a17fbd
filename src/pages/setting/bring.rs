//! Inviting many people at once, from a table that is pasted or sent as a file: looked at first, then all of them or nobody.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use chrono::TimeDelta;

use super::roll::{self, ROWS_MOST, Row};
use super::{frame, place, workbook};
use crate::access::policy::{Invite, SeeDraft};
use crate::access::{Anyone, May, Right};
use crate::base::text::fold;
use crate::base::{Error, Fault, Lang, Localized, Result, Slug, say};
use crate::consortium::invitation::{self, NewInvitation};
use crate::consortium::store::{organization, unit};
use crate::consortium::{Affiliation, Organization, Unit, invited};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::mail::{Letter, Mailer};
use crate::pages::frame::{Frame, Visit};
use crate::pages::typed::Typed;
use crate::pages::upload::Upload;
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
    /// What is wrong with the file as a whole.
    no_table: Option<String>,
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
            no_table: besides
                .faults
                .iter()
                .find(|one| one.pointer == "/file")
                .map(|one| one.detail.text(lang).to_owned()),
            faults: besides.faults.iter().filter(|one| one.pointer != "/file").map(wrong).collect(),
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
    Upload { typed, file }: Upload,
) -> Shown {
    let (door, lang) = (format!("{}/invitations", anyone.gate().issuer()), visit.lang);
    let (text, read) = web::block(move || table(&typed, file)).await.map_err(Error::internal)?;
    let (rows, really) = match read {
        Ok(read) => read,
        Err(faults) => return drawn(visit, see, &mailer, Besides { text, faults, ..Besides::default() }).await,
    };
    if !really {
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

/// The people in a table, and whether they are to be invited now.
type Table = Result<(Vec<Row>, bool), Vec<Fault>>;

/// The table that was pasted or sent as a file, as text to be corrected, and as what it says. A file comes first, and is looked at
/// before anybody is invited.
fn table(typed: &Typed, file: Option<Vec<u8>>) -> (String, Table) {
    let really = typed.filled("really").is_some() && file.is_none();
    let text = file.map_or_else(|| Ok(typed.get("text").to_owned()), workbook::text);
    match text {
        Ok(text) => {
            let read = roll::read(&text).map(|rows| (rows, really));
            (text, read)
        }
        Err(faults) => (typed.get("text").to_owned(), Err(faults)),
    }
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
    organizations: Vec<Organization>,
    units: Vec<Unit>,
}

/// Where somebody belongs, and what that is called.
type Belongs = Option<(Affiliation, Localized)>;

impl Known {
    fn load(tx: &mut Tx, here: &Hackathon) -> Result<Known> {
        Ok(Known { organizations: organization::all(tx, here.id)?, units: unit::all(tx, here.id)? })
    }

    /// Where somebody belongs: the unit where one is named, else the organization. Where both are, one is a part of the other.
    fn of(&self, row: &Row) -> Result<Belongs, Fault> {
        let organization = row.organization.as_deref().map(|said| {
            let found = self.organizations.iter().find(|one| is_called(said, &one.slug, &one.name));
            found.ok_or_else(|| unknown(row, "organization", said))
        });
        let organization = organization.transpose()?;
        let Some(said) = row.unit.as_deref() else {
            return Ok(organization.map(|one| (Affiliation::Organization(one.id), one.name.clone())));
        };
        let is_part = |one: &&Unit| organization.is_none_or(|of| of.id == one.organization);
        let mut called = self.units.iter().filter(|one| is_called(said, &one.slug, &one.name)).peekable();
        if called.peek().is_none() {
            return Err(unknown(row, "unit", said));
        }
        let found = called.find(is_part).ok_or_else(|| apart(row, said))?;
        Ok(Some((Affiliation::Unit(found.id), found.name.clone())))
    }
}

fn is_called(said: &str, slug: &Slug, name: &Localized) -> bool {
    let wanted = fold(said);
    slug.as_str() == wanted || name.each().any(|(_, name)| fold(name) == wanted)
}

fn unknown(row: &Row, column: &str, said: &str) -> Fault {
    let detail = say!("Nothing in this hackathon is called \"{said}\".", "이 해커톤에 없는 이름입니다: \"{said}\"");
    roll::fault(row.line, column, "affiliation.unknown", detail)
}

fn apart(row: &Row, said: &str) -> Fault {
    let detail = say!(
        "\"{said}\" is no unit of that organization. Correct one of the two, or leave the organization out.",
        "그 기관의 부서가 아닙니다: \"{said}\". 둘 중 하나를 고치거나 기관을 비워 두세요."
    );
    roll::fault(row.line, "unit", "affiliation.apart", detail)
}

/// Where each of them belongs, or everything that stands in the way.
fn placed(tx: &mut Tx, here: &Hackathon, rows: &[Row]) -> Result<Vec<Belongs>> {
    let known = Known::load(tx, here)?;
    let (mut placed, mut faults) = (Vec::new(), Vec::new());
    for row in rows {
        match (known.of(row), open(tx, here, row)?) {
            (Ok(belongs), None) => placed.push(belongs),
            (belongs, taken) => faults.extend(belongs.err().into_iter().chain(taken)),
        }
    }
    if faults.is_empty() { Ok(placed) } else { Err(Error::Invalid(faults)) }
}

/// Who would be invited.
fn looked(tx: &mut Tx, here: &Hackathon, rows: &[Row], lang: Lang) -> Result<Vec<Line>> {
    let placed = placed(tx, here, rows)?;
    let line = |(row, belongs): (&Row, Belongs)| Line {
        line: row.line,
        email: row.email.to_string(),
        name: row.name.as_ref().map(ToString::to_string).unwrap_or_default(),
        roles: words::roles(&row.roles, lang),
        belongs: belongs.map(|(_, name)| name.text(lang).to_owned()).unwrap_or_default(),
    };
    Ok(rows.iter().zip(placed).map(line).collect())
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
    let placed = placed(tx, here, rows)?;
    let (mut made, mut letters) = (Vec::new(), Vec::new());
    for (row, belongs) in rows.iter().zip(placed) {
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

//! `/setup/{token}`: the first administrator chooses a name and a password.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use super::field::{Field, FormPage, Note};
use super::form::Form;
use super::frame::{Frame, Visit};
use super::{Shown, page, see_other};
use crate::access::Anyone;
use crate::account::password::{NewPassword, Password};
use crate::account::{Locale, NewUser, Passwords, setup};
use crate::base::{Email, Error, Fault, Lang, Name, Result, Sentence};

/// What the form holds.
#[derive(Default, Deserialize)]
pub struct Filled {
    #[serde(default)]
    email: String,
    #[serde(default)]
    display_name: String,
    password: Option<Password>,
}

/// `GET /setup/{token}`
pub async fn show(anyone: Anyone, token: web::Path<String>, visit: Visit) -> Shown {
    if anyone.read(move |tx| setup::is_open(tx, &token)).await? {
        return page(StatusCode::OK, visit.lang, &form(&visit, &Filled::default(), &[]));
    }
    gone(&visit)
}

/// `POST /setup/{token}`
pub async fn finish(
    visit: Visit,
    anyone: Anyone,
    token: web::Path<String>,
    passwords: web::Data<Passwords>,
    Form(mut filled): Form<Filled>,
) -> Shown {
    let password = filled.password.take();
    let made = match checked(&filled, password, visit.lang) {
        Ok(new) => make(&anyone, &passwords, token.into_inner(), new).await,
        Err(refusal) => Err(refusal),
    };
    match made {
        Ok(()) => Ok(see_other("/setup/done")),
        Err(Error::NotFound) => gone(&visit),
        Err(Error::Invalid(faults)) => {
            page(StatusCode::UNPROCESSABLE_ENTITY, visit.lang, &form(&visit, &filled, &faults))
        }
        Err(other) => Err(other),
    }
}

async fn make(
    anyone: &Anyone,
    passwords: &Passwords,
    token: String,
    (new, password): (NewUser, NewPassword),
) -> Result<()> {
    // A hash is worth a core for a while: only for whoever has the link.
    let wanted = token.clone();
    if !anyone.read(move |tx| setup::is_open(tx, &wanted)).await? {
        return Err(Error::NotFound);
    }
    let hash = passwords.hash(password).await?;
    anyone.write(move |tx| setup::finish(tx, &token, &new, &hash).map(drop)).await
}

/// All that is wrong is told at once.
fn checked(filled: &Filled, password: Option<Password>, lang: Lang) -> Result<(NewUser, NewPassword)> {
    let email = Email::parse(&filled.email).map_err(|unfit| unfit.fault("/email"));
    let name = Name::parse(&filled.display_name).map_err(|unfit| unfit.fault("/display_name"));
    let password = password.unwrap_or_else(|| Password::new(""));
    let beside = email.clone().unwrap_or_else(|_| Email::stored(String::new()));
    let password = NewPassword::choose(password, &beside, "/password");
    match (email, name, password) {
        (Ok(email), Ok(name), Ok(password)) => {
            let locale = Locale::of(lang);
            Ok((NewUser { display_name: name, locale, ..NewUser::named_by(email) }, password))
        }
        (email, name, password) => {
            let of_password = match password {
                Err(Error::Invalid(faults)) => faults,
                _ => Vec::new(),
            };
            Err(Error::Invalid(email.err().into_iter().chain(name.err()).chain(of_password).collect()))
        }
    }
}

fn form(visit: &Visit, filled: &Filled, faults: &[Fault]) -> FormPage {
    FormPage {
        frame: Frame::bare(visit),
        title: Sentence::fixed("Set up Signpost", "Signpost 설정"),
        lead: Sentence::fixed(
            "You become the administrator of this server: you make hackathons and say who organizes them.",
            "이 서버의 관리자가 됩니다. 관리자는 해커톤을 만들고 운영진을 정합니다.",
        ),
        fields: vec![
            Field::email(&filled.email).among(faults),
            Field::display_name(&filled.display_name).among(faults),
            Field::new_password("password").among(faults),
        ],
        deed: Sentence::fixed("Set up", "설정하기"),
    }
}

/// `GET /setup/done`
pub async fn done(visit: Visit) -> Shown {
    let note = Note {
        frame: Frame::bare(&visit),
        title: Sentence::fixed("Signpost is set up", "설정을 마쳤습니다"),
        paragraphs: vec![Sentence::fixed(
            "You are the administrator. The set-up link is used up: nobody else can come in by it.",
            "이제 관리자입니다. 설정 링크는 사용이 끝났으므로 다른 사람은 쓸 수 없습니다.",
        )],
        command: None,
        next: Some(("/".to_owned(), Sentence::fixed("Go on to Signpost", "Signpost로 가기"))),
    };
    page(StatusCode::OK, visit.lang, &note)
}

fn gone(visit: &Visit) -> Shown {
    let note = Note {
        frame: Frame::bare(visit),
        title: Sentence::fixed("This set-up link cannot be used", "쓸 수 없는 설정 링크입니다"),
        paragraphs: vec![
            Sentence::fixed(
                "It was used, it is older than 30 minutes, or a newer one was made.",
                "이미 썼거나, 30분이 지났거나, 더 새로운 링크가 만들어졌습니다.",
            ),
            Sentence::fixed(
                "If there is no administrator yet, start the server again: it shows a new link. Or make the administrator in a terminal:",
                "아직 관리자가 없다면 서버를 다시 시작하세요. 새 링크가 나옵니다. 터미널에서 관리자를 만들 수도 있습니다:",
            ),
        ],
        command: Some("signpost admin create you@example.org"),
        next: None,
    };
    page(StatusCode::NOT_FOUND, visit.lang, &note)
}

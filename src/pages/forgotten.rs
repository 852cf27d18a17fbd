//! `/forgotten` and `/forgotten/{token}`: a new password for whoever does not know theirs any more.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use super::field::{Field, FormPage, Note};
use super::form::Form;
use super::frame::{Frame, Visit};
use super::{Shown, page};
use crate::access::Anyone;
use crate::account::password::{NewPassword, Password};
use crate::account::{Passwords, forgotten};
use crate::base::{Email, Error, Fault, Result, Sentence};
use crate::mail::Mailer;

/// `GET /forgotten`
pub async fn show(visit: Visit, mailer: web::Data<Mailer>) -> Shown {
    if !mailer.is_on() {
        return no_mail(&visit);
    }
    page(StatusCode::OK, visit.lang, &form(&visit, "", &[]))
}

fn form(visit: &Visit, email: &str, faults: &[Fault]) -> FormPage {
    FormPage {
        frame: Frame::bare(visit),
        title: Sentence::fixed("Forgotten your password?", "비밀번호를 잊으셨나요?"),
        lead: Sentence::fixed(
            "A link to choose a new one goes to the address you sign in with.",
            "로그인할 때 쓰는 주소로 비밀번호를 새로 정하는 링크를 보냅니다.",
        ),
        fields: vec![Field { hint: None, ..Field::email(email).among(faults) }],
        deed: Sentence::fixed("Send the link", "링크 보내기"),
    }
}

/// Whose password.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Whose {
    email: String,
}

/// `POST /forgotten`: the same is answered whether there is such an account or not, and as fast: the work is done beside it.
pub async fn send(visit: Visit, anyone: Anyone, mailer: web::Data<Mailer>, Form(whose): Form<Whose>) -> Shown {
    if !mailer.is_on() {
        return no_mail(&visit);
    }
    let email = match Email::parse(&whose.email) {
        Ok(email) => email,
        Err(unfit) => {
            let faults = [unfit.fault("/email")];
            return page(StatusCode::UNPROCESSABLE_ENTITY, visit.lang, &form(&visit, &whose.email, &faults));
        }
    };
    tokio::spawn(bring(anyone, mailer.get_ref().clone(), email));
    let note = Note {
        frame: Frame::bare(&visit),
        title: Sentence::fixed("Look into your mail", "메일을 확인하세요"),
        paragraphs: vec![Sentence::fixed(
            "If somebody signs in here with this address, a link is on its way to it. It works for 30 minutes. If nothing comes, look among unwanted mail, or ask an organizer which address you were invited with.",
            "이 주소로 로그인하는 사람이 있다면 링크를 보냈습니다. 30분 동안 쓸 수 있습니다. 메일이 오지 않으면 스팸함을 보거나, 초대받은 주소가 무엇인지 운영진에게 물어보세요.",
        )],
        command: None,
        next: Some(("/sign-in".to_owned(), Sentence::fixed("Sign in", "로그인"))),
    };
    page(StatusCode::OK, visit.lang, &note)
}

async fn bring(anyone: Anyone, mailer: Mailer, email: Email) {
    let door = format!("{}/forgotten", anyone.gate().issuer());
    let letter = anyone.write(move |tx| forgotten::letter(tx, &email, &door)).await;
    match letter {
        Ok(Some(letter)) => mailer.send_aside(letter, "a link for a forgotten password"),
        Ok(None) => {}
        Err(cause) => tracing::warn!(%cause, "could not make a link for a forgotten password"),
    }
}

/// `GET /forgotten/{token}`
pub async fn choose(visit: Visit, anyone: Anyone, token: web::Path<String>) -> Shown {
    match anyone.follow(move |tx| forgotten::user_of(tx, &token)).await {
        Ok(_) => page(StatusCode::OK, visit.lang, &new_password(&visit, &[])),
        Err(Error::NotFound) => gone(&visit),
        Err(other) => Err(other),
    }
}

fn new_password(visit: &Visit, faults: &[Fault]) -> FormPage {
    FormPage {
        frame: Frame::bare(visit),
        title: Sentence::fixed("Choose a new password", "비밀번호를 새로 정하세요"),
        lead: Sentence::fixed(
            "You are signed out everywhere else, and sign in with it from now on.",
            "다른 곳에서는 모두 로그아웃되고, 이제부터 새 비밀번호로 로그인합니다.",
        ),
        fields: vec![Field::new_password("password").among(faults)],
        deed: Sentence::fixed("Keep it", "저장하기"),
    }
}

/// The new password.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    password: Option<Password>,
}

/// `POST /forgotten/{token}`
pub async fn keep(
    visit: Visit,
    anyone: Anyone,
    passwords: web::Data<Passwords>,
    token: web::Path<String>,
    Form(chosen): Form<Chosen>,
) -> Shown {
    match set(&anyone, &passwords, token.into_inner(), chosen).await {
        Ok(()) => page(StatusCode::OK, visit.lang, &done(&visit)),
        Err(Error::NotFound) => gone(&visit),
        Err(Error::Invalid(faults)) => {
            page(StatusCode::UNPROCESSABLE_ENTITY, visit.lang, &new_password(&visit, &faults))
        }
        Err(other) => Err(other),
    }
}

async fn set(anyone: &Anyone, passwords: &Passwords, token: String, chosen: Chosen) -> Result<()> {
    // A hash is worth a core for a while: only for whoever has the link.
    let wanted = token.clone();
    let user = anyone.follow(move |tx| forgotten::user_of(tx, &wanted)).await?;
    let password = chosen.password.unwrap_or_else(|| Password::new(""));
    let hash = passwords.hash(NewPassword::choose(password, &user.email, "/password")?).await?;
    anyone.write(move |tx| forgotten::choose(tx, &token, &hash)).await
}

fn done(visit: &Visit) -> Note {
    Note {
        frame: Frame::bare(visit),
        title: Sentence::fixed("You have a new password", "비밀번호를 바꿨습니다"),
        paragraphs: vec![Sentence::fixed("Sign in with it.", "새 비밀번호로 로그인하세요.")],
        command: None,
        next: Some(("/sign-in".to_owned(), Sentence::fixed("Sign in", "로그인"))),
    }
}

fn gone(visit: &Visit) -> Shown {
    let note = Note {
        frame: Frame::bare(visit),
        title: Sentence::fixed("This link cannot be used", "쓸 수 없는 링크입니다"),
        paragraphs: vec![Sentence::fixed(
            "It was used, or it is older than 30 minutes. Have another one sent.",
            "이미 썼거나 30분이 지났습니다. 새 링크를 받으세요.",
        )],
        command: None,
        next: Some(("/forgotten".to_owned(), Sentence::fixed("Send another link", "새 링크 받기"))),
    };
    page(StatusCode::NOT_FOUND, visit.lang, &note)
}

fn no_mail(visit: &Visit) -> Shown {
    let note = Note {
        frame: Frame::bare(visit),
        title: Sentence::fixed("Ask the administrator for a new password", "관리자에게 새 비밀번호를 요청하세요"),
        paragraphs: vec![Sentence::fixed(
            "This server sends no mail, so it cannot send you a link. Its administrator sets a new password in a terminal:",
            "이 서버는 메일을 보내지 않아 링크를 보낼 수 없습니다. 서버 관리자는 터미널에서 새 비밀번호를 정할 수 있습니다:",
        )],
        command: Some("signpost admin set-password you@example.org"),
        next: None,
    };
    page(StatusCode::OK, visit.lang, &note)
}

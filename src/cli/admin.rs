//! `signpost admin create`, `signpost admin set-password`

use std::io::{IsTerminal, Read};
use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, lang, start};
use crate::account::Password;
use crate::account::admin;
use crate::base::{Email, say};
use crate::config::Config;

/// Administrators and passwords.
#[derive(Subcommand)]
pub enum Admin {
    /// Make a server administrator. A password may come on standard input; without one, one is made and shown once.
    Create {
        /// Their email address.
        #[arg(value_parser = email)]
        email: Email,
    },
    /// Give somebody a new password, from standard input. Whoever is signed in as them is signed out.
    SetPassword {
        /// Their email address.
        #[arg(value_parser = email)]
        email: Email,
    },
}

fn email(text: &str) -> Result<Email, String> {
    Email::parse(text).map_err(|unfit| unfit.detail.text(lang()).to_owned())
}

impl Admin {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let db = start::open(config)?;
        match self {
            Admin::Create { email } => {
                let given = if std::io::stdin().is_terminal() { String::new() } else { given()? };
                let given = Some(given).filter(|given| !given.is_empty()).map(|given| Password::new(&given));
                let created = admin::create(&db, email.clone(), given)?;
                if let Some(drawn) = created.password {
                    tell(&say!("Password, shown once: {drawn}", "비밀번호(다시 보이지 않음): {drawn}"));
                }
                tell(&say!("{email} is an administrator.", "관리자입니다: {email}"));
            }
            Admin::SetPassword { email } => {
                admin::set_password(&db, email.clone(), Password::new(&given()?))
                    .map_err(|error| named(error, &email))?;
                tell(&say!("{email} has a new password.", "비밀번호를 바꾸었습니다: {email}"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn named(error: crate::base::Error, email: &Email) -> Failure {
    match error {
        crate::base::Error::NotFound => Failure(
            say!("There is no user with the address {email}.", "없는 사용자입니다: {email}").text(lang()).to_owned(),
        ),
        other => other.into(),
    }
}

/// What stands on standard input, without the line's end.
fn given() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).map_err(|error| Failure(error.to_string()))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn tell(sentence: &crate::base::Sentence) {
    outln!("{}", sentence.text(lang()));
}

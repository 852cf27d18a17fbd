//! Forms that are one list of fields and one button: setting up, joining, choosing a password.

use super::frame::Frame;
use crate::base::{Fault, Sentence};
use askama::Template;

/// One field: its name, what it holds, and what is wrong with it.
pub struct Field {
    /// Its name, which is its id too.
    pub name: &'static str,
    /// What browsers make of it: `text`, `email`, `password`.
    pub kind: &'static str,
    /// What browsers fill in.
    pub autocomplete: &'static str,
    /// What it is called.
    pub label: Sentence,
    /// What helps to fill it in.
    pub hint: Option<Sentence>,
    /// What it holds.
    pub value: String,
    /// What is wrong with it.
    pub fault: Option<Sentence>,
}

impl Field {
    /// The address one signs in with.
    pub fn email(value: &str) -> Field {
        Field {
            name: "email",
            kind: "email",
            autocomplete: "username",
            label: Sentence::fixed("Email address", "이메일 주소"),
            hint: Some(Sentence::fixed("You sign in with it.", "로그인할 때 씁니다.")),
            value: value.to_owned(),
            fault: None,
        }
    }

    /// One's name.
    pub fn display_name(value: &str) -> Field {
        Field {
            name: "display_name",
            kind: "text",
            autocomplete: "name",
            label: Sentence::fixed("Your name", "이름"),
            hint: Some(Sentence::fixed("As others see it.", "다른 사람에게 보이는 이름입니다.")),
            value: value.to_owned(),
            fault: None,
        }
    }

    /// A password that is chosen.
    pub fn new_password(name: &'static str) -> Field {
        Field {
            name,
            kind: "password",
            autocomplete: "new-password",
            label: Sentence::fixed("Password", "비밀번호"),
            hint: Some(Sentence::fixed(
                "At least 8 characters. A few words with spaces between them do well.",
                "8자 이상. 띄어 쓴 단어 몇 개도 좋습니다.",
            )),
            value: String::new(),
            fault: None,
        }
    }

    /// With what is wrong with it, if it is named among these.
    pub fn among(self, faults: &[Fault]) -> Field {
        let is_mine = |fault: &&Fault| fault.pointer.strip_prefix('/') == Some(self.name);
        let fault = faults.iter().find(is_mine).map(|fault| fault.detail.clone());
        Field { fault, ..self }
    }
}

/// A page that is one form. It is sent to the address that it is read at.
#[derive(Template)]
#[template(path = "form/form.html")]
pub struct FormPage {
    /// What stands around it.
    pub frame: Frame,
    /// What it is called.
    pub title: Sentence,
    /// What it is for.
    pub lead: Sentence,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The word on its button.
    pub deed: Sentence,
}

impl FormPage {
    fn has_faults(&self) -> bool {
        self.fields.iter().any(|field| field.fault.is_some())
    }
}

/// A page with nothing to fill in.
#[derive(Template)]
#[template(path = "note.html")]
pub struct Note {
    /// What stands around it.
    pub frame: Frame,
    /// What it is called.
    pub title: Sentence,
    /// What it says.
    pub paragraphs: Vec<Sentence>,
    /// What may be typed in a terminal.
    pub command: Option<&'static str>,
    /// Where one goes from here.
    pub next: Option<(String, Sentence)>,
}

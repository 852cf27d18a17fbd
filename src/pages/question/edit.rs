//! Changing a question: its words and who sees it by the asker's side, its topic by those who answer as well.

use serde::Deserialize;

use super::then::Then;
use crate::access::policy::EditQuestion;
use crate::access::{May, Within};
use crate::base::{Name, Patch, Result};
use crate::hackathon::Hackathon;
use crate::pages::Shown;
use crate::pages::form::{Form, filled, maybe_text};
use crate::question::{self, Edit, Turn, Visibility};

/// The question as it is to be. A field that the form does not have stays as it is.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Edited {
    title: Option<String>,
    body: Option<String>,
    topic: Option<String>,
    visibility: Option<String>,
}

/// `POST .../edit`
pub async fn save(may: May<EditQuestion, Within<Hackathon, Turn>>, then: Then, Form(said): Form<Edited>) -> Shown {
    let done = match read(&said) {
        Ok(edit) => then.turn(may, move |tx, right, known| question::edit(tx, right, known, edit)).await,
        Err(refusal) => Err(refusal),
    };
    let Edited { title, body, .. } = said;
    then.done(done, vec![("title", title.unwrap_or_default()), ("body", body.unwrap_or_default())]).await
}

fn read(said: &Edited) -> Result<Edit> {
    let title = said.title.as_deref().map(Name::parse).transpose();
    let title = title.map_err(|unfit| unfit.refusal("/title"))?;
    let body = match said.body.as_deref() {
        None => Patch::Keep,
        Some(body) => maybe_text(body, "/body")?.map_or(Patch::Clear, Patch::Set),
    };
    let topic = match said.topic.as_deref() {
        None => Patch::Keep,
        Some(topic) => filled(topic).map_or(Patch::Clear, |topic| Patch::Set(topic.to_owned())),
    };
    let visibility = said.visibility.as_deref().and_then(Visibility::from_word);
    Ok(Edit { title, body, topic, visibility })
}

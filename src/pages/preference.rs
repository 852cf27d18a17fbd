//! How a reader likes pages: the language and the colours, kept in cookies of their browser.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use serde::Deserialize;

use super::form::Form;
use super::{Shown, see_other};
use crate::access::{Anyone, LANG_COOKIE};
use crate::base::Lang;

/// The cookie with the colours.
const THEME_COOKIE: &str = "signpost-theme";

/// Light, dark, or as the reader's machine has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the machine has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All of them.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The word for it, in the cookie and in the page.
    pub fn word(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// What it is called.
    pub fn label(self, lang: &Lang) -> &'static str {
        match (self, lang) {
            (Theme::Auto, Lang::En) => "Automatic",
            (Theme::Auto, Lang::Ko) => "자동",
            (Theme::Light, Lang::En) => "Light",
            (Theme::Light, Lang::Ko) => "밝게",
            (Theme::Dark, Lang::En) => "Dark",
            (Theme::Dark, Lang::Ko) => "어둡게",
        }
    }

    /// As it was chosen before.
    pub fn of(req: &HttpRequest) -> Theme {
        let kept = req.cookie(THEME_COOKIE);
        kept.and_then(|kept| Theme::from_word(kept.value())).unwrap_or_default()
    }

    fn from_word(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

/// What is chosen, and where the reader was.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    lang: String,
    theme: String,
    back: String,
}

/// `POST /preferences`
pub async fn keep(anyone: Anyone, Form(choice): Form<Choice>) -> Shown {
    let secure = anyone.gate().is_secure();
    let lang = Lang::from_tag(&choice.lang).map(|lang| (LANG_COOKIE, lang.code()));
    let theme = Theme::from_word(&choice.theme).map(|theme| (THEME_COOKIE, theme.word()));
    let mut response = see_other(place_here(&choice.back));
    for (name, value) in lang.into_iter().chain(theme) {
        response
            .add_cookie(&kept(name, value.to_owned(), secure, Duration::days(365)))
            .map_err(crate::base::Error::internal)?;
    }
    Ok(response)
}

/// A cookie that no script reads and no other site's form brings along.
pub fn kept(name: &'static str, value: String, secure: bool, lasts: Duration) -> Cookie<'static> {
    Cookie::build(name, value).path("/").http_only(true).same_site(SameSite::Lax).secure(secure).max_age(lasts).finish()
}

/// A place on this server, as it stood in a form or an address; the front page where it leads elsewhere.
pub fn place_here(back: &str) -> &str {
    // Browsers take a backslash for a slash, and two of them for the beginning of another host.
    let leads_here = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
    let plain = back.bytes().all(|byte| byte.is_ascii_graphic());
    if leads_here && plain { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_sent_nowhere_else() {
        for away in
            ["//evil.example", "/\\evil.example", "https://evil.example", "", "evil", "/a\r\nSet-Cookie: x", "/ b"]
        {
            assert_eq!(place_here(away), "/", "{away}");
        }
        assert_eq!(place_here("/h/x/questions?q=a%20b"), "/h/x/questions?q=a%20b");
    }
}

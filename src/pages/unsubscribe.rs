//! `/unsubscribe/{token}`: stops the mails of whom the token belongs to.
//!
//! The POST is not asked whether a page of ours sent it, because RFC 8058 has mail programs send it, with one press and without
//! a browser. Nothing is lost by that: what it may do is in the token alone, and no cookie adds to it. The GET changes nothing,
//! for programs that look into mails follow every link in them.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::frame::{Frame, Visit};
use super::{Shown, page};
use crate::access::Anyone;
use crate::base::Error;
use crate::notification::preference;

#[derive(Template)]
#[template(path = "unsubscribe.html")]
struct Page {
    frame: Frame,
    title: &'static str,
    text: &'static str,
    /// The word on the button, where there is something to press.
    deed: Option<&'static str>,
}

/// `GET /unsubscribe/{token}`
pub async fn show(anyone: Anyone, token: web::Path<String>, visit: Visit) -> Shown {
    let (lang, frame) = (visit.lang, Frame::bare(&visit));
    if !anyone.read(move |tx| preference::is_known(tx, &token)).await? {
        return unknown(&visit);
    }
    let title = lang.either("Stop mails from Signpost?", "Signpost 메일을 그만 받을까요?");
    let text = lang.either(
        "You will get no mail about questions any more. What happens is still shown to you in Signpost.",
        "질문 소식을 메일로 보내지 않습니다. 소식은 Signpost 안에서 계속 볼 수 있습니다.",
    );
    page(StatusCode::OK, lang, &Page { frame, title, text, deed: Some(lang.either("Stop mails", "메일 그만 받기")) })
}

/// `POST /unsubscribe/{token}`: once or more often.
pub async fn stop(anyone: Anyone, token: web::Path<String>, visit: Visit) -> Shown {
    let (lang, frame) = (visit.lang, Frame::bare(&visit));
    match anyone.write(move |tx| preference::unsubscribe(tx, &token)).await {
        Err(Error::NotFound) => return unknown(&visit),
        outcome => outcome?,
    }
    let title = lang.either("No more mails", "메일을 보내지 않습니다");
    let text = lang.either(
        "You get no mail about questions any more. You can turn it on again where you say how you want to be told.",
        "이제 질문 소식을 메일로 보내지 않습니다. 알림 설정에서 다시 켤 수 있습니다.",
    );
    page(StatusCode::OK, lang, &Page { frame, title, text, deed: None })
}

fn unknown(visit: &Visit) -> Shown {
    let (lang, frame) = (visit.lang, Frame::bare(visit));
    let title = lang.either("This address leads nowhere", "없는 주소입니다");
    let text = lang.either(
        "Open the address from the end of a mail in full, or turn mails off where you say how you want to be told.",
        "메일 끝에 있는 주소를 끝까지 열거나, 알림 설정에서 메일을 끄세요.",
    );
    page(StatusCode::NOT_FOUND, lang, &Page { frame, title, text, deed: None })
}

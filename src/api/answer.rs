//! How an [`Answer`] becomes a response.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

use crate::access::Answer;
use crate::base::{Page, Result};

/// What a handler gives back.
pub type Answered = Result<Answer>;

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let typed = self.header_value("Content-Type").is_some();
        let mut response = HttpResponse::build(status);
        for (name, value) in self.headers {
            response.insert_header((name, value));
        }
        if !typed && status != StatusCode::NO_CONTENT {
            response.content_type("application/json");
        }
        response.body(self.body)
    }
}

/// A page of a list, with the address of the next one in `Link`.
pub fn page<T: Serialize>(req: &HttpRequest, page: &Page<T>) -> Answered {
    Ok(linked(req, Answer::ok(page)?, page.next.as_deref()))
}

/// A page of policies, with what counts where none of them does.
#[derive(Serialize)]
pub struct Policies<T, B> {
    /// The page.
    #[serde(flatten)]
    pub page: Page<T>,
    /// What counts otherwise.
    pub built_in: B,
}

/// As [`page`], for policies.
pub fn policies<T: Serialize, B: Serialize>(req: &HttpRequest, policies: &Policies<T, B>) -> Answered {
    Ok(linked(req, Answer::ok(policies)?, policies.page.next.as_deref()))
}

/// As [`page`], for a page with more beside it, whose next one has this cursor.
pub fn linked_page(req: &HttpRequest, view: &impl Serialize, next: Option<&str>) -> Answered {
    Ok(linked(req, Answer::ok(view)?, next))
}

fn linked(req: &HttpRequest, answer: Answer, next: Option<&str>) -> Answer {
    let Some(next) = next else { return answer };
    let others = req.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let query = others.map(str::to_owned).chain([format!("cursor={next}")]).collect::<Vec<_>>().join("&");
    answer.header("Link", format!("<{}?{query}>; rel=\"next\"", req.path()))
}

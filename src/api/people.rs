//! `/v1/hackathons/{hackathon}/people`: who of a profession or of an organization is where, across teams.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Paging, Query, answer};
use crate::access::policy::See;
use crate::access::{Answer, May};
use crate::base::{Name, Page};
use crate::consortium::named;
use crate::consortium::store::member::Filter;
use crate::hackathon::Hackathon;
use crate::people::{self, Glance, Person};

const LIST: &str = "people";

/// Whose are wanted.
#[derive(Deserialize)]
pub struct Wanted {
    profession: Option<String>,
    organization: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

/// A page of people, with everybody at a glance.
#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    page: Page<Person>,
    #[serde(flatten)]
    glance: Glance,
}

/// `GET /v1/hackathons/{hackathon}/people?profession=&organization=`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(wanted): Query<Wanted>) -> Answered {
    let page = wanted.paging.of(LIST)?;
    let (rows, glance) = may
        .read(move |tx, right| {
            let here = right.on().id;
            let organization = wanted.organization.as_ref();
            let organization =
                organization.map(|key| named::organization(tx, here, key, "/organization")).transpose()?;
            let filter = Filter {
                organization: organization.map(|organization| organization.id),
                profession: wanted.profession.map(Name::stored),
                ..Filter::default()
            };
            people::across(tx, here, right.user(), &filter, &page)
        })
        .await?;
    let page = Page::of(LIST, &page, rows, |row| row.member.uuid());
    let next = page.next.clone();
    Ok(answer::linked(&req, Answer::ok(&View { page, glance })?, next.as_deref()))
}

//! `/v1/packs`: the starter packs that topics can be made from.

use serde::Serialize;

use super::Answered;
use crate::access::policy::SeeOwn;
use crate::access::{Answer, May, Server};
use crate::base::Page;
use crate::router::{self, Both, Pack};

/// A starter pack as callers see it: its card, with a few of the questions that it teaches the router.
#[derive(Serialize)]
struct View {
    slug: &'static str,
    name: Both<&'static str>,
    description: Both<&'static str>,
    keywords: Both<Vec<&'static str>>,
    examples: Both<Vec<&'static str>>,
}

/// As many examples as make clear what belongs to it.
const SHOWN: usize = 5;

impl From<&'static Pack> for View {
    fn from(pack: &'static Pack) -> View {
        let some = |all: &[&'static str]| all.iter().take(SHOWN).copied().collect();
        View {
            slug: pack.slug,
            name: pack.name,
            description: pack.description,
            keywords: pack.keywords.clone(),
            examples: Both { en: some(&pack.examples.en), ko: some(&pack.examples.ko) },
        }
    }
}

/// `GET /v1/packs`: all of them, in the order organizers are shown them.
pub async fn list(may: May<SeeOwn, Server>) -> Answered {
    may.read(|_, _| Answer::ok(&Page { items: router::packs().iter().map(View::from).collect::<Vec<_>>(), next: None }))
        .await
}

//! `/v1/hackathons/{hackathon}/archive`: all of it as one file to keep.

use actix_web::web::Data;

use super::Answered;
use super::reader::Reader;
use crate::access::policy::Export;
use crate::access::{Answer, May};
use crate::archive;
use crate::base::Error;
use crate::directory::Directories;
use crate::hackathon::Hackathon;

/// `GET /v1/hackathons/{hackathon}/archive`: a zip of JSON, CSV and Markdown.
pub async fn take(may: May<Export, Hackathon>, known: Data<Directories>, Reader(lang): Reader) -> Answered {
    let kept = known.look(&may).await?.directory;
    let (parts, slug) = may
        .read(move |tx, right| {
            let here = right.on();
            let parts = archive::parts(tx, here, (right.user(), right.roles()), &kept, lang)?;
            Ok((parts, here.slug.clone()))
        })
        .await?;
    // Packing takes no transaction, and a thread of its own.
    let body = actix_web::web::block(move || archive::pack(&parts)).await.map_err(Error::internal)??;
    let answer = Answer { status: 200, headers: Vec::new(), body };
    Ok(answer
        .header("Content-Type", "application/zip")
        .header("Content-Disposition", format!("attachment; filename=\"{slug}-archive.zip\"")))
}

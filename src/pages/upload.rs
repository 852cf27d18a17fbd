//! A form with a file in it, as browsers send one that says `enctype="multipart/form-data"`.

use std::future::Future;
use std::pin::Pin;

use actix_multipart::{Field, Multipart};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest, dev};
use futures_util::{StreamExt, TryStreamExt};

use super::form::{WHOLE_WITHIN, read, unreadable};
use super::typed::Typed;
use crate::base::{Error, Result};

/// The largest form with a file, in bytes.
const MOST: usize = 2 * 1024 * 1024;
/// The most fields that are read.
const FIELDS_MOST: usize = 50;

/// What was typed, and the file that was chosen. A form that says nothing of files is read as well: then there is none.
#[derive(Debug, Default)]
pub struct Upload {
    /// The fields but for the file.
    pub typed: Typed,
    /// The content of the file; browsers send an empty one where none was chosen.
    pub file: Option<Vec<u8>>,
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let payload = payload.take();
        let kind = req.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            return Box::pin(async move { read(payload, MOST).await.map(|typed| Upload { typed, file: None }) });
        }
        let parts = Multipart::new(req.headers(), payload);
        Box::pin(async move { tokio::time::timeout(WHOLE_WITHIN, whole(parts)).await.map_err(|_late| Error::Slow)? })
    }
}

async fn whole(mut parts: Multipart) -> Result<Upload> {
    let (mut upload, mut left, mut fields) = (Upload::default(), MOST, 0);
    while let Some(field) = parts.next().await {
        let mut field = field.map_err(|_cut| unreadable())?;
        fields += 1;
        if fields > FIELDS_MOST {
            return Err(Error::TooLarge(MOST));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.content_disposition().is_some_and(|said| said.get_filename().is_some());
        let bytes = content(&mut field, &mut left).await?;
        if is_file {
            upload.file = Some(bytes).filter(|bytes| !bytes.is_empty());
        } else {
            let text = String::from_utf8(bytes).map_err(|_broken| unreadable())?;
            upload.typed = upload.typed.with(name, text);
        }
    }
    Ok(upload)
}

/// What a part holds, if there is room `left` for it.
async fn content(field: &mut Field, left: &mut usize) -> Result<Vec<u8>> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = field.try_next().await.map_err(|_cut| unreadable())? {
        *left = left.checked_sub(chunk.len()).ok_or(Error::TooLarge(MOST))?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.to_vec())
}

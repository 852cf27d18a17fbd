//! Parts in one file.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Part;
use crate::base::{Error, Result};

/// The parts in one zip. The same parts are the same file: no time stands in it.
pub fn pack(parts: &[Part]) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(part.name, SimpleFileOptions::default()).map_err(Error::internal)?;
        zip.write_all(&part.body).map_err(Error::internal)?;
    }
    Ok(zip.finish().map_err(Error::internal)?.into_inner())
}

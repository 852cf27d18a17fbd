//! In which form something is answered: JSON, or a file that people open in a spreadsheet.

use actix_web::HttpRequest;
use actix_web::http::header::{Accept, Header as _};

use crate::access::Answer;
use crate::base::{Error, Result, say};
use crate::matrix::sheet::{CSV, XLSX};

/// In which form something is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For programs.
    Json,
    /// A single table.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// The first form of `Accept` that there is; JSON where it names none of them.
    pub fn accepted(req: &HttpRequest) -> Form {
        let ranked = Accept::parse(req).map(|accept| accept.ranked()).unwrap_or_default();
        let form = |kind: &str| match kind {
            CSV => Some(Form::Csv),
            XLSX => Some(Form::Xlsx),
            "application/json" | "application/*" | "*/*" => Some(Form::Json),
            _ => None,
        };
        ranked.iter().find_map(|kind| form(kind.essence_str())).unwrap_or(Form::Json)
    }

    /// The form that `?format=` names; where it is left out, the one that is accepted.
    pub fn wanted(req: &HttpRequest, format: Option<&str>) -> Result<Form> {
        match format {
            None => Ok(Form::accepted(req)),
            Some("json") => Ok(Form::Json),
            Some("csv") => Ok(Form::Csv),
            Some("xlsx") => Ok(Form::Xlsx),
            Some(_) => {
                let detail = say!("Write json, csv or xlsx.", "json, csv, xlsx 중 하나를 적으세요.");
                Err(Error::invalid("/format", "value.unknown", detail))
            }
        }
    }

    /// A file of this form, called `name`.
    pub fn file(self, body: Vec<u8>, name: &str) -> Answer {
        let (kind, ending) = match self {
            Form::Json => ("application/json", "json"),
            Form::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
            Form::Xlsx => (XLSX, "xlsx"),
        };
        let answer = Answer { status: 200, headers: Vec::new(), body };
        answer
            .header("Content-Type", kind)
            .header("Content-Disposition", format!("attachment; filename=\"{name}.{ending}\""))
    }
}

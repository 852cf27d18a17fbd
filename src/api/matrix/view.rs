//! A matrix as callers see it.

use serde::Serialize;
use serde_json::{Value, json};

use crate::base::{Instant, Localized, Slug};
use crate::hackathon::Hackathon;
use crate::matrix::table::{Effective, Table};
use crate::matrix::{Named, Role, Version, tag};

/// A table with where it comes from.
pub struct Seen {
    /// The version it is; none for the draft, and where nothing is published.
    pub version: Option<Version>,
    /// `published`, `draft`, or `unpublished` where nothing is published.
    pub state: &'static str,
    /// The table.
    pub table: Table,
    /// What stands in its `ETag`.
    pub tag: String,
    /// When it was made, as its file says.
    pub at: Instant,
    event: Slug,
}

impl Seen {
    /// The draft.
    pub fn draft(event: &Hackathon, table: Table) -> Seen {
        let (tag, at) = (tag::draft(event), event.updated_at);
        Seen { version: None, state: "draft", table, tag, at, event: event.slug.clone() }
    }

    /// A version.
    pub fn version(event: &Hackathon, version: Version, table: Table) -> Seen {
        let (tag, at) = (tag::version(event.id, version.version), version.published_at);
        Seen { version: Some(version), state: "published", table, tag, at, event: event.slug.clone() }
    }

    /// What is there before anything is published.
    pub fn nothing(event: &Hackathon) -> Seen {
        let tag = tag::version(event.id, 0);
        let (table, at) = (Table::default(), event.created_at);
        Seen { version: None, state: "unpublished", table, tag, at, event: event.slug.clone() }
    }

    /// The name of a file that it is kept in, without its ending.
    pub fn file_name(&self) -> String {
        let version = self.version.as_ref().map_or(self.state.to_owned(), |version| format!("v{}", version.version));
        format!("{}-matrix-{version}", self.event)
    }

    /// As JSON.
    pub fn view(&self) -> impl Serialize + '_ {
        View {
            version: self.version.as_ref().map(|version| version.version),
            published_at: self.version.as_ref().map(|version| version.published_at),
            state: self.state,
            topics: self.table.effective().iter().map(|topic| line(&self.table, topic)).collect(),
            holders: &self.table.holders,
        }
    }
}

#[derive(Serialize)]
struct View<'a> {
    version: Option<i32>,
    published_at: Option<Instant>,
    state: &'static str,
    topics: Vec<Line<'a>>,
    holders: &'a [Named],
}

#[derive(Serialize)]
struct Line<'a> {
    topic: TopicTold<'a>,
    inherited_from: Option<&'a Slug>,
    cells: Vec<CellTold<'a>>,
}

#[derive(Serialize)]
struct TopicTold<'a> {
    slug: &'a Slug,
    name: &'a Localized,
    parent: Option<&'a Slug>,
}

#[derive(Serialize)]
struct CellTold<'a> {
    role: Role,
    position: i32,
    holder: Option<&'a Named>,
    inherited: bool,
}

fn line<'a>(table: &'a Table, topic: &Effective<'a>) -> Line<'a> {
    let row = topic.row;
    let parent = row.parent.and_then(|parent| table.row(parent)).map(|parent| &parent.slug);
    let cell = |cell: &&'a crate::matrix::Cell| CellTold {
        role: cell.role,
        position: cell.position,
        holder: table.named(cell.holder),
        inherited: topic.inherited_from.is_some(),
    };
    Line {
        topic: TopicTold { slug: &row.slug, name: &row.name, parent },
        inherited_from: topic.inherited_from.map(|source| &source.slug),
        cells: topic.cells.iter().map(cell).collect(),
    }
}

/// A version just published, with how many warnings stand.
pub fn published(version: &Version, warnings: usize) -> Value {
    let Version { version, published_at, published_by } = version;
    json!({"version": version, "published_at": published_at, "published_by": published_by, "warnings": warnings})
}

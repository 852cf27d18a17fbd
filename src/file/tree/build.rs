//! Builds the tree from the parser's events.

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::base::{Fault, say};

use super::super::faults::{Faults, shown, token};
use super::guard::{Guarded, Marked, Piece};
use super::{Entry, Kind, LONGEST_KEY, MOST_DEPTH, MOST_NODES, Node, Place, fatal};

type Step<T = ()> = Result<T, Box<Fault>>;

/// A list or a map that is not closed yet.
enum Open {
    List(Place, Vec<Node>),
    Map(Place, Vec<Entry>, Option<(Box<str>, Place)>),
}

/// The tree so far.
pub struct Builder<'f> {
    faults: &'f mut Faults,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
}

impl<'f> Builder<'f> {
    /// Nothing yet.
    pub fn new(faults: &'f mut Faults) -> Self {
        Builder { faults, open: Vec::new(), root: None, nodes: 0 }
    }

    /// Reads the whole text.
    pub fn run(mut self, text: &Marked<'_>) -> Step<Node> {
        let piece = Piece::default();
        let mut parser = Parser::new_from_iter(Guarded::new(&text.text, &piece));
        let mut last = (1, 1);
        while let Some(event) = parser.next_event() {
            if piece.is_too_large() {
                return Err(fatal::piece(last));
            }
            piece.ends();
            let (event, span) = event.map_err(|error| fatal::syntax(text, &error))?;
            last = text.place(span.start.line(), span.start.col() + 1);
            self.event(event, last)?;
        }
        self.root.filter(|root| !root.is_null()).ok_or_else(fatal::empty)
    }

    fn event(&mut self, event: Event<'_>, place: Place) -> Step {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) if self.root.is_some() => Err(fatal::several(place)),
            Event::DocumentStart(_) => Ok(()),
            Event::Alias(_) => self.alias(place),
            Event::Scalar(text, style, _, tag) => {
                self.tag(tag.is_some(), place);
                self.scalar(&text, style, place)
            }
            Event::SequenceStart(_, tag) => {
                self.tag(tag.is_some(), place);
                self.push(Open::List(place, Vec::new()), place)
            }
            Event::MappingStart(_, tag) => {
                self.tag(tag.is_some(), place);
                self.push(Open::Map(place, Vec::new(), None), place)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, place: Place) -> Step {
        if let Some(Open::Map(_, _, key @ None)) = self.open.last_mut() {
            if text.len() > LONGEST_KEY {
                return Err(fatal::key(place));
            }
            *key = Some((text.into(), place));
            return Ok(());
        }
        let kind = match style {
            ScalarStyle::Plain => Kind::Plain(text.into()),
            _ => Kind::Quoted(text.into()),
        };
        self.put(Node { place, kind })
    }

    fn push(&mut self, open: Open, place: Place) -> Step {
        if matches!(self.open.last(), Some(Open::Map(_, _, None))) {
            return Err(fatal::key(place));
        }
        if self.open.len() >= MOST_DEPTH {
            return Err(fatal::depth(place, MOST_DEPTH));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self) -> Step {
        let node = match self.open.pop() {
            Some(Open::List(place, items)) => Node { place, kind: Kind::List(items) },
            Some(Open::Map(place, entries, _)) => {
                self.twice(&entries);
                Node { place, kind: Kind::Map(entries) }
            }
            None => return Ok(()),
        };
        self.put(node)
    }

    /// Puts a finished value where it belongs.
    fn put(&mut self, node: Node) -> Step {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(fatal::values(node.place, MOST_NODES));
        }
        match self.open.last_mut() {
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, entries, key)) => {
                if let Some((key, place)) = key.take() {
                    entries.push(Entry { key, place, value: node });
                }
            }
            None => self.root = Some(node),
        }
        Ok(())
    }

    fn alias(&mut self, place: Place) -> Step {
        if matches!(self.open.last(), Some(Open::Map(_, _, None))) {
            return Err(fatal::key(place));
        }
        let detail = say!(
            "The file may not repeat a part by an alias (\"*name\"). Write the part out here.",
            "별칭(\"*이름\")으로 내용을 되풀이할 수 없습니다. 이 자리에 내용을 직접 적으세요."
        );
        self.faults.push(Fault { place: Some(place), ..Fault::new(self.pointer(), "yaml.alias", detail) });
        self.put(Node { place, kind: Kind::Refused })
    }

    fn tag(&mut self, there: bool, place: Place) {
        if there {
            let detail = say!(
                "The file may not carry tags (\"!name\"). Leave it out; put text that looks like a number in quotes.",
                "태그(\"!이름\")는 쓸 수 없습니다. 지우세요. 숫자처럼 보이는 글은 따옴표로 감싸면 됩니다."
            );
            self.faults.push(Fault { place: Some(place), ..Fault::new(self.pointer(), "yaml.tag", detail) });
        }
    }

    /// Reports each field that stands more than once among these.
    fn twice(&mut self, entries: &[Entry]) {
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_by(|a, b| a.key.cmp(&b.key).then(a.place.cmp(&b.place)));
        for (first, second) in sorted.iter().zip(sorted.iter().skip(1)) {
            if first.key == second.key {
                let (key, line) = (shown(&second.key), first.place.0);
                let detail = say!(
                    "The field \"{key}\" already stands on line {line}. Keep one of the two.",
                    "\"{key}\" 항목이 {line}번째 줄에 이미 있습니다. 둘 중 하나만 남기세요."
                );
                let pointer = format!("{}/{}", self.pointer(), token(&second.key));
                self.faults.push(Fault { place: Some(second.place), ..Fault::new(pointer, "yaml.twice", detail) });
            }
        }
    }

    /// The JSON Pointer of what is being read.
    fn pointer(&self) -> String {
        self.open.iter().fold(String::new(), |way, open| match open {
            Open::List(_, items) => format!("{way}/{}", items.len()),
            Open::Map(_, _, Some((key, _))) => format!("{way}/{}", token(key)),
            Open::Map(_, _, None) => way,
        })
    }
}

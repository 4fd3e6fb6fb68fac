//! Reads YAML documents.

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::document;
use super::number::plain_decimal;
use super::serial::{self, Shown};
use crate::{Cell, Document, Node, Value};

/// How many values the aliases of a file may stand for. Ten aliases of ten aliases each, ten times
/// over, would be ten thousand million.
const MAX_ALIASED: usize = 100_000;

pub(super) fn read(name: &str, text: &str) -> Result<Document, String> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| format!("line {}: {}", error.marker().line(), error.info()))?;
        builder.take(event, span)?;
    }
    document::of(name, builder.documents)
}

/// A list or a table that is not complete.
enum Open {
    List(Vec<Node>),
    Map(Members),
}

/// A table that is not complete.
#[derive(Default)]
struct Members {
    members: Vec<(String, Node)>,
    /// The keys that are in `members`.
    known: HashSet<String>,
    /// What `<<` names.
    defaults: Vec<Node>,
    /// The key whose value comes next.
    key: Option<String>,
}

#[derive(Default)]
struct Builder {
    documents: Vec<Node>,
    /// An open node, with its line and its anchor.
    open: Vec<(Open, Option<u32>, usize)>,
    anchors: HashMap<usize, (Node, usize)>,
    aliased: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), String> {
        let line = u32::try_from(span.start.line()).ok();
        match event {
            Event::SequenceStart(anchor, _) => self.open(Open::List(Vec::new()), line, anchor)?,
            Event::MappingStart(anchor, _) => self.open(Open::Map(Members::default()), line, anchor)?,
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some((Open::List(list), line, anchor)) => self.put(Node { line, value: Value::List(list) }, anchor)?,
                Some((Open::Map(map), line, anchor)) => {
                    self.put(Node { line, value: Value::Map(map.complete()?) }, anchor)?;
                }
                None => {}
            },
            Event::Scalar(text, style, anchor, tag) => {
                // A key is a text, whatever it looks like.
                let is_key = self.expects_key();
                let cell = if is_key { Cell::Text(text.into_owned()) } else { scalar(&text, style, tag.as_deref()) };
                self.put(Node { line, value: Value::Cell(cell) }, anchor)?;
            }
            Event::Alias(anchor) => {
                let Some((node, size)) = self.anchors.get(&anchor) else {
                    return Err(format!("line {}: an alias stands inside of what it names", span.start.line()));
                };
                self.aliased = self.aliased.saturating_add(*size);
                if self.aliased > MAX_ALIASED {
                    return Err(format!(
                        "line {}: its aliases stand for more than {MAX_ALIASED} values",
                        span.start.line()
                    ));
                }
                let node = Node { line, value: node.value.clone() };
                self.put(node, 0)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, open: Open, line: Option<u32>, anchor: usize) -> Result<(), String> {
        if self.expects_key() {
            return Err(not_a_key(line));
        }
        if self.open.len() >= document::MAX_DEPTH {
            return Err(document::too_deep(line));
        }
        self.open.push((open, line, anchor));
        Ok(())
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some((Open::Map(Members { key: None, .. }), _, _)))
    }

    /// Puts a complete value into what is open.
    fn put(&mut self, node: Node, anchor: usize) -> Result<(), String> {
        if anchor != 0 {
            let size = size(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.open.last_mut() {
            None => self.documents.push(node),
            Some((Open::List(list), _, _)) => list.push(node),
            Some((Open::Map(map), _, _)) => map.put(node)?,
        }
        Ok(())
    }
}

impl Members {
    /// Takes the next key or the next value.
    fn put(&mut self, node: Node) -> Result<(), String> {
        match self.key.take() {
            None => match node.value {
                Value::Cell(Cell::Text(text)) if self.known.contains(&text) => {
                    return Err(document::repeated(&text, node.line));
                }
                Value::Cell(Cell::Text(text)) => self.key = Some(text),
                _ => return Err(not_a_key(node.line)),
            },
            Some(name) if name == "<<" => self.defaults.push(node),
            Some(name) => {
                self.known.insert(name.clone());
                self.members.push((name, node));
            }
        }
        Ok(())
    }

    /// Returns the members, with those of the tables that `<<: *name` names where there are none.
    fn complete(mut self) -> Result<Vec<(String, Node)>, String> {
        for node in std::mem::take(&mut self.defaults) {
            for (key, node) in defaults(node)? {
                if self.known.insert(key.clone()) {
                    self.members.push((key, node));
                }
            }
        }
        Ok(self.members)
    }
}

/// Returns the members that YAML 1.1's `<<` merges into a table.
fn defaults(node: Node) -> Result<Vec<(String, Node)>, String> {
    let line = node.line;
    let others = match node.value {
        Value::Map(other) => vec![other],
        Value::List(list) => list
            .into_iter()
            .map(|node| match node.value {
                Value::Map(other) => Ok(other),
                _ => Err(format!("line {}: << needs a table", line.unwrap_or(1))),
            })
            .collect::<Result<_, _>>()?,
        Value::Cell(_) => return Err(format!("line {}: << needs a table", line.unwrap_or(1))),
    };
    Ok(others.into_iter().flatten().collect())
}

fn not_a_key(line: Option<u32>) -> String {
    format!("line {}: a key is not a text", line.unwrap_or(1))
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::Cell(_) => 1,
        Value::List(list) => 1 + list.iter().map(size).sum::<usize>(),
        Value::Map(members) => 1 + members.iter().map(|(_, node)| size(node)).sum::<usize>(),
    }
}

/// Reads a scalar by the core schema of YAML 1.2. A day is one too, although YAML 1.2 has no days.
///
/// `no` and `off` are texts, as in YAML 1.2.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Cell {
    let tagged = tag.filter(|tag| tag.is_yaml_core_schema()).map(|tag| tag.suffix.as_str());
    if style != ScalarStyle::Plain || tagged == Some("str") {
        return Cell::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Cell::Empty,
        "true" | "True" | "TRUE" => Cell::Bool(true),
        "false" | "False" | "FALSE" => Cell::Bool(false),
        _ => match serial::iso(text, Shown::Day) {
            Cell::Text(text) => match is_number(&text).then(|| plain_decimal(&text)).flatten() {
                Some(number) => Cell::Number(number),
                None => Cell::Text(text),
            },
            day => day,
        },
    }
}

/// Whether a text is a number in YAML. One with a leading zero, such as 007, is an id.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let id = unsigned.len() > 1 && unsigned.starts_with('0') && !unsigned.starts_with("0.");
    !id && !text.contains('_') && unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
}

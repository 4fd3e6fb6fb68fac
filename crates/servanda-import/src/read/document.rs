//! Documents: a list of commitments as TOML, YAML or JSON.

use crate::{Cell, Document, Node, Value};

/// The key with the list of commitments.
const COMMITMENTS: &str = "commitments";
/// How deep lists and tables may be nested.
pub(super) const MAX_DEPTH: usize = 32;

/// Takes the commitments out of the content of a file.
pub(super) fn of(name: &str, content: Vec<Node>) -> Result<Document, String> {
    let mut commitments = Vec::new();
    for node in content {
        match node.value {
            Value::List(list) => commitments.extend(list),
            Value::Map(members) => {
                let keys: Vec<String> = members.iter().map(|(key, _)| format!("{key:?}")).collect();
                match members.into_iter().find(|(key, _)| key == COMMITMENTS).map(|(_, node)| node) {
                    Some(Node { value: Value::List(list), .. }) => commitments.extend(list),
                    Some(node) => {
                        return Err(format!("{}{COMMITMENTS:?} is not a list of commitments", at(&node)));
                    }
                    None => {
                        let has = if keys.is_empty() { "nothing".to_owned() } else { keys.join(", ") };
                        return Err(format!("it has no list {COMMITMENTS:?}; it has {has}"));
                    }
                }
            }
            Value::Cell(Cell::Empty) => {}
            Value::Cell(_) => return Err(format!("it is a single value, not a document with a list {COMMITMENTS:?}")),
        }
    }
    if let Some(node) = commitments.iter().find(|node| !matches!(node.value, Value::Map(_))) {
        return Err(format!("{}a commitment is not a table with keys and values", at(node)));
    }
    Ok(Document { name: name.to_owned(), commitments })
}

fn at(node: &Node) -> String {
    node.line.map_or_else(String::new, |line| format!("line {line}: "))
}

/// Returns the reason why a key cannot stand twice in a table.
pub(super) fn repeated(key: &str, line: Option<u32>) -> String {
    let line = line.map_or_else(String::new, |line| format!("line {line}: "));
    format!("{line}the key {key:?} stands twice in the same table")
}

/// Returns the reason why a value is nested too deep.
pub(super) fn too_deep(line: Option<u32>) -> String {
    let line = line.map_or_else(String::new, |line| format!("line {line}: "));
    format!("{line}lists and tables are nested more than {MAX_DEPTH} deep")
}

/// The starts of the lines of a text.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(ends.map(|(place, _)| place + 1).collect())
    }

    /// Returns the line of a place in the text, from 1.
    pub(super) fn at(&self, offset: usize) -> u32 {
        let before = self.0.partition_point(|start| *start <= offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }
}

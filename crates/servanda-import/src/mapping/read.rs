//! Reads a mapping from TOML.

use super::{Dates, Field, IdsFrom, Mapping, Words, nearest_word};
use crate::{Cell, ImportError, Node, Value};

/// The tables of a mapping.
const TABLES: [&str; 13] = [
    "bodies",
    "columns",
    "dates",
    "defaults",
    "ids",
    "lists",
    "obligations",
    "parties",
    "procedures",
    "sources",
    "statuses",
    "steps",
    "topics",
];

/// Reads a mapping, and collects every problem. `has_lines` says whether lines tell the reader
/// where a problem is.
pub(super) fn read(
    name: &str,
    tree: Result<Vec<(String, Node)>, String>,
    has_lines: bool,
) -> Result<Mapping, ImportError> {
    let mut reader = Reader { file: name, has_lines, problems: Vec::new() };
    let mut mapping = Mapping { file: name.to_owned(), ..Mapping::default() };
    match tree {
        Ok(tables) => reader.tables(&tables, &mut mapping),
        Err(reason) => reader.problem(None, &reason),
    }
    match reader.problems.is_empty() {
        true => Ok(mapping),
        false => Err(ImportError::MappingRefused { problems: reader.problems }),
    }
}

struct Reader<'a> {
    file: &'a str,
    has_lines: bool,
    problems: Vec<String>,
}

type Members = [(String, Node)];

impl Reader<'_> {
    fn problem(&mut self, line: Option<u32>, problem: &str) {
        let line = line.filter(|_| self.has_lines).map_or_else(String::new, |line| format!(", line {line}"));
        self.problems.push(format!("{}{line}: {problem}", self.file));
    }

    fn unknown(&mut self, line: Option<u32>, table: &str, key: &str, known: &[&str]) {
        let nearest = nearest_word(key, known.iter().copied());
        let hint =
            nearest.map_or_else(|| format!("use one of: {}", known.join(", ")), |key| format!("do you mean {key}?"));
        let inside = if table.is_empty() { String::new() } else { format!(" in [{table}]") };
        self.problem(line, &format!("there is no key {key:?}{inside}; {hint}"));
    }

    fn tables(&mut self, tables: &Members, mapping: &mut Mapping) {
        for (table, node) in tables {
            if !TABLES.contains(&table.as_str()) {
                self.unknown(node.line, "", table, &TABLES);
                continue;
            }
            let Value::Map(members) = &node.value else {
                self.problem(node.line, &format!("`{table}` is a table; write [{table}] and its keys below"));
                continue;
            };
            match table.as_str() {
                "columns" => self.columns(members, mapping),
                "defaults" => self.defaults(members, mapping),
                "dates" => self.dates(members, &mut mapping.dates),
                "ids" => self.ids(members, mapping),
                "lists" => self.separators(table, members, &mut mapping.list_separators),
                "sources" => self.separators(table, members, &mut mapping.source_separators),
                "steps" => self.steps(members, mapping),
                "statuses" => self.words(table, members, &mut mapping.statuses),
                "parties" => self.words(table, members, &mut mapping.parties),
                "bodies" => self.words(table, members, &mut mapping.bodies),
                "topics" => self.words(table, members, &mut mapping.topics),
                "obligations" => self.words(table, members, &mut mapping.obligations),
                _ => self.words(table, members, &mut mapping.procedures),
            }
        }
    }

    fn field(&mut self, table: &str, key: &str, node: &Node) -> Option<Field> {
        let field = Field::of(key);
        if field.is_none() {
            let known: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
            self.unknown(node.line, table, key, &known);
        }
        field
    }

    fn columns(&mut self, members: &Members, mapping: &mut Mapping) {
        for (key, node) in members {
            let Some(field) = self.field("columns", key, node) else { continue };
            if let Some(names) = self.texts(key, node) {
                mapping.columns.insert(field, names);
            }
        }
    }

    fn defaults(&mut self, members: &Members, mapping: &mut Mapping) {
        for (key, node) in members {
            let Some(field) = self.field("defaults", key, node) else { continue };
            match field {
                Field::Id | Field::Identifier | Field::Title => {
                    self.problem(node.line, &format!("`{key}` has no default, because it differs between commitments"));
                }
                _ => _ = mapping.defaults.insert(field, node.clone()),
            }
        }
    }

    fn dates(&mut self, members: &Members, dates: &mut Dates) {
        for (key, node) in members {
            match key.as_str() {
                "formats" => {
                    let formats = self.texts(key, node).unwrap_or_default();
                    for (format, fault) in formats.iter().filter_map(|format| Some((format, Dates::fault(format)?))) {
                        self.problem(node.line, &format!("the format {format:?}: {fault}"));
                    }
                    dates.formats = formats;
                }
                "months" => {
                    let months = self.texts(key, node).unwrap_or_default();
                    if !months.len().is_multiple_of(12) {
                        self.problem(node.line, &format!("`months` has twelve names, and this has {}", months.len()));
                    }
                    dates.months = months;
                }
                _ => self.unknown(node.line, "dates", key, &["formats", "months"]),
            }
        }
    }

    fn ids(&mut self, members: &Members, mapping: &mut Mapping) {
        let ids = &mut mapping.ids;
        for (key, node) in members {
            match key.as_str() {
                "from" => {
                    let words = ["id", "identifier", "title"];
                    ids.from = match self.word(key, node, &words) {
                        Some("id") => Some(IdsFrom::Id),
                        Some("identifier") => Some(IdsFrom::Identifier),
                        Some("title") => Some(IdsFrom::Title),
                        _ => None,
                    };
                }
                "on_clash" => ids.number_on_clash = self.word(key, node, &["refuse", "number"]) == Some("number"),
                "prefix" => ids.prefix = self.text(key, node).unwrap_or_default(),
                _ => self.unknown(node.line, "ids", key, &["from", "on_clash", "prefix"]),
            }
        }
    }

    fn steps(&mut self, members: &Members, mapping: &mut Mapping) {
        for (key, node) in members {
            match (key.as_str(), &node.value) {
                ("keep_earlier", Value::Cell(Cell::Bool(keep))) => mapping.keep_earlier_steps = *keep,
                ("keep_earlier", _) => self.problem(node.line, "`keep_earlier` is true or false"),
                _ => self.unknown(node.line, "steps", key, &["keep_earlier"]),
            }
        }
    }

    fn separators(&mut self, table: &str, members: &Members, separators: &mut Vec<String>) {
        for (key, node) in members {
            if key != "separators" {
                self.unknown(node.line, table, key, &["separators"]);
            } else if let Some(texts) = self.texts(key, node) {
                if texts.iter().any(String::is_empty) {
                    self.problem(node.line, "a separator is not empty");
                }
                *separators = texts;
            }
        }
    }

    fn words(&mut self, table: &str, members: &Members, words: &mut Words) {
        for (word, node) in members {
            match &node.value {
                Value::Cell(Cell::Text(meaning)) => words.insert(word, meaning),
                _ => self.problem(node.line, &format!("the word {word:?} in [{table}] means a text")),
            }
        }
    }

    fn text(&mut self, key: &str, node: &Node) -> Option<String> {
        match &node.value {
            Value::Cell(Cell::Text(text)) => Some(text.clone()),
            _ => {
                self.problem(node.line, &format!("`{key}` is a text"));
                None
            }
        }
    }

    fn word<'w>(&mut self, key: &str, node: &Node, words: &[&'w str]) -> Option<&'w str> {
        let text = self.text(key, node)?;
        let word = words.iter().copied().find(|word| *word == text);
        if word.is_none() {
            self.problem(node.line, &format!("`{key}` is one of: {}", words.join(", ")));
        }
        word
    }

    /// A text, or a list of texts.
    fn texts(&mut self, key: &str, node: &Node) -> Option<Vec<String>> {
        let elements = match &node.value {
            Value::List(elements) => elements.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let texts: Option<Vec<String>> = elements
            .iter()
            .map(|element| match &element.value {
                Value::Cell(Cell::Text(text)) => Some(text.clone()),
                _ => None,
            })
            .collect();
        if texts.is_none() {
            self.problem(node.line, &format!("`{key}` is a text or a list of texts"));
        }
        texts
    }
}

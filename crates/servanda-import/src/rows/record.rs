//! Rows of tables and commitments of documents, read in the same way.

use std::borrow::Cow;

use servanda::format::quote;

use crate::mapping::{Field, Mapping, Scope, nearest_word};
use crate::{Cell, Node, Position, Row, Table, Value};

/// A problem with a value of the imported file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) position: Position,
    pub(crate) text: String,
    /// The known word that is spelt most like an unknown one.
    pub(crate) nearest: Option<String>,
}

/// A value of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ValueRef<'a> {
    Cell(&'a Cell),
    List(&'a [Node]),
    Map(&'a [(String, Node)]),
}

impl<'a> ValueRef<'a> {
    pub(crate) fn of(value: &'a Value) -> Self {
        match value {
            Value::Cell(cell) => Self::Cell(cell),
            Value::List(elements) => Self::List(elements),
            Value::Map(members) => Self::Map(members),
        }
    }

    pub(crate) fn is_empty(self) -> bool {
        match self {
            Self::Cell(Cell::Empty) => true,
            Self::Cell(Cell::Text(text)) => text.trim().is_empty(),
            Self::List(elements) => elements.is_empty(),
            _ => false,
        }
    }
}

/// The text of a cell.
pub(crate) fn text_of(cell: &Cell) -> Result<Cow<'_, str>, String> {
    match cell {
        Cell::Empty => Ok(Cow::Borrowed("")),
        Cell::Text(text) => Ok(Cow::Borrowed(text.trim())),
        Cell::Number(number) => Ok(Cow::Borrowed(number)),
        Cell::Date(day) => Ok(Cow::Owned(day.to_string())),
        Cell::Bool(value) => Ok(Cow::Borrowed(if *value { "true" } else { "false" })),
        Cell::Fault(reason) => Err(reason.clone()),
    }
}

/// A row of a table, or a commitment or a step of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Record<'a> {
    Row {
        table: &'a Table,
        row: &'a Row,
        columns: &'a Columns,
    },
    Node {
        file: &'a str,
        line: Option<u32>,
        members: &'a [(String, Node)],
        mapping: &'a Mapping,
        /// Whether it is an element of `steps`.
        is_step: bool,
    },
}

/// The places of the columns of each field, by the number of the field.
#[derive(Clone, Debug)]
pub(crate) struct Columns(Vec<Vec<usize>>);

impl Columns {
    /// Finds the columns that a mapping names.
    ///
    /// A field that the mapping does not name is in the column with the name of its key.
    pub(crate) fn find(table: &Table, mapping: &Mapping) -> Result<Self, Vec<String>> {
        let place = |name: &str| table.columns.iter().position(|column| column.trim() == name.trim());
        let mut problems = Vec::new();
        let columns = Field::ALL.iter().map(|field| match mapping.columns.get(field) {
            None => place(field.key()).into_iter().collect(),
            Some(names) => {
                let mut places = Vec::new();
                for name in names {
                    match place(name) {
                        Some(place) => places.push(place),
                        None => problems.push(no_column(table, mapping, *field, name)),
                    }
                }
                places
            }
        });
        let columns = Self(columns.collect());
        let names = [Field::Title, Field::Id, Field::Identifier];
        if problems.is_empty() && names.iter().all(|field| columns.of(*field).is_empty()) {
            problems.push(no_titles(table, mapping));
        }
        if problems.is_empty() { Ok(columns) } else { Err(problems) }
    }

    fn of(&self, field: Field) -> &[usize] {
        self.0.get(field as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether the table says something about the commitments themselves, and not only about steps
    /// of commitments that are registered.
    pub(crate) fn has_titles(&self) -> bool {
        !self.of(Field::Title).is_empty()
    }

    /// Whether the table says what happened, and not only what the commitments are.
    pub(crate) fn has_events(&self) -> bool {
        let events = [Field::Status, Field::Remark, Field::NewDeadline, Field::Measured];
        events.iter().any(|field| !self.of(*field).is_empty())
    }

    /// The names of the columns that no field has.
    pub(crate) fn unused(&self, table: &Table) -> Vec<String> {
        let is_unused = |place: &usize| !self.0.iter().flatten().any(|used| used == place);
        let named = table.columns.iter().enumerate().filter(|(_, name)| !name.trim().is_empty());
        named.filter(|(place, _)| is_unused(place)).map(|(_, name)| name.clone()).collect()
    }
}

fn no_titles(table: &Table, mapping: &Mapping) -> String {
    let columns = table.columns.iter().filter(|column| !column.trim().is_empty());
    let place = Position { file: table.name.clone(), sheet: table.sheet.clone(), ..Position::default() };
    let mapping = if mapping.file.is_empty() { "a mapping" } else { &mapping.file };
    let columns: Vec<String> = columns.map(|column| quote(column)).collect();
    format!(
        "{place}: no column has the titles; name it as `title` under [columns] in {mapping}; its columns are: {}",
        columns.join(", ")
    )
}

fn no_column(table: &Table, mapping: &Mapping, field: Field, name: &str) -> String {
    let columns = || table.columns.iter().map(String::as_str).filter(|column| !column.trim().is_empty());
    let hint = match nearest_word(name, columns()) {
        Some(nearest) => format!("do you mean {}?", quote(&nearest)),
        None => format!("its columns are: {}", columns().map(quote).collect::<Vec<_>>().join(", ")),
    };
    let place = Position { file: table.name.clone(), sheet: table.sheet.clone(), ..Position::default() };
    let mapping = if mapping.file.is_empty() { "the mapping" } else { &mapping.file };
    format!("{place}: there is no column {}, which {mapping} names for `{}`; {hint}", quote(name), field.key())
}

impl<'a> Record<'a> {
    /// Returns the values of a field that are not empty, in the order of their columns.
    pub(crate) fn values(self, field: Field) -> impl Iterator<Item = ValueRef<'a>> {
        self.columns(field).flatten()
    }

    /// Returns the value in each column of a field. `None` if it is empty.
    pub(super) fn columns(self, field: Field) -> impl Iterator<Item = Option<ValueRef<'a>>> {
        let (row, node) = match self {
            Self::Row { row, columns, .. } => (Some((row, columns.of(field))), None),
            Self::Node { members, mapping, is_step, .. } => {
                let paths = mapping.columns.get(&field).map_or(&[][..], Vec::as_slice);
                (None, Some((members, paths, paths.is_empty().then(|| default_path(field, is_step)))))
            }
        };
        let cells = row
            .into_iter()
            .flat_map(|(row, places)| places.iter().map(|place| row.cells.get(*place).map(ValueRef::Cell)));
        let nodes = node.into_iter().flat_map(|(members, paths, default)| {
            paths.iter().map(String::as_str).chain(default).map(|path| at(members, path))
        });
        cells.chain(nodes).map(|value| value.filter(|value| !value.is_empty()))
    }

    /// Whether the record says anything about a field.
    pub(crate) fn has(self, field: Field) -> bool {
        // Most fields have no column.
        if let Self::Row { columns, .. } = self
            && columns.of(field).is_empty()
        {
            return false;
        }
        self.values(field).next().is_some()
    }

    /// The place of a field in the file.
    pub(crate) fn position(self, field: Option<Field>) -> Position {
        match self {
            Self::Row { table, row, columns } => {
                let column = field.and_then(|field| {
                    let filled = |place: &&usize| row.cells.get(**place).is_some_and(|cell| *cell != Cell::Empty);
                    let places = columns.of(field);
                    table.columns.get(*places.iter().find(filled).or(places.first())?).cloned()
                });
                Position { file: table.name.clone(), sheet: table.sheet.clone(), row: Some(row.number), column }
            }
            Self::Node { file, line, members, mapping, is_step } => {
                let path = field.map(|field| {
                    let named = mapping.columns.get(&field).and_then(|paths| paths.first());
                    named.map_or_else(|| default_path(field, is_step).to_owned(), Clone::clone)
                });
                let inner = path.as_ref().and_then(|path| line_at(members, path));
                Position { file: file.to_owned(), sheet: None, row: inner.or(line), column: path }
            }
        }
    }

    /// The place of the column with this number among the columns of a field.
    pub(super) fn position_in(self, field: Field, nth: usize) -> Position {
        let name = match self {
            Self::Row { table, columns, .. } => columns.of(field).get(nth).and_then(|place| table.columns.get(*place)),
            Self::Node { mapping, .. } => mapping.columns.get(&field).and_then(|paths| paths.get(nth)),
        };
        let position = self.position(Some(field));
        Position { column: name.cloned().or(position.column), ..position }
    }

    pub(crate) fn problem(self, field: Field, text: impl Into<String>) -> Problem {
        Problem { position: self.position(Some(field)), text: text.into(), nearest: None }
    }
}

/// The path of a field that the mapping does not name. In a commitment, `to`, `by` and `deadline`
/// are its own, so the members of a step have the keys of a table there.
fn default_path(field: Field, is_step: bool) -> &'static str {
    if field.scope() == Scope::Step && !is_step { field.key() } else { field.path() }
}

/// The value at a path such as `words.text`.
fn at<'a>(members: &'a [(String, Node)], path: &str) -> Option<ValueRef<'a>> {
    let member = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, node)| &node.value);
    // A key can contain a full stop itself.
    if let Some(value) = member(path) {
        return Some(ValueRef::of(value));
    }
    let (first, rest) = path.split_once('.')?;
    match member(first)? {
        Value::Map(members) => at(members, rest),
        // Words or an opening that are a plain value have only the first of their parts.
        value if rest == "text" || rest == "status" => Some(ValueRef::of(value)),
        _ => None,
    }
}

fn line_at(members: &[(String, Node)], path: &str) -> Option<u32> {
    let node = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, node)| node);
    if let Some(node) = node(path) {
        return node.line;
    }
    let (first, rest) = path.split_once('.')?;
    let node = node(first)?;
    match &node.value {
        Value::Map(members) => line_at(members, rest).or(node.line),
        _ => node.line,
    }
}

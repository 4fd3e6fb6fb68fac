//! Groups the rows of a table by the commitment that they are about.

use std::collections::HashMap;

use servanda::Slug;
use servanda::format::quote;

use super::Refused;
use super::ids::slug_of;
use super::record::{Columns, Problem, Record, text_of};
use crate::mapping::{Field, IdsFrom, Mapping, Scope};
use crate::{Cell, Document, Input, Node, Position, Table, Value};

/// The rows about one commitment.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    pub(crate) id: Slug,
    /// The text from which the id was made.
    name: String,
    /// The rows; of a document, the commitment itself.
    pub(crate) rows: Vec<Record<'a>>,
    /// The steps of a document.
    pub(crate) steps: Vec<Record<'a>>,
}

/// The rows by commitment, in the order of the file, and the rows whose commitment is unknown.
#[derive(Debug, Default)]
pub(crate) struct Groups<'a> {
    pub(crate) groups: Vec<Group<'a>>,
    pub(crate) refused: Vec<Refused>,
    by_id: HashMap<String, usize>,
    /// The group of each name from which an id was made.
    by_name: HashMap<String, usize>,
}

/// Groups the rows of an input by commitment. `registered_as` returns the title under which the
/// import registered an id. `None` if it did not.
pub(crate) fn groups<'a>(
    input: &'a Input,
    mapping: &'a Mapping,
    columns: Option<&'a Columns>,
    registered_as: impl Fn(&str) -> Option<String>,
) -> Groups<'a> {
    let mut groups = Groups::default();
    match input {
        Input::Table(table) => {
            let Some(columns) = columns else { return groups };
            groups.table(table, mapping, columns, &registered_as);
        }
        Input::Document(document) => groups.document(document, mapping, &registered_as),
    }
    groups
}

impl<'a> Groups<'a> {
    fn table(
        &mut self,
        table: &'a Table,
        mapping: &Mapping,
        columns: &'a Columns,
        registered_as: &dyn Fn(&str) -> Option<String>,
    ) {
        let mut last = None;
        for row in &table.rows {
            let record = Record::Row { table, row, columns };
            let unnamed = [Field::Id, Field::Identifier, Field::Title].iter().all(|field| !record.has(*field));
            // A row without a name goes on with the commitment above.
            let place = match last.filter(|_| unnamed) {
                Some(place) => Some(place),
                None => self.place(record, mapping, registered_as),
            };
            if let Some(group) = place.and_then(|place| self.groups.get_mut(place)) {
                group.rows.push(record);
            }
            last = place;
        }
    }

    fn document(
        &mut self,
        document: &'a Document,
        mapping: &'a Mapping,
        registered_as: &dyn Fn(&str) -> Option<String>,
    ) {
        let file = document.name.as_str();
        for node in &document.commitments {
            let record = |node: &'a Node, is_step| match &node.value {
                Value::Map(members) => Some(Record::Node { file, line: node.line, members, mapping, is_step }),
                _ => None,
            };
            let Some(commitment) = record(node, false) else {
                self.refuse(no_object(file, node, "a commitment"));
                continue;
            };
            let Some(place) = self.place(commitment, mapping, registered_as) else { continue };
            let mut steps = Vec::new();
            if let Value::Map(members) = &node.value
                && let Some((_, list)) = members.iter().find(|(key, _)| key == "steps")
            {
                match &list.value {
                    Value::List(elements) => {
                        for element in elements {
                            match record(element, true) {
                                Some(step) => steps.push(step),
                                None => self.refuse(no_object(file, element, "a step")),
                            }
                        }
                    }
                    Value::Cell(Cell::Empty) => {}
                    _ => self.refuse(no_object(file, list, "a list of steps")),
                }
            }
            if let Some(group) = self.groups.get_mut(place) {
                group.rows.push(commitment);
                group.steps.extend(steps);
            }
        }
    }

    fn refuse(&mut self, problem: Problem) {
        self.refused.push(Refused { commitment: None, problems: vec![problem] });
    }

    /// The group of a row, which is added if it is new. `None` if the row has no valid id.
    fn place(
        &mut self,
        record: Record<'a>,
        mapping: &Mapping,
        registered_as: &dyn Fn(&str) -> Option<String>,
    ) -> Option<usize> {
        let from = mapping.ids.from.unwrap_or_else(|| {
            let candidates = [(Field::Id, IdsFrom::Id), (Field::Identifier, IdsFrom::Identifier)];
            let found = candidates.into_iter().find(|(field, _)| record.has(*field));
            found.map_or(IdsFrom::Title, |(_, from)| from)
        });
        let field = match from {
            IdsFrom::Id => Field::Id,
            IdsFrom::Identifier => Field::Identifier,
            IdsFrom::Title => Field::Title,
        };
        let name = match record.values(field).next() {
            Some(super::record::ValueRef::Cell(cell)) => text_of(cell).map(std::borrow::Cow::into_owned),
            Some(_) => Err(format!("`{}` is a single value", field.key())),
            None => Err(format!("the row has no `{}`, from which its id comes", field.key())),
        };
        let id = name.and_then(|name| match self.by_name.get(&name) {
            Some(place) => Ok(*place),
            None => self.add(name, from, mapping, registered_as),
        });
        id.map_err(|problem| self.refuse(record.problem(field, problem))).ok()
    }

    /// Adds the group of a new name, and returns its place.
    fn add(
        &mut self,
        name: String,
        from: IdsFrom,
        mapping: &Mapping,
        registered_as: &dyn Fn(&str) -> Option<String>,
    ) -> Result<usize, String> {
        let prefix = &mapping.ids.prefix;
        let part = match from {
            IdsFrom::Id => name.clone(),
            _ => slug_of(&name).ok_or_else(|| {
                format!("no id can be made of {}, which has no Latin letters; add a column of ids", quote(&name))
            })?,
        };
        let wanted = format!("{prefix}{part}");
        let id: Slug = wanted.parse().map_err(|error: servanda::value::ValueError| match from {
            IdsFrom::Id => format!("{error}; to make ids of such texts, set `from = \"identifier\"` under [ids]"),
            _ => error.to_string(),
        })?;
        // A number is part of the id, so the ledger decides who has which.
        let is_free = |groups: &Self, id: &str| {
            let on_ledger = (from == IdsFrom::Title).then(|| registered_as(id)).flatten();
            !groups.by_id.contains_key(id) && on_ledger.is_none_or(|title| title == name)
        };
        let mut numbered = id.clone();
        if mapping.ids.number_on_clash {
            let mut number = 1;
            while !is_free(self, numbered.as_str()) {
                number += 1;
                numbered =
                    format!("{id}-{number}").parse().map_err(|error: servanda::value::ValueError| error.to_string())?;
            }
        } else if let Some(other) = self.by_id.get(id.as_str()).and_then(|place| self.groups.get(*place)) {
            return Err(format!(
                "{} and {} would both have the id {id}; change one, add a column of ids, or set `on_clash = \"number\"` under [ids]",
                quote(&name),
                quote(&other.name)
            ));
        }
        let place = self.groups.len();
        self.by_id.insert(numbered.to_string(), place);
        self.by_name.insert(name.clone(), place);
        self.groups.push(Group { id: numbered, name, rows: Vec::new(), steps: Vec::new() });
        Ok(place)
    }
}

impl<'a> Group<'a> {
    /// Returns a problem for each field in which two rows differ.
    pub(crate) fn contradictions(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let [first, rest @ ..] = self.rows.as_slice() else { return problems };
        if rest.is_empty() {
            return problems;
        }
        for field in Field::ALL.iter().copied().filter(|field| field.scope() == Scope::Commitment) {
            let mut said: Option<Record<'a>> = Some(*first).filter(|first| first.has(field));
            for row in rest.iter().copied().filter(|row| row.has(field)) {
                match said {
                    None => said = Some(row),
                    Some(earlier) if earlier.values(field).eq(row.values(field)) => {}
                    Some(earlier) => {
                        let other = earlier.position(None).row.unwrap_or_default();
                        let text = format!(
                            "`{}` differs from that in row {other}; rows about one commitment say the same, or nothing",
                            field.key()
                        );
                        problems.push(row.problem(field, text));
                    }
                }
            }
        }
        problems
    }
}

fn no_object(file: &str, node: &Node, what: &str) -> Problem {
    let position = Position { file: file.to_owned(), row: node.line, ..Position::default() };
    Problem { position, text: format!("there should be {what} with named values"), nearest: None }
}

//! Reads the values of fields.

use servanda::{Date, Moment, Slug};

use super::record::{Problem, Record, ValueRef, text_of};
use super::sources::split;
use super::vocabulary::UnknownWord;
use crate::mapping::{Field, Mapping};
use crate::{Cell, Node, Position, Value};

/// The length of a day such as 2013-03-04, which a moment is longer than.
const DAY_LENGTH: usize = 10;

/// Reads the fields of one commitment from its rows, and collects problems.
#[derive(Debug)]
pub(crate) struct Fields<'a, 'p> {
    /// The rows of the commitment for its own fields, or the one row of a step.
    pub(crate) records: &'a [Record<'a>],
    pub(crate) mapping: &'a Mapping,
    pub(crate) problems: &'p mut Vec<Problem>,
}

impl<'a> Fields<'a, '_> {
    /// The first record that says something about a field.
    pub(crate) fn record(&self, field: Field) -> Option<Record<'a>> {
        self.records.iter().copied().find(|record| record.has(field))
    }

    /// The values of a field: those of the first record that has any, or else the default.
    pub(super) fn values(&self, field: Field) -> Vec<ValueRef<'a>> {
        match self.record(field) {
            Some(record) => record.values(field).collect(),
            None => self.mapping.defaults.get(&field).map(|node| ValueRef::of(&node.value)).into_iter().collect(),
        }
    }

    pub(crate) fn position(&self, field: Field) -> Position {
        match self.record(field).or_else(|| self.records.first().copied()) {
            Some(record) => record.position(Some(field)),
            None => Position::default(),
        }
    }

    pub(crate) fn problem(&mut self, field: Field, text: impl Into<String>) {
        let position = self.position(field);
        self.add(Problem { position, text: text.into(), nearest: None });
    }

    pub(crate) fn unknown(&mut self, field: Field, word: UnknownWord) {
        let position = self.position(field);
        self.add(Problem { position, text: word.text, nearest: word.nearest });
    }

    /// Adds a problem, unless it is known: the sources of a step can be those of the words, too.
    pub(super) fn add(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// The text of a field.
    pub(crate) fn text(&mut self, field: Field) -> Option<String> {
        match self.values(field).first().copied()? {
            ValueRef::Cell(cell) => match text_of(cell) {
                Ok(text) => Some(text.into_owned()).filter(|text| !text.is_empty()),
                Err(reason) => {
                    self.problem(field, reason);
                    None
                }
            },
            _ => {
                self.problem(field, format!("`{}` is a single value", field.key()));
                None
            }
        }
    }

    /// The value of a field whose type can be read from text.
    pub(crate) fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, field: Field) -> Option<T> {
        let text = self.text(field)?;
        text.parse().map_err(|error: T::Err| self.problem(field, error.to_string())).ok()
    }

    pub(crate) fn date(&mut self, field: Field) -> Option<Date> {
        if let [ValueRef::Cell(Cell::Date(day))] = self.values(field).as_slice() {
            return Some((*day).into());
        }
        let text = self.text(field)?;
        self.mapping.dates.read(&text).map_err(|problem| self.problem(field, problem)).ok()
    }

    /// A moment with an offset, or a date, which means the end of its last day in UTC.
    pub(crate) fn moment(&mut self, field: Field, now: Moment) -> Option<Moment> {
        let text = self.text(field)?;
        if text.len() > DAY_LENGTH
            && let Ok(moment) = Moment::try_from(text.as_str())
        {
            return Some(moment);
        }
        let date = self.date(field)?;
        let end: Moment = format!("{}T23:59:59.999999Z", date.last_day()).parse().ok()?;
        // Today is not over.
        Some(if end > now && date.first_day() <= now.day() { now } else { end })
    }

    /// The words of a list: elements, or parts of a text.
    pub(crate) fn words(&mut self, field: Field) -> Vec<String> {
        let mut words = Vec::new();
        for value in self.values(field) {
            let read = match value {
                ValueRef::Cell(cell) => text_of(cell).map(|text| {
                    words.extend(split(&text, &self.mapping.list_separators).into_iter().map(str::to_owned));
                }),
                ValueRef::List(elements) => elements.iter().try_for_each(|element| match &element.value {
                    Value::Cell(cell) => text_of(cell).map(|text| words.push(text.into_owned())),
                    _ => Err(format!("the elements of `{}` are texts", field.key())),
                }),
                ValueRef::Map(_) => Err(format!("`{}` is a text or a list of texts", field.key())),
            };
            if let Err(problem) = read {
                self.problem(field, problem);
            }
        }
        words
    }

    /// The words of a list, each replaced by its meaning.
    pub(crate) fn slugs(
        &mut self,
        field: Field,
        meaning: impl Fn(&str) -> Result<Option<Slug>, UnknownWord>,
    ) -> Vec<Slug> {
        let mut slugs: Vec<Slug> = Vec::new();
        for word in self.words(field) {
            match meaning(&word) {
                Ok(Some(slug)) if !slugs.contains(&slug) => slugs.push(slug),
                Ok(_) => {}
                Err(word) => self.unknown(field, word),
            }
        }
        slugs
    }

    /// A value of a document that has the form of the ledger's JSON, such as `rules`.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&mut self, field: Field) -> Option<T> {
        let value = self.values(field).first().copied()?;
        let json = match value {
            ValueRef::Map(members) => json_object(members),
            _ => {
                self.problem(field, format!("`{}` is a table of a document", field.key()));
                return None;
            }
        };
        serde_json::from_value(json).map_err(|error| self.problem(field, error.to_string())).ok()
    }
}

fn json_object(members: &[(String, Node)]) -> serde_json::Value {
    serde_json::Value::Object(members.iter().map(|(key, node)| (key.clone(), json_of(&node.value))).collect())
}

fn json_of(value: &Value) -> serde_json::Value {
    match value {
        Value::Cell(Cell::Empty) => serde_json::Value::Null,
        Value::Cell(Cell::Bool(value)) => (*value).into(),
        Value::Cell(Cell::Number(number)) => match number.parse::<i64>() {
            Ok(number) => number.into(),
            Err(_) => number.as_str().into(),
        },
        Value::Cell(Cell::Text(text) | Cell::Fault(text)) => text.as_str().into(),
        Value::Cell(Cell::Date(day)) => day.to_string().into(),
        Value::List(elements) => elements.iter().map(|element| json_of(&element.value)).collect(),
        Value::Map(members) => json_object(members),
    }
}

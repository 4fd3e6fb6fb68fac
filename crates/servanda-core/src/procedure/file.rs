//! Procedures and calendars as TOML files.

use toml::de::{DeTable, DeValue};

use super::check::{Finding, Place};
use super::{Calendar, Procedure};
use crate::Error;
use crate::lines::Lines;
use crate::word::plain;

impl Procedure {
    /// Reads a procedure from TOML and checks it. `file` is the name to use in findings.
    ///
    /// # Errors
    ///
    /// `procedure-refused`, with everything that was found wrong: what is not TOML or not a procedure, a key that procedures do
    /// not have, statuses that are unknown, unreachable or without a way out, transitions that clash, clocks that could fire for
    /// ever, a title or a basis that is missing. Each [`Finding`] names the file, the line, and what to do.
    ///
    /// ```
    /// use servanda_core::{Error, Procedure};
    ///
    /// let text = r#"
    /// id = "visit"
    /// version = 1
    /// initial = "invited"
    /// title = { en = "A visit" }
    ///
    /// [[statuses]]
    /// id = "invited"
    /// phase = "planned"
    /// title = { en = "Invited" }
    ///
    /// [[statuses]]
    /// id = "received"
    /// phase = "achieved"
    /// final = true
    /// title = { en = "Received" }
    ///
    /// [[transitions]]
    /// from = ["invited"]
    /// to = "received"
    /// basis = "Practice"
    /// title = { en = "The visit takes place" }
    /// "#;
    /// let visit = Procedure::from_toml("visit.toml", text)?;
    /// assert_eq!(visit.statuses.len(), 2);
    ///
    /// let misspelt = text.replace(r#"to = "received""#, r#"to = "recieved""#);
    /// let Err(Error::ProcedureRefused { findings }) = Procedure::from_toml("visit.toml", &misspelt) else { unreachable!() };
    /// assert_eq!(
    ///     findings[0].to_string(),
    ///     "visit.toml, line 19: the transition leads to the status recieved, which is not declared; \
    ///      declare it under [[statuses]], or use one of: invited, received",
    /// );
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Error> {
        let document = Document::parse(file, text, "procedures")
            .map_err(|finding| Error::ProcedureRefused { findings: vec![finding] })?;
        let mut findings = document.unknown_keys(&PROCEDURE_KEYS);
        match document.typed::<Self>() {
            Ok(procedure) => {
                findings.extend(procedure.findings().into_iter().map(|finding| document.locate(finding)));
                if findings.is_empty() { Ok(procedure) } else { Err(Error::ProcedureRefused { findings }) }
            }
            Err(finding) => {
                findings.push(finding);
                Err(Error::ProcedureRefused { findings })
            }
        }
    }
}

impl Calendar {
    /// Reads a calendar from TOML and checks it. `file` is the name to use in the error.
    ///
    /// # Errors
    ///
    /// `calendar-refused` if it is not TOML, not a calendar, has a key that calendars do not have, or its periods are out of
    /// order.
    ///
    /// ```
    /// use servanda_core::Calendar;
    ///
    /// let text = r#"
    /// id = "my-council"
    /// through = 2024-12-31
    /// title = { en = "Sessions of the council" }
    /// "#;
    /// let refused = Calendar::from_toml("council.toml", text).unwrap_err();
    /// assert_eq!(refused.code(), "calendar-refused");
    /// ```
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Error> {
        let refused = |finding: Finding| Error::CalendarRefused { reason: finding.to_string() };
        let document = Document::parse(file, text, "calendar").map_err(refused)?;
        if let Some(finding) = document.unknown_keys(&CALENDAR_KEYS).into_iter().next() {
            return Err(refused(finding));
        }
        let calendar: Self = document.typed().map_err(refused)?;
        match calendar.fault() {
            None => Ok(calendar),
            Some(reason) => Err(Error::CalendarRefused { reason: format!("{file}: {reason}") }),
        }
    }
}

/// A TOML file, with the places of its tables.
pub(crate) struct Document<'a> {
    file: &'a str,
    text: &'a str,
    lines: Lines,
    /// What of this kind is built in, as an example to follow.
    like: &'static str,
    table: DeTable<'a>,
}

/// The keys that the tables of a file have, by the path of the table.
pub(crate) type Keys = (&'static str, &'static [&'static str]);

pub(crate) const SOURCE_KEYS: &[&str] =
    &["archived", "language", "published", "publisher", "quotation", "title", "url"];
pub(crate) const COUNTED_KEYS: &[&str] = &["count", "except_recess_of", "first_day_counts"];

const PROCEDURE_KEYS: [Keys; 7] = [
    ("", &["clocks", "id", "initial", "references", "statuses", "title", "transitions", "version"]),
    ("statuses", &["abandoned", "decided", "final", "id", "phase", "title"]),
    ("transitions", &["basis", "from", "reopening", "sources", "taken_by", "title", "to"]),
    ("clocks", &["basis", "cancelled_by", "fires", "id", "presumed", "rule", "starts", "title", "to", "while"]),
    ("clocks.rule.days", COUNTED_KEYS),
    ("clocks.rule.full-days", COUNTED_KEYS),
    ("references", SOURCE_KEYS),
];

const CALENDAR_KEYS: [Keys; 4] = [
    ("", &["id", "periods", "source", "through", "title"]),
    ("periods", &["basis", "closed", "convened", "ended_by", "kind", "number", "recesses", "scheduled"]),
    ("periods.recesses", &["first", "last"]),
    ("source", SOURCE_KEYS),
];

impl<'a> Document<'a> {
    pub(crate) fn parse(file: &'a str, text: &'a str, like: &'static str) -> Result<Self, Finding> {
        match DeTable::parse(text) {
            Ok(table) => Ok(Self { file, text, lines: Lines::of(text), like, table: table.into_inner() }),
            Err(error) => Err(not_toml(file, text, like, &error)),
        }
    }

    pub(crate) fn typed<T: serde::de::DeserializeOwned>(&self) -> Result<T, Finding> {
        toml::from_str(self.text).map_err(|error| not_toml(self.file, self.text, self.like, &error))
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.number_at(offset)
    }

    /// The elements of an array of tables.
    fn elements(&self, key: &str) -> impl Iterator<Item = (usize, &DeTable<'a>)> {
        let array = self.table.get(key).and_then(|value| value.get_ref().as_array());
        array.into_iter().flatten().filter_map(|element| match element.get_ref() {
            DeValue::Table(table) => Some((element.span().start, table)),
            _ => None,
        })
    }

    /// The tables at a path, through tables and arrays of tables.
    fn tables(&self, path: &str) -> Vec<&DeTable<'a>> {
        let keys = path.split('.').filter(|key| !key.is_empty());
        keys.fold(vec![&self.table], |tables, key| {
            let values = tables.into_iter().filter_map(|table| table.get(key));
            let below = values.flat_map(|value| match value.get_ref() {
                DeValue::Table(table) => vec![table],
                DeValue::Array(array) => array.iter().filter_map(|element| element.get_ref().as_table()).collect(),
                _ => Vec::new(),
            });
            below.collect()
        })
    }

    pub(crate) fn unknown_keys(&self, keys: &[Keys]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (path, known) in keys {
            let tables = self.tables(path);
            for key in tables.into_iter().flat_map(|table| table.keys()) {
                if !known.contains(&key.get_ref().as_ref()) {
                    findings.push(Finding {
                        file: Some(self.file.to_owned()),
                        line: Some(self.line_at(key.span().start)),
                        problem: format!("there is no key {:?} here", key.get_ref()),
                        remedy: format!("remove it, or use one of: {}", known.join(", ")),
                    });
                }
            }
        }
        findings
    }

    pub(crate) fn locate(&self, (place, problem, remedy): (Place, String, String)) -> Finding {
        let offset = match place {
            Place::Key(key) => {
                self.table.iter().find(|(known, _)| known.get_ref() == key).map(|(key, _)| key.span().start)
            }
            Place::In(kind, index) => self.elements(kind).nth(index).map(|(offset, table)| {
                // The first key says more than the header of the table, which a long comment may separate from it.
                table.keys().map(|key| key.span().start).min().unwrap_or(offset)
            }),
        };
        Finding { file: Some(self.file.to_owned()), line: Some(offset.map_or(1, |o| self.line_at(o))), problem, remedy }
    }
}

fn not_toml(file: &str, text: &str, like: &str, error: &toml::de::Error) -> Finding {
    let given = error.span().and_then(|span| text.get(span)).unwrap_or_default();
    let is_bare_date = given.parse::<crate::value::Date>().is_ok() && error.message().contains("map");
    let (problem, remedy) = if is_bare_date {
        (format!("the date {given} stands without quotes"), format!("write \"{given}\""))
    } else {
        (plain(error.message()), format!("write it as in the built-in {like}"))
    };
    Finding {
        file: Some(file.to_owned()),
        line: error.span().map(|span| Lines::of(text).number_at(span.start)),
        problem,
        remedy,
    }
}

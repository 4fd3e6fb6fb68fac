//! Procedures and calendars as TOML files.

use toml::de::{DeTable, DeValue};

use super::check::{Finding, Located, Place};
use super::{Calendar, Procedure};
use crate::Error;
use crate::format::{read, to_json};
use crate::keys::Keys;
use crate::lines::Lines;
use crate::path::{Step, last_written};
use crate::tables::{object, offset_of};
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
        Document::parse(file, text, "procedures")
            .map_err(|finding| vec![finding])
            .and_then(|document| document.checked(&PROCEDURE_KEYS, Self::findings))
            .map_err(|findings| Error::ProcedureRefused { findings })
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
        let calendar = Document::parse(file, text, "calendar")
            .map_err(|finding| vec![finding])
            .and_then(|document| document.checked(&CALENDAR_KEYS, |_: &Self| Vec::new()));
        let calendar = calendar.map_err(|findings| {
            let reason = findings.first().map_or(String::new(), Finding::to_string);
            Error::CalendarRefused { reason }
        })?;
        match calendar.fault() {
            None => Ok(calendar),
            Some(reason) => Err(Error::CalendarRefused { reason: format!("{file}: {reason}") }),
        }
    }
}

/// A TOML file, with the places of its tables.
pub(crate) struct Document<'a> {
    file: &'a str,
    lines: Lines,
    /// What of this kind is built in, as an example to follow.
    like: &'static str,
    table: DeTable<'a>,
}

pub(crate) const SOURCE_KEYS: Keys = Keys::Table(&[
    ("archived", Keys::Value),
    ("language", Keys::Value),
    ("published", Keys::Value),
    ("publisher", Keys::Value),
    ("quotation", Keys::Value),
    ("title", Keys::Value),
    ("url", Keys::Value),
]);
const COUNTED_KEYS: Keys =
    Keys::Table(&[("count", Keys::Value), ("except_recess_of", Keys::Value), ("first_day_counts", Keys::Value)]);
const MONTHS_KEYS: Keys = Keys::Table(&[("count", Keys::Value)]);
pub(crate) const RULE_KEYS: Keys = Keys::OneOf(&[
    ("close", Keys::Table(&[("calendar", Keys::Value), ("ended_by", Keys::Value), ("of", Keys::Value)])),
    ("days", COUNTED_KEYS),
    ("first-of-month", MONTHS_KEYS),
    ("full-days", COUNTED_KEYS),
    ("months", MONTHS_KEYS),
]);

const PROCEDURE_KEYS: Keys = Keys::Table(&[
    (
        "clocks",
        Keys::Table(&[
            ("basis", Keys::Value),
            ("cancelled_by", Keys::Value),
            ("fires", Keys::Value),
            ("id", Keys::Value),
            ("presumed", Keys::Value),
            ("rule", RULE_KEYS),
            ("starts", Keys::Value),
            ("title", Keys::Value),
            ("to", Keys::Value),
            ("while", Keys::Value),
        ]),
    ),
    ("id", Keys::Value),
    ("initial", Keys::Value),
    ("references", SOURCE_KEYS),
    (
        "statuses",
        Keys::Table(&[
            ("abandoned", Keys::Value),
            ("decided", Keys::Value),
            ("final", Keys::Value),
            ("id", Keys::Value),
            ("phase", Keys::Value),
            ("title", Keys::Value),
        ]),
    ),
    ("title", Keys::Value),
    (
        "transitions",
        Keys::Table(&[
            ("basis", Keys::Value),
            ("from", Keys::Value),
            ("reopening", Keys::Value),
            ("sources", Keys::Value),
            ("taken_by", Keys::Value),
            ("title", Keys::Value),
            ("to", Keys::Value),
        ]),
    ),
    ("version", Keys::Value),
]);

const CALENDAR_KEYS: Keys = Keys::Table(&[
    ("id", Keys::Value),
    (
        "periods",
        Keys::Table(&[
            ("basis", Keys::Value),
            ("closed", Keys::Value),
            ("convened", Keys::Value),
            ("ended_by", Keys::Value),
            ("kind", Keys::Value),
            ("number", Keys::Value),
            ("recesses", Keys::Table(&[("first", Keys::Value), ("last", Keys::Value)])),
            ("scheduled", Keys::Value),
        ]),
    ),
    ("source", SOURCE_KEYS),
    ("through", Keys::Value),
    ("title", Keys::Value),
]);

impl<'a> Document<'a> {
    pub(crate) fn parse(file: &'a str, text: &'a str, like: &'static str) -> Result<Self, Finding> {
        match DeTable::parse(text) {
            Ok(table) => Ok(Self { file, lines: Lines::of(text), like, table: table.into_inner() }),
            Err(error) => Err(not_toml(file, text, like, &error)),
        }
    }

    /// What the file holds, or everything that is wrong with it: keys that should not be there, and what `check` finds.
    pub(crate) fn checked<T: serde::de::DeserializeOwned>(
        &self,
        keys: &Keys,
        check: impl FnOnce(&T) -> Vec<Located>,
    ) -> Result<T, Vec<Finding>> {
        let mut findings = self.unknown_keys(keys);
        match read::<T>(&to_json(&object(&self.table))) {
            Ok(held) => {
                findings.extend(check(&held).into_iter().map(|finding| self.locate(finding)));
                if findings.is_empty() { Ok(held) } else { Err(findings) }
            }
            Err(misread) => {
                let (path, problem) = misread.problem();
                findings.push(Finding {
                    file: Some(self.file.to_owned()),
                    line: self.line_of(&path).or(Some(1)),
                    problem,
                    remedy: like(self.like),
                });
                Err(findings)
            }
        }
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.number_at(offset)
    }

    /// The line of what stands at a path, as far as that is there.
    fn line_of(&self, path: &[Step]) -> Option<usize> {
        offset_of(&self.table, path).map(|offset| self.line_at(offset))
    }

    /// The elements of an array of tables.
    fn elements(&self, key: &str) -> impl Iterator<Item = (usize, &DeTable<'a>)> {
        let array = self.table.get(key).and_then(|value| value.get_ref().as_array());
        array.into_iter().flatten().filter_map(|element| match element.get_ref() {
            DeValue::Table(table) => Some((element.span().start, table)),
            _ => None,
        })
    }

    /// The keys that should not be there, in the order of their lines.
    fn unknown_keys(&self, keys: &Keys) -> Vec<Finding> {
        let mut findings = Vec::new();
        keys.find_unknown(&object(&self.table), &mut |path, known| {
            findings.push(Finding {
                file: Some(self.file.to_owned()),
                line: self.line_of(path),
                problem: format!("there is no key {:?} here", last_written(path)),
                remedy: format!("remove it, or use one of: {}", known.join(", ")),
            });
        });
        findings.sort_by_key(|finding| finding.line);
        findings
    }

    fn locate(&self, (place, problem, remedy): Located) -> Finding {
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

fn not_toml(file: &str, text: &str, like_what: &str, error: &toml::de::Error) -> Finding {
    Finding {
        file: Some(file.to_owned()),
        line: error.span().map(|span| Lines::of(text).number_at(span.start)),
        problem: plain(error.message()),
        remedy: like(like_what),
    }
}

fn like(what: &str) -> String {
    format!("write it as in the built-in {what}")
}

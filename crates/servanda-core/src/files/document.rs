//! Parsed TOML files that report diagnostics by line.

use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::toml_table::{object, offset_of};
use super::{Keys, LineIndex, languages};
use crate::entry::text_faults;
use crate::procedure::{Diagnostic, Located, Place, Severity};
use crate::value::json::{read, to_json};
use crate::value::path::{PathSegment, written};
use crate::value::plain_message;

/// A parsed TOML file that knows the position of each key and value.
pub(crate) struct Document<'a> {
    file: &'a str,
    lines: LineIndex,
    /// The built-in definitions of the same kind, which remedies name as an example.
    like: &'static str,
    table: DeTable<'a>,
}

impl<'a> Document<'a> {
    pub(crate) fn parse(file: &'a str, text: &'a str, like: &'static str) -> Result<Self, Diagnostic> {
        match DeTable::parse(text) {
            Ok(table) => Ok(Self { file, lines: LineIndex::of(text), like, table: table.into_inner() }),
            Err(error) => Err(not_toml(file, text, like, &error)),
        }
    }

    /// Reads the value in the file, or returns all problems with it.
    ///
    /// The problems are unknown keys and missing keys. If a value cannot be read, the first such
    /// value is a problem too. Otherwise the problems that `check` finds are.
    pub(crate) fn checked<T: serde::de::DeserializeOwned>(
        &self,
        keys: &Keys,
        check: impl FnOnce(&T) -> Vec<Located>,
    ) -> Result<T, Vec<Diagnostic>> {
        let faults = |value: &T| check(value).into_iter().map(|located| (Severity::Fault, located)).collect();
        match self.checked_with_warnings(keys, faults) {
            (Some(value), _) => Ok(value),
            (None, diagnostics) => Err(diagnostics),
        }
    }

    /// Reads the value in the file, and returns it with all problems.
    ///
    /// There is no value if one of the problems is a fault.
    pub(crate) fn checked_with_warnings<T: serde::de::DeserializeOwned>(
        &self,
        keys: &Keys,
        check: impl FnOnce(&T) -> Vec<(Severity, Located)>,
    ) -> (Option<T>, Vec<Diagnostic>) {
        let json = object(&self.table);
        let mut diagnostics = self.key_errors(&json, keys);
        languages::check(&json, &mut |path, problem, remedy| {
            diagnostics.push(self.diagnostic(path, problem, remedy));
        });
        let value = match read::<T>(&to_json(&json)) {
            Ok(value) => {
                diagnostics.extend(text_faults(&json).into_iter().map(|(path, reason)| {
                    self.diagnostic(&path, format!("{}: {reason}", written(&path)), CORRECT_TEXT.to_owned())
                }));
                diagnostics.extend(check(&value).into_iter().map(|(severity, located)| self.locate(severity, located)));
                Some(value)
            }
            // All missing keys are already in `diagnostics`.
            Err(error) if error.is_missing() && !diagnostics.is_empty() => None,
            Err(error) => {
                let (path, problem) = error.problem();
                diagnostics.push(self.diagnostic(&path, problem, like(self.like)));
                None
            }
        };
        (value.filter(|_| !diagnostics.iter().any(Diagnostic::is_fault)), diagnostics)
    }

    fn diagnostic(&self, path: &[PathSegment], problem: String, remedy: String) -> Diagnostic {
        let line = self.line_of(path).or(Some(1));
        Diagnostic::new(Some(self.file), line, Severity::Fault, problem, remedy)
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.number_at(offset)
    }

    /// Returns the line of the value at a path, or of the innermost value around it that exists.
    fn line_of(&self, path: &[PathSegment]) -> Option<usize> {
        offset_of(&self.table, path).map(|offset| self.line_at(offset))
    }

    /// Returns the elements of an array of tables, each with its offset.
    fn elements(&self, key: &str) -> impl Iterator<Item = (usize, &DeTable<'a>)> {
        let array = self.table.get(key).and_then(|value| value.get_ref().as_array());
        array.into_iter().flatten().filter_map(|element| match element.get_ref() {
            DeValue::Table(table) => Some((element.span().start, table)),
            _ => None,
        })
    }

    /// Returns a diagnostic for each unknown and each missing key, ordered by line.
    fn key_errors(&self, value: &Value, keys: &Keys) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        keys.check(value, &mut |path, error| {
            let (problem, remedy) = error.describe(path);
            let remedy = remedy.unwrap_or_else(|| like(self.like));
            diagnostics.push(self.diagnostic(path, problem, remedy));
        });
        diagnostics.sort_by_key(|diagnostic| diagnostic.line);
        diagnostics
    }

    fn locate(&self, severity: Severity, (place, problem, remedy): Located) -> Diagnostic {
        let offset = match place {
            Place::Key(key) => {
                self.table.iter().find(|(known, _)| known.get_ref() == key).map(|(key, _)| key.span().start)
            }
            Place::In(kind, index) => self.elements(kind).nth(index).map(|(offset, table)| {
                // Use the line of the first key: a long comment may separate it from the header.
                table.keys().map(|key| key.span().start).min().unwrap_or(offset)
            }),
        };
        let line = offset.map_or(1, |offset| self.line_at(offset));
        Diagnostic::new(Some(self.file), Some(line), severity, problem, remedy)
    }
}

/// What to do about a text that the rules for new text do not allow.
pub(super) const CORRECT_TEXT: &str = "correct the text";

fn not_toml(file: &str, text: &str, like_what: &str, error: &toml::de::Error) -> Diagnostic {
    let line = error.span().map(|span| LineIndex::of(text).number_at(span.start));
    Diagnostic::new(Some(file), line, Severity::Fault, plain_message(error.message()), like(like_what))
}

fn like(what: &str) -> String {
    format!("write it as in the built-in {what}")
}

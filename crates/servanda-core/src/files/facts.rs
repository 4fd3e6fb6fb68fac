//! Reads facts from TOML and JSON files, to be appended together.

use serde_json::{Value, json};
use toml::de::DeTable;

use super::toml_table::{object, offset_of};
use super::{LineIndex, Names};
use crate::Error;
use crate::entry::{Batch, Draft, Fact};
use crate::procedure::{Diagnostic, Procedure, Severity};
use crate::value::json::{JsonError, read_plain, to_json};
use crate::value::path::PathSegment;
use crate::value::plain_message;

/// The key of the array of facts in a TOML file.
const FACTS: &str = "facts";

/// Reads facts from TOML. `file` is the name to use in diagnostics.
pub(crate) fn read_facts_toml(file: &str, text: &str, names: &Names<'_>) -> Result<Batch, Error> {
    let lines = LineIndex::of(text);
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map(|span| lines.number_at(span.start));
        refused(vec![diagnostic(file, line, plain_message(error.message()), "write it as TOML has it")])
    })?;
    let table = table.into_inner();
    let line_of = |path: &[PathSegment]| offset_of(&table, path).map(|offset| lines.number_at(offset));
    let mut diagnostics = Vec::new();
    for key in table.keys().filter(|key| key.get_ref() != FACTS) {
        let line = Some(lines.number_at(key.span().start));
        let problem = format!("there is no such key as {}", key.get_ref());
        diagnostics.push(diagnostic(file, line, problem, "write each fact under [[facts]]"));
    }
    let facts = match object(&table).get_mut(FACTS).map(Value::take) {
        Some(Value::Array(facts)) => facts,
        _ => Vec::new(),
    };
    let facts = facts.into_iter().enumerate().map(|(nth, fact)| {
        let path = [PathSegment::Key(FACTS.to_owned()), PathSegment::Index(nth)];
        (line_of(&path), fact)
    });
    read_facts(file, facts, diagnostics, names)
}

/// Reads facts from JSON: an array, or an object on each line. `file` is the name to use in
/// diagnostics.
pub(crate) fn read_facts_json(file: &str, text: &str, names: &Names<'_>) -> Result<Batch, Error> {
    let not_json = |first: usize, JsonError { line, reason, .. }| {
        let line = Some(first + line);
        refused(vec![diagnostic(file, line, reason, "write an array of facts, or a fact on each line")])
    };
    if text.trim_start().starts_with('[') {
        let facts = match read_plain(text).map_err(|error| not_json(0, error))? {
            Value::Array(facts) => facts,
            _ => Vec::new(),
        };
        return read_facts(file, facts.into_iter().map(|fact| (None, fact)), Vec::new(), names);
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let facts = lines.map(|(nth, line)| match read_plain(line) {
        Ok(fact) => Ok((Some(nth + 1), fact)),
        Err(error) => Err(not_json(nth, error)),
    });
    read_facts(file, facts.collect::<Result<Vec<_>, _>>()?, Vec::new(), names)
}

/// Reads each fact, which may begin on a known line.
fn read_facts(
    file: &str,
    facts: impl IntoIterator<Item = (Option<usize>, Value)>,
    mut diagnostics: Vec<Diagnostic>,
    names: &Names<'_>,
) -> Result<Batch, Error> {
    let mut drafts = Vec::new();
    for (nth, (line, fact)) in facts.into_iter().enumerate() {
        match read_fact(fact, names) {
            Ok(draft) => drafts.push(draft),
            Err(error) => {
                let which = if line.is_some() { String::new() } else { format!("fact {}: ", nth + 1) };
                diagnostics.push(diagnostic(file, line, format!("{which}{error}"), "correct it"));
            }
        }
    }
    if drafts.is_empty() && diagnostics.is_empty() {
        let remedy = "add [[facts]] with commitment, on and fact, or in JSON an array of them";
        diagnostics.push(diagnostic(file, None, "there are no facts".to_owned(), remedy));
    }
    if diagnostics.is_empty() { Ok(drafts.into_iter().collect()) } else { Err(refused(diagnostics)) }
}

/// Reads a fact. A registration and a repin may name the procedure by its id alone.
fn read_fact(mut fact: Value, names: &Names<'_>) -> Result<Draft, Error> {
    let mut named: Option<&Procedure> = None;
    if let Some(procedure) = fact.pointer_mut("/fact/register/procedure")
        && let Some(id) = procedure.as_str()
    {
        let found = names.procedure(id)?;
        *procedure = json!(found.reference());
        named = Some(found);
    }
    if let Some(procedure) = fact.pointer_mut("/fact/repin/procedure")
        && let Some(id) = procedure.as_str()
    {
        *procedure = json!(names.procedure(id)?.reference());
    }
    let mut draft = Draft::from_json(&to_json(&fact))?;
    if let (Fact::Register(commitment), Some(procedure)) = (&mut draft.fact, named) {
        **commitment = commitment.as_ref().clone().carrying(procedure);
    }
    Ok(draft)
}

fn diagnostic(file: &str, line: Option<usize>, problem: String, remedy: &str) -> Diagnostic {
    Diagnostic::new(Some(file), line, Severity::Fault, problem, remedy.to_owned())
}

fn refused(diagnostics: Vec<Diagnostic>) -> Error {
    Error::FactsRefused { diagnostics }
}

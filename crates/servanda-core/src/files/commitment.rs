//! Reads commitments from TOML and JSON files.

use serde_json::{Value, json};
use toml::de::DeTable;

use super::document::CORRECT_TEXT;
use super::toml_table::{object, offset_of};
use super::{ENTRY_INTO_FORCE_KEYS, Keys, LineIndex, RULE_KEYS, SOURCE_KEYS, languages, optional, required};
use crate::Error;
use crate::entry::{ClockRule, Commitment, text_faults};
use crate::procedure::{Diagnostic, Procedure, Severity};
use crate::treaty::EntryIntoForce;
use crate::value::json::{JsonError, read, read_plain, to_json};
use crate::value::path::{Path, PathSegment, written};
use crate::value::{Slug, nearest, plain_message, quote};

/// The definitions that a file can refer to by id alone.
pub(crate) struct Names<'a> {
    pub(crate) procedures: Vec<&'a Procedure>,
    pub(crate) treaties: Vec<&'a EntryIntoForce>,
}

impl<'a> Names<'a> {
    /// Returns the newest version of a procedure.
    pub(crate) fn procedure(&self, id: &str) -> Result<&'a Procedure, Error> {
        let id: Slug = id.parse()?;
        let versions = self.procedures.iter().filter(|procedure| procedure.id == id);
        versions.max_by_key(|procedure| procedure.version).copied().ok_or_else(|| {
            let mut ids: Vec<Slug> = self.procedures.iter().map(|procedure| procedure.id.clone()).collect();
            ids.sort();
            ids.dedup();
            let nearest = nearest(id.as_str(), &ids);
            Error::NoProcedure { procedure: id, nearest, procedures: ids }
        })
    }
}

/// Reads a commitment from TOML. `file` is the name to use in diagnostics.
pub(crate) fn read_commitment_toml(file: &str, text: &str, names: &Names<'_>) -> Result<Commitment, Error> {
    let lines = LineIndex::of(text);
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map(|span| lines.number_at(span.start));
        refused(vec![diagnostic(file, line, plain_message(error.message()), "write it as TOML has it")])
    })?;
    let table = table.into_inner();
    let line_of = |path: &[PathSegment]| offset_of(&table, path).map(|offset| lines.number_at(offset));
    read_value(file, object(&table), &line_of, names)
}

/// Reads a commitment from JSON. `file` is the name to use in diagnostics.
pub(crate) fn read_commitment_json(file: &str, text: &str, names: &Names<'_>) -> Result<Commitment, Error> {
    let value = read_plain(text).map_err(|JsonError { line, reason, .. }| {
        refused(vec![diagnostic(file, Some(line), reason, "write it as a JSON object")])
    })?;
    read_value(file, value, &|_| None, names)
}

pub(crate) const COMMITMENT_KEYS: Keys = Keys::Table(&[
    required("by", Keys::Value),
    optional("deadline", Keys::Value),
    required("id", Keys::Value),
    optional("identifiers", IDENTIFIER_KEYS),
    optional("language", Keys::Value),
    required("made", Keys::Value),
    optional("obligation", Keys::Value),
    optional("opening", OPENING_KEYS),
    optional("part_of", Keys::Value),
    required("procedure", REFERENCE_KEYS),
    optional("responsible", Keys::Table(&[required("body", Keys::Value), optional("role", Keys::Value)])),
    optional("rules", Keys::Each(&CLOCK_RULE_KEYS)),
    optional(
        "target",
        Keys::Table(&[optional("date", Keys::Value), required("unit", Keys::Value), required("value", Keys::Value)]),
    ),
    required("title", Keys::Value),
    optional("titles", Keys::Each(&Keys::Value)),
    optional("to", Keys::Value),
    optional("topics", Keys::Value),
    optional("words", WORDS_KEYS),
]);
const IDENTIFIER_KEYS: Keys = Keys::Table(&[required("scheme", Keys::Value), required("value", Keys::Value)]);
const WORDS_KEYS: Keys = Keys::Table(&[
    optional("language", Keys::Value),
    required("source", SOURCE_KEYS),
    required("text", Keys::Value),
    optional("translations", Keys::Each(&Keys::Value)),
]);
const CLOCK_RULE_KEYS: Keys = Keys::Table(&[
    required("basis", Keys::Value),
    optional("deposits", Keys::Value),
    required("rule", RULE_KEYS),
    optional("treaty", ENTRY_INTO_FORCE_KEYS),
]);
const OPENING_KEYS: Keys = Keys::Table(&[
    optional("clocks_not_started", Keys::Value),
    optional("clocks_started", Keys::Each(&Keys::Value)),
    optional("note", Keys::Value),
    required("on", Keys::Value),
    optional("sources", SOURCE_KEYS),
    required("status", Keys::Value),
]);
const REFERENCE_KEYS: Keys =
    Keys::Table(&[required("digest", Keys::Value), required("id", Keys::Value), required("version", Keys::Value)]);

/// A function that finds the line of the value at a path. `None` if the line is not known.
type LineOf<'a> = &'a dyn Fn(&[PathSegment]) -> Option<usize>;

fn read_value(file: &str, mut value: Value, line_of: LineOf<'_>, names: &Names<'_>) -> Result<Commitment, Error> {
    let mut diagnostics = Vec::new();
    COMMITMENT_KEYS.check(&value, &mut |path, error| {
        let (problem, remedy) = error.describe(path);
        diagnostics.push(diagnostic(file, line_of(path), problem, remedy.as_deref().unwrap_or("add it")));
    });
    languages::check(&value, &mut |path, problem, remedy| {
        diagnostics.push(diagnostic(file, line_of(path), problem, &remedy));
    });
    let mut named = None;
    if let Some(procedure) = value.get_mut("procedure")
        && let Some(id) = procedure.as_str()
    {
        let found = names.procedure(id)?;
        named = Some(found);
        *procedure = json!(found.reference());
    }
    for (clock, rule) in value.get_mut("rules").and_then(Value::as_object_mut).into_iter().flatten() {
        let Some(treaty) = rule.as_str().map(str::to_owned) else { continue };
        let treaties = &names.treaties;
        match treaties.iter().find(|known| known.id == *treaty) {
            Some(known) => *rule = json!(ClockRule::from(*known)),
            None => {
                let ids: Vec<&str> = treaties.iter().map(|treaty| treaty.id.as_str()).collect();
                let remedy = format!("use one of: {}; or write basis and rule", ids.join(", "));
                let path = ["rules".to_owned(), clock.clone()].map(PathSegment::Key);
                diagnostics.push(diagnostic(
                    file,
                    line_of(&path),
                    format!("there is no built-in treaty {}", quote(&treaty)),
                    &remedy,
                ));
                *rule = json!({ "basis": treaty, "rule": "given" });
            }
        }
    }
    let id = value.as_object_mut().and_then(|object| object.remove("id"));
    let id = match id {
        Some(id) => read::<Slug>(&to_json(&id)).map(Some).map_err(|error| {
            let path = vec![PathSegment::Key("id".to_owned())];
            (path, format!("id: {}", error.reason()))
        }),
        None if value.is_object() => Ok(None),
        None => Err((Path::new(), "it is not an object".to_owned())),
    };
    let commitment = id.and_then(|id| match read::<Commitment>(&to_json(&value)) {
        Ok(mut commitment) => Ok(id.map(|id| {
            commitment.id = id;
            match named {
                Some(procedure) => commitment.carrying(procedure),
                None => commitment,
            }
        })),
        // All missing keys are already in `diagnostics`.
        Err(error) if error.is_missing() && !diagnostics.is_empty() => Ok(None),
        Err(error) => Err(error.problem()),
    });
    if matches!(commitment, Ok(Some(_))) {
        diagnostics.extend(text_faults(&value).into_iter().map(|(path, reason)| {
            diagnostic(file, line_of(&path), format!("{}: {reason}", written(&path)), CORRECT_TEXT)
        }));
    }
    match commitment {
        Ok(Some(commitment)) if diagnostics.is_empty() => return Ok(commitment),
        Ok(_) => {}
        Err((path, problem)) => diagnostics.push(diagnostic(file, line_of(&path), problem, "correct it")),
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.line);
    Err(refused(diagnostics))
}

fn diagnostic(file: &str, line: Option<usize>, problem: String, remedy: &str) -> Diagnostic {
    Diagnostic::new(Some(file), line, Severity::Fault, problem, remedy.to_owned())
}

fn refused(diagnostics: Vec<Diagnostic>) -> Error {
    Error::CommitmentRefused { diagnostics }
}

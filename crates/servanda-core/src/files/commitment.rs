//! Commitments as TOML and JSON files.

use serde_json::{Value, json};
use toml::de::DeTable;

use super::toml_table::{object, offset_of};
use super::{ENTRY_INTO_FORCE_KEYS, Keys, LineIndex, RULE_KEYS, SOURCE_KEYS};
use crate::Error;
use crate::entry::{ClockRule, Commitment};
use crate::procedure::{Diagnostic, Procedure};
use crate::treaty::EntryIntoForce;
use crate::value::json::{JsonError, read, read_plain, to_json};
use crate::value::path::{Path, PathSegment, last_written};
use crate::value::{Slug, nearest, plain_message};

/// What ids alone mean in a file.
pub(crate) struct Names<'a> {
    pub(crate) procedures: Vec<&'a Procedure>,
    pub(crate) treaties: Vec<&'a EntryIntoForce>,
}

impl<'a> Names<'a> {
    /// The newest version of a procedure.
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

const KEYS: Keys = Keys::Table(&[
    ("by", Keys::Value),
    ("deadline", Keys::Value),
    ("id", Keys::Value),
    ("made", Keys::Value),
    ("obligation", Keys::Value),
    (
        "opening",
        Keys::Table(&[("note", Keys::Value), ("on", Keys::Value), ("sources", SOURCE_KEYS), ("status", Keys::Value)]),
    ),
    ("part_of", Keys::Value),
    ("procedure", Keys::Table(&[("digest", Keys::Value), ("id", Keys::Value), ("version", Keys::Value)])),
    ("rules", Keys::Each(&GIVEN_KEYS)),
    ("title", Keys::Value),
    ("to", Keys::Value),
    ("topics", Keys::Value),
    ("words", Keys::Table(&[("source", SOURCE_KEYS), ("text", Keys::Value)])),
]);
const GIVEN_KEYS: Keys = Keys::Table(&[
    ("basis", Keys::Value),
    ("deposits", Keys::Value),
    ("rule", RULE_KEYS),
    ("treaty", ENTRY_INTO_FORCE_KEYS),
]);

/// The line of what stands at a path, as far as that is there.
type LineOf<'a> = &'a dyn Fn(&[PathSegment]) -> Option<usize>;

fn read_value(file: &str, mut value: Value, line_of: LineOf<'_>, names: &Names<'_>) -> Result<Commitment, Error> {
    let mut diagnostics = Vec::new();
    KEYS.find_unknown(&value, &mut |path, known| {
        let remedy = format!("remove it, or use one of: {}", known.join(", "));
        diagnostics.push(diagnostic(
            file,
            line_of(path),
            format!("there is no key {:?} here", last_written(path)),
            &remedy,
        ));
    });
    if let Some(procedure) = value.get_mut("procedure")
        && let Some(id) = procedure.as_str()
    {
        *procedure = json!(names.procedure(id)?.reference());
    }
    for (clock, rule) in value.get_mut("rules").and_then(Value::as_object_mut).into_iter().flatten() {
        let Some(named) = rule.as_str().map(str::to_owned) else { continue };
        let treaties = &names.treaties;
        match treaties.iter().find(|treaty| treaty.id == *named) {
            Some(treaty) => *rule = json!(ClockRule::from(*treaty)),
            None => {
                let ids: Vec<&str> = treaties.iter().map(|treaty| treaty.id.as_str()).collect();
                let remedy = format!("use one of: {}; or write basis and rule", ids.join(", "));
                let path = ["rules".to_owned(), clock.clone()].map(PathSegment::Key);
                diagnostics.push(diagnostic(
                    file,
                    line_of(&path),
                    format!("there is no built-in treaty {named:?}"),
                    &remedy,
                ));
                *rule = json!({ "basis": named, "rule": "given" });
            }
        }
    }
    let id = value.as_object_mut().and_then(|object| object.remove("id"));
    let id = match id {
        Some(id) => read::<Slug>(&to_json(&id)).map_err(|error| {
            let id = vec![PathSegment::Key("id".to_owned())];
            (id, format!("id: {}", error.reason()), "correct it")
        }),
        None if value.is_object() => Err((Path::new(), "the key \"id\" is missing".to_owned(), ALL_KEYS)),
        None => Err((Path::new(), "it is not an object".to_owned(), "correct it")),
    };
    let commitment = id.and_then(|id| {
        let text = to_json(&value);
        let commitment = read::<Commitment>(&text).map_err(|error| {
            let (path, problem) = error.problem();
            let remedy = match (error.is_missing(), path.is_empty()) {
                (true, true) => ALL_KEYS,
                (true, false) => "add it",
                (false, _) => "correct it",
            };
            (path, problem, remedy)
        })?;
        Ok(Commitment { id, ..commitment })
    });
    match commitment {
        Ok(commitment) if diagnostics.is_empty() => return Ok(commitment),
        Ok(_) => {}
        Err((path, problem, remedy)) => diagnostics.push(diagnostic(file, line_of(&path), problem, remedy)),
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.line);
    Err(refused(diagnostics))
}

const ALL_KEYS: &str = "every commitment has id, title, procedure, by, made, obligation and words";

fn diagnostic(file: &str, line: Option<usize>, problem: String, remedy: &str) -> Diagnostic {
    Diagnostic { file: Some(file.to_owned()), line, problem, remedy: remedy.to_owned() }
}

fn refused(diagnostics: Vec<Diagnostic>) -> Error {
    Error::CommitmentRefused { diagnostics }
}

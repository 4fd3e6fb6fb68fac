//! Commitments as TOML and JSON files.

use serde_json::{Value, json};
use toml::de::DeTable;

use super::json::Once;
use super::{Commitment, GivenRule};
use crate::entry_into_force::ENTRY_INTO_FORCE_KEYS;
use crate::keys::Keys;
use crate::lines::Lines;
use crate::procedure::{Finding, Procedure, RULE_KEYS, SOURCE_KEYS};
use crate::tables::{object, offset_of};
use crate::value::Slug;
use crate::word::plain;
use crate::{Error, builtin};

impl Commitment {
    /// Reads a commitment from TOML. `file` is the name to use in findings.
    ///
    /// The keys are those of a commitment in JSON, with its `id` besides. Its `procedure` is a table with `id`, `version` and
    /// `digest`, or the id alone, which then means what [`Procedure::named`] finds among `procedures` and the built-in ones. A
    /// clock's rule can be the id of a [built-in treaty](crate::builtin::treaties), such as `rules.entry-into-force = "cptpp"`.
    ///
    /// # Errors
    ///
    /// `commitment-refused` if it is not TOML, lacks something, or has a key or a value that commitments do not have;
    /// `no-procedure` if there is no procedure with the id.
    ///
    /// ```
    /// use servanda_core::Commitment;
    ///
    /// let text = r#"
    /// id = "jp/tpp"
    /// title = "Participation in the Trans-Pacific Partnership"
    /// procedure = "trade-agreement"
    /// by = ["jp"]
    /// to = ["us"]
    /// made = 2013-01-18
    /// obligation = "consideration"
    ///
    /// [words]
    /// text = "will consider"
    /// source = { title = "U.S. - Japan Alliance Remains Cornerstone", url = "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html" }
    /// "#;
    /// let tpp = Commitment::from_toml("tpp.toml", text, [])?;
    /// assert_eq!((tpp.id.as_str(), tpp.procedure.version), ("jp/tpp", 1));
    ///
    /// let refused = Commitment::from_toml("tpp.toml", &text.replace("2013-01-18", "2013-01-32"), []).unwrap_err();
    /// assert_eq!(refused.code(), "commitment-refused");
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn from_toml<'a>(
        file: &str,
        text: &str,
        procedures: impl IntoIterator<Item = &'a Procedure>,
    ) -> Result<Self, Error> {
        let lines = Lines::of(text);
        let table = DeTable::parse(text).map_err(|error| {
            let line = error.span().map(|span| lines.number_at(span.start));
            refused(vec![finding(file, line, plain(error.message()), "write it as TOML has it")])
        })?;
        let table = table.into_inner();
        let line_of = |path: &[String]| offset_of(&table, path).map(|offset| lines.number_at(offset));
        read(file, object(&table), &line_of, procedures)
    }

    /// Reads a commitment from JSON, as [`from_toml`](Commitment::from_toml) does from TOML.
    ///
    /// # Errors
    ///
    /// As [`from_toml`](Commitment::from_toml).
    pub fn from_json<'a>(
        file: &str,
        text: &str,
        procedures: impl IntoIterator<Item = &'a Procedure>,
    ) -> Result<Self, Error> {
        let Once(value) = serde_json::from_str(text).map_err(|error| {
            let reason = reason_of(&error);
            refused(vec![finding(file, Some(error.line()), reason, "write it as a JSON object")])
        })?;
        read(file, value, &|_| None, procedures)
    }
}

impl Procedure {
    /// The procedure that an id alone means: the newest version among `procedures`, such as those of a ledger, and the built-in
    /// ones.
    ///
    /// # Errors
    ///
    /// `no-procedure`.
    ///
    /// ```
    /// use servanda_core::Procedure;
    ///
    /// assert_eq!(Procedure::named("action", [])?.initial.as_str(), "planned");
    /// let refused = Procedure::named("acton", []).unwrap_err();
    /// assert!(refused.to_string().starts_with("there is no procedure acton (did you mean action?)"));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn named<'a>(id: &str, procedures: impl IntoIterator<Item = &'a Self>) -> Result<&'a Self, Error> {
        let id: Slug = id.parse()?;
        // Of two with the same version the last is taken: that of the caller.
        let all: Vec<&'a Self> = crate::builtin::procedures().into_iter().chain(procedures).collect();
        let newest = all.iter().filter(|procedure| procedure.id == id).max_by_key(|procedure| procedure.version);
        newest.copied().ok_or_else(|| {
            let mut ids: Vec<Slug> = all.iter().map(|procedure| procedure.id.clone()).collect();
            ids.sort();
            ids.dedup();
            let nearest = crate::error::nearest(id.as_str(), &ids);
            Error::NoProcedure { procedure: id, nearest, procedures: ids }
        })
    }
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
type LineOf<'a> = &'a dyn Fn(&[String]) -> Option<usize>;

fn read<'a>(
    file: &str,
    mut value: Value,
    line_of: LineOf<'_>,
    procedures: impl IntoIterator<Item = &'a Procedure>,
) -> Result<Commitment, Error> {
    let mut findings = Vec::new();
    KEYS.find_unknown(&value, &mut |path, known| {
        let key = path.last().map_or("", String::as_str);
        let remedy = format!("remove it, or use one of: {}", known.join(", "));
        findings.push(finding(file, line_of(path), format!("there is no key {key:?} here"), &remedy));
    });
    if let Some(procedure) = value.get_mut("procedure")
        && let Some(id) = procedure.as_str()
    {
        *procedure = json!(Procedure::named(id, procedures)?.pin());
    }
    for (clock, rule) in value.get_mut("rules").and_then(Value::as_object_mut).into_iter().flatten() {
        let Some(named) = rule.as_str().map(str::to_owned) else { continue };
        let treaties = builtin::treaties();
        match treaties.iter().find(|treaty| treaty.id == *named) {
            Some(treaty) => *rule = json!(GivenRule::from(*treaty)),
            None => {
                let ids: Vec<&str> = treaties.iter().map(|treaty| treaty.id.as_str()).collect();
                let remedy = format!("use one of: {}; or write basis and rule", ids.join(", "));
                let path = ["rules".to_owned(), clock.clone()];
                findings.push(finding(file, line_of(&path), format!("there is no built-in treaty {named:?}"), &remedy));
                *rule = json!({ "basis": named, "rule": "given" });
            }
        }
    }
    let id = value.as_object_mut().and_then(|object| object.remove("id"));
    let id = match id {
        Some(id) => typed::<Slug>(id).map_err(|(_, problem)| (vec!["id".to_owned()], problem)),
        None if value.is_object() => Err((Vec::new(), format!("the key \"id\"{IS_MISSING}"))),
        None => Err((Vec::new(), "it is not an object".to_owned())),
    };
    let read = id.and_then(|id| Ok(Commitment { id, ..typed(value)? }));
    match read {
        Ok(commitment) if findings.is_empty() => Ok(commitment),
        Ok(_) => {
            findings.sort_by_key(|finding| finding.line);
            Err(refused(findings))
        }
        Err((path, problem)) => {
            let remedy = match (problem.ends_with(IS_MISSING), path.is_empty()) {
                (true, true) => "every commitment has id, title, procedure, by, made, obligation and words",
                (true, false) => "add it",
                (false, _) => "correct it",
            };
            findings.push(finding(file, line_of(&path), format!("{}{problem}", written(&path)), remedy));
            findings.sort_by_key(|finding| finding.line);
            Err(refused(findings))
        }
    }
}

const IS_MISSING: &str = " is missing";

/// A path such as `opening.sources[0].url`, before what is wrong there.
fn written(path: &[String]) -> String {
    let mut text = String::new();
    for key in path {
        match key.parse::<usize>() {
            Ok(index) => text.push_str(&format!("[{index}]")),
            Err(_) if text.is_empty() => text.push_str(key),
            Err(_) => text.push_str(&format!(".{key}")),
        }
    }
    if text.is_empty() { text } else { text + ": " }
}

/// The value as what it is to be, or the path at which it is not, and what is wrong there.
fn typed<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, (Vec<String>, String)> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        use serde_path_to_error::Segment;
        let path = error.path().iter().filter_map(|segment| match segment {
            Segment::Map { key } => Some(key.clone()),
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Enum { variant } => Some(variant.clone()),
            Segment::Unknown => None,
        });
        (path.collect(), reason_of(error.inner()))
    })
}

/// Serde's own words, without the line and column.
fn reason_of(error: &serde_json::Error) -> String {
    let text = plain(&error.to_string()).replace("missing field `", "the key `");
    let text = text.split(" at line ").next().unwrap_or(&text);
    if text.starts_with("the key `") { text.replace('`', "\"") + IS_MISSING } else { text.to_owned() }
}

fn finding(file: &str, line: Option<usize>, problem: String, remedy: &str) -> Finding {
    Finding { file: Some(file.to_owned()), line, problem, remedy: remedy.to_owned() }
}

fn refused(findings: Vec<Finding>) -> Error {
    Error::CommitmentRefused { findings }
}

//! Commitments as TOML and JSON files.

use serde_json::{Value, json};
use toml::de::DeTable;

use super::{Commitment, GivenRule};
use crate::entry_into_force::ENTRY_INTO_FORCE_KEYS;
use crate::format::{NotPlain, read, read_plain, to_json};
use crate::keys::Keys;
use crate::lines::Lines;
use crate::path::{Path, Step, last_written};
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
        let line_of = |path: &[Step]| offset_of(&table, path).map(|offset| lines.number_at(offset));
        read_value(file, object(&table), &line_of, procedures)
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
        let value = read_plain(text).map_err(|NotPlain { line, reason, .. }| {
            refused(vec![finding(file, Some(line), reason, "write it as a JSON object")])
        })?;
        read_value(file, value, &|_| None, procedures)
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
type LineOf<'a> = &'a dyn Fn(&[Step]) -> Option<usize>;

fn read_value<'a>(
    file: &str,
    mut value: Value,
    line_of: LineOf<'_>,
    procedures: impl IntoIterator<Item = &'a Procedure>,
) -> Result<Commitment, Error> {
    let mut findings = Vec::new();
    KEYS.find_unknown(&value, &mut |path, known| {
        let remedy = format!("remove it, or use one of: {}", known.join(", "));
        findings.push(finding(file, line_of(path), format!("there is no key {:?} here", last_written(path)), &remedy));
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
                let path = ["rules".to_owned(), clock.clone()].map(Step::Key);
                findings.push(finding(file, line_of(&path), format!("there is no built-in treaty {named:?}"), &remedy));
                *rule = json!({ "basis": named, "rule": "given" });
            }
        }
    }
    let id = value.as_object_mut().and_then(|object| object.remove("id"));
    let id = match id {
        Some(id) => read::<Slug>(&to_json(&id)).map_err(|misread| {
            let id = vec![Step::Key("id".to_owned())];
            (id, format!("id: {}", misread.reason()), "correct it")
        }),
        None if value.is_object() => Err((Path::new(), "the key \"id\" is missing".to_owned(), ALL_KEYS)),
        None => Err((Path::new(), "it is not an object".to_owned(), "correct it")),
    };
    let commitment = id.and_then(|id| {
        let text = to_json(&value);
        let commitment = read::<Commitment>(&text).map_err(|misread| {
            let (path, problem) = misread.problem();
            let remedy = match (misread.is_missing(), path.is_empty()) {
                (true, true) => ALL_KEYS,
                (true, false) => "add it",
                (false, _) => "correct it",
            };
            (path, problem, remedy)
        })?;
        Ok(Commitment { id, ..commitment })
    });
    match commitment {
        Ok(commitment) if findings.is_empty() => return Ok(commitment),
        Ok(_) => {}
        Err((path, problem, remedy)) => findings.push(finding(file, line_of(&path), problem, remedy)),
    }
    findings.sort_by_key(|finding| finding.line);
    Err(refused(findings))
}

const ALL_KEYS: &str = "every commitment has id, title, procedure, by, made, obligation and words";

fn finding(file: &str, line: Option<usize>, problem: String, remedy: &str) -> Finding {
    Finding { file: Some(file.to_owned()), line, problem, remedy: remedy.to_owned() }
}

fn refused(findings: Vec<Finding>) -> Error {
    Error::CommitmentRefused { findings }
}

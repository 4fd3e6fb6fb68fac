//! Drafts of facts.

use std::collections::BTreeMap;
use std::str::FromStr;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use servanda::{
    Batch, Commitment, Date, Fact, Moment, Party, Procedure, Slug, Source,
    facts::{Define, Identifier, Topic},
    format::quote,
    procedure::{Calendar, ProcedureRef},
    value::{EntryId, Language, Title, ValueError},
};

use crate::convert::{Arg, Identifiers, Sources, by_language, parsed, text};
use crate::error::{Failure, Result};
use crate::facts;
use crate::values::reference_to;

/// A fact that has not been appended yet.
#[pyclass(frozen, module = "servanda._servanda")]
pub(crate) struct Draft(pub(crate) servanda::facts::Draft);

#[pymethods]
impl Draft {
    /// The draft as canonical JSON.
    fn json(&self) -> String {
        self.0.to_json()
    }
}

/// Puts drafts into one batch.
pub(crate) fn batch(drafts: &[Py<Draft>]) -> Batch {
    drafts.iter().map(|draft| draft.get().0.clone()).collect()
}

/// The batch with what an append may leave out and allow.
pub(crate) fn with_options(batch: Batch, skip_recorded: bool, share_identifiers: bool) -> Batch {
    let batch = if skip_recorded { batch.skip_recorded() } else { batch };
    if share_identifiers { batch.share_identifiers() } else { batch }
}

/// The optional parts that every draft can have.
type On = Option<Arg<Date>>;
type Published = Option<Arg<Date>>;
type At = Option<Arg<Moment>>;

fn draft(
    commitment: Option<&str>,
    fact: Fact,
    on: On,
    after: Option<&str>,
    published: Published,
    at: At,
) -> Result<Draft> {
    let mut draft = servanda::facts::Draft::builder(parsed(commitment)?, fact);
    if let Some(Arg(on)) = on {
        draft = draft.on(on);
    }
    if let Some(after) = parsed::<EntryId>(after)? {
        draft = draft.after(after);
    }
    if let Some(Arg(published)) = published {
        draft = draft.published(published);
    }
    if let Some(Arg(at)) = at {
        draft = draft.recorded_at(at);
    }
    Ok(Draft(draft.build()?))
}

/// Reads a draft from JSON.
#[pyfunction]
#[pyo3(signature = (json, /))]
pub(crate) fn draft_from_json(json: &str) -> Result<Draft> {
    Ok(Draft(servanda::facts::Draft::from_json(json)?))
}

#[pyfunction]
#[pyo3(signature = (commitment, published, recorded_at, /))]
pub(crate) fn register(commitment: Arg<Commitment>, published: Published, recorded_at: At) -> Result<Draft> {
    let id = commitment.0.id.to_string();
    draft(Some(&id), Fact::Register(Box::new(commitment.0)), None, None, published, recorded_at)
}

/// Makes a draft of a fact of this kind. The fields come in the order of its record.
#[pyfunction]
#[pyo3(signature = (kind, fields, commitment, on, after, published, recorded_at, /))]
pub(crate) fn fact(
    kind: &str,
    fields: &Bound<'_, PyTuple>,
    commitment: Option<&str>,
    on: On,
    after: Option<&str>,
    published: Published,
    recorded_at: At,
) -> Result<Draft> {
    let fact = facts::fact(kind, &mut Fields { fields, next: 0 })?;
    draft(commitment, fact, on, after, published, recorded_at)
}

/// Takes the fields of a fact one after the other.
pub(crate) struct Fields<'a, 'py> {
    fields: &'a Bound<'py, PyTuple>,
    next: usize,
}

#[allow(dead_code, reason = "a field can have any of these types")]
impl<'py> Fields<'_, 'py> {
    /// The error for a kind of fact that is made in another way, or that does not exist.
    pub(crate) fn unknown(kind: &str) -> Failure {
        PyValueError::new_err(format!("there is no kind of fact {} with fields", quote(kind))).into()
    }

    /// Converts the next field. A `TypeError` names the field.
    fn take<T>(&mut self, name: &str, convert: impl FnOnce(&Bound<'py, PyAny>) -> PyResult<T>) -> Result<T> {
        let given = self.fields.get_item(self.next)?;
        self.next += 1;
        Ok(convert(&given).map_err(|error| match error.is_instance_of::<PyTypeError>(given.py()) {
            true => PyTypeError::new_err(format!("argument '{name}': {}", error.value(given.py()))),
            false => error,
        })?)
    }

    /// Converts the next field, or returns `None` for None.
    fn take_optional<T>(
        &mut self,
        name: &str,
        convert: impl FnOnce(&Bound<'py, PyAny>) -> PyResult<T>,
    ) -> Result<Option<T>> {
        self.take(name, |given| if given.is_none() { Ok(None) } else { convert(given).map(Some) })
    }

    pub(crate) fn text<T: FromStr<Err = ValueError>>(&mut self, name: &str) -> Result<T> {
        Ok(self.take(name, |given| text(given, "a str"))?.parse()?)
    }

    pub(crate) fn optional_text<T: FromStr<Err = ValueError>>(&mut self, name: &str) -> Result<Option<T>> {
        parsed(self.take_optional(name, |given| text(given, "a str"))?.as_deref())
    }

    pub(crate) fn texts<T: FromStr<Err = ValueError>>(&mut self, name: &str) -> Result<Vec<T>> {
        all_parsed(self.take(name, |given| given.extract::<Vec<String>>())?)
    }

    pub(crate) fn optional_texts<T: FromStr<Err = ValueError>>(&mut self, name: &str) -> Result<Option<Vec<T>>> {
        self.take_optional(name, |given| given.extract::<Vec<String>>())?.map(all_parsed).transpose()
    }

    /// A value that Python has a type of its own for, such as a date.
    pub(crate) fn value<T>(&mut self, name: &str) -> Result<T>
    where
        for<'x> Arg<T>: FromPyObject<'x, 'py, Error = PyErr>,
    {
        self.take(name, |given| Ok(given.extract::<Arg<T>>()?.0))
    }

    pub(crate) fn optional_value<T>(&mut self, name: &str) -> Result<Option<T>>
    where
        for<'x> Arg<T>: FromPyObject<'x, 'py, Error = PyErr>,
    {
        self.take_optional(name, |given| Ok(given.extract::<Arg<T>>()?.0))
    }

    pub(crate) fn number(&mut self, name: &str) -> Result<u32> {
        self.take(name, |given| given.extract::<u32>())
    }

    pub(crate) fn optional_number(&mut self, name: &str) -> Result<Option<u32>> {
        self.take_optional(name, |given| given.extract::<u32>())
    }

    pub(crate) fn flag(&mut self, name: &str) -> Result<bool> {
        self.take(name, |given| given.extract::<bool>())
    }

    pub(crate) fn optional_identifiers(&mut self, name: &str) -> Result<Option<Vec<Identifier>>> {
        Ok(self.take_optional(name, |given| given.extract::<Identifiers>())?.map(|Identifiers(all)| all))
    }

    pub(crate) fn optional_names(&mut self, name: &str) -> Result<Option<BTreeMap<Language, Title>>> {
        self.take_optional(name, |given| given.extract::<BTreeMap<String, String>>())?.map(by_language).transpose()
    }

    /// A procedure by its id, as a `Procedure`, or as a `ProcedureRef`.
    pub(crate) fn procedure(&mut self, name: &str) -> Result<ProcedureRef> {
        let given = self.take(name, |given| Ok(given.clone()))?;
        reference_to(&given)
    }

    /// The new names of statuses by their old names. None means that there are none.
    pub(crate) fn statuses(&mut self, name: &str) -> Result<BTreeMap<Slug, Slug>> {
        let given = self.take_optional(name, |given| given.extract::<BTreeMap<String, String>>())?.unwrap_or_default();
        given.iter().map(|(from, to)| Ok((from.parse()?, to.parse()?))).collect()
    }

    pub(crate) fn sources(&mut self, name: &str) -> Result<Vec<Source>> {
        Ok(self.take(name, |given| given.extract::<Sources>())?.0)
    }
}

fn all_parsed<T: FromStr<Err = ValueError>>(texts: Vec<String>) -> Result<Vec<T>> {
    Ok(texts.iter().map(|text| text.parse()).collect::<std::result::Result<_, _>>()?)
}

/// Makes a definition of a party, a procedure, a calendar or a topic.
#[pyfunction]
#[pyo3(signature = (kind, what, recorded_at, /))]
pub(crate) fn define(kind: &str, what: &Bound<'_, PyAny>, recorded_at: At) -> Result<Draft> {
    let definition = match kind {
        "party" => Define::Party(what.extract::<Arg<Party>>()?.0),
        "topic" => Define::Topic(what.extract::<Arg<Topic>>()?.0),
        "procedure" => Define::Procedure(what.extract::<Arg<Procedure>>()?.0),
        _ => Define::Calendar(what.extract::<Arg<Calendar>>()?.0),
    };
    draft(None, Fact::Define(definition), None, None, None, recorded_at)
}

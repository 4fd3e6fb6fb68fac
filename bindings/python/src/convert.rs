//! Conversion from Python values to values of the library, and back to the JSON that the core
//! writes.

use std::collections::BTreeMap;

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use serde::de::DeserializeOwned;
use servanda::{
    Commitment, Entry, Party, Procedure, Source,
    facts::{ClockRule, Identifier, Opening, Responsible, Target, Topic, Words},
    procedure::{Calendar, Rule},
    treaty::EntryIntoForce,
    value::{Language, ValueError, ValueKind},
};

use crate::error::{Failure, Result};

/// A value of the library that arrives from Python as a Python type.
pub(crate) struct Arg<T>(pub(crate) T);

pub(crate) fn refused(kind: ValueKind, given: &Bound<'_, PyAny>, reason: &str) -> Failure {
    let given = given.str().map(|text| text.to_string_lossy().into_owned()).unwrap_or_default();
    ValueError::Invalid { kind, given, reason: reason.to_owned() }.into()
}

fn wrong_type(given: &Bound<'_, PyAny>, wanted: &str) -> PyErr {
    let found = given.get_type().name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    PyTypeError::new_err(format!("expected {wanted}, not {found}"))
}

pub(crate) fn text(given: &Bound<'_, PyAny>, wanted: &str) -> PyResult<String> {
    match given.cast::<PyString>() {
        Ok(text) => Ok(text.to_cow()?.into_owned()),
        Err(_) => Err(wrong_type(given, wanted)),
    }
}

/// A value that has a Python class. An instance of the class holds the JSON of the value.
pub(crate) trait PythonClass: Sized {
    /// The name of the class.
    const CLASS: &str;

    fn read(json: &str) -> Result<Self>;
}

macro_rules! python_class {
    ($($type:ident),*) => {$(
        impl PythonClass for $type {
            const CLASS: &str = stringify!($type);

            fn read(json: &str) -> Result<Self> {
                read(Self::CLASS, json)
            }
        }
    )*};
}
python_class!(
    Calendar,
    ClockRule,
    EntryIntoForce,
    Identifier,
    Opening,
    Party,
    Procedure,
    Responsible,
    Rule,
    Source,
    Target,
    Topic,
    Words
);

impl PythonClass for Commitment {
    const CLASS: &str = "Commitment";

    fn read(json: &str) -> Result<Self> {
        Ok(Self::from_json("commitment", json, [])?)
    }
}

/// Reads the JSON of an instance of the class with this name.
pub(crate) fn read<T: DeserializeOwned>(class: &str, json: &str) -> Result<T> {
    Ok(servanda::format::from_json(&class.to_lowercase(), json)?)
}

/// The JSON that an instance of the class with this name holds.
pub(crate) fn json_of(given: &Bound<'_, PyAny>, class: &str) -> PyResult<String> {
    if given.get_type().name()? != class {
        return Err(wrong_type(given, &format!("a servanda.{class}")));
    }
    given.getattr(intern!(given.py(), "_json"))?.extract()
}

macro_rules! value_arg {
    ($($type:ident),*) => {$(
        impl<'py> FromPyObject<'_, 'py> for Arg<$type> {
            type Error = PyErr;

            fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                Ok(Self($type::read(&json_of(&given, $type::CLASS)?)?))
            }
        }
    )*};
}
value_arg!(
    Calendar,
    ClockRule,
    Commitment,
    EntryIntoForce,
    Identifier,
    Opening,
    Party,
    Procedure,
    Responsible,
    Rule,
    Target,
    Topic,
    Words
);

/// The parsed form of a source, cached in the Python object.
#[pyclass(frozen, module = "servanda._servanda")]
struct ReadSource(Source);

/// Many facts cite the same source, so the Python object caches its parsed form.
impl<'py> FromPyObject<'_, 'py> for Arg<Source> {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(url) = given.cast::<PyString>() {
            return Ok(Self(Source::try_from(&*url.to_cow()?).map_err(Failure::from)?));
        }
        let (py, name) = (given.py(), intern!(given.py(), "_read_source"));
        let members = given.getattr(intern!(py, "__dict__")).ok().and_then(|all| all.cast_into::<PyDict>().ok());
        if let Some(members) = &members
            && let Some(read) = members.get_item(name)?
            && let Ok(read) = read.cast::<ReadSource>()
        {
            return Ok(Self(read.get().0.clone()));
        }
        let source = Source::read(&json_of(&given, Source::CLASS)?)?;
        if let Some(members) = members {
            members.set_item(name, ReadSource(source.clone()))?;
        }
        Ok(Self(source))
    }
}

/// One source, or several.
pub(crate) struct Sources(pub(crate) Vec<Source>);

impl<'py> FromPyObject<'_, 'py> for Sources {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if given.is_instance_of::<PyString>() || given.get_type().name()? == Source::CLASS {
            return Ok(Self(vec![given.extract::<Arg<Source>>()?.0]));
        }
        Ok(Self(all(given.extract()?)))
    }
}

/// Identifiers: values by scheme, or a sequence of `Identifier`, of pairs or of texts.
pub(crate) struct Identifiers(pub(crate) Vec<Identifier>);

impl<'py> FromPyObject<'_, 'py> for Identifiers {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let read = |(scheme, value): (String, String)| Ok(Identifier::new(&scheme, &value).map_err(Failure::from)?);
        if let Ok(by_scheme) = given.cast::<PyDict>() {
            let pairs = by_scheme.iter().map(|(scheme, value)| read((scheme.extract()?, value.extract()?)));
            return Ok(Self(pairs.collect::<PyResult<_>>()?));
        }
        if given.is_instance_of::<PyString>() {
            return Err(wrong_type(&given, "a mapping or a sequence of identifiers"));
        }
        let one = |one: PyResult<Bound<'py, PyAny>>| {
            let one = one?;
            match one.cast::<PyString>() {
                Ok(text) => Ok(text.to_cow()?.parse::<Identifier>().map_err(Failure::from)?),
                Err(_) if one.is_instance_of::<PyTuple>() => read(one.extract()?),
                Err(_) => Ok(one.extract::<Arg<Identifier>>()?.0),
            }
        };
        Ok(Self(given.try_iter()?.map(one).collect::<PyResult<_>>()?))
    }
}

/// Texts by language.
pub(crate) fn by_language<T: std::str::FromStr<Err = ValueError>>(
    given: BTreeMap<String, String>,
) -> Result<BTreeMap<Language, T>> {
    given.iter().map(|(language, text)| Ok((language.parse()?, text.parse()?))).collect()
}

/// Unwraps a list of arguments.
pub(crate) fn all<T>(given: Vec<Arg<T>>) -> Vec<T> {
    given.into_iter().map(|Arg(value)| value).collect()
}

/// Parses an optional text.
pub(crate) fn parsed<T: std::str::FromStr<Err = ValueError>>(text: Option<&str>) -> Result<Option<T>> {
    Ok(text.map(str::parse).transpose()?)
}

/// The canonical JSON of an answer.
pub(crate) fn json(answer: &impl serde::Serialize) -> String {
    servanda::format::to_json(answer)
}

/// The canonical JSON of each answer.
pub(crate) fn jsons<T: serde::Serialize>(answers: &[T]) -> Vec<String> {
    answers.iter().map(json).collect()
}

/// The line of each entry, which is its JSON.
pub(crate) fn lines(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(|entry| entry.line().to_owned()).collect()
}

/// Reads lines as entries.
pub(crate) fn entries(py: Python<'_>, lines: &[String]) -> Result<Vec<Entry>> {
    py.detach(|| lines.iter().map(|line| Ok(servanda::format::read_line(line)?)).collect())
}

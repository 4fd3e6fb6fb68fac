//! Values of Python as values of the library, and back as the JSON that the core writes.

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDateTime, PyDict, PyString};
use serde::de::DeserializeOwned;
use servanda::{
    Calendar, Commitment, CoreError, Date, Day, Deadline, Entry, EntryIntoForce, GivenRule, Moment, Opening, Party,
    Procedure, Rule, Source, ValueKind, Words,
};

use crate::error::{Failure, Result};

/// A value of the library that Python gives in a type of its own.
pub(crate) struct Given<T>(pub(crate) T);

fn refused(kind: ValueKind, given: &Bound<'_, PyAny>, reason: &str) -> Failure {
    let given = given.str().map(|text| text.to_string_lossy().into_owned()).unwrap_or_default();
    ValueError::Invalid { kind, given, reason: reason.to_owned() }.into()
}

fn of_another_type(given: &Bound<'_, PyAny>, wanted: &str) -> PyErr {
    let found = given.get_type().name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    PyTypeError::new_err(format!("{wanted} is wanted, not {found}"))
}

fn text(given: &Bound<'_, PyAny>, wanted: &str) -> PyResult<String> {
    match given.cast::<PyString>() {
        Ok(text) => Ok(text.to_cow()?.into_owned()),
        Err(_) => Err(of_another_type(given, wanted)),
    }
}

/// The day that a `date` is; nothing for what is none.
fn day(given: &Bound<'_, PyAny>, kind: ValueKind) -> Result<Option<Day>> {
    let Ok(date) = given.cast::<PyDate>() else { return Ok(None) };
    if given.is_instance_of::<PyDateTime>() {
        return Err(refused(kind, given, "it is a moment (a datetime), and a day is meant; give its date()"));
    }
    // One call, where year, month and day would be three: the days since the day before the first that there is, which is the first of ours too.
    let ordinal: u32 = date.call_method0(intern!(given.py(), "toordinal"))?.extract()?;
    Ok(ordinal.checked_sub(1).and_then(|days| Day::FIRST.plus_days(days)))
}

/// What can be a `date`, or text.
macro_rules! day_or_text {
    ($($type:ident $kind:ident),*) => {$(
        impl<'py> FromPyObject<'_, 'py> for Given<$type> {
            type Error = PyErr;

            fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                Ok(Self(match day(&given, ValueKind::$kind)? {
                    Some(day) => day.into(),
                    None => text(&given, "a datetime.date or a str")?.parse::<$type>().map_err(Failure::from)?,
                }))
            }
        }
    )*};
}
day_or_text!(Day Day, Date Date, Deadline Date);

impl<'py> FromPyObject<'_, 'py> for Given<Moment> {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let Ok(moment) = given.cast::<PyDateTime>() else {
            if given.is_instance_of::<PyDate>() {
                let reason = "it is a day (a date), and a moment is meant; give a datetime with a time zone";
                return Err(refused(ValueKind::Moment, &given, reason).into());
            }
            let text = text(&given, "a datetime.datetime with a time zone, or a str")?;
            return Ok(Self(text.parse().map_err(Failure::from)?));
        };
        if moment.call_method0(intern!(given.py(), "utcoffset"))?.is_none() {
            let reason = "it has no time zone; give it one, such as tzinfo=datetime.timezone.utc";
            return Err(refused(ValueKind::Moment, &given, reason).into());
        }
        let since = moment.sub(epoch(given.py())?)?;
        let part = |name: &str| since.getattr(name)?.extract::<i64>();
        let micros = (part("days")? * 86_400 + part("seconds")?) * 1_000_000 + part("microseconds")?;
        Ok(Self(Moment::from_micros(micros).map_err(Failure::from)?))
    }
}

/// The moment from which moments are counted, as Python has it.
fn epoch(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static EPOCH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let epoch = EPOCH.get_or_try_init(py, || {
        let datetime = py.import("datetime")?;
        let utc = datetime.getattr("timezone")?.getattr("utc")?;
        datetime.getattr("datetime")?.call1((1970, 1, 1, 0, 0, 0, 0, utc)).map(Bound::unbind)
    })?;
    Ok(epoch.bind(py))
}

/// A value that the package has a class for, which keeps its JSON.
pub(crate) trait Written: Sized {
    /// The name of the class.
    const CLASS: &str;

    fn read(json: &str) -> Result<Self>;
}

macro_rules! written {
    ($($type:ident),*) => {$(
        impl Written for $type {
            const CLASS: &str = stringify!($type);

            fn read(json: &str) -> Result<Self> {
                read(Self::CLASS, json)
            }
        }
    )*};
}
written!(Calendar, EntryIntoForce, ClockRule, Opening, Party, Procedure, Rule, Source, Words);

impl Written for Commitment {
    const CLASS: &str = "Commitment";

    fn read(json: &str) -> Result<Self> {
        Ok(Self::from_json("commitment", json, [])?)
    }
}

/// Reads JSON of the class with this name.
pub(crate) fn read<T: DeserializeOwned>(class: &str, json: &str) -> Result<T> {
    Ok(servanda::format::from_json(&class.to_lowercase(), json)?)
}

/// The JSON that a value of the class with this name keeps.
pub(crate) fn json_of(given: &Bound<'_, PyAny>, class: &str) -> PyResult<String> {
    if given.get_type().name()? != class {
        return Err(of_another_type(given, &format!("a servanda.{class}")));
    }
    given.getattr(intern!(given.py(), "_json"))?.extract()
}

macro_rules! given {
    ($($type:ident),*) => {$(
        impl<'py> FromPyObject<'_, 'py> for Given<$type> {
            type Error = PyErr;

            fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                Ok(Self($type::read(&json_of(&given, $type::CLASS)?)?))
            }
        }
    )*};
}
given!(Calendar, Commitment, EntryIntoForce, ClockRule, Opening, Party, Procedure, Rule, Words);

/// A source as it was read from its JSON.
#[pyclass(frozen, module = "servanda._servanda")]
struct ReadSource(Source);

/// Many facts cite one source, so it keeps what was read of it.
impl<'py> FromPyObject<'_, 'py> for Given<Source> {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
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

/// What the values are, without what they were given in.
pub(crate) fn all<T>(given: Vec<Given<T>>) -> Vec<T> {
    given.into_iter().map(|Given(value)| value).collect()
}

/// A part that may be missing, as what it is to be.
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

/// The lines of entries, which are their JSON.
pub(crate) fn lines(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(|entry| entry.line().to_owned()).collect()
}

/// The entries that these lines are.
pub(crate) fn entries(py: Python<'_>, lines: &[String]) -> Result<Vec<Entry>> {
    py.detach(|| lines.iter().map(|line| Ok(servanda::format::read_line(line)?)).collect())
}

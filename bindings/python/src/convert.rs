//! Values of Python as values of the library.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDateAccess, PyDateTime, PyString};
use servanda::{CoreError, Date, Day, Deadline, Moment, Source, ValueKind};

use crate::error::{Failure, Result};

/// A value of the library that Python gives in a type of its own.
pub(crate) struct Given<T>(pub(crate) T);

fn refused(kind: ValueKind, given: &Bound<'_, PyAny>, reason: &str) -> Failure {
    let given = given.str().map(|text| text.to_string()).unwrap_or_default();
    CoreError::InvalidValue { kind, given, reason: reason.to_owned() }.into()
}

/// A day, of a `date` or of text.
fn day(given: &Bound<'_, PyAny>, kind: ValueKind) -> Result<Option<Day>> {
    if given.is_instance_of::<PyDateTime>() {
        return Err(refused(kind, given, "it is a moment; take its date()"));
    }
    match given.cast::<PyDate>() {
        Ok(date) => Ok(Some(Day::new(date.get_year(), date.get_month().into(), date.get_day().into())?)),
        Err(_) => Ok(None),
    }
}

/// What can be a day, or text.
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

fn text(given: &Bound<'_, PyAny>, wanted: &str) -> PyResult<String> {
    match given.cast::<PyString>() {
        Ok(text) => Ok(text.to_cow()?.into_owned()),
        Err(_) => {
            let found = given.get_type().name()?.to_string();
            Err(pyo3::exceptions::PyTypeError::new_err(format!("it is {wanted}, not {found}")))
        }
    }
}

impl<'py> FromPyObject<'_, 'py> for Given<Moment> {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        static EPOCH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let py = given.py();
        let Ok(moment) = given.cast::<PyDateTime>() else {
            return Ok(Self(text(&given, "a datetime.datetime with a time zone")?.parse().map_err(Failure::from)?));
        };
        if moment.call_method0("utcoffset")?.is_none() {
            let reason = "it has no time zone; give it one, such as tzinfo=datetime.timezone.utc";
            return Err(refused(ValueKind::Moment, &given, reason).into());
        }
        let epoch = EPOCH.get_or_try_init(py, || {
            let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
            let epoch = py.import("datetime")?.getattr("datetime")?.call1((1970, 1, 1))?;
            let tz = [("tzinfo", utc)];
            epoch.call_method("replace", (), Some(&pyo3::types::IntoPyDict::into_py_dict(tz, py)?)).map(Bound::unbind)
        })?;
        let since = moment.sub(epoch)?;
        let part = |name: &str| since.getattr(name)?.extract::<i64>();
        let micros = (part("days")? * 86_400 + part("seconds")?) * 1_000_000 + part("microseconds")?;
        Ok(Self(Moment::from_micros(micros).map_err(Failure::from)?))
    }
}

impl<'py> FromPyObject<'_, 'py> for Given<Source> {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let json = given.getattr("_json")?.extract::<String>()?;
        read(&json, "source").map(Self).map_err(PyErr::from)
    }
}

/// A value from the JSON that the core wrote.
pub(crate) fn read<T: serde::de::DeserializeOwned>(json: &str, what: &str) -> Result<T> {
    let refused =
        |error: serde_json::Error| CoreError::InvalidField { field: what.to_owned(), reason: error.to_string() };
    Ok(serde_json::from_str(json).map_err(refused)?)
}

/// The canonical JSON of an answer.
pub(crate) fn json(answer: &impl serde::Serialize) -> Result<String> {
    let mut text = Vec::new();
    servanda::format::write_json(answer, &mut text).map_err(|error| Failure::Python(error.into()))?;
    text.pop();
    String::from_utf8(text).map_err(|error| Failure::Python(error.into()))
}

//! Conversion of days, dates and moments.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDateTime};
use servanda::{Date, Day, Deadline, Moment, value::ValueKind};

use crate::convert::{Arg, refused, text};
use crate::error::{Failure, Result};

/// Converts a `datetime.date`. None if the value has another type.
fn day(given: &Bound<'_, PyAny>, kind: ValueKind) -> Result<Option<Day>> {
    let Ok(date) = given.cast::<PyDate>() else { return Ok(None) };
    if given.is_instance_of::<PyDateTime>() && !is_midnight_timestamp(given) {
        return Err(refused(kind, given, "it is a moment (a datetime) where a day is expected; pass its date()"));
    }
    // One call instead of three for year, month and day. Ordinal 1 is 1 January of year 1, which is
    // also the first `Day`.
    let ordinal: u32 = date.call_method0(intern!(given.py(), "toordinal"))?.extract()?;
    Ok(ordinal.checked_sub(1).and_then(|days| Day::FIRST.plus_days(days)))
}

/// Whether a value is a `pandas.Timestamp`, or another subclass of `datetime`, at midnight and
/// without a time zone. pandas has no other type for a day.
fn is_midnight_timestamp(given: &Bound<'_, PyAny>) -> bool {
    let part = |name| given.getattr(name).and_then(|part| part.extract::<u32>());
    let is_midnight = || {
        let clock = ["hour", "minute", "second", "microsecond"].into_iter().all(|name| matches!(part(name), Ok(0)));
        clock && part("nanosecond").unwrap_or_default() == 0
    };
    let has_zone = || given.getattr("tzinfo").is_ok_and(|zone| !zone.is_none());
    !given.is_exact_instance_of::<PyDateTime>() && is_midnight() && !has_zone()
}

/// Accepts a `datetime.date`, or text.
macro_rules! day_or_text {
    ($($type:ident $kind:ident),*) => {$(
        impl<'py> FromPyObject<'_, 'py> for Arg<$type> {
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

impl<'py> FromPyObject<'_, 'py> for Arg<Moment> {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        match moment(&given)? {
            Some(moment) => Ok(Self(moment)),
            None if given.is_instance_of::<PyDate>() => {
                let reason = "it is a day (a date) where a moment is expected; pass a datetime with a time zone";
                Err(refused(ValueKind::Moment, &given, reason).into())
            }
            None => Ok(Self(text(&given, EXPECTED_MOMENT)?.parse().map_err(Failure::from)?)),
        }
    }
}

const EXPECTED_MOMENT: &str = "a datetime.datetime with a time zone, or a str";

/// Converts an aware `datetime.datetime`. None if the value has another type.
fn moment(given: &Bound<'_, PyAny>) -> Result<Option<Moment>> {
    let Ok(moment) = given.cast::<PyDateTime>() else { return Ok(None) };
    if moment.call_method0(intern!(given.py(), "utcoffset"))?.is_none() {
        let reason = "it has no time zone; add one, such as tzinfo=datetime.timezone.utc";
        return Err(refused(ValueKind::Moment, given, reason));
    }
    let since = moment.sub(epoch(given.py())?)?;
    let part = |name: &str| since.getattr(name)?.extract::<i64>();
    let micros = (part("days")? * 86_400 + part("seconds")?) * 1_000_000 + part("microseconds")?;
    Ok(Some(Moment::from_micros(micros)?))
}

/// The moment of knowledge of a view. It accepts what the command line accepts: RFC 3339 with any
/// offset, or a day, which means its end in UTC.
pub(crate) struct KnownAt(pub(crate) Moment);

impl<'py> FromPyObject<'_, 'py> for KnownAt {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(moment) = moment(&given)? {
            return Ok(Self(moment));
        }
        let text = match day(&given, ValueKind::Day)? {
            Some(day) => day.to_string(),
            None => text(&given, EXPECTED_MOMENT)?,
        };
        Ok(Self(Moment::try_from(&*text).map_err(Failure::from)?))
    }
}

/// The first moment of a period. It accepts what [`KnownAt`] accepts, but a day means its start.
pub(crate) struct Since(pub(crate) Moment);

impl<'py> FromPyObject<'_, 'py> for Since {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(moment) = moment(&given)? {
            return Ok(Self(moment));
        }
        let day = match day(&given, ValueKind::Day)? {
            Some(day) => Some(day),
            None => text(&given, EXPECTED_MOMENT)?.parse::<Day>().ok(),
        };
        match day {
            Some(day) => Ok(Self(Moment::start_of(day))),
            None => given.extract::<KnownAt>().map(|KnownAt(moment)| Self(moment)),
        }
    }
}

/// The Unix epoch as a Python `datetime`.
fn epoch(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static EPOCH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let epoch = EPOCH.get_or_try_init(py, || {
        let datetime = py.import("datetime")?;
        let utc = datetime.getattr("timezone")?.getattr("utc")?;
        datetime.getattr("datetime")?.call1((1970, 1, 1, 0, 0, 0, 0, utc)).map(Bound::unbind)
    })?;
    Ok(epoch.bind(py))
}

//! Conversion from errors of the library to exceptions of the package.

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use servanda::ErrorKind;
use servanda_import::ImportError;
use servanda_publish::PublishError;

/// The result of a function that Python calls.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// An error of the library, or an exception of Python.
pub(crate) enum Failure {
    Library(servanda::Error),
    Import(ImportError),
    Publish(PublishError),
    Python(PyErr),
}

impl From<servanda::Error> for Failure {
    fn from(error: servanda::Error) -> Self {
        Self::Library(error)
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        Self::Import(error)
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}

impl From<servanda::value::ValueError> for Failure {
    fn from(error: servanda::value::ValueError) -> Self {
        Self::Library(error.into())
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Python(error) => error,
            Failure::Library(error) => made(error.kind(), error.code(), error.to_string(), error.details()),
            Failure::Import(error) => made(error.kind(), error.code(), error.to_string(), error.details()),
            Failure::Publish(error) => made(error.kind(), error.code(), error.to_string(), error.details()),
        }
    }
}

/// Builds the exception of the package for an error of the library.
fn made(kind: ErrorKind, code: &str, text: String, details: String) -> PyErr {
    Python::attach(|py| raised(py, (kind.as_str(), code, text, details)).unwrap_or_else(|failed| failed))
}

fn raised(py: Python<'_>, error: (&str, &str, String, String)) -> PyResult<PyErr> {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let make = MAKE.import(py, "servanda._errors", "_made")?;
    let made = make.call1(error)?;
    Ok(match made.cast_into::<PyException>() {
        Ok(exception) => PyErr::from_value(exception.into_any()),
        Err(other) => other.into(),
    })
}

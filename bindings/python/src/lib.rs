//! What of the Python package `servanda` is Rust: values are taken over, the library is called, answers are given back.
//!
//! The package in `python/servanda` is what people import. It has the classes and their documentation, and gets every answer from here
//! as the JSON that the core writes.

mod convert;
mod draft;
mod error;
mod tracker;
mod view;

use pyo3::prelude::*;

/// What of the package is Rust; people import `servanda`.
#[pymodule(gil_used = false)]
mod _servanda {
    #[pymodule_export]
    use crate::draft::{Draft, advance, register};
    #[pymodule_export]
    use crate::tracker::Tracker;
    #[pymodule_export]
    use crate::view::View;

    use super::*;

    /// The version of the library.
    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

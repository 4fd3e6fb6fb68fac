//! What of the Python package `servanda` is Rust: values are taken over, the library is called, answers are given back.
//!
//! The package in `python/servanda` is what people import. It has the classes and their documentation, and gets every answer from here
//! as the JSON that the core writes.

mod command;
mod convert;
mod draft;
mod error;
mod frames;
mod observe;
mod progress;
mod tracker;
mod values;
mod view;

use pyo3::prelude::*;

/// What of the package is Rust; people import `servanda`.
#[pymodule(gil_used = false)]
mod _servanda {
    #[pymodule_export]
    use crate::command::run;
    #[pymodule_export]
    use crate::draft::{
        Draft, advance, amend, attest, cite, define, deposit, draft_from_json, link, register, remark, reschedule,
        retract,
    };
    #[pymodule_export]
    use crate::frames::{
        Table, agenda_table, changes_table, conflicts_table, entries_table, parts_table, stale_table, standings_table,
    };
    #[pymodule_export]
    use crate::observe::Observer;
    #[pymodule_export]
    use crate::tracker::Tracker;
    #[pymodule_export]
    use crate::values::{
        built_in, built_in_named, canonical, commitment, commitment_from_toml, date, drawn, entry, from_toml, given_by,
        given_rule, in_force, instrument, opening, party, pin, rule, rule_text, source, words,
    };
    #[pymodule_export]
    use crate::view::View;

    use super::*;

    /// The version of the library.
    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

//! The Rust half of the Python package `servanda`. Each function converts its arguments, calls the
//! library, and converts the answer.
//!
//! Users import the package in `python/servanda`. It holds the classes and their documentation, and
//! gets every answer from this crate as the JSON that the core writes.

mod command;
mod convert;
mod draft;
mod error;
mod facts;
mod frames;
mod import;
mod observe;
mod progress;
mod publish;
mod time;
mod tracker;
mod values;
mod view;

use pyo3::prelude::*;

/// The Rust half of the package. Users import `servanda`.
#[pymodule(gil_used = false)]
mod _servanda {
    #[pymodule_export]
    use crate::command::run;
    #[pymodule_export]
    use crate::draft::{Draft, define, draft_from_json, fact, register};
    #[pymodule_export]
    use crate::frames::{
        Table, agenda_table, bodies_table, changes_table, conflicts_table, entries_table, log_table, parts_table,
        stale_table, standings_table, steps_table,
    };
    #[pymodule_export]
    use crate::import::import_table;
    #[pymodule_export]
    use crate::observe::Observer;
    #[pymodule_export]
    use crate::publish::publish;
    #[pymodule_export]
    use crate::tracker::Tracker;
    #[pymodule_export]
    use crate::values::{
        built_in, built_in_named, canonical, clock_rule, commitment, commitment_from_toml, date, diagram, entry,
        from_toml, identifier, in_force, instrument, opening, party, procedure_ref, responsible, rule, rule_text,
        source, target, topic, treaty_clock_rule, words,
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

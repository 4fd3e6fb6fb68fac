//! Answers as tables, which data frame libraries read through the Arrow PyCapsule interface.
//!
//! The columns are built here from the types of the library, without Python objects in between. The
//! docstrings of the package describe the columns, and a test checks that they are complete.

mod answers;
mod changes;
mod columns;
mod entries;
mod imports;
mod standings;
mod steps;
mod table;

pub(crate) use answers::{agenda_table, bodies_table, conflicts_table, parts_table, stale_table};
pub(crate) use changes::changes_table;
pub(crate) use entries::{entries_table, log_table};
pub(crate) use imports::imported_table;
pub(crate) use standings::standings_table;
pub(crate) use steps::steps_table;
pub(crate) use table::Table;

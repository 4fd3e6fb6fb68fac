//! Answers as tables, which data frame libraries read through the Arrow PyCapsule interface.
//!
//! The columns are put together here, straight from the types of the library: no object of Python comes between. What the columns are
//! called and what they hold is said once, in the docstrings of the package; a test compares.

mod answers;
mod changes;
mod columns;
mod entries;
mod standings;
mod table;

pub(crate) use answers::{agenda_table, conflicts_table, parts_table, stale_table};
pub(crate) use changes::changes_table;
pub(crate) use entries::entries_table;
pub(crate) use standings::standings_table;
pub(crate) use table::Table;

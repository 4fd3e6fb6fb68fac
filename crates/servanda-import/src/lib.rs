//! Import tables of commitments into a ledger, and import them again after each change.
//!
//! A newsroom keeps its commitments in a spreadsheet or in a folder of files. [`read`](read::read)
//! reads one of them, a [`Mapping`] says which column is what, and [`plan`] compares the result
//! with what the ledger says. The [`Plan`] holds only the differences. [`Plan::record`] appends
//! them. [`import`] does both.

mod change;
mod compare;
mod error;
pub mod guess;
mod import;
mod mapping;
mod plan;
pub mod read;
mod rows;
mod table;

pub use change::{Action, Change};
pub use error::ImportError;
pub use import::{Imported, import};
pub use mapping::Mapping;
pub use plan::{Plan, PlanOptions, plan};
pub use table::{Cell, Document, Input, Node, Position, Row, Table, Value};

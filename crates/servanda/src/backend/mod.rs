//! Where a tracker keeps its ledger, and how it reads and writes there.

mod database;
mod local;
pub(crate) mod protocol;

pub(crate) use database::DatabaseBackend;
pub(crate) use local::LocalBackend;

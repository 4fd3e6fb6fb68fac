//! Errors: what was refused, and why.

mod data;
#[expect(clippy::module_inception, reason = "the error itself is one file among those about it")]
mod error;
mod kind;
mod store;

pub use error::{Error, Result};
pub use kind::ErrorKind;
pub use store::{AnyStoreFailure, StoreFailure};

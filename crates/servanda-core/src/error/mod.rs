//! What can be refused, and how it is said.

mod data;
mod family;
mod kind;
mod nearest;
mod refusal;

pub use family::Family;
pub use kind::ValueKind;
pub use refusal::{Error, Result};

pub(crate) use nearest::nearest;

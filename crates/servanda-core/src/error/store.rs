//! Failures of the place where a ledger is kept.
//!
//! The core stores nothing. A crate that does, such as `servanda`, reports its failures as
//! [`Error::Store`](crate::Error::Store), so that callers match one error type.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::{Error, ErrorKind};

/// A failure of the place where a ledger is kept: a file, a database or a connection.
pub trait StoreFailure: std::error::Error + Any + Send + Sync {
    /// Returns the stable code, such as `no-ledger`.
    fn code(&self) -> &'static str;

    /// Returns the kind, which says what the caller can do about the failure.
    fn kind(&self) -> ErrorKind;

    /// Returns the data of the failure as canonical JSON: an object with its fields.
    fn details(&self) -> String;
}

/// Any [`StoreFailure`]. Two are equal if their codes, data and messages are equal.
#[derive(Clone)]
pub struct AnyStoreFailure(Arc<dyn StoreFailure>);

impl AnyStoreFailure {
    /// Wraps a failure.
    pub fn new(failure: impl StoreFailure) -> Self {
        Self(Arc::new(failure))
    }

    /// Returns the failure, if it has this type.
    #[must_use]
    pub fn get<T: StoreFailure>(&self) -> Option<&T> {
        let failure: &dyn Any = &*self.0;
        failure.downcast_ref()
    }

    /// Returns the stable code, such as `no-ledger`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// Returns the kind, which says what the caller can do about the failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind()
    }

    /// Returns the data of the failure as canonical JSON.
    #[must_use]
    pub fn details(&self) -> String {
        self.0.details()
    }

    pub(super) fn fields(&self) -> Value {
        serde_json::from_str(&self.details()).unwrap_or_default()
    }
}

impl Error {
    /// Returns the failure of a store, if this is one of this type.
    #[must_use]
    pub fn store<T: StoreFailure>(&self) -> Option<&T> {
        match self {
            Self::Store(failure) => failure.get(),
            _ => None,
        }
    }
}

impl PartialEq for AnyStoreFailure {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code() && self.details() == other.details() && self.to_string() == other.to_string()
    }
}

impl Eq for AnyStoreFailure {}

impl fmt::Display for AnyStoreFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for AnyStoreFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

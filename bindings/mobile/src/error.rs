//! The one error: six families, each with a stable code, a text for people and the data.

use servanda::{CoreError, ErrorKind};

/// Why something was refused, or what kept it from the ledger.
///
/// `text` is for people. Programs go by the family and `code`, which stay the same, and by `details`, a JSON object.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum ServandaError {
    /// What was given is not well-formed.
    Invalid {
        /// The stable code, such as `invalid-day`.
        code: String,
        /// What was tried, why it was refused, and what would be accepted.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// It names something that is not there.
    Unknown {
        /// The stable code, such as `unknown-commitment`.
        code: String,
        /// What was tried, why it was refused, and what would be accepted.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// The procedure, the path or the order of the ledger does not allow it.
    Refused {
        /// The stable code, such as `illegal-step`.
        code: String,
        /// What was tried, why it was refused, and what would be accepted.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// What is kept is not what was written.
    Damaged {
        /// The stable code, such as `wrong-id`.
        code: String,
        /// What was tried, and what is wrong.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// The place where the ledger is kept cannot be read or written.
    Place {
        /// The stable code, such as `no-permission`.
        code: String,
        /// What was tried, and what the system says.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// It was stopped.
    Stopped {
        /// The stable code, such as `closed`.
        code: String,
        /// What stopped it, and what to do.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
}

impl ServandaError {
    /// The tracker was closed.
    pub(crate) fn closed() -> Self {
        Self::from(servanda::Error::Closed)
    }
}

impl From<&CoreError> for ServandaError {
    fn from(error: &CoreError) -> Self {
        Self::from(servanda::Error::from(error.clone()))
    }
}

impl From<servanda::ValueError> for ServandaError {
    fn from(error: servanda::ValueError) -> Self {
        Self::from(CoreError::from(error))
    }
}

impl From<CoreError> for ServandaError {
    fn from(error: CoreError) -> Self {
        Self::from(servanda::Error::from(error))
    }
}

impl From<servanda::Error> for ServandaError {
    fn from(error: servanda::Error) -> Self {
        let (code, text, details) = (error.code().to_owned(), error.to_string(), error.details());
        match error.kind() {
            ErrorKind::Invalid => Self::Invalid { code, text, details },
            ErrorKind::Unknown => Self::Unknown { code, text, details },
            ErrorKind::Refused => Self::Refused { code, text, details },
            ErrorKind::Damaged => Self::Damaged { code, text, details },
            ErrorKind::Place => Self::Place { code, text, details },
            ErrorKind::Stopped => Self::Stopped { code, text, details },
        }
    }
}

impl std::fmt::Display for ServandaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Invalid { text, .. }
        | Self::Unknown { text, .. }
        | Self::Refused { text, .. }
        | Self::Damaged { text, .. }
        | Self::Place { text, .. }
        | Self::Stopped { text, .. }) = self;
        f.write_str(text)
    }
}

impl std::error::Error for ServandaError {}

impl From<uniffi::UnexpectedUniFFICallbackError> for ServandaError {
    /// What a callback threw. It says so of itself; what it was, its own language knows better.
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Stopped {
            code: "callback-failed".to_owned(),
            text: format!("a callback failed: {}", error.reason),
            details: "{}".to_owned(),
        }
    }
}

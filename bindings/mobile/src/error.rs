//! The error that every call fails with: six kinds, each with a stable code, a text for people and
//! data.

use servanda::ErrorKind;

/// Why a call was refused, or why it failed.
///
/// `text` is for people. Programs should use the kind, `code` and `details`, which stay the same.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum ServandaError {
    /// An argument is not well-formed.
    Invalid {
        /// The stable code, such as `invalid-day`.
        code: String,
        /// The message: what was tried, why it was refused, and what would be accepted.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// An argument names something that does not exist.
    Unknown {
        /// The stable code, such as `unknown-commitment`.
        code: String,
        /// The message: what was tried, why it was refused, and what would be accepted.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// The procedure, the history or the order of the ledger does not allow it.
    Refused {
        /// The stable code, such as `illegal-step`.
        code: String,
        /// The message: what was tried, why it was refused, and what would be accepted.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// The stored ledger is not what was written.
    Damaged {
        /// The stable code, such as `wrong-id`.
        code: String,
        /// The message: what was tried, and what is wrong.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// The file of the ledger cannot be read or written.
    Place {
        /// The stable code, such as `no-permission`.
        code: String,
        /// The message: what was tried, and the error of the system.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
    /// The operation was stopped.
    Stopped {
        /// The stable code, such as `closed`.
        code: String,
        /// The message: what stopped it, and what to do.
        text: String,
        /// The data, as a JSON object.
        details: String,
    },
}

impl ServandaError {
    /// The error for a tracker that was closed.
    pub(crate) fn closed() -> Self {
        Self::from(servanda::Error::from(servanda::StoreError::Closed))
    }
}

impl From<servanda::value::ValueError> for ServandaError {
    fn from(error: servanda::value::ValueError) -> Self {
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
    /// An error that a callback threw. Its own language knows what it was.
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Stopped {
            code: "callback-failed".to_owned(),
            text: format!("a callback failed: {}", error.reason),
            details: "{}".to_owned(),
        }
    }
}

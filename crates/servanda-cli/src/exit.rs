//! Exit codes and failures.

use std::io;
use std::process::ExitCode;

use crate::json;

/// The result of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The command succeeded.
    Done,
    /// The command was refused, or found something invalid.
    Refused,
    /// The arguments are wrong.
    Usage,
    /// The command was [interrupted](crate::Environment::interrupted), or Ctrl-C ended
    /// `servanda serve` or `servanda publish --watch`.
    Interrupted,
}

impl Exit {
    /// Returns the exit code: 0, 1, 2, or 130 if the command was interrupted, which is the code
    /// that shells use for a program ended by Ctrl-C.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

/// The reason why a command did not end normally.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command was refused.
    Refused(Refusal),
    /// The command was interrupted.
    Interrupted,
    /// The arguments are wrong, for this reason.
    Usage(String),
    /// The answer is written, and these notes go to stderr.
    Notes { exit: Exit, notes: Vec<String> },
    /// The answer could not be written.
    Output(io::Error),
}

/// Ends a command whose answer is written. Notes, if there are any, go to stderr.
pub(crate) fn with_notes(exit: Exit, notes: Vec<String>) -> Result<Exit, Failure> {
    if notes.is_empty() { Ok(exit) } else { Err(Failure::Notes { exit, notes }) }
}

/// The reason why a command was refused.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    /// The details, as JSON.
    pub(crate) details: String,
    pub(crate) text: String,
}

impl Failure {
    /// Returns a refusal that does not come from the library, without details.
    pub(crate) fn refused(code: &'static str, text: impl Into<String>) -> Self {
        Self::refused_with(code, json::object([]), text)
    }

    /// Returns a refusal that does not come from the library, with details.
    pub(crate) fn refused_with(code: &'static str, details: String, text: impl Into<String>) -> Self {
        Self::Refused(Refusal { code, details, text: text.into() })
    }
}

impl From<servanda::Error> for Refusal {
    fn from(error: servanda::Error) -> Self {
        let (code, details) = (error.code(), error.details());
        let text = match error.store() {
            Some(servanda::StoreError::NoLedger { path }) => {
                let path = servanda::tracker::without_password(&path.display().to_string());
                format!("there is no ledger at {path}; create one with `servanda init {path}`, or check the path")
            }
            _ => error.to_string(),
        };
        Self { code, details, text }
    }
}

impl From<servanda::Error> for Failure {
    fn from(error: servanda::Error) -> Self {
        match error {
            servanda::Error::Interrupted => Self::Interrupted,
            error => Self::Refused(error.into()),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

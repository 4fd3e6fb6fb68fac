//! How a run ends.

use std::io;
use std::process::ExitCode;

use crate::json;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// What was asked is done.
    Done,
    /// Something was refused, or found wrong.
    Refused,
    /// The arguments make no sense.
    Usage,
    /// It was [interrupted](crate::Environment::interrupted).
    Interrupted,
}

impl Exit {
    /// The exit code: 0, 1 or 2; if it was interrupted 130, which is what shells say of a program that Ctrl-C ended.
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

/// What keeps a command from its answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The question cannot be answered.
    Refused(Refusal),
    /// Nobody waits for the answer any more.
    Interrupted,
    /// The question makes no sense, for this reason.
    Usage(String),
    /// The answer is written, and this is to be said beside it.
    Notes { exit: Exit, notes: Vec<String> },
    /// The answer cannot be written.
    Output(io::Error),
}

/// Why a question cannot be answered.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    /// Its data, as JSON.
    pub(crate) details: String,
    pub(crate) text: String,
}

impl Failure {
    /// A refusal of the command's own, of which there is no more to know than its text says.
    pub(crate) fn refused(code: &'static str, text: impl Into<String>) -> Self {
        Self::refused_with(code, json::object([]), text)
    }

    /// A refusal of the command's own, with its data.
    pub(crate) fn refused_with(code: &'static str, details: String, text: impl Into<String>) -> Self {
        Self::Refused(Refusal { code, details, text: text.into() })
    }
}

impl From<servanda::Error> for Refusal {
    fn from(error: servanda::Error) -> Self {
        let (code, details) = (error.code(), error.details());
        let text = match error {
            servanda::Error::NoLedger { path } => {
                let path = servanda::without_password(&path.display().to_string());
                format!("there is no ledger at {path}; create one with `servanda init {path}`, or check the path")
            }
            error => error.to_string(),
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

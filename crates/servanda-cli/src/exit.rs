//! How a run ends.

use std::io;
use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// What was asked is done.
    Done,
    /// Something was refused, or found wrong.
    Refused,
    /// The arguments make no sense.
    Usage,
}

impl Exit {
    /// The exit code: 0, 1 or 2.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Usage => 2,
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
    /// The question cannot be answered, for this reason.
    Refused(String),
    /// The question makes no sense, for this reason.
    Usage(String),
    /// The answer cannot be written.
    Unwritten(io::Error),
}

impl From<servanda::Error> for Failure {
    fn from(error: servanda::Error) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unwritten(error)
    }
}

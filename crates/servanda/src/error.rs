//! What can go wrong with a ledger that is kept somewhere.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The result of whatever a tracker can refuse.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a tracker refused, or what kept it from its ledger.
///
/// The text is for people. Programs use [`code`](Error::code), which stays the same, and [`details`](Error::details).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The ledger itself refuses.
    #[error(transparent)]
    Core(#[from] servanda_core::Error),
    /// There is no ledger at the path.
    #[error("there is no ledger at {}; create one there, or check the path", path.display())]
    NoLedger {
        /// The path.
        path: PathBuf,
    },
    /// There is something at the path already.
    #[error("there is already something at {}; open it, or choose another path", path.display())]
    AlreadyThere {
        /// The path.
        path: PathBuf,
    },
    /// The path is that of a folder.
    #[error("{} is a folder; a ledger is a file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The system does not let us read or write.
    #[error("no permission to {action} {}", path.display())]
    NoPermission {
        /// What was tried: `read` or `write`.
        action: &'static str,
        /// The path.
        path: PathBuf,
    },
    /// Something else about a file went wrong.
    #[error("could not {action} {}: {reason}", path.display())]
    Io {
        /// What was tried: `read`, `write` or `lock`.
        action: &'static str,
        /// The path.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// An append failed, and what it had written could not be taken back.
    #[error(
        "could not write {}, nor take back what was written: {reason}; whether the entries count is settled when next something is appended",
        path.display()
    )]
    Unsettled {
        /// The path.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Lines of a ledger are wrong.
    #[error("{} is damaged:{}", path.display(), listed(errors))]
    Damaged {
        /// The path.
        path: PathBuf,
        /// What is wrong, line by line.
        errors: Vec<servanda_core::Error>,
    },
    /// Another thread failed while it was changing the tracker.
    #[error("another thread failed while it was changing this tracker; open the ledger again")]
    Poisoned,
}

/// How many damaged lines the text of an error lists.
const MOST_LISTED: usize = 20;

fn listed(errors: &[servanda_core::Error]) -> String {
    let mut text: String = errors.iter().take(MOST_LISTED).map(|error| format!("\n  {error}")).collect();
    if errors.len() > MOST_LISTED {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  and {} more", errors.len() - MOST_LISTED);
    }
    text
}

impl Error {
    pub(crate) fn io(action: &'static str, path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::NotFound => Self::NoLedger { path },
            ErrorKind::AlreadyExists => Self::AlreadyThere { path },
            ErrorKind::IsADirectory => Self::NotAFile { path },
            ErrorKind::PermissionDenied => Self::NoPermission { action, path },
            _ => Self::Io { action, path, reason: error.to_string() },
        }
    }

    /// The stable code, such as `illegal-step` or `no-ledger`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Core(error) => error.code(),
            Self::NoLedger { .. } => "no-ledger",
            Self::AlreadyThere { .. } => "already-there",
            Self::NotAFile { .. } => "not-a-file",
            Self::NoPermission { .. } => "no-permission",
            Self::Io { .. } => "io",
            Self::Unsettled { .. } => "unsettled",
            Self::Damaged { .. } => "damaged",
            Self::Poisoned => "poisoned",
        }
    }

    /// The data of the error as canonical JSON: an object with the error's fields.
    #[must_use]
    pub fn details(&self) -> String {
        let path = |path: &Path| json_text(&path.to_string_lossy());
        match self {
            Self::Core(error) => error.details(),
            Self::NoLedger { path: at } | Self::AlreadyThere { path: at } | Self::NotAFile { path: at } => {
                format!(r#"{{"path":{}}}"#, path(at))
            }
            Self::NoPermission { action, path: at } => format!(r#"{{"action":"{action}","path":{}}}"#, path(at)),
            Self::Io { action, path: at, reason } => {
                format!(r#"{{"action":"{action}","path":{},"reason":{}}}"#, path(at), json_text(reason))
            }
            Self::Unsettled { path: at, reason } => {
                format!(r#"{{"path":{},"reason":{}}}"#, path(at), json_text(reason))
            }
            Self::Damaged { path: at, errors } => {
                let lines: Vec<String> = errors
                    .iter()
                    .map(|error| {
                        let (code, text) = (error.code(), json_text(&error.to_string()));
                        format!(r#"{{"code":"{code}","details":{},"text":{text}}}"#, error.details())
                    })
                    .collect();
                format!(r#"{{"errors":[{}],"path":{}}}"#, lines.join(","), path(at))
            }
            Self::Poisoned => "{}".to_owned(),
        }
    }
}

fn json_text(text: &str) -> String {
    let mut json = Vec::new();
    // Writing to memory cannot fail.
    let _ = servanda_core::format::write_json(&text, &mut json);
    json.pop();
    String::from_utf8_lossy(&json).into_owned()
}

//! What can go wrong with a ledger that is kept somewhere.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use servanda_core::ErrorKind;
use servanda_core::format::to_json;

/// The result of whatever a tracker can refuse.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a tracker refused, or what kept it from its ledger.
///
/// The text is for people. Programs use [`code`](Error::code), which stays the same, [`family`](Error::kind) and [`details`](Error::details).
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
    #[error("{} is damaged:{}", path.display(), list(errors))]
    Damaged {
        /// The path.
        path: PathBuf,
        /// What is wrong, line by line.
        errors: Vec<servanda_core::Error>,
    },
    /// A database says something else than its ledger, or is damaged itself.
    #[error("{place} is damaged:{}", list(faults))]
    DamagedDatabase {
        /// The path, or the URL without its password.
        place: String,
        /// What is wrong.
        faults: Vec<Fault>,
    },
    /// This program was built without what it takes to open such a ledger.
    #[error(
        "{place} is a ledger in {kind}, which this program was built without; build it with the feature `{feature}`"
    )]
    NotCompiledIn {
        /// The kind of database, such as `SQLite`.
        kind: &'static str,
        /// The feature of the crate.
        feature: &'static str,
        /// The path, or the URL without its password.
        place: String,
    },
    /// A SQLite file that belongs to another program.
    #[error("{} is a SQLite file, but no ledger of Servanda; choose another path", path.display())]
    NotOurs {
        /// The path.
        path: PathBuf,
    },
    /// A database of a later version of this program.
    #[error(
        "{place} has version {found} of the tables, and this program knows versions up to {known}; use a later program"
    )]
    NewerSchema {
        /// The path, or the URL without its password.
        place: String,
        /// The version that it has.
        found: u32,
        /// The latest version that this program knows.
        known: u32,
    },
    /// Another program has held the database for longer than one waits.
    #[error(
        "{place} has been locked by another program for more than {waited:?}; nothing was written, so try again later"
    )]
    Locked {
        /// The path, or the URL without its password.
        place: String,
        /// How long it was waited for.
        waited: Duration,
    },
    /// A cursor that no tracker has given out.
    #[error("`{cursor}` is no cursor; give one that an export came with, or none to export everything")]
    InvalidCursor {
        /// What was given.
        cursor: String,
    },
    /// A URL that is not one of a PostgreSQL database. It is not repeated, for there may be a password in it.
    #[error("the URL of the PostgreSQL database cannot be used: {reason}")]
    InvalidUrl {
        /// What is wrong with it, and what it can be.
        reason: String,
    },
    /// There is no connection to a server, or no longer.
    #[error("no connection to {place}: {reason}; nothing was written, so try again")]
    NoConnection {
        /// The URL without its password.
        place: String,
        /// What the network or the server says.
        reason: String,
    },
    /// A server refuses.
    #[error("{place} refuses: {reason}{}", sqlstate.as_ref().map(|state| format!(" (SQLSTATE {state})")).unwrap_or_default())]
    Server {
        /// The URL without its password.
        place: String,
        /// What it says.
        reason: String,
        /// The code of what it says, as the SQL standard has it.
        sqlstate: Option<String>,
    },
    /// A connection was lost while a transaction was being committed, and there is no other to find out.
    #[error(
        "the connection to {place} was lost while entries were being committed: {reason}; open it again to see whether they are there"
    )]
    CommitUnknown {
        /// The URL without its password.
        place: String,
        /// What the network or the server says.
        reason: String,
    },
    /// Others wrote about the same commitments again and again.
    #[error("{place}: others came first {tries} times in a row; nothing was written, so try again later")]
    Contended {
        /// The URL without its password.
        place: String,
        /// How often it was tried.
        tries: u32,
    },
    /// A transaction lasted longer than readers of the database count on.
    #[error(
        "{place}: a transaction may last {seconds} seconds, and this one lasted longer; nothing was written, so write less at a time"
    )]
    TooLong {
        /// The URL without its password.
        place: String,
        /// How long it may last.
        seconds: u64,
    },
    /// Whoever asked wanted it no longer, and said so to a report of progress.
    #[error("interrupted; the ledger is as it was before")]
    Interrupted,
    /// Whoever had the tracker has closed it. Nothing here closes one: this is for programs in which it can be done.
    #[error("the tracker is closed; open the ledger again")]
    Closed,
    /// Another thread failed while it was changing the tracker.
    #[error("another thread failed while it was changing this tracker; open the ledger again")]
    Poisoned,
}

/// How many damaged lines the text of an error lists.
const MAX_LISTED: usize = 20;

/// Something that is wrong with a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The number of the row; none if it is not a matter of one.
    pub row: Option<i64>,
    /// What is wrong.
    pub text: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.row {
            Some(row) => write!(f, "row {row}: {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

fn list(errors: &[impl std::fmt::Display]) -> String {
    let mut text: String = errors.iter().take(MAX_LISTED).map(|error| format!("\n  {error}")).collect();
    if errors.len() > MAX_LISTED {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  and {} more", errors.len() - MAX_LISTED);
    }
    text
}

impl From<servanda_core::ValueError> for Error {
    fn from(error: servanda_core::ValueError) -> Self {
        Self::Core(error.into())
    }
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
            Self::DamagedDatabase { .. } => "damaged-database",
            Self::NotCompiledIn { .. } => "not-compiled-in",
            Self::NotOurs { .. } => "not-ours",
            Self::NewerSchema { .. } => "newer-schema",
            Self::Locked { .. } => "locked",
            Self::InvalidCursor { .. } => "invalid-cursor",
            Self::InvalidUrl { .. } => "invalid-url",
            Self::NoConnection { .. } => "no-connection",
            Self::Server { .. } => "server",
            Self::CommitUnknown { .. } => "commit-unknown",
            Self::Contended { .. } => "contended",
            Self::TooLong { .. } => "too-long",
            Self::Interrupted => "interrupted",
            Self::Closed => "closed",
            Self::Poisoned => "poisoned",
        }
    }

    /// The family of the error: what a caller can do about it.
    ///
    /// ```
    /// use servanda::{Error, ErrorKind, Tracker};
    ///
    /// assert_eq!(Tracker::open("no-such.jsonl", "desk").unwrap_err().kind(), ErrorKind::Place);
    /// assert_eq!(Tracker::in_memory("desk").export_since(Some("yesterday")).unwrap_err().kind(), ErrorKind::Invalid);
    /// assert_eq!(Error::Interrupted.kind(), ErrorKind::Stopped);
    /// ```
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Core(error) => error.kind(),
            Self::InvalidCursor { .. } | Self::InvalidUrl { .. } => ErrorKind::Invalid,
            Self::Damaged { .. } | Self::DamagedDatabase { .. } | Self::NewerSchema { .. } => ErrorKind::Damaged,
            Self::NoLedger { .. }
            | Self::AlreadyThere { .. }
            | Self::NotAFile { .. }
            | Self::NoPermission { .. }
            | Self::Io { .. }
            | Self::Unsettled { .. }
            | Self::NotCompiledIn { .. }
            | Self::NotOurs { .. }
            | Self::Locked { .. }
            | Self::NoConnection { .. }
            | Self::Server { .. }
            | Self::CommitUnknown { .. }
            | Self::Contended { .. }
            | Self::TooLong { .. } => ErrorKind::Place,
            Self::Interrupted | Self::Closed | Self::Poisoned => ErrorKind::Stopped,
        }
    }

    /// The data of the error as canonical JSON: an object with the error's fields.
    #[must_use]
    pub fn details(&self) -> String {
        let path = |path: &Path| to_json(&path.to_string_lossy());
        match self {
            Self::Core(error) => error.details(),
            Self::NoLedger { path: at }
            | Self::AlreadyThere { path: at }
            | Self::NotAFile { path: at }
            | Self::NotOurs { path: at } => {
                format!(r#"{{"path":{}}}"#, path(at))
            }
            Self::NoPermission { action, path: at } => format!(r#"{{"action":"{action}","path":{}}}"#, path(at)),
            Self::Io { action, path: at, reason } => {
                format!(r#"{{"action":"{action}","path":{},"reason":{}}}"#, path(at), to_json(reason))
            }
            Self::Unsettled { path: at, reason } => {
                format!(r#"{{"path":{},"reason":{}}}"#, path(at), to_json(reason))
            }
            Self::Damaged { path: at, errors } => {
                let lines: Vec<String> = errors
                    .iter()
                    .map(|error| {
                        let (code, text) = (error.code(), to_json(&error.to_string()));
                        format!(r#"{{"code":"{code}","details":{},"text":{text}}}"#, error.details())
                    })
                    .collect();
                format!(r#"{{"errors":[{}],"path":{}}}"#, lines.join(","), path(at))
            }
            Self::DamagedDatabase { place, faults } => {
                let faults: Vec<String> = faults
                    .iter()
                    .map(|Fault { row, text }| {
                        let row = row.map_or_else(|| "null".to_owned(), |row| row.to_string());
                        format!(r#"{{"row":{row},"text":{}}}"#, to_json(text))
                    })
                    .collect();
                format!(r#"{{"faults":[{}],"place":{}}}"#, faults.join(","), to_json(place))
            }
            Self::NotCompiledIn { kind, feature, place } => {
                format!(r#"{{"feature":"{feature}","kind":"{kind}","place":{}}}"#, to_json(place))
            }
            Self::NewerSchema { place, found, known } => {
                format!(r#"{{"found":{found},"known":{known},"place":{}}}"#, to_json(place))
            }
            Self::Locked { place, waited } => {
                format!(r#"{{"place":{},"waited_ms":{}}}"#, to_json(place), waited.as_millis())
            }
            Self::InvalidCursor { cursor } => format!(r#"{{"cursor":{}}}"#, to_json(cursor)),
            Self::InvalidUrl { reason } => format!(r#"{{"reason":{}}}"#, to_json(reason)),
            Self::NoConnection { place, reason } | Self::CommitUnknown { place, reason } => {
                format!(r#"{{"place":{},"reason":{}}}"#, to_json(place), to_json(reason))
            }
            Self::Server { place, reason, sqlstate } => {
                let sqlstate = sqlstate.as_ref().map_or_else(|| "null".to_owned(), to_json);
                format!(r#"{{"place":{},"reason":{},"sqlstate":{sqlstate}}}"#, to_json(place), to_json(reason))
            }
            Self::Contended { place, tries } => format!(r#"{{"place":{},"tries":{tries}}}"#, to_json(place)),
            Self::TooLong { place, seconds } => format!(r#"{{"place":{},"seconds":{seconds}}}"#, to_json(place)),
            Self::Interrupted | Self::Closed | Self::Poisoned => "{}".to_owned(),
        }
    }
}

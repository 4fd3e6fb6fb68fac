//! Errors of trackers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use servanda_core::format::to_json;
use servanda_core::{AnyStoreFailure, Error, ErrorKind, StoreFailure};

use crate::first_few::FirstFew;

/// Why a tracker could not access its ledger.
///
/// A tracker reports it as [`Error::Store`]; [`Error::store`] finds it there. The message is for
/// people. Programs use the stable [`code`](StoreFailure::code), the
/// [`kind`](StoreFailure::kind) and the [`details`](StoreFailure::details).
///
/// ```
/// use servanda::{StoreError, Tracker};
///
/// let error = Tracker::open("no-such.jsonl", "desk").unwrap_err();
/// assert!(matches!(error.store(), Some(StoreError::NoLedger { .. })));
/// assert_eq!(error.code(), "no-ledger");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The ledger was opened for reading.
    #[error(
        "the ledger was opened for reading, so nothing can be recorded; open it with the name of the recorder, such as desk"
    )]
    NoRecorder,
    /// There is no ledger at the path.
    #[error("there is no ledger at {}; create one there, or check the path", path.display())]
    NoLedger {
        /// The path.
        path: PathBuf,
    },
    /// The file of a database is empty.
    #[error(
        "{} is empty, which a SQLite ledger never is{}; restore a backup, or remove the file and create a new ledger",
        path.display(),
        log.as_ref().map(|log| format!(", and its last changes may be in {}", log.display())).unwrap_or_default()
    )]
    EmptyDatabase {
        /// The path.
        path: PathBuf,
        /// The write-ahead log that is left next to the file.
        log: Option<PathBuf>,
    },
    /// There already is something at the path.
    #[error("there is already something at {}; open it, or choose another path", path.display())]
    AlreadyThere {
        /// The path.
        path: PathBuf,
    },
    /// The path is a folder.
    #[error("{} is a folder; a ledger is a file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The system does not permit reading or writing.
    #[error("no permission to {action} {}", path.display())]
    NoPermission {
        /// The attempted action: `read` or `write`.
        action: &'static str,
        /// The path.
        path: PathBuf,
    },
    /// Any other I/O error.
    #[error("could not {action} {}: {reason}", path.display())]
    Io {
        /// The attempted action: `read`, `write` or `lock`.
        action: &'static str,
        /// The path.
        path: PathBuf,
        /// The message of the system.
        reason: String,
    },
    /// An append failed, and its writes could not be undone.
    #[error(
        "could not write {}, nor undo the write: {reason}; the next append decides whether the entries count",
        path.display()
    )]
    Unsettled {
        /// The path.
        path: PathBuf,
        /// The message of the system.
        reason: String,
    },
    /// Lines of a ledger are damaged.
    #[error("{} is damaged:{}", path.display(), list(errors, *more))]
    Damaged {
        /// The path.
        path: PathBuf,
        /// The first errors, by line; at most one hundred.
        errors: Vec<servanda_core::Error>,
        /// How many more errors there are.
        more: u64,
    },
    /// Rows of a database are damaged, or the database itself is.
    #[error("{place} is damaged:{}", list(faults, *more))]
    DamagedDatabase {
        /// The path, or the URL without its password.
        place: String,
        /// The first faults; at most one hundred.
        faults: Vec<Fault>,
        /// How many more faults there are.
        more: u64,
    },
    /// This program was built without support for this kind of ledger.
    #[error(
        "{place} is a {kind} ledger, but this program was built without {kind}; build it with the feature `{feature}`"
    )]
    NotCompiledIn {
        /// The kind of database, such as `SQLite`.
        kind: &'static str,
        /// The required feature of the crate.
        feature: &'static str,
        /// The path, or the URL without its password.
        place: String,
    },
    /// The SQLite file belongs to another program.
    #[error("{} is a SQLite file, but not a Servanda ledger; choose another path", path.display())]
    NotOurs {
        /// The path.
        path: PathBuf,
    },
    /// The database was made by a newer version of this program.
    #[error(
        "{place} has version {found} of the tables, but this program supports versions up to {known}; use a newer program"
    )]
    NewerSchema {
        /// The path, or the URL without its password.
        place: String,
        /// The version of the database.
        found: u32,
        /// The latest version that this program supports.
        known: u32,
    },
    /// Another program held a lock on the database for too long.
    #[error(
        "{place} has been locked by another program for more than {waited:?}; nothing was written, so try again later"
    )]
    Locked {
        /// The path, or the URL without its password.
        place: String,
        /// How long this program waited.
        waited: Duration,
    },
    /// The cursor is malformed.
    #[error("`{cursor}` is not a cursor; use one that an export returned, or none to export everything")]
    InvalidCursor {
        /// The given text.
        cursor: String,
    },
    /// The URL cannot be used for PostgreSQL. It is not repeated, because it may contain a
    /// password.
    #[error("the URL of the PostgreSQL database cannot be used: {reason}")]
    InvalidUrl {
        /// The problem, and what is allowed instead.
        reason: String,
    },
    /// The connection to a server failed or was lost.
    #[error("no connection to {place}: {reason}; nothing was written, so try again")]
    NoConnection {
        /// The URL without its password.
        place: String,
        /// The message of the network or the server.
        reason: String,
    },
    /// The server reported an error.
    #[error("{place} refuses: {reason}{}", sqlstate.as_ref().map(|state| format!(" (SQLSTATE {state})")).unwrap_or_default())]
    Server {
        /// The URL without its password.
        place: String,
        /// The message of the server.
        reason: String,
        /// The SQLSTATE code.
        sqlstate: Option<String>,
    },
    /// The connection was lost during a commit, and no new connection was possible to check the
    /// result.
    #[error(
        "the connection to {place} was lost while entries were being committed: {reason}; open it again to see whether they are there"
    )]
    CommitUnknown {
        /// The URL without its password.
        place: String,
        /// The message of the network or the server.
        reason: String,
    },
    /// Other writers of the same commitments came first too many times.
    #[error("{place}: other writers came first {tries} times in a row; nothing was written, so try again later")]
    Contended {
        /// The URL without its password.
        place: String,
        /// The number of attempts.
        tries: u32,
    },
    /// The ledger has got other entries since a transaction began.
    #[error(
        "the ledger had {before} entries when the transaction began, and has {now} now; nothing was written, so compare again and try again"
    )]
    ChangedMeanwhile {
        /// The number of entries when the transaction began.
        before: usize,
        /// The number of entries now.
        now: usize,
    },
    /// A transaction lasted longer than readers of the database assume.
    #[error(
        "{place}: a transaction may last {seconds} seconds, and this one lasted longer; nothing was written, so write less at a time"
    )]
    TooLong {
        /// The URL without its password.
        place: String,
        /// The time limit.
        seconds: u64,
    },
    /// The tracker has been closed. Trackers of this crate cannot be closed; this is for bindings
    /// in which they can.
    #[error("the tracker is closed; open the ledger again")]
    Closed,
    /// Another thread panicked while it was changing the tracker.
    #[error("another thread failed while it was changing this tracker; open the ledger again")]
    Poisoned,
}

/// How many damaged lines a message lists.
const MAX_LISTED: usize = 20;

/// A fault of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The number of the row. `None` if the fault is not in one row.
    pub row: Option<i64>,
    /// The faults.
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

fn list(errors: &[impl std::fmt::Display], more: u64) -> String {
    let mut text: String = errors.iter().take(MAX_LISTED).map(|error| format!("\n  {error}")).collect();
    let more = more + errors.len().saturating_sub(MAX_LISTED) as u64;
    if more > 0 {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  and {more} more");
    }
    text
}

impl StoreError {
    pub(crate) fn damaged_database(place: &str, FirstFew { first, more }: FirstFew<Fault>) -> Self {
        Self::DamagedDatabase { place: place.to_owned(), faults: first, more }
    }

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
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Store(AnyStoreFailure::new(error))
    }
}

impl StoreFailure for StoreError {
    /// Returns the stable code, such as `illegal-step` or `no-ledger`.
    fn code(&self) -> &'static str {
        match self {
            Self::NoRecorder => "no-recorder",
            Self::NoLedger { .. } => "no-ledger",
            Self::EmptyDatabase { .. } => "empty-database",
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
            Self::ChangedMeanwhile { .. } => "changed-meanwhile",
            Self::TooLong { .. } => "too-long",
            Self::Closed => "closed",
            Self::Poisoned => "poisoned",
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::InvalidCursor { .. } | Self::InvalidUrl { .. } | Self::NoRecorder => ErrorKind::Invalid,
            Self::Damaged { .. }
            | Self::DamagedDatabase { .. }
            | Self::EmptyDatabase { .. }
            | Self::NewerSchema { .. } => ErrorKind::Damaged,
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
            | Self::ChangedMeanwhile { .. }
            | Self::TooLong { .. } => ErrorKind::Place,
            Self::Closed | Self::Poisoned => ErrorKind::Stopped,
        }
    }

    /// Returns the data of the error as canonical JSON: an object with the fields of the variant.
    fn details(&self) -> String {
        let path = |path: &Path| to_json(&path.to_string_lossy());
        match self {
            Self::NoLedger { path: at }
            | Self::AlreadyThere { path: at }
            | Self::NotAFile { path: at }
            | Self::NotOurs { path: at } => {
                format!(r#"{{"path":{}}}"#, path(at))
            }
            Self::EmptyDatabase { path: at, log } => {
                let log = log.as_ref().map_or_else(|| "null".to_owned(), |log| path(log));
                format!(r#"{{"log":{log},"path":{}}}"#, path(at))
            }
            Self::NoPermission { action, path: at } => format!(r#"{{"action":"{action}","path":{}}}"#, path(at)),
            Self::Io { action, path: at, reason } => {
                format!(r#"{{"action":"{action}","path":{},"reason":{}}}"#, path(at), to_json(reason))
            }
            Self::Unsettled { path: at, reason } => {
                format!(r#"{{"path":{},"reason":{}}}"#, path(at), to_json(reason))
            }
            Self::Damaged { path: at, errors, more } => {
                let lines: Vec<String> = errors
                    .iter()
                    .map(|error| {
                        let (code, text) = (error.code(), to_json(&error.to_string()));
                        format!(r#"{{"code":"{code}","details":{},"text":{text}}}"#, error.details())
                    })
                    .collect();
                format!(r#"{{"errors":[{}],"more":{more},"path":{}}}"#, lines.join(","), path(at))
            }
            Self::DamagedDatabase { place, faults, more } => {
                let faults: Vec<String> = faults
                    .iter()
                    .map(|Fault { row, text }| {
                        let row = row.map_or_else(|| "null".to_owned(), |row| row.to_string());
                        format!(r#"{{"row":{row},"text":{}}}"#, to_json(text))
                    })
                    .collect();
                format!(r#"{{"faults":[{}],"more":{more},"place":{}}}"#, faults.join(","), to_json(place))
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
            Self::ChangedMeanwhile { before, now } => format!(r#"{{"before":{before},"now":{now}}}"#),
            Self::TooLong { place, seconds } => format!(r#"{{"place":{},"seconds":{seconds}}}"#, to_json(place)),
            Self::NoRecorder | Self::Closed | Self::Poisoned => "{}".to_owned(),
        }
    }
}

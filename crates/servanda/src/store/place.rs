//! The kinds of places that a path or a URL can name.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use servanda_core::Ledger;

#[cfg(any(feature = "sqlite", feature = "postgres"))]
use super::Database;
use super::OpenLedger;
use crate::json_lines::JsonLines;
use crate::progress::{Report, no_progress};
use crate::{Result, StoreError};

/// A place that holds, or can hold, a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A JSON Lines file.
    Lines(PathBuf),
    /// A SQLite file.
    Sqlite(PathBuf),
    /// The URL of a PostgreSQL database.
    Postgres(String),
}

/// The first bytes of a SQLite file.
const SQLITE: &[u8] = b"SQLite format 3\0";

impl Place {
    /// Returns the place of an existing ledger. The content of a file determines its kind, not its
    /// name.
    pub(crate) fn of_existing(place: &Path) -> Self {
        match Self::of_new(place) {
            Self::Postgres(url) => Self::Postgres(url),
            Self::Lines(path) | Self::Sqlite(path) if is_sqlite(&path) => Self::Sqlite(path),
            // If the file cannot be read, opening it as JSON Lines reports why.
            Self::Lines(path) | Self::Sqlite(path) => Self::Lines(path),
        }
    }

    /// Returns the place of a new ledger. Its name determines its kind.
    pub(crate) fn of_new(place: &Path) -> Self {
        if let Some(text) = place.to_str().filter(|_| is_database_url(place)) {
            return Self::Postgres(text.to_owned());
        }
        let is_lines = place.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("jsonl"));
        if is_lines { Self::Lines(place.to_owned()) } else { Self::Sqlite(place.to_owned()) }
    }

    pub(crate) fn open(self, report: Report<'_>) -> Result<OpenLedger> {
        match self {
            Self::Lines(path) => {
                refuse_empty_database(&path)?;
                let opened = JsonLines::open(&path, report)?;
                Ok(OpenLedger::Lines(Box::new(opened)))
            }
            #[cfg(feature = "sqlite")]
            Self::Sqlite(path) => database(super::sqlite::Sqlite::open(&path)?),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite(path) => Err(not_compiled_in("SQLite", "sqlite", path.display().to_string())),
            #[cfg(feature = "postgres")]
            Self::Postgres(url) => database(super::postgres::Postgres::open(&url)?),
            #[cfg(not(feature = "postgres"))]
            Self::Postgres(url) => Err(not_compiled_in("PostgreSQL", "postgres", without_password(&url))),
        }
    }

    pub(crate) fn create(self) -> Result<OpenLedger> {
        match self {
            Self::Lines(path) => Ok(OpenLedger::Lines(Box::new((JsonLines::create(&path)?, Ledger::new())))),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(path) => database(super::sqlite::Sqlite::create(&path)?),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite(path) => Err(not_compiled_in("SQLite", "sqlite", path.display().to_string())),
            #[cfg(feature = "postgres")]
            Self::Postgres(url) => database(super::postgres::Postgres::create(&url)?),
            #[cfg(not(feature = "postgres"))]
            Self::Postgres(url) => Err(not_compiled_in("PostgreSQL", "postgres", without_password(&url))),
        }
    }
}

impl Place {
    /// Checks that a ledger could be created there, as far as this is possible without writing.
    pub(crate) fn check_new(self) -> Result<()> {
        let path = match self {
            Self::Lines(path) => path,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(path) => {
                super::sqlite::Sqlite::check_new(&path)?;
                path
            }
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite(path) => return Err(not_compiled_in("SQLite", "sqlite", path.display().to_string())),
            Self::Postgres(url) => {
                let path = without_password(&url).into();
                let Err(error) = Self::Postgres(url).open(&mut no_progress) else {
                    return Err(StoreError::AlreadyThere { path }.into());
                };
                return match error.store() {
                    Some(StoreError::NoLedger { .. }) => Ok(()),
                    _ => Err(error),
                };
            }
        };
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::AlreadyThere { path }.into());
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            let reason = "there is no such folder".to_owned();
            return Err(StoreError::Io { action: "write", path, reason }.into());
        }
        Ok(())
    }
}

/// Whether this is the URL of a database rather than a path: its scheme is `postgresql` or
/// `postgres`, in upper or lower case (RFC 3986, section 3.1).
#[must_use]
pub fn is_database_url(place: impl AsRef<Path>) -> bool {
    let text = place.as_ref().to_str().unwrap_or_default();
    let is_known = |scheme: &str| ["postgresql", "postgres"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    text.split_once("://").is_some_and(|(scheme, _)| is_known(scheme))
}

/// Refuses an empty file that is not named like JSON Lines. A new ledger in SQLite has a header, so
/// this one was cut off, or never written.
fn refuse_empty_database(path: &Path) -> Result<()> {
    let is_empty = path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == 0);
    if is_empty && Place::of_new(path) == Place::Sqlite(path.to_owned()) {
        return Err(StoreError::EmptyDatabase { path: path.to_owned(), log: leftover_log(path) }.into());
    }
    Ok(())
}

/// Returns a log that a removed or moved SQLite file has left behind. SQLite would apply it to a
/// new file of the same name.
pub(super) fn leftover_log(path: &Path) -> Option<PathBuf> {
    let mut beside = ["-wal", "-journal"].into_iter().map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    });
    beside.find(|left| left.symlink_metadata().is_ok())
}

fn is_sqlite(path: &Path) -> bool {
    // Do not read from a pipe here: it can be read only once.
    let regular = path.metadata().is_ok_and(|metadata| metadata.is_file());
    let mut start = [0; SQLITE.len()];
    regular && File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == SQLITE
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn database(database: impl Database + 'static) -> Result<OpenLedger> {
    Ok(OpenLedger::Database(Box::new(database)))
}

#[cfg(not(all(feature = "sqlite", feature = "postgres")))]
fn not_compiled_in(kind: &'static str, feature: &'static str, place: String) -> crate::Error {
    StoreError::NotCompiledIn { kind, feature, place }.into()
}

/// Returns a path or URL without its password, for messages.
///
/// ```
/// assert_eq!(
///     servanda::tracker::without_password("postgres://desk:s3cr3t@db.example.org/alliance"),
///     "postgres://desk@db.example.org/alliance"
/// );
/// assert_eq!(servanda::tracker::without_password("alliance.db"), "alliance.db");
/// ```
#[must_use]
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    // A password may contain characters that should have been escaped.
    let before_options = rest.split('?').next().unwrap_or_default();
    let at = before_options.rfind('@').or_else(|| rest.rfind('@').filter(|at| rest[..*at].contains(':')));
    let (user, rest) = at.map_or(("", rest), |at| (&rest[..at], &rest[at..]));
    let name = user.split(':').next().unwrap_or_default();
    let (address, options) = rest.split_once('?').unwrap_or((rest, ""));
    let options: Vec<&str> = options.split('&').filter(|option| !option.starts_with("password=")).collect();
    let options = options.join("&");
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{scheme}://{name}{address}{mark}{options}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_determines_the_kind_of_a_new_ledger() {
        let lines = |path: &str| Place::Lines(path.into());
        let sqlite = |path: &str| Place::Sqlite(path.into());
        let postgres = |url: &str| Place::Postgres(url.into());
        let cases = [
            ("alliance.jsonl", lines as fn(&str) -> Place),
            ("folder.db/ALLIANCE.JSONL", lines),
            ("alliance.db", sqlite),
            ("alliance", sqlite),
            ("alliance.jsonl/alliance", sqlite),
            ("postgres://localhost/alliance", postgres),
            ("postgresql://localhost/alliance.jsonl", postgres),
            ("PostgreSQL://localhost/alliance", postgres),
            ("./postgres://localhost/alliance", sqlite),
        ];
        for (name, place) in cases {
            assert_eq!(Place::of_new(Path::new(name)), place(name));
        }
    }

    #[test]
    fn passwords_are_removed() {
        let cases = [
            ("postgres://desk:s3cr3t@db.example.org:5432/alliance", "postgres://desk@db.example.org:5432/alliance"),
            ("postgres://desk:a@b@db.example.org/alliance", "postgres://desk@db.example.org/alliance"),
            ("postgres://desk@db.example.org/alliance?x=a:b@c", "postgres://desk@db.example.org/alliance?x=a:b@c"),
            ("postgres://desk:a/b@db.example.org/alliance", "postgres://desk@db.example.org/alliance"),
            ("postgres://desk:a?b@db.example.org/alliance", "postgres://desk@db.example.org/alliance"),
            ("postgres://desk@db.example.org/a?password=s3cr3t&x=y", "postgres://desk@db.example.org/a?x=y"),
            ("postgresql:///alliance", "postgresql:///alliance"),
            ("alliance.db", "alliance.db"),
        ];
        for (url, shown) in cases {
            assert_eq!(without_password(url), shown);
        }
    }
}

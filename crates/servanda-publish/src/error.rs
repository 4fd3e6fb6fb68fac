//! Why a site was not published.

use std::path::PathBuf;

use serde_json::json;
use servanda::{Day, ErrorKind};

/// Why a site was not published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The view has only what had been published by a day. Its corrections and links cannot be told
    /// from the entries that do not count.
    #[error(
        "a site cannot show only what had been published by {day}; publish a view without that day, or as known at a \
         moment"
    )]
    AsPublished {
        /// The day of publication of the view.
        day: Day,
    },
    /// The configuration is not valid.
    #[error("the configuration is refused:{}", listed(problems))]
    ConfigRefused {
        /// Every problem that was found, with file and line.
        problems: Vec<String>,
    },
    /// A file that this command did not write is where a page has to be.
    #[error(
        "{} was not written by servanda publish, so it is not replaced; move it away, or publish to another folder",
        path.display()
    )]
    ForeignFile {
        /// The file.
        path: PathBuf,
    },
    /// The list of published files in the folder cannot be read.
    #[error(
        "{} is damaged: {reason}; delete it together with the published files, or publish to another folder",
        path.display()
    )]
    DamagedManifest {
        /// The file.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("{}: {reason}", path.display())]
    Io {
        /// The file or the folder.
        path: PathBuf,
        /// The reason, in the words of the system.
        reason: String,
    },
    /// A page could not be made. This is a mistake in a template.
    #[error("the page {page} could not be made: {reason}")]
    Template {
        /// The page.
        page: String,
        /// The reason.
        reason: String,
    },
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] servanda::Error),
}

impl PublishError {
    /// Returns the stable code of the error.
    ///
    /// ```
    /// use servanda_publish::Site;
    ///
    /// let error = Site::from_toml("tracker.toml", "nam = \"Promises\"").unwrap_err();
    /// assert_eq!(error.code(), "config-refused");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::AsPublished { .. } => "as-published",
            Self::ConfigRefused { .. } => "config-refused",
            Self::ForeignFile { .. } => "foreign-file",
            Self::DamagedManifest { .. } => "damaged-manifest",
            Self::Io { .. } => "io",
            Self::Template { .. } => "template",
            Self::Ledger(error) => error.code(),
        }
    }

    /// Returns the kind of the error.
    ///
    /// ```
    /// use servanda::ErrorKind;
    /// use servanda_publish::Site;
    ///
    /// let error = Site::from_toml("tracker.toml", "languages = []").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Invalid);
    /// ```
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::AsPublished { .. } | Self::ConfigRefused { .. } | Self::Template { .. } => ErrorKind::Invalid,
            Self::ForeignFile { .. } => ErrorKind::Refused,
            Self::DamagedManifest { .. } => ErrorKind::Damaged,
            Self::Io { .. } => ErrorKind::Place,
            Self::Ledger(error) => error.kind(),
        }
    }

    /// Returns the data of the error as JSON: an object with the fields of the variant.
    ///
    /// ```
    /// use servanda_publish::Site;
    ///
    /// let error = Site::from_toml("tracker.toml", "nam = \"Promises\"").unwrap_err();
    /// assert_eq!(
    ///     error.details(),
    ///     r#"{"problems":["tracker.toml, line 1: there is no key \"nam\"; do you mean name?"]}"#,
    /// );
    /// ```
    #[must_use]
    pub fn details(&self) -> String {
        match self {
            Self::AsPublished { day } => json!({ "day": day.to_string() }).to_string(),
            Self::ConfigRefused { problems } => json!({ "problems": problems }).to_string(),
            Self::ForeignFile { path } => json!({ "path": path.display().to_string() }).to_string(),
            Self::DamagedManifest { path, reason } | Self::Io { path, reason } => {
                json!({ "path": path.display().to_string(), "reason": reason }).to_string()
            }
            Self::Template { page, reason } => json!({ "page": page, "reason": reason }).to_string(),
            Self::Ledger(error) => error.details(),
        }
    }
}

fn listed(problems: &[String]) -> String {
    problems.iter().map(|problem| format!("\n  {problem}")).collect()
}

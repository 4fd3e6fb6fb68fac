//! Problems of the files, as messages for people.

use std::fmt;

use super::table::File;

/// A problem of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    pub(crate) file: String,
    /// The first line of the row.
    pub(crate) line: usize,
    /// The treaty, if the row names one.
    pub(crate) treaty: Option<String>,
    pub(crate) text: String,
}

impl Problem {
    pub(crate) fn of(file: &File, line: usize, text: String) -> Self {
        Self { file: file.name.clone(), line, treaty: None, text }
    }

    pub(crate) fn about(self, treaty: &str) -> Self {
        Self { treaty: Some(treaty.to_owned()), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: ", self.file, self.line)?;
        if let Some(treaty) = &self.treaty {
            write!(f, "treaty {treaty}: ")?;
        }
        f.write_str(&self.text)
    }
}

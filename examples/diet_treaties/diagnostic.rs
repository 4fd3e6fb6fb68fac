//! What is found wrong with the files, for people.

use std::fmt;

use super::table::File;

/// Something odd or wrong about a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Diagnostic {
    pub(crate) file: String,
    /// The line on which the row begins.
    pub(crate) line: usize,
    /// The treaty, where the row names one.
    pub(crate) treaty: Option<String>,
    pub(crate) text: String,
}

impl Diagnostic {
    pub(crate) fn of(file: &File, line: usize, text: String) -> Self {
        Self { file: file.name.clone(), line, treaty: None, text }
    }

    pub(crate) fn about(self, treaty: &str) -> Self {
        Self { treaty: Some(treaty.to_owned()), ..self }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: ", self.file, self.line)?;
        if let Some(treaty) = &self.treaty {
            write!(f, "treaty {treaty}: ")?;
        }
        f.write_str(&self.text)
    }
}

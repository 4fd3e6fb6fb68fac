//! Diagnostics: what is wrong in a definition, where, and what to do about it.

use std::fmt;

use serde::Serialize;

/// Something wrong with a procedure: where, what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The file, if the procedure comes from one.
    pub file: Option<String>,
    /// The line, from 1, if the procedure comes from a file.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{file}, line {line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, _) => {}
        }
        write!(f, "{}; {}", self.problem, self.remedy)
    }
}

/// The part of a procedure that a finding is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// The value of this key of the procedure itself.
    Key(&'static str),
    /// The n-th element of the array with this key.
    In(&'static str, usize),
}

pub(crate) type Located = (Place, String, String);

/// How many texts a procedure or a treaty's rule refers to at the most, as an entry cites sources.
pub(crate) const MAX_REFERENCES: usize = 100;

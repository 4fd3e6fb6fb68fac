//! Diagnostics: problems in definitions, with their place and a remedy.

use std::fmt;

use serde::Serialize;

/// A problem with a procedure, with its place and a remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The file, if the procedure comes from one.
    pub file: Option<String>,
    /// The line, from 1, if the procedure comes from a file.
    pub line: Option<usize>,
    /// The problem.
    pub problem: String,
    /// The remedy: how to correct the procedure.
    pub remedy: String,
    /// Whether the procedure is refused because of it.
    pub severity: Severity,
}

/// How serious a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The definition is refused.
    Fault,
    /// The definition can be used, but probably something else was meant.
    Warning,
}

impl Diagnostic {
    pub(crate) fn new(
        file: Option<&str>,
        line: Option<usize>,
        severity: Severity,
        problem: String,
        remedy: String,
    ) -> Self {
        Self { file: file.map(str::to_owned), line, problem, remedy, severity }
    }

    /// Whether the definition is refused because of it.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        self.severity == Severity::Fault
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{file}, line {line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, _) => {}
        }
        if self.severity == Severity::Warning {
            f.write_str("warning: ")?;
        }
        write!(f, "{}; {}", self.problem, self.remedy)
    }
}

/// The part of a definition that a diagnostic is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// The value of this top-level key.
    Key(&'static str),
    /// The element with this index in the array with this key.
    In(&'static str, usize),
}

pub(crate) type Located = (Place, String, String);

/// The maximum number of references of a procedure or of a treaty's rule.
pub(crate) const MAX_REFERENCES: usize = 100;

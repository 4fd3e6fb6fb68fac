//! Reads procedures from TOML files.

use super::{Document, Keys, RULE_KEYS, SOURCE_KEYS, optional, required};
use crate::Error;
use crate::procedure::{Diagnostic, Procedure};
use crate::value::Slug;

impl Procedure {
    /// Reads a procedure from TOML and checks it. `file` is the name to use in diagnostics.
    ///
    /// # Errors
    ///
    /// `procedure-refused`, with all problems, such as invalid TOML, unknown and missing keys, a
    /// value that cannot be read, statuses that are not declared, cannot be reached or have no way
    /// out, transitions that clash, clocks that could fire for ever or never, and missing titles.
    /// Warnings are not among them; see [`check_toml`](Self::check_toml). Each
    /// [`Diagnostic`](crate::Diagnostic) has the file, the line, the problem and a remedy.
    ///
    /// ```
    /// use servanda_core::{Error, Procedure};
    ///
    /// let text = r#"
    /// id = "visit"
    /// version = 1
    /// initial = "invited"
    /// title = { en = "A visit" }
    ///
    /// [[statuses]]
    /// id = "invited"
    /// phase = "planned"
    /// title = { en = "Invited" }
    ///
    /// [[statuses]]
    /// id = "received"
    /// phase = "achieved"
    /// final = true
    /// title = { en = "Received" }
    ///
    /// [[transitions]]
    /// from = ["invited"]
    /// to = "received"
    /// basis = "Practice"
    /// title = { en = "The visit takes place" }
    /// "#;
    /// let visit = Procedure::from_toml("visit.toml", text)?;
    /// assert_eq!(visit.statuses.len(), 2);
    ///
    /// let misspelt = text.replace(r#"to = "received""#, r#"to = "recieved""#);
    /// let Err(Error::ProcedureRefused { diagnostics }) = Procedure::from_toml("visit.toml", &misspelt) else { unreachable!() };
    /// assert_eq!(
    ///     diagnostics[0].to_string(),
    ///     "visit.toml, line 19: the transition leads to the status recieved, which is not declared; \
    ///      declare it under [[statuses]], or use one of: invited, received",
    /// );
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Error> {
        let (procedure, mut diagnostics) = read(file, text, None);
        procedure.ok_or_else(|| {
            diagnostics.retain(Diagnostic::is_fault);
            Error::ProcedureRefused { diagnostics }
        })
    }

    /// Reads a procedure from TOML, and returns it with all problems. `file` is the name to use in
    /// diagnostics.
    ///
    /// There is no procedure if one of the problems is a fault. A clock that needs a calendar which
    /// is not among `calendars` is a warning.
    ///
    /// ```
    /// use servanda_core::{Procedure, Severity, builtin};
    ///
    /// let text = builtin::procedure_toml("diet-treaty-approval").unwrap_or_default();
    /// let misspelt = text.replace("jp-diet", "jp-deit");
    /// let (procedure, diagnostics) = Procedure::check_toml("treaty.toml", &misspelt, &[&builtin::jp_diet().id]);
    /// assert!(procedure.is_some() && diagnostics.iter().all(|found| found.severity == Severity::Warning));
    /// assert!(diagnostics[0].to_string().ends_with(
    ///     "warning: the clock thirty-days needs the calendar jp-deit, which is not known; \
    ///      define it in the ledger too, or write jp-diet if you mean that one",
    /// ));
    /// ```
    #[must_use]
    pub fn check_toml(file: &str, text: &str, calendars: &[&Slug]) -> (Option<Self>, Vec<Diagnostic>) {
        read(file, text, Some(calendars))
    }
}

/// Reads and checks a procedure. The calendars that it needs are checked if the known ones are
/// given.
fn read(file: &str, text: &str, calendars: Option<&[&Slug]>) -> (Option<Procedure>, Vec<Diagnostic>) {
    let findings = |procedure: &Procedure| procedure.findings(calendars);
    match Document::parse(file, text, "procedures") {
        Ok(document) => document.checked_with_warnings(&PROCEDURE_KEYS, findings),
        Err(diagnostic) => (None, vec![diagnostic]),
    }
}

pub(crate) const PROCEDURE_KEYS: Keys = Keys::Table(&[
    optional("clocks", CLOCK_KEYS),
    required("id", Keys::Value),
    required("initial", Keys::Value),
    optional("references", SOURCE_KEYS),
    required("statuses", STATUS_KEYS),
    required("title", Keys::Value),
    required("transitions", TRANSITION_KEYS),
    required("version", Keys::Value),
]);
const CLOCK_KEYS: Keys = Keys::Table(&[
    required("basis", Keys::Value),
    optional("cancelled_by", Keys::Value),
    required("fires", Keys::Value),
    required("id", Keys::Value),
    optional("presumed", Keys::Value),
    required("rule", RULE_KEYS),
    required("starts", Keys::Value),
    required("title", Keys::Value),
    required("to", Keys::Value),
    required("while", Keys::Value),
]);
const STATUS_KEYS: Keys = Keys::Table(&[
    optional("abandoned", Keys::Value),
    optional("decided", Keys::Value),
    optional("description", Keys::Value),
    optional("final", Keys::Value),
    required("id", Keys::Value),
    optional("partly", Keys::Value),
    required("phase", Keys::Value),
    required("title", Keys::Value),
    optional("unrated", Keys::Value),
]);
const TRANSITION_KEYS: Keys = Keys::Table(&[
    required("basis", Keys::Value),
    required("from", Keys::Value),
    optional("reopening", Keys::Value),
    optional("sources", Keys::Value),
    optional("taken_by", Keys::Value),
    required("title", Keys::Value),
    required("to", Keys::Value),
]);

//! Reads procedures from TOML files.

use super::{Document, Keys, RULE_KEYS, SOURCE_KEYS, optional, required};
use crate::Error;
use crate::procedure::Procedure;

impl Procedure {
    /// Reads a procedure from TOML and checks it. `file` is the name to use in diagnostics.
    ///
    /// # Errors
    ///
    /// `procedure-refused`, with all problems, such as invalid TOML, unknown and missing keys, a
    /// value that cannot be read, statuses that are not declared, cannot be reached or have no way
    /// out, transitions that clash, clocks that could fire for ever, and missing titles. Each
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
        Document::parse(file, text, "procedures")
            .map_err(|diagnostic| vec![diagnostic])
            .and_then(|document| document.checked(&PROCEDURE_KEYS, Self::diagnostics))
            .map_err(|diagnostics| Error::ProcedureRefused { diagnostics })
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
    optional("final", Keys::Value),
    required("id", Keys::Value),
    required("phase", Keys::Value),
    required("title", Keys::Value),
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

//! Procedures as TOML files.

use super::{Document, Keys, RULE_KEYS, SOURCE_KEYS};
use crate::Error;
use crate::procedure::Procedure;

impl Procedure {
    /// Reads a procedure from TOML and checks it. `file` is the name to use in diagnostics.
    ///
    /// # Errors
    ///
    /// `procedure-refused`, with everything that was found wrong: what is not TOML or not a procedure, a key that procedures do
    /// not have, statuses that are unknown, unreachable or without a way out, transitions that clash, clocks that could fire for
    /// ever, a title or a basis that is missing. Each [`Diagnostic`] names the file, the line, and what to do.
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

const PROCEDURE_KEYS: Keys = Keys::Table(&[
    (
        "clocks",
        Keys::Table(&[
            ("basis", Keys::Value),
            ("cancelled_by", Keys::Value),
            ("fires", Keys::Value),
            ("id", Keys::Value),
            ("presumed", Keys::Value),
            ("rule", RULE_KEYS),
            ("starts", Keys::Value),
            ("title", Keys::Value),
            ("to", Keys::Value),
            ("while", Keys::Value),
        ]),
    ),
    ("id", Keys::Value),
    ("initial", Keys::Value),
    ("references", SOURCE_KEYS),
    (
        "statuses",
        Keys::Table(&[
            ("abandoned", Keys::Value),
            ("decided", Keys::Value),
            ("final", Keys::Value),
            ("id", Keys::Value),
            ("phase", Keys::Value),
            ("title", Keys::Value),
        ]),
    ),
    ("title", Keys::Value),
    (
        "transitions",
        Keys::Table(&[
            ("basis", Keys::Value),
            ("from", Keys::Value),
            ("reopening", Keys::Value),
            ("sources", Keys::Value),
            ("taken_by", Keys::Value),
            ("title", Keys::Value),
            ("to", Keys::Value),
        ]),
    ),
    ("version", Keys::Value),
]);

//! Reads calendars from TOML files.

use super::{Document, Keys, SOURCE_KEYS, optional, required};
use crate::Error;
use crate::procedure::{Calendar, Diagnostic};

impl Calendar {
    /// Reads a calendar from TOML and checks it. `file` is the name to use in the error.
    ///
    /// # Errors
    ///
    /// `calendar-refused`, with all problems that [`check_toml`](Self::check_toml) finds.
    ///
    /// ```
    /// use servanda_core::Calendar;
    ///
    /// let text = r#"
    /// id = "my-council"
    /// through = 2024-12-31
    /// title = { en = "Sessions of the council" }
    /// "#;
    /// let refused = Calendar::from_toml("council.toml", text).unwrap_err();
    /// assert_eq!(refused.code(), "calendar-refused");
    /// ```
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Error> {
        Self::check_toml(file, text).map_err(|diagnostics| {
            let diagnostics: Vec<String> = diagnostics.iter().map(Diagnostic::to_string).collect();
            Error::CalendarRefused { reason: diagnostics.join("\n  ") }
        })
    }

    /// Reads a calendar from TOML, or returns all problems with it.
    ///
    /// `file` is the name to use in diagnostics.
    ///
    /// # Errors
    ///
    /// A [`Diagnostic`] for invalid TOML, for each unknown and each missing key, for the first
    /// value that cannot be read, and for each period that overlaps another or is out of order.
    ///
    /// ```
    /// use servanda_core::Calendar;
    ///
    /// let Err(diagnostics) = Calendar::check_toml("council.toml", "id = 'my-council'") else { unreachable!() };
    /// let problems: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.problem.as_str()).collect();
    /// assert_eq!(problems.len(), 3);
    /// assert_eq!(problems[0], r#"the key "periods" is missing"#);
    /// ```
    pub fn check_toml(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        Document::parse(file, text, "calendar")
            .map_err(|diagnostic| vec![diagnostic])
            .and_then(|document| document.checked(&CALENDAR_KEYS, Self::diagnostics))
    }
}

pub(crate) const CALENDAR_KEYS: Keys = Keys::Table(&[
    required("id", Keys::Value),
    required("periods", PERIOD_KEYS),
    optional("source", SOURCE_KEYS),
    required("through", Keys::Value),
    required("title", Keys::Value),
]);
const PERIOD_KEYS: Keys = Keys::Table(&[
    required("basis", Keys::Value),
    optional("closed", Keys::Value),
    required("convened", Keys::Value),
    optional("ended_by", Keys::Value),
    optional("kind", Keys::Value),
    required("number", Keys::Value),
    optional("recesses", Keys::Table(&[required("first", Keys::Value), required("last", Keys::Value)])),
    optional("scheduled", Keys::Value),
]);

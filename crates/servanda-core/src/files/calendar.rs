//! Calendars as TOML files.

use super::{Document, Keys, SOURCE_KEYS};
use crate::Error;
use crate::procedure::{Calendar, Diagnostic};

impl Calendar {
    /// Reads a calendar from TOML and checks it. `file` is the name to use in the error.
    ///
    /// # Errors
    ///
    /// `calendar-refused` if it is not TOML, not a calendar, has a key that calendars do not have, or its periods are out of
    /// order.
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
        let calendar = Document::parse(file, text, "calendar")
            .map_err(|diagnostic| vec![diagnostic])
            .and_then(|document| document.checked(&CALENDAR_KEYS, |_: &Self| Vec::new()));
        let calendar = calendar.map_err(|diagnostics| {
            let reason = diagnostics.first().map_or(String::new(), Diagnostic::to_string);
            Error::CalendarRefused { reason }
        })?;
        match calendar.fault() {
            None => Ok(calendar),
            Some(reason) => Err(Error::CalendarRefused { reason: format!("{file}: {reason}") }),
        }
    }
}

const CALENDAR_KEYS: Keys = Keys::Table(&[
    ("id", Keys::Value),
    (
        "periods",
        Keys::Table(&[
            ("basis", Keys::Value),
            ("closed", Keys::Value),
            ("convened", Keys::Value),
            ("ended_by", Keys::Value),
            ("kind", Keys::Value),
            ("number", Keys::Value),
            ("recesses", Keys::Table(&[("first", Keys::Value), ("last", Keys::Value)])),
            ("scheduled", Keys::Value),
        ]),
    ),
    ("source", SOURCE_KEYS),
    ("through", Keys::Value),
    ("title", Keys::Value),
]);

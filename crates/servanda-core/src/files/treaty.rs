//! Rules on entry into force as TOML files.

use super::{Document, Keys, RULE_KEYS, SOURCE_KEYS};
use crate::Error;
use crate::treaty::EntryIntoForce;

const JOINING_KEYS: Keys = Keys::Table(&[("basis", Keys::Value), ("note", Keys::Value), ("rule", RULE_KEYS)]);
const PARTIES_KEYS: Keys = Keys::Table(&[("id", Keys::Value), ("names", Keys::Value)]);

/// The keys of a treaty's rule, in a file of its own and in a commitment's `treaty`.
pub(crate) const ENTRY_INTO_FORCE_KEYS: Keys = Keys::Table(&[
    ("acceding", JOINING_KEYS),
    (
        "general",
        Keys::Table(&[
            ("all_signatories", Keys::Value),
            ("basis", Keys::Value),
            ("deposits", Keys::Value),
            ("or_percent_of_signatories", Keys::Value),
            ("period", Keys::Table(&[("met", Keys::Value), ("months", Keys::Value)])),
            ("rule", RULE_KEYS),
            ("share", Keys::Table(&[("at_least", Keys::Value), ("of", Keys::Value)])),
        ]),
    ),
    ("id", Keys::Value),
    ("later", JOINING_KEYS),
    (
        "leaving",
        Keys::Table(&[
            ("basis", Keys::Value),
            ("not_before_months", Keys::Value),
            ("rule", RULE_KEYS),
            ("terms", Keys::Table(&[("months", Keys::Value), ("notice_months", Keys::Value)])),
        ]),
    ),
    ("organizations", Keys::Table(&[("basis", Keys::Value), ("parties", PARTIES_KEYS)])),
    ("references", SOURCE_KEYS),
    ("signatories", Keys::Table(&[("count", Keys::Value), ("parties", PARTIES_KEYS)])),
    ("signed", Keys::Value),
    ("title", Keys::Value),
]);

impl EntryIntoForce {
    /// Reads a treaty's rule from TOML and checks it. `file` is the name to use in diagnostics.
    ///
    /// # Errors
    ///
    /// `entry-into-force-refused`, with everything that was found wrong: what is not TOML or not such a rule, a key that such
    /// rules do not have, an alternative without a condition, numbers out of range, a rule that needs a calendar. Each
    /// [`Diagnostic`](crate::Diagnostic) names the file, the line, and what to do.
    ///
    /// ```
    /// use servanda_core::EntryIntoForce;
    ///
    /// let text = r#"
    /// id = "my-treaty"
    /// title = { en = "My treaty" }
    ///
    /// [[general]]
    /// basis = "My treaty, art. 9(1)"
    /// deposits = 2
    /// rule = { months = { count = 3 } }
    /// "#;
    /// assert_eq!(EntryIntoForce::from_toml("my-treaty.toml", text)?.general.len(), 1);
    ///
    /// let none = text.replace("deposits = 2\n", "");
    /// let refused = EntryIntoForce::from_toml("my-treaty.toml", &none).unwrap_err();
    /// assert_eq!(
    ///     refused.to_string(),
    ///     "the rule on entry into force is refused:\n  my-treaty.toml, line 6: it has no condition; \
    ///      add deposits, or_percent_of_signatories, all_signatories or share",
    /// );
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Error> {
        Document::parse(file, text, "rules on entry into force")
            .map_err(|diagnostic| vec![diagnostic])
            .and_then(|document| document.checked(&ENTRY_INTO_FORCE_KEYS, Self::diagnostics))
            .map_err(|diagnostics| Error::EntryIntoForceRefused { diagnostics })
    }
}

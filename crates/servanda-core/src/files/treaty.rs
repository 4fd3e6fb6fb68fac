//! Reads rules on entry into force from TOML files.

use super::{Document, Keys, RULE_KEYS, SOURCE_KEYS, optional, required};
use crate::Error;
use crate::treaty::EntryIntoForce;

/// The keys of a treaty's rule, both in its own file and in the `treaty` of a commitment's rule.
pub(crate) const ENTRY_INTO_FORCE_KEYS: Keys = Keys::Table(&[
    optional("acceding", JOINING_KEYS),
    required("general", ALTERNATIVE_KEYS),
    required("id", Keys::Value),
    optional("later", JOINING_KEYS),
    optional("leaving", LEAVING_KEYS),
    optional("organizations", Keys::Table(&[required("basis", Keys::Value), required("parties", PARTY_KEYS)])),
    optional("references", SOURCE_KEYS),
    optional("signatories", Keys::Table(&[required("count", Keys::Value), optional("parties", PARTY_KEYS)])),
    optional("signed", Keys::Value),
    required("title", Keys::Value),
]);
const ALTERNATIVE_KEYS: Keys = Keys::Table(&[
    optional("all_signatories", Keys::Value),
    required("basis", Keys::Value),
    optional("deposits", Keys::Value),
    optional("or_percent_of_signatories", Keys::Value),
    optional("period", Keys::Table(&[required("met", Keys::Value), required("months", Keys::Value)])),
    required("rule", RULE_KEYS),
    optional("share", Keys::Table(&[required("at_least", Keys::Value), required("of", Keys::Value)])),
]);
const JOINING_KEYS: Keys =
    Keys::Table(&[required("basis", Keys::Value), optional("note", Keys::Value), optional("rule", RULE_KEYS)]);
const LEAVING_KEYS: Keys = Keys::Table(&[
    required("basis", Keys::Value),
    optional("not_before_months", Keys::Value),
    optional("rule", RULE_KEYS),
    optional("terms", Keys::Table(&[required("months", Keys::Value), required("notice_months", Keys::Value)])),
]);
const PARTY_KEYS: Keys = Keys::Table(&[required("id", Keys::Value), optional("names", Keys::Value)]);

impl EntryIntoForce {
    /// Reads a treaty's rule from TOML and checks it. `file` is the name to use in diagnostics.
    ///
    /// # Errors
    ///
    /// `entry-into-force-refused`, with all problems, such as invalid TOML, unknown and missing
    /// keys, a value that cannot be read, alternatives without a condition, numbers out of range,
    /// and rules that need a calendar. Each [`Diagnostic`](crate::Diagnostic) has the file, the
    /// line, the problem and a remedy.
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

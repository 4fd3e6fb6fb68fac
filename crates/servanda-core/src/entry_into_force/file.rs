//! Rules on entry into force as TOML files.

use super::EntryIntoForce;
use crate::Error;
use crate::procedure::{COUNTED_KEYS, Document, Keys, SOURCE_KEYS};

const JOINING_KEYS: &[&str] = &["basis", "note", "rule"];

const KEYS: [Keys; 29] = [
    (
        "",
        &[
            "acceding",
            "general",
            "id",
            "later",
            "leaving",
            "organizations",
            "references",
            "signatories",
            "signed",
            "title",
        ],
    ),
    ("general", &["all_signatories", "basis", "deposits", "or_percent_of_signatories", "period", "rule", "share"]),
    ("general.period", &["met", "months"]),
    ("general.share", &["at_least", "of"]),
    ("general.rule.days", COUNTED_KEYS),
    ("general.rule.full-days", COUNTED_KEYS),
    ("general.rule.months", &["count"]),
    ("general.rule.first-of-month", &["count"]),
    ("later", JOINING_KEYS),
    ("later.rule.days", COUNTED_KEYS),
    ("later.rule.full-days", COUNTED_KEYS),
    ("later.rule.months", &["count"]),
    ("later.rule.first-of-month", &["count"]),
    ("acceding", JOINING_KEYS),
    ("acceding.rule.days", COUNTED_KEYS),
    ("acceding.rule.full-days", COUNTED_KEYS),
    ("acceding.rule.months", &["count"]),
    ("acceding.rule.first-of-month", &["count"]),
    ("leaving", &["basis", "not_before_months", "rule", "terms"]),
    ("leaving.rule.days", COUNTED_KEYS),
    ("leaving.rule.full-days", COUNTED_KEYS),
    ("leaving.rule.months", &["count"]),
    ("leaving.rule.first-of-month", &["count"]),
    ("leaving.terms", &["months", "notice_months"]),
    ("organizations", &["basis", "parties"]),
    ("organizations.parties", &["id", "names"]),
    ("signatories", &["count", "parties"]),
    ("signatories.parties", &["id", "names"]),
    ("references", SOURCE_KEYS),
];

impl EntryIntoForce {
    /// Reads a treaty's rule from TOML and checks it. `file` is the name to use in findings.
    ///
    /// # Errors
    ///
    /// `entry-into-force-refused`, with everything that was found wrong: what is not TOML or not such a rule, a key that such
    /// rules do not have, an alternative without a condition, numbers out of range, a rule that needs a calendar. Each
    /// [`Finding`](crate::Finding) names the file, the line, and what to do.
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
        let refused = |findings| Error::EntryIntoForceRefused { findings };
        let document = Document::parse(file, text, "rules on entry into force").map_err(|one| refused(vec![one]))?;
        let mut findings = document.unknown_keys(&KEYS);
        match document.typed::<Self>() {
            Ok(rule) => {
                findings.extend(rule.findings().into_iter().map(|finding| document.locate(finding)));
                if findings.is_empty() { Ok(rule) } else { Err(refused(findings)) }
            }
            Err(finding) => {
                findings.push(finding);
                Err(refused(findings))
            }
        }
    }
}

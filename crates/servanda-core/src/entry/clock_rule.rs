//! Rules that a commitment sets for the clocks of its procedure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::procedure::Rule;
use crate::treaty::EntryIntoForce;
use crate::value::{Date, Slug, Title, ValueError, present};

/// The rule of one clock that a commitment sets itself, such as a treaty's own article on its entry
/// into force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClockRule {
    /// The article of law or the practice on which the rule rests, such as an article of the
    /// treaty.
    pub basis: Title,
    /// The number of parties that must deposit their instruments before the clock starts. It starts
    /// on the day of the last of these deposits. Without this field, it starts as the procedure
    /// says.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub deposits: Option<u32>,
    /// The rule by which the clock fires after its start.
    pub rule: Rule,
    /// The treaty's own article on its entry into force, with all conditions and the rule for
    /// parties that join later. If it is present, `deposits` and `rule` are its first alternative.
    /// The clock fires when the treaty enters into force for the first of the parties that commit.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub treaty: Option<Box<EntryIntoForce>>,
}

/// The rules that a commitment sets, by the ids of the clocks, and the parties whose deposits they
/// depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClockRules {
    pub(crate) by: Vec<Slug>,
    pub(crate) rules: BTreeMap<Slug, ClockRule>,
    /// The dates on which clocks started before the opening. `None` says that a clock had not
    /// started.
    pub(crate) started: BTreeMap<Slug, Option<Date>>,
}

impl ClockRule {
    /// Creates a rule that does not wait for deposits. Set the other fields directly.
    ///
    /// # Errors
    ///
    /// `invalid-title` if the basis is not well-formed.
    pub fn new(basis: &str, rule: Rule) -> Result<Self, ValueError> {
        Ok(Self { basis: basis.parse()?, deposits: None, rule, treaty: None })
    }
}

impl From<&EntryIntoForce> for ClockRule {
    /// The rule of a treaty as a commitment sets it. The registration contains the whole rule, so
    /// the ledger needs no other source.
    ///
    /// ```
    /// use servanda_core::{ClockRule, builtin};
    ///
    /// let given = ClockRule::from(builtin::cptpp());
    /// assert_eq!((given.basis.as_str(), given.deposits), ("CPTPP, art. 3(1); CPTPP, art. 3(2)", Some(6)));
    /// ```
    fn from(treaty: &EntryIntoForce) -> Self {
        let general = treaty.general.iter().map(|alternative| &alternative.basis);
        let mut bases: Vec<&str> =
            general.chain(treaty.later.iter().map(|later| &later.basis)).map(Title::as_str).collect();
        bases.dedup();
        let first = treaty.general.first();
        let basis = bases.join("; ").parse().ok().or_else(|| first.map(|first| first.basis.clone()));
        Self {
            basis: basis.unwrap_or_else(|| Title::from(&treaty.id)),
            deposits: first.and_then(|first| first.deposits),
            rule: first.map_or(Rule::SetByCommitment, |first| first.rule.clone()),
            treaty: Some(Box::new(treaty.clone())),
        }
    }
}

impl ClockRule {
    /// The problem with the treaty rule, or how it contradicts `rule` and `deposits`. `None` if
    /// they are consistent.
    pub(super) fn treaty_fault(&self) -> Option<String> {
        let treaty = self.treaty.as_ref()?;
        if let Some(diagnostic) = treaty.check().first() {
            return Some(diagnostic.to_string());
        }
        let first = treaty.general.first()?;
        let is_same = first.rule == self.rule && first.deposits == self.deposits;
        (!is_same).then(|| "its first alternative is not what `rule` and `deposits` beside it say".to_owned())
    }
}

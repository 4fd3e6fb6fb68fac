//! Checks rules on entry into force.

use std::collections::BTreeSet;

use super::rule::key;
use crate::procedure::{Diagnostic, Located, MAX_REFERENCES, Place, Rule, Severity, too_many_references};
use crate::treaty::{EntryIntoForce, KnownParty};
use crate::value::{Amount, quote};

impl EntryIntoForce {
    /// Checks the rule, and returns a diagnostic for each problem.
    ///
    /// The treaty must have a title, and every alternative must have a condition. Numbers count
    /// from 1, and no rule uses a calendar. A condition that refers to signatories or to the day of
    /// signature requires them.
    #[must_use]
    pub fn check(&self) -> Vec<Diagnostic> {
        let unlocated = |(_, problem, remedy)| Diagnostic::new(None, None, Severity::Fault, problem, remedy);
        self.diagnostics().into_iter().map(unlocated).collect()
    }

    pub(crate) fn diagnostics(&self) -> Vec<Located> {
        let mut diagnostics = Vec::new();
        if self.references.len() > MAX_REFERENCES {
            diagnostics.push(too_many_references(self.references.len()));
        }
        let mut found = |place, problem: &str, remedy: &str| {
            diagnostics.push((place, problem.to_owned(), remedy.to_owned()));
        };
        if self.title.is_empty() {
            found(Place::Key("title"), "the treaty has no title", "give it one, such as title = { en = \"…\" }");
        }
        if self.general.is_empty() {
            found(Place::Key("general"), "it does not say how the treaty enters into force", "add a [[general]]");
        }
        for (index, alternative) in self.general.iter().enumerate() {
            let place = Place::In("general", index);
            let counts = alternative.deposits.is_some() || alternative.or_percent_of_signatories.is_some();
            if !counts && !alternative.all_signatories && alternative.share.is_none() {
                found(
                    place,
                    "it has no condition",
                    "add deposits, or_percent_of_signatories, all_signatories or share",
                );
            }
            if alternative.all_signatories && counts {
                found(place, "it asks for all signatories and for a number of them", "keep one of the two");
            }
            if alternative.deposits == Some(0) {
                found(place, "it waits for no deposit", "write deposits from 1 on");
            }
            if alternative.or_percent_of_signatories.is_some_and(|percent| !(1..=100).contains(&percent)) {
                found(place, "its percentage of the signatories is out of range", "write 1 to 100");
            }
            let of_signatories = alternative.all_signatories || alternative.or_percent_of_signatories.is_some();
            if of_signatories && self.signatories.is_none() {
                found(place, "nothing says how many signatories there are", "add [signatories] with their count");
            }
            if let Some(share) = &alternative.share {
                let wanted = Amount::of(&share.at_least);
                if wanted == Amount::default() || wanted > Amount::percent(100) {
                    found(
                        place,
                        "its share is out of range",
                        "write per cent, above 0 and at most 100, such as \"55\"",
                    );
                }
            }
            if alternative.period.is_some_and(|period| period.months == 0) {
                found(place, "its period has no months", "write months from 1 on");
            }
            if alternative.period.is_some() && self.signed.is_none() {
                found(
                    place,
                    "its period runs from signature, and no day of it is given",
                    "add signed = \"YYYY-MM-DD\"",
                );
            }
            if let Some((problem, remedy)) = unfit(&alternative.rule) {
                found(place, problem, remedy);
            }
        }
        for (key, joining) in [("later", &self.later), ("acceding", &self.acceding)] {
            let Some(joining) = joining else { continue };
            if joining.rule.is_none() && joining.note.is_none() {
                found(
                    Place::Key(key),
                    "it has neither a rule nor a note",
                    "add a rule, or say in a note what it takes",
                );
            }
            if let Some((problem, remedy)) = joining.rule.as_ref().and_then(unfit) {
                found(Place::Key(key), problem, remedy);
            }
        }
        if let Some(leaving) = &self.leaving {
            let place = Place::Key("leaving");
            if leaving.rule.is_some() == leaving.terms.is_some() {
                found(place, "it has no rule and no terms, or both", "keep one of the two");
            }
            if leaving.terms.is_some_and(|terms| terms.months == 0 || terms.notice_months > terms.months) {
                found(place, "notice has to be given before its terms begin", "write more months than notice_months");
            }
            if let Some((problem, remedy)) = leaving.rule.as_ref().and_then(unfit) {
                found(place, problem, remedy);
            }
        }
        if let Some(signatories) = &self.signatories {
            let place = Place::Key("signatories");
            if signatories.count == 0 {
                found(place, "there are no signatories", "write a count from 1 on, or leave [signatories] out");
            }
            let listed = u32::try_from(signatories.parties.len()).unwrap_or(u32::MAX);
            if listed > 0 && listed != signatories.count {
                found(place, "the count is not that of the parties listed", "correct it, or list all of them or none");
            }
            if let Some(name) = named_twice(&signatories.parties) {
                found(place, &format!("{} names two of the parties", quote(name.as_str())), "keep it with one of them");
            }
        }
        diagnostics
    }
}

/// The problem with a rule that cannot be one on entry into force, and the remedy.
fn unfit(rule: &Rule) -> Option<(&'static str, &'static str)> {
    match rule {
        rule if rule.count() == Some(0) => Some(("its rule counts to 0", "count from 1")),
        Rule::SetByCommitment => Some(("its rule is `given`, but nothing else gives it", "write the rule itself")),
        rule if rule.calendar().is_some() => Some((
            "its rule asks a calendar, which treaties do not have",
            "use days, full-days, weeks, months, years, first-of-month or first-of-month-after-days",
        )),
        _ => None,
    }
}

fn named_twice(parties: &[KnownParty]) -> Option<String> {
    let mut seen = BTreeSet::new();
    parties.iter().find_map(|party| {
        let own: BTreeSet<String> =
            party.names.iter().map(|name| key(name.as_str())).chain([party.id.to_string()]).collect();
        own.into_iter().find(|name| !seen.insert(name.clone()))
    })
}

//! The names of events.

use std::collections::BTreeMap;

use servanda_core::{Date, Deadline, Decimal, Language, Slug, Standing, Title};

use crate::labels::{Label, Labels};

/// The members that an entry may have, whatever its kind.
pub(super) struct Contents<'a> {
    pub(super) body: Option<&'a Slug>,
    pub(super) by: Option<&'a Slug>,
    pub(super) deadline: Option<Deadline>,
    pub(super) kind: &'a str,
    pub(super) remark: Option<&'a Title>,
    pub(super) status_title: Option<&'a BTreeMap<Language, Title>>,
    pub(super) to: Option<&'a Slug>,
    pub(super) value: Option<&'a Decimal>,
}

impl Contents<'_> {
    /// Returns what an entry is called and a word for its kind, if the name does not say it.
    pub(super) fn name(&self, standing: &Standing, labels: &dyn Labels) -> (String, Option<Label>) {
        if let Some(title) = self.status_title {
            (labels.title(title).to_owned(), None)
        } else if let Some(remark) = self.remark {
            (remark.to_string(), Some(Label::Remark))
        } else if let Some(deadline) = self.deadline {
            (deadline_name(deadline.date(), labels), None)
        } else if let Some(value) = self.value {
            (measured(value, standing, labels), Some(Label::Measurement))
        } else if let Some(body) = self.body {
            (labels.party(body.as_str()), Some(Label::Responsible))
        } else if let Some(to) = self.to {
            (to.to_string(), Some(Label::Link))
        } else if let Some(by) = self.by.filter(|_| self.kind == "deposit") {
            (labels.party(by.as_str()), Some(Label::Deposit))
        } else {
            (self.kind.to_owned(), Some(Label::Entry))
        }
    }
}

/// A deadline with its date.
pub(super) fn deadline_name(deadline: Date, labels: &dyn Labels) -> String {
    format!("{}: {}", capital(labels.label(Label::Deadline)), labels.date(deadline))
}

/// A measured value with its unit, if the commitment names one.
pub(super) fn measured(value: &Decimal, standing: &Standing, labels: &dyn Labels) -> String {
    let value = labels.number(value.as_str());
    match &standing.target {
        Some(target) => format!("{value} {}", target.unit),
        None => value,
    }
}

/// The verdict and how it relates to the deadline.
pub(super) fn verdict(standing: &Standing, labels: &dyn Labels) -> String {
    let verdict = standing.verdict.map_or(labels.label(Label::NoVerdict), |verdict| labels.verdict(verdict));
    match standing.timeliness {
        Some(timeliness) => format!("{verdict}, {}", labels.timeliness(timeliness)),
        None => verdict.to_owned(),
    }
}

/// Returns a text with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

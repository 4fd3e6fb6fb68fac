//! An index of the identifiers and links that entries mention.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::entry::{Entry, Fact, Kind};
use crate::ledger::{PendingEntries, Snapshot};
use crate::replay::slug;
use crate::value::{Identifier, Slug};
use crate::{Error, Result};

/// The commitments whose entries mention an identifier, or link to a commitment.
///
/// The index only grows: it also has entries that do not count. Callers check what counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mentions {
    identified: HashMap<Identifier, BTreeSet<Slug>>,
    linking: HashMap<Slug, BTreeSet<Slug>>,
}

impl Mentions {
    pub(super) fn of<'a>(entries: impl IntoIterator<Item = &'a Arc<Entry>>) -> Self {
        let mut mentions = Self::default();
        mentions.extend(entries);
        mentions
    }

    pub(super) fn extend<'a>(&mut self, entries: impl IntoIterator<Item = &'a Arc<Entry>>) {
        entries.into_iter().for_each(|entry| self.take(entry));
    }

    fn take(&mut self, entry: &Entry) {
        let Some(Ok(commitment)) = entry.commitment().map(str::parse::<Slug>) else { return };
        for identifier in identifiers(entry) {
            self.identified.entry(identifier).or_default().insert(commitment.clone());
        }
        if entry.kind == Kind::Link
            && let Fact::Link(link) = entry.fact()
        {
            self.linking.entry(link.to).or_default().insert(commitment);
        }
    }

    /// The commitments with an entry that mentions the identifier, sorted by id.
    pub(crate) fn identified(&self, identifier: &Identifier) -> impl Iterator<Item = &Slug> {
        self.identified.get(identifier).into_iter().flatten()
    }

    /// The commitments with an entry that links to this one, sorted by id.
    pub(crate) fn linking(&self, to: &str) -> impl Iterator<Item = &Slug> {
        self.linking.get(to).into_iter().flatten()
    }
}

/// The identifiers that an entry gives to its commitment.
pub(super) fn identifiers(entry: &Entry) -> Vec<Identifier> {
    // Most registrations have none, and are not parsed.
    if !matches!(entry.kind, Kind::Register | Kind::Amend) || !entry.line().contains("\"identifiers\":[{") {
        return Vec::new();
    }
    match entry.fact() {
        Fact::Register(commitment) => commitment.identifiers,
        Fact::Amend(amend) => amend.identifiers.unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Checks that no commitment gets an identifier that another one has.
pub(super) fn validate(known: Snapshot<'_>, entries: &[Entry]) -> Result<()> {
    let given: Vec<(&str, Identifier)> = entries
        .iter()
        .filter_map(|entry| Some((entry.commitment()?, identifiers(entry))))
        .flat_map(|(commitment, all)| all.into_iter().map(move |identifier| (commitment, identifier)))
        .collect();
    if given.is_empty() {
        return Ok(());
    }
    let pending = PendingEntries::of(entries);
    let with = Snapshot { pending: Some(&pending), ..known };
    let definitions = with.definitions();
    let mut mentioned: BTreeMap<&Identifier, BTreeSet<&str>> = BTreeMap::new();
    for (commitment, identifier) in &given {
        let by = mentioned.entry(identifier).or_default();
        by.insert(commitment);
        by.extend(known.ledger.mentions().identified(identifier).map(Slug::as_str));
    }
    // Only commitments that share a mention are folded.
    for (identifier, by) in mentioned.into_iter().filter(|(_, by)| by.len() > 1) {
        let has = |id: &&str| with.fold(&definitions, id).is_ok_and(|folded| folded.identifiers().contains(identifier));
        let mut holders = by.into_iter().filter(has);
        let Some((one, other)) = holders.next().zip(holders.next()) else { continue };
        let is_given = |id: &str| given.iter().any(|(commitment, given)| *commitment == id && given == identifier);
        let (commitment, holder) = if is_given(other) { (slug(other), slug(one)) } else { (slug(one), slug(other)) };
        return Err(Error::IdentifierTaken { commitment, holder, identifier: Box::new(identifier.clone()) });
    }
    Ok(())
}

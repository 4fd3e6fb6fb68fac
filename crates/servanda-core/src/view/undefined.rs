//! The parties that a batch names and the ledger does not define.

use std::collections::BTreeSet;

use super::View;
use crate::entry::{Batch, Define, Draft, Fact};
use crate::value::{Slug, nearest};

/// A party that a batch names and a ledger with definitions of parties does not define. Its id may
/// be misspelt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UndefinedParty {
    /// The id.
    pub party: Slug,
    /// The defined party with the most similar id, if the difference is slight.
    pub nearest: Option<Slug>,
}

impl View<'_> {
    /// Returns the parties that a batch names and that neither the ledger nor the batch defines. If
    /// the ledger defines no parties, there are none.
    ///
    /// A step or a deposit may also name a party to the commitment, or one that the procedure
    /// names.
    ///
    /// ```
    /// use servanda_core::{Commitment, Ledger, Party, builtin};
    ///
    /// let mut ledger = Ledger::new();
    /// let japan = Party::new("japan", "en", "Japan")?;
    /// ledger.append(japan, &"desk".parse()?, "2013-01-18T09:00:00.000000Z".parse()?)?;
    /// let bill = Commitment::builder("jp/bill", "A bill").procedure(builtin::action());
    /// let batch = bill.by("jpan").made("2013-01-18").into();
    ///
    /// let undefined = ledger.view_on("2013-02-01")?.undefined_parties(&batch);
    /// assert_eq!((undefined[0].party.as_str(), undefined.len()), ("jpan", 1));
    /// assert_eq!(undefined[0].nearest, Some("japan".parse()?));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn undefined_parties(&self, batch: &Batch) -> Vec<UndefinedParty> {
        let definitions = self.known.definitions();
        let held: BTreeSet<&Slug> = definitions.parties().map(|party| &party.id).collect();
        if held.is_empty() {
            return Vec::new();
        }
        let brought = batch.drafts.iter().filter_map(|draft| match draft.fact() {
            Fact::Define(Define::Party(party)) => Some(&party.id),
            _ => None,
        });
        let defined: BTreeSet<&Slug> = brought.chain(held).collect();
        let mut undefined: BTreeSet<&Slug> = BTreeSet::new();
        for draft in &batch.drafts {
            let strange: Vec<&Slug> = named(draft).into_iter().filter(|party| !defined.contains(party)).collect();
            if strange.is_empty() {
                continue;
            }
            let own = self.parties_to(draft);
            undefined.extend(strange.into_iter().filter(|party| !own.contains(*party)));
        }
        let nearest = |party: &Slug| {
            // Of a short id, such as a code of a country, every letter counts.
            const MIN_LENGTH: usize = 4;
            let long = defined.iter().copied().filter(|other| other.as_str().len() >= MIN_LENGTH);
            Some(long).filter(|_| party.as_str().len() >= MIN_LENGTH).and_then(|long| nearest(party.as_str(), long))
        };
        undefined.into_iter().map(|party| UndefinedParty { party: party.clone(), nearest: nearest(party) }).collect()
    }

    /// The parties to a commitment that is registered already, and those that its procedure names.
    fn parties_to(&self, draft: &Draft) -> BTreeSet<Slug> {
        let definitions = self.known.definitions();
        let Some(commitment) = draft.commitment().filter(|_| !matches!(draft.fact(), Fact::Register(_))) else {
            return BTreeSet::new();
        };
        let Ok(folded) = self.known.fold(&definitions, commitment.as_str()) else { return BTreeSet::new() };
        let Some(registered) = folded.registration() else { return BTreeSet::new() };
        let takers = folded.procedure.into_iter().flat_map(|procedure| procedure.parties()).cloned();
        registered.by.into_iter().chain(registered.to).chain(takers).collect()
    }
}

/// The parties that a draft names.
fn named(draft: &Draft) -> Vec<&Slug> {
    match draft.fact() {
        Fact::Register(commitment) => commitment.by.iter().chain(&commitment.to).collect(),
        Fact::Advance(advance) => advance.by.iter().collect(),
        Fact::Deposit(deposit) => vec![&deposit.by],
        _ => Vec::new(),
    }
}

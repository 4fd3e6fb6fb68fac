//! The rule of a treaty as a commitment gives it to its procedure's last step.

use super::calculation::{General, day_of, later_day};
use super::instrument::{Instrument, InstrumentKind};
use super::members::{Counts, Member, members, tallies};
use super::rule::EntryIntoForce;
use super::why;
use crate::entry::{Entry, Fact};
use crate::model::GivenRule;
use crate::procedure::{Due, Rule, Silence};
use crate::value::{Day, Slug, Title};

impl From<&EntryIntoForce> for GivenRule {
    /// The treaty's rule as a commitment can give it: all of it is written into the registration, so that the ledger needs no other
    /// source.
    ///
    /// ```
    /// use servanda_core::{GivenRule, builtin};
    ///
    /// let given = GivenRule::from(builtin::cptpp());
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
            rule: first.map_or(Rule::Given, |first| first.rule.clone()),
            treaty: Some(Box::new(treaty.clone())),
        }
    }
}

impl EntryIntoForce {
    /// What is wrong with it beside what a commitment gives as its short form, if anything.
    pub(crate) fn fault_in(&self, given: &GivenRule) -> Option<String> {
        if let Some(finding) = self.check().first() {
            return Some(finding.to_string());
        }
        let first = self.general.first()?;
        let is_same = first.rule == given.rule && first.deposits == given.deposits;
        (!is_same).then(|| "its first alternative is not what `rule` and `deposits` beside it say".to_owned())
    }

    /// When the treaty enters into force for a commitment of these parties: the day from which that follows, and the day itself.
    /// There is nothing while conditions are not met.
    ///
    /// `own` is the day of the step by which the first of the parties deposited; a deposit that is recorded of it goes before.
    pub(crate) fn due_for(&self, by: &[Slug], own: Day, deposits: &[Instrument]) -> Option<(Day, Due)> {
        let party = by.first()?;
        let known = self.known();
        let key = known.key_of(party.as_str());
        let mut instruments = deposits.to_vec();
        if !deposits.iter().any(|deposit| known.key_of(deposit.by.as_str()) == key) {
            instruments.push(Instrument { by: Title::from(party), kind: None, on: own, share: None });
        }
        let (members, _) = members(self, &instruments, None);
        let is_ours = |member: &&Member<'_>| known.key_of(member.instrument.by.as_str()) == key;
        let member = members.iter().rfind(is_ours)?;
        let deposited = member.instrument.on;
        let silent = |from: Day, reason: String| Some((from, Due::Unknown { from, silence: Silence::Treaty(reason) }));
        match member.counts {
            Counts::NotASignatory => return silent(deposited, why::not_a_signatory(self)),
            Counts::NotASuccession => return silent(deposited, why::SUCCESSION.to_owned()),
            Counts::NotAnAccession | Counts::NotBesideItsMembers | Counts::Yes => {}
        }
        let acceding = self.acceding.as_ref().filter(|_| member.instrument.kind == Some(InstrumentKind::Accession));
        if let Some(acceding) = acceding.filter(|_| member.counts == Counts::NotAnAccession) {
            return silent(deposited, why::no_day(acceding));
        }
        match self.general(&tallies(&members), None) {
            General::NotMet => None,
            General::Unknown { alternative, met } => {
                let from = day_of(&alternative.rule, met)?.max(deposited);
                silent(from, why::unknown_shares(alternative, met, &members))
            }
            General::On { met, day, .. } if deposited <= met => {
                member.left.is_none_or(|left| left >= day).then_some((met, Due::On(day)))
            }
            General::On { day, .. } => {
                let Some(joining) = acceding.or(self.later.as_ref()) else {
                    return silent(deposited, why::NO_LATER_RULE.to_owned());
                };
                match later_day(joining, deposited, day) {
                    Some((due, _)) => member.left.is_none_or(|left| left >= due).then_some((deposited, Due::On(due))),
                    None => silent(deposited, why::no_day(joining)),
                }
            }
        }
    }
}

impl Instrument {
    /// The instrument of which an entry tells, if it tells of one. An instrument by an unknown name is one by which the party
    /// consents to be bound.
    pub(crate) fn told_by(entry: &Entry) -> Option<Self> {
        let Fact::Deposit(deposit) = entry.fact() else { return None };
        let kind = deposit.instrument.as_ref().and_then(|instrument| instrument.as_str().parse().ok());
        Some(Self { by: Title::from(&deposit.by), kind, on: entry.day()?, share: deposit.share.clone() })
    }
}

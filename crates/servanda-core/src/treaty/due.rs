//! The rule of a treaty as the rule of a clock in a procedure.

use super::calculation::{General, day_of, later_day};
use super::members::{Counts, Member, members, tallies};
use super::why;
use crate::procedure::{Due, UnknownReason};
use crate::treaty::{EntryIntoForce, Instrument, InstrumentKind};
use crate::value::{Day, Slug, Title};

impl EntryIntoForce {
    /// Calculates when the treaty enters into force for the first of these parties. Returns the
    /// start of the clock, and when it is due.
    ///
    /// `None` while the conditions are not met, and if the party leaves before the treaty enters
    /// into force for it. `own` is the day of the step by which that party deposited. If a deposit
    /// of the party is recorded, it takes precedence.
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
        let silent =
            |from: Day, reason: String| Some((from, Due::Unknown { from, reason: UnknownReason::Treaty(reason) }));
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

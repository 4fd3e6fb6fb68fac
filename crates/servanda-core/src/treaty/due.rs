//! The rule of a treaty as the rule of a clock in a procedure.

use super::calculation::Fate;
use super::outcomes::Account;
use super::why;
use crate::procedure::{Due, UnknownReason};
use crate::treaty::{EntryIntoForce, Instrument};
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
            let by = Title::from(party);
            instruments.push(Instrument { by, effective: None, kind: None, on: own.into(), share: None });
        }
        let account = Account::new(self, &instruments, &[], None);
        let Some(member) = account.members.iter().rfind(|member| member.key == key) else {
            let mut unordered = account.unordered.iter().filter(|one| known.key_of(one.by.as_str()) == key);
            let from = unordered.next()?.on.first_day();
            let reason = UnknownReason::Treaty(why::UNORDERED.to_owned());
            return Some((from, Due::unknown_from(Some(from), reason)));
        };
        let deposited = member.instrument.on.first_day();
        let general = account.general();
        let ruling = account.ruling(member, &general);
        match ruling.fate {
            Fate::Not => None,
            Fate::On(day) => {
                let met = general.outcomes.iter().map(|outcome| outcome.met).find(|met| *met >= deposited);
                Some((met.unwrap_or(deposited), Due::On(day)))
            }
            Fate::Unknown { earliest, latest } => {
                let from = earliest.unwrap_or(deposited).max(deposited);
                Some((deposited, Due::Unknown { from, by: latest, reason: UnknownReason::Treaty(ruling.why) }))
            }
        }
    }
}

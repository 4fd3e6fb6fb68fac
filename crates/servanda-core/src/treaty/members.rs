//! Determines which parties have deposited, and which deposits count.

use std::collections::BTreeMap;

use crate::treaty::{EntryIntoForce, Instrument, InstrumentKind, Unused};
use crate::value::{Amount, Date, Day};

/// A party, from a deposit until the notice that it leaves.
#[derive(Debug)]
pub(super) struct Member<'a> {
    /// The id of the party, or its normalized name.
    pub(super) key: String,
    pub(super) instrument: &'a Instrument,
    pub(super) counts: Counts,
    /// The date of the notice that it leaves, if there is one.
    pub(super) left: Option<Date>,
    /// The day on which the notice takes effect, if the depositary published it.
    pub(super) leaves_on: Option<Day>,
}

/// Whether a deposit counts towards the general entry into force, and the reason if it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    Yes,
    /// The party is an organization, and the instruments of its members count instead.
    NotBesideItsMembers,
    /// The party is not a signatory, and only signatories count.
    NotASignatory,
    /// The party accedes, and the treaty has no rule that gives a day for accession.
    NotAnAccession,
    /// The party takes the place of another State.
    NotASuccession,
}

/// The number of deposits that count at the end of a day, and the sum of their shares.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) deposits: u32,
    pub(super) share: Amount,
    /// The number of these deposits whose share is not given.
    pub(super) without_share: u32,
}

/// Determines the parties, in the order of their deposits, the instruments without effect, and
/// those of parties whose first act is not known.
pub(super) fn members<'a>(
    rule: &EntryIntoForce,
    instruments: &'a [Instrument],
    as_of: Option<Day>,
) -> (Vec<Member<'a>>, Vec<Unused>, Vec<&'a Instrument>) {
    let made = instruments.iter().enumerate().filter(|(_, one)| as_of.is_none_or(|day| one.on.first_day() <= day));
    let mut by_party: BTreeMap<String, Vec<(usize, &'a Instrument)>> = BTreeMap::new();
    let known = rule.known();
    for (index, instrument) in made {
        by_party.entry(known.key_of(instrument.by.as_str())).or_default().push((index, instrument));
    }
    let mut unordered = Vec::new();
    by_party.retain(|_, own| {
        let is_ordered = is_ordered(own);
        if !is_ordered {
            unordered.extend(own.iter().map(|(_, instrument)| *instrument));
        }
        is_ordered
    });
    let (mut members, mut unused): (Vec<Member<'a>>, Vec<Unused>) = (Vec::new(), Vec::new());
    for (key, mut own) in by_party {
        // Sort by all fields, so that the order of the input does not matter.
        own.sort_by(|(a, one), (b, other)| order(one).cmp(&order(other)).then(a.cmp(b)));
        let mut current: Option<Member<'a>> = None;
        for (index, instrument) in own {
            let leaves = instrument.kind.is_some_and(InstrumentKind::leaves);
            match (leaves, &mut current) {
                (false, Some(member)) if member.left.is_none() => {
                    unused.push(Unused::already_deposited(index, instrument, member.instrument.on));
                }
                (false, _) => {
                    let counts = counts(rule, &key, instrument);
                    let member = Member { key: key.clone(), instrument, counts, left: None, leaves_on: None };
                    members.extend(current.replace(member));
                }
                (true, Some(member)) if member.left.is_none() => {
                    (member.left, member.leaves_on) = (Some(instrument.on), instrument.effective);
                }
                (true, Some(member)) => unused.push(Unused::already_left(index, instrument, member.left)),
                (true, None) => unused.push(Unused::nothing_to_leave(index, instrument)),
            }
        }
        members.extend(current);
    }
    members.sort_by(|a, b| order(a.instrument).cmp(&order(b.instrument)));
    unused.sort_by_key(|unused| unused.index);
    (members, unused, unordered)
}

/// Whether the order of the deposits and notices of one party is known.
fn is_ordered(own: &[(usize, &Instrument)]) -> bool {
    own.iter().all(|(_, notice)| {
        let leaves = notice.kind.is_some_and(InstrumentKind::leaves);
        !leaves
            || own.iter().all(|(_, deposit)| {
                let is_deposit = !deposit.kind.is_some_and(InstrumentKind::leaves);
                let overlap =
                    deposit.on.first_day() <= notice.on.last_day() && notice.on.first_day() <= deposit.on.last_day();
                // Of one day, the deposit comes first.
                let is_same_day = is_one_day(deposit.on) && is_one_day(notice.on);
                !is_deposit || !overlap || is_same_day
            })
    })
}

/// Whether a date is known to the day.
pub(super) fn is_one_day(on: Date) -> bool {
    on.first_day() == on.last_day()
}

type Order<'a> = (Day, Day, bool, &'a str, Option<&'a str>, Option<InstrumentKind>);

fn order(instrument: &Instrument) -> Order<'_> {
    let leaves = instrument.kind.is_some_and(InstrumentKind::leaves);
    let share = instrument.share.as_ref().map(|share| share.as_str());
    (instrument.on.first_day(), instrument.on.last_day(), leaves, instrument.by.as_str(), share, instrument.kind)
}

fn counts(rule: &EntryIntoForce, key: &str, instrument: &Instrument) -> Counts {
    let organizations = rule.organizations.iter().flat_map(|organizations| &organizations.parties);
    let signatories = rule.signatories.iter().flat_map(|signatories| &signatories.parties);
    let by_another_way = rule.acceding.as_ref().is_some_and(|acceding| acceding.rule.is_none());
    match instrument.kind {
        Some(InstrumentKind::Succession) => Counts::NotASuccession,
        Some(InstrumentKind::Accession) if by_another_way => Counts::NotAnAccession,
        _ if organizations.into_iter().any(|known| known.id == *key) => Counts::NotBesideItsMembers,
        _ if signatories.clone().next().is_some() && !signatories.into_iter().any(|known| known.id == *key) => {
            Counts::NotASignatory
        }
        _ => Counts::Yes,
    }
}

/// The tally at the end of each day on which it changes, if each party deposited and left on the
/// days that `joined` and `left` choose of its dates. Nothing changes after `as_of`.
pub(super) fn tallies(
    members: &[Member<'_>],
    joined: impl Fn(Date) -> Day,
    left: impl Fn(Date) -> Day,
    as_of: Option<Day>,
) -> Vec<(Day, Tally)> {
    let mut changes = Vec::new();
    for member in members.iter().filter(|member| member.counts == Counts::Yes) {
        let (from, until) = (joined(member.instrument.on), member.left.map(&left));
        // With imprecise dates, it may not be certain that a party was a member on any day.
        if until.is_none_or(|until| from < until) {
            changes.push((from, true, member));
            changes.extend(until.map(|until| (until, false, member)));
        }
    }
    changes.retain(|(day, ..)| as_of.is_none_or(|as_of| *day <= as_of));
    changes.sort_by_key(|(day, joins, _)| (*day, !joins));
    let mut tallies: Vec<(Day, Tally)> = Vec::new();
    let mut tally = Tally::default();
    for (day, joins, member) in changes {
        tally = tally.changed(joins, member.instrument);
        match tallies.last_mut().filter(|(last, _)| *last == day) {
            Some((_, last)) => *last = tally,
            None => tallies.push((day, tally)),
        }
    }
    tallies
}

impl Tally {
    fn changed(self, joins: bool, instrument: &Instrument) -> Self {
        let share = instrument.share.as_ref().map(Amount::of);
        let step = |number: u32, by: u32| if joins { number.saturating_add(by) } else { number.saturating_sub(by) };
        let given = share.unwrap_or_default();
        Self {
            deposits: step(self.deposits, 1),
            share: if joins { self.share.plus(given) } else { self.share.minus(given) },
            without_share: step(self.without_share, u32::from(share.is_none())),
        }
    }
}

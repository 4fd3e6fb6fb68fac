//! The possible outcomes of the conditions on the general entry into force.
//!
//! A share may be missing, and a row may be unreadable. Both are bounded, so that the conditions
//! can be met on one of several days. Every answer then has to hold for each of these days.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::calculation::day_of;
use super::members::{Counts, Member, Tally, is_one_day, members, tallies};
use crate::treaty::{Alternative, EntryIntoForce, Instrument, InstrumentKind, Met, Unread, Unused};
use crate::value::{Amount, Date, Day, months_after};

/// The deposits that an answer rests on, and what is not known about them.
#[derive(Debug)]
pub(super) struct Account<'a> {
    pub(super) rule: &'a EntryIntoForce,
    pub(super) members: Vec<Member<'a>>,
    pub(super) unused: Vec<Unused>,
    /// What has certainly been deposited by the end of each day: each party deposited on the last
    /// possible day, and left on the first.
    pub(super) certain: Vec<(Day, Tally)>,
    /// What may have been deposited by the end of each day.
    possible: Vec<(Day, Tally)>,
    /// The number of rows that could not be read.
    pub(super) unread: usize,
    /// The instruments of parties of which it is not known what they did first.
    pub(super) unordered: Vec<&'a Instrument>,
    /// The rows that could not be read, and the instruments in `unordered`.
    pub(super) unclear: Vec<Cow<'a, Unread>>,
    /// What the missing shares can add up to, in per cent.
    pub(super) remaining: Amount,
    pub(super) as_of: Option<Day>,
}

/// One way in which the treaty may have entered into force: the conditions of an alternative were
/// met on the day `met`, so it enters into force on `day`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome<'a> {
    pub(super) alternative: &'a Alternative,
    pub(super) met: Day,
    pub(super) day: Day,
}

/// All ways in which the treaty may have entered into force.
#[derive(Debug)]
pub(super) struct General<'a> {
    /// Ordered by day, then in the order of the alternatives. If it is empty, the treaty is not in
    /// force.
    pub(super) outcomes: Vec<Outcome<'a>>,
    /// Whether the conditions may not be met.
    pub(super) may_never: bool,
    /// Whether the conditions may have been met on any earlier day.
    pub(super) any_day_before: bool,
    /// What the answer depends on, in words. It is the same for all parties.
    pub(super) why_unknown: OnceCell<String>,
}

impl<'a> General<'a> {
    /// The outcome, if the day of entry into force is known. Of several outcomes on one day, the
    /// first.
    pub(super) fn known(&self) -> Option<Outcome<'a>> {
        let (first, last) = (self.outcomes.first()?, self.outcomes.last()?);
        (first.day == last.day && !self.may_never && !self.any_day_before).then_some(*first)
    }

    /// The outcomes that decide the answer for a party.
    ///
    /// By one alternative, the answer changes at the day of the party's own deposit and of its
    /// notice, and only then. So of many outcomes, those next to these days and the first and the
    /// last of all are enough.
    pub(super) fn telling(&self, member: &Member<'_>) -> Vec<Outcome<'a>> {
        const MAX_ALL: usize = 16;
        if self.outcomes.len() <= MAX_ALL {
            return self.outcomes.clone();
        }
        let mut telling = Vec::new();
        let mut rest = self.outcomes.clone();
        while let Some(first) = rest.first().copied() {
            let (mut own, others): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|outcome| std::ptr::eq(outcome.alternative, first.alternative));
            own.sort_by_key(|outcome| outcome.met);
            let mut picked = BTreeSet::from([0, own.len().saturating_sub(1)]);
            let dates = [Some(member.instrument.on), member.left].into_iter().flatten();
            for boundary in dates.flat_map(|on| [on.first_day(), on.last_day()]) {
                let at = own.partition_point(|outcome| outcome.met < boundary);
                picked.extend([at.saturating_sub(1), at]);
            }
            telling.extend(picked.into_iter().filter_map(|at| own.get(at).copied()));
            rest = others;
        }
        telling
    }

    /// The earliest possible day. `None` if there is none, or if any day is possible.
    pub(super) fn earliest(&self) -> Option<Day> {
        self.outcomes.first().map(|outcome| outcome.day).filter(|_| !self.any_day_before)
    }

    /// The latest possible day. `None` if the treaty may not be in force at all.
    pub(super) fn latest(&self) -> Option<Day> {
        self.outcomes.last().map(|outcome| outcome.day).filter(|_| !self.may_never)
    }
}

/// The first days on which the conditions of an alternative may be met, and are certainly met.
#[derive(Clone, Copy, Debug, Default)]
struct Reached {
    possible: Option<Day>,
    certain: Option<Day>,
    /// Whether the conditions may have been met on any day before `possible`.
    any_day_before: bool,
    /// Whether the alternative may not apply, because another one may.
    is_conditional: bool,
}

impl<'a> Account<'a> {
    pub(super) fn new(
        rule: &'a EntryIntoForce,
        instruments: &'a [Instrument],
        unread: &'a [Unread],
        as_of: Option<Day>,
    ) -> Self {
        let (members, unused, unordered) = members(rule, instruments, as_of);
        let certain = tallies(&members, Date::last_day, Date::first_day, as_of);
        let possible = tallies(&members, Date::first_day, Date::last_day, as_of);
        let counts = |row: &&Unread| as_of.is_none_or(|as_of| row.may_be_by(Some(as_of)));
        let mut unclear: Vec<Cow<'_, Unread>> = unread.iter().filter(counts).map(Cow::Borrowed).collect();
        let unread = unclear.len();
        unclear.extend(unordered.iter().map(|instrument| Cow::Owned(Unread::of(instrument))));
        Self {
            rule,
            members,
            unused,
            certain,
            possible,
            unread,
            unordered,
            unclear,
            remaining: remaining(rule, instruments),
            as_of,
        }
    }

    /// Whether rows that could not be read may be deposits.
    pub(super) fn may_have_more_deposits(&self) -> bool {
        self.unclear.iter().any(|row| row.may_deposit)
    }

    /// What has certainly been deposited by the end of a day.
    pub(super) fn tally_at(&self, day: Day) -> Tally {
        at(&self.certain, day)
    }

    /// Whether the conditions of an alternative may be met at the end of a day: whether they are if
    /// the missing shares are as large as possible, and each unreadable row is a deposit.
    fn is_possible(&self, alternative: &Alternative, day: Day) -> bool {
        let mut tally = at(&self.possible, day);
        let may_deposit = |row: &&Cow<'_, Unread>| row.may_deposit && row.may_be_by(Some(day));
        let more = self.unclear.iter().filter(may_deposit).count();
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        if more > 0 {
            tally.share = Amount::percent(100);
        } else if tally.without_share > 0 {
            tally.share = tally.share.plus(self.remaining);
        }
        tally.deposits = tally.deposits.saturating_add(more);
        self.is_met(alternative, tally)
    }

    /// Whether the conditions of an alternative are met at the end of a day, even if the missing
    /// shares are zero and each unreadable row is a notice of leaving.
    fn is_certain(&self, alternative: &Alternative, day: Day) -> bool {
        let mut tally = self.tally_at(day);
        let may_leave = |row: &&Cow<'_, Unread>| row.may_leave && row.may_be_by(Some(day));
        let fewer = self.unclear.iter().filter(may_leave).count();
        if fewer > 0 {
            tally.deposits = tally.deposits.saturating_sub(u32::try_from(fewer).unwrap_or(u32::MAX));
            tally.share = Amount::default();
        }
        self.is_met(alternative, tally)
    }

    fn is_met(&self, alternative: &Alternative, tally: Tally) -> bool {
        let is_enough = |share: &crate::treaty::ShareWanted| tally.share >= Amount::of(&share.at_least);
        // A share above zero requires at least one deposit.
        tally.deposits > 0
            && tally.deposits >= alternative.needed(self.rule.signatories.as_ref())
            && alternative.share.as_ref().is_none_or(is_enough)
    }

    /// The days on which the conditions may be met for the first time, in order.
    fn days(&self) -> BTreeSet<Day> {
        let mut days: BTreeSet<Day> = self.certain.iter().chain(&self.possible).map(|(day, _)| *day).collect();
        days.extend(self.unclear.iter().filter_map(|row| row.on).flat_map(|on| [on.first_day(), on.last_day()]));
        let dates = || self.members.iter().flat_map(|member| [Some(member.instrument.on), member.left]).flatten();
        let unread = self.unclear.iter().map(|row| row.on);
        if unread.chain(dates().map(Some)).any(|on| on.is_none_or(|on| !is_one_day(on))) {
            // Several days are possible. The answer for a party changes on the day of its own
            // deposit.
            let own = dates().flat_map(|on| [on.first_day(), on.last_day()]);
            days.extend(own.flat_map(|day| [Some(day), day.previous()]).flatten());
            let ends = self.rule.general.iter().filter_map(|alternative| self.rule.end_of_period(alternative));
            days.extend(ends.filter_map(|end| end.plus_days(1)));
        }
        days.retain(|day| self.as_of.is_none_or(|as_of| *day <= as_of));
        days
    }

    /// Determines the days on which the treaty may have entered into force.
    ///
    /// The alternative with the earliest day applies, or the first of them if several have it.
    pub(super) fn general(&self) -> General<'a> {
        let days = self.days();
        let all: Vec<(&'a Alternative, Reached)> =
            self.rule.general.iter().map(|alternative| (alternative, self.reached(alternative, &days))).collect();
        // The latest day, if the treaty certainly enters into force.
        let latest = all.iter().filter_map(|(alternative, reached)| self.latest(alternative, *reached, &all)).min();
        let mut outcomes: Vec<Outcome<'a>> = Vec::new();
        let (mut may_never, mut any_day_before) = (latest.is_none(), false);
        for (alternative, reached) in &all {
            let Some(first) = reached.possible else { continue };
            any_day_before |= reached.any_day_before;
            let between = days.range(first..).filter(|day| reached.certain.is_none_or(|certain| **day <= certain));
            for met in BTreeSet::from([first]).iter().chain(between) {
                if !self.is_possible(alternative, *met) {
                    continue;
                }
                match day_of(&alternative.rule, *met) {
                    Some(day) => outcomes.push(Outcome { alternative, met: *met, day }),
                    None => may_never = latest.is_none(),
                }
                if alternative.period.is_some_and(|period| period.met == Met::Within) {
                    break;
                }
            }
        }
        outcomes.retain(|outcome| latest.is_none_or(|latest| outcome.day <= latest));
        // The sort is stable, so alternatives stay in order.
        outcomes.sort_by_key(|outcome| outcome.day);
        // Of several alternatives that certainly give this day, the first counts.
        let mut is_decided = false;
        outcomes.retain(|outcome| !self.is_decisive(*outcome, &all) || !std::mem::replace(&mut is_decided, true));
        if outcomes.is_empty() {
            (may_never, any_day_before) = (true, false);
        }
        General { outcomes, may_never, any_day_before, why_unknown: OnceCell::new() }
    }

    /// Whether the conditions of the alternative are certainly met first on the day of this
    /// outcome.
    fn is_decisive(&self, outcome: Outcome<'_>, all: &[(&Alternative, Reached)]) -> bool {
        let own = all.iter().find(|(alternative, _)| std::ptr::eq(*alternative, outcome.alternative));
        own.is_some_and(|(_, reached)| {
            !reached.any_day_before
                && !reached.is_conditional
                && reached.possible == Some(outcome.met)
                && reached.certain == Some(outcome.met)
        })
    }

    /// The latest day that follows from an alternative. `None` if it may not apply.
    fn latest(&self, alternative: &Alternative, reached: Reached, all: &[(&Alternative, Reached)]) -> Option<Day> {
        let day = day_of(&alternative.rule, reached.certain?)?;
        if !reached.is_conditional {
            return Some(day);
        }
        // It applies unless the conditions were met when the period ended. Then the alternative for
        // that case does.
        let is_other = |other: &Alternative| {
            other.period.is_some_and(|period| period.met == Met::Within)
                && other.period.map(|period| period.months) == alternative.period.map(|period| period.months)
                && other.share == alternative.share
                && self.needed(other) == self.needed(alternative)
        };
        let (other, within) = all.iter().find(|(other, _)| is_other(other))?;
        Some(day.max(day_of(&other.rule, within.possible?)?))
    }

    fn needed(&self, alternative: &Alternative) -> u32 {
        alternative.needed(self.rule.signatories.as_ref())
    }

    fn reached(&self, alternative: &Alternative, days: &BTreeSet<Day>) -> Reached {
        let possible = |day: &&Day| self.is_possible(alternative, **day);
        let certain = |day: &&Day| self.is_certain(alternative, **day);
        let Some(period) = alternative.period else {
            return Reached {
                possible: days.iter().find(possible).copied(),
                certain: days.iter().find(certain).copied(),
                any_day_before: self.is_possible(alternative, Day::FIRST),
                is_conditional: false,
            };
        };
        let over = self.rule.end_of_period(alternative).filter(|end| self.as_of.is_none_or(|as_of| as_of >= *end));
        let Some(end) = over else { return Reached::default() };
        let (may_be, is) = (self.is_possible(alternative, end), self.is_certain(alternative, end));
        match period.met {
            Met::Within => Reached {
                possible: may_be.then_some(end),
                certain: is.then_some(end),
                any_day_before: false,
                is_conditional: false,
            },
            // If the conditions were met when the period ended, another alternative applies.
            Met::After if is => Reached::default(),
            Met::After => {
                let after = || end.plus_days(1).into_iter().flat_map(|next| days.range(next..));
                Reached {
                    possible: after().find(possible).copied(),
                    certain: after().find(certain).copied(),
                    any_day_before: false,
                    is_conditional: may_be,
                }
            }
        }
    }
}

/// The tally at the end of a day.
fn at(tallies: &[(Day, Tally)], day: Day) -> Tally {
    let until = tallies.partition_point(|(changed, _)| *changed <= day);
    until.checked_sub(1).and_then(|last| tallies.get(last)).map_or_else(Tally::default, |(_, tally)| *tally)
}

impl Unread {
    /// An instrument that may have had its effect or none.
    fn of(instrument: &Instrument) -> Self {
        let may_leave = instrument.kind.is_some_and(InstrumentKind::leaves);
        Self { by: Some(instrument.by.clone()), may_deposit: !may_leave, may_leave, on: Some(instrument.on) }
    }

    /// Whether the row may be of this day or of an earlier one.
    pub(super) fn may_be_by(&self, day: Option<Day>) -> bool {
        self.on.is_none_or(|on| day.is_some_and(|day| on.first_day() <= day))
    }
}

impl EntryIntoForce {
    /// The last day of the period from signature.
    pub(super) fn end_of_period(&self, alternative: &Alternative) -> Option<Day> {
        months_after(self.signed?, alternative.period?.months)
    }
}

/// What remains of the total for the parties whose shares are not given.
///
/// Shares that are given for a later deposit take part too: they are shares of the same total. If
/// the given shares add up to more than the total, they bound nothing.
fn remaining(rule: &EntryIntoForce, instruments: &[Instrument]) -> Amount {
    let hundred = Amount::percent(100);
    let (members, ..) = members(rule, instruments, None);
    let counting = || members.iter().filter(|member| member.counts == Counts::Yes);
    let mut shares: BTreeMap<&str, Option<Amount>> = BTreeMap::new();
    for member in counting() {
        let share = member.instrument.share.as_ref().map(Amount::of);
        let known = shares.entry(member.key.as_str()).or_insert(share);
        // A party that once deposited without a share may still have the one that it gave before.
        *known = known.zip(share).map(|(one, other)| one.max(other));
    }
    let given = shares.values().flatten().fold(Amount::default(), |sum, share| sum.plus(*share));
    if given > hundred { hundred } else { hundred.minus(given) }
}

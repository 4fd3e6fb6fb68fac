//! The calculation: from deposits to days.

use super::members::{Counts, Member, Tally, members, tallies};
use super::why;
use crate::procedure::{Due, Rule};
use crate::treaty::{
    Alternative, EntryIntoForce, InForce, Instrument, InstrumentKind, Joining, Leaving, Met, PartyInForce,
};
use crate::value::{Amount, Day, months_after};

/// How far the general entry into force has come.
#[derive(Clone, Copy, Debug)]
pub(super) enum General<'a> {
    /// Conditions were met on one day, and it enters into force on another.
    On {
        alternative: &'a Alternative,
        met: Day,
        day: Day,
    },
    /// They may have been met, from this day on, depending on shares that are not given.
    Unknown {
        alternative: &'a Alternative,
        met: Day,
    },
    NotMet,
}

/// What becomes of the treaty for a party.
pub(super) enum Fate {
    On(Day),
    /// There is no day, or it is not known.
    None,
}

/// On which day something is met for certain, and on which it may be, whatever the shares that are not given.
#[derive(Clone, Copy, Debug, Default)]
struct Reached {
    certain: Option<Day>,
    possible: Option<Day>,
}

impl EntryIntoForce {
    /// When the treaty enters into force, and for whom, by these instruments. They can stand in any order.
    ///
    /// `as_of` asks as of the end of that day: only what was deposited by then counts, and a day that follows from it is known
    /// even if it has not come. Without it all count.
    ///
    /// Of a party's deposits the first counts until it leaves; the others are [`unused`](InForce::unused). A party that takes
    /// its instrument back before the conditions are met does not count; what leaves later changes nothing for the others.
    ///
    /// ```
    /// use servanda_core::{Day, Instrument, builtin};
    ///
    /// // Two of the twelve signatories of the TPP completed their procedures.
    /// let deposits = [
    ///     Instrument::new("Japan", "2017-01-20".parse()?)?,
    ///     Instrument::new("New Zealand", "2017-05-11".parse()?)?,
    /// ];
    /// let tpp = builtin::tpp().apply(&deposits, None);
    /// assert_eq!(tpp.general, None);
    /// assert!(tpp.missing.is_some_and(|missing| missing.starts_with("10 more deposits (2 of 12): TPP, art. 30.5(1)")));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn apply(&self, instruments: &[Instrument], as_of: Option<Day>) -> InForce {
        let (members, unused) = members(self, instruments, as_of);
        let tallies = tallies(&members);
        let general = self.general(&tallies, as_of);
        let missing = match general {
            General::On { .. } => None,
            General::Unknown { alternative, met } => Some(why::unknown_shares(alternative, met, &members)),
            General::NotMet => Some(why::missing(self, &tallies, &members, as_of)),
        };
        let (day, why) = match general {
            General::On { alternative, met, day } => {
                (Some(day), Some(why::general(self, alternative, met, &members, &tallies)))
            }
            General::Unknown { .. } | General::NotMet => (None, None),
        };
        let mut parties: Vec<PartyInForce> = members
            .iter()
            .map(|member| {
                let (fate, mut reason) = self.fate(member, general, why.as_deref().unwrap_or_default());
                let in_force = match fate {
                    Fate::On(day) => Some(day),
                    Fate::None => None,
                };
                let until = in_force.zip(member.left).and_then(|(since, notice)| {
                    let (until, text) = self.end(since, notice, general);
                    reason = format!("{reason}; {text}");
                    until
                });
                let (party, deposited) = (member.instrument.by.clone(), member.instrument.on);
                PartyInForce { deposited, in_force, party, until, why: reason }
            })
            .collect();
        parties.sort_by(|a, b| (a.deposited, &a.party).cmp(&(b.deposited, &b.party)));
        InForce { general: day, missing, parties, treaty: self.id.clone(), unused, why }
    }

    /// The alternative that gives the earliest day; the first of them if several do.
    pub(super) fn general(&self, tallies: &[(Day, Tally)], as_of: Option<Day>) -> General<'_> {
        let mut best: Option<(&Alternative, Day, Day)> = None;
        let mut unsure: Option<(&Alternative, Day, Day)> = None;
        for alternative in &self.general {
            let reached = self.reached(alternative, tallies, as_of);
            let with_day = |met: Option<Day>| Some((alternative, met?, day_of(&alternative.rule, met?)?));
            let earlier = |one: &Option<(_, Day, Day)>, day: Day| one.is_none_or(|(_, _, earliest)| day < earliest);
            if reached.certain == reached.possible {
                best = with_day(reached.certain).filter(|(_, _, day)| earlier(&best, *day)).or(best);
            } else {
                unsure = with_day(reached.possible).filter(|(_, _, day)| earlier(&unsure, *day)).or(unsure);
            }
        }
        match (best, unsure) {
            (Some((_, _, day)), Some((alternative, met, earlier))) if earlier < day => {
                General::Unknown { alternative, met }
            }
            (Some((alternative, met, day)), _) => General::On { alternative, met, day },
            (None, Some((alternative, met, _))) => General::Unknown { alternative, met },
            (None, None) => General::NotMet,
        }
    }

    fn reached(&self, alternative: &Alternative, tallies: &[(Day, Tally)], as_of: Option<Day>) -> Reached {
        let first = |after: Option<Day>, is_met: &dyn Fn(&Tally) -> bool| {
            let mut later = tallies.iter().filter(|(day, _)| after.is_none_or(|after| *day > after));
            later.find(|(_, tally)| is_met(tally)).map(|(day, _)| *day)
        };
        let certain = |tally: &Tally| self.is_met(alternative, tally, false);
        let possible = |tally: &Tally| self.is_met(alternative, tally, true);
        let Some(period) = alternative.period else {
            return Reached { certain: first(None, &certain), possible: first(None, &possible) };
        };
        let over = self.end_of_period(alternative).filter(|end| as_of.is_none_or(|day| day >= *end));
        let Some(end) = over else { return Reached::default() };
        let then = tally_at(tallies, end);
        match period.met {
            Met::Within => Reached { certain: certain(&then).then_some(end), possible: possible(&then).then_some(end) },
            // What was met within the period is for another alternative.
            Met::After if certain(&then) => Reached::default(),
            Met::After => Reached {
                certain: first(Some(end), &certain).filter(|_| !possible(&then)),
                possible: first(Some(end), &possible),
            },
        }
    }

    /// Whether so many deposits meet the conditions. With the benefit of the doubt a share that is not given may be any.
    fn is_met(&self, alternative: &Alternative, tally: &Tally, with_doubt: bool) -> bool {
        let share = alternative
            .share
            .as_ref()
            .is_none_or(|share| tally.share >= Amount::of(&share.at_least) || (with_doubt && tally.without_share > 0));
        // A share that is above nothing takes somebody who has it.
        tally.deposits > 0 && tally.deposits >= alternative.needed(self.signatories.as_ref()) && share
    }

    /// The last day of the period from signature.
    pub(super) fn end_of_period(&self, alternative: &Alternative) -> Option<Day> {
        months_after(self.signed?, alternative.period?.months)
    }

    fn fate(&self, member: &Member<'_>, general: General<'_>, generally: &str) -> (Fate, String) {
        match member.counts {
            Counts::NotASignatory => return (Fate::None, why::not_a_signatory(self)),
            Counts::NotASuccession => return (Fate::None, why::SUCCESSION.to_owned()),
            Counts::NotAnAccession => {
                return (Fate::None, self.acceding.as_ref().map_or_else(String::new, why::no_day));
            }
            Counts::Yes | Counts::NotBesideItsMembers => {}
        }
        let deposited = member.instrument.on;
        let General::On { met, day, .. } = general else {
            return (Fate::None, why::waits(self, member));
        };
        if member.left.is_some_and(|left| left <= met) {
            return (Fate::None, why::left_in_time(member.left));
        }
        let (fate, mut why) =
            if deposited <= met { (Fate::On(day), generally.to_owned()) } else { self.joins(member, day) };
        if member.instrument.kind == Some(InstrumentKind::Accession)
            && let Some(note) = self.acceding.as_ref().and_then(|acceding| acceding.note.as_ref())
        {
            why = format!("{why}; {note}");
        }
        match (fate, member.left) {
            (Fate::On(since), Some(left)) if left < since => {
                (Fate::None, why::left_before(left, since, deposited <= met))
            }
            (fate, _) => (fate, why),
        }
    }

    /// When it enters into force for a party that deposited after the conditions were met.
    fn joins(&self, member: &Member<'_>, general: Day) -> (Fate, String) {
        let acceding = self.acceding.as_ref().filter(|_| member.instrument.kind == Some(InstrumentKind::Accession));
        let Some(joining) = acceding.or(self.later.as_ref()) else {
            return (Fate::None, why::NO_LATER_RULE.to_owned());
        };
        match later_day(joining, member.instrument.on, general) {
            Some((day, rule)) => {
                (Fate::On(day), why::own(joining, rule, day_of(rule, member.instrument.on) < Some(day)))
            }
            None => (Fate::None, why::no_day(joining)),
        }
    }

    /// The day on which the treaty ceases to be in force for a party, if one follows from its notice, and what is to be said.
    fn end(&self, since: Day, notice: Day, general: General<'_>) -> (Option<Day>, String) {
        let Some(leaving) = &self.leaving else {
            return (None, why::no_rule_on_leaving(notice));
        };
        let earliest = leaving.not_before_months.and_then(|months| months_after(since, months));
        if let Some(earliest) = earliest.filter(|earliest| notice < *earliest) {
            return (None, why::notice_too_early(leaving, notice, earliest));
        }
        let until = match general {
            General::On { day, .. } => end_day(leaving, notice, day),
            General::Unknown { .. } | General::NotMet => None,
        };
        (until, why::until(leaving, notice, until))
    }
}

/// The day for a party by its own deposit, and the rule. It is not in force for anybody before it is in force.
pub(super) fn later_day(joining: &Joining, deposited: Day, general: Day) -> Option<(Day, &Rule)> {
    let rule = joining.rule.as_ref()?;
    Some((day_of(rule, deposited)?.max(general), rule))
}

/// What counts at the end of a day.
pub(super) fn tally_at(tallies: &[(Day, Tally)], day: Day) -> Tally {
    tallies.iter().take_while(|(changed, _)| *changed <= day).last().map_or_else(Tally::default, |(_, tally)| *tally)
}

/// When a rule that asks no calendar fires.
pub(super) fn day_of(rule: &Rule, start: Day) -> Option<Day> {
    match rule.due(start, |_| None) {
        Due::On(day) => Some(day),
        Due::Never | Due::Unknown { .. } => None,
    }
}

fn end_day(leaving: &Leaving, notice: Day, general: Day) -> Option<Day> {
    match (&leaving.rule, leaving.terms) {
        (Some(rule), _) => day_of(rule, notice),
        (None, Some(terms)) => {
            // Every end is counted from the start, so that short months do not add up.
            let ends = (1..).map_while(|term: u32| months_after(general, terms.months.checked_mul(term)?));
            let mut in_time = ends.skip_while(|end| {
                let latest = months_before(*end, terms.notice_months);
                latest.is_none_or(|latest| notice > latest)
            });
            in_time.next()
        }
        (None, None) => None,
    }
}

fn months_before(day: Day, months: u32) -> Option<Day> {
    let naive = chrono::NaiveDate::from(day).checked_sub_months(chrono::Months::new(months))?;
    naive.try_into().ok()
}

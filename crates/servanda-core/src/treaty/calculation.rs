//! Calculates days of entry into force from deposits.

use super::members::{Counts, Member, Tally, members, tallies};
use super::why;
use crate::procedure::{Due, Rule};
use crate::treaty::{
    Alternative, EntryIntoForce, InForce, Instrument, InstrumentKind, Joining, Leaving, Met, PartyInForce,
};
use crate::value::{Amount, Day, months_after};

/// The general entry into force, as far as the deposits decide it.
#[derive(Clone, Copy, Debug)]
pub(super) enum General<'a> {
    /// The conditions were met on the day `met`, and the treaty enters into force on `day`.
    On {
        alternative: &'a Alternative,
        met: Day,
        day: Day,
    },
    /// The conditions may have been met on the day `met` or later. That depends on shares that are
    /// not given.
    Unknown {
        alternative: &'a Alternative,
        met: Day,
    },
    NotMet,
}

/// The entry into force for one party.
pub(super) enum Fate {
    On(Day),
    /// There is no day, or it is not known.
    None,
}

/// The first days on which the conditions of an alternative are met, for certain and possibly. They
/// differ only if a share that matters is not given.
#[derive(Clone, Copy, Debug, Default)]
struct Reached {
    certain: Option<Day>,
    possible: Option<Day>,
}

impl EntryIntoForce {
    /// Calculates when the treaty enters into force, and for which parties.
    ///
    /// The order of the instruments does not matter. With `as_of`, only instruments deposited by
    /// the end of that day count. A day that follows from them is known even if it lies ahead.
    /// Without `as_of`, all instruments count.
    ///
    /// The first deposit of a party counts until the party leaves. Its other deposits are
    /// [`unused`](InForce::unused). A party that takes its instrument back before the conditions
    /// are met does not count. A party that leaves later changes nothing for the others.
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

    /// Chooses the alternative that gives the earliest day, or the first of them if several do. The
    /// result is unknown if another alternative may give an earlier day, depending on shares that
    /// are not given.
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
            // If the conditions were met when the period ended, another alternative applies.
            Met::After if certain(&then) => Reached::default(),
            Met::After => Reached {
                certain: first(Some(end), &certain).filter(|_| !possible(&then)),
                possible: first(Some(end), &possible),
            },
        }
    }

    /// Whether the deposits of a tally meet the conditions of an alternative. With `with_doubt`, a
    /// share that is not given may have any value.
    fn is_met(&self, alternative: &Alternative, tally: &Tally, with_doubt: bool) -> bool {
        let share = alternative
            .share
            .as_ref()
            .is_none_or(|share| tally.share >= Amount::of(&share.at_least) || (with_doubt && tally.without_share > 0));
        // A share above zero requires at least one deposit.
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

    /// The entry into force for a party that deposited after the conditions were met, and the
    /// reason.
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

    /// The day on which the treaty ceases to be in force for a party, and the reason. `None` if no
    /// day follows from the notice.
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

/// The day of entry into force for a party that deposits later, and the rule that gives it. It is
/// never before `general`, the day of the general entry into force.
pub(super) fn later_day(joining: &Joining, deposited: Day, general: Day) -> Option<(Day, &Rule)> {
    let rule = joining.rule.as_ref()?;
    Some((day_of(rule, deposited)?.max(general), rule))
}

/// The tally at the end of a day.
pub(super) fn tally_at(tallies: &[(Day, Tally)], day: Day) -> Tally {
    tallies.iter().take_while(|(changed, _)| *changed <= day).last().map_or_else(Tally::default, |(_, tally)| *tally)
}

/// The day that a rule gives from `start`, without a calendar.
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
            // Each end is counted from the start, so that short months do not shift later ends.
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

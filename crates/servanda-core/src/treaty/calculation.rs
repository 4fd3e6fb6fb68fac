//! Calculates days of entry into force from deposits.

use std::collections::BTreeSet;

use super::members::{Counts, Member};
use super::outcomes::{Account, General, Outcome};
use super::why;
use crate::procedure::{Due, Rule};
use crate::treaty::{
    Answer, EntryIntoForce, InForce, Instrument, InstrumentKind, Joining, Leaving, PartyInForce, Unread,
};
use crate::value::{Date, Day, months_after};

/// The entry into force for one party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The treaty is in force for the party from this day.
    On(Day),
    /// The treaty is not in force for the party.
    Not,
    /// The day is not known. If it is in force for the party, it is so from a day in this range.
    Unknown { earliest: Option<Day>, latest: Option<Day> },
}

/// One of the possible courses of a party: the days on which it deposited and gave notice.
#[derive(Clone, Copy, Debug)]
struct Course {
    deposited: Day,
    left: Option<Day>,
}

/// The entry into force for one party, the reason, and the end if the party leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ruling {
    pub(super) fate: Fate,
    pub(super) why: String,
    until: Option<Day>,
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
    /// A share that is not given is at most what the given shares leave of the total. If the answer
    /// is the same for all these values, it is known. Otherwise it has the earliest and the latest
    /// possible day.
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
        self.apply_despite(&[], instruments, as_of)
    }

    /// Calculates the same as [`apply`](Self::apply), if some rows of a list could not be read.
    ///
    /// An unreadable row may be a deposit, or a notice of leaving. The answer is known only if it
    /// is the same in each case.
    ///
    /// ```
    /// use servanda_core::{Answer, Day, Instrument, Unread, builtin};
    ///
    /// let deposits = [
    ///     Instrument::new("France", "1982-09-16".parse()?)?,
    ///     Instrument::new("Canada", "1983-06-02".parse()?)?,
    /// ];
    /// let found = builtin::hague_1980().apply_despite(&[Unread::default()], &deposits, None);
    /// assert_eq!(found.answer, Answer::NotKnown);
    /// assert_eq!((found.earliest, found.latest), (Some(Day::new(1983, 9, 1)?), None));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn apply_despite(&self, unread: &[Unread], instruments: &[Instrument], as_of: Option<Day>) -> InForce {
        let account = Account::new(self, instruments, unread, as_of);
        let general = account.general();
        let mut parties: Vec<PartyInForce> = account
            .members
            .iter()
            .map(|member| {
                let Ruling { fate, why, until } = account.ruling(member, &general);
                let (answer, earliest, latest) = fate.bounds();
                let in_force = earliest.filter(|_| answer == Answer::InForce);
                let (party, deposited) = (member.instrument.by.clone(), Some(member.instrument.on));
                PartyInForce { answer, deposited, earliest, in_force, latest, party, until, why }
            })
            .collect();
        parties.extend(account.only_unread());
        parties.sort_by(|a, b| {
            let order = |party: &PartyInForce| party.deposited.map(|on| (on.first_day(), on.last_day()));
            (a.deposited.is_none(), order(a), &a.party).cmp(&(b.deposited.is_none(), order(b), &b.party))
        });
        let known = general.known();
        let answer = match known {
            Some(_) => Answer::InForce,
            None if general.outcomes.is_empty() && !account.may_have_more_deposits() => Answer::NotInForce,
            None => Answer::NotKnown,
        };
        let (missing, why) = match answer {
            Answer::InForce => (None, Some(why::general(&account, &general))),
            Answer::NotInForce => (Some(why::missing(&account)), None),
            Answer::NotKnown => (None, Some(why::unknown(&account, &general))),
        };
        InForce {
            answer,
            earliest: general.earliest(),
            general: known.map(|known| known.day),
            latest: general.latest(),
            missing,
            parties,
            treaty: self.id.clone(),
            unread: account.unread,
            unused: account.unused,
            why,
        }
    }
}

impl Fate {
    /// The answer, and the earliest and the latest possible day.
    fn bounds(&self) -> (Answer, Option<Day>, Option<Day>) {
        match self {
            Self::On(day) => (Answer::InForce, Some(*day), Some(*day)),
            Self::Not => (Answer::NotInForce, None, None),
            Self::Unknown { earliest, latest } => (Answer::NotKnown, *earliest, *latest),
        }
    }

    /// What is known if either of two fates is possible.
    fn or(self, other: Self) -> Self {
        if self == other {
            return self;
        }
        let range = |fate: Self| match fate {
            // Without a day, only the earliest one of the other case is certain.
            Self::Not => (None, None, true),
            fate => {
                let (_, earliest, latest) = fate.bounds();
                (earliest, latest, false)
            }
        };
        let (one, two) = (range(self), range(other));
        let earliest = match (one, two) {
            ((_, _, true), (earliest, ..)) | ((earliest, ..), (_, _, true)) => earliest,
            ((one, ..), (two, ..)) => one.zip(two).map(|(one, two)| one.min(two)),
        };
        Self::Unknown { earliest, latest: one.1.zip(two.1).map(|(one, two)| one.max(two)) }
    }
}

impl<'a> Account<'a> {
    /// The entry into force for one party, as far as it is the same in all possible outcomes.
    pub(super) fn ruling(&self, member: &Member<'_>, general: &General<'a>) -> Ruling {
        let mut rulings: Vec<Ruling> = Vec::new();
        for outcome in general.telling(member) {
            rulings.extend(self.courses(member, outcome).map(|course| self.ruling_if(member, course, outcome)));
        }
        let not_in_force = || Ruling { fate: Fate::Not, why: why::not_in_force(self.rule, member), until: None };
        if general.may_never || self.may_be_later(member.instrument.on) {
            rulings.push(not_in_force());
        }
        if general.any_day_before
            && let Some(first) = general.outcomes.first()
        {
            // The earlier the treaty is in force, the earlier it is for the party.
            let earlier = Outcome { met: Day::FIRST, day: Day::FIRST, ..*first };
            rulings.extend(self.courses(member, earlier).map(|course| self.ruling_if(member, course, earlier)));
        }
        let mut rulings = rulings.into_iter();
        let Some(first) = rulings.next() else { return not_in_force() };
        let rest: Vec<Ruling> = rulings.collect();
        let is_same = rest.iter().all(|ruling| *ruling == first);
        let same_end = rest.iter().all(|ruling| ruling.until == first.until);
        let same_why = rest.iter().all(|ruling| ruling.why == first.why);
        let fate = rest.into_iter().fold(first.fate.clone(), |fate, ruling| fate.or(ruling.fate));
        let own: Vec<_> = self.unclear.iter().filter(|row| self.is_by(row, member)).collect();
        if let Some(left) = own.iter().map(|row| row.may_leave).reduce(|one, other| one || other) {
            // The row may be an earlier deposit of the party, or its notice that it leaves.
            let (_, mut earliest, latest) = fate.bounds();
            if own.iter().any(|row| row.may_deposit) {
                earliest = earliest.zip(general.earliest()).map(|(own, general)| own.min(general));
            }
            let fate = Fate::Unknown { earliest, latest: latest.filter(|_| !left) };
            return Ruling { fate, why: why::OWN_ROW_UNREAD.to_owned(), until: None };
        }
        if general.outcomes.is_empty() && self.may_have_more_deposits() {
            let fate = Fate::Unknown { earliest: None, latest: None };
            return Ruling { fate, why: why::unknown(self, general), until: None };
        }
        if is_same {
            return first;
        }
        let why = match &fate {
            _ if same_why => first.why,
            Fate::On(_) => why::whichever(self, general),
            Fate::Not => why::left_in_any_case(member.left),
            Fate::Unknown { .. } => why::unknown(self, general),
        };
        Ruling { fate, why, until: first.until.filter(|_| same_end) }
    }

    /// The possible courses of a party that make a difference in one outcome: those on the first
    /// and the last of its days, and next to the days of the outcome.
    fn courses(&self, member: &Member<'_>, outcome: Outcome<'_>) -> impl Iterator<Item = Course> {
        let days = |on: Date| -> BTreeSet<Day> {
            let next =
                [outcome.met, outcome.day].into_iter().flat_map(|day| [day.previous(), Some(day), day.plus_days(1)]);
            let is_possible = |day: &Day| on.first_day() <= *day && *day <= on.last_day();
            [on.first_day(), on.last_day()].into_iter().chain(next.flatten()).filter(is_possible).collect()
        };
        let mut left: Vec<Option<Day>> = member.left.map_or_else(BTreeSet::new, days).into_iter().map(Some).collect();
        if member.left.is_none_or(|on| self.may_be_later(on)) {
            left.push(None);
        }
        let deposited = days(member.instrument.on).into_iter();
        deposited.flat_map(move |deposited| left.clone().into_iter().map(move |left| Course { deposited, left }))
    }

    /// Whether something of this date may not have happened by the day of the question.
    fn may_be_later(&self, on: Date) -> bool {
        self.as_of.is_some_and(|as_of| as_of < on.last_day())
    }

    /// Whether an unreadable row may be about a party.
    fn is_by(&self, row: &Unread, member: &Member<'_>) -> bool {
        row.by.as_ref().is_none_or(|by| self.rule.known().key_of(by.as_str()) == member.key)
            && (row.may_leave || row.may_deposit && row.may_be_by(member.instrument.on.last_day().previous()))
    }

    /// The parties that only unreadable rows are about.
    fn only_unread(&self) -> Vec<PartyInForce> {
        let known = self.rule.known();
        let mut parties: Vec<PartyInForce> = Vec::new();
        for row in &self.unclear {
            let Some(by) = &row.by else { continue };
            let key = known.key_of(by.as_str());
            let is_listed = self.members.iter().any(|member| member.key == key)
                || parties.iter().any(|party| known.key_of(party.party.as_str()) == key);
            if !is_listed {
                parties.push(PartyInForce {
                    answer: Answer::NotKnown,
                    deposited: None,
                    earliest: None,
                    in_force: None,
                    latest: None,
                    party: by.clone(),
                    until: None,
                    why: if self.unordered.iter().any(|one| one.by == *by) {
                        why::UNORDERED
                    } else {
                        why::OWN_ROW_UNREAD
                    }
                    .to_owned(),
                });
            }
        }
        parties
    }

    /// The entry into force for one party in one outcome.
    fn ruling_if(&self, member: &Member<'_>, course: Course, outcome: Outcome<'a>) -> Ruling {
        let (fate, mut why) = self.fate(member, course, outcome);
        let mut until = None;
        if let (Fate::On(since), Some(notice)) = (&fate, course.left) {
            let (end, text) = self.end(*since, notice, member.leaves_on, outcome.day);
            why = format!("{why}; {text}");
            until = end;
        }
        Ruling { fate, why, until }
    }

    fn fate(&self, member: &Member<'_>, course: Course, outcome: Outcome<'a>) -> (Fate, String) {
        let rule = self.rule;
        let Outcome { met, day, .. } = outcome;
        let Course { deposited, left } = course;
        let no_day = |earliest: Day| Fate::Unknown { earliest: Some(earliest), latest: None };
        match member.counts {
            Counts::NotASignatory => return (no_day(day.max(deposited)), why::not_a_signatory(rule)),
            Counts::NotASuccession => return (no_day(day), why::SUCCESSION.to_owned()),
            Counts::NotAnAccession => {
                let why = rule.acceding.as_ref().map_or_else(String::new, why::no_day);
                return (no_day(day.max(deposited)), why);
            }
            Counts::Yes | Counts::NotBesideItsMembers => {}
        }
        if let Some(left) = left.filter(|left| *left <= met) {
            return (Fate::Not, why::left_in_time(left.into()));
        }
        let (fate, mut why) = if deposited <= met {
            (Fate::On(day), why::outcome(self, outcome))
        } else {
            self.joins(member, deposited, day)
        };
        if member.instrument.kind == Some(InstrumentKind::Accession)
            && let Some(note) = rule.acceding.as_ref().and_then(|acceding| acceding.note.as_ref())
            && matches!(fate, Fate::On(_))
        {
            why = format!("{why}; {note}");
        }
        match (fate, left) {
            (Fate::On(since), Some(left)) if left < since && deposited <= met => {
                // The article does not say what follows for it.
                let fate = Fate::Unknown { earliest: Some(since), latest: None };
                (fate, why::left_before(left, since, true))
            }
            (Fate::On(since), Some(left)) if left < since => (Fate::Not, why::left_before(left, since, false)),
            (fate, _) => (fate, why),
        }
    }

    /// The entry into force for a party that deposited after the conditions were met, and the
    /// reason.
    fn joins(&self, member: &Member<'_>, deposited: Day, general: Day) -> (Fate, String) {
        let rule = self.rule;
        let acceding = rule.acceding.as_ref().filter(|_| member.instrument.kind == Some(InstrumentKind::Accession));
        let no_day = Fate::Unknown { earliest: Some(general.max(deposited)), latest: None };
        let Some(joining) = acceding.or(rule.later.as_ref()) else {
            return (no_day, why::NO_LATER_RULE.to_owned());
        };
        match later_day(joining, deposited, general) {
            Some((day, rule)) => (Fate::On(day), why::own(joining, rule, day_of(rule, deposited) < Some(day))),
            None => (no_day, why::no_day(joining)),
        }
    }

    /// The day on which the treaty ceases to be in force for a party, and the reason. `None` if no
    /// day follows from the notice. `leaves_on` is the day of effect that the depositary published.
    fn end(&self, since: Day, notice: Day, leaves_on: Option<Day>, general: Day) -> (Option<Day>, String) {
        if let Some(until) = leaves_on {
            return (Some(until), why::published_end(notice, until));
        }
        let Some(leaving) = &self.rule.leaving else {
            return (None, why::no_rule_on_leaving(notice));
        };
        let earliest = leaving.not_before_months.and_then(|months| months_after(since, months));
        if let Some(earliest) = earliest.filter(|earliest| notice < *earliest) {
            return (None, why::notice_too_early(leaving, notice, earliest));
        }
        let until = end_day(leaving, notice, general);
        (until, why::until(leaving, notice, until))
    }
}

/// The day of entry into force for a party that deposits later, and the rule that gives it. It is
/// never before `general`, the day of the general entry into force.
fn later_day(joining: &Joining, deposited: Day, general: Day) -> Option<(Day, &Rule)> {
    let rule = joining.rule.as_ref()?;
    Some((day_of(rule, deposited)?.max(general), rule))
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

//! Asking a ledger.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::verdict::{Word, verdict};
use super::walk::{Arrival, Cause, Running, Walk, opening};
use super::{
    Conflict, Deposited, Filter, Folded, Linked, NextStep, Remarked, RunningClock, SetDeadline, Standing, Step, fold,
};
use crate::entry::{Advance, Batch, Entry, Fact};
use crate::ledger::{Definitions, Known, Ledger};
use crate::model::{Commitment, Obligation, Party, Source};
use crate::procedure::{Clock, Due, Procedure};
use crate::value::{Date, Day, Deadline, EntryId, Moment, Note, Slug, Title};
use crate::{Error, Result};

/// A ledger as of a day (what was the case at its end), and as of a moment (what had been written down).
///
/// ```
/// use servanda_core::{Day, Ledger};
///
/// let ledger = Ledger::new();
/// let view = ledger.view_on(Day::new(2013, 6, 1)?).known_at("2013-06-01T12:00:00.000000Z".parse()?);
/// assert_eq!(view.standing("jp/hague-convention").unwrap_err().code(), "unknown-commitment");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub(super) known: Known<'a>,
    pub(super) on: Day,
}

impl<'a> View<'a> {
    pub(crate) fn new(ledger: &'a Ledger, on: Day) -> Self {
        Self { known: Known { ledger, at: None, appended: &[] }, on }
    }

    /// The same view of what had been written down by this moment, the moment itself included.
    ///
    /// Written down, that is, by someone whose entries have been merged here: a merge can add to it.
    #[must_use]
    pub fn known_at(mut self, moment: Moment) -> Self {
        self.known.at = Some(moment);
        self
    }

    /// The day.
    #[must_use]
    pub fn on(&self) -> Day {
        self.on
    }

    /// Where one commitment stands.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if it was not registered by then.
    pub fn standing(&self, commitment: &str) -> Result<Standing> {
        let definitions = self.known.definitions();
        match fold(&self.known, &definitions, commitment) {
            Ok(folded) => Ok(self.summarise(&folded)),
            Err(_) => Err(self.unknown_commitment(commitment)),
        }
    }

    /// Where every commitment stands that the filter allows, in the order of their ids.
    #[must_use]
    pub fn standings(&self, filter: &Filter) -> Vec<Standing> {
        let definitions = self.known.definitions();
        let folded = self.known.ledger.commitments().filter_map(|id| fold(&self.known, &definitions, id.as_str()).ok());
        folded.map(|folded| self.summarise(&folded)).filter(|standing| filter.allows(standing)).collect()
    }

    /// Why the step of a commitment to a status is not possible on the view's day, without sources; nothing if it is.
    ///
    /// The answer is the error with which an append would be refused.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if the status is not well-formed.
    pub fn why_not(&self, commitment: &str, to: &str) -> Result<Option<Error>> {
        to.parse::<Slug>()?;
        Ok(self.check(Advance::new(commitment, to).on(self.on)).err())
    }

    /// Whether a batch could be appended, by what had been written down.
    ///
    /// # Errors
    ///
    /// The error with which an append would be refused.
    pub fn check(&self, batch: impl Into<Batch>) -> Result<()> {
        self.known.ledger.check(self.known.at, batch.into())
    }

    /// Every entry that does not fit, in the order of the commitments: those of definitions first.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        let definitions = self.known.definitions();
        let mut conflicts = definitions.conflicts.clone();
        conflicts.extend(self.known.ledger.general().iter().filter_map(|entry| self.known.half_batch(entry)));
        for id in self.known.ledger.commitments() {
            match fold(&self.known, &definitions, id.as_str()) {
                Ok(folded) => {
                    conflicts.extend(self.part_of_itself(&folded, &definitions));
                    conflicts.extend(folded.conflicts);
                }
                Err(orphaned) => conflicts.extend(orphaned),
            }
        }
        conflicts
    }

    fn part_of_itself(&self, folded: &Folded<'_>, definitions: &Definitions<'_>) -> Option<Conflict> {
        let whole = |id: &Slug| {
            let folded = fold(&self.known, definitions, id.as_str()).ok()?;
            folded.commitment.part_of.clone()
        };
        let path = way_back(&folded.commitment.id, folded.commitment.part_of.clone(), whole)?;
        let error = Error::PartOfItself { commitment: folded.commitment.id.clone(), path };
        Some(Conflict::new(folded.registered.id(), error))
    }

    /// The procedures that the ledger has, by id and version.
    #[must_use]
    pub fn procedures(&self) -> Vec<&'a Procedure> {
        self.known.definitions().procedures().collect()
    }

    /// The parties that the ledger has, by id.
    #[must_use]
    pub fn parties(&self) -> Vec<&'a Party> {
        self.known.definitions().parties().collect()
    }

    pub(super) fn unknown_commitment(&self, commitment: &str) -> Error {
        match commitment.parse::<Slug>() {
            Ok(id) => {
                let nearest =
                    crate::error::nearest(commitment, self.known.ledger.commitments().filter(|other| **other != id));
                Error::UnknownCommitment { commitment: id, nearest }
            }
            Err(error) => error,
        }
    }

    pub(super) fn summarise(&self, folded: &Folded<'_>) -> Standing {
        let words = Wording::of(folded);
        // What was taken up is legal, so the walk meets no refusal; were it to, the answer would be that nothing is known.
        let walk = folded.walk_to(self.on).ok().flatten();
        let path: &[Arrival<'_>] = walk.as_ref().map_or(&[], |walk| &walk.arrivals);
        let commitment = folded.commitment;
        let deadlines = set_deadlines(folded, self.on);
        let deadline_on = |day: Day| in_force(&deadlines, day);
        let here = path.last().filter(|_| path.first().is_some_and(|opening| opening.on <= self.on));
        let reason = self.why_unknown(folded, walk.as_ref());
        let understood = folded.not_understood().is_none_or(|(_, since)| since.is_some_and(|since| since > self.on));
        let arrival = if reason.is_none() { here } else { None };
        let word = Word { obligation: commitment.obligation, made: commitment.made, deadline_on: &deadline_on };
        let verdict = arrival.filter(|_| self.on >= commitment.made).map(|_| verdict(&word, path, self.on));
        let not_made = || {
            (self.on < commitment.made).then(|| format!("the word was given on {}, which is later", commitment.made))
        };
        let amended = amendments(folded);
        let history = here.map_or_else(Vec::new, |_| path.iter().map(|arrival| words.step(folded, arrival)).collect());
        Standing {
            by: commitment.by.clone(),
            clocks: here.and(walk.as_ref()).map_or_else(Vec::new, running_clocks),
            commitment: commitment.id.clone(),
            conflicts: folded.conflicts.clone(),
            deadline: deadline_on(self.on),
            deposits: self.deposits(folded, &words),
            history,
            known_at: self.known.at,
            links: self.links(folded, &words),
            made: commitment.made,
            next: here
                .filter(|_| understood)
                .and(folded.procedure)
                .map_or_else(Vec::new, |procedure| next_steps(procedure, here)),
            obligation: commitment.obligation,
            on: self.on,
            overdue: verdict == Some(super::Verdict::Overdue),
            part_of: commitment.part_of.clone(),
            phase: arrival.map(|arrival| arrival.status.phase),
            pin: commitment.procedure.clone(),
            presumed: arrival.is_some_and(|arrival| arrival.presumed),
            procedure: commitment.procedure.id.clone(),
            reason: reason.or_else(not_made),
            remarks: self.remarks(folded, &words),
            since: arrival.map(|arrival| arrival.on),
            status: arrival.map(|arrival| arrival.status.id.clone()),
            status_title: arrival.map(|arrival| arrival.status.title.clone()),
            title: amended.0.unwrap_or_else(|| commitment.title.clone()),
            to: commitment.to.clone(),
            topics: amended.1.unwrap_or_else(|| commitment.topics.clone()),
            verdict,
            words: commitment.words.clone(),
            deadlines,
        }
    }

    /// Why there is no status on the day, if there is none.
    fn why_unknown(&self, folded: &Folded<'_>, walk: Option<&Walk<'_>>) -> Option<String> {
        let Some(procedure) = folded.procedure else {
            let pin = &folded.commitment.procedure;
            return Some(format!("the procedure {pin} ({}) is not defined on this ledger", pin.digest));
        };
        if let Some((entry, since)) = folded.not_understood()
            && since.is_none_or(|since| since <= self.on)
        {
            let (kind, id) = (entry.fact().kind(), entry.id());
            return Some(format!("the entry {id} is of the kind `{kind}`, which this version does not understand"));
        }
        let (_, opens) = opening(folded.commitment, procedure);
        if self.on < opens.last_day() {
            return Some(format!("its history opens on {}, which is later", opens.last_day()));
        }
        match walk {
            None => Some("the entry that registers it opens at a status that its procedure does not have".to_owned()),
            Some(walk) => walk.unknown.as_ref().map(|unknown| {
                format!("from {} on it is not known whether a clock has fired: {}", unknown.from, unknown.silence)
            }),
        }
    }

    /// The facts that take no step and were the case by the day.
    fn by_then<'b>(&self, folded: &Folded<'b>) -> impl Iterator<Item = &'b Entry> {
        let mut entries: Vec<&'b Entry> =
            folded.others.iter().copied().filter(|entry| entry.day().is_none_or(|day| day <= self.on)).collect();
        entries.sort_by_key(|entry| (entry.day(), entry.key()));
        entries.into_iter()
    }

    fn remarks(&self, folded: &Folded<'_>, words: &Wording<'_>) -> Vec<Remarked> {
        let remark = |entry: &Entry| match (entry.fact(), entry.on()) {
            (Fact::Remark(remark), Some(on)) => Some(Remarked {
                entry: entry.id(),
                note: words.note(entry),
                on,
                sources: words.sources([entry]),
                title: remark.title.clone(),
            }),
            _ => None,
        };
        self.by_then(folded).filter_map(remark).collect()
    }

    fn links(&self, folded: &Folded<'_>, words: &Wording<'_>) -> Vec<Linked> {
        let link = |entry: &Entry| match entry.fact() {
            Fact::Link(link) => Some(Linked {
                entry: entry.id(),
                note: words.note(entry),
                on: entry.on(),
                relation: link.relation,
                sources: words.sources([entry]),
                to: link.to.clone(),
            }),
            _ => None,
        };
        self.by_then(folded).filter_map(link).collect()
    }

    fn deposits(&self, folded: &Folded<'_>, words: &Wording<'_>) -> Vec<Deposited> {
        let mut deposits: Vec<&Entry> =
            folded.deposits.iter().copied().filter(|entry| entry.day().is_some_and(|day| day <= self.on)).collect();
        deposits.sort_by_key(|entry| (entry.day(), entry.key()));
        let deposit = |entry: &Entry| match (entry.fact(), entry.on()) {
            (Fact::Deposit(deposit), Some(on)) => Some(Deposited {
                by: deposit.by.clone(),
                entry: entry.id(),
                instrument: deposit.instrument.clone(),
                note: words.note(entry),
                on,
                share: deposit.share.clone(),
                sources: words.sources([entry]),
            }),
            _ => None,
        };
        deposits.into_iter().filter_map(deposit).collect()
    }
}

/// The way from a commitment back to itself over the wholes it is a part of, if there is one.
pub(crate) fn way_back(
    start: &Slug,
    first: Option<Slug>,
    mut whole_of: impl FnMut(&Slug) -> Option<Slug>,
) -> Option<Vec<Slug>> {
    let mut path = vec![start.clone()];
    let mut seen = BTreeSet::new();
    let mut next = first;
    while let Some(whole) = next {
        path.push(whole.clone());
        if whole == *start {
            return Some(path);
        }
        if !seen.insert(whole.clone()) {
            return None;
        }
        next = whole_of(&whole);
    }
    None
}

/// What later entries add to the notes and sources of earlier ones.
struct Wording<'a> {
    notes: BTreeMap<EntryId, &'a Note>,
    cited: BTreeMap<EntryId, Vec<&'a Source>>,
}

impl<'a> Wording<'a> {
    fn of(folded: &Folded<'a>) -> Self {
        let (mut notes, mut cited) = (BTreeMap::new(), BTreeMap::<_, Vec<_>>::new());
        for entry in &folded.others {
            match entry.fact() {
                Fact::Cite(cite) => cited.entry(cite.entry).or_default().extend(&cite.sources),
                Fact::Amend(amend) => {
                    if let (Some(target), Some(note)) = (amend.entry, &amend.note) {
                        notes.insert(target, note);
                    }
                }
                _ => {}
            }
        }
        Self { notes, cited }
    }

    fn note(&self, entry: &Entry) -> Option<Note> {
        self.notes.get(&entry.id()).copied().or_else(|| entry.fact().note()).cloned()
    }

    fn sources<'b>(&self, entries: impl IntoIterator<Item = &'b Entry>) -> Vec<Source> {
        let mut seen: HashSet<&Source> = HashSet::new();
        let all = entries.into_iter().flat_map(|entry| {
            let cited = self.cited.get(&entry.id()).into_iter().flatten().copied();
            entry.fact().sources().iter().chain(cited)
        });
        all.filter(|source| seen.insert(source)).cloned().collect()
    }

    fn step(&self, folded: &Folded<'_>, arrival: &Arrival<'_>) -> Step {
        let entry = match arrival.cause {
            Cause::Opening => Some(folded.registered),
            Cause::Step(entry) => Some(entry),
            Cause::Clock(_) => None,
        };
        let opens = folded.commitment.opening.as_ref();
        let date = match arrival.cause {
            Cause::Opening => opens.map(|opening| opening.on),
            Cause::Step(entry) => entry.on(),
            Cause::Clock(_) => None,
        };
        let clock = match arrival.cause {
            Cause::Clock(clock) => Some(clock),
            _ => None,
        };
        let (by, basis) = match (arrival.cause, entry.map(Entry::fact)) {
            (Cause::Step(_), Some(Fact::Advance(advance))) => (advance.by.clone(), self.basis(folded, arrival)),
            _ => (None, clock.map(|clock| basis_of(folded.commitment, clock).clone())),
        };
        let first_also = arrival.also.first().copied();
        Step {
            basis,
            by,
            clock: clock.map(|clock| clock.id.clone()),
            entry: entry.map(Entry::id),
            further_entries: arrival.also.iter().map(|entry| entry.id()).collect(),
            note: entry.or(first_also).and_then(|entry| self.note(entry)),
            on: date.unwrap_or(Date::from(arrival.on)),
            phase: arrival.status.phase,
            presumed: arrival.presumed,
            recorded_at: entry.or(first_also).map(Entry::recorded_at),
            recorded_by: entry.or(first_also).map(|entry| entry.recorded_by().clone()),
            sources: self.sources(entry.into_iter().chain(arrival.also.iter().copied())),
            status: arrival.status.id.clone(),
            title: arrival.status.title.clone(),
        }
    }

    /// The basis of the transition that a recorded step took.
    fn basis(&self, folded: &Folded<'_>, arrival: &Arrival<'_>) -> Option<Title> {
        let from = arrival.from?;
        let transition = folded.procedure?.transition(from.id.as_str(), arrival.status.id.as_str())?;
        Some(transition.basis.clone())
    }
}

/// The rule of law of a clock: its own, or the one that the commitment gives.
fn basis_of<'a>(commitment: &'a Commitment, clock: &'a Clock) -> &'a Title {
    commitment.rules.get(&clock.id).map_or(&clock.basis, |given| &given.basis)
}

fn amendments(folded: &Folded<'_>) -> (Option<Title>, Option<Vec<Slug>>) {
    let (mut title, mut topics) = (None, None);
    for entry in &folded.others {
        if let Fact::Amend(amend) = entry.fact() {
            title = amend.title.clone().or(title);
            topics = amend.topics.clone().or(topics);
        }
    }
    (title, topics)
}

fn running_clocks(walk: &Walk<'_>) -> Vec<RunningClock> {
    walk.running().iter().map(|running| running_clock(walk, running)).collect()
}

pub(super) fn running_clock(walk: &Walk<'_>, running: &Running<'_>) -> RunningClock {
    let (due, reason) = match &running.due {
        Due::On(day) => (Some(*day), None),
        Due::Unknown { silence, .. } => (None, Some(silence.to_string())),
        Due::Never => (None, None),
    };
    RunningClock {
        basis: running.basis().clone(),
        clock: running.clock.id.clone(),
        due,
        presumed: walk.will_presume(running),
        reason,
        title: running.clock.title.clone(),
        to: running.clock.to.clone(),
    }
}

fn next_steps(procedure: &Procedure, here: Option<&Arrival<'_>>) -> Vec<NextStep> {
    let Some(here) = here else { return Vec::new() };
    let next = |transition: &crate::procedure::Transition| {
        Some(NextStep {
            basis: transition.basis.clone(),
            phase: procedure.status(transition.to.as_str())?.phase,
            reopening: transition.reopening,
            sources: transition.sources,
            taken_by: transition.taken_by.clone(),
            title: transition.title.clone(),
            to: transition.to.clone(),
        })
    };
    procedure.transitions_from(here.status.id.as_str()).filter_map(next).collect()
}

/// The deadlines set by `day`, that of the word itself first. A later one counts if the word was given by then and the deadline
/// before it had not passed.
fn set_deadlines(folded: &Folded<'_>, day: Day) -> Vec<SetDeadline> {
    let commitment = folded.commitment;
    if commitment.obligation == Obligation::Position {
        return Vec::new();
    }
    let words = Wording::of(folded);
    let mut set: Vec<SetDeadline> = Vec::new();
    if let Some(deadline) = commitment.deadline.filter(|_| commitment.made <= day) {
        let (entry, sources) = (folded.registered.id(), vec![commitment.words.source.clone()]);
        set.push(SetDeadline { deadline, entry, in_force: true, note: None, set_on: commitment.made.into(), sources });
    }
    let mut moved: Vec<&Entry> =
        folded.others.iter().copied().filter(|entry| entry.day().is_some_and(|on| on <= day)).collect();
    moved.sort_by_key(|entry| (entry.day(), entry.key()));
    for entry in moved {
        let (Fact::Reschedule(reschedule), Some(set_on)) = (entry.fact(), entry.on()) else {
            continue;
        };
        let held = set.iter().rfind(|set| set.in_force);
        let counts = set_on.last_day() >= commitment.made
            && held.is_none_or(|held| !held.deadline.has_passed(set_on.last_day()));
        set.push(SetDeadline {
            deadline: reschedule.deadline,
            entry: entry.id(),
            in_force: counts,
            note: words.note(entry),
            set_on,
            sources: words.sources([entry]),
        });
    }
    set
}

/// The deadline in force on a day.
fn in_force(deadlines: &[SetDeadline], day: Day) -> Option<Deadline> {
    deadlines.iter().rfind(|set| set.in_force && set.set_on.last_day() <= day).map(|set| set.deadline)
}

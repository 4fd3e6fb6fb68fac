//! Replays one commitment from day to day: recorded steps, and the steps of clocks between them.

use std::sync::Arc;

use crate::Error;
use crate::entry::{ClockRules, Entry, Kind};
use crate::procedure::{Due, Edge, Procedure, Status, UnknownReason};
use crate::replay::{ActiveClock, Cause, Definitions, Timeline, Translation, Visit};
use crate::treaty::Instrument;
use crate::value::{Date, Day, EntryId, Slug, nearest};

/// The data that a replay needs in addition to the steps.
#[derive(Clone, Debug)]
pub(crate) struct ReplayContext<'a> {
    /// The commitment's id.
    pub(crate) commitment: &'a str,
    pub(crate) procedure: &'a Procedure,
    /// The names of statuses in the procedure.
    pub(crate) translation: Arc<Translation>,
    pub(crate) definitions: &'a Definitions,
    /// The rules that the commitment sets for its clocks, and its parties.
    pub(crate) given: Option<Arc<ClockRules>>,
    /// Whether the registration opens the history at a status of its own.
    pub(crate) opens_midway: bool,
    pub(crate) deposits: Deposits,
    /// The day to which the record is attested to be complete.
    pub(crate) attested: Option<Day>,
}

/// The deposits that are recorded about a commitment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deposits {
    /// The first possible days of the first deposit of each party, in order.
    pub(crate) first_days: Vec<Day>,
    /// The last possible days of these deposits, in order.
    pub(crate) last_days: Vec<Day>,
    /// All deposited instruments. Empty unless a clock depends on a treaty's rule.
    pub(crate) instruments: Vec<Instrument>,
}

impl Deposits {
    /// The deposits by the end of a day.
    pub(crate) fn by(&self, day: Day) -> Self {
        let instruments = self.instruments.iter().filter(|instrument| instrument.on.first_day() <= day);
        let until = |days: &[Day]| days.iter().copied().filter(|on| *on <= day).collect();
        Self {
            first_days: until(&self.first_days),
            last_days: until(&self.last_days),
            instruments: instruments.cloned().collect(),
        }
    }

    /// The first and the last possible day of the deposit by which `count` parties have deposited.
    /// The last day is `None` if it is not certain that so many have.
    pub(super) fn nth(&self, count: u32) -> Option<(Day, Option<Day>)> {
        let index = usize::try_from(count).ok()?.checked_sub(1)?;
        Some((*self.first_days.get(index)?, self.last_days.get(index).copied()))
    }
}

/// The maximum number of clocks in a row that an answer follows.
pub(crate) const MAX_CLOCKS_IN_A_ROW: usize = 16;

/// A part of a day. The order matters: start clocks, recorded steps, end clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DayPart {
    Start,
    Steps,
    End,
}

/// The end of the last day that can be written.
pub(crate) const END_OF_TIME: (Day, DayPart) = (Day::LAST, DayPart::End);

impl From<Edge> for DayPart {
    fn from(edge: Edge) -> Self {
        match edge {
            Edge::Start => Self::Start,
            Edge::End => Self::End,
        }
    }
}

/// The day from which the status is unknown, and the reason.
#[derive(Clone, Debug)]
pub(crate) struct Unknown {
    pub(crate) from: Day,
    pub(crate) reason: UnknownReason,
}

/// The entry of a step that was refused, and the reason.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) entry: EntryId,
    pub(crate) error: Error,
}

impl Refused {
    /// The more helpful of two refusals of the same step at two places: the one where it lacks only
    /// a source or a party, or else the first.
    pub(super) fn or(self, other: Self) -> Self {
        let lacks_only =
            |refused: &Self| matches!(refused.error, Error::MissingSources { .. } | Error::WrongParty { .. });
        if lacks_only(&other) && !lacks_only(&self) { other } else { self }
    }
}

/// The replay of one commitment up to some point.
#[derive(Clone, Debug)]
pub(crate) struct Replay<'a> {
    pub(super) context: ReplayContext<'a>,
    pub(crate) timeline: Timeline<'a>,
    /// The recorded steps, in the order of the path. A replay that continues a timeline has only
    /// the later ones here; `steps_before` is the number of the others.
    steps: Vec<&'a Entry>,
    steps_before: u32,
    /// The earliest possible time of the current visit.
    pub(super) position: (Day, DayPart),
    /// The indexes of steps of the current day that state what an end clock of the day will do.
    awaiting: Vec<u32>,
    pub(crate) unknown: Option<Unknown>,
    /// The entries of steps that were legal only because of a presumed status.
    pub(crate) on_presumption: Vec<EntryId>,
}

/// A point to which a replay can return.
struct Mark {
    visits: usize,
    on_presumption: usize,
    awaiting: usize,
    position: (Day, DayPart),
    unknown: Option<Unknown>,
}

impl<'a> Replay<'a> {
    /// Creates a replay that is at the opening. Refused if the procedure does not have its status.
    pub(crate) fn open(
        context: ReplayContext<'a>,
        registered: &'a Entry,
        (status, on): (&Slug, Date),
    ) -> Result<Self, Refused> {
        let refused = |error| Refused { entry: registered.id(), error };
        let status = context
            .procedure
            .status_index(status.as_str())
            .ok_or_else(|| refused(unknown_status(&context, status.clone())))?;
        Ok(Self::from(context, Timeline::opening(status, on), 0))
    }

    /// Creates a replay that continues a timeline with `steps_before` recorded steps. None of them
    /// may be later than the steps that follow.
    pub(crate) fn from(context: ReplayContext<'a>, timeline: Timeline<'a>, steps_before: u32) -> Self {
        let position = position_of(&timeline);
        Self {
            context,
            timeline,
            steps: Vec::new(),
            steps_before,
            position,
            awaiting: Vec::new(),
            unknown: None,
            on_presumption: Vec::new(),
        }
    }

    /// Takes steps, which must be in the order of the path, and settles them.
    pub(crate) fn take_all(&mut self, steps: &[&'a Entry]) -> Result<(), Refused> {
        // A step happened by the last possible day of each later step.
        let last_days = steps.iter().rev().scan(None, |last: &mut Option<Day>, step| {
            let day = step.day();
            *last = last.map_or(day, |last| day.map(|day| day.min(last)));
            Some(*last)
        });
        let mut last_days: Vec<Option<Day>> = last_days.collect();
        last_days.reverse();
        for (step, last_day) in steps.iter().zip(last_days) {
            self.take(step, last_day)?;
        }
        self.settle()
    }

    /// Takes one more step, on a day after all others, and settles it. If the step is refused, the
    /// replay stays as it was.
    pub(crate) fn extend(&mut self, step: &'a Entry) -> Result<(), Refused> {
        let before = self.mark();
        let done = self.take(step, step.day()).and_then(|()| self.settle());
        if done.is_err() {
            self.reset(before);
            self.steps.pop();
        }
        done
    }

    /// Returns a replay that has reached the end of `day`: with the visits that have certainly
    /// happened by then, and with the clocks that have fired since.
    pub(crate) fn at(&self, day: Day) -> Self {
        let mut timeline = self.timeline.clone();
        timeline.truncate(timeline.certain_by(day));
        let context = ReplayContext { deposits: self.context.deposits.by(day), ..self.context.clone() };
        let steps = self.steps_before.saturating_add(u32::try_from(self.steps.len()).unwrap_or(u32::MAX));
        let certain = timeline.len();
        let mut replay = Self::from(context, timeline, steps);
        replay.run_to(day);
        replay.unknown = self.timeline.doubt_at(certain, day).or(replay.unknown);
        replay
    }

    /// Returns a replay with all visits that may have happened by the end of `day`. `None` if all
    /// of them are certain.
    pub(crate) fn ahead(&self, day: Day) -> Option<Self> {
        let last = self.timeline.possible_by(day).last()?;
        let mut ahead = self.clone();
        ahead.timeline.truncate(last + 1);
        ahead.position = position_of(&ahead.timeline);
        Some(ahead)
    }

    pub(crate) fn procedure(&self) -> &'a Procedure {
        self.context.procedure
    }

    /// The visits that may have happened by the end of `day`, but are not certain: recorded ones,
    /// and those to which clocks may have led from there.
    pub(crate) fn possible_by(&self, day: Day) -> Vec<Visit> {
        let recorded: Vec<usize> = self.timeline.possible_by(day).collect();
        let mut possible: Vec<Visit> = recorded.iter().filter_map(|index| self.timeline.get(*index)).copied().collect();
        if self.context.procedure.clocks.is_empty() {
            return possible;
        }
        for index in recorded {
            let mut here = self.clone();
            here.timeline.truncate(index + 1);
            here.context.deposits = self.context.deposits.by(day);
            here.position = position_of(&here.timeline);
            here.add_clocks(day, &mut possible, MAX_CLOCKS_IN_A_ROW);
        }
        possible
    }

    /// Adds the visits to which clocks may lead by the end of `day`, at most `depth` in a row.
    fn add_clocks(&self, day: Day, possible: &mut Vec<Visit>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for (clock, on, part) in self.clocks_by(day) {
            let mut after = self.clone();
            after.fire(clock, on, part);
            let Some(visit) = after.here().copied() else { continue };
            if possible.iter().all(|other| other.status != visit.status) {
                possible.push(visit);
                after.add_clocks(day, possible, depth);
            }
        }
    }

    fn mark(&self) -> Mark {
        Mark {
            visits: self.timeline.len(),
            on_presumption: self.on_presumption.len(),
            awaiting: self.awaiting.len(),
            position: self.position,
            unknown: self.unknown.clone(),
        }
    }

    fn reset(&mut self, mark: Mark) {
        self.timeline.truncate(mark.visits);
        self.on_presumption.truncate(mark.on_presumption);
        self.awaiting.truncate(mark.awaiting);
        (self.position, self.unknown) = (mark.position, mark.unknown);
    }

    /// The current visit.
    pub(super) fn here(&self) -> Option<&Visit> {
        self.timeline.last()
    }

    pub(crate) fn status(&self, visit: &Visit) -> Option<&'a Status> {
        let procedure: &'a Procedure = self.context.procedure;
        procedure.statuses.get(usize::from(visit.status))
    }

    pub(crate) fn deposits(&self) -> &Deposits {
        &self.context.deposits
    }

    /// The entry of a step, by its index. `None` if the replay does not have the entry.
    pub(super) fn entry(&self, step: u32) -> Option<&'a Entry> {
        self.steps.get(step.checked_sub(self.steps_before)? as usize).copied()
    }

    /// The status that a step leads to, in the procedure.
    pub(super) fn to<'s>(&'s self, step: &'s Entry) -> &'s str {
        self.context.translation.to(step)
    }

    /// Lets the clocks run to the end of `day`.
    pub(crate) fn run_to(&mut self, day: Day) {
        self.run_clocks((day, DayPart::End));
    }

    /// Takes a step that has happened by the end of `last_day`.
    ///
    /// If the date of the step is imprecise, clocks may fire on its possible days. The step then
    /// comes after as many of them as the procedure allows.
    fn take(&mut self, entry: &'a Entry, last_day: Option<Day>) -> Result<(), Refused> {
        let (Kind::Advance, Some(date), Some(last_day)) = (entry.kind, entry.on(), last_day) else {
            return Ok(());
        };
        let step = self.steps_before.saturating_add(u32::try_from(self.steps.len()).unwrap_or(u32::MAX));
        self.steps.push(entry);
        let waiting = self.awaiting.first().and_then(|step| self.entry(*step)?.on());
        if waiting.is_some_and(|waiting| waiting != date) {
            self.settle()?;
        }
        let Some(status) = self.context.procedure.status_index(self.to(entry)) else {
            let error = unknown_status(&self.context, slug(self.to(entry)));
            return Err(Refused { entry: entry.id(), error });
        };
        let mut first_refusal: Option<Refused> = None;
        let (mut limit, mut on) = ((last_day, DayPart::Start), date);
        loop {
            let before = self.mark();
            self.run_clocks(limit);
            let taken_after = self.timeline.len();
            let mut refused = match self.take_now(step, status, on) {
                Ok(()) => {
                    self.doubt_clocks(&before, taken_after, step, status, on);
                    return Ok(());
                }
                Err(refused) => refused,
            };
            for (clock, fires, part) in self.uncertain_clocks(last_day) {
                // The step may show that this clock has fired.
                let uncertain = self.mark();
                self.fire(clock, fires, part);
                self.run_clocks(limit);
                match self.take_now(step, status, on) {
                    Ok(()) => return Ok(()),
                    Err(other) => refused = refused.or(other),
                }
                self.reset(uncertain);
            }
            refused = match first_refusal.take() {
                Some(first) => first.or(refused),
                None => refused,
            };
            let fired = self.timeline.last().filter(|last| {
                let is_new = self.timeline.len() > before.visits && last.step().is_none();
                is_new && last.on.last_day() >= date.first_day() && date.exact_day().is_none()
            });
            let earlier = fired.and_then(|fired| match fired.part {
                DayPart::Start => fired.on.last_day().previous(),
                DayPart::Steps | DayPart::End => Some(fired.on.last_day()),
            });
            self.reset(before);
            match earlier.filter(|earlier| *earlier >= date.first_day()) {
                Some(earlier) => {
                    first_refusal = Some(refused);
                    limit = (earlier, DayPart::Start);
                    on = Date::between(date.first_day(), earlier);
                }
                None => return Err(refused),
            }
        }
    }

    /// Marks the clocks that fired on the possible days of a step as doubtful, from the first one
    /// before which the step would be legal too. `end` is the index of the step.
    fn doubt_clocks(&mut self, before: &Mark, end: usize, step: u32, status: u16, on: Date) {
        let is_within = |visit: &Visit| on.exact_day().is_none() && on.first_day() <= visit.on.last_day();
        let start = (before.visits..end).find(|index| {
            self.timeline.get(*index).is_some_and(is_within) && {
                let mut earlier = self.clone();
                earlier.timeline.truncate(*index);
                earlier.position = position_of(&earlier.timeline);
                let taken = earlier.step(step, status, on).is_ok();
                // The step of the clock itself does not come before that clock.
                let cause = |replay: &Self| replay.timeline.get(*index).map(|visit| visit.cause);
                taken && cause(&earlier) != cause(self)
            }
        });
        if let Some(start) = start {
            self.timeline.doubt(start, end);
            self.timeline.believe(end);
        }
    }

    /// Takes a step now, after the clocks that have fired so far.
    fn take_now(&mut self, step: u32, status: u16, on: Date) -> Result<(), Refused> {
        let Some((entry, date)) = self.entry(step).and_then(|entry| Some((entry, entry.on()?))) else { return Ok(()) };
        if self.corroborate(status, on, step) {
            return Ok(());
        }
        if let Some(opening) = self.timeline.first().filter(|opening| date.last_day() < opening.on.first_day()) {
            let opens_at = self.status(opening).map_or_else(|| slug(self.to(entry)), |status| status.id.clone());
            let error = Error::BeforeOpening {
                commitment: slug(self.context.commitment),
                to: slug(self.to(entry)),
                on: date,
                opens: opening.on,
                status: opens_at,
            };
            return Err(Refused { entry: entry.id(), error });
        }
        if self.confirms_end_clock(entry, status) {
            self.awaiting.push(step);
            return Ok(());
        }
        self.step(step, status, on)
    }

    /// Whether a step states what an end clock of its day will do. A step that a transition allows
    /// does not: it is that transition.
    fn confirms_end_clock(&self, entry: &Entry, status: u16) -> bool {
        let Some(day) = entry.on().and_then(Date::exact_day) else { return false };
        let is_transition =
            self.here().is_some_and(|here| self.context.procedure.transition_between(here.status, status).is_some());
        let ends_today = |running: ActiveClock<'_>| {
            running.clock.to == *self.to(entry) && running.clock.fires == Edge::End && running.due == Due::On(day)
        };
        !is_transition && self.running().any(ends_today)
    }

    /// Notes a step that repeats a visit to the same status on the same day, or the current visit
    /// if their dates overlap. Such a step is no transition: it corroborates or confirms the visit.
    /// Returns `false` if there is no such visit.
    pub(super) fn corroborate(&mut self, status: u16, on: Date, step: u32) -> bool {
        // Usually there is no visit on that day yet.
        if self.here().is_none_or(|here| here.on.last_day() < on.first_day()) {
            return false;
        }
        let visit_today = |visit: &Visit| visit.on.last_day() >= on.first_day();
        let today = self.timeline.rposition(|visit| !visit_today(visit)).map_or(0, |last| last + 1);
        // A step that comes `after` a visit later than the match goes back on the same day. It is a
        // step of its own.
        let said_by = |index: usize, id: EntryId| {
            let said = |step: u32| self.entry(step).is_some_and(|entry| entry.id() == id);
            self.timeline.get(index).and_then(Visit::step).is_some_and(said) || self.timeline.also(index).any(said)
        };
        let after = self.entry(step).and_then(Entry::after);
        let after = after.and_then(|id| (today..self.timeline.len()).find(|index| said_by(*index, id)));
        let first = after.unwrap_or(today);
        let same = |visit: &Visit| visit.on == on && on.exact_day().is_some() && visit.status == status;
        let current = self.timeline.len().saturating_sub(1);
        let repeats = self.context.procedure.transition_between(status, status).is_some();
        // An imprecise step may be the transition that the procedure allows before the clock.
        let is_of_a_clock = |index: usize, visit: &Visit| {
            let before = index.checked_sub(1).and_then(|before| self.timeline.get(before));
            let leads = |before: &Visit| self.context.procedure.transition_between(before.status, status).is_some();
            matches!(visit.cause, Cause::Clock(_)) && on.exact_day().is_none() && before.is_some_and(leads)
        };
        let is_current = |index: usize, visit: &Visit| {
            let is_same = index == current && visit.status == status && visit.on.overlaps(on);
            is_same && !repeats && !is_of_a_clock(index, visit)
        };
        let found = (first..self.timeline.len())
            .find(|index| self.timeline.get(*index).is_some_and(|visit| same(visit) || is_current(*index, visit)));
        let Some(index) = found else { return false };
        self.timeline.say_again(index, step, on);
        true
    }

    /// Takes the steps that wait for an end clock, at the end of their day.
    pub(crate) fn settle(&mut self) -> Result<(), Refused> {
        for step in std::mem::take(&mut self.awaiting) {
            let Some((entry, on)) = self.entry(step).and_then(|entry| Some((entry, entry.on()?))) else { continue };
            let Some(status) = self.context.procedure.status_index(self.to(entry)) else { continue };
            self.run_clocks((on.last_day(), DayPart::End));
            if !self.corroborate(status, on, step) {
                self.step(step, status, on)?;
            }
        }
        Ok(())
    }
}

/// The earliest possible time of the last visit.
fn position_of(timeline: &Timeline<'_>) -> (Day, DayPart) {
    let times = timeline.from(0).map(|visit| (visit.on.first_day(), visit.part));
    times.max().unwrap_or((Day::FIRST, DayPart::Start))
}

/// Parses an id that was checked when its entry was read.
pub(crate) fn slug(text: &str) -> Slug {
    text.parse().unwrap_or(Slug::from_static("unnamed"))
}

fn unknown_status(context: &ReplayContext<'_>, status: Slug) -> Error {
    let statuses: Vec<Slug> = context.procedure.statuses.iter().map(|status| status.id.clone()).collect();
    Error::UnknownStatus {
        procedure: context.definitions.pin(context.procedure),
        nearest: nearest(status.as_str(), &statuses),
        status,
        statuses,
    }
}

//! The path of one commitment through its procedure, day by day: recorded steps, and the steps of clocks between them.

use std::sync::Arc;

use crate::Error;
use crate::entry::{ClockRules, Entry, Kind, RegisteredTerms};
use crate::procedure::{Due, Edge, Procedure, Status, UnknownReason};
use crate::replay::{ActiveClock, Definitions, Timeline, Visit};
use crate::treaty::Instrument;
use crate::value::{Day, EntryId, Slug, nearest};

/// What a path depends on beside the steps themselves.
#[derive(Clone, Debug)]
pub(crate) struct ReplayContext<'a> {
    /// The commitment's id.
    pub(crate) commitment: &'a str,
    pub(crate) procedure: &'a Procedure,
    pub(crate) definitions: &'a Definitions,
    /// What the commitment itself gives.
    pub(crate) given: Option<Arc<ClockRules>>,
    pub(crate) deposits: Deposits,
    /// The day to which the record is attested to be complete.
    pub(crate) attested: Option<Day>,
}

/// What was deposited.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deposits {
    /// The days of the first deposits of distinct parties, in order.
    pub(crate) days: Vec<Day>,
    /// The same and all others, where a treaty's rule weighs them.
    pub(crate) instruments: Vec<Instrument>,
}

impl Deposits {
    /// Those by the end of a day.
    pub(crate) fn by(&self, day: Day) -> Self {
        let instruments = self.instruments.iter().filter(|instrument| instrument.on <= day);
        Self {
            days: self.days.iter().copied().filter(|on| *on <= day).collect(),
            instruments: instruments.cloned().collect(),
        }
    }
}

/// A part of a day. Order matters: start clocks, recorded steps, end clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DayPart {
    Start,
    Steps,
    End,
}

impl From<Edge> for DayPart {
    fn from(edge: Edge) -> Self {
        match edge {
            Edge::Start => Self::Start,
            Edge::End => Self::End,
        }
    }
}

/// From when on the status is unknown, and why.
#[derive(Clone, Debug)]
pub(crate) struct Unknown {
    pub(crate) from: Day,
    pub(crate) reason: UnknownReason,
}

/// Why a step was not taken, and which.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) entry: EntryId,
    pub(crate) error: Error,
}

/// The path up to some point.
#[derive(Clone, Debug)]
pub(crate) struct Replay<'a> {
    pub(super) context: ReplayContext<'a>,
    pub(crate) timeline: Timeline<'a>,
    /// The steps recorded, in the order of the path. What a replay goes on from has its steps elsewhere: so many.
    steps: Vec<&'a Entry>,
    steps_before: u32,
    pub(super) position: (Day, DayPart),
    /// Entries of the current day that state what an end clock of the day will do.
    awaiting: Vec<u32>,
    pub(crate) unknown: Option<Unknown>,
    /// The steps that were legal only because of a presumption.
    pub(crate) on_presumption: Vec<EntryId>,
}

impl<'a> Replay<'a> {
    /// A path that has just opened.
    pub(crate) fn open(
        context: ReplayContext<'a>,
        registered: &'a Entry,
        terms: &RegisteredTerms,
    ) -> Result<Self, Refused> {
        let (status, on) = terms.opens(context.procedure);
        let refused = |error| Refused { entry: registered.id(), error };
        let status = context
            .procedure
            .status_index(status.as_str())
            .ok_or_else(|| refused(unknown_status(&context, status.clone())))?;
        Ok(Self::from(context, Timeline::opening(status, on.last_day()), 0))
    }

    /// A path that goes on from timeline of which so many steps are recorded, the last of them not later than what comes.
    pub(crate) fn from(context: ReplayContext<'a>, timeline: Timeline<'a>, steps_before: u32) -> Self {
        let position = timeline.last().map_or((Day::FIRST, DayPart::Start), |here| (here.on, here.part));
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

    /// Takes steps in the order given, which is that of the path. [`settle`](Replay::settle) comes after the last.
    pub(crate) fn take_all(&mut self, steps: impl IntoIterator<Item = &'a Entry>) -> Result<(), Refused> {
        steps.into_iter().try_for_each(|step| self.take(step))
    }

    /// Takes one more step, on a day after all others; the path is as it was if the step is refused.
    pub(crate) fn extend(&mut self, step: &'a Entry) -> Result<(), Refused> {
        let before = (self.timeline.len(), self.on_presumption.len(), self.position, self.unknown.clone());
        let done = self.take(step).and_then(|()| self.settle());
        if done.is_err() {
            let (timeline, rests);
            (timeline, rests, self.position, self.unknown) = before;
            self.timeline.truncate(timeline);
            self.on_presumption.truncate(rests);
            self.awaiting.clear();
            self.steps.pop();
        }
        done
    }

    /// Where the path stands.
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

    /// A step that was taken up, by its number.
    pub(super) fn entry(&self, step: u32) -> Option<&'a Entry> {
        self.steps.get(step.checked_sub(self.steps_before)? as usize).copied()
    }

    /// Lets the clocks run to the end of `day`.
    pub(crate) fn run_to(&mut self, day: Day) {
        self.run_clocks((day, DayPart::End));
    }

    fn take(&mut self, entry: &'a Entry) -> Result<(), Refused> {
        let (Kind::Advance, Some(date)) = (entry.kind, entry.on()) else {
            return Ok(());
        };
        let step = self.steps_before.saturating_add(u32::try_from(self.steps.len()).unwrap_or(u32::MAX));
        self.steps.push(entry);
        let day = date.last_day();
        let waiting = self.awaiting.first().and_then(|step| self.entry(*step)?.day());
        if waiting.is_some_and(|waiting| waiting < day) {
            self.settle()?;
        }
        self.run_clocks((day, DayPart::Start));
        let refused = |error| Err(Refused { entry: entry.id(), error });
        let Some(status) = self.context.procedure.status_index(entry.to()) else {
            return refused(unknown_status(&self.context, slug(entry.to())));
        };
        if self.corroborate(status, day, step) {
            return Ok(());
        }
        if let Some(opening) = self.timeline.first().filter(|opening| day < opening.on) {
            let opens_at = self.status(opening).map_or_else(|| slug(entry.to()), |status| status.id.clone());
            return refused(Error::BeforeOpening {
                commitment: slug(self.context.commitment),
                to: slug(entry.to()),
                on: date,
                opens: opening.on,
                status: opens_at,
            });
        }
        let ends_today = |running: &ActiveClock<'_>| {
            running.clock.to == *entry.to() && running.clock.fires == Edge::End && running.due == Due::On(day)
        };
        if self.running().any(|running| ends_today(&running)) {
            self.awaiting.push(step);
            return Ok(());
        }
        self.step(step, status)
    }

    /// A step to the status and day that something else already gave is no transition: it corroborates, or confirms.
    pub(super) fn corroborate(&mut self, status: u16, day: Day, step: u32) -> bool {
        // Usually nothing else is of that day.
        if self.here().is_none_or(|here| here.on < day) {
            return false;
        }
        let today = self.timeline.partition_point(|visit| visit.on < day);
        // An entry that says it comes after something later than the match is a way back on the same day, and a step of its own.
        let said_by = |index: usize, id: EntryId| {
            let said = |step: u32| self.entry(step).is_some_and(|entry| entry.id() == id);
            self.timeline.get(index).and_then(Visit::step).is_some_and(said) || self.timeline.also(index).any(said)
        };
        let after = self.entry(step).and_then(Entry::after);
        let after = after.and_then(|id| (today..self.timeline.len()).find(|index| said_by(*index, id)));
        let first = after.unwrap_or(today);
        let same = |visit: &Visit| visit.on == day && visit.status == status;
        let Some(index) = (first..self.timeline.len()).find(|index| self.timeline.get(*index).is_some_and(same)) else {
            return false;
        };
        self.timeline.say_again(index, step);
        true
    }

    /// What was recorded of an end clock's step is settled at the end of its day.
    pub(crate) fn settle(&mut self) -> Result<(), Refused> {
        for step in std::mem::take(&mut self.awaiting) {
            let Some((entry, day)) = self.entry(step).and_then(|entry| Some((entry, entry.day()?))) else { continue };
            let Some(status) = self.context.procedure.status_index(entry.to()) else { continue };
            self.run_clocks((day, DayPart::End));
            if !self.corroborate(status, day, step) {
                self.step(step, status)?;
            }
        }
        Ok(())
    }
}

/// Text that was checked when its entry was read.
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

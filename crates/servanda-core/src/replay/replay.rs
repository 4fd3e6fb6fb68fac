//! Replays one commitment from day to day: recorded steps, and the steps of clocks between them.

use std::sync::Arc;

use crate::Error;
use crate::entry::{ClockRules, Entry, Kind, RegisteredTerms};
use crate::procedure::{Due, Edge, Procedure, Status, UnknownReason};
use crate::replay::{ActiveClock, Definitions, Timeline, Visit};
use crate::treaty::Instrument;
use crate::value::{Day, EntryId, Slug, nearest};

/// The data that a replay needs in addition to the steps.
#[derive(Clone, Debug)]
pub(crate) struct ReplayContext<'a> {
    /// The commitment's id.
    pub(crate) commitment: &'a str,
    pub(crate) procedure: &'a Procedure,
    pub(crate) definitions: &'a Definitions,
    /// The rules that the commitment sets for its clocks, and its parties.
    pub(crate) given: Option<Arc<ClockRules>>,
    pub(crate) deposits: Deposits,
    /// The day to which the record is attested to be complete.
    pub(crate) attested: Option<Day>,
}

/// The deposits that are recorded about a commitment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deposits {
    /// The day of the first deposit of each party, in order.
    pub(crate) days: Vec<Day>,
    /// All deposited instruments. Empty unless a clock depends on a treaty's rule.
    pub(crate) instruments: Vec<Instrument>,
}

impl Deposits {
    /// The deposits by the end of a day.
    pub(crate) fn by(&self, day: Day) -> Self {
        let instruments = self.instruments.iter().filter(|instrument| instrument.on <= day);
        Self {
            days: self.days.iter().copied().filter(|on| *on <= day).collect(),
            instruments: instruments.cloned().collect(),
        }
    }
}

/// A part of a day. The order matters: start clocks, recorded steps, end clocks.
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

/// The replay of one commitment up to some point.
#[derive(Clone, Debug)]
pub(crate) struct Replay<'a> {
    pub(super) context: ReplayContext<'a>,
    pub(crate) timeline: Timeline<'a>,
    /// The recorded steps, in the order of the path. A replay that continues a timeline has only
    /// the later ones here; `steps_before` is the number of the others.
    steps: Vec<&'a Entry>,
    steps_before: u32,
    pub(super) position: (Day, DayPart),
    /// The indexes of steps of the current day that state what an end clock of the day will do.
    awaiting: Vec<u32>,
    pub(crate) unknown: Option<Unknown>,
    /// The entries of steps that were legal only because of a presumed status.
    pub(crate) on_presumption: Vec<EntryId>,
}

impl<'a> Replay<'a> {
    /// Creates a replay that is at the opening. Refused if the procedure does not have its status.
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

    /// Creates a replay that continues a timeline with `steps_before` recorded steps. None of them
    /// may be later than the steps that follow.
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

    /// Takes steps, which must be in the order of the path. Call [`settle`](Replay::settle) after
    /// the last one.
    pub(crate) fn take_all(&mut self, steps: impl IntoIterator<Item = &'a Entry>) -> Result<(), Refused> {
        steps.into_iter().try_for_each(|step| self.take(step))
    }

    /// Takes one more step, on a day after all others, and settles it. If the step is refused, the
    /// replay stays as it was.
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

    /// Notes a step that repeats a visit to the same status on the same day. Such a step is no
    /// transition: it corroborates or confirms the visit. Returns `false` if there is no such
    /// visit.
    pub(super) fn corroborate(&mut self, status: u16, day: Day, step: u32) -> bool {
        // Usually there is no visit on that day yet.
        if self.here().is_none_or(|here| here.on < day) {
            return false;
        }
        let today = self.timeline.partition_point(|visit| visit.on < day);
        // A step that comes `after` a visit later than the match goes back on the same day. It is a
        // step of its own.
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

    /// Takes the steps that wait for an end clock, at the end of their day.
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

//! Cached timelines, with which a ledger answers most questions without a replay.

use std::sync::Arc;

use crate::entry::{ClockRules, Entry, Kind, More, Obligation};
use crate::procedure::{Due, Phase, Procedure, Status};
use crate::replay::{
    Deadlines, Definitions, Deposits, END_OF_TIME, Folded, Judgement, MAX_CLOCKS_IN_A_ROW, NextClock, Promise, Replay,
    ReplayContext, Timeline, Visit,
};
use crate::value::{Date, Day, Deadline, Slug};

/// The timeline of a commitment by all entries on a ledger, without the entries themselves.
#[derive(Clone, Debug)]
pub(crate) struct CachedTimeline {
    made: Date,
    /// `None` for a matter without a promise.
    obligation: Option<Obligation>,
    opens_when_made: bool,
    deadlines: Deadlines,
    /// The procedure, if the ledger has it.
    procedure: Option<Arc<Procedure>>,
    given: Option<Arc<ClockRules>>,
    /// The deposits, if there are any.
    deposits: Option<Box<Deposits>>,
    attested: Option<Day>,
    /// The day from which an entry that this version does not understand may matter. `Some(None)`
    /// means from the start.
    not_understood: Option<Option<Day>>,
    /// The visits. Empty without a procedure, or if it does not have the status at which the
    /// history opens.
    timeline: Vec<Visit>,
    /// The number of recorded steps. `last_step` is the last of their possible days.
    steps: u32,
    last_step: Option<Day>,
    /// Whether there are no retractions and no conflicts. The timeline alone can then judge a step
    /// at its end.
    is_plain: bool,
}

/// Where a commitment stands on a day, derived from a cached timeline alone.
#[derive(Clone, Debug)]
pub(crate) struct Position<'a> {
    pub(crate) commitment: &'a Slug,
    /// The deadline in force on the day.
    pub(crate) deadline: Option<Deadline>,
    pub(crate) phase: Option<Phase>,
    pub(crate) presumed: bool,
    pub(crate) since: Option<Date>,
    pub(crate) judgement: Judgement,
    /// The statuses that the commitment may have reached since.
    pub(crate) may_have: Vec<Slug>,
    /// The procedure, and the index of the status.
    at: Option<(Arc<Procedure>, u16)>,
}

impl Position<'_> {
    /// The status, if known.
    pub(crate) fn status(&self) -> Option<&Status> {
        let (procedure, index) = self.at.as_ref()?;
        procedure.statuses.get(usize::from(*index))
    }
}

impl Folded<'_> {
    /// Converts the fold to a cached timeline.
    pub(crate) fn into_cached(self) -> CachedTimeline {
        let deadlines = self.deadlines();
        let attested = self.attested();
        let not_understood = self.not_understood().map(|(_, since)| since);
        let is_plain = self.retracted.is_empty() && self.conflicts.is_empty();
        let replay = self.path.filter(|_| self.procedure.is_some());
        let deposits =
            replay.as_ref().map(|replay| replay.deposits().clone()).filter(|deposits| !deposits.first_days.is_empty());
        CachedTimeline {
            made: self.terms.made,
            obligation: self.terms.obligation,
            opens_when_made: self.terms.opening.is_none(),
            deadlines,
            procedure: self.procedure.cloned(),
            given: self.given,
            attested,
            not_understood,
            steps: u32::try_from(self.steps.len()).unwrap_or(u32::MAX),
            last_step: self.steps.iter().filter_map(|step| step.day()).max(),
            is_plain,
            deposits: deposits.map(Box::new),
            timeline: replay.map_or_else(Vec::new, |replay| replay.timeline.into_all()),
        }
    }
}

impl CachedTimeline {
    /// Whether all entries about the commitment count: none is retracted or in conflict.
    pub(crate) fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Adds an entry that became known after all others, or together with those added last. Returns
    /// `false` if the timeline cannot be extended and has to be computed again.
    pub(crate) fn take(&mut self, commitment: &str, entry: &Entry, definitions: &Definitions) -> bool {
        match entry.kind {
            Kind::Remark | Kind::Cite | Kind::Amend | Kind::Link | Kind::Assign | Kind::Unassign | Kind::Measure => {
                true
            }
            Kind::Advance => {
                let is_plain = |more: &More| *more == More { batch: more.batch, ..More::default() };
                entry.more.as_deref().is_none_or(is_plain) && self.go_on(commitment, entry, definitions)
            }
            _ => false,
        }
    }

    /// Whether the timeline alone shows that a step can be taken. If it returns `false`, the caller
    /// has to fold the entries to know.
    pub(crate) fn allows(&self, commitment: &str, step: &Entry, definitions: &Definitions) -> bool {
        step.more.is_none() && self.extended(commitment, step, definitions).is_some()
    }

    fn go_on(&mut self, commitment: &str, step: &Entry, definitions: &Definitions) -> bool {
        let Some((held, new)) = self.extended(commitment, step, definitions) else { return false };
        self.timeline.truncate(held);
        self.timeline.extend(new);
        self.steps += 1;
        self.last_step = self.last_step.max(step.day());
        true
    }

    /// Extends the timeline by a step on a day after all others. Returns the number of visits that
    /// stay, and the new visits. `None` if the timeline alone cannot judge the step.
    fn extended(&self, commitment: &str, step: &Entry, definitions: &Definitions) -> Option<(usize, Vec<Visit>)> {
        let first_day = step.on().map(Date::first_day);
        // A clock may fire on one of the days of an imprecise date. Only a fold decides which is
        // first.
        let is_exact = first_day == step.day();
        let is_at_the_end = step.kind == Kind::Advance && is_exact && self.last_step < first_day;
        if !is_at_the_end || !self.is_plain || self.not_understood.is_some() || self.timeline.is_empty() {
            return None;
        }
        let context = self.context(
            commitment,
            self.procedure.as_ref()?,
            definitions,
            self.deposits.as_deref().cloned().unwrap_or_default(),
        );
        let mut replay = Replay::from(context, Timeline::following(&self.timeline), self.steps);
        replay.extend(step).ok()?;
        Some(replay.timeline.into_new())
    }

    fn context<'a>(
        &self,
        commitment: &'a str,
        procedure: &'a Procedure,
        definitions: &'a Definitions,
        deposits: Deposits,
    ) -> ReplayContext<'a> {
        ReplayContext {
            commitment,
            procedure,
            // Only steps that were recorded after the last repin are taken.
            translation: Arc::default(),
            definitions,
            given: self.given.clone(),
            opens_midway: !self.opens_when_made,
            deposits,
            attested: self.attested,
        }
    }

    /// The days on which clocks fire or may fire. `None` if they cannot be known in advance.
    pub(crate) fn clock_days(&self, commitment: &Slug, definitions: &Definitions) -> Option<Vec<Day>> {
        let mut days = Vec::new();
        let Some(procedure) = self.procedure.as_ref().filter(|procedure| !procedure.clocks.is_empty()) else {
            return Some(days);
        };
        // The deposits made by the day of a view can move the days of clocks earlier or later.
        if self.deposits.is_some() || self.not_understood.is_some() {
            return None;
        }
        let walk_from = |timeline| {
            let context = self.context(commitment.as_str(), procedure, definitions, Deposits::default());
            Replay::from(context, timeline, self.steps)
        };
        days.extend(self.timeline.iter().flat_map(|visit| [visit.on.first_day(), visit.on.last_day()]));
        for held in 1..self.timeline.len() {
            days.extend(dues(&walk_from(Timeline::following(self.timeline.get(..held)?))));
        }
        let mut replay = walk_from(Timeline::following(&self.timeline));
        for _ in 0..MAX_CLOCKS_IN_A_ROW {
            days.extend(dues(&replay));
            match replay.next_clock(END_OF_TIME) {
                Some(NextClock::Fires(clock, on, part)) => replay.fire(clock, on, part),
                Some(NextClock::Unknown(_)) | None => return Some(days),
            }
        }
        None
    }

    /// Where the commitment stood at the end of a day.
    pub(crate) fn position<'a>(&self, commitment: &'a Slug, on: Day, definitions: &Definitions) -> Position<'a> {
        let unknown = Position {
            commitment,
            deadline: self.deadlines.on(on),
            phase: None,
            presumed: false,
            since: None,
            judgement: Judgement::default(),
            may_have: Vec::new(),
            at: None,
        };
        let understood = self.not_understood.is_none_or(|since| since.is_some_and(|since| since > on));
        let all = Timeline::following(&self.timeline);
        let timeline = self.timeline.get(..all.certain_by(on)).unwrap_or_default();
        let Some(procedure) = self.procedure.as_ref().filter(|_| understood && !timeline.is_empty()) else {
            return unknown;
        };
        let mut path = Timeline::following(timeline);
        if !procedure.clocks.is_empty() {
            let deposits = self.deposits.as_ref().map_or_else(Deposits::default, |deposits| deposits.by(on));
            let context = self.context(commitment.as_str(), procedure, definitions, deposits);
            let mut replay = Replay::from(context, path, self.steps);
            replay.run_to(on);
            if replay.unknown.is_some() || all.doubt_at(timeline.len(), on).is_some() {
                return unknown;
            }
            path = replay.timeline;
        }
        let Some(here) = path.last() else { return unknown };
        // Usually all dates are exact, and nothing is uncertain.
        let is_certain = all.possible_by(on).next().is_none();
        let possible = if is_certain {
            Vec::new()
        } else {
            let deposits = self.deposits.as_deref().cloned().unwrap_or_default();
            let context = self.context(commitment.as_str(), procedure, definitions, deposits);
            Replay::from(context, all, self.steps).possible_by(on)
        };
        let judgement = self.obligation.map_or_else(Judgement::default, |obligation| {
            let Self { made, opens_when_made, ref deadlines, .. } = *self;
            Promise { obligation, made, opens_when_made, deadlines }.judge(&path, possible.iter(), procedure, on)
        });
        let status = |visit: &Visit| procedure.statuses.get(usize::from(visit.status));
        Position {
            phase: status(here).map(|status| status.phase),
            presumed: here.presumed,
            since: Some(here.on),
            judgement,
            may_have: possible.iter().filter_map(|visit| Some(status(visit)?.id.clone())).collect(),
            at: Some((Arc::clone(procedure), here.status)),
            ..unknown
        }
    }
}

/// The days on which running clocks are due or may be due.
fn dues(replay: &Replay<'_>) -> impl Iterator<Item = Day> {
    replay
        .running()
        .flat_map(|running| match running.due {
            Due::On(day) => [Some(day), None],
            Due::Unknown { from, by, .. } => [Some(from), by],
            Due::Never => [None, None],
        })
        .flatten()
}

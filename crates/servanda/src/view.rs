//! Views that own their entries.

use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};

use servanda_core::{
    Agenda, Batch, Changes, Conflict, Day, Entry, Filter, Ledger, Moment, Parts, Party, Position, Procedure, Row, Span,
    Stale, Standing, Unmatched,
};

use crate::partial_ledger::{PartialLedger, Scope};
use crate::progress::{Report, no_progress};
use crate::state::State;
use crate::{Error, Progress, Result};

/// How many standings are computed between two progress reports.
const REPORT_INTERVAL: usize = 256;

/// The entries of a tracker when the view was taken, as of a day and, optionally, as known at a
/// moment. Later appends and merges do not change it.
///
/// ```
/// use servanda::{Day, Tracker};
///
/// let tracker = Tracker::in_memory("desk");
/// let view = tracker.view().on(Day::new(2013, 6, 1)?).known_at("2013-06-01T12:00:00.000000Z".parse()?);
/// assert_eq!(view.standing("jp/hague-convention").unwrap_err().code(), "unknown-commitment");
/// # Ok::<(), servanda::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct View {
    state: Arc<State>,
    part: Result<Arc<PartialLedger>>,
    /// Entries that are not on the ledger.
    extra: Vec<Entry>,
    /// The whole ledger with these entries, for answers that borrow from it.
    borrowed: OnceLock<Arc<Ledger>>,
    on: Day,
    known_at: Option<Moment>,
}

impl View {
    pub(crate) fn new(state: Arc<State>, part: Result<Arc<PartialLedger>>, on: Day) -> Self {
        Self { state, part, extra: Vec::new(), borrowed: OnceLock::new(), on, known_at: None }
    }

    /// Returns the view as of another day: what was the case at the end of that day.
    #[must_use]
    pub fn on(mut self, day: Day) -> Self {
        self.on = day;
        self
    }

    /// Returns the view as known at a moment: only what had been recorded by then, at that moment
    /// included.
    #[must_use]
    pub fn known_at(mut self, moment: Moment) -> Self {
        self.known_at = Some(moment);
        self
    }

    /// Returns the day of the view.
    #[must_use]
    pub fn day(&self) -> Day {
        self.on
    }

    /// Returns a view that also has these entries, such as those that
    /// [`Tracker::prepare`](crate::Tracker::prepare) returns.
    #[must_use]
    pub fn with(mut self, entries: impl IntoIterator<Item = Entry>) -> Self {
        self.extra.extend(entries);
        self.borrowed = OnceLock::new();
        self
    }

    fn part(&self) -> Result<&PartialLedger> {
        self.part.as_deref().map_err(Error::clone)
    }

    /// Returns a ledger that contains the scope.
    fn ledger(&self, scope: &Scope) -> Result<Arc<Ledger>> {
        self.ledger_with(scope, &mut no_progress)
    }

    fn ledger_with(&self, scope: &Scope, report: Report<'_>) -> Result<Arc<Ledger>> {
        let mut ledger = self.state.ledger(self.part()?, scope, report)?;
        if !self.extra.is_empty() {
            Arc::make_mut(&mut ledger).merge_entries(self.extra.iter().cloned());
        }
        Ok(ledger)
    }

    fn of<'a>(&self, ledger: &'a Ledger) -> servanda_core::View<'a> {
        let view = ledger.view_on(self.on);
        self.known_at.map_or(view, |moment| view.known_at(moment))
    }

    /// Adds the nearest known ids to an error about an unknown commitment.
    fn suggesting<T>(&self, answer: servanda_core::Result<T>) -> Result<T> {
        let part = self.part()?;
        answer.map_err(|error| self.state.suggest(part, error))
    }

    /// Returns the standing of one commitment.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if it was not registered by then.
    pub fn standing(&self, commitment: impl AsRef<str>) -> Result<Standing> {
        let commitment = commitment.as_ref();
        let ledger = self.ledger(&Scope::commitment(commitment))?;
        self.suggesting(self.of(&ledger).standing(commitment))
    }

    /// Returns the standings of all commitments that the filter accepts, sorted by id.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn standings(&self, filter: &Filter) -> Result<Vec<Standing>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).standings(filter))
    }

    /// Like [`standings`](View::standings), and reports progress. A database that has not been read
    /// completely yet is read first, with progress in entries. After that, progress is in
    /// commitments, every few hundred of them.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use servanda::{Error, Filter, Tracker};
    ///
    /// let (view, all) = (Tracker::in_memory("desk").view(), Filter::default());
    /// assert_eq!(view.standings_with(&all, |_| ControlFlow::Continue(())), view.standings(&all));
    /// assert_eq!(view.standings_with(&all, |_| ControlFlow::Break(())), Err(Error::Interrupted));
    /// ```
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place, and `interrupted`.
    pub fn standings_with(
        &self,
        filter: &Filter,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<Standing>> {
        let ledger = self.ledger_with(&Scope::All, &mut progress)?;
        let standings = self.of(&ledger).standings_with(filter, |done, total| {
            let due = done.is_multiple_of(REPORT_INTERVAL) || done == total;
            if due { progress(Progress::of(done, total)) } else { ControlFlow::Continue(()) }
        });
        match standings {
            ControlFlow::Continue(standings) => Ok(standings),
            ControlFlow::Break(()) => Err(Error::Interrupted),
        }
    }

    /// Returns brief standings of all commitments, sorted by id.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn briefs(&self) -> Result<Vec<Position<'_>>> {
        let ledger = self.ledger(&Scope::All)?;
        Ok(self.of(self.borrowed.get_or_init(|| ledger)).briefs().collect())
    }

    /// Returns the standings of all commitments that the filter accepts, sorted by id, as rows of a
    /// table: without history, evidence and next steps.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn rows(&self, filter: &Filter) -> Result<Vec<Row>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).rows(filter))
    }

    /// Like [`rows`](View::rows), and reports progress like
    /// [`standings_with`](View::standings_with).
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place, and `interrupted`.
    pub fn rows_with(
        &self,
        filter: &Filter,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<Row>> {
        let ledger = self.ledger_with(&Scope::All, &mut progress)?;
        let rows = self.of(&ledger).rows_with(filter, |done, total| {
            let due = done.is_multiple_of(REPORT_INTERVAL) || done == total;
            if due { progress(Progress::of(done, total)) } else { ControlFlow::Continue(()) }
        });
        match rows {
            ControlFlow::Continue(rows) => Ok(rows),
            ControlFlow::Break(()) => Err(Error::Interrupted),
        }
    }

    /// Returns why the step of a commitment to a status is not possible on the view's day, apart
    /// from missing sources. Returns `None` if it is possible.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if the status is not a slug.
    pub fn why_not(&self, commitment: impl AsRef<str>, to: impl AsRef<str>) -> Result<Option<servanda_core::Error>> {
        let (commitment, ledger) = (commitment.as_ref(), self.ledger(&Scope::commitment(commitment.as_ref()))?);
        let refused = self.of(&ledger).why_not(commitment, to.as_ref())?;
        Ok(match refused {
            None => None,
            Some(error) => match self.suggesting::<()>(Err(error)) {
                Err(Error::Core(error)) => Some(error),
                other => return other.map(|()| None),
            },
        })
    }

    /// Checks whether a batch could be appended, given the entries of this view.
    ///
    /// # Errors
    ///
    /// The error with which an append would be refused.
    pub fn check(&self, batch: impl Into<Batch>) -> Result<()> {
        let batch = batch.into();
        let mut ledger = self.state.ledger_for(self.part()?, &batch)?;
        if !self.extra.is_empty() {
            Arc::make_mut(&mut ledger).merge_entries(self.extra.iter().cloned());
        }
        self.suggesting(self.of(&ledger).check(batch))
    }

    /// Returns what falls within a range of days, for all commitments that the filter accepts:
    /// deadlines that apply on the view's day, and the days of clocks that run on it.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn agenda(&self, span: Span, filter: &Filter) -> Result<Agenda> {
        Ok(self.of(&*self.ledger(&Scope::All)?).agenda(span, filter))
    }

    /// Returns the differences between this view and another one: of another day, of another
    /// moment, or of a tracker with other entries. A commitment is compared if the filter accepts
    /// either of its two standings.
    ///
    /// ```
    /// use servanda::{Day, Filter, Tracker};
    ///
    /// let view = Tracker::in_memory("desk").view();
    /// let (march, june) = (view.clone().on(Day::new(2013, 3, 1)?), view.on(Day::new(2013, 6, 1)?));
    /// assert!(june.changes_since(&march, &Filter::default())?.commitments.is_empty());
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every error of reading from the place of either tracker.
    pub fn changes_since(&self, before: &View, filter: &Filter) -> Result<Changes> {
        let (then, now) = (before.ledger(&Scope::All)?, self.ledger(&Scope::All)?);
        Ok(self.of(&now).changes_since(&before.of(&then), filter))
    }

    /// Returns the standings of the parts of a commitment, and of their parts, that the filter
    /// accepts.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if the commitment was not registered by then.
    pub fn parts(&self, commitment: impl AsRef<str>, filter: &Filter) -> Result<Parts> {
        Ok(self.of(&*self.ledger(&Scope::All)?).parts(commitment.as_ref(), filter)?)
    }

    /// Returns the commitments without any event for at least this number of days that the filter
    /// accepts and that are not at rest. Those without an event for the longest time come first.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn stale(&self, at_least_days: u32, filter: &Filter) -> Result<Vec<Stale>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).stale(at_least_days, filter))
    }

    /// Returns the values of a filter that no commitment has: its party, procedure, topic and
    /// whole. They explain an empty answer.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn unmatched(&self, filter: &Filter) -> Result<Vec<Unmatched>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).unmatched(filter))
    }

    /// Returns every entry that contradicts others.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).conflicts())
    }

    /// Returns the procedures on the ledger.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn procedures(&self) -> Result<Vec<Arc<Procedure>>> {
        Ok(self.of(&*self.ledger(&Scope::definitions())?).procedures())
    }

    /// Returns the parties on the ledger.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn parties(&self) -> Result<Vec<Arc<Party>>> {
        Ok(self.of(&*self.ledger(&Scope::definitions())?).parties())
    }
}

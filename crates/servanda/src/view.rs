//! Views that own what they see.

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

/// How many standings are found out from one report to the next.
const REPORT_INTERVAL: usize = 256;

/// What a tracker held when the view was taken, as of a day and as of a moment. Later appends and merges do not change it.
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
    held: Result<Arc<PartialLedger>>,
    /// Entries that are not on the ledger.
    extra: Vec<Entry>,
    /// The whole ledger with these, once somebody has asked for what is borrowed from it.
    borrowed: OnceLock<Arc<Ledger>>,
    on: Day,
    known_at: Option<Moment>,
}

impl View {
    pub(crate) fn new(state: Arc<State>, held: Result<Arc<PartialLedger>>, on: Day) -> Self {
        Self { state, held, extra: Vec::new(), borrowed: OnceLock::new(), on, known_at: None }
    }

    /// The same view of another day: what was the case at its end.
    #[must_use]
    pub fn on(mut self, day: Day) -> Self {
        self.on = day;
        self
    }

    /// The same view of what had been written down by this moment, the moment itself included.
    #[must_use]
    pub fn known_at(mut self, moment: Moment) -> Self {
        self.known_at = Some(moment);
        self
    }

    /// The day the view is of.
    #[must_use]
    pub fn day(&self) -> Day {
        self.on
    }

    /// The same view of a ledger that has these entries too, such as [`Tracker::prepare`](crate::Tracker::prepare) gives.
    #[must_use]
    pub fn with(mut self, entries: impl IntoIterator<Item = Entry>) -> Self {
        self.extra.extend(entries);
        self.borrowed = OnceLock::new();
        self
    }

    fn held(&self) -> Result<&PartialLedger> {
        self.held.as_deref().map_err(Error::clone)
    }

    /// The ledger, with what an answer depends on.
    fn ledger(&self, scope: &Scope) -> Result<Arc<Ledger>> {
        self.ledger_with(scope, &mut no_progress)
    }

    fn ledger_with(&self, scope: &Scope, report: Report<'_>) -> Result<Arc<Ledger>> {
        let mut ledger = self.state.ledger(self.held()?, scope, report)?;
        if !self.extra.is_empty() {
            Arc::make_mut(&mut ledger).merge_entries(self.extra.iter().cloned());
        }
        Ok(ledger)
    }

    fn of<'a>(&self, ledger: &'a Ledger) -> servanda_core::View<'a> {
        let view = ledger.view_on(self.on);
        self.known_at.map_or(view, |moment| view.known_at(moment))
    }

    /// An error about an unknown commitment comes with the nearest that there is.
    fn suggesting<T>(&self, answer: servanda_core::Result<T>) -> Result<T> {
        let held = self.held()?;
        answer.map_err(|error| self.state.suggest(held, error))
    }

    /// Where one commitment stands.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if it was not registered by then.
    pub fn standing(&self, commitment: impl AsRef<str>) -> Result<Standing> {
        let commitment = commitment.as_ref();
        let ledger = self.ledger(&Scope::commitment(commitment))?;
        self.suggesting(self.of(&ledger).standing(commitment))
    }

    /// Where every commitment stands that the filter allows, in the order of their ids.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn standings(&self, filter: &Filter) -> Result<Vec<Standing>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).standings(filter))
    }

    /// As [`standings`](View::standings), and reports how far it has come: of a database first in entries that are read, unless they have been before, and then every few
    /// hundred commitments in these.
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
    /// What keeps the tracker from its ledger, and `interrupted`.
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

    /// Where every commitment stands, in brief, in the order of their ids.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn briefs(&self) -> Result<Vec<Position<'_>>> {
        let ledger = self.ledger(&Scope::All)?;
        Ok(self.of(self.borrowed.get_or_init(|| ledger)).briefs().collect())
    }

    /// Where every commitment stands that the filter allows, in the order of their ids, as rows of a table: without history, evidence and what
    /// can happen next.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn rows(&self, filter: &Filter) -> Result<Vec<Row>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).rows(filter))
    }

    /// As [`rows`](View::rows), and reports how far it has come, as [`standings_with`](View::standings_with) does.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger, and `interrupted`.
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

    /// Why the step of a commitment to a status is not possible on the view's day, without sources; nothing if it is.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if the status is not well-formed.
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

    /// Whether a batch could be appended, by what had been written down.
    ///
    /// # Errors
    ///
    /// The error with which an append would be refused.
    pub fn check(&self, batch: impl Into<Batch>) -> Result<()> {
        let batch = batch.into();
        let mut ledger = self.state.ledger_for(self.held()?, &batch)?;
        if !self.extra.is_empty() {
            Arc::make_mut(&mut ledger).merge_entries(self.extra.iter().cloned());
        }
        self.suggesting(self.of(&ledger).check(batch))
    }

    /// What lies within a span of days, of every commitment that the filter allows: deadlines that are in force on the view's
    /// day, and the days of clocks that run on it.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn agenda(&self, span: Span, filter: &Filter) -> Result<Agenda> {
        Ok(self.of(&*self.ledger(&Scope::All)?).agenda(span, filter))
    }

    /// What differs in this view from another: of another day, of another moment, or of a tracker that holds something else. Both
    /// standings of a commitment are compared if the filter allows either of them.
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
    /// What keeps a tracker from its ledger.
    pub fn changes_since(&self, before: &View, filter: &Filter) -> Result<Changes> {
        let (then, now) = (before.ledger(&Scope::All)?, self.ledger(&Scope::All)?);
        Ok(self.of(&now).changes_since(&before.of(&then), filter))
    }

    /// How the parts of a commitment stand, and the parts of its parts, of those that the filter allows.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if the commitment was not registered by then.
    pub fn parts(&self, commitment: impl AsRef<str>, filter: &Filter) -> Result<Parts> {
        Ok(self.of(&*self.ledger(&Scope::All)?).parts(commitment.as_ref(), filter)?)
    }

    /// The commitments to which nothing has happened for at least so many days, of those that the filter allows and that are not
    /// at rest; those first to which nothing has happened for longest.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn stale(&self, at_least_days: u32, filter: &Filter) -> Result<Vec<Stale>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).stale(at_least_days, filter))
    }

    /// The values of a filter that no commitment has: of its party, procedure, topic and whole. They explain an answer in which
    /// there is nothing.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn unmatched(&self, filter: &Filter) -> Result<Vec<Unmatched>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).unmatched(filter))
    }

    /// Every entry that does not fit with the others.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).conflicts())
    }

    /// The procedures that the ledger has.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn procedures(&self) -> Result<Vec<Arc<Procedure>>> {
        Ok(self.of(&*self.ledger(&Scope::definitions())?).procedures())
    }

    /// The parties that the ledger has.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn parties(&self) -> Result<Vec<Arc<Party>>> {
        Ok(self.of(&*self.ledger(&Scope::definitions())?).parties())
    }
}

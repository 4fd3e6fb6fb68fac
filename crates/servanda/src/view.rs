//! Views that own what they see.

use std::sync::Arc;

use servanda_core::{
    Agenda, Batch, Brief, Changes, Conflict, Day, Filter, Ledger, Moment, Parts, Party, Procedure, Span, Stale,
    Standing,
};

use crate::{Error, Result};

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
    ledger: Result<Arc<Ledger>>,
    on: Day,
    known_at: Option<Moment>,
}

impl View {
    pub(crate) fn new(ledger: Result<Arc<Ledger>>, on: Day) -> Self {
        Self { ledger, on, known_at: None }
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

    fn borrowed(&self) -> Result<servanda_core::View<'_>> {
        let view = self.ledger.as_ref().map_err(Error::clone)?.view_on(self.on);
        Ok(self.known_at.map_or(view, |moment| view.known_at(moment)))
    }

    /// Where one commitment stands.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if it was not registered by then.
    pub fn standing(&self, commitment: impl AsRef<str>) -> Result<Standing> {
        Ok(self.borrowed()?.standing(commitment.as_ref())?)
    }

    /// Where every commitment stands that the filter allows, in the order of their ids.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn standings(&self, filter: &Filter) -> Result<Vec<Standing>> {
        Ok(self.borrowed()?.standings(filter))
    }

    /// Where every commitment stands, in brief, in the order of their ids.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn briefs(&self) -> Result<Vec<Brief<'_>>> {
        Ok(self.borrowed()?.briefs().collect())
    }

    /// Why the step of a commitment to a status is not possible on the view's day, without sources; nothing if it is.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if the status is not well-formed.
    pub fn why_not(&self, commitment: impl AsRef<str>, to: impl AsRef<str>) -> Result<Option<servanda_core::Error>> {
        Ok(self.borrowed()?.why_not(commitment.as_ref(), to.as_ref())?)
    }

    /// Whether a batch could be appended, by what had been written down.
    ///
    /// # Errors
    ///
    /// The error with which an append would be refused.
    pub fn check(&self, batch: impl Into<Batch>) -> Result<()> {
        Ok(self.borrowed()?.check(batch)?)
    }

    /// What lies within a span of days, of every commitment that the filter allows: deadlines that are in force on the view's
    /// day, and the days of clocks that run on it.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn agenda(&self, span: Span, filter: &Filter) -> Result<Agenda> {
        Ok(self.borrowed()?.agenda(span, filter))
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
        Ok(self.borrowed()?.changes_since(&before.borrowed()?, filter))
    }

    /// How the parts of a commitment stand, and the parts of its parts, of those that the filter allows.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if the commitment was not registered by then.
    pub fn parts(&self, commitment: impl AsRef<str>, filter: &Filter) -> Result<Parts> {
        Ok(self.borrowed()?.parts(commitment.as_ref(), filter)?)
    }

    /// The commitments to which nothing has happened for at least so many days, of those that the filter allows and that are not
    /// at rest; those first to which nothing has happened for longest.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn stale(&self, at_least_days: u32, filter: &Filter) -> Result<Vec<Stale>> {
        Ok(self.borrowed()?.stale(at_least_days, filter))
    }

    /// Every entry that does not fit with the others.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        Ok(self.borrowed()?.conflicts())
    }

    /// The procedures that the ledger has.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn procedures(&self) -> Result<Vec<Arc<Procedure>>> {
        Ok(self.borrowed()?.procedures())
    }

    /// The parties that the ledger has.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn parties(&self) -> Result<Vec<Arc<Party>>> {
        Ok(self.borrowed()?.parties())
    }
}

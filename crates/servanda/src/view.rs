//! Views that own what they see.

use std::sync::Arc;

use servanda_core::{Batch, Conflict, Day, Filter, Ledger, Moment, Party, Procedure, Standing};

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
    pub fn procedures(&self) -> Result<Vec<Procedure>> {
        Ok(self.borrowed()?.procedures().into_iter().cloned().collect())
    }

    /// The parties that the ledger has.
    ///
    /// # Errors
    ///
    /// What keeps the tracker from its ledger.
    pub fn parties(&self) -> Result<Vec<Party>> {
        Ok(self.borrowed()?.parties().into_iter().cloned().collect())
    }
}

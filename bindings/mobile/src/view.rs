//! Views: what the ledger says of a day, as known at a moment.

use std::sync::Arc;

use servanda::{Day, Moment, Parts, Party, Procedure, Span, Stale};

use crate::draft::{self, Draft};
use crate::entry;
use crate::error::ServandaError;
use crate::questions::{Agenda, Brief, Changes, Filter, Outlook, Problem};
use crate::standing::{Conflict, Standing};
use crate::tracker::Gate;

/// What a tracker held when the view was taken, as of a day and as of a moment. Later appends and merges do not change it.
#[derive(Debug, uniffi::Object)]
pub struct View {
    gate: Arc<Gate>,
    view: servanda::View,
}

impl View {
    pub(crate) fn new(gate: Arc<Gate>, view: servanda::View) -> Self {
        Self { gate, view }
    }

    pub(crate) fn open_view(&self) -> Result<&servanda::View, ServandaError> {
        self.gate.check()?;
        Ok(&self.view)
    }

    fn changed(&self, change: impl FnOnce(servanda::View) -> servanda::View) -> Result<Self, ServandaError> {
        Ok(Self::new(Arc::clone(&self.gate), change(self.open_view()?.clone())))
    }

    pub(crate) fn outlook(&self, commitment: &str, to: Option<&str>) -> Result<servanda::Outlook, ServandaError> {
        let view = self.open_view()?;
        let mut outlook = servanda::Outlook::from(view.standing(commitment)?);
        if let Some(to) = to {
            let refused = view.why_not(commitment, to)?;
            outlook.asked = Some(servanda::Asked { refused, to: to.parse::<servanda::Slug>()? });
        }
        Ok(outlook)
    }
}

#[uniffi::export]
impl View {
    /// The same view of another day: what was the case at its end.
    ///
    /// # Errors
    ///
    /// `closed`, `invalid-day`.
    pub fn on(&self, day: Day) -> Result<Self, ServandaError> {
        self.changed(|view| view.on(day))
    }

    /// The same view of what had been written down by this moment, the moment itself included.
    ///
    /// # Errors
    ///
    /// `closed`, `invalid-moment`.
    pub fn known_at(&self, moment: Moment) -> Result<Self, ServandaError> {
        self.changed(|view| view.known_at(moment))
    }

    /// The same view of a ledger that has these entries too, by their lines.
    ///
    /// # Errors
    ///
    /// `closed`, and what is wrong with a line.
    pub fn with(&self, lines: Vec<String>) -> Result<Self, ServandaError> {
        let entries = entry::read(&lines)?;
        self.changed(|view| view.with(entries))
    }

    /// The day the view is of.
    pub fn day(&self) -> Day {
        self.view.day()
    }

    /// Where a commitment stands.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, and what keeps the place from being read.
    pub fn standing(&self, commitment: &str) -> Result<Standing, ServandaError> {
        Ok(self.open_view()?.standing(commitment)?.into())
    }

    /// Where the commitments that fit stand, in the order of their ids.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn standings(&self, filter: Filter) -> Result<Vec<Standing>, ServandaError> {
        Ok(self.open_view()?.standings(&filter.into())?.into_iter().map(Standing::from).collect())
    }

    /// Where all commitments stand, in brief: many times quicker than their standings.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn briefs(&self) -> Result<Vec<Brief>, ServandaError> {
        Ok(self.open_view()?.briefs()?.iter().map(Brief::from).collect())
    }

    /// What can happen next to a commitment, what each step still needs, and which clocks run. With `to`, whether the step to that status can be
    /// taken on the day of the view, and if not, why not.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, `invalid-slug`, and what keeps the place from being read.
    pub fn next(&self, commitment: &str, to: Option<String>) -> Result<Outlook, ServandaError> {
        Ok(self.outlook(commitment, to.as_deref())?.into())
    }

    /// Why a commitment cannot take the step to a status on the day of the view; nothing if it can.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, `invalid-slug`, and what keeps the place from being read.
    pub fn why_not(&self, commitment: &str, to: &str) -> Result<Option<Problem>, ServandaError> {
        Ok(self.open_view()?.why_not(commitment, to)?.as_ref().map(Problem::from))
    }

    /// Whether facts could be appended to what the view shows.
    ///
    /// # Errors
    ///
    /// That with which an append would be refused.
    pub fn check(&self, drafts: Vec<Draft>) -> Result<(), ServandaError> {
        Ok(self.open_view()?.check(draft::batch(drafts))?)
    }

    /// What lies ahead within a span of days: clocks that fire and deadlines that end.
    ///
    /// # Errors
    ///
    /// `invalid-day`, and what keeps the place from being read.
    pub fn agenda(&self, first: Day, last: Day, filter: Filter) -> Result<Agenda, ServandaError> {
        Ok(self.open_view()?.agenda(Span { first, last }, &filter.into())?.into())
    }

    /// What differs from another view.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn changes_since(&self, before: Arc<View>, filter: Filter) -> Result<Changes, ServandaError> {
        Ok(self.open_view()?.changes_since(before.open_view()?, &filter.into())?.into())
    }

    /// The parts of a commitment, with their parts, and how many are in each phase and have each verdict.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, and what keeps the place from being read.
    pub fn parts(&self, commitment: &str, filter: Filter) -> Result<Parts, ServandaError> {
        Ok(self.open_view()?.parts(commitment, &filter.into())?)
    }

    /// The commitments about which nothing has happened for so many days, though they are not done with; the longest silence first.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn stale(&self, at_least_days: u32, filter: Filter) -> Result<Vec<Stale>, ServandaError> {
        Ok(self.open_view()?.stale(at_least_days, &filter.into())?)
    }

    /// The entries that do not fit together, each with the reason.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, ServandaError> {
        Ok(self.open_view()?.conflicts()?.into_iter().map(Conflict::from).collect())
    }

    /// The procedures that are defined.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn procedures(&self) -> Result<Vec<Procedure>, ServandaError> {
        Ok(self.open_view()?.procedures()?.into_iter().map(Arc::unwrap_or_clone).collect())
    }

    /// The newest version of a procedure, of those that are defined and those that come with the library.
    ///
    /// # Errors
    ///
    /// `no-procedure`, with those that there are, and what keeps the place from being read.
    pub fn procedure(&self, id: &str) -> Result<Procedure, ServandaError> {
        let defined = self.open_view()?.procedures()?;
        Ok(Procedure::named(id, defined.iter().map(Arc::as_ref))?.clone())
    }

    /// The parties that are defined.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn parties(&self) -> Result<Vec<Party>, ServandaError> {
        Ok(self.open_view()?.parties()?.into_iter().map(Arc::unwrap_or_clone).collect())
    }
}

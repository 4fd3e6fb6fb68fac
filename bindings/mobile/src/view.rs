//! Views: the ledger as of a day, as known at a moment.

use std::sync::Arc;

use servanda::{Day, Moment, answers::Span, value::Language};
use servanda_charts::{English, Tally, Timeline};

use crate::draft::{self, Draft};
use crate::entry;
use crate::error::ServandaError;
use crate::records::{
    Agenda, Bodies, Changes, Conflict, Filter, LogFilter, Logged, Outlook, Parts, Party, Problem, Procedure, Stale,
    Standing, Summary, Topic,
};
use crate::tracker::Gate;

/// The entries that a tracker had when the view was taken, as of a day and as known at a moment.
/// Later appends and merges do not change a view.
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

    fn changed(
        &self,
        change: impl FnOnce(servanda::View) -> servanda::Result<servanda::View>,
    ) -> Result<Self, ServandaError> {
        Ok(Self::new(Arc::clone(&self.gate), change(self.open_view()?.clone())?))
    }

    pub(crate) fn core_outlook(&self, commitment: &str, to: Option<&str>) -> Result<servanda::Outlook, ServandaError> {
        let view = self.open_view()?;
        Ok(match to {
            Some(to) => view.outlook_of(commitment, to)?,
            None => view.outlook(commitment)?,
        })
    }
}

#[uniffi::export]
impl View {
    /// The same view as of another day. A view shows what was true at the end of its day.
    ///
    /// # Errors
    ///
    /// `closed`, `invalid-day`.
    pub fn on(&self, day: Day) -> Result<Self, ServandaError> {
        self.changed(|view| view.on(day))
    }

    /// The same view, with the entries that had been recorded by this moment, inclusive.
    ///
    /// # Errors
    ///
    /// `closed`, `invalid-moment`.
    pub fn known_at(&self, moment: Moment) -> Result<Self, ServandaError> {
        self.changed(|view| view.known_at(moment))
    }

    /// The same view, with the entries that had been published by the end of this day, here or
    /// elsewhere.
    ///
    /// # Errors
    ///
    /// `closed`, `invalid-day`.
    pub fn as_published(&self, day: Day) -> Result<Self, ServandaError> {
        self.changed(|view| view.as_published(day))
    }

    /// The same view, with the names in answers in the first of these languages in which each is
    /// known.
    ///
    /// # Errors
    ///
    /// `closed`, `invalid-language`.
    pub fn in_languages(&self, languages: Vec<String>) -> Result<Self, ServandaError> {
        let languages = languages.iter().map(|language| language.parse()).collect::<Result<Vec<Language>, _>>();
        let languages = languages.map_err(servanda::Error::from)?;
        self.changed(|view| Ok(view.in_languages(languages)))
    }

    /// The same view of a ledger that also has these entries, given as lines.
    ///
    /// # Errors
    ///
    /// `closed`, or if a line is not an entry.
    pub fn with(&self, lines: Vec<String>) -> Result<Self, ServandaError> {
        let entries = entry::read(&lines)?;
        self.changed(|view| Ok(view.with(entries)))
    }

    /// The day of the view.
    pub fn day(&self) -> Day {
        self.view.day()
    }

    /// The standing of a commitment.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, or if the file cannot be read.
    pub fn standing(&self, commitment: &str) -> Result<Standing, ServandaError> {
        Ok(self.open_view()?.standing(commitment)?.into())
    }

    /// The standing of a commitment, with the links of other commitments to it. Of a database, the
    /// whole ledger is read.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, or if the file cannot be read.
    pub fn standing_with_links(&self, commitment: &str) -> Result<Standing, ServandaError> {
        Ok(self.open_view()?.standing_with_links(commitment)?.into())
    }

    /// The timeline of a commitment as lines of text of at most this many columns.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, or if the file cannot be read.
    pub fn timeline(&self, commitment: &str, columns: u32) -> Result<String, ServandaError> {
        let view = self.open_view()?;
        let (standing, procedures) = (view.standing(commitment)?, view.procedures()?);
        let timeline = Timeline::new(&standing).procedure_among(procedures.iter().map(AsRef::as_ref));
        Ok(timeline.text(&English, usize::try_from(columns).unwrap_or(usize::MAX)))
    }

    /// The tally of the verdicts on the commitments that match the filter, as lines of text of this
    /// many columns.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn tally(&self, filter: Filter, columns: u32) -> Result<String, ServandaError> {
        let tally = Tally::of(&self.open_view()?.summaries(&filter.into())?);
        Ok(tally.text(&English, usize::try_from(columns).unwrap_or(usize::MAX)))
    }

    /// The id of the commitment that a text names: the id itself, or an identifier as
    /// `SCHEME=VALUE`.
    ///
    /// # Errors
    ///
    /// `unknown-identifier`, `ambiguous-identifier`, or if the file cannot be read.
    pub fn resolve(&self, name: &str) -> Result<String, ServandaError> {
        Ok(self.open_view()?.resolve(name)?.to_string())
    }

    /// The standings of the commitments that match the filter, in the order of their ids.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn standings(&self, filter: Filter) -> Result<Vec<Standing>, ServandaError> {
        Ok(self.open_view()?.standings(&filter.into())?.into_iter().map(Standing::from).collect())
    }

    /// The summaries of the commitments that match the filter, which is many times faster than the
    /// standings.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn summaries(&self, filter: Filter) -> Result<Vec<Summary>, ServandaError> {
        Ok(self.open_view()?.summaries(&filter.into())?.into_iter().map(Summary::from).collect())
    }

    /// The steps that a commitment can take next, what each step needs, and the running clocks.
    /// With `to`, also whether the step to that status is possible on the day of the view.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, `invalid-slug`, or if the file cannot be read.
    pub fn outlook(&self, commitment: &str, to: Option<String>) -> Result<Outlook, ServandaError> {
        Ok(self.core_outlook(commitment, to.as_deref())?.into())
    }

    /// Why a commitment cannot take the step to a status on the day of the view, or none if it can.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, `invalid-slug`, or if the file cannot be read.
    pub fn why_not(&self, commitment: &str, to: &str) -> Result<Option<Problem>, ServandaError> {
        Ok(self.open_view()?.why_not(commitment, to)?.map(Problem::from))
    }

    /// Checks whether facts could be appended to the entries of the view.
    ///
    /// # Errors
    ///
    /// The error that an append would fail with.
    pub fn check(&self, drafts: Vec<Draft>) -> Result<(), ServandaError> {
        Ok(self.open_view()?.check(draft::batch(drafts)?)?)
    }

    /// The clocks that fire and the deadlines that end in a span of days.
    ///
    /// # Errors
    ///
    /// `invalid-day`, or if the file cannot be read.
    pub fn agenda(&self, first: Day, last: Day, filter: Filter) -> Result<Agenda, ServandaError> {
        Ok(self.open_view()?.agenda(Span { first, last }, &filter.into())?.into())
    }

    /// The differences from another view.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn changes_since(&self, before: Arc<View>, filter: Filter) -> Result<Changes, ServandaError> {
        Ok(self.open_view()?.changes_since(before.open_view()?, &filter.into())?.into())
    }

    /// The parts of a commitment, including parts of parts, with counts by phase and verdict.
    ///
    /// # Errors
    ///
    /// `unknown-commitment`, or if the file cannot be read.
    pub fn parts(&self, commitment: &str, filter: Filter) -> Result<Parts, ServandaError> {
        Ok(self.open_view()?.parts(commitment, &filter.into())?.into())
    }

    /// The responsible bodies, with the number of their commitments by phase and verdict.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn bodies(&self, filter: Filter) -> Result<Bodies, ServandaError> {
        Ok(self.open_view()?.bodies(&filter.into())?.into())
    }

    /// The open commitments without an event for at least this many days, the longest first.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn stale(&self, at_least_days: u32, filter: Filter) -> Result<Vec<Stale>, ServandaError> {
        Ok(self.open_view()?.stale(at_least_days, &filter.into())?.into_iter().map(Stale::from).collect())
    }

    /// The entries that match the filter, the most recently recorded first, each with its
    /// retraction. The day of the view does not matter.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn log(&self, filter: LogFilter) -> Result<Vec<Logged>, ServandaError> {
        Ok(self.open_view()?.log(&filter.into())?.into_iter().map(Logged::from).collect())
    }

    /// The entries that contradict others, each with the reason.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, ServandaError> {
        Ok(self.open_view()?.conflicts()?.into_iter().map(Conflict::from).collect())
    }

    /// The procedures that the ledger defines.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn procedures(&self) -> Result<Vec<Procedure>, ServandaError> {
        Ok(self
            .open_view()?
            .procedures()?
            .into_iter()
            .map(|procedure| Arc::unwrap_or_clone(procedure).into())
            .collect())
    }

    /// The newest version of a procedure, among those that the ledger defines and the built-in
    /// ones.
    ///
    /// # Errors
    ///
    /// `no-procedure`, with the ids of the known procedures, or if the file cannot be read.
    pub fn procedure(&self, id: &str) -> Result<Procedure, ServandaError> {
        let defined = self.open_view()?.procedures()?;
        Ok(servanda::Procedure::named(id, defined.iter().map(Arc::as_ref))?.clone().into())
    }

    /// The parties that the ledger defines.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn parties(&self) -> Result<Vec<Party>, ServandaError> {
        Ok(self.open_view()?.parties()?.into_iter().map(|party| Arc::unwrap_or_clone(party).into()).collect())
    }

    /// The topics that the ledger defines, with their names.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn topics(&self) -> Result<Vec<Topic>, ServandaError> {
        Ok(self.open_view()?.topics()?.into_iter().map(|topic| Arc::unwrap_or_clone(topic).into()).collect())
    }
}

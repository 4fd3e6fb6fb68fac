//! Views that own their entries.

use std::ops::ControlFlow;
use std::sync::Arc;

use servanda_core::{
    Agenda, AsOf, Batch, Bodies, Calendar, Changes, Conflict, Day, Entry, Filter, Identifier, Language, Ledger,
    LogFilter, Logged, Moment, Outlook, Parts, Party, Procedure, Slug, Span, Stale, Standing, Summary, Topic,
    UndefinedParty, Unmatched,
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
/// let tracker = Tracker::in_memory("desk")?;
/// let view = tracker.view().on("2013-06-01")?.known_at("2013-06-01T12:00:00.000000Z")?;
/// assert_eq!(view.standing("jp/hague-convention").unwrap_err().code(), "unknown-commitment");
/// # Ok::<(), servanda::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct View {
    state: Arc<State>,
    part: Result<Arc<PartialLedger>>,
    /// Entries that are not on the ledger.
    extra: Vec<Entry>,
    on: Day,
    known_at: Option<Moment>,
    as_published: Option<Day>,
    languages: Arc<[Language]>,
}

impl View {
    pub(crate) fn new(state: Arc<State>, part: Result<Arc<PartialLedger>>, on: Day) -> Self {
        Self { state, part, extra: Vec::new(), on, known_at: None, as_published: None, languages: Arc::default() }
    }

    /// Returns the view as of another day: what was the case at the end of that day.
    ///
    /// # Errors
    ///
    /// `invalid-day` if a text is not a day.
    pub fn on(mut self, day: impl TryInto<Day, Error: Into<Error>>) -> Result<Self> {
        self.on = day.try_into().map_err(Into::into)?;
        Ok(self)
    }

    /// Returns the view as known at a moment: only what had been recorded by then, at that moment
    /// included.
    ///
    /// # Errors
    ///
    /// `invalid-moment` if a text is not a moment.
    pub fn known_at(mut self, moment: impl TryInto<Moment, Error: Into<Error>>) -> Result<Self> {
        self.known_at = Some(moment.try_into().map_err(Into::into)?);
        Ok(self)
    }

    /// Returns the view with only the entries that had been published by the end of a day, here or
    /// elsewhere.
    ///
    /// An entry counts if it was [published](crate::Entry::published) by then. One that does not say
    /// when it was published counts from the day on which it was recorded, in UTC. Definitions
    /// always count. So a ledger into which old records were brought can answer what the public
    /// could know at the time.
    ///
    /// ```
    /// use servanda::facts::FactBuilder;
    /// use servanda::{Commitment, Tracker, builtin};
    ///
    /// let tracker = Tracker::in_memory("desk")?;
    /// let bill = Commitment::builder("xx/bill", "A bill").procedure(builtin::action()).by("xx").made("2013-01-18");
    /// tracker.append(FactBuilder::from(bill.build()?).published("2013-01-19"))?;
    /// let view = tracker.view().on("2014-01-01")?;
    /// assert!(view.clone().as_published("2013-01-18")?.standing("xx/bill").is_err());
    /// let standing = view.as_published("2013-01-19")?.standing("xx/bill")?;
    /// assert_eq!(standing.as_published, Some("2013-01-19".parse()?));
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid-day` if a text is not a day.
    pub fn as_published(mut self, day: impl TryInto<Day, Error: Into<Error>>) -> Result<Self> {
        self.as_published = Some(day.try_into().map_err(Into::into)?);
        Ok(self)
    }

    /// Returns the view with the names in answers in the first of these languages in which each is
    /// known.
    ///
    /// The `title` of a commitment is the one in that language, and `titles` has the others. The
    /// name of a status, a step or a clock has that language alone. A region, such as that of
    /// `de-ch`, falls back to the language without one. Without any of the languages, a name stays
    /// as it is.
    ///
    /// ```
    /// use servanda::{Commitment, Tracker, builtin};
    ///
    /// let tracker = Tracker::in_memory("desk")?;
    /// let bill = Commitment::builder("xx/bill", "A bill").language("en").title_in("ja", "法案");
    /// tracker.append(bill.procedure(builtin::action()).by("xx").made("2013-01-18"))?;
    /// let standing = tracker.view().in_languages(["fr".parse()?, "ja".parse()?]).standing("xx/bill")?;
    /// assert_eq!((standing.title.as_str(), standing.titles["en"].as_str()), ("法案", "A bill"));
    /// # Ok::<(), servanda::Error>(())
    /// ```
    #[must_use]
    pub fn in_languages(mut self, languages: impl IntoIterator<Item = Language>) -> Self {
        self.languages = languages.into_iter().collect();
        self
    }

    /// Returns the day of the view, its moment of knowledge and its day of publication.
    #[must_use]
    pub fn as_of(&self) -> AsOf {
        AsOf { as_published: self.as_published, known_at: self.known_at, on: self.on }
    }

    /// The day of the view.
    #[must_use]
    pub fn day(&self) -> Day {
        self.on
    }

    /// Returns the entries of the view as a ledger: those that were recorded by its moment, and
    /// published by the day that it names. Of a database, the whole ledger is read.
    ///
    /// ```
    /// use servanda::{Party, Tracker};
    ///
    /// let tracker = Tracker::in_memory("desk")?;
    /// tracker.append(Party::new("jp", "en", "Japan")?)?;
    /// assert_eq!(tracker.view().entries()?.digest(), tracker.digest()?);
    /// assert!(tracker.view().known_at("2013-06-01")?.entries()?.is_empty());
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn entries(&self) -> Result<Arc<Ledger>> {
        let all = self.ledger(&Scope::All)?;
        if self.known_at.is_none() && self.as_published.is_none() {
            return Ok(all);
        }
        let is_published = |entry: &Entry, by: Day| {
            let published = entry.published().map_or(entry.recorded_at().day(), |date| date.last_day());
            entry.commitment().is_none() || published <= by
        };
        let entries = self.of(&all).log(&LogFilter::default()).into_iter().map(|logged| logged.entry);
        let mut known = Ledger::new();
        known.merge_entries(entries.filter(|entry| self.as_published.is_none_or(|by| is_published(entry, by))));
        Ok(Arc::new(known))
    }

    /// Returns a view that also has these entries, such as those that
    /// [`Tracker::prepare`](crate::Tracker::prepare) returns.
    #[must_use]
    pub fn with(mut self, entries: impl IntoIterator<Item = Entry>) -> Self {
        self.extra.extend(entries);
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

    fn of<'a>(&'a self, ledger: &'a Ledger) -> servanda_core::View<'a> {
        let view = servanda_core::View::new(ledger, self.on, self.known_at, self.as_published);
        view.in_languages(&self.languages)
    }

    /// Adds the nearest known ids to an error about an unknown commitment.
    fn suggesting<T>(&self, answer: Result<T>) -> Result<T> {
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

    /// Returns the standing of one commitment, together with the links of other commitments to it.
    ///
    /// A standing from any other question leaves `linked_from` out, because it depends on all
    /// commitments: of a database, the whole ledger is read.
    ///
    /// # Errors
    ///
    /// The errors of [`standing`](View::standing).
    pub fn standing_with_links(&self, commitment: impl AsRef<str>) -> Result<Standing> {
        self.of(&*self.ledger(&Scope::All)?).standing_with_links(commitment)
    }

    /// Returns the commitments that have an identifier, sorted by id. Of a database, the whole
    /// ledger is read.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn identified_by(&self, identifier: &Identifier) -> Result<Vec<Slug>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).identified_by(identifier))
    }

    /// Returns the id of the commitment that a text names: the id itself, or an identifier as
    /// `SCHEME=VALUE`.
    ///
    /// ```
    /// use servanda::{Commitment, Tracker, builtin};
    ///
    /// let tracker = Tracker::in_memory("desk")?;
    /// let bill = Commitment::builder("xx/bill", "A bill").identifier("parliament", "AB_2013.1");
    /// tracker.append(bill.procedure(builtin::action()).by("xx").made("2013-01-18"))?;
    /// assert_eq!(tracker.view().resolve("parliament=AB_2013.1")?.as_str(), "xx/bill");
    ///
    /// let other = Commitment::builder("xx/other", "Another bill").identifier("parliament", "AB_2013.1");
    /// let other = || other.clone().procedure(builtin::action()).by("xx").made("2013-01-18");
    /// assert_eq!(tracker.append(other()).unwrap_err().code(), "identifier-taken");
    /// tracker.append(servanda::facts::Batch::from(other()).share_identifiers())?;
    /// assert_eq!(tracker.view().resolve("parliament=AB_2013.1").unwrap_err().code(), "ambiguous-identifier");
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `unknown-identifier` if no commitment has the identifier, `ambiguous-identifier` if several
    /// do; `invalid-slug` or `invalid-title` if the text is not well-formed.
    pub fn resolve(&self, name: &str) -> Result<Slug> {
        if !name.contains('=') {
            return Ok(name.parse()?);
        }
        self.of(&*self.ledger(&Scope::All)?).resolve(name)
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
    /// let (view, all) = (Tracker::in_memory("desk")?.view(), Filter::default());
    /// assert_eq!(view.standings_with(&all, |_| ControlFlow::Continue(())), view.standings(&all));
    /// assert_eq!(view.standings_with(&all, |_| ControlFlow::Break(())), Err(Error::Interrupted));
    /// # Ok::<(), servanda::Error>(())
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

    /// Returns the standings of all commitments that the filter accepts, sorted by id, as summaries
    /// of a table: without history, evidence and next steps.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn summaries(&self, filter: &Filter) -> Result<Vec<Summary>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).summaries(filter))
    }

    /// Like [`summaries`](View::summaries), and reports progress like
    /// [`standings_with`](View::standings_with).
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place, and `interrupted`.
    pub fn summaries_with(
        &self,
        filter: &Filter,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<Summary>> {
        let ledger = self.ledger_with(&Scope::All, &mut progress)?;
        let summaries = self.of(&ledger).summaries_with(filter, |done, total| {
            let due = done.is_multiple_of(REPORT_INTERVAL) || done == total;
            if due { progress(Progress::of(done, total)) } else { ControlFlow::Continue(()) }
        });
        match summaries {
            ControlFlow::Continue(summaries) => Ok(summaries),
            ControlFlow::Break(()) => Err(Error::Interrupted),
        }
    }

    /// Returns the summaries of the commitments in which each of the words occurs, and which the
    /// filter accepts, the best matches first. The words may be in the id, the title, the words of
    /// the promise, the topics, and the ids and names of the parties.
    ///
    /// ```
    /// use servanda::{Filter, Tracker};
    ///
    /// let tracker = Tracker::in_memory("desk")?;
    /// assert!(tracker.view().find("washington visit", &Filter::default())?.is_empty());
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn find(&self, words: &str, filter: &Filter) -> Result<Vec<Summary>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).find(words, filter))
    }

    /// Returns what can happen next to a commitment.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if it was not registered by then.
    pub fn outlook(&self, commitment: impl AsRef<str>) -> Result<Outlook> {
        let commitment = commitment.as_ref();
        let ledger = self.ledger(&Scope::commitment(commitment))?;
        self.suggesting(self.of(&ledger).outlook(commitment))
    }

    /// Returns what can happen next to a commitment, and whether it can go to the status `to`.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if it was not registered by then, `invalid-slug` if the status is not
    /// well-formed.
    pub fn outlook_of(&self, commitment: impl AsRef<str>, to: impl AsRef<str>) -> Result<Outlook> {
        let commitment = commitment.as_ref();
        let ledger = self.ledger(&Scope::commitment(commitment))?;
        self.suggesting(self.of(&ledger).outlook_of(commitment, to))
    }

    /// Returns why the step of a commitment to a status is not possible on the view's day, apart
    /// from missing sources. Returns `None` if it is possible.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if the status is not a slug.
    pub fn why_not(&self, commitment: impl AsRef<str>, to: impl AsRef<str>) -> Result<Option<Error>> {
        let (commitment, ledger) = (commitment.as_ref(), self.ledger(&Scope::commitment(commitment.as_ref()))?);
        let refused = self.of(&ledger).why_not(commitment, to.as_ref())?;
        Ok(refused.and_then(|error| self.suggesting::<()>(Err(error)).err()))
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
    /// use servanda::{Filter, Tracker};
    ///
    /// let view = Tracker::in_memory("desk")?.view();
    /// let (march, june) = (view.clone().on("2013-03-01")?, view.on("2013-06-01")?);
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
        self.of(&*self.ledger(&Scope::All)?).parts(commitment.as_ref(), filter)
    }

    /// Returns the bodies that are responsible for the commitments that the filter accepts, with
    /// the number of their commitments in each phase and with each verdict.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn bodies(&self, filter: &Filter) -> Result<Bodies> {
        Ok(self.of(&*self.ledger(&Scope::All)?).bodies(filter))
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

    /// Returns the entries that the filter accepts and that were recorded by the moment of the
    /// view, the most recently recorded first, each with its retraction. The day of the view does
    /// not matter.
    ///
    /// If the filter names commitments, only the entries about these are read from a database.
    ///
    /// ```
    /// use servanda::{Party, Tracker, answers::LogFilter};
    ///
    /// let tracker = Tracker::in_memory("desk")?;
    /// tracker.append(Party::new("jp", "en", "Japan")?)?;
    /// let log = tracker.view().log(&LogFilter::default())?;
    /// assert_eq!((log.len(), log[0].entry.recorded_by()), (1, "desk"));
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn log(&self, filter: &LogFilter) -> Result<Vec<Logged>> {
        let scope = match filter.commitment.as_slice() {
            [] => Scope::All,
            commitments => Scope::commitments(commitments.iter().map(AsRef::as_ref)),
        };
        Ok(self.of(&*self.ledger(&scope)?).log(filter))
    }

    /// Returns the commitments and the recorders of a filter that have no entry. They
    /// explain an empty log.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn unmatched_in_log(&self, filter: &LogFilter) -> Result<Vec<Unmatched>> {
        Ok(self.of(&*self.ledger(&Scope::All)?).unmatched_in_log(filter))
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

    /// Returns the parties that a batch names and that neither the ledger nor the batch defines. If
    /// the ledger defines no parties, there are none.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn undefined_parties(&self, batch: &Batch) -> Result<Vec<UndefinedParty>> {
        let ids = batch.commitments().into_iter().map(|id| id.as_str().to_owned()).collect();
        Ok(self.of(&*self.ledger(&Scope::Commitments(ids))?).undefined_parties(batch))
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

    /// Returns the calendars on the ledger.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn calendars(&self) -> Result<Vec<Arc<Calendar>>> {
        Ok(self.of(&*self.ledger(&Scope::definitions())?).calendars())
    }

    /// Returns the parties on the ledger.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn parties(&self) -> Result<Vec<Arc<Party>>> {
        Ok(self.of(&*self.ledger(&Scope::definitions())?).parties())
    }

    /// Returns the topics with a name on the ledger, sorted by id.
    ///
    /// # Errors
    ///
    /// Every error of reading from the tracker's place.
    pub fn topics(&self) -> Result<Vec<Arc<Topic>>> {
        Ok(self.of(&*self.ledger(&Scope::definitions())?).topics())
    }
}

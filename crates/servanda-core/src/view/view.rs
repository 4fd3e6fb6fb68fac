//! Views: a ledger on a day, as known at a moment.

use std::collections::{BTreeMap, HashSet};
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::forecast::forecast;
use crate::entry::{
    Advance, Amend, Batch, Commitment, Deposit, Entry, Fact, Kind, Link, Obligation, Party, RegisteredTerms, Remark,
    Reschedule, Topic,
};
use crate::ledger::{Ledger, Snapshot};
use crate::procedure::{Calendar, Procedure};
use crate::replay::{
    Cause, Conflict, Deadlines, Folded, Judgement, Position, Promise, Replay, Timeliness, Visit, slug, way_back,
};
use crate::value::{Day, EntryId, Language, Moment, Note, Slug, Source, Title, nearest};
use crate::view::{Deposited, Filter, Linked, NextStep, PossibleStep, Remarked, Repinned, SetDeadline, Standing, Step};
use crate::{Error, Result};

/// A ledger on a day, as known at a moment.
///
/// The view shows the state at the end of the day, as recorded by the moment.
///
/// ```
/// use servanda_core::{Day, Ledger};
///
/// let ledger = Ledger::new();
/// let view = ledger.view_on("2013-06-01")?.known_at("2013-06-01T12:00:00.000000Z")?;
/// assert_eq!(view.standing("jp/hague-convention").unwrap_err().code(), "unknown-commitment");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub(super) known: Snapshot<'a>,
    pub(super) on: Day,
    /// The languages of names, the preferred one first.
    pub(super) languages: &'a [Language],
}

impl Ledger {
    /// Returns a view of the end of a day, which takes every entry on the ledger into account.
    ///
    /// See [`View::known_at`] for a view of earlier knowledge.
    ///
    /// # Errors
    ///
    /// `invalid-day` if `day` is a text and not a valid day.
    pub fn view_on(&self, day: impl TryInto<Day, Error: Into<Error>>) -> Result<View<'_>> {
        Ok(View::new(self, day.try_into().map_err(Into::into)?, None, None))
    }
}

impl<'a> View<'a> {
    /// Creates a view of a ledger on a day, as [known at](View::known_at) a moment and
    /// [as published](View::as_published) by a day. Without these, every entry counts.
    #[must_use]
    pub fn new(ledger: &'a Ledger, on: Day, known_at: Option<Moment>, as_published: Option<Day>) -> Self {
        let known = Snapshot { at: known_at, published: as_published, ..Snapshot::all(ledger) };
        Self { known, on, languages: &[] }
    }

    /// Returns the same view of another day.
    ///
    /// # Errors
    ///
    /// `invalid-day` if `day` is a text and not a valid day.
    pub fn on(mut self, day: impl TryInto<Day, Error: Into<Error>>) -> Result<Self> {
        self.on = day.try_into().map_err(Into::into)?;
        Ok(self)
    }

    /// Returns the same view as known at a moment: entries recorded up to and including it count.
    ///
    /// The view has only entries that have been merged into this ledger. A later merge can
    /// therefore add entries that were recorded before the moment.
    ///
    /// # Errors
    ///
    /// `invalid-moment` if `moment` is a text and not a valid moment.
    pub fn known_at(mut self, moment: impl TryInto<Moment, Error: Into<Error>>) -> Result<Self> {
        self.known.at = Some(moment.try_into().map_err(Into::into)?);
        Ok(self)
    }

    /// Returns the same view with only the entries that had been published by the end of a day, here
    /// or elsewhere.
    ///
    /// An entry counts if it was [published](Entry::published) by then. One that does not say when
    /// it was published counts from the day on which it was recorded, in UTC. Definitions always
    /// count, because they only give names and rules. With [`known_at`](View::known_at), an entry
    /// must also have been recorded by that moment.
    ///
    /// ```
    /// use servanda_core::{Commitment, FactBuilder, Ledger, Obligation, builtin};
    ///
    /// let visit = Commitment::builder("us/abe-visit", "A visit to Washington")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("has invited", ("Remarks", "https://example.org/remarks"))
    ///     .build()?;
    /// let visit = FactBuilder::from(visit).published("2013-01-18");
    /// let mut ledger = Ledger::new();
    /// ledger.append(visit, &"desk".parse()?, "2026-11-29T09:00:00.000000Z".parse()?)?;
    ///
    /// let view = ledger.view_on("2014-01-01")?;
    /// assert!(view.known_at("2014-01-01T00:00:00.000000Z")?.standing("us/abe-visit").is_err());
    /// let standing = view.as_published("2014-01-01")?.standing("us/abe-visit")?;
    /// assert_eq!(standing.as_published, Some("2014-01-01".parse()?));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid-day` if `day` is a text and not a valid day.
    pub fn as_published(mut self, day: impl TryInto<Day, Error: Into<Error>>) -> Result<Self> {
        self.known.published = Some(day.try_into().map_err(Into::into)?);
        Ok(self)
    }

    /// Returns the day of the view.
    #[must_use]
    pub fn day(&self) -> Day {
        self.on
    }

    /// Returns the standing of one commitment.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if the view has no registration of this commitment.
    pub fn standing(&self, commitment: impl AsRef<str>) -> Result<Standing> {
        let commitment = commitment.as_ref();
        let definitions = self.known.definitions();
        match self.known.fold(&definitions, commitment) {
            Ok(folded) => self.summarise(&folded).ok_or_else(|| self.unknown_commitment(commitment)),
            Err(_) => Err(self.unknown_commitment(commitment)),
        }
    }

    /// Returns the standings of all commitments that the filter allows, sorted by id.
    #[must_use]
    pub fn standings(&self, filter: &Filter) -> Vec<Standing> {
        match self.standings_with::<Infallible>(filter, |_, _| ControlFlow::Continue(())) {
            ControlFlow::Continue(standings) => standings,
            ControlFlow::Break(never) => match never {},
        }
    }

    /// Like [`standings`](View::standings), and reports progress.
    ///
    /// Before each commitment and once at the end, `progress` gets the number of commitments done
    /// and the total. It can cancel the operation with `ControlFlow::Break`.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use servanda_core::{Day, Filter, Ledger};
    ///
    /// let ledger = Ledger::new();
    /// let mut told = Vec::new();
    /// let standings = ledger.view_on("2013-06-01")?.standings_with(&Filter::default(), |done, total| {
    ///     told.push((done, total));
    ///     ControlFlow::Break("enough")
    /// });
    /// assert_eq!((standings, told), (ControlFlow::Break("enough"), vec![(0, 0)]));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn standings_with<B>(
        &self,
        filter: &Filter,
        mut progress: impl FnMut(usize, usize) -> ControlFlow<B>,
    ) -> ControlFlow<B, Vec<Standing>> {
        let (definitions, total) = (self.known.definitions(), self.known.ledger.commitments().count());
        let mut standings = Vec::new();
        for (done, id) in self.known.ledger.commitments().enumerate() {
            progress(done, total)?;
            let folded = self.known.fold(&definitions, id.as_str()).ok();
            let standing = folded.and_then(|folded| self.summarise(&folded));
            standings.extend(standing.filter(|standing| filter.allows(standing)));
        }
        progress(total, total)?;
        ControlFlow::Continue(standings)
    }

    /// The positions of all commitments, from the cached timelines, sorted by id.
    pub(super) fn positions(&self) -> impl Iterator<Item = Position<'a>> + use<'a> {
        let (known, on, definitions) = (self.known, self.on, self.known.definitions());
        // A cached timeline contains every entry on the ledger. If some do not count, the entries
        // are replayed.
        let now = known.is_whole().then(|| {
            let definitions = Arc::clone(&definitions);
            known.ledger.cached_timelines().filter_map(move |(id, cached)| Some(cached?.position(id, on, &definitions)))
        });
        let then = (!known.is_whole()).then(|| {
            known.ledger.commitments().filter_map(move |id| {
                let folded = known.fold(&definitions, id.as_str()).ok()?;
                Some(folded.into_cached().position(id, on, &definitions))
            })
        });
        now.into_iter().flatten().chain(then.into_iter().flatten())
    }

    /// Returns the reason why a commitment cannot go to a status on the day of the view. `None` if
    /// it can.
    ///
    /// The reason is the error that an append would return. The sources that the step needs are not
    /// checked.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if the status is not well-formed.
    pub fn why_not(&self, commitment: impl AsRef<str>, to: impl AsRef<str>) -> Result<Option<Error>> {
        to.as_ref().parse::<Slug>()?;
        Ok(self.check(Advance::builder(commitment, to).on(self.on)).err())
    }

    /// Checks whether a batch could be appended to the entries that are known in this view.
    ///
    /// # Errors
    ///
    /// The error that an append would return.
    pub fn check(&self, batch: impl Into<Batch>) -> Result<()> {
        self.known.check(batch.into())
    }

    /// Returns every entry that conflicts with others: first those of definitions, then by
    /// commitment.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        let definitions = self.known.definitions();
        let mut conflicts = definitions.conflicts.clone();
        conflicts.extend(self.known.half_batches(self.known.ledger.held_general()));
        let mut parts: BTreeMap<&Slug, (Slug, EntryId)> = BTreeMap::new();
        let mut own: Vec<(&Slug, Vec<Conflict>)> = Vec::new();
        for id in self.known.ledger.commitments() {
            match self.known.fold(&definitions, id.as_str()) {
                Ok(folded) => {
                    let registered = folded.registered.id();
                    parts.extend(folded.terms.part_of.map(|whole| (id, (whole, registered))));
                    own.push((id, folded.conflicts));
                }
                Err(unregistered) => own.push((id, unregistered.conflicts)),
            }
        }
        let whole_of = |id: &Slug| parts.get(id).map(|(whole, _)| whole.clone());
        for (id, own) in own {
            let part = parts.get(id).and_then(|(whole, entry)| {
                let path = way_back(id, Some(whole.clone()), whole_of)?;
                Some(Conflict::new(*entry, Error::PartOfItself { commitment: id.clone(), path }))
            });
            conflicts.extend(part.into_iter().chain(own));
        }
        conflicts
    }

    /// Returns the procedures on the ledger, sorted by id and version.
    #[must_use]
    pub fn procedures(&self) -> Vec<Arc<Procedure>> {
        self.known.definitions().procedures().cloned().collect()
    }

    /// Returns the calendars on the ledger, sorted by id.
    #[must_use]
    pub fn calendars(&self) -> Vec<Arc<Calendar>> {
        self.known.definitions().calendars().cloned().collect()
    }

    /// Returns the parties on the ledger, sorted by id.
    #[must_use]
    pub fn parties(&self) -> Vec<Arc<Party>> {
        self.known.definitions().parties().cloned().collect()
    }

    /// Returns the topics on the ledger, sorted by id.
    #[must_use]
    pub fn topics(&self) -> Vec<Arc<Topic>> {
        self.known.definitions().topics().cloned().collect()
    }

    pub(super) fn unknown_commitment(&self, commitment: &str) -> Error {
        match commitment.parse::<Slug>() {
            Ok(id) => {
                let nearest = nearest(commitment, self.known.ledger.commitments().filter(|other| **other != id));
                Error::UnknownCommitment { commitment: id, nearest }
            }
            Err(error) => error.into(),
        }
    }

    /// The standing. `None` only if the registration cannot be read; it was readable when it was
    /// added.
    pub(super) fn summarise(&self, folded: &Folded<'_>) -> Option<Standing> {
        let words = Wording::of(folded);
        let replay = folded.path_at(self.on);
        let deadlines = folded.deadlines();
        let opened = replay.as_ref().filter(|replay| replay.timeline.len() > 0);
        let reason = self.why_unknown(folded, replay.as_ref());
        let understood = folded.not_understood().is_none_or(|(_, since)| since.is_some_and(|since| since > self.on));
        let here = opened.filter(|_| reason.is_none()).and_then(|replay| {
            let here = replay.timeline.last()?;
            Some((here, replay.status(here)?))
        });
        let RegisteredTerms { made, obligation, .. } = folded.terms;
        let judged = opened.filter(|_| here.is_some()).zip(folded.procedure).zip(obligation);
        let Judgement { verdict, timeliness } =
            judged.map_or_else(Judgement::default, |((replay, procedure), obligation)| {
                let opens_when_made = folded.terms.opening.is_none();
                let promise = Promise { obligation, made, opens_when_made, deadlines: &deadlines };
                promise.judge(&replay.timeline, folded.possible_by(self.on).iter(), procedure, self.on)
            });
        let no_verdict = || match () {
            () if obligation.is_none() || verdict.is_some() || here.is_none() => None,
            () if self.on < made.first_day() => Some(format!("the word was given on {made}, which is later")),
            () if self.on < made.last_day() => Some(format!("the word was given on {made}, which may be later")),
            () => Some(format!("the word was given on {made}, so it is unknown which steps came after it")),
        };
        let commitment = folded.registration()?;
        let set = set_deadlines(folded, &deadlines, &words, &commitment, self.on);
        let amended = folded.amended();
        let history = opened.map_or_else(Vec::new, |replay| {
            replay
                .timeline
                .from(0)
                .enumerate()
                .filter_map(|(index, visit)| words.step(folded, replay, index, visit))
                .collect()
        });
        let next = opened.filter(|_| understood).zip(folded.procedure);
        let title = amended.title.unwrap_or(commitment.title);
        let language = amended.language.or(commitment.language);
        let mut titles = amended.titles.unwrap_or(commitment.titles);
        // An amendment or a merge can say that the title itself is in a language of the others.
        if let Some(language) = &language {
            titles.remove(language);
        }
        let (responsible, may_be_responsible) = self.responsible(folded, &commitment.responsible, &words);
        let mut standing = Standing {
            as_published: self.known.published,
            by: commitment.by,
            clocks: opened.map_or_else(Vec::new, |replay| forecast(replay, folded.path_ahead(self.on))),
            commitment: commitment.id,
            conflicts: folded.conflicts.clone(),
            corrections: u32::try_from(folded.retracted.len()).unwrap_or(u32::MAX),
            deadline: deadlines.on(self.on),
            deposits: self.deposits(folded, &words),
            future: self.future(folded, &words, &title),
            history,
            identifiers: amended.identifiers.unwrap_or(commitment.identifiers),
            known_at: self.known.at,
            language,
            linked_from: None,
            links: self.links(folded, &words),
            made,
            may_be_responsible,
            may_have: if here.is_some() { self.may_have(folded) } else { Vec::new() },
            measurement: self.measurement(folded, commitment.target.as_ref(), &words),
            next: next.map_or_else(Vec::new, |(replay, procedure)| next_steps(procedure, replay)),
            obligation,
            on: self.on,
            overdue: timeliness == Some(Timeliness::Overdue),
            part_of: commitment.part_of,
            phase: here.map(|(_, status)| status.phase),
            procedure: folded.terms.procedure.id.clone(),
            pin: folded.terms.procedure.clone(),
            presumed: here.is_some_and(|(visit, _)| visit.presumed),
            reason: reason.or_else(no_verdict),
            remarks: self.remarks(folded, &words),
            repins: folded.repins.iter().filter_map(Repinned::of).collect(),
            responsible,
            retracted: self.retracted(folded, &words),
            since: here.map(|(visit, _)| visit.on),
            status: here.map(|(_, status)| status.id.clone()),
            status_description: here.map_or_else(BTreeMap::new, |(_, status)| status.description.clone()),
            status_title: here.map(|(_, status)| status.title.clone()),
            target: commitment.target,
            timeliness,
            title,
            titles,
            to: commitment.to,
            topics: amended.topics.unwrap_or(commitment.topics),
            verdict,
            words: commitment.words,
            deadlines: set,
        };
        standing.prefer(self.languages);
        Some(standing)
    }

    /// Why there is no status on the day; `None` if there is one.
    fn why_unknown(&self, folded: &Folded<'_>, replay: Option<&Replay<'_>>) -> Option<String> {
        let Some(procedure) = folded.procedure else {
            let pin = &folded.terms.procedure;
            return Some(format!("the procedure {pin} ({}) is not defined on this ledger", pin.digest));
        };
        if let Some((entry, since)) = folded.not_understood()
            && since.is_none_or(|since| since <= self.on)
        {
            let (kind, id) = (entry.kind(), entry.id());
            return Some(format!("the entry {id} is of the kind `{kind}`, which this version does not understand"));
        }
        let (_, opens) = folded.opens(procedure);
        if self.on < opens.first_day() {
            return Some(format!("its history opens on {opens}, which is later"));
        }
        match replay {
            Some(replay) if replay.timeline.len() == 0 => {
                Some(format!("its history opens on {opens}, which may be later"))
            }
            None => Some("the entry that registers it opens at a status that its procedure does not have".to_owned()),
            Some(replay) => replay.unknown.as_ref().map(|unknown| {
                format!("from {} on it is not known whether a clock has fired: {}", unknown.from, unknown.reason)
            }),
        }
    }

    /// The steps that may have been taken by the day.
    fn may_have(&self, folded: &Folded<'_>) -> Vec<PossibleStep> {
        let possible = |visit: &Visit| {
            let procedure = folded.procedure?;
            let status = procedure.statuses.get(usize::from(visit.status))?;
            let (clock, entry) = match visit.cause {
                Cause::Clock(clock) => (procedure.clocks.get(usize::from(clock)).map(|clock| clock.id.clone()), None),
                Cause::Step(step) => (None, folded.steps.get(step as usize).map(|entry| entry.id())),
                Cause::Opening => (None, Some(folded.registered.id())),
            };
            let (phase, title) = (status.phase, status.title.clone());
            Some(PossibleStep { clock, entry, on: visit.on, phase, status: status.id.clone(), title })
        };
        folded.possible_by(self.on).iter().filter_map(possible).collect()
    }

    /// The entries up to the day that take no step.
    pub(super) fn by_then<'b>(&self, folded: &Folded<'b>) -> impl Iterator<Item = &'b Entry> {
        let mut entries: Vec<&'b Entry> =
            folded.others.iter().copied().filter(|entry| entry.day().is_none_or(|day| day <= self.on)).collect();
        entries.sort_by_key(|entry| (entry.day(), entry.key()));
        entries.into_iter()
    }

    fn remarks(&self, folded: &Folded<'_>, words: &Wording) -> Vec<Remarked> {
        let remark = |entry: &Entry| match (entry.fact(), entry.on()) {
            (Fact::Remark(Remark { note, sources, title, .. }), Some(on)) => {
                let (note, sources) = words.latest(entry, note, sources);
                Some(Remarked { entry: entry.id(), note, on, sources, title })
            }
            _ => None,
        };
        self.by_then(folded).filter(|entry| entry.kind == Kind::Remark).filter_map(remark).collect()
    }

    fn links(&self, folded: &Folded<'_>, words: &Wording) -> Vec<Linked> {
        let link = |entry: &Entry| match entry.fact() {
            Fact::Link(Link { note, relation, sources, to, .. }) => {
                let (note, sources) = words.latest(entry, note, sources);
                Some(Linked { entry: entry.id(), note, on: entry.on(), relation, sources, to })
            }
            _ => None,
        };
        self.by_then(folded).filter(|entry| entry.kind == Kind::Link).filter_map(link).collect()
    }

    fn deposits(&self, folded: &Folded<'_>, words: &Wording) -> Vec<Deposited> {
        let mut deposits: Vec<&Entry> =
            folded.deposits.iter().copied().filter(|entry| entry.day().is_some_and(|day| day <= self.on)).collect();
        deposits.sort_by_key(|entry| (entry.day(), entry.key()));
        let deposit = |entry: &Entry| match (entry.fact(), entry.on()) {
            (Fact::Deposit(Deposit { by, instrument, note, share, sources, .. }), Some(on)) => {
                let (note, sources) = words.latest(entry, note, sources);
                Some(Deposited { by, entry: entry.id(), instrument, note, on, share, sources })
            }
            _ => None,
        };
        deposits.into_iter().filter_map(deposit).collect()
    }
}

/// The notes and sources that later entries add to earlier ones.
#[derive(Default)]
pub(super) struct Wording {
    notes: BTreeMap<EntryId, Note>,
    cited: BTreeMap<EntryId, Vec<Source>>,
}

impl Wording {
    pub(super) fn of(folded: &Folded<'_>) -> Self {
        let mut wording = Self::default();
        for entry in folded.others.iter().filter(|entry| matches!(entry.kind, Kind::Cite | Kind::Amend)) {
            match entry.fact() {
                Fact::Cite(cite) => wording.cited.entry(cite.entry).or_default().extend(cite.sources),
                Fact::Amend(Amend { entry: Some(target), note: Some(note), .. }) => {
                    wording.notes.insert(target, note);
                }
                _ => {}
            }
        }
        wording
    }

    /// The latest note of an entry, and all its sources without duplicates.
    pub(super) fn latest(
        &self,
        entry: &Entry,
        note: Option<Note>,
        mut sources: Vec<Source>,
    ) -> (Option<Note>, Vec<Source>) {
        sources.extend(self.cited.get(&entry.id()).into_iter().flatten().cloned());
        once_each(&mut sources);
        (self.notes.get(&entry.id()).cloned().or(note), sources)
    }

    fn step(&self, folded: &Folded<'_>, replay: &Replay<'_>, index: usize, visit: &Visit) -> Option<Step> {
        let status = replay.status(visit)?;
        let said = |step: u32| folded.steps.get(step as usize).copied();
        let further: Vec<&Entry> = replay.timeline.also(index).filter_map(said).collect();
        let (entry, date, clock) = match visit.cause {
            Cause::Opening => (Some(folded.registered), None, None),
            Cause::Step(step) => (said(step), said(step).and_then(Entry::on), None),
            Cause::Clock(clock) => (None, None, folded.procedure?.clocks.get(usize::from(clock))),
        };
        let (mut by, mut note, mut sources) = (None, None, Vec::new());
        for (nth, entry) in entry.into_iter().chain(further.iter().copied()).enumerate() {
            let fact = entry.fact();
            let (latest, cited) = self.latest(entry, fact.note().cloned(), fact.sources().to_vec());
            sources.extend(cited);
            if nth == 0 {
                note = latest;
                by = match (visit.cause, fact) {
                    (Cause::Step(_), Fact::Advance(advance)) => advance.by,
                    _ => None,
                };
            }
        }
        once_each(&mut sources);
        let basis = match visit.cause {
            Cause::Step(_) => basis(folded, replay, index).cloned(),
            _ => clock.map(|clock| replay.basis(clock).clone()),
        };
        let recorded = entry.or(further.first().copied());
        Some(Step {
            basis,
            by,
            clock: clock.map(|clock| clock.id.clone()),
            entry: entry.map(Entry::id),
            further_entries: further.iter().map(|entry| entry.id()).collect(),
            note,
            on: date.unwrap_or(visit.on),
            phase: status.phase,
            presumed: visit.presumed,
            published: recorded.and_then(Entry::published),
            recorded_at: recorded.map(Entry::recorded_at),
            recorded_by: recorded.map(|entry| slug(entry.recorded_by())),
            sources,
            status: status.id.clone(),
            title: status.title.clone(),
        })
    }
}

/// Removes duplicate sources and keeps the first of each.
fn once_each(sources: &mut Vec<Source>) {
    let mut seen: HashSet<Source> = HashSet::new();
    if sources.len() > 1 {
        sources.retain(|source| seen.insert(source.clone()));
    }
}

/// The basis of the transition that a recorded step took.
fn basis<'a>(folded: &Folded<'a>, replay: &Replay<'_>, index: usize) -> Option<&'a Title> {
    let (from, to) = (replay.timeline.get(index.checked_sub(1)?)?, replay.timeline.get(index)?);
    Some(&folded.procedure?.transition_between(from.status, to.status)?.basis)
}

fn next_steps(procedure: &Procedure, replay: &Replay<'_>) -> Vec<NextStep> {
    let Some(here) = replay.timeline.last().and_then(|here| replay.status(here)) else { return Vec::new() };
    let next = |transition: &crate::procedure::Transition| {
        Some(NextStep {
            basis: transition.basis.clone(),
            phase: procedure.status(transition.to.as_str())?.phase,
            reopening: transition.reopening,
            sources: transition.sources,
            taken_by: transition.taken_by.clone(),
            title: transition.title.clone(),
            to: transition.to.clone(),
        })
    };
    procedure.transitions_from(here.id.as_str()).filter_map(next).collect()
}

/// The deadlines set by `day`. The one in the commitment itself is the first. A later one counts if
/// the commitment was already made and the previous deadline had not passed.
fn set_deadlines(
    folded: &Folded<'_>,
    deadlines: &Deadlines,
    words: &Wording,
    commitment: &Commitment,
    day: Day,
) -> Vec<SetDeadline> {
    if commitment.obligation.is_none_or(|obligation| obligation == Obligation::Position) {
        return Vec::new();
    }
    let mut set: Vec<SetDeadline> = Vec::new();
    if let Some(deadline) = commitment.deadline.filter(|_| commitment.made.last_day() <= day) {
        let entry = folded.registered.id();
        let sources = commitment.words.iter().map(|words| words.source.clone()).collect();
        set.push(SetDeadline { deadline, entry, in_force: true, note: None, set_on: commitment.made, sources });
    }
    for (entry, Reschedule { deadline, note, sources }) in folded.reschedules() {
        let (note, sources) = words.latest(entry, note, sources);
        let Some(set_on) = entry.on().filter(|set_on| set_on.last_day() <= day) else { continue };
        let before = set.iter().rfind(|set| set.in_force).map(|set| set.deadline);
        let in_force = deadlines.replaces(before, set_on);
        set.push(SetDeadline { deadline, entry: entry.id(), in_force, note, set_on, sources });
    }
    set
}

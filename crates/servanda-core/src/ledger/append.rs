//! Checks a batch and prepares its entries before an append.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::entry::{
    Batch, Commitment, Define, Definition, Draft, Entry, Fact, FactBuilder, Kind, Obligation, seal_batch,
};
use crate::ledger::{PendingEntries, Snapshot};
use crate::procedure::{Procedure, Rule};
use crate::replay::{CachedTimeline, Definitions, Folded, retractions, slug, way_back};
use crate::value::{Day, EntryId, Moment, Slug, nearest};
use crate::{Error, Result, builtin};

/// The maximum time by which the newest entry may be ahead of the machine's clock: one day.
const MAX_AHEAD_MICROS: i64 = 24 * 60 * 60 * 1_000_000;

/// Returns the entries that a batch becomes, if the known entries allow them. `newest` is the moment
/// of the newest entry; if the ledger is partial, the whole ledger may have a newer one.
pub(super) fn prepare(
    known: Snapshot<'_>,
    newest: Option<Moment>,
    batch: Batch,
    recorded_by: &Slug,
    now: Option<Moment>,
) -> Result<Vec<Entry>> {
    let definitions = known.definitions();
    let (skips, shares) = (batch.skips_recorded, batch.shares_identifiers);
    let mut drafts = batch.into_drafts()?;
    if skips {
        let mut recorded = super::recorded::recorded(known, &drafts, recorded_by).into_iter();
        drafts.retain(|_| recorded.next().flatten().is_none());
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
    }
    let brought = templates(&definitions, drafts.iter().map(Draft::fact));
    let stamps = stamps(known.at.or(newest), brought.len(), drafts.iter().map(|draft| draft.recorded_at), now)?;
    let brought = brought.into_iter().map(|definition| FactBuilder::from(definition).build());
    drafts.splice(..0, brought.collect::<Result<Vec<_>>>()?);
    let entries = seal_batch(&drafts, &stamps, recorded_by)?;
    validate_publication(&entries)?;
    validate(known, &entries)?;
    if !shares {
        super::mentions::validate(known, &entries)?;
    }
    Ok(entries)
}

impl Snapshot<'_> {
    /// Checks whether a batch could be appended to the known entries.
    pub(crate) fn check(self, batch: Batch) -> Result<()> {
        prepare(self, self.ledger.newest(), batch, &Slug::from_static("nobody"), None).map(drop)
    }
}

/// Checks that nothing was published after it was recorded. Somewhere on Earth, the day after the
/// moment in UTC has begun.
fn validate_publication(entries: &[Entry]) -> Result<()> {
    for entry in entries {
        let recorded = entry.recorded_at().day();
        let latest = recorded.plus_days(1).unwrap_or(recorded);
        if let Some(published) = entry.published().filter(|published| published.first_day() > latest) {
            let reason = format!(
                "it is {published}, after {recorded}, on which the entry is recorded; give the date on which the fact \
                 was published before it came to this ledger"
            );
            return Err(Error::InvalidField { field: "published".to_owned(), reason });
        }
    }
    Ok(())
}

/// The built-in procedures and calendars, and those that commitments carry, that the facts use for
/// the first time.
fn templates<'a>(definitions: &Definitions, facts: impl Iterator<Item = &'a Fact> + Clone) -> Vec<Define> {
    let mut brought = Vec::new();
    let mut calendars: BTreeSet<&Slug> = BTreeSet::new();
    let mut procedures: BTreeSet<&Slug> = BTreeSet::new();
    let defined =
        |id: &Slug| facts.clone().any(|fact| matches!(fact, Fact::Define(Define::Calendar(c)) if c.id == *id));
    let mut calendars_of = |procedure: &'a Procedure, brought: &mut Vec<Define>| {
        for id in procedure.calendars() {
            if definitions.calendar(id).is_none() && !calendars.contains(id) && !defined(id) {
                calendars.insert(id);
                brought.extend(builtin::calendar(id.as_str()).cloned().map(Define::Calendar));
            }
        }
    };
    for fact in facts.clone() {
        match fact {
            Fact::Define(Define::Procedure(procedure)) => calendars_of(procedure, &mut brought),
            Fact::Register(_) | Fact::Repin(_) => {
                let (reference, carried) = match fact {
                    Fact::Register(commitment) => (&commitment.procedure, commitment.carried_procedure()),
                    Fact::Repin(repin) => (&repin.procedure, None),
                    _ => continue,
                };
                let held = definitions.procedure(reference).is_some();
                let Some(procedure) = carried.or_else(|| builtin::procedure(reference)).filter(|_| !held) else {
                    continue;
                };
                calendars_of(procedure, &mut brought);
                let given =
                    || facts.clone().any(|fact| matches!(fact, Fact::Define(Define::Procedure(p)) if p == procedure));
                if !procedures.contains(&procedure.id) && !given() {
                    procedures.insert(&procedure.id);
                    brought.push(Define::Procedure(procedure.clone()));
                }
            }
            _ => {}
        }
    }
    brought
}

/// Returns a moment for each entry, in order and later than the newest entry of the ledger. The
/// first draft is preceded by `first` additional entries. If `now` is `None`, the clock is ignored.
fn stamps(
    newest: Option<Moment>,
    first: usize,
    given: impl Iterator<Item = Option<Moment>>,
    now: Option<Moment>,
) -> Result<Vec<Moment>> {
    let too_far =
        |moment: Moment| now.filter(|now| now.plus_micros(MAX_AHEAD_MICROS).is_ok_and(|ahead| moment > ahead));
    if let Some((newest, now)) = newest.and_then(|newest| Some((newest, too_far(newest)?))) {
        return Err(Error::ClockBehind { newest, now });
    }
    let first = i64::try_from(first).unwrap_or(i64::MAX);
    let mut stamps: Vec<Moment> = Vec::new();
    let mut last = newest;
    for (index, given) in given.enumerate() {
        let lead = if index == 0 { first } else { 0 };
        let earliest = last.map(|last| last.plus_micros(1 + lead)).transpose()?;
        let stamp = match given {
            None => earliest.max(now).unwrap_or(Moment::EPOCH),
            Some(given) => match (too_far(given), last, earliest) {
                (Some(now), ..) => return Err(Error::RecordedTooLate { given, now }),
                (None, Some(newest), Some(earliest)) if given < earliest => {
                    return Err(Error::RecordedTooEarly { given, newest });
                }
                _ => given,
            },
        };
        for before in (1..=lead).rev() {
            stamps.push(stamp.plus_micros(-before)?);
        }
        stamps.push(stamp);
        last = Some(stamp);
    }
    Ok(stamps)
}

/// Checks that the entries fit with what is known, and that everything that fitted before still
/// does.
fn validate(known: Snapshot<'_>, entries: &[Entry]) -> Result<()> {
    if goes_on_plainly(&known, entries) {
        return Ok(());
    }
    let pending = PendingEntries::of(entries);
    let with = Snapshot { pending: Some(&pending), ..known };
    let before = known.definitions();
    let after = with.definitions();
    if let Some(conflict) = after.conflicts.iter().find(|conflict| pending.entry(conflict.entry).is_some()) {
        return Err(conflict.reason.clone());
    }
    let mut retracted: BTreeSet<EntryId> = BTreeSet::new();
    for entry in entries {
        validate_references(&with, &after, entry)?;
        if entry.kind == Kind::Register
            && let Fact::Register(commitment) = entry.fact()
        {
            if let Some(by) = known.fold(&before, commitment.id.as_str()).ok().map(|folded| folded.registered.id())
                && !entries.iter().any(|entry| entry.retracts() == Some(by))
            {
                return Err(Error::AlreadyRegistered { commitment: commitment.id, by });
            }
            validate_registration(&with, &after, &commitment)?;
        }
        if let Some(target) = entry.retracts() {
            validate_retraction(&known, &before, entry, target)?;
            if !retracted.insert(target) {
                let reason = format!("another entry of the same batch retracts {target} already; leave one out");
                return Err(Error::InvalidField { field: "fact.retract.entry".to_owned(), reason });
            }
        }
    }
    for (commitment, unit) in pending.commitments() {
        let earlier = known.fold(&before, commitment).ok();
        match with.fold(&after, commitment) {
            Ok(later) => validate_fold(earlier.as_ref(), &later, unit)?,
            Err(unregistered) => {
                let only_retracted = earlier.is_some() && unregistered.conflicts.is_empty();
                if !only_retracted {
                    return Err(not_registered(&known, commitment, earlier.as_ref(), entries));
                }
            }
        }
    }
    validate_definitions(&known, &with, &before, &after, entries)
}

/// Whether all entries are remarks, or steps at the end of cached timelines.
///
/// Most appends are of this kind, and the cached timelines are enough to allow them. If this
/// returns false, the full validation decides and finds the reason.
fn goes_on_plainly(known: &Snapshot<'_>, entries: &[Entry]) -> bool {
    if !known.is_whole() {
        return false;
    }
    let cached = |commitment: &str| known.ledger.cached(commitment);
    if let [entry] = entries {
        let Some(commitment) = entry.commitment() else { return false };
        return match entry.kind {
            Kind::Advance => {
                cached(commitment).is_some_and(|cached| cached.allows(commitment, entry, known.ledger.definitions()))
            }
            Kind::Remark => entry.after().is_none() && cached(commitment).is_some(),
            _ => false,
        };
    }
    // The timelines after the steps of the entries that have been checked so far.
    let mut gone: HashMap<&str, CachedTimeline> = HashMap::new();
    entries.iter().all(|entry| {
        let Some(commitment) = entry.commitment() else { return false };
        let Some(held) = cached(commitment) else { return false };
        match entry.kind {
            Kind::Advance => gone.entry(commitment).or_insert_with(|| held.clone()).take(
                commitment,
                entry,
                known.ledger.definitions(),
            ),
            Kind::Remark => entry.after().is_none(),
            _ => false,
        }
    })
}

impl Snapshot<'_> {
    fn unregistered(&self, commitment: Slug) -> Error {
        let others = self.ledger.commitments().filter(|id| **id != commitment);
        let nearest = nearest(commitment.as_str(), others);
        Error::UnknownCommitment { commitment, nearest }
    }
}

fn not_registered(known: &Snapshot<'_>, commitment: &str, earlier: Option<&Folded<'_>>, entries: &[Entry]) -> Error {
    if let Some(folded) = earlier
        && let Some(retracted) =
            entries.iter().filter_map(Entry::retracts).find(|retracted| *retracted == folded.registered.id())
    {
        return Error::RetractionBreaks {
            entry: retracted,
            then: format!("{commitment} would have entries and no registration"),
        };
    }
    known.unregistered(slug(commitment))
}

/// Checks that entries named by an entry exist, and that the days that it attests are over.
fn validate_references(with: &Snapshot<'_>, definitions: &Definitions, entry: &Entry) -> Result<()> {
    if let (Kind::Attest, Some(on), Some(commitment)) = (entry.kind, entry.on(), entry.commitment())
        && entry.vouches_to() < Some(on.last_day())
    {
        let (commitment, recorded_at) = (slug(commitment), entry.recorded_at());
        return Err(Error::AttestsTheFuture { commitment, on, recorded_at });
    }
    let unknown =
        |named, wanted: String| Err(Error::UnknownEntry { kind: entry.kind().to_owned(), entry: named, wanted });
    if let Some(after) = entry.after() {
        let overlaps = |earlier: &Entry| earlier.on().zip(entry.on()).is_some_and(|(one, other)| one.overlaps(other));
        let fits = |earlier: &Entry| earlier.commitment() == entry.commitment() && overlaps(earlier);
        if !with.entry(after).is_some_and(fits) {
            let (commitment, on) = (entry.commitment().unwrap_or_default(), entry.on());
            let day = on.map_or_else(String::new, |on| format!(" on {on}"));
            return unknown(after, format!("an entry about {commitment}{day}"));
        }
    }
    if entry.kind == Kind::Link
        && let Fact::Link(link) = entry.fact()
    {
        if entry.commitment() == Some(link.to.as_str()) {
            let reason = "it is the commitment itself, which stands in no relation to itself; name another".to_owned();
            return Err(Error::InvalidField { field: "fact.link.to".to_owned(), reason });
        }
        if with.fold(definitions, link.to.as_str()).is_err() {
            return Err(with.unregistered(link.to));
        }
    }
    Ok(())
}

fn validate_registration(with: &Snapshot<'_>, definitions: &Definitions, commitment: &Commitment) -> Result<()> {
    if let Some(deadline) = commitment.deadline {
        if commitment.obligation == Some(Obligation::Position) {
            return Err(Error::PositionTakesNoDeadline { commitment: commitment.id.clone() });
        }
        if deadline.date().last_day() < commitment.made.first_day() {
            let (commitment, made) = (commitment.id.clone(), commitment.made);
            return Err(Error::DeadlineBeforeMade { commitment, deadline, made });
        }
    }
    if let Some(date) = commitment.target.as_ref().and_then(|target| target.date)
        && date.last_day() < commitment.made.first_day()
    {
        let reason = format!("the target date {date} comes before the word was given, on {}", commitment.made);
        return Err(Error::InvalidField { field: "fact.register.target.date".to_owned(), reason });
    }
    let Some(procedure) = definitions.procedure(&commitment.procedure) else {
        let (commitment, procedure) = (commitment.id.clone(), commitment.procedure.clone());
        return Err(Error::UnknownProcedure { commitment, procedure });
    };
    let given = || procedure.clocks.iter().filter(|clock| clock.rule == Rule::SetByCommitment).map(|clock| &clock.id);
    if let Some(clock) = commitment.rules.keys().find(|clock| !given().any(|id| id == *clock)) {
        let (clock, clocks) = (clock.clone(), given().cloned().collect());
        return Err(Error::UnknownClock { procedure: commitment.procedure.clone(), clock, clocks });
    }
    let mut started =
        commitment.opening.iter().flat_map(|opening| opening.clocks_started.keys().chain(&opening.clocks_not_started));
    if let Some(clock) = started.find(|clock| !procedure.clocks.iter().any(|other| other.id == **clock)) {
        let clocks = procedure.clocks.iter().map(|clock| clock.id.clone()).collect();
        return Err(Error::UnknownClock { procedure: commitment.procedure.clone(), clock: clock.clone(), clocks });
    }
    if let Some(opening) = &commitment.opening {
        for (clock, on) in &opening.clocks_started {
            let reason = if opening.clocks_not_started.contains(clock) {
                format!("the clock {clock} is also under clocks_not_started; name it in one of the two")
            } else if on.first_day() > opening.on.last_day() {
                let opens = opening.on;
                format!("the clock {clock} started on {on}, after the history opens on {opens}; give an earlier date")
            } else {
                continue;
            };
            return Err(Error::InvalidField { field: "fact.register.opening.clocks_started".to_owned(), reason });
        }
    }
    let wholes = |id: &Slug| match with.fold(definitions, id.as_str()) {
        Ok(folded) => folded.terms.part_of,
        Err(_) => None,
    };
    if let Some(path) = way_back(&commitment.id, commitment.part_of.clone(), wholes) {
        return Err(Error::PartOfItself { commitment: commitment.id.clone(), path });
    }
    if let Some(whole) = &commitment.part_of
        && with.fold(definitions, whole.as_str()).is_err()
    {
        return Err(with.unregistered(whole.clone()));
    }
    Ok(())
}

fn validate_retraction(known: &Snapshot<'_>, definitions: &Definitions, entry: &Entry, target: EntryId) -> Result<()> {
    let wanted = match entry.commitment() {
        Some(commitment) => format!("an entry recorded before it about {commitment}"),
        None => "a definition recorded before it".to_owned(),
    };
    let named = known.entry(target).filter(|target| target.commitment() == entry.commitment());
    if named.is_none() {
        return Err(Error::UnknownEntry { kind: "retract".to_owned(), entry: target, wanted });
    }
    let by = match entry.commitment() {
        Some(commitment) => {
            let folded = known.fold(definitions, commitment).ok();
            folded.and_then(|folded| folded.retracted.get(&target).map(|by| by.id()))
        }
        None => retractions(&known.general(), &BTreeMap::new()).0.get(&target).map(|by| by.id()),
    };
    by.map_or(Ok(()), |by| Err(Error::AlreadyRetracted { entry: target, by }))
}

/// Checks that the new entries about a commitment fit, and that everything that fitted before still
/// does.
fn validate_fold(earlier: Option<&Folded<'_>>, later: &Folded<'_>, unit: &[&Entry]) -> Result<()> {
    let is_new = |id: EntryId| unit.iter().any(|entry| entry.id() == id);
    if let Some(conflict) = later.conflicts.iter().find(|conflict| is_new(conflict.entry)) {
        return Err(conflict.reason.clone());
    }
    let takes_a_step_since = |since: Option<Day>| {
        unit.iter().any(|entry| entry.kind.is_on_path() && since.is_none_or(|since| entry.day() >= Some(since)))
    };
    if later.procedure.is_none() && takes_a_step_since(None) {
        let (commitment, procedure) = (slug(later.commitment), later.terms.procedure.clone());
        return Err(Error::UnknownProcedure { commitment, procedure });
    }
    if let Some((unknown, since)) = later.not_understood()
        && takes_a_step_since(since)
    {
        let (commitment, kind) = (slug(later.commitment), unknown.kind().to_owned());
        return Err(Error::NotUnderstood { commitment, kind, entry: unknown.id() });
    }
    for entry in unit.iter().filter(|entry| entry.kind == Kind::Reschedule) {
        if let Fact::Reschedule(crate::Reschedule { deadline, .. }) = entry.fact()
            && deadline.date().last_day() < later.terms.made.first_day()
        {
            let (commitment, made) = (slug(later.commitment), later.terms.made);
            return Err(Error::DeadlineBeforeMade { commitment, deadline, made });
        }
    }
    for entry in unit.iter().filter(|entry| matches!(entry.kind, Kind::Assign | Kind::Unassign)) {
        later.check_assignment(entry)?;
    }
    for entry in unit.iter().filter(|entry| entry.kind == Kind::Repin) {
        later.check_repin(entry)?;
    }
    if unit.iter().any(|entry| entry.kind == Kind::Measure)
        && later.registration().is_some_and(|commitment| commitment.target.is_none())
    {
        return Err(Error::NoTarget { commitment: slug(later.commitment) });
    }
    // A registration must be valid too: the procedure must have the status at which it opens.
    later.replay_all().map_err(|refused| refused.error)?;
    let Some(entry) = unit.iter().find_map(|entry| entry.retracts()) else {
        return Ok(());
    };
    match earlier.and_then(|earlier| broken(earlier, later)) {
        Some(then) => Err(Error::RetractionBreaks { entry, then }),
        None => Ok(()),
    }
}

/// Describes a step that was valid before and would now be impossible, or would newly rest on a
/// presumption.
fn broken(earlier: &Folded<'_>, later: &Folded<'_>) -> Option<String> {
    if let Some(impossible) = impossible(earlier, later) {
        return Some(impossible);
    }
    let on_presumption = |folded: &Folded<'_>| -> Vec<EntryId> {
        folded.replay_all().ok().flatten().map(|replay| replay.on_presumption).unwrap_or_default()
    };
    let rested = on_presumption(earlier);
    // A step returns if its own retraction is retracted. It may have rested on a presumption
    // before, so it may again.
    let comes_back = |id: &EntryId| earlier.retracted.contains_key(id);
    let step = on_presumption(later).into_iter().find(|id| !rested.contains(id) && !comes_back(id))?;
    Some(format!("the step of the entry {step} would rest on a presumption"))
}

/// Describes a step, a deposit or a repin that was valid before and would now be impossible.
fn impossible(earlier: &Folded<'_>, later: &Folded<'_>) -> Option<String> {
    let steps = earlier.steps.iter().chain(&earlier.deposits).copied();
    let held: BTreeSet<EntryId> =
        steps.chain(earlier.repins.iter().map(|moved| moved.entry)).map(|entry| entry.id()).collect();
    let conflict = later.conflicts.iter().find(|conflict| held.contains(&conflict.entry))?;
    Some(conflict.reason.to_string())
}

/// Checks the definitions. A procedure that commitments go through cannot be retracted. A calendar
/// can be neither retracted nor defined if a timeline would become impossible.
fn validate_definitions(
    known: &Snapshot<'_>,
    with: &Snapshot<'_>,
    before: &Definitions,
    after: &Definitions,
    entries: &[Entry],
) -> Result<()> {
    let retracted = entries.iter().filter(|entry| entry.commitment().is_none()).find_map(Entry::retracts);
    let defined = entries.iter().find_map(|entry| match entry.definition() {
        Some(Definition::Calendar(calendar)) => Some(&calendar.id),
        _ => None,
    });
    if retracted.is_none() && defined.is_none() {
        return Ok(());
    }
    for id in known.ledger.commitments() {
        let Ok(folded) = known.fold(before, id.as_str()) else { continue };
        let asks = |calendar| folded.procedure.is_some_and(|procedure| procedure.calendars().contains(&calendar));
        if retracted.is_none() && !defined.is_some_and(asks) {
            continue;
        }
        let later = with.fold(after, id.as_str()).ok();
        if let Some(entry) = retracted {
            let pinned = folded.procedure.is_some() && later.as_ref().is_some_and(|later| later.procedure.is_none());
            let orphaned = pinned.then(|| format!("{id} would have no procedure"));
            if let Some(then) = orphaned.or_else(|| broken(&folded, later.as_ref()?)) {
                return Err(Error::RetractionBreaks { entry, then });
            }
        }
        if let Some(calendar) = defined
            && let Some(then) = later.as_ref().and_then(|later| impossible(&folded, later))
        {
            return Err(Error::CalendarBreaks { calendar: calendar.clone(), then });
        }
    }
    Ok(())
}

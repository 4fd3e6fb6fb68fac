//! Where commitments stood on any day, as known now and as known at earlier moments.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use servanda::answers::{Interval, LedgerView, Timeliness};
use servanda::value::EntryId;
use servanda::{Day, Entry, Fact, Ledger, Moment, Slug, Verdict};

use super::{Model, Names, Row};

/// Where a commitment stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) verdict: Option<Verdict>,
    pub(crate) timeliness: Option<Timeliness>,
    /// The name of the status; `None` if it is unknown, and before the history opens.
    pub(crate) status: Option<Arc<Names>>,
    pub(crate) presumed: bool,
}

/// The states of a commitment, from day to day.
pub(crate) type Stood = Vec<(Day, State)>;

/// The states of a commitment from day to day, as known at each moment at which they changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Versions {
    pub(crate) states: Vec<State>,
    pub(crate) versions: Vec<Version>,
}

/// The knowledge from a moment on. The days come with indexes of states.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) moment: Moment,
    pub(crate) days: Vec<(Day, usize)>,
}

impl Versions {
    /// Adds what is known from a moment on, unless it is what was known before.
    fn add(&mut self, moment: Moment, stood: Stood) {
        let states = &mut self.states;
        let mut index = |state: State| match states.iter().position(|known| *known == state) {
            Some(index) => index,
            None => {
                states.push(state);
                states.len() - 1
            }
        };
        let days: Vec<(Day, usize)> = stood.into_iter().map(|(day, state)| (day, index(state))).collect();
        if self.versions.last().is_none_or(|before| before.days != days) {
            self.versions.push(Version { moment, days });
        }
    }
}

/// The names of statuses by the ids of procedures and statuses.
#[derive(Debug, Default)]
pub(crate) struct StatusNames(BTreeMap<Slug, HashMap<Slug, Arc<Names>>>);

impl StatusNames {
    pub(super) fn of(ledger: &Ledger, day: Day) -> Self {
        let mut names = Self::default();
        for procedure in LedgerView::new(ledger, day, None, None).procedures() {
            let of_procedure = names.0.entry(procedure.id.clone()).or_default();
            for status in &procedure.statuses {
                of_procedure.insert(status.id.clone(), Arc::new(status.title.clone()));
            }
        }
        names
    }

    /// The names of a status in a procedure. A commitment that moved had statuses of another one.
    fn get(&self, procedure: &Slug, status: &Slug) -> Option<Arc<Names>> {
        let own = self.0.get(procedure).and_then(|statuses| statuses.get(status));
        own.or_else(|| self.0.values().find_map(|statuses| statuses.get(status))).cloned()
    }

    /// The intervals of a commitment as states. Days before it stood anywhere are left out.
    pub(super) fn stood(&self, intervals: Vec<Interval>, procedure: &Slug) -> Stood {
        let state = |interval: &Interval| State {
            verdict: interval.verdict,
            timeliness: interval.timeliness,
            status: interval.status.as_ref().and_then(|status| self.get(procedure, status)),
            presumed: interval.presumed,
        };
        let mut stood: Stood = Vec::new();
        for interval in &intervals {
            let state = state(interval);
            let is_same = stood.last().is_some_and(|(_, before)| *before == state);
            let is_before_all = stood.is_empty() && state.status.is_none() && state.verdict.is_none();
            if !is_same && !is_before_all {
                stood.push((interval.first, state));
            }
        }
        stood
    }
}

impl Row {
    /// Where the commitment stands on a day, as known now.
    pub(crate) fn state_on(&self, day: Day) -> Option<&State> {
        let next = self.stood.partition_point(|(first, _)| *first <= day);
        self.stood.get(next.checked_sub(1)?).map(|(_, state)| state)
    }
}

impl Model {
    /// Returns where some of the commitments stood from day to day, as known at each moment at which
    /// that changed.
    ///
    /// The entries are added in the order in which they became known to a ledger that has nothing
    /// else. So the states at each moment are computed from the ledger's cache, without a fold of
    /// all entries for each moment.
    pub(crate) fn versions(&self, wanted: &HashSet<&str>) -> HashMap<Slug, Versions> {
        let mut versions: HashMap<Slug, Versions> = HashMap::new();
        if wanted.is_empty() {
            return versions;
        }
        let mut known: Vec<((Moment, EntryId), &Entry)> = Vec::with_capacity(self.ledger.len());
        for entry in self.ledger.entries() {
            // An entry counts when its batch is whole.
            let last = self.ledger.known_with(entry.id()).and_then(|id| self.ledger.entry(id));
            known.extend(last.map(|last| ((last.recorded_at(), last.id()), entry)));
        }
        known.sort_by_key(|(known, _)| *known);
        let mut growing = Ledger::new();
        for together in known.chunk_by(|(one, _), (other, _)| one == other) {
            let entries = || together.iter().map(|(_, entry)| *entry);
            let mut touched: BTreeSet<&str> =
                entries().filter_map(|entry| wanted.get(entry.commitment()?).copied()).collect();
            if entries().any(matters_to_all) {
                touched.extend(versions.keys().filter_map(|id| wanted.get(id.as_str()).copied()));
            }
            if touched.is_empty() && entries().all(|entry| entry.commitment().is_some()) {
                continue;
            }
            growing.merge_entries(entries().cloned());
            let view = LedgerView::new(&growing, self.day, None, None);
            for id in touched {
                let Some(row) = self.row(id) else { continue };
                let Ok(intervals) = view.intervals(id) else { continue };
                let stood = self.names.stood(intervals, &row.procedure.id);
                let moment = together.first().map(|((moment, _), _)| *moment);
                if let Some(moment) = moment {
                    versions.entry(row.id.clone()).or_default().add(moment, stood);
                }
            }
        }
        versions
    }
}

/// Whether an entry can change where all commitments stand: a definition or its correction can, but
/// parties and topics cannot.
fn matters_to_all(entry: &Entry) -> bool {
    use servanda::facts::Define;
    entry.commitment().is_none() && !matches!(entry.fact(), Fact::Define(Define::Party(_) | Define::Topic(_)))
}

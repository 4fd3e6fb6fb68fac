//! Answers the question "What was recorded, by whom and when?".

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Kind};
use crate::ledger::BatchedEntry;
use crate::replay::{Definitions, retractions, slug};
use crate::value::{EntryId, Moment, Slug, nearest};
use crate::view::{Retraction, Unmatched, View};

/// An entry in a log.
///
/// Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Logged {
    /// The entry. In JSON, it has the members of its line.
    pub entry: Entry,
    /// The retraction: who did it, when and why; `None` if it was not retracted.
    pub retracted: Option<Retraction>,
}

/// Selects entries of a log: an entry has to match every field that is not empty, and one of the
/// values of a list.
///
/// ```
/// use servanda_core::LogFilter;
///
/// let retractions_of_the_desk = LogFilter::default().recorded_by("desk".parse()?).kind("retract");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct LogFilter {
    /// The commitments that the entries are about.
    #[serde(default)]
    pub commitment: Vec<Slug>,
    /// The kinds of fact, such as `advance`.
    #[serde(default)]
    pub kind: Vec<String>,
    /// The maximum number of entries. The newest are kept.
    #[serde(default)]
    pub limit: Option<u32>,
    /// The recorders.
    #[serde(default)]
    pub recorded_by: Vec<Slug>,
    /// The first moment of recording.
    #[serde(default)]
    pub since: Option<Moment>,
    /// The last moment of recording, inclusive.
    #[serde(default)]
    pub until: Option<Moment>,
}

impl LogFilter {
    /// Returns the same filter, which also accepts entries about this commitment.
    #[must_use]
    pub fn commitment(mut self, commitment: Slug) -> Self {
        self.commitment.push(commitment);
        self
    }

    /// Returns the same filter, which also accepts entries of this kind.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind.push(kind.into());
        self
    }

    /// Returns the same filter for at most this number of entries.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Returns the same filter, which also accepts entries of this recorder.
    #[must_use]
    pub fn recorded_by(mut self, recorder: Slug) -> Self {
        self.recorded_by.push(recorder);
        self
    }

    /// Returns the same filter for entries recorded at this moment or later.
    #[must_use]
    pub fn since(mut self, moment: Moment) -> Self {
        self.since = Some(moment);
        self
    }

    /// Returns the same filter for entries recorded at this moment or earlier.
    #[must_use]
    pub fn until(mut self, moment: Moment) -> Self {
        self.until = Some(moment);
        self
    }

    /// Whether an entry matches, apart from the limit.
    #[must_use]
    pub fn allows(&self, entry: &Entry) -> bool {
        fn is_one_of<T: AsRef<str>>(wanted: &[T], has: Option<&str>) -> bool {
            wanted.is_empty() || wanted.iter().any(|wanted| Some(wanted.as_ref()) == has)
        }
        let recorded_at = entry.recorded_at();
        self.since.is_none_or(|since| since <= recorded_at)
            && self.until.is_none_or(|until| recorded_at <= until)
            && is_one_of(&self.commitment, entry.commitment())
            && is_one_of(&self.kind, Some(entry.kind()))
            && (self.recorded_by.is_empty() || is_one_of(&self.recorded_by, Some(entry.recorded_by())))
    }
}

impl<'a> View<'a> {
    /// Returns the entries that the view knows and that the filter allows, the most recently
    /// recorded first.
    ///
    /// The day of the view does not matter. As known at a moment, the log has what was recorded by
    /// then, and the retractions of that time. An entry of an incomplete batch is in the log,
    /// although it does not count. An entry that [conflicts](View::conflicts) with others is too.
    ///
    /// ```
    /// use servanda_core::builtin::{self, action};
    /// use servanda_core::{Advance, Commitment, Ledger, LogFilter, Obligation, Retract};
    ///
    /// let visit = Commitment::builder("us/abe-visit", "A visit to Washington")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("has invited", ("Remarks", "https://example.org/remarks"))
    ///     .build()?;
    /// let (mut ledger, desk) = (Ledger::new(), "desk".parse()?);
    /// ledger.append(visit, &desk, "2013-01-19T09:00:00.000000Z".parse()?)?;
    /// let step = Advance::builder("us/abe-visit", action::UNDER_WAY).on("2013-02-20");
    /// let step = ledger.append(step, &desk, "2013-02-20T09:00:00.000000Z".parse()?)?[0];
    /// let wrong = Retract::builder("us/abe-visit", step, "It was only announced");
    /// ledger.append(wrong, &desk, "2013-02-21T09:00:00.000000Z".parse()?)?;
    ///
    /// let log = ledger.view_on("2013-03-01")?.log(&LogFilter::default());
    /// let kinds: Vec<&str> = log.iter().map(|logged| logged.entry.kind()).collect();
    /// assert_eq!(kinds, ["retract", "advance", "register", "define"]);
    /// let retraction = log[1].retracted.as_ref().expect("the step was retracted");
    /// assert_eq!(retraction.reason.as_str(), "It was only announced");
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn log(&self, filter: &LogFilter) -> Vec<Logged> {
        let definitions = self.known.definitions();
        let mut retracted: HashMap<Option<&str>, BTreeMap<EntryId, &Entry>> = HashMap::new();
        let logged = |entry: &'a Entry| {
            let commitment = entry.commitment();
            let of_commitment =
                retracted.entry(commitment).or_insert_with(|| self.retractions(&definitions, commitment));
            let retraction = of_commitment.get(&entry.id()).and_then(|retraction| Retraction::of(retraction));
            Logged { entry: entry.clone(), retracted: retraction }
        };
        let limit = filter.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        self.recorded(filter).take(limit).map(logged).collect()
    }

    /// The entries that the filter allows apart from its limit, the newest first.
    fn recorded(&self, filter: &LogFilter) -> impl Iterator<Item = &'a Entry> {
        let (known, ledger) = (self.known, self.known.ledger);
        let about = (!filter.commitment.is_empty()).then(|| {
            let commitments: BTreeSet<&Slug> = filter.commitment.iter().collect();
            let mut about: Vec<BatchedEntry<'a>> =
                commitments.into_iter().flat_map(|commitment| ledger.held_about(commitment.as_str())).collect();
            about.sort_by_key(|held| std::cmp::Reverse(held.entry.key()));
            about
        });
        let all = about.is_none().then(|| ledger.held_between(filter.since, filter.until).rev());
        let held = about.into_iter().flatten().chain(all.into_iter().flatten());
        held.filter(move |held| known.has_recorded(held)).map(|held| held.entry).filter(|entry| filter.allows(entry))
    }

    /// The retractions that count of entries about a commitment, or of definitions.
    fn retractions<'b>(
        &'b self,
        definitions: &'b Definitions,
        commitment: Option<&str>,
    ) -> BTreeMap<EntryId, &'b Entry> {
        let Some(commitment) = commitment else {
            return retractions(&self.known.general(), &BTreeMap::new()).0;
        };
        let any = self.known.ledger.about(commitment).any(|entry| entry.kind == Kind::Retract);
        match any.then(|| self.known.fold(definitions, commitment)) {
            None => BTreeMap::new(),
            Some(Ok(folded)) => folded.retracted,
            Some(Err(unregistered)) => unregistered.retracted,
        }
    }

    /// Returns the commitments and the recorders of a filter that have no entry in this view. They
    /// explain an empty log.
    #[must_use]
    pub fn unmatched_in_log(&self, filter: &LogFilter) -> Vec<Unmatched> {
        let (mut commitments, mut recorders): (BTreeSet<Slug>, BTreeSet<Slug>) = Default::default();
        for entry in self.recorded(&LogFilter::default()) {
            commitments.extend(entry.commitment().map(slug));
            recorders.insert(slug(entry.recorded_by()));
        }
        let unmatched = |member: &'static str, wanted: &[Slug], known: &BTreeSet<Slug>| {
            let missing = wanted.iter().filter(|value| !known.contains(*value));
            let with_nearest =
                |value: &Slug| Unmatched { member, value: value.clone(), nearest: nearest(value.as_str(), known) };
            missing.map(with_nearest).collect::<Vec<_>>()
        };
        let mut all = unmatched("commitment", &filter.commitment, &commitments);
        all.extend(unmatched("recorded_by", &filter.recorded_by, &recorders));
        all
    }
}

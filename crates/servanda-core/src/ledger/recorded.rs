//! Which facts of a batch a ledger has already.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::entry::{Amend, Batch, Define, Draft, Entry, Fact, Kind};
use crate::ledger::{Ledger, Snapshot};
use crate::replay::retractions;
use crate::value::json::to_json;
use crate::value::{Date, EntryId, Slug};

impl Ledger {
    /// Returns, for each draft of a batch in order, the entry that already records it.
    ///
    /// Such an entry has the same commitment, date, place after another entry, date of publication
    /// and fact, and the same recorder. It is not retracted, neither by an entry nor by the batch.
    /// Where only the latest fact applies, such as the title of a commitment or the definition of a
    /// party, no later entry has replaced it. Each entry stands for one draft.
    ///
    /// ```
    /// use servanda_core::{Batch, Ledger, Party};
    ///
    /// let (mut ledger, desk) = (Ledger::new(), "desk".parse()?);
    /// let batch = Batch::from(Party::new("jp", "en", "Japan")?);
    /// assert_eq!(ledger.recorded(&batch, &desk), [None]);
    /// ledger.append(batch.clone(), &desk, "2013-01-18T09:00:00.000000Z".parse()?)?;
    /// assert!(ledger.recorded(&batch, &desk)[0].is_some());
    /// assert_eq!(ledger.recorded(&batch, &"phone".parse()?), [None]);
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn recorded(&self, batch: &Batch, recorded_by: &Slug) -> Vec<Option<&Entry>> {
        recorded(Snapshot::all(self), &batch.drafts, recorded_by)
    }
}

/// The parts in which an entry and a draft agree if they record the same fact.
#[derive(PartialEq, Eq, Hash)]
struct Content {
    kind: Kind,
    after: Option<EntryId>,
    on: Option<Date>,
    published: Option<Date>,
    /// The canonical JSON of the fact's members.
    body: String,
}

impl Content {
    fn of_entry(entry: &Entry) -> Self {
        Self {
            kind: entry.kind,
            after: entry.after(),
            on: entry.on(),
            published: entry.published(),
            body: entry.body().to_owned(),
        }
    }

    fn of_draft(draft: &Draft) -> Self {
        let fact = draft.fact();
        let kind = Kind::from(fact);
        let json = to_json(fact);
        // The kind is the key of the members, and braces enclose this only member.
        let body = json.get(kind.as_str().len() + 4..json.len().saturating_sub(1)).unwrap_or_default();
        Self { kind, after: draft.after, on: draft.on, published: draft.published, body: body.to_owned() }
    }
}

/// The entries about one commitment, or about none, that can record drafts.
struct Log<'a> {
    /// Those of the recorder, by content.
    by_content: HashMap<Content, VecDeque<&'a Entry>>,
    /// The entries that a later entry of their kind replaces, with their facts, in order.
    replacing: Vec<(&'a Entry, Fact)>,
}

impl<'a> Log<'a> {
    fn of(known: Snapshot<'a>, commitment: Option<&Slug>, recorded_by: &Slug, leaving: &BTreeSet<EntryId>) -> Self {
        let units = match commitment {
            Some(commitment) => known.history(commitment.as_str()).units,
            None => known.general(),
        };
        let (retracted, _) = retractions(&units, &BTreeMap::new());
        let counts = |entry: &&Entry| !retracted.contains_key(&entry.id()) && !leaving.contains(&entry.id());
        let (mut by_content, mut replacing) = (HashMap::<Content, VecDeque<&Entry>>::new(), Vec::new());
        for entry in units.iter().flatten().copied().filter(counts) {
            if entry.recorded_by() == recorded_by.as_str() {
                by_content.entry(Content::of_entry(entry)).or_default().push_back(entry);
            }
            if matches!(entry.kind, Kind::Amend | Kind::Define | Kind::Measure | Kind::Repin | Kind::Reschedule) {
                replacing.push((entry, entry.fact()));
            }
        }
        Self { by_content, replacing }
    }

    /// Takes the entry that records a draft, unless a later one has replaced it.
    fn take(&mut self, draft: &Draft) -> Option<&'a Entry> {
        let equal = self.by_content.get_mut(&Content::of_draft(draft))?;
        let replaced = |entry: &Entry| {
            let later = self.replacing.iter().filter(|(later, _)| later.key() > entry.key());
            let mut later = later.filter(|(later, _)| later.on() == entry.on());
            later.any(|(_, fact)| replaces(fact, draft.fact()))
        };
        while equal.front().is_some_and(|entry| replaced(entry)) {
            equal.pop_front();
        }
        equal.pop_front()
    }
}

/// Whether a fact takes the place of an earlier one of the same date that says something else.
fn replaces(later: &Fact, earlier: &Fact) -> bool {
    match (later, earlier) {
        (Fact::Amend(later), Fact::Amend(earlier)) => later != earlier && amends_the_same(later, earlier),
        (Fact::Reschedule(later), Fact::Reschedule(earlier)) => later.deadline != earlier.deadline,
        (Fact::Define(Define::Party(later)), Fact::Define(Define::Party(earlier))) => {
            later.id == earlier.id && later != earlier
        }
        (Fact::Define(Define::Topic(later)), Fact::Define(Define::Topic(earlier))) => {
            later.id == earlier.id && later != earlier
        }
        (Fact::Measure(later), Fact::Measure(earlier)) => later.value != earlier.value,
        (Fact::Repin(later), Fact::Repin(earlier)) => later.procedure != earlier.procedure,
        _ => false,
    }
}

fn amends_the_same(one: &Amend, other: &Amend) -> bool {
    let note = one.note.is_some() && other.note.is_some() && one.entry == other.entry;
    let title = one.title.is_some() && other.title.is_some();
    let titles = one.titles.is_some() && other.titles.is_some();
    let language = one.language.is_some() && other.language.is_some();
    let identifiers = one.identifiers.is_some() && other.identifiers.is_some();
    let topics = one.topics.is_some() && other.topics.is_some();
    note || title || titles || language || identifiers || topics
}

/// See [`Ledger::recorded`].
pub(super) fn recorded<'a>(known: Snapshot<'a>, drafts: &[Draft], recorded_by: &Slug) -> Vec<Option<&'a Entry>> {
    let leaving = drafts.iter().filter_map(|draft| match draft.fact() {
        Fact::Retract(retract) => Some(retract.entry),
        _ => None,
    });
    let leaving: BTreeSet<EntryId> = leaving.collect();
    let mut logs: HashMap<Option<&Slug>, Log<'a>> = HashMap::new();
    let recorded = drafts.iter().map(|draft| {
        let about = draft.commitment();
        let log = logs.entry(about).or_insert_with(|| Log::of(known, about, recorded_by, &leaving));
        log.take(draft)
    });
    recorded.collect()
}

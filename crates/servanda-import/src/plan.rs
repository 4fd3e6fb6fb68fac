//! The plan: what an import would change.

use std::collections::{HashMap, HashSet};

use servanda::tracker::Transaction;
use servanda::{Batch, Commitment, Entry, Error, Fact, Moment, Slug, Tracker};

use crate::change::{Action, Change};
use crate::compare::{Comparison, Difference, NewFact, Said, difference, missing, said};
use crate::rows::{Columns, Group, Problem, Refused, Vocabulary, groups, wanted};
use crate::{ImportError, Input, Mapping, Position};

/// How to compare a table with a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanOptions {
    /// The reason for corrections, for rows that give none.
    pub reason: Option<String>,
    /// Whether to retract what the table no longer has.
    pub retract_missing: bool,
    /// Whether to record the other commitments if rows are refused.
    pub partial: bool,
    /// Whether [`import`](crate::import) only compares.
    pub dry_run: bool,
    /// Whether to accept dates later than today, for something that is already certain to happen.
    pub future: bool,
    /// Whether to accept a party whose id is almost that of a known party.
    pub allow_new_parties: bool,
    /// Whether to accept identifiers that other commitments have too.
    pub share_identifiers: bool,
    /// The moment at which everything was known that the table has. It is later than all entries
    /// on the ledger.
    pub recorded_at: Option<Moment>,
}

/// The changes of an import, before they are recorded.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) changes: Vec<Change>,
    pub(crate) unused_columns: Vec<String>,
    transaction: Transaction,
    partial: bool,
}

/// Compares what the input says with what the ledger says.
///
/// Nothing is written. Rows that cannot be recorded are [changes](Plan::changes) with
/// [`Action::Refuse`].
///
/// # Errors
///
/// `no-recorder`, `column-missing`, `recorded-too-early`, and every error of reading the ledger.
pub fn plan(tracker: &Tracker, input: &Input, mapping: &Mapping, options: &PlanOptions) -> Result<Plan, ImportError> {
    let transaction = tracker.begin()?;
    let recorder = tracker.recorder().ok_or(servanda::StoreError::NoRecorder).map_err(Error::from)?;
    let columns = match input {
        Input::Table(table) => {
            let found = Columns::find(table, mapping);
            Some(found.map_err(|problems| ImportError::ColumnMissing { problems })?)
        }
        Input::Document(_) => None,
    };
    let unused_columns = match (input, &columns) {
        (Input::Table(table), Some(columns)) => columns.unused(table),
        _ => Vec::new(),
    };
    let file = position(input);
    let says = said(transaction.ledger(), recorder);
    let said = &says.commitments;
    let about = About::of(columns.as_ref());
    let registered_as = |id: &str| said.get(id).filter(|said| said.registered_by == *recorder).map(title_of);
    let groups = groups(input, mapping, columns.as_ref(), registered_as);
    let comparison = Comparison {
        options,
        says: &says,
        recorder,
        // A refused row may be about the commitment or the step that seems to be missing.
        retracts_missing: options.retract_missing && groups.refused.is_empty(),
        keeps_earlier_steps: mapping.keep_earlier_steps || !about.events,
        again: false,
        file: file.file.as_str(),
        now: tracker.now(),
        today: (!options.future).then(|| tracker.view().day()),
    };
    let mut vocabulary = Vocabulary::new(tracker.view().procedures()?, &tracker.view().parties()?);
    vocabulary.questions_parties = !options.allow_new_parties;
    said.values().for_each(|said| vocabulary.learn(&said.registration));

    let mut drawn = Drawn::default();
    groups.refused.into_iter().for_each(|refused| drawn.refuse(refusals(refused)));
    for group in &groups.groups {
        match about.commitments {
            true => drawn.draw(group, None, mapping, &vocabulary, &comparison),
            false => drawn.draw_steps(group, mapping, &vocabulary, &comparison),
        }
    }
    if about.commitments {
        drawn.missing(&groups.groups, mapping, &comparison, &file);
    }
    let mut recording = Recording { begun: transaction.clone(), transaction, options, refused: HashMap::new() };
    recording.record(&mut drawn.differences)?;
    let Recording { transaction, mut refused, .. } = recording;
    let mut changes = drawn.refused;
    for (nth, difference) in drawn.differences.into_iter().enumerate() {
        changes.push(refused.remove(&nth).map_or(difference.changes, |change| vec![change]));
    }
    // In the order of the file. Commitments that it no longer has come last.
    changes.sort_by_key(|changes| {
        let row = changes.first().and_then(|change| change.position.row);
        (row.is_none(), row)
    });
    let changes = changes.into_iter().flatten().collect();
    Ok(Plan { changes, unused_columns, transaction, partial: options.partial })
}

impl Plan {
    /// Returns the differences, in the order of the file, and at the end what the file no longer
    /// has.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Returns the rows that cannot be recorded.
    pub fn refused(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.action == Action::Refuse)
    }

    /// Returns the entries that [`record`](Plan::record) appends.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        self.transaction.entries()
    }

    /// Returns the columns of the table that the mapping does not use.
    #[must_use]
    pub fn unused_columns(&self) -> &[String] {
        &self.unused_columns
    }

    /// Appends the changes to the ledger, and returns the new entries.
    ///
    /// # Errors
    ///
    /// `rows-refused` if rows were refused and the import is not partial; `changed-meanwhile` if
    /// the ledger has changed since the plan was made; and every error of writing to the ledger.
    /// Nothing is recorded then.
    pub fn record(self) -> Result<Vec<Entry>, ImportError> {
        if !self.partial {
            no_refusals(self.refused())?;
        }
        Ok(self.transaction.commit()?)
    }
}

/// Fails if there is a refusal.
pub(crate) fn no_refusals<'a>(refused: impl Iterator<Item = &'a Change>) -> Result<(), ImportError> {
    let changes: Vec<Change> = refused.cloned().collect();
    if changes.is_empty() { Ok(()) } else { Err(ImportError::RowsRefused { changes }) }
}

fn position(input: &Input) -> Position {
    let (file, sheet) = match input {
        Input::Table(table) => (table.name.clone(), table.sheet.clone()),
        Input::Document(document) => (document.name.clone(), None),
    };
    Position { file, sheet, ..Position::default() }
}

fn title_of(said: &Said) -> String {
    said.title.to_string()
}

/// The subject of an input.
struct About {
    /// The commitments themselves.
    commitments: bool,
    /// Their outcome.
    events: bool,
}

impl About {
    /// A document is about both.
    fn of(columns: Option<&Columns>) -> Self {
        Self { commitments: columns.is_none_or(Columns::has_titles), events: columns.is_none_or(Columns::has_events) }
    }
}

/// The differences that were found, and what could not be compared.
#[derive(Default)]
struct Drawn {
    /// The refusals, each list about one commitment.
    refused: Vec<Vec<Change>>,
    differences: Vec<Difference>,
}

impl Drawn {
    fn refuse(&mut self, changes: impl IntoIterator<Item = Change>) {
        self.refused.push(changes.into_iter().collect());
    }

    /// Compares rows that are only about steps of a commitment that is registered.
    fn draw_steps(
        &mut self,
        group: &Group<'_>,
        mapping: &Mapping,
        vocabulary: &Vocabulary,
        comparison: &Comparison<'_>,
    ) {
        match comparison.says.commitments.get(&group.id) {
            Some(said) => {
                let mut registered = said.registration.clone();
                registered.title = said.title.clone();
                registered.topics.clone_from(&said.topics);
                self.draw(group, Some(registered), mapping, vocabulary, comparison);
            }
            None => {
                let position = group.rows.first().map_or_else(Position::default, |row| row.position(None));
                let text = "the table has no titles, so the commitment has to be on the ledger, and it is not; \
                    import the table with its title first"
                    .to_owned();
                let problems = vec![Problem { position, text, nearest: None }];
                self.refuse(refusals(Refused { commitment: Some(group.id.clone()), problems }));
            }
        }
    }

    fn draw(
        &mut self,
        group: &Group<'_>,
        registered: Option<Commitment>,
        mapping: &Mapping,
        vocabulary: &Vocabulary,
        comparison: &Comparison<'_>,
    ) {
        let wanted = wanted(group, registered, mapping, vocabulary, comparison.now);
        match wanted.and_then(|wanted| wanted.until(comparison.today)) {
            Ok(wanted) => match difference(&wanted, comparison) {
                Ok(difference) => self.differences.push(difference),
                Err(refused) => self.refuse(refused),
            },
            Err(refused) => self.refuse(refusals(refused)),
        }
    }

    /// Adds what the rows no longer have. While a row is refused, nothing is retracted for that
    /// reason, because the row may be about the commitment that seems to be missing.
    fn missing(&mut self, groups: &[Group<'_>], mapping: &Mapping, comparison: &Comparison<'_>, file: &Position) {
        let there: HashSet<&Slug> = groups.iter().map(|group| &group.id).collect();
        let is_missing = |(id, said): &(&Slug, &Said)| {
            said.registered_by == *comparison.recorder
                && id.as_str().starts_with(&mapping.ids.prefix)
                && !there.contains(id)
        };
        let mut gone: Vec<(&Slug, &Said)> = comparison.says.commitments.iter().filter(is_missing).collect();
        gone.sort_by_key(|(id, _)| *id);
        let retracts_missing = comparison.retracts_missing && self.refused.is_empty();
        let comparison = Comparison { retracts_missing, ..*comparison };
        self.differences.extend(gone.into_iter().map(|(_, said)| missing(said, &comparison, file)));
    }
}

/// One change for each problem with the rows of a commitment.
fn refusals(refused: Refused) -> impl Iterator<Item = Change> {
    let Refused { commitment, problems } = refused;
    problems.into_iter().map(move |Problem { position, text, nearest }| Change {
        action: Action::Refuse,
        code: Some("invalid-row".to_owned()),
        commitment: commitment.clone(),
        nearest,
        position,
        reason: Some(text),
        ..Change::default()
    })
}

/// Appends the facts of all differences to a transaction.
struct Recording<'a> {
    /// The transaction without any batch.
    begun: Transaction,
    transaction: Transaction,
    options: &'a PlanOptions,
    /// The refusals, by the number of the difference.
    refused: HashMap<usize, Change>,
}

/// The outcome of the batches.
struct Outcome {
    /// False if a commitment was refused after a part of it was appended.
    is_whole: bool,
    /// The differences that have to be tried with more corrections.
    again: Vec<usize>,
}

/// How far apart batches with the same moment are recorded. A batch can bring definitions, which
/// are recorded right before it.
const GAP_MICROS: i64 = 100;

impl Recording<'_> {
    fn record(&mut self, differences: &mut [Difference]) -> Result<(), ImportError> {
        if let (Some(given), Some(newest)) = (self.options.recorded_at, self.begun.ledger().newest())
            && given <= newest
            && differences.iter().any(|difference| !difference.facts.is_empty())
        {
            return Err(Error::RecordedTooEarly { given, newest }.into());
        }
        loop {
            let outcome = self.try_all(differences, &batches(differences));
            for nth in &outcome.again {
                if let Some(difference) = differences.get_mut(*nth)
                    && let Some(again) = difference.again.take()
                {
                    *difference = *again;
                }
            }
            if outcome.is_whole && outcome.again.is_empty() {
                return Ok(());
            }
            self.transaction = self.begun.clone();
        }
    }

    /// Appends all batches but those that are refused.
    ///
    /// Facts that are not allowed yet are recorded with the next ones about their commitment,
    /// because they may be allowed together.
    fn try_all(&mut self, differences: &[Difference], batches: &[DatedBatch<'_>]) -> Outcome {
        let mut begun: HashSet<usize> = HashSet::new();
        let mut waiting: HashMap<usize, Vec<&NewFact>> = HashMap::new();
        let mut outcome = Outcome { is_whole: true, again: Vec::new() };
        for batch in batches {
            if self.refused.contains_key(&batch.difference) {
                continue;
            }
            let Some(difference) = differences.get(batch.difference) else { continue };
            let joined = waiting.remove(&batch.difference).map(|mut facts| {
                facts.extend(&batch.facts);
                facts.sort_by_key(|fact| fact.nth);
                DatedBatch { facts, ..*batch }
            });
            let batch = joined.as_ref().unwrap_or(batch);
            match self.append(difference, batch) {
                Ok(()) => _ = begun.insert(batch.difference),
                Err(error) if !batch.is_last && !matches!(error, Error::RecordedTooEarly { .. }) => {
                    waiting.insert(batch.difference, batch.facts.clone());
                }
                Err(_) if difference.again.is_some() => outcome.again.push(batch.difference),
                Err(error) => {
                    self.refused.insert(batch.difference, refusal(difference, batch, &error));
                    outcome.is_whole &= !begun.contains(&batch.difference);
                }
            }
        }
        outcome
    }

    fn append(&mut self, difference: &Difference, batch: &DatedBatch<'_>) -> servanda::Result<()> {
        let newest = self.transaction.ledger().newest();
        if let (Some(given), Some(newest)) = (batch.known, self.begun.ledger().newest())
            && given <= newest
        {
            return Err(Error::RecordedTooEarly { given, newest });
        }
        let at = match self.options.recorded_at.or(batch.known) {
            None => None,
            Some(given) => {
                let next = newest.map_or(given.micros(), |newest| newest.micros() + GAP_MICROS);
                Some(Moment::from_micros(next.max(given.micros()))?)
            }
        };
        let mut drafts = Batch::new();
        for (nth, fact) in (0..).zip(&batch.facts) {
            let at = at.map(|at| Moment::from_micros(at.micros() + nth)).transpose()?;
            drafts = drafts.and(fact.draft(&difference.commitment, at)?);
        }
        if self.options.share_identifiers {
            drafts = drafts.share_identifiers();
        }
        self.transaction.append(drafts).map(drop)
    }
}

/// Facts about one commitment that are recorded together.
struct DatedBatch<'a> {
    known: Option<Moment>,
    /// The number of the difference.
    difference: usize,
    facts: Vec<&'a NewFact>,
    /// Whether no further batch is about the commitment.
    is_last: bool,
}

/// Returns the facts in the order in which they are recorded: by the moments at which they were
/// known, wholes before their parts, and otherwise in the order of the file.
fn batches(differences: &[Difference]) -> Vec<DatedBatch<'_>> {
    let by_id: HashMap<&Slug, &Difference> =
        differences.iter().map(|difference| (&difference.commitment, difference)).collect();
    let depth = |difference: &Difference| {
        let whole = |difference: &&Difference| by_id.get(difference.part_of.as_ref()?).copied();
        // A circle is refused later.
        std::iter::successors(Some(difference), whole).take(64).count()
    };
    let mut batches: Vec<(usize, DatedBatch<'_>)> = Vec::new();
    for (nth, difference) in differences.iter().enumerate() {
        let mut moments: Vec<Option<Moment>> = difference.facts.iter().map(|fact| fact.times.known).collect();
        moments.sort_by_key(|known| (known.is_none(), *known));
        moments.dedup();
        let last = moments.last().copied();
        for known in moments {
            let facts = difference.facts.iter().filter(|fact| fact.times.known == known).collect();
            let is_last = Some(known) == last;
            batches.push((depth(difference), DatedBatch { known, difference: nth, facts, is_last }));
        }
    }
    batches.sort_by_key(|(depth, batch)| (batch.known.is_none(), batch.known, *depth, batch.difference));
    batches.into_iter().map(|(_, batch)| batch).collect()
}

/// The refusal of a commitment, at the row whose fact the ledger does not allow.
fn refusal(difference: &Difference, batch: &DatedBatch<'_>, error: &Error) -> Change {
    let (step, nearest) = match error {
        Error::IllegalStep { to, on, .. }
        | Error::BeforeOpening { to, on, .. }
        | Error::ClockNotDue { to, on, .. }
        | Error::MissingSources { to, on, .. }
        | Error::WrongParty { to, on, .. } => (Some((to, Some(*on))), None),
        Error::UnknownStatus { status, nearest, .. } => (Some((status, None)), nearest.as_ref()),
        Error::UnknownCommitment { nearest, .. } => (None, nearest.as_ref()),
        _ => (None, None),
    };
    let is_it = |fact: &&&NewFact| match (fact.fact(), step) {
        (Fact::Advance(advance), Some((to, on))) => advance.to == *to && (on.is_none() || on == fact.times.on),
        _ => false,
    };
    let position = batch.facts.iter().find(is_it).map_or(&difference.position, |fact| &fact.position);
    let known_too_late = match error {
        Error::RecordedTooEarly { given, newest } => Some(format!(
            "the row was first known at {given}, and the ledger has an entry recorded later, at {newest}; leave the moment empty to record the row now"
        )),
        _ => None,
    };
    Change {
        action: Action::Refuse,
        code: Some(error.code().to_owned()),
        commitment: Some(difference.commitment.clone()),
        nearest: nearest.map(Slug::to_string),
        position: position.clone(),
        reason: Some(known_too_late.unwrap_or_else(|| error.to_string())),
        ..Change::default()
    }
}

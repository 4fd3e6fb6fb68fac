//! The difference between the rows and the ledger, for one commitment.

use servanda::facts::{Draft, Retract};
use servanda::format::quote;
use servanda::value::{EntryId, Note};
use servanda::{Date, Day, Fact, Moment, Slug};

use super::events::compare_events;
use super::registration::compare_registration;
use super::said::{LedgerSays, Said, Withdrawn};
use crate::change::{Action, Change};
use crate::rows::Wanted;
use crate::{PlanOptions, Position};

/// The facts to record about one commitment so that the ledger agrees with the rows.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) commitment: Slug,
    pub(crate) part_of: Option<Slug>,
    pub(crate) changes: Vec<Change>,
    pub(crate) facts: Vec<NewFact>,
    pub(crate) position: Position,
    /// The same difference with more corrections: it records steps with imprecise dates again. It
    /// is for a ledger that refuses the first one.
    pub(crate) again: Option<Box<Difference>>,
}

/// A fact that has to be recorded.
#[derive(Debug)]
pub(crate) struct NewFact {
    pub(crate) times: Times,
    /// The number of the fact in the difference.
    pub(crate) nth: usize,
    fact: Fact,
    /// The place from which it comes.
    pub(crate) position: Position,
}

/// The times of a fact that has to be recorded.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    /// The moment at which it was first known. `None` if that is now.
    pub(crate) known: Option<Moment>,
    /// The date on which it was the case, if its kind of fact has one.
    pub(crate) on: Option<Date>,
    /// The date on which it was first published elsewhere.
    pub(crate) published: Option<Date>,
}

impl Times {
    /// The times of a fact that has no date of its own and is known now.
    pub(super) fn published(published: Option<Date>) -> Self {
        Self { published, ..Self::default() }
    }
}

impl NewFact {
    /// Returns the draft of the fact, to be recorded at a moment.
    pub(crate) fn draft(&self, commitment: &Slug, at: Option<Moment>) -> servanda::Result<Draft> {
        let mut draft = Draft::builder(Some(commitment.clone()), self.fact.clone());
        if let Some(on) = self.times.on {
            draft = draft.on(on);
        }
        if let Some(published) = self.times.published {
            draft = draft.published(published);
        }
        if let Some(at) = at {
            draft = draft.recorded_at(at);
        }
        draft.build()
    }

    pub(crate) fn fact(&self) -> &Fact {
        &self.fact
    }
}

impl Difference {
    fn new(commitment: Slug, part_of: Option<Slug>, position: Position) -> Self {
        Self { commitment, part_of, changes: Vec::new(), facts: Vec::new(), position, again: None }
    }

    pub(super) fn change(&mut self, change: Change) {
        self.changes.push(Change { commitment: Some(self.commitment.clone()), ..change });
    }

    pub(super) fn record(&mut self, fact: impl Into<Fact>, times: Times, at: &Position) {
        self.facts.push(NewFact { times, nth: self.facts.len(), fact: fact.into(), position: at.clone() });
    }

    /// Retracts an entry, with the date on which the retraction was published elsewhere.
    pub(super) fn retract(&mut self, entry: EntryId, reason: &Note, published: Option<Date>, at: &Position) {
        self.record(Retract::new(entry, reason.clone()), Times::published(published), at);
    }
}

/// Returns what has to be recorded about a commitment. `Err` has what cannot be recorded.
pub(crate) fn difference(wanted: &Wanted, comparison: &Comparison<'_>) -> Result<Difference, Vec<Change>> {
    let registration = &wanted.registration;
    let said = comparison.says.commitments.get(&registration.id);
    let mut difference =
        Difference::new(registration.id.clone(), registration.part_of.clone(), wanted.position.clone());
    let withdrawn = comparison.withdrawn(&registration.id);
    let same = |withdrawn: &&Withdrawn| matches!(&withdrawn.fact, Fact::Register(old) if **old == *registration);
    match (said, withdrawn.iter().find(same)) {
        (None, Some(withdrawn)) => {
            difference.change(Change {
                what: quote(registration.title.as_str()),
                position: wanted.position.clone(),
                ..withdrawn.keep()
            });
            return Ok(difference);
        }
        (None, None) => {
            difference.change(Change {
                action: Action::Register,
                what: quote(registration.title.as_str()),
                position: wanted.position.clone(),
                ..Change::default()
            });
            let times = Times { known: wanted.known, ..Times::published(wanted.published) };
            difference.record(registration.clone(), times, &wanted.position);
        }
        (Some(said), _) => compare_registration(wanted, said, comparison, &mut difference)?,
    }
    let keeps_imprecise = compare_events(wanted, said, comparison, &mut difference)?;
    if keeps_imprecise && !difference.facts.is_empty() {
        let again = Comparison { again: true, ..*comparison };
        difference.again = Some(Box::new(self::difference(wanted, &again)?));
    }
    Ok(difference)
}

/// How an import compares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Comparison<'a> {
    pub(crate) options: &'a PlanOptions,
    pub(crate) says: &'a LedgerSays,
    /// The name under which the import records.
    pub(crate) recorder: &'a Slug,
    /// Whether what the rows no longer have is retracted.
    pub(crate) retracts_missing: bool,
    pub(crate) keeps_earlier_steps: bool,
    /// Whether steps with imprecise dates that overlap are recorded again.
    pub(crate) again: bool,
    /// The imported file.
    pub(crate) file: &'a str,
    pub(crate) now: Moment,
    /// The present day. `None` if dates in the future are accepted.
    pub(crate) today: Option<Day>,
}

impl<'a> Comparison<'a> {
    /// The import's entries about a commitment that another recorder has retracted.
    pub(super) fn withdrawn(&self, commitment: &Slug) -> &'a [Withdrawn] {
        self.says.withdrawn.get(commitment).map_or(&[], Vec::as_slice)
    }

    /// Returns the reason for a correction: that of the row, that of the run, or the name of the
    /// file.
    pub(super) fn reason(&self, row: Option<&str>) -> Result<Note, String> {
        let standing = || match self.file {
            "-" => "Corrected in the imported table".to_owned(),
            file => format!("Corrected in {file}"),
        };
        let given = row.map(str::to_owned).or_else(|| self.options.reason.clone());
        given.unwrap_or_else(standing).parse().map_err(|error: servanda::value::ValueError| error.to_string())
    }

    /// Returns the reason for a retraction of something that the rows no longer have.
    pub(super) fn reason_of_missing(&self) -> Result<Note, String> {
        match &self.options.reason {
            Some(_) => self.reason(None),
            None => self.reason(Some("No longer in the imported table")),
        }
    }
}

/// Returns what has to be done about a commitment that the rows no longer have.
pub(crate) fn missing(said: &Said, comparison: &Comparison<'_>, position: &Position) -> Difference {
    let registration = &said.registration;
    let mut difference = Difference::new(registration.id.clone(), None, position.clone());
    let what = format!("{}, which {} registered", quote(said.title.as_str()), comparison.recorder);
    let (action, reason) = match comparison.reason_of_missing() {
        Ok(reason) if comparison.retracts_missing => {
            let own = said.events.iter().filter(|event| event.by == *comparison.recorder).map(|event| event.entry);
            let rest = said.own_amendments.iter().chain(&said.other_own).copied();
            for entry in own.chain(rest).chain([said.registered]) {
                difference.retract(entry, &reason, None, position);
            }
            (Action::Retract, Some(reason.to_string()))
        }
        _ => (Action::Missing, None),
    };
    difference.change(Change { action, what, reason, position: position.clone(), ..Change::default() });
    difference
}

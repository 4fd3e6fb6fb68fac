//! Drafts of facts: one constructor for each kind of fact.

use pyo3::prelude::*;
use servanda::{
    Advance, Amend, Attest, Batch, Calendar, Cite, Commitment, Date, Deadline, Define, Deposit, EntryId, Fact, Link,
    Moment, Party, Procedure, Remark, Reschedule, Retract, ValueError,
};

use crate::convert::{Arg, Sources, parsed};
use crate::error::Result;

/// A fact that has not been appended yet.
#[pyclass(frozen, module = "servanda._servanda")]
pub(crate) struct Draft(pub(crate) servanda::Draft);

#[pymethods]
impl Draft {
    /// The draft as canonical JSON.
    fn json(&self) -> Result<String> {
        Ok(self.0.to_json()?)
    }
}

/// Puts drafts into one batch.
pub(crate) fn batch(drafts: &[Py<Draft>]) -> Batch {
    drafts.iter().map(|draft| draft.get().0.clone()).collect()
}

/// The optional parts that every draft can have.
type On = Option<Arg<Date>>;
type At = Option<Arg<Moment>>;

fn draft(commitment: Option<&str>, fact: Fact, on: On, after: Option<&str>, at: At) -> Result<Draft> {
    let mut draft = servanda::Draft::new(parsed(commitment)?, fact);
    if let Some(Arg(on)) = on {
        draft = draft.on(on);
    }
    if let Some(after) = parsed::<EntryId>(after)? {
        draft = draft.after(after);
    }
    if let Some(Arg(at)) = at {
        draft = draft.recorded_at(at);
    }
    Ok(Draft(draft))
}

/// Reads a draft from JSON.
#[pyfunction]
#[pyo3(signature = (json, /))]
pub(crate) fn draft_from_json(json: &str) -> Result<Draft> {
    Ok(Draft(servanda::Draft::from_json(json)?))
}

#[pyfunction]
#[pyo3(signature = (commitment, recorded_at, /))]
pub(crate) fn register(commitment: Arg<Commitment>, recorded_at: At) -> Result<Draft> {
    let id = commitment.0.id.to_string();
    draft(Some(&id), Fact::Register(Box::new(commitment.0)), None, None, recorded_at)
}

#[pyfunction]
#[pyo3(signature = (commitment, to, on, by, sources, note, after, recorded_at, /))]
#[expect(clippy::too_many_arguments, reason = "one argument for each part of the fact")]
pub(crate) fn advance(
    commitment: &str,
    to: &str,
    on: On,
    by: Option<&str>,
    sources: Sources,
    note: Option<&str>,
    after: Option<&str>,
    recorded_at: At,
) -> Result<Draft> {
    let fact = Advance { by: parsed(by)?, note: parsed(note)?, sources: sources.0, to: to.parse()? };
    draft(Some(commitment), Fact::Advance(fact), on, after, recorded_at)
}

#[pyfunction]
#[pyo3(signature = (commitment, by, on, instrument, share, sources, note, after, recorded_at, /))]
#[expect(clippy::too_many_arguments, reason = "one argument for each part of the fact")]
pub(crate) fn deposit(
    commitment: &str,
    by: &str,
    on: On,
    instrument: Option<&str>,
    share: Option<&str>,
    sources: Sources,
    note: Option<&str>,
    after: Option<&str>,
    recorded_at: At,
) -> Result<Draft> {
    let (instrument, note, share) = (parsed(instrument)?, parsed(note)?, parsed(share)?);
    let fact = Deposit { by: by.parse()?, instrument, note, share, sources: sources.0 };
    draft(Some(commitment), Fact::Deposit(fact), on, after, recorded_at)
}

#[pyfunction]
#[pyo3(signature = (commitment, entry, sources, note, on, after, recorded_at, /))]
pub(crate) fn cite(
    commitment: &str,
    entry: &str,
    sources: Sources,
    note: Option<&str>,
    on: On,
    after: Option<&str>,
    recorded_at: At,
) -> Result<Draft> {
    let fact = Cite { entry: entry.parse()?, note: parsed(note)?, sources: sources.0 };
    draft(Some(commitment), Fact::Cite(fact), on, after, recorded_at)
}

#[pyfunction]
#[pyo3(signature = (commitment, title, on, sources, note, after, recorded_at, /))]
pub(crate) fn remark(
    commitment: &str,
    title: &str,
    on: On,
    sources: Sources,
    note: Option<&str>,
    after: Option<&str>,
    recorded_at: At,
) -> Result<Draft> {
    let fact = Remark { note: parsed(note)?, sources: sources.0, title: title.parse()? };
    draft(Some(commitment), Fact::Remark(fact), on, after, recorded_at)
}

#[pyfunction]
#[pyo3(signature = (commitment, on, sources, note, after, recorded_at, /))]
pub(crate) fn attest(
    commitment: &str,
    on: On,
    sources: Sources,
    note: Option<&str>,
    after: Option<&str>,
    recorded_at: At,
) -> Result<Draft> {
    let fact = Attest { note: parsed(note)?, sources: sources.0 };
    draft(Some(commitment), Fact::Attest(fact), on, after, recorded_at)
}

#[pyfunction]
#[pyo3(signature = (commitment, deadline, on, sources, note, after, recorded_at, /))]
pub(crate) fn reschedule(
    commitment: &str,
    deadline: Arg<Deadline>,
    on: On,
    sources: Sources,
    note: Option<&str>,
    after: Option<&str>,
    recorded_at: At,
) -> Result<Draft> {
    let fact = Reschedule { deadline: deadline.0, note: parsed(note)?, sources: sources.0 };
    draft(Some(commitment), Fact::Reschedule(fact), on, after, recorded_at)
}

#[pyfunction]
#[pyo3(signature = (commitment, title, topics, entry, note, on, after, recorded_at, /))]
#[expect(clippy::too_many_arguments, reason = "one argument for each part of the fact")]
pub(crate) fn amend(
    commitment: &str,
    title: Option<&str>,
    topics: Option<Vec<String>>,
    entry: Option<&str>,
    note: Option<&str>,
    on: On,
    after: Option<&str>,
    recorded_at: At,
) -> Result<Draft> {
    let topics = topics.map(|topics| topics.iter().map(|topic| topic.parse()).collect::<Result<_, ValueError>>());
    let (entry, note, title) = (parsed(entry)?, parsed(note)?, parsed(title)?);
    let fact = Amend { entry, note, title, topics: topics.transpose()? };
    draft(Some(commitment), Fact::Amend(fact), on, after, recorded_at)
}

#[pyfunction]
#[pyo3(signature = (commitment, relation, to, on, sources, note, after, recorded_at, /))]
#[expect(clippy::too_many_arguments, reason = "one argument for each part of the fact")]
pub(crate) fn link(
    commitment: &str,
    relation: &str,
    to: &str,
    on: On,
    sources: Sources,
    note: Option<&str>,
    after: Option<&str>,
    recorded_at: At,
) -> Result<Draft> {
    let fact = Link { note: parsed(note)?, relation: relation.parse()?, sources: sources.0, to: to.parse()? };
    draft(Some(commitment), Fact::Link(fact), on, after, recorded_at)
}

#[pyfunction]
#[pyo3(signature = (commitment, entry, reason, on, after, recorded_at, /))]
pub(crate) fn retract(
    commitment: Option<&str>,
    entry: &str,
    reason: &str,
    on: On,
    after: Option<&str>,
    recorded_at: At,
) -> Result<Draft> {
    let fact = Retract { entry: entry.parse()?, reason: reason.parse()? };
    draft(commitment, Fact::Retract(fact), on, after, recorded_at)
}

/// Makes a definition of a party, a procedure or a calendar.
#[pyfunction]
#[pyo3(signature = (kind, what, recorded_at, /))]
pub(crate) fn define(kind: &str, what: &Bound<'_, PyAny>, recorded_at: At) -> Result<Draft> {
    let definition = match kind {
        "party" => Define::Party(what.extract::<Arg<Party>>()?.0),
        "procedure" => Define::Procedure(what.extract::<Arg<Procedure>>()?.0),
        _ => Define::Calendar(what.extract::<Arg<Calendar>>()?.0),
    };
    draft(None, Fact::Define(definition), None, None, recorded_at)
}

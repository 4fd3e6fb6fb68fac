//! The moves of a commitment to other procedures.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::entry::Fact;
use crate::procedure::ProcedureRef;
use crate::replay::{Moved, slug};
use crate::value::{EntryId, Moment, Note, Slug};

/// A move of a commitment to another procedure.
///
/// Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Repinned {
    /// The procedure after: id, version and digest.
    pub after: ProcedureRef,
    /// The procedure before.
    pub before: ProcedureRef,
    /// The entry.
    pub entry: EntryId,
    /// The reason.
    pub reason: Note,
    /// The moment of the recording.
    pub recorded_at: Moment,
    /// The recorder.
    pub recorded_by: Slug,
    /// The new names of statuses, by their old names.
    pub statuses: BTreeMap<Slug, Slug>,
}

impl Repinned {
    /// `None` if the entry is not a repin, which cannot be.
    pub(super) fn of(moved: &Moved<'_>) -> Option<Self> {
        let Fact::Repin(repin) = moved.entry.fact() else { return None };
        Some(Self {
            after: repin.procedure,
            before: moved.from.clone(),
            entry: moved.entry.id(),
            reason: repin.reason,
            recorded_at: moved.entry.recorded_at(),
            recorded_by: slug(moved.entry.recorded_by()),
            statuses: repin.statuses,
        })
    }
}

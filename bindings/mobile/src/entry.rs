//! Entries: each is its line.

use servanda::{Date, EntryId, Moment, Slug};

use crate::draft::Fact;
use crate::error::ServandaError;

/// One fact on the ledger: its canonical line, and what is asked of it all the time.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Entry {
    /// The line, without the line feed. It is the entry: anyone can recompute its id from it.
    pub line: String,
    /// The digest of the line without the member `id`.
    pub id: EntryId,
    /// The kind of fact, such as `advance`; a later version may have kinds that this one does not know.
    pub kind: String,
    /// The commitment it is about; none for a definition.
    pub commitment: Option<Slug>,
    /// The day it is effective, as precisely as known.
    pub on: Option<Date>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who wrote it down.
    pub recorded_by: String,
    /// The entry of the same day that it comes after.
    pub after: Option<EntryId>,
}

impl From<&servanda::Entry> for Entry {
    fn from(entry: &servanda::Entry) -> Self {
        Self {
            line: entry.line().to_owned(),
            id: entry.id(),
            kind: entry.kind().to_owned(),
            commitment: entry.commitment().and_then(|id| id.parse().ok()),
            on: entry.on(),
            recorded_at: entry.recorded_at(),
            recorded_by: entry.recorded_by().to_owned(),
            after: entry.after(),
        }
    }
}

pub(crate) fn all<'a>(entries: impl IntoIterator<Item = &'a servanda::Entry>) -> Vec<Entry> {
    entries.into_iter().map(Entry::from).collect()
}

pub(crate) fn read(lines: &[String]) -> Result<Vec<servanda::Entry>, ServandaError> {
    lines.iter().map(|line| Ok(servanda::format::read_line(line)?)).collect()
}

/// Reads a line of a ledger.
///
/// # Errors
///
/// What is wrong with the line, such as `wrong-id`.
#[uniffi::export]
pub fn read_entry(line: &str) -> Result<Entry, ServandaError> {
    Ok(Entry::from(&servanda::format::read_line(line)?))
}

/// The fact that a line of a ledger records.
///
/// # Errors
///
/// What is wrong with the line, such as `wrong-id`.
#[uniffi::export]
pub fn read_fact(line: &str) -> Result<Fact, ServandaError> {
    Ok(servanda::format::read_line(line)?.fact().into())
}

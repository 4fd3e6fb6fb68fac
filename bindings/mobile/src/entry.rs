//! Entries. An entry crosses as its line.

use servanda::{Date, Moment, Slug, value::EntryId};

use crate::error::ServandaError;
use crate::records::Fact;

/// A fact on the ledger: its canonical line, with the members that are read most often.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Entry {
    /// The line, without the line feed. Anyone can recompute the id from it.
    pub line: String,
    /// The digest of the line without the member `id`.
    pub id: EntryId,
    /// The kind of fact, such as `advance`. A newer version can have kinds that this one does not
    /// know.
    pub kind: String,
    /// The commitment that the entry is about. A definition has none.
    pub commitment: Option<Slug>,
    /// The day on which the fact took effect, as precisely as it is known.
    pub on: Option<Date>,
    /// The date on which the fact was first published elsewhere, if the entry says so.
    pub published: Option<Date>,
    /// When the entry was recorded.
    pub recorded_at: Moment,
    /// The recorder of the entry.
    pub recorded_by: String,
    /// The entry of the same day that this one comes after.
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
            published: entry.published(),
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
/// `wrong-id`, or another error of the line.
#[uniffi::export]
pub fn read_entry(line: &str) -> Result<Entry, ServandaError> {
    Ok(Entry::from(&servanda::format::read_line(line)?))
}

/// Reads the fact of a line of a ledger.
///
/// # Errors
///
/// `wrong-id`, or another error of the line.
#[uniffi::export]
pub fn read_fact(line: &str) -> Result<Fact, ServandaError> {
    Ok(servanda::format::read_line(line)?.fact().into())
}

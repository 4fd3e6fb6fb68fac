//! Entries as they are on a ledger.

use std::sync::Arc;

use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::Error;
use crate::entry::{Define, Fact, Kind, Line, Party, Topic};
use crate::entry::{read_fact, read_part, recorded_by};
use crate::procedure::{Calendar, Procedure};
use crate::treaty::Instrument;
use crate::value::{Date, Day, Digest, EntryId, Moment, Title, present};

/// One fact on the ledger, stored as its canonical line with the positions of frequently used
/// parts.
///
/// All other parts are read from the line on demand, so a ledger needs little more memory than its
/// lines.
#[derive(Clone, Debug)]
pub struct Entry {
    line: Line,
    pub(crate) id: EntryId,
    pub(crate) recorded_at: Moment,
    pub(crate) on: Option<Date>,
    pub(crate) more: Option<Box<More>>,
    /// The content of the fact: the only member of the line's member `fact`.
    body: ByteRange,
    // The positions and lengths of the commitment's id and of the status that an advance leads to.
    // Lines with these have at most 65,536 bytes, and slugs at most 128. Small types save memory,
    // because there is one `Entry` per line.
    commitment_start: u16,
    to_start: u16,
    commitment_length: u8,
    to_length: u8,
    pub(crate) kind: Kind,
    /// The number of sources that the fact cites; at most 100.
    pub(crate) sources: u8,
}

/// The parts of a line that a reader found or a writer wrote.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) id: EntryId,
    pub(crate) recorded_at: Moment,
    pub(crate) on: Option<Date>,
    /// The id of the commitment; empty if there is none.
    pub(crate) commitment: ByteRange,
    /// The content of the fact.
    pub(crate) body: ByteRange,
    /// The status that an advance leads to; empty for other kinds of fact.
    pub(crate) to: ByteRange,
    pub(crate) kind: Kind,
    pub(crate) sources: u8,
    pub(crate) more: More,
}

/// A range of bytes in a line. A line is far shorter than 4 GiB, and no range ends before it
/// starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ByteRange {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl ByteRange {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        match (u32::try_from(start), u32::try_from(end)) {
            (Ok(start), Ok(end)) if start <= end => Self { start, end },
            _ => Self::default(),
        }
    }

    /// The range without its first `before` and its last `after` bytes.
    pub(crate) fn inside(self, before: usize, after: usize) -> Self {
        Self::new((self.start as usize).saturating_add(before), (self.end as usize).saturating_sub(after))
    }

    /// The last bytes of the range.
    pub(crate) fn last(self, bytes: usize) -> Self {
        Self::new((self.end as usize).saturating_sub(bytes), self.end as usize)
    }
}

/// Parts that few entries have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct More {
    pub(crate) after: Option<EntryId>,
    pub(crate) batch: Option<BatchPosition>,
    pub(crate) definition: Option<Definition>,
    /// The date on which the entry was first published elsewhere.
    pub(crate) published: Option<Date>,
    /// The kind of a fact that this version does not understand.
    pub(crate) unknown_kind: Option<Box<str>>,
}

/// The content of a definition, which is shared by all that use it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Definition {
    Party(Arc<Party>),
    /// With its digest, computed from the line so that members of a later version count too.
    Procedure(Arc<Procedure>, Digest),
    Calendar(Arc<Calendar>),
    Topic(Arc<Topic>),
    /// A procedure or a calendar that is kept and not used, with the reason.
    Unusable(Box<Error>),
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Entry {}

/// An entry is written as its line.
impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let line: &RawValue = serde_json::from_str(self.line()).map_err(S::Error::custom)?;
        line.serialize(serializer)
    }
}

impl Entry {
    /// Creates an entry from a line and the parts found in it.
    pub(crate) fn new(line: Line, found: Found) -> Self {
        let Found { id, recorded_at, on, commitment, body, to, kind, sources, more } = found;
        let short = |ByteRange { start, end }: ByteRange| {
            (u16::try_from(start).unwrap_or(0), u8::try_from(end - start).unwrap_or(0))
        };
        let ((commitment_start, commitment_length), (to_start, to_length)) = (short(commitment), short(to));
        Self {
            line,
            id,
            recorded_at,
            on,
            more: (more != More::default()).then(|| Box::new(more)),
            body,
            commitment_start,
            to_start,
            commitment_length,
            to_length,
            kind,
            sources,
        }
    }

    /// Returns the canonical line, without the line feed.
    #[must_use]
    pub fn line(&self) -> &str {
        self.line.as_str()
    }

    /// Returns the id: the digest of the line without its member `id`.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// Returns the moment at which the entry was recorded.
    #[must_use]
    pub fn recorded_at(&self) -> Moment {
        self.recorded_at
    }

    /// Returns the recorder of the entry.
    #[must_use]
    pub fn recorded_by(&self) -> &str {
        recorded_by(self.line())
    }

    /// Returns the commitment that the entry is about; `None` for a definition.
    #[must_use]
    pub fn commitment(&self) -> Option<&str> {
        Some(self.short(self.commitment_start, self.commitment_length)).filter(|id| !id.is_empty())
    }

    /// Returns the date on which the fact is effective, as precisely as known.
    #[must_use]
    pub fn on(&self) -> Option<Date> {
        self.on
    }

    /// Returns the day by whose end the fact is certain: the last day that `on` can mean.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.on.map(Date::last_day)
    }

    /// The last day that an attestation can vouch for.
    ///
    /// It is the attestation's own day, but at most the day after it was recorded in UTC. Somewhere
    /// on Earth, that is still the same day.
    pub(crate) fn vouches_to(&self) -> Option<Day> {
        let recorded = self.recorded_at.day();
        Some(self.day()?.min(recorded.plus_days(1).unwrap_or(recorded)))
    }

    /// Returns the entry of the same day after which this one is ordered.
    #[must_use]
    pub fn after(&self) -> Option<EntryId> {
        self.more.as_ref()?.after
    }

    /// Returns the date on which the fact was first published elsewhere, before it came to this
    /// ledger. `None` if the entry does not say so.
    #[must_use]
    pub fn published(&self) -> Option<Date> {
        self.more.as_ref()?.published
    }

    /// Returns the position of the entry in the batch with which it was appended.
    #[must_use]
    pub fn batch(&self) -> Option<BatchPosition> {
        self.more.as_ref()?.batch
    }

    /// Returns the kind of fact, as in JSON.
    #[must_use]
    pub fn kind(&self) -> &str {
        let unknown = self.more.as_ref().and_then(|more| more.unknown_kind.as_deref());
        unknown.unwrap_or(self.kind.as_str())
    }

    /// Reads the fact from the line.
    #[must_use]
    pub fn fact(&self) -> Fact {
        read_fact(self)
    }

    /// The text of the fact's content, as written in the line.
    pub(crate) fn body(&self) -> &str {
        self.line().get(self.body.start as usize..self.body.end as usize).unwrap_or_default()
    }

    /// The status that an advance leads to; empty for other kinds of fact.
    pub(crate) fn to(&self) -> &str {
        self.short(self.to_start, self.to_length)
    }

    /// The entry that this one retracts, if it is a retraction.
    pub(crate) fn retracts(&self) -> Option<EntryId> {
        #[derive(Deserialize)]
        struct Retracts {
            entry: EntryId,
        }
        let read = (self.kind == Kind::Retract).then(|| read_part::<Retracts>(self))?;
        read.map(|retracts| retracts.entry)
    }

    pub(crate) fn definition(&self) -> Option<&Definition> {
        self.more.as_ref()?.definition.as_ref()
    }

    /// The sort key of entries: the moment at which they were recorded, then the id.
    pub(crate) fn key(&self) -> (Moment, EntryId) {
        (self.recorded_at, self.id)
    }

    fn short(&self, start: u16, length: u8) -> &str {
        let start = usize::from(start);
        self.line().get(start..start + usize::from(length)).unwrap_or_default()
    }
}

impl Entry {
    /// The instrument that a deposit is about; `None` for other kinds of fact. An instrument of an
    /// unknown kind counts as one by which the party consents to be bound.
    pub(crate) fn instrument(&self) -> Option<Instrument> {
        let Fact::Deposit(deposit) = self.fact() else { return None };
        let kind = deposit.instrument.as_ref().and_then(|instrument| instrument.as_str().parse().ok());
        Some(Instrument {
            by: Title::from(&deposit.by),
            effective: None,
            kind,
            on: self.on()?,
            share: deposit.share.clone(),
        })
    }
}

impl From<Define> for Definition {
    /// A procedure gets the digest of its own canonical JSON.
    fn from(define: Define) -> Self {
        match define {
            Define::Party(party) => Self::Party(Arc::new(party)),
            Define::Procedure(procedure) => {
                let digest = procedure.reference().digest;
                Self::Procedure(Arc::new(procedure), digest)
            }
            Define::Calendar(calendar) => Self::Calendar(Arc::new(calendar)),
            Define::Topic(topic) => Self::Topic(Arc::new(topic)),
        }
    }
}

/// The position of an entry in its batch, which distinguishes a part of a batch from the whole.
///
/// Each entry names the previous one, so the id of the last entry vouches for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchPosition {
    /// The number of the entry in the batch, from 1.
    pub nth: u32,
    /// The number of entries in the batch.
    pub of: u32,
    /// The previous entry of the batch; `None` for the first.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub previous: Option<EntryId>,
}

//! Entries as they stand on a ledger.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::entry::{Define, Fact, Kind, Line, Party};
use crate::entry::{read_fact, read_part, recorded_by};
use crate::procedure::{Calendar, Procedure};
use crate::treaty::Instrument;
use crate::value::{Date, Day, Digest, EntryId, Moment, Title, present};

/// One fact on the ledger: its canonical line, and where in it the parts are that are asked for all the time.
///
/// Everything else is read from the line when somebody asks, so that a ledger takes little more memory than its lines.
#[derive(Clone, Debug)]
pub struct Entry {
    line: Line,
    pub(crate) id: EntryId,
    pub(crate) recorded_at: Moment,
    pub(crate) on: Option<Date>,
    pub(crate) more: Option<Box<More>>,
    /// What the fact says: the one member of the line's member `fact`.
    body: ByteRange,
    // The id of the commitment and the status that an advance leads to: where they start, and how long they are. LineIndex that have
    // them have at most 65,536 bytes, and slugs at most 128. There is an entry for each line, so it is worth being brief.
    commitment_start: u16,
    to_start: u16,
    commitment_length: u8,
    to_length: u8,
    pub(crate) kind: Kind,
    /// How many sources the fact cites; at most 100.
    pub(crate) sources: u8,
}

/// What a reader found in a line, or a writer put there.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) id: EntryId,
    pub(crate) recorded_at: Moment,
    pub(crate) on: Option<Date>,
    /// The id of the commitment; empty if there is none.
    pub(crate) commitment: ByteRange,
    /// What the fact says.
    pub(crate) body: ByteRange,
    /// The status that an advance leads to; empty for other kinds.
    pub(crate) to: ByteRange,
    pub(crate) kind: Kind,
    pub(crate) sources: u8,
    pub(crate) more: More,
}

/// A part of a line, by its bytes. A line is far shorter than 4 GiB, and no part ends before it starts.
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

    /// The part of it without so many bytes before and after.
    pub(crate) fn inside(self, before: usize, after: usize) -> Self {
        Self::new((self.start as usize).saturating_add(before), (self.end as usize).saturating_sub(after))
    }

    /// Its last bytes.
    pub(crate) fn last(self, bytes: usize) -> Self {
        Self::new((self.end as usize).saturating_sub(bytes), self.end as usize)
    }
}

/// What few entries have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct More {
    pub(crate) after: Option<EntryId>,
    pub(crate) batch: Option<BatchPosition>,
    pub(crate) definition: Option<Definition>,
    /// The kind of a fact that this version does not understand.
    pub(crate) unknown_kind: Option<Box<str>>,
}

/// What an entry defines, shared by all who ask.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Definition {
    Party(Arc<Party>),
    /// With its digest, which is taken of the line, so that members of a later version count too.
    Procedure(Arc<Procedure>, Digest),
    Calendar(Arc<Calendar>),
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Entry {}

impl Entry {
    /// A line, and what was found in it.
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

    /// Its canonical line, without the line feed.
    #[must_use]
    pub fn line(&self) -> &str {
        self.line.as_str()
    }

    /// The digest of its line without the member `id`.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// When it was written down.
    #[must_use]
    pub fn recorded_at(&self) -> Moment {
        self.recorded_at
    }

    /// Who wrote it down.
    #[must_use]
    pub fn recorded_by(&self) -> &str {
        recorded_by(self.line())
    }

    /// The commitment it is about; none for a definition.
    #[must_use]
    pub fn commitment(&self) -> Option<&str> {
        Some(self.short(self.commitment_start, self.commitment_length)).filter(|id| !id.is_empty())
    }

    /// The day it is effective, as precisely as known.
    #[must_use]
    pub fn on(&self) -> Option<Date> {
        self.on
    }

    /// The day from which it counts: the last that `on` can mean.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.on.map(Date::last_day)
    }

    /// The last day that an attestation can vouch for: its own, but not later than the day after it was recorded in UTC, which
    /// somewhere on Earth is still the day itself.
    pub(crate) fn vouches_to(&self) -> Option<Day> {
        let recorded = self.recorded_at.day();
        Some(self.day()?.min(recorded.plus_days(1).unwrap_or(recorded)))
    }

    /// The entry of the same day that it comes after.
    #[must_use]
    pub fn after(&self) -> Option<EntryId> {
        self.more.as_ref()?.after
    }

    /// Its place in the batch it was appended in.
    #[must_use]
    pub fn batch(&self) -> Option<BatchPosition> {
        self.more.as_ref()?.batch
    }

    /// The kind of fact, as in JSON.
    #[must_use]
    pub fn kind(&self) -> &str {
        let unknown = self.more.as_ref().and_then(|more| more.unknown_kind.as_deref());
        unknown.unwrap_or(self.kind.as_str())
    }

    /// The fact, read from the line.
    #[must_use]
    pub fn fact(&self) -> Fact {
        read_fact(self)
    }

    /// The text of what the fact says, as it stands in the line.
    pub(crate) fn body(&self) -> &str {
        self.line().get(self.body.start as usize..self.body.end as usize).unwrap_or_default()
    }

    /// The status that an advance leads to; empty for other kinds.
    pub(crate) fn to(&self) -> &str {
        self.short(self.to_start, self.to_length)
    }

    /// The entry that it retracts, if it retracts one.
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

    /// The order in which entries are taken up: by the moment they were written down, then by id.
    pub(crate) fn key(&self) -> (Moment, EntryId) {
        (self.recorded_at, self.id)
    }

    fn short(&self, start: u16, length: u8) -> &str {
        let start = usize::from(start);
        self.line().get(start..start + usize::from(length)).unwrap_or_default()
    }
}

impl Entry {
    /// The instrument of which an entry tells, if it tells of one. An instrument by an unknown name is one by which the party
    /// consents to be bound.
    pub(crate) fn instrument(&self) -> Option<Instrument> {
        let Fact::Deposit(deposit) = self.fact() else { return None };
        let kind = deposit.instrument.as_ref().and_then(|instrument| instrument.as_str().parse().ok());
        Some(Instrument { by: Title::from(&deposit.by), kind, on: self.day()?, share: deposit.share.clone() })
    }
}

impl From<Define> for Definition {
    /// Of a procedure with the digest of its own canonical JSON.
    fn from(define: Define) -> Self {
        match define {
            Define::Party(party) => Self::Party(Arc::new(party)),
            Define::Procedure(procedure) => {
                let digest = procedure.reference().digest;
                Self::Procedure(Arc::new(procedure), digest)
            }
            Define::Calendar(calendar) => Self::Calendar(Arc::new(calendar)),
        }
    }
}

/// An entry's place in a batch. With it a part of a batch is recognised as such, and not taken for the whole.
///
/// Each entry names the one before it, so that the id of the last vouches for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchPosition {
    /// Which of the batch's entries it is, from 1.
    pub nth: u32,
    /// How many they are.
    pub of: u32,
    /// The entry before it in the batch; none for the first.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub previous: Option<EntryId>,
}

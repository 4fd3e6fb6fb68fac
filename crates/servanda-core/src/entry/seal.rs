//! From drafts to entries: the canonical line, the id, the mark of a batch.

use serde::Serialize;

use super::fact::Fact;
use super::sealed::{BatchMark, Entry};
use crate::format;
use crate::value::{Date, Digest, EntryId, Moment, Slug};
use crate::{Error, Result};

/// Everything of an entry but its fact.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) commitment: Option<Slug>,
    pub(crate) on: Option<Date>,
    pub(crate) after: Option<EntryId>,
    pub(crate) recorded_at: Moment,
    pub(crate) recorded_by: Slug,
}

/// The members before `id`, in order.
#[derive(Serialize)]
struct Before<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<EntryId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<BatchMark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commitment: Option<&'a Slug>,
    fact: &'a Fact,
}

/// The members after `id`, in order.
#[derive(Serialize)]
struct After<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
    recorded_at: Moment,
    recorded_by: &'a Slug,
}

/// The two halves of the line, between which the id belongs.
struct Halves {
    before: String,
    after: String,
}

impl Halves {
    fn of(header: &Header, fact: &Fact, batch: Option<BatchMark>) -> Self {
        let Header { commitment, on, after, recorded_at, recorded_by } = header;
        let mut before = format::to_canonical(&Before { after: *after, batch, commitment: commitment.as_ref(), fact });
        before.pop();
        let after = After { on: *on, recorded_at: *recorded_at, recorded_by };
        let after = format::to_canonical(&after).split_off(1);
        Self { before, after }
    }

    fn id(&self) -> EntryId {
        EntryId(Digest::of_parts([self.before.as_bytes(), b",", self.after.as_bytes()]))
    }
}

/// Seals facts that belong together: one of them by itself, more with the marks of their batch.
pub(crate) fn seal_batch(facts: Vec<(Header, Fact)>) -> Result<Vec<Entry>> {
    let entries = facts.len();
    let of = u32::try_from(entries).ok().filter(|of| *of <= format::LARGEST_BATCH);
    let Some(of) = of else { return Err(Error::BatchTooLarge { entries }) };
    let mut sealed: Vec<Entry> = Vec::with_capacity(entries);
    for ((header, fact), nth) in facts.into_iter().zip(1..) {
        let mark = BatchMark { nth, of, previous: sealed.last().map(Entry::id) };
        sealed.push(seal(&header, &fact, (of > 1).then_some(mark))?);
    }
    Ok(sealed)
}

fn seal(header: &Header, fact: &Fact, batch: Option<BatchMark>) -> Result<Entry> {
    fact.check()?;
    let halves = Halves::of(header, fact, batch);
    let id = halves.id();
    let line = format!(r#"{},"id":"{id}",{}"#, halves.before, halves.after);
    // Reading the line back checks the bounds that belong to the line and not to any one field.
    format::read_line(&line)
}

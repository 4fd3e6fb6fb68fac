//! Seals drafts into entries: writes the canonical line, the id and the position in the batch.

use serde::Serialize;

use crate::entry::{BatchPosition, ByteRange, Definition, Draft, Entry, Fact, Found, Kind, More};
use crate::entry::{MAX_BATCH_ENTRIES, check_length, sources_of};
use crate::value::json::write_canonical;
use crate::value::{Digest, EntryId, Moment, Slug};
use crate::{Error, Result};

/// Seals drafts that belong together, each at its moment. A single draft becomes an entry by
/// itself; several become a batch.
pub(crate) fn seal_batch(drafts: &[Draft], moments: &[Moment], recorded_by: &Slug) -> Result<Vec<Entry>> {
    let entries = drafts.len();
    let of = u32::try_from(entries).ok().filter(|of| *of <= MAX_BATCH_ENTRIES);
    let Some(of) = of else { return Err(Error::BatchTooLarge { entries }) };
    let mut sealed: Vec<Entry> = Vec::with_capacity(entries);
    for ((draft, moment), nth) in drafts.iter().zip(moments).zip(1..) {
        let mark = BatchPosition { nth, of, previous: sealed.last().map(Entry::id) };
        sealed.push(seal(draft, *moment, recorded_by, (of > 1).then_some(mark))?);
    }
    Ok(sealed)
}

fn seal(draft: &Draft, recorded_at: Moment, recorded_by: &Slug, batch: Option<BatchPosition>) -> Result<Entry> {
    let Draft { commitment, on, after, published, recorded_at: _, fact } = draft;
    let kind = Kind::from(fact);
    let mut members = Members(Vec::with_capacity(USUAL_LINE_BYTES));
    members.optional("after", after.as_ref());
    members.optional("batch", batch.as_ref());
    let commitment = members.optional("commitment", commitment.as_ref());
    let said = members.member("fact", fact);
    let before_id = members.0.len();
    // The id is the hash of the text around it, so it is written last.
    members.member("id", &EntryId::NONE);
    let after_id = members.0.len();
    members.optional("on", on.as_ref());
    members.optional("published", published.as_ref());
    members.member("recorded_at", &recorded_at);
    members.member("recorded_by", recorded_by);
    members.0.push(b'}');
    let mut line = members.0;
    let around = [line.get(..before_id), line.get(after_id..)];
    let id = EntryId(Digest::of_parts(around.into_iter().flatten()));
    if let Some(place) = line.get_mut(before_id + ",\"id\":\"".len()..after_id - 1) {
        place.copy_from_slice(id.written().as_str().as_bytes());
    }
    // All values are written as UTF-8. The boxed copy uses no more memory than needed.
    let line: Box<str> = std::str::from_utf8(&line).unwrap_or_default().into();

    check_length(&line)?;
    // The kind is the key of the content, and braces enclose this only member.
    let body = said.inside(kind.as_str().len() + 4, 1);
    let definition = match fact {
        Fact::Define(define) => Some(Definition::from(define.clone())),
        _ => None,
    };
    let found = Found {
        id,
        recorded_at,
        on: *on,
        commitment: commitment.map_or(ByteRange::default(), |id| id.inside(1, 1)),
        body,
        to: match fact {
            // `to` is the last member of an advance.
            Fact::Advance(advance) => body.last(advance.to.as_str().len() + 2).inside(0, 2),
            _ => ByteRange::default(),
        },
        kind,
        sources: sources_of(fact),
        more: More { after: *after, batch, definition, published: *published, unknown_kind: None },
    };
    Ok(Entry::new(line.into(), found))
}

/// Most lines have at most this many bytes. Allocators are fast below 1 KiB.
const USUAL_LINE_BYTES: usize = 960;

/// The members of an object that is being written, sorted by key.
struct Members(Vec<u8>);

impl Members {
    /// Writes a member, and returns the position of its value.
    fn member(&mut self, key: &str, value: &impl Serialize) -> ByteRange {
        self.0.extend_from_slice(if self.0.is_empty() { b"{\"" } else { b",\"" });
        self.0.extend_from_slice(key.as_bytes());
        self.0.extend_from_slice(b"\":");
        let start = self.0.len();
        write_canonical(value, &mut self.0);
        ByteRange::new(start, self.0.len())
    }

    fn optional(&mut self, key: &str, value: Option<&impl Serialize>) -> Option<ByteRange> {
        value.map(|value| self.member(key, value))
    }
}

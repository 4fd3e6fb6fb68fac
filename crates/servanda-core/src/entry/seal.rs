//! From drafts to entries: the canonical line, the id, the mark of a batch.

use serde::Serialize;

use super::fact::Fact;
use super::kind::Kind;
use super::sealed::{BatchMark, Definition, Entry, More, Span};
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
    let Header { commitment, on, after, recorded_at, recorded_by } = header;
    let kind = Kind::from(fact);
    let mut members = Members::default();
    members.optional("after", after.as_ref());
    members.optional("batch", batch.as_ref());
    let commitment = members.optional("commitment", commitment.as_ref());
    let said = members.member("fact", fact);
    let before_id = members.0.len();
    members.optional("on", on.as_ref());
    members.member("recorded_at", recorded_at);
    members.member("recorded_by", recorded_by);
    members.0.push('}');
    let (before, rest) = members.0.split_at(before_id);
    let id = EntryId(Digest::of_parts([before.as_bytes(), rest.as_bytes()]));
    let line = format!("{before},\"id\":\"{id}\"{rest}");

    format::check_length(&line, kind)?;
    let about = format::Header { after: after.is_some(), batch, commitment: commitment.is_some(), on: on.is_some() };
    about.check(kind, fact.kind())?;
    // Around what the fact says stand its kind as a key, and the braces of an object with this one member.
    let body = said.inside(kind.as_str().len() + 4, 1);
    let definition = match fact {
        Fact::Define(define) => Some(Definition::from(define.clone())),
        _ => None,
    };
    let more = More { after: *after, batch, definition, unknown_kind: None };
    Ok(Entry {
        id,
        recorded_at: *recorded_at,
        on: *on,
        commitment: commitment.map_or(Span::default(), |id| id.inside(1, 1)),
        body,
        to: match fact {
            // It is the last member of what an advance says.
            Fact::Advance(advance) => body.last(advance.to.as_str().len() + 2).inside(0, 2),
            _ => Span::default(),
        },
        kind,
        sources: format::sources_of(fact),
        more: (more != More::default()).then(|| Box::new(more)),
        line: line.into(),
    })
}

/// The members of an object that is being written, in the order of their keys.
#[derive(Default)]
struct Members(String);

impl Members {
    /// Writes a member, and says where its value stands.
    fn member(&mut self, key: &str, value: &impl Serialize) -> Span {
        self.0.push_str(if self.0.is_empty() { "{\"" } else { ",\"" });
        self.0.push_str(key);
        self.0.push_str("\":");
        let start = self.0.len();
        self.0.push_str(&format::to_canonical(value));
        Span::new(start, self.0.len())
    }

    fn optional(&mut self, key: &str, value: Option<&impl Serialize>) -> Option<Span> {
        value.map(|value| self.member(key, value))
    }
}

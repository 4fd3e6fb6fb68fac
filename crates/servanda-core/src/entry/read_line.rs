//! Reads an entry from its line.

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::quick;
use crate::entry::{
    BatchPosition, ByteRange, Define, Definition, Entry, Fact, Found, HasDay, Kind, Line, MAX_BATCH_ENTRIES,
    MAX_LINE_BYTES, More,
};
use crate::value::json::{CanonicalError, DeserializeError, JsonError, Member, members, read, read_plain, to_json};
use crate::value::path::{PathSegment, written};
use crate::value::{Date, Digest, EntryId, Moment, Slug};
use crate::{Error, Result};

/// Reads one line, without its line feed.
///
/// Ordinary lines take the fast path. All others are read step by step, which also reports errors.
pub(super) fn read_sealed(line: Line) -> Result<Entry> {
    let text = line.as_str();
    let found = match quick::read(text) {
        Some(found) => found,
        None => read_step_by_step(text)?,
    };
    Ok(Entry::new(line, found))
}

/// Reads any line, and reports what is wrong with it.
pub(super) fn read_step_by_step(line: &str) -> Result<Found> {
    check_length(line)?;
    let object = Object::of(line, "")?;
    let text = object.fact()?;
    let commitment: Option<Slug> = object.optional("commitment")?;
    let id = object.required("id")?;
    let recorded_at = object.required::<Moment>("recorded_at")?;
    object.required::<Slug>("recorded_by")?;
    let on = object.optional::<Date>("on")?;
    let published = object.optional::<Date>("published")?;
    let after = object.optional("after")?;
    let batch = object.optional::<BatchPosition>("batch")?;
    let fact = text.read(commitment.as_ref())?;
    let kind = Kind::from(&fact);
    let header = Header {
        after: after.is_some(),
        batch,
        commitment: commitment.is_some(),
        on: on.is_some(),
        published: published.is_some(),
    };
    header.check(kind, fact.kind())?;
    fact.check_format()?;
    let computed = object.hash_without("id");
    if id != computed {
        return Err(Error::WrongId { given: id, computed });
    }
    let (to, sources) = (text.to(&fact), sources_of(&fact));
    let more = More { after, batch, definition: text.definition(&fact)?, published, unknown_kind: unknown_kind(&fact) };
    Ok(Found {
        id,
        recorded_at,
        on,
        commitment: commitment.map_or(ByteRange::default(), |_| object.inner("commitment")),
        body: span_in(line, text.body),
        to: span_in(line, to),
        kind,
        sources,
        more,
    })
}

/// Checks that a line is not too long.
pub(crate) fn check_length(line: &str) -> Result<()> {
    if line.len() > MAX_LINE_BYTES {
        return not_canonical((CanonicalError::LineTooLong, MAX_LINE_BYTES));
    }
    Ok(())
}

/// Reads the fact of an entry, whose line was read before.
pub(crate) fn read_fact(entry: &Entry) -> Fact {
    let text = Body { kind: entry.kind(), body: entry.body() };
    let commitment = entry.commitment().and_then(|id| id.parse().ok());
    // A line that was read once can be read again.
    text.read(commitment.as_ref()).unwrap_or_else(|_| Fact::Unknown { kind: entry.kind().to_owned() })
}

/// Reads a fact of this kind from its content.
pub(super) fn read_body(kind: &str, body: &str, commitment: Option<&Slug>) -> Result<Fact> {
    Body { kind, body }.read(commitment)
}

/// Reads a part of a fact, for callers that do not need the rest.
pub(crate) fn read_part<'a, T: Deserialize<'a>>(entry: &'a Entry) -> Option<T> {
    read(entry.body()).ok()
}

/// The recorder in the line of an entry.
pub(crate) fn recorded_by(line: &str) -> &str {
    // It is usually the last member, and has no escapes.
    let last = line.strip_suffix("\"}").and_then(|rest| rest.rsplit_once(",\"recorded_by\":\""));
    match last {
        Some((_, slug)) if !slug.contains('"') => slug,
        _ => Object::of(line, "").map_or("", |object| object.text("recorded_by").trim_matches('"')),
    }
}

fn unknown_kind(fact: &Fact) -> Option<Box<str>> {
    match fact {
        Fact::Unknown { kind } => Some(kind.as_str().into()),
        _ => None,
    }
}

/// The number of sources that a fact cites. [`Fact::check`] limits it.
pub(crate) fn sources_of(fact: &Fact) -> u8 {
    u8::try_from(fact.sources().len()).unwrap_or(u8::MAX)
}

/// The position of a part of a line in that line.
pub(crate) fn span_in(line: &str, part: &str) -> ByteRange {
    let start = part.as_ptr().addr().wrapping_sub(line.as_ptr().addr());
    match (u32::try_from(start), u32::try_from(start.wrapping_add(part.len()))) {
        (Ok(start), Ok(end)) if !part.is_empty() => ByteRange { start, end },
        _ => ByteRange::default(),
    }
}

fn not_canonical<T>((problem, at): (CanonicalError, usize)) -> Result<T> {
    Err(Error::NotCanonical { problem, at })
}

/// A JSON object in canonical text.
pub(super) struct Object<'a> {
    line: &'a str,
    /// The path of the object in the entry, which is the prefix of its members' names.
    path: &'static str,
    members: Vec<Member>,
}

/// The only member of an entry's `fact`.
pub(super) struct Body<'a> {
    kind: &'a str,
    body: &'a str,
}

impl<'a> Object<'a> {
    pub(super) fn of(line: &'a str, path: &'static str) -> Result<Self> {
        let members = members(line).or_else(not_canonical)?;
        Ok(Self { line, path, members })
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.line.get(range.clone()).unwrap_or_default()
    }

    fn member(&self, key: &str) -> Option<&Member> {
        self.members.iter().find(|member| self.slice(&member.key) == key)
    }

    /// The text of a member's value; empty if there is no such member.
    fn text(&self, key: &str) -> &'a str {
        self.member(key).map_or("", |member| self.slice(&member.value))
    }

    /// The position of the text of a string in the line, without its quotes.
    fn inner(&self, key: &str) -> ByteRange {
        span_in(self.line, self.text(key).trim_matches('"'))
    }

    fn wrong<T>(&self, key: &str, reason: impl Into<String>) -> Result<T> {
        Err(Error::InvalidField { field: format!("{}{key}", self.path), reason: reason.into() })
    }

    pub(super) fn optional<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        match self.member(key) {
            Some(member) => parse(self.slice(&member.value), key).map(Some),
            None => Ok(None),
        }
    }

    fn required<T: DeserializeOwned>(&self, key: &str) -> Result<T> {
        match self.optional(key)? {
            Some(value) => Ok(value),
            None => self.wrong(key, "it is missing; every entry has it"),
        }
    }

    pub(super) fn fact(&self) -> Result<Body<'a>> {
        let Some(member) = self.member("fact") else {
            return self.wrong("fact", "it is missing; every entry has one");
        };
        let text = self.slice(&member.value);
        if !text.starts_with('{') {
            return self.wrong("fact", "it is an object with one member, whose key is the kind of fact");
        }
        let fact = Object::of(text, "fact.")?;
        let [only] = fact.members.as_slice() else {
            return self.wrong(
                "fact",
                format!("it has one member, whose key is the kind of fact; here are {}", fact.members.len()),
            );
        };
        let body = Body { kind: fact.slice(&only.key), body: fact.slice(&only.value) };
        if !body.body.starts_with('{') {
            return fact.wrong(body.kind, "what a fact says is an object");
        }
        Ok(body)
    }

    /// The hash of the text of the object without this member.
    fn hash_without(&self, key: &str) -> EntryId {
        let bytes = self.line.as_bytes();
        let kept = self.members.iter().filter(|member| self.slice(&member.key) != key);
        let mut parts: Vec<&[u8]> = Vec::with_capacity(2 * self.members.len() + 1);
        for member in kept {
            parts.push(if parts.is_empty() { b"{" } else { b"," });
            parts.push(bytes.get(member.start..member.value.end).unwrap_or_default());
        }
        parts.push(if parts.is_empty() { b"{}" } else { b"}" });
        EntryId(Digest::of_parts(parts))
    }
}

impl<'a> Body<'a> {
    /// The status that an advance leads to, as written in the line.
    fn to(&self, fact: &Fact) -> &'a str {
        match fact {
            Fact::Advance(_) => Object::of(self.body, "").map_or("", |body| body.text("to").trim_matches('"')),
            _ => "",
        }
    }

    fn definition(&self, fact: &Fact) -> Result<Option<Definition>> {
        let Fact::Define(define) = fact else { return Ok(None) };
        if let Some(reason) = define.fault() {
            return Ok(Some(Definition::Unusable(Box::new(define.faulty(reason)))));
        }
        Ok(Some(match define {
            Define::Party(party) => Definition::Party(Arc::new(party.clone())),
            Define::Procedure(procedure) => {
                let digest = Digest::of(Object::of(self.body, "")?.text("procedure").as_bytes());
                Definition::Procedure(Arc::new(procedure.clone()), digest)
            }
            Define::Calendar(calendar) => Definition::Calendar(Arc::new(calendar.clone())),
            Define::Topic(topic) => Definition::Topic(Arc::new(topic.clone())),
        }))
    }

    pub(super) fn read(&self, commitment: Option<&Slug>) -> Result<Fact> {
        let wrong = |error: DeserializeError| wrong_in(format!("fact.{}", self.kind), &error);
        /// Reads the body as one kind of fact.
        macro_rules! read {
            ($kind:ident) => {
                read(self.body).map(Fact::$kind).map_err(wrong)
            };
        }
        match self.kind {
            "register" => read(self.body).map_err(wrong).map(|mut registered: crate::Commitment| {
                if let Some(id) = commitment {
                    registered.id = id.clone();
                }
                Fact::Register(Box::new(registered))
            }),
            "advance" => read!(Advance),
            "deposit" => read!(Deposit),
            "cite" => read!(Cite),
            "remark" => read!(Remark),
            "attest" => read!(Attest),
            "reschedule" => read!(Reschedule),
            "assign" => read!(Assign),
            "unassign" => read!(Unassign),
            "measure" => read!(Measure),
            "repin" => read!(Repin),
            "amend" => read!(Amend),
            "link" => read!(Link),
            "retract" => read!(Retract),
            "define" => read!(Define),
            kind => Ok(Fact::Unknown { kind: kind.to_owned() }),
        }
    }
}

/// Reads canonical JSON. Errors call it `field`.
pub(super) fn parse<T: DeserializeOwned>(text: &str, field: &str) -> Result<T> {
    read(text).map_err(|error| wrong_in(field.to_owned(), &error))
}

/// Converts an error in a part of a line, which is called `field`.
fn wrong_in(field: String, error: &DeserializeError) -> Error {
    let path = [vec![PathSegment::Key(field)], error.path()].concat();
    Error::InvalidField { field: written(&path), reason: error.reason().to_owned() }
}

/// The members around a fact that some kinds of fact need and others must not have.
#[derive(Clone, Copy)]
pub(crate) struct Header {
    pub(crate) after: bool,
    pub(crate) batch: Option<BatchPosition>,
    pub(crate) commitment: bool,
    pub(crate) on: bool,
    pub(crate) published: bool,
}

impl Header {
    /// Checks that the members fit with a fact of this kind, which errors call `name`.
    pub(crate) fn check(self, kind: Kind, name: &str) -> Result<()> {
        let wrong = |field: &str, reason: String| Err(Error::InvalidField { field: field.to_owned(), reason });
        match (kind.has_day(), self.on) {
            (HasDay::Always, false) => {
                return wrong("on", format!("it is missing; `{name}` needs the day it is effective"));
            }
            (HasDay::Never, true) => return wrong("on", format!("`{name}` has no such member")),
            _ => {}
        }
        if self.after && !self.on {
            return wrong("after", "it puts entries of one day in order, and this one has no day".to_owned());
        }
        if kind == Kind::Define && self.commitment {
            return wrong("commitment", "`define` has no such member".to_owned());
        }
        if kind.needs_commitment() && !self.commitment {
            return wrong("commitment", format!("it is missing; `{name}` is about a commitment"));
        }
        if self.published && !self.commitment {
            return wrong("published", format!("`{name}` has no such member without a commitment"));
        }
        match self.batch {
            Some(mark) if !(2..=MAX_BATCH_ENTRIES).contains(&mark.of) => {
                wrong("batch.of", format!("a batch has 2 to {MAX_BATCH_ENTRIES} entries"))
            }
            Some(mark) if !(1..=mark.of).contains(&mark.nth) => {
                wrong("batch.nth", format!("it lies between 1 and {}", mark.of))
            }
            Some(mark) if mark.previous.is_some() != (mark.nth > 1) => {
                wrong("batch.previous", "every entry of a batch but the first names the one before it".to_owned())
            }
            _ => Ok(()),
        }
    }
}

/// Reads one line, without its line feed.
///
/// # Errors
///
/// The error explains what is wrong with the line.
pub fn read_line(line: &str) -> Result<Entry> {
    read_sealed(Box::<str>::from(line).into())
}

/// Reads a value from JSON in any order and with any whitespace, such as a
/// [`Procedure`](crate::Procedure).
///
/// Errors call the value `name`.
///
/// # Errors
///
/// `invalid-field`, with the path of the invalid field.
///
/// ```
/// use servanda_core::{Source, format};
///
/// let source: Source = format::from_json("source", r#"{ "url": "https://example.org/1", "title": "A record" }"#)?;
/// assert_eq!(source, Source::new("A record", "https://example.org/1")?);
///
/// let refused = format::from_json::<Source>("source", r#"{ "url": "https://example.org/1" }"#).unwrap_err();
/// assert_eq!(refused.to_string(), "the field source.title: it is missing");
/// # Ok::<(), servanda_core::Error>(())
/// ```
pub fn from_json<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    let value = read_plain(text).map_err(|JsonError { line, column, reason }| Error::InvalidField {
        field: name.to_owned(),
        reason: format!("line {line}, column {column}, {reason}"),
    })?;
    parse(&to_json(&value), name)
}

/// Reads a line that is part of a larger text, without its line feed. The entry shares the text and
/// copies nothing.
///
/// # Errors
///
/// The error explains what is wrong with the line.
pub fn read_line_in(text: &Arc<Box<str>>, line: Range<usize>) -> Result<Entry> {
    read_sealed(Line::part(text, line.start, line.len()))
}

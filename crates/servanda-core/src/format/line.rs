//! From a line to an entry.

use std::ops::Range;

use serde::de::DeserializeOwned;

use super::canonical::{self, Member, Spelling};
use super::{LARGEST_BATCH, LONGEST_DEFINITION, LONGEST_LINE};
use crate::entry::{BatchMark, Define, Entry, Fact};
use crate::value::{Date, Digest, EntryId, Moment, Slug};
use crate::{Error, Result};

/// Reads one line, without its line feed.
pub(crate) fn read_line(line: &str) -> Result<Entry> {
    if line.len() > LONGEST_DEFINITION {
        return spelt_wrong((Spelling::LineTooLong, LONGEST_DEFINITION));
    }
    let object = Object::of(line, "")?;
    let fact = object.fact()?;
    if line.len() > LONGEST_LINE && fact.kind != "define" {
        return spelt_wrong((Spelling::LineTooLong, LONGEST_LINE));
    }
    let commitment: Option<Slug> = object.optional("commitment")?;
    let mut entry = Entry {
        line: line.into(),
        id: object.required("id")?,
        recorded_at: object.required::<Moment>("recorded_at")?,
        recorded_by: object.required("recorded_by")?,
        on: object.optional::<Date>("on")?,
        after: object.optional("after")?,
        batch: object.optional::<BatchMark>("batch")?,
        defines: None,
        fact: fact.read(commitment.as_ref())?,
        commitment,
    };
    check_header(&entry)?;
    entry.fact.check()?;
    if let Fact::Define(Define::Procedure(_)) = &entry.fact {
        entry.defines = Some(Digest::of(Object::of(fact.body, "")?.text("procedure").as_bytes()));
    }
    let computed = object.hash_without("id");
    if entry.id == computed { Ok(entry) } else { Err(Error::WrongId { given: entry.id, computed }) }
}

/// The text of the fact of a line that was read.
pub(crate) fn fact_of(line: &str) -> &str {
    Object::of(line, "").map_or("", |object| object.text("fact"))
}

fn spelt_wrong<T>((spelling, at): (Spelling, usize)) -> Result<T> {
    Err(Error::Spelling { spelling, at })
}

/// A JSON object in canonical text.
struct Object<'a> {
    line: &'a str,
    /// The path of the object in the entry, as a prefix for the names of its members.
    path: &'static str,
    members: Vec<Member>,
}

/// The one member of an entry's `fact`.
struct Body<'a> {
    kind: &'a str,
    body: &'a str,
}

impl<'a> Object<'a> {
    fn of(line: &'a str, path: &'static str) -> Result<Self> {
        let members = canonical::members(line).or_else(spelt_wrong)?;
        Ok(Self { line, path, members })
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.line.get(range.clone()).unwrap_or_default()
    }

    fn member(&self, key: &str) -> Option<&Member> {
        self.members.iter().find(|member| self.slice(&member.key) == key)
    }

    /// The text of a member's value; nothing if there is no such member.
    fn text(&self, key: &str) -> &'a str {
        self.member(key).map_or("", |member| self.slice(&member.value))
    }

    fn wrong<T>(&self, key: &str, reason: impl Into<String>) -> Result<T> {
        Err(Error::InvalidField { field: format!("{}{key}", self.path), reason: reason.into() })
    }

    fn optional<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
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

    fn fact(&self) -> Result<Body<'a>> {
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

    /// The hash of the object's text without this member.
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

impl Body<'_> {
    fn read(&self, commitment: Option<&Slug>) -> Result<Fact> {
        let path = |rest: &str| {
            if rest == "." { format!("fact.{}", self.kind) } else { format!("fact.{}.{rest}", self.kind) }
        };
        /// Reads the body as one kind of fact.
        macro_rules! read {
            ($kind:ident) => {
                parse_at(self.body, path).map(Fact::$kind)
            };
        }
        match self.kind {
            "register" => parse_at(self.body, path).map(|mut registered: crate::Commitment| {
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
            "amend" => read!(Amend),
            "link" => read!(Link),
            "retract" => read!(Retract),
            "define" => read!(Define),
            kind => Ok(Fact::Unknown { kind: kind.to_owned() }),
        }
    }
}

fn parse<T: DeserializeOwned>(text: &str, field: &str) -> Result<T> {
    parse_at(text, |rest| if rest == "." { field.to_owned() } else { format!("{field}.{rest}") })
}

/// Parses a value; on failure a second pass finds out which field is to blame, so that the first can be quick.
fn parse_at<T: DeserializeOwned>(text: &str, path: impl Fn(&str) -> String) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
            Ok(_) => Error::InvalidField { field: path("."), reason: reason_of(&error) },
            Err(error) => Error::InvalidField { field: field_of(&error, &path), reason: reason_of(error.inner()) },
        }
    })
}

/// The path of the field to blame: where serde stopped, and the name of the field that it missed there.
fn field_of(error: &serde_path_to_error::Error<serde_json::Error>, path: impl Fn(&str) -> String) -> String {
    let at = error.path().to_string();
    let text = error.inner().to_string();
    let missing = text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    match missing {
        Some(name) if at == "." => path(name),
        Some(name) => path(&format!("{at}.{name}")),
        None => path(&at),
    }
}

/// Serde's own words, without the line and column, which are those of a part of the line.
fn reason_of(error: &serde_json::Error) -> String {
    let text = crate::word::plain(&error.to_string());
    match text.rfind(" at line ") {
        _ if text.starts_with("missing field `") => "it is missing".to_owned(),
        Some(end) => text.get(..end).unwrap_or(&text).to_owned(),
        None => text,
    }
}

/// Which of the members around a fact it needs, may have, or must not have.
fn check_header(entry: &Entry) -> Result<()> {
    enum Day {
        Needed,
        Allowed,
        Refused,
    }
    let wrong = |field: &str, reason: String| Err(Error::InvalidField { field: field.to_owned(), reason });
    let kind = entry.fact.kind();
    let day = match &entry.fact {
        Fact::Advance(_) | Fact::Deposit(_) | Fact::Remark(_) | Fact::Attest(_) | Fact::Reschedule(_) => Day::Needed,
        Fact::Link(_) | Fact::Unknown { .. } => Day::Allowed,
        Fact::Register(_) | Fact::Cite(_) | Fact::Amend(_) | Fact::Retract(_) | Fact::Define(_) => Day::Refused,
    };
    match (day, entry.on) {
        (Day::Needed, None) => {
            return wrong("on", format!("it is missing; `{kind}` needs the day it is effective"));
        }
        (Day::Refused, Some(_)) => return wrong("on", format!("`{kind}` has no such member")),
        _ => {}
    }
    if entry.after.is_some() && entry.on.is_none() {
        return wrong("after", "it puts entries of one day in order, and this one has no day".to_owned());
    }
    match (&entry.fact, &entry.commitment) {
        (Fact::Define(_), Some(_)) => {
            return wrong("commitment", "`define` has no such member".to_owned());
        }
        (Fact::Define(_) | Fact::Retract(_) | Fact::Unknown { .. }, _) | (_, Some(_)) => {}
        (_, None) => {
            return wrong("commitment", format!("it is missing; `{kind}` is about a commitment"));
        }
    }
    match entry.batch {
        Some(mark) if !(2..=LARGEST_BATCH).contains(&mark.of) => {
            wrong("batch.of", format!("a batch has 2 to {LARGEST_BATCH} entries"))
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

//! The fast path for reading a line.
//!
//! Each value has exactly one canonical form. An ordinary line can therefore be read from left to
//! right, member by member in alphabetical order, without storing anything. Anything unexpected
//! ends the attempt: an escape, a member of a later version, a rare kind of fact, or an invalid
//! value. The line is then read step by step. So the fast path accepts no line that the slow path
//! rejects, and it reports no errors.

use std::str::FromStr;

use memchr::memchr2;

use crate::entry::{BatchPosition, ByteRange, Found, Header, Kind, MAX_LINE_BYTES, More, Obligation, span_in};
use crate::value::{Date, Deadline, Decimal, Digest, EntryId, Language, Moment, Note, Slug, Title, Url};

/// Reads an ordinary line; `None` if the line has anything unexpected.
pub(super) fn read(line: &str) -> Option<Found> {
    let control = line.bytes().fold(false, |found, byte| found | (byte < 0x20));
    if control || line.len() > MAX_LINE_BYTES {
        return None;
    }
    let mut text = Text { line, at: 0 };
    text.eat("{")?;
    let after: Option<EntryId> = text.optional("after", Text::parsed)?;
    let batch = text.optional("batch", Text::batch)?;
    let commitment = text.optional("commitment", Text::slug)?;
    let fact = text.required("fact", Text::fact)?;
    let before_id = text.at;
    let id: EntryId = text.required("id", Text::parsed)?;
    let after_id = text.at;
    let on: Option<Date> = text.optional("on", Text::parsed)?;
    let published: Option<Date> = text.optional("published", Text::parsed)?;
    let recorded_at: Moment = text.required("recorded_at", Text::parsed)?;
    text.required("recorded_by", Text::slug)?;
    text.eat("}")?;
    if text.at != line.len() {
        return None;
    }
    let header = Header {
        after: after.is_some(),
        batch,
        commitment: commitment.is_some(),
        on: on.is_some(),
        published: published.is_some(),
    };
    header.check(fact.kind, fact.kind.as_str()).ok()?;
    let without_id = [line.get(..before_id)?.as_bytes(), line.get(after_id..)?.as_bytes()];
    if id != EntryId(Digest::of_parts(without_id)) {
        return None;
    }
    Some(Found {
        id,
        recorded_at,
        on,
        commitment: span_in(line, commitment.unwrap_or_default()),
        body: fact.body,
        to: span_in(line, fact.to),
        kind: fact.kind,
        sources: fact.sources,
        more: More { after, batch, published, ..More::default() },
    })
}

/// The parts of a fact that were read.
struct Read<'a> {
    kind: Kind,
    body: ByteRange,
    to: &'a str,
    sources: u8,
}

/// A line, and the position up to which it has been read.
struct Text<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Text<'a> {
    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    // Inlined, so that `token` is a constant where it is compared.
    #[inline(always)]
    fn eat(&mut self, token: &str) -> Option<()> {
        self.rest().starts_with(token).then(|| self.at += token.len())
    }

    /// Skips the key of a member, if it comes next.
    #[inline(always)]
    fn key(&mut self, key: &str) -> Option<()> {
        let rest = self.rest();
        // There is a comma before every member but the first.
        let first = self.line.as_bytes().get(self.at.checked_sub(1)?) == Some(&b'{');
        let member = if first { rest } else { rest.strip_prefix(',')? };
        let value = member.strip_prefix('"')?.strip_prefix(key)?.strip_prefix("\":")?;
        self.at = self.line.len() - value.len();
        Some(())
    }

    #[inline(always)]
    fn required<T>(&mut self, key: &str, value: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.key(key)?;
        value(self)
    }

    /// Reads an optional member. The outer `Option` is `None` if the value is unexpected, the inner
    /// one if the member is missing.
    #[inline(always)]
    fn optional<T>(&mut self, key: &str, value: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.key(key) {
            Some(()) => value(self).map(Some),
            None => Some(None),
        }
    }

    /// Reads a string without escapes.
    fn string(&mut self) -> Option<&'a str> {
        let text = self.rest().strip_prefix('"')?;
        let end = memchr2(b'"', b'\\', text.as_bytes())?;
        let ends = text.as_bytes().get(end) == Some(&b'"');
        self.at += end + 2;
        text.get(..end).filter(|_| ends)
    }

    fn checked(&mut self, is_valid: fn(&str) -> bool) -> Option<&'a str> {
        self.string().filter(|text| is_valid(text))
    }

    fn parsed<T: FromStr>(&mut self) -> Option<T> {
        self.string()?.parse().ok()
    }

    fn slug(&mut self) -> Option<&'a str> {
        self.checked(Slug::accepts)
    }

    fn title(&mut self) -> Option<&'a str> {
        self.checked(Title::accepts)
    }

    fn note(&mut self) -> Option<&'a str> {
        self.checked(Note::accepts)
    }

    fn url(&mut self) -> Option<&'a str> {
        self.checked(Url::accepts)
    }

    /// Reads a whole number of few digits, starting from 1.
    fn number(&mut self) -> Option<u32> {
        let rest = self.rest();
        let digits = rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
        let number = rest.get(..digits).filter(|digits| !digits.starts_with('0'))?.parse().ok()?;
        self.at += digits;
        Some(number)
    }

    /// Reads a list with at least one element, and returns the number of elements.
    fn list<T>(&mut self, mut element: impl FnMut(&mut Self) -> Option<T>) -> Option<usize> {
        self.eat("[")?;
        for count in 1.. {
            element(self)?;
            if self.eat(",").is_none() {
                return self.eat("]").map(|()| count);
            }
        }
        None
    }

    fn object<T>(&mut self, members: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.eat("{")?;
        let read = members(self)?;
        self.eat("}")?;
        Some(read)
    }

    fn language(&mut self) -> Option<&'a str> {
        self.checked(Language::accepts)
    }

    fn identifier(&mut self) -> Option<()> {
        self.object(|identifier| {
            identifier.required("scheme", Self::slug)?;
            identifier.required("value", Self::title).map(drop)
        })
    }

    /// Reads an object with at least one member, whose keys are languages.
    fn by_language(&mut self, mut value: impl FnMut(&mut Self) -> Option<&'a str>) -> Option<()> {
        let mut previous = "";
        self.eat("{")?;
        loop {
            // Keys are sorted, and none is there twice.
            previous = self.language().filter(|language| previous < *language)?;
            self.eat(":")?;
            value(self)?;
            if self.eat(",").is_none() {
                return self.eat("}");
            }
        }
    }

    fn batch(&mut self) -> Option<BatchPosition> {
        self.object(|batch| {
            Some(BatchPosition {
                nth: batch.required("nth", Self::number)?,
                of: batch.required("of", Self::number)?,
                previous: batch.optional("previous", Self::parsed)?,
            })
        })
    }

    fn source(&mut self) -> Option<()> {
        self.object(|source| {
            source.optional("archive", Self::title)?;
            source.optional("archived", Self::url)?;
            source.optional("identifier", Self::title)?;
            source.optional("language", Self::language)?;
            source.optional("page", Self::title)?;
            source.optional("published", Self::parsed::<Date>)?;
            source.optional("publisher", Self::title)?;
            source.optional("quotation", Self::note)?;
            source.required("title", Self::title)?;
            source.optional("url", Self::url).map(drop)
        })
    }

    /// Reads the member `sources`, and returns the number of sources.
    fn sources(&mut self) -> Option<u8> {
        let count = self.optional("sources", |text| text.list(Self::source))?.unwrap_or(0);
        u8::try_from(count).ok().filter(|count| *count <= 100)
    }

    fn fact(&mut self) -> Option<Read<'a>> {
        self.object(|fact| {
            let kind = FREQUENT.into_iter().find(|kind| fact.key(kind.as_str()).is_some())?;
            let start = fact.at;
            let (to, sources) = fact.object(|body| body.members_of(kind))?;
            let body = span_in(fact.line, fact.line.get(start..fact.at)?);
            Some(Read { kind, body, to, sources })
        })
    }

    /// Reads the content of a fact of this kind: the status that an advance leads to, and the
    /// number of sources.
    fn members_of(&mut self, kind: Kind) -> Option<(&'a str, u8)> {
        let (mut to, mut sources) = ("", 0);
        match kind {
            Kind::Advance => {
                self.optional("by", Self::slug)?;
                self.optional("note", Self::note)?;
                sources = self.sources()?;
                to = self.required("to", Self::slug)?;
            }
            Kind::Remark => {
                self.optional("note", Self::note)?;
                sources = self.sources()?;
                self.required("title", Self::title)?;
            }
            Kind::Register => self.registration()?,
            Kind::Deposit => {
                self.required("by", Self::slug)?;
                self.optional("instrument", Self::slug)?;
                self.optional("note", Self::note)?;
                self.optional("share", |text| text.checked(Decimal::accepts))?;
                sources = self.sources()?;
            }
            Kind::Cite => {
                self.required("entry", Self::parsed::<EntryId>)?;
                self.optional("note", Self::note)?;
                sources = self.sources().filter(|count| *count > 0)?;
            }
            Kind::Attest => {
                self.optional("note", Self::note)?;
                sources = self.sources()?;
            }
            Kind::Reschedule => {
                self.required("deadline", Self::parsed::<Deadline>)?;
                self.optional("note", Self::note)?;
                sources = self.sources()?;
            }
            Kind::Assign
            | Kind::Unassign
            | Kind::Measure
            | Kind::Repin
            | Kind::Link
            | Kind::Amend
            | Kind::Retract
            | Kind::Define
            | Kind::Unknown => {
                return None;
            }
        }
        Some((to, sources))
    }

    /// Reads a registration without an opening and without clock rules.
    fn registration(&mut self) -> Option<()> {
        self.required("by", |text| text.list(Self::slug))?;
        self.optional("deadline", Self::parsed::<Deadline>)?;
        self.optional("identifiers", |text| text.list(Self::identifier))?;
        self.optional("language", Self::language)?;
        self.required("made", Self::parsed::<Date>)?;
        self.required("obligation", Self::parsed::<Obligation>)?;
        self.optional("part_of", Self::slug)?;
        self.required("procedure", |text| {
            text.object(|pin| {
                pin.required("digest", Self::parsed::<Digest>)?;
                pin.required("id", Self::slug)?;
                pin.required("version", Self::number)
            })
        })?;
        self.required("title", Self::title)?;
        self.optional("titles", |text| text.by_language(Self::title))?;
        self.optional("to", |text| text.list(Self::slug))?;
        self.optional("topics", |text| text.list(Self::slug))?;
        self.required("words", |text| {
            text.object(|words| {
                words.optional("language", Self::language)?;
                words.required("source", Self::source)?;
                words.required("text", Self::note)?;
                words.optional("translations", |text| text.by_language(Self::note)).map(drop)
            })
        })
    }
}

/// The kinds of fact that the fast path supports, the most frequent first.
const FREQUENT: [Kind; 7] =
    [Kind::Advance, Kind::Remark, Kind::Register, Kind::Deposit, Kind::Cite, Kind::Attest, Kind::Reschedule];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::read_line::read_step_by_step;

    /// Whether the fast path reads a line. If it does, the slow path must read the same.
    fn check(line: &str) -> bool {
        let Some(quick) = read(line) else { return false };
        assert_eq!(format!("{quick:?}"), format!("{:?}", read_step_by_step(line).expect(line)));
        true
    }

    #[test]
    fn most_lines_of_the_examples_are_read_quickly_and_as_they_are_read_step_by_step() {
        let text = include_str!("../../../../examples/alliance.jsonl");
        let quick = text.lines().filter(|line| check(line)).count();
        assert!(quick * 10 > text.lines().count() * 8, "{quick}");
    }

    #[test]
    fn nothing_is_accepted_quickly_that_is_refused_step_by_step() {
        for line in include_str!("../../../../examples/alliance.jsonl").lines().step_by(7) {
            for at in (0..line.len()).step_by(3) {
                for with in ["", "\"", "\\n", ",", "}", " ", "0", "é", "\u{85}", "-", "/"] {
                    let (Some(before), Some(after)) = (line.get(..at), line.get(at..)) else { continue };
                    let cut = after.chars().next().map_or(0, char::len_utf8);
                    check(&resealed(&format!("{before}{with}{}", after.get(cut..).unwrap_or_default())));
                }
            }
        }
    }

    /// The line with the id that it would have if it were canonical, so that the id is not what
    /// makes it invalid.
    fn resealed(line: &str) -> String {
        let Some((before, rest)) = line.split_once(",\"id\":\"sha256:") else { return line.to_owned() };
        let Some(after) = rest.get(65..) else { return line.to_owned() };
        format!("{before},\"id\":\"{}\"{after}", Digest::of_parts([before.as_bytes(), after.as_bytes()]))
    }
}

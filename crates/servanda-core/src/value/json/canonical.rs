//! Checks that text is canonical JSON, and finds the members of its outermost object.

use std::fmt;
use std::ops::Range;

use crate::value::json::{INTEGER_BOUND, MAX_DEPTH};

/// Why a line is not canonical JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CanonicalError {
    /// The line is not UTF-8.
    NotUtf8,
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// The line ends with a carriage return.
    CarriageReturn,
    /// The file ends in the middle of the line.
    TornLine,
    /// The line is empty.
    EmptyLine,
    /// The line is a marker that git left where two versions of the file conflict.
    ConflictMarker,
    /// The line is not JSON.
    NotJson,
    /// The line is JSON, but not an object.
    NotAnObject,
    /// The line is JSON, but breaks RFC 8785 in its spaces, order of keys, escapes or numbers.
    NotCanonical,
    /// An object has the same key twice.
    DuplicateKey,
    /// A key has characters outside ASCII.
    KeyNotAscii,
    /// A number is not an integer.
    Float,
    /// The absolute value of an integer is 2^53 or more.
    IntegerTooLarge,
    /// The line nests deeper than 32 levels.
    TooDeep,
    /// A string has one half of a surrogate pair without the other.
    LoneSurrogate,
    /// The line has more than 65,536 bytes, or more than 1,048,576 if it is a definition.
    LineTooLong,
}

impl CanonicalError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::ByteOrderMark => "byte-order-mark",
            Self::CarriageReturn => "carriage-return",
            Self::TornLine => "torn-line",
            Self::EmptyLine => "empty-line",
            Self::ConflictMarker => "conflict-marker",
            Self::NotJson => "not-json",
            Self::NotAnObject => "not-an-object",
            Self::NotCanonical => "not-canonical",
            Self::DuplicateKey => "duplicate-key",
            Self::KeyNotAscii => "key-not-ascii",
            Self::Float => "float",
            Self::IntegerTooLarge => "integer-too-large",
            Self::TooDeep => "too-deep",
            Self::LoneSurrogate => "lone-surrogate",
            Self::LineTooLong => "line-too-long",
        }
    }
}

impl fmt::Display for CanonicalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotUtf8 => "this is not UTF-8; a ledger is UTF-8 throughout",
            Self::ByteOrderMark => "the file begins with a byte order mark; save it as UTF-8 without one",
            Self::CarriageReturn => "the line ends with a carriage return; lines end with a line feed alone",
            Self::TornLine => "the file ends in the middle of this line; the rest of it is lost",
            Self::EmptyLine => "there is nothing on this line; a ledger has one entry on each",
            Self::ConflictMarker => {
                "this is a conflict marker of git; keep the lines of both sides, delete the markers, and write `*.jsonl -text merge=union` into .gitattributes, so that git merges the next time"
            }
            Self::NotJson => "this is not JSON",
            Self::NotAnObject => "this is not a JSON object; each line is one entry",
            Self::NotCanonical => {
                "this is JSON, but not spelt as RFC 8785 has it: keys sorted, no spaces, the shortest escapes, plain integers"
            }
            Self::DuplicateKey => "this key stands twice in one object",
            Self::KeyNotAscii => "this key has characters outside ASCII",
            Self::Float => "this number is no integer; write other numbers as strings",
            Self::IntegerTooLarge => "this integer is 2^53 or more, in either direction; write it as a string",
            Self::TooDeep => "this nests deeper than 32 levels",
            Self::LoneSurrogate => "this string has half of a surrogate pair",
            Self::LineTooLong => "the line is too long; it may have 65,536 bytes, or 1,048,576 for a definition",
        })
    }
}

/// An error, and the offset of the byte at which it was found.
pub(crate) type Fault = (CanonicalError, usize);

/// One member of an object: the byte ranges of its key, without quotes, and of its value.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The offset of the opening quote of the key.
    pub(crate) start: usize,
    pub(crate) key: Range<usize>,
    pub(crate) value: Range<usize>,
}

/// Returns the members of the outermost object of `text`, if all of `text` is canonical.
pub(crate) fn members(text: &str) -> Result<Vec<Member>, Fault> {
    let mut scanner = Scanner { text: text.as_bytes(), at: 0 };
    if scanner.peek() != Some(b'{') {
        scanner.value(1)?;
        return if scanner.at == text.len() { Err((CanonicalError::NotAnObject, 0)) } else { scanner.misplaced() };
    }
    let mut members = Vec::new();
    scanner.object(1, |member| members.push(member))?;
    match scanner.peek() {
        None => Ok(members),
        Some(b' ' | b'\t') => Err((CanonicalError::NotCanonical, scanner.at)),
        Some(_) => Err((CanonicalError::NotJson, scanner.at)),
    }
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn fail<T>(&self, fault: CanonicalError) -> Result<T, Fault> {
        Err((fault, self.at))
    }

    /// Returns the error for a byte that is not allowed here.
    ///
    /// White space is JSON, but not canonical. Any other byte is not JSON.
    fn misplaced<T>(&self) -> Result<T, Fault> {
        match self.peek() {
            Some(b' ' | b'\t' | b'\r' | b'\n') => self.fail(CanonicalError::NotCanonical),
            _ => self.fail(CanonicalError::NotJson),
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            self.misplaced()
        }
    }

    fn value(&mut self, depth: usize) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'{') => self.object(depth, |_| ()),
            Some(b'[') => self.array(depth),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            _ => self.misplaced(),
        }
    }

    fn word(&mut self, word: &[u8]) -> Result<(), Fault> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            Ok(())
        } else {
            self.fail(CanonicalError::NotJson)
        }
    }

    fn array(&mut self, depth: usize) -> Result<(), Fault> {
        if depth > MAX_DEPTH {
            return self.fail(CanonicalError::TooDeep);
        }
        self.expect(b'[')?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.value(depth + 1)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return self.misplaced(),
            }
        }
    }

    fn object(&mut self, depth: usize, mut found: impl FnMut(Member)) -> Result<(), Fault> {
        if depth > MAX_DEPTH {
            return self.fail(CanonicalError::TooDeep);
        }
        self.expect(b'{')?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        let text = self.text;
        let mut previous: Option<Range<usize>> = None;
        loop {
            let start = self.at;
            if self.peek() != Some(b'"') {
                return self.misplaced();
            }
            self.string()?;
            let key = start + 1..self.at - 1;
            let spelt = text.get(key.clone()).unwrap_or_default();
            if !spelt.is_ascii() {
                return Err((CanonicalError::KeyNotAscii, start));
            }
            if let Some(previous) = previous.and_then(|range| text.get(range)) {
                match unescaped(previous).cmp(&unescaped(spelt)) {
                    std::cmp::Ordering::Less => {}
                    std::cmp::Ordering::Equal => return Err((CanonicalError::DuplicateKey, start)),
                    std::cmp::Ordering::Greater => return Err((CanonicalError::NotCanonical, start)),
                }
            }
            previous = Some(key.clone());
            self.expect(b':')?;
            let value = self.at;
            self.value(depth + 1)?;
            found(Member { start, key, value: value..self.at });
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return self.misplaced(),
            }
        }
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let digits = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return Err((CanonicalError::Float, start));
        }
        match self.text.get(digits..self.at).unwrap_or_default() {
            [] => Err((CanonicalError::NotJson, start)),
            [b'0'] if digits > start => Err((CanonicalError::NotCanonical, start)),
            [b'0', _, ..] => Err((CanonicalError::NotJson, start)),
            spelt => {
                let value = std::str::from_utf8(spelt).ok().and_then(|digits| digits.parse::<u64>().ok());
                if value.is_some_and(|value| value < INTEGER_BOUND) {
                    Ok(())
                } else {
                    Err((CanonicalError::IntegerTooLarge, start))
                }
            }
        }
    }

    fn string(&mut self) -> Result<(), Fault> {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(0..=0x1f) | None => return self.fail(CanonicalError::NotJson),
                Some(_) => self.at += 1,
            }
        }
    }

    /// Reads an escape and checks that it is canonical (RFC 8785, 3.2.2.2).
    ///
    /// Characters that have a two-character escape use it. Other control characters are written
    /// `\u00xx` in lower case. No other character is escaped.
    fn escape(&mut self) -> Result<(), Fault> {
        match self.text.get(self.at + 1).copied() {
            Some(b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 2;
                Ok(())
            }
            Some(b'/') => self.fail(CanonicalError::NotCanonical),
            Some(b'u') => {
                let Some(unit) = self.unit_at(self.at) else {
                    return self.fail(CanonicalError::NotJson);
                };
                match unit {
                    0xdc00..=0xdfff => self.fail(CanonicalError::LoneSurrogate),
                    0xd800..=0xdbff => match self.unit_at(self.at + 6) {
                        Some(0xdc00..=0xdfff) => self.fail(CanonicalError::NotCanonical),
                        _ => self.fail(CanonicalError::LoneSurrogate),
                    },
                    0x08 | 0x09 | 0x0a | 0x0c | 0x0d | 0x20.. => self.fail(CanonicalError::NotCanonical),
                    _ if self.has_upper_case_digit() => self.fail(CanonicalError::NotCanonical),
                    _ => {
                        self.at += 6;
                        Ok(())
                    }
                }
            }
            _ => self.fail(CanonicalError::NotJson),
        }
    }

    fn has_upper_case_digit(&self) -> bool {
        self.text.get(self.at + 2..self.at + 6).is_some_and(|digits| digits.iter().any(u8::is_ascii_uppercase))
    }

    /// The UTF-16 code unit of the escape `\uxxxx` that begins at `at`.
    fn unit_at(&self, at: usize) -> Option<u16> {
        let digits = self.text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        let valid = digits.iter().all(u8::is_ascii_hexdigit);
        valid.then(|| u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok())?
    }
}

/// Returns an ASCII key without its escapes. Keys are sorted in this form.
fn unescaped(key: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    if !key.contains(&b'\\') {
        return key.into();
    }
    let quoted = [b"\"", key, b"\""].concat();
    serde_json::from_slice::<String>(&quoted).map_or_else(|_| key.to_vec(), String::into_bytes).into()
}

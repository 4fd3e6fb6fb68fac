//! SHA-256 digests, and the ids of entries, which are SHA-256 digests too.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::leaf::Written;
use super::leaf::serde_as_text;
use crate::value::{ValueError, ValueKind};

/// A SHA-256 digest, written `sha256:` and 64 hexadecimal digits in lower case.
///
/// ```
/// # use servanda_core::Digest;
/// let digest = Digest::of(b"");
/// assert_eq!(digest.to_string(), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
/// assert_eq!(digest.to_string().parse::<Digest>()?, digest);
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_parts([bytes])
    }

    /// The digest of `parts` joined without a separator.
    pub(crate) fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// The digest of a ledger that consists of the entries with these ids, in any order.
    ///
    /// See [`Ledger::digest`](crate::Ledger::digest).
    #[must_use]
    pub fn of_ids(ids: impl IntoIterator<Item = EntryId>) -> Self {
        let mut ids: Vec<Digest> = ids.into_iter().map(|id| id.0).collect();
        ids.sort_unstable();
        Self::of_lines(ids)
    }

    fn written(&self) -> Written<71> {
        let mut written = Written::from(PREFIX);
        for byte in self.0 {
            written.push(digit(byte >> 4));
            written.push(digit(byte & 0xf));
        }
        written
    }

    /// The digest of the texts of `digests`, joined by newlines in the given order.
    pub(crate) fn of_lines(digests: impl IntoIterator<Item = Digest>) -> Self {
        let mut hasher = Sha256::new();
        for (index, digest) in digests.into_iter().enumerate() {
            if index > 0 {
                hasher.update(b"\n");
            }
            hasher.update(digest.written().as_str());
        }
        Self(hasher.finalize().into())
    }
}

const PREFIX: &str = "sha256:";
const RULE: &str = "a digest is written `sha256:` and 64 hexadecimal digits in lower case";

impl FromStr for Digest {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        parse(text).ok_or_else(|| ValueError::invalid(ValueKind::Digest, text, RULE))
    }
}

fn parse(text: &str) -> Option<Digest> {
    let hex: &[u8; 64] = text.strip_prefix(PREFIX)?.as_bytes().try_into().ok()?;
    let mut bytes = [0; 32];
    // Bytes that are not digits become 0xff, so one check after the loop is enough.
    let mut all = 0;
    for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        let (high, low) = (NIBBLES[usize::from(high)], NIBBLES[usize::from(low)]);
        all |= high | low;
        *byte = (high << 4) | low;
    }
    (all < 16).then_some(Digest(bytes))
}

/// The value of each hexadecimal digit in lower case, and 0xff for all other bytes.
const NIBBLES: [u8; 256] = {
    let mut nibbles = [0xff; 256];
    let mut nibble = 0;
    while nibble < 16 {
        nibbles[digit(nibble) as usize] = nibble;
        nibble += 1;
    }
    nibbles
};

const fn digit(nibble: u8) -> u8 {
    if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written().as_str())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Digest, written);

/// The id of an entry: the digest of its canonical line without the member `id`.
///
/// ```
/// # use servanda_core::EntryId;
/// let text = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// assert_eq!(text.parse::<EntryId>()?.to_string(), text);
/// assert_eq!("sha256:12".parse::<EntryId>().unwrap_err().code(), "invalid-digest");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub(crate) Digest);

impl EntryId {
    /// The 32 bytes of the digest.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0.0
    }

    /// The id with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Digest(bytes))
    }

    /// A placeholder for an id that is not known yet.
    pub(crate) const NONE: Self = Self(Digest([0; 32]));

    pub(crate) fn written(&self) -> Written<71> {
        self.0.written()
    }

    /// The first 32 bits of the digest.
    pub(crate) fn beginning(self) -> u32 {
        let [a, b, c, d, ..] = self.0.0;
        u32::from_le_bytes([a, b, c, d])
    }
}

impl FromStr for EntryId {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        text.parse().map(Self)
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

serde_as_text!(EntryId, written);

//! SHA-256 digests, and the ids of entries, which are such digests.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::leaf::serde_as_text;
use crate::Error;
use crate::error::ValueKind;

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

    /// The digest of a ledger that holds the entries with these ids, in any order. See [`Ledger::digest`](crate::Ledger::digest).
    #[must_use]
    pub fn of_ids(ids: impl IntoIterator<Item = EntryId>) -> Self {
        let mut ids: Vec<Digest> = ids.into_iter().map(|id| id.0).collect();
        ids.sort_unstable();
        Self::of_lines(ids)
    }

    /// The digest of the written digests joined by newlines, in the order given.
    pub(crate) fn of_lines(digests: impl IntoIterator<Item = Digest>) -> Self {
        let mut hasher = Sha256::new();
        for (index, digest) in digests.into_iter().enumerate() {
            if index > 0 {
                hasher.update(b"\n");
            }
            hasher.update(digest.to_string().as_bytes());
        }
        Self(hasher.finalize().into())
    }
}

const PREFIX: &str = "sha256:";
const RULE: &str = "a digest is written `sha256:` and 64 hexadecimal digits in lower case";

impl FromStr for Digest {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| Error::invalid(ValueKind::Digest, text, RULE))
    }
}

fn parse(text: &str) -> Option<Digest> {
    let hex = text.strip_prefix(PREFIX)?.as_bytes();
    let mut bytes = [0; 32];
    if hex.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = (nibble(*high)? << 4) | nibble(*low)?;
    }
    Some(Digest(bytes))
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

fn digit(nibble: u8) -> u8 {
    if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        let mut hex = [0; 64];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 0xf)]);
        }
        f.write_str(std::str::from_utf8(&hex).unwrap_or_default())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Digest);

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

    /// The first bytes of the digest.
    pub(crate) fn first_bytes(self) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = self.0.0;
        [a, b, c, d, e, f, g, h]
    }
}

impl FromStr for EntryId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
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

serde_as_text!(EntryId);

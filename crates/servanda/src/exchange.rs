//! Exports: the entries that one tracker passes to another.

use std::ops::ControlFlow;

use servanda_core::{Digest, Entry, EntryId};

use crate::store::{RowQuery, Rows, Watermark};
use crate::{Result, StoreError};

/// Entries for another tracker. See [`Tracker::export_since`](crate::Tracker::export_since).
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The entries, in the order in which they came to this tracker.
    pub entries: Vec<Entry>,
    /// The cursor for the next export, which continues from here. It is only meaningful to the
    /// ledger that it comes from.
    pub cursor: String,
}

/// The position where an export ended.
///
/// It is written as `NUMBER-HEX`: the number of entries, or the number of the last row, and the
/// start of a digest that tells whether the entries up to there are still the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) number: i64,
    pub(crate) digits: String,
}

/// How many hexadecimal digits of a digest a cursor contains.
const DIGITS: usize = 16;

impl Cursor {
    pub(crate) fn new(number: i64, digest: Digest) -> Self {
        let digits = digest.to_string().chars().skip("sha256:".len()).take(DIGITS).collect();
        Self { number, digits }
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        let parsed = text.split_once('-').and_then(|(number, digits)| {
            let well_formed = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let number = number.parse::<i64>().ok().filter(|number| *number >= 0 && well_formed)?;
            Some(Self { number, digits: digits.to_owned() })
        });
        parsed.ok_or_else(|| StoreError::InvalidCursor { cursor: text.to_owned() }.into())
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.number, self.digits)
    }
}

/// Returns the cursor after these entries.
fn after(ids: &[EntryId]) -> Cursor {
    let bytes: Vec<u8> = ids.iter().flat_map(EntryId::as_bytes).copied().collect();
    Cursor::new(i64::try_from(ids.len()).unwrap_or(i64::MAX), Digest::of(&bytes))
}

/// Returns the index of the first entry to export, and the cursor at the end. `ids` are in order of
/// arrival.
pub(crate) fn resume(ids: &[EntryId], since: Option<&Cursor>) -> (usize, Cursor) {
    let start = since.and_then(|cursor| {
        let number = usize::try_from(cursor.number).ok()?;
        // If the ledger no longer begins with the exported entries, export everything again.
        (after(ids.get(..number)?) == *cursor).then_some(number)
    });
    (start.unwrap_or(0), after(ids))
}

/// Returns the watermarks where an export starts and ends, and the cursor at the end.
pub(crate) fn resume_in_rows(rows: &mut dyn Rows, since: Option<&Cursor>) -> Result<(Watermark, Watermark, Cursor)> {
    let end = rows.watermark()?;
    let mut start = Watermark::default();
    if let Some(cursor) = since
        && at(rows, cursor.number, &end)? == *cursor
    {
        start.through = cursor.number;
    }
    let cursor = at(rows, end.through, &end)?;
    Ok((start, end, cursor))
}

/// Returns the cursor at a row.
fn at(rows: &mut dyn Rows, number: i64, end: &Watermark) -> Result<Cursor> {
    let mut digest = Digest::of(b"");
    rows.select(RowQuery::Number(number), end, &mut |row| {
        digest = Digest::of(row.id.as_bytes());
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(Cursor::new(number, digest))
}

//! Rows copied out of their transaction, so that another thread can parse them.

use std::ops::Range;
use std::sync::Arc;

use servanda_core::{EntryId, format};

use super::{Fault, Row};
use crate::first_few::FirstFew;
use crate::parallel::Parsed;

/// A batch of rows.
#[derive(Debug)]
pub(crate) struct RowBatch {
    /// The lines, concatenated. The parsed entries share this text.
    lines: String,
    /// The names of the commitments, concatenated.
    commitments: String,
    rows: Vec<StoredRow>,
}

/// A row with the positions of its texts.
#[derive(Debug)]
struct StoredRow {
    number: i64,
    id: EntryId,
    commitment: Option<Range<usize>>,
    recorded_at: i64,
    batch: bool,
    previous: Option<EntryId>,
    line: Range<usize>,
}

/// How many bytes of lines a batch holds.
const FULL_BYTES: usize = 1 << 17;

impl RowBatch {
    /// Creates an empty batch with room for a full one.
    pub(crate) fn new() -> Self {
        Self {
            lines: String::with_capacity(FULL_BYTES + FULL_BYTES / 16),
            commitments: String::new(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, row: Row<'_>) {
        let Row { number, id, commitment, recorded_at, batch, previous, line } = row;
        let commitment = commitment.map(|id| append(&mut self.commitments, id));
        let line = append(&mut self.lines, line);
        self.rows.push(StoredRow { number, id, commitment, recorded_at, batch, previous, line });
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.lines.len() >= FULL_BYTES
    }

    /// Returns the entries of the rows, and the first faults of the others.
    pub(crate) fn read(self) -> Parsed<Fault> {
        let (mut entries, mut faults) = (Vec::with_capacity(self.len()), FirstFew::default());
        let lines: Arc<Box<str>> = Arc::new(self.lines.into());
        for stored in self.rows {
            let row = Row {
                number: stored.number,
                id: stored.id,
                commitment: stored.commitment.map(|place| self.commitments.get(place).unwrap_or_default()),
                recorded_at: stored.recorded_at,
                batch: stored.batch,
                previous: stored.previous,
                line: lines.get(stored.line.clone()).unwrap_or_default(),
            };
            match row.checked(format::read_line_in(&lines, stored.line)) {
                Ok(entry) => entries.push(Arc::new(entry)),
                Err(fault) => faults.push(fault),
            }
        }
        (entries, faults)
    }
}

/// Appends a text, and returns its position.
fn append(texts: &mut String, text: &str) -> Range<usize> {
    let start = texts.len();
    texts.push_str(text);
    start..texts.len()
}

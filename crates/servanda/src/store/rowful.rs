//! Rows that have left their transaction, for another thread to read.

use std::ops::Range;
use std::sync::Arc;

use servanda_core::EntryId;

use super::{Fault, Row};
use crate::two_threads::Made;

/// Some rows.
#[derive(Debug, Default)]
pub(crate) struct Rowful {
    /// What is written in them, one after the other.
    text: String,
    rows: Vec<Kept>,
}

/// A row, of whose texts only the places are kept.
#[derive(Debug)]
struct Kept {
    number: i64,
    id: EntryId,
    commitment: Option<Range<usize>>,
    recorded_at: i64,
    batch: bool,
    previous: Option<EntryId>,
    line: Range<usize>,
}

/// How many bytes of text are read by one thread at a time.
const FULL: usize = 1 << 18;

impl Rowful {
    pub(crate) fn push(&mut self, row: Row<'_>) {
        let Row { number, id, commitment, recorded_at, batch, previous, line } = row;
        let commitment = commitment.map(|id| self.keep(id));
        let line = self.keep(line);
        self.rows.push(Kept { number, id, commitment, recorded_at, batch, previous, line });
    }

    fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.text.len() >= FULL
    }

    /// The entries of the rows, and what is wrong with others.
    pub(crate) fn read(&self) -> Made<Fault> {
        let (mut entries, mut faults) = (Vec::with_capacity(self.len()), Vec::new());
        let text = |place: &Range<usize>| self.text.get(place.clone()).unwrap_or_default();
        for kept in &self.rows {
            let row = Row {
                number: kept.number,
                id: kept.id,
                commitment: kept.commitment.as_ref().map(text),
                recorded_at: kept.recorded_at,
                batch: kept.batch,
                previous: kept.previous,
                line: text(&kept.line),
            };
            match row.read() {
                Ok(entry) => entries.push(Arc::new(entry)),
                Err(fault) => faults.push(fault),
            }
        }
        (entries, faults)
    }
}

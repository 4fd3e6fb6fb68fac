//! A writer's cache of the entries of each commitment.

use std::collections::HashMap;

use servanda_core::EntryId;

use super::session::Session;
use super::writing::Inserted;
use crate::Result;

/// How many ids the cache may hold. Beyond that it is cleared, and entries are read again on
/// demand.
const MAX_IDS: usize = 1_000_000;

/// The key of entries about no commitment.
pub(super) const GENERAL: &str = "";

/// The entries of each commitment at a certain version of its head. They are used only if the head
/// still has that version, so the cache only saves reads.
#[derive(Debug, Default)]
pub(super) struct KnownEntries {
    of: HashMap<String, CommitmentEntries>,
    ids: usize,
}

#[derive(Debug, Default)]
pub(super) struct CommitmentEntries {
    pub(super) version: i64,
    /// The largest number. Entries added later have larger ones.
    pub(super) number: i64,
    /// How many entries the head counts.
    pub(super) counted: i64,
    /// The rows: id, number, and whether the entry is part of a batch.
    pub(super) rows: Vec<(EntryId, i64, bool)>,
    /// Whether the head was updated without a new row. Then entries about another commitment have
    /// completed a batch of these entries.
    pub(super) touched: bool,
}

impl KnownEntries {
    pub(super) fn get(&self, key: &str) -> Option<&CommitmentEntries> {
        self.of.get(key)
    }

    pub(super) fn forget(&mut self, key: &str) {
        if let Some(about) = self.of.remove(key) {
            self.ids -= about.rows.len();
        }
    }

    /// Reads the new entries of a commitment. One statement reads head and rows, so that they
    /// match.
    pub(super) fn read(&mut self, session: &mut Session, key: &str) -> Result<(), postgres::Error> {
        const GENERAL_ROWS: &str = "SELECT h.version, h.number, h.entries, e.number, e.id, e.size IS NOT NULL FROM servanda_heads h \
            LEFT JOIN servanda_entries e ON e.commitment IS NULL AND e.number > $2 WHERE h.commitment = $1";
        const ROWS: &str = "SELECT h.version, h.number, h.entries, e.number, e.id, e.size IS NOT NULL FROM servanda_heads h \
            LEFT JOIN servanda_entries e ON e.commitment = $1 AND e.number > $2 WHERE h.commitment = $1";
        if self.ids > MAX_IDS {
            *self = Self::default();
        }
        let after = self.of.get(key).map_or(0, |about| about.number);
        let rows = session.query(if key == GENERAL { GENERAL_ROWS } else { ROWS }, &[&key, &after])?;
        let about = self.of.entry(key.to_owned()).or_default();
        let (before, rows_before) = (about.version, about.rows.len());
        for row in rows {
            (about.version, about.number, about.counted) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            if let (Some(number), Some(id)) = (row.try_get::<_, Option<i64>>(3)?, id_of(&row, 4)?) {
                about.rows.push((id, number, row.try_get(5)?));
                self.ids += 1;
            }
        }
        about.touched |= about.version != before && about.rows.len() == rows_before;
        Ok(())
    }

    /// Adds what this writer has committed.
    pub(super) fn inserted(&mut self, inserted: &Inserted) {
        for (key, head) in &inserted.heads {
            let Some(about) = self.of.get_mut(key).filter(|about| about.version == head.version) else {
                self.forget(key);
                continue;
            };
            (about.version, about.number) = (head.new_version, head.number);
            about.rows.extend(&head.rows);
            about.counted += i64::try_from(head.rows.len()).unwrap_or(i64::MAX);
            self.ids += head.rows.len();
        }
    }
}

/// Returns the id in a column, or `None` if the column is null or not an id.
pub(super) fn id_of(row: &postgres::Row, column: usize) -> Result<Option<EntryId>, postgres::Error> {
    let bytes: Option<&[u8]> = row.try_get(column)?;
    Ok(bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).map(EntryId::from_bytes))
}

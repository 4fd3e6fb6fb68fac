//! What is there about a commitment, as a writer has read it before.

use std::collections::HashMap;

use servanda_core::EntryId;

use super::session::Session;
use super::writing::Inserted;

/// How many ids are remembered at the most; then all are forgotten, and read again where they are wanted.
const MAX_IDS: usize = 1_000_000;

/// The name of what is about no commitment.
pub(super) const GENERAL: &str = "";

/// By commitment, what there was when its head had a version. It only saves reading: it is used if the head still has the version.
#[derive(Debug, Default)]
pub(super) struct KnownEntries {
    of: HashMap<String, CommitmentEntries>,
    ids: usize,
}

#[derive(Debug, Default)]
pub(super) struct CommitmentEntries {
    pub(super) version: i64,
    /// The largest number; what is added later has a larger one.
    pub(super) number: i64,
    /// The rows: the id, the number, and whether it is one of a batch.
    pub(super) rows: Vec<(EntryId, i64, bool)>,
    /// Whether the head was raised without a row: entries about something else belong to batches of these.
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

    /// Reads what is new about a commitment, in one statement, so that the head and the rows belong together.
    pub(super) fn read(&mut self, session: &mut Session, key: &str) -> Result<(), postgres::Error> {
        const GENERAL_ROWS: &str = "SELECT h.version, h.number, e.number, e.id, e.size IS NOT NULL FROM servanda_heads h \
            LEFT JOIN servanda_entries e ON e.commitment IS NULL AND e.number > $2 WHERE h.commitment = $1";
        const ROWS: &str = "SELECT h.version, h.number, e.number, e.id, e.size IS NOT NULL FROM servanda_heads h \
            LEFT JOIN servanda_entries e ON e.commitment = $1 AND e.number > $2 WHERE h.commitment = $1";
        if self.ids > MAX_IDS {
            *self = Self::default();
        }
        let after = self.of.get(key).map_or(0, |about| about.number);
        let rows = session.query(if key == GENERAL { GENERAL_ROWS } else { ROWS }, &[&key, &after])?;
        let about = self.of.entry(key.to_owned()).or_default();
        let (before, rows_before) = (about.version, about.rows.len());
        for row in rows {
            (about.version, about.number) = (row.try_get(0)?, row.try_get(1)?);
            if let (Some(number), Some(id)) = (row.try_get::<_, Option<i64>>(2)?, id_of(&row, 3)?) {
                about.rows.push((id, number, row.try_get(4)?));
                self.ids += 1;
            }
        }
        about.touched |= about.version != before && about.rows.len() == rows_before;
        Ok(())
    }

    /// What this writer itself has committed.
    pub(super) fn inserted(&mut self, inserted: &Inserted) {
        for (key, head) in &inserted.heads {
            let Some(about) = self.of.get_mut(key).filter(|about| about.version == head.version) else {
                self.forget(key);
                continue;
            };
            (about.version, about.number) = (head.new_version, head.number);
            about.rows.extend(&head.rows);
            self.ids += head.rows.len();
        }
    }
}

/// The id in a column; nothing where it is null or no id.
pub(super) fn id_of(row: &postgres::Row, column: usize) -> Result<Option<EntryId>, postgres::Error> {
    let bytes: Option<&[u8]> = row.try_get(column)?;
    Ok(bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).map(EntryId::from_bytes))
}

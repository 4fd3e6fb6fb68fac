//! The baseline: bare SQLite with the same bytes, tables and indexes, without any checks.

use std::path::Path;

use rusqlite::{Connection, params};
use servanda::Entry;

/// Creates an empty database with the tables of another one, without triggers.
pub(crate) fn like(model: &Path, path: &Path) -> rusqlite::Result<Connection> {
    let tables: Vec<String> = {
        let model = Connection::open(model)?;
        let mut statement =
            model.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger'")?;
        let tables = statement.query_map([], |row| row.get(0))?;
        tables.collect::<rusqlite::Result<_>>()?
    };
    let connection = open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.execute_batch(&tables.join(";"))?;
    Ok(connection)
}

pub(crate) fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(connection)
}

/// Inserts entries in one transaction with a prepared statement.
pub(crate) fn insert(connection: &mut Connection, entries: &[Entry]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut statement = transaction.prepare_cached(
            "INSERT INTO entries (id, commitment, recorded_at, previous, line) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for entry in entries {
            let previous = entry.batch().map(|mark| mark.previous.map_or(Vec::new(), |id| id.as_bytes().to_vec()));
            let recorded_at = entry.recorded_at().micros();
            statement.execute(params![
                entry.id().as_bytes(),
                entry.commitment(),
                recorded_at,
                previous,
                entry.line()
            ])?;
        }
    }
    transaction.commit()
}

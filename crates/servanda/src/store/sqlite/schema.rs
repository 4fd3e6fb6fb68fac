//! The tables, and their migrations.

use rusqlite::Connection;

/// The application id in the header, by which this program and `file(1)` recognize a ledger: the
/// letters `Svnd`.
pub(super) const APPLICATION: i32 = i32::from_be_bytes(*b"Svnd");

/// The migrations from each version to the next. The first one applies to an empty file.
///
/// A row is an entry. `line` is the entry itself, so a dump of this column is the ledger. The other
/// columns repeat what the line says:
///
/// - `id`: the 32 bytes of the digest.
/// - `commitment`: the commitment it is about; NULL for a definition.
/// - `recorded_at`: microseconds since 1970.
/// - `previous`: the id of the previous entry in its batch; empty for the first one; NULL if the
///   entry is in no batch.
pub(super) const MIGRATIONS: &[&str] = &["
    CREATE TABLE entries (
        number INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
        commitment TEXT,
        recorded_at INTEGER NOT NULL,
        previous BLOB,
        line TEXT NOT NULL
    ) STRICT;
    CREATE INDEX entries_by_commitment ON entries (commitment);
    CREATE INDEX entries_by_recorded_at ON entries (recorded_at);
    CREATE INDEX entries_by_previous ON entries (previous) WHERE previous IS NOT NULL;
"];

/// The version of the tables that this program creates.
pub(super) fn version() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// The application id and the version in a file's header.
pub(super) struct FileStamp {
    pub(super) application: i32,
    pub(super) version: u32,
}

impl FileStamp {
    pub(super) fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
        let version = number("user_version")?;
        Ok(Self { application: number("application_id")?, version: u32::try_from(version).unwrap_or(u32::MAX) })
    }
}

/// Migrates the tables to the latest version in one transaction. Another program may have done it
/// already.
pub(super) fn migrate(connection: &mut Connection, migrations: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let done = FileStamp::of(&transaction)?.version;
    for (migration, version) in migrations.iter().zip(1..).filter(|(_, version)| *version > done) {
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn migrations_continue_from_the_file_version_and_roll_back_on_failure() {
        let mut connection = Connection::open_in_memory().unwrap();
        let version = |connection: &Connection| FileStamp::of(connection).unwrap().version;
        let with = |more: &'static str| [MIGRATIONS, &[more]].concat();
        migrate(&mut connection, MIGRATIONS).unwrap();
        assert_eq!((version(&connection), FileStamp::of(&connection).unwrap().application), (1, APPLICATION));
        let failing = with("CREATE TABLE more (id INTEGER); CREATE TABLE entries (id INTEGER)");
        migrate(&mut connection, &failing).unwrap_err();
        assert_eq!(version(&connection), 1);
        // The failed migration was rolled back completely.
        let next = with("CREATE TABLE more (id INTEGER)");
        migrate(&mut connection, &next).unwrap();
        migrate(&mut connection, &next).unwrap();
        assert_eq!(version(&connection), 2);
    }
}

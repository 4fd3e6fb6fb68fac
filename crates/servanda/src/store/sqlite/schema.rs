//! The tables of a ledger, and how those of an earlier version become those of this one.

use rusqlite::Connection;

/// By this `file(1)` and we recognise a ledger: the letters `Svnd`.
pub(super) const APPLICATION: i32 = i32::from_be_bytes(*b"Svnd");

/// What leads from each version to the next; the first, from an empty file.
///
/// A row is an entry. Its line is the entry, so that a dump is the ledger; the other columns say what the line says, and can be made from it anew:
///
/// - `id`: the 32 bytes of the digest.
/// - `commitment`: what it is about; NULL for a definition.
/// - `recorded_at`: microseconds since 1970.
/// - `previous`: the id of the entry before it in its batch; empty for the first; NULL if it belongs to none.
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

/// The version of the tables that this program makes.
pub(super) fn version() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// What a file says it is.
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

/// Brings the tables to this version, in one transaction, in which another program may turn out to have been quicker.
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
    fn migrations_go_on_from_where_a_file_is_and_leave_it_there_if_one_fails() {
        let mut connection = Connection::open_in_memory().unwrap();
        let version = |connection: &Connection| FileStamp::of(connection).unwrap().version;
        let with = |more: &'static str| [MIGRATIONS, &[more]].concat();
        migrate(&mut connection, MIGRATIONS).unwrap();
        assert_eq!((version(&connection), FileStamp::of(&connection).unwrap().application), (1, APPLICATION));
        let failing = with("CREATE TABLE more (id INTEGER); CREATE TABLE entries (id INTEGER)");
        migrate(&mut connection, &failing).unwrap_err();
        assert_eq!(version(&connection), 1);
        // What the failing one had begun is gone too.
        let next = with("CREATE TABLE more (id INTEGER)");
        migrate(&mut connection, &next).unwrap();
        migrate(&mut connection, &next).unwrap();
        assert_eq!(version(&connection), 2);
    }
}

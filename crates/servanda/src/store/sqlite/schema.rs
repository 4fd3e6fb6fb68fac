//! The tables, and their migrations.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

/// The application id in the header, by which this program and `file(1)` recognize a ledger: the
/// letters `Svnd`.
pub(super) const APPLICATION: i32 = i32::from_be_bytes(*b"Svnd");

/// The SQL of the trigger. The schema of a file is compared with it, so it never changes.
macro_rules! count_trigger {
    () => {
        "CREATE TRIGGER entries_are_counted AFTER INSERT ON entries BEGIN
            INSERT INTO counts VALUES (coalesce(NEW.commitment, ''), 1)
            ON CONFLICT (commitment) DO UPDATE SET entries = entries + 1;
        END;"
    };
}

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
///
/// From version 2 on, `counts` has the number of entries about each commitment, and about none
/// under the empty name. A trigger maintains it, so that a program of version 1 that has the file
/// open counts too.
pub(super) const MIGRATIONS: &[&str] = &[
    "
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
",
    concat!(
        "
    CREATE TABLE counts (
        commitment TEXT NOT NULL PRIMARY KEY,
        entries INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO counts SELECT coalesce(commitment, ''), count(*) FROM entries GROUP BY commitment;
    ",
        count_trigger!()
    ),
];

/// Creates the trigger that counts each entry.
pub(super) const CREATE_COUNT_TRIGGER: &str = count_trigger!();

/// Counts several entries about one commitment, while there is no trigger.
pub(super) const COUNT: &str = "INSERT INTO counts VALUES (?1, ?2) \
    ON CONFLICT (commitment) DO UPDATE SET entries = entries + excluded.entries";

/// The first version of the tables that has the counts.
pub(super) const COUNTS: u32 = 2;

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

/// Compares tables, columns, indexes, triggers and views with those that this program creates, and
/// returns the differences. Further tables and views of the user are left alone, but nothing may be
/// attached to the tables of the ledger.
pub(super) fn differences(connection: &Connection, version: u32) -> rusqlite::Result<Vec<String>> {
    let mut new = Connection::open_in_memory()?;
    let migrations = MIGRATIONS.get(..version as usize).unwrap_or(MIGRATIONS);
    migrate(&mut new, migrations)?;
    let (expected, found) = (objects(&new)?, objects(connection)?);
    let tables: BTreeSet<&String> = expected.values().map(|object| &object.table).collect();
    let mut differences = Vec::new();
    for (name, object) in &expected {
        match found.get(name) {
            None => differences.push(format!("the {} {name} is missing", object.kind)),
            Some(held) if held != object => {
                differences.push(format!("the {} {name} is not as this program creates it", object.kind));
            }
            Some(_) => {}
        }
    }
    for (name, object) in
        found.iter().filter(|(name, object)| !expected.contains_key(*name) && tables.contains(&object.table))
    {
        differences
            .push(format!("there is a {} {name} on {}, which this program does not create", object.kind, object.table));
    }
    Ok(differences)
}

/// An object of a schema.
#[derive(Debug, PartialEq)]
struct Object {
    kind: String,
    table: String,
    sql: String,
}

/// The objects of a schema by name, apart from those that SQLite creates itself.
fn objects(connection: &Connection) -> rusqlite::Result<BTreeMap<String, Object>> {
    let mut statement = connection.prepare("SELECT name, type, tbl_name, coalesce(sql, '') FROM sqlite_schema")?;
    let objects = statement.query_map([], |row| {
        let sql: String = row.get(3)?;
        let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok((row.get::<_, String>(0)?, Object { kind: row.get(1)?, table: row.get(2)?, sql }))
    })?;
    objects.filter(|object| !object.as_ref().is_ok_and(|(name, _)| name.starts_with("sqlite_"))).collect()
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
        let last = MIGRATIONS.len() as u32;
        assert_eq!((version(&connection), FileStamp::of(&connection).unwrap().application), (last, APPLICATION));
        let failing = with("CREATE TABLE more (id INTEGER); CREATE TABLE entries (id INTEGER)");
        migrate(&mut connection, &failing).unwrap_err();
        assert_eq!(version(&connection), last);
        // The failed migration was rolled back completely.
        let next = with("CREATE TABLE more (id INTEGER)");
        migrate(&mut connection, &next).unwrap();
        migrate(&mut connection, &next).unwrap();
        assert_eq!(version(&connection), last + 1);
    }
}

//! The tables, and their migrations.
//!
//! They use common SQL only: no extension, no advisory locks, and no identity columns. Any database
//! that speaks PostgreSQL's protocol and implements serializable transactions will do.

use postgres::Client;
use postgres::error::SqlState;

use super::failed;
use super::retry::is_retryable;
use crate::{Result, StoreError};

/// The migrations from each version of the schema to the next. The first one creates version 1.
///
/// `number` grows with time (see [`super::numbers`]). `commitment` is null for definitions and
/// their retractions. `nth`, `size` and `previous` give the position in a batch. `line` is the
/// entry; every other column except `number` can be derived from it, and `verify` compares them. A
/// row of `servanda_heads` summarizes the entries of one commitment, and is where two writers on
/// that commitment conflict. The head with the empty name is for entries about no commitment.
const MIGRATIONS: [&str; 1] = ["
CREATE TABLE servanda_meta (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE servanda_entries (
    number bigint PRIMARY KEY,
    id bytea NOT NULL,
    commitment text,
    recorded_at bigint NOT NULL,
    nth integer,
    size integer,
    previous bytea,
    line text NOT NULL
);
CREATE UNIQUE INDEX servanda_entries_id ON servanda_entries (id);
CREATE INDEX servanda_entries_commitment ON servanda_entries (commitment, number);
CREATE INDEX servanda_entries_recorded_at ON servanda_entries (recorded_at);
CREATE INDEX servanda_entries_previous ON servanda_entries (previous) WHERE previous IS NOT NULL;
CREATE TABLE servanda_heads (
    commitment text PRIMARY KEY,
    version bigint NOT NULL,
    entries bigint NOT NULL,
    number bigint NOT NULL,
    newest bigint NOT NULL
);
INSERT INTO servanda_meta (name, value) VALUES ('schema', '0');
"];

/// The version of the schema that this program creates.
pub(super) const VERSION: u32 = MIGRATIONS.len() as u32;

/// Returns the version of the existing schema, or `None` if there is none.
fn version(client: &mut Client, place: &str) -> Result<Option<u32>> {
    let tables = "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'servanda_meta'";
    if client.query(tables, &[]).map_err(|error| failed(place, &error))?.is_empty() {
        return Ok(None);
    }
    let version = client.query_opt("SELECT value FROM servanda_meta WHERE name = 'schema'", &[]);
    let version = version.map_err(|error| failed(place, &error))?;
    let version = version.and_then(|row| row.try_get::<_, String>(0).ok()).and_then(|text| text.parse().ok());
    let reason = "its table servanda_meta does not contain the schema version".to_owned();
    version.map(Some).ok_or_else(|| StoreError::Server { place: place.to_owned(), reason, sqlstate: None }.into())
}

/// Creates the tables, unless they exist.
pub(super) fn create(client: &mut Client, place: &str) -> Result<()> {
    let already_there = || StoreError::AlreadyThere { path: place.into() }.into();
    if version(client, place)?.is_some() {
        return Err(already_there());
    }
    // Two concurrent creations conflict in the catalogue. The loser gets the error that it would
    // have got a moment later.
    migrate(client, 0).map_err(|error| match error.code() {
        Some(&(SqlState::DUPLICATE_TABLE | SqlState::UNIQUE_VIOLATION)) => already_there(),
        Some(state) if is_retryable(state) => already_there(),
        _ => failed(place, &error),
    })
}

/// Checks that the tables exist, and migrates older ones to this version.
pub(super) fn open(client: &mut Client, place: &str) -> Result<()> {
    match version(client, place)? {
        None => Err(StoreError::NoLedger { path: place.into() }.into()),
        Some(VERSION) => Ok(()),
        Some(newer) if newer > VERSION => {
            Err(StoreError::NewerSchema { place: place.to_owned(), found: newer, known: VERSION }.into())
        }
        Some(older) => match migrate(client, usize::try_from(older).unwrap_or_default()) {
            Ok(()) => Ok(()),
            // Another program may have migrated them in the meantime.
            Err(_) if version(client, place)? == Some(VERSION) => Ok(()),
            Err(error) => Err(failed(place, &error)),
        },
    }
}

fn migrate(client: &mut Client, from: usize) -> Result<(), postgres::Error> {
    let mut transaction = client.build_transaction().isolation_level(postgres::IsolationLevel::Serializable).start()?;
    transaction.batch_execute("SET LOCAL synchronous_commit = on")?;
    for migration in MIGRATIONS.iter().skip(from) {
        transaction.batch_execute(migration)?;
    }
    let (from, to) = (from.to_string(), VERSION.to_string());
    let changed = transaction
        .execute("UPDATE servanda_meta SET value = $1 WHERE name = 'schema' AND value = $2", &[&to, &from])?;
    if changed == 1 { transaction.commit() } else { transaction.rollback() }
}

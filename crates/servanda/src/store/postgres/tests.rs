//! Conflicts between two writers, step by step, on a real server.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use servanda_core::{Define, Entry, Party};

use super::retry::{MAX_ATTEMPTS, Wait};
use super::{Database, Postgres, Rows};
use crate::StoreError;
use crate::Tracker;
use crate::store::RowQuery;

#[path = "../../../tests/common/server.rs"]
mod server;

/// Records the delays instead of waiting.
#[derive(Debug, Default)]
struct RecordedWaits(Mutex<Vec<Duration>>);

impl Wait for RecordedWaits {
    fn wait(&self, time: Duration) {
        self.0.lock().unwrap().push(time);
    }
}

fn definition(id: &str) -> Entry {
    let tracker = Tracker::in_memory("desk").unwrap();
    tracker.record(Define::Party(Party::new(id, "en", "A party").unwrap())).unwrap().remove(0)
}

/// Reads the entries about no commitment, and inserts one more.
fn insert(rows: &mut dyn Rows, entry: &Entry) -> crate::Result<usize> {
    let (watermark, mut there) = (rows.watermark()?, 0);
    rows.select_missing(RowQuery::General, &watermark, &|_| false, &mut |_| {
        there += 1;
        Ok(ControlFlow::Continue(()))
    })?;
    rows.insert(std::slice::from_ref(entry))?;
    Ok(there)
}

#[test]
fn the_second_writer_retries_and_sees_the_first() {
    let Some(server) = server::server("the second writer retries") else { return };
    let mut first = Postgres::create(&server.url).unwrap();
    let mut second = Postgres::open(&server.url).unwrap();
    let waits = Arc::new(RecordedWaits::default());
    second.wait = Arc::clone(&waits) as Arc<dyn Wait>;
    let (one, two) = (definition("jp"), definition("us"));
    first.write(&mut |rows| insert(rows, &one).map(drop)).unwrap();
    let (mut seen, mut times) = (Vec::new(), 0);
    second
        .write(&mut |rows| {
            let watermark = rows.watermark()?;
            let mut there = 0;
            rows.select_missing(RowQuery::General, &watermark, &|_| false, &mut |_| {
                there += 1;
                Ok(ControlFlow::Continue(()))
            })?;
            times += 1;
            if times == 1 {
                first.write(&mut |rows| insert(rows, &definition("fr")).map(drop)).unwrap();
            }
            rows.insert(std::slice::from_ref(&two))?;
            seen.push(there);
            Ok(())
        })
        .unwrap();
    assert_eq!(seen, [2], "only the last attempt completed, and it saw both entries");
    assert_eq!(waits.0.lock().unwrap().len(), 1);
}

#[test]
fn a_writer_that_always_loses_gives_up() {
    let Some(server) = server::server("a writer that always loses gives up") else { return };
    let mut first = Postgres::create(&server.url).unwrap();
    let mut second = Postgres::open(&server.url).unwrap();
    let waits = Arc::new(RecordedWaits::default());
    second.wait = Arc::clone(&waits) as Arc<dyn Wait>;
    first.write(&mut |rows| insert(rows, &definition("jp")).map(drop)).unwrap();
    let mut number = 0;
    let outrun = second.write(&mut |rows| {
        let watermark = rows.watermark()?;
        rows.select_missing(RowQuery::General, &watermark, &|_| false, &mut |_| Ok(ControlFlow::Continue(())))?;
        number += 1;
        first.write(&mut |rows| insert(rows, &definition(&format!("party-{number}"))).map(drop)).unwrap();
        rows.insert(&[definition("us")]).map(drop)
    });
    assert_eq!(outrun, Err(StoreError::Contended { place: second.place(), tries: MAX_ATTEMPTS }.into()));
    let waits = waits.0.lock().unwrap();
    assert_eq!(waits.len(), MAX_ATTEMPTS as usize);
    assert!(waits.iter().all(|wait| *wait <= Duration::from_millis(50)));
}

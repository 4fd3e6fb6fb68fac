//! A PostgreSQL server that is killed while programs append to it.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;
#[path = "common/server.rs"]
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::process::{Command, Stdio};

use common::{commitment, remarks};
use servanda::{Batch, Fact, Tracker};
use server::{Program, required_variable, role, send, server};

/// How often the server is killed.
const KILLS: usize = 5;

/// The variable with the program that kills and restarts the server.
const CRASH: &str = "SERVANDA_TEST_POSTGRES_CRASH";

#[test]
fn program() {
    let Some((role, url, name)) = role() else { return };
    assert_eq!(role, "append until it fails");
    let tracker = Tracker::connect(&url, "desk").unwrap();
    send("open");
    for number in 0.. {
        let size = 1 + number % 3;
        match tracker.append(batch(&format!("{name}-{number}"), size)) {
            Ok(_) => send(&format!("{name}-{number} {size}")),
            Err(error) => {
                send(&format!("failed {}", error.code()));
                return;
            }
        }
    }
}

/// Returns remarks that name their batch and its size.
fn batch(name: &str, size: usize) -> Batch {
    remarks((1..=size).map(|nth| format!("{name} {size} {nth}")))
}

/// Returns the batches with their sizes, and checks that none of them is incomplete.
fn whole_batches(tracker: &Tracker) -> BTreeMap<String, usize> {
    tracker.verify(|_| ControlFlow::Continue(())).unwrap();
    let ledger = tracker.ledger().unwrap();
    assert_eq!(ledger.view_on(common::day()).unwrap().conflicts(), []);
    let mut batches: BTreeMap<(String, usize), BTreeSet<String>> = BTreeMap::new();
    for entry in ledger.entries() {
        let Fact::Remark(remark) = entry.fact() else { continue };
        let words: Vec<&str> = remark.title.as_str().split(' ').collect();
        let batch = batches.entry((words[0].to_owned(), words[1].parse().unwrap())).or_default();
        assert!(batch.insert(words[2].to_owned()), "{} exists twice", remark.title);
    }
    assert!(batches.iter().all(|((_, size), remarks)| remarks.len() == *size), "a batch is incomplete");
    batches.into_keys().collect()
}

#[test]
fn acknowledged_appends_survive_a_server_kill_and_partial_batches_do_not() {
    let test = "a server is killed while programs append to it";
    let (Some(server), Some(crash)) = (server(test), required_variable(CRASH, test)) else { return };
    let desk = Tracker::connect_new(&server.url, "desk").unwrap();
    desk.register(commitment()).unwrap();
    let mut acknowledged: BTreeMap<String, usize> = BTreeMap::new();
    for kill in 0..KILLS {
        let mut programs = [0, 1].map(|n| Program::start("append until it fails", &server.url, 2 * kill + n));
        programs.iter_mut().for_each(|program| assert_eq!(program.receive().unwrap(), "open"));
        // Let each program append a few times, and kill the server at whatever point they are then.
        for program in &mut programs {
            for _ in 0..=(3 * kill) {
                let said = program.receive().unwrap();
                let (name, size) = said.split_once(' ').unwrap();
                acknowledged.insert(name.to_owned(), size.parse().unwrap());
            }
        }
        let status = Command::new(&crash).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.unwrap().success(), "the server did not restart");
        for program in &mut programs {
            let mut failed = None;
            while let Some(said) = program.receive() {
                match said.split_once(' ').unwrap() {
                    ("failed", code) => failed = Some(code.to_owned()),
                    (name, size) => _ = acknowledged.insert(name.to_owned(), size.parse().unwrap()),
                }
            }
            let failed = failed.unwrap();
            assert!(matches!(failed.as_str(), "no-connection" | "server" | "commit-unknown"), "{failed}");
        }
        // The same tracker continues with a new connection.
        desk.append(batch(&format!("after-{kill}"), 2)).unwrap();
        acknowledged.insert(format!("after-{kill}"), 2);
        let there = whole_batches(&desk_again(&server.url));
        assert!(acknowledged.iter().all(|(name, size)| there.get(name) == Some(size)), "kill {kill}: lost");
        assert!(
            there.len() <= acknowledged.len() + programs.len(),
            "kill {kill}: there are more batches than were begun"
        );
        acknowledged = there;
    }
}

fn desk_again(url: &str) -> Tracker {
    Tracker::connect(url, "reader").unwrap()
}

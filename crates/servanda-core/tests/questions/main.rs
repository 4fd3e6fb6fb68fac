//! Questions about many commitments at once: agenda, changes, parts, stale commitments and the log.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../generate/mod.rs"]
mod generate;

mod agenda;
mod changes;
mod laws;
mod log;
mod parts;
mod stale;

use common::{Desk, record_on};
use serde_json::Value;
use servanda_core::{Batch, Calendar, Filter, Procedure, format};

/// A bill, with two clocks.
///
/// It is presumed to be dropped at the close of the session. Once passed, it enters into force by
/// itself.
const BILL: &str = "
    id = 'bill'\nversion = 1\ninitial = 'idle'\ntitle = { en = 'A bill' }
    [[statuses]]\nid = 'idle'\nphase = 'planned'\ntitle = { en = 'Idle' }
    [[statuses]]\nid = 'tabled'\nphase = 'active'\ntitle = { en = 'Tabled' }
    [[statuses]]\nid = 'dropped'\nphase = 'failed'\ntitle = { en = 'Dropped' }
    [[statuses]]\nid = 'passed'\nphase = 'active'\ntitle = { en = 'Passed' }
    [[statuses]]\nid = 'law'\nphase = 'achieved'\nfinal = true\ntitle = { en = 'Law' }
    [[transitions]]\nfrom = ['idle', 'dropped']\nto = 'tabled'\nbasis = 'Rules'\ntitle = { en = 'It is tabled' }
    [[transitions]]\nfrom = ['tabled']\nto = 'passed'\nbasis = 'Rules'\ntitle = { en = 'It is passed' }
    [[transitions]]\nfrom = ['tabled']\nto = 'dropped'\nbasis = 'Rules'\ntitle = { en = 'It is dropped' }
    [[transitions]]\nfrom = ['law']\nto = 'dropped'\nreopening = true\nbasis = 'Rules'\ntitle = { en = 'It is quashed' }
    [[clocks]]\nid = 'close'\nstarts = ['tabled']\nwhile = ['tabled']\nto = 'dropped'\nfires = 'end'\npresumed = true
    rule = { close = { calendar = 'house', of = 'containing' } }\ntitle = { en = 'Close' }\nbasis = 'Rules'
    [[clocks]]\nid = 'force'\nstarts = ['passed']\nwhile = ['passed']\nto = 'law'\nfires = 'start'
    rule = { days = { count = 20 } }\ntitle = { en = 'Entry into force' }\nbasis = 'Rules'\n";

/// The calendar of a house that sits until 26 June 2013, and again from 15 October.
///
/// The end of the second period is not known.
const HOUSE: &str = "
    id = 'house'\nthrough = '2013-12-31'\ntitle = { en = 'House' }
    [[periods]]\nnumber = 1\nbasis = 'published'\nconvened = '2013-01-28'\nclosed = '2013-06-26'
    [[periods]]\nnumber = 2\nbasis = 'published'\nconvened = '2013-10-15'\n";

fn bill() -> Procedure {
    Procedure::from_toml("bill.toml", BILL).unwrap()
}

fn house(text: &str) -> Calendar {
    Calendar::from_toml("house.toml", text).unwrap()
}

/// A ledger with the bill's procedure and calendar.
fn desk() -> Desk {
    let mut desk = Desk::default();
    desk.append(Batch::new().and(bill()).and(house(HOUSE)));
    desk
}

fn with_story(desk: Desk, story: &str) -> Desk {
    record_on(desk, &bill(), story)
}

fn all() -> Filter {
    Filter::default()
}

fn json_of(answer: &impl serde::Serialize) -> Value {
    let mut written = Vec::new();
    format::write_json(answer, &mut written).unwrap();
    let value: Value = serde_json::from_slice(&written).unwrap();
    let canonical = serde_json_canonicalizer::to_string(&value).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), format!("{canonical}\n"), "the core's JSON is canonical");
    value
}

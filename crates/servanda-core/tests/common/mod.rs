//! Helpers for table-driven tests: ledgers built from short texts, and answers formatted as lines.
//!
//! A *story* is a text with parts separated by semicolons. The first part registers a commitment,
//! and each further part appends one fact:
//!
//! ```text
//! a consideration made 2013-01-18 due 2013-06, opens planned 2013-01-01; active 2013-02-01;
//! rescheduled 2014 on 2013-05-01; attested 2013-06-01; deposit mexico 2018-06-28; done 2013-06-02
//! ```

#![allow(dead_code, reason = "each test file uses some of the helpers")]
#![allow(clippy::panic, clippy::unwrap_used)]

use std::path::PathBuf;

use serde_json::Value;
use servanda_core::{
    Advance, Attest, Batch, Commitment, CommitmentBuilder, Day, Deposit, EntryId, Ledger, Moment, Obligation,
    Procedure, Reschedule, Result, Slug, Source, Standing, Words,
};

/// The commitment that stories are about.
pub(crate) const COMMITMENT: &str = "jp/word";

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

pub(crate) fn source() -> Source {
    Source::new("Gazette", "https://example.org/gazette").unwrap()
}

pub(crate) fn words() -> Words {
    Words::new("we shall see", source()).unwrap()
}

/// Reads a file of the official records, which are not part of the repository.
///
/// Returns `None` if the file is missing. In CI, a missing file is an error.
pub(crate) fn records(file: &str) -> Option<String> {
    let folder = std::env::var_os("SERVANDA_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{} is missing, and CI needs it", path.display());
        println!("skipped: there is nothing to compare with, because {} is missing", path.display());
    }
    text
}

/// A commitment of Japan, made on 18 January 2013.
pub(crate) fn commitment(id: &str, procedure: &Procedure, obligation: Obligation) -> CommitmentBuilder {
    Commitment::builder(id, "A word given")
        .procedure(procedure)
        .by("jp")
        .made("2013-01-18")
        .obligation(obligation)
        .words(words().text, words().source)
}

/// A ledger on which the recorder `desk` records every entry, one microsecond after the other.
#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) ledger: Ledger,
}

impl Desk {
    pub(crate) fn now() -> Moment {
        moment("2026-08-01T00:00:00.000000Z")
    }

    pub(crate) fn try_append(&mut self, batch: impl Into<Batch>) -> Result<Vec<EntryId>> {
        let recorder: Slug = "desk".parse().unwrap();
        self.ledger.append(batch, &recorder, Self::now())
    }

    /// Appends a batch, and returns the id of its last entry.
    pub(crate) fn append(&mut self, batch: impl Into<Batch>) -> EntryId {
        *self.try_append(batch).unwrap().last().unwrap()
    }

    pub(crate) fn standing(&self, on: &str) -> Standing {
        self.ledger.view_on(on).unwrap().standing(COMMITMENT).unwrap()
    }
}

/// Builds a ledger from a story. The parts are appended in the order in which they are written.
pub(crate) fn record(procedure: &Procedure, story: &str) -> Desk {
    record_on(Desk::default(), procedure, story)
}

/// Appends a story to the ledger of `desk`.
pub(crate) fn record_on(desk: Desk, procedure: &Procedure, story: &str) -> Desk {
    record_changed(desk, procedure, story, |commitment| commitment)
}

/// Appends a story to the ledger of `desk`, with a changed commitment.
///
/// The function `change` changes the commitment before it is registered.
pub(crate) fn record_changed(
    mut desk: Desk,
    procedure: &Procedure,
    story: &str,
    change: impl FnOnce(CommitmentBuilder) -> CommitmentBuilder,
) -> Desk {
    let mut parts = story.split(';').map(str::trim);
    let registration = change(read_commitment(procedure, parts.next().unwrap()));
    desk.append(registration);
    for part in parts {
        let fact = read_fact(part).unwrap_or_else(|| panic!("this part of a story has no known form: {part}"));
        desk.try_append(fact).unwrap_or_else(|error| panic!("{part}: {error}"));
    }
    desk
}

/// Reads the first part of a story: the commitment.
fn read_commitment(procedure: &Procedure, text: &str) -> CommitmentBuilder {
    let mut tokens = text.split([' ', ',']).filter(|token| !token.is_empty());
    let mut next = || tokens.next();
    let mut commitment = commitment(COMMITMENT, procedure, Obligation::Result);
    while let Some(token) = next() {
        match token {
            "a" => {}
            "made" => commitment = commitment.made(next().unwrap()),
            "due" => commitment = commitment.deadline(next().unwrap()),
            "opens" => {
                let (status, on) = (next().unwrap().parse::<Slug>().unwrap(), next().unwrap());
                commitment = commitment.opening(status, on, [source()]);
            }
            obligation => commitment = commitment.obligation(obligation.parse().unwrap()),
        }
    }
    commitment
}

/// Reads a further part of a story: a fact. `None` if it has no known form.
fn read_fact(text: &str) -> Option<Batch> {
    Some(match text.split(' ').collect::<Vec<_>>().as_slice() {
        ["attested", on] => Attest::builder(COMMITMENT).on(*on).into(),
        ["rescheduled", to, "on", on] => Reschedule::builder(COMMITMENT, *to).on(*on).citing(source()).into(),
        ["deposit", party, on] => Deposit::builder(COMMITMENT, party).on(*on).citing(source()).into(),
        ["deposit", party, on, share] => Deposit::builder(COMMITMENT, party).on(*on).share(*share).into(),
        [status, on] => Advance::builder(COMMITMENT, status).on(*on).citing(source()).into(),
        _ => return None,
    })
}

/// Formats a standing as a line.
///
/// The line has the status and the day since when, or the reason why the status is unknown.
pub(crate) fn status_line(standing: &Standing) -> String {
    let Standing { status, since, presumed, reason, .. } = standing;
    match (status, since) {
        (Some(status), Some(since)) => {
            format!("{status} since {since}{}", if *presumed { ", presumed" } else { "" })
        }
        _ => format!("unknown: {}", reason.as_deref().unwrap_or("without a reason")),
    }
}

/// Compares the standing on each day that starts a line of `expected` with that line.
pub(crate) fn check_days(desk: &Desk, about: &str, expected: &str, answer: impl Fn(&Standing) -> String) {
    let lines: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let days = lines.iter().map(|line| line.split(' ').next().unwrap());
    let found: Vec<String> = days.map(|on| format!("{on} {}", answer(&desk.standing(on)))).collect();
    assert_eq!(lines.join("\n"), found.join("\n"), "expected (left) and found (right), of: {about}");
}

/// The bytes of a bad golden vector: written out, with a repeated token, or encoded in base64.
pub(crate) fn bytes_of(case: &Value) -> Vec<u8> {
    if let Some(encoded) = case["base64"].as_str() {
        return base64(encoded);
    }
    let mut line = case["line"].as_str().unwrap().to_owned();
    if let Value::Object(repeat) = &case["repeat"] {
        let times = usize::try_from(repeat["times"].as_u64().unwrap()).unwrap();
        line = line.replace(repeat["token"].as_str().unwrap(), &repeat["with"].as_str().unwrap().repeat(times));
    }
    line.push('\n');
    line.into_bytes()
}

fn base64(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for digit in text.bytes().filter(|byte| *byte != b'=') {
        bits = bits << 6 | u32::try_from(alphabet.iter().position(|byte| *byte == digit).unwrap()).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap());
        }
    }
    bytes
}

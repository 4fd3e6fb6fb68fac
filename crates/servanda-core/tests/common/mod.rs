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

use servanda_core::{
    Advance, Attest, Batch, Commitment, CommitmentBuilder, Date, Day, Deadline, Deposit, EntryId, Ledger, Moment,
    Obligation, Procedure, Reschedule, Result, Slug, Source, Standing, Words,
};

/// The commitment that stories are about.
pub(crate) const WORD: &str = "jp/word";

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

/// A commitment of Japan, made on 18 January 2013.
pub(crate) fn word(id: &str, procedure: &Procedure, obligation: Obligation) -> CommitmentBuilder {
    Commitment::builder(id, "A word given")
        .procedure(procedure)
        .by("jp")
        .made(day("2013-01-18"))
        .obligation(obligation)
        .words(words().text, words().source)
}

/// A ledger on which the recorder `desk` records every entry, one microsecond after the other.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) ledger: Ledger,
}

impl Book {
    pub(crate) fn now() -> Moment {
        moment("2026-08-01T00:00:00.000000Z")
    }

    pub(crate) fn try_append(&mut self, batch: impl Into<Batch>) -> Result<Vec<EntryId>> {
        let desk: Slug = "desk".parse().unwrap();
        self.ledger.append(batch, &desk, Self::now())
    }

    /// Appends a batch, and returns the id of its last entry.
    pub(crate) fn append(&mut self, batch: impl Into<Batch>) -> EntryId {
        *self.try_append(batch).unwrap().last().unwrap()
    }

    pub(crate) fn standing(&self, on: &str) -> Standing {
        self.ledger.view_on(day(on)).unwrap().standing(WORD).unwrap()
    }
}

/// Builds a ledger from a story. The parts are appended in the order in which they are written.
pub(crate) fn tell(procedure: &Procedure, story: &str) -> Book {
    tell_with(Book::default(), procedure, story, |word| word)
}

/// Appends a story to `book`. `change` may change the commitment before it is registered.
pub(crate) fn tell_with(
    mut book: Book,
    procedure: &Procedure,
    story: &str,
    change: impl FnOnce(CommitmentBuilder) -> CommitmentBuilder,
) -> Book {
    let mut parts = story.split(';').map(str::trim);
    let registration = change(given(procedure, parts.next().unwrap()));
    book.append(registration);
    for part in parts {
        let told = happened(part).unwrap_or_else(|| panic!("this part of a story has no known form: {part}"));
        book.try_append(told).unwrap_or_else(|error| panic!("{part}: {error}"));
    }
    book
}

/// Reads the first part of a story: the commitment.
fn given(procedure: &Procedure, text: &str) -> CommitmentBuilder {
    let mut tokens = text.split([' ', ',']).filter(|token| !token.is_empty());
    let mut next = || tokens.next();
    let mut commitment = word(WORD, procedure, Obligation::Result);
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
fn happened(text: &str) -> Option<Batch> {
    let date = |text: &str| text.parse::<Date>().unwrap();
    Some(match text.split(' ').collect::<Vec<_>>().as_slice() {
        ["attested", on] => Attest::builder(WORD).on(date(on)).into(),
        ["rescheduled", to, "on", on] => {
            Reschedule::builder(WORD, to.parse::<Deadline>().unwrap()).on(date(on)).citing(source()).into()
        }
        ["deposit", party, on] => Deposit::builder(WORD, party).on(date(on)).citing(source()).into(),
        ["deposit", party, on, share] => Deposit::builder(WORD, party).on(date(on)).share(*share).into(),
        [status, on] => Advance::builder(WORD, status).on(date(on)).citing(source()).into(),
        _ => return None,
    })
}

/// Formats a standing as a line: the status and the day since when, or the reason why it is
/// unknown.
pub(crate) fn stands(standing: &Standing) -> String {
    let Standing { status, since, presumed, reason, .. } = standing;
    match (status, since) {
        (Some(status), Some(since)) => {
            format!("{status} since {since}{}", if *presumed { ", presumed" } else { "" })
        }
        _ => format!("unknown: {}", reason.as_deref().unwrap_or("without a reason")),
    }
}

/// Asks for the standing on each day that starts a line of `expected`, and compares the answers
/// with these lines.
pub(crate) fn check_days(book: &Book, about: &str, expected: &str, answer: impl Fn(&Standing) -> String) {
    let lines: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let days = lines.iter().map(|line| line.split(' ').next().unwrap());
    let found: Vec<String> = days.map(|on| format!("{on} {}", answer(&book.standing(on)))).collect();
    assert_eq!(lines.join("\n"), found.join("\n"), "expected (left) and found (right), of: {about}");
}

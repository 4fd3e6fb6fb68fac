//! Generates a ledger like that of a newsroom: ten entries about each commitment, with the entries
//! of a thousand commitments interleaved.

use servanda::builtin::{self, action};
use servanda::{Advance, Commitment, Day, Error, Ledger, Moment, Obligation, Remark, Slug, Source, facts::FactBuilder};

/// Entries about each commitment.
const EACH: usize = 10;
/// Commitments whose entries are interleaved.
const TOGETHER: usize = 1_000;
/// The number of days over which the commitments are made.
const DAYS: usize = 2_000;

/// A ledger, with what the queries need to know about it.
pub(crate) struct Generated {
    pub(crate) ledger: Ledger,
    pub(crate) commitments: usize,
    pub(crate) first: Day,
}

/// Generates a ledger of this many entries, and one more for the procedure.
pub(crate) fn ledger(entries: usize) -> Result<Generated, Error> {
    let commitments = entries.div_ceil(EACH);
    let first = Day::new(2013, 1, 1)?;
    let desk: Slug = "desk".parse()?;
    let mut ledger = Ledger::new();
    for block in (0..commitments).step_by(TOGETHER) {
        for nth in 0..EACH {
            for n in block..(block + TOGETHER).min(commitments) {
                if ledger.len() <= entries {
                    let made = first.plus_days((n * DAYS / commitments) as u32).unwrap_or(first);
                    append(&mut ledger, &desk, n, nth, made)?;
                }
            }
        }
    }
    Ok(Generated { ledger, commitments, first })
}

fn append(ledger: &mut Ledger, desk: &Slug, n: usize, nth: usize, made: Day) -> Result<(), Error> {
    let id = id(n);
    let on = made.plus_days(nth as u32).unwrap_or(made);
    let now = Moment::EPOCH;
    match nth {
        0 => {
            let title = format!("Commitment number {n} of a benchmark");
            let word = Commitment::builder(&id, &title)
                .procedure(builtin::action())
                .by("bench")
                .made(made)
                .obligation(Obligation::Result)
                .words("will see to it that the benchmark is run", source(n)?)
                .build()?;
            ledger.append(word, desk, now)
        }
        3 | 6 => {
            let remark = Remark::builder(&id, "Something happened that moved nothing").on(on).citing(source(n)?);
            ledger.append(remark.noting("A note as notes are."), desk, now)
        }
        _ => {
            let steps_before = nth - usize::from(nth > 3) - usize::from(nth > 6);
            ledger.append(step(&id, steps_before, on)?.noting("Another step, with a note."), desk, now)
        }
    }
    .map(drop)
}

/// The number of steps of each commitment.
pub(crate) const STEPS: usize = EACH - 3;

pub(crate) fn id(n: usize) -> String {
    format!("bench/commitment-{n}")
}

fn source(n: usize) -> Result<Source, Error> {
    let title = format!("Record number {n} of a benchmark");
    let mut source = Source::new(&title, &format!("https://example.org/records/{n}"))?;
    source.publisher = Some("A publisher".parse()?);
    Ok(source)
}

/// Returns the n-th step of a commitment. The steps alternate between two statuses.
pub(crate) fn step(commitment: &str, nth: usize, on: Day) -> Result<FactBuilder<Advance>, Error> {
    let to = if nth.is_multiple_of(2) { action::STALLED } else { action::UNDER_WAY };
    Ok(Advance::builder(commitment, to).on(on).citing(source(nth)?))
}

//! The numbers of rows, and how far a reader can be sure to have seen all of them.
//!
//! A number is the time at which its transaction began, by the server's clock in microseconds, times [`NUMBERS_PER_MICROSECOND`], and some more; and it is
//! larger than all that the transaction could see. So numbers grow with time, without a counter that writers would have to wait for, and
//! without an identity column: those are handed out in order but not committed in order, and in blocks by databases that are spread over machines.
//!
//! Numbers are not committed in order either. But no transaction lasts longer than [`MAX_TRANSACTION`]: the server breaks off what idles or what
//! computes for too long, and before a commit the writer compares the server's clock with what it was. So what is older than that, and
//! [some more](SETTLED), is settled, and a [`Watermark`] names the rows after it one by one.
//!
//! A clock that is set back does no harm, because numbers then go on from the largest. One that jumps ahead by half a minute, in the very milliseconds between
//! a writer's last look at it and its commit, can hide that writer's entries from readers that are already running, until they open the ledger again.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, RandomState};

use crate::store::Watermark;

/// How many numbers there are in a microsecond: 10 bits leave 53 for the microseconds, which is enough until the year 2255.
const NUMBERS_PER_MICROSECOND: i64 = 1 << 10;

/// How long a transaction may last from the moment that its numbers come from until it is about to be committed, in microseconds.
pub(super) const MAX_TRANSACTION: i64 = 30_000_000;

/// After how long everything has been committed that ever will be: the longest transaction, as long again for a server that is slow to commit.
const SETTLED: i64 = 2 * MAX_TRANSACTION;

/// The first number for a transaction that began at this time and can see numbers up to `largest`.
pub(super) fn first(time: i64, largest: i64) -> i64 {
    // Two that begin in the same microsecond should not meet.
    let some = i64::try_from(RandomState::new().hash_one(time) % NUMBERS_PER_MICROSECOND as u64).unwrap_or_default();
    time.saturating_mul(NUMBERS_PER_MICROSECOND).max(largest.saturating_add(1)).saturating_add(some)
}

/// The largest number of a transaction that is settled at this time.
pub(super) fn settled(time: i64) -> i64 {
    time.saturating_sub(SETTLED).saturating_mul(NUMBERS_PER_MICROSECOND)
}

/// How far a reader has come that knows of these numbers: `through` is the largest that is settled, or what it was before.
pub(super) fn watermark(
    before: i64,
    largest_settled: Option<i64>,
    numbers: impl IntoIterator<Item = i64>,
) -> Watermark {
    let through = largest_settled.unwrap_or_default().max(before);
    let also: BTreeSet<i64> = numbers.into_iter().filter(|number| *number > through).collect();
    Watermark { through, also }
}

#[cfg(test)]
mod tests {
    use super::{MAX_TRANSACTION, NUMBERS_PER_MICROSECOND, SETTLED, first, settled, watermark};

    const NOW: i64 = 1_700_000_000_000_000;

    #[test]
    fn numbers_grow_with_time_and_beyond_what_is_there() {
        let within = |number: i64, from: i64| (from..from + NUMBERS_PER_MICROSECOND).contains(&number);
        assert!(within(first(NOW, 0), NOW * NUMBERS_PER_MICROSECOND));
        let ahead = (NOW + 5_000_000) * NUMBERS_PER_MICROSECOND;
        assert!(within(first(NOW, ahead), ahead + 1));
    }

    #[test]
    fn what_a_transaction_can_still_commit_is_not_settled() {
        let began = NOW;
        let committed_at_the_latest = began + MAX_TRANSACTION;
        assert!(settled(committed_at_the_latest) < first(began, 0));
        assert!(settled(began + SETTLED + 1) >= began * NUMBERS_PER_MICROSECOND);
    }

    #[test]
    fn a_mark_names_what_is_not_settled() {
        let numbers = [5, 7, 9];
        assert_eq!(watermark(0, Some(7), numbers), super::Watermark { through: 7, also: [9].into() });
        assert_eq!(watermark(9, Some(7), numbers), super::Watermark { through: 9, also: [].into() });
        assert_eq!(watermark(0, None, numbers), super::Watermark { through: 0, also: numbers.into() });
    }
}
